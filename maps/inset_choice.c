#include "inset_choice.h"

#include "free_space.h"
#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>

/* In legible sizes. */
static const double window_size = 6;      /* the side of the square that an inset shows most of */
static const double neighbour_size = 1.7; /* a unit of this size between the crowded ones is shown whole */
static const double source_margin = 0.3;  /* around what is shown */
static const double cell_size = 0.7;
static const double free_margin = 0.7; /* between an inset and what it must not cover */

/* Crowding of a window, each unit counting from 0 (legible) to 1 (a dot), that deserves an inset. */
static const double least_crowding = 1.3;

static const double readable_size = 1.8;       /* of half the units in an inset */
static const double least_magnification = 1.7; /* with less it is hardly larger than the map */
static const double most_magnification = 6;
static const double most_of_frame = 0.42; /* an inset's side, of the frame's */
static const double smaller = 0.92;       /* from one try to the next */
/* Of the wanted size, what an inset may lose in order to stand nearer by the width of the frame. */
static const double nearness = 1.5;
static const double worth = 1; /* of having one inset more, as quality */

struct choosing {
    const struct inset_request *request;
    bool *is_shown;                 /* per unit: in an inset already */
    double *sizes;                  /* room to sort those of a window in */
    struct free_space empty, space; /* without any inset, and with those placed */
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

/* How good an inset is: large, and near what it shows. */
static double quality(const struct inset_request *request, const struct inset *inset, double wanted)
{
    double frame_width = request->frame.right - request->frame.left;
    return inset->magnification / wanted -
           nearness * page_box_distance(&inset->source, &inset->box) / frame_width;
}

/* The best inset that finds room; OM_NOT_FOUND when none is worth it. */
static om_status find_room(om_context *ctx, const struct choosing *choosing, const struct page_box *source,
                           double wanted, struct inset *out)
{
    double margin_px = free_margin * choosing->request->legible_px;
    double best = -INFINITY;
    double times = wanted;
    while (times >= least_magnification) {
        double width = times * (source->right - source->left);
        double height = times * (source->bottom - source->top);
        struct page_box room = {0};
        om_status status = free_space_find(ctx, &choosing->space, width + 2 * margin_px,
                                           height + 2 * margin_px, source, &room);
        const struct inset inset = {*source, grown(&room, -margin_px), times};
        if (status != OM_OK && status != OM_NOT_FOUND)
            return status;
        if (status == OM_OK && quality(choosing->request, &inset, wanted) > best) {
            best = quality(choosing->request, &inset, wanted);
            *out = inset;
        }
        times *= smaller;
    }
    return isinf(best) ? OM_NOT_FOUND : OM_OK;
}

/* A part of the page that deserves an inset. */
struct wish {
    struct page_box source;
    double magnification;
};

static size_t list_wishes(struct choosing *choosing, struct wish wishes[INSETS_MOST])
{
    size_t n = 0;
    struct page_box window = {0};
    while (n < INSETS_MOST && find_window(choosing, &window) == OM_OK) {
        double median_px;
        wishes[n].source = source_of(choosing, &window, &median_px);
        wishes[n].magnification = wanted_magnification(choosing->request, &wishes[n].source, median_px);
        n++;
    }
    return n;
}

/* Insets of wishes, in the order of the wishes; those that found no room have no magnification. */
struct arrangement {
    struct inset insets[INSETS_MOST];
    double quality;
};

/* Gives room to one wish after the other. */
static om_status arrange(om_context *ctx, struct choosing *choosing, const struct wish *wishes,
                         const size_t *order, size_t n, struct arrangement *out)
{
    struct arrangement made = {.quality = 0};
    om_status status = OM_OK;
    free_space_copy(&choosing->space, &choosing->empty);
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        const struct wish *wish = &wishes[order[i]];
        struct inset *inset = &made.insets[order[i]];
        status = find_room(ctx, choosing, &wish->source, wish->magnification, inset);
        if (status == OM_OK) {
            free_space_take_box(&choosing->space, &inset->box);
            made.quality += worth + quality(choosing->request, inset, wish->magnification);
        } else if (status == OM_NOT_FOUND) {
            status = OM_OK;
        }
    }
    if (status == OM_OK)
        *out = made;
    return status;
}

/* Who comes first takes the best room, so every order is tried; of equals the first, the most crowded first.
 */
static om_status arrange_best(om_context *ctx, struct choosing *choosing, const struct wish *wishes, size_t n,
                              struct arrangement *best)
{
    static const size_t orders[][INSETS_MOST] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                                 {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    static const size_t n_orders[INSETS_MOST + 1] = {0, 1, 3, 6}; /* the first ones have all there are of n */
    om_status status = OM_OK;
    *best = (struct arrangement){.quality = -INFINITY};
    for (size_t i = 0; i < n_orders[n] && status == OM_OK; i++) {
        struct arrangement made;
        size_t order[INSETS_MOST], n_in_order = 0;
        for (size_t k = 0; k < INSETS_MOST; k++)
            if (orders[i][k] < n)
                order[n_in_order++] = orders[i][k];
        status = arrange(ctx, choosing, wishes, order, n, &made);
        if (status == OM_OK && made.quality > best->quality)
            *best = made;
    }
    return status;
}

static om_status choosing_new(om_context *ctx, const struct inset_request *request, struct choosing *out)
{
    *out = (struct choosing){
        .request = request,
        .is_shown = om_alloc(request->n_units, sizeof *out->is_shown),
        .sizes = om_alloc(request->n_units, sizeof *out->sizes),
    };
    if (!out->is_shown || !out->sizes)
        return om_no_memory(ctx);
    double cell_px = cell_size * request->legible_px;
    om_status status = free_space_new(ctx, &request->frame, cell_px, &out->space);
    if (status == OM_OK)
        status = free_space_new(ctx, &request->frame, cell_px, &out->empty);
    if (status == OM_OK)
        status = free_space_take_shape(ctx, &out->empty, request->land);
    for (size_t i = 0; status == OM_OK && i < request->n_taken; i++)
        free_space_take_box(&out->empty, &request->taken[i]);
    return status;
}

static void choosing_done(struct choosing *choosing)
{
    free_space_done(&choosing->space);
    free_space_done(&choosing->empty);
    om_free(choosing->is_shown);
    om_free(choosing->sizes);
}

om_status inset_choice(om_context *ctx, const struct inset_request *request, struct inset insets[INSETS_MOST],
                       size_t *n)
{
    struct choosing choosing;
    struct arrangement best;
    struct wish wishes[INSETS_MOST];
    size_t n_wishes = 0, n_insets = 0;
    om_status status = choosing_new(ctx, request, &choosing);
    if (status == OM_OK) {
        n_wishes = list_wishes(&choosing, wishes);
        status = arrange_best(ctx, &choosing, wishes, n_wishes, &best);
    }
    for (size_t i = 0; status == OM_OK && i < n_wishes; i++)
        if (best.insets[i].magnification > 0)
            insets[n_insets++] = best.insets[i];
    if (status == OM_OK)
        *n = n_insets;
    choosing_done(&choosing);
    return status;
}
