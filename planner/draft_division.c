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

/* One division of a draft, and its groups. */
struct view {
    const struct plan_groups *groups;
    const struct plan_draft_division *division;
    bool has_explanations;
    enum plan_goal goal;
};

static struct view view_of(const struct plan_draft *draft, enum plan_division division)
{
    return (struct view){&draft->ground->divisions[division], &draft->divisions[division],
                         division == PLAN_DIVISION_REFERENCE, goal_of[division]};
}

static const struct plan_piece no_piece = {.area = PLAN_NOWHERE};

static struct plan_share share_of(const struct plan_unit *unit, bool has_explanations)
{
    bool is_beyond = has_explanations && unit->is_beyond_seat;
    return (struct plan_share){1, is_beyond, unit->job_seekers, is_beyond ? unit->job_seekers : 0};
}

/* Municipalities with more than half of the job seekers are beyond their region's seat; where no job seekers
 * are known, more than half of the municipalities. As plan_piece_is_beyond, in whole numbers. */
static bool is_explained(const struct plan_share *share)
{
    bool has_people = share->job_seekers > 0;
    int64_t beyond = has_people ? share->job_seekers_beyond : share->n_beyond;
    int64_t all = has_people ? share->job_seekers : share->n;
    return 2 * beyond > all;
}

/* A piece with municipalities put to it (1), or taken from it (-1). */
static struct plan_piece change_piece(const struct plan_piece *piece, const struct plan_share *share,
                                      int32_t sign)
{
    struct plan_piece changed = *piece;
    changed.share.n += sign * share->n;
    changed.share.n_beyond += sign * share->n_beyond;
    changed.share.job_seekers += sign * share->job_seekers;
    changed.share.job_seekers_beyond += sign * share->job_seekers_beyond;
    changed.is_explained = is_explained(&changed.share);
    return changed;
}

static int64_t unexplained_in(const struct plan_piece *piece)
{
    return piece->is_explained ? 0 : piece->share.job_seekers;
}

/* Of two pieces of a group; of equals, that of the first area. As plan_piece_is_larger, but without
 * branches: no processor foresees which piece is larger. */
static bool is_larger(const struct plan_piece *x, const struct plan_piece *y)
{
    bool is_tied = x->share.job_seekers == y->share.job_seekers;
    bool has_more = (x->share.n > y->share.n) | ((x->share.n == y->share.n) & (x->area < y->area));
    return (x->share.job_seekers > y->share.job_seekers) | (is_tied & has_more);
}

static const struct plan_piece *larger_of(const struct plan_piece *x, const struct plan_piece *y)
{
    return is_larger(x, y) ? x : y;
}

/* Job seekers of a group in pieces that need an explanation and have none; its largest piece is no split. */
static int64_t count_unexplained(const struct plan_draft_group *group, int64_t in_unexplained,
                                 const struct plan_piece *largest)
{
    return group->is_metropolitan ? 0 : in_unexplained - unexplained_in(largest);
}

/* Of a group that will be in so many pieces, beside what it violates now. */
static int64_t pieces_violation(const struct plan_groups *groups, int32_t n_pieces, int32_t n_before)
{
    int64_t over = n_pieces > groups->most_pieces ? n_pieces - groups->most_pieces : 0;
    int64_t over_before = n_before > groups->most_pieces ? n_before - groups->most_pieces : 0;
    return (over - over_before) * PLAN_VIOLATION_PERSONS * PLAN_PERSON;
}

/* ---- one municipality ---- */

/* The pieces of a group that it leaves and joins, and the largest of the others: by job seekers alone where
 * nothing hangs on which of equals it is. Looked for without branches. */
struct crossing {
    const struct plan_piece *left, *joined, *largest_other;
};

static inline struct crossing find_crossing(const struct plan_piece *piece, int32_t n, int32_t from,
                                            int32_t to, bool are_equals_told_apart)
{
    struct crossing crossing = {&no_piece, &no_piece, &no_piece};
    for (const struct plan_piece *end = piece + n; piece < end; piece++) {
        const struct plan_piece *largest = crossing.largest_other;
        bool leaves = piece->area == from, joins = piece->area == to, stays = !(leaves | joins);
        bool exceeds = are_equals_told_apart ? is_larger(piece, largest)
                                             : piece->share.job_seekers > largest->share.job_seekers;
        crossing.left = leaves ? piece : crossing.left;
        crossing.joined = joins ? piece : crossing.joined;
        crossing.largest_other = (stays & exceeds) ? piece : largest;
    }
    return crossing;
}

