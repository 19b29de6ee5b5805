/*
 * Who can reach which suppliers, whatever the plan: what every judgement of a plan starts from.
 *
 * Built once per market, travel times and rules, and not changed by a plan, so that many plans can be judged
 * over one reach.
 */
#ifndef PLANNER_REACH_INTERNAL_H
#define PLANNER_REACH_INTERNAL_H

#include "planner/evaluation.h"

struct plan_reach {
    const struct plan_market *market; /* borrowed, as are the next two */
    const struct plan_travel *travel;
    const struct plan_rules *rules;
    size_t n;
    double limit_s;
    bool travel_is_known;
    /* suppliers with an active office in k: present[first_present[k] .. first_present[k + 1] - 1], each once,
     * sorted */
    uint32_t *first_present;
    int32_t *present;
    uint32_t *first_contract; /* into market->contracts, per municipality */
    /* services within the limit of m that may serve it: services[first_service[m] .. first_service[m + 1] -
     * 1], sorted by supplier, then duration, then municipality */
    size_t *first_service;
    struct plan_service *services;
};

/* The parts of the case belong together; see plan_check_case. */
om_status plan_reach_new(om_context *ctx, const struct plan_case *input, struct plan_reach **out);
void plan_reach_free(struct plan_reach *reach); /* accepts NULL */

/* t(m, k): 0 within a municipality; NAN when unreachable or unknown. */
double plan_duration_s(const struct plan_travel *travel, int32_t from, int32_t to);

bool plan_may_serve(const struct plan_reach *reach, int32_t supplier, int32_t municipality);

enum { PLAN_ANYWHERE = -2 }; /* as an area: the whole country */

/* Suppliers that m would reach if it belonged to the area: from offices in the area or in m itself. */
int32_t plan_reach_count(const struct plan_reach *reach, const int32_t *area_of, int32_t m, int32_t area);

/* Fills nearest_inside, second_inside and nearest_anywhere of m, whatever the limit. Ties: the municipality
 * with the lowest code, then the supplier with the lowest id. */
void plan_reach_nearest(const struct plan_reach *reach, const int32_t *area_of, int32_t m,
                        struct plan_municipality_result *result);

#endif
