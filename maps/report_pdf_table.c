#include "geo/memory.h"
#include "geo/text.h"
#include "report_pdf_parts.h"
#include "report_tones.h"
#include "words.h"

#include <math.h>
#include <string.h>

static const double cell_x_pt = 4, cell_y_pt = 2.4;

static bool is_right(enum document_type type)
{
    return type != DOCUMENT_TEXT && type != DOCUMENT_CODE;
}

static enum pdf_face face_of(const struct document_value *value)
{
    return report_tones[value->tone].is_bold ? PDF_STRONG_CELL : PDF_CELL;
}

/* ---- how wide columns are ---- */

static double text_width(struct pdf_story *story, enum pdf_face face, const char *text)
{
    PangoLayout *layout = pdf_layout(story->context, face, text, PDF_UNWRAPPED);
    double width = pdf_layout_width(layout);
    g_object_unref(layout);
    return width;
}

/* The widest of the words of a text. */
static double word_width(struct pdf_story *story, enum pdf_face face, const char *text)
{
    PangoLayout *layout = pdf_layout(story->context, face, text, 0);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    double width = pdf_layout_width(layout);
    g_object_unref(layout);
    return width;
}

static struct pdf_column_need column_need(struct pdf_story *story, const struct document_table *table,
                                          size_t column)
{
    const char *title = table->columns[column].title;
    double least = word_width(story, PDF_STRONG_CELL, title);
    /* A title is wrapped to two lines or so. */
    double natural = fmax(least, 0.6 * text_width(story, PDF_STRONG_CELL, title));
    for (size_t row = 0; row < document_n_rows(table); row++) {
        const struct document_value *value = document_cell(table, row, column);
        if (!*value->text)
            continue;
        double width = text_width(story, face_of(value), value->text);
        natural = fmax(natural, width);
        if (width > least)
            least = fmax(least, word_width(story, face_of(value), value->text));
    }
    /* A rounding of pango's must not wrap what just fits. */
    double around = 2 * cell_x_pt + 0.5;
    return (struct pdf_column_need){least + around, natural + around, table->columns[column].priority};
}

