#include "planner/genealogy.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const plan_move_names[PLAN_MOVES] = {
    [PLAN_MOVE_STAYED] = "stayed",
    [PLAN_MOVE_TRANSFERRED] = "transferred",
    [PLAN_MOVE_SPLIT_OFF] = "split",
    [PLAN_MOVE_MERGED] = "merged",
};

const char *const plan_family_kind_names[PLAN_FAMILY_KINDS] = {
    [PLAN_FAMILY_UNCHANGED] = "unchanged",     [PLAN_FAMILY_RENAMED] = "renamed",
    [PLAN_FAMILY_TRANSFERRED] = "transferred", [PLAN_FAMILY_SPLIT] = "split",
    [PLAN_FAMILY_MERGED] = "merged",           [PLAN_FAMILY_REDRAWN] = "redrawn",
};

/* The municipalities that an area before and an area after share. */
struct overlap {
    int32_t before, after;
    int32_t n;
    double job_seekers;
    bool is_namesake;
    int32_t family;
};

struct tracing {
    const struct plan_territory *territory;
    const struct plan *before, *after;
    size_t n_overlaps;
    struct overlap *overlaps;
    int32_t *family_of; /* of the areas before, then of those after: another of the family, or itself */
    struct plan_genealogy *out;
};

void plan_genealogy_free(struct plan_genealogy *genealogy)
{
    if (!genealogy)
        return;
    om_free(genealogy->successor);
    om_free(genealogy->predecessor);
    om_free(genealogy->move);
    om_free(genealogy->before_areas);
    om_free(genealogy->after_areas);
    om_free(genealogy->families);
    om_free(genealogy->flows);
    om_free(genealogy);
}

int32_t plan_family_n_moved(const struct plan_family *family)
{
    int32_t n = 0;
    for (int move = PLAN_MOVE_STAYED + 1; move < PLAN_MOVES; move++)
        n += family->n_moves[move];
    return n;
}

double plan_family_job_seekers_moved(const struct plan_family *family)
{
    double job_seekers = 0;
    for (int move = PLAN_MOVE_STAYED + 1; move < PLAN_MOVES; move++)
        job_seekers += family->job_seekers_moves[move];
    return job_seekers;
}

enum plan_family_kind plan_family_kind(const struct plan_family *family)
{
    static const enum plan_family_kind named_after[PLAN_MOVES] = {
        [PLAN_MOVE_TRANSFERRED] = PLAN_FAMILY_TRANSFERRED,
        [PLAN_MOVE_SPLIT_OFF] = PLAN_FAMILY_SPLIT,
        [PLAN_MOVE_MERGED] = PLAN_FAMILY_MERGED,
    };
    enum plan_family_kind kind = family->is_renamed ? PLAN_FAMILY_RENAMED : PLAN_FAMILY_UNCHANGED;
    int n_kinds = 0;
    for (int move = PLAN_MOVE_STAYED + 1; move < PLAN_MOVES; move++)
        if (family->n_moves[move]) {
            kind = named_after[move];
            n_kinds++;
        }
    return n_kinds > 1 ? PLAN_FAMILY_REDRAWN : kind;
}

static double known_job_seekers(const struct plan_territory *territory, size_t m)
{
    double job_seekers = territory->municipalities[m].job_seekers;
    return isnan(job_seekers) ? 0 : job_seekers;
}

static int compare_numbers(double x, double y)
{
    return (x > y) - (x < y);
}

static int compare_places(const void *left, const void *right)
{
    const struct overlap *x = left, *y = right;
    int order = compare_numbers(x->before, y->before);
    if (!order)
        order = compare_numbers(x->after, y->after);
    return order ? order : compare_numbers(x->job_seekers, y->job_seekers); /* so that sums have one order */
}

/* The order in which areas are matched. */
static int compare_claims(const void *left, const void *right)
{
    const struct overlap *x = left, *y = right;
    int order = compare_numbers(y->job_seekers, x->job_seekers);
    if (!order)
        order = compare_numbers(y->n, x->n);
    if (!order)
        order = (int)y->is_namesake - (int)x->is_namesake;
    return order ? order : compare_places(left, right);
}

