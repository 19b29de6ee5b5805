/* Changes to try, from a table: one row each. */
#include "datasets/what_if.h"
#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <ctype.h>
#include <string.h>

enum { KIND = PLAN_CHANGE_FIELDS, FIELDS };

static const struct table_field fields[FIELDS] = {
    [PLAN_CHANGE_SUPPLIER] = {"supplier", false, "supplierid|leverantör|leverantor|leverantörsid"},
    [PLAN_CHANGE_MUNICIPALITY] = {"municipality", false, MUNICIPALITY_HEADINGS},
    [PLAN_CHANGE_AREA] = {"area", false, "areaname|område|omrade|leveransområde|deliveryarea"},
    [PLAN_CHANGE_TO] = {"to", false, "toarea|newarea|till|tillområde|nyttområde"},
    [PLAN_CHANGE_NAME] = {"name", false, "namn|file|fil|profile|profil"},
    [KIND] = {"change", true, "kind|ändring|andring|förändring|slag"},
};

static om_status read_kind(struct import *import, size_t row, enum plan_change_kind *kind)
{
    *kind = plan_change_kind_of(table_text(&import->table, row, KIND));
    if (*kind != PLAN_CHANGE_KINDS)
        return OM_OK;
    char *needed = om_strdup(om_tr("one of:"));
    for (int k = 0; needed && k < PLAN_CHANGE_KINDS; k++) {
        char *longer = om_format("%s %s", needed, plan_change_kinds[k].name);
        om_free(needed);
        needed = longer;
    }
    om_status status =
        needed ? table_fail(import->ctx, &import->table, row, KIND, needed) : om_no_memory(import->ctx);
    om_free(needed);
    return status;
}

/* Blanks separate codes ("2560 2581"), but not the words of a name ("2560 Älvsbyn", "Upplands Väsby"). */
static const char *separators_of(const char *cell)
{
    static const char blanks_too[] = ",; \t", signs[] = ",;";
    for (const char *item = cell + strspn(cell, blanks_too); *item; item += strspn(item, blanks_too)) {
        if (!isdigit((unsigned char)*item))
            return signs;
        item += strcspn(item, blanks_too);
    }
    return blanks_too;
}

static om_status add_code(struct import *import, size_t row, const char *where, const char *item,
                          char **codes)
{
    const char *code = codes_find(import->ctx, &import->book, item, where);
    if (!code)
        return table_fail(import->ctx, &import->table, row, PLAN_CHANGE_MUNICIPALITY,
                          om_tr("municipalities of the project, commas between them"));
    char *longer = om_format("%s%s%s", *codes, **codes ? "," : "", code);
    if (!longer)
        return om_no_memory(import->ctx);
    om_free(*codes);
    *codes = longer;
    return OM_OK;
}

/* The codes the project has for the municipalities of a cell, commas between them. Owned by the caller. */
static om_status read_codes(struct import *import, size_t row, const char *where, char **out)
{
    const char *cell = table_text(&import->table, row, PLAN_CHANGE_MUNICIPALITY);
    const char *separators = separators_of(cell);
    char *copy = om_strdup(cell), *rest = copy, *codes = om_strdup(""), *item;
    om_status status = copy && codes ? OM_OK : om_no_memory(import->ctx);
    while (status == OM_OK && (item = strtok_r(NULL, separators, &rest)))
        status = add_code(import, row, where, item + strspn(item, " \t"), &codes);
    om_free(copy);
    if (status != OM_OK)
        om_free(codes);
    else
        *out = codes;
    return status;
}

static om_status read_row(struct import *import, size_t row, struct plan_changes *changes)
{
    const struct table *table = &import->table;
    enum plan_change_kind kind;
    const char *texts[PLAN_CHANGE_FIELDS];
    char *codes = NULL;
    char *where = om_format("%s, %s %zu", table->sheet.path, table->sheet.unit, table_place(table, row));
    om_status status = where ? read_kind(import, row, &kind) : om_no_memory(import->ctx);
    if (status == OM_OK)
        status = read_codes(import, row, where, &codes);
    if (status == OM_OK) {
        for (size_t field = 0; field < PLAN_CHANGE_FIELDS; field++)
            texts[field] = table_text(table, row, field);
        texts[PLAN_CHANGE_MUNICIPALITY] = codes;
        status = plan_changes_add(import->ctx, changes, kind, texts, where);
    }
    om_free(codes);
    om_free(where);
    return status;
}

om_status data_changes_read(om_context *ctx, data_project *project, const char *path,
                            struct plan_changes *changes)
{
    const struct data_import_options options = {0};
    struct import import;
    om_status status = import_open(ctx, project, path, "changes", &options, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    for (size_t row = 0; row < import.table.n_rows && status == OM_OK; row++)
        if (!import_is_note(&import, row))
            status = read_row(&import, row, changes);
    import_done(&import);
    return status;
}
