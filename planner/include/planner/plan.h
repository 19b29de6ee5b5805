/*
 * A plan: a named partition of the municipalities into delivery areas (leveransområden).
 */
#ifndef PLANNER_PLAN_H
#define PLANNER_PLAN_H

#include "planner/territory.h"

struct plan_area {
    char *name;
    bool may_be_discontiguous; /* the plan says so */
    /* No area, but the municipalities of an unfinished plan that are in none yet: nobody serves them, so that
     * none of them reaches anybody inside. One at most. */
    bool is_hole;
};

struct plan {
    char *name;
    size_t n; /* municipalities */
    size_t n_areas;
    struct plan_area *areas; /* sorted by name (byte order) */
    int32_t *area_of;        /* area_of[m], 0 .. n_areas-1 */
};

/* The area that is the hole of an unfinished plan; PLAN_NOWHERE: every municipality is in an area. */
int32_t plan_hole(const struct plan *plan);

/* Who is in the hole, by code, for a message; "" when nobody is. Owned by the caller; NULL: memory is out. */
char *plan_hole_words(const struct plan_territory *territory, const struct plan *plan);

void plan_free(struct plan *plan); /* accepts NULL; frees the struct itself too */

/* One line of a plan as people write it. `where` names file and line for messages; may be NULL. */
struct plan_assignment {
    const char *municipality_code;
    const char *area_name;
    const char *where;
    bool area_may_be_discontiguous;
};

/*
 * Makes a plan from assignments. OM_BAD_DATA names every missing, unknown and doubly assigned code at once.
 * The result does not depend on the order of the rows.
 */
om_status plan_new(om_context *ctx, const struct plan_territory *territory, const char *name,
                   const struct plan_assignment *assignments, size_t n, struct plan **out);

/* The same of an unfinished plan: the municipalities that no row names are its hole, an area "(in no area)".
 */
om_status plan_new_unfinished(om_context *ctx, const struct plan_territory *territory, const char *name,
                              const struct plan_assignment *assignments, size_t n, struct plan **out);

/* A plan with one area per region of a reference partition; OM_BAD_DATA names municipalities without a
 * region. */
om_status plan_from_partition(om_context *ctx, const struct plan_territory *territory,
                              const struct plan_partition *partition, const char *name, struct plan **out);

/*
 * Connected pieces of each area over borders and declared links: piece_of[m] counts from 0 within m's area
 * and n_pieces[a] is their number. Both arrays are the caller's (n and n_areas items).
 */
om_status plan_pieces(om_context *ctx, const struct plan_territory *territory, const struct plan *plan,
                      int32_t *piece_of, int32_t *n_pieces);

/*
 * The piece of each area with most of its known job seekers; of equals with most municipalities, then the
 * first. piece_of and n_pieces are those of plan_pieces; main_piece is the caller's (n_areas items).
 */
om_status plan_main_pieces(om_context *ctx, const struct plan_territory *territory, const struct plan *plan,
                           const int32_t *piece_of, const int32_t *n_pieces, int32_t *main_piece);

#endif
