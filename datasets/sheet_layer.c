/* Sheets of spreadsheets and layers of maps, through GDAL. */
#include "sheet_internal.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "project_internal.h"
#include "shapes_internal.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <ogr_srs_api.h>
#include <string.h>
#include <strings.h>

/* A spreadsheet's cells come as typed, and its first row is a row like the others. */
static const char *const spreadsheet_options[][2] = {{"OGR_XLSX_HEADERS", "DISABLE"},
                                                     {"OGR_XLSX_FIELD_TYPES", "STRING"},
                                                     {"OGR_ODS_HEADERS", "DISABLE"},
                                                     {"OGR_ODS_FIELD_TYPES", "STRING"},
                                                     {"OGR_XLS_HEADERS", "DISABLE"}};

static GDALDatasetH open_file(const char *path)
{
    project_use_gdal();
    size_t n = sizeof spreadsheet_options / sizeof *spreadsheet_options;
    for (size_t i = 0; i < n; i++)
        CPLSetThreadLocalConfigOption(spreadsheet_options[i][0], spreadsheet_options[i][1]);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    /* a spreadsheet's rows are read when a layer is first asked about them */
    for (int i = 0; dataset && i < GDALDatasetGetLayerCount(dataset); i++)
        OGR_L_GetLayerDefn(GDALDatasetGetLayer(dataset, i));
    CPLPopErrorHandler();
    for (size_t i = 0; i < n; i++)
        CPLSetThreadLocalConfigOption(spreadsheet_options[i][0], NULL);
    return dataset;
}

static bool is_spreadsheet(GDALDatasetH dataset)
{
    const char *driver = GDALGetDriverShortName(GDALGetDatasetDriver(dataset));
    return strcmp(driver, "XLSX") == 0 || strcmp(driver, "ODS") == 0 || strcmp(driver, "XLS") == 0;
}

static om_status take_crs(om_context *ctx, OGRLayerH layer, struct sheet *sheet)
{
    OGRSpatialReferenceH system = OGR_L_GetSpatialRef(layer);
    sheet->has_shapes = OGR_L_GetGeomType(layer) != wkbNone;
    if (!system || !sheet->has_shapes)
        return OM_OK;
    static const char *const options[] = {"FORMAT=WKT2_2019", NULL};
    char *wkt = NULL;
    if (OSRExportToWktEx(system, &wkt, options) == OGRERR_NONE && wkt)
        sheet->crs = om_strdup(wkt);
    CPLFree(wkt);
    return sheet->crs ? OM_OK : om_no_memory(ctx);
}

static om_status take_heading(om_context *ctx, OGRLayerH layer, struct sheet *sheet)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    om_status status = sheet_add_row(ctx, sheet, 0);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition) && status == OM_OK; i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
        status = sheet_add_cell(ctx, sheet, name, strlen(name));
    }
    return status;
}

static om_status take_shape(om_context *ctx, OGRGeometryH geometry, struct geo_wkb *out)
{
    if (!geometry || OGR_G_IsEmpty(geometry))
        return OM_OK;
    OGR_G_FlattenTo2D(geometry);
    if (OGR_GT_IsNonLinear(OGR_G_GetGeometryType(geometry)))
        return om_fail(ctx, OM_BAD_DATA, "%s",
                       om_tr("a curved geometry; convert it to straight segments first"));
    return shapes_wkb(ctx, geometry, out);
}

static om_status take_feature(om_context *ctx, OGRFeatureH feature, struct sheet *sheet)
{
    om_status status = sheet_add_row(ctx, sheet, (size_t)OGR_F_GetFID(feature));
    for (int i = 0; i < OGR_F_GetFieldCount(feature) && status == OM_OK; i++) {
        bool is_set = OGR_F_IsFieldSetAndNotNull(feature, i);
        const char *text = is_set ? OGR_F_GetFieldAsString(feature, i) : "";
        status = sheet_add_cell(ctx, sheet, text, strlen(text));
    }
    if (status == OM_OK)
        status = take_shape(ctx, OGR_F_GetGeometryRef(feature), &sheet->rows[sheet->n_rows - 1].shape);
    if (status == OM_OK)
        sheet_drop_empty_row(sheet);
    return status;
}

