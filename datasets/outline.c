#include "datasets/outline.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>

/* What is collected while the features pass by. */
struct outline {
    om_context *ctx;
    OGRCoordinateTransformationH transformation;
    struct geo_wkb *polygons;
    size_t n, capacity;
};

static om_status gdal_failed(om_context *ctx)
{
    return om_fail(ctx, OM_LIBRARY, "GDAL: %s", CPLGetLastErrorMsg());
}

/* Axis order x, y whatever the authority says. from NULL: WGS84. */
static om_status open_transformation(struct outline *outline, OGRSpatialReferenceH from, const char *to)
{
    OGRSpatialReferenceH source = from ? OSRClone(from) : OSRNewSpatialReference(NULL);
    OGRSpatialReferenceH target = OSRNewSpatialReference(NULL);
    if ((from || OSRSetFromUserInput(source, "EPSG:4326") == OGRERR_NONE) &&
        OSRSetFromUserInput(target, to) == OGRERR_NONE) {
        OSRSetAxisMappingStrategy(source, OAMS_TRADITIONAL_GIS_ORDER);
        OSRSetAxisMappingStrategy(target, OAMS_TRADITIONAL_GIS_ORDER);
        outline->transformation = OCTNewCoordinateTransformation(source, target);
    }
    OSRDestroySpatialReference(source);
    OSRDestroySpatialReference(target);
    return outline->transformation ? OM_OK : gdal_failed(outline->ctx);
}

/* Adds a polygon or multipolygon in the file's coordinates; takes ownership of the geometry. */
static om_status add_polygon(struct outline *outline, OGRGeometryH geometry)
{
    om_context *ctx = outline->ctx;
    struct geo_wkb raw = {0}, *slot = NULL;
    bool repaired = false;
    om_status status = OM_OK;
    OGR_G_FlattenTo2D(geometry);
    if (OGR_G_Transform(geometry, outline->transformation) != OGRERR_NONE) {
        status = om_fail(ctx, OM_BAD_DATA, om_tr("the coordinates cannot be transformed: %s"),
                         CPLGetLastErrorMsg());
        goto done;
    }
    raw.size = (size_t)OGR_G_WkbSize(geometry);
    raw.bytes = om_alloc(raw.size, 1);
    slot = om_grow(outline->polygons, &outline->capacity, outline->n + 1, sizeof *slot);
    if (slot)
        outline->polygons = slot;
    if (!raw.bytes || !slot) {
        status = om_no_memory(ctx);
        goto done;
    }
    slot[outline->n] = (struct geo_wkb){0};
    if (OGR_G_ExportToIsoWkb(geometry, wkbNDR, raw.bytes) != OGRERR_NONE)
        status = gdal_failed(ctx);
    else
        status = geo_polygon_repair(ctx, &raw, &slot[outline->n], &repaired);
    if (status == OM_OK)
        outline->n++;
done:
    geo_wkb_done(&raw);
    OGR_G_DestroyGeometry(geometry);
    return status;
}

static om_status read_features(struct outline *outline, OGRLayerH layer)
{
    OGRFeatureH feature;
    om_status status = OM_OK;
    while (status == OM_OK && (feature = OGR_L_GetNextFeature(layer))) {
        OGRGeometryH geometry = OGR_F_StealGeometry(feature);
        if (geometry)
            status = add_polygon(outline, OGR_G_ForceTo(geometry, wkbMultiPolygon, NULL));
        if (status)
            om_context_add(outline->ctx, om_tr("feature %lld"), (long long)OGR_F_GetFID(feature));
        OGR_F_Destroy(feature);
    }
    return status;
}

enum { POLYGON, RING, LON, LAT, COLUMNS };
static const char *const column_names[COLUMNS] = {"polygon", "ring", "lon", "lat"};

/* The polygon and the ring under way. */
struct drawing {
    char *name[2]; /* by POLYGON, RING */
    OGRGeometryH polygon, ring;
    size_t line; /* of the last row read */
};

static void close_ring(struct drawing *drawing)
{
    if (!drawing->ring)
        return;
    OGR_G_CloseRings(drawing->ring);
    OGR_G_AddGeometryDirectly(drawing->polygon, drawing->ring);
    drawing->ring = NULL;
}

static om_status close_polygon(struct outline *outline, struct drawing *drawing)
{
    close_ring(drawing);
    if (!drawing->polygon)
        return OM_OK;
    om_status status = add_polygon(outline, drawing->polygon);
    drawing->polygon = NULL;
    if (status)
        om_context_add(outline->ctx, om_tr("polygon \"%s\""), drawing->name[POLYGON]);
    return status;
}

static om_status rename_part(struct outline *outline, struct drawing *drawing, int part, const char *name)
{
    om_free(drawing->name[part]);
    drawing->name[part] = om_strdup(name);
    return drawing->name[part] ? OM_OK : om_no_memory(outline->ctx);
}

