#include "planner/changes.h"

#include "listing_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The plan and the market while they are being changed. Areas may be empty; their names are borrowed. */
struct draft {
    om_context *ctx;
    const struct plan_territory *territory;
    size_t n_areas, area_capacity;
    struct draft_area {
        const char *name;
        bool may_be_discontiguous, is_hole;
    } * areas;
    int32_t *area_of;
    struct plan_market *market;
    size_t supplier_capacity, office_capacity;
};

/* "--move 25=X: municipality "25": needs …" */
static om_status wrong(struct draft *draft, const struct plan_change *change, enum plan_change_field field,
                       const char *value, const char *needed)
{
    return om_fail(draft->ctx, OM_BAD_DATA, om_tr("%s: %s \"%s\": needs %s"), change->where,
                   plan_change_field_names[field], value, needed);
}

/* ---- areas ---- */

static bool has_members(const struct draft *draft, int32_t area)
{
    for (size_t m = 0; m < draft->territory->n; m++)
        if (draft->area_of[m] == area)
            return true;
    return false;
}

static int32_t find_area(const struct draft *draft, const char *name)
{
    for (size_t a = 0; a < draft->n_areas; a++)
        if (strcmp(draft->areas[a].name, name) == 0 && has_members(draft, (int32_t)a))
            return (int32_t)a;
    return PLAN_NOWHERE;
}

static om_status known_area(struct draft *draft, const struct plan_change *change,
                            enum plan_change_field field, const char *name, int32_t *out)
{
    struct plan_listing listing = {0};
    *out = find_area(draft, name);
    if (*out != PLAN_NOWHERE)
        return OM_OK;
    plan_listing_heading(&listing, om_tr("an area of the plan:"));
    for (size_t a = 0; a < draft->n_areas; a++)
        if (has_members(draft, (int32_t)a))
            plan_listing_add(&listing, "%s", draft->areas[a].name);
    return wrong(draft, change, field, name, plan_listing_text(&listing));
}

static om_status add_area(struct draft *draft, const char *name, int32_t *out)
{
    void *grown = om_grow(draft->areas, &draft->area_capacity, draft->n_areas + 1, sizeof *draft->areas);
    if (!grown)
        return om_no_memory(draft->ctx);
    draft->areas = grown;
    *out = (int32_t)draft->n_areas;
    draft->areas[draft->n_areas++] = (struct draft_area){.name = name};
    return OM_OK;
}

/* ---- lists in a field ---- */

/* What is done with each item of a field that holds several. */
typedef om_status item_fn(struct draft *draft, const struct plan_change *change, const char *item,
                          int32_t from, int32_t to);

static char *without_blanks(char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length && strchr(" \t", text[length - 1]))
        text[--length] = '\0';
    return text;
}

static om_status for_each_item(struct draft *draft, const struct plan_change *change,
                               enum plan_change_field field, const char *separators, item_fn *act,
                               int32_t from, int32_t to)
{
    size_t n = 0;
    char *copy = om_strdup(change->fields[field]), *rest = copy, *item;
    om_status status = copy ? OM_OK : om_no_memory(draft->ctx);
    while (status == OM_OK && (item = strtok_r(NULL, separators, &rest))) {
        item = without_blanks(item);
        if (!*item)
            continue;
        n++;
        status = act(draft, change, item, from, to);
    }
    if (status == OM_OK && n == 0)
        status = wrong(draft, change, field, change->fields[field], om_tr("at least one"));
    om_free(copy);
    return status;
}

static om_status known_municipality(struct draft *draft, const struct plan_change *change, const char *code,
                                    int32_t *out)
{
    *out = plan_territory_find(draft->territory, code);
    if (*out != PLAN_NOWHERE)
        return OM_OK;
    char needed[160];
    snprintf(needed, sizeof needed, om_tr("the code of a municipality, such as %s"),
             draft->territory->n ? draft->territory->municipalities[0].code : "");
    return wrong(draft, change, PLAN_CHANGE_MUNICIPALITY, code, needed);
}

