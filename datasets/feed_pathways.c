/*
 * pathways.txt: how long it takes from platform to platform inside a station, as the shortest way over the
 * pathways whose traversal_time is given. It becomes a smallest time for changing there. Where transfers.txt
 * has a rule for the station as a whole, that is the timetable maker's own word and pathways are left aside.
 */
#include "feed_internal.h"

#include <stdlib.h>

struct pathway {
    uint32_t station, from, to; /* places; a boarding area counts as its platform */
    int32_t time_s;
};

struct scratch {
    FEED_ARRAY(struct pathway) pathways;
    int32_t *times_s;        /* by place: from the platform at hand, or INT32_MAX */
    unsigned char *has_rule; /* by station */
};

static bool find_end(struct feed_reader *reader, int column, uint32_t *place)
{
    const struct feed_value *id = &reader->values[column];
    uint32_t number = feed_ids_find(&reader->part->place_ids, id->text, id->length);
    if (number == FEED_NONE) {
        feed_note(reader, "foreign_key_violation", column,
                  om_tr("there is no such stop_id in stops.txt, so the pathway has no effect"));
        return false;
    }
    *place = reader->part->first_place + number;
    const struct feed_place *at = &reader->feed->places.items[*place];
    if (at->location_type == FEED_LOCATION_BOARDING_AREA && at->parent != FEED_NONE)
        *place = at->parent;
    return true;
}

static om_status add_pathway(struct feed_reader *reader, uint32_t from, uint32_t to)
{
    struct scratch *scratch = reader->scratch;
    struct pathway *added = FEED_PUSH(&scratch->pathways);
    if (!added)
        return om_no_memory(reader->ctx);
    *added = (struct pathway){reader->feed->places.items[from].station, from, to,
                              reader->values[PATHWAY_TIME].integer};
    return OM_OK;
}

static om_status read_pathway(struct feed_reader *reader)
{
    uint32_t from, to;
    if (!find_end(reader, PATHWAY_FROM, &from) || !find_end(reader, PATHWAY_TO, &to) ||
        reader->values[PATHWAY_TIME].length == 0 || from == to)
        return OM_OK;
    if (reader->feed->places.items[from].station != reader->feed->places.items[to].station) {
        feed_note(reader, "pathway_between_stations", -1,
                  om_tr("the pathway joins two stations; it is left out"));
        return OM_OK;
    }
    om_status status = add_pathway(reader, from, to);
    if (status == OM_OK && reader->values[PATHWAY_BOTH_WAYS].integer == 1)
        status = add_pathway(reader, to, from);
    return status;
}

static int by_station_and_ends(const void *a, const void *b)
{
    const struct pathway *x = a, *y = b;
    if (x->station != y->station)
        return x->station < y->station ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->time_s < y->time_s ? -1 : x->time_s > y->time_s;
}

/* Shortens ways until none gets shorter; a station has few pathways. */
static void walk_from(uint32_t platform, const struct pathway *pathways, size_t n, int32_t *times_s)
{
    bool is_shorter = true;
    for (size_t i = 0; i < n; i++)
        times_s[pathways[i].from] = times_s[pathways[i].to] = INT32_MAX;
    times_s[platform] = 0;
    while (is_shorter) {
        is_shorter = false;
        for (size_t i = 0; i < n; i++) {
            int64_t time_s = (int64_t)times_s[pathways[i].from] + pathways[i].time_s;
            if (times_s[pathways[i].from] == INT32_MAX || time_s >= times_s[pathways[i].to])
                continue;
            times_s[pathways[i].to] = (int32_t)time_s;
            is_shorter = true;
        }
    }
}

static bool is_platform(const data_feed *feed, uint32_t place)
{
    return feed->places.items[place].location_type == FEED_LOCATION_STOP &&
           feed->places.items[place].stop != FEED_NONE;
}

/* To each platform once; `times_s` forgets it. */
static om_status add_rules_from(struct feed_reader *reader, uint32_t platform, const struct pathway *pathways,
                                size_t n, int32_t *times_s)
{
    data_feed *feed = reader->feed;
    times_s[platform] = INT32_MAX;
    for (size_t i = 0; i < n; i++) {
        uint32_t to = pathways[i].to;
        if (!is_platform(feed, to) || times_s[to] == INT32_MAX)
            continue;
        struct geo_transfer *rule = FEED_PUSH(&feed->transfers);
        if (!rule)
            return om_no_memory(reader->ctx);
        int32_t time_s = times_s[to] < FEED_DAY_S ? times_s[to] : FEED_DAY_S;
        *rule = (struct geo_transfer){.from = feed->places.items[platform].stop,
                                      .to = feed->places.items[to].stop,
                                      .from_trip = GEO_ANY,
                                      .to_trip = GEO_ANY,
                                      .from_route = GEO_ANY,
                                      .to_route = GEO_ANY,
                                      .kind = GEO_TRANSFER_MINIMUM,
                                      .min_duration_s = time_s};
        times_s[to] = INT32_MAX;
    }
    return OM_OK;
}

static om_status finish_station(struct feed_reader *reader, const struct pathway *pathways, size_t n)
{
    const struct scratch *scratch = reader->scratch;
    om_status status = OM_OK;
    if (scratch->has_rule[pathways->station])
        return OM_OK;
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        bool is_first = i == 0 || pathways[i].from != pathways[i - 1].from;
        if (!is_first || !is_platform(reader->feed, pathways[i].from))
            continue;
        walk_from(pathways[i].from, pathways, n, scratch->times_s);
        status = add_rules_from(reader, pathways[i].from, pathways, n, scratch->times_s);
    }
    return status;
}

static om_status finish_pathways(struct feed_reader *reader)
{
    struct scratch *scratch = reader->scratch;
    const data_feed *feed = reader->feed;
    struct pathway *pathways = scratch->pathways.items;
    size_t n = scratch->pathways.n;
    om_status status = OM_OK;
    scratch->times_s = om_resize(NULL, feed->places.n, sizeof *scratch->times_s);
    scratch->has_rule = om_alloc(feed->n_stations, 1);
    if (!scratch->times_s || !scratch->has_rule)
        return om_no_memory(reader->ctx);
    for (size_t i = 0; i < feed->transfers.n; i++) {
        const struct geo_transfer *rule = &feed->transfers.items[i];
        bool is_general = rule->from_trip == GEO_ANY && rule->to_trip == GEO_ANY &&
                          rule->from_route == GEO_ANY && rule->to_route == GEO_ANY;
        if (is_general && rule->from_is_station && rule->to_is_station && rule->from == rule->to)
            scratch->has_rule[rule->from] = 1;
    }
    qsort(pathways, n, sizeof *pathways, by_station_and_ends);
    for (size_t first = 0, end; first < n && status == OM_OK; first = end) {
        for (end = first + 1; end < n && pathways[end].station == pathways[first].station;)
            end++;
        status = finish_station(reader, pathways + first, end - first);
    }
    return status;
}

om_status feed_pathways_read(struct feed_reader *reader)
{
    struct scratch scratch = {0};
    reader->scratch = &scratch;
    om_status status = feed_table_read(reader, FEED_PATHWAYS, read_pathway);
    if (status == OM_OK && scratch.pathways.n)
        status = finish_pathways(reader);
    om_free(scratch.pathways.items);
    om_free(scratch.times_s);
    om_free(scratch.has_rule);
    reader->scratch = NULL;
    return status;
}
