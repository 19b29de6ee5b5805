/*
 * The parts a drawn map is composed of, and what they share.
 */
#ifndef MAPS_DRAWN_PARTS_H
#define MAPS_DRAWN_PARTS_H

#include "drawn_map.h"

/* Colours of everything that no theme decides. */
struct drawn_look {
    uint32_t page, unknown; /* paper; a municipality without class */
    uint32_t border, outline;
    uint32_t text, muted, accent; /* letters; small print; what must not be overlooked */
    uint32_t town, office, site, region;
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
};
/* The box holds the extent as large as it goes, in its middle. */
struct drawn_frame drawn_frame_fit(const struct drawn_extent *extent, struct canvas_rect box);
void drawn_frame_place(const struct drawn_frame *frame, const double easting_northing[2], double x_y[2]);
bool drawn_frame_shows(const struct drawn_frame *frame, const double x_y[2]);
/* Adds a polygon to a path; what is smaller than the eye sees is left out, the same on both sides of a
 * border. Nothing is added of what lies outside the box. */
om_status drawn_frame_trace(om_context *ctx, const struct drawn_frame *frame, const struct geo_wkb *polygon,
                            struct canvas_path *path);

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
};

/* Polygons, lines and symbols inside the frame. */
om_status drawn_layers(const struct drawn_map *map);

/* Beside the frame: title, legend, scale, sources and notice. */
om_status drawn_panel(const struct drawn_map *map, struct canvas_rect column);

/* The fill of a class; faint where it is only there for orientation. */
struct canvas_paint drawn_fill(const struct drawn_map *map, const struct theme_class *theme_class,
                               bool is_faint);

/* Of a main town, by the people in its municipality; NAN: unknown. */
double drawn_town_radius(const struct drawn_map *map, double population);

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
