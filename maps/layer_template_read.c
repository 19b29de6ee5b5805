#include "geo/memory.h"
#include "geo/text.h"
#include "layer_template.h"
#include "layer_write.h"
#include "output_file.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ogr_api.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 * 1024 * 1024 };

/* A whole text file, of GDAL's file systems too. Owned by the caller. */
static om_status read_text(om_context *ctx, const char *path, char **text)
{
    GByte *bytes = NULL;
    vsi_l_offset size = 0;
    if (!VSIIngestFile(NULL, path, &bytes, &size, MOST_BYTES))
        return layer_gdal_failed(ctx, path);
    char *copy = om_strndup((const char *)bytes, (size_t)size);
    VSIFree(bytes);
    if (!copy)
        return om_no_memory(ctx);
    *text = copy;
    return OM_OK;
}

/* The layer's name, as long as it gets: LAYER-STYLE.qml, where neither has to be without a hyphen. */
static om_status add_file(om_context *ctx, const char *folder, const char *name,
                          struct layer_template *template)
{
    size_t length = strcspn(name, "-.");
    char *path = om_format("%s/%s", folder, name), *layer = om_strndup(name, length);
    struct layer_template_style style = {0};
    om_status status = path && layer ? read_text(ctx, path, &style.qml) : om_no_memory(ctx);
    if (status == OM_OK) {
        const char *rest = name + length + (name[length] == '-');
        style.name = om_strndup(rest, strlen(rest) - strlen(".qml"));
        status = layer_template_add(ctx, path, layer, &style, template);
    }
    om_free(path);
    om_free(layer);
    return status;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

om_status layer_template_from_folder(om_context *ctx, const char *path, struct layer_template *template)
{
    char **names = VSIReadDir(path);
    int n = CSLCount(names);
    om_status status = OM_OK;
    if (n)
        qsort(names, (size_t)n, sizeof *names, compare_names);
    for (int i = 0; status == OM_OK && i < n; i++)
        if (path_ends_with(names[i], ".qml"))
            status = add_file(ctx, path, names[i], template);
    CSLDestroy(names);
    return status;
}

static const char *text_of(OGRFeatureH row, int field)
{
    return OGR_F_IsFieldSetAndNotNull(row, field) ? OGR_F_GetFieldAsString(row, field) : "";
}

static om_status add_row(om_context *ctx, OGRFeatureH row, struct layer_template *template)
{
    struct layer_template_style style = {.name = om_strdup(text_of(row, 1)),
                                         .qml = om_strdup(text_of(row, 2)),
                                         .is_default = OGR_F_GetFieldAsInteger(row, 3)};
    char *from = om_format(om_tr("%s, style %s"), template->path, text_of(row, 1));
    om_status status =
        layer_template_add(ctx, from ? from : template->path, text_of(row, 0), &style, template);
    om_free(from);
    return status;
}

static om_status add_styles(om_context *ctx, GDALDatasetH dataset, struct layer_template *template)
{
    OGRLayerH rows = GDALDatasetExecuteSQL(
        dataset, "SELECT f_table_name, styleName, styleQML, useAsDefault FROM layer_styles ORDER BY id", NULL,
        NULL);
    om_status status = OM_OK;
    OGRFeatureH row;
    while (rows && status == OM_OK && (row = OGR_L_GetNextFeature(rows))) {
        status = add_row(ctx, row, template);
        OGR_F_Destroy(row);
    }
    if (rows)
        GDALDatasetReleaseResultSet(dataset, rows);
    return status;
}

static int nibble(char digit)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *found = digit ? strchr(digits, digit) : NULL;
    return !found ? -1 : found - digits < 16 ? (int)(found - digits) : (int)(found - digits) - 6;
}

/* The bytes that a hexadecimal text stands for, written over it. */
static size_t unhex(char *text)
{
    size_t n = 0;
    for (; nibble(text[2 * n]) >= 0 && nibble(text[2 * n + 1]) >= 0; n++)
        text[n] = (char)(16 * nibble(text[2 * n]) + nibble(text[2 * n + 1]));
    return n;
}

