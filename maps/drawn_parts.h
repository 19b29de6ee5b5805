/*
 * The parts a drawn map is composed of, and what they share.
 */
#ifndef MAPS_DRAWN_PARTS_H
#define MAPS_DRAWN_PARTS_H

#include "drawn_map.h"
#include "inset_choice.h"

enum { DRAWN_AREA_COLOURS = 6 };

/* Colours of everything that no theme decides. */
struct drawn_look {
    uint32_t page, unknown; /* paper; a municipality without class */
    uint32_t border, outline;
    uint32_t text, muted, accent; /* letters; small print; what must not be overlooked */
    uint32_t town, office, site, region;
    uint32_t areas[DRAWN_AREA_COLOURS]; /* where areas are told apart by colour */
};
extern const struct drawn_look drawn_looks[THEME_SHADES];

/* What is shown: municipalities that count, and the box around what the picture is of. */
struct drawn_extent {
    bool *is_member; /* per municipality; owned */
    size_t n_members;
    double west, south, east, north; /* metres in the project's CRS */
    const char *name;                /* borrowed; NULL: the whole territory */
};
om_status drawn_extent_find(om_context *ctx, const struct layer_view *view, const char *wanted,
                            struct drawn_extent *out);
void drawn_extent_done(struct drawn_extent *extent);

/* From metres to pixels, north up. */
struct drawn_frame {
    struct canvas_rect box; /* of the canvas */
    double west, north;     /* metres at the box's upper left */
    double m_per_px;
    double slack_px; /* so far outlines may stray to have fewer points */
};
/* The box shows the extent as large as it goes in the middle of a part of the box. */
struct drawn_frame drawn_frame_fit(const struct drawn_extent *extent, struct canvas_rect part,
                                   struct canvas_rect box);
void drawn_frame_place(const struct drawn_frame *frame, const double easting_northing[2], double x_y[2]);
bool drawn_frame_shows(const struct drawn_frame *frame, const double x_y[2]);
/* Adds a polygon to a path; what is smaller than the eye sees is left out, the same on both sides of a
 * border. Nothing is added of what lies outside the box. */
om_status drawn_frame_trace(om_context *ctx, const struct drawn_frame *frame, const struct geo_wkb *polygon,
                            struct canvas_path *path);

/* The same with every point that is on the grid, for who compares outlines. */
om_status drawn_frame_trace_fully(om_context *ctx, const struct drawn_frame *frame,
                                  const struct geo_wkb *polygon, struct canvas_path *path);

/* Takes points out of a ring of n, as long as none is farther than so much off what is left. A ring of which
 * too little would be left stays as it is. */
om_status drawn_simplify_ring(om_context *ctx, double *x_y, size_t *n, double slack_px);

struct drawn_map {
    om_context *ctx;
    const struct layer_view *view;
    const struct map_drawing *request;
    const struct theme *theme;
    enum theme_shade shade;
    const struct drawn_look *look;
    struct canvas *canvas;
    double unit; /* what a pixel would be in a picture 1 600 wide */
    struct drawn_extent extent;
    struct drawn_frame frame;
    int *colour_of_area;           /* owned; NULL where areas are not told apart by colour */
    bool is_inset;                 /* shows again what is on the map already */
    const struct page_box *covers; /* what lies over the map; borrowed */
    size_t n_covers;
};

/* A class of a theme and how a municipality of it is filled; class SIZE_MAX: none. */
struct drawn_class {
    enum map_theme theme;
    size_t number;
    int area_colour; /* -1: the class's own */
};
struct drawn_class drawn_class_of(const struct drawn_map *map, enum map_theme theme, uint32_t municipality);
struct canvas_paint drawn_class_paint(const struct drawn_class *drawn, enum theme_shade shade, bool is_faint);

/* Polygons, lines and symbols inside the frame. */
om_status drawn_layers(const struct drawn_map *map);

/* Beside the frame: title, legend, scale, sources and notice. What is written over is told: above and below
 * what is left free of the column. */
enum { DRAWN_PANEL_BOXES = 2 };
om_status drawn_panel(const struct drawn_map *map, struct canvas_rect column,
                      struct page_box written[DRAWN_PANEL_BOXES]);
/* The classes with what there is of each, then the symbols; from y on, and returns the y below. */
om_status drawn_legend(const struct drawn_map *map, struct canvas_rect column, double y, double *below);

/* What is on a map besides its classes: as its legend draws it, in the middle of a swatch, and for a legend
 * written in HTML the class of a symbol and where struct drawn_look has its colour. */
struct drawn_symbol {
    unsigned overlay;  /* of enum theme_overlay; 0: on every map */
    const char *words; /* marked for translation */
    void (*draw)(const struct drawn_map *map, double x, double y);
    const char *html_class;
    size_t colour_offset;
};
extern const struct drawn_symbol drawn_symbols[];
extern const size_t drawn_n_symbols;

/* A bar of a round length from x to the right, on y, no longer than so much. */
void drawn_scale(const struct drawn_map *map, double x, double y, double most_px);

/* Enlargements of what is too crowded to read, in the room that is left; then to draw each. */
om_status drawn_insets_choose(const struct drawn_map *map, struct page_box room, const struct page_box *taken,
                              size_t n_taken, struct inset insets[INSETS_MOST], size_t *n);
om_status drawn_inset(const struct drawn_map *map, const struct inset *inset);

/* What is drawn on top of the areas, for the map's theme or, where it is interactive, for every theme. */
om_status drawn_overlays(const struct drawn_map *map);

/* Adds the lines where two municipalities meet whose border is wanted; the sea is no border. */
typedef bool drawn_border_fn(const struct drawn_map *map, uint32_t first, uint32_t second);
om_status drawn_borders(const struct drawn_map *map, drawn_border_fn *is_wanted, struct canvas_path *lines);

/* Names of areas and, where there is room, of towns. */
om_status drawn_names(const struct drawn_map *map);

struct canvas_paint drawn_outline_paint(const struct drawn_map *map);
struct canvas_paint drawn_region_paint(const struct drawn_map *map);
struct canvas_paint drawn_former_paint(const struct drawn_map *map);

/* How symbols look, on the map and in its legend. */
struct canvas_paint drawn_town_paint(const struct drawn_map *map, bool has_office);
void drawn_site_line(const struct drawn_map *map, const double from[2], const double to[2]);
void drawn_site(const struct drawn_map *map, double x, double y);

/* The style sheet of an interactive map: every theme there is, light and dark. */
om_status drawn_style(const struct drawn_map *map);
/* "municipality status-choice minutes-own …". Owned by the caller; NULL: no memory. */
char *drawn_class_names(const struct drawn_map *map, uint32_t municipality);

/* Of a main town, by the people in its municipality; NAN: unknown. */
double drawn_town_radius(const struct drawn_map *map, double population);
/* Where it is on the canvas; false when it is nowhere, or not shown. */
bool drawn_town_place(const struct drawn_map *map, size_t municipality, double x_y[2]);

/* Sizes of type, in units. */
enum { DRAWN_TITLE = 46, DRAWN_BODY = 24, DRAWN_SMALL = 18 };

/* Lines of text under each other, broken between words to fit the width; returns the y below. */
struct drawn_paragraph {
    const char *text;
    double x, width, size, leading; /* leading: from line to line, in sizes */
    bool is_bold;
    uint32_t colour;
};
double drawn_paragraph_draw(struct canvas *canvas, const struct drawn_paragraph *paragraph, double y);
double drawn_paragraph_height(struct canvas *canvas, const struct drawn_paragraph *paragraph);

#endif
