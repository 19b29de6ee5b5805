#include "draft_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

void plan_draft_free(plan_draft *draft)
{
    if (!draft)
        return;
    plan_zones_free(draft->zones);
    om_free(draft->suppliers_inside);
    om_free(draft->options);
    om_free(draft->presence);
    om_free(draft->areas);
    for (int division = 0; division < PLAN_DIVISIONS; division++) {
        om_free(draft->divisions[division].pieces);
        om_free(draft->divisions[division].n_pieces);
        om_free(draft->divisions[division].unexplained);
    }
    om_free(draft);
}

const struct plan_zones *plan_draft_zones(const plan_draft *draft)
{
    return draft->zones;
}

const struct plan_score *plan_draft_score(const plan_draft *draft)
{
    return &draft->score;
}

static om_status make_room(om_context *ctx, struct plan_draft *draft)
{
    const struct plan_ground *ground = draft->ground;
    size_t n_slots = draft->zones->n_slots;
    draft->suppliers_inside = om_alloc(ground->n, sizeof *draft->suppliers_inside);
    draft->options = om_alloc(ground->n_words, sizeof *draft->options);
    draft->presence = om_alloc(n_slots * ground->n_suppliers, sizeof *draft->presence);
    draft->areas = om_alloc(n_slots, sizeof *draft->areas);
    bool has_room = draft->suppliers_inside && draft->options && draft->presence && draft->areas;
    for (int division = 0; division < PLAN_DIVISIONS; division++) {
        struct plan_draft_division *it = &draft->divisions[division];
        it->pieces = om_alloc(ground->n, sizeof *it->pieces);
        it->n_pieces = om_alloc(ground->divisions[division].n, sizeof *it->n_pieces);
        it->unexplained = om_alloc(ground->divisions[division].n, sizeof *it->unexplained);
        has_room &= it->pieces && it->n_pieces && it->unexplained;
    }
    return has_room ? OM_OK : om_no_memory(ctx);
}

/* m goes (-1) from all tallies of its area, or comes (1) into them. */
static void count_member(struct plan_draft *draft, int32_t m, int32_t change)
{
    struct plan_area_tally *area = &draft->areas[draft->zones->area_of[m]];
    int64_t *goal = draft->score.goal;
    goal[PLAN_GOAL_MISALIGNED] -= plan_draft_outside(area, PLAN_DIVISION_REFERENCE);
    goal[PLAN_GOAL_MOVED] -= plan_draft_outside(area, PLAN_DIVISION_START);
    plan_draft_count_market(draft, m, change);
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        plan_draft_count_division(draft, m, change, (enum plan_division)division);
    goal[PLAN_GOAL_MISALIGNED] += plan_draft_outside(area, PLAN_DIVISION_REFERENCE);
    goal[PLAN_GOAL_MOVED] += plan_draft_outside(area, PLAN_DIVISION_START);
}

/* Everything is outside every area at first, as it were, and comes in one by one. */
static void fill(struct plan_draft *draft)
{
    const struct plan_zones *zones = draft->zones;
    int64_t border_m = 0;
    for (size_t a = 0; a < zones->n_slots; a++)
        for (int division = 0; division < PLAN_DIVISIONS; division++)
            draft->areas[a].divisions[division].first_piece =
                draft->areas[a].divisions[division].largest_piece = PLAN_NOWHERE;
    for (int32_t m = 0; m < (int32_t)zones->n; m++) {
        plan_draft_count_options(draft, m);
        count_member(draft, m, 1);
        border_m += plan_zones_foreign_border_m(zones, m);
    }
    draft->score.goal[PLAN_GOAL_BORDER] = border_m / 2; /* counted from both sides */
    draft->score.violation += plan_draft_count_violation(&draft->ground->limits, zones->n_areas);
    plan_draft_score_travel(draft, &draft->score);
}

