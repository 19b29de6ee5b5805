#include "geo/memory.h"
#include "geo/text.h"
#include "layer_database.h"
#include "layer_format.h"
#include "layer_write.h"
#include "maps/layers.h"
#include "output_file.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file to be written. */
struct output {
    const struct layer_template *template;
    struct output_file file;
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

/* GDAL would replace a file whose journal another program still has. */
static om_status refuse_sidecars(om_context *ctx, const char *path)
{
    static const char *const sidecars[] = {"-wal", "-journal"};
    for (size_t i = 0; i < sizeof sidecars / sizeof *sidecars; i++) {
        char *sidecar = om_format("%s%s", path, sidecars[i]);
        bool is_there = sidecar && access(sidecar, F_OK) == 0;
        om_free(sidecar);
        if (is_there)
            return om_fail(ctx, OM_EXISTS,
                           om_tr("%s is open in another program (%s%s exists); close it first"), path, path,
                           sidecars[i]);
    }
    return OM_OK;
}

static om_status refuse_folder(om_context *ctx, const char *path)
{
    struct stat found;
    bool is_folder = stat(path, &found) == 0 && S_ISDIR(found.st_mode);
    return is_folder ? om_fail(ctx, OM_EXISTS, om_tr("%s is a folder; end it with / to write into it"), path)
                     : OM_OK;
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
    const char *path = output->file.path, *slash = strrchr(path, '/');
    if (GDALDatasetStartTransaction(dataset, FALSE) != OGRERR_NONE)
        return layer_gdal_failed(ctx, "BEGIN");
    om_status status = layer_write_package(ctx, view, dataset, "", output->template);
    if (status == OM_OK)
        status = layer_write_qgis_project(ctx, view, dataset, slash ? slash + 1 : path, output->template);
    if (status == OM_OK && GDALDatasetCommitTransaction(dataset) != OGRERR_NONE)
        status = layer_gdal_failed(ctx, "COMMIT");
    if (status != OM_OK)
        GDALDatasetRollbackTransaction(dataset);
    return status;
}

/* Has GDAL write the output to a path of its own. */
static om_status write_dataset(om_context *ctx, const struct layer_view *view, const struct output *output,
                               const char *path)
{
    GDALDriverH driver = NULL;
    om_status status = layer_format_driver(ctx, output->format, &driver);
    if (status != OM_OK)
        return status;
    GDALDatasetH dataset =
        GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, (CSLConstList)output->format->dataset_options);
    if (!dataset)
        return layer_gdal_failed(ctx, output->file.path);
    status =
        output->layer ? write_layer(ctx, view, output, dataset) : write_package(ctx, view, output, dataset);
    if (status != OM_OK)
        om_context_add(ctx, "%s", output->file.path);
    CPLErrorReset();
    GDALClose(dataset);
    if (status == OM_OK && CPLGetLastErrorType() >= CE_Failure)
        status = layer_gdal_failed(ctx, output->file.path);
    return status;
}

static om_status copy_from_memory(om_context *ctx, const char *path, const struct output_file *file)
{
    vsi_l_offset size = 0;
    const GByte *bytes = VSIGetMemFileBuffer(path, &size, FALSE);
    FILE *out = NULL;
    if (!bytes)
        return layer_gdal_failed(ctx, file->path);
    om_status status = output_file_open(ctx, file, &out);
    if (status != OM_OK)
        return status;
    fwrite(bytes, 1, (size_t)size, out);
    return output_file_close(ctx, file, out, OM_OK);
}

/* In memory first, since GDAL's drivers of such formats do not tell of a disk that is full. */
static om_status write_by_memory(om_context *ctx, const struct layer_view *view, const struct output *output)
{
    char *path = om_format("/vsimem/omland-%p%s", (const void *)output, output->format->mark);
    if (!path)
        return om_no_memory(ctx);
    om_status status = write_dataset(ctx, view, output, path);
    if (status == OM_OK)
        status = copy_from_memory(ctx, path, &output->file);
    VSIUnlink(path);
    om_free(path);
    return status;
}

/* SQLite would say less, and name the temporary. */
static om_status check_writable(om_context *ctx, const struct output_file *file)
{
    FILE *out = NULL;
    om_status status = output_file_open(ctx, file, &out);
    if (status == OM_OK)
        status = output_file_close(ctx, file, out, OM_OK);
    unlink(file->temporary);
    return status;
}

static om_status write_output(om_context *ctx, const struct layer_view *view, const struct output *output)
{
    if (output->layer)
        return write_by_memory(ctx, view, output);
    om_status status = check_writable(ctx, &output->file);
    return status == OM_OK ? write_dataset(ctx, view, output, output->file.temporary) : status;
}

static om_status make_folder(om_context *ctx, const char *path)
{
    if (path[strlen(path) - 1] != '/' || mkdir(path, 0777) == 0 || errno == EEXIST)
        return OM_OK;
    return om_fail(ctx, OM_IO, "%s: %s", path, strerror(errno));
}

static om_status begin_output(om_context *ctx, const char *path, bool overwrite, const struct layer *layer,
                              const struct layer_format *format, struct output *output)
{
    char *full = layer_path(path, format, layer);
    om_status status = full ? refuse_folder(ctx, full) : om_no_memory(ctx);
    if (status == OM_OK)
        status = output_file_begin(ctx, full, overwrite, &output->file);
    if (status == OM_OK)
        status = refuse_sidecars(ctx, full);
    om_free(full);
    return status;
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
        om_status status = begin_output(ctx, path, overwrite, &map_layers[i], format, output);
        if (status != OM_OK)
            return status;
    }
    return OM_OK;
}

static void outputs_free(struct output *outputs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        output_file_done(&outputs[i].file);
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
        status = output_file_finish(ctx, &outputs[i].file);
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
