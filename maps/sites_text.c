/* In-house sites: whom they serve, whom none can serve, what more or fewer would cover. */
#include "geo/memory.h"
#include "geo/text.h"
#include "text_parts.h"
#include "text_table.h"
#include "words.h"

#include <math.h>

/* "Pajala (0), Kiruna (48)": whom a site serves, in how many minutes. NULL when memory is out. */
static char *served_names(const struct map_result *result, int32_t site)
{
    const struct plan_in_house *in_house = result->in_house;
    char *names = om_strdup("");
    for (size_t m = 0; names && m < in_house->n; m++) {
        if (in_house->served_from[m] != site)
            continue;
        char *longer =
            om_format("%s%s%s (%s)", names, *names ? ", " : "", map_municipality_name(result, (int32_t)m),
                      map_minutes(in_house->duration_s[m]).text);
        om_free(names);
        names = longer;
    }
    return names;
}

/* Whether any site has a limit to what it can serve. */
static bool has_capacities(const struct map_result *result)
{
    return result->sites && result->sites->request->capacity;
}

static bool lacks_room(const struct map_result *result, const struct plan_unserved *unserved)
{
    double job_seekers = result->the_case->territory->municipalities[unserved->municipality].job_seekers;
    return has_capacities(result) && unserved->n_within > 0 &&
           unserved->n_within >= result->sites->request->times_covered && job_seekers > unserved->room;
}

static size_t count_without_room(const struct map_result *result, double *job_seekers)
{
    const struct plan_in_house *in_house = result->in_house;
    size_t n = 0;
    *job_seekers = 0;
    for (size_t i = 0; i < in_house->n_unserved; i++) {
        if (!lacks_room(result, &in_house->unserved[i]))
            continue;
        n++;
        map_add_known(
            job_seekers,
            result->the_case->territory->municipalities[in_house->unserved[i].municipality].job_seekers);
    }
    return n;
}

static void say_number_of_sites(const struct map_result *result, const struct map_text_style *style,
                                FILE *out)
{
    const struct plan_in_house *in_house = result->in_house;
    double job_seekers;
    text_line(style, out, TEXT_STRONG,
              count_without_room(result, &job_seekers)
                  ? om_tr("In-house sites that cover as much of the need as there is room for: %s%s")
              : in_house->n_unserved ? om_tr("In-house sites that cover every need that can be covered: %s%s")
                                     : om_tr("In-house sites that cover every need: %s%s"),
              map_count((double)in_house->n_sites).text,
              in_house->is_optimal ? om_tr(" (the fewest possible)") : "");
    if (in_house->is_optimal)
        return;
    text_line(style, out, TEXT_FAIR, om_tr("Not proven: the time was over; %s sites at least are needed."),
              map_count((double)in_house->least_sites).text);
    if (in_house->most_job_seekers > in_house->job_seekers_served)
        text_line(style, out, TEXT_FAIR,
                  om_tr("Not proven: the time was over; %s job seekers at most can be."),
                  map_count(in_house->most_job_seekers).text);
}

static void say_best_sites(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const struct plan_in_house *in_house = result->in_house;
    text_line(
        style, out, TEXT_STRONG, om_tr("Best in-house sites: %s; they cover %s of %s job seekers in need%s"),
        map_count((double)in_house->n_sites).text, map_count(in_house->job_seekers_served).text,
        map_count(in_house->job_seekers).text, in_house->is_optimal ? om_tr(" (the most possible)") : "");
    if (!in_house->is_optimal)
        text_line(style, out, TEXT_FAIR,
                  om_tr("Not proven: the time was over; %s job seekers at most can be."),
                  map_count(in_house->most_job_seekers).text);
}

static void add_site(struct text_table *table, const struct map_result *result,
                     const struct plan_in_house_site *site)
{
    char *served = served_names(result, site->site);
    text_table_add(table, TEXT_STRONG, "%s%s", map_site_name(result, site->site),
                   site->is_forced ? om_tr(" (fixed)") : "");
    text_table_add(table, TEXT_PLAIN, "%s", map_count(site->job_seekers).text);
    if (has_capacities(result))
        text_table_add(table, TEXT_PLAIN, "%s", isinf(site->capacity) ? "-" : map_count(site->capacity).text);
    text_table_add(table, TEXT_PLAIN, "%s", served && *served ? served : "-");
    table->out_of_memory |= !served;
    om_free(served);
}

