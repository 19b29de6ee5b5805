#include "theme.h"

#include "geo/text.h"
#include "palette.h"

#include <math.h>

#define COLOURS(light, dark) \
    {                        \
        (light), (dark)      \
    }
/* Three quarters of a colour and one of white, so that lines and names stand out on it. */
#define CALM(rgb) (((((rgb) >> 2) & 0x3F3F3F) * 3) + 0x3F3F3F)
#define COUNT(list) (sizeof(list) / sizeof *(list))

const char *const theme_pattern_names[THEME_PATTERNS] = {"plain", "rising", "falling", "crossed", "dotted"};

static const struct theme_class status_classes[] = {
    {"choice", OM_NOTE("choice"), COLOURS(CALM_LIGHT, CALM_DARK), THEME_PLAIN, NAN, NAN},
    {"limited", OM_NOTE("limited choice"), COLOURS(OKABE_ITO_YELLOW, OKABE_ITO_YELLOW), THEME_RISING, NAN,
     NAN},
    {"none", OM_NOTE("no supplier within reach"), COLOURS(OKABE_ITO_VERMILLION, OKABE_ITO_VERMILLION),
     THEME_CROSSED, NAN, NAN},
};

/* Quarters of the limit, and beyond it half as much again: 15, 30, 45, 60 and 90 of a limit of 60 minutes. */
static const struct theme_class minutes_classes[] = {
    {"own", OM_NOTE("in the own municipality"), COLOURS(BLUES_1, 0x223345), THEME_PLAIN, -INFINITY, 0},
    {"quarter", NULL, COLOURS(BLUES_3, BLUES_7), THEME_PLAIN, 0, 0.25},
    {"half", NULL, COLOURS(BLUES_4, BLUES_6), THEME_PLAIN, 0.25, 0.5},
    {"three-quarters", NULL, COLOURS(BLUES_5, BLUES_5), THEME_PLAIN, 0.5, 0.75},
    {"limit", NULL, COLOURS(BLUES_6, BLUES_3), THEME_PLAIN, 0.75, 1},
    {"over", NULL, COLOURS(ORRD_4, ORRD_4), THEME_RISING, 1, 1.5},
    {"far", NULL, COLOURS(ORRD_6, 0xD03A2B), THEME_CROSSED, 1.5, INFINITY},
    {"unreachable", OM_NOTE("cannot be reached"), COLOURS(0x8C8C8C, 0x6E7378), THEME_DOTTED, NAN, NAN},
};

static const struct theme_class office_classes[] = {
    {"0", NULL, COLOURS(QUIET_LIGHT, QUIET_DARK), THEME_CROSSED, -INFINITY, 0},
    {"1", NULL, COLOURS(CALM(VIRIDIS_0), VIRIDIS_0), THEME_PLAIN, 0, 1},
    {"2-4", NULL, COLOURS(CALM(VIRIDIS_1), VIRIDIS_1), THEME_PLAIN, 1, 4},
    {"5-9", NULL, COLOURS(CALM(VIRIDIS_2), VIRIDIS_2), THEME_PLAIN, 4, 9},
    {"10-19", NULL, COLOURS(CALM(VIRIDIS_3), VIRIDIS_3), THEME_PLAIN, 9, 19},
    {"20-49", NULL, COLOURS(CALM(VIRIDIS_4), VIRIDIS_4), THEME_PLAIN, 19, 49},
    {"50-", NULL, COLOURS(CALM(VIRIDIS_5), 0x6D1F80), THEME_PLAIN, 49, INFINITY},
};

enum alignment_class {
    ALIGNMENT_WHOLE,
    ALIGNMENT_METROPOLITAN,
    ALIGNMENT_COMMUTING,
    ALIGNMENT_STRADDLING,
    ALIGNMENT_UNEXPLAINED
};

static const struct theme_class alignment_classes[] = {
    [ALIGNMENT_WHOLE] = {"whole", OM_NOTE("with its region"), COLOURS(QUIET_LIGHT, QUIET_DARK), THEME_PLAIN,
                         NAN, NAN},
    [ALIGNMENT_METROPOLITAN] = {"metropolitan", OM_NOTE("split off: metropolitan region"),
                                COLOURS(CALM_LIGHT, CALM_DARK), THEME_DOTTED, NAN, NAN},
    [ALIGNMENT_COMMUTING] = {"commuting", OM_NOTE("split off: commuting time"),
                             COLOURS(OKABE_ITO_SKY_BLUE, OKABE_ITO_BLUE), THEME_FALLING, NAN, NAN},
    [ALIGNMENT_STRADDLING] = {"straddling", OM_NOTE("of another region than most of its area"),
                              COLOURS(OKABE_ITO_ORANGE, OKABE_ITO_ORANGE), THEME_RISING, NAN, NAN},
    [ALIGNMENT_UNEXPLAINED] = {"unexplained", OM_NOTE("split off, unexplained"),
                               COLOURS(OKABE_ITO_VERMILLION, OKABE_ITO_VERMILLION), THEME_CROSSED, NAN, NAN},
};

