#include "geo/crs.h"
#include "geo/memory.h"
#include "layer_table.h"

#include <math.h>

/* Slivers narrower than this between members of an area are digitising noise, not gaps. */
static const double sliver_m = 10;

static om_status dissolve(om_context *ctx, const struct layer_view *view, const int32_t *group_of,
                          size_t n_groups, struct geo_wkb **out)
{
    const struct data_case *the_case = view->result->the_case;
    struct geo_wkb *dissolved = om_alloc(n_groups, sizeof *dissolved);
    if (!dissolved)
        return om_no_memory(ctx);
    om_status status = geo_dissolve(ctx, the_case->polygons, group_of, the_case->territory->n, n_groups,
                                    sliver_m, dissolved);
    if (status != OM_OK)
        geo_wkb_array_free(dissolved, n_groups);
    else
        *out = dissolved;
    return status;
}

/* Transforms one place; NAN in, NAN out. */
static om_status place(om_context *ctx, geo_transform *transform, const double lon_lat[2], double *out)
{
    out[0] = lon_lat[0];
    out[1] = lon_lat[1];
    return isnan(out[0]) || isnan(out[1]) ? OM_OK : geo_transform_points(ctx, transform, out, 1);
}

static size_t count_places(const struct map_result *result)
{
    return result->sites ? result->sites->request->n_places : 0;
}

static om_status place_seats_and_offices(om_context *ctx, struct layer_view *view)
{
    const struct data_case *the_case = view->result->the_case;
    const struct plan_territory *territory = the_case->territory;
    const struct plan_market *market = the_case->market;
    geo_transform *transform = NULL;
    om_status status = geo_transform_new(ctx, "EPSG:4326", the_case->crs, &transform);
    for (size_t m = 0; status == OM_OK && m < territory->n; m++)
        status = place(ctx, transform, territory->municipalities[m].seat_lon_lat, view->seats + 2 * m);
    for (size_t i = 0; status == OM_OK && i < count_places(view->result); i++)
        status = place(ctx, transform, view->result->sites->request->places[i].lon_lat,
                       view->seats + 2 * (territory->n + i));
    for (size_t i = 0; status == OM_OK && i < market->n_offices; i++) {
        const struct plan_office *office = &market->offices[i];
        bool is_placed = !isnan(office->lon_lat[0]) && !isnan(office->lon_lat[1]);
        status =
            place(ctx, transform,
                  is_placed ? office->lon_lat : territory->municipalities[office->municipality].seat_lon_lat,
                  view->offices + 2 * i);
    }
    geo_transform_free(transform);
    return status;
}

om_status layer_view_new(om_context *ctx, const struct map_result *result, struct layer_view *out)
{
    const struct data_case *the_case = result->the_case;
    struct layer_view view = {
        .result = result,
        .reference = plan_territory_partition(the_case->territory, the_case->rules.reference),
        .county = plan_territory_partition(the_case->territory, "county"),
        .seats = om_alloc(2 * (the_case->territory->n + count_places(result)), sizeof(double)),
        .offices = om_alloc(2 * the_case->market->n_offices, sizeof(double)),
    };
    if (!view.seats || !view.offices) {
        layer_view_done(&view);
        return om_no_memory(ctx);
    }
    om_status status = place_seats_and_offices(ctx, &view);
    if (status == OM_OK)
        status = dissolve(ctx, &view, the_case->plan->area_of, the_case->plan->n_areas, &view.areas);
    if (status == OM_OK)
        *out = view;
    else
        layer_view_done(&view);
    return status;
}

om_status layer_view_add_regions(om_context *ctx, struct layer_view *view)
{
    if (!view->reference)
        return OM_OK;
    return dissolve(ctx, view, view->reference->member, view->reference->n_regions, &view->regions);
}

void layer_view_done(struct layer_view *view)
{
    geo_wkb_array_free(view->areas, view->result->the_case->plan->n_areas);
    geo_wkb_array_free(view->regions, view->reference ? view->reference->n_regions : 0);
    om_free(view->seats);
    om_free(view->offices);
}
