/* Values of the layers on what a plan withstands. */
#include "layer_values.h"

#include "words.h"

static const struct plan_redundancy *redundancy(const struct layer_view *view, struct layer_row row)
{
    return &view->result->robustness->municipalities[row.index];
}

/* Rows are suppliers first, then offices. */
static const struct plan_exit *gone(const struct layer_view *view, struct layer_row row)
{
    const struct plan_robustness *robustness = view->result->robustness;
    return row.index < robustness->n_suppliers ? &robustness->suppliers[row.index]
                                               : &robustness->offices[row.index - robustness->n_suppliers];
}

void redundancy_suppliers(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = redundancy(view, row)->suppliers_to_none;
}

void redundancy_offices(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = redundancy(view, row)->offices_to_none;
}

void redundancy_choice(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = redundancy(view, row)->suppliers_to_no_choice;
}

void redundancy_probability(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = redundancy(view, row)->probability_no_choice;
}

void exit_supplier(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->text = map_supplier_name(view->result, gone(view, row)->supplier);
}

void exit_municipality(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    int32_t municipality = gone(view, row)->municipality;
    out->text = municipality < 0 ? NULL : map_municipality_name(view->result, municipality);
}

void exit_offices(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = gone(view, row)->n_offices;
}

void exit_municipalities(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = (double)gone(view, row)->n_losses;
}

void exit_job_seekers_choice(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = gone(view, row)->job_seekers_choice;
}

void exit_job_seekers_all(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    out->number = gone(view, row)->job_seekers_all;
}