static void list_overlaps(struct tracing *tracing)
{
    size_t n = tracing->territory->n, kept = 0;
    struct overlap *overlaps = tracing->overlaps;
    for (size_t m = 0; m < n; m++) {
        int32_t before = tracing->before->area_of[m], after = tracing->after->area_of[m];
        overlaps[m] = (struct overlap){
            .before = before,
            .after = after,
            .n = 1,
            .job_seekers = known_job_seekers(tracing->territory, m),
            .is_namesake =
                strcmp(tracing->before->areas[before].name, tracing->after->areas[after].name) == 0,
        };
    }
    qsort(overlaps, n, sizeof *overlaps, compare_places);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || overlaps[kept - 1].before != overlaps[i].before ||
            overlaps[kept - 1].after != overlaps[i].after) {
            overlaps[kept++] = overlaps[i];
            continue;
        }
        overlaps[kept - 1].n++;
        overlaps[kept - 1].job_seekers += overlaps[i].job_seekers;
    }
    tracing->n_overlaps = kept;
    qsort(overlaps, kept, sizeof *overlaps, compare_claims);
}

static void match_areas(struct tracing *tracing)
{
    struct plan_genealogy *out = tracing->out;
    for (size_t a = 0; a < out->n_before; a++)
        out->successor[a] = PLAN_NOWHERE;
    for (size_t a = 0; a < out->n_after; a++)
        out->predecessor[a] = PLAN_NOWHERE;
    for (size_t i = 0; i < tracing->n_overlaps; i++) {
        const struct overlap *claim = &tracing->overlaps[i];
        if (out->successor[claim->before] != PLAN_NOWHERE || out->predecessor[claim->after] != PLAN_NOWHERE)
            continue;
        out->successor[claim->before] = claim->after;
        out->predecessor[claim->after] = claim->before;
    }
}

static enum plan_move move_between(const struct plan_genealogy *out, int32_t before, int32_t after)
{
    if (out->successor[before] == after)
        return PLAN_MOVE_STAYED;
    if (out->successor[before] == PLAN_NOWHERE)
        return PLAN_MOVE_MERGED;
    return out->predecessor[after] == PLAN_NOWHERE ? PLAN_MOVE_SPLIT_OFF : PLAN_MOVE_TRANSFERRED;
}

/* The area that stands for the family; paths to it are halved on the way. */
static int32_t find_family(int32_t *family_of, int32_t area)
{
    while (family_of[area] != area)
        area = family_of[area] = family_of[family_of[area]];
    return area;
}

static void join_families(struct tracing *tracing)
{
    int32_t n_before = (int32_t)tracing->out->n_before;
    for (int32_t i = 0; i < n_before + (int32_t)tracing->out->n_after; i++)
        tracing->family_of[i] = i;
    for (size_t i = 0; i < tracing->n_overlaps; i++) {
        int32_t x = find_family(tracing->family_of, tracing->overlaps[i].before);
        int32_t y = find_family(tracing->family_of, n_before + tracing->overlaps[i].after);
        tracing->family_of[x > y ? x : y] = x < y ? x : y; /* the lowest area before stands for it */
    }
}

/* The families in the order of their first area before; an area's family is their index from here on. */
static void number_families(struct tracing *tracing)
{
    struct plan_genealogy *out = tracing->out;
    size_t n = out->n_before + out->n_after;
    for (size_t i = 0; i < n; i++)
        tracing->family_of[i] = find_family(tracing->family_of, (int32_t)i);
    for (size_t i = 0; i < n; i++)
        tracing->family_of[i] = tracing->family_of[i] == (int32_t)i
                                    ? (int32_t)out->n_families++
                                    : tracing->family_of[tracing->family_of[i]];
}

/* The areas of one side, family by family. */
static void list_areas(const int32_t *family_of, size_t n, bool is_before, struct plan_genealogy *out)
{
    int32_t *areas = is_before ? out->before_areas : out->after_areas;
    size_t listed = 0;
    for (size_t f = 0; f < out->n_families; f++) {
        struct plan_family *family = &out->families[f];
        struct plan_family_areas *side = is_before ? &family->before : &family->after;
        side->first = listed;
        for (size_t a = 0; a < n; a++)
            if (family_of[a] == (int32_t)f)
                areas[listed++] = (int32_t)a;
        side->n = listed - side->first;
    }
}

static void describe_families(struct tracing *tracing)
{
    struct plan_genealogy *out = tracing->out;
    for (size_t m = 0; m < out->n; m++) {
        int32_t before = tracing->before->area_of[m], after = tracing->after->area_of[m];
        struct plan_family *family = &out->families[tracing->family_of[before]];
        enum plan_move move = out->move[m] = move_between(out, before, after);
        family->n_moves[move]++;
        family->job_seekers_moves[move] += known_job_seekers(tracing->territory, m);
        family->is_renamed |= move == PLAN_MOVE_STAYED && strcmp(tracing->before->areas[before].name,
                                                                 tracing->after->areas[after].name) != 0;
    }
}