enum change_class { CHANGE_LOST, CHANGE_GAINED, CHANGE_MOVED, CHANGE_SAME };

static const struct theme_class change_classes[] = {
    [CHANGE_LOST] = {"lost", OM_NOTE("loses"), COLOURS(OKABE_ITO_VERMILLION, OKABE_ITO_VERMILLION),
                     THEME_CROSSED, NAN, NAN},
    [CHANGE_GAINED] = {"gained", OM_NOTE("gains"), COLOURS(OKABE_ITO_GREEN, OKABE_ITO_GREEN), THEME_RISING,
                       NAN, NAN},
    [CHANGE_MOVED] = {"moved", OM_NOTE("changes area, same status"), COLOURS(CALM_LIGHT, CALM_DARK),
                      THEME_DOTTED, NAN, NAN},
    [CHANGE_SAME] = {"same", OM_NOTE("as before"), COLOURS(QUIET_LIGHT, QUIET_DARK), THEME_PLAIN, NAN, NAN},
};

enum need_class { NEED_AREA_WIDE, NEED_LOCAL, NEED_NOTHING };

static const struct theme_class need_classes[] = {
    [NEED_AREA_WIDE] = {"area-wide", OM_NOTE("in-house need, the whole area"),
                        COLOURS(OKABE_ITO_VERMILLION, OKABE_ITO_VERMILLION), THEME_CROSSED, NAN, NAN},
    [NEED_LOCAL] = {"local", OM_NOTE("in-house need, local"), COLOURS(OKABE_ITO_ORANGE, OKABE_ITO_ORANGE),
                    THEME_RISING, NAN, NAN},
    [NEED_NOTHING] = {"nothing", OM_NOTE("no need"), COLOURS(QUIET_LIGHT, QUIET_DARK), THEME_PLAIN, NAN, NAN},
};

static const struct plan_municipality_result *judged(const struct layer_view *view, uint32_t municipality)
{
    return &view->result->evaluation->municipalities[municipality];
}

static size_t class_of_status(const struct layer_view *view, uint32_t municipality)
{
    static const size_t classes[PLAN_STATUSES] = {
        [PLAN_STATUS_CHOICE] = 0, [PLAN_STATUS_LIMITED] = 1, [PLAN_STATUS_NONE] = 2};
    return classes[judged(view, municipality)->status];
}

/* Of graduated classes, the one that holds the value; NAN has the class whose bounds are NAN. */
static size_t class_holding(const struct theme *theme, double value)
{
    for (size_t i = 0; i < theme->n_classes; i++) {
        const struct theme_class *held = &theme->classes[i];
        if (isnan(value) ? isnan(held->lower) : value > held->lower && value <= held->upper)
            return i;
    }
    return THEME_NO_CLASS;
}

static size_t class_of_service(const struct layer_view *view, enum map_theme theme,
                               const struct plan_service *service)
{
    double limit_s = 60 * view->result->the_case->rules.max_minutes;
    return class_holding(&map_themes[theme], service->duration_s / limit_s);
}

static size_t class_of_minutes(const struct layer_view *view, uint32_t municipality)
{
    return class_of_service(view, MAP_THEME_MINUTES, &judged(view, municipality)->nearest_inside);
}

static size_t class_of_second(const struct layer_view *view, uint32_t municipality)
{
    return class_of_service(view, MAP_THEME_SECOND, &judged(view, municipality)->second_inside);
}

static size_t class_of_offices(const struct layer_view *view, uint32_t municipality)
{
    int32_t area = view->result->the_case->plan->area_of[municipality];
    return class_holding(&map_themes[MAP_THEME_SUPPLIERS], view->result->evaluation->areas[area].n_offices);
}

/* The piece of a region that lies in an area; NULL when it is the region's main one, or there is none. */
static const struct plan_split *split_of(const struct plan_alignment *alignment, int32_t region, int32_t area)
{
    for (size_t i = 0; i < alignment->n_splits; i++)
        if (alignment->splits[i].region == region && alignment->splits[i].area == area)
            return &alignment->splits[i];
    return NULL;
}

static size_t class_of_alignment(const struct layer_view *view, uint32_t municipality)
{
    static const size_t classes[] = {[PLAN_SPLIT_METROPOLITAN] = ALIGNMENT_METROPOLITAN,
                                     [PLAN_SPLIT_COMMUTING] = ALIGNMENT_COMMUTING,
                                     [PLAN_SPLIT_UNEXPLAINED] = ALIGNMENT_UNEXPLAINED};
    const struct plan_alignment *alignment = view->result->evaluation->alignment;
    int32_t area = view->result->the_case->plan->area_of[municipality];
    int32_t region = alignment->reference->member[municipality];
    if (region < 0)
        return THEME_NO_CLASS;
    const struct plan_split *split = split_of(alignment, region, area);
    if (split && split->reason == PLAN_SPLIT_UNEXPLAINED)
        return ALIGNMENT_UNEXPLAINED;
    if (alignment->areas[area].dominant_region != region)
        return ALIGNMENT_STRADDLING;
    return split ? classes[split->reason] : ALIGNMENT_WHOLE;
}

