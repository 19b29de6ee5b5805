/*
 * A report on its way to pages: its strips, and what each of them draws.
 */
#ifndef MAPS_REPORT_PDF_PARTS_H
#define MAPS_REPORT_PDF_PARTS_H

#include "document.h"
#include "report_pdf_columns.h"
#include "report_pdf_flow.h"
#include "report_pdf_text.h"
#include "report_writer.h"

extern const double pdf_width_pt[PDF_TURNS], pdf_height_pt[PDF_TURNS]; /* of a page's content */

struct pdf_story;

/* A page being drawn on; the origin is the upper left corner of its content. */
struct pdf_pen {
    om_context *ctx;
    cairo_t *cairo;
    const struct pdf_story *story;
    const struct pdf_place *places; /* of its strips */
    enum pdf_turn turn;
    om_status status; /* of the first drawing that failed */
};

/* The columns of a table that are shown, on its pages. */
struct pdf_columns {
    struct pdf_column_room *rooms; /* owned; one per column of the table */
    enum pdf_turn turn;
};

struct pdf_part;
typedef void pdf_draw_fn(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt);

/* What a strip draws. */
struct pdf_part {
    pdf_draw_fn *draw;
    const struct document_block *block; /* NULL for the title */
    PangoLayout **layouts;              /* owned; NULL items have nothing to show */
    size_t n_layouts;
    enum pdf_face face;
    size_t index; /* the line of a paragraph, the row of a table, the first item of a row of figures */
    const struct pdf_columns *columns;
    const struct document_block *leads_to; /* the heading a line of the contents is about */
    /* The element of the document's structure it belongs to. Strips that follow each other and have the same
     * number make up one element. */
    const char *tag;
    size_t element;
};

/* Starts as zero bytes but for the first three; pdf_story_done frees what it holds. */
struct pdf_story {
    om_context *ctx; /* borrowed, as all three */
    const struct report *report;
    PangoContext *context;
    struct pdf_strip *strips;
    struct pdf_part *parts;
    size_t n, strips_capacity, parts_capacity;
    struct pdf_columns **columns; /* one per table */
    size_t n_columns, columns_capacity;
    size_t n_elements;
    om_status status; /* of what failed first, with its message in ctx */
};

void pdf_story_done(struct pdf_story *story);

/* Adds a strip and takes over the layouts of its part, whatever happens. */
void pdf_story_add(struct pdf_story *story, const struct pdf_strip *strip, const struct pdf_part *part);
/* A list of n layouts, for a part; NULL: no memory, remembered. */
PangoLayout **pdf_story_layouts(struct pdf_story *story, size_t n);
void pdf_story_no_memory(struct pdf_story *story);

/* Each adds the strips of a block. */
void pdf_add_title(struct pdf_story *story);
void pdf_add_heading(struct pdf_story *story, const struct document_block *block);
void pdf_add_paragraph(struct pdf_story *story, const struct document_block *block);
void pdf_add_list(struct pdf_story *story, const struct document_block *block);
void pdf_add_figures(struct pdf_story *story, const struct document_block *block);
void pdf_add_table(struct pdf_story *story, const struct document_block *block);
void pdf_add_map(struct pdf_story *story, const struct document_block *block);

/* Sections from the second on, with their pages; NULL: there is no second one. */
const struct document_block *pdf_second_section(const struct document *document);
void pdf_add_contents(struct pdf_story *story, const struct document_block *first);

/* Lines of text as strips of one paragraph, no single line of which is left alone on a page. */
void pdf_add_lines(struct pdf_story *story, const struct document_block *block, enum pdf_face face,
                   const char *text, double space_before_pt, enum pdf_turn turn, bool keeps_with_next);

#endif
