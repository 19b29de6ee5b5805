#include "shapes_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_error.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

static OGRSpatialReferenceH system_from(const char *text)
{
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    bool known = OSRSetFromUserInput(system, text) == OGRERR_NONE;
    CPLPopErrorHandler();
    if (known) {
        OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
        return system;
    }
    OSRDestroySpatialReference(system);
    return NULL;
}

om_status shapes_transform_new(om_context *ctx, const data_project *project, const struct sheet *sheet,
                               const char *crs, shapes_transform *out)
{
    const char *from_text = crs ? crs : sheet->crs;
    if (!from_text)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s: does not say its coordinate system; name it, for example EPSG:3006"),
                       sheet->path);
    OGRSpatialReferenceH from = system_from(from_text), to = system_from(project->crs);
    OGRCoordinateTransformationH made = NULL;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    if (from && to)
        made = OCTNewCoordinateTransformation(from, to);
    CPLPopErrorHandler();
    if (from)
        OSRDestroySpatialReference(from);
    if (to)
        OSRDestroySpatialReference(to);
    if (!made)
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s: no transformation from coordinate system %.60s to %s"),
                       sheet->path, from_text, project->crs);
    *out = made;
    return OM_OK;
}

void shapes_transform_free(shapes_transform transform)
{
    if (transform)
        OCTDestroyCoordinateTransformation(transform);
}

om_status shapes_wkb(om_context *ctx, OGRGeometryH geometry, struct geo_wkb *out)
{
    size_t size = (size_t)OGR_G_WkbSize(geometry);
    unsigned char *bytes = om_alloc(size, 1);
    if (!bytes)
        return om_no_memory(ctx);
    if (OGR_G_ExportToIsoWkb(geometry, wkbNDR, bytes) != OGRERR_NONE) {
        om_free(bytes);
        return om_fail(ctx, OM_LIBRARY, "%s", CPLGetLastErrorMsg());
    }
    *out = (struct geo_wkb){bytes, size};
    return OM_OK;
}

static om_status move(om_context *ctx, shapes_transform transform, const struct geo_wkb *in, const char *what,
                      struct geo_wkb *out)
{
    OGRGeometryH geometry = NULL;
    om_status status = OM_OK;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    if (OGR_G_CreateFromWkb(in->bytes, NULL, &geometry, (int)in->size) != OGRERR_NONE)
        status = om_fail(ctx, OM_BAD_DATA, om_tr("%s: geometry that cannot be read"), what);
    else if (OGR_G_Transform(geometry, transform) != OGRERR_NONE)
        status =
            om_fail(ctx, OM_BAD_DATA, om_tr("%s: coordinates outside the area of the coordinate system (%s)"),
                    what, CPLGetLastErrorMsg());
    else
        status = shapes_wkb(ctx, geometry, out);
    CPLPopErrorHandler();
    OGR_G_DestroyGeometry(geometry);
    return status;
}

om_status shapes_polygon(om_context *ctx, shapes_transform transform, const struct geo_wkb *in,
                         const char *what, struct geo_wkb *out)
{
    if (!in->size)
        return OM_OK;
    struct geo_wkb moved = {0};
    bool repaired = false;
    om_status status = move(ctx, transform, in, what, &moved);
    if (status != OM_OK)
        return status;
    status = geo_polygon_repair(ctx, &moved, out, &repaired);
    geo_wkb_done(&moved);
    if (status != OM_OK)
        return om_context_add(ctx, "%s", what);
    if (repaired)
        om_find(ctx, "geometry_repaired", om_tr("%s: polygon was not valid and has been repaired"), what);
    return OM_OK;
}

om_status shapes_middle(om_context *ctx, data_project *project, const struct geo_wkb *wkb, double lon_lat[2])
{
    OGRGeometryH geometry = NULL;
    OGREnvelope box;
    if (OGR_G_CreateFromWkb(wkb->bytes, NULL, &geometry, (int)wkb->size) != OGRERR_NONE)
        return om_fail(ctx, OM_LIBRARY, "%s", CPLGetLastErrorMsg());
    OGR_G_GetEnvelope(geometry, &box);
    OGR_G_DestroyGeometry(geometry);
    double middle[2] = {(box.MinX + box.MaxX) / 2, (box.MinY + box.MaxY) / 2};
    om_status status = project_to_lon_lat(ctx, project, middle);
    if (status == OM_OK)
        memcpy(lon_lat, middle, sizeof middle);
    return status;
}

om_status shapes_hull(om_context *ctx, const double *easting_northing, size_t n, double margin_m,
                      struct geo_wkb *out)
{
    OGRGeometryH points = OGR_G_CreateGeometry(wkbMultiPoint);
    for (size_t i = 0; i < n; i++) {
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, easting_northing[2 * i], easting_northing[2 * i + 1]);
        OGR_G_AddGeometryDirectly(points, point);
    }
    OGRGeometryH hull = OGR_G_ConvexHull(points);
    OGRGeometryH wider = hull ? OGR_G_Buffer(hull, margin_m, 8) : NULL;
    om_status status =
        wider ? shapes_wkb(ctx, wider, out) : om_fail(ctx, OM_LIBRARY, "%s", CPLGetLastErrorMsg());
    OGR_G_DestroyGeometry(wider);
    OGR_G_DestroyGeometry(hull);
    OGR_G_DestroyGeometry(points);
    return status;
}
