/*
 * The territory a plan divides: municipalities, who borders whom, and reference partitions (FA, LA, county
 * …).
 *
 * Municipalities are sorted by code (byte order) and known by their index in that order everywhere in
 * planner/. Plain values; a territory owns everything it points to. Unknown numbers are NAN, never 0.
 */
#ifndef PLANNER_TERRITORY_H
#define PLANNER_TERRITORY_H

#include "geo/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAN_NOWHERE (-1) /* no municipality, area, region or supplier */

struct plan_municipality {
    char *code; /* kommunkod: text, never a number */
    char *name;
    char *seat_name;  /* centralort; may be NULL */
    char *seat_stops; /* stop ids of timetables, separated by blanks; NULL: the point's own stops */
    double seat_lon_lat[2];
    double population;
    double land_area_km2;
    double job_seekers;  /* registered unemployed */
    double participants; /* expected participants in the service; NAN: job_seekers stand in for them */
};

struct plan_region {
    char *code;
    char *name;
};

/* A reference partition: member[m] is the region of municipality m, or PLAN_NOWHERE. */
struct plan_partition {
    char *kind; /* "fa2015", "fa2005", "la2023", "county", … as imported */
    size_t n_regions;
    struct plan_region *regions; /* sorted by code */
    int32_t *member;
};

enum plan_link_kind { PLAN_LINK_BORDER, PLAN_LINK_DECLARED }; /* declared: bridge, ferry */

struct plan_neighbour {
    int32_t municipality;
    enum plan_link_kind kind;
    double border_m; /* 0 for a declared link without shared border */
};

struct plan_territory {
    size_t n;
    struct plan_municipality *municipalities;
    /* neighbours of m: neighbours[first_neighbour[m] .. first_neighbour[m + 1] - 1], sorted by municipality
     */
    uint32_t *first_neighbour;
    struct plan_neighbour *neighbours;
    size_t n_partitions;
    struct plan_partition *partitions;
};

void plan_territory_free(struct plan_territory *territory); /* accepts NULL; frees the struct itself too */

/* Index of a municipality by code; PLAN_NOWHERE when unknown. Binary search. */
int32_t plan_territory_find(const struct plan_territory *territory, const char *code);

/* The partition of a kind, or NULL. */
const struct plan_partition *plan_territory_partition(const struct plan_territory *territory,
                                                      const char *kind);

/*
 * Fills first_neighbour and neighbours from pairs (each once, any order; a border and a declared link of the
 * same pair become one border). OM_INVALID_ARGUMENT when an index is out of range or a pair is a loop.
 */
struct plan_pair {
    int32_t a, b;
    enum plan_link_kind kind;
    double border_m;
};
om_status plan_territory_connect(om_context *ctx, struct plan_territory *territory,
                                 const struct plan_pair *pairs, size_t n);

#endif
