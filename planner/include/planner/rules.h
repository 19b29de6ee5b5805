/*
 * The rule set a plan is judged by, and the table that describes every rule: its key in an INI file, type,
 * range, default and meaning. The reader, the project file, the reports and the documentation all walk this
 * table.
 */
#ifndef PLANNER_RULES_H
#define PLANNER_RULES_H

#include "planner/travel.h"

#include "geo/status.h"

#include <stdbool.h>
#include <stddef.h>

enum plan_basis { PLAN_BASIS_OFFICES, PLAN_BASIS_CONTRACTS, PLAN_BASES };
extern const char *const plan_basis_names[PLAN_BASES]; /* "offices", "contracts" */

/* What a search for better plans makes smaller. */
enum plan_goal {
    PLAN_GOAL_WITHOUT_SUPPLIER, /* job seekers who reach no supplier inside their area */
    PLAN_GOAL_WITHOUT_CHOICE,   /* job seekers whose status is not choice */
    PLAN_GOAL_MISALIGNED,  /* job seekers in unexplained splits of regions, and job seekers of an area outside
                              its dominant region */
    PLAN_GOAL_THIN_MARKET, /* job seekers in areas that fail the market rule */
    PLAN_GOAL_MOVED, /* how far from the plan the search started from, whatever areas are called: job seekers
                        outside the largest piece of their old area, and job seekers outside the largest piece
                        of an old area in their new one. Who is transferred counts twice, who is split off or
                        merged once (van Dongen, Performance criteria for graph clustering and Markov cluster
                        experiments, CWI report INS-R0012, 2000) */
    PLAN_GOAL_INTERNAL_TRAVEL, /* job-seeker hours, if everyone went once to each other seat in the area; a
                                  seat that cannot be reached counts as a day */
    PLAN_GOAL_BORDER,          /* km of border between areas: the shorter, the more compact */
    PLAN_GOALS,
};
extern const char *const plan_goal_names[PLAN_GOALS]; /* "without_supplier", "without_choice" … */

enum plan_ranking { PLAN_RANKING_LEXICOGRAPHIC, PLAN_RANKING_WEIGHTED, PLAN_RANKINGS };
extern const char *const plan_ranking_names[PLAN_RANKINGS]; /* "lexicographic", "weighted" */

/* [search]: what a search looks for, and within which limits; 0 is no limit. */
struct plan_search_rules {
    enum plan_ranking ranking;
    double weight[PLAN_GOALS]; /* 0: no goal. Lexicographic: a goal of larger weight always comes first */
    int min_areas, max_areas;  /* 0: as many as in the plan the search starts from */
    double min_job_seekers, max_job_seekers; /* of each area */
    double max_trip_minutes;                 /* between any two seats of an area */
    int max_region_pieces;                   /* areas that share a region of the reference */
};

struct plan_rules {
    char service[64]; /* [service] name */
    char profile[64]; /* [reach] profile: the travel-time profile; empty = the project's only or first one */
    char return_profile[64]; /* [reach] return_profile: of the way home, which must be within the limit too;
                                empty = only the way there counts */
    int min_suppliers;       /* [choice] min_suppliers = 2 */
    double max_minutes;      /* [reach] max_minutes = 60, inclusive */
    enum plan_statistic statistic;  /* [reach] statistic = median_journey */
    enum plan_basis basis;          /* [reach] basis = offices */
    char reference[32];             /* [alignment] reference = fa2015: the partition areas should nest in */
    double metropolitan_population; /* [alignment] metropolitan_population = 1000000: over this, a split is
                                       explained */
    double min_participants_per_supplier; /* [market] min_participants_per_supplier = 20 */
    double diluted_below;                 /* [market] diluted_below = 50 participants for each supplier */
    double sparse_density_share;          /* [density] sparse_share = 0.5 of the national mean */
    struct plan_search_rules search;
};

enum plan_rule_type { PLAN_RULE_INTEGER, PLAN_RULE_NUMBER, PLAN_RULE_TEXT, PLAN_RULE_NAME };

/* One key of a rule file. `offset` points into struct plan_rules; names lists the words of a PLAN_RULE_NAME.
 */
struct plan_rule_field {
    const char *section, *key;
    enum plan_rule_type type;
    size_t offset, size;
    double minimum, maximum;  /* for numbers, inclusive */
    const char *const *names; /* for names, with n_names */
    size_t n_names;
    const char *meaning; /* marked for translation */
};

extern const struct plan_rule_field plan_rule_fields[];
extern const size_t plan_n_rule_fields;

struct plan_rules plan_rules_default(void);

/*
 * Sets one key from its text. OM_BAD_DATA names section, key, value and what would be right: unknown keys,
 * words and numbers out of range.
 */
om_status plan_rules_set(om_context *ctx, struct plan_rules *rules, const char *section, const char *key,
                         const char *value);

/* The value of one field as text, in the form plan_rules_set reads back to the same value. Owned by the
 * caller. */
char *plan_rules_value(const struct plan_rules *rules, const struct plan_rule_field *field);

/* The whole set in canonical INI form (every key, table order), for storing and hashing. Owned by the caller.
 */
char *plan_rules_to_ini(const struct plan_rules *rules);

#endif
