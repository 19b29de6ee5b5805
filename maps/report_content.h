/*
 * What a report says: the sections, one after the other, from a judged case to a document.
 *
 * Every report_section_fn adds its headings, sentences and tables; what a case has nothing of, it leaves out.
 */
#ifndef MAPS_REPORT_CONTENT_H
#define MAPS_REPORT_CONTENT_H

#include "document.h"
#include "layer_table.h"
#include "maps/report.h"

/* What the sections write from, and where to. */
struct report_content {
    om_context *ctx;
    const struct layer_view *view;
    const struct map_result *result;
    const struct map_report *request;
    int32_t county;        /* region of the partition "county"; PLAN_NOWHERE: the whole country */
    bool *municipality_in; /* per municipality: part of what is reported; all of them without a county */
    bool *area_in;         /* per area: has such a municipality, and is not the hole of an unfinished plan */
    struct document *document;
};

typedef void report_section_fn(struct report_content *content);
extern report_section_fn report_summary, report_maps, report_changes, report_in_house, report_causes,
    report_areas, report_municipalities, report_suppliers, report_alignment, report_equity, report_rules,
    report_method, report_sources, report_reproduction;

/* The whole report. *out is the caller's (document_done). OM_NOT_FOUND lists the counties, OM_NO_MEMORY. */
om_status report_content(om_context *ctx, const struct layer_view *view, const struct map_report *request,
                         struct document *out);

/* A column of a table that is one of a layer: its value, and its alias as title or description. */
struct report_column {
    const char *name; /* of the layer's column; NULL: fetch and title say it all */
    enum document_type type;
    int priority; /* see struct document_column */
    const char
        *title; /* shorter than the alias, which then describes it; marked for translation; NULL: none */
    /* A value that is a word of ours, as people read it; *tone may be set. NULL: as it is. */
    const char *(*word)(const char *value, enum document_tone *tone);
    const char *missing;   /* what a null is; marked for translation; NULL: an empty cell */
    layer_fetch_fn *fetch; /* of a column without name: a number */
    int decimals;
    bool is_row_header, is_filter;
};

/* One row per row of the layer that keep (NULL: all) says yes to; columns without any value are left out. */
void report_layer_table(struct report_content *content, const char *layer,
                        const struct report_column *columns, size_t n,
                        bool (*keep)(const struct report_content *, struct layer_row));

/* Whether an in-house site, a municipality's seat, serves somebody of the part that is reported. */
bool report_site_serves(const struct report_content *content, int32_t site);

/* For the column's word. */
const char *report_status(const char *value, enum document_tone *tone);
const char *report_cause(const char *value, enum document_tone *tone);
const char *report_need(const char *value, enum document_tone *tone);
const char *report_verdict(const char *value, enum document_tone *tone);
const char *report_volume(const char *value, enum document_tone *tone);
const char *report_move(const char *value, enum document_tone *tone);

#endif
