/* Travel times and the profiles they were computed under. */
#include "project_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double whole(int32_t value)
{
    return value == GEO_NO_TIME ? (double)NAN : (double)value;
}

static char *spaced(const char *const *words, size_t n)
{
    char *list = om_strdup("");
    for (size_t i = 0; i < n && list; i++) {
        char *longer = om_format("%s%s%s", list, *list ? " " : "", words[i]);
        om_free(list);
        list = longer;
    }
    return list;
}

static om_status write_profile(om_context *ctx, data_project *project, const struct data_profile *profile,
                               const char *without_service)
{
    om_status status = project_execute(ctx, project, "DELETE FROM profile WHERE name = %Q", profile->name);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM travel_time WHERE profile = %Q", profile->name);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM locality_travel_time WHERE profile = %Q",
                                 profile->name);
    struct project_value values[] = {{.text = profile->name},
                                     {.text = profile->date},
                                     {.number = whole(profile->from_s)},
                                     {.number = whole(profile->until_s)},
                                     {.number = profile->arrive_by},
                                     {.text = profile->options},
                                     {.text = profile->feed_hashes},
                                     {.number = profile->is_synthetic},
                                     {.text = without_service}};
    return status == OM_OK ? project_insert(ctx, project, "profile", values, NULL) : status;
}

static om_status write_time(om_context *ctx, data_project *project, const char *table, const char *profile,
                            const struct data_travel_row *row)
{
    const struct geo_travel_time *times = &row->times;
    struct project_value values[] = {{.text = profile},
                                     {.text = row->from_code},
                                     {.text = row->to_code},
                                     {.number = whole(times->journeys)},
                                     {.number = whole(times->fastest_s)},
                                     {.number = whole(times->fastest_departure_s)},
                                     {.number = whole(times->fastest_arrival_s)},
                                     {.number = whole(times->fastest_transfers)},
                                     {.number = times->median_journey_s},
                                     {.number = whole(times->earliest_arrival_s)},
                                     {.number = whole(times->latest_departure_s)},
                                     {.number = times->door_p25_s},
                                     {.number = times->door_p50_s},
                                     {.number = times->door_p75_s},
                                     {.number = whole(times->minutes_without_arrival)},
                                     {.number = times->booked_share}};
    return project_insert(ctx, project, table, values, NULL);
}

enum { ROWS_BETWEEN_PROGRESS = 1024 };

static om_status write_times(om_context *ctx, data_project *project, const char *table, const char *profile,
                             const struct data_travel_row *rows, size_t n)
{
    om_status status = OM_OK;
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        if (i % ROWS_BETWEEN_PROGRESS == 0)
            status = om_progress(ctx, om_tr("storing travel times"), i, n);
        if (status == OM_OK)
            status = write_time(ctx, project, table, profile, &rows[i]);
    }
    return status;
}

om_status data_store_travel_times(om_context *ctx, data_project *project, const struct data_profile *profile,
                                  const struct data_travel_row *rows, size_t n,
                                  const char *const *codes_without_service, size_t n_without_service,
                                  const struct data_source *source)
{
    char *without_service = spaced(codes_without_service, n_without_service);
    char *subject = om_format("travel-times %s", profile->name);
    bool mine = false;
    om_status status = without_service && subject ? project_enter(ctx, project, &mine) : om_no_memory(ctx);
    if (status == OM_OK)
        status = write_profile(ctx, project, profile, without_service);
    if (status == OM_OK)
        status = write_times(ctx, project, "travel_time", profile->name, rows, n);
    if (status == OM_OK)
        status = project_store_source(ctx, project, subject, source);
    om_free(subject);
    om_free(without_service);
    return project_leave(ctx, project, mine, status);
}

om_status data_store_locality_times(om_context *ctx, data_project *project, const char *profile,
                                    const struct data_travel_row *rows, size_t n)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status =
            project_execute(ctx, project, "DELETE FROM locality_travel_time WHERE profile = %Q", profile);
    if (status == OM_OK)
        status = write_times(ctx, project, "locality_travel_time", profile, rows, n);
    return project_leave(ctx, project, mine, status);
}