static om_status take_features(om_context *ctx, OGRLayerH layer, struct sheet *sheet)
{
    om_status status = OM_OK;
    OGR_L_ResetReading(layer);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    for (OGRFeatureH feature; status == OM_OK && (feature = OGR_L_GetNextFeature(layer));) {
        status = take_feature(ctx, feature, sheet);
        if (status != OM_OK)
            om_context_add(ctx, "%s, %s %lld", sheet->path, sheet->unit, (long long)OGR_F_GetFID(feature));
        OGR_F_Destroy(feature);
    }
    CPLPopErrorHandler();
    if (status == OM_OK && CPLGetLastErrorType() >= CE_Failure)
        status = om_fail(ctx, OM_BAD_DATA, "%s: %s", sheet->path, CPLGetLastErrorMsg());
    return status;
}

static om_status read_layer(om_context *ctx, const char *path, GDALDatasetH dataset, OGRLayerH layer,
                            struct sheet *sheet)
{
    bool is_table = is_spreadsheet(dataset);
    bool is_alone = GDALDatasetGetLayerCount(dataset) == 1;
    *sheet = (struct sheet){
        .unit = is_table ? om_tr("row") : om_tr("feature"),
        .path = is_alone ? om_strdup(path) : om_format("%s, %s", path, OGR_L_GetName(layer)),
    };
    if (!sheet->path)
        return om_no_memory(ctx);
    om_status status = is_table ? OM_OK : take_crs(ctx, layer, sheet);
    if (status == OM_OK && !is_table)
        status = take_heading(ctx, layer, sheet);
    return status == OM_OK ? take_features(ctx, layer, sheet) : status;
}

static om_status no_such_layer(om_context *ctx, const char *path, const char *wanted, GDALDatasetH dataset)
{
    char *listing = om_strdup("");
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset) && listing; i++) {
        char *longer = om_format("%s%s%s", listing, *listing ? ", " : "",
                                 OGR_L_GetName(GDALDatasetGetLayer(dataset, i)));
        om_free(listing);
        listing = longer;
    }
    om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no layer or sheet \"%s\"; there are: %s"), path, wanted,
            listing ? listing : "");
    om_free(listing);
    return OM_NOT_FOUND;
}

static om_status visit_layers(om_context *ctx, const char *path, const char *wanted, GDALDatasetH dataset,
                              sheet_visit_fn *visit, void *user)
{
    om_status status = OM_OK;
    bool stop = false, found = false;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset) && status == OM_OK && !stop; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        if (wanted && strcasecmp(OGR_L_GetName(layer), wanted) != 0)
            continue;
        found = true;
        struct sheet sheet;
        status = read_layer(ctx, path, dataset, layer, &sheet);
        if (status == OM_OK)
            status = visit(ctx, user, &sheet, &stop);
        sheet_done(&sheet);
    }
    return status == OM_OK && wanted && !found ? no_such_layer(ctx, path, wanted, dataset) : status;
}

om_status sheet_visit(om_context *ctx, const char *path, const char *layer, sheet_visit_fn *visit, void *user)
{
    if (sheet_is_text(path)) {
        struct sheet sheet;
        bool stop = false;
        om_status status = sheet_read_text(ctx, path, &sheet);
        if (status != OM_OK)
            return status;
        status = visit(ctx, user, &sheet, &stop);
        sheet_done(&sheet);
        return status;
    }
    VSIStatBufL info;
    if (VSIStatL(path, &info) != 0)
        return om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no such file"), path);
    GDALDatasetH dataset = open_file(path);
    if (!dataset)
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s: cannot be read as a table or map (%s)"), path,
                       *CPLGetLastErrorMsg() ? CPLGetLastErrorMsg() : om_tr("unknown format"));
    om_status status = visit_layers(ctx, path, layer, dataset, visit, user);
    GDALClose(dataset);
    return status;
}
