#include "geo/memory.h"
#include "geo/text.h"
#include "layer_metadata.h"
#include "layer_write.h"
#include "qgis_project.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

/*
 * QGIS's own table of styles. It has to be listed in gpkg_contents, which OGR does for a layer made through
 * it, and f_table_schema has to be '' (not NULL): QGIS compares it with =.
 */
static const struct {
    const char *name;
    OGRFieldType type;
    OGRFieldSubType subtype;
    int width;
} style_fields[] = {
    {"f_table_catalog", OFTString, OFSTNone, 256},
    {"f_table_schema", OFTString, OFSTNone, 256},
    {"f_table_name", OFTString, OFSTNone, 256},
    {"f_geometry_column", OFTString, OFSTNone, 256},
    {"styleName", OFTString, OFSTNone, 0},
    {"styleQML", OFTString, OFSTNone, 0},
    {"styleSLD", OFTString, OFSTNone, 0},
    {"useAsDefault", OFTInteger, OFSTBoolean, 0},
    {"description", OFTString, OFSTNone, 0},
    {"owner", OFTString, OFSTNone, 30},
    {"ui", OFTString, OFSTNone, 30},
    {"update_time", OFTDateTime, OFSTNone, 0},
};
enum { STYLE_FIELDS = sizeof style_fields / sizeof *style_fields };

static OGRLayerH style_table(GDALDatasetH dataset)
{
    OGRLayerH table = GDALDatasetGetLayerByName(dataset, "layer_styles");
    if (table)
        return table;
    char **options = CSLSetNameValue(NULL, "FID", "id");
    options = CSLSetNameValue(options, "ASPATIAL_VARIANT", "GPKG_ATTRIBUTES");
    table = GDALDatasetCreateLayer(dataset, "layer_styles", NULL, wkbNone, options);
    CSLDestroy(options);
    for (size_t i = 0; table && i < STYLE_FIELDS; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(style_fields[i].name, style_fields[i].type);
        OGR_Fld_SetSubType(field, style_fields[i].subtype);
        OGR_Fld_SetWidth(field, style_fields[i].width);
        OGRErr created = OGR_L_CreateField(table, field, FALSE);
        OGR_Fld_Destroy(field);
        if (created != OGRERR_NONE)
            return NULL;
    }
    return table;
}

static om_status remove_styles(om_context *ctx, GDALDatasetH dataset, const char *name)
{
    return layer_sql(ctx, dataset, "layer_styles",
                     om_format("DELETE FROM layer_styles WHERE f_table_name = '%s'", name));
}

static void set_text(OGRFeatureH feature, const char *field, const char *text)
{
    OGR_F_SetFieldString(feature, OGR_F_GetFieldIndex(feature, field), text);
}

/* The default is the layer's first style in the language in force. */
static om_status write_style(om_context *ctx, const struct layer_view *view, const struct qgis_style *style,
                             bool is_default, const char *name, OGRLayerH table)
{
    char *qml = NULL, timestamp[32], *title = layer_style_name(style->style, style->language);
    om_status status = title ? qgis_style_qml(ctx, style, &qml) : om_no_memory(ctx);
    if (status != OM_OK) {
        om_free(title);
        return status;
    }
    const struct layer *layer = style->layer;
    layer_timestamp(view->result, timestamp);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(table));
    set_text(feature, "f_table_catalog", "");
    set_text(feature, "f_table_schema", "");
    set_text(feature, "f_table_name", name);
    set_text(feature, "f_geometry_column", layer->geometry == LAYER_NO_GEOMETRY ? "" : "geom");
    set_text(feature, "styleName", title);
    set_text(feature, "styleQML", qml);
    set_text(feature, "styleSLD", "");
    OGR_F_SetFieldInteger(feature, OGR_F_GetFieldIndex(feature, "useAsDefault"), is_default);
    set_text(feature, "description", layer_in_language(style->language, layer->english, layer->swedish));
    set_text(feature, "owner", "");
    set_text(feature, "update_time", timestamp);
    if (OGR_L_CreateFeature(table, feature) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, "layer_styles");
    OGR_F_Destroy(feature);
    om_free(qml);
    om_free(title);
    return status;
}

/* A theme that the result has nothing to show of would be an empty style. */
static bool has_theme(const struct layer_view *view, const struct layer_style *style)
{
    return !style || !style->theme || style->theme->is_available(view->result);
}

static om_status write_styles_of(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                                 const char *name, OGRLayerH table)
{
    size_t n_styles = 0;
    const struct layer_style *styles = layer_styles_of(layer, &n_styles);
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < (n_styles ? n_styles : 1); i++)
        for (int l = 0; status == OM_OK && l < LAYER_LANGUAGES && has_theme(view, styles ? &styles[i] : NULL);
             l++) {
            bool is_default = i == 0 && l == (int)layer_language_chosen();
            const struct qgis_style style = {.result = view->result,
                                             .layer = layer,
                                             .style = styles ? &styles[i] : NULL,
                                             .language = (enum layer_language)l,
                                             .has_value_maps = !is_default};
            status = write_style(ctx, view, &style, is_default, name, table);
        }
    return status;
}

