#include "codes_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_CODE = 31, MOST_SHOWN = 12 };

om_status codes_load(om_context *ctx, data_project *project, struct code_book *out)
{
    struct code_book book = {0};
    om_status status = project_municipalities_load(ctx, project, &book.known);
    if (status != OM_OK)
        return status;
    if (book.known.n == 0) {
        codes_done(&book);
        return om_fail(ctx, OM_NOT_FOUND, om_tr("%s: has no municipalities yet; import them first"),
                       data_project_path(project));
    }
    for (size_t i = 0; i < book.known.n; i++)
        if (strlen(book.known.rows[i].code) > book.longest)
            book.longest = strlen(book.known.rows[i].code);
    *out = book;
    return OM_OK;
}

void codes_done(struct code_book *book)
{
    project_municipalities_done(&book->known);
}

size_t codes_split(const char *text, const char **name)
{
    size_t length = strcspn(text, " \t");
    const char *rest = text + length + strspn(text + length, " \t-");
    bool is_code = isdigit((unsigned char)*text) != 0;
    if (!is_code || !*rest) {
        length = strlen(text);
        rest = text + length;
    }
    if (is_code && length > 2 && memcmp(text + length - 2, ".0", 2) == 0)
        length -= 2;
    *name = rest;
    return length;
}

static int by_code(const void *left, const void *right)
{
    const struct data_municipality_row *x = left, *y = right;
    return strcmp(x->code, y->code);
}

static const char *exact(const struct code_book *book, const char *code)
{
    struct data_municipality_row wanted = {.code = code};
    const struct data_municipality_row *found =
        bsearch(&wanted, book->known.rows, book->known.n, sizeof wanted, by_code);
    return found ? found->code : NULL;
}

/* The one code that the text is without its leading zeros. */
static const char *padded(const struct code_book *book, const char *code)
{
    char candidate[LONGEST_CODE + 1];
    size_t length = strlen(code);
    const char *found = NULL;
    for (size_t zeros = 1; length + zeros <= book->longest && length + zeros <= LONGEST_CODE; zeros++) {
        memset(candidate, '0', zeros);
        memcpy(candidate + zeros, code, length + 1);
        const char *match = exact(book, candidate);
        if (match && found)
            return NULL;
        found = match ? match : found;
    }
    return found;
}

static const char *named(const struct code_book *book, const char *text)
{
    char *wanted = table_plain(text);
    const char *found = NULL;
    size_t matches = 0;
    for (size_t i = 0; wanted && *wanted && i < book->known.n; i++) {
        char *name = table_plain(book->known.rows[i].name);
        if (name && strcmp(name, wanted) == 0) {
            found = book->known.rows[i].code;
            matches++;
        }
        om_free(name);
    }
    om_free(wanted);
    return matches == 1 ? found : NULL;
}

const char *codes_find(om_context *ctx, const struct code_book *book, const char *text, const char *where)
{
    char code[LONGEST_CODE + 1];
    const char *name, *found = NULL;
    size_t length = codes_split(text, &name);
    if (length > 0 && length <= LONGEST_CODE) {
        memcpy(code, text, length);
        code[length] = '\0';
        found = exact(book, code);
        if (!found && strspn(code, "0123456789") == length && (found = padded(book, code)))
            om_find(ctx, "code_zero_padded", om_tr("%s: %s read as %s"), where ? where : "", code, found);
    }
    if (!found && *text && !isdigit((unsigned char)*text) && (found = named(book, text)))
        om_find(ctx, "municipality_by_name", om_tr("%s: %s read as %s"), where ? where : "", text, found);
    return found;
}

bool codes_is_total(const char *text)
{
    static const char *const words[] = {"riket", "helariket", "total",    "totalt", "summa",
                                        "sum",   "sverige",   "samtliga", "alla",   "sweden"};
    char *plain = table_plain(text);
    bool is_total = false;
    for (size_t i = 0; plain && i < sizeof words / sizeof *words; i++)
        is_total |= strcmp(plain, words[i]) == 0;
    om_free(plain);
    return is_total;
}

/* "00 Riket", "Summa", "01 Stockholms län": sums that statistics offices put between the municipalities. */
static bool is_sum(const struct code_book *book, const char *text)
{
    const char *name;
    size_t length = codes_split(text, &name);
    bool is_total = codes_is_total(*name ? name : text);
    if (is_total || length == 0 || strspn(text, "0123456789") < length)
        return is_total;
    if (strspn(text, "0") == length)
        return true;
    if (length + 2 > book->longest)
        return false;
    for (size_t i = 0; i < book->known.n; i++)
        if (strlen(book->known.rows[i].code) == length + 2 &&
            strncmp(book->known.rows[i].code, text, length) == 0)
            return true;
    return false;
}

void codes_of_row(om_context *ctx, struct code_book *book, const struct table *table, size_t row,
                  size_t field, const char **code)
{
    char where[512];
    const char *text = table_text(table, row, field);
    *code = exact(book, text);
    if (*code)
        return; /* the usual case, and there are matrices of many rows */
    snprintf(where, sizeof where, "%s, %s %zu", table->sheet.path, table->sheet.unit,
             table_place(table, row));
    *code = codes_find(ctx, book, text, where);
    if (*code)
        return;
    if (is_sum(book, text)) {
        om_find(ctx, "total_row_skipped", om_tr("%s: \"%s\" is a sum, not a municipality"), where, text);
        return;
    }
    if (table_is_alone(table, row, field) && !isdigit((unsigned char)*text)) {
        om_find(ctx, "note_row_skipped", om_tr("%s: \"%s\" is a note below the table"), where, text);
        return;
    }
    size_t used = strlen(book->unknown);
    book->n_unknown++;
    if (book->n_unknown == MOST_SHOWN + 1)
        snprintf(book->unknown + used, sizeof book->unknown - used, ", …");
    if (book->n_unknown <= MOST_SHOWN && used + strlen(text) + 60 < sizeof book->unknown)
        snprintf(book->unknown + used, sizeof book->unknown - used, om_tr("%s\"%s\" (%s %zu)"),
                 used ? ", " : "", text, table->sheet.unit, table_place(table, row));
}

om_status codes_check(om_context *ctx, const struct code_book *book, const struct table *table)
{
    if (book->n_unknown == 0)
        return OM_OK;
    return om_fail(
        ctx, OM_BAD_DATA,
        om_tr("%s: names municipalities that the project does not have (%zu times): %s; it has %zu, from "
              "%s %s to %s %s"),
        table->sheet.path, book->n_unknown, book->unknown, book->known.n, book->known.rows[0].code,
        book->known.rows[0].name, book->known.rows[book->known.n - 1].code,
        book->known.rows[book->known.n - 1].name);
}