/* The document in a zip archive. Owned by the caller. */
static om_status read_archive(om_context *ctx, const char *archive, const char *shown, char **qgs)
{
    char *path = NULL, *folder = om_format("/vsizip/{%s}", archive);
    char **names = folder ? VSIReadDir(folder) : NULL;
    for (int i = 0; !path && names && names[i]; i++)
        if (path_ends_with(names[i], ".qgs"))
            path = om_format("%s/%s", folder, names[i]);
    om_status status =
        path ? read_text(ctx, path, qgs) : om_fail(ctx, OM_BAD_DATA, om_tr("%s: not a QGIS project"), shown);
    CSLDestroy(names);
    om_free(folder);
    om_free(path);
    return status;
}

/* Takes the hexadecimal text. */
static om_status unpack(om_context *ctx, char *content, struct layer_template *template)
{
    char *archive = om_format("/vsimem/omland-template-%p.zip", (void *)content);
    size_t size = content && archive ? unhex(content) : 0;
    VSILFILE *file = archive ? VSIFileFromMemBuffer(archive, (GByte *)content, size, FALSE) : NULL;
    om_status status = file ? OM_OK : om_no_memory(ctx);
    if (file) {
        VSIFCloseL(file);
        status = read_archive(ctx, archive, template->path, &template->qgs);
        VSIUnlink(archive);
    }
    om_free(archive);
    om_free(content);
    return status;
}

/* The project called as ours, else the only one. */
static om_status add_project(om_context *ctx, GDALDatasetH dataset, struct layer_template *template)
{
    OGRLayerH rows = GDALDatasetExecuteSQL(dataset,
                                           "SELECT CAST(content AS TEXT), name = 'omland', count(*) OVER () "
                                           "FROM qgis_projects ORDER BY 2 DESC LIMIT 1",
                                           NULL, NULL);
    OGRFeatureH row = rows ? OGR_L_GetNextFeature(rows) : NULL;
    om_status status = OM_OK;
    if (row && !OGR_F_GetFieldAsInteger(row, 1) && OGR_F_GetFieldAsInteger(row, 2) > 1)
        status =
            om_fail(ctx, OM_BAD_DATA,
                    om_tr("%s: several QGIS projects, none of them called omland; keep one"), template->path);
    else if (row)
        status = unpack(ctx, om_strdup(text_of(row, 0)), template);
    OGR_F_Destroy(row);
    if (rows)
        GDALDatasetReleaseResultSet(dataset, rows);
    return status;
}

static bool has_table(GDALDatasetH dataset, const char *name)
{
    char *sql = om_format("SELECT name FROM sqlite_master WHERE name = '%s'", name);
    OGRLayerH rows = sql ? GDALDatasetExecuteSQL(dataset, sql, NULL, NULL) : NULL;
    OGRFeatureH row = rows ? OGR_L_GetNextFeature(rows) : NULL;
    bool is_there = row != NULL;
    OGR_F_Destroy(row);
    if (rows)
        GDALDatasetReleaseResultSet(dataset, rows);
    om_free(sql);
    return is_there;
}

om_status layer_template_from_package(om_context *ctx, const char *path, struct layer_template *template)
{
    static const char *const drivers[] = {"GPKG", NULL};
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (!dataset)
        return layer_gdal_failed(ctx, path);
    om_status status = has_table(dataset, "layer_styles") ? add_styles(ctx, dataset, template) : OM_OK;
    if (status == OM_OK && has_table(dataset, "qgis_projects"))
        status = add_project(ctx, dataset, template);
    GDALClose(dataset);
    return status;
}

om_status layer_template_from_project(om_context *ctx, const char *path, struct layer_template *template)
{
    return path_ends_with(path, ".qgs") ? read_text(ctx, path, &template->qgs)
                                        : read_archive(ctx, path, path, &template->qgs);
}
