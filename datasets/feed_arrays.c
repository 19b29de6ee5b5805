/*
 * The arrays that feeds are kept in: to free them, to list them for the cache, to rest on those in the cache.
 */
#include "feed_internal.h"

/* A member of struct data_feed that is missing here does not compile; see the assertion below. */
#define FEED_NUMBERS(X) X(n_stations) X(n_blocks) X(latest_s) X(first_day) X(last_day) X(validity)
#define FEED_ARRAYS(X) \
    X(places)          \
    X(names)           \
    X(stops)           \
    X(place_of_stop)   \
    X(calls)           \
    X(trips)           \
    X(services)        \
    X(exceptions)      \
    X(frequencies)     \
    X(transfers)       \
    X(seat_rules)      \
    X(routes)

#define SIZE_OF(field) +sizeof((data_feed *)NULL)->field
_Static_assert(sizeof(data_feed) == 0 FEED_NUMBERS(SIZE_OF) FEED_ARRAYS(SIZE_OF) SIZE_OF(zones)
                                        SIZE_OF(runs_on) SIZE_OF(parts) SIZE_OF(n_parts) SIZE_OF(keeper)
                                            SIZE_OF(cache),
               "every member of struct data_feed is listed, or handled below by name");
_Static_assert(sizeof(struct feed_part) == sizeof(struct {
                   char *path, sha256[65], *folder;
                   struct feed_ids place_ids;
                   uint32_t first_place;
               }),
               "a new member of struct feed_part is listed below, or is not needed from the cache");

#define ONE(field) +1
enum { LISTED_OF_FEED = 2 FEED_NUMBERS(ONE) FEED_ARRAYS(ONE), LISTED_OF_PART = 5 };

void feed_free_arrays(data_feed *feed)
{
    if (feed->keeper.release) {
        feed->keeper.release(feed->keeper.block);
    } else {
#define FREE(field) om_free(feed->field.items);
        FEED_ARRAYS(FREE)
        om_free(feed->runs_on);
        for (size_t i = 0; i < feed->zones.n; i++)
            om_free(feed->zones.items[i].name);
        for (size_t i = 0; i < feed->n_parts; i++)
            feed_ids_done(&feed->parts[i].place_ids);
    }
    for (size_t i = 0; i < feed->zones.n; i++)
        time_zone_free(feed->zones.items[i].zone);
    om_free(feed->zones.items);
}

static size_t n_days(const data_feed *feed)
{
    return feed->runs_on ? (size_t)(feed->last_day - feed->first_day) + 1 : 0;
}

static struct geo_array *list_part(const struct feed_part *part, struct geo_array *next)
{
    *next++ = (struct geo_array){"sha256", part->sha256, 1, sizeof part->sha256};
    *next++ = (struct geo_array){"first_place", &part->first_place, sizeof part->first_place, 1};
    *next++ = (struct geo_array){"id_text", part->place_ids.text.items, 1, part->place_ids.text.n};
    *next++ = (struct geo_array){"id_ends", part->place_ids.ends.items, sizeof *part->place_ids.ends.items,
                                 part->place_ids.ends.n};
    *next++ = (struct geo_array){"id_slots", part->place_ids.slots, sizeof *part->place_ids.slots,
                                 part->place_ids.n_slots};
    return next;
}

