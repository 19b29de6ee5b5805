/*
 * What became of the areas when one plan takes the place of another: which area lives on in which, which are
 * new, which are gone, and the municipalities that moved.
 *
 * An area before and an area after that share municipalities may be matched, each at most once: pairs are
 * taken by shared job seekers, most first; of equals by shared municipalities, then pairs of the same name,
 * then in the order of the areas (by name, before, then after). Unknown job seekers weigh nothing. So every
 * municipality that leaves its area goes to, or comes from, an area that is matched.
 */
#ifndef PLANNER_GENEALOGY_H
#define PLANNER_GENEALOGY_H

#include "planner/plan.h"

enum plan_move {
    PLAN_MOVE_STAYED,      /* in the area its area lives on in */
    PLAN_MOVE_TRANSFERRED, /* between areas that both live on */
    PLAN_MOVE_SPLIT_OFF,   /* from an area that lives on to a new one */
    PLAN_MOVE_MERGED,      /* from an area that is gone to one that lives on */
    PLAN_MOVES,
};
extern const char *const plan_move_names[PLAN_MOVES]; /* "stayed", "transferred", "split", "merged" */

/*
 * The smallest set of areas, before and after, that have all their municipalities in common. One area on
 * either side: unchanged, or renamed. Its moves say what happened, and several kinds may have.
 */
struct plan_family {
    struct plan_family_areas {
        size_t first, n; /* in before_areas or after_areas of the genealogy, in the plan's order */
    } before, after;
    bool is_renamed;             /* an area lives on under another name */
    int32_t n_moves[PLAN_MOVES]; /* municipalities */
    double job_seekers_moves[PLAN_MOVES];
};

/* In a word: one kind of move is named after it, several are redrawn. */
enum plan_family_kind {
    PLAN_FAMILY_UNCHANGED,
    PLAN_FAMILY_RENAMED,
    PLAN_FAMILY_TRANSFERRED,
    PLAN_FAMILY_SPLIT,
    PLAN_FAMILY_MERGED,
    PLAN_FAMILY_REDRAWN,
    PLAN_FAMILY_KINDS,
};
extern const char *const plan_family_kind_names[PLAN_FAMILY_KINDS]; /* "unchanged", "renamed" … */
enum plan_family_kind plan_family_kind(const struct plan_family *family);

/* The municipalities that moved from one area to another, all in the same way. */
struct plan_flow {
    int32_t before, after;
    enum plan_move move;
    int32_t n_municipalities;
    double job_seekers;
};

struct plan_genealogy {
    size_t n, n_before, n_after; /* municipalities and areas */
    int32_t *successor;          /* per area before: the area it lives on in; PLAN_NOWHERE: gone */
    int32_t *predecessor;        /* per area after; PLAN_NOWHERE: new */
    enum plan_move *move;        /* per municipality */
    int32_t *before_areas, *after_areas;
    size_t n_families;
    /* most job seekers moved first, then most municipalities moved; then renamed, then unchanged ones, each
     * in the order of their first area */
    struct plan_family *families;
    size_t n_flows;
    struct plan_flow *flows; /* in the order of their families; in each most job seekers first */
};

void plan_genealogy_free(struct plan_genealogy *genealogy); /* accepts NULL; frees the struct itself too */

/* Municipalities of the family that are not where they stayed, and their job seekers. */
int32_t plan_family_n_moved(const struct plan_family *family);
double plan_family_job_seekers_moved(const struct plan_family *family);

/* OM_INVALID_ARGUMENT when a plan is not of the territory, OM_NO_MEMORY. */
om_status plan_genealogy_trace(om_context *ctx, const struct plan_territory *territory,
                               const struct plan *before, const struct plan *after,
                               struct plan_genealogy **out);

#endif
