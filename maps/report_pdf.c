#include "drawing_canvas.h"
#include "geo/memory.h"
#include "report_pdf_amend.h"
#include "report_pdf_parts.h"
#include "report_tones.h"
#include "report_writer.h"

#include <cairo-pdf.h>
#include <string.h>

static const double page_width_pt[PDF_TURNS] = {595.28, 841.89}, page_height_pt[PDF_TURNS] = {841.89, 595.28};
static const double margin_left_pt = 48, margin_top_pt = 48, footer_gap_pt = 18;

/* ---- from blocks to strips ---- */

static void add_block(struct pdf_story *story, const struct document_block *block)
{
    static void (*const add[])(struct pdf_story *, const struct document_block *) = {
        [DOCUMENT_HEADING] = pdf_add_heading, [DOCUMENT_PARAGRAPH] = pdf_add_paragraph,
        [DOCUMENT_LIST] = pdf_add_list,       [DOCUMENT_FIGURES] = pdf_add_figures,
        [DOCUMENT_TABLE] = pdf_add_table,     [DOCUMENT_MAP] = pdf_add_map,
    };
    add[block->kind](story, block);
}

static bool is_text(const struct pdf_part *part)
{
    return part->block && (part->block->kind == DOCUMENT_HEADING || part->block->kind == DOCUMENT_PARAGRAPH ||
                           part->block->kind == DOCUMENT_LIST);
}

static bool is_heading(const struct pdf_part *part)
{
    return part->block && part->block->kind == DOCUMENT_HEADING;
}

/* What leads up to a table stands on a page of the same turn: the text from the heading on. */
static void turn_with_next(struct pdf_story *story)
{
    for (size_t i = story->n; i-- > 1;) {
        struct pdf_strip *before = &story->strips[i - 1];
        bool leads_up = is_text(&story->parts[i - 1]) && !is_heading(&story->parts[i]);
        if (before->keeps_with_next || (leads_up && story->strips[i].turn == PDF_LANDSCAPE))
            before->turn = story->strips[i].turn;
    }
}

static void tell(struct pdf_story *story)
{
    const struct document *document = story->report->document;
    const struct document_block *second = pdf_second_section(document);
    pdf_add_title(story);
    for (size_t i = 0; i < document->n_blocks && story->status == OM_OK; i++) {
        if (&document->blocks[i] == second)
            pdf_add_contents(story, second);
        add_block(story, &document->blocks[i]);
    }
    if (story->status == OM_OK)
        turn_with_next(story);
}

/* ---- pages ---- */

struct pages {
    const struct pdf_story *story;
    struct pdf_pen pen;
    cairo_surface_t *surface;
    size_t n, page;              /* the one being drawn, from 0 */
    const struct pdf_part *open; /* whose element is open; NULL: none */
    int section;                 /* in the outline, what a heading of level 2 stands below */
};

static void close_element(struct pages *pages)
{
    if (pages->open)
        cairo_tag_end(pages->pen.cairo, pages->open->tag);
    pages->open = NULL;
}

static void draw_footer(struct pages *pages)
{
    const struct document *document = pages->story->report->document;
    cairo_t *cairo = pages->pen.cairo;
    double width = pdf_width_pt[pages->pen.turn], top = pdf_height_pt[pages->pen.turn] + footer_gap_pt;
    char number[48];
    snprintf(number, sizeof number, "%zu (%zu)", pages->page + 1, pages->n);
    PangoLayout *page = pdf_layout(pages->story->context, PDF_FOOTER, number, PDF_UNWRAPPED);
    double number_width = pdf_layout_width(page);
    PangoLayout *title =
        pdf_layout(pages->story->context, PDF_FOOTER, document->title, width - number_width - footer_gap_pt);
    pango_layout_set_height(title, -1);
    pango_layout_set_ellipsize(title, PANGO_ELLIPSIZE_END);
    pdf_set_ink(cairo, REPORT_HAIRLINE);
    cairo_rectangle(cairo, 0, top - 6, width, 0.6);
    cairo_fill(cairo);
    pdf_set_ink(cairo, pdf_face_ink(PDF_FOOTER));
    pdf_show_layout(cairo, title, 0, top);
    pdf_show_layout(cairo, page, width - number_width, top);
    if (document->notice) {
        PangoLayout *notice = pdf_layout(pages->story->context, PDF_FOOTER, document->notice, width);
        pdf_show_layout(cairo, notice, 0, top + pdf_layout_height(title) + 2);
        g_object_unref(notice);
    }
    g_object_unref(page);
    g_object_unref(title);
}

static void end_page(struct pages *pages)
{
    close_element(pages);
    if (pages->page + 1 == pages->n)
        cairo_tag_end(pages->pen.cairo, "Document");
    draw_footer(pages);
    cairo_restore(pages->pen.cairo);
    cairo_show_page(pages->pen.cairo);
}

static void begin_page(struct pages *pages, size_t page, enum pdf_turn turn)
{
    pages->page = page;
    pages->pen.turn = turn;
    cairo_pdf_surface_set_size(pages->surface, page_width_pt[turn], page_height_pt[turn]);
    /* A change of size would lose what was drawn or tagged on the page before it. */
    if (page == 0)
        cairo_tag_begin(pages->pen.cairo, "Document", "");
    cairo_save(pages->pen.cairo);
    cairo_translate(pages->pen.cairo, margin_left_pt, margin_top_pt);
}

