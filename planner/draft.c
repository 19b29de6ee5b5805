#include "draft_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

static void free_trial(struct plan_trial *trial)
{
    if (!trial)
        return;
    om_free(trial->offers);
    om_free(trial->place_of_offer);
    om_free(trial->moved);
    for (int division = 0; division < PLAN_DIVISIONS; division++) {
        om_free(trial->groups[division]);
        om_free(trial->place_of_group[division]);
    }
    om_free(trial);
}

void plan_draft_free(plan_draft *draft)
{
    if (!draft)
        return;
    plan_zones_free(draft->zones);
    om_free(draft->n_inside);
    om_free(draft->open);
    om_free(draft->n_offered);
    om_free(draft->n_offices);
    om_free(draft->n_contracts);
    om_free(draft->areas);
    for (int division = 0; division < PLAN_DIVISIONS; division++) {
        om_free(draft->divisions[division].pieces);
        om_free(draft->divisions[division].links);
        om_free(draft->divisions[division].groups);
    }
    free_trial(draft->trial);
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

static om_status make_trial(om_context *ctx, struct plan_draft *draft)
{
    const struct plan_ground *ground = draft->ground;
    struct plan_trial *trial = draft->trial = om_alloc(1, sizeof *trial);
    if (!trial)
        return om_no_memory(ctx);
    trial->offers = om_alloc(ground->n, sizeof *trial->offers);
    trial->place_of_offer = om_alloc(ground->n, sizeof *trial->place_of_offer);
    trial->moved = om_alloc(ground->n, sizeof *trial->moved);
    bool has_room = trial->offers && trial->place_of_offer && trial->moved;
    for (size_t m = 0; m < ground->n && has_room; m++)
        trial->place_of_offer[m] = PLAN_NOWHERE;
    for (int division = 0; division < PLAN_DIVISIONS; division++) {
        size_t n = ground->divisions[division].n;
        trial->groups[division] = om_alloc(n, sizeof *trial->groups[division]);
        trial->place_of_group[division] = om_alloc(n, sizeof *trial->place_of_group[division]);
        has_room &= trial->groups[division] && trial->place_of_group[division];
        for (size_t g = 0; g < n && has_room; g++)
            trial->place_of_group[division][g] = PLAN_NOWHERE;
    }
    return has_room ? OM_OK : om_no_memory(ctx);
}

static om_status make_room(om_context *ctx, struct plan_draft *draft)
{
    const struct plan_ground *ground = draft->ground;
    size_t n_slots = draft->zones->n_slots, n_places = n_slots * ground->n_suppliers;
    draft->n_inside = om_alloc(ground->n, sizeof *draft->n_inside);
    draft->open = om_alloc(ground->n_open, sizeof *draft->open);
    draft->n_offered = om_alloc(ground->n, sizeof *draft->n_offered);
    draft->n_offices = om_alloc(n_places, sizeof *draft->n_offices);
    draft->n_contracts = om_alloc(ground->by_contract ? n_places : 0, sizeof *draft->n_contracts);
    draft->areas = om_alloc(n_slots, sizeof *draft->areas);
    bool has_room = draft->n_inside && draft->open && draft->n_offered && draft->n_offices &&
                    draft->n_contracts && draft->areas;
    for (int division = 0; division < PLAN_DIVISIONS; division++) {
        struct plan_draft_division *it = &draft->divisions[division];
        it->pieces = om_alloc(ground->n, sizeof *it->pieces);
        it->links = om_alloc(ground->n, sizeof *it->links);
        it->groups = om_alloc(ground->divisions[division].n, sizeof *it->groups);
        has_room &= it->pieces && it->links && it->groups;
    }
    return has_room ? make_trial(ctx, draft) : om_no_memory(ctx);
}

static void count_member(struct plan_draft *draft, int32_t m)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    int32_t area = draft->zones->area_of[m];
    struct plan_area_people *people = &draft->areas[area].people;
    people->job_seekers += unit->job_seekers;
    people->participants += unit->participants;
    people->n_unknown_participants += !unit->knows_participants;
    people->n_suppliers += plan_draft_count_stakes(draft, m, area, 1);
}

