/*
 * The GTFS files that bear on travel time, and their columns: what is read, what must be there, and which
 * columns are known but of no use here. The columns that are read come first, in the order that the
 * enumerations of feed_internal.h number them.
 */
#include "feed_internal.h"

#define REQUIRED FEED_REQUIRED
#define EXPECTED FEED_EXPECTED
#define OPTIONAL FEED_OPTIONAL
#define UNUSED(column)                           \
    {                                            \
        column, FEED_UNUSED, FEED_OPTIONAL, 0, 0 \
    }
#define LABEL(column)                           \
    {                                           \
        column, FEED_LABEL, FEED_OPTIONAL, 0, 0 \
    }
#define TEXT(column, need)            \
    {                                 \
        column, FEED_TEXT, need, 0, 0 \
    }
#define WHOLE(column, need, least, most)        \
    {                                           \
        column, FEED_INTEGER, need, least, most \
    }
#define NUMBER(column, need, least, most)      \
    {                                          \
        column, FEED_NUMBER, need, least, most \
    }
#define FLAG(column)                              \
    {                                             \
        column, FEED_INTEGER, FEED_REQUIRED, 0, 1 \
    }
#define TIME(column, need)            \
    {                                 \
        column, FEED_TIME, need, 0, 0 \
    }
#define DATE(column)                           \
    {                                          \
        column, FEED_DATE, FEED_REQUIRED, 0, 0 \
    }

