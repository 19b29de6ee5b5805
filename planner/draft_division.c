/* How a draft divides the regions of the reference, and the areas of the plan it started from. */
#include "draft_internal.h"

static const enum plan_goal goal_of[PLAN_DIVISIONS] = {
    [PLAN_DIVISION_REFERENCE] = PLAN_GOAL_MISALIGNED,
    [PLAN_DIVISION_START] = PLAN_GOAL_MOVED,
};

static int64_t outside(int64_t job_seekers, int32_t n_pieces, int64_t largest)
{
    return n_pieces > 0 ? job_seekers - largest : 0;
}

int64_t plan_draft_outside(const struct plan_area_tally *area, enum plan_division division)
{
    const struct plan_area_division *it = &area->divisions[division];
    return outside(area->people.job_seekers, it->n_pieces, it->largest);
}

/* One division of a draft, and its groups. */
struct view {
    const struct plan_groups *groups;
    const struct plan_draft_division *division;
    bool has_explanations;
};

static struct view view_of(const struct plan_draft *draft, enum plan_division division)
{
    return (struct view){&draft->ground->divisions[division], &draft->divisions[division],
                         division == PLAN_DIVISION_REFERENCE};
}

static struct plan_piece *pieces_of(const struct view *view, int32_t group)
{
    return view->division->pieces + view->groups->first_member[group];
}

/* The piece of a group in an area, or NULL. */
static struct plan_piece *find_piece(const struct view *view, int32_t group, int32_t area)
{
    struct plan_piece *pieces = pieces_of(view, group);
    for (int32_t p = 0; p < view->division->n_pieces[group]; p++)
        if (pieces[p].area == area)
            return &pieces[p];
    return NULL;
}

static void add_to_piece(const struct view *view, struct plan_piece *piece, const struct plan_unit *unit,
                         int32_t change)
{
    piece->n += change;
    piece->job_seekers += change * unit->job_seekers;
    if (!view->has_explanations || !unit->is_beyond_seat)
        return;
    piece->n_beyond += change;
    piece->job_seekers_beyond += change * unit->job_seekers;
}

/* Job seekers of unexplained pieces, and the largest of all pieces: that one is no split. */
struct split_sum {
    int64_t unexplained;
    struct plan_piece largest;
};

static bool is_explained(const struct plan_piece *piece)
{
    return plan_piece_is_beyond((double)piece->job_seekers_beyond, (double)piece->job_seekers,
                                piece->n_beyond, piece->n);
}

