/*
 * Journeys from one place to another in the forms people read: tables as text, and JSON.
 */
#ifndef MAPS_JOURNEYS_H
#define MAPS_JOURNEYS_H

#include "datasets/itinerary.h"
#include "maps/result.h"

/* Why there is no journey, as far as is known. */
enum map_no_journey {
    MAP_JOURNEYS_FOUND,
    MAP_NO_STOP_AT_ORIGIN, /* none in reach on foot */
    MAP_NO_STOP_AT_DESTINATION,
    MAP_NO_SERVICE_AT_ORIGIN, /* no trip calls there on the date */
    MAP_NO_SERVICE_AT_DESTINATION,
    MAP_NO_JOURNEY,
    MAP_NO_JOURNEYS
};
extern const char *const map_no_journey_names[MAP_NO_JOURNEYS]; /* words in JSON */

struct map_journeys { /* all borrowed */
    const struct data_point *from, *to;
    const char *date; /* YYYY-MM-DD */
    bool is_arrival;  /* time_s is when one wants to be there, not leave */
    int32_t time_s;
    bool is_synthetic; /* the timetable is made up */
    enum map_no_journey why;
    const struct data_itinerary *items;
    size_t n;
    const char *tool_version;
};

om_status map_journeys_text(om_context *ctx, const struct map_journeys *journeys,
                            const struct map_text_style *style, FILE *out);

/* A document as map_evaluation_json's. */
om_status map_journeys_json(om_context *ctx, const struct map_journeys *journeys, char **json);

#endif
