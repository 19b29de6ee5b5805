#include "planner/alignment.h"

#include "evaluation_internal.h"

#include "geo/memory.h"

#include <stdlib.h>

/* The municipalities that one area and one region share. */
struct piece {
    int32_t area, region;
    int32_t n;
    double job_seekers; /* known ones */
};

struct alignment_input {
    const struct plan_territory *territory;
    const struct plan *plan;
    const struct plan_partition *reference;
    const struct plan_travel *travel;
    const struct plan_rules *rules;
    struct plan_region_facts *regions;
};

void plan_alignment_free(struct plan_alignment *alignment)
{
    if (!alignment)
        return;
    om_free(alignment->areas);
    om_free(alignment->splits);
    om_free(alignment);
}

static int compare_by_area(const void *left, const void *right)
{
    const struct piece *x = left, *y = right;
    if (x->area != y->area)
        return x->area < y->area ? -1 : 1;
    if (x->region != y->region)
        return x->region < y->region ? -1 : 1;
    return (x->job_seekers > y->job_seekers) - (x->job_seekers < y->job_seekers); /* one order of sums */
}

static int compare_by_region(const void *left, const void *right)
{
    const struct piece *x = left, *y = right;
    if (x->region != y->region)
        return x->region < y->region ? -1 : 1;
    return (x->area > y->area) - (x->area < y->area);
}

/* Pieces sorted by area and region, those outside every region (PLAN_NOWHERE) included. Returns how many. */
static size_t list_pieces(const struct alignment_input *in, struct piece *pieces)
{
    size_t n = in->territory->n, kept = 0;
    for (size_t m = 0; m < n; m++) {
        double job_seekers = in->territory->municipalities[m].job_seekers;
        int32_t region = in->reference->member[m] < 0 ? PLAN_NOWHERE : in->reference->member[m];
        pieces[m] = (struct piece){in->plan->area_of[m], region, 1, isnan(job_seekers) ? 0 : job_seekers};
    }
    qsort(pieces, n, sizeof *pieces, compare_by_area);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || compare_by_region(&pieces[kept - 1], &pieces[i]) != 0) {
            pieces[kept++] = pieces[i];
            continue;
        }
        pieces[kept - 1].n++;
        pieces[kept - 1].job_seekers += pieces[i].job_seekers;
    }
    return kept;
}

/* Of equals, the first. */
static bool is_larger(const struct piece *x, const struct piece *y)
{
    return plan_piece_is_larger(x->job_seekers, x->n, y->job_seekers, y->n);
}

static void describe_area(const struct piece *pieces, size_t n, struct plan_area_alignment *out)
{
    const struct piece *largest = NULL;
    double job_seekers = 0;
    int32_t municipalities = 0, n_regions = 0;
    for (size_t i = 0; i < n; i++) {
        job_seekers += pieces[i].job_seekers;
        municipalities += pieces[i].n;
        if (pieces[i].region == PLAN_NOWHERE)
            continue;
        n_regions++;
        if (!largest || is_larger(&pieces[i], largest))
            largest = &pieces[i];
    }
    *out = (struct plan_area_alignment){PLAN_NOWHERE, NAN, n_regions};
    if (!largest)
        return;
    out->dominant_region = largest->region;
    out->dominant_share =
        job_seekers > 0 ? largest->job_seekers / job_seekers : (double)largest->n / municipalities;
}

struct plan_region_facts *plan_region_facts_new(const struct plan_territory *territory,
                                                const struct plan_partition *reference)
{
    struct plan_region_facts *regions = om_alloc(reference->n_regions, sizeof *regions);
    for (size_t r = 0; regions && r < reference->n_regions; r++)
        regions[r].largest_seat = PLAN_NOWHERE;
    for (size_t m = 0; regions && m < territory->n; m++) {
        double population = territory->municipalities[m].population;
        if (reference->member[m] < 0 || !(population > 0))
            continue;
        struct plan_region_facts *region = &regions[reference->member[m]];
        region->population += population;
        if (region->largest_seat == PLAN_NOWHERE ||
            population > territory->municipalities[region->largest_seat].population)
            region->largest_seat = (int32_t)m;
    }
    return regions;
}

bool plan_is_beyond_seat(const struct plan_region_facts *region, const struct plan_travel *travel,
                         const struct plan_rules *rules, int32_t m)
{
    return region->largest_seat != PLAN_NOWHERE && plan_travel_is_known(travel) &&
           !(plan_duration_s(travel, m, region->largest_seat) <= rules->max_minutes * 60);
}

/* More than half of the piece's job seekers cannot reach the seat within the limit; where no job seekers are
 * known, of its municipalities. */
