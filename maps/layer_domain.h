/*
 * What the words in columns mean: value domains of the layers, with texts in both languages. The words
 * themselves are those of the planner and of the themes, and never translated.
 */
#ifndef MAPS_LAYER_DOMAIN_H
#define MAPS_LAYER_DOMAIN_H

#include "layer_table.h"

enum layer_language { LAYER_ENGLISH, LAYER_SWEDISH, LAYER_LANGUAGES };

struct layer_code {
    const char *value;
    const char *text[LAYER_LANGUAGES];
};

struct layer_domain {
    const char *name;    /* "status" */
    const char *columns; /* that hold it, as " status status_before "; "layer.column" where only one does */
    const struct layer_code *codes;
    size_t n;
};

extern const struct layer_domain layer_domains[];
extern const size_t layer_n_domains;

/* Of a column; NULL when it has none. */
const struct layer_domain *layer_domain_of(const struct layer *layer, const struct layer_column *column);

/* The code of a value; NULL when the domain (which may be NULL) lacks it. */
const struct layer_code *layer_domain_code(const struct layer_domain *domain, const char *value);

#endif
