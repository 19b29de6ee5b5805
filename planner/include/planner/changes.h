/*
 * Changes to try on top of a plan and its market: what a what-if is made of. One kind, one row of
 * plan_change_kinds: the command line, files of changes and documents all walk that table.
 *
 * Ending a contract ends it in every municipality of the area and closes the supplier's offices there; other
 * contracts stay with the municipalities they cover, wherever those are moved.
 */
#ifndef PLANNER_CHANGES_H
#define PLANNER_CHANGES_H

#include "planner/market.h"
#include "planner/plan.h"

enum plan_change_kind {
    PLAN_CHANGE_MOVE,  /* municipalities to an area there is */
    PLAN_CHANGE_SPLIT, /* municipalities of one area to a new one */
    PLAN_CHANGE_MERGE, /* areas into one, old or new; one alone into a new one is renamed */
    PLAN_CHANGE_REMOVE_SUPPLIER,
    PLAN_CHANGE_END_CONTRACT,
    PLAN_CHANGE_REMOVE_OFFICE, /* every office of the supplier in the municipality */
    PLAN_CHANGE_ADD_OFFICE,    /* a supplier that is not known is new */
    PLAN_CHANGE_RULES,         /* a condition: see plan_change_is_condition */
    PLAN_CHANGE_TIMES,         /* a condition: the profile of travel times */
    PLAN_CHANGE_KINDS,
};

enum plan_change_field {
    PLAN_CHANGE_SUPPLIER,     /* id, or name where no other supplier has it */
    PLAN_CHANGE_MUNICIPALITY, /* codes, separated by commas or blanks */
    PLAN_CHANGE_AREA,         /* a name; of a merge several, separated by commas */
    PLAN_CHANGE_TO,           /* the name of an area */
    PLAN_CHANGE_NAME,         /* of rules or a profile */
    PLAN_CHANGE_FIELDS,
};
extern const char *const plan_change_field_names[PLAN_CHANGE_FIELDS]; /* "supplier", "municipality" … */

struct plan_change_kind_row {
    const char *name;    /* "move", "remove-supplier" … */
    const char *form;    /* as written: "CODE,…=AREA"; marked for translation */
    const char *pattern; /* the fields by their first letter, with what separates them: "m=t" */
    const char *meaning; /* marked for translation */
};
extern const struct plan_change_kind_row plan_change_kinds[PLAN_CHANGE_KINDS];

struct plan_change {
    enum plan_change_kind kind;
    char *fields[PLAN_CHANGE_FIELDS]; /* NULL where the kind has none */
    char *where;                      /* for messages: "--move 2518=Luleå", "changes.csv, line 3" */
};

struct plan_changes { /* starts as zero bytes */
    size_t n, capacity;
    struct plan_change *items;
};
void plan_changes_done(struct plan_changes *changes);

/* PLAN_CHANGE_KINDS when there is no such kind. */
enum plan_change_kind plan_change_kind_of(const char *name);

/* Conditions hold for all of the answer, wherever they stand among the changes; they are for the caller to
 * look up. The others are applied in order. */
bool plan_change_is_condition(enum plan_change_kind kind);
/* Whether it changes areas, which is what a plan can keep. */
bool plan_change_is_to_plan(enum plan_change_kind kind);
bool plan_change_needs(enum plan_change_kind kind, enum plan_change_field field);

/* Appends a change; texts are copied. OM_BAD_DATA names a field that is missing or has no meaning here. */
om_status plan_changes_add(om_context *ctx, struct plan_changes *changes, enum plan_change_kind kind,
                           const char *const fields[PLAN_CHANGE_FIELDS], const char *where);
/* The same from one text in the kind's form: "2518=Luleå". */
om_status plan_changes_parse(om_context *ctx, struct plan_changes *changes, enum plan_change_kind kind,
                             const char *text, const char *where);
/* The change in its kind's form, without the kind. Owned by the caller; NULL: no memory. */
char *plan_change_text(const struct plan_change *change);

/*
 * Plan and market after the changes, in order; conditions are passed over. The plan gets the name. Neither
 * plan nor market is changed; both results are the caller's. OM_BAD_DATA names the change, the field, its
 * value and what would be right.
 */
om_status plan_changes_apply(om_context *ctx, const struct plan_changes *changes,
                             const struct plan_territory *territory, const struct plan *plan,
                             const struct plan_market *market, const char *name, struct plan **plan_out,
                             struct plan_market **market_out);

#endif
