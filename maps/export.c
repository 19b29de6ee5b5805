#include "geo/memory.h"
#include "geo/text.h"
#include "layer_write.h"
#include "maps/layers.h"

#include <cpl_string.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file to be written: first under a temporary name beside the final one. */
struct output {
    char *path, *temporary;
    const struct layer *layer; /* NULL: all of them */
};

struct format {
    const char *extension, *driver;
    bool whole; /* every layer in one file */
    const char *const *dataset_options, *const *layer_options;
};

static const char *const package_options[] = {"VERSION=1.3", NULL};
static const char *const geojson_options[] = {"RFC7946=YES", "COORDINATE_PRECISION=6", NULL};

/* GeoJSON by RFC 7946 is WGS84, which the driver transforms to. */
static const struct format formats[] = {
    {".gpkg", "GPKG", true, package_options, NULL},
    {".geojson", "GeoJSON", false, NULL, geojson_options},
    {".csv", "CSV", false, NULL, NULL},
};
enum { FORMATS = sizeof formats / sizeof *formats, GEOJSON = 1 };

static const struct format *format_of(const char *path)
{
    size_t length = strlen(path);
    if (length && path[length - 1] == '/')
        return &formats[GEOJSON];
    for (size_t i = 0; i < FORMATS; i++) {
        size_t ending = strlen(formats[i].extension);
        if (length > ending && strcasecmp(path + length - ending, formats[i].extension) == 0)
            return &formats[i];
    }
    return NULL;
}

/* OUT/municipalities.geojson in a folder; else OUT.csv for the first layer and OUT_areas.csv beside it. */
static char *layer_path(const char *path, const struct format *format, const struct layer *layer)
{
    size_t length = strlen(path);
    if (path[length - 1] == '/')
        return om_format("%s%s%s", path, layer->name, format->extension);
    if (format->whole || layer == map_layers)
        return om_strdup(path);
    length -= strlen(format->extension);
    return om_format("%.*s_%s%s", (int)length, path, layer->name, format->extension);
}

static char *temporary_path(const char *path, const struct format *format)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    return om_format("%.*s.%s.%ld.part%s", folder, path, path + folder, (long)getpid(), format->extension);
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

static om_status write_output(om_context *ctx, const struct layer_view *view, const struct format *format,
                              const struct output *output)
{
    GDALDriverH driver = GDALGetDriverByName(format->driver);
    if (!driver)
        return om_fail(ctx, OM_LIBRARY, om_tr("this GDAL has no driver %s"), format->driver);
    unlink(output->temporary);
    GDALDatasetH dataset =
        GDALCreate(driver, output->temporary, 0, 0, 0, GDT_Unknown, (CSLConstList)format->dataset_options);
    if (!dataset)
        return layer_gdal_failed(ctx, output->path);
    om_status status;
    if (!output->layer) {
        status = layer_write_package(ctx, view, dataset, "");
    } else {
        OGRSpatialReferenceH crs = NULL;
        char **options = CSLDuplicate((CSLConstList)format->layer_options);
        status = layer_crs(ctx, view->result->the_case->crs, &crs);
        if (status == OM_OK)
            status = layer_write(ctx, view, output->layer, dataset, output->layer->name, crs, options);
        CSLDestroy(options);
        if (crs)
            OSRRelease(crs);
    }
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
                              const struct format *format, bool overwrite, struct output *outputs, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < (format->whole ? 1 : map_n_layers); i++) {
        if (layer_is_absent(view, &map_layers[i]))
            continue;
        struct output *output = &outputs[(*n)++];
        output->layer = format->whole ? NULL : &map_layers[i];
        output->path = layer_path(path, format, &map_layers[i]);
        output->temporary = output->path ? temporary_path(output->path, format) : NULL;
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

om_status map_export(om_context *ctx, const struct map_result *result, const char *path, bool overwrite)
{
    const struct format *format = format_of(path);
    if (!format)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("%s: the name must end in .gpkg, .geojson, .csv or, for a folder of GeoJSON, /"),
                       path);
    size_t n = 0;
    struct layer_view view = {.result = result};
    struct output *outputs = om_alloc(map_n_layers, sizeof *outputs);
    if (!outputs)
        return om_no_memory(ctx);
    om_status status = plan_outputs(ctx, &view, path, format, overwrite, outputs, &n);
    if (status != OM_OK)
        goto done;
    layer_gdal_enter(result);
    status = make_folder(ctx, path);
    if (status == OM_OK)
        status = layer_view_new(ctx, result, &view);
    for (size_t i = 0; status == OM_OK && i < n; i++)
        status = write_output(ctx, &view, format, &outputs[i]);
    for (size_t i = 0; status == OM_OK && i < n; i++)
        status = put_in_place(ctx, &outputs[i]);
    layer_gdal_leave();
done:
    layer_view_done(&view);
    outputs_free(outputs, n);
    return status;
}
