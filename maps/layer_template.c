#include "layer_template.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "output_file.h"
#include "words.h"

#include <cpl_minixml.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char *bare_name(const char *name)
{
    static const char stored[] = "result_"; /* as layers are called in a project */
    return strncmp(name, stored, strlen(stored)) == 0 ? name + strlen(stored) : name;
}

static om_status unknown_layer(om_context *ctx, const char *from, const char *name)
{
    char *names = om_strdup("");
    for (size_t i = 0; i < map_n_layers; i++)
        names = map_list(names, map_layers[i].name);
    if (!names)
        return om_no_memory(ctx);
    om_fail(ctx, OM_BAD_DATA, om_tr("%s: a style for the layer %s, but there is no such layer; there are %s"),
            from, name, names);
    om_free(names);
    return OM_BAD_DATA;
}

/* A column as QGIS writes it, quoted or not; anything else is an expression, which only QGIS can judge. */
static bool is_column(const char *attribute, char name[64])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    bool is_quoted = *attribute == '"';
    size_t length = strspn(attribute + is_quoted, letters);
    if (!length || length >= 64 || strcmp(attribute + is_quoted + length, is_quoted ? "\"" : "") != 0)
        return false;
    snprintf(name, 64, "%.*s", (int)length, attribute + is_quoted);
    return true;
}

static om_status check_fit(om_context *ctx, const char *from, const struct layer *layer, CPLXMLNode *root)
{
    static const char *const geometries[] = {
        [LAYER_NO_GEOMETRY] = "4", [LAYER_POINT] = "0", [LAYER_LINE] = "1", [LAYER_AREA] = "2"};
    const char *geometry = CPLGetXMLValue(root, "layerGeometryType", geometries[layer->geometry]);
    const char *attribute = CPLGetXMLValue(root, "renderer-v2.attr", "");
    char column[64];
    if (strcmp(geometry, geometries[layer->geometry]) != 0)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s: the style is made for another kind of geometry than that of the "
                             "layer %s"),
                       from, layer->name);
    if (is_column(attribute, column) && strcmp(column, "fid") != 0 && !layer_column_find(layer, column))
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s: the style tells features of the layer %s by the column %s, which it lacks; "
                             "docs/layers.md lists its columns"),
                       from, layer->name, column);
    return OM_OK;
}

om_status layer_template_check(om_context *ctx, const char *from, const struct layer_template_style *style)
{
    CPLXMLNode *document = CPLParseXMLString(style->qml);
    CPLXMLNode *root = document ? CPLGetXMLNode(document, "=qgis") : NULL;
    om_status status = root ? check_fit(ctx, from, style->layer, root)
                            : om_fail(ctx, OM_BAD_DATA, om_tr("%s: not a style of QGIS (QML)"), from);
    CPLDestroyXMLNode(document);
    return status;
}

om_status layer_template_add(om_context *ctx, const char *from, const char *layer_name,
                             struct layer_template_style *style, struct layer_template *template)
{
    om_status status = style->name && style->qml ? OM_OK : om_no_memory(ctx);
    style->layer = layer_find(bare_name(layer_name));
    if (status == OM_OK)
        status = style->layer ? layer_template_check(ctx, from, style) : unknown_layer(ctx, from, layer_name);
    struct layer_template_style *styles =
        status == OM_OK ? om_resize(template->styles, template->n + 1, sizeof *styles) : NULL;
    if (!styles) {
        om_free(style->name);
        om_free(style->qml);
        return status == OM_OK ? om_no_memory(ctx) : status;
    }
    template->styles = styles;
    template->styles[template->n++] = *style;
    return OM_OK;
}

static bool bears_name(const struct layer_template_style *given, const struct layer_style *style,
                       enum layer_language language)
{
    char *full = layer_style_name(style, language);
    bool is_same =
        (style && strcasecmp(given->name, style->name) == 0) || (full && strcmp(given->name, full) == 0);
    om_free(full);
    return is_same;
}

/* The last one wins, as a later file of a folder would. */
const struct layer_template_style *layer_template_for(const struct layer_template *template,
                                                      const struct layer *layer,
                                                      const struct layer_style *style,
                                                      enum layer_language language)
{
    const struct layer_template_style *found = NULL;
    size_t n = 0;
    const struct layer_style *first = layer_styles_of(layer, &n);
    for (size_t i = 0; template && i < template->n; i++) {
        const struct layer_template_style *given = &template->styles[i];
        if (given->layer == layer &&
            (bears_name(given, style, language) || (!*given->name && style == first)))
            found = given;
    }
    return found;
}

bool layer_template_replaces(const struct layer_template_style *given)
{
    size_t n = 0;
    const struct layer_style *styles = layer_styles_of(given->layer, &n);
    bool does = !*given->name;
    for (size_t i = 0; i < (n ? n : 1); i++)
        for (int l = 0; l < LAYER_LANGUAGES; l++)
            does |= bears_name(given, n ? &styles[i] : NULL, (enum layer_language)l);
    return does;
}

om_status layer_template_read(om_context *ctx, const char *path, struct layer_template *out)
{
    struct stat found;
    struct layer_template template = {.path = om_strdup(path)};
    om_status status = template.path ? OM_OK : om_no_memory(ctx);
    if (status == OM_OK && stat(path, &found) != 0)
        status = om_fail(ctx, OM_NOT_FOUND, om_tr("the template %s is not there"), path);
    else if (status == OM_OK && S_ISDIR(found.st_mode))
        status = layer_template_from_folder(ctx, path, &template);
    else if (status == OM_OK && path_ends_with(path, ".gpkg"))
        status = layer_template_from_package(ctx, path, &template);
    else if (status == OM_OK && (path_ends_with(path, ".qgz") || path_ends_with(path, ".qgs")))
        status = layer_template_from_project(ctx, path, &template);
    else if (status == OM_OK)
        status = om_fail(
            ctx, OM_INVALID_ARGUMENT,
            om_tr("the template %s is neither a GeoPackage (.gpkg), a QGIS project (.qgz, .qgs) nor a "
                  "folder of QML files"),
            path);
    if (status == OM_OK && !template.n && !template.qgs)
        status =
            om_fail(ctx, OM_NOT_FOUND, om_tr("the template %s has neither styles nor a QGIS project"), path);
    if (status == OM_OK)
        *out = template;
    else
        layer_template_done(&template);
    return status;
}

void layer_template_done(struct layer_template *template)
{
    for (size_t i = 0; i < template->n; i++) {
        om_free(template->styles[i].name);
        om_free(template->styles[i].qml);
    }
    om_free(template->styles);
    om_free(template->path);
    om_free(template->qgs);
    *template = (struct layer_template){0};
}
