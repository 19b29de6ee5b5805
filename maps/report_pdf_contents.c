#include "geo/text.h"
#include "report_pdf_parts.h"

enum { LINE_GAP_PT = 3 };

static bool is_section(const struct document_block *block)
{
    return block->kind == DOCUMENT_HEADING && block->level <= 1;
}

/* The strip of a heading. */
static size_t find_strip(const struct pdf_story *story, const struct document_block *heading)
{
    size_t i = 0;
    while (i < story->n && story->parts[i].block != heading)
        i++;
    return i;
}

static void draw_dots(cairo_t *cairo, double from_pt, double to_pt, double y_pt)
{
    static const double dots[] = {0.01, 3};
    cairo_set_line_width(cairo, 0.7);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cairo, dots, 2, 0);
    cairo_move_to(cairo, from_pt, y_pt);
    cairo_line_to(cairo, to_pt, y_pt);
    cairo_stroke(cairo);
}

/* "Method . . . . 12", which leads there. */
static void draw_line(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    size_t target = find_strip(pen->story, part->leads_to);
    char link[96], number[24];
    if (target == pen->story->n)
        return;
    snprintf(link, sizeof link, "page=%zu pos=[0 %d]", pen->places[target].page + 1,
             (int)pen->places[target].top_pt);
    snprintf(number, sizeof number, "%zu", pen->places[target].page + 1);
    PangoLayout *page = pdf_layout(pen->story->context, PDF_BODY, number, PDF_UNWRAPPED);
    double page_x = pdf_width_pt[pen->turn] - pdf_layout_width(page);
    double title_end = pdf_layout_width(part->layouts[0]);
    cairo_tag_begin(pen->cairo, "TOCI", "");
    cairo_tag_begin(pen->cairo, CAIRO_TAG_LINK, link);
    pdf_set_ink(pen->cairo, pdf_face_ink(PDF_BODY));
    pdf_show_layout(pen->cairo, part->layouts[0], 0, top_pt);
    pdf_show_layout(pen->cairo, page, page_x, top_pt);
    cairo_tag_end(pen->cairo, CAIRO_TAG_LINK);
    cairo_tag_end(pen->cairo, "TOCI");
    pdf_set_ink(pen->cairo, pdf_face_ink(PDF_REMARK));
    draw_dots(pen->cairo, title_end + 6, page_x - 5, top_pt + 0.75 * height_pt);
    g_object_unref(page);
}

static void add_line(struct pdf_story *story, const struct document_block *heading, size_t element)
{
    struct pdf_part part = {.draw = draw_line,
                            .leads_to = heading,
                            .layouts = pdf_story_layouts(story, 1),
                            .n_layouts = 1,
                            .tag = "TOC",
                            .element = element};
    if (!part.layouts)
        return;
    part.layouts[0] = pdf_layout(story->context, PDF_BODY, heading->text, pdf_width_pt[PDF_PORTRAIT] - 40);
    struct pdf_strip strip = {.height_pt = pdf_layout_height(part.layouts[0]),
                              .space_before_pt = LINE_GAP_PT,
                              .keeps_with_next = true,
                              .repeated = PDF_NO_STRIP};
    pdf_story_add(story, &strip, &part);
}

void pdf_add_contents(struct pdf_story *story, const struct document_block *first)
{
    const struct document *document = story->report->document;
    const struct document_block *end = document->blocks + document->n_blocks;
    size_t element = story->n_elements++;
    pdf_add_lines(story, NULL, PDF_SMALL_HEADING, om_tr("Contents"), 20, PDF_PORTRAIT, true);
    for (const struct document_block *block = first; block < end; block++)
        if (is_section(block))
            add_line(story, block, element);
    if (story->status == OM_OK)
        story->strips[story->n - 1].keeps_with_next = false;
}

const struct document_block *pdf_second_section(const struct document *document)
{
    size_t n = 0;
    for (size_t i = 0; i < document->n_blocks; i++) {
        n += is_section(&document->blocks[i]);
        if (n == 2)
            return &document->blocks[i];
    }
    return NULL;
}
