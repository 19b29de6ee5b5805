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
    enum plan_goal goal;
};

static struct view view_of(const struct plan_draft *draft, enum plan_division division)
{
    return (struct view){&draft->ground->divisions[division], &draft->divisions[division],
                         division == PLAN_DIVISION_REFERENCE, goal_of[division]};
}

static struct plan_piece *pieces_of(const struct view *view, int32_t group)
{
    return view->division->pieces + view->division->groups[group].first_piece;
}

/* The piece of a group in an area, or NULL. */
static struct plan_piece *find_piece(const struct view *view, int32_t group, int32_t area)
{
    struct plan_piece *pieces = pieces_of(view, group);
    for (int32_t p = 0; p < view->division->groups[group].n_pieces; p++)
        if (pieces[p].area == area)
            return &pieces[p];
    return NULL;
}

static struct plan_share share_of(const struct view *view, const struct plan_unit *unit)
{
    bool is_beyond = view->has_explanations && unit->is_beyond_seat;
    return (struct plan_share){1, is_beyond, unit->job_seekers, is_beyond ? unit->job_seekers : 0};
}

static void add_share(struct plan_share *to, const struct plan_share *share, int32_t sign)
{
    to->n += sign * share->n;
    to->n_beyond += sign * share->n_beyond;
    to->job_seekers += sign * share->job_seekers;
    to->job_seekers_beyond += sign * share->job_seekers_beyond;
}

static bool is_explained(const struct plan_share *share)
{
    return plan_piece_is_beyond((double)share->job_seekers_beyond, (double)share->job_seekers,
                                share->n_beyond, share->n);
}

/* What the pieces of a group amount to; of those added, only the largest is looked at closer. */
struct split_sum {
    int64_t in_unexplained;
    int32_t n_pieces;
    struct plan_share largest;
    int32_t largest_area;
    bool largest_is_explained;
};

static void add_piece(struct split_sum *sum, const struct plan_share *share, int32_t area, bool explained)
{
    const struct plan_share *largest = &sum->largest;
    bool is_tied = share->job_seekers == largest->job_seekers && share->n == largest->n;
    if (sum->n_pieces++ == 0 || (is_tied && area < sum->largest_area) ||
        plan_piece_is_larger((double)share->job_seekers, share->n, (double)largest->job_seekers,
                             largest->n)) {
        sum->largest = *share;
        sum->largest_area = area;
        sum->largest_is_explained = explained;
    }
}

/* A piece that is not kept so, or not yet. */
static void add_share_as_piece(struct split_sum *sum, const struct plan_share *share, int32_t area)
{
    if (share->n == 0)
        return;
    bool explained = is_explained(share);
    sum->in_unexplained += explained ? 0 : share->job_seekers;
    add_piece(sum, share, area, explained);
}

/* A piece that is kept, and counted in in_unexplained, will be something else. */
static void take_out(struct split_sum *sum, const struct plan_piece *piece)
{
    sum->in_unexplained -= piece->is_explained ? 0 : piece->share.job_seekers;
}

static int64_t end_split(const struct plan_draft_group *group, const struct split_sum *sum)
{
    if (group->is_metropolitan || sum->n_pieces == 0)
        return 0;
    return sum->in_unexplained - (sum->largest_is_explained ? 0 : sum->largest.job_seekers);
}

static int64_t outside_without(const struct view *view, int64_t job_seekers_left,
                               const struct plan_area_division *area, const struct plan_piece *piece,
                               const struct plan_unit *unit)
{
    int64_t largest = area->largest;
    if (piece && piece == &view->division->pieces[area->largest_piece]) {
        int64_t left = piece->share.job_seekers - unit->job_seekers;
        largest = left > area->second_largest ? left : area->second_largest;
    }
    return outside(job_seekers_left, area->n_pieces - (piece && piece->share.n == 1), largest);
}

static int64_t outside_with(int64_t job_seekers, const struct plan_area_division *area,
                            const struct plan_piece *piece, const struct plan_unit *unit, bool has_group)
{
    if (!has_group)
        return outside(job_seekers, area->n_pieces, area->largest);
    int64_t grown = (piece ? piece->share.job_seekers : 0) + unit->job_seekers;
    return outside(job_seekers, area->n_pieces + (piece == NULL),
                   grown > area->largest ? grown : area->largest);
}

static int64_t pieces_violation(const struct plan_groups *groups, int32_t n_pieces)
{
    int64_t over = (int64_t)n_pieces - groups->most_pieces;
    return over > 0 ? over * PLAN_VIOLATION_PERSONS * PLAN_PERSON : 0;
}

/* A group's part of the score goes from what is kept to what is worked out. */
static void score_group(const struct plan_draft *draft, const struct view *view,
                        const struct plan_draft_group *group, int64_t unexplained, int32_t n_pieces)
{
    struct plan_score *score = &draft->trial->score;
    score->goal[view->goal] += unexplained - group->unexplained;
    score->violation +=
        pieces_violation(view->groups, n_pieces) - pieces_violation(view->groups, group->n_pieces);
}

/* ---- one municipality ---- */

