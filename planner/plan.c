#include "planner/plan.h"

#include "listing_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdlib.h>
#include <string.h>

void plan_free(struct plan *plan)
{
    if (!plan)
        return;
    for (size_t a = 0; plan->areas && a < plan->n_areas; a++)
        om_free(plan->areas[a].name);
    om_free(plan->areas);
    om_free(plan->area_of);
    om_free(plan->name);
    om_free(plan);
}

int32_t plan_hole(const struct plan *plan)
{
    for (size_t a = 0; a < plan->n_areas; a++)
        if (plan->areas[a].is_hole)
            return (int32_t)a;
    return PLAN_NOWHERE;
}

char *plan_hole_words(const struct plan_territory *territory, const struct plan *plan)
{
    struct plan_listing listing = {0};
    int32_t hole = plan_hole(plan);
    for (size_t m = 0; m < plan->n && hole != PLAN_NOWHERE; m++)
        if (plan->area_of[m] == hole)
            plan_listing_add(&listing, "%s", territory->municipalities[m].code);
    return om_strdup(plan_listing_text(&listing));
}

/* A row with the municipality it means, and its place among the rows. */
struct row {
    const struct plan_assignment *assignment;
    int32_t municipality;
    size_t place;
};

static int compare_by_code(const void *left, const void *right)
{
    const struct row *x = left, *y = right;
    int order = strcmp(x->assignment->municipality_code, y->assignment->municipality_code);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

static int compare_by_area(const void *left, const void *right)
{
    const struct row *x = left, *y = right;
    return strcmp(x->assignment->area_name, y->assignment->area_name);
}

static om_status check_names(om_context *ctx, const struct plan_assignment *assignments, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct plan_assignment *row = &assignments[i];
        if (row->area_name && *row->area_name && row->municipality_code)
            continue;
        om_status status =
            om_fail(ctx, OM_BAD_DATA, om_tr("municipality \"%s\" has no area name; every row needs one"),
                    row->municipality_code ? row->municipality_code : "");
        return row->where ? om_context_add(ctx, "%s", row->where) : status;
    }
    return OM_OK;
}

static void list_row(struct plan_listing *listing, const struct row *row, bool with_area)
{
    const struct plan_assignment *it = row->assignment;
    const char *area = with_area ? it->area_name : NULL;
    if (area && it->where)
        plan_listing_add(listing, "%s (%s, %s)", it->municipality_code, area, it->where);
    else if (area || it->where)
        plan_listing_add(listing, "%s (%s)", it->municipality_code, area ? area : it->where);
    else
        plan_listing_add(listing, "%s", it->municipality_code);
}

static bool same_code(const struct row *x, const struct row *y)
{
    return strcmp(x->assignment->municipality_code, y->assignment->municipality_code) == 0;
}

static void list_missing(struct plan_listing *listing, const struct plan_territory *territory,
                         const struct row *rows, size_t n)
{
    bool is_first = true;
    size_t i = 0;
    for (size_t m = 0; m < territory->n; m++) {
        const char *code = territory->municipalities[m].code;
        while (i < n && strcmp(rows[i].assignment->municipality_code, code) < 0)
            i++;
        if (i < n && rows[i].municipality == (int32_t)m)
            continue;
        if (is_first)
            plan_listing_heading(listing, om_tr("in no area:"));
        is_first = false;
        plan_listing_add(listing, "%s", code);
    }
}

static void list_unknown(struct plan_listing *listing, const struct row *rows, size_t n)
{
    bool is_first = true;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].municipality != PLAN_NOWHERE)
            continue;
        if (is_first)
            plan_listing_heading(listing, om_tr("unknown municipality:"));
        is_first = false;
        list_row(listing, &rows[i], false);
    }
}

static void list_repeated(struct plan_listing *listing, const struct row *rows, size_t n)
{
    bool is_first = true;
    for (size_t i = 0; i < n; i++) {
        bool like_before = i > 0 && same_code(&rows[i - 1], &rows[i]);
        bool like_after = i + 1 < n && same_code(&rows[i], &rows[i + 1]);
        if (rows[i].municipality == PLAN_NOWHERE || (!like_before && !like_after))
            continue;
        if (is_first)
            plan_listing_heading(listing, om_tr("assigned more than once:"));
        is_first = false;
        list_row(listing, &rows[i], true);
    }
}

/* Every code that is missing, unknown or repeated, in one message. Rows are sorted by code. */
static om_status check_codes(om_context *ctx, const struct plan_territory *territory, const char *name,
                             const struct row *rows, size_t n)
{
    struct plan_listing listing = {0};
    list_unknown(&listing, rows, n);
    list_repeated(&listing, rows, n);
    list_missing(&listing, territory, rows, n);
    if (!listing.used)
        return OM_OK;
    return om_fail(ctx, OM_BAD_DATA, om_tr("plan \"%s\": every municipality must be in exactly one area; %s"),
                   name, plan_listing_text(&listing));
}

static size_t count_areas(const struct row *rows, size_t n)
{
    size_t areas = 0;
    for (size_t i = 0; i < n; i++)
        areas += i == 0 || compare_by_area(&rows[i - 1], &rows[i]) != 0;
    return areas;
}

