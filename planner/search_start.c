/* What a search starts from: a plan whose areas are in one piece, and limits that some plan could keep. */
#include "search_internal.h"

#include "listing_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>

static double persons(int64_t thousandths)
{
    return (double)thousandths / (double)PLAN_PERSON;
}

/* Groups of municipalities that are connected at all. */
static om_status count_islands(om_context *ctx, const struct plan_ground *ground, int32_t *n_islands)
{
    struct plan whole = {.n = ground->n, .n_areas = 1, .area_of = om_alloc(ground->n, sizeof *whole.area_of)};
    int32_t *piece_of = om_alloc(ground->n, sizeof *piece_of);
    om_status status = OM_OK;
    if (!whole.area_of || !piece_of)
        status = om_no_memory(ctx);
    else
        status = plan_pieces(ctx, ground->input->territory, &whole, piece_of, n_islands);
    om_free(whole.area_of);
    om_free(piece_of);
    return status;
}

static bool some_may_be_apart(const struct plan *plan)
{
    for (size_t a = 0; a < plan->n_areas; a++)
        if (plan->areas[a].may_be_discontiguous)
            return true;
    return false;
}

/* A search moves municipalities between areas; it cannot tell where those in none belong. */
static om_status refuse_hole(om_context *ctx, const struct plan_case *input)
{
    struct plan_listing listing = {0};
    for (size_t m = 0; m < input->plan->n; m++)
        if (input->plan->areas[input->plan->area_of[m]].is_hole)
            plan_listing_add(&listing, "%s", input->territory->municipalities[m].code);
    return om_fail(
        ctx, OM_BAD_DATA,
        om_tr("plan \"%s\" is unfinished: a search needs every municipality in an area; in none are: %s"),
        input->plan->name, plan_listing_text(&listing));
}

om_status plan_search_check_limits(om_context *ctx, const struct plan_ground *ground)
{
    const struct plan_limits *limits = &ground->limits;
    const struct plan_municipality *municipalities = ground->input->territory->municipalities;
    int64_t all = 0;
    int32_t n_islands = 0;
    if (plan_hole(ground->input->plan) != PLAN_NOWHERE)
        return refuse_hole(ctx, ground->input);
    if ((size_t)limits->min_areas > ground->n)
        return om_fail(ctx, OM_BAD_DATA, om_tr("[search] min_areas = %d: there are %zu municipalities"),
                       limits->min_areas, ground->n);
    for (size_t m = 0; m < ground->n; m++) {
        all += ground->units[m].job_seekers;
        if (ground->units[m].job_seekers > limits->max_job_seekers)
            return om_fail(ctx, OM_BAD_DATA,
                           om_tr("[search] max_job_seekers = %.0f: municipality %s %s alone has %.0f"),
                           persons(limits->max_job_seekers), municipalities[m].code, municipalities[m].name,
                           persons(ground->units[m].job_seekers));
    }
    if (persons(all) < persons(limits->min_job_seekers) * limits->min_areas)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("[search] min_job_seekers = %.0f in at least %d areas: there are only %.0f"),
                       persons(limits->min_job_seekers), limits->min_areas, persons(all));
    if (limits->max_job_seekers < INT64_MAX &&
        persons(all) > persons(limits->max_job_seekers) * limits->max_areas)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("[search] max_job_seekers = %.0f in at most %d areas: there are %.0f"),
                       persons(limits->max_job_seekers), limits->max_areas, persons(all));
    om_status status = count_islands(ctx, ground, &n_islands);
    if (!status && n_islands > limits->max_areas && !some_may_be_apart(ground->input->plan))
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("[search] max_areas = %d: the map falls into %d parts without border or link; "
                             "declare links with `omland import PROJECT links FILE`"),
                       limits->max_areas, n_islands);
    return status;
}

/* Job seekers of each piece of one area; the pieces are numbered from 0. */
static int32_t largest_piece(const struct plan_ground *ground, const int32_t *area_of,
                             const int32_t *piece_of, int32_t area, int32_t n_pieces)
{
    int32_t largest = 0;
    int64_t most = -1;
    for (int32_t piece = 0; piece < n_pieces; piece++) {
        int64_t job_seekers = 0;
        for (size_t m = 0; m < ground->n; m++)
            if (area_of[m] == area && piece_of[m] == piece)
                job_seekers += ground->units[m].job_seekers;
        if (job_seekers <= most)
            continue;
        most = job_seekers;
        largest = piece;
    }
    return largest;
}

/* The neighbouring area with which the piece shares most border; a link is a border of length 0. */
static int32_t nearest_area(const struct plan_ground *ground, const int32_t *area_of, const int32_t *piece_of,
                            int32_t area, int32_t piece, int64_t *border_m)
{
    const struct plan_adjacency *adjacency = ground->adjacency;
    int32_t nearest = PLAN_NOWHERE;
    memset(border_m, 0, ground->n * sizeof *border_m);
    for (size_t m = 0; m < ground->n; m++) {
        if (area_of[m] != area || piece_of[m] != piece)
            continue;
        for (uint32_t i = adjacency->first_neighbour[m]; i < adjacency->first_neighbour[m + 1]; i++) {
            int32_t other = area_of[adjacency->neighbour[i]];
            if (other == area)
                continue;
            border_m[other] += adjacency->border_m[i];
            if (nearest == PLAN_NOWHERE || border_m[other] > border_m[nearest])
                nearest = other;
        }
    }
    return nearest;
}