static const char *const statistic_columns[PLAN_STATISTICS] = {
    [PLAN_STATISTIC_MEDIAN_JOURNEY] = "median_journey_s",
    [PLAN_STATISTIC_FASTEST] = "fastest_s",
    [PLAN_STATISTIC_DOOR_P25] = "door_p25_s",
    [PLAN_STATISTIC_DOOR_P50] = "door_p50_s",
    [PLAN_STATISTIC_DOOR_P75] = "door_p75_s",
};

static om_status read_service(om_context *ctx, data_project *project, const struct plan_territory *territory,
                              const char *profile, struct plan_travel *travel)
{
    travel->has_service = om_alloc(territory->n, 1);
    if (!travel->has_service)
        return om_no_memory(ctx);
    memset(travel->has_service, 1, territory->n);
    struct project_query query;
    om_status status = project_select(ctx, project, &query,
                                      "SELECT seats_without_service FROM profile WHERE name = %Q", profile);
    const char *text = status == OM_OK && project_next(&query) ? project_text(&query, 0) : NULL;
    char *codes = om_strdup(text ? text : ""), *rest = codes;
    for (char *code = codes ? strtok_r(codes, " ", &rest) : NULL; code; code = strtok_r(NULL, " ", &rest)) {
        int32_t m = plan_territory_find(territory, code);
        if (m != PLAN_NOWHERE)
            travel->has_service[m] = 0;
    }
    if (!codes)
        status = om_no_memory(ctx);
    om_free(codes);
    project_query_done(&query);
    return status;
}

static om_status read_durations(om_context *ctx, data_project *project,
                                const struct plan_territory *territory, const char *profile,
                                enum plan_statistic statistic, struct plan_travel *travel)
{
    size_t n = territory->n;
    travel->duration_s = om_alloc(n * n, sizeof *travel->duration_s);
    if (!travel->duration_s)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n * n; i++)
        travel->duration_s[i] = i % (n + 1) == 0 ? 0 : NAN;
    struct project_query query;
    om_status status =
        project_select(ctx, project, &query,
                       "SELECT from_code, to_code, %s FROM travel_time WHERE profile = %Q AND %s IS NOT NULL",
                       statistic_columns[statistic], profile, statistic_columns[statistic]);
    while (status == OM_OK && project_next(&query)) {
        int32_t from = plan_territory_find(territory, project_text(&query, 0));
        int32_t to = plan_territory_find(territory, project_text(&query, 1));
        if (from != PLAN_NOWHERE && to != PLAN_NOWHERE && from != to)
            travel->duration_s[(size_t)from * n + (size_t)to] = project_number(&query, 2);
    }
    project_query_done(&query);
    return status;
}

/* Localities with times under the profile, in the order of their codes. One with the name of its
 * municipality's main town is the main town. */
static om_status read_localities(om_context *ctx, data_project *project,
                                 const struct plan_territory *territory, const char *profile,
                                 struct plan_travel *travel, char ***codes)
{
    size_t capacity = 0, n_codes = 0;
    struct project_query query;
    om_status status = project_select(
        ctx, project, &query,
        "SELECT l.code, l.municipality_code, l.population, l.name = s.name FROM locality l "
        "LEFT JOIN seat s ON s.municipality_code = l.municipality_code WHERE l.code IN "
        "(SELECT DISTINCT from_code FROM locality_travel_time WHERE profile = %Q) ORDER BY l.code",
        profile);
    while (status == OM_OK && project_next(&query)) {
        int32_t municipality = plan_territory_find(territory, project_text(&query, 1));
        void *grown =
            om_grow(travel->localities, &capacity, travel->n_localities + 1, sizeof *travel->localities);
        void *grown_codes =
            grown ? om_grow(*codes, &n_codes, travel->n_localities + 1, sizeof **codes) : NULL;
        if (grown)
            travel->localities = grown;
        if (grown_codes)
            *codes = grown_codes;
        char *code = grown_codes ? om_strdup(project_text(&query, 0)) : NULL;
        if (!code) {
            status = om_no_memory(ctx);
            break;
        }
        (*codes)[travel->n_localities] = code;
        travel->localities[travel->n_localities++] =
            (struct plan_locality){municipality, project_number(&query, 2), project_number(&query, 3) > 0};
    }
    project_query_done(&query);
    return status;
}

