#include "geos_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdio.h>
#include <string.h>

static void keep_message(const char *message, void *user)
{
    struct geo_geos *geos = user;
    snprintf(geos->message, sizeof geos->message, "%s", message);
}

om_status geo_geos_open(om_context *ctx, struct geo_geos *geos)
{
    *geos = (struct geo_geos){.handle = GEOS_init_r()};
    if (!geos->handle)
        return om_no_memory(ctx);
    GEOSContext_setErrorMessageHandler_r(geos->handle, keep_message, geos);
    return OM_OK;
}

void geo_geos_close(struct geo_geos *geos)
{
    if (geos->handle)
        GEOS_finish_r(geos->handle);
    geos->handle = NULL;
}

om_status geo_geos_fail(om_context *ctx, const struct geo_geos *geos)
{
    return om_fail(ctx, OM_LIBRARY, "GEOS: %s", geos->message);
}

om_status geo_geos_read(om_context *ctx, struct geo_geos *geos, const struct geo_wkb *wkb, GEOSGeometry **out)
{
    if (wkb->size == 0)
        return om_fail(ctx, OM_BAD_DATA, "%s", om_tr("there is no geometry"));
    GEOSWKBReader *reader = GEOSWKBReader_create_r(geos->handle);
    if (!reader)
        return geo_geos_fail(ctx, geos);
    GEOSGeometry *geometry = GEOSWKBReader_read_r(geos->handle, reader, wkb->bytes, wkb->size);
    GEOSWKBReader_destroy_r(geos->handle, reader);
    if (!geometry)
        return om_fail(ctx, OM_BAD_DATA, om_tr("the geometry cannot be read: %s"), geos->message);
    *out = geometry;
    return OM_OK;
}

om_status geo_geos_read_all(om_context *ctx, struct geo_geos *geos, const struct geo_wkb *wkbs, size_t n,
                            GEOSGeometry ***out)
{
    GEOSGeometry **items = om_alloc(n, sizeof *items);
    if (!items)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++) {
        if (wkbs[i].size == 0 || geo_geos_read(ctx, geos, &wkbs[i], &items[i]) == OM_OK)
            continue;
        geo_geos_free_all(geos, items, n);
        return om_context_add(ctx, om_tr("polygon %zu"), i + 1);
    }
    *out = items;
    return OM_OK;
}

void geo_geos_free_all(struct geo_geos *geos, GEOSGeometry **items, size_t n)
{
    if (!items)
        return;
    for (size_t i = 0; i < n; i++)
        geo_geos_destroy(geos, items[i]);
    om_free(items);
}

static unsigned char *write_bytes(struct geo_geos *geos, const GEOSGeometry *geometry, size_t *size)
{
    GEOSWKBWriter *writer = GEOSWKBWriter_create_r(geos->handle);
    if (!writer)
        return NULL;
    GEOSWKBWriter_setOutputDimension_r(geos->handle, writer, 2);
    GEOSWKBWriter_setFlavor_r(geos->handle, writer, GEOS_WKB_ISO);
    GEOSWKBWriter_setByteOrder_r(geos->handle, writer, GEOS_WKB_NDR);
    unsigned char *bytes = GEOSWKBWriter_write_r(geos->handle, writer, geometry, size);
    GEOSWKBWriter_destroy_r(geos->handle, writer);
    return bytes;
}

om_status geo_geos_write(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *geometry,
                         struct geo_wkb *out)
{
    if (GEOSisEmpty_r(geos->handle, geometry)) {
        *out = (struct geo_wkb){0};
        return OM_OK;
    }
    size_t size = 0;
    unsigned char *bytes = write_bytes(geos, geometry, &size);
    if (!bytes)
        return geo_geos_fail(ctx, geos);
    unsigned char *copy = om_alloc(size, 1);
    if (copy) {
        memcpy(copy, bytes, size);
        *out = (struct geo_wkb){.bytes = copy, .size = size};
    }
    GEOSFree_r(geos->handle, bytes);
    return copy ? OM_OK : om_no_memory(ctx);
}

void geo_geos_destroy(struct geo_geos *geos, GEOSGeometry *geometry)
{
    if (geometry)
        GEOSGeom_destroy_r(geos->handle, geometry);
}

GEOSGeometry *geo_geos_collect(struct geo_geos *geos, GEOSGeometry *const *items, size_t n)
{
    GEOSGeometry **copies = om_alloc(n, sizeof *copies);
    if (!copies) {
        keep_message("out of memory", geos);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        copies[i] = GEOSGeom_clone_r(geos->handle, items[i]);
        if (!copies[i]) {
            geo_geos_free_all(geos, copies, i);
            return NULL;
        }
    }
    GEOSGeometry *collection =
        GEOSGeom_createCollection_r(geos->handle, GEOS_GEOMETRYCOLLECTION, copies, (unsigned)n);
    om_free(copies);
    return collection;
}

GEOSGeometry *geo_geos_union(struct geo_geos *geos, GEOSGeometry *const *items, size_t n)
{
    GEOSGeometry **present = om_alloc(n, sizeof *present);
    if (!present) {
        keep_message("out of memory", geos);
        return NULL;
    }
    size_t n_present = 0;
    for (size_t i = 0; i < n; i++)
        if (items[i])
            present[n_present++] = items[i];
    GEOSGeometry *collection = geo_geos_collect(geos, present, n_present);
    om_free(present);
    GEOSGeometry *whole = collection ? GEOSUnaryUnion_r(geos->handle, collection) : NULL;
    geo_geos_destroy(geos, collection);
    return whole;
}

static bool is_polygonal(struct geo_geos *geos, const GEOSGeometry *geometry)
{
    int type = GEOSGeomTypeId_r(geos->handle, geometry);
    return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

GEOSGeometry *geo_geos_polygonal(struct geo_geos *geos, GEOSGeometry *geometry)
{
    if (!geometry || is_polygonal(geos, geometry))
        return geometry;
    int n = GEOSGetNumGeometries_r(geos->handle, geometry);
    GEOSGeometry **parts = om_alloc((size_t)(n > 0 ? n : 0), sizeof *parts);
    size_t n_parts = 0;
    for (int i = 0; parts && i < n; i++) {
        GEOSGeometry *part = (GEOSGeometry *)GEOSGetGeometryN_r(geos->handle, geometry, i);
        if (part && is_polygonal(geos, part))
            parts[n_parts++] = part;
    }
    GEOSGeometry *collection = parts ? geo_geos_collect(geos, parts, n_parts) : NULL;
    GEOSGeometry *polygons = collection ? GEOSUnaryUnion_r(geos->handle, collection) : NULL;
    geo_geos_destroy(geos, collection);
    geo_geos_destroy(geos, geometry);
    om_free(parts);
    return polygons;
}
