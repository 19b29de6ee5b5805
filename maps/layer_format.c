#include "layer_format.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "words.h"

#include <string.h>
#include <strings.h>

static const char *const package_options[] = {"VERSION=1.3", NULL};
static const char *const geojson_options[] = {"RFC7946=YES", "COORDINATE_PRECISION=6", NULL};

const struct layer_format layer_formats[] = {
    {.name = "GeoPackage",
     .mark = ".gpkg",
     .driver = "GPKG",
     .holding = LAYER_ALL_IN_ONE_FILE,
     .crs = "the project's",
     .dataset_options = package_options,
     .meaning = "every layer in one file, with styles, value domains, metadata and a QGIS project"},
    {.name = "GeoJSON",
     .mark = ".geojson",
     .driver = "GeoJSON",
     .holding = LAYER_FILE_EACH,
     .crs = "WGS84 (RFC 7946)",
     .layer_options = geojson_options,
     .meaning = "for the web and for programs"},
    {.name = "FlatGeobuf",
     .mark = ".fgb",
     .driver = "FlatGeobuf",
     .holding = LAYER_FILE_EACH,
     .crs = "the project's",
     .tables = ".csv",
     .meaning = "small, with a spatial index, for the web and for large countries"},
    {.name = "GeoParquet",
     .mark = ".parquet",
     .driver = "Parquet",
     .holding = LAYER_FILE_EACH,
     .crs = "the project's",
     .meaning =
         "for notebooks and data lakes; only where GDAL was built with Arrow, which Debian 12's is not"},
    {.name = "CSV",
     .mark = ".csv",
     .driver = "CSV",
     .holding = LAYER_FILE_EACH,
     .crs = "no geometry",
     .meaning = "tables for spreadsheets and notebooks"},
    {.name = "PostGIS",
     .mark = "PG:",
     .driver = "PostgreSQL",
     .holding = LAYER_DATABASE,
     .crs = "the project's",
     .meaning = "a table per layer in one transaction, aliases as comments on the columns"},
};
const size_t layer_n_formats = sizeof layer_formats / sizeof *layer_formats;

static bool bears(const struct layer_format *format, const char *output, size_t length)
{
    size_t mark = strlen(format->mark);
    if (format->holding == LAYER_DATABASE)
        return strncasecmp(output, format->mark, mark) == 0;
    return length > mark && strncasecmp(output + length - mark, format->mark, mark) == 0;
}

static const struct layer_format *marked(const char *mark)
{
    for (size_t i = 0; i < layer_n_formats; i++)
        if (strcmp(layer_formats[i].mark, mark) == 0)
            return &layer_formats[i];
    return NULL;
}

const struct layer_format *layer_format_of(const char *output)
{
    size_t length = strlen(output);
    bool is_folder = length && output[length - 1] == '/';
    for (size_t i = 0; i < layer_n_formats; i++)
        if (bears(&layer_formats[i], output, length - is_folder) &&
            (!is_folder || layer_formats[i].holding == LAYER_FILE_EACH))
            return &layer_formats[i];
    return is_folder ? marked(".geojson") : NULL;
}

const struct layer_format *layer_format_for(const struct layer_format *format, const struct layer *layer)
{
    return format->tables && layer->geometry == LAYER_NO_GEOMETRY ? marked(format->tables) : format;
}

char *layer_format_endings(void)
{
    char *endings = om_strdup("");
    for (size_t i = 0; i < layer_n_formats; i++)
        if (layer_formats[i].holding != LAYER_DATABASE)
            endings = map_list(endings, layer_formats[i].mark);
    return endings;
}

om_status layer_format_driver(om_context *ctx, const struct layer_format *format, GDALDriverH *out)
{
    GDALDriverH driver = GDALGetDriverByName(format->driver);
    if (!driver)
        return om_fail(
            ctx, OM_LIBRARY,
            om_tr("%s (%s) needs GDAL's driver %s, which the GDAL installed here (%s) was built without; "
                  "%s and %s are always there"),
            format->name, format->mark, format->driver, GDALVersionInfo("RELEASE_NAME"), ".gpkg", ".geojson");
    *out = driver;
    return OM_OK;
}