/* Begins a new polygon or ring when the row names one. */
static om_status turn_to(struct outline *outline, struct drawing *drawing, const char *const names[2])
{
    om_status status = OM_OK;
    if (!drawing->polygon || strcmp(drawing->name[POLYGON], names[POLYGON]) != 0) {
        status = close_polygon(outline, drawing);
        if (status == OM_OK)
            status = rename_part(outline, drawing, POLYGON, names[POLYGON]);
        if (status)
            return status;
        drawing->polygon = OGR_G_CreateGeometry(wkbPolygon);
    } else if (strcmp(drawing->name[RING], names[RING]) == 0) {
        return OM_OK;
    }
    close_ring(drawing);
    status = rename_part(outline, drawing, RING, names[RING]);
    if (status == OM_OK)
        drawing->ring = OGR_G_CreateGeometry(wkbLinearRing);
    return status;
}

static om_status read_degrees(om_context *ctx, OGRFeatureH feature, const int columns[COLUMNS], int column,
                              double limit, double *out)
{
    const char *text = OGR_F_GetFieldAsString(feature, columns[column]);
    char *end = NULL;
    double value = CPLStrtod(text, &end);
    if (end == text || *end || !(fabs(value) <= limit))
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s is \"%s\", expected degrees from -%g to %g"),
                       column_names[column], text, limit, limit);
    *out = value;
    return OM_OK;
}

static om_status read_row(struct outline *outline, struct drawing *drawing, OGRFeatureH feature,
                          const int columns[COLUMNS])
{
    double lon = 0, lat = 0;
    om_status status = read_degrees(outline->ctx, feature, columns, LON, 180, &lon);
    if (status == OM_OK)
        status = read_degrees(outline->ctx, feature, columns, LAT, 90, &lat);
    if (status)
        return om_context_add(outline->ctx, om_tr("line %zu"), drawing->line);
    char *polygon = om_strdup(OGR_F_GetFieldAsString(feature, columns[POLYGON]));
    char *ring = om_strdup(OGR_F_GetFieldAsString(feature, columns[RING]));
    status = polygon && ring ? turn_to(outline, drawing, (const char *const[2]){polygon, ring})
                             : om_no_memory(outline->ctx);
    if (status == OM_OK)
        OGR_G_AddPoint_2D(drawing->ring, lon, lat);
    om_free(polygon);
    om_free(ring);
    return status;
}

static om_status read_table(struct outline *outline, OGRLayerH layer)
{
    int columns[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(layer), column_names[i]);
        if (columns[i] < 0)
            return om_fail(outline->ctx, OM_BAD_DATA,
                           om_tr("an outline has polygons, or the columns polygon, ring, lon and lat; "
                                 "\"%s\" is missing"),
                           column_names[i]);
    }
    struct drawing drawing = {.line = 1};
    om_status status = OM_OK;
    OGRFeatureH feature;
    while (status == OM_OK && (feature = OGR_L_GetNextFeature(layer))) {
        drawing.line++;
        status = read_row(outline, &drawing, feature, columns);
        OGR_F_Destroy(feature);
    }
    if (status == OM_OK)
        status = close_polygon(outline, &drawing);
    OGR_G_DestroyGeometry(drawing.ring);
    OGR_G_DestroyGeometry(drawing.polygon);
    om_free(drawing.name[POLYGON]);
    om_free(drawing.name[RING]);
    return status;
}

/* All polygons in one. */
static om_status join(struct outline *outline, struct geo_wkb *out)
{
    if (outline->n == 0)
        return om_fail(outline->ctx, OM_BAD_DATA, "%s", om_tr("there is no polygon in it"));
    int32_t *group_of = om_alloc(outline->n, sizeof *group_of);
    if (!group_of)
        return om_no_memory(outline->ctx);
    om_status status = geo_dissolve(outline->ctx, outline->polygons, group_of, outline->n, 1, 0, out);
    om_free(group_of);
    return status;
}

om_status data_outline_read(om_context *ctx, const char *path, const char *crs, struct geo_wkb *out)
{
    GDALAllRegister();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    struct outline outline = {.ctx = ctx};
    om_status status = OM_OK;
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    OGRLayerH layer = dataset ? GDALDatasetGetLayer(dataset, 0) : NULL;
    if (!layer) {
        status = om_fail(ctx, OM_NOT_FOUND, om_tr("no outline can be read there: %s"), CPLGetLastErrorMsg());
    } else {
        bool is_table = OGR_L_GetGeomType(layer) == wkbNone;
        status = open_transformation(&outline, is_table ? NULL : OGR_L_GetSpatialRef(layer), crs);
        if (status == OM_OK)
            status = is_table ? read_table(&outline, layer) : read_features(&outline, layer);
    }
    if (status == OM_OK)
        status = join(&outline, out);
    if (status)
        om_context_add(ctx, "%s", path);
    geo_wkb_array_free(outline.polygons, outline.n);
    if (outline.transformation)
        OCTDestroyCoordinateTransformation(outline.transformation);
    if (dataset)
        GDALClose(dataset);
    CPLPopErrorHandler();
    return status;
}