static bool is_beyond_commuting(const struct alignment_input *in, const struct piece *piece)
{
    double beyond = 0;
    int32_t n_beyond = 0;
    for (size_t m = 0; m < in->territory->n; m++) {
        if (in->plan->area_of[m] != piece->area || in->reference->member[m] != piece->region ||
            !plan_is_beyond_seat(&in->regions[piece->region], in->travel, in->rules, (int32_t)m))
            continue;
        n_beyond++;
        if (in->territory->municipalities[m].job_seekers > 0)
            beyond += in->territory->municipalities[m].job_seekers;
    }
    return plan_piece_is_beyond(beyond, piece->job_seekers, n_beyond, piece->n);
}

static enum plan_split_reason find_reason(const struct alignment_input *in, const struct piece *piece)
{
    if (in->regions[piece->region].population > in->rules->metropolitan_population)
        return PLAN_SPLIT_METROPOLITAN;
    return is_beyond_commuting(in, piece) ? PLAN_SPLIT_COMMUTING : PLAN_SPLIT_UNEXPLAINED;
}

/* The pieces of one region; all but the largest are splits. */
static void describe_region(const struct alignment_input *in, const struct piece *pieces, size_t n,
                            struct plan_alignment *out)
{
    size_t largest = 0;
    for (size_t i = 1; i < n; i++)
        if (is_larger(&pieces[i], &pieces[largest]))
            largest = i;
    for (size_t i = 0; i < n && pieces[i].region != PLAN_NOWHERE; i++)
        if (i != largest)
            out->splits[out->n_splits++] = (struct plan_split){
                pieces[i].region, pieces[i].area, pieces[i].job_seekers, find_reason(in, &pieces[i])};
}

static int compare_splits(const void *left, const void *right)
{
    const struct plan_split *x = left, *y = right;
    bool x_open = x->reason == PLAN_SPLIT_UNEXPLAINED, y_open = y->reason == PLAN_SPLIT_UNEXPLAINED;
    if (x_open != y_open)
        return x_open ? -1 : 1;
    if (x->job_seekers != y->job_seekers)
        return x->job_seekers > y->job_seekers ? -1 : 1;
    if (x->region != y->region)
        return x->region < y->region ? -1 : 1;
    return (x->area > y->area) - (x->area < y->area);
}

static void describe_pieces(const struct alignment_input *in, struct piece *pieces, size_t n,
                            struct plan_alignment *out)
{
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && pieces[end].area == pieces[i].area; end++)
            continue;
        describe_area(pieces + i, end - i, &out->areas[pieces[i].area]);
    }
    qsort(pieces, n, sizeof *pieces, compare_by_region);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && pieces[end].region == pieces[i].region; end++)
            continue;
        describe_region(in, pieces + i, end - i, out);
    }
    qsort(out->splits, out->n_splits, sizeof *out->splits, compare_splits);
}

static om_status measure(om_context *ctx, const struct alignment_input *in, struct plan_alignment *out)
{
    size_t n = in->territory->n;
    double *weight = om_alloc(n, sizeof *weight);
    if (!weight)
        return om_no_memory(ctx);
    for (size_t m = 0; m < n; m++)
        weight[m] = in->territory->municipalities[m].job_seekers;
    om_status status =
        plan_agreement_compute(ctx, n, in->plan->area_of, in->plan->n_areas, in->reference->member,
                               in->reference->n_regions, NULL, &out->by_municipality);
    if (!status)
        status = plan_agreement_compute(ctx, n, in->plan->area_of, in->plan->n_areas, in->reference->member,
                                        in->reference->n_regions, weight, &out->by_job_seekers);
    om_free(weight);
    return status;
}

om_status plan_alignment_compute(om_context *ctx, const struct plan_territory *territory,
                                 const struct plan *plan, const struct plan_partition *reference,
                                 const struct plan_travel *travel, const struct plan_rules *rules,
                                 struct plan_alignment **out)
{
    struct alignment_input in = {territory, plan,  reference,
                                 travel,    rules, plan_region_facts_new(territory, reference)};
    om_status status = OM_OK;
    struct piece *pieces = om_alloc(territory->n, sizeof *pieces);
    struct plan_alignment *alignment = om_alloc(1, sizeof *alignment);
    if (alignment) {
        alignment->reference = reference;
        alignment->n_areas = plan->n_areas;
        alignment->areas = om_alloc(plan->n_areas, sizeof *alignment->areas);
        alignment->splits = om_alloc(territory->n, sizeof *alignment->splits);
    }
    if (!in.regions || !pieces || !alignment || !alignment->areas || !alignment->splits) {
        status = om_no_memory(ctx);
        goto done;
    }
    describe_pieces(&in, pieces, list_pieces(&in, pieces), alignment);
    status = measure(ctx, &in, alignment);
    if (status)
        goto done;
    *out = alignment;
    alignment = NULL;
done:
    plan_alignment_free(alignment);
    om_free(in.regions);
    om_free(pieces);
    return status;
}