om_status plan_draft_new(om_context *ctx, const plan_ground *ground, const int32_t *area_of, size_t n_slots,
                         plan_draft **out)
{
    const struct plan_search_rules *rules = &ground->input->rules->search;
    struct plan_draft *draft = om_alloc(1, sizeof *draft);
    if (!draft)
        return om_no_memory(ctx);
    draft->ground = ground;
    draft->tracks_travel =
        rules->weight[PLAN_GOAL_INTERNAL_TRAVEL] > 0 || isfinite(ground->limits.max_trip_s);
    om_status status = plan_zones_new(ctx, ground->adjacency, area_of, n_slots, &draft->zones);
    if (!status)
        status = make_room(ctx, draft);
    if (status) {
        plan_draft_free(draft);
        return status;
    }
    fill(draft);
    *out = draft;
    return OM_OK;
}

void plan_draft_probe(const plan_draft *draft, int32_t m, int32_t area, struct plan_score *out)
{
    *out = draft->score;
    plan_draft_probe_supply(draft, m, area, out);
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        plan_draft_probe_division(draft, m, area, (enum plan_division)division, out);
    plan_draft_probe_travel(draft, m, area, out);
}

void plan_draft_move(plan_draft *draft, int32_t m, int32_t area)
{
    struct plan_zones *zones = draft->zones;
    const struct plan_limits *limits = &draft->ground->limits;
    int32_t from = zones->area_of[m];
    if (from == area)
        return;
    plan_draft_probe_travel(draft, m, area, &draft->score);
    draft->score.goal[PLAN_GOAL_BORDER] +=
        plan_zones_border_m(zones, m, from) - plan_zones_border_m(zones, m, area);
    draft->score.violation -= plan_draft_count_violation(limits, zones->n_areas);
    count_member(draft, m, -1);
    plan_draft_open_offices(draft, m, -1);
    plan_zones_move(zones, m, area);
    plan_draft_open_offices(draft, m, 1);
    plan_draft_count_options(draft, m);
    count_member(draft, m, 1);
    draft->score.violation += plan_draft_count_violation(limits, zones->n_areas);
}

/* Suppliers with an office in the area of m that may serve m. */
static int32_t suppliers_of_area_for(const struct plan_draft *draft, int32_t m)
{
    const struct plan_ground *ground = draft->ground;
    int32_t area = draft->zones->area_of[m], n = 0;
    if (!ground->by_contract)
        return draft->areas[area].people.n_suppliers;
    for (uint32_t i = ground->units[m].first_stake; i < ground->units[m + 1].first_stake; i++)
        n += ground->stakes[i].has_contract &&
             plan_draft_presence(draft, area, ground->stakes[i].supplier)->n_offices > 0;
    return n;
}

void plan_draft_municipality(const plan_draft *draft, int32_t m, struct plan_municipality_result *result)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_supply supply = {
        .inside = draft->suppliers_inside[m],
        .anywhere = ground->units[m].suppliers_anywhere,
        .of_area = draft->areas[draft->zones->area_of[m]].people.n_suppliers,
        .of_area_for_member = suppliers_of_area_for(draft, m),
    };
    result->suppliers_inside = supply.inside;
    result->suppliers_anywhere = supply.anywhere;
    result->status = plan_status_of(supply.inside, ground->wanted);
    result->cause = plan_cause_of(&supply, ground->wanted);
    result->need = plan_need_of(result->status, supply.of_area);
}

struct plan_draft_area plan_draft_area_of(const plan_draft *draft, int32_t area)
{
    const struct plan_area_tally *tally = &draft->areas[area];
    struct plan_draft_area out = {
        .n_municipalities = draft->zones->zones[area].n_members,
        .n_suppliers = tally->people.n_suppliers,
        .job_seekers = tally->people.job_seekers,
        .market = plan_draft_market(draft->ground, &tally->people),
        .n_regions = tally->divisions[PLAN_DIVISION_REFERENCE].n_pieces,
        .job_seekers_outside = plan_draft_outside(tally, PLAN_DIVISION_REFERENCE),
    };
    for (int s = 0; s < PLAN_STATUSES; s++) {
        out.n_status[s] = tally->n_status[s];
        out.job_seekers_status[s] = tally->job_seekers_status[s];
    }
    return out;
}