/* From a named area, or from any (PLAN_NOWHERE) but the one it goes to. */
static om_status move_one(struct draft *draft, const struct plan_change *change, const char *code,
                          int32_t from, int32_t to)
{
    int32_t m = PLAN_NOWHERE;
    om_status status = known_municipality(draft, change, code, &m);
    if (status)
        return status;
    char needed[512];
    if (from != PLAN_NOWHERE && draft->area_of[m] != from) {
        snprintf(needed, sizeof needed, om_tr("a municipality of the area; this one is in \"%s\""),
                 draft->areas[draft->area_of[m]].name);
        return wrong(draft, change, PLAN_CHANGE_MUNICIPALITY, code, needed);
    }
    if (draft->area_of[m] == to)
        return wrong(draft, change, PLAN_CHANGE_MUNICIPALITY, code,
                     om_tr("a municipality that is not in the area yet"));
    draft->area_of[m] = to;
    return OM_OK;
}

/* Codes have no blanks or commas in them. */
static const char code_separators[] = ",; \t";

/* ---- the kinds that change areas ---- */

static om_status move(struct draft *draft, const struct plan_change *change)
{
    int32_t to = PLAN_NOWHERE;
    om_status status = known_area(draft, change, PLAN_CHANGE_TO, change->fields[PLAN_CHANGE_TO], &to);
    return status ? status
                  : for_each_item(draft, change, PLAN_CHANGE_MUNICIPALITY, code_separators, move_one,
                                  PLAN_NOWHERE, to);
}

static om_status split(struct draft *draft, const struct plan_change *change)
{
    int32_t from = PLAN_NOWHERE, to = PLAN_NOWHERE;
    const char *area = change->fields[PLAN_CHANGE_AREA], *name = change->fields[PLAN_CHANGE_TO];
    om_status status = known_area(draft, change, PLAN_CHANGE_AREA, area, &from);
    if (status)
        return status;
    if (find_area(draft, name) != PLAN_NOWHERE)
        return wrong(draft, change, PLAN_CHANGE_TO, name, om_tr("a name that no area of the plan has"));
    status = add_area(draft, name, &to);
    if (!status)
        status = for_each_item(draft, change, PLAN_CHANGE_MUNICIPALITY, code_separators, move_one, from, to);
    if (!status && !has_members(draft, from))
        status = wrong(draft, change, PLAN_CHANGE_MUNICIPALITY, change->fields[PLAN_CHANGE_MUNICIPALITY],
                       om_tr("some municipalities of the area, not all of them; merge renames an area"));
    return status;
}

static om_status merge_one(struct draft *draft, const struct plan_change *change, const char *name,
                           int32_t from, int32_t to)
{
    (void)from;
    int32_t area = PLAN_NOWHERE;
    om_status status = known_area(draft, change, PLAN_CHANGE_AREA, name, &area);
    if (status)
        return status;
    if (!draft->areas[area].is_hole)
        draft->areas[to].may_be_discontiguous |= draft->areas[area].may_be_discontiguous;
    for (size_t m = 0; m < draft->territory->n; m++)
        if (draft->area_of[m] == area)
            draft->area_of[m] = to;
    return OM_OK;
}

static om_status find_one(struct draft *draft, const struct plan_change *change, const char *name,
                          int32_t from, int32_t to)
{
    (void)from;
    (void)to;
    int32_t area = PLAN_NOWHERE;
    return known_area(draft, change, PLAN_CHANGE_AREA, name, &area);
}

