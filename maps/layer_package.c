#include "geo/memory.h"
#include "layer_metadata.h"
#include "layer_write.h"
#include "qgis_project.h"
#include "qgis_template.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

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
                              const char *prefix, const struct layer_template *template)
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
        status = layer_write_styles(ctx, view, dataset, prefix, template);
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

static om_status our_project(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                             const char *file, const struct layer_template *template, char **qgs)
{
    char timestamp[32], *wkt = NULL;
    layer_timestamp(view->result, timestamp);
    om_status status = crs_wkt(ctx, view, &wkt);
    const struct qgis_project project = {.view = view,
                                         .template = template,
                                         .file = file,
                                         .timestamp = timestamp,
                                         .crs_wkt = wkt,
                                         .extent = extent_of(view, dataset)};
    if (status == OM_OK)
        status = qgis_project_qgs(ctx, &project, qgs);
    CPLFree(wkt);
    return status;
}

om_status layer_write_qgis_project(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                                   const char *file, const struct layer_template *template)
{
    char timestamp[32], *qgs = NULL;
    layer_timestamp(view->result, timestamp);
    om_status status = template && template->qgs ? qgis_template_project(ctx, view, template, file, &qgs)
                                                 : our_project(ctx, view, dataset, file, template, &qgs);
    if (status == OM_OK)
        status = qgis_project_store(ctx, dataset, qgs, timestamp);
    om_free(qgs);
    return status;
}