om_status feed_list_arrays(om_context *ctx, const data_feed *feed, struct geo_array **out, size_t *n)
{
    *n = LISTED_OF_FEED + feed->zones.n + LISTED_OF_PART * feed->n_parts;
    struct geo_array *all = om_alloc(*n, sizeof *all), *next = all;
    if (!all)
        return om_no_memory(ctx);
#define LIST_NUMBER(field) *next++ = (struct geo_array){#field, &feed->field, sizeof feed->field, 1};
    FEED_NUMBERS(LIST_NUMBER)
#define LIST_ARRAY(field) \
    *next++ = (struct geo_array){#field, feed->field.items, sizeof *feed->field.items, feed->field.n};
    FEED_ARRAYS(LIST_ARRAY)
    *next++ = (struct geo_array){"runs_on", feed->runs_on, sizeof *feed->runs_on, n_days(feed)};
    *next++ = (struct geo_array){"n_zones", &feed->zones.n, sizeof feed->zones.n, 1};
    for (size_t i = 0; i < feed->zones.n; i++)
        *next++ =
            (struct geo_array){"zone", feed->zones.items[i].name, 1, strlen(feed->zones.items[i].name) + 1};
    for (size_t i = 0; i < feed->n_parts; i++)
        next = list_part(&feed->parts[i], next);
    *out = all;
    return OM_OK;
}

/* ---- and back ---- */

struct taking {
    const struct geo_array *next, *end;
};

/* The items of the next array, when it is the one that is meant; else NULL. */
static void *take(struct taking *taking, const char *name, size_t size, size_t *n)
{
    if (taking->next == taking->end || !geo_array_is(taking->next, name, size, taking->next->n))
        return NULL;
    *n = taking->next->n;
    return (void *)(uintptr_t)taking->next++->items;
}

static bool take_number(struct taking *taking, const char *name, void *to, size_t size)
{
    size_t n = 0;
    const void *from = take(taking, name, size, &n);
    if (!from || n != 1)
        return false;
    memcpy(to, from, size);
    return true;
}

static bool take_part(struct taking *taking, struct feed_part *part)
{
    size_t n = 0;
    struct feed_ids *ids = &part->place_ids;
    const char *sha256 = take(taking, "sha256", 1, &n);
    if (!sha256 || n != sizeof part->sha256 ||
        !take_number(taking, "first_place", &part->first_place, sizeof part->first_place))
        return false;
    memcpy(part->sha256, sha256, sizeof part->sha256);
    ids->text.items = take(taking, "id_text", 1, &ids->text.n);
    ids->ends.items = take(taking, "id_ends", sizeof *ids->ends.items, &ids->ends.n);
    ids->slots = take(taking, "id_slots", sizeof *ids->slots, &ids->n_slots);
    ids->n = (uint32_t)ids->ends.n;
    return ids->text.items && ids->ends.items && ids->slots;
}

static bool take_zones(struct taking *taking, data_feed *feed)
{
    size_t n = 0;
    if (!take_number(taking, "n_zones", &n, sizeof n) || n > (size_t)(taking->end - taking->next))
        return false;
    feed->zones.items = om_alloc(n, sizeof *feed->zones.items);
    for (; feed->zones.items && feed->zones.n < n; feed->zones.n++) {
        size_t length;
        char *name = take(taking, "zone", 1, &length);
        if (!name)
            return false;
        feed->zones.items[feed->zones.n] = (struct feed_zone){name, time_zone_new(name)};
    }
    return feed->zones.items != NULL;
}

static bool take_feed(struct taking *taking, data_feed *feed)
{
    size_t days = 0;
#define TAKE_NUMBER(field)                                              \
    if (!take_number(taking, #field, &feed->field, sizeof feed->field)) \
        return false;
    FEED_NUMBERS(TAKE_NUMBER)
#define TAKE_ARRAY(field)                                                                       \
    if (!(feed->field.items = take(taking, #field, sizeof *feed->field.items, &feed->field.n))) \
        return false;
    FEED_ARRAYS(TAKE_ARRAY)
    if (!(feed->runs_on = take(taking, "runs_on", sizeof *feed->runs_on, &days)))
        return false;
    if (days == 0)
        feed->runs_on = NULL;
    if (days != n_days(feed) || !take_zones(taking, feed))
        return false;
    for (size_t i = 0; i < feed->n_parts; i++)
        if (!take_part(taking, &feed->parts[i]))
            return false;
    return taking->next == taking->end;
}

/* Until the feed is whole, the arrays are the caller's. */
static void keep_nothing(void *block)
{
    (void)block;
}

om_status feed_from_arrays(om_context *ctx, const struct geo_array *arrays, size_t n, size_t n_parts,
                           struct geo_keeper keeper, data_feed **out)
{
    struct taking taking = {arrays, arrays + n};
    data_feed *feed = om_alloc(1, sizeof *feed);
    if (!feed)
        return om_no_memory(ctx);
    feed->parts = om_alloc(n_parts, sizeof *feed->parts);
    feed->n_parts = n_parts;
    if (feed->parts && take_feed(&taking, feed)) {
        feed->keeper = keeper;
        *out = feed;
        return OM_OK;
    }
    feed->keeper.release = keep_nothing;
    feed_free_arrays(feed);
    om_free(feed->parts);
    om_free(feed);
    return om_fail(ctx, OM_BAD_DATA, "%s", om_tr("the arrays are not those of a feed"));
}
