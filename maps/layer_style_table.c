#include "geo/memory.h"
#include "layer_look.h"
#include "layer_write.h"

#include <cpl_string.h>
#include <ogr_api.h>

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

static om_status write_look(om_context *ctx, const struct layer_view *view, const struct layer_look *look,
                            const char *name, OGRLayerH table)
{
    const struct layer *layer = look->ours.layer;
    char *qml = NULL, timestamp[32];
    om_status status = layer_look_qml(ctx, look, &qml);
    if (status != OM_OK)
        return status;
    layer_timestamp(view->result, timestamp);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(table));
    set_text(feature, "f_table_catalog", "");
    set_text(feature, "f_table_schema", "");
    set_text(feature, "f_table_name", name);
    set_text(feature, "f_geometry_column", layer->geometry == LAYER_NO_GEOMETRY ? "" : "geom");
    set_text(feature, "styleName", look->name);
    set_text(feature, "styleQML", qml);
    set_text(feature, "styleSLD", "");
    OGR_F_SetFieldInteger(feature, OGR_F_GetFieldIndex(feature, "useAsDefault"), look->is_default);
    set_text(feature, "description", layer_in_language(look->ours.language, layer->english, layer->swedish));
    set_text(feature, "owner", "");
    set_text(feature, "update_time", timestamp);
    if (OGR_L_CreateFeature(table, feature) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, "layer_styles");
    OGR_F_Destroy(feature);
    om_free(qml);
    return status;
}

static om_status write_looks(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                             const struct layer_template *template, const char *name, OGRLayerH table)
{
    struct layer_look *looks = NULL;
    size_t n = 0;
    om_status status = layer_looks(ctx, view, layer, template, false, &looks, &n);
    for (size_t i = 0; status == OM_OK && i < n; i++)
        status = write_look(ctx, view, &looks[i], name, table);
    layer_looks_free(looks, n);
    return status;
}

om_status layer_write_styles(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                             const char *prefix, const struct layer_template *template)
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
            status = write_looks(ctx, view, &map_layers[i], template, name, table);
        om_free(name);
    }
    if (status == OM_OK && OGR_L_SyncToDisk(table) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, "layer_styles");
    return status;
}
