/*
 * The timetable cache. One file holds what was read from feeds, one each timetable that was built from them.
 *
 * A file is found by its key, a text that names all its content depends on: the bytes of the feeds, every
 * option, and the source code that reads and builds. Nothing is unpacked or parsed to make the key. Whatever
 * is wrong with a file, or with the folder, is a finding, and the feed is read as if there were no cache.
 */
#include "feed_cache.h"

#include "cache_file.h"
#include "datasets/hash.h"
#include "feed_internal.h"
#include "fingerprint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct feed_cache {
    char *folder;
    char *content; /* digests of the feeds, in order */
};

void feed_cache_free(struct feed_cache *cache)
{
    if (!cache)
        return;
    om_free(cache->folder);
    om_free(cache->content);
    om_free(cache);
}

/* ---- the folder ---- */

/* As the XDG base directory specification has it; NULL without a home. */
static char *default_folder(void)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache && *cache == '/')
        return om_format("%s/omland", cache);
    return home && *home ? om_format("%s/.cache/omland", home) : NULL;
}

/* Makes a folder and those above it, for the user alone; false and errno when there is none in the end. */
static bool make_folder(char *path)
{
    for (char *slash = path; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(path, 0700); /* what fails here fails below */
        *slash = '/';
    }
    struct stat about;
    if ((mkdir(path, 0700) != 0 && errno != EEXIST) || stat(path, &about) != 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(about.st_mode);
}

static void note_unusable(om_context *ctx, const char *what, const char *why)
{
    om_find(ctx, "cache_not_usable", om_tr("%s: %s; the timetable is read without the cache"), what, why);
}

static om_status content_of(om_context *ctx, const char *const *paths, size_t n, char **out)
{
    om_status status = OM_OK;
    char *content = om_strdup("");
    for (size_t i = 0; content && i < n && status == OM_OK; i++) {
        char digest[DATA_XXH3_SIZE];
        if ((status = data_xxh3_path(ctx, paths[i], digest)) != OM_OK)
            break;
        char *longer = om_format("%s %s", content, digest);
        om_free(content);
        content = longer;
    }
    if (status == OM_OK && !content)
        status = om_no_memory(ctx);
    if (status == OM_OK)
        *out = content;
    else
        om_free(content);
    return status;
}

/* NULL when there can be none; then why is a finding, unless reading the feeds will tell. */
static struct feed_cache *cache_new(om_context *ctx, const char *folder, const char *const *paths, size_t n)
{
    om_context own = {0};
    struct feed_cache *cache = om_alloc(1, sizeof *cache);
    if (!cache)
        return NULL;
    cache->folder = folder && *folder ? om_strdup(folder) : default_folder();
    bool ok = false;
    if (!cache->folder)
        note_unusable(ctx, "--cache", om_tr("there is no home folder"));
    else if (!make_folder(cache->folder))
        note_unusable(ctx, cache->folder, strerror(errno));
    else
        ok = content_of(&own, paths, n, &cache->content) == OM_OK;
    om_context_done(&own);
    if (ok)
        return cache;
    feed_cache_free(cache);
    return NULL;
}

/* ---- keys ---- */

/* Tells the languages apart in which findings may be worded: the header of the catalogue in use. */
static void language(char digest[DATA_XXH3_SIZE])
{
    const char *header = dgettext(OM_TEXT_DOMAIN, "");
    data_xxh3_bytes(header, strlen(header), digest);
}

static char *key_of(const struct feed_cache *cache, const char *kind, const char *more)
{
    char messages[DATA_XXH3_SIZE];
    language(messages);
    return om_format("%s\ncode %s\nmessages %s\nfeeds%s\n%s", kind, OMLAND_FINGERPRINT, messages,
                     cache->content, more);
}

/* Options as text. A new one belongs into it. */
_Static_assert(sizeof(struct data_feed_options) == sizeof(struct {
                   bool without_on_demand;
                   const int *modes;
                   size_t n_modes;
                   struct {
                       enum geo_transfer_rules transfers;
                       int32_t min_transfer_s;
                       struct {
                           double radius_m, detour, speed_km_h;
                       } walking;
                       bool is_mirrored;
                   } timetable;
               }),
               "every option is part of the key");

static char *options_text(const struct data_feed_options *options)
{
    const struct geo_walking *walking = &options->timetable.walking;
    char *text = om_format("on_demand %d\nmirrored %d\ntransfers %d %d\nwalking %a %a %a\nmodes",
                           !options->without_on_demand, options->timetable.is_mirrored,
                           (int)options->timetable.transfers, (int)options->timetable.min_transfer_s,
                           walking->radius_m, walking->detour, walking->speed_km_h);
    for (size_t i = 0; text && i < options->n_modes; i++) {
        char *longer = om_format("%s %d", text, options->modes[i]);
        om_free(text);
        text = longer;
    }
    return text;
}

/* What the system's time zones say of the days a timetable is made of. */
static char *zones_text(const data_feed *feed, int32_t date)
{
    char *text = om_strdup("offsets");
    int32_t day = feed_day_of(date), first = day - feed_days_back(feed), last = day + FEED_ZONE_DAYS;
    for (size_t i = 0; i < feed->zones.n; i++)
        for (int32_t at = first; text && at <= last; at++) {
            int offset_s = (int)time_zone_offset_at_noon_s(feed->zones.items[i].zone, at);
            char *longer = om_format("%s %d", text, offset_s);
            om_free(text);
            text = longer;
        }
    return text;
}

static char *timetable_key(const data_feed *feed, int32_t date, const struct data_feed_options *options)
{
    char *key = NULL, *wanted = options_text(options), *zones = zones_text(feed, date);
    char *more = wanted && zones ? om_format("date %d\n%s\n%s\n", (int)date, wanted, zones) : NULL;
    if (more)
        key = key_of(feed->cache, "timetable", more);
    om_free(more);
    om_free(wanted);
    om_free(zones);
    return key;
}

/* FOLDER/KIND-DIGEST */
static char *path_of(const struct feed_cache *cache, const char *key)
{
    char digest[DATA_XXH3_SIZE];
    data_xxh3_bytes(key, strlen(key), digest);
    return om_format("%s/%.*s-%s.cache", cache->folder, (int)strcspn(key, "\n"), key, digest);
}

/* ---- findings, which a feed read from the cache repeats ---- */

struct text {
    FEED_ARRAY(char) bytes;
};

static bool add_text(struct text *text, const char *more)
{
    size_t size = strlen(more) + 1;
    if (!FEED_ROOM(&text->bytes, size))
        return false;
    memcpy(text->bytes.items + text->bytes.n, more, size);
    text->bytes.n += size;
    return true;
}

/* Texts, each with a NUL: per finding its code, its count, its examples, and an empty one. */
static om_status findings_text(om_context *ctx, const om_context *found, struct text *out)
{
    bool ok = true;
    for (size_t i = 0; i < found->n_findings && ok; i++) {
        const struct om_finding *finding = &found->findings[i];
        char count[32];
        snprintf(count, sizeof count, "%zu", finding->count);
        ok = add_text(out, finding->code) && add_text(out, count);
        for (size_t k = 0; k < OM_FINDING_EXAMPLES && finding->examples[k] && ok; k++)
            ok = add_text(out, finding->examples[k]);
        ok = ok && add_text(out, "");
    }
    return ok ? OM_OK : om_no_memory(ctx);
}

static const char *next_text(const char **at, const char *end)
{
    const char *text = *at;
    *at = text < end ? text + strlen(text) + 1 : text;
    return text < end ? text : "";
}

/* What a message says of a feed by its former path, it says of its path now. */
static char *reworded(const char *message, const struct geo_array *former, const data_feed *feed)
{
    for (size_t i = 0; i < feed->n_parts; i++) {
        size_t length = former[i].n - 1;
        if (strncmp(message, former[i].items, length) == 0 && message[length] == ':')
            return om_format("%s%s", feed->parts[i].path, message + length);
    }
    return om_strdup(message);
}

/* Of what is kept of every file: the findings, and the paths of the feeds at the time. */
static void repeat_findings(om_context *ctx, const struct geo_array *kept, const data_feed *feed)
{
    const char *at = kept[0].items, *end = at + kept[0].n;
    while (at < end) {
        struct om_finding finding = {.code = next_text(&at, end)};
        finding.count = strtoull(next_text(&at, end), NULL, 10);
        const char *example;
        for (size_t k = 0; *(example = next_text(&at, end)); k++)
            if (k < OM_FINDING_EXAMPLES)
                finding.examples[k] = reworded(example, &kept[1], feed);
        om_find_again(ctx, &finding);
        for (size_t k = 0; k < OM_FINDING_EXAMPLES; k++)
            om_free(finding.examples[k]);
    }
}

/* ---- files ---- */

/* Findings, paths, then the arrays themselves. */
static om_status write_kept(om_context *ctx, const data_feed *feed, const char *key, const om_context *found,
                            const struct geo_array *arrays, size_t n)
{
    struct text findings = {0};
    char *path = path_of(feed->cache, key);
    struct geo_array *all = om_alloc(1 + feed->n_parts + n, sizeof *all);
    om_status status = path && all ? findings_text(ctx, found, &findings) : om_no_memory(ctx);
    if (status == OM_OK) {
        all[0] = (struct geo_array){"findings", findings.bytes.items, 1, findings.bytes.n};
        for (size_t i = 0; i < feed->n_parts; i++)
            all[1 + i] = (struct geo_array){"path", feed->parts[i].path, 1, strlen(feed->parts[i].path) + 1};
        memcpy(all + 1 + feed->n_parts, arrays, n * sizeof *arrays);
        status = cache_file_write(ctx, path, key, all, 1 + feed->n_parts + n);
    }
    om_free(findings.bytes.items);
    om_free(all);
    om_free(path);
    return status;
}

static void keep(om_context *ctx, const data_feed *feed, const char *key, const om_context *found,
                 const struct geo_array *arrays, size_t n)
{
    om_context own = {0};
    if (write_kept(&own, feed, key, found, arrays, n) != OM_OK)
        om_find(ctx, "cache_not_written", om_tr("%s; the timetable is not kept for next time"), own.message);
    om_context_done(&own);
}

/* Whether it begins with findings and paths, as write_kept has it. */
static bool is_kept(const struct cache_file *file, size_t n_parts)
{
    size_t n;
    const struct geo_array *arrays = cache_file_arrays(file, &n);
    bool ok = n > n_parts && geo_array_is(&arrays[0], "findings", 1, arrays[0].n);
    for (size_t i = 1; i <= n_parts && ok; i++)
        ok = arrays[i].n > 0 && geo_array_is(&arrays[i], "path", 1, arrays[i].n);
    return ok;
}

/* NULL when there is no such file, or none that can be used: that is a finding. */
static struct cache_file *find(om_context *ctx, const struct feed_cache *cache, const char *key,
                               size_t n_parts)
{
    om_context own = {0};
    struct cache_file *file = NULL;
    char *path = path_of(cache, key);
    om_status status = path ? cache_file_open(&own, path, key, &file) : om_no_memory(&own);
    if (status == OM_OK && !is_kept(file, n_parts)) {
        status = om_fail(&own, OM_BAD_DATA, "%s: %s", path, om_tr("this is no file of the timetable cache"));
        cache_file_close(file);
        file = NULL;
    }
    if (status != OM_OK && status != OM_NOT_FOUND)
        om_find(ctx, "cache_file_not_used", om_tr("%s; it is made again"), own.message);
    om_context_done(&own);
    om_free(path);
    return file;
}

static void close_file(void *file)
{
    cache_file_close(file);
}

/* ---- feeds ---- */

/* NULL when the cache does not have it. */
static data_feed *find_feed(om_context *ctx, struct feed_cache *cache, const char *key, size_t n_parts)
{
    om_context own = {0};
    data_feed *feed = NULL;
    size_t n;
    struct cache_file *file = find(ctx, cache, key, n_parts);
    if (!file)
        return NULL;
    const struct geo_array *arrays = cache_file_arrays(file, &n);
    struct geo_keeper keeper = {close_file, file};
    if (feed_from_arrays(&own, arrays + 1 + n_parts, n - 1 - n_parts, n_parts, keeper, &feed) != OM_OK)
        cache_file_close(file);
    om_context_done(&own);
    return feed;
}

/* Gives a feed from the cache its paths, and repeats what was found when it was read. */
static om_status settle(om_context *ctx, data_feed *feed, const char *const *paths)
{
    om_status status = OM_OK;
    for (size_t i = 0; i < feed->n_parts && status == OM_OK; i++) {
        feed->parts[i].path = om_strdup(paths[i]);
        status = feed->parts[i].path ? feed_part_locate(ctx, &feed->parts[i]) : om_no_memory(ctx);
    }
    size_t n;
    if (status == OM_OK)
        repeat_findings(ctx, cache_file_arrays(feed->keeper.block, &n), feed);
    return status;
}

static void merge(om_context *ctx, const om_context *from)
{
    for (size_t i = 0; i < from->n_findings; i++)
        om_find_again(ctx, &from->findings[i]);
}

/* A feed that has changed while it was read belongs under no key. */
static bool is_unchanged(const struct feed_cache *cache, const char *const *paths, size_t n)
{
    om_context own = {0};
    char *content = NULL;
    bool same = content_of(&own, paths, n, &content) == OM_OK && strcmp(content, cache->content) == 0;
    om_free(content);
    om_context_done(&own);
    return same;
}

static void keep_feed(om_context *ctx, const data_feed *feed, const char *key, const om_context *found)
{
    om_context own = {0};
    struct geo_array *arrays = NULL;
    size_t n;
    if (feed_list_arrays(&own, feed, &arrays, &n) == OM_OK)
        keep(ctx, feed, key, found, arrays, n);
    om_free(arrays);
    om_context_done(&own);
}

/* *cache becomes the feed's, and NULL, when it can be used. */
static om_status read_and_keep(om_context *ctx, struct feed_cache **cache, const char *key,
                               const char *const *paths, size_t n, data_feed **out)
{
    om_context own = {.progress = ctx->progress, .progress_user = ctx->progress_user};
    data_feed *feed = NULL;
    om_status status = data_feed_open(&own, paths, n, &feed);
    merge(ctx, &own);
    if (status == OM_OK && is_unchanged(*cache, paths, n)) {
        feed->cache = *cache;
        *cache = NULL;
        keep_feed(ctx, feed, key, &own);
    }
    if (status == OM_OK)
        *out = feed;
    else
        om_fail(ctx, status, "%s", own.message);
    om_context_done(&own);
    return status;
}

om_status data_feed_open_cached(om_context *ctx, const char *folder, const char *const *paths, size_t n_paths,
                                data_feed **out)
{
    struct feed_cache *cache = n_paths ? cache_new(ctx, folder, paths, n_paths) : NULL;
    char *key = cache ? key_of(cache, "feed", "") : NULL;
    if (!key) {
        feed_cache_free(cache);
        return data_feed_open(ctx, paths, n_paths, out);
    }
    om_status status;
    data_feed *feed = find_feed(ctx, cache, key, n_paths);
    if (!feed) {
        status = read_and_keep(ctx, &cache, key, paths, n_paths, out);
    } else {
        feed->cache = cache;
        cache = NULL;
        status = settle(ctx, feed, paths);
        if (status == OM_OK)
            *out = feed;
        else
            data_feed_free(feed);
    }
    feed_cache_free(cache);
    om_free(key);
    return status;
}

/* ---- timetables ---- */

static bool find_timetable(om_context *ctx, const data_feed *feed, const char *key, geo_timetable **out)
{
    om_context own = {0};
    size_t n, first = 1 + feed->n_parts;
    struct cache_file *file = find(ctx, feed->cache, key, feed->n_parts);
    if (!file)
        return false;
    const struct geo_array *arrays = cache_file_arrays(file, &n);
    struct geo_keeper keeper = {close_file, file};
    bool fits = geo_timetable_from_arrays(&own, arrays + first, n - first, keeper, out) == OM_OK;
    if (fits)
        repeat_findings(ctx, arrays, feed);
    else
        cache_file_close(file);
    om_context_done(&own);
    return fits;
}

static om_status build_and_keep(om_context *ctx, const data_feed *feed, const char *key, int32_t date,
                                const struct data_feed_options *options, feed_build_fn *build,
                                geo_timetable **out)
{
    om_context own = {.progress = ctx->progress, .progress_user = ctx->progress_user};
    om_status status = build(&own, feed, date, options, out);
    merge(ctx, &own);
    if (status == OM_OK) {
        struct geo_array arrays[GEO_TIMETABLE_MOST_ARRAYS];
        size_t n = geo_timetable_list_arrays(*out, arrays);
        keep(ctx, feed, key, &own, arrays, n);
    } else {
        om_fail(ctx, status, "%s", own.message);
    }
    om_context_done(&own);
    return status;
}

om_status feed_cache_timetable(om_context *ctx, const data_feed *feed, int32_t date,
                               const struct data_feed_options *options, feed_build_fn *build,
                               geo_timetable **out)
{
    char *key = feed->cache ? timetable_key(feed, date, options) : NULL;
    if (!key)
        return build(ctx, feed, date, options, out);
    om_status status = OM_OK;
    if (!find_timetable(ctx, feed, key, out))
        status = build_and_keep(ctx, feed, key, date, options, build, out);
    om_free(key);
    return status;
}
