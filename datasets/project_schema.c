#include "project_schema.h"

#include <string.h>

#define TEXT(name)                      \
    {                                   \
        name, PROJECT_TEXT, false, NULL \
    }
#define NEEDED(name)                   \
    {                                  \
        name, PROJECT_TEXT, true, NULL \
    }
#define REAL(name)                      \
    {                                   \
        name, PROJECT_REAL, false, NULL \
    }
#define INTEGER(name)                      \
    {                                      \
        name, PROJECT_INTEGER, false, NULL \
    }
#define BOOLEAN(name)                     \
    {                                     \
        name, PROJECT_BOOLEAN, true, NULL \
    }
#define OF(name, table)                 \
    {                                   \
        name, PROJECT_TEXT, true, table \
    }
#define MAYBE_OF(name, table)            \
    {                                    \
        name, PROJECT_TEXT, false, table \
    }

/* The statistics of struct geo_travel_time. */
#define TIMES                                                                                                \
    INTEGER("journeys"), INTEGER("fastest_s"), INTEGER("fastest_departure_s"), INTEGER("fastest_arrival_s"), \
        INTEGER("fastest_transfers"), REAL("median_journey_s"), INTEGER("earliest_arrival_s"),               \
        INTEGER("latest_departure_s"), REAL("door_p25_s"), REAL("door_p50_s"), REAL("door_p75_s"),           \
        INTEGER("minutes_without_arrival"), REAL("booked_share")

const struct project_table project_tables[] = {
    {"municipality",
     PROJECT_MULTIPOLYGON,
     "code",
     "Municipalities (kommuner): the units a plan is made of",
     {NEEDED("code"), NEEDED("name"), REAL("population"), REAL("land_area_km2")}},
    {"seat",
     PROJECT_POINT,
     "municipality_code",
     "The main town (centralort) of each municipality; move the point to move the seat, or name its stops",
     {OF("municipality_code", "municipality"), TEXT("name"), TEXT("stops")}},
    {"office",
     PROJECT_POINT,
     NULL,
     "Suppliers' offices; without a point only the municipality is known",
     {OF("supplier_id", "supplier"), OF("municipality_code", "municipality"), TEXT("address"),
      TEXT("opening_hours"), TEXT("valid_from"), TEXT("valid_to")}},
    {"locality",
     PROJECT_POINT,
     "code",
     "Localities (tätorter)",
     {NEEDED("code"), TEXT("name"), OF("municipality_code", "municipality"), REAL("population")}},
    {"region",
     PROJECT_NO_GEOMETRY,
     "kind,code",
     "Regions of reference partitions: FA, LA, county …",
     {NEEDED("kind"), NEEDED("code"), NEEDED("name")}},
    {"region_member",
     PROJECT_NO_GEOMETRY,
     "kind,municipality_code",
     "Which region of each kind a municipality belongs to",
     {NEEDED("kind"), NEEDED("region_code"), OF("municipality_code", "municipality")}},
    {"supplier", PROJECT_NO_GEOMETRY, "id", "Suppliers of the service", {NEEDED("id"), NEEDED("name")}},
    {"contract",
     PROJECT_NO_GEOMETRY,
     NULL,
     "Contracts: for an area of a plan, or for one municipality",
     {OF("supplier_id", "supplier"), TEXT("plan_name"), TEXT("area_name"),
      MAYBE_OF("municipality_code", "municipality"), TEXT("service"), TEXT("valid_from"), TEXT("valid_to"),
      NEEDED("status")}},
    {"jobseekers",
     PROJECT_NO_GEOMETRY,
     "month,municipality_code",
     "Registered job seekers and expected participants by month",
     {NEEDED("month"), OF("municipality_code", "municipality"), REAL("job_seekers"), REAL("participants")}},
    {"profile",
     PROJECT_NO_GEOMETRY,
     "name",
     "The conditions travel times were computed under",
     {NEEDED("name"), TEXT("date"), INTEGER("from_s"), INTEGER("until_s"), BOOLEAN("arrive_by"),
      TEXT("options"), TEXT("feed_hashes"), BOOLEAN("is_synthetic"), TEXT("seats_without_service")}},
    {"travel_time",
     PROJECT_NO_GEOMETRY,
     "profile,from_code,to_code",
     "Travel times between seats, in seconds; NULL where there is no journey",
     {OF("profile", "profile"), OF("from_code", "municipality"), OF("to_code", "municipality"), TIMES}},
    {"locality_travel_time",
     PROJECT_NO_GEOMETRY,
     "profile,from_code,to_code",
     "Travel times from localities to seats, under the same profiles",
     {OF("profile", "profile"), OF("from_code", "locality"), OF("to_code", "municipality"), TIMES}},
    {"plan", PROJECT_NO_GEOMETRY, "name", "Named partitions into delivery areas", {NEEDED("name")}},
    {"plan_area",
     PROJECT_NO_GEOMETRY,
     "plan_name,name",
     "Delivery areas (leveransområden) of each plan",
     {OF("plan_name", "plan"), NEEDED("name"), BOOLEAN("may_be_discontiguous")}},
    {"assignment",
     PROJECT_NO_GEOMETRY,
     "plan_name,municipality_code",
     "The delivery area of each municipality in each plan",
     {OF("plan_name", "plan"), OF("municipality_code", "municipality"), NEEDED("area_name")}},
    {"ruleset",
     PROJECT_NO_GEOMETRY,
     "name",
     "Rule files as text: what a plan is judged by",
     {NEEDED("name"), NEEDED("ini")}},
    {"link",
     PROJECT_NO_GEOMETRY,
     "from_code,to_code",
     "Declared links between municipalities without a land border: bridge, ferry",
     {OF("from_code", "municipality"), OF("to_code", "municipality"), TEXT("note")}},
    {"neighbour",
     PROJECT_NO_GEOMETRY,
     "first_code,second_code",
     "Shared borders, computed from the polygons when they are stored",
     {OF("first_code", "municipality"), OF("second_code", "municipality"), REAL("border_m")}},
    {"source",
     PROJECT_NO_GEOMETRY,
     NULL,
     "Where everything came from; a later import of the same subject replaces the row",
     {NEEDED("subject"), NEEDED("kind"), NEEDED("name"), TEXT("path"), TEXT("sha256"), TEXT("licence"),
      TEXT("date"), BOOLEAN("is_synthetic"), BOOLEAN("is_schematic")}},
    {"run",
     PROJECT_NO_GEOMETRY,
     NULL,
     "Judgements made, with the hashes that let them be reproduced",
     {NEEDED("command"), TEXT("plan"), TEXT("rules"), TEXT("plan_sha256"), TEXT("rules_sha256"),
      TEXT("input_sha256"), TEXT("result_sha256"), TEXT("tool_version"), TEXT("time")}},
    {"setting",
     PROJECT_NO_GEOMETRY,
     "key",
     "Settings of the project: schema version and coordinate system",
     {NEEDED("key"), NEEDED("value")}},
};
const size_t project_n_tables = sizeof project_tables / sizeof *project_tables;

const struct project_table *project_table_find(const char *name)
{
    for (size_t i = 0; i < project_n_tables; i++)
        if (strcmp(project_tables[i].name, name) == 0)
            return &project_tables[i];
    return NULL;
}

size_t project_table_columns(const struct project_table *table)
{
    size_t n = 0;
    while (n < PROJECT_COLUMNS && table->columns[n].name)
        n++;
    return n;
}