static int compare_families(const void *left, const void *right)
{
    const struct plan_family *x = left, *y = right;
    int order = compare_numbers(plan_family_job_seekers_moved(y), plan_family_job_seekers_moved(x));
    if (!order)
        order = compare_numbers(plan_family_n_moved(y), plan_family_n_moved(x));
    if (!order)
        order = (int)y->is_renamed - (int)x->is_renamed;
    return order ? order : (x->before.first > y->before.first) - (x->before.first < y->before.first);
}

static int compare_flows(const void *left, const void *right)
{
    const struct overlap *x = left, *y = right;
    int order = compare_numbers(x->family, y->family);
    return order ? order : compare_claims(left, right);
}

/* The families are in their final order; from here on an overlap knows its own. */
static void list_flows(struct tracing *tracing)
{
    struct plan_genealogy *out = tracing->out;
    for (size_t f = 0; f < out->n_families; f++)
        for (size_t i = 0; i < out->families[f].before.n; i++)
            tracing->family_of[out->before_areas[out->families[f].before.first + i]] = (int32_t)f;
    for (size_t i = 0; i < tracing->n_overlaps; i++)
        tracing->overlaps[i].family = tracing->family_of[tracing->overlaps[i].before];
    qsort(tracing->overlaps, tracing->n_overlaps, sizeof *tracing->overlaps, compare_flows);
    for (size_t i = 0; i < tracing->n_overlaps; i++) {
        const struct overlap *it = &tracing->overlaps[i];
        enum plan_move move = move_between(out, it->before, it->after);
        if (move != PLAN_MOVE_STAYED)
            out->flows[out->n_flows++] =
                (struct plan_flow){it->before, it->after, move, it->n, it->job_seekers};
    }
}

static om_status allocate(om_context *ctx, struct tracing *tracing)
{
    struct plan_genealogy *out = tracing->out = om_alloc(1, sizeof *out);
    if (!out)
        return om_no_memory(ctx);
    out->n = tracing->territory->n;
    out->n_before = tracing->before->n_areas;
    out->n_after = tracing->after->n_areas;
    out->successor = om_alloc(out->n_before, sizeof *out->successor);
    out->predecessor = om_alloc(out->n_after, sizeof *out->predecessor);
    out->move = om_alloc(out->n, sizeof *out->move);
    out->before_areas = om_alloc(out->n_before, sizeof *out->before_areas);
    out->after_areas = om_alloc(out->n_after, sizeof *out->after_areas);
    out->families = om_alloc(out->n_before + out->n_after, sizeof *out->families);
    out->flows = om_alloc(out->n, sizeof *out->flows);
    tracing->overlaps = om_alloc(out->n, sizeof *tracing->overlaps);
    tracing->family_of = om_alloc(out->n_before + out->n_after, sizeof *tracing->family_of);
    bool complete = out->successor && out->predecessor && out->move && out->before_areas &&
                    out->after_areas && out->families && out->flows && tracing->overlaps &&
                    tracing->family_of;
    return complete ? OM_OK : om_no_memory(ctx);
}

static om_status check_plan(om_context *ctx, const struct plan_territory *territory, const struct plan *plan)
{
    if (plan->n == territory->n)
        return OM_OK;
    return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("the plan has %zu municipalities, the territory %zu"),
                   plan->n, territory->n);
}

om_status plan_genealogy_trace(om_context *ctx, const struct plan_territory *territory,
                               const struct plan *before, const struct plan *after,
                               struct plan_genealogy **out)
{
    struct tracing tracing = {.territory = territory, .before = before, .after = after};
    om_status status = check_plan(ctx, territory, before);
    if (!status)
        status = check_plan(ctx, territory, after);
    if (!status)
        status = allocate(ctx, &tracing);
    if (status)
        goto done;
    list_overlaps(&tracing);
    match_areas(&tracing);
    join_families(&tracing);
    number_families(&tracing);
    list_areas(tracing.family_of, tracing.out->n_before, true, tracing.out);
    list_areas(tracing.family_of + tracing.out->n_before, tracing.out->n_after, false, tracing.out);
    describe_families(&tracing);
    qsort(tracing.out->families, tracing.out->n_families, sizeof *tracing.out->families, compare_families);
    list_flows(&tracing);
    *out = tracing.out;
    tracing.out = NULL;
done:
    plan_genealogy_free(tracing.out);
    om_free(tracing.overlaps);
    om_free(tracing.family_of);
    return status;
}