/* A name with a comma in it is taken whole where an area has it. */
static om_status merge(struct draft *draft, const struct plan_change *change)
{
    const char *areas = change->fields[PLAN_CHANGE_AREA], *name = change->fields[PLAN_CHANGE_TO];
    const char *separators = find_area(draft, areas) == PLAN_NOWHERE ? ",;" : "";
    if (strcmp(areas, name) == 0)
        return wrong(draft, change, PLAN_CHANGE_TO, name,
                     om_tr("another name, or another area to merge with"));
    om_status status =
        for_each_item(draft, change, PLAN_CHANGE_AREA, separators, find_one, PLAN_NOWHERE, PLAN_NOWHERE);
    int32_t to = find_area(draft, name);
    if (!status && to == PLAN_NOWHERE)
        status = add_area(draft, name, &to);
    if (!status)
        status = for_each_item(draft, change, PLAN_CHANGE_AREA, separators, merge_one, PLAN_NOWHERE, to);
    return status;
}

/* ---- the kinds that change the market ---- */

/* By id, else by a name that one supplier only has. */
static int32_t find_supplier(const struct plan_market *market, const char *text)
{
    int32_t found = PLAN_NOWHERE, n = 0;
    for (size_t s = 0; s < market->n_suppliers; s++) {
        if (strcmp(market->suppliers[s].id, text) == 0)
            return (int32_t)s;
        if (market->suppliers[s].name && strcmp(market->suppliers[s].name, text) == 0) {
            found = (int32_t)s;
            n++;
        }
    }
    return n == 1 ? found : PLAN_NOWHERE;
}

static om_status known_supplier(struct draft *draft, const struct plan_change *change, int32_t *out)
{
    const char *supplier = change->fields[PLAN_CHANGE_SUPPLIER];
    *out = find_supplier(draft->market, supplier);
    if (*out != PLAN_NOWHERE)
        return OM_OK;
    char needed[320];
    snprintf(needed, sizeof needed, om_tr("the id of a supplier, such as %s, or a name that only one has"),
             draft->market->n_suppliers ? draft->market->suppliers[0].id : "");
    return wrong(draft, change, PLAN_CHANGE_SUPPLIER, supplier, needed);
}

/* Where a supplier withdraws from: everywhere, an area or a municipality. */
struct withdrawal {
    int32_t supplier, area, municipality; /* PLAN_NOWHERE: any */
    bool keeps_contracts;
};

static bool concerns(const struct draft *draft, const struct withdrawal *it, int32_t supplier,
                     int32_t municipality)
{
    return supplier == it->supplier &&
           (it->area == PLAN_NOWHERE || draft->area_of[municipality] == it->area) &&
           (it->municipality == PLAN_NOWHERE || municipality == it->municipality);
}

/* Returns how many offices and contracts went. Both lists keep their order. */
static size_t withdraw(struct draft *draft, const struct withdrawal *it)
{
    struct plan_market *market = draft->market;
    size_t n_offices = 0, n_contracts = 0;
    for (size_t i = 0; i < market->n_offices; i++)
        if (!concerns(draft, it, market->offices[i].supplier, market->offices[i].municipality))
            market->offices[n_offices++] = market->offices[i];
    for (size_t i = 0; i < market->n_contracts; i++)
        if (it->keeps_contracts ||
            !concerns(draft, it, market->contracts[i].supplier, market->contracts[i].municipality))
            market->contracts[n_contracts++] = market->contracts[i];
    size_t n_gone = market->n_offices - n_offices + market->n_contracts - n_contracts;
    market->n_offices = n_offices;
    market->n_contracts = n_contracts;
    return n_gone;
}

static om_status remove_supplier(struct draft *draft, const struct plan_change *change)
{
    struct withdrawal it = {PLAN_NOWHERE, PLAN_NOWHERE, PLAN_NOWHERE, false};
    om_status status = known_supplier(draft, change, &it.supplier);
    if (!status && withdraw(draft, &it) == 0)
        status = wrong(draft, change, PLAN_CHANGE_SUPPLIER, change->fields[PLAN_CHANGE_SUPPLIER],
                       om_tr("a supplier that has an office or a contract"));
    return status;
}

