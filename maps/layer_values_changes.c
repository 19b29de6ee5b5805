#include "layer_values.h"

#include "theme.h"
#include "words.h"

static const struct plan_municipality_result *judged_before(const struct layer_view *view,
                                                            struct layer_row row)
{
    return &view->result->before->evaluation->municipalities[row.index];
}

static const struct plan_flow *flow(const struct layer_view *view, struct layer_row row)
{
    return &view->result->comparison->genealogy->flows[row.index];
}

/* The words are the classes of the theme. */
static const char *class_name(const struct layer_view *view, enum map_theme which, struct layer_row row)
{
    const struct theme *theme = &map_themes[which];
    size_t class = theme->is_available(view->result) ? theme->class_of(view, row.index) : THEME_NO_CLASS;
    return class == THEME_NO_CLASS ? NULL : theme->classes[class].name;
}

void change_word(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = class_name(view, MAP_THEME_CHANGE, row);
}

void municipality_alignment(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = class_name(view, MAP_THEME_ALIGNMENT, row);
}

void change_area_before(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = map_area_name(view->result->before, row.index);
}

void change_move(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = plan_move_names[view->result->comparison->genealogy->move[row.index]];
}

void change_status_before(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = plan_status_names[judged_before(view, row)->status];
}

void change_cause_before(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    enum plan_cause cause = judged_before(view, row)->cause;
    out->text = cause == PLAN_CAUSE_NOTHING ? NULL : plan_cause_names[cause];
}

void change_suppliers_before(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = judged_before(view, row)->suppliers_inside;
}

void change_nearest_min_before(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = map_minutes_tenths(judged_before(view, row)->nearest_inside.duration_s);
}

void change_cut_off(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = view->result->comparison->is_cut_off[PLAN_AFTER][row.index];
}

void flow_move(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = plan_move_names[flow(view, row)->move];
}

void flow_area_before(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = view->result->before->the_case->plan->areas[flow(view, row)->before].name;
}

void flow_area_after(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = view->result->the_case->plan->areas[flow(view, row)->after].name;
}

void flow_municipalities(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = flow(view, row)->n_municipalities;
}

void flow_job_seekers(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = flow(view, row)->job_seekers;
}
