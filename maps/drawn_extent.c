#include "drawn_parts.h"
#include "geo/memory.h"
#include "geo/rings.h"
#include "geo/text.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* Whatever can be named as an extent: counties, areas and municipalities, in the order they are tried. */
struct place {
    const char *code, *name; /* code may be NULL */
    int32_t index;
    const int32_t *group_of; /* municipalities of the place have its index; NULL: it is one itself */
};

static struct place place_at(const struct layer_view *view, size_t i)
{
    const struct data_case *the_case = view->result->the_case;
    size_t n_counties = view->county ? view->county->n_regions : 0;
    if (i < n_counties)
        return (struct place){view->county->regions[i].code, view->county->regions[i].name, (int32_t)i,
                              view->county->member};
    i -= n_counties;
    if (i < the_case->plan->n_areas)
        return (struct place){NULL, the_case->plan->areas[i].name, (int32_t)i, the_case->plan->area_of};
    i -= the_case->plan->n_areas;
    const struct plan_municipality *municipality = &the_case->territory->municipalities[i];
    return (struct place){municipality->code, municipality->name, (int32_t)i, NULL};
}

static size_t count_places(const struct layer_view *view)
{
    return (view->county ? view->county->n_regions : 0) + view->result->the_case->plan->n_areas +
           view->result->the_case->territory->n;
}

static bool is_same_word(const char *a, const char *b)
{
    char *folded_a = g_utf8_casefold(a, -1), *folded_b = g_utf8_casefold(b, -1);
    bool is_same = strcmp(folded_a, folded_b) == 0;
    g_free(folded_a);
    g_free(folded_b);
    return is_same;
}

/* Levenshtein's distance in bytes, up to so many of each word. */
enum { LONGEST_WORD = 48 };
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST_WORD + 1], n_a = strnlen(a, LONGEST_WORD), n_b = strnlen(b, LONGEST_WORD);
    for (size_t k = 0; k <= n_b; k++)
        row[k] = k;
    for (size_t i = 1; i <= n_a; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= n_b; k++) {
            size_t replaced = diagonal + (a[i - 1] != b[k - 1]);
            size_t longer = (row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;
            diagonal = row[k];
            row[k] = replaced < longer ? replaced : longer;
        }
    }
    return row[n_b];
}

static size_t distance_to(const struct place *place, const char *wanted)
{
    char *name = g_utf8_casefold(place->name, -1), *folded = g_utf8_casefold(wanted, -1);
    size_t least = distance(name, folded);
    if (place->code && distance(place->code, wanted) < least)
        least = distance(place->code, wanted);
    g_free(name);
    g_free(folded);
    return least;
}

enum { SUGGESTIONS = 5 };

/* The places most like what was wanted, nearest first, each name once. */
static om_status fail_unknown(om_context *ctx, const struct layer_view *view, const char *wanted)
{
    struct place nearest[SUGGESTIONS];
    size_t distances[SUGGESTIONS], n = 0;
    for (size_t i = 0; i < count_places(view); i++) {
        struct place place = place_at(view, i);
        size_t far = distance_to(&place, wanted), at = n;
        bool is_known = false;
        for (size_t k = 0; k < n; k++)
            is_known |= strcmp(nearest[k].name, place.name) == 0;
        while (at > 0 && distances[at - 1] > far)
            at--;
        if (is_known || at == SUGGESTIONS)
            continue;
        n += n < SUGGESTIONS;
        memmove(&nearest[at + 1], &nearest[at], (n - at - 1) * sizeof *nearest);
        memmove(&distances[at + 1], &distances[at], (n - at - 1) * sizeof *distances);
        nearest[at] = place;
        distances[at] = far;
    }
    char list[512] = "";
    for (size_t k = 0; k < n; k++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", k ? ", " : "", nearest[k].name);
    }
    return om_fail(ctx, OM_NOT_FOUND, om_tr("there is no county, area or municipality %s; most like it: %s"),
                   wanted, list);
}

static om_status choose_members(om_context *ctx, const struct layer_view *view, const char *wanted,
                                struct drawn_extent *extent)
{
    size_t n = view->result->the_case->territory->n, found = 0;
    struct place place = {0};
    if (!wanted) {
        memset(extent->is_member, true, n);
        return OM_OK;
    }
    for (; found < count_places(view); found++) {
        place = place_at(view, found);
        if (is_same_word(place.name, wanted) || (place.code && strcmp(place.code, wanted) == 0))
            break;
    }
    if (found == count_places(view))
        return fail_unknown(ctx, view, wanted);
    extent->name = place.name;
    for (size_t m = 0; m < n; m++)
        extent->is_member[m] = place.group_of ? place.group_of[m] == place.index : (int32_t)m == place.index;
    return OM_OK;
}

static om_status include(om_context *ctx, const struct geo_wkb *polygon, struct drawn_extent *extent)
{
    struct geo_rings rings = {0};
    om_status status = geo_rings_read(ctx, polygon, &rings);
    if (status != OM_OK)
        return status;
    for (size_t i = 0; rings.n && i < rings.first_point[rings.n]; i++) {
        const double *point = rings.easting_northing + 2 * i;
        extent->west = fmin(extent->west, point[0]);
        extent->east = fmax(extent->east, point[0]);
        extent->south = fmin(extent->south, point[1]);
        extent->north = fmax(extent->north, point[1]);
    }
    geo_rings_done(&rings);
    return OM_OK;
}

om_status drawn_extent_find(om_context *ctx, const struct layer_view *view, const char *wanted,
                            struct drawn_extent *out)
{
    const struct data_case *the_case = view->result->the_case;
    struct drawn_extent extent = {.is_member = om_alloc(the_case->territory->n, sizeof(bool)),
                                  .west = INFINITY,
                                  .south = INFINITY,
                                  .east = -INFINITY,
                                  .north = -INFINITY};
    if (!extent.is_member)
        return om_no_memory(ctx);
    om_status status = choose_members(ctx, view, wanted, &extent);
    for (size_t m = 0; status == OM_OK && m < the_case->territory->n; m++) {
        extent.n_members += extent.is_member[m];
        if (extent.is_member[m])
            status = include(ctx, &the_case->polygons[m], &extent);
    }
    if (status == OM_OK && !(extent.west < extent.east && extent.south < extent.north))
        status = om_fail(ctx, OM_NOT_FOUND, "%s",
                         om_tr("there are no polygons to draw: `omland import PROJECT municipalities FILE` "
                               "brings them"));
    if (status == OM_OK)
        *out = extent;
    else
        drawn_extent_done(&extent);
    return status;
}

void drawn_extent_done(struct drawn_extent *extent)
{
    om_free(extent->is_member);
    *extent = (struct drawn_extent){0};
}
