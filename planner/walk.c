#include "walk_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>

enum { OFFER_EVERY = 64, MOST_SHAKES = 6, LARGE_MAP = 4000 };

struct plan_walk_options plan_walk_options_default(void)
{
    return (struct plan_walk_options){
        .seed = 1,
        .share = {[PLAN_STEP_SHIFT] = 88,
                  [PLAN_STEP_SWAP] = 6,
                  [PLAN_STEP_MERGE] = 1,
                  [PLAN_STEP_SPLIT] = 1,
                  [PLAN_STEP_RECOMBINE] = 4},
        .memory = 1000,
        .patience = 100000,
    };
}

void plan_walk_free(plan_walk *walk)
{
    if (!walk)
        return;
    plan_draft_free(walk->draft);
    plan_tree_free(walk->tree);
    plan_focus_free(walk->focus);
    plan_pareto_free(walk->pareto);
    om_free(walk->undo);
    om_free(walk->memory);
    om_free(walk->best_area_of);
    om_free(walk->moved);
    om_free(walk->has_moved);
    om_free(walk);
}

struct plan_walk_counts plan_walk_counts_of(const plan_walk *walk)
{
    return walk->counts;
}

const struct plan_score *plan_walk_best(const plan_walk *walk, const int32_t **area_of)
{
    *area_of = walk->best_area_of;
    return &walk->best_score;
}

/* ---- taking steps ---- */

static void remember_now(struct plan_walk *walk)
{
    for (uint32_t i = 0; i < walk->options.memory; i++)
        walk->memory[i] = walk->now;
}

/* Only what has moved is copied: early in a walk nearly every step is the best so far. */
static void keep_best(struct plan_walk *walk)
{
    for (; walk->n_moved > 0; walk->n_moved--) {
        int32_t m = walk->moved[walk->n_moved - 1];
        walk->best_area_of[m] = walk->draft->zones->area_of[m];
        walk->has_moved[m] = false;
    }
    walk->best = walk->now;
    walk->best_score = walk->draft->score;
    walk->since_best = 0;
}

/* Better than some steps ago, or no worse than now. */
static bool is_acceptable(const struct plan_walk *walk, const struct plan_rank *rank)
{
    return plan_rank_compare(rank, &walk->now) <= 0 ||
           plan_rank_compare(rank, &walk->memory[walk->memory_place]) < 0;
}

static void take(struct plan_walk *walk, const struct plan_rank *rank)
{
    walk->now = *rank;
    plan_walk_keep(walk);
    if (plan_rank_compare(rank, &walk->best) < 0)
        keep_best(walk);
    if (++walk->since_offer < OFFER_EVERY + walk->ground->n / 4)
        return;
    walk->since_offer = 0;
    plan_pareto_offer(walk->pareto, &walk->draft->score, walk->draft->zones->area_of);
}

/* A shift is weighed before it is made: most are not worth making. Whether the area stays in one piece is
 * asked last, since few come so far. */
static bool shift(struct plan_walk *walk)
{
    struct plan_crossing crossing;
    if (!plan_walk_pick(walk, &crossing) || plan_walk_is_locked(walk, crossing.municipality))
        return false;
    plan_draft_try(walk->draft, crossing.municipality, crossing.to);
    struct plan_rank rank = plan_rank_of(&walk->ranker, &walk->draft->trial->score);
    if (!is_acceptable(walk, &rank) || !plan_walk_may_leave(walk, crossing.municipality))
        return false;
    walk->undo[walk->n_undo++] = (struct plan_undo){crossing.municipality, crossing.from};
    plan_draft_make(walk->draft);
    take(walk, &rank);
    return true;
}

typedef bool try_fn(struct plan_walk *walk);
static try_fn *const tries[PLAN_STEPS] = {
    [PLAN_STEP_SWAP] = plan_walk_try_swap,
    [PLAN_STEP_MERGE] = plan_walk_try_merge,
    [PLAN_STEP_SPLIT] = plan_walk_try_split,
    [PLAN_STEP_RECOMBINE] = plan_walk_try_recombine,
};

static bool step(struct plan_walk *walk, enum plan_step kind)
{
    if (kind == PLAN_STEP_SHIFT)
        return shift(walk);
    if (!tries[kind](walk))
        return false;
    struct plan_rank rank = plan_rank_of(&walk->ranker, plan_walk_score(walk));
    if (is_acceptable(walk, &rank)) {
        take(walk, &rank);
        return true;
    }
    plan_walk_undo(walk);
    return false;
}

static enum plan_step choose_step(struct plan_walk *walk, uint32_t all_shares)
{
    uint32_t number = plan_random_below(&walk->random, all_shares);
    int kind = 0;
    while (number >= walk->options.share[kind])
        number -= walk->options.share[kind++];
    return (enum plan_step)kind;
}

