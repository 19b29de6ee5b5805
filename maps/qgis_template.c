#include "qgis_template.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_conv.h>
#include <cpl_minixml.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct walk {
    om_context *ctx;
    const struct layer_view *view;
    const struct layer_template *template;
    const char *file;
    char *home;   /* the file, as the template names it, that our layers lie in; NULL: not seen yet */
    char *folder; /* of the template, whole */
};

static const char layer_key[] = "|layername=";

/* "./a.gpkg|layername=areas|subset=…": the layer's name; false: it has none. */
static bool layer_in(const char *source, char name[128])
{
    const char *key = strstr(source, layer_key);
    if (!key)
        return false;
    key += strlen(layer_key);
    if (strncmp(key, "result_", strlen("result_")) == 0)
        key += strlen("result_");
    size_t length = strcspn(key, "|");
    snprintf(name, 128, "%.*s", (int)(length < 127 ? length : 127), key);
    return true;
}

static bool is_at_home(const struct walk *walk, const char *source)
{
    size_t length = strcspn(source, "|");
    return walk->home && strlen(walk->home) == length && strncmp(walk->home, source, length) == 0;
}

/* The source's new text, owned by the caller; NULL in *out: it stays as it is. */
static om_status lead(struct walk *walk, const char *source, char **out)
{
    char name[128];
    const struct layer *layer = layer_in(source, name) ? layer_find(name) : NULL;
    *out = NULL;
    if (layer && !layer_is_absent(walk->view, layer))
        *out = om_format("./%s|layername=%s", walk->file, layer->name);
    else if (layer || is_at_home(walk, source))
        return om_fail(walk->ctx, OM_BAD_DATA,
                       om_tr("%s: its project shows the layer %s, which this result does not have"),
                       walk->template->path, name);
    else if (strncmp(source, "./", 2) == 0 || strncmp(source, "../", 3) == 0)
        *out = om_format("%s/%s", walk->folder, source);
    else
        return OM_OK;
    return *out ? OM_OK : om_no_memory(walk->ctx);
}

/* Sources stand in <datasource>, and in the attribute source of the trees of layers. */
static CPLXMLNode *source_in(CPLXMLNode *node)
{
    bool is_source = (node->eType == CXT_Element && strcmp(node->pszValue, "datasource") == 0) ||
                     (node->eType == CXT_Attribute && strcmp(node->pszValue, "source") == 0);
    return is_source && node->psChild && node->psChild->eType == CXT_Text ? node->psChild : NULL;
}

typedef om_status visit_fn(struct walk *walk, CPLXMLNode *source);

static om_status visit_sources(struct walk *walk, CPLXMLNode *node, visit_fn *visit)
{
    om_status status = OM_OK;
    for (; status == OM_OK && node; node = node->psNext) {
        CPLXMLNode *source = source_in(node);
        status = source ? visit(walk, source) : visit_sources(walk, node->psChild, visit);
    }
    return status;
}

static om_status find_home(struct walk *walk, CPLXMLNode *source)
{
    char name[128];
    if (walk->home || !layer_in(source->pszValue, name) || !layer_find(name))
        return OM_OK;
    walk->home = om_strndup(source->pszValue, strcspn(source->pszValue, "|"));
    return walk->home ? OM_OK : om_no_memory(walk->ctx);
}

static om_status redirect(struct walk *walk, CPLXMLNode *source)
{
    char *changed = NULL;
    om_status status = lead(walk, source->pszValue, &changed);
    if (changed) {
        CPLFree(source->pszValue);
        source->pszValue = CPLStrdup(changed);
    }
    om_free(changed);
    return status;
}

/* The whole path of the folder the template lies in. Owned by the caller. */
static char *folder_of(const char *path)
{
    char whole[PATH_MAX];
    if (!realpath(path, whole))
        return om_strdup(".");
    char *slash = strrchr(whole, '/');
    *slash = '\0';
    return om_strdup(whole);
}

static om_status redirect_all(struct walk *walk, CPLXMLNode *document)
{
    om_status status = visit_sources(walk, document, find_home);
    if (status == OM_OK && !walk->home)
        status = om_fail(walk->ctx, OM_BAD_DATA,
                         om_tr("%s: its project shows none of the layers in docs/layers.md"),
                         walk->template->path);
    return status == OM_OK ? visit_sources(walk, document, redirect) : status;
}

om_status qgis_template_project(om_context *ctx, const struct layer_view *view,
                                const struct layer_template *template, const char *file, char **qgs)
{
    struct walk walk = {
        .ctx = ctx, .view = view, .template = template, .file = file, .folder = folder_of(template->path)};
    CPLXMLNode *document = CPLParseXMLString(template->qgs);
    om_status status = OM_OK;
    if (!document || !CPLGetXMLNode(document, "=qgis"))
        status = om_fail(ctx, OM_BAD_DATA, om_tr("%s: not a QGIS project"), template->path);
    else
        status = walk.folder ? redirect_all(&walk, document) : om_no_memory(ctx);
    char *text = status == OM_OK ? CPLSerializeXMLTree(document) : NULL;
    char *copy = text ? om_strdup(text) : NULL;
    CPLFree(text);
    CPLDestroyXMLNode(document);
    om_free(walk.home);
    om_free(walk.folder);
    if (!copy)
        return status == OM_OK ? om_no_memory(ctx) : status;
    *qgs = copy;
    return OM_OK;
}
