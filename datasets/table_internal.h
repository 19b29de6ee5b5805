/*
 * A table with known columns: the sheet of a file in which an importer's fields were found, under headings
 * people use in Swedish and English, below whatever title rows there are.
 */
#ifndef DATASETS_TABLE_INTERNAL_H
#define DATASETS_TABLE_INTERNAL_H

#include "datasets/import.h"
#include "sheet_internal.h"

enum { TABLE_FIELDS = 16 };

struct table_field {
    const char *name; /* as --map names it */
    bool required;
    /* headings in the form of table_plain, best first, separated by '|'; the name itself need not be there */
    const char *headings;
};

struct table {
    struct sheet sheet;
    const struct table_field *fields;
    size_t n_fields;
    size_t column[TABLE_FIELDS]; /* of each field; SIZE_MAX when the file does not have it */
    size_t heading_row;
    size_t n_rows; /* below the heading */
};

/*
 * Reads the first sheet, layer or archived file in which every required field is found. OM_BAD_DATA names
 * what was looked for and the headings there are. The fields are borrowed.
 */
om_status table_read(om_context *ctx, const char *path, const struct data_import_options *options,
                     const struct table_field *fields, size_t n_fields, struct table *out);
void table_done(struct table *table);

bool table_has(const struct table *table, size_t field);
/* The text of a cell; "" when there is none or when it is a sign for a missing value (.. - n/a). */
const char *table_text(const struct table *table, size_t row, size_t field);
const char *table_text_or_null(const struct table *table, size_t row, size_t field);
/* Whether no other field of the row has text: that of a note below the table, or of a single title. */
bool table_is_alone(const struct table *table, size_t row, size_t field);
const struct geo_wkb *table_shape(const struct table *table, size_t row);
size_t table_place(const struct table *table, size_t row);

/* OM_BAD_DATA with file, line, column, value and what is needed. */
om_status table_fail(om_context *ctx, const struct table *table, size_t row, size_t field,
                     const char *needed);

/* A number not below `minimum`, NAN when missing. A count's single comma or point before three digits groups
 * thousands; any other number's is a decimal comma. */
enum table_number { TABLE_COUNT, TABLE_MEASURE };
om_status table_read_number(om_context *ctx, const struct table *table, size_t row, size_t field,
                            enum table_number kind, double minimum, double *out);
/* YYYY-MM-DD into text (11 bytes); false in *given when the cell is empty. */
om_status table_read_date(om_context *ctx, const struct table *table, size_t row, size_t field, char text[11],
                          bool *given);
/* yes/no, ja/nej, true/false, 1/0, x; false when empty. */
om_status table_read_flag(om_context *ctx, const struct table *table, size_t row, size_t field, bool *out);

/* A heading without case, blanks and punctuation: "FA-region (kod)" -> "faregionkod". Owned by the caller. */
char *table_plain(const char *heading);

#endif
