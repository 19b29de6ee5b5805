/*
 * The styles a layer is written with: ours, those of a template in their place, and those a template adds.
 */
#ifndef MAPS_LAYER_LOOK_H
#define MAPS_LAYER_LOOK_H

#include "layer_template.h"
#include "qgis_style.h"

struct layer_look {
    struct qgis_style ours;
    const char *qml; /* of the template instead; borrowed; NULL: ours */
    char *name;      /* in QGIS's menu of styles, owned */
    bool is_default; /* QGIS applies it when the layer is opened */
};

/*
 * Every style of a layer, in both languages, or as a project has them: in the one in force, named without the
 * language. One of them, the first in the language in force or a template's, is the default. Themes that the
 * result has nothing to show of are left out. template may be NULL.
 */
om_status layer_looks(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                      const struct layer_template *template, bool for_project, struct layer_look **out,
                      size_t *n);
void layer_looks_free(struct layer_look *looks, size_t n);

/* A QML document. Owned by the caller. */
om_status layer_look_qml(om_context *ctx, const struct layer_look *look, char **qml);

/* Of <qgis> of a style, or of <maplayer> of a project: the attributes, and then what stands within. */
om_status layer_look_write(om_context *ctx, const struct layer_look *look, struct qgis_xml *xml);

#endif
