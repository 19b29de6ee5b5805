/* How a draft divides the regions of the reference. */
#include "draft_internal.h"

static struct plan_region_piece *pieces_of(const struct plan_draft *draft, int32_t region)
{
    return draft->pieces + draft->ground->first_member[region];
}

/* The piece of a region in an area, or NULL. */
static struct plan_region_piece *find_piece(const struct plan_draft *draft, int32_t region, int32_t area)
{
    struct plan_region_piece *pieces = pieces_of(draft, region);
    for (int32_t p = 0; p < draft->n_pieces[region]; p++)
        if (pieces[p].area == area)
            return &pieces[p];
    return NULL;
}

static void add_to_piece(struct plan_region_piece *piece, const struct plan_unit *unit, int32_t change)
{
    piece->n += change;
    piece->job_seekers += change * unit->job_seekers;
    if (!unit->is_beyond_seat)
        return;
    piece->n_beyond += change;
    piece->job_seekers_beyond += change * unit->job_seekers;
}

/* Job seekers of unexplained pieces, and the largest of all pieces: that one is no split. */
struct split_sum {
    int64_t unexplained;
    struct plan_region_piece largest;
};

static bool is_explained(const struct plan_region_piece *piece)
{
    return plan_piece_is_beyond((double)piece->job_seekers_beyond, (double)piece->job_seekers,
                                piece->n_beyond, piece->n);
}

static void add_split(struct split_sum *sum, const struct plan_region_piece *piece)
{
    const struct plan_region_piece *largest = &sum->largest;
    if (piece->n == 0)
        return;
    if (!is_explained(piece))
        sum->unexplained += piece->job_seekers;
    bool is_tied = piece->job_seekers == largest->job_seekers && piece->n == largest->n;
    if (largest->n == 0 || (is_tied && piece->area < largest->area) ||
        plan_piece_is_larger((double)piece->job_seekers, piece->n, (double)largest->job_seekers, largest->n))
        sum->largest = *piece;
}

static int64_t end_split(const struct split_sum *sum)
{
    bool counts = sum->largest.n > 0 && !is_explained(&sum->largest);
    return sum->unexplained - (counts ? sum->largest.job_seekers : 0);
}

/* Unexplained job seekers of a region if `unit` were in `to` instead of `from`; unit NULL: as it is. */
static int64_t unexplained_if(const struct plan_draft *draft, int32_t region, const struct plan_unit *unit,
                              int32_t from, int32_t to)
{
    const struct plan_region_piece *pieces = pieces_of(draft, region);
    struct split_sum sum = {0};
    bool has_arrived = unit == NULL;
    if (draft->ground->is_metropolitan[region])
        return 0;
    for (int32_t p = 0; p < draft->n_pieces[region]; p++) {
        struct plan_region_piece piece = pieces[p];
        if (unit && piece.area == from)
            add_to_piece(&piece, unit, -1);
        if (unit && piece.area == to) {
            add_to_piece(&piece, unit, 1);
            has_arrived = true;
        }
        add_split(&sum, &piece);
    }
    if (!has_arrived) {
        struct plan_region_piece piece = {.area = to};
        add_to_piece(&piece, unit, 1);
        add_split(&sum, &piece);
    }
    return end_split(&sum);
}

static int64_t outside(int64_t job_seekers, int32_t n_regions, int64_t largest)
{
    return n_regions > 0 ? job_seekers - largest : 0;
}

int64_t plan_draft_outside(const struct plan_area_tally *area)
{
    return outside(area->people.job_seekers, area->n_regions, area->largest);
}

static int64_t outside_without(const struct plan_draft *draft, const struct plan_area_tally *area,
                               const struct plan_region_piece *piece, const struct plan_unit *unit)
{
    int64_t job_seekers = area->people.job_seekers - unit->job_seekers, largest = area->largest;
    if (piece && piece == &draft->pieces[area->largest_piece]) {
        int64_t left = piece->job_seekers - unit->job_seekers;
        largest = left > area->second_largest ? left : area->second_largest;
    }
    return outside(job_seekers, area->n_regions - (piece && piece->n == 1), largest);
}

static int64_t outside_with(const struct plan_area_tally *area, const struct plan_region_piece *piece,
                            const struct plan_unit *unit)
{
    int64_t job_seekers = area->people.job_seekers + unit->job_seekers;
    if (unit->region == PLAN_NOWHERE)
        return outside(job_seekers, area->n_regions, area->largest);
    int64_t grown = (piece ? piece->job_seekers : 0) + unit->job_seekers;
    return outside(job_seekers, area->n_regions + (piece == NULL),
                   grown > area->largest ? grown : area->largest);
}

static int64_t pieces_violation(const struct plan_ground *ground, int32_t n_pieces)
{
    int64_t over = (int64_t)n_pieces - ground->limits.max_region_pieces;
    return over > 0 ? over * PLAN_VIOLATION_PERSONS * PLAN_PERSON : 0;
}

