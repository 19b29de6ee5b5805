/* Why municipalities of a draft have no choice, counted by cause. */
#include "draft_internal.h"

enum plan_lack plan_draft_lack(const struct plan_draft *draft, const struct plan_unit *unit,
                               int32_t n_offered)
{
    if (!unit->is_far)
        return PLAN_LACK_NEAR;
    bool is_offered = !draft->ground->by_contract || n_offered >= draft->ground->wanted;
    return is_offered ? PLAN_LACK_OFFERED : PLAN_LACK_UNOFFERED;
}

static enum plan_cause cause_of(const struct plan_ground *ground, enum plan_lack lack, int32_t n_suppliers)
{
    bool is_offered = lack == PLAN_LACK_OFFERED;
    const struct plan_supply supply = {
        .inside = 0,
        .anywhere = lack == PLAN_LACK_NEAR ? ground->wanted : 0,
        .of_area = n_suppliers,
        .of_area_for_member = ground->by_contract ? is_offered * ground->wanted : n_suppliers,
    };
    return plan_cause_of(&supply, ground->wanted);
}

static void add(struct plan_tally *to, const struct plan_tally *tally, int64_t sign)
{
    to->n += sign * tally->n;
    to->job_seekers += sign * tally->job_seekers;
}

static void add_lacks(const struct plan_ground *ground, const struct plan_tally lacks[PLAN_LACKS],
                      int32_t n_suppliers, int64_t sign, struct plan_score *score)
{
    for (int lack = 0; lack < PLAN_LACKS; lack++)
        add(&score->lacking[cause_of(ground, (enum plan_lack)lack, n_suppliers)], &lacks[lack], sign);
}

void plan_draft_try_lack(const struct plan_draft *draft, int side, enum plan_lack lack,
                         const struct plan_unit *unit, int64_t sign)
{
    struct plan_trial *trial = draft->trial;
    const struct plan_tally tally = {1, unit->job_seekers};
    int32_t n_suppliers = trial->people[side].n_suppliers;
    add(&trial->lacks[side][lack], &tally, sign);
    add(&trial->score.lacking[cause_of(draft->ground, lack, n_suppliers)], &tally, sign);
}

/* What matters of a number of suppliers. */
static int32_t up_to_wanted(const struct plan_ground *ground, int32_t n_suppliers)
{
    return n_suppliers < ground->wanted ? n_suppliers : ground->wanted;
}

void plan_draft_try_causes(const struct plan_draft *draft)
{
    const struct plan_ground *ground = draft->ground;
    struct plan_trial *trial = draft->trial;
    for (int side = 0; side < PLAN_SIDES; side++) {
        const struct plan_area_tally *area = &draft->areas[trial->area[side]];
        int32_t n_before = area->people.n_suppliers, n = trial->people[side].n_suppliers;
        memcpy(trial->lacks[side], area->lacks, sizeof trial->lacks[side]);
        if (up_to_wanted(ground, n) == up_to_wanted(ground, n_before))
            continue;
        add_lacks(ground, area->lacks, n_before, -1, &trial->score);
        add_lacks(ground, area->lacks, n, 1, &trial->score);
    }
}

void plan_draft_retry_causes(const struct plan_draft *draft)
{
    struct plan_trial *trial = draft->trial;
    for (int side = 0; side < PLAN_SIDES; side++) {
        const struct plan_area_tally *area = &draft->areas[trial->area[side]];
        add_lacks(draft->ground, area->lacks, area->people.n_suppliers, -1, &trial->score);
        memset(trial->lacks[side], 0, sizeof trial->lacks[side]);
    }
}

void plan_draft_make_causes(struct plan_draft *draft)
{
    const struct plan_trial *trial = draft->trial;
    for (int side = 0; side < PLAN_SIDES; side++)
        memcpy(draft->areas[trial->area[side]].lacks, trial->lacks[side], sizeof trial->lacks[side]);
}

void plan_draft_fill_causes(struct plan_draft *draft)
{
    for (size_t a = 0; a < draft->zones->n_slots; a++)
        add_lacks(draft->ground, draft->areas[a].lacks, draft->areas[a].people.n_suppliers, 1, &draft->score);
}

/* ---- by contract: who may be served from its area ---- */

int32_t plan_draft_count_offered(const struct plan_draft *draft, const struct plan_unit *unit, int32_t area)
{
    const struct plan_ground *ground = draft->ground;
    const int32_t *n_offices = draft->n_offices + (size_t)area * ground->n_suppliers;
    int32_t n = 0;
    for (uint32_t i = unit->first_stake; i < unit->first_stake + unit->n_stakes; i++) {
        const struct plan_stake *stake = &ground->stakes[i];
        n += stake->has_contract && n_offices[stake->supplier] + stake->has_office > 0;
    }
    return n;
}

/* A supplier comes to the area (1), or leaves it (-1). */
static void note_offers(const struct plan_draft *draft, int32_t supplier, int32_t area, int32_t change)
{
    const struct plan_ground *ground = draft->ground;
    struct plan_trial *trial = draft->trial;
    for (uint32_t i = ground->first_client[supplier]; i < ground->first_client[supplier + 1]; i++) {
        int32_t client = ground->clients[i];
        if (draft->zones->area_of[client] != area || client == trial->municipality)
            continue;
        int32_t *place = &trial->place_of_offer[client];
        if (*place == PLAN_NOWHERE) {
            *place = trial->n_offers++;
            trial->offers[*place] = (struct plan_offer_change){client, 0};
        }
        trial->offers[*place].change += change;
    }
}

/* Those that are far have no choice, whatever is offered. */
static void change_lack(const struct plan_draft *draft, const struct plan_offer_change *offer)
{
    struct plan_trial *trial = draft->trial;
    const struct plan_unit *unit = &draft->ground->units[offer->municipality];
    int side = draft->zones->area_of[offer->municipality] == trial->area[1];
    int32_t n_before = draft->n_offered[offer->municipality];
    plan_draft_try_lack(draft, side, plan_draft_lack(draft, unit, n_before), unit, -1);
    plan_draft_try_lack(draft, side, plan_draft_lack(draft, unit, n_before + offer->change), unit, 1);
}

void plan_draft_try_offers(const struct plan_draft *draft)
{
    const struct plan_ground *ground = draft->ground;
    struct plan_trial *trial = draft->trial;
    const struct plan_unit *unit = &ground->units[trial->municipality];
    trial->n_offers = 0;
    for (int side = 0; side < PLAN_SIDES; side++) {
        const int32_t *n_offices = draft->n_offices + (size_t)trial->area[side] * ground->n_suppliers;
        for (uint32_t i = unit->first_stake; i < unit->first_stake + unit->n_stakes; i++) {
            const struct plan_stake *stake = &ground->stakes[i];
            if (stake->has_office && n_offices[stake->supplier] == (side ? 0 : 1))
                note_offers(draft, stake->supplier, trial->area[side], side ? 1 : -1);
        }
    }
    for (int32_t i = 0; i < trial->n_offers; i++) {
        change_lack(draft, &trial->offers[i]);
        trial->place_of_offer[trial->offers[i].municipality] = PLAN_NOWHERE;
    }
}

void plan_draft_make_offers(struct plan_draft *draft)
{
    const struct plan_trial *trial = draft->trial;
    int32_t m = trial->municipality;
    for (int32_t i = 0; i < trial->n_offers; i++)
        draft->n_offered[trial->offers[i].municipality] += trial->offers[i].change;
    draft->n_offered[m] = plan_draft_count_offered(draft, &draft->ground->units[m], trial->area[1]);
}