static void move_piece(om_context *ctx, const struct plan_ground *ground, struct plan_search_start *start,
                       const int32_t *piece_of, int32_t area, int32_t piece, int32_t to)
{
    const struct plan *plan = ground->input->plan;
    for (size_t m = 0; m < ground->n; m++) {
        if (start->area_of[m] != area || piece_of[m] != piece)
            continue;
        start->area_of[m] = to;
        om_find(ctx, "start_area_mended",
                om_tr("area %s is in several pieces: municipality %s %s joins area %s before the search"),
                plan->areas[area].name, ground->input->territory->municipalities[m].code,
                ground->input->territory->municipalities[m].name, plan->areas[to].name);
    }
}

/* Some member of the piece may not be moved. */
static bool is_held(const struct plan_search_options *options, const struct plan_search_start *start,
                    const int32_t *piece_of, size_t n, int32_t area, int32_t piece)
{
    if (options->is_locked_area && options->is_locked_area[area])
        return true;
    for (size_t m = 0; options->is_locked && m < n; m++)
        if (start->area_of[m] == area && piece_of[m] == piece && options->is_locked[m])
            return true;
    return false;
}

/* Mends the first piece that can be mended; *is_done when there is none. */
static om_status mend_once(om_context *ctx, const struct plan_ground *ground,
                           const struct plan_search_options *options, struct plan_search_start *start,
                           int32_t *piece_of, int32_t *n_pieces, int64_t *border_m, bool *is_done)
{
    const struct plan *plan = ground->input->plan;
    const struct plan now = {.n = ground->n, .n_areas = plan->n_areas, .area_of = start->area_of};
    om_status status = plan_pieces(ctx, ground->input->territory, &now, piece_of, n_pieces);
    for (int32_t a = 0; a < (int32_t)plan->n_areas && !status; a++) {
        if (n_pieces[a] <= 1 || start->may_be_discontiguous[a])
            continue;
        int32_t kept = largest_piece(ground, start->area_of, piece_of, a, n_pieces[a]);
        int32_t piece = kept == 0 ? 1 : 0;
        int32_t to = nearest_area(ground, start->area_of, piece_of, a, piece, border_m);
        bool can_move = to != PLAN_NOWHERE && !(options->is_locked_area && options->is_locked_area[to]) &&
                        !is_held(options, start, piece_of, ground->n, a, piece);
        if (can_move) {
            move_piece(ctx, ground, start, piece_of, a, piece, to);
            return OM_OK;
        }
        start->may_be_discontiguous[a] = true;
        om_find(ctx, "start_area_in_pieces",
                om_tr("area %s is in %d pieces that nothing may join; the search leaves it so"),
                plan->areas[a].name, n_pieces[a]);
    }
    *is_done = true;
    return status;
}

om_status plan_search_start_new(om_context *ctx, const struct plan_ground *ground,
                                const struct plan_search_options *options, struct plan_search_start *out)
{
    const struct plan *plan = ground->input->plan;
    size_t most = (size_t)ground->limits.max_areas < ground->n ? (size_t)ground->limits.max_areas : ground->n;
    struct plan_search_start start = {.n_slots = plan->n_areas > most ? plan->n_areas : most};
    start.area_of = om_alloc(ground->n, sizeof *start.area_of);
    start.may_be_discontiguous = om_alloc(start.n_slots, sizeof *start.may_be_discontiguous);
    start.is_locked_area = om_alloc(start.n_slots, sizeof *start.is_locked_area);
    int32_t *piece_of = om_alloc(ground->n, sizeof *piece_of);
    int32_t *n_pieces = om_alloc(plan->n_areas, sizeof *n_pieces);
    int64_t *border_m = om_alloc(ground->n, sizeof *border_m);
    om_status status = OM_OK;
    if (!start.area_of || !start.may_be_discontiguous || !start.is_locked_area || !piece_of || !n_pieces ||
        !border_m) {
        status = om_no_memory(ctx);
        goto done;
    }
    memcpy(start.area_of, plan->area_of, ground->n * sizeof *start.area_of);
    for (size_t a = 0; a < plan->n_areas; a++) {
        start.may_be_discontiguous[a] = plan->areas[a].may_be_discontiguous;
        start.is_locked_area[a] = options->is_locked_area && options->is_locked_area[a];
    }
    for (bool is_done = false; !is_done && !status;)
        status = mend_once(ctx, ground, options, &start, piece_of, n_pieces, border_m, &is_done);
    if (status)
        goto done;
    *out = start;
    start = (struct plan_search_start){0};
done:
    om_free(border_m);
    om_free(n_pieces);
    om_free(piece_of);
    plan_search_start_done(&start);
    return status;
}

void plan_search_start_done(struct plan_search_start *start)
{
    om_free(start->area_of);
    om_free(start->may_be_discontiguous);
    om_free(start->is_locked_area);
}