/* The pieces that it leaves and joins; NULL where there is none. */
struct crossing {
    const struct plan_piece *left, *joined;
};

static struct crossing try_group(const struct plan_draft *draft, const struct view *view,
                                 const struct plan_share *share, int32_t id, enum plan_division division)
{
    struct plan_trial *trial = draft->trial;
    const struct plan_draft_group *group = &view->division->groups[id];
    const struct plan_piece *pieces = view->division->pieces + group->first_piece;
    struct crossing crossing = {NULL, NULL};
    struct split_sum sum = {.in_unexplained = group->in_unexplained};
    struct plan_share joined = *share, left;
    for (int32_t p = 0; p < group->n_pieces; p++)
        if (pieces[p].area == trial->area[0])
            crossing.left = &pieces[p];
        else if (pieces[p].area == trial->area[1])
            crossing.joined = &pieces[p];
        else
            add_piece(&sum, &pieces[p].share, pieces[p].area, pieces[p].is_explained);
    left = crossing.left->share;
    take_out(&sum, crossing.left);
    add_share(&left, share, -1);
    add_share_as_piece(&sum, &left, trial->area[0]);
    if (crossing.joined) {
        take_out(&sum, crossing.joined);
        add_share(&joined, &crossing.joined->share, 1);
    }
    add_share_as_piece(&sum, &joined, trial->area[1]);
    trial->in_unexplained[division] = sum.in_unexplained;
    trial->unexplained[division] = end_split(group, &sum);
    score_group(draft, view, group, trial->unexplained[division], sum.n_pieces);
    return crossing;
}

void plan_draft_try_division(const struct plan_draft *draft, enum plan_division division)
{
    const struct view view = view_of(draft, division);
    struct plan_trial *trial = draft->trial;
    const struct plan_unit *unit = &draft->ground->units[trial->municipality];
    const struct plan_area_tally *from = &draft->areas[trial->area[0]], *to = &draft->areas[trial->area[1]];
    struct crossing crossing = {NULL, NULL};
    int32_t group = unit->group[division];
    const struct plan_share share = share_of(&view, unit);
    if (group != PLAN_NOWHERE)
        crossing = try_group(draft, &view, &share, group, division);
    trial->score.goal[view.goal] += outside_without(&view, trial->people[0].job_seekers,
                                                    &from->divisions[division], crossing.left, unit) +
                                    outside_with(trial->people[1].job_seekers, &to->divisions[division],
                                                 crossing.joined, unit, group != PLAN_NOWHERE) -
                                    plan_draft_outside(from, division) - plan_draft_outside(to, division);
}

/* ---- pieces ---- */

