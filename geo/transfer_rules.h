/*
 * The transfer rules in force, by place, with GTFS's order of precedence.
 */
#ifndef GEO_TRANSFER_RULES_H
#define GEO_TRANSFER_RULES_H

#include "stop_grid.h"

struct transfer_rules {
    struct geo_transfer *general; /* rows without trip or route, by place */
    size_t n_general;
    struct geo_transfer *particular; /* rows with a trip or route, by place */
    size_t n_particular;
    bool is_mirrored; /* the rows' ends are exchanged */
};

om_status transfer_rules_init(om_context *ctx, const struct geo_timetable_input *input,
                              const struct geo_timetable_options *options, struct transfer_rules *out);
void transfer_rules_done(struct transfer_rules *rules);

/* The row for a change between two stops that names no trip or route, or NULL. */
const struct geo_transfer *transfer_rules_general(const struct transfer_rules *rules,
                                                  const struct geo_stop *stops, uint32_t from_stop,
                                                  uint32_t to_stop);

/* The row for a change between two trips that names a trip or route of theirs, or NULL. */
const struct geo_transfer *transfer_rules_particular(const struct transfer_rules *rules,
                                                     const struct geo_stop *stops, uint32_t from_stop,
                                                     uint32_t to_stop, const struct geo_trip *from_trip,
                                                     const struct geo_trip *to_trip);

/* Seconds a row asks for; plain_s is what a recommended change takes. TIME_NEVER when it forbids. */
int32_t transfer_duration_s(const struct geo_transfer *row, int32_t plain_s);

/* Whether a row's selectors name these trips: both trips of a trip-to-trip row run on the same service day.
 */
bool transfer_names_trips(const struct geo_transfer *row, const struct geo_trip *from_trip,
                          const struct geo_trip *to_trip);

#endif