static size_t class_of_change(const struct layer_view *view, uint32_t municipality)
{
    enum plan_status before = view->result->before->evaluation->municipalities[municipality].status;
    enum plan_status after = judged(view, municipality)->status;
    enum plan_move move = view->result->comparison->genealogy->move[municipality];
    if (before != after)
        return after < before ? CHANGE_LOST : CHANGE_GAINED;
    return move == PLAN_MOVE_STAYED ? CHANGE_SAME : CHANGE_MOVED;
}

static size_t class_of_need(const struct layer_view *view, uint32_t municipality)
{
    static const size_t classes[PLAN_NEEDS] = {[PLAN_NEED_AREA_WIDE] = NEED_AREA_WIDE,
                                               [PLAN_NEED_LOCAL] = NEED_LOCAL,
                                               [PLAN_NEED_NOTHING] = NEED_NOTHING};
    return classes[judged(view, municipality)->need];
}

static bool is_always_there(const struct map_result *result)
{
    (void)result;
    return true;
}

static bool has_travel(const struct map_result *result)
{
    return result->evaluation->travel_is_known;
}

static bool has_alignment(const struct map_result *result)
{
    return result->evaluation->alignment != NULL;
}

static bool has_before(const struct map_result *result)
{
    return result->before && result->comparison;
}

const struct theme map_themes[MAP_THEMES] = {
    [MAP_THEME_STATUS] = {.name = "status",
                          .title = OM_NOTE("Who has a choice of suppliers"),
                          .meaning = OM_NOTE("Municipality's status"),
                          .classes = status_classes,
                          .n_classes = COUNT(status_classes),
                          .class_of = class_of_status,
                          .is_available = is_always_there,
                          .layer = "municipalities",
                          .column = "status",
                          .overlays = THEME_OFFICES},
    [MAP_THEME_MINUTES] = {.name = "minutes",
                           .title = OM_NOTE("Minutes to the nearest supplier"),
                           .meaning = OM_NOTE("To the nearest supplier in the area"),
                           .scale = THEME_BY_LIMIT,
                           .classes = minutes_classes,
                           .n_classes = COUNT(minutes_classes),
                           .class_of = class_of_minutes,
                           .is_available = has_travel,
                           .layer = "municipalities",
                           .column = "nearest_min",
                           .overlays = THEME_OFFICES},
    [MAP_THEME_SECOND] = {.name = "second",
                          .title = OM_NOTE("Minutes to the second supplier"),
                          .meaning = OM_NOTE("To the second nearest supplier in the area"),
                          .scale = THEME_BY_LIMIT,
                          .classes = minutes_classes,
                          .n_classes = COUNT(minutes_classes),
                          .class_of = class_of_second,
                          .is_available = has_travel,
                          .layer = "municipalities",
                          .column = "second_min",
                          .overlays = THEME_OFFICES},
    [MAP_THEME_SUPPLIERS] = {.name = "suppliers",
                             .title = OM_NOTE("Where suppliers have established"),
                             .meaning = OM_NOTE("Offices in the area"),
                             .scale = THEME_BY_COUNT,
                             .classes = office_classes,
                             .n_classes = COUNT(office_classes),
                             .class_of = class_of_offices,
                             .is_available = is_always_there,
                             .layer = "areas",
                             .column = "offices",
                             .overlays = THEME_OFFICES},
    [MAP_THEME_ALIGNMENT] = {.name = "alignment",
                             .title = OM_NOTE("Delivery areas against regions"),
                             .meaning = OM_NOTE("The municipality is"),
                             .classes = alignment_classes,
                             .n_classes = COUNT(alignment_classes),
                             .class_of = class_of_alignment,
                             .is_available = has_alignment,
                             .layer = "municipalities",
                             .is_coloured_by_area = true,
                             .overlays = THEME_REGIONS},
    [MAP_THEME_CHANGE] = {.name = "change",
                          .title = OM_NOTE("What changes"),
                          .meaning = OM_NOTE("The municipality"),
                          .classes = change_classes,
                          .n_classes = COUNT(change_classes),
                          .class_of = class_of_change,
                          .is_available = has_before,
                          .layer = "changes",
                          .column = "change",
                          .overlays = THEME_OFFICES | THEME_FORMER},
    [MAP_THEME_NEED] = {.name = "need",
                        .title = OM_NOTE("Where to deliver in-house"),
                        .meaning = OM_NOTE("In-house need"),
                        .classes = need_classes,
                        .n_classes = COUNT(need_classes),
                        .class_of = class_of_need,
                        .is_available = is_always_there,
                        .layer = "municipalities",
                        .column = "need",
                        .overlays = THEME_OFFICES | THEME_SITES},
};