const struct feed_file feed_files[FEED_FILES] = {
    [FEED_AGENCY] = {"agency.txt",
                     EXPECTED,
                     {TEXT("agency_id", OPTIONAL), TEXT("agency_name", EXPECTED),
                      TEXT("agency_url", EXPECTED), TEXT("agency_timezone", EXPECTED), UNUSED("agency_lang"),
                      UNUSED("agency_phone"), UNUSED("agency_fare_url"), UNUSED("agency_email"),
                      UNUSED("cemv_support")}},
    [FEED_STOPS] = {"stops.txt",
                    REQUIRED,
                    {TEXT("stop_id", REQUIRED), TEXT("stop_name", EXPECTED),
                     NUMBER("stop_lat", FEED_COLUMN, -90, 90), NUMBER("stop_lon", FEED_COLUMN, -180, 180),
                     WHOLE("location_type", OPTIONAL, 0, 4), TEXT("parent_station", OPTIONAL),
                     LABEL("platform_code"), UNUSED("stop_code"), UNUSED("stop_desc"),
                     UNUSED("tts_stop_name"), UNUSED("zone_id"), UNUSED("stop_url"), UNUSED("stop_timezone"),
                     UNUSED("wheelchair_boarding"), UNUSED("level_id"), UNUSED("stop_access")}},
    [FEED_ROUTES] = {"routes.txt",
                     REQUIRED,
                     {TEXT("route_id", REQUIRED), TEXT("agency_id", OPTIONAL),
                      TEXT("route_short_name", OPTIONAL), TEXT("route_long_name", OPTIONAL),
                      TEXT("route_type", EXPECTED), UNUSED("route_desc"), UNUSED("route_url"),
                      UNUSED("route_color"), UNUSED("route_text_color"), UNUSED("route_sort_order"),
                      UNUSED("continuous_pickup"), UNUSED("continuous_drop_off"), UNUSED("network_id"),
                      UNUSED("cemv_support")}},
    [FEED_CALENDAR] = {"calendar.txt",
                       OPTIONAL,
                       {TEXT("service_id", REQUIRED), FLAG("monday"), FLAG("tuesday"), FLAG("wednesday"),
                        FLAG("thursday"), FLAG("friday"), FLAG("saturday"), FLAG("sunday"),
                        DATE("start_date"), DATE("end_date"), UNUSED("service_name")}},
    [FEED_CALENDAR_DATES] = {"calendar_dates.txt",
                             OPTIONAL,
                             {TEXT("service_id", REQUIRED), DATE("date"),
                              WHOLE("exception_type", REQUIRED, 1, 2), UNUSED("holiday_name")}},
    [FEED_TRIPS] = {"trips.txt",
                    REQUIRED,
                    {TEXT("route_id", REQUIRED), TEXT("service_id", REQUIRED), TEXT("trip_id", REQUIRED),
                     TEXT("block_id", OPTIONAL), LABEL("trip_headsign"), UNUSED("trip_short_name"),
                     UNUSED("direction_id"), UNUSED("shape_id"), UNUSED("wheelchair_accessible"),
                     UNUSED("bikes_allowed"), UNUSED("cars_allowed"), UNUSED("safe_duration_factor"),
                     UNUSED("safe_duration_offset")}},
    [FEED_STOP_TIMES] = {"stop_times.txt",
                         REQUIRED,
                         {TEXT("trip_id", REQUIRED), TIME("arrival_time", FEED_COLUMN),
                          TIME("departure_time", FEED_COLUMN), TEXT("stop_id", FEED_COLUMN),
                          WHOLE("stop_sequence", REQUIRED, 0, INT32_MAX),
                          WHOLE("pickup_type", OPTIONAL, 0, 3), WHOLE("drop_off_type", OPTIONAL, 0, 3),
                          NUMBER("shape_dist_traveled", OPTIONAL, 0, 1e9),
                          TEXT("location_group_id", OPTIONAL), TEXT("location_id", OPTIONAL),
                          LABEL("stop_headsign"), UNUSED("timepoint"), UNUSED("continuous_pickup"),
                          UNUSED("continuous_drop_off"), UNUSED("start_pickup_drop_off_window"),
                          UNUSED("end_pickup_drop_off_window"), UNUSED("pickup_booking_rule_id"),
                          UNUSED("drop_off_booking_rule_id"), UNUSED("stop_direction_name")}},
    [FEED_FREQUENCIES] = {"frequencies.txt",
                          OPTIONAL,
                          {TEXT("trip_id", REQUIRED), TIME("start_time", REQUIRED),
                           TIME("end_time", REQUIRED), WHOLE("headway_secs", REQUIRED, 1, INT32_MAX),
                           UNUSED("exact_times")}},
    [FEED_TRANSFERS] = {"transfers.txt",
                        OPTIONAL,
                        {TEXT("from_stop_id", FEED_COLUMN), TEXT("to_stop_id", FEED_COLUMN),
                         WHOLE("transfer_type", FEED_COLUMN, 0, 5),
                         WHOLE("min_transfer_time", OPTIONAL, 0, FEED_DAY_S), TEXT("from_trip_id", OPTIONAL),
                         TEXT("to_trip_id", OPTIONAL), TEXT("from_route_id", OPTIONAL),
                         TEXT("to_route_id", OPTIONAL)}},
    [FEED_PATHWAYS] = {"pathways.txt",
                       OPTIONAL,
                       {TEXT("from_stop_id", REQUIRED), TEXT("to_stop_id", REQUIRED),
                        WHOLE("is_bidirectional", EXPECTED, 0, 1),
                        WHOLE("traversal_time", OPTIONAL, 0, FEED_DAY_S), UNUSED("pathway_id"),
                        UNUSED("pathway_mode"), UNUSED("length"), UNUSED("stair_count"), UNUSED("max_slope"),
                        UNUSED("min_width"), UNUSED("signposted_as"), UNUSED("reversed_signposted_as")}},
};

/* Files of GTFS that are left unread. */
static const char *const other_files[] = {
    "areas.txt",
    "attributions.txt",
    "booking_rules.txt",
    "fare_attributes.txt",
    "fare_leg_join_rules.txt",
    "fare_leg_rules.txt",
    "fare_media.txt",
    "fare_products.txt",
    "fare_rules.txt",
    "fare_transfer_rules.txt",
    "feed_info.txt",
    "levels.txt",
    "location_group_stops.txt",
    "location_groups.txt",
    "locations.geojson",
    "networks.txt",
    "rider_categories.txt",
    "route_networks.txt",
    "shapes.txt",
    "stop_areas.txt",
    "timeframes.txt",
    "translations.txt",
};

bool feed_is_known_file(const char *name)
{
    for (size_t i = 0; i < FEED_FILES; i++)
        if (strcmp(name, feed_files[i].name) == 0)
            return true;
    for (size_t i = 0; i < sizeof other_files / sizeof *other_files; i++)
        if (strcmp(name, other_files[i]) == 0)
            return true;
    return false;
}