om_status layer_write_styles(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                             const char *prefix)
{
    OGRLayerH table = style_table(dataset);
    if (!table)
        return layer_gdal_failed(ctx, "layer_styles");
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < map_n_layers; i++) {
        char *name = om_format("%s%s", prefix, map_layers[i].name);
        status = name ? remove_styles(ctx, dataset, name) : om_no_memory(ctx);
        bool is_absent = layer_is_absent(view, &map_layers[i]);
        if (status == OM_OK && !is_absent)
            status = write_styles_of(ctx, view, &map_layers[i], name, table);
        om_free(name);
    }
    if (status == OM_OK && OGR_L_SyncToDisk(table) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, "layer_styles");
    return status;
}

static om_status write_one(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                           GDALDatasetH dataset, const char *prefix, OGRSpatialReferenceH crs)
{
    char *name = om_format("%s%s", prefix, layer->name);
    if (!name)
        return om_no_memory(ctx);
    bool is_swedish = layer_language_chosen() == LAYER_SWEDISH;
    char **options = CSLSetNameValue(NULL, "FID", "fid");
    options = CSLSetNameValue(options, "GEOMETRY_NAME", "geom");
    options = CSLSetNameValue(options, "DESCRIPTION", is_swedish ? layer->swedish : layer->english);
    options = CSLSetNameValue(options, "OVERWRITE", "YES");
    om_status status = layer_write(ctx, view, layer, dataset, name, crs, options);
    if (status == OM_OK)
        status = layer_describe_columns(ctx, layer, dataset, name);
    CSLDestroy(options);
    om_free(name);
    return status;
}

/* A layer of the run before, of which this result has none. */
static om_status remove_one(om_context *ctx, const struct layer *layer, GDALDatasetH dataset,
                            const char *prefix)
{
    char *name = om_format("%s%s", prefix, layer->name);
    om_status status = name ? OM_OK : om_no_memory(ctx);
    for (int i = 0; status == OM_OK && i < GDALDatasetGetLayerCount(dataset); i++)
        if (strcmp(OGR_L_GetName(GDALDatasetGetLayer(dataset, i)), name) == 0) {
            if (GDALDatasetDeleteLayer(dataset, i) != OGRERR_NONE)
                status = layer_gdal_failed(ctx, name);
            break;
        }
    om_free(name);
    return status;
}

om_status layer_write_package(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                              const char *prefix)
{
    OGRSpatialReferenceH crs = NULL;
    om_status status = layer_crs(ctx, view->result->the_case->crs, &crs);
    if (status != OM_OK)
        return status;
    status = layer_write_domains(ctx, dataset);
    for (size_t i = 0; status == OM_OK && i < map_n_layers; i++)
        status = layer_is_absent(view, &map_layers[i])
                     ? remove_one(ctx, &map_layers[i], dataset, prefix)
                     : write_one(ctx, view, &map_layers[i], dataset, prefix, crs);
    OSRRelease(crs);
    if (status == OM_OK)
        status = layer_write_styles(ctx, view, dataset, prefix);
    return status == OM_OK ? layer_write_metadata(ctx, view, dataset, prefix) : status;
}

/* All that has a place, as QGIS is to show it at first. */
static struct qgis_box extent_of(const struct layer_view *view, GDALDatasetH dataset)
{
    OGREnvelope envelope = {0};
    for (size_t i = 0; i < map_n_layers; i++) {
        OGRLayerH layer = GDALDatasetGetLayerByName(dataset, map_layers[i].name);
        if (layer && map_layers[i].geometry == LAYER_AREA && !layer_is_absent(view, &map_layers[i]) &&
            OGR_L_GetExtent(layer, &envelope, TRUE) == OGRERR_NONE)
            break;
    }
    return (struct qgis_box){envelope.MinX, envelope.MinY, fmax(envelope.MaxX, envelope.MinX + 1),
                             fmax(envelope.MaxY, envelope.MinY + 1)};
}

static om_status crs_wkt(om_context *ctx, const struct layer_view *view, char **wkt)
{
    static const char *const options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", NULL};
    OGRSpatialReferenceH crs = NULL;
    om_status status = layer_crs(ctx, view->result->the_case->crs, &crs);
    if (status != OM_OK)
        return status;
    if (OSRExportToWktEx(crs, wkt, options) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, view->result->the_case->crs);
    OSRRelease(crs);
    return status;
}

om_status layer_write_qgis_project(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                                   const char *file)
{
    char timestamp[32], *qgs = NULL, *wkt = NULL;
    layer_timestamp(view->result, timestamp);
    om_status status = crs_wkt(ctx, view, &wkt);
    const struct qgis_project project = {.view = view,
                                         .file = file,
                                         .timestamp = timestamp,
                                         .crs_wkt = wkt,
                                         .extent = extent_of(view, dataset)};
    if (status == OM_OK)
        status = qgis_project_qgs(ctx, &project, &qgs);
    if (status == OM_OK)
        status = qgis_project_store(ctx, dataset, qgs, timestamp);
    CPLFree(wkt);
    om_free(qgs);
    return status;
}
