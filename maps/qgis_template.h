/*
 * A QGIS project of a template, with its layers pointed at the file that is written.
 */
#ifndef MAPS_QGIS_TEMPLATE_H
#define MAPS_QGIS_TEMPLATE_H

#include "layer_template.h"

/*
 * file: name of the GeoPackage that the project is to lie in, without folder. Sources with the name of a
 * layer of ours lead there; other files are named by their whole path, so that they are still found.
 * OM_BAD_DATA when the project shows none of our layers, or of the same file one that this result does not
 * have. *qgs is owned by the caller.
 */
om_status qgis_template_project(om_context *ctx, const struct layer_view *view,
                                const struct layer_template *template, const char *file, char **qgs);

#endif