static void fill(struct plan_draft *draft)
{
    const struct plan_zones *zones = draft->zones;
    int64_t border_m = 0;
    for (int32_t m = 0; m < (int32_t)zones->n; m++) {
        count_member(draft, m);
        border_m += plan_zones_foreign_border_m(zones, m);
    }
    draft->score.goal[PLAN_GOAL_BORDER] = border_m / 2; /* counted from both sides */
    for (size_t a = 0; a < zones->n_slots; a++) {
        plan_draft_judge_people(draft, &draft->areas[a].people, zones->zones[a].n_members == 0);
        plan_draft_add_people(&draft->areas[a].people, 1, &draft->score);
    }
    draft->score.violation += plan_draft_count_violation(&draft->ground->limits, zones->n_areas);
    plan_draft_fill_statuses(draft);
    plan_draft_fill_causes(draft);
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        plan_draft_fill_division(draft, (enum plan_division)division);
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

void plan_draft_try(const struct plan_draft *draft, int32_t m, int32_t area)
{
    struct plan_trial *trial = draft->trial;
    trial->municipality = m;
    trial->area[0] = draft->zones->area_of[m];
    trial->area[1] = area;
    trial->score = draft->score;
    trial->score.goal[PLAN_GOAL_BORDER] += plan_zones_border_change_m(draft->zones, m, area);
    plan_draft_try_market(draft, m, area);
    plan_draft_try_causes(draft);
    plan_draft_try_statuses(draft, m, area);
    if (draft->ground->by_contract)
        plan_draft_try_offers(draft);
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        plan_draft_try_division(draft, (enum plan_division)division);
    if (draft->tracks_travel)
        plan_draft_try_travel(draft, m, area, &trial->score);
}

void plan_draft_make(struct plan_draft *draft)
{
    const struct plan_trial *trial = draft->trial;
    plan_draft_make_market(draft);
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        plan_draft_make_division(draft, (enum plan_division)division);
    plan_zones_move(draft->zones, trial->municipality, trial->area[1]);
    plan_draft_make_statuses(draft);
    if (draft->ground->by_contract)
        plan_draft_make_offers(draft);
    plan_draft_make_causes(draft);
    draft->score = trial->score;
}

void plan_draft_probe(const plan_draft *draft, int32_t m, int32_t area, struct plan_score *out)
{
    plan_draft_try(draft, m, area);
    *out = draft->trial->score;
}

void plan_draft_move(plan_draft *draft, int32_t m, int32_t area)
{
    if (draft->zones->area_of[m] == area)
        return;
    plan_draft_try(draft, m, area);
    plan_draft_make(draft);
}

/* Suppliers with an office in the area of m that may serve m. */
static int32_t suppliers_of_area_for(const struct plan_draft *draft, int32_t m)
{
    const struct plan_ground *ground = draft->ground;
    int32_t area = draft->zones->area_of[m];
    if (!ground->by_contract)
        return draft->areas[area].people.n_suppliers;
    return plan_draft_count_offered(draft, &ground->units[m], area);
}

void plan_draft_municipality(const plan_draft *draft, int32_t m, struct plan_municipality_result *result)
{
    const struct plan_ground *ground = draft->ground;
    const int32_t *area_of = draft->zones->area_of;
    const struct plan_supply supply = {
        .inside = plan_reach_count(ground->reach, area_of, m, area_of[m]),
        .anywhere = plan_reach_count(ground->reach, area_of, m, PLAN_ANYWHERE),
        .of_area = draft->areas[area_of[m]].people.n_suppliers,
        .of_area_for_member = suppliers_of_area_for(draft, m),
    };
    result->suppliers_inside = supply.inside;
    result->suppliers_anywhere = supply.anywhere;
    result->status = plan_draft_status(draft, m);
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
        .job_seekers_outside = tally->divisions[PLAN_DIVISION_REFERENCE].outside,
    };
    const struct plan_zones *zones = draft->zones;
    for (int32_t m = zones->zones[area].first_member; m != PLAN_NOWHERE; m = zones->next_member[m]) {
        enum plan_status status = plan_draft_status(draft, m);
        out.n_status[status]++;
        out.job_seekers_status[status] += draft->ground->units[m].job_seekers;
    }
    return out;
}
