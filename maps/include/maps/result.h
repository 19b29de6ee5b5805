/*
 * A judged case in the forms people read: tables as text, JSON, and geographic layers.
 */
#ifndef MAPS_RESULT_H
#define MAPS_RESULT_H

#include "datasets/case.h"
#include "planner/changes.h"
#include "planner/comparison.h"
#include "planner/in_house.h"
#include "planner/robustness.h"

#include <stdio.h>

/* What was asked about in-house sites, and what goes with the answer. */
struct map_sites {                           /* all borrowed */
    const struct plan_site_request *request; /* with the use of every municipality */
    const struct plan_frontier *frontier;
    const struct plan_opening *openings;
    size_t n_openings;
};

struct map_result { /* all borrowed */
    const struct data_case *the_case;
    const struct plan_evaluation *evaluation;
    const struct plan_in_house *in_house; /* may be NULL */
    const char *result_sha256;
    const char *tool_version;
    const struct map_result *before;          /* what it is compared with; NULL when it is not */
    const struct plan_comparison *comparison; /* of the two; NULL with before */
    const struct plan_changes *changes;       /* that made it of the one before; NULL when none did */
    const struct plan_robustness *robustness; /* NULL when it was not asked for */
    const struct map_sites *sites;            /* NULL when in_house is what every judgement comes with */
};

/* One line per notice that a reader must see: synthetic or schematic sources. Owned by the caller; NULL when
 * none. */
char *map_notice(const struct map_result *result);

struct map_text_style {
    bool colour;     /* ANSI colours */
    int width;       /* columns; 0 = unlimited */
    bool every_area; /* not only those that fail a rule; of a comparison, every change */
};

/* The evaluation and the gaps in about a screen: headline, failing areas, in-house need. */
om_status map_summary_text(om_context *ctx, const struct map_result *result,
                           const struct map_text_style *style, FILE *out);

om_status map_evaluation_text(om_context *ctx, const struct map_result *result,
                              const struct map_text_style *style, FILE *out);
om_status map_gaps_text(om_context *ctx, const struct map_result *result, const struct map_text_style *style,
                        FILE *out);

/* In-house sites, who is not served, the frontier and the openings. The result has in_house and sites. */
om_status map_sites_text(om_context *ctx, const struct map_result *result, const struct map_text_style *style,
                         FILE *out);

/* Critical suppliers and offices, redundancy, random exits. The result has robustness with draws. */
om_status map_robustness_text(om_context *ctx, const struct map_result *result,
                              const struct map_text_style *style, FILE *out);

/* What a comparison found: areas, statuses, figures, in about a screen. The result has a `before`. */
om_status map_comparison_text(om_context *ctx, const struct map_result *result,
                              const struct map_text_style *style, FILE *out);

/* JSON documents (UTF-8, keys in fixed order, two-space indent). Owned by the caller (om_free). */
om_status map_evaluation_json(om_context *ctx, const struct map_result *result, char **json);
om_status map_gaps_json(om_context *ctx, const struct map_result *result, char **json);
om_status map_robustness_json(om_context *ctx, const struct map_result *result, char **json);
om_status map_sites_json(om_context *ctx, const struct map_result *result, char **json);
om_status map_comparison_json(om_context *ctx, const struct map_result *result, char **json);

#endif
