/*
 * Phrases that a report's sentences are made of, by value, so that a call can stand inside a longer one.
 */
#ifndef MAPS_REPORT_WORDS_H
#define MAPS_REPORT_WORDS_H

#include "document.h"
#include "report_content.h"

struct report_phrase {
    char text[160];
};

struct report_phrase report_n_municipalities(double n); /* "1 municipality", "9 municipalities" */
struct report_phrase report_n_areas(double n);
struct report_phrase report_n_suppliers(double n);
struct report_phrase report_n_job_seekers(double n);
struct report_phrase report_n_places(double n);
struct report_phrase report_minutes(double duration_s); /* "1 minute", "85 minutes"; NAN: "unreachable" */

/* The limit of the rules: "60 minutes". */
struct report_phrase report_limit(const struct map_result *result);

/* "Boden, Luleå and Piteå"; after `shown` names, how many more there are. Owned by the caller; NULL: no
 * memory. */
char *report_join(const char *const *names, size_t n, size_t shown);
/* Adds to a list "a, b" that is owned by the caller and starts as NULL; NULL again: no memory, remembered. */
char *report_list(struct document *document, char *list, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Figures summed over the municipalities that a report is about. Unknown job seekers are left out. */
struct report_sums {
    int32_t n, n_status[PLAN_STATUSES], n_cause[PLAN_CAUSES], n_need[PLAN_NEEDS], n_sparse;
    double job_seekers, own_office, reach_one, choice, bound_reach_one, bound_choice;
    double status[PLAN_STATUSES], cause[PLAN_CAUSES], need[PLAN_NEEDS];
    int32_t n_job_seekers_unknown;
};
void report_sum(const struct report_content *content, const struct map_result *result,
                struct report_sums *sums);

/* The county that is reported, or "the country". */
const char *report_region_name(const struct report_content *content);

#endif
