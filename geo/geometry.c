#include "geo/geometry.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "geos_internal.h"

#include <math.h>
#include <string.h>

void geo_wkb_done(struct geo_wkb *wkb)
{
    om_free(wkb->bytes);
    *wkb = (struct geo_wkb){0};
}

void geo_wkb_array_free(struct geo_wkb *wkbs, size_t n)
{
    if (!wkbs)
        return;
    for (size_t i = 0; i < n; i++)
        geo_wkb_done(&wkbs[i]);
    om_free(wkbs);
}

om_status geo_wkb_from_text(om_context *ctx, const char *text, struct geo_wkb *out)
{
    struct geo_geos geos;
    if (geo_geos_open(ctx, &geos))
        return ctx->status;
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos.handle);
    GEOSGeometry *geometry = reader ? GEOSWKTReader_read_r(geos.handle, reader, text) : NULL;
    om_status status = geometry ? geo_geos_write(ctx, &geos, geometry, out)
                                : om_fail(ctx, OM_BAD_DATA, om_tr("\"%.40s\" is no well-known text: %s"),
                                          text, geos.message);
    geo_geos_destroy(&geos, geometry);
    if (reader)
        GEOSWKTReader_destroy_r(geos.handle, reader);
    geo_geos_close(&geos);
    return status;
}

static char *text_of(struct geo_geos *geos, const GEOSGeometry *geometry, int decimals)
{
    GEOSWKTWriter *writer = GEOSWKTWriter_create_r(geos->handle);
    if (!writer)
        return NULL;
    GEOSWKTWriter_setTrim_r(geos->handle, writer, 1);
    GEOSWKTWriter_setRoundingPrecision_r(geos->handle, writer, decimals);
    char *text = GEOSWKTWriter_write_r(geos->handle, writer, geometry);
    GEOSWKTWriter_destroy_r(geos->handle, writer);
    return text;
}

om_status geo_wkb_to_text(om_context *ctx, const struct geo_wkb *wkb, int decimals, char **text)
{
    struct geo_geos geos;
    if (geo_geos_open(ctx, &geos))
        return ctx->status;
    GEOSGeometry *geometry = NULL;
    char *written = NULL;
    om_status status = geo_geos_read(ctx, &geos, wkb, &geometry);
    if (status)
        goto done;
    written = text_of(&geos, geometry, decimals);
    if (!written) {
        status = geo_geos_fail(ctx, &geos);
        goto done;
    }
    char *copy = om_strdup(written);
    if (copy)
        *text = copy;
    else
        status = om_no_memory(ctx);
done:
    if (written)
        GEOSFree_r(geos.handle, written);
    geo_geos_destroy(&geos, geometry);
    geo_geos_close(&geos);
    return status;
}

/* An unclosed ring makes the plain reader fail; the forgiving one closes it, which is a repair. */
static om_status read_forgiving(om_context *ctx, struct geo_geos *geos, const struct geo_wkb *wkb,
                                GEOSGeometry **out, bool *repaired)
{
    if (geo_geos_read(ctx, geos, wkb, out) == OM_OK)
        return OM_OK;
    GEOSWKBReader *reader = wkb->size ? GEOSWKBReader_create_r(geos->handle) : NULL;
    if (!reader)
        return ctx->status;
    GEOSWKBReader_setFixStructure_r(geos->handle, reader, 1);
    GEOSGeometry *geometry = GEOSWKBReader_read_r(geos->handle, reader, wkb->bytes, wkb->size);
    GEOSWKBReader_destroy_r(geos->handle, reader);
    if (!geometry)
        return ctx->status;
    *out = geometry;
    *repaired = true;
    return OM_OK;
}

static GEOSGeometry *make_valid(struct geo_geos *geos, const GEOSGeometry *geometry)
{
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(geos->handle);
    if (!params)
        return NULL;
    GEOSMakeValidParams_setMethod_r(geos->handle, params, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(geos->handle, params, 0);
    GEOSGeometry *valid = GEOSMakeValidWithParams_r(geos->handle, geometry, params);
    GEOSMakeValidParams_destroy_r(geos->handle, params);
    return valid;
}

/* Replaces *geometry by its valid polygons. */
static om_status repair(om_context *ctx, struct geo_geos *geos, GEOSGeometry **geometry)
{
    GEOSGeometry *valid = make_valid(geos, *geometry);
    geo_geos_destroy(geos, *geometry);
    *geometry = geo_geos_polygonal(geos, valid);
    if (!*geometry)
        return om_fail(ctx, OM_BAD_DATA, om_tr("the polygon cannot be repaired: %s"), geos->message);
    return OM_OK;
}

om_status geo_polygon_repair(om_context *ctx, const struct geo_wkb *in, struct geo_wkb *out, bool *repaired)
{
    struct geo_geos geos;
    if (geo_geos_open(ctx, &geos))
        return ctx->status;
    bool changed = false;
    GEOSGeometry *geometry = NULL;
    om_status status = read_forgiving(ctx, &geos, in, &geometry, &changed);
    if (status)
        goto done;
    if (GEOSGeom_getDimensions_r(geos.handle, geometry) != 2) {
        status = om_fail(ctx, OM_BAD_DATA, "%s", om_tr("a polygon is needed, this is a point or a line"));
        goto done;
    }
    int type = GEOSGeomTypeId_r(geos.handle, geometry);
    if (type == GEOS_GEOMETRYCOLLECTION || GEOSisValid_r(geos.handle, geometry) != 1) {
        changed = true;
        status = repair(ctx, &geos, &geometry);
        if (status)
            goto done;
    }
    double area_m2 = 0;
    GEOSArea_r(geos.handle, geometry, &area_m2);
    if (area_m2 > 0)
        status = geo_geos_write(ctx, &geos, geometry, out);
    else
        status = om_fail(ctx, OM_BAD_DATA, "%s", om_tr("the polygon has no area"));
    if (status == OM_OK)
        *repaired = changed;
done:
    geo_geos_destroy(&geos, geometry);
    geo_geos_close(&geos);
    return status;
}

double geo_polygon_area_m2(om_context *ctx, const struct geo_wkb *wkb)
{
    struct geo_geos geos;
    if (geo_geos_open(ctx, &geos))
        return NAN;
    GEOSGeometry *geometry = NULL;
    double area_m2 = NAN;
    if (geo_geos_read(ctx, &geos, wkb, &geometry) == OM_OK)
        if (!GEOSArea_r(geos.handle, geometry, &area_m2))
            geo_geos_fail(ctx, &geos);
    geo_geos_destroy(&geos, geometry);
    geo_geos_close(&geos);
    return area_m2;
}

om_status geo_polygon_inside_point(om_context *ctx, const struct geo_wkb *wkb, double easting_northing[2])
{
    struct geo_geos geos;
    if (geo_geos_open(ctx, &geos))
        return ctx->status;
    GEOSGeometry *geometry = NULL, *point = NULL;
    om_status status = geo_geos_read(ctx, &geos, wkb, &geometry);
    if (status)
        goto done;
    double x_y[2];
    point = GEOSPointOnSurface_r(geos.handle, geometry);
    if (point && GEOSGeomGetX_r(geos.handle, point, &x_y[0]) && GEOSGeomGetY_r(geos.handle, point, &x_y[1]))
        memcpy(easting_northing, x_y, sizeof x_y);
    else
        status = geo_geos_fail(ctx, &geos);
done:
    geo_geos_destroy(&geos, point);
    geo_geos_destroy(&geos, geometry);
    geo_geos_close(&geos);
    return status;
}
