#include "geo/memory.h"
#include "geo/text.h"
#include "layer_database.h"
#include "layer_format.h"
#include "layer_write.h"
#include "maps/layers.h"

#include <cpl_string.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file to be written: first under a temporary name beside the final one. */
struct output {
    const struct layer_template *template;
    char *path, *temporary;
    const struct layer *layer; /* NULL: all of them */
    const struct layer_format *format;
};

/* OUT/municipalities.fgb in a folder; else OUT.fgb for the first layer and OUT_areas.fgb beside it. Tables
 * may have a format of their own. */
static char *layer_path(const char *path, const struct layer_format *format, const struct layer *layer)
{
    const char *ending = layer_format_for(format, layer)->mark;
    size_t length = strlen(path);
    if (path[length - 1] == '/')
        return om_format("%s%s%s", path, layer->name, ending);
    if (format->holding == LAYER_ALL_IN_ONE_FILE || layer == map_layers)
        return om_strdup(path);
    length -= strlen(format->mark);
    return om_format("%.*s_%s%s", (int)length, path, layer->name, ending);
}

static char *temporary_path(const struct output *output)
{
    const char *path = output->path, *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    return om_format("%.*s.%s.%ld.part%s", folder, path, path + folder, (long)getpid(), output->format->mark);
}

static om_status check_free(om_context *ctx, const char *path, bool overwrite)
{
    static const char *const sidecars[] = {"-wal", "-journal"};
    struct stat found;
    if (stat(path, &found) != 0)
        return OM_OK;
    if (S_ISDIR(found.st_mode))
        return om_fail(ctx, OM_EXISTS, om_tr("%s is a folder; end it with / to write into it"), path);
    if (!overwrite)
        return om_fail(ctx, OM_EXISTS, om_tr("%s exists already; --overwrite replaces it"), path);
    for (size_t i = 0; i < sizeof sidecars / sizeof *sidecars; i++) {
        char *sidecar = om_format("%s%s", path, sidecars[i]);
        bool is_there = sidecar && stat(sidecar, &found) == 0;
        om_free(sidecar);
        if (is_there)
            return om_fail(ctx, OM_EXISTS,
                           om_tr("%s is open in another program (%s%s exists); close it first"), path, path,
                           sidecars[i]);
    }
    return OM_OK;
}

static om_status write_layer(om_context *ctx, const struct layer_view *view, const struct output *output,
                             GDALDatasetH dataset)
{
    OGRSpatialReferenceH crs = NULL;
    char **options = CSLDuplicate((CSLConstList)output->format->layer_options);
    om_status status = layer_crs(ctx, view->result->the_case->crs, &crs);
    if (status == OM_OK)
        status = layer_write(ctx, view, output->layer, dataset, output->layer->name, crs, options);
    CSLDestroy(options);
    if (crs)
        OSRRelease(crs);
    return status;
}

/* In one transaction, so that the disk is waited for once. */
static om_status write_package(om_context *ctx, const struct layer_view *view, const struct output *output,
                               GDALDatasetH dataset)
{
    if (GDALDatasetStartTransaction(dataset, FALSE) != OGRERR_NONE)
        return layer_gdal_failed(ctx, output->path);
    const char *slash = strrchr(output->path, '/');
    om_status status = layer_write_package(ctx, view, dataset, "", output->template);
    if (status == OM_OK)
        status =
            layer_write_qgis_project(ctx, view, dataset, slash ? slash + 1 : output->path, output->template);
    if (status == OM_OK && GDALDatasetCommitTransaction(dataset) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, output->path);
    if (status != OM_OK)
        GDALDatasetRollbackTransaction(dataset);
    return status;
}

static om_status write_output(om_context *ctx, const struct layer_view *view, const struct output *output)
{
    GDALDriverH driver = NULL;
    om_status status = layer_format_driver(ctx, output->format, &driver);
    if (status != OM_OK)
        return status;
    unlink(output->temporary);
    GDALDatasetH dataset = GDALCreate(driver, output->temporary, 0, 0, 0, GDT_Unknown,
                                      (CSLConstList)output->format->dataset_options);
    if (!dataset)
        return layer_gdal_failed(ctx, output->path);
    status =
        output->layer ? write_layer(ctx, view, output, dataset) : write_package(ctx, view, output, dataset);
    CPLErrorReset();
    GDALClose(dataset);
    if (status == OM_OK && CPLGetLastErrorType() >= CE_Failure)
        status = layer_gdal_failed(ctx, output->path);
    return status;
}