static void add_split(struct split_sum *sum, const struct plan_piece *piece)
{
    const struct plan_piece *largest = &sum->largest;
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

/* Unexplained job seekers of a group as it is. */
static int64_t unexplained_now(const struct view *view, int32_t group)
{
    const struct plan_piece *pieces = pieces_of(view, group);
    struct split_sum sum = {0};
    if (view->groups->is_metropolitan[group])
        return 0;
    for (int32_t p = 0; p < view->division->n_pieces[group]; p++)
        add_split(&sum, &pieces[p]);
    return end_split(&sum);
}

/* The same if `unit` were in `to` instead of `from`. */
static int64_t unexplained_if(const struct view *view, int32_t group, const struct plan_unit *unit,
                              int32_t from, int32_t to)
{
    const struct plan_piece *pieces = pieces_of(view, group);
    struct split_sum sum = {0};
    bool has_arrived = false;
    if (view->groups->is_metropolitan[group])
        return 0;
    for (int32_t p = 0; p < view->division->n_pieces[group]; p++) {
        struct plan_piece piece = pieces[p];
        if (piece.area == from || piece.area == to)
            add_to_piece(view, &piece, unit, piece.area == from ? -1 : 1);
        has_arrived |= piece.area == to;
        add_split(&sum, &piece);
    }
    if (!has_arrived) {
        struct plan_piece piece = {.area = to};
        add_to_piece(view, &piece, unit, 1);
        add_split(&sum, &piece);
    }
    return end_split(&sum);
}

static int64_t outside_without(const struct view *view, const struct plan_area_tally *tally,
                               const struct plan_area_division *area, const struct plan_piece *piece,
                               const struct plan_unit *unit)
{
    int64_t job_seekers = tally->people.job_seekers - unit->job_seekers, largest = area->largest;
    if (piece && piece == &view->division->pieces[area->largest_piece]) {
        int64_t left = piece->job_seekers - unit->job_seekers;
        largest = left > area->second_largest ? left : area->second_largest;
    }
    return outside(job_seekers, area->n_pieces - (piece && piece->n == 1), largest);
}

static int64_t outside_with(const struct plan_area_tally *tally, const struct plan_area_division *area,
                            const struct plan_piece *piece, const struct plan_unit *unit, bool has_group)
{
    int64_t job_seekers = tally->people.job_seekers + unit->job_seekers;
    if (!has_group)
        return outside(job_seekers, area->n_pieces, area->largest);
    int64_t grown = (piece ? piece->job_seekers : 0) + unit->job_seekers;
    return outside(job_seekers, area->n_pieces + (piece == NULL),
                   grown > area->largest ? grown : area->largest);
}

static int64_t pieces_violation(const struct plan_groups *groups, int32_t n_pieces)
{
    int64_t over = (int64_t)n_pieces - groups->most_pieces;
    return over > 0 ? over * PLAN_VIOLATION_PERSONS * PLAN_PERSON : 0;
}

void plan_draft_probe_division(const struct plan_draft *draft, int32_t m, int32_t to,
                               enum plan_division division, struct plan_score *delta)
{
    const struct view view = view_of(draft, division);
    const struct plan_unit *unit = &draft->ground->units[m];
    int32_t from = draft->zones->area_of[m], group = unit->group[division];
    const struct plan_area_tally *smaller = &draft->areas[from], *larger = &draft->areas[to];
    const struct plan_piece *left = NULL, *joined = NULL;
    int64_t change = 0;
    if (group != PLAN_NOWHERE) {
        int32_t n = view.division->n_pieces[group];
        left = find_piece(&view, group, from);
        joined = find_piece(&view, group, to);
        change = unexplained_if(&view, group, unit, from, to) - view.division->unexplained[group];
        delta->violation += pieces_violation(view.groups, n - (left->n == 1) + (joined == NULL)) -
                            pieces_violation(view.groups, n);
    }
    change += outside_without(&view, smaller, &smaller->divisions[division], left, unit) -
              plan_draft_outside(smaller, division);
    change += outside_with(larger, &larger->divisions[division], joined, unit, group != PLAN_NOWHERE) -
              plan_draft_outside(larger, division);
    delta->goal[goal_of[division]] += change;
}

/* ---- changes ---- */

static void find_largest(const struct plan_piece *pieces, struct plan_area_division *area)
{
    area->largest_piece = PLAN_NOWHERE;
    area->largest = area->second_largest = 0;
    for (int32_t p = area->first_piece; p != PLAN_NOWHERE; p = pieces[p].next_in_area) {
        int64_t job_seekers = pieces[p].job_seekers;
        if (area->largest_piece == PLAN_NOWHERE || job_seekers > area->largest) {
            area->second_largest = area->largest;
            area->largest = job_seekers;
            area->largest_piece = p;
        } else if (job_seekers > area->second_largest) {
            area->second_largest = job_seekers;
        }
    }
}

static struct plan_area_division *area_of_piece(struct plan_draft *draft, enum plan_division division,
                                                const struct plan_piece *piece)
{
    return &draft->areas[piece->area].divisions[division];
}

/* Puts a piece in its place in the list of its area, or out of it. */
static void link_piece(struct plan_draft *draft, enum plan_division division, int32_t p, int32_t as_next,
                       int32_t as_previous)
{
    struct plan_piece *pieces = draft->divisions[division].pieces, *piece = &pieces[p];
    if (piece->previous_in_area == PLAN_NOWHERE)
        area_of_piece(draft, division, piece)->first_piece = as_next;
    else
        pieces[piece->previous_in_area].next_in_area = as_next;
    if (piece->next_in_area != PLAN_NOWHERE)
        pieces[piece->next_in_area].previous_in_area = as_previous;
}

static struct plan_piece *new_piece(struct plan_draft *draft, enum plan_division division, int32_t group,
                                    int32_t area)
{
    struct plan_draft_division *it = &draft->divisions[division];
    struct plan_area_division *in_area = &draft->areas[area].divisions[division];
    int32_t p = (int32_t)draft->ground->divisions[division].first_member[group] + it->n_pieces[group]++;
    it->pieces[p] = (struct plan_piece){
        .area = area, .next_in_area = in_area->first_piece, .previous_in_area = PLAN_NOWHERE};
    link_piece(draft, division, p, p, p);
    in_area->n_pieces++;
    return &it->pieces[p];
}

/* The last piece of the group takes its place. */
static void drop_piece(struct plan_draft *draft, enum plan_division division, int32_t group,
                       struct plan_piece *piece)
{
    struct plan_draft_division *it = &draft->divisions[division];
    int32_t p = (int32_t)(piece - it->pieces);
    int32_t last = (int32_t)draft->ground->divisions[division].first_member[group] + --it->n_pieces[group];
    area_of_piece(draft, division, piece)->n_pieces--;
    link_piece(draft, division, p, piece->next_in_area, piece->previous_in_area);
    if (p == last)
        return;
    it->pieces[p] = it->pieces[last];
    link_piece(draft, division, p, p, p);
    struct plan_area_division *area = area_of_piece(draft, division, &it->pieces[p]);
    if (area->largest_piece == last)
        area->largest_piece = p;
}

/* The piece that m belongs to changes by m. */
static void change_piece(struct plan_draft *draft, int32_t m, int32_t change, enum plan_division division)
{
    const struct view view = view_of(draft, division);
    const struct plan_unit *unit = &draft->ground->units[m];
    int32_t id = draft->zones->area_of[m], group = unit->group[division];
    struct plan_area_division *area = &draft->areas[id].divisions[division];
    struct plan_piece *piece = find_piece(&view, group, id);
    if (!piece)
        piece = new_piece(draft, division, group, id);
    bool was_large = piece->job_seekers >= area->second_largest;
    add_to_piece(&view, piece, unit, change);
    bool is_large = piece->job_seekers >= area->second_largest;
    if (piece->n == 0)
        drop_piece(draft, division, group, piece);
    if (was_large || is_large)
        find_largest(view.division->pieces, area);
}

void plan_draft_count_division(struct plan_draft *draft, int32_t m, int32_t change,
                               enum plan_division division)
{
    const struct view view = view_of(draft, division);
    int32_t group = draft->ground->units[m].group[division];
    if (group == PLAN_NOWHERE)
        return;
    int32_t n_before = view.division->n_pieces[group];
    int64_t *unexplained = &draft->divisions[division].unexplained[group], before = *unexplained;
    change_piece(draft, m, change, division);
    *unexplained = unexplained_now(&view, group);
    draft->score.goal[goal_of[division]] += *unexplained - before;
    draft->score.violation += pieces_violation(view.groups, view.division->n_pieces[group]) -
                              pieces_violation(view.groups, n_before);
}
