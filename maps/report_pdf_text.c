#include "report_pdf_text.h"

#include "report_tones.h"

static const struct {
    double size_pt, line_spacing;
    uint32_t ink;
    bool is_bold, is_fixed_width;
} faces[PDF_FACES] = {
    [PDF_TITLE] = {21, 1.1, REPORT_INK, true, false},
    [PDF_SUBTITLE] = {10.5, 1.25, REPORT_FAINT_INK, false, false},
    [PDF_HEADING] = {15, 1.15, REPORT_INK, true, false},
    [PDF_SMALL_HEADING] = {11, 1.15, REPORT_INK, true, false},
    [PDF_BODY] = {9, 1.3, REPORT_INK, false, false},
    [PDF_LEAD] = {10.5, 1.35, REPORT_INK, false, false},
    [PDF_REMARK] = {7.5, 1.25, REPORT_FAINT_INK, false, false},
    [PDF_NOTICE] = {9, 1.25, REPORT_INK, true, false},
    [PDF_COMMAND] = {7, 1.3, REPORT_INK, false, true},
    [PDF_FIGURE] = {19, 1, REPORT_INK, true, false},
    [PDF_FIGURE_LABEL] = {8, 1.2, REPORT_FAINT_INK, false, false},
    [PDF_CELL] = {7, 1.15, REPORT_INK, false, false},
    [PDF_STRONG_CELL] = {7, 1.15, REPORT_INK, true, false},
    [PDF_FOOTER] = {6.5, 1.2, REPORT_FAINT_INK, false, false},
};

PangoContext *pdf_text_context(const char *language)
{
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(language));
    return context;
}

/* Without ligatures, so that a text is found and copied letter by letter. */
static void set_attributes(PangoLayout *layout)
{
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0, clig=0"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

PangoLayout *pdf_layout(PangoContext *context, enum pdf_face face, const char *text, double width_pt)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font,
                                             faces[face].is_fixed_width ? "DejaVu Sans Mono" : "DejaVu Sans");
    pango_font_description_set_absolute_size(font, faces[face].size_pt * PANGO_SCALE);
    pango_font_description_set_weight(font, faces[face].is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    set_attributes(layout);
    pango_layout_set_line_spacing(layout, (float)faces[face].line_spacing);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width_pt < 0 ? -1 : (int)(width_pt * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    return layout;
}

double pdf_layout_width(PangoLayout *layout)
{
    PangoRectangle extent;
    pango_layout_get_extents(layout, NULL, &extent);
    return (double)extent.width / PANGO_SCALE;
}

double pdf_layout_height(PangoLayout *layout)
{
    PangoRectangle extent;
    pango_layout_get_extents(layout, NULL, &extent);
    return (double)extent.height / PANGO_SCALE;
}

uint32_t pdf_face_ink(enum pdf_face face)
{
    return faces[face].ink;
}

void pdf_set_ink(cairo_t *cairo, uint32_t rgb)
{
    cairo_set_source_rgb(cairo, ((rgb >> 16) & 0xFF) / 255.0, ((rgb >> 8) & 0xFF) / 255.0,
                         (rgb & 0xFF) / 255.0);
}

void pdf_show_layout(cairo_t *cairo, PangoLayout *layout, double x_pt, double y_pt)
{
    cairo_move_to(cairo, x_pt, y_pt);
    pango_cairo_show_layout(cairo, layout);
}