static om_status end_contract(struct draft *draft, const struct plan_change *change)
{
    struct withdrawal it = {PLAN_NOWHERE, PLAN_NOWHERE, PLAN_NOWHERE, false};
    om_status status = known_supplier(draft, change, &it.supplier);
    if (!status)
        status = known_area(draft, change, PLAN_CHANGE_AREA, change->fields[PLAN_CHANGE_AREA], &it.area);
    if (!status && withdraw(draft, &it) == 0)
        status = wrong(draft, change, PLAN_CHANGE_AREA, change->fields[PLAN_CHANGE_AREA],
                       om_tr("an area where the supplier has a contract or an office"));
    return status;
}

static om_status remove_office(struct draft *draft, const struct plan_change *change)
{
    struct withdrawal it = {PLAN_NOWHERE, PLAN_NOWHERE, PLAN_NOWHERE, true};
    const char *code = change->fields[PLAN_CHANGE_MUNICIPALITY];
    om_status status = known_supplier(draft, change, &it.supplier);
    if (!status)
        status = known_municipality(draft, change, code, &it.municipality);
    if (!status && withdraw(draft, &it) == 0)
        status = wrong(draft, change, PLAN_CHANGE_MUNICIPALITY, code,
                       om_tr("a municipality where the supplier has an office"));
    return status;
}

static om_status new_supplier(struct draft *draft, const char *id, int32_t *out)
{
    struct plan_market *market = draft->market;
    void *grown = om_grow(market->suppliers, &draft->supplier_capacity, market->n_suppliers + 1,
                          sizeof *market->suppliers);
    if (!grown)
        return om_no_memory(draft->ctx);
    market->suppliers = grown;
    *out = (int32_t)market->n_suppliers;
    struct plan_supplier *supplier = &market->suppliers[market->n_suppliers++];
    *supplier = (struct plan_supplier){om_strdup(id), om_strdup(id)};
    return supplier->id && supplier->name ? OM_OK : om_no_memory(draft->ctx);
}

static om_status add_office(struct draft *draft, const struct plan_change *change)
{
    struct plan_market *market = draft->market;
    int32_t supplier = find_supplier(market, change->fields[PLAN_CHANGE_SUPPLIER]), m = PLAN_NOWHERE;
    om_status status = known_municipality(draft, change, change->fields[PLAN_CHANGE_MUNICIPALITY], &m);
    if (!status && supplier == PLAN_NOWHERE)
        status = new_supplier(draft, change->fields[PLAN_CHANGE_SUPPLIER], &supplier);
    if (status)
        return status;
    void *grown =
        om_grow(market->offices, &draft->office_capacity, market->n_offices + 1, sizeof *market->offices);
    if (!grown)
        return om_no_memory(draft->ctx);
    market->offices = grown;
    market->offices[market->n_offices++] = (struct plan_office){supplier, m, true, {NAN, NAN}};
    return OM_OK;
}

typedef om_status apply_fn(struct draft *draft, const struct plan_change *change);
static apply_fn *const appliers[PLAN_CHANGE_KINDS] = {
    [PLAN_CHANGE_MOVE] = move,
    [PLAN_CHANGE_SPLIT] = split,
    [PLAN_CHANGE_MERGE] = merge,
    [PLAN_CHANGE_REMOVE_SUPPLIER] = remove_supplier,
    [PLAN_CHANGE_END_CONTRACT] = end_contract,
    [PLAN_CHANGE_REMOVE_OFFICE] = remove_office,
    [PLAN_CHANGE_ADD_OFFICE] = add_office,
    /* conditions have none */
};

/* ---- from plan and market to a draft, and back ---- */

