#include "mirror.h"

#include "geo/memory.h"

/* The times of calls that no trip has are not checked: no value may overflow. */
static int32_t mirrored_s(int32_t time_s)
{
    return (int32_t)(0u - (uint32_t)time_s);
}

static struct geo_call mirrored_call(const struct geo_call *call)
{
    return (struct geo_call){.stop = call->stop,
                             .arrival_s = mirrored_s(call->departure_s),
                             .departure_s = mirrored_s(call->arrival_s),
                             .board = call->alight,
                             .alight = call->board};
}

static struct geo_transfer mirrored_transfer(const struct geo_transfer *row)
{
    struct geo_transfer mirrored = *row;
    mirrored.from = row->to;
    mirrored.from_is_station = row->to_is_station;
    mirrored.from_trip = row->to_trip;
    mirrored.from_route = row->to_route;
    mirrored.to = row->from;
    mirrored.to_is_station = row->from_is_station;
    mirrored.to_trip = row->from_trip;
    mirrored.to_route = row->from_route;
    return mirrored;
}

/* All calls are put in the opposite order, whatever trips they belong to: those of each then are, too. */
om_status mirrored_input_init(om_context *ctx, const struct geo_timetable_input *input,
                              struct mirrored_input *owned, struct geo_timetable_input *out)
{
    owned->calls = om_alloc(input->n_calls, sizeof *owned->calls);
    owned->trips = om_alloc(input->n_trips, sizeof *owned->trips);
    owned->transfers = om_alloc(input->n_transfers, sizeof *owned->transfers);
    if (!owned->calls || !owned->trips || !owned->transfers)
        return om_no_memory(ctx);
    for (size_t i = 0; i < input->n_calls; i++)
        owned->calls[input->n_calls - 1 - i] = mirrored_call(&input->calls[i]);
    for (size_t i = 0; i < input->n_trips; i++) {
        struct geo_trip *trip = &owned->trips[i];
        *trip = input->trips[i];
        trip->first_call = (uint32_t)(input->n_calls - trip->first_call - trip->n_calls);
        trip->shift_s = -trip->shift_s;
    }
    for (size_t i = 0; i < input->n_transfers; i++)
        owned->transfers[i] = mirrored_transfer(&input->transfers[i]);
    *out = *input;
    out->calls = owned->calls;
    out->trips = owned->trips;
    out->transfers = owned->transfers;
    return OM_OK;
}

void mirrored_input_done(struct mirrored_input *owned)
{
    om_free(owned->calls);
    om_free(owned->trips);
    om_free(owned->transfers);
    *owned = (struct mirrored_input){0};
}
