#include "geo/memory.h"
#include "geo/text.h"
#include "maps/journeys.h"
#include "text_table.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>

enum { DAY_S = 86400 };

/* "07:35", with seconds where there are some, and with the days after or before the service date: "00:10 +1".
 */
static struct map_figure clock_text(int32_t time_s)
{
    struct map_figure figure;
    int days = time_s >= 0 ? time_s / DAY_S : -((DAY_S - 1 - time_s) / DAY_S);
    int32_t of_day_s = time_s - days * DAY_S;
    char seconds[8] = "", day[16] = "";
    if (of_day_s % 60)
        snprintf(seconds, sizeof seconds, ":%02d", of_day_s % 60);
    if (days)
        snprintf(day, sizeof day, " %+d", days);
    snprintf(figure.text, sizeof figure.text, "%02d:%02d%s%s", of_day_s / 3600, of_day_s / 60 % 60, seconds,
             day);
    return figure;
}

/* "35 min", "4 h 35 min"; begun minutes count. */
static struct map_figure duration_text(int32_t duration_s)
{
    struct map_figure figure;
    int minutes = (duration_s + 59) / 60;
    if (minutes < 60)
        snprintf(figure.text, sizeof figure.text, om_tr("%d min"), minutes);
    else
        snprintf(figure.text, sizeof figure.text, om_tr("%d h %02d min"), minutes / 60, minutes % 60);
    return figure;
}

/* "6 min, 430 m" */
static struct map_figure walk_text(int32_t duration_s, double length_m)
{
    struct map_figure figure;
    if (isnan(length_m))
        snprintf(figure.text, sizeof figure.text, "%s", duration_text(duration_s).text);
    else
        snprintf(figure.text, sizeof figure.text, om_tr("%s, %s m"), duration_text(duration_s).text,
                 map_count(round(length_m)).text);
    return figure;
}

/* ---- legs: each gives a text that is freed by the caller, NULL when memory is out ---- */

static char *ride_text(const struct data_leg *leg)
{
    const char *line = leg->short_name ? leg->short_name : leg->long_name;
    char *name = om_format("%s%s%s", data_mode_name(leg->mode), line ? " " : "", line ? line : "");
    char *towards = leg->headsign ? om_format(om_tr(" towards %s"), leg->headsign) : om_strdup("");
    char *text = NULL;
    if (name && towards)
        text = om_format("%s%s%s%s%s%s%s", leg->stays_aboard ? om_tr("stay aboard, continues as ") : "", name,
                         towards, leg->agency ? ", " : "", leg->agency ? leg->agency : "",
                         leg->on_demand ? ", " : "", leg->on_demand ? om_tr("must be booked") : "");
    om_free(name);
    om_free(towards);
    return text;
}

static char *change_text(const struct data_leg *leg)
{
    int32_t duration_s = leg->arrival_s - leg->departure_s;
    switch (leg->change) {
    case DATA_CHANGE_WALK:
        return om_format(om_tr("change on foot (%s), then %s to wait"),
                         walk_text(duration_s, leg->walk_m).text, duration_text(leg->wait_s).text);
    case DATA_CHANGE_GUARANTEED:
        return om_format(om_tr("guaranteed change, %s to wait"), duration_text(leg->wait_s).text);
    case DATA_CHANGE_SEATED:
        return om_format(om_tr("stay seated while the vehicle changes line, %s to wait"),
                         duration_text(leg->wait_s).text);
    case DATA_CHANGE_WITHIN:
        break;
    }
    return duration_s ? om_format(om_tr("change (%s), then %s to wait"), duration_text(duration_s).text,
                                  duration_text(leg->wait_s).text)
                      : om_format(om_tr("change, %s to wait"), duration_text(leg->wait_s).text);
}

static char *leg_text(const struct data_leg *leg)
{
    if (leg->kind == DATA_LEG_RIDE)
        return ride_text(leg);
    if (leg->kind == DATA_LEG_CHANGE)
        return change_text(leg);
    return om_format(om_tr("on foot (%s)"), walk_text(leg->arrival_s - leg->departure_s, leg->walk_m).text);
}

static void add_end(struct text_table *table, const struct data_leg_end *end, const struct data_point *point)
{
    if (end->stop == GEO_ANY)
        text_table_add(table, TEXT_FAINT, "%s", point->id);
    else if (end->platform)
        text_table_add(table, TEXT_PLAIN, om_tr("%s, platform %s"), end->name, end->platform);
    else
        text_table_add(table, TEXT_PLAIN, "%s", end->name);
}

static void add_leg(struct text_table *table, const struct map_journeys *journeys, const struct data_leg *leg)
{
    bool rides = leg->kind == DATA_LEG_RIDE;
    enum text_tone tone = rides ? TEXT_STRONG : TEXT_FAINT;
    char *how = leg_text(leg);
    text_table_add(table, tone, "%s", clock_text(leg->departure_s).text);
    add_end(table, &leg->from, journeys->from);
    text_table_add(table, tone, "%s", clock_text(leg->arrival_s).text);
    add_end(table, &leg->to, journeys->to);
    text_table_add(table, leg->on_demand ? TEXT_FAIR : rides ? TEXT_PLAIN : TEXT_FAINT, "%s", how ? how : "");
    table->out_of_memory |= !how;
    om_free(how);
}

