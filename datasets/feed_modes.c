/* Means of transport: GTFS's basic route types, and which of them the extended types belong to. */
#include "datasets/feed.h"

#include "geo/text.h"

#include <stdio.h>
#include <string.h>

enum { TRAM, METRO, RAIL, BUS, FERRY, CABLE_TRAM, AERIAL_LIFT, FUNICULAR, TROLLEYBUS = 11, MONORAIL = 12 };
enum { AIR = 1100, TAXI = 1500, SELF_DRIVE = 1600, OTHER = 1700 };

/* The first range that holds a type decides. */
static const struct {
    int first, last, mode;
} extended[] = {
    {0, 7, -1},
    {11, 12, -1},
    {100, 199, RAIL},
    {200, 299, BUS},
    {300, 399, RAIL},
    {405, 405, MONORAIL},
    {400, 699, METRO},
    {800, 899, TROLLEYBUS},
    {700, 799, BUS},
    {900, 999, TRAM},
    {1000, 1099, FERRY},
    {1100, 1199, AIR},
    {1200, 1299, FERRY},
    {1300, 1399, AERIAL_LIFT},
    {1400, 1499, FUNICULAR},
    {1500, 1599, TAXI},
    {1600, 1699, SELF_DRIVE},
    {1700, 1799, OTHER},
};

#define MODES(X)                                          \
    X(TRAM, "tram", OM_NOTE("tram"))                      \
    X(METRO, "metro", OM_NOTE("metro"))                   \
    X(RAIL, "rail", OM_NOTE("rail"))                      \
    X(BUS, "bus", OM_NOTE("bus"))                         \
    X(FERRY, "ferry", OM_NOTE("ferry"))                   \
    X(CABLE_TRAM, "cable_tram", OM_NOTE("cable tram"))    \
    X(AERIAL_LIFT, "aerial_lift", OM_NOTE("aerial lift")) \
    X(FUNICULAR, "funicular", OM_NOTE("funicular"))       \
    X(TROLLEYBUS, "trolleybus", OM_NOTE("trolleybus"))    \
    X(MONORAIL, "monorail", OM_NOTE("monorail"))          \
    X(AIR, "air", OM_NOTE("air"))                         \
    X(TAXI, "taxi", OM_NOTE("taxi"))                      \
    X(SELF_DRIVE, "self_drive", OM_NOTE("self drive"))    \
    X(OTHER, "other", OM_NOTE("other"))

#define WHOLE(mode, word, name) {mode, word, name},
static const struct {
    int mode;
    const char *word, *name;
} modes[] = {MODES(WHOLE)};
enum { N_MODES = sizeof modes / sizeof *modes };

#define WORD(mode, word, name) word,
const char *const data_mode_words[] = {MODES(WORD) NULL};

int data_feed_basic_mode(int route_type)
{
    for (size_t i = 0; i < sizeof extended / sizeof *extended; i++)
        if (route_type >= extended[i].first && route_type <= extended[i].last)
            return extended[i].mode < 0 ? route_type : extended[i].mode;
    return -1;
}

const char *data_mode_name(int mode)
{
    for (size_t i = 0; i < N_MODES; i++)
        if (modes[i].mode == mode)
            return om_tr(modes[i].name);
    return om_tr("unknown");
}

const char *data_mode_word(int mode)
{
    for (size_t i = 0; i < N_MODES; i++)
        if (modes[i].mode == mode)
            return modes[i].word;
    return "unknown";
}

om_status data_mode_parse(om_context *ctx, const char *word, int *mode)
{
    char words[256] = "";
    for (size_t i = 0; i < N_MODES; i++) {
        size_t used = strlen(words);
        if (strcmp(modes[i].word, word) == 0) {
            *mode = modes[i].mode;
            return OM_OK;
        }
        snprintf(words + used, sizeof words - used, "%s%s", used ? ", " : "", modes[i].word);
    }
    return om_fail(ctx, OM_BAD_DATA, om_tr("\"%s\" is no means of transport; there are %s"), word, words);
}
