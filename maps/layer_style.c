#include "layer_style.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const layer_style_names[LAYER_LANGUAGES] = {"Omland (English)", "Omland (svenska)"};

enum layer_language layer_language_chosen(void)
{
    return strcmp(om_tr("language:en"), "language:sv") == 0 ? LAYER_SWEDISH : LAYER_ENGLISH;
}

/*
 * One class of a layer: how the features with a value look. Colours are those of Okabe and Ito, which stay
 * apart for the colour-blind, chosen to differ in lightness too. Widths and sizes in millimetres.
 */
struct style_class {
    const char *layer, *value;     /* value NULL: every feature looks so */
    const char *english, *swedish; /* in the legend */
    const char *fill, *brush;      /* "r,g,b,a"; brush of an area, or shape of a marker */
    const char *stroke, *pen;
    double width_mm, size_mm;
};

static const struct style_class classes[] = {
    {"municipalities", "choice", "Choice", "Valmöjlighet", "86,180,233,255", "solid", "255,255,255,255",
     "solid", 0.15, 0},
    {"municipalities", "limited", "Limited", "Begränsat val", "240,228,66,255", "solid", "255,255,255,255",
     "solid", 0.15, 0},
    {"municipalities", "none", "No supplier", "Ingen leverantör", "213,94,0,255", "solid", "255,255,255,255",
     "solid", 0.15, 0},
    {"areas", NULL, "Delivery area", "Leveransområde", "0,0,0,0", "no", "40,40,40,255", "solid", 0.45, 0},
    {"gaps", "area-wide", "Area-wide", "Hela området", "0,0,0,255", "diagonal_x", "0,0,0,255", "solid", 0.4,
     0},
    {"gaps", "local", "Local", "Lokalt", "0,0,0,255", "b_diagonal", "0,0,0,255", "solid", 0.4, 0},
    {"offices", "true", "Active office", "Aktivt kontor", "0,0,0,255", "circle", "255,255,255,255", "solid",
     0.2, 1.4},
    {"offices", "false", "Office not active", "Ej aktivt kontor", "255,255,255,255", "circle", "0,0,0,255",
     "solid", 0.2, 1.4},
    {"reach_lines", "within", "Within the limit", "Inom gränsen", NULL, NULL, "40,40,40,255", "solid", 0.35,
     0},
    {"reach_lines", "over", "Over the limit", "Över gränsen", NULL, NULL, "160,0,60,255", "dash", 0.6, 0},
    {"reach_lines", "across", "Nearer across the border", "Närmare över områdesgränsen", NULL, NULL,
     "0,70,120,255", "dot", 0.6, 0},
    {"changes", "lost", "Loses", "Förlorar", "213,94,0,200", "solid", "255,255,255,255", "solid", 0.15, 0},
    {"changes", "gained", "Gains", "Vinner", "0,158,115,200", "solid", "255,255,255,255", "solid", 0.15, 0},
    {"changes", "same", "Unchanged", "Oförändrad", "0,0,0,0", "no", "160,160,160,255", "solid", 0.1, 0},
    {"sites", NULL, "In-house site", "Plats för egen regi", "0,158,115,255", "square", "0,0,0,255", "solid",
     0.3, 2.6},
    {"site_lines", NULL, "Served in-house", "Får service i egen regi", NULL, NULL, "0,158,115,255", "solid",
     0.5, 0},
    {"redundancy", NULL, "Suppliers that must leave until none is left", "Leverantörer som måste lämna",
     "230,230,230,255", "solid", "255,255,255,255", "solid", 0.15, 0},
    {"fa_regions", NULL, "Reference region", "Referensregion", "0,0,0,0", "no", "204,121,167,255", "solid",
     1.1, 0},
};
enum { CLASSES = sizeof classes / sizeof *classes };

/*
 * What a layer's classes are told by, its label, and the expression for the size of its markers; NULL when
 * there is none. Labels show from a scale of 1:label_scale on; 0: always.
 */
struct style {
    const char *layer, *attribute, *label;
    double label_pt;
    const char *label_colour;
    int label_scale;
    const char *size_mm;
};

static const struct style styles[] = {
    {"municipalities", "status", "CASE WHEN \"need\" IS NULL AND \"name\" <> \"area\" THEN \"name\" END", 7,
     "70,70,70,255", 1500000, NULL},
    {"areas", NULL, "name", 8, "0,0,0,255", 0, NULL},
    {"gaps", "need", "\"name\" || '\\n' || coalesce(round(\"job_seekers\"), '?')", 7, "90,20,0,255", 0, NULL},
    /* Offices at one place lie on top of each other: one marker, the larger the more, with their number. */
    {"offices", "active", "CASE WHEN \"number_here\" = 1 AND \"offices_here\" > 1 THEN \"offices_here\" END",
     6, "0,0,0,255", 1500000, "1 + 0.35 * sqrt(coalesce(\"offices_here\", 1))"},
    {"reach_lines", "reach", "ceil(\"minutes\")", 7, "60,60,60,255", 0, NULL},
    {"changes", "change", "CASE WHEN \"change\" <> 'same' THEN \"name\" END", 7, "0,0,0,255", 0, NULL},
    {"redundancy", NULL, "\"supplier_exits\"", 7, "0,0,0,255", 1500000, NULL},
    {"sites", NULL, "name", 7, "0,90,60,255", 0, NULL},
    {"site_lines", NULL, "ceil(\"minutes\")", 7, "0,90,60,255", 0, NULL},
    {"fa_regions", NULL, NULL, 0, NULL, 0, NULL},
};

