/*
 * The themes of maps: which class each municipality is in, and how a class looks. Drawn maps, the report and
 * QGIS styles all walk this table.
 */
#ifndef MAPS_THEME_H
#define MAPS_THEME_H

#include "layer_table.h"
#include "maps/drawing.h"

#include <stdint.h>

/* So that a reader who sees no colours can tell classes apart. */
enum theme_pattern {
    THEME_PLAIN,
    THEME_RISING,  /* hatched like / */
    THEME_FALLING, /* hatched like \ */
    THEME_CROSSED, /* both */
    THEME_DOTTED,
    THEME_PATTERNS
};

extern const char *const theme_pattern_names[THEME_PATTERNS]; /* never translated: "plain", "rising" … */

enum theme_shade { THEME_LIGHT, THEME_DARK, THEME_SHADES };

/* What the bounds of a theme's classes are measured in. */
enum theme_scale {
    THEME_BY_NAME,  /* none: classes are values of their own */
    THEME_BY_LIMIT, /* shares of max_minutes of the rules: 1 is the limit, whatever it is */
    THEME_BY_COUNT,
};

struct theme_class {
    const char *name;           /* never translated: "choice" */
    const char *word;           /* in legends, marked for translation; NULL: made of the bounds */
    uint32_t rgb[THEME_SHADES]; /* 0xRRGGBB */
    enum theme_pattern pattern;
    double lower, upper; /* lower < value <= upper; both NAN: those without a value */
};

#define THEME_NO_CLASS SIZE_MAX
enum { THEME_MOST_CLASSES = 12 };

/* What is drawn on top, besides municipalities and areas. */
enum theme_overlay {
    THEME_OFFICES = 1,
    THEME_REGIONS = 2, /* outlines of the reference partition */
    THEME_SITES = 4,   /* in-house sites, with lines to who is served */
    THEME_FORMER = 8,  /* borders between areas that are gone */
};

struct theme {
    const char *name;    /* never translated: "status" */
    const char *title;   /* marked for translation */
    const char *meaning; /* what classes tell, heads the legend; marked for translation */
    enum theme_scale scale;
    const struct theme_class *classes;
    size_t n_classes;
    /* The class of a municipality by index; THEME_NO_CLASS where there is nothing to say. */
    size_t (*class_of)(const struct layer_view *view, uint32_t municipality);
    bool (*is_available)(const struct map_result *result);
    /* The layer and column of map_layers whose values are the names of the classes, or by the bounds in
     * them; column NULL: there is none. */
    const char *layer, *column;
    /* Areas are told apart by colours, of which neighbours never share one; classes have only patterns. */
    bool is_coloured_by_area;
    unsigned overlays; /* of enum theme_overlay */
};

extern const struct theme map_themes[MAP_THEMES];

/* Bounds in minutes, or in whatever the scale counts. */
struct theme_bounds {
    double lower, upper; /* lower < value <= upper; INFINITY: open */
};
struct theme_bounds theme_class_bounds(const struct map_result *result, const struct theme *theme,
                                       const struct theme_class *theme_class);

/* The class in words, translated: "choice", "over 30 to 45 minutes". Owned by the caller; NULL: no memory. */
char *theme_class_words(const struct map_result *result, const struct theme *theme,
                        const struct theme_class *theme_class);

/* The colour of a class's pattern on its fill. */
uint32_t theme_ink(uint32_t rgb);

/* Municipalities of a class, and their job seekers: NAN when none is known. */
struct theme_sum {
    size_t n;
    double job_seekers;
};
/*
 * Of the municipalities that are members; is_member NULL: of all. sums has n_classes + 1 items, the last of
 * those without class.
 */
void theme_sum_classes(const struct layer_view *view, const struct theme *theme, const bool *is_member,
                       struct theme_sum *sums);

#endif
