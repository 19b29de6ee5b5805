#include "layer_values.h"

#include "words.h"

#include <math.h>

static const struct plan_region *region(const struct layer_view *view, struct layer_row row)
{
    return &view->reference->regions[row.index];
}

void region_code(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = region(view, row)->code;
}

void region_name(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = region(view, row)->name;
}

void region_kind(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    (void)row;
    out->text = view->reference->kind;
}

void region_municipalities(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = 0;
    for (size_t m = 0; m < view->result->evaluation->n; m++)
        out->number += view->reference->member[m] == (int32_t)row.index;
}

void region_job_seekers(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = NAN;
    for (size_t m = 0; m < view->result->evaluation->n; m++)
        if (view->reference->member[m] == (int32_t)row.index)
            map_add_known(&out->number, view->result->the_case->territory->municipalities[m].job_seekers);
}

/* Areas the region's municipalities lie in: one per first member of an area. */
void region_n_areas(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    const struct plan *plan = view->result->the_case->plan;
    const int32_t *member = view->reference->member;
    out->number = 0;
    for (size_t m = 0; m < plan->n; m++) {
        bool is_first = member[m] == (int32_t)row.index;
        for (size_t k = 0; k < m && is_first; k++)
            is_first = member[k] != member[m] || plan->area_of[k] != plan->area_of[m];
        out->number += is_first;
    }
}

static const struct plan_in_house_site *site(const struct layer_view *view, struct layer_row row)
{
    return &view->result->in_house->sites[row.index];
}

void site_code(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    const struct plan_territory *territory = view->result->the_case->territory;
    int32_t place = site(view, row)->site;
    out->text = place < (int32_t)territory->n ? territory->municipalities[place].code : NULL;
}

void site_name(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = map_site_name(view->result, site(view, row)->site);
}

void site_job_seekers(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = site(view, row)->job_seekers;
}

void site_municipalities(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = 0;
    for (size_t m = 0; m < view->result->in_house->n; m++)
        out->number += view->result->in_house->served_from[m] == site(view, row)->site;
}

void site_longest_min(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    for (size_t m = 0; m < view->result->in_house->n; m++)
        if (view->result->in_house->served_from[m] == site(view, row)->site)
            out->number = fmax(out->number, map_minutes_tenths(view->result->in_house->duration_s[m]));
}

void site_capacity(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    double capacity = site(view, row)->capacity;
    out->number = isinf(capacity) ? (double)NAN : capacity;
}

void site_fixed(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = site(view, row)->is_forced;
}

static const struct data_source *source(const struct layer_view *view, struct layer_row row)
{
    return &view->result->the_case->sources[row.index];
}

void source_kind(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = source(view, row)->kind;
}

void source_name(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = source(view, row)->name;
}

void source_sha256(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = source(view, row)->sha256;
}

void source_licence(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = source(view, row)->licence;
}

void source_date(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = source(view, row)->date;
}

void source_synthetic(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = source(view, row)->is_synthetic;
}

void source_schematic(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = source(view, row)->is_schematic;
}

static const char *const about_keys[] = {
    "notice",
    "plan",
    "plan_sha256",
    "rules",
    "rules_sha256",
    "input_sha256",
    "result_sha256",
    "omland_version",
    /* of a comparison: */
    "plan_before",
    "plan_before_sha256",
    "rules_before_sha256",
    "input_before_sha256",
    "result_before_sha256",
};
enum { ABOUT_KEYS = sizeof about_keys / sizeof *about_keys, ABOUT_BEFORE = 8 };

size_t about_count(const struct layer_view *view)
{
    return view->result->before ? ABOUT_KEYS : ABOUT_BEFORE;
}

void about_key(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    (void)view;
    out->text = about_keys[row.index];
}

static const char *about_before(const struct map_result *before, size_t key)
{
    const char *const values[] = {before->the_case->plan->name, before->the_case->plan_sha256,
                                  before->the_case->rules_sha256, before->the_case->input_sha256,
                                  before->result_sha256};
    return values[key];
}

/* In the order of about_keys. */
void about_value(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    const struct map_result *result = view->result;
    const struct data_case *the_case = result->the_case;
    if (row.index == 0) {
        out->text = out->owned = map_notice(result);
        return;
    }
    const char *const values[ABOUT_BEFORE] = {
        NULL,
        the_case->plan->name,
        the_case->plan_sha256,
        the_case->rules_name,
        the_case->rules_sha256,
        the_case->input_sha256,
        result->result_sha256,
        result->tool_version,
    };
    out->text =
        row.index < ABOUT_BEFORE ? values[row.index] : about_before(result->before, row.index - ABOUT_BEFORE);
}
