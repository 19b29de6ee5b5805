#include "qgis_style.h"

#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct figure_text {
    char text[40];
};

/* A number in an expression, with a point whatever the locale. */
static struct figure_text figure(double value)
{
    struct figure_text out;
    long long thousandths = llround(value * 1000);
    snprintf(out.text, sizeof out.text, "%s%lld.%03lld", thousandths < 0 ? "-" : "",
             llabs(thousandths) / 1000, llabs(thousandths) % 1000);
    return out;
}

static void put_filter(struct qgis_xml *xml, const char *column, const struct layer_class *class)
{
    char filter[200];
    if (isnan(class->lower))
        snprintf(filter, sizeof filter, "\"%s\" IS NULL", column);
    else if (isinf(class->lower))
        snprintf(filter, sizeof filter, "\"%s\" <= %s", column, figure(class->upper).text);
    else if (isinf(class->upper))
        snprintf(filter, sizeof filter, "\"%s\" > %s", column, figure(class->lower).text);
    else
        snprintf(filter, sizeof filter, "\"%s\" > %s AND \"%s\" <= %s", column, figure(class->lower).text,
                 column, figure(class->upper).text);
    qgis_xml_attribute(xml, "filter", filter);
}

/* Symbols are called by the number of their class. */
static struct figure_text symbol_name(size_t number)
{
    struct figure_text name;
    snprintf(name.text, sizeof name.text, "%zu", number);
    return name;
}

/* How the classes are told apart, and which elements of QGIS say so. */
struct renderer {
    const char *type, *list, *item;
};
enum { BY_NOTHING, BY_VALUE, BY_RULE };
static const struct renderer renderers[] = {
    [BY_NOTHING] = {"singleSymbol", NULL, NULL},
    [BY_VALUE] = {"categorizedSymbol", "categories", "category"},
    [BY_RULE] = {"RuleRenderer", "rules", "rule"},
};

static const struct renderer *renderer_of(const struct layer_style *style)
{
    bool by_bounds = style->theme ? style->theme->scale != THEME_BY_NAME : style->marks[0].value == NULL;
    return &renderers[!style->column ? BY_NOTHING : by_bounds ? BY_RULE : BY_VALUE];
}

static void put_class(struct qgis_xml *xml, const struct layer_style *style, const struct layer_class *class,
                      size_t number)
{
    bool by_rule = renderer_of(style) == &renderers[BY_RULE];
    qgis_xml_open(xml, renderer_of(style)->item);
    if (by_rule) {
        qgis_xml_attribute(xml, "key", class->text);
        put_filter(xml, style->column, class);
    } else {
        qgis_xml_attribute(xml, "render", "true");
        qgis_xml_attribute(xml, "value", class->value);
    }
    qgis_xml_attribute(xml, "symbol", symbol_name(number).text);
    qgis_xml_attribute(xml, "label", class->text);
    qgis_xml_close(xml);
}

/* On another layer than the theme's own, classes for those without a value are beside the point. */
static bool is_shown(const struct layer_style *style, const struct layer_class *class)
{
    return !style->theme || strcmp(style->theme->layer, style->layer) == 0 || !class->value || *class->value;
}

/* Walks the classes twice: what tells them, and what they look like. */
static bool put_classes(const struct qgis_style *style, bool as_symbols, struct qgis_xml *xml)
{
    size_t n = layer_style_n_classes(style->style);
    for (size_t i = 0; i < n; i++) {
        struct layer_class class;
        if (!layer_style_class(style->result, style->style, i, style->language, &class))
            return false;
        if (is_shown(style->style, &class)) {
            if (as_symbols)
                qgis_symbol(xml, &class.symbol, symbol_name(i).text);
            else
                put_class(xml, style->style, &class, i);
        }
        om_free(class.text);
    }
    return true;
}

