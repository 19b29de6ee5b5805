#include "inset_choice.h"

#include "free_space.h"
#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>

/* In legible sizes. */
static const double window_size = 9;     /* the side of the square that an inset shows most of */
static const double neighbour_size = 2;  /* a unit of this size between the crowded ones is shown whole */
static const double source_margin = 0.3; /* around what is shown */
static const double cell_size = 0.5;
static const double free_margin = 0.7; /* between an inset and what it must not cover */

/* Crowding of a window, each unit counting from 0 (legible) to 1 (a dot), that deserves an inset. */
static const double least_crowding = 2.5;

static const double readable_size = 1.8;       /* of half the units in an inset */
static const double least_magnification = 1.7; /* with less it is hardly larger than the map */
static const double most_magnification = 6;
static const double most_of_frame = 0.42; /* an inset's side, of the frame's */
static const double smaller = 0.94;       /* from one try to the next */

struct choosing {
    const struct inset_request *request;
    bool *is_shown; /* per unit: in an inset already */
    double *sizes;  /* room to sort those of a window in */
    struct free_space space;
};

static double middle_x(const struct inset_unit *unit)
{
    return (unit->box.left + unit->box.right) / 2;
}

static double middle_y(const struct inset_unit *unit)
{
    return (unit->box.top + unit->box.bottom) / 2;
}

static bool holds_middle(const struct page_box *box, const struct inset_unit *unit)
{
    double x = middle_x(unit), y = middle_y(unit);
    return x >= box->left && x <= box->right && y >= box->top && y <= box->bottom;
}

static struct page_box grown(const struct page_box *box, double by)
{
    return (struct page_box){box->left - by, box->top - by, box->right + by, box->bottom + by};
}

static struct page_box both(const struct page_box *a, const struct page_box *b)
{
    return (struct page_box){fmin(a->left, b->left), fmin(a->top, b->top), fmax(a->right, b->right),
                             fmax(a->bottom, b->bottom)};
}

static bool is_crowded(const struct choosing *choosing, size_t i)
{
    return !choosing->is_shown[i] && choosing->request->units[i].size_px < choosing->request->legible_px;
}

static struct page_box window_around(const struct choosing *choosing, size_t i)
{
    const struct inset_unit *unit = &choosing->request->units[i];
    double side = window_size * choosing->request->legible_px;
    return page_box_around(middle_x(unit), middle_y(unit), side, side);
}

static double crowding(const struct choosing *choosing, const struct page_box *window)
{
    const struct inset_request *request = choosing->request;
    double sum = 0;
    for (size_t i = 0; i < request->n_units; i++)
        if (is_crowded(choosing, i) && holds_middle(window, &request->units[i]))
            sum += 1 - request->units[i].size_px / request->legible_px;
    return sum;
}

/* The most crowded window around a crowded unit; OM_NOT_FOUND when none deserves an inset. */
static om_status find_window(const struct choosing *choosing, struct page_box *out)
{
    double most = 0;
    for (size_t i = 0; i < choosing->request->n_units; i++) {
        if (!is_crowded(choosing, i))
            continue;
        struct page_box window = window_around(choosing, i);
        double sum = crowding(choosing, &window);
        if (sum > most) {
            most = sum;
            *out = window;
        }
    }
    return most >= least_crowding ? OM_OK : OM_NOT_FOUND;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The box around the crowded units of a window, and the size that half of them are below. */
static struct page_box source_of(struct choosing *choosing, const struct page_box *window, double *median_px)
{
    const struct inset_request *request = choosing->request;
    struct page_box source = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    size_t n = 0;
    for (size_t i = 0; i < request->n_units; i++) {
        const struct inset_unit *unit = &request->units[i];
        if (!holds_middle(window, unit) || unit->size_px > neighbour_size * request->legible_px)
            continue;
        if (is_crowded(choosing, i))
            choosing->sizes[n++] = unit->size_px;
        choosing->is_shown[i] = true;
        source = both(&source, &unit->box);
    }
    qsort(choosing->sizes, n, sizeof *choosing->sizes, by_size);
    *median_px = choosing->sizes[n / 2];
    return grown(&source, source_margin * request->legible_px);
}

/* How much larger an inset should be, and may be for its frame. */
static double wanted_magnification(const struct inset_request *request, const struct page_box *source,
                                   double median_px)
{
    const struct page_box *frame = &request->frame;
    double wanted = readable_size * request->legible_px / fmax(median_px, 1e-9);
    double across = most_of_frame * (frame->right - frame->left) / (source->right - source->left);
    double down = most_of_frame * (frame->bottom - frame->top) / (source->bottom - source->top);
    return fmin(fmin(wanted, most_magnification), fmin(across, down));
}

/* The largest inset that finds room; OM_NOT_FOUND when none is worth it. */
static om_status find_room(om_context *ctx, const struct choosing *choosing, const struct page_box *source,
                           double wanted, struct inset *out)
{
    double margin_px = free_margin * choosing->request->legible_px;
    for (double times = wanted; times >= least_magnification; times *= smaller) {
        double width = times * (source->right - source->left),
               height = times * (source->bottom - source->top);
        struct page_box room;
        om_status status = free_space_find(ctx, &choosing->space, width + 2 * margin_px,
                                           height + 2 * margin_px, source, &room);
        if (status == OM_NOT_FOUND)
            continue;
        if (status == OM_OK)
            *out = (struct inset){*source, grown(&room, -margin_px), times};
        return status;
    }
    return OM_NOT_FOUND;
}

static om_status choose(om_context *ctx, struct choosing *choosing, struct inset insets[INSETS_MOST],
                        size_t *n)
{
    *n = 0;
    struct page_box window;
    while (*n < INSETS_MOST && find_window(choosing, &window) == OM_OK) {
        double median_px;
        struct page_box source = source_of(choosing, &window, &median_px);
        double wanted = wanted_magnification(choosing->request, &source, median_px);
        om_status status = find_room(ctx, choosing, &source, wanted, &insets[*n]);
        if (status == OM_NOT_FOUND)
            continue;
        if (status)
            return status;
        free_space_take_box(&choosing->space, &insets[(*n)++].box);
    }
    return OM_OK;
}

om_status inset_choice(om_context *ctx, const struct inset_request *request, struct inset insets[INSETS_MOST],
                       size_t *n)
{
    struct choosing choosing = {
        .request = request,
        .is_shown = om_alloc(request->n_units, sizeof *choosing.is_shown),
        .sizes = om_alloc(request->n_units, sizeof *choosing.sizes),
    };
    struct inset chosen[INSETS_MOST];
    size_t n_chosen = 0;
    om_status status =
        choosing.is_shown && choosing.sizes
            ? free_space_new(ctx, &request->frame, cell_size * request->legible_px, &choosing.space)
            : om_no_memory(ctx);
    if (status == OM_OK)
        status = free_space_take_shape(ctx, &choosing.space, request->land);
    for (size_t i = 0; status == OM_OK && i < request->n_taken; i++)
        free_space_take_box(&choosing.space, &request->taken[i]);
    if (status == OM_OK)
        status = choose(ctx, &choosing, chosen, &n_chosen);
    for (size_t i = 0; status == OM_OK && i < n_chosen; i++)
        insets[i] = chosen[i];
    if (status == OM_OK)
        *n = n_chosen;
    free_space_done(&choosing.space);
    om_free(choosing.is_shown);
    om_free(choosing.sizes);
    return status;
}
