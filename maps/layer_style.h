/*
 * Styles of the layers as QGIS applies them (QML), with classes, labels and aliases in a chosen language.
 */
#ifndef MAPS_LAYER_STYLE_H
#define MAPS_LAYER_STYLE_H

#include "layer_table.h"

enum layer_language { LAYER_ENGLISH, LAYER_SWEDISH, LAYER_LANGUAGES };

extern const char *const layer_style_names[LAYER_LANGUAGES];

/* The language of the messages: what the catalogue in force translates the word "language:en" to. */
enum layer_language layer_language_chosen(void);
const char *layer_in_language(enum layer_language language, const char *english, const char *swedish);

/* A QML document. Owned by the caller (om_free). */
om_status layer_style_qml(om_context *ctx, const struct layer *layer, enum layer_language language,
                          char **qml);

#endif