/* Rows are checked, and sorted by area. */
static om_status build(om_context *ctx, const char *name, const struct row *rows, size_t n, struct plan **out)
{
    struct plan *plan = om_alloc(1, sizeof *plan);
    if (!plan)
        return om_no_memory(ctx);
    plan->n = n;
    plan->n_areas = count_areas(rows, n);
    plan->name = om_strdup(name);
    plan->areas = om_alloc(plan->n_areas, sizeof *plan->areas);
    plan->area_of = om_alloc(n, sizeof *plan->area_of);
    if (!plan->name || !plan->areas || !plan->area_of)
        goto out_of_memory;
    int32_t area = -1;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || compare_by_area(&rows[i - 1], &rows[i]) != 0)
            plan->areas[++area].name = om_strdup(rows[i].assignment->area_name);
        if (!plan->areas[area].name)
            goto out_of_memory;
        plan->areas[area].may_be_discontiguous |= rows[i].assignment->area_may_be_discontiguous;
        plan->area_of[rows[i].municipality] = area;
    }
    *out = plan;
    return OM_OK;
out_of_memory:
    plan_free(plan);
    return om_no_memory(ctx);
}

om_status plan_new(om_context *ctx, const struct plan_territory *territory, const char *name,
                   const struct plan_assignment *assignments, size_t n, struct plan **out)
{
    om_status status = check_names(ctx, assignments, n);
    if (status)
        return status;
    struct row *rows = om_alloc(n, sizeof *rows);
    if (!rows)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct row){&assignments[i],
                               plan_territory_find(territory, assignments[i].municipality_code), i};
    qsort(rows, n, sizeof *rows, compare_by_code);
    status = check_codes(ctx, territory, name, rows, n);
    if (!status) {
        qsort(rows, n, sizeof *rows, compare_by_area);
        status = build(ctx, name, rows, n, out);
    }
    om_free(rows);
    return status;
}

om_status plan_new_unfinished(om_context *ctx, const struct plan_territory *territory, const char *name,
                              const struct plan_assignment *assignments, size_t n, struct plan **out)
{
    struct plan_assignment *rows = om_alloc(n + territory->n, sizeof *rows);
    bool *is_named = om_alloc(territory->n, sizeof *is_named);
    om_status status = rows && is_named ? OM_OK : om_no_memory(ctx);
    size_t n_rows = n;
    int32_t in_hole = PLAN_NOWHERE;
    for (size_t i = 0; i < n && !status; i++) {
        int32_t m = plan_territory_find(territory, assignments[i].municipality_code);
        if (m != PLAN_NOWHERE)
            is_named[m] = true;
        rows[i] = assignments[i];
    }
    for (size_t m = 0; m < territory->n && !status; m++) {
        if (is_named[m])
            continue;
        in_hole = (int32_t)m;
        rows[n_rows++] = (struct plan_assignment){.municipality_code = territory->municipalities[m].code,
                                                  .area_name = om_tr("(in no area)")};
    }
    if (!status)
        status = plan_new(ctx, territory, name, rows, n_rows, out);
    if (!status && in_hole != PLAN_NOWHERE) {
        struct plan_area *hole = &(*out)->areas[(*out)->area_of[in_hole]];
        hole->is_hole = hole->may_be_discontiguous = true;
    }
    om_free(is_named);
    om_free(rows);
    return status;
}

static om_status check_members(om_context *ctx, const struct plan_territory *territory,
                               const struct plan_partition *partition)
{
    struct plan_listing listing = {0};
    for (size_t m = 0; m < territory->n; m++)
        if (partition->member[m] < 0)
            plan_listing_add(&listing, "%s", territory->municipalities[m].code);
    if (!listing.n)
        return OM_OK;
    return om_fail(ctx, OM_BAD_DATA, om_tr("regions of kind \"%s\": municipalities without a region: %s"),
                   partition->kind, plan_listing_text(&listing));
}

/* The region's name; with its code where another region has the same name or it has none. */
static char *area_name(const struct plan_partition *partition, size_t region)
{
    const struct plan_region *it = &partition->regions[region];
    if (!it->name || !*it->name)
        return om_strdup(it->code);
    for (size_t r = 0; r < partition->n_regions; r++)
        if (r != region && partition->regions[r].name && strcmp(partition->regions[r].name, it->name) == 0)
            return om_format("%s (%s)", it->name, it->code);
    return om_strdup(it->name);
}

om_status plan_from_partition(om_context *ctx, const struct plan_territory *territory,
                              const struct plan_partition *partition, const char *name, struct plan **out)
{
    om_status status = check_members(ctx, territory, partition);
    if (status)
        return status;
    char **names = om_alloc(partition->n_regions, sizeof *names);
    struct plan_assignment *rows = om_alloc(territory->n, sizeof *rows);
    if (!names || !rows) {
        status = om_no_memory(ctx);
        goto done;
    }
    for (size_t r = 0; r < partition->n_regions; r++)
        if (!(names[r] = area_name(partition, r))) {
            status = om_no_memory(ctx);
            goto done;
        }
    for (size_t m = 0; m < territory->n; m++)
        rows[m] = (struct plan_assignment){.municipality_code = territory->municipalities[m].code,
                                           .area_name = names[partition->member[m]]};
    status = plan_new(ctx, territory, name, rows, territory->n, out);
done:
    for (size_t r = 0; names && r < partition->n_regions; r++)
        om_free(names[r]);
    om_free(names);
    om_free(rows);
    return status;
}
