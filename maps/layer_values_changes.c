#include "layer_values.h"

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

void change_word(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    enum plan_status before = judged_before(view, row)->status;
    enum plan_status after = view->result->evaluation->municipalities[row.index].status;
    out->text = after < before ? "lost" : after > before ? "gained" : "same";
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
