#include "geo/memory.h"
#include "geo/text.h"
#include "report_pdf_parts.h"
#include "report_tones.h"

#include <math.h>

/* Adds a strip of one layout, drawn as it is at the left. */
static void add_whole(struct pdf_story *story, const struct pdf_part *part, const struct pdf_strip *strip,
                      const char *text, double width_pt)
{
    struct pdf_part added = *part;
    struct pdf_strip placed = *strip;
    added.layouts = pdf_story_layouts(story, 1);
    if (!added.layouts)
        return;
    added.n_layouts = 1;
    added.layouts[0] = pdf_layout(story->context, part->face, text, width_pt);
    placed.height_pt += pdf_layout_height(added.layouts[0]);
    placed.repeated = PDF_NO_STRIP;
    pdf_story_add(story, &placed, &added);
}

static void draw_whole(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    (void)height_pt;
    pdf_set_ink(pen->cairo, pdf_face_ink(part->face));
    pdf_show_layout(pen->cairo, part->layouts[0], 0, top_pt);
}

/* ---- title and headings ---- */

void pdf_add_title(struct pdf_story *story)
{
    const struct document *document = story->report->document;
    double width = pdf_width_pt[PDF_PORTRAIT];
    struct pdf_part title = {
        .draw = draw_whole, .face = PDF_TITLE, .tag = "H1", .element = story->n_elements++};
    add_whole(story, &title, &(struct pdf_strip){.keeps_with_next = true}, document->title, width);
    if (document->subtitle && *document->subtitle)
        pdf_add_lines(story, NULL, PDF_SUBTITLE, document->subtitle, 6, PDF_PORTRAIT, true);
    char *date = om_format(om_tr("Data as of %s"), document->date ? document->date : "?");
    if (date)
        pdf_add_lines(story, NULL, PDF_SUBTITLE, date, 3, PDF_PORTRAIT, true);
    else
        pdf_story_no_memory(story);
    om_free(date);
}

void pdf_add_heading(struct pdf_story *story, const struct document_block *block)
{
    bool is_section = block->level <= 1;
    struct pdf_part part = {.draw = draw_whole,
                            .block = block,
                            .face = is_section ? PDF_HEADING : PDF_SMALL_HEADING,
                            .tag = is_section ? "H2" : "H3",
                            .element = story->n_elements++};
    struct pdf_strip strip = {.space_before_pt = is_section ? 22 : 14, .keeps_with_next = true};
    add_whole(story, &part, &strip, block->text, pdf_width_pt[PDF_PORTRAIT]);
}

/* ---- paragraphs ---- */

static void draw_line(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    (void)height_pt;
    PangoLayoutIter *iter = pango_layout_get_iter(part->layouts[0]);
    for (size_t i = 0; i < part->index; i++)
        pango_layout_iter_next_line(iter);
    int begin, end;
    pango_layout_iter_get_line_yrange(iter, &begin, &end);
    double baseline_pt = (double)(pango_layout_iter_get_baseline(iter) - begin) / PANGO_SCALE;
    pdf_set_ink(pen->cairo, pdf_face_ink(part->face));
    cairo_move_to(pen->cairo, 0, top_pt + baseline_pt);
    pango_cairo_show_layout_line(pen->cairo, pango_layout_iter_get_line_readonly(iter));
    pango_layout_iter_free(iter);
}

void pdf_add_lines(struct pdf_story *story, const struct document_block *block, enum pdf_face face,
                   const char *text, double space_before_pt, enum pdf_turn turn, bool keeps_with_next)
{
    PangoLayout *layout = pdf_layout(story->context, face, text, pdf_width_pt[turn]);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    size_t n = (size_t)pango_layout_get_line_count(layout), element = story->n_elements++;
    for (size_t i = 0; i < n; i++, pango_layout_iter_next_line(iter)) {
        int begin, end;
        pango_layout_iter_get_line_yrange(iter, &begin, &end);
        bool is_last = i + 1 == n;
        struct pdf_strip strip = {.height_pt = (double)(end - begin) / PANGO_SCALE,
                                  .space_before_pt = i ? 0 : space_before_pt,
                                  .turn = turn,
                                  .keeps_with_next = keeps_with_next || (!is_last && (i == 0 || i + 2 == n)),
                                  .repeated = PDF_NO_STRIP};
        struct pdf_part part = {.draw = draw_line,
                                .block = block,
                                .layouts = pdf_story_layouts(story, 1),
                                .n_layouts = 1,
                                .face = face,
                                .index = i,
                                .tag = "P",
                                .element = element};
        if (!part.layouts)
            break;
        part.layouts[0] = g_object_ref(layout);
        pdf_story_add(story, &strip, &part);
    }
    pango_layout_iter_free(iter);
    g_object_unref(layout);
}

