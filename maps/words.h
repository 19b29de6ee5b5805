/*
 * Results in words and figures as people read them: translated, with grouped thousands and whole minutes.
 *
 * Figures come as a short text by value, so that a call can stand inside a longer one.
 */
#ifndef MAPS_WORDS_H
#define MAPS_WORDS_H

#include "maps/result.h"

struct map_figure {
    char text[40];
};

struct map_figure map_count(double count);              /* "360 335"; "?" when unknown */
struct map_figure map_share(double part, double whole); /* "99.5 %"; "?" when unknown */

/* With so many decimals, and the decimal mark of the language: "24.5", in Swedish "24,5". "?" when unknown.
 */
struct map_figure map_decimal(double value, int decimals);
/* As short as it goes: "60", "45.5". */
struct map_figure map_short(double value);

/*
 * Whole minutes, rounded up, so that a time over a limit of whole minutes is never shown as one within it:
 * 60:00 is "60", 60:01 is "61". NAN is the word for unreachable.
 */
struct map_figure map_minutes(double duration_s);

/* Minutes rounded up to a tenth, for layers; NAN stays NAN. */
double map_minutes_tenths(double duration_s);

const char *map_status_word(enum plan_status status);
const char *map_cause_word(enum plan_cause cause);
const char *map_need_word(enum plan_need need);
const char *map_volume_word(enum plan_volume volume);
/* "the country", "sparse municipalities", a region's name. */
const char *map_equity_group_name(const struct map_result *result, const struct plan_equity_group *group);
const char *map_split_word(enum plan_split_reason reason);
const char *map_family_word(enum plan_family_kind kind);
const char *map_move_word(enum plan_move move);
/* "the timetable": what the source is, else its name. */
const char *map_source_words(const struct data_source *source);
const char *map_statistic_word(enum plan_statistic statistic);
const char *map_basis_word(enum plan_basis basis);

/* "Kiruna, Luleå": the areas that would close a municipality's gap. Owned by the caller; NULL: no memory. */
char *map_closing_areas(const struct map_result *result, size_t municipality);

/*
 * "Sources: the municipalities 2018-12-31, the job seekers 2022-12 (CC0); …": what the result rests on, by
 * licence. Owned by the caller; NULL: no memory.
 */
char *map_sources_words(const struct map_result *result);

/* Of an in-house site: its municipality, or the place of one's own; "" for nowhere. */
const char *map_site_name(const struct map_result *result, int32_t site);
const char *map_municipality_name(const struct map_result *result, int32_t municipality); /* "" for nowhere */
const char *map_supplier_name(const struct map_result *result, int32_t supplier);         /* "" for none */
const char *map_area_name(const struct map_result *result, size_t municipality);

/* How many areas the plan has; the hole of an unfinished one is none. */
size_t map_count_areas(const struct map_result *result);

/* "a, b": adds to a list that is owned, and begins as "". NULL: no memory, also for a list that is NULL. */
char *map_list(char *list, const char *more);

/* Adds what is known to a sum that starts as NAN. */
void map_add_known(double *sum, double value);

/* In-house needs and their job seekers; those unknown are left out, and the sum is NAN when none is known. */
struct map_need_sum {
    size_t n;
    double job_seekers;
};
/* By need; under PLAN_NEED_NOTHING those of all needs together. */
void map_sum_needs(const struct map_result *result, struct map_need_sum sums[PLAN_NEEDS]);

enum map_order {
    MAP_ORDER_NOT_CHOICE, /* without a choice: worst status first, then most job seekers, then by code */
    MAP_ORDER_NEEDS,      /* in need of in-house delivery: area-wide first, by area, most job seekers, code */
};

/* Municipalities by index, those of the order only. *order is owned by the caller (om_free). */
om_status map_order_municipalities(om_context *ctx, const struct map_result *result, enum map_order kind,
                                   uint32_t **order, size_t *n);

#endif
