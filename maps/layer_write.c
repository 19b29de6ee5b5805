#include "layer_write.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "layer_style.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <math.h>
#include <ogr_api.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void layer_timestamp(const struct map_result *result, char timestamp[32])
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t seconds = (time_t)(epoch && *epoch ? strtoll(epoch, NULL, 10) : 0);
    struct tm utc;
    if (seconds > 0 && gmtime_r(&seconds, &utc)) {
        strftime(timestamp, 32, "%Y-%m-%dT%H:%M:%S.000Z", &utc);
        return;
    }
    /* Dates are YYYY, YYYY-MM or YYYY-MM-DD; the missing end is the first month or day. */
    static const char first[] = "2000-01-01";
    char newest[sizeof first] = "";
    for (size_t i = 0; i < result->the_case->n_sources; i++) {
        const char *date = result->the_case->sources[i].date;
        char whole[sizeof first];
        memcpy(whole, first, sizeof first);
        size_t length = date ? strspn(date, "0123456789-") : 0;
        if (length != 4 && length != 7 && length != 10)
            continue;
        memcpy(whole, date, length);
        if (strcmp(whole, newest) > 0)
            memcpy(newest, whole, sizeof whole);
    }
    snprintf(timestamp, 32, "%sT00:00:00.000Z", *newest ? newest : first);
}

void layer_gdal_enter(const struct map_result *result)
{
    char timestamp[32];
    layer_timestamp(result, timestamp);
    GDALAllRegister();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", timestamp);
    CPLErrorReset();
}

void layer_gdal_leave(void)
{
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL);
    CPLPopErrorHandler();
}

om_status layer_gdal_failed(om_context *ctx, const char *what)
{
    const char *said = CPLGetLastErrorMsg();
    return om_fail(ctx, OM_LIBRARY, "%s: %s", what, *said ? said : om_tr("GDAL gives no reason"));
}

om_status layer_crs(om_context *ctx, const char *crs, OGRSpatialReferenceH *out)
{
    OGRSpatialReferenceH known = OSRNewSpatialReference(NULL);
    if (!known)
        return om_no_memory(ctx);
    if (OSRSetFromUserInput(known, crs) != OGRERR_NONE) {
        OSRRelease(known);
        return layer_gdal_failed(ctx, crs);
    }
    OSRSetAxisMappingStrategy(known, OAMS_TRADITIONAL_GIS_ORDER);
    *out = known;
    return OM_OK;
}

char *layer_sql_quoted(const char *text, char quote)
{
    char *out = om_alloc(2 * strlen(text) + 3, 1), *end = out;
    if (!out)
        return NULL;
    *end++ = quote;
    for (; *text; text++) {
        if (*text == quote)
            *end++ = quote;
        *end++ = *text;
    }
    *end++ = quote;
    return out;
}

om_status layer_sql(om_context *ctx, GDALDatasetH dataset, const char *what, char *sql)
{
    if (!sql)
        return om_no_memory(ctx);
    CPLErrorReset();
    OGRLayerH none = GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    om_status status = CPLGetLastErrorType() >= CE_Failure ? layer_gdal_failed(ctx, what) : OM_OK;
    if (none)
        GDALDatasetReleaseResultSet(dataset, none);
    om_free(sql);
    return status;
}

static bool is_driver(GDALDatasetH dataset, const char *name)
{
    GDALDriverH driver = GDALGetDatasetDriver(dataset);
    return driver && strcmp(GDALGetDriverShortName(driver), name) == 0;
}

/* In CSV GDAL quotes every whole number, as it does codes, but no real ones. */
static OGRFieldType field_type(const struct layer_column *column, bool is_csv)
{
    static const OGRFieldType types[] = {[LAYER_TEXT] = OFTString,
                                         [LAYER_WHOLE] = OFTInteger,
                                         [LAYER_NUMBER] = OFTReal,
                                         [LAYER_FLAG] = OFTInteger};
    return is_csv && types[column->type] == OFTInteger ? OFTReal : types[column->type];
}

static om_status create_field(om_context *ctx, const struct layer *layer, const struct layer_column *column,
                              GDALDatasetH dataset, OGRLayerH target)
{
    bool is_csv = is_driver(dataset, "CSV");
    OGRFieldDefnH field = OGR_Fld_Create(column->name, field_type(column, is_csv));
    if (!field)
        return om_no_memory(ctx);
    if (column->type == LAYER_FLAG && !is_csv)
        OGR_Fld_SetSubType(field, OFSTBoolean);
    const struct layer_domain *domain = layer_domain_of(layer, column);
    if (domain && is_driver(dataset, "GPKG"))
        OGR_Fld_SetDomainName(field, domain->name);
    OGRErr created = OGR_L_CreateField(target, field, FALSE);
    OGR_Fld_Destroy(field);
    return created == OGRERR_NONE ? OM_OK : layer_gdal_failed(ctx, column->name);
}