enum { BOX_PADDING_PT = 8, BAR_PT = 3 };

static void fill_rect(cairo_t *cairo, uint32_t rgb, double x, double y, double width, double height)
{
    pdf_set_ink(cairo, rgb);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_fill(cairo);
}

/* A notice on its colour, a command on a panel. */
static void draw_box(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    bool is_notice = part->face == PDF_NOTICE;
    double width = pdf_width_pt[pen->turn];
    fill_rect(pen->cairo, is_notice ? REPORT_NOTICE : REPORT_PANEL, 0, top_pt, width, height_pt);
    if (is_notice)
        fill_rect(pen->cairo, REPORT_INK, 0, top_pt, BAR_PT, height_pt);
    pdf_set_ink(pen->cairo, pdf_face_ink(part->face));
    pdf_show_layout(pen->cairo, part->layouts[0], BOX_PADDING_PT + BAR_PT, top_pt + BOX_PADDING_PT);
}

static void add_box(struct pdf_story *story, const struct document_block *block, enum pdf_face face)
{
    struct pdf_part part = {
        .draw = draw_box, .block = block, .face = face, .tag = "P", .element = story->n_elements++};
    struct pdf_strip strip = {.height_pt = 2 * BOX_PADDING_PT, .space_before_pt = 10};
    add_whole(story, &part, &strip, block->text, pdf_width_pt[PDF_PORTRAIT] - 2 * BOX_PADDING_PT - BAR_PT);
}

void pdf_add_paragraph(struct pdf_story *story, const struct document_block *block)
{
    switch (block->style) {
    case DOCUMENT_NOTICE:
        add_box(story, block, PDF_NOTICE);
        break;
    case DOCUMENT_COMMAND:
        add_box(story, block, PDF_COMMAND);
        break;
    case DOCUMENT_LEAD:
        pdf_add_lines(story, block, PDF_LEAD, block->text, 9, PDF_PORTRAIT, false);
        break;
    case DOCUMENT_REMARK:
        pdf_add_lines(story, block, PDF_REMARK, block->text, 6, PDF_PORTRAIT, false);
        break;
    case DOCUMENT_BODY:
        pdf_add_lines(story, block, PDF_BODY, block->text, 7, PDF_PORTRAIT, false);
        break;
    }
}

/* ---- lists ---- */

enum { INDENT_PT = 14 };

static void draw_item(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    (void)height_pt;
    const struct document_value *value = &part->block->items[part->index].value;
    cairo_tag_begin(pen->cairo, "LI", "");
    pdf_set_ink(pen->cairo, report_tones[value->tone].ink);
    pdf_show_layout(pen->cairo, part->layouts[0], 3, top_pt);
    pdf_show_layout(pen->cairo, part->layouts[1], INDENT_PT, top_pt);
    cairo_tag_end(pen->cairo, "LI");
}

void pdf_add_list(struct pdf_story *story, const struct document_block *block)
{
    size_t element = story->n_elements++;
    for (size_t i = 0; i < block->n_items; i++) {
        struct pdf_part part = {.draw = draw_item,
                                .block = block,
                                .layouts = pdf_story_layouts(story, 2),
                                .n_layouts = 2,
                                .index = i,
                                .tag = "L",
                                .element = element};
        if (!part.layouts)
            return;
        part.layouts[0] = pdf_layout(story->context, PDF_BODY, "•", PDF_UNWRAPPED);
        part.layouts[1] = pdf_layout(story->context, PDF_BODY, block->items[i].value.text,
                                     pdf_width_pt[PDF_PORTRAIT] - INDENT_PT);
        struct pdf_strip strip = {.height_pt = pdf_layout_height(part.layouts[1]),
                                  .space_before_pt = i ? 3 : 10,
                                  .keeps_with_next =
                                      i + 1 < block->n_items && (i == 0 || i + 2 == block->n_items),
                                  .repeated = PDF_NO_STRIP};
        pdf_story_add(story, &strip, &part);
    }
}

