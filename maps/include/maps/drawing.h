/*
 * Maps drawn of a judged case: one theme on paper or on a screen, with legend, scale, sources and notice.
 *
 * Municipalities are filled by their class of the theme, areas outlined and named. The language is the one
 * of the messages. Equal input gives equal bytes.
 */
#ifndef MAPS_DRAWING_H
#define MAPS_DRAWING_H

#include "maps/result.h"

enum map_theme {
    MAP_THEME_STATUS,    /* choice, limited, none */
    MAP_THEME_MINUTES,   /* to the nearest supplier inside the area */
    MAP_THEME_SECOND,    /* to the second nearest supplier inside the area */
    MAP_THEME_SUPPLIERS, /* offices per area */
    MAP_THEME_ALIGNMENT, /* areas against the regions of the reference */
    MAP_THEME_CHANGE,    /* against the result before */
    MAP_THEME_NEED,      /* in-house need and proposed sites */
    MAP_THEMES
};
extern const char *const map_theme_names[MAP_THEMES + 1]; /* "status" …, and NULL at the end */

/* What the theme shows, as the title of its map says it; translated. */
const char *map_theme_title(enum map_theme theme);

/* Whether the result has what the theme shows: `change` needs one before, `alignment` a reference, … */
bool map_theme_is_available(const struct map_result *result, enum map_theme theme);

struct map_drawing {
    enum map_theme theme;
    /* A county (name or code), an area (name) or a municipality (code or name); NULL: the whole territory. */
    const char *extent;
    int width_px, height_px; /* 0: 1600 wide, and as high as the extent asks for */
    bool is_dark;
    /* The map alone, for whoever shows title, legend, sources and notice beside it. */
    bool is_bare;
    /*
     * SVG only, and bare. Every municipality is a group with id "m-CODE", data-code, a <title>, and as
     * classes "municipality", "outside" where it is not of the extent, and THEME-CLASS for each theme there
     * is
     * ("status-choice"); what only some themes show is a group of class "overlay THEME …". The svg element
     * has the classes "map" and "theme-NAME". A style sheet within the SVG rests on them, with colours for
     * light and dark screens (prefers-color-scheme), so that another class shows another theme. It holds in a
     * whole HTML page: an element of class "theme-status" may have legends of class "status-choice". is_dark
     * does not matter.
     */
    bool is_interactive;
    const char *title; /* NULL: the theme's own */
};

/*
 * Draws by output name: OUT.svg (its text is text), OUT.png or OUT.pdf. Written under a temporary name first.
 * OM_EXISTS without overwrite; OM_NOT_FOUND for an unknown extent, with what there is near it;
 * OM_INVALID_ARGUMENT for a theme that is not available, a size that is none, or another name.
 */
om_status map_draw(om_context *ctx, const struct map_result *result, const struct map_drawing *request,
                   const char *path, bool overwrite);

/* One <svg> element without XML declaration, to stand in a file of its own or in HTML. Whether out has taken
 * all of it is for its owner to ask. */
om_status map_draw_svg(om_context *ctx, const struct map_result *result, const struct map_drawing *request,
                       FILE *out);

#endif
