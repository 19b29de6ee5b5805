/*
 * The market: suppliers, their offices, and their contracts for one service on one date.
 */
#ifndef PLANNER_MARKET_H
#define PLANNER_MARKET_H

#include "planner/territory.h"

struct plan_supplier {
    char *id;
    char *name;
};

struct plan_office {
    int32_t supplier;
    int32_t municipality;
    bool active;
    double lon_lat[2]; /* NAN when only the municipality is known */
};

/* An active contract covers one municipality (a contract for an area is expanded to its municipalities). */
struct plan_contract {
    int32_t supplier;
    int32_t municipality;
};

struct plan_market {
    size_t n_suppliers;
    struct plan_supplier *suppliers; /* sorted by id */
    size_t n_offices;
    struct plan_office *offices; /* sorted by (municipality, supplier) */
    size_t n_contracts;
    struct plan_contract *contracts; /* sorted by (municipality, supplier), unique */
};

void plan_market_free(struct plan_market *market); /* accepts NULL; frees the struct itself too */

/* Puts the arrays in the order stated above (indices into suppliers follow); to be called once after filling
 * them. */
om_status plan_market_sort(om_context *ctx, struct plan_market *market);

#endif