static OGRGeometryH polygon_geometry(const struct geo_wkb *wkb)
{
    OGRGeometryH geometry = NULL;
    if (OGR_G_CreateFromWkb(wkb->bytes, NULL, &geometry, (int)wkb->size) != OGRERR_NONE)
        return NULL;
    return OGR_G_ForceToMultiPolygon(geometry);
}

static OGRGeometryH points_geometry(const double *easting_northing, size_t n)
{
    OGRGeometryH geometry = OGR_G_CreateGeometry(n == 1 ? wkbPoint : wkbLineString);
    for (size_t i = 0; geometry && i < n; i++)
        OGR_G_SetPoint_2D(geometry, (int)i, easting_northing[2 * i], easting_northing[2 * i + 1]);
    return geometry;
}

/* A row without a polygon or a place gets no geometry. */
static om_status set_geometry(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                              struct layer_row row, OGRFeatureH feature)
{
    OGRGeometryH geometry = NULL;
    if (layer->polygon) {
        const struct geo_wkb *wkb = layer->polygon(view, row);
        if (!wkb->size)
            return OM_OK;
        geometry = polygon_geometry(wkb);
    } else if (layer->points) {
        double places[4] = {0};
        layer->points(view, row, places);
        if (isnan(places[0] + places[1] + places[2] + places[3]))
            return OM_OK;
        geometry = points_geometry(places, layer->geometry == LAYER_POINT ? 1 : 2);
    } else {
        return OM_OK;
    }
    if (!geometry || OGR_F_SetGeometryDirectly(feature, geometry) != OGRERR_NONE)
        return layer_gdal_failed(ctx, layer->name);
    return OM_OK;
}

static om_status set_fields(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                            struct layer_row row, OGRFeatureH feature)
{
    for (size_t i = 0; i < layer->n_columns; i++) {
        const struct layer_column *column = &layer->columns[i];
        struct layer_value value = {.number = NAN};
        column->fetch(view, row, &value);
        int field = OGR_F_GetFieldIndex(feature, column->name);
        bool is_text = column->type == LAYER_TEXT;
        if (value.out_of_memory)
            return om_no_memory(ctx);
        if (is_text ? !value.text : isnan(value.number))
            OGR_F_SetFieldNull(feature, field);
        else if (is_text)
            OGR_F_SetFieldString(feature, field, value.text);
        else if (column->type == LAYER_NUMBER)
            OGR_F_SetFieldDouble(feature, field, value.number);
        else
            OGR_F_SetFieldInteger(feature, field, (int)value.number);
        om_free(value.owned);
    }
    return OM_OK;
}

/* FlatGeobuf would leave such a row out without a word. */
static om_status row_without_geometry(om_context *ctx, const struct layer *layer, OGRFeatureH feature)
{
    return om_fail(
        ctx, OM_BAD_DATA,
        om_tr("%s: the row with %s %s has no geometry, which FlatGeobuf cannot hold; write .gpkg or "
              ".geojson instead"),
        layer->name, layer->columns[0].name, OGR_F_GetFieldAsString(feature, 0));
}

static om_status write_row(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                           struct layer_row row, bool needs_geometry, OGRLayerH target)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(target));
    if (!feature)
        return om_no_memory(ctx);
    om_status status = set_fields(ctx, view, layer, row, feature);
    bool is_table = OGR_FD_GetGeomFieldCount(OGR_L_GetLayerDefn(target)) == 0;
    if (status == OM_OK && !is_table)
        status = set_geometry(ctx, view, layer, row, feature);
    if (status == OM_OK && needs_geometry && !OGR_F_GetGeometryRef(feature))
        status = row_without_geometry(ctx, layer, feature);
    if (status == OM_OK && OGR_L_CreateFeature(target, feature) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, layer->name);
    OGR_F_Destroy(feature);
    return status;
}

om_status layer_write(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                      GDALDatasetH dataset, const char *name, OGRSpatialReferenceH crs, char **options)
{
    static const OGRwkbGeometryType types[] = {
        [LAYER_NO_GEOMETRY] = wkbNone,
        [LAYER_POINT] = wkbPoint,
        [LAYER_LINE] = wkbLineString,
        [LAYER_AREA] = wkbMultiPolygon,
    };
    bool is_placed = layer->geometry != LAYER_NO_GEOMETRY;
    OGRLayerH target =
        GDALDatasetCreateLayer(dataset, name, is_placed ? crs : NULL, types[layer->geometry], options);
    if (!target)
        return layer_gdal_failed(ctx, name);
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < layer->n_columns; i++)
        status = create_field(ctx, layer, &layer->columns[i], dataset, target);
    bool needs_geometry = is_driver(dataset, "FlatGeobuf");
    size_t n = layer->count(view);
    for (size_t i = 0; status == OM_OK && i < n; i++) {
        struct layer_row row;
        if (layer->row(view, i, &row))
            status = write_row(ctx, view, layer, row, needs_geometry, target);
    }
    if (status == OM_OK && OGR_L_SyncToDisk(target) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, name);
    return status;
}