static struct pdf_columns *fit_columns(struct pdf_story *story, const struct document_table *table)
{
    size_t n = table->n_columns;
    struct pdf_column_need *needs = om_alloc(n, sizeof *needs);
    struct pdf_columns *columns = om_alloc(1, sizeof *columns);
    struct pdf_columns **all =
        om_grow(story->columns, &story->columns_capacity, story->n_columns + 1, sizeof *all);
    if (all)
        story->columns = all;
    if (columns)
        columns->rooms = om_alloc(n, sizeof *columns->rooms);
    if (!needs || !all || !columns || !columns->rooms) {
        pdf_story_no_memory(story);
        om_free(needs);
        om_free(columns ? columns->rooms : NULL);
        om_free(columns);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        needs[i] = column_need(story, table, i);
    columns->turn = pdf_fit_columns(needs, n, pdf_width_pt, columns->rooms);
    om_free(needs);
    return story->columns[story->n_columns++] = columns;
}

/* ---- drawing ---- */

static void draw_cell(struct pdf_pen *pen, const struct pdf_part *part, size_t column, double x_pt,
                      double top_pt)
{
    if (part->layouts[column])
        pdf_show_layout(pen->cairo, part->layouts[column], x_pt + cell_x_pt, top_pt + cell_y_pt);
}

static void draw_rule(cairo_t *cairo, uint32_t rgb, double width_pt, double y_pt, double thickness_pt)
{
    pdf_set_ink(cairo, rgb);
    cairo_rectangle(cairo, 0, y_pt - thickness_pt / 2, width_pt, thickness_pt);
    cairo_fill(cairo);
}

static void fill_cell(cairo_t *cairo, uint32_t rgb, double x_pt, double y_pt, double width_pt,
                      double height_pt)
{
    pdf_set_ink(cairo, rgb);
    cairo_rectangle(cairo, x_pt, y_pt, width_pt, height_pt);
    cairo_fill(cairo);
}

static double table_width(const struct pdf_part *part)
{
    double width = 0;
    for (size_t column = 0; column < part->block->table->n_columns; column++)
        width += part->columns->rooms[column].width_pt;
    return width;
}

static void draw_header(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    const struct document_table *table = part->block->table;
    double x = 0, width = table_width(part);
    fill_cell(pen->cairo, REPORT_HEADER, 0, top_pt, width, height_pt);
    draw_rule(pen->cairo, REPORT_RULE, width, top_pt + height_pt, 0.8);
    cairo_tag_begin(pen->cairo, "TR", "");
    for (size_t column = 0; column < table->n_columns; column++) {
        if (!part->columns->rooms[column].is_shown)
            continue;
        cairo_tag_begin(pen->cairo, "TH", "");
        pdf_set_ink(pen->cairo, REPORT_INK);
        draw_cell(pen, part, column, x, top_pt);
        cairo_tag_end(pen->cairo, "TH");
        x += part->columns->rooms[column].width_pt;
    }
    cairo_tag_end(pen->cairo, "TR");
}

static void draw_row(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    const struct document_table *table = part->block->table;
    double x = 0;
    draw_rule(pen->cairo, REPORT_HAIRLINE, table_width(part), top_pt + height_pt, 0.4);
    cairo_tag_begin(pen->cairo, "TR", "");
    for (size_t column = 0; column < table->n_columns; column++) {
        const struct pdf_column_room *room = &part->columns->rooms[column];
        const struct report_tone *tone = &report_tones[document_cell(table, part->index, column)->tone];
        if (!room->is_shown)
            continue;
        cairo_tag_begin(pen->cairo, "TD", "");
        if (tone->is_filled)
            fill_cell(pen->cairo, tone->fill, x + 1, top_pt + 0.8, room->width_pt - 2, height_pt - 1.6);
        pdf_set_ink(pen->cairo, tone->ink);
        draw_cell(pen, part, column, x, top_pt);
        cairo_tag_end(pen->cairo, "TD");
        x += room->width_pt;
    }
    cairo_tag_end(pen->cairo, "TR");
}

/* ---- strips ---- */

static double make_cell(struct pdf_story *story, struct pdf_part *part, size_t column, enum pdf_face face,
                        const char *text)
{
    const struct pdf_column_room *room = &part->columns->rooms[column];
    if (!room->is_shown || !*text)
        return 0;
    PangoLayout *layout = pdf_layout(story->context, face, text, room->width_pt - 2 * cell_x_pt);
    if (is_right(part->block->table->columns[column].type))
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    part->layouts[column] = layout;
    return pdf_layout_height(layout);
}

static double least_row_height(struct pdf_story *story)
{
    PangoLayout *layout = pdf_layout(story->context, PDF_CELL, "0", PDF_UNWRAPPED);
    double height = pdf_layout_height(layout);
    g_object_unref(layout);
    return height;
}

static void add_header(struct pdf_story *story, const struct pdf_part *like, double space_before_pt)
{
    const struct document_table *table = like->block->table;
    struct pdf_part part = *like;
    double height = 0;
    part.draw = draw_header;
    part.layouts = pdf_story_layouts(story, table->n_columns);
    if (!part.layouts)
        return;
    for (size_t column = 0; column < table->n_columns; column++)
        height = fmax(height, make_cell(story, &part, column, PDF_STRONG_CELL, table->columns[column].title));
    struct pdf_strip strip = {.height_pt = height + 2 * cell_y_pt,
                              .space_before_pt = space_before_pt,
                              .turn = like->columns->turn,
                              .keeps_with_next = true,
                              .repeated = PDF_NO_STRIP};
    pdf_story_add(story, &strip, &part);
}

static void add_row(struct pdf_story *story, const struct pdf_part *like, size_t row, size_t header)
{
    const struct document_table *table = like->block->table;
    struct pdf_part part = *like;
    size_t n_rows = document_n_rows(table);
    double height = least_row_height(story);
    part.draw = draw_row;
    part.index = row;
    part.layouts = pdf_story_layouts(story, table->n_columns);
    if (!part.layouts)
        return;
    for (size_t column = 0; column < table->n_columns; column++) {
        const struct document_value *value = document_cell(table, row, column);
        height = fmax(height, make_cell(story, &part, column, face_of(value), value->text));
    }
    struct pdf_strip strip = {.height_pt = height + 2 * cell_y_pt,
                              .turn = like->columns->turn,
                              .keeps_with_next = row + 1 < n_rows && (row == 0 || row + 2 == n_rows),
                              .repeated = header};
    pdf_story_add(story, &strip, &part);
}

/* "Left out for want of room: county, density", owned by the caller; NULL when no column is, or no memory. */
static char *left_out(struct pdf_story *story, const struct document_table *table,
                      const struct pdf_columns *columns)
{
    char *names = om_strdup("");
    for (size_t i = 0; i < table->n_columns; i++)
        if (!columns->rooms[i].is_shown)
            names = map_list(names, table->columns[i].title);
    char *sentence =
        names && *names
            ? om_format(om_tr("Columns there is no room for on paper, but in the workbook: %s."), names)
            : NULL;
    if (!names || (*names && !sentence))
        pdf_story_no_memory(story);
    om_free(names);
    return sentence;
}

void pdf_add_table(struct pdf_story *story, const struct document_block *block)
{
    const struct document_table *table = block->table;
    struct pdf_columns *columns = table->n_columns ? fit_columns(story, table) : NULL;
    if (!columns || story->status != OM_OK)
        return;
    char *missing = left_out(story, table, columns);
    if (table->caption && *table->caption)
        pdf_add_lines(story, block, PDF_REMARK, table->caption, 10, columns->turn, true);
    if (missing)
        pdf_add_lines(story, block, PDF_REMARK, missing, 2, columns->turn, true);
    om_free(missing);
    struct pdf_part like = {.block = block,
                            .n_layouts = table->n_columns,
                            .columns = columns,
                            .tag = "Table",
                            .element = story->n_elements++};
    size_t header = story->n;
    add_header(story, &like, 5);
    for (size_t row = 0; row < document_n_rows(table); row++)
        add_row(story, &like, row, header);
}