void plan_draft_probe_alignment(const struct plan_draft *draft, int32_t m, int32_t to,
                                struct plan_score *delta)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_unit *unit = &ground->units[m];
    int32_t from = draft->zones->area_of[m], region = unit->region;
    const struct plan_area_tally *smaller = &draft->areas[from], *larger = &draft->areas[to];
    const struct plan_region_piece *left = NULL, *joined = NULL;
    int64_t change = 0;
    if (region != PLAN_NOWHERE) {
        int32_t n = draft->n_pieces[region];
        left = find_piece(draft, region, from);
        joined = find_piece(draft, region, to);
        change = unexplained_if(draft, region, unit, from, to) - draft->unexplained[region];
        delta->violation +=
            pieces_violation(ground, n - (left->n == 1) + (joined == NULL)) - pieces_violation(ground, n);
    }
    change += outside_without(draft, smaller, left, unit) - plan_draft_outside(smaller);
    change += outside_with(larger, joined, unit) - plan_draft_outside(larger);
    delta->goal[PLAN_GOAL_MISALIGNED] += change;
}

/* ---- changes ---- */

static void find_largest(struct plan_draft *draft, struct plan_area_tally *area)
{
    area->largest_piece = PLAN_NOWHERE;
    area->largest = area->second_largest = 0;
    for (int32_t p = area->first_piece; p != PLAN_NOWHERE; p = draft->pieces[p].next_in_area) {
        int64_t job_seekers = draft->pieces[p].job_seekers;
        if (area->largest_piece == PLAN_NOWHERE || job_seekers > area->largest) {
            area->second_largest = area->largest;
            area->largest = job_seekers;
            area->largest_piece = p;
        } else if (job_seekers > area->second_largest) {
            area->second_largest = job_seekers;
        }
    }
}

/* Puts a piece in its place in the list of its area, or out of it. */
static void link_piece(struct plan_draft *draft, int32_t p, int32_t as_next, int32_t as_previous)
{
    struct plan_region_piece *piece = &draft->pieces[p];
    if (piece->previous_in_area == PLAN_NOWHERE)
        draft->areas[piece->area].first_piece = as_next;
    else
        draft->pieces[piece->previous_in_area].next_in_area = as_next;
    if (piece->next_in_area != PLAN_NOWHERE)
        draft->pieces[piece->next_in_area].previous_in_area = as_previous;
}

static struct plan_region_piece *new_piece(struct plan_draft *draft, int32_t region, int32_t area)
{
    int32_t p = (int32_t)draft->ground->first_member[region] + draft->n_pieces[region]++;
    draft->pieces[p] = (struct plan_region_piece){
        .area = area, .next_in_area = draft->areas[area].first_piece, .previous_in_area = PLAN_NOWHERE};
    link_piece(draft, p, p, p);
    draft->areas[area].n_regions++;
    return &draft->pieces[p];
}

/* The last piece of the region takes its place. */
static void drop_piece(struct plan_draft *draft, int32_t region, struct plan_region_piece *piece)
{
    int32_t p = (int32_t)(piece - draft->pieces);
    int32_t last = (int32_t)draft->ground->first_member[region] + --draft->n_pieces[region];
    draft->areas[piece->area].n_regions--;
    link_piece(draft, p, piece->next_in_area, piece->previous_in_area);
    if (p == last)
        return;
    draft->pieces[p] = draft->pieces[last];
    link_piece(draft, p, p, p);
    struct plan_area_tally *area = &draft->areas[draft->pieces[p].area];
    if (area->largest_piece == last)
        area->largest_piece = p;
}

/* The piece that m belongs to has changed by m; `piece` is NULL when it is new. */
static void change_piece(struct plan_draft *draft, int32_t m, int32_t change)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    int32_t id = draft->zones->area_of[m];
    struct plan_area_tally *area = &draft->areas[id];
    struct plan_region_piece *piece = find_piece(draft, unit->region, id);
    if (!piece)
        piece = new_piece(draft, unit->region, id);
    bool was_large = piece->job_seekers >= area->second_largest;
    add_to_piece(piece, unit, change);
    bool is_large = piece->job_seekers >= area->second_largest;
    if (piece->n == 0)
        drop_piece(draft, unit->region, piece);
    if (was_large || is_large)
        find_largest(draft, area);
}

/* The area's people count already with, or without, m. */
void plan_draft_count_region(struct plan_draft *draft, int32_t m, int32_t change)
{
    const struct plan_ground *ground = draft->ground;
    int32_t region = ground->units[m].region;
    if (region == PLAN_NOWHERE)
        return;
    int32_t n_before = draft->n_pieces[region];
    int64_t unexplained = draft->unexplained[region];
    change_piece(draft, m, change);
    draft->unexplained[region] = unexplained_if(draft, region, NULL, 0, 0);
    draft->score.goal[PLAN_GOAL_MISALIGNED] += draft->unexplained[region] - unexplained;
    draft->score.violation +=
        pieces_violation(ground, draft->n_pieces[region]) - pieces_violation(ground, n_before);
}