static int compare_codes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static om_status read_locality_durations(om_context *ctx, data_project *project,
                                         const struct plan_territory *territory, const char *profile,
                                         enum plan_statistic statistic, char **codes,
                                         struct plan_travel *travel)
{
    size_t n = travel->n_localities * territory->n;
    travel->locality_duration_s = om_alloc(n, sizeof *travel->locality_duration_s);
    if (!travel->locality_duration_s)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++)
        travel->locality_duration_s[i] = NAN;
    struct project_query query;
    om_status status = project_select(
        ctx, project, &query,
        "SELECT from_code, to_code, %s FROM locality_travel_time WHERE profile = %Q AND %s IS NOT NULL",
        statistic_columns[statistic], profile, statistic_columns[statistic]);
    while (status == OM_OK && project_next(&query)) {
        const char *code = project_text(&query, 0);
        char **from = bsearch(&code, codes, travel->n_localities, sizeof *codes, compare_codes);
        int32_t to = plan_territory_find(territory, project_text(&query, 1));
        if (from && to != PLAN_NOWHERE)
            travel->locality_duration_s[(size_t)(from - codes) * territory->n + (size_t)to] =
                project_number(&query, 2);
    }
    project_query_done(&query);
    return status;
}

static om_status load_localities(om_context *ctx, data_project *project,
                                 const struct plan_territory *territory, const char *profile,
                                 enum plan_statistic statistic, struct plan_travel *travel)
{
    char **codes = NULL;
    om_status status = read_localities(ctx, project, territory, profile, travel, &codes);
    if (status == OM_OK && codes)
        status = read_locality_durations(ctx, project, territory, profile, statistic, codes, travel);
    for (size_t i = 0; codes && i < travel->n_localities; i++)
        om_free(codes[i]);
    om_free(codes);
    return status;
}

/* Seat to seat under one profile; without a profile nothing is known. */
static om_status load_profile(om_context *ctx, data_project *project, const struct plan_territory *territory,
                              const char *profile, enum plan_statistic statistic, struct plan_travel **out)
{
    struct plan_travel *travel = om_alloc(1, sizeof *travel);
    if (!travel)
        return om_no_memory(ctx);
    travel->n = territory->n;
    om_status status = OM_OK;
    if (profile)
        status = read_service(ctx, project, territory, profile, travel);
    if (profile && status == OM_OK)
        status = read_durations(ctx, project, territory, profile, statistic, travel);
    if (status == OM_OK)
        *out = travel;
    else
        plan_travel_free(travel);
    return status;
}

static om_status require_return(om_context *ctx, data_project *project,
                                const struct plan_territory *territory, const struct plan_rules *rules,
                                struct plan_travel *travel)
{
    char *profile = NULL;
    struct plan_travel *home = NULL;
    om_status status =
        project_choose_profile(ctx, project, "return_profile", rules->return_profile, &profile);
    if (status == OM_OK)
        status = load_profile(ctx, project, territory, profile, rules->statistic, &home);
    if (status == OM_OK)
        status = plan_travel_require_return(ctx, travel, home);
    plan_travel_free(home);
    om_free(profile);
    return status;
}

om_status data_load_travel(om_context *ctx, data_project *project, const struct plan_territory *territory,
                           const struct plan_rules *rules, struct plan_travel **out)
{
    char *profile = NULL;
    struct plan_travel *travel = NULL;
    om_status status = project_choose_profile(ctx, project, "profile", rules->profile, &profile);
    if (status == OM_OK)
        status = load_profile(ctx, project, territory, profile, rules->statistic, &travel);
    if (status == OM_OK && profile)
        status = load_localities(ctx, project, territory, profile, rules->statistic, travel);
    if (status == OM_OK && *rules->return_profile)
        status = require_return(ctx, project, territory, rules, travel);
    if (status == OM_OK) {
        *out = travel;
        travel = NULL;
    }
    plan_travel_free(travel);
    om_free(profile);
    return status;
}
