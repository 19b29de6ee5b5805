/*
 * The table of styles: each way a layer is shown in QGIS, with its classes and labels. Fills come from the
 * themes of maps (theme.h), so that a layer looks as the drawn map does.
 */
#ifndef MAPS_LAYER_STYLE_H
#define MAPS_LAYER_STYLE_H

#include "layer_domain.h"
#include "qgis_symbol.h"

/* The language of the messages: what the catalogue in force translates the word "language:en" to. */
enum layer_language layer_language_chosen(void);
const char *layer_in_language(enum layer_language language, const char *english, const char *swedish);
extern const char *const layer_language_codes[LAYER_LANGUAGES]; /* of ISO 639-2: "eng", "swe" */

struct layer_label {
    const char *expression; /* a column, or an expression of QGIS */
    int size_pt;
    uint32_t rgb;
    int scale; /* shown from 1:scale on; 0: always */
    bool is_bold;
};

/* A class of a style without theme. */
struct layer_mark {
    const char *value;                 /* of the style's column; NULL: every feature */
    const char *text[LAYER_LANGUAGES]; /* of one class for all; else the domain's */
    double lower, upper;               /* lower < value <= upper instead, when they differ */
    struct qgis_symbol symbol;
};

struct layer_style {
    const char *layer;
    const char *name; /* never translated: "status"; the first of a layer is its default */
    const char *title[LAYER_LANGUAGES];
    const struct theme *theme; /* whose classes it has; NULL: marks */
    const char *column;        /* the classes are told by; NULL: there is one class */
    const struct layer_mark *marks;
    size_t n_marks;
    const struct layer_label *label; /* NULL: none */
};

extern const struct layer_style layer_styles[];
extern const size_t layer_n_styles;

/* The styles of a layer are neighbours: the first and how many; NULL and 0: only aliases. */
const struct layer_style *layer_styles_of(const struct layer *layer, size_t *n);

/* As in QGIS's menu of styles: "Status (svenska)"; style NULL: of a layer without. Owned by the caller; NULL:
 * no memory. */
char *layer_style_name(const struct layer_style *style, enum layer_language language);

/* A class made ready. */
struct layer_class {
    const char *value;   /* "": those without a value; NULL: by bounds, or every feature */
    double lower, upper; /* lower < value <= upper, INFINITY: open; both NAN: those without a value */
    char *text;          /* in the legend; owned by the caller */
    struct qgis_symbol symbol;
};
size_t layer_style_n_classes(const struct layer_style *style);
/* false: no memory. */
bool layer_style_class(const struct map_result *result, const struct layer_style *style, size_t i,
                       enum layer_language language, struct layer_class *out);

#endif