static bool put_renderer(const struct qgis_style *style, struct qgis_xml *xml)
{
    const struct renderer *renderer = renderer_of(style->style);
    int depth = xml->depth;
    bool done = true;
    qgis_xml_open(xml, "renderer-v2");
    qgis_xml_attribute(xml, "type", renderer->type);
    qgis_xml_attribute(xml, "forceraster", "0");
    qgis_xml_attribute(xml, "symbollevels", "0");
    qgis_xml_attribute(xml, "enableorderby", "0");
    if (renderer == &renderers[BY_VALUE])
        qgis_xml_attribute(xml, "attr", style->style->column);
    if (renderer->list) {
        qgis_xml_open(xml, renderer->list);
        if (renderer == &renderers[BY_RULE])
            qgis_xml_attribute(xml, "key", "root");
        done = put_classes(style, false, xml);
        qgis_xml_close(xml);
    }
    qgis_xml_open(xml, "symbols");
    done = done && put_classes(style, true, xml);
    qgis_xml_close_to(xml, depth);
    return done;
}

/* QgsPalLayerSettings::Placement. */
enum { LABEL_ALONG_LINE = 2, LABEL_HORIZONTAL = 4, LABEL_AROUND_POINT = 6 };

static void put_text_style(const struct layer_label *label, bool is_bold, struct qgis_xml *xml)
{
    qgis_xml_open(xml, "text-style");
    qgis_xml_attribute(xml, "fieldName", label->expression);
    qgis_xml_whole(xml, "isExpression", strchr(label->expression, '"') != NULL);
    qgis_xml_attribute(xml, "textColor", qgis_colour(label->rgb, 255).text);
    qgis_xml_whole(xml, "fontSize", label->size_pt);
    qgis_xml_attribute(xml, "fontSizeUnit", "Point");
    qgis_xml_attribute(xml, "fontFamily", "DejaVu Sans");
    qgis_xml_whole(xml, "fontWeight", is_bold ? 75 : 50);
    qgis_xml_attribute(xml, "namedStyle", is_bold ? "Bold" : "Book");
    qgis_xml_attribute(xml, "textOpacity", "1");
    qgis_xml_attribute(xml, "multilineHeight", "1");
    qgis_xml_open(xml, "text-buffer");
    qgis_xml_attribute(xml, "bufferDraw", "1");
    qgis_xml_attribute(xml, "bufferSize", "0.8");
    qgis_xml_attribute(xml, "bufferSizeUnits", "MM");
    qgis_xml_attribute(xml, "bufferColor", "255,255,255,220");
    qgis_xml_attribute(xml, "bufferOpacity", "1");
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

static void put_labels(const struct layer_label *label, enum layer_geometry geometry, struct qgis_xml *xml)
{
    static const int placements[] = {
        [LAYER_POINT] = LABEL_AROUND_POINT, [LAYER_LINE] = LABEL_ALONG_LINE, [LAYER_AREA] = LABEL_HORIZONTAL};
    int depth = xml->depth;
    qgis_xml_open(xml, "labeling");
    qgis_xml_attribute(xml, "type", "simple");
    qgis_xml_open(xml, "settings");
    qgis_xml_attribute(xml, "calloutType", "simple");
    put_text_style(label, label->is_bold, xml);
    qgis_xml_open(xml, "placement");
    qgis_xml_whole(xml, "placement", placements[geometry]);
    qgis_xml_whole(xml, "offsetType", 1);
    qgis_xml_whole(xml, "centroidInside", 1);
    qgis_xml_whole(xml, "placementFlags", 9);
    qgis_xml_whole(xml, "fitInPolygonOnly", 0);
    qgis_xml_close(xml);
    qgis_xml_open(xml, "rendering");
    qgis_xml_whole(xml, "drawLabels", 1);
    qgis_xml_whole(xml, "obstacle", 0);
    qgis_xml_whole(xml, "displayAll", 0);
    qgis_xml_whole(xml, "scaleVisibility", label->scale > 0);
    qgis_xml_whole(xml, "scaleMin", 0);
    qgis_xml_whole(xml, "scaleMax", label->scale);
    qgis_xml_whole(xml, "mergeLines", 0);
    qgis_xml_close_to(xml, depth);
}

static void put_value_map(const struct layer_domain *domain, enum layer_language language,
                          struct qgis_xml *xml)
{
    int depth = xml->depth;
    qgis_xml_open(xml, "editWidget");
    qgis_xml_attribute(xml, "type", "ValueMap");
    qgis_xml_open(xml, "config");
    qgis_xml_open_map(xml, NULL);
    qgis_xml_open(xml, "Option");
    qgis_xml_attribute(xml, "name", "map");
    qgis_xml_attribute(xml, "type", "List");
    for (size_t i = 0; i < domain->n; i++) {
        qgis_xml_open_map(xml, NULL);
        qgis_xml_option(xml, domain->codes[i].text[language], domain->codes[i].value);
        qgis_xml_close(xml);
    }
    qgis_xml_close_to(xml, depth);
}

static void put_value_maps(const struct qgis_style *style, struct qgis_xml *xml)
{
    qgis_xml_open(xml, "fieldConfiguration");
    for (size_t i = 0; i < style->layer->n_columns; i++) {
        const struct layer_column *column = &style->layer->columns[i];
        const struct layer_domain *domain = layer_domain_of(style->layer, column);
        if (!domain)
            continue;
        qgis_xml_open(xml, "field");
        qgis_xml_attribute(xml, "name", column->name);
        put_value_map(domain, style->language, xml);
        qgis_xml_close(xml);
    }
    qgis_xml_close(xml);
}

static void put_aliases(const struct qgis_style *style, struct qgis_xml *xml)
{
    qgis_xml_open(xml, "aliases");
    for (size_t i = 0; i < style->layer->n_columns; i++) {
        const struct layer_column *column = &style->layer->columns[i];
        qgis_xml_open(xml, "alias");
        qgis_xml_whole(xml, "index", (int)i + 1);
        qgis_xml_attribute(xml, "field", column->name);
        qgis_xml_attribute(xml, "name", layer_in_language(style->language, column->english, column->swedish));
        qgis_xml_close(xml);
    }
    qgis_xml_close(xml);
}

om_status qgis_style_write(om_context *ctx, const struct qgis_style *style, struct qgis_xml *xml)
{
    const struct layer *layer = style->layer;
    if (style->style && !put_renderer(style, xml))
        return om_no_memory(ctx);
    if (style->style && style->style->label)
        put_labels(style->style->label, layer->geometry, xml);
    if (style->has_value_maps)
        put_value_maps(style, xml);
    put_aliases(style, xml);
    qgis_xml_element(xml, "previewExpression", layer->columns[layer->n_columns > 1 ? 1 : 0].name);
    return OM_OK;
}

void qgis_style_attributes(const struct qgis_style *style, struct qgis_xml *xml)
{
    qgis_xml_attribute(xml, "styleCategories",
                       style->style ? "Symbology|Labeling|Fields|Forms|AttributeTable|LayerConfiguration"
                                    : "Fields|Forms|LayerConfiguration");
    qgis_xml_whole(xml, "labelsEnabled", style->style && style->style->label);
}

om_status qgis_style_qml(om_context *ctx, const struct qgis_style *style, char **qml)
{
    struct qgis_xml xml;
    om_status status = qgis_xml_begin(ctx, &xml);
    if (status != OM_OK)
        return status;
    fputs("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>", xml.out);
    qgis_xml_open(&xml, "qgis");
    qgis_xml_attribute(&xml, "version", "3.22");
    qgis_style_attributes(style, &xml);
    status = qgis_style_write(ctx, style, &xml);
    qgis_xml_close_to(&xml, 0);
    fputc('\n', xml.out);
    return qgis_xml_end(ctx, &xml, status, qml);
}
