#include "archive_internal.h"

#include "file_internal.h"
#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST_ARCHIVE = 3 };

static const char *const readable[] = {".shp", ".gpkg", ".geojson", ".json", ".gml", ".fgb",
                                       ".tab", ".csv",  ".txt",     ".xlsx", ".ods"};

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), n = strlen(ending);
    return length >= n && strcasecmp(text + length - n, ending) == 0;
}

static om_status add(om_context *ctx, struct data_names *names, size_t *capacity, char *path)
{
    void *grown = path ? om_grow(names->names, capacity, names->n + 1, sizeof *names->names) : NULL;
    if (!grown) {
        om_free(path);
        return om_no_memory(ctx);
    }
    names->names = grown;
    names->names[names->n++] = path;
    return OM_OK;
}

static bool is_readable(const char *name)
{
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        if (ends_with(name, readable[i]))
            return true;
    return false;
}

static om_status list_archive(om_context *ctx, const char *archive, int depth, struct data_names *names,
                              size_t *capacity)
{
    char *root = om_format("/vsizip/{%s}", archive);
    char **entries = root ? VSIReadDirRecursive(root) : NULL;
    om_status status = root ? OM_OK : om_no_memory(ctx);
    for (int i = 0; entries && entries[i] && status == OM_OK; i++) {
        if (strncmp(file_name(entries[i]), ".", 1) == 0 || strncmp(entries[i], "__MACOSX", 8) == 0)
            continue;
        char *inner = om_format("%s/%s", root, entries[i]);
        if (!inner) {
            status = om_no_memory(ctx);
        } else if (ends_with(inner, ".zip") && depth < DEEPEST_ARCHIVE) {
            status = list_archive(ctx, inner, depth + 1, names, capacity);
            om_free(inner);
        } else if (is_readable(inner)) {
            status = add(ctx, names, capacity, inner);
        } else {
            om_free(inner);
        }
    }
    CSLDestroy(entries);
    om_free(root);
    return status;
}

om_status archive_list(om_context *ctx, const char *path, struct data_names *out)
{
    struct data_names names = {0};
    size_t capacity = 0;
    om_status status = ends_with(path, ".zip") ? list_archive(ctx, path, 1, &names, &capacity)
                                               : add(ctx, &names, &capacity, om_strdup(path));
    if (status == OM_OK && names.n == 0)
        status =
            om_fail(ctx, OM_NOT_FOUND,
                    om_tr("%s: no table or map layer in this zip (looked for CSV, XLSX, ODS, GeoPackage, "
                          "GeoJSON and shapefiles)"),
                    path);
    if (status == OM_OK)
        *out = names;
    else
        data_names_done(&names);
    return status;
}

/* Where the archive's own path begins and ends in a path inside it, and what comes after. */
static bool split_path(const char *path, const char **archive, size_t *length, const char **inner)
{
    static const char prefix[] = "/vsizip/";
    if (strncmp(path, prefix, sizeof prefix - 1) != 0)
        return false;
    const char *start = path + sizeof prefix - 1, *end = start;
    if (*start == '{') {
        int depth = 0;
        do
            depth += (*end == '{') - (*end == '}');
        while (*end++ && depth > 0);
        if (depth > 0 || *end != '/')
            return false;
        *archive = start + 1;
        *length = (size_t)(end - start) - 2;
    } else {
        while (*end && strncasecmp(end, ".zip/", 5) != 0)
            end++;
        if (!*end)
            return false;
        end += strlen(".zip");
        *archive = start;
        *length = (size_t)(end - start);
    }
    *inner = end + 1;
    return true;
}

char *archive_shown(const char *path)
{
    const char *start, *inner;
    size_t length;
    if (!split_path(path, &start, &length, &inner))
        return om_strdup(path);
    char *archive = om_strndup(start, length);
    char *shown_archive = archive ? archive_shown(archive) : NULL;
    char *shown = shown_archive ? om_format("%s: %s", shown_archive, inner) : NULL;
    om_free(archive);
    om_free(shown_archive);
    return shown;
}
