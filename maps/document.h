/*
 * The content of a report apart from any format: built once (report_content.h), then walked by one writer per
 * format (HTML, PDF, XLSX).
 *
 * A document is a flat list of blocks in reading order; a heading of level 1 begins a section. Texts are
 * UTF-8 in the reader's language, without any markup: writers escape them. A space inside a figure ("334
 * 080", "99.5 %") is a no-break space. Values of figures and cells are kept as typed numbers beside their
 * text, so that a workbook can compute with them and a page can sort by them.
 *
 * Building never fails at once: memory that runs out is remembered in out_of_memory, and what follows is left
 * out.
 */
#ifndef MAPS_DOCUMENT_H
#define MAPS_DOCUMENT_H

#include "maps/drawing.h"

#include <stdbool.h>
#include <stddef.h>

enum document_tone {
    DOCUMENT_PLAIN,
    DOCUMENT_STRONG,
    DOCUMENT_FAINT,
    DOCUMENT_GOOD, /* a choice; a rule that passes */
    DOCUMENT_FAIR, /* a limited choice; what needs a look */
    DOCUMENT_BAD,  /* no supplier; a rule that fails */
    DOCUMENT_TONES,
};

enum document_type {
    DOCUMENT_TEXT,
    DOCUMENT_CODE,    /* text also when it is all digits: "0114" */
    DOCUMENT_WHOLE,   /* counts: "334 080" */
    DOCUMENT_NUMBER,  /* with the column's decimals: "24.5" */
    DOCUMENT_SHARE,   /* 0 .. 1: "99.5 %" */
    DOCUMENT_MINUTES, /* minutes, to the tenth; its text is rounded up to whole ones */
    DOCUMENT_TYPES,
};

/* In a cell or a key figure. */
struct document_value {
    char *text;    /* as people read it, never NULL; "" when there is nothing to tell; owned */
    double number; /* NAN: not a number, or unknown */
    enum document_tone tone;
};

struct document_column {
    const char *title;       /* short; owned by the document */
    const char *description; /* what it means, longer; NULL when the title says it; owned by the document */
    enum document_type type;
    int decimals;       /* of DOCUMENT_NUMBER */
    int priority;       /* 1: always; 2, 3: left out first where there is no room */
    bool is_row_header; /* names the row */
    bool is_filter;     /* few different values, which readers choose by */
    bool is_key;        /* tells the rows apart, and can stand in an anchor: a code */
};

struct document_table {
    char *name;    /* an anchor, the same in every language: "municipalities" */
    char *title;   /* short enough for the name of a sheet */
    char *caption; /* one sentence; NULL: none */
    size_t n_columns, columns_capacity;
    struct document_column *columns;
    size_t n_cells, cells_capacity; /* whole rows when the document is complete */
    struct document_value *cells;   /* row by row */
};

/* One of a row of key figures, a class of a map, or an item of a list (label and note NULL). */
struct document_item {
    char *label;
    struct document_value value;
    enum document_type type;
    char *note;
};

enum document_kind {
    DOCUMENT_HEADING,   /* level, id, text */
    DOCUMENT_PARAGRAPH, /* style, text */
    DOCUMENT_LIST,      /* items: value.text, and its tone */
    DOCUMENT_FIGURES,   /* items: label, value, note */
    DOCUMENT_TABLE,     /* table */
    DOCUMENT_MAP, /* theme, text (caption), and for each class of the theme in its order, and for who has
                     none, an item: its words, how many municipalities, and in the note their job seekers;
                     maps that follow each other are one figure to switch */
};

enum document_style {
    DOCUMENT_BODY,
    DOCUMENT_LEAD,   /* the few sentences to read if nothing else */
    DOCUMENT_REMARK, /* small print under what it explains */
    DOCUMENT_NOTICE, /* must not be overlooked: synthetic or schematic data */
    DOCUMENT_COMMAND /* to be typed: fixed width, line breaks kept */
};

struct document_block {
    enum document_kind kind;
    char *text; /* NULL where the kind has none */
    char *id;   /* of a heading: an anchor, the same in every language */
    int level;  /* 1, 2 */
    enum document_style style;
    size_t n_items, items_capacity;
    struct document_item *items;
    struct document_table *table;
    enum map_theme theme;
};

/* Starts as zero bytes; document_done frees what it holds. */
struct document {
    char *title, *subtitle;
    char *date;     /* of the data: "2026-02-01" */
    char *notice;   /* synthetic or schematic sources; NULL: none. It is a block too, for the first page */
    char *language; /* "en", "sv": for the reader's program to pronounce it */
    size_t n_blocks, blocks_capacity;
    struct document_block *blocks;
    bool out_of_memory;
};

void document_done(struct document *document);

/* ---- building: each call adds to the end. Formats are translated; their text is copied. ---- */

void document_heading(struct document *document, int level, const char *id, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void document_paragraph(struct document *document, enum document_style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void document_list(struct document *document);
void document_item(struct document *document, enum document_tone tone, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* One more sentence to the paragraph, item, cell or figure's note added last. */
void document_say(struct document *document, const char *format, ...) __attribute__((format(printf, 2, 3)));

void document_figures(struct document *document);
/* value: of the type, written as in a cell; format: the note, "" for none. */
void document_figure(struct document *document, const char *label, enum document_type type, double value,
                     enum document_tone tone, const char *format, ...) __attribute__((format(printf, 6, 7)));

void document_map(struct document *document, enum map_theme theme, const char *caption);

void document_table(struct document *document, const char *name, const char *title, const char *caption);
/* Every column before the first cell. The texts are copied. */
void document_column(struct document *document, const struct document_column *column);
/* The next cell, from left to right, row by row. */
void document_text(struct document *document, enum document_tone tone, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Written by the type of its column; NAN is an empty cell. */
void document_number(struct document *document, enum document_tone tone, double number);

/* Leaves out the columns of the table added last in which no row has any text. */
void document_drop_empty_columns(struct document *document);

/* How a number of a type is written; "" for NAN. Owned by the caller; NULL: no memory. */
char *document_number_text(enum document_type type, int decimals, double number);

size_t document_n_rows(const struct document_table *table);
/* The cell of a row and a column. */
const struct document_value *document_cell(const struct document_table *table, size_t row, size_t column);

#endif