/* Back to the best plan, a few recombinations away from it. */
static void shake(struct plan_walk *walk)
{
    for (int32_t i = 0; i < walk->n_moved; i++)
        plan_draft_move(walk->draft, walk->moved[i], walk->best_area_of[walk->moved[i]]);
    plan_pareto_offer(walk->pareto, &walk->best_score, walk->best_area_of);
    uint32_t n_shakes = plan_random_below(&walk->random, MOST_SHAKES + 1);
    for (uint32_t i = 0; i < n_shakes; i++)
        if (plan_walk_try_recombine(walk))
            plan_walk_keep(walk);
    walk->now = plan_rank_of(&walk->ranker, &walk->draft->score);
    remember_now(walk);
    walk->since_best = 0;
}

void plan_walk_go(plan_walk *walk, uint64_t n_steps)
{
    uint32_t all_shares = 0;
    for (int kind = 0; kind < PLAN_STEPS; kind++)
        all_shares += walk->options.share[kind];
    for (uint64_t i = 0; i < n_steps; i++) {
        enum plan_step kind = choose_step(walk, all_shares);
        walk->counts.proposed[kind]++;
        walk->counts.taken[kind] += step(walk, kind);
        struct plan_rank *then = &walk->memory[walk->memory_place];
        if (plan_rank_compare(&walk->now, then) < 0)
            *then = walk->now;
        walk->memory_place = walk->memory_place + 1 < walk->options.memory ? walk->memory_place + 1 : 0;
        if (++walk->since_best > walk->options.patience)
            shake(walk);
    }
}

/* ---- beginning ---- */

static om_status check_pieces(om_context *ctx, const struct plan_walk *walk, const int32_t *area_of,
                              size_t n_slots)
{
    const struct plan_territory *territory = walk->ground->input->territory;
    int32_t *labels = om_alloc(territory->n, sizeof *labels);
    int32_t *piece_of = om_alloc(territory->n, sizeof *piece_of);
    int32_t *n_pieces = om_alloc(n_slots, sizeof *n_pieces);
    om_status status = OM_OK;
    if (!labels || !piece_of || !n_pieces) {
        status = om_no_memory(ctx);
        goto done;
    }
    memcpy(labels, area_of, territory->n * sizeof *labels);
    const struct plan plan = {.n = territory->n, .n_areas = n_slots, .area_of = labels};
    status = plan_pieces(ctx, territory, &plan, piece_of, n_pieces);
    for (size_t a = 0; a < n_slots && !status; a++)
        if (n_pieces[a] > 1 && !plan_walk_may_be_apart(walk, (int32_t)a))
            status = om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("area %zu is in %d pieces"), a, n_pieces[a]);
done:
    om_free(labels);
    om_free(piece_of);
    om_free(n_pieces);
    return status;
}

static om_status make_room(om_context *ctx, struct plan_walk *walk)
{
    size_t n = walk->ground->n;
    walk->tree = plan_tree_new(walk->ground->adjacency);
    walk->pareto = plan_pareto_new(&walk->ranker, n);
    walk->undo = om_alloc(2 * n, sizeof *walk->undo);
    walk->memory = om_alloc(walk->options.memory, sizeof *walk->memory);
    walk->best_area_of = om_alloc(n, sizeof *walk->best_area_of);
    walk->moved = om_alloc(n, sizeof *walk->moved);
    walk->has_moved = om_alloc(n, sizeof *walk->has_moved);
    bool has_focus = n >= LARGE_MAP;
    walk->focus = has_focus ? plan_focus_new(n) : NULL;
    bool has_room = walk->tree && (walk->focus || !has_focus) && walk->pareto && walk->undo && walk->memory &&
                    walk->best_area_of && walk->moved && walk->has_moved;
    return has_room ? OM_OK : om_no_memory(ctx);
}

om_status plan_walk_new(om_context *ctx, const plan_ground *ground, const int32_t *area_of, size_t n_slots,
                        const struct plan_walk_options *options, plan_walk **out)
{
    struct plan_walk *walk = om_alloc(1, sizeof *walk);
    if (!walk)
        return om_no_memory(ctx);
    walk->ground = ground;
    walk->options = *options;
    walk->ranker = plan_ranker_of(&ground->input->rules->search);
    walk->random = plan_random_stream(options->seed, options->stream);
    om_status status = make_room(ctx, walk);
    if (!status)
        status = plan_draft_new(ctx, ground, area_of, n_slots, &walk->draft);
    if (!status)
        status = check_pieces(ctx, walk, area_of, n_slots);
    if (status) {
        plan_walk_free(walk);
        return status;
    }
    plan_walk_draw(walk);
    walk->now = plan_rank_of(&walk->ranker, &walk->draft->score);
    memcpy(walk->best_area_of, area_of, ground->n * sizeof *area_of);
    keep_best(walk);
    remember_now(walk);
    plan_pareto_offer(walk->pareto, &walk->best_score, walk->best_area_of);
    *out = walk;
    return OM_OK;
}
