#include "qgis_symbol.h"

static const char *const kinds[] = {
    [LAYER_NO_GEOMETRY] = "", [LAYER_POINT] = "marker", [LAYER_LINE] = "line", [LAYER_AREA] = "fill"};

enum { OPAQUE = 255, CASING_ALPHA = 200 };
static const double casing_mm = 0.5, hatch_mm = 0.3, hatch_distance_mm = 1.4, dot_mm = 0.5,
                    dot_distance_mm = 1.5;

static void open_symbol(struct qgis_xml *xml, enum layer_geometry geometry, const char *name)
{
    qgis_xml_open(xml, "symbol");
    qgis_xml_attribute(xml, "type", kinds[geometry]);
    qgis_xml_attribute(xml, "name", name);
    qgis_xml_attribute(xml, "alpha", "1");
    qgis_xml_attribute(xml, "clip_to_extent", "1");
    qgis_xml_attribute(xml, "force_rhr", "0");
}

/* Leaves <layer> and its map of settings open. */
static void open_symbol_layer(struct qgis_xml *xml, const char *class)
{
    qgis_xml_open(xml, "layer");
    qgis_xml_attribute(xml, "class", class);
    qgis_xml_attribute(xml, "enabled", "1");
    qgis_xml_attribute(xml, "locked", "0");
    qgis_xml_attribute(xml, "pass", "0");
    qgis_xml_open_map(xml, NULL);
}

static void put_line(struct qgis_xml *xml, struct qgis_colour colour, const char *pen, double width_mm)
{
    int depth = xml->depth;
    open_symbol_layer(xml, "SimpleLine");
    qgis_xml_option(xml, "line_color", colour.text);
    qgis_xml_option(xml, "line_style", pen);
    qgis_xml_option_mm(xml, "line_width", width_mm);
    qgis_xml_option(xml, "line_width_unit", "MM");
    qgis_xml_option(xml, "capstyle", "flat");
    qgis_xml_close_to(xml, depth);
}

static void put_size_by(struct qgis_xml *xml, const char *expression)
{
    int depth = xml->depth;
    qgis_xml_open(xml, "data_defined_properties");
    qgis_xml_open_map(xml, NULL);
    qgis_xml_option(xml, "name", "");
    qgis_xml_open_map(xml, "properties");
    qgis_xml_open_map(xml, "size");
    qgis_xml_open(xml, "Option");
    qgis_xml_attribute(xml, "name", "active");
    qgis_xml_attribute(xml, "type", "bool");
    qgis_xml_attribute(xml, "value", "true");
    qgis_xml_close(xml);
    qgis_xml_option(xml, "expression", expression);
    qgis_xml_open(xml, "Option");
    qgis_xml_attribute(xml, "name", "type");
    qgis_xml_attribute(xml, "type", "int");
    qgis_xml_attribute(xml, "value", "3");
    qgis_xml_close_to(xml, depth + 2);
    qgis_xml_option(xml, "type", "collection");
    qgis_xml_close_to(xml, depth);
}

static void put_marker(struct qgis_xml *xml, const struct qgis_symbol *symbol)
{
    int depth = xml->depth;
    open_symbol_layer(xml, "SimpleMarker");
    qgis_xml_option(xml, "name", symbol->shape);
    qgis_xml_option(xml, "color", qgis_colour(symbol->fill, symbol->fill_alpha).text);
    qgis_xml_option(xml, "outline_color", qgis_colour(symbol->stroke, OPAQUE).text);
    qgis_xml_option(xml, "outline_style", symbol->pen);
    qgis_xml_option_mm(xml, "outline_width", symbol->width_mm);
    qgis_xml_option(xml, "outline_width_unit", "MM");
    qgis_xml_option_mm(xml, "size", symbol->size_mm);
    qgis_xml_option(xml, "size_unit", "MM");
    qgis_xml_close(xml);
    if (symbol->size_by)
        put_size_by(xml, symbol->size_by);
    qgis_xml_close_to(xml, depth);
}

