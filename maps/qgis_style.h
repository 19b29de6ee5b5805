/*
 * Styles of layers as QGIS applies them (QML): renderer, labels, aliases and value maps in a chosen language.
 */
#ifndef MAPS_QGIS_STYLE_H
#define MAPS_QGIS_STYLE_H

#include "layer_style.h"

struct qgis_style {
    const struct map_result *result;
    const struct layer *layer;
    const struct layer_style *style; /* NULL: aliases alone */
    enum layer_language language;
    /* The texts of coded values too. A style that a layer gets by default must not have them: QGIS would
     * forget the widgets it made from the file's value domains. */
    bool has_value_maps;
};

/* Of <qgis> of a style, or of <maplayer> of a project. */
void qgis_style_attributes(const struct qgis_style *style, struct qgis_xml *xml);

/* What stands within <qgis> of a style, or within <maplayer> of a project. OM_NO_MEMORY. */
om_status qgis_style_write(om_context *ctx, const struct qgis_style *style, struct qgis_xml *xml);

/* A QML document. Owned by the caller (om_free). */
om_status qgis_style_qml(om_context *ctx, const struct qgis_style *style, char **qml);

#endif