static const struct style *style_of(const struct layer *layer)
{
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (strcmp(styles[i].layer, layer->name) == 0)
            return &styles[i];
    return NULL;
}

const char *layer_in_language(enum layer_language language, const char *english, const char *swedish)
{
    return language == LAYER_SWEDISH ? swedish : english;
}

static void put_escaped(FILE *out, const char *text)
{
    static const char special[] = "&<>\"";
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;"};
    for (; *text; text++) {
        const char *found = strchr(special, *text);
        if (found)
            fputs(entities[found - special], out);
        else
            fputc(*text, out);
    }
}

static void put_attribute(FILE *out, const char *name, const char *value)
{
    fprintf(out, " %s=\"", name);
    put_escaped(out, value);
    fputc('"', out);
}

static void put_option(FILE *out, const char *name, const char *value)
{
    fputs("          <Option type=\"QString\"", out);
    put_attribute(out, "name", name);
    put_attribute(out, "value", value);
    fputs("/>\n", out);
}

/* QML wants a point, whatever the locale. */
static void put_option_mm(FILE *out, const char *name, double mm)
{
    char text[32];
    int hundredths = (int)(mm * 100 + 0.5);
    snprintf(text, sizeof text, "%d.%02d", hundredths / 100, hundredths % 100);
    put_option(out, name, text);
}

static void open_symbol_layer(FILE *out, const char *kind)
{
    fprintf(out, "        <layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">\n",
            kind);
}

static void put_line(FILE *out, const char *colour, const char *pen, double width_mm)
{
    open_symbol_layer(out, "SimpleLine");
    put_option(out, "line_color", colour);
    put_option(out, "line_style", pen);
    put_option_mm(out, "line_width", width_mm);
    put_option(out, "line_width_unit", "MM");
    put_option(out, "capstyle", "flat");
    fputs("        </Option></layer>\n", out);
}

/* A light casing keeps a line apart from whatever colour it crosses. */
static void put_cased_line(FILE *out, const struct style_class *class)
{
    put_line(out, "255,255,255,200", "solid", class->width_mm + 0.5);
    put_line(out, class->stroke, class->pen, class->width_mm);
}

static void put_size(FILE *out, const char *expression)
{
    fputs("        <data_defined_properties><Option type=\"Map\">\n"
          "          <Option name=\"properties\" type=\"Map\"><Option name=\"size\" type=\"Map\">\n"
          "          <Option name=\"active\" type=\"bool\" value=\"true\"/><Option name=\"type\" "
          "type=\"int\" value=\"3\"/>\n",
          out);
    put_option(out, "expression", expression);
    fputs(
        "          </Option></Option>\n          <Option name=\"name\" type=\"QString\" value=\"\"/><Option "
        "name=\"type\" type=\"QString\" value=\"collection\"/>\n"
        "        </Option></data_defined_properties>\n",
        out);
}

static void put_fill_or_marker(FILE *out, const struct style_class *class, bool is_marker, const char *size)
{
    open_symbol_layer(out, is_marker ? "SimpleMarker" : "SimpleFill");
    put_option(out, "color", class->fill);
    put_option(out, is_marker ? "name" : "style", class->brush);
    put_option(out, "outline_color", class->stroke);
    put_option(out, "outline_style", class->pen);
    put_option_mm(out, "outline_width", class->width_mm);
    put_option(out, "outline_width_unit", "MM");
    put_option(out, "joinstyle", "round");
    if (is_marker) {
        put_option_mm(out, "size", class->size_mm);
        put_option(out, "size_unit", "MM");
    }
    fputs("        </Option>\n", out);
    if (size)
        put_size(out, size);
    fputs("        </layer>\n", out);
}

static void put_symbol(FILE *out, const struct layer *layer, const struct style *style,
                       const struct style_class *class, int number)
{
    static const char *const kinds[] = {"", "marker", "line", "fill"};
    fprintf(out, "      <symbol type=\"%s\" name=\"%d\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n",
            kinds[layer->geometry], number);
    if (layer->geometry == LAYER_LINE)
        put_cased_line(out, class);
    else
        put_fill_or_marker(out, class, layer->geometry == LAYER_POINT, style->size_mm);
    fputs("      </symbol>\n", out);
}