static void put_fill(struct qgis_xml *xml, const struct qgis_symbol *symbol)
{
    int depth = xml->depth;
    open_symbol_layer(xml, "SimpleFill");
    qgis_xml_option(xml, "color", qgis_colour(symbol->fill, symbol->fill_alpha).text);
    qgis_xml_option(xml, "style", symbol->fill_alpha ? "solid" : "no");
    qgis_xml_option(xml, "outline_color", qgis_colour(symbol->stroke, OPAQUE).text);
    qgis_xml_option(xml, "outline_style", symbol->pen);
    qgis_xml_option_mm(xml, "outline_width", symbol->width_mm);
    qgis_xml_option(xml, "outline_width_unit", "MM");
    qgis_xml_option(xml, "joinstyle", "round");
    qgis_xml_close_to(xml, depth);
}

/* Counter-clockwise from east, degrees: 45 rises like /. */
static void put_hatch(struct qgis_xml *xml, uint32_t ink, double angle)
{
    int depth = xml->depth;
    open_symbol_layer(xml, "LinePatternFill");
    qgis_xml_option_mm(xml, "angle", angle);
    qgis_xml_option_mm(xml, "distance", hatch_distance_mm);
    qgis_xml_option(xml, "distance_unit", "MM");
    qgis_xml_close(xml);
    open_symbol(xml, LAYER_LINE, "@hatch");
    put_line(xml, qgis_colour(ink, OPAQUE), "solid", hatch_mm);
    qgis_xml_close_to(xml, depth);
}

static void put_dots(struct qgis_xml *xml, uint32_t ink)
{
    const struct qgis_symbol dot = {.geometry = LAYER_POINT,
                                    .fill = ink,
                                    .fill_alpha = OPAQUE,
                                    .pen = "no",
                                    .shape = "circle",
                                    .size_mm = dot_mm};
    int depth = xml->depth;
    open_symbol_layer(xml, "PointPatternFill");
    qgis_xml_option_mm(xml, "distance_x", dot_distance_mm);
    qgis_xml_option_mm(xml, "distance_y", dot_distance_mm);
    qgis_xml_option_mm(xml, "displacement_x", dot_distance_mm / 2);
    qgis_xml_option(xml, "distance_x_unit", "MM");
    qgis_xml_option(xml, "distance_y_unit", "MM");
    qgis_xml_option(xml, "displacement_x_unit", "MM");
    qgis_xml_close(xml);
    open_symbol(xml, LAYER_POINT, "@dots");
    put_marker(xml, &dot);
    qgis_xml_close_to(xml, depth);
}

static void put_pattern(struct qgis_xml *xml, const struct qgis_symbol *symbol)
{
    uint32_t ink = theme_ink(symbol->fill);
    if (symbol->pattern == THEME_RISING || symbol->pattern == THEME_CROSSED)
        put_hatch(xml, ink, 45);
    if (symbol->pattern == THEME_FALLING || symbol->pattern == THEME_CROSSED)
        put_hatch(xml, ink, 135);
    if (symbol->pattern == THEME_DOTTED)
        put_dots(xml, ink);
}

void qgis_symbol(struct qgis_xml *xml, const struct qgis_symbol *symbol, const char *name)
{
    int depth = xml->depth;
    open_symbol(xml, symbol->geometry, name);
    if (symbol->geometry == LAYER_LINE) {
        put_line(xml, qgis_colour(0xFFFFFF, CASING_ALPHA), "solid", symbol->width_mm + casing_mm);
        put_line(xml, qgis_colour(symbol->stroke, OPAQUE), symbol->pen, symbol->width_mm);
    } else if (symbol->geometry == LAYER_POINT) {
        put_marker(xml, symbol);
    } else {
        put_fill(xml, symbol);
        put_pattern(xml, symbol);
    }
    qgis_xml_close_to(xml, depth);
}
