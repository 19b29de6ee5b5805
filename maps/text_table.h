/*
 * Tables for a terminal: columns as wide as they need to be in UTF-8 text, wrapped at spaces to fit a width,
 * coloured only when asked.
 */
#ifndef MAPS_TEXT_TABLE_H
#define MAPS_TEXT_TABLE_H

#include "maps/result.h"

enum text_tone { TEXT_PLAIN, TEXT_STRONG, TEXT_FAINT, TEXT_GOOD, TEXT_FAIR, TEXT_BAD, TEXT_TONES };

struct text_column {
    const char *title; /* marked for translation */
    bool right;        /* aligned to the right */
    bool flexible;     /* may be narrowed, and its text wrapped, to fit the width */
};

struct text_cell {
    char *text; /* owned */
    enum text_tone tone;
};

/* Starts as {.columns = …, .n_columns = …}. A failed allocation is remembered until text_table_print. */
struct text_table {
    const struct text_column *columns;
    size_t n_columns;
    struct text_cell *cells; /* row by row */
    size_t n_cells, capacity;
    bool out_of_memory;
};

void text_table_done(struct text_table *table);

/* Adds the next cell, from left to right, row by row. */
void text_table_add(struct text_table *table, enum text_tone tone, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

om_status text_table_print(om_context *ctx, const struct text_table *table,
                           const struct map_text_style *style, FILE *out);

/* A line of text in a tone, with its newline. */
void text_line(const struct map_text_style *style, FILE *out, enum text_tone tone, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Columns a UTF-8 text takes on a terminal. */
int text_width(const char *text);

#endif
