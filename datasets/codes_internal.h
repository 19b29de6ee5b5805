/*
 * Municipality codes as they stand in tables ("0114", "114", "114.0", "0114 Upplands Väsby", "Upplands
 * Väsby") to the codes the project has.
 */
#ifndef DATASETS_CODES_INTERNAL_H
#define DATASETS_CODES_INTERNAL_H

#include "project_internal.h"
#include "table_internal.h"

struct code_book {
    struct project_municipalities known;
    size_t longest;     /* code */
    char unknown[1024]; /* the first that could not be resolved, with their places; empty when all were */
    size_t n_unknown;
};

/* OM_NOT_FOUND when the project has no municipalities yet. */
om_status codes_load(om_context *ctx, data_project *project, struct code_book *out);
void codes_done(struct code_book *book);

/* The project's code for a cell (owned by the book), or NULL when it has one meaning nowhere. Repairs are
 * findings: code_zero_padded, municipality_by_name. `where` is for them and may be NULL. */
const char *codes_find(om_context *ctx, const struct code_book *book, const char *text, const char *where);

/*
 * The same for a row of a table. *code NULL means that the row is to be skipped: a total or a county's sum
 * (finding total_row_skipped), a note below the table (note_row_skipped), or an unknown municipality, which
 * the book remembers for codes_check.
 */
void codes_of_row(om_context *ctx, struct code_book *book, const struct table *table, size_t row,
                  size_t field, const char **code);
/* OM_BAD_DATA names everything unknown. */
om_status codes_check(om_context *ctx, const struct code_book *book, const struct table *table);

/* "Riket", "Summa", "Totalt" … */
bool codes_is_total(const char *text);

/* The code before the name in "0114 Upplands Väsby", and without the ".0" of a spreadsheet; *name is the
 * rest, or "". Returns the code's length in text. */
size_t codes_split(const char *text, const char **name);

#endif
