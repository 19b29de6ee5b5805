/*
 * JSON values and the parts every result document shares. Failed allocations surface as NULL values, which a
 * json_build remembers, so that a document is complete or not given at all.
 */
#ifndef MAPS_JSON_PARTS_H
#define MAPS_JSON_PARTS_H

#include "maps/result.h"

#include <jansson.h>

struct json_build {
    const struct map_result *result;
    bool failed;
};

/* Sets a key or appends; takes ownership of value. object and array may be NULL after an earlier failure. */
void json_put(struct json_build *build, json_t *object, const char *key, json_t *value);
void json_append(struct json_build *build, json_t *array, json_t *value);

json_t *json_figure(double value);   /* a whole number where it is one; null when not finite */
json_t *json_word(const char *text); /* null when NULL */
json_t *json_supplier(const struct map_result *result, int32_t supplier);         /* its id, or null */
json_t *json_municipality(const struct map_result *result, int32_t municipality); /* its code, or null */
json_t *json_site(const struct map_result *result,
                  int32_t site); /* its municipality's code; null: it is none's seat */
json_t *json_closing_areas(struct json_build *build, size_t municipality);
json_t *json_service(struct json_build *build, const struct plan_service *service);

json_t *json_equity(struct json_build *build); /* the groups, in their order */
/* Of an evaluation: its headline, its areas' agreement with the reference, measures between labelings. */
json_t *json_headline(struct json_build *build);
json_t *json_alignment(struct json_build *build); /* null when there is no reference */
json_t *json_agreement(struct json_build *build, const struct plan_agreement *measures);

/* Puts plan, rules and hashes into an object; and what the result rests on: notice and sources. */
void json_put_case(struct json_build *build, json_t *object);
void json_put_origin(struct json_build *build, json_t *object);

/* A document with tool, plan, rules, hashes, notice and sources filled in. */
json_t *json_document(struct json_build *build);

/* Releases the document; *json is its text, or OM_NO_MEMORY. */
om_status json_finish(om_context *ctx, struct json_build *build, json_t *document, char **json);

#endif
