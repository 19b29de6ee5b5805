/*
 * An agency's own styles and QGIS project, which replace or extend ours: read from a GeoPackage that QGIS has
 * saved them in, from a project (.qgz, .qgs), or from a folder of QML files named LAYER.qml or
 * LAYER-STYLE.qml.
 */
#ifndef MAPS_LAYER_TEMPLATE_H
#define MAPS_LAYER_TEMPLATE_H

#include "layer_style.h"

struct layer_template_style {
    const struct layer *layer;
    char *name; /* of ours ("status", "Status (svenska)") that it replaces, or one of its own */
    char *qml;
    bool is_default; /* it is to be the first seen, although it replaces none of ours */
};

struct layer_template {
    char *path;
    struct layer_template_style *styles;
    size_t n;
    char *qgs; /* its project; NULL: it has none */
};

/*
 * OM_NOT_FOUND when there is nothing at the path or nothing in it that could be used, OM_BAD_DATA with file
 * and layer when a style is for a layer that we do not write, for another geometry, or told by a column that
 * it lacks.
 */
om_status layer_template_read(om_context *ctx, const char *path, struct layer_template *out);
void layer_template_done(struct layer_template *template); /* accepts zero bytes */

/* OM_BAD_DATA when a style does not fit its layer; from: the file it stands in. */
om_status layer_template_check(om_context *ctx, const char *from, const struct layer_template_style *style);

/* Adds a style, which it takes (name and qml), after checking it. */
om_status layer_template_add(om_context *ctx, const char *from, const char *layer_name,
                             struct layer_template_style *style, struct layer_template *template);

/* The template's style in place of ours; style NULL: that of a layer without. NULL: it has none. */
const struct layer_template_style *layer_template_for(const struct layer_template *template,
                                                      const struct layer *layer,
                                                      const struct layer_style *style,
                                                      enum layer_language language);

/* Whether it replaces one of ours. */
bool layer_template_replaces(const struct layer_template_style *style);

/* The three kinds of template. */
om_status layer_template_from_folder(om_context *ctx, const char *path, struct layer_template *template);
om_status layer_template_from_package(om_context *ctx, const char *path, struct layer_template *template);
om_status layer_template_from_project(om_context *ctx, const char *path, struct layer_template *template);

#endif