static om_status print_sites(om_context *ctx, const struct map_result *result,
                             const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("In-house site"), false, true},
        {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("serves (minutes)"), false, true},
    };
    static const struct text_column columns_with_room[] = {
        {OM_NOTE("In-house site"), false, true},
        {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("room for"), true, false},
        {OM_NOTE("serves (minutes)"), false, true},
    };
    const struct plan_in_house *in_house = result->in_house;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    if (has_capacities(result))
        table = (struct text_table){.columns = columns_with_room,
                                    .n_columns = sizeof columns_with_room / sizeof *columns_with_room};
    for (size_t i = 0; i < in_house->n_sites; i++)
        add_site(&table, result, &in_house->sites[i]);
    om_status status = in_house->n_sites ? text_table_print(ctx, &table, style, out) : OM_OK;
    text_table_done(&table);
    return status;
}

/* What is free at the roomiest place within the limit, and what the municipality lacks there. */
static void add_room(struct text_table *table, const struct map_result *result,
                     const struct plan_unserved *unserved)
{
    double job_seekers = result->the_case->territory->municipalities[unserved->municipality].job_seekers;
    bool is_lacking = lacks_room(result, unserved);
    text_table_add(table, TEXT_PLAIN, "%s", isinf(unserved->room) ? "-" : map_count(unserved->room).text);
    text_table_add(
        table, is_lacking ? TEXT_BAD : TEXT_PLAIN, "%s%s",
        is_lacking ? map_count(job_seekers - unserved->room).text : "-",
        is_lacking && job_seekers > unserved->largest_capacity ? om_tr(", no place is large enough") : "");
}

static void add_unserved(struct text_table *table, const struct map_result *result,
                         const struct plan_unserved *unserved)
{
    const struct plan_municipality *known =
        &result->the_case->territory->municipalities[unserved->municipality];
    double over_s = unserved->duration_s - 60 * result->the_case->rules.max_minutes;
    bool is_known = unserved->candidate != PLAN_NOWHERE;
    text_table_add(table, TEXT_PLAIN, "%s", known->code);
    text_table_add(table, TEXT_STRONG, "%s", known->name);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(known->job_seekers).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(unserved->n_within).text);
    if (has_capacities(result))
        add_room(table, result, unserved);
    text_table_add(table, TEXT_PLAIN, "%s",
                   is_known ? map_site_name(result, unserved->candidate) : om_tr("none is reachable"));
    text_table_add(table, TEXT_PLAIN, "%s", is_known ? map_minutes(unserved->duration_s).text : "-");
    text_table_add(table, over_s > 0 ? TEXT_BAD : TEXT_PLAIN, "%s",
                   !is_known     ? "-"
                   : over_s <= 0 ? om_tr("within the limit")
                                 : map_minutes(over_s).text);
}

/* Columns 4 and 5 only where sites have capacities. */
static const struct text_column unserved_columns[] = {
    {OM_NOTE("Code"), false, false},
    {OM_NOTE("not served"), false, true},
    {OM_NOTE("job seekers"), true, false},
    {OM_NOTE("places within the limit"), true, false},
    {OM_NOTE("room left"), true, false},
    {OM_NOTE("lacks room for"), true, false},
    {OM_NOTE("next candidate"), false, true},
    {OM_NOTE("min"), true, false},
    {OM_NOTE("min over the limit"), true, false},
};
enum {
    UNSERVED_COLUMNS = sizeof unserved_columns / sizeof *unserved_columns,
    ROOM_COLUMN = 4,
    ROOM_COLUMNS = 2
};

static om_status print_unserved(om_context *ctx, const struct map_result *result,
                                const struct map_text_style *style, FILE *out)
{
    struct text_column columns[UNSERVED_COLUMNS];
    const struct plan_in_house *in_house = result->in_house;
    struct text_table table = {.columns = columns};
    double job_seekers;
    for (size_t i = 0; i < UNSERVED_COLUMNS; i++)
        if (has_capacities(result) || i < ROOM_COLUMN || i >= ROOM_COLUMN + ROOM_COLUMNS)
            columns[table.n_columns++] = unserved_columns[i];
    for (size_t i = 0; i < in_house->n_unserved; i++)
        add_unserved(&table, result, &in_house->unserved[i]);
    fputc('\n', out);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    size_t n = count_without_room(result, &job_seekers);
    if (n > 0)
        text_line(style, out, TEXT_FAIR,
                  om_tr("Room is lacking for %s job seekers (municipalities: %s). A municipality is served "
                        "whole from one place."),
                  map_count(job_seekers).text, map_count((double)n).text);
    return status;
}