static void put_category(FILE *out, const struct style_class *class, int number, enum layer_language language)
{
    fputs("      <category render=\"true\"", out);
    put_attribute(out, "value", class->value);
    fprintf(out, " symbol=\"%d\"", number);
    put_attribute(out, "label", layer_in_language(language, class->english, class->swedish));
    fputs("/>\n", out);
}

static void put_renderer(FILE *out, const struct layer *layer, const struct style *style,
                         enum layer_language language)
{
    fprintf(out, "  <renderer-v2 type=\"%s\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\"",
            style->attribute ? "categorizedSymbol" : "singleSymbol");
    if (style->attribute)
        put_attribute(out, "attr", style->attribute);
    fputs(">\n", out);
    if (style->attribute) {
        fputs("    <categories>\n", out);
        for (int i = 0, n = 0; i < CLASSES; i++)
            if (strcmp(classes[i].layer, layer->name) == 0)
                put_category(out, &classes[i], n++, language);
        fputs("    </categories>\n", out);
    }
    fputs("    <symbols>\n", out);
    for (int i = 0, n = 0; i < CLASSES; i++)
        if (strcmp(classes[i].layer, layer->name) == 0)
            put_symbol(out, layer, style, &classes[i], n++);
    fputs("    </symbols>\n  </renderer-v2>\n", out);
}

/* QgsPalLayerSettings::Placement. */
enum { LABEL_ALONG_LINE = 2, LABEL_HORIZONTAL = 4, LABEL_AROUND_POINT = 6 };

static void put_labels(FILE *out, const struct layer *layer, const struct style *style)
{
    static const int placements[] = {
        [LAYER_POINT] = LABEL_AROUND_POINT, [LAYER_LINE] = LABEL_ALONG_LINE, [LAYER_AREA] = LABEL_HORIZONTAL};
    bool is_expression = strchr(style->label, '"') != NULL;
    fprintf(out, "  <labeling type=\"simple\">\n    <settings calloutType=\"simple\">\n      <text-style");
    put_attribute(out, "fieldName", style->label);
    put_attribute(out, "textColor", style->label_colour);
    fprintf(out,
            " isExpression=\"%d\" fontSize=\"%d\" fontSizeUnit=\"Point\" fontFamily=\"DejaVu Sans\" "
            "fontWeight=\"%d\" textOpacity=\"1\">\n",
            is_expression, (int)style->label_pt, layer->geometry == LAYER_AREA ? 75 : 50);
    fputs("        <text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\" "
          "bufferColor=\"255,255,255,220\" bufferOpacity=\"1\"/>\n      </text-style>\n",
          out);
    fprintf(out,
            "      <placement placement=\"%d\" offsetType=\"1\" centroidInside=\"1\" placementFlags=\"9\" "
            "fitInPolygonOnly=\"0\"/>\n",
            placements[layer->geometry]);
    fprintf(out,
            "      <rendering drawLabels=\"1\" obstacle=\"0\" displayAll=\"0\" scaleVisibility=\"%d\" "
            "scaleMin=\"0\" scaleMax=\"%d\" mergeLines=\"0\"/>\n    </settings>\n  </labeling>\n",
            style->label_scale > 0, style->label_scale);
}

static void put_aliases(FILE *out, const struct layer *layer, enum layer_language language)
{
    fputs("  <aliases>\n", out);
    for (size_t i = 0; i < layer->n_columns; i++) {
        fprintf(out, "    <alias index=\"%zu\"", i + 1);
        put_attribute(out, "field", layer->columns[i].name);
        put_attribute(out, "name",
                      layer_in_language(language, layer->columns[i].english, layer->columns[i].swedish));
        fputs("/>\n", out);
    }
    fputs("  </aliases>\n", out);
}

om_status layer_style_qml(om_context *ctx, const struct layer *layer, enum layer_language language,
                          char **qml)
{
    const struct style *style = style_of(layer);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return om_no_memory(ctx);
    fprintf(out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\"");
    put_attribute(out, "styleCategories", style ? "Symbology|Labeling|Fields|AttributeTable" : "Fields");
    fprintf(out, " labelsEnabled=\"%d\">\n", style && style->label);
    if (style)
        put_renderer(out, layer, style, language);
    if (style && style->label)
        put_labels(out, layer, style);
    put_aliases(out, layer, language);
    if (layer->columns[0].name) {
        fputs("  <previewExpression>", out);
        put_escaped(out, layer->columns[layer->n_columns > 1 ? 1 : 0].name);
        fputs("</previewExpression>\n", out);
    }
    fputs("</qgis>\n", out);
    bool failed = ferror(out);
    failed |= fclose(out) != 0;
    char *copy = failed ? NULL : om_strdup(text);
    free(text);
    if (!copy)
        return om_no_memory(ctx);
    *qml = copy;
    return OM_OK;
}