static int64_t larger(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

/* A group whose pieces nothing explains: only the job seekers of the largest matter. */
static void try_plain_group(const struct plan_draft_group *group, const struct crossing *crossing,
                            const struct plan_unit *unit, struct plan_group_move *move)
{
    int64_t left = crossing->left->share.job_seekers - unit->job_seekers;
    int64_t joined = crossing->joined->share.job_seekers + unit->job_seekers;
    int64_t largest = larger(larger(left, joined), crossing->largest_other->share.job_seekers);
    move->in_unexplained = group->in_unexplained;
    move->unexplained = group->is_metropolitan ? 0 : group->in_unexplained - largest;
}

static void try_explained_group(const struct plan_draft_group *group, const struct crossing *crossing,
                                const struct plan_unit *unit, int32_t area, struct plan_group_move *move)
{
    const struct plan_share share = share_of(unit, true);
    const struct plan_piece left = change_piece(crossing->left, &share, -1);
    struct plan_piece joined = change_piece(crossing->joined, &share, 1);
    joined.area = area;
    move->in_unexplained = group->in_unexplained + unexplained_in(&left) + unexplained_in(&joined) -
                           unexplained_in(crossing->left) - unexplained_in(crossing->joined);
    move->unexplained = count_unexplained(group, move->in_unexplained,
                                          larger_of(&joined, larger_of(&left, crossing->largest_other)));
}

/* Its group is in other pieces: what that changes in the score. */
static int64_t try_group(const struct plan_draft *draft, const struct view *view,
                         const struct plan_unit *unit, int32_t id, enum plan_division division)
{
    struct plan_trial *trial = draft->trial;
    const struct plan_draft_group *group = &view->division->groups[id];
    const struct plan_piece *pieces = view->division->pieces;
    int32_t from = trial->area[0], to = trial->area[1];
    const struct plan_area_division *before[PLAN_SIDES] = {&draft->areas[from].divisions[division],
                                                           &draft->areas[to].divisions[division]};
    const struct plan_piece *first = pieces + group->first_piece;
    const struct crossing crossing = group->may_be_explained
                                         ? find_crossing(first, group->n_pieces, from, to, true)
                                         : find_crossing(first, group->n_pieces, from, to, false);
    const struct plan_share *left = &crossing.left->share, *joined = &crossing.joined->share;
    struct plan_group_move *move = &trial->moves[division];
    move->left = (int32_t)(crossing.left - pieces);
    move->joined = joined->n ? (int32_t)(crossing.joined - pieces) : PLAN_NOWHERE;
    if (group->may_be_explained)
        try_explained_group(group, &crossing, unit, to, move);
    else
        try_plain_group(group, &crossing, unit, move);
    int64_t rest = larger(left->job_seekers - unit->job_seekers, before[0]->second_largest);
    move->outside[0] = outside(trial->people[0].job_seekers, before[0]->n_pieces - (left->n == 1),
                               before[0]->largest_piece == move->left ? rest : before[0]->largest);
    move->outside[1] =
        trial->people[1].job_seekers - larger(joined->job_seekers + unit->job_seekers, before[1]->largest);
    trial->score.violation +=
        pieces_violation(view->groups, group->n_pieces - (left->n == 1) + (joined->n == 0), group->n_pieces);
    return move->unexplained - group->unexplained;
}

/* It is in no group, but some of the two areas may be. */
static int64_t try_no_group(const struct plan_draft *draft, enum plan_division division)
{
    struct plan_trial *trial = draft->trial;
    for (int side = 0; side < PLAN_SIDES; side++) {
        const struct plan_area_division *area = &draft->areas[trial->area[side]].divisions[division];
        trial->moves[division].outside[side] =
            outside(trial->people[side].job_seekers, area->n_pieces, area->largest);
    }
    return 0;
}

void plan_draft_try_division(const struct plan_draft *draft, enum plan_division division)
{
    const struct view view = view_of(draft, division);
    struct plan_trial *trial = draft->trial;
    const struct plan_unit *unit = &draft->ground->units[trial->municipality];
    int32_t group = unit->group[division];
    int64_t change = group == PLAN_NOWHERE ? try_no_group(draft, division)
                                           : try_group(draft, &view, unit, group, division);
    for (int side = 0; side < PLAN_SIDES; side++)
        change += trial->moves[division].outside[side] -
                  draft->areas[trial->area[side]].divisions[division].outside;
    trial->score.goal[view.goal] += change;
}

/* ---- pieces ---- */

static void find_largest(const struct plan_draft_division *division, struct plan_area_division *area)
{
    area->largest_piece = PLAN_NOWHERE;
    area->largest = area->second_largest = 0;
    for (int32_t p = area->first_piece; p != PLAN_NOWHERE; p = division->links[p].next) {
        int64_t job_seekers = division->pieces[p].share.job_seekers;
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
                                                int32_t p)
{
    return &draft->areas[draft->divisions[division].pieces[p].area].divisions[division];
}

/* Puts a piece in its place in the list of its area, or out of it. */
static void link_piece(struct plan_draft *draft, enum plan_division division, int32_t p, int32_t as_next,
                       int32_t as_previous)
{
    struct plan_piece_link *links = draft->divisions[division].links, *link = &links[p];
    if (link->previous == PLAN_NOWHERE)
        area_of_piece(draft, division, p)->first_piece = as_next;
    else
        links[link->previous].next = as_next;
    if (link->next != PLAN_NOWHERE)
        links[link->next].previous = as_previous;
}

static int32_t add_piece(struct plan_draft *draft, enum plan_division division,
                         struct plan_draft_group *group, const struct plan_piece *piece)
{
    struct plan_draft_division *it = &draft->divisions[division];
    struct plan_area_division *area = &draft->areas[piece->area].divisions[division];
    int32_t p = (int32_t)group->first_piece + group->n_pieces++;
    it->pieces[p] = *piece;
    it->links[p] = (struct plan_piece_link){area->first_piece, PLAN_NOWHERE};
    link_piece(draft, division, p, p, p);
    area->n_pieces++;
    return p;
}

/* The last piece of the group takes its place. */
static void drop_piece(struct plan_draft *draft, enum plan_division division, struct plan_draft_group *group,
                       int32_t p)
{
    struct plan_draft_division *it = &draft->divisions[division];
    int32_t last = (int32_t)group->first_piece + --group->n_pieces;
    area_of_piece(draft, division, p)->n_pieces--;
    link_piece(draft, division, p, it->links[p].next, it->links[p].previous);
    if (p == last)
        return;
    it->pieces[p] = it->pieces[last];
    it->links[p] = it->links[last];
    link_piece(draft, division, p, p, p);
    struct plan_area_division *area = area_of_piece(draft, division, p);
    if (area->largest_piece == last)
        area->largest_piece = p;
}

/* Piece p has become larger than it was. */
static void note_growth(struct plan_area_division *area, int32_t p, int64_t job_seekers)
{
    if (p == area->largest_piece) {
        area->largest = job_seekers;
    } else if (area->largest_piece == PLAN_NOWHERE || job_seekers > area->largest) {
        area->second_largest = area->largest;
        area->largest = job_seekers;
        area->largest_piece = p;
    } else if (job_seekers > area->second_largest) {
        area->second_largest = job_seekers;
    }
}

/* Piece p has become smaller; false when only a look at all pieces tells which are the largest now. */
static bool note_loss(struct plan_area_division *area, int32_t p, const struct plan_share *before,
                      const struct plan_share *now)
{
    if (p != area->largest_piece)
        return before->job_seekers != area->second_largest;
    area->largest = now->job_seekers;
    return now->n > 0 && now->job_seekers >= area->second_largest;
}

static void make_growth(struct plan_draft *draft, enum plan_division division, struct plan_draft_group *group,
                        int32_t p, int32_t area, const struct plan_share *share)
{
    struct plan_piece grown =
        change_piece(p == PLAN_NOWHERE ? &no_piece : &draft->divisions[division].pieces[p], share, 1);
    grown.area = area;
    if (p == PLAN_NOWHERE)
        p = add_piece(draft, division, group, &grown);
    else
        draft->divisions[division].pieces[p] = grown;
    note_growth(&draft->areas[area].divisions[division], p, grown.share.job_seekers);
}

static void make_loss(struct plan_draft *draft, enum plan_division division, struct plan_draft_group *group,
                      int32_t p, const struct plan_piece *left)
{
    struct plan_draft_division *it = &draft->divisions[division];
    struct plan_area_division *area = &draft->areas[left->area].divisions[division];
    bool is_known = note_loss(area, p, &it->pieces[p].share, &left->share);
    if (left->share.n == 0)
        drop_piece(draft, division, group, p);
    else
        it->pieces[p] = *left;
    if (!is_known)
        find_largest(it, area);
}

void plan_draft_make_division(struct plan_draft *draft, enum plan_division division)
{
    const struct plan_trial *trial = draft->trial;
    const struct plan_group_move *move = &trial->moves[division];
    int32_t id = draft->ground->units[trial->municipality].group[division];
    for (int side = 0; side < PLAN_SIDES; side++)
        draft->areas[trial->area[side]].divisions[division].outside = move->outside[side];
    if (id == PLAN_NOWHERE)
        return;
    const struct view view = view_of(draft, division);
    struct plan_draft_group *group = &view.division->groups[id];
    const struct plan_share share =
        share_of(&draft->ground->units[trial->municipality], view.has_explanations);
    const struct plan_piece left = change_piece(&view.division->pieces[move->left], &share, -1);
    /* a piece that is there grows before another one ends, which may change its place; one that begins takes
     * room that another one leaves: a group has no more places than members */
    if (move->joined != PLAN_NOWHERE)
        make_growth(draft, division, group, move->joined, trial->area[1], &share);
    make_loss(draft, division, group, move->left, &left);
    if (move->joined == PLAN_NOWHERE)
        make_growth(draft, division, group, PLAN_NOWHERE, trial->area[1], &share);
    group->in_unexplained = move->in_unexplained;
    group->unexplained = move->unexplained;
}

/* The piece of a group in an area, or PLAN_NOWHERE. */
static int32_t find_piece(const struct plan_draft_division *division, const struct plan_draft_group *group,
                          int32_t area)
{
    for (int32_t i = 0; i < group->n_pieces; i++)
        if (division->pieces[group->first_piece + (uint32_t)i].area == area)
            return (int32_t)group->first_piece + i;
    return PLAN_NOWHERE;
}

static void fill_municipality(struct plan_draft *draft, const struct view *view, enum plan_division division,
                              int32_t m)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    struct plan_draft_group *group = &view->division->groups[unit->group[division]];
    const struct plan_share share = share_of(unit, view->has_explanations);
    int32_t area = draft->zones->area_of[m];
    group->may_be_explained |= share.n_beyond > 0 && !group->is_metropolitan;
    make_growth(draft, division, group, find_piece(view->division, group, area), area, &share);
}

/* The score of a group as it is. */
static void fill_group(struct plan_draft *draft, const struct view *view, struct plan_draft_group *group)
{
    const struct plan_piece *largest = &no_piece;
    for (int32_t i = 0; i < group->n_pieces; i++) {
        const struct plan_piece *piece = &view->division->pieces[group->first_piece + (uint32_t)i];
        group->in_unexplained += unexplained_in(piece);
        largest = larger_of(piece, largest);
    }
    group->unexplained = count_unexplained(group, group->in_unexplained, largest);
    draft->score.goal[view->goal] += group->unexplained;
    draft->score.violation += pieces_violation(view->groups, group->n_pieces, 0);
}

void plan_draft_fill_division(struct plan_draft *draft, enum plan_division division)
{
    const struct view view = view_of(draft, division);
    for (size_t a = 0; a < draft->zones->n_slots; a++)
        draft->areas[a].divisions[division].first_piece = draft->areas[a].divisions[division].largest_piece =
            PLAN_NOWHERE;
    for (size_t group = 0; group < view.groups->n; group++)
        view.division->groups[group] =
            (struct plan_draft_group){.first_piece = view.groups->first_member[group],
                                      .is_metropolitan = view.groups->is_metropolitan[group]};
    for (int32_t m = 0; m < (int32_t)draft->ground->n; m++)
        if (draft->ground->units[m].group[division] != PLAN_NOWHERE)
            fill_municipality(draft, &view, division, m);
    for (size_t group = 0; group < view.groups->n; group++)
        fill_group(draft, &view, &view.division->groups[group]);
    for (size_t a = 0; a < draft->zones->n_slots; a++) {
        struct plan_area_division *area = &draft->areas[a].divisions[division];
        area->outside = outside(draft->areas[a].people.job_seekers, area->n_pieces, area->largest);
        draft->score.goal[view.goal] += area->outside;
    }
}

/* ---- two areas divided anew ---- */

static struct plan_group_change no_change(const struct plan_trial *trial, int32_t group)
{
    struct plan_group_change change = {.group = group, .piece = {no_piece, no_piece}};
    for (int side = 0; side < PLAN_SIDES; side++)
        change.piece[side].area = trial->area[side];
    return change;
}

static void share_out(const struct plan_draft *draft, const struct view *view, enum plan_division division,
                      const struct plan_redivision *redivision)
{
    struct plan_trial *trial = draft->trial;
    struct plan_group_change *changes = trial->groups[division];
    int32_t *place_of = trial->place_of_group[division], n = 0;
    for (int32_t i = 0; i < redivision->n; i++) {
        const struct plan_unit *unit = &draft->ground->units[redivision->member[i]];
        const struct plan_share share = share_of(unit, view->has_explanations);
        int32_t group = unit->group[division];
        if (group == PLAN_NOWHERE)
            continue;
        if (place_of[group] == PLAN_NOWHERE) {
            place_of[group] = n;
            changes[n++] = no_change(trial, group);
        }
        struct plan_piece *piece = &changes[place_of[group]].piece[redivision->side[i]];
        *piece = change_piece(piece, &share, 1);
    }
    for (int32_t i = 0; i < n; i++)
        place_of[changes[i].group] = PLAN_NOWHERE;
    trial->n_groups[division] = n;
}

static void retry_group(const struct plan_draft *draft, const struct view *view,
                        struct plan_group_change *change)
{
    struct plan_trial *trial = draft->trial;
    const struct plan_draft_group *group = &view->division->groups[change->group];
    const struct plan_piece *largest = &no_piece;
    int32_t n_pieces = group->n_pieces;
    change->in_unexplained = group->in_unexplained;
    for (int32_t i = 0; i < group->n_pieces; i++) {
        const struct plan_piece *piece = &view->division->pieces[group->first_piece + (uint32_t)i];
        if (piece->area != trial->area[0] && piece->area != trial->area[1]) {
            largest = larger_of(piece, largest);
        } else {
            change->in_unexplained -= unexplained_in(piece);
            n_pieces--;
        }
    }
    for (int side = 0; side < PLAN_SIDES; side++) {
        change->in_unexplained += unexplained_in(&change->piece[side]);
        largest = larger_of(&change->piece[side], largest);
        n_pieces += change->piece[side].share.n > 0;
    }
    change->unexplained = count_unexplained(group, change->in_unexplained, largest);
    trial->score.goal[view->goal] += change->unexplained - group->unexplained;
    trial->score.violation += pieces_violation(view->groups, n_pieces, group->n_pieces);
}

void plan_draft_retry_division(const struct plan_draft *draft, enum plan_division division,
                               const struct plan_redivision *redivision)
{
    const struct view view = view_of(draft, division);
    struct plan_trial *trial = draft->trial;
    int64_t largest[PLAN_SIDES] = {0, 0};
    int32_t n_pieces[PLAN_SIDES] = {0, 0};
    share_out(draft, &view, division, redivision);
    for (int32_t i = 0; i < trial->n_groups[division]; i++) {
        struct plan_group_change *change = &trial->groups[division][i];
        retry_group(draft, &view, change);
        for (int side = 0; side < PLAN_SIDES; side++) {
            n_pieces[side] += change->piece[side].share.n > 0;
            largest[side] = larger(change->piece[side].share.job_seekers, largest[side]);
        }
    }
    for (int side = 0; side < PLAN_SIDES; side++) {
        int64_t *now = &trial->moves[division].outside[side];
        *now = outside(trial->people[side].job_seekers, n_pieces[side], largest[side]);
        trial->score.goal[view.goal] += *now - draft->areas[trial->area[side]].divisions[division].outside;
    }
}

/* The piece of a group in an area becomes as given. */
static void set_piece(struct plan_draft *draft, enum plan_division division, struct plan_draft_group *group,
                      const struct plan_piece *piece)
{
    struct plan_draft_division *it = &draft->divisions[division];
    int32_t p = find_piece(it, group, piece->area);
    if (p == PLAN_NOWHERE && piece->share.n > 0)
        add_piece(draft, division, group, piece);
    else if (piece->share.n > 0)
        it->pieces[p] = *piece;
    else if (p != PLAN_NOWHERE)
        drop_piece(draft, division, group, p);
}

void plan_draft_remake_division(struct plan_draft *draft, enum plan_division division)
{
    const struct plan_trial *trial = draft->trial;
    for (int32_t i = 0; i < trial->n_groups[division]; i++) {
        const struct plan_group_change *change = &trial->groups[division][i];
        struct plan_draft_group *group = &draft->divisions[division].groups[change->group];
        /* a piece that ends makes room for one that begins: a group has no more places than members */
        int first = change->piece[0].share.n == 0 ? 0 : 1;
        set_piece(draft, division, group, &change->piece[first]);
        set_piece(draft, division, group, &change->piece[1 - first]);
        group->in_unexplained = change->in_unexplained;
        group->unexplained = change->unexplained;
    }
    for (int side = 0; side < PLAN_SIDES; side++) {
        struct plan_area_division *area = &draft->areas[trial->area[side]].divisions[division];
        area->outside = trial->moves[division].outside[side];
        find_largest(&draft->divisions[division], area);
    }
}