static om_status draft_areas(struct draft *draft, const struct plan *plan)
{
    if (plan->n != draft->territory->n)
        return om_fail(draft->ctx, OM_INVALID_ARGUMENT,
                       om_tr("the plan has %zu municipalities, the territory %zu"), plan->n,
                       draft->territory->n);
    draft->area_of = om_alloc(plan->n, sizeof *draft->area_of);
    draft->areas = om_alloc(plan->n_areas, sizeof *draft->areas);
    if (!draft->area_of || !draft->areas)
        return om_no_memory(draft->ctx);
    draft->n_areas = draft->area_capacity = plan->n_areas;
    for (size_t m = 0; m < plan->n; m++)
        draft->area_of[m] = plan->area_of[m];
    for (size_t a = 0; a < plan->n_areas; a++)
        draft->areas[a] = (struct draft_area){plan->areas[a].name, plan->areas[a].may_be_discontiguous,
                                              plan->areas[a].is_hole};
    return OM_OK;
}

static om_status copy_market(struct draft *draft, const struct plan_market *market)
{
    struct plan_market *copy = draft->market = om_alloc(1, sizeof *copy);
    if (!copy)
        return om_no_memory(draft->ctx);
    copy->suppliers = om_alloc(market->n_suppliers, sizeof *copy->suppliers);
    copy->offices = om_alloc(market->n_offices, sizeof *copy->offices);
    copy->contracts = om_alloc(market->n_contracts, sizeof *copy->contracts);
    if (!copy->suppliers || !copy->offices || !copy->contracts)
        return om_no_memory(draft->ctx);
    draft->supplier_capacity = copy->n_suppliers = market->n_suppliers;
    draft->office_capacity = copy->n_offices = market->n_offices;
    copy->n_contracts = market->n_contracts;
    bool complete = true;
    for (size_t s = 0; s < market->n_suppliers; s++) {
        const struct plan_supplier *it = &market->suppliers[s];
        copy->suppliers[s] = (struct plan_supplier){om_strdup(it->id), it->name ? om_strdup(it->name) : NULL};
        complete &= copy->suppliers[s].id && !it->name == !copy->suppliers[s].name;
    }
    for (size_t i = 0; i < market->n_offices; i++)
        copy->offices[i] = market->offices[i];
    for (size_t i = 0; i < market->n_contracts; i++)
        copy->contracts[i] = market->contracts[i];
    return complete ? OM_OK : om_no_memory(draft->ctx);
}

/* Areas without members are left behind; who is in the hole is in no area. */
static om_status plan_of_draft(const struct draft *draft, const char *name, struct plan **out)
{
    size_t n = draft->territory->n, n_rows = 0;
    struct plan_assignment *rows = om_alloc(n, sizeof *rows);
    if (!rows)
        return om_no_memory(draft->ctx);
    for (size_t m = 0; m < n; m++) {
        const struct draft_area *area = &draft->areas[draft->area_of[m]];
        if (area->is_hole)
            continue;
        rows[n_rows++] =
            (struct plan_assignment){.municipality_code = draft->territory->municipalities[m].code,
                                     .area_name = area->name,
                                     .area_may_be_discontiguous = area->may_be_discontiguous};
    }
    om_status status = plan_new_unfinished(draft->ctx, draft->territory, name, rows, n_rows, out);
    om_free(rows);
    return status;
}

om_status plan_changes_apply(om_context *ctx, const struct plan_changes *changes,
                             const struct plan_territory *territory, const struct plan *plan,
                             const struct plan_market *market, const char *name, struct plan **plan_out,
                             struct plan_market **market_out)
{
    struct draft draft = {.ctx = ctx, .territory = territory};
    om_status status = draft_areas(&draft, plan);
    if (!status)
        status = copy_market(&draft, market);
    for (size_t i = 0; i < changes->n && !status; i++)
        if (appliers[changes->items[i].kind])
            status = appliers[changes->items[i].kind](&draft, &changes->items[i]);
    if (!status)
        status = plan_market_sort(ctx, draft.market);
    if (!status)
        status = plan_of_draft(&draft, name, plan_out);
    if (!status) {
        *market_out = draft.market;
        draft.market = NULL;
    }
    plan_market_free(draft.market);
    om_free(draft.areas);
    om_free(draft.area_of);
    return status;
}