static void find_largest(const struct plan_piece *pieces, struct plan_area_division *area)
{
    area->largest_piece = PLAN_NOWHERE;
    area->largest = area->second_largest = 0;
    for (int32_t p = area->first_piece; p != PLAN_NOWHERE; p = pieces[p].next_in_area) {
        int64_t job_seekers = pieces[p].share.job_seekers;
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
    int32_t p = (int32_t)it->groups[group].first_piece + it->groups[group].n_pieces++;
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
    int32_t last = (int32_t)it->groups[group].first_piece + --it->groups[group].n_pieces;
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

/* The piece has become smaller; false when only a look at all pieces tells which are the largest now. */
static bool note_loss(struct plan_area_division *area, int32_t p, const struct plan_share *before,
                      const struct plan_share *now)
{
    if (p != area->largest_piece)
        return before->job_seekers != area->second_largest;
    area->largest = now->job_seekers;
    return now->n > 0 && now->job_seekers >= area->second_largest;
}

/* m goes from the piece of its group in an area (-1), or comes to it (1). */
static void change_piece(struct plan_draft *draft, enum plan_division division, int32_t m, int32_t id,
                         int32_t change)
{
    const struct view view = view_of(draft, division);
    const struct plan_unit *unit = &draft->ground->units[m];
    const struct plan_share share = share_of(&view, unit);
    struct plan_area_division *area = &draft->areas[id].divisions[division];
    struct plan_piece *pieces = view.division->pieces;
    struct plan_piece *piece = find_piece(&view, unit->group[division], id);
    bool is_known = true;
    if (!piece)
        piece = new_piece(draft, division, unit->group[division], id);
    const struct plan_share before = piece->share;
    add_share(&piece->share, &share, change);
    piece->is_explained = is_explained(&piece->share);
    if (change > 0)
        note_growth(area, (int32_t)(piece - pieces), piece->share.job_seekers);
    else
        is_known = note_loss(area, (int32_t)(piece - pieces), &before, &piece->share);
    if (piece->share.n == 0)
        drop_piece(draft, division, unit->group[division], piece);
    if (!is_known)
        find_largest(pieces, area);
}

void plan_draft_make_division(struct plan_draft *draft, enum plan_division division)
{
    const struct plan_trial *trial = draft->trial;
    int32_t m = trial->municipality, group = draft->ground->units[m].group[division];
    if (group == PLAN_NOWHERE)
        return;
    change_piece(draft, division, m, trial->area[0], -1);
    change_piece(draft, division, m, trial->area[1], 1);
    draft->divisions[division].groups[group].in_unexplained = trial->in_unexplained[division];
    draft->divisions[division].groups[group].unexplained = trial->unexplained[division];
}

/* The score of a group as it is. */
static void fill_group(struct plan_draft *draft, const struct view *view, struct plan_draft_group *group)
{
    struct split_sum sum = {0};
    for (int32_t p = 0; p < group->n_pieces; p++) {
        const struct plan_piece *piece = &view->division->pieces[group->first_piece + (uint32_t)p];
        add_share_as_piece(&sum, &piece->share, piece->area);
    }
    group->in_unexplained = sum.in_unexplained;
    group->unexplained = end_split(group, &sum);
    draft->score.goal[view->goal] += group->unexplained;
    draft->score.violation += pieces_violation(view->groups, sum.n_pieces);
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
            change_piece(draft, division, m, draft->zones->area_of[m], 1);
    for (size_t group = 0; group < view.groups->n; group++)
        fill_group(draft, &view, &view.division->groups[group]);
    for (size_t a = 0; a < draft->zones->n_slots; a++)
        draft->score.goal[view.goal] += plan_draft_outside(&draft->areas[a], division);
}

/* ---- two areas divided anew ---- */

static void share_out(const struct plan_draft *draft, const struct view *view, enum plan_division division,
                      const struct plan_redivision *redivision)
{
    struct plan_trial *trial = draft->trial;
    struct plan_group_change *changes = trial->groups[division];
    int32_t *place_of = trial->place_of_group[division], n = 0;
    for (int32_t i = 0; i < redivision->n; i++) {
        const struct plan_unit *unit = &draft->ground->units[redivision->member[i]];
        const struct plan_share share = share_of(view, unit);
        int32_t group = unit->group[division];
        if (group == PLAN_NOWHERE)
            continue;
        if (place_of[group] == PLAN_NOWHERE) {
            place_of[group] = n;
            changes[n++] = (struct plan_group_change){.group = group};
        }
        add_share(&changes[place_of[group]].share[redivision->side[i]], &share, 1);
    }
    for (int32_t i = 0; i < n; i++)
        place_of[changes[i].group] = PLAN_NOWHERE;
    trial->n_groups[division] = n;
}

static void retry_group(const struct plan_draft *draft, const struct view *view,
                        struct plan_group_change *change)
{
    const struct plan_trial *trial = draft->trial;
    const struct plan_draft_group *group = &view->division->groups[change->group];
    struct split_sum sum = {.in_unexplained = group->in_unexplained};
    for (int32_t p = 0; p < group->n_pieces; p++) {
        const struct plan_piece *piece = &view->division->pieces[group->first_piece + (uint32_t)p];
        if (piece->area != trial->area[0] && piece->area != trial->area[1])
            add_piece(&sum, &piece->share, piece->area, piece->is_explained);
        else
            take_out(&sum, piece);
    }
    for (int side = 0; side < PLAN_SIDES; side++)
        add_share_as_piece(&sum, &change->share[side], trial->area[side]);
    change->in_unexplained = sum.in_unexplained;
    change->unexplained = end_split(group, &sum);
    score_group(draft, view, group, change->unexplained, sum.n_pieces);
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
            n_pieces[side] += change->share[side].n > 0;
            if (change->share[side].job_seekers > largest[side])
                largest[side] = change->share[side].job_seekers;
        }
    }
    for (int side = 0; side < PLAN_SIDES; side++)
        trial->score.goal[view.goal] +=
            outside(trial->people[side].job_seekers, n_pieces[side], largest[side]) -
            plan_draft_outside(&draft->areas[trial->area[side]], division);
}

/* The piece of a group in an area becomes such a share of it. */
static void set_piece(struct plan_draft *draft, enum plan_division division, int32_t group, int32_t area,
                      const struct plan_share *share)
{
    const struct view view = view_of(draft, division);
    struct plan_piece *piece = find_piece(&view, group, area);
    if (!piece && share->n > 0)
        piece = new_piece(draft, division, group, area);
    if (piece && share->n > 0) {
        piece->share = *share;
        piece->is_explained = is_explained(share);
    } else if (piece) {
        drop_piece(draft, division, group, piece);
    }
}

void plan_draft_remake_division(struct plan_draft *draft, enum plan_division division)
{
    const struct plan_trial *trial = draft->trial;
    for (int32_t i = 0; i < trial->n_groups[division]; i++) {
        const struct plan_group_change *change = &trial->groups[division][i];
        /* a piece that ends makes room for one that begins: a group has no more places than members */
        int first = change->share[0].n == 0 ? 0 : 1;
        for (int k = 0; k < PLAN_SIDES; k++) {
            int side = k == 0 ? first : 1 - first;
            set_piece(draft, division, change->group, trial->area[side], &change->share[side]);
        }
        struct plan_draft_group *group = &draft->divisions[division].groups[change->group];
        group->in_unexplained = change->in_unexplained;
        group->unexplained = change->unexplained;
    }
    for (int side = 0; side < PLAN_SIDES; side++)
        find_largest(draft->divisions[division].pieces, &draft->areas[trial->area[side]].divisions[division]);
}
