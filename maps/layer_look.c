#include "layer_look.h"

#include "geo/memory.h"

#include <cpl_conv.h>
#include <cpl_minixml.h>
#include <string.h>

struct list {
    const struct layer_template *template;
    struct layer_look *looks;
    size_t n;
    bool for_project;
};

/* The look of one of our styles in a language, or of what a template has instead. */
static bool add_ours(struct list *list, const struct qgis_style *style, bool is_first)
{
    struct layer_look *look = &list->looks[list->n++];
    const struct layer_template_style *given =
        layer_template_for(list->template, style->layer, style->style, style->language);
    *look = (struct layer_look){
        .ours = *style,
        .qml = given ? given->qml : NULL,
        .name = list->for_project && style->style ? om_strdup(style->style->title[style->language])
                                                  : layer_style_name(style->style, style->language),
        .is_default = is_first && style->language == layer_language_chosen(),
    };
    look->ours.has_value_maps = list->for_project || !look->is_default;
    return look->name != NULL;
}

static bool add_given(struct list *list, const struct map_result *result,
                      const struct layer_template_style *given)
{
    struct layer_look *look = &list->looks[list->n++];
    *look = (struct layer_look){
        .ours = {.result = result, .layer = given->layer, .language = layer_language_chosen()},
        .qml = given->qml,
        .name = om_strdup(given->name)};
    if (given->is_default) {
        for (size_t i = 0; i + 1 < list->n; i++)
            list->looks[i].is_default = false;
        look->is_default = true;
    }
    return look->name != NULL;
}

static bool add_all(struct list *list, const struct layer_view *view, const struct layer *layer)
{
    size_t n_styles = 0;
    const struct layer_style *styles = layer_styles_of(layer, &n_styles);
    bool done = true;
    for (size_t i = 0; i < (n_styles ? n_styles : 1); i++)
        for (int l = 0; done && l < LAYER_LANGUAGES; l++) {
            const struct qgis_style style = {.result = view->result,
                                             .layer = layer,
                                             .style = n_styles ? &styles[i] : NULL,
                                             .language = (enum layer_language)l};
            bool has_theme =
                !style.style || !style.style->theme || style.style->theme->is_available(view->result);
            if (has_theme && (!list->for_project || style.language == layer_language_chosen()))
                done = add_ours(list, &style, i == 0);
        }
    for (size_t i = 0; done && list->template && i < list->template->n; i++) {
        const struct layer_template_style *given = &list->template->styles[i];
        if (given->layer == layer && !layer_template_replaces(given))
            done = add_given(list, view->result, given);
    }
    return done;
}

om_status layer_looks(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                      const struct layer_template *template, bool for_project, struct layer_look **out,
                      size_t *n)
{
    size_t most = LAYER_LANGUAGES * (layer_n_styles + 1) + (template ? template->n : 0);
    struct list list = {
        .template = template, .looks = om_alloc(most, sizeof *list.looks), .for_project = for_project};
    if (!list.looks || !add_all(&list, view, layer)) {
        layer_looks_free(list.looks, list.n);
        return om_no_memory(ctx);
    }
    *out = list.looks;
    *n = list.n;
    return OM_OK;
}

void layer_looks_free(struct layer_look *looks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        om_free(looks[i].name);
    om_free(looks);
}

om_status layer_look_qml(om_context *ctx, const struct layer_look *look, char **qml)
{
    if (!look->qml)
        return qgis_style_qml(ctx, &look->ours, qml);
    *qml = om_strdup(look->qml);
    return *qml ? OM_OK : om_no_memory(ctx);
}

/* Attributes come first among the children. */
static void put_given(CPLXMLNode *root, struct qgis_xml *xml)
{
    CPLXMLNode *child = root->psChild;
    for (; child && child->eType == CXT_Attribute; child = child->psNext)
        if (strcmp(child->pszValue, "version") != 0)
            qgis_xml_attribute(xml, child->pszValue, child->psChild ? child->psChild->pszValue : "");
    char *inner = child ? CPLSerializeXMLTree(child) : NULL;
    if (inner)
        qgis_xml_raw(xml, inner);
    CPLFree(inner);
}

om_status layer_look_write(om_context *ctx, const struct layer_look *look, struct qgis_xml *xml)
{
    if (!look->qml) {
        qgis_style_attributes(&look->ours, xml);
        return qgis_style_write(ctx, &look->ours, xml);
    }
    CPLXMLNode *document = CPLParseXMLString(look->qml);
    CPLXMLNode *root = document ? CPLGetXMLNode(document, "=qgis") : NULL;
    if (root)
        put_given(root, xml);
    CPLDestroyXMLNode(document);
    return root ? OM_OK : om_no_memory(ctx);
}
