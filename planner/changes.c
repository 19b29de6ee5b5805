#include "planner/changes.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdio.h>
#include <string.h>

const char *const plan_change_field_names[PLAN_CHANGE_FIELDS] = {
    [PLAN_CHANGE_SUPPLIER] = "supplier", [PLAN_CHANGE_MUNICIPALITY] = "municipality",
    [PLAN_CHANGE_AREA] = "area",         [PLAN_CHANGE_TO] = "to",
    [PLAN_CHANGE_NAME] = "name",
};

const struct plan_change_kind_row plan_change_kinds[PLAN_CHANGE_KINDS] = {
    [PLAN_CHANGE_MOVE] = {"move", OM_NOTE("CODE,…=AREA"), "m=t", OM_NOTE("Move municipalities to an area")},
    [PLAN_CHANGE_SPLIT] = {"split", OM_NOTE("AREA=CODE,…:NAME"), "a=m:t",
                           OM_NOTE("Split municipalities off an area, as a new area NAME")},
    [PLAN_CHANGE_MERGE] = {"merge", OM_NOTE("AREA,…=NAME"), "a=t",
                           OM_NOTE("Merge areas into one; one alone is renamed")},
    [PLAN_CHANGE_REMOVE_SUPPLIER] = {"remove-supplier", OM_NOTE("SUPPLIER"), "s",
                                     OM_NOTE("A supplier leaves")},
    [PLAN_CHANGE_END_CONTRACT] = {"end-contract", OM_NOTE("SUPPLIER@AREA"), "s@a",
                                  OM_NOTE(
                                      "A supplier's contract for an area ends, and its offices there close")},
    [PLAN_CHANGE_REMOVE_OFFICE] = {"remove-office", OM_NOTE("SUPPLIER@CODE"), "s@m",
                                   OM_NOTE("A supplier's offices in a municipality close")},
    [PLAN_CHANGE_ADD_OFFICE] = {"add-office", OM_NOTE("SUPPLIER@CODE"), "s@m",
                                OM_NOTE("A supplier, old or new, opens an office in a municipality")},
    [PLAN_CHANGE_RULES] = {"rules", OM_NOTE("FILE"), "n",
                           OM_NOTE("Judge by other rules (INI, or the name of stored ones)")},
    [PLAN_CHANGE_TIMES] = {"times", OM_NOTE("PROFILE"), "n",
                           OM_NOTE("Judge by another profile of travel times")},
};

void plan_changes_done(struct plan_changes *changes)
{
    for (size_t i = 0; i < changes->n; i++) {
        for (int field = 0; field < PLAN_CHANGE_FIELDS; field++)
            om_free(changes->items[i].fields[field]);
        om_free(changes->items[i].where);
    }
    om_free(changes->items);
    *changes = (struct plan_changes){0};
}

enum plan_change_kind plan_change_kind_of(const char *name)
{
    int kind = 0;
    while (kind < PLAN_CHANGE_KINDS && strcmp(plan_change_kinds[kind].name, name) != 0)
        kind++;
    return (enum plan_change_kind)kind;
}

bool plan_change_is_condition(enum plan_change_kind kind)
{
    return kind == PLAN_CHANGE_RULES || kind == PLAN_CHANGE_TIMES;
}

bool plan_change_is_to_plan(enum plan_change_kind kind)
{
    return kind == PLAN_CHANGE_MOVE || kind == PLAN_CHANGE_SPLIT || kind == PLAN_CHANGE_MERGE;
}

bool plan_change_needs(enum plan_change_kind kind, enum plan_change_field field)
{
    return strchr(plan_change_kinds[kind].pattern, plan_change_field_names[field][0]) != NULL;
}

static enum plan_change_field field_of_letter(char letter)
{
    int field = 0;
    while (field + 1 < PLAN_CHANGE_FIELDS && plan_change_field_names[field][0] != letter)
        field++;
    return (enum plan_change_field)field;
}

static om_status check_fields(om_context *ctx, enum plan_change_kind kind,
                              const char *const fields[PLAN_CHANGE_FIELDS], const char *where)
{
    for (int field = 0; field < PLAN_CHANGE_FIELDS; field++) {
        bool is_given = fields[field] && *fields[field];
        bool is_needed = plan_change_needs(kind, (enum plan_change_field)field);
        if (is_given == is_needed)
            continue;
        if (is_needed)
            return om_fail(ctx, OM_BAD_DATA, om_tr("%s: a change \"%s\" needs a value for \"%s\": %s"), where,
                           plan_change_kinds[kind].name, plan_change_field_names[field],
                           om_tr(plan_change_kinds[kind].form));
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s: %s \"%s\" has no meaning for a change \"%s\"; leave it empty"), where,
                       plan_change_field_names[field], fields[field], plan_change_kinds[kind].name);
    }
    return OM_OK;
}

om_status plan_changes_add(om_context *ctx, struct plan_changes *changes, enum plan_change_kind kind,
                           const char *const fields[PLAN_CHANGE_FIELDS], const char *where)
{
    om_status status = check_fields(ctx, kind, fields, where);
    if (status)
        return status;
    struct plan_change *grown = om_grow(changes->items, &changes->capacity, changes->n + 1, sizeof *grown);
    if (!grown)
        return om_no_memory(ctx);
    changes->items = grown;
    struct plan_change *change = &grown[changes->n++];
    *change = (struct plan_change){.kind = kind, .where = om_strdup(where)};
    bool complete = change->where != NULL;
    for (int field = 0; field < PLAN_CHANGE_FIELDS; field++)
        if (plan_change_needs(kind, (enum plan_change_field)field))
            complete &= (change->fields[field] = om_strdup(fields[field])) != NULL;
    return complete ? OM_OK : om_no_memory(ctx);
}

om_status plan_changes_parse(om_context *ctx, struct plan_changes *changes, enum plan_change_kind kind,
                             const char *text, const char *where)
{
    const char *pattern = plan_change_kinds[kind].pattern, *fields[PLAN_CHANGE_FIELDS] = {0};
    char *copy = om_strdup(text), *rest = copy;
    if (!copy)
        return om_no_memory(ctx);
    om_status status = OM_OK;
    for (size_t i = 0; pattern[i] && status == OM_OK; i += 2) {
        fields[field_of_letter(pattern[i])] = rest;
        if (!pattern[i + 1])
            break;
        rest = strchr(rest, pattern[i + 1]);
        if (!rest)
            status = om_fail(ctx, OM_BAD_DATA, om_tr("%s: \"%s\" is not of the form %s"), where, text,
                             om_tr(plan_change_kinds[kind].form));
        else
            *rest++ = '\0';
    }
    if (status == OM_OK)
        status = plan_changes_add(ctx, changes, kind, fields, where);
    om_free(copy);
    return status;
}

char *plan_change_text(const struct plan_change *change)
{
    const char *pattern = plan_change_kinds[change->kind].pattern;
    char *text = om_strdup("");
    for (size_t i = 0; text && pattern[i]; i++) {
        char separator[] = {pattern[i], '\0'};
        char *longer =
            om_format("%s%s", text, i % 2 ? separator : change->fields[field_of_letter(pattern[i])]);
        om_free(text);
        text = longer;
    }
    return text;
}