static void print_heading(const struct data_itinerary *itinerary, const struct map_text_style *style,
                          FILE *out)
{
    const struct geo_journey *journey = &itinerary->journey;
    struct map_figure changes;
    snprintf(changes.text, sizeof changes.text,
             om_tr_n("%d change", "%d changes", (unsigned long)journey->transfers), journey->transfers);
    char *walk = itinerary->walk_s
                     ? om_format(om_tr(", %s on foot"), walk_text(itinerary->walk_s, itinerary->walk_m).text)
                     : om_strdup("");
    char *wait = itinerary->wait_s ? om_format(om_tr(", %s to wait"), duration_text(itinerary->wait_s).text)
                                   : om_strdup("");
    text_line(style, out, TEXT_STRONG, "%s – %s   %s, %s%s%s", clock_text(journey->departure_s).text,
              clock_text(journey->arrival_s).text,
              duration_text(journey->arrival_s - journey->departure_s).text, changes.text, walk ? walk : "",
              wait ? wait : "");
    om_free(walk);
    om_free(wait);
}

static om_status print_journey(om_context *ctx, const struct map_journeys *journeys,
                               const struct data_itinerary *itinerary, const struct map_text_style *style,
                               FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Departs"), false, false},           {OM_NOTE("from"), false, true},
        {OM_NOTE("arrives"), false, false},           {OM_NOTE("to"), false, true},
        {OM_NOTE("means of transport"), false, true},
    };
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    fputc('\n', out);
    print_heading(itinerary, style, out);
    for (size_t i = 0; i < itinerary->n; i++)
        add_leg(&table, journeys, &itinerary->legs[i]);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

/* ---- none, and why ---- */

const char *const map_no_journey_names[MAP_NO_JOURNEYS] = {
    [MAP_JOURNEYS_FOUND] = NULL,
    [MAP_NO_STOP_AT_ORIGIN] = "no_stop_at_origin",
    [MAP_NO_STOP_AT_DESTINATION] = "no_stop_at_destination",
    [MAP_NO_SERVICE_AT_ORIGIN] = "no_service_at_origin",
    [MAP_NO_SERVICE_AT_DESTINATION] = "no_service_at_destination",
    [MAP_NO_JOURNEY] = "no_journey",
};

static void print_why_not(const struct map_journeys *journeys, const struct map_text_style *style, FILE *out)
{
    const char *const reasons[MAP_NO_JOURNEYS] = {
        [MAP_NO_STOP_AT_ORIGIN] = om_tr("There is no journey: no stop is within reach of %s on foot."),
        [MAP_NO_STOP_AT_DESTINATION] = om_tr("There is no journey: no stop is within reach of %s on foot."),
        [MAP_NO_SERVICE_AT_ORIGIN] = om_tr("There is no journey: nothing calls at %s on this date."),
        [MAP_NO_SERVICE_AT_DESTINATION] = om_tr("There is no journey: nothing calls at %s on this date."),
    };
    bool at_origin = journeys->why == MAP_NO_STOP_AT_ORIGIN || journeys->why == MAP_NO_SERVICE_AT_ORIGIN;
    fputc('\n', out);
    if (journeys->why != MAP_NO_JOURNEY)
        text_line(style, out, TEXT_FAIR, reasons[journeys->why],
                  at_origin ? journeys->from->id : journeys->to->id);
    else if (journeys->is_arrival)
        text_line(style, out, TEXT_FAIR, om_tr("There is no journey on this date that arrives by %s."),
                  clock_text(journeys->time_s).text);
    else
        text_line(style, out, TEXT_FAIR, om_tr("There is no journey that leaves at %s or later."),
                  clock_text(journeys->time_s).text);
}

om_status map_journeys_text(om_context *ctx, const struct map_journeys *journeys,
                            const struct map_text_style *style, FILE *out)
{
    text_line(style, out, TEXT_STRONG,
              journeys->is_arrival ? om_tr("%s to %s, %s, arriving by %s")
                                   : om_tr("%s to %s, %s, leaving at %s or later"),
              journeys->from->id, journeys->to->id, journeys->date, clock_text(journeys->time_s).text);
    if (journeys->is_synthetic)
        text_line(style, out, TEXT_FAIR, om_tr("Not real but synthetic: %s."), om_tr("the timetable"));
    if (journeys->why != MAP_JOURNEYS_FOUND)
        print_why_not(journeys, style, out);
    om_status status = OM_OK;
    for (size_t i = 0; i < journeys->n && status == OM_OK; i++)
        status = print_journey(ctx, journeys, &journeys->items[i], style, out);
    if (status == OM_OK && ferror(out))
        status = om_fail(ctx, OM_IO, "%s", om_tr("writing the table failed"));
    return status;
}