om_status map_in_house_part(om_context *ctx, const struct map_result *result,
                            const struct map_text_style *style, FILE *out)
{
    bool is_best = result->sites && result->sites->request->n_sites > 0;
    (is_best ? say_best_sites : say_number_of_sites)(result, style, out);
    om_status status = print_sites(ctx, result, style, out);
    if (status == OM_OK && result->in_house->n_unserved)
        status = print_unserved(ctx, result, style, out);
    return status;
}

/* The sites of a point by name. NULL when memory is out. */
static char *site_names(const struct map_result *result, const struct plan_frontier_point *point)
{
    char *names = om_strdup("");
    for (size_t i = 0; i < point->n_sites; i++)
        names = map_list(names, map_site_name(result, point->sites[i]));
    return names;
}

static void add_point(struct text_table *table, const struct map_result *result, size_t i)
{
    const struct plan_frontier_point *point = &result->sites->frontier->points[i];
    char *names = site_names(result, point);
    text_table_add(table, TEXT_STRONG, "%s", map_count((double)point->n_sites).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(point->job_seekers).text);
    text_table_add(table, TEXT_PLAIN, "%s",
                   map_share(point->job_seekers, result->in_house->job_seekers).text);
    text_table_add(table, TEXT_PLAIN, "%s",
                   i ? map_count(point->job_seekers - point[-1].job_seekers).text : "-");
    if (point->is_optimal)
        text_table_add(table, TEXT_GOOD, "%s", om_tr("yes"));
    else
        text_table_add(table, TEXT_FAIR, om_tr("no, at most %s"), map_count(point->most_job_seekers).text);
    text_table_add(table, TEXT_PLAIN, "%s", names && *names ? names : "-");
    table->out_of_memory |= !names;
    om_free(names);
}

static om_status print_frontier(om_context *ctx, const struct map_result *result,
                                const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Best sites"), true, false},    {OM_NOTE("cover job seekers"), true, false},
        {OM_NOTE("share of need"), true, false}, {OM_NOTE("more than with one fewer"), true, false},
        {OM_NOTE("proven"), false, true},        {OM_NOTE("at"), false, true},
    };
    const struct plan_frontier *frontier = result->sites->frontier;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t i = 0; i < frontier->n; i++)
        add_point(&table, result, i);
    text_line(style, out, TEXT_STRONG, "%s",
              om_tr("How many job seekers in need so many sites cover at best"));
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

enum { OPENINGS_SHOWN = 10 };

static om_status print_openings(om_context *ctx, const struct map_result *result,
                                const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("New supplier office in"), false, true}, {OM_NOTE("area"), false, true},
        {OM_NOTE("get a choice"), true, false},           {OM_NOTE("municipalities"), true, false},
        {OM_NOTE("get their only one"), true, false},
    };
    const struct map_sites *sites = result->sites;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    size_t n_shown =
        style->every_area || sites->n_openings < OPENINGS_SHOWN ? sites->n_openings : OPENINGS_SHOWN;
    for (size_t i = 0; i < n_shown; i++) {
        const struct plan_opening *opening = &sites->openings[i];
        text_table_add(&table, TEXT_STRONG, "%s", map_municipality_name(result, opening->municipality));
        text_table_add(&table, TEXT_PLAIN, "%s", map_area_name(result, (size_t)opening->municipality));
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(opening->job_seekers).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(opening->n).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(opening->job_seekers_one).text);
    }
    text_line(style, out, TEXT_STRONG, "%s",
              n_shown ? om_tr("Where the office of one more supplier would give most job seekers a choice")
                      : om_tr("The office of one more supplier would give nobody a choice."));
    om_status status = n_shown ? text_table_print(ctx, &table, style, out) : OM_OK;
    text_table_done(&table);
    return status;
}

om_status map_sites_text(om_context *ctx, const struct map_result *result, const struct map_text_style *style,
                         FILE *out)
{
    static map_text_part *const parts[] = {map_in_house_part, print_frontier, print_openings, NULL};
    return map_print_parts(ctx, result, style, parts, out);
}