/* The bytes are on disk before the name is. */
static om_status put_in_place(om_context *ctx, const struct output *output)
{
    int file = open(output->temporary, O_RDONLY);
    bool done = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    if (done && rename(output->temporary, output->path) == 0)
        return OM_OK;
    return om_fail(ctx, OM_IO, "%s: %s", output->path, strerror(errno));
}

static om_status make_folder(om_context *ctx, const char *path)
{
    if (path[strlen(path) - 1] != '/' || mkdir(path, 0777) == 0 || errno == EEXIST)
        return OM_OK;
    return om_fail(ctx, OM_IO, "%s: %s", path, strerror(errno));
}

static om_status plan_outputs(om_context *ctx, const struct layer_view *view, const char *path,
                              const struct layer_format *format, bool overwrite, struct output *outputs,
                              size_t *n)
{
    bool is_whole = format->holding == LAYER_ALL_IN_ONE_FILE;
    *n = 0;
    for (size_t i = 0; i < (is_whole ? 1 : map_n_layers); i++) {
        if (layer_is_absent(view, &map_layers[i]))
            continue;
        struct output *output = &outputs[(*n)++];
        output->layer = is_whole ? NULL : &map_layers[i];
        output->format = is_whole ? format : layer_format_for(format, &map_layers[i]);
        output->path = layer_path(path, format, &map_layers[i]);
        output->temporary = output->path ? temporary_path(output) : NULL;
        if (!output->temporary)
            return om_no_memory(ctx);
        om_status status = check_free(ctx, output->path, overwrite);
        if (status != OM_OK)
            return status;
    }
    return OM_OK;
}

static void outputs_free(struct output *outputs, size_t n)
{
    for (size_t i = 0; outputs && i < n; i++) {
        if (outputs[i].temporary)
            unlink(outputs[i].temporary);
        om_free(outputs[i].temporary);
        om_free(outputs[i].path);
    }
    om_free(outputs);
}

static om_status export_files(om_context *ctx, const struct layer_view *view,
                              const struct layer_format *format, const char *path, bool overwrite,
                              const struct layer_template *template)
{
    size_t n = 0;
    struct output *outputs = om_alloc(map_n_layers, sizeof *outputs);
    if (!outputs)
        return om_no_memory(ctx);
    om_status status = plan_outputs(ctx, view, path, format, overwrite, outputs, &n);
    if (status == OM_OK)
        status = make_folder(ctx, path);
    for (size_t i = 0; status == OM_OK && i < n; i++) {
        outputs[i].template = template;
        status = write_output(ctx, view, &outputs[i]);
    }
    for (size_t i = 0; status == OM_OK && i < n; i++)
        status = put_in_place(ctx, &outputs[i]);
    outputs_free(outputs, n);
    return status;
}

static om_status unknown_format(om_context *ctx, const char *path)
{
    char *endings = layer_format_endings();
    if (!endings)
        return om_no_memory(ctx);
    om_fail(
        ctx, OM_INVALID_ARGUMENT,
        om_tr("%s: the name must end in one of %s, or in / for a folder, or begin with PG: for a database"),
        path, endings);
    om_free(endings);
    return OM_INVALID_ARGUMENT;
}

static om_status check_options(om_context *ctx, const struct layer_format *format, const char *path,
                               const struct map_export_options *options)
{
    if (options->schema && format->holding != LAYER_DATABASE)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("%s: --schema is for a database (PG:…), not for a file"), path);
    if (options->template_path && format->holding != LAYER_ALL_IN_ONE_FILE)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("%s: --template is for a GeoPackage (.gpkg), which alone has styles"), path);
    return OM_OK;
}

om_status map_export(om_context *ctx, const struct map_result *result, const char *path,
                     const struct map_export_options *options)
{
    const struct layer_format *format = layer_format_of(path);
    struct layer_view view = {.result = result};
    struct layer_template template = {0};
    if (!format)
        return unknown_format(ctx, path);
    om_status status = check_options(ctx, format, path, options);
    if (status != OM_OK)
        return status;
    layer_gdal_enter(result);
    if (options->template_path)
        status = layer_template_read(ctx, options->template_path, &template);
    if (status == OM_OK)
        status = layer_view_new(ctx, result, &view);
    if (status == OM_OK)
        status = layer_view_add_regions(ctx, &view);
    if (status == OM_OK)
        status = format->holding == LAYER_DATABASE
                     ? layer_write_database(ctx, &view, format, path, options)
                     : export_files(ctx, &view, format, path, options->overwrite,
                                    options->template_path ? &template : NULL);
    layer_gdal_leave();
    layer_view_done(&view);
    layer_template_done(&template);
    return status;
}
