/*
 * What the sheets of a workbook share: formats, names of sheets, and the first failure.
 */
#ifndef MAPS_REPORT_XLSX_PARTS_H
#define MAPS_REPORT_XLSX_PARTS_H

#include "document.h"

#include <xlsxwriter.h>

enum xlsx_style {
    XLSX_TITLE,
    XLSX_SUBTITLE,
    XLSX_HEADING,
    XLSX_SMALL_HEADING,
    XLSX_TEXT, /* wrapped */
    XLSX_REMARK,
    XLSX_NOTICE,
    XLSX_COMMAND,
    XLSX_LINK,
    XLSX_HEADER, /* of a column */
    XLSX_STYLES,
};

/* The longest name of a sheet, in characters, which are of at most four bytes. */
enum { XLSX_NAME_LENGTH = 31, XLSX_NAME_SIZE = 4 * XLSX_NAME_LENGTH + 1, XLSX_MOST_DECIMALS = 3 };

struct xlsx_sheet_name {
    char text[XLSX_NAME_SIZE];
};

struct xlsx_book {
    lxw_workbook *workbook;
    const struct document *document;
    lxw_format *styles[XLSX_STYLES];
    /* By type, tone and decimals, made when they are needed. */
    lxw_format *cells[DOCUMENT_TYPES][DOCUMENT_TONES][XLSX_MOST_DECIMALS + 1];
    struct xlsx_sheet_name *names; /* of every sheet: the summary, one per table, the method */
    size_t n_names, n_sheets;      /* sheets: those added so far */
    lxw_error error;               /* the first; what follows is not written */
};

void xlsx_formats_make(struct xlsx_book *book);
lxw_format *xlsx_cell_format(struct xlsx_book *book, enum document_type type, enum document_tone tone,
                             int decimals);

/*
 * A name that spreadsheets accept and that none of the n names has, in any case of letters: without
 * characters they forbid, cut to 31, numbered when it is taken.
 */
struct xlsx_sheet_name xlsx_sheet_name(const char *title, const struct xlsx_sheet_name *names, size_t n);

/* Adds the next of the named sheets, for printing on A4 with the notice and page numbers below; NULL on
 * failure.
 */
lxw_worksheet *xlsx_sheet_add(struct xlsx_book *book, bool is_landscape);

/* Remembers the first failure. */
void xlsx_check(struct xlsx_book *book, lxw_error error);

/* How high, in points, a row must be for a text wrapped in a column so many digits wide. Not every program
 * finds that out by itself. */
double xlsx_row_height(const char *text, double width_digits, double size_pt);
double xlsx_style_size(enum xlsx_style style);

/* Text that no spreadsheet takes for a formula; nothing for NULL and "". */
void xlsx_put_text(struct xlsx_book *book, lxw_worksheet *sheet, size_t row, size_t column, const char *text,
                   lxw_format *format);
/* A number when it is one, else the text; nothing when there is neither. */
void xlsx_put_value(struct xlsx_book *book, lxw_worksheet *sheet, size_t row, size_t column,
                    const struct document_value *value, enum document_type type, int decimals);

/* Each adds the next sheet. */
void xlsx_write_table(struct xlsx_book *book, const struct document_table *table);
void xlsx_write_summary(struct xlsx_book *book); /* the text of the first section, and where the tables are */
void xlsx_write_method(struct xlsx_book *book);  /* the text of the others */

size_t xlsx_summary_end(const struct document *document); /* the block at which the second section begins */

#endif