/* ---- key figures ---- */

enum { CARD_GAP_PT = 10, CARD_PADDING_PT = 8, CARD_BAR_PT = 3, CARD_LINE_PT = 3, CARD_LAYOUTS = 3 };

/* Three or four in a row; a fifth is not left alone. */
static size_t cards_in_row(size_t n)
{
    return n <= 4 ? n : n % 4 == 0 || n == 7 ? 4 : 3;
}

static double card_width(const struct document_block *block)
{
    size_t n = cards_in_row(block->n_items);
    return (pdf_width_pt[PDF_PORTRAIT] - CARD_GAP_PT * (double)(n - 1)) / (double)n;
}

/* Label, value and note, one below the other. */
static void draw_card(struct pdf_pen *pen, const struct pdf_part *part, size_t card, double top_pt,
                      double height_pt)
{
    const struct document_item *item = &part->block->items[part->index + card];
    const struct report_tone *tone = &report_tones[item->value.tone];
    double width = card_width(part->block), x = (width + CARD_GAP_PT) * (double)card;
    double y = top_pt + CARD_BAR_PT + CARD_PADDING_PT;
    fill_rect(pen->cairo, REPORT_PANEL, x, top_pt, width, height_pt);
    fill_rect(pen->cairo, tone->is_filled ? tone->fill : REPORT_RULE, x, top_pt, width, CARD_BAR_PT);
    cairo_tag_begin(pen->cairo, "LI", "");
    for (size_t i = 0; i < CARD_LAYOUTS; i++) {
        PangoLayout *layout = part->layouts[CARD_LAYOUTS * card + i];
        if (!layout)
            continue;
        pdf_set_ink(pen->cairo, pdf_face_ink(i == 1 ? PDF_FIGURE : PDF_FIGURE_LABEL));
        pdf_show_layout(pen->cairo, layout, x + CARD_PADDING_PT, y);
        y += pdf_layout_height(layout) + CARD_LINE_PT;
    }
    cairo_tag_end(pen->cairo, "LI");
}

static void draw_cards(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    for (size_t card = 0; card < part->n_layouts / CARD_LAYOUTS; card++)
        draw_card(pen, part, card, top_pt, height_pt);
}

/* The layouts of one card; returns how high they are together. */
static double make_card(struct pdf_story *story, const struct document_item *item, double width_pt,
                        PangoLayout *layouts[CARD_LAYOUTS])
{
    const char *texts[CARD_LAYOUTS] = {item->label, item->value.text, item->note};
    double height = 0;
    for (size_t i = 0; i < CARD_LAYOUTS; i++) {
        if (!texts[i] || !*texts[i])
            continue;
        layouts[i] = pdf_layout(story->context, i == 1 ? PDF_FIGURE : PDF_FIGURE_LABEL, texts[i], width_pt);
        height += pdf_layout_height(layouts[i]) + CARD_LINE_PT;
    }
    return height;
}

void pdf_add_figures(struct pdf_story *story, const struct document_block *block)
{
    size_t in_row = cards_in_row(block->n_items), element = story->n_elements++;
    for (size_t first = 0; first < block->n_items; first += in_row) {
        size_t n = block->n_items - first < in_row ? block->n_items - first : in_row;
        struct pdf_part part = {.draw = draw_cards,
                                .block = block,
                                .layouts = pdf_story_layouts(story, CARD_LAYOUTS * n),
                                .n_layouts = CARD_LAYOUTS * n,
                                .index = first,
                                .tag = "L",
                                .element = element};
        if (!part.layouts)
            return;
        double height = 0;
        for (size_t i = 0; i < n; i++)
            height = fmax(height,
                          make_card(story, &block->items[first + i], card_width(block) - 2 * CARD_PADDING_PT,
                                    part.layouts + CARD_LAYOUTS * i));
        struct pdf_strip strip = {.height_pt = height + 2 * CARD_PADDING_PT + CARD_BAR_PT,
                                  .space_before_pt = first ? CARD_GAP_PT : 12,
                                  .repeated = PDF_NO_STRIP};
        pdf_story_add(story, &strip, &part);
    }
}