static void add_to_outline(struct pages *pages, const struct document_block *block, double top_pt)
{
    char link[96];
    snprintf(link, sizeof link, "page=%zu pos=[%d %d]", pages->page + 1, (int)margin_left_pt,
             (int)(margin_top_pt + top_pt));
    int parent = block->level <= 1 ? CAIRO_PDF_OUTLINE_ROOT : pages->section;
    int item = cairo_pdf_surface_add_outline(pages->surface, parent, block->text, link,
                                             (cairo_pdf_outline_flags_t)0);
    if (block->level <= 1)
        pages->section = item;
}

static void draw_strip(struct pages *pages, size_t i, double top_pt)
{
    const struct pdf_part *part = &pages->story->parts[i];
    if (!pages->open || pages->open->element != part->element) {
        close_element(pages);
        cairo_tag_begin(pages->pen.cairo, part->tag, "");
        pages->open = part;
    }
    cairo_save(pages->pen.cairo);
    part->draw(&pages->pen, part, top_pt, pages->story->strips[i].height_pt);
    cairo_restore(pages->pen.cairo);
}

static void draw_pages(struct pages *pages)
{
    const struct pdf_story *story = pages->story;
    for (size_t i = 0; i < story->n; i++) {
        const struct pdf_strip *strip = &story->strips[i];
        const struct pdf_place *place = &pages->pen.places[i];
        const struct document_block *block = story->parts[i].block;
        if (i == 0 || place->page != pages->page) {
            if (i > 0)
                end_page(pages);
            begin_page(pages, place->page, strip->turn);
        }
        if (place->is_first && strip->repeated != PDF_NO_STRIP)
            draw_strip(pages, strip->repeated, 0);
        if (block && block->kind == DOCUMENT_HEADING)
            add_to_outline(pages, block, place->top_pt);
        draw_strip(pages, i, place->top_pt);
    }
    end_page(pages);
}

static void set_metadata(cairo_surface_t *surface, const struct document *document)
{
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, document->title);
    if (document->subtitle)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, document->subtitle);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Omland");
    /* The data's date stands for now, so that equal documents give equal bytes. */
    char now[32];
    snprintf(now, sizeof now, "%.10sT00:00:00Z", document->date ? document->date : "2000-01-01");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, now);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, now);
}

/* ---- the file ---- */

struct bytes {
    char *bytes; /* owned; the one after the last is NUL */
    size_t n, capacity;
    bool out_of_memory;
};

/* For cairo 1.16, which may crash when it is told that a write has failed: so it is not. */
static cairo_status_t keep_bytes(void *kept, const unsigned char *added, unsigned length)
{
    struct bytes *bytes = kept;
    char *grown =
        bytes->out_of_memory ? NULL : om_grow(bytes->bytes, &bytes->capacity, bytes->n + length + 1, 1);
    if (!grown) {
        bytes->out_of_memory = true;
        return CAIRO_STATUS_SUCCESS;
    }
    bytes->bytes = grown;
    memcpy(grown + bytes->n, added, length);
    bytes->n += length;
    grown[bytes->n] = '\0';
    return CAIRO_STATUS_SUCCESS;
}

static om_status print(const struct pdf_story *story, const struct pdf_place *places, size_t n_pages,
                       struct bytes *out)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        keep_bytes, out, page_width_pt[PDF_PORTRAIT], page_height_pt[PDF_PORTRAIT]);
    struct pages pages = {
        .story = story,
        .surface = surface,
        .n = n_pages,
        .pen = {.ctx = story->ctx, .story = story, .places = places, .cairo = cairo_create(surface)}};
    set_metadata(surface, story->report->document);
    draw_pages(&pages);
    cairo_status_t outcome = cairo_status(pages.pen.cairo);
    cairo_destroy(pages.pen.cairo);
    cairo_surface_finish(surface);
    if (outcome == CAIRO_STATUS_SUCCESS)
        outcome = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (pages.pen.status != OM_OK)
        return pages.pen.status;
    return out->out_of_memory ? om_no_memory(story->ctx) : canvas_cairo_outcome(story->ctx, outcome);
}

static om_status print_to(const struct pdf_story *story, FILE *out)
{
    struct bytes pdf = {0};
    struct pdf_place *places = om_alloc(story->n, sizeof *places);
    if (!places)
        return om_no_memory(story->ctx);
    size_t n_pages = pdf_flow(story->strips, story->n, pdf_height_pt, places);
    om_status status = print(story, places, n_pages, &pdf);
    if (status == OM_OK)
        status = pdf_amend(story->ctx, pdf.bytes, pdf.n, story->report->document, out);
    om_free(pdf.bytes);
    om_free(places);
    return status;
}

om_status report_write_pdf(om_context *ctx, const struct report *report, FILE *out)
{
    struct pdf_story story = {
        .context = pdf_text_context(report->document->language), .report = report, .ctx = ctx};
    tell(&story);
    om_status status = story.status == OM_OK ? print_to(&story, out) : story.status;
    pdf_story_done(&story);
    g_object_unref(story.context);
    return status;
}
