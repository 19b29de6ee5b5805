#include "label_spots.h"

#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_ROWS = 9, MOST_ROWS = 160, ROWS_IN_TEXT = 6 };

/* Of the fit of a place, what must still be there further up and down for that to be room around it. */
static const double room_share = 0.8;

/* A place for the text's middle, the largest multiple of the text that is inside around it, and how good it
 * is: better the more room is above and below, so that a text is in the middle of a tall shape too. */
struct place {
    double x, y, fit, score;
};

/* How many places there are along the width of a text. */
static const double steps_along = 3;

/* Inside from left to right; empty when left is not smaller. */
struct span {
    double left, right;
};

struct places {
    struct page_rows rows;
    struct span frame;
    double width, height;
    struct place *items;
    size_t n, capacity;
};

static om_status add_place(om_context *ctx, struct places *places, struct place place)
{
    struct place *items = om_grow(places->items, &places->capacity, places->n + 1, sizeof *items);
    if (!items)
        return om_no_memory(ctx);
    places->items = items;
    places->items[places->n++] = place;
    return OM_OK;
}

/* What is left of the span in another row: the widest part of it that is inside there too. */
static struct span within_row(const struct page_rows *rows, size_t row, struct span span)
{
    struct span widest = {0, 0};
    for (size_t i = rows->first[row]; i + 1 < rows->first[row + 1]; i += 2) {
        struct span part = {fmax(span.left, rows->x[i]), fmin(span.right, rows->x[i + 1])};
        if (part.right - part.left > widest.right - widest.left)
            widest = part;
    }
    return widest;
}

/* The best place around a span of that row; of_text is where a text of its own size may move. */
static struct place grow_place(const struct places *places, size_t row, struct span span,
                               struct span *of_text)
{
    const struct page_rows *rows = &places->rows;
    struct place best = {.y = rows->first_y + (double)row * rows->step_px};
    double room = 0;
    *of_text = (struct span){0, 0};
    for (size_t k = 0; k <= row && row + k < rows->n; k++) {
        span = within_row(rows, row + k, within_row(rows, row - k, span));
        double across = (span.right - span.left) / places->width;
        double down = (double)(2 * k + 1) * rows->step_px / places->height;
        if (across <= room_share * best.fit)
            break;
        room = down;
        if (fmin(across, down) > best.fit) {
            best.fit = fmin(across, down);
            best.x = (span.left + span.right) / 2;
        }
        if (down >= 1 && of_text->right == of_text->left)
            *of_text = span;
    }
    best.score = best.fit > 0 ? best.fit * room / (room + best.fit) : 0;
    return best;
}

/* Places for a text of its own size along where it has room, the nearer to an end the less good. */
static om_status add_places_along(om_context *ctx, struct places *places, const struct place *best,
                                  struct span room)
{
    double first_x = room.left + places->width / 2, slack = room.right - room.left - places->width;
    size_t n = (size_t)ceil(slack * steps_along / places->width);
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i <= n; i++) {
        double x = first_x + slack * (double)i / (double)n;
        double fit = 2 * fmin(x - room.left, room.right - x) / places->width;
        fit = fmax(1, fmin(fit, best->fit));
        const struct place place = {x, best->y, fit, best->score * fit / best->fit};
        status = add_place(ctx, places, place);
    }
    return status;
}

/* The best place of a span, and others where the text has room to move. */
static om_status add_places_of_span(om_context *ctx, struct places *places, size_t row, struct span span)
{
    struct span room;
    struct place best = grow_place(places, row, span, &room);
    om_status status = best.fit > 0 ? add_place(ctx, places, best) : OM_OK;
    if (status || room.right - room.left <= places->width)
        return status;
    return add_places_along(ctx, places, &best, room);
}

static om_status add_all_places(om_context *ctx, struct places *places)
{
    const struct page_rows *rows = &places->rows;
    om_status status = OM_OK;
    for (size_t row = 0; status == OM_OK && row < rows->n; row++)
        for (size_t i = rows->first[row]; status == OM_OK && i + 1 < rows->first[row + 1]; i += 2) {
            struct span span = {fmax(rows->x[i], places->frame.left),
                                fmin(rows->x[i + 1], places->frame.right)};
            if (span.right > span.left)
                status = add_places_of_span(ctx, places, row, span);
        }
    return status;
}

static int by_score(const void *a, const void *b)
{
    const struct place *p = a, *q = b;
    if (p->score != q->score)
        return p->score > q->score ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return (p->x > q->x) - (p->x < q->x);
}

static bool is_apart(const struct places *places, const struct place *place, const struct label_spot *spots,
                     size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(spots[i].x - place->x) < places->width / 3 &&
            fabs(spots[i].y - place->y) < places->height * 2 / 3)
            return false;
    return true;
}

/* Where it fits, the order decides; where it does not, how much of it sticks out. */
static double cost_of(double fit, size_t rank)
{
    double later = 0.5 * (double)rank / LABEL_AREA_SPOTS;
    return fit >= 1 ? later : fmax(later, 0.5) + (1 - fit);
}

static size_t choose(struct places *places, struct label_spot spots[LABEL_AREA_SPOTS])
{
    if (places->n)
        qsort(places->items, places->n, sizeof *places->items, by_score);
    size_t n = 0;
    for (size_t i = 0; i < places->n && n < LABEL_AREA_SPOTS; i++)
        if (is_apart(places, &places->items[i], spots, n)) {
            spots[n] =
                (struct label_spot){places->items[i].x, places->items[i].y, cost_of(places->items[i].fit, n)};
            n++;
        }
    return n;
}

/* Rows close enough to see what is around a text, and not too many. */
static double row_step(double shape_height, double text_height)
{
    double step = fmax(text_height / ROWS_IN_TEXT, shape_height / MOST_ROWS);
    return fmin(step, shape_height / FEWEST_ROWS);
}

om_status label_spots_in_shape(om_context *ctx, const struct page_shape *shape, const struct page_box *frame,
                               double width, double height, struct label_spot spots[LABEL_AREA_SPOTS],
                               size_t *n)
{
    struct page_box box = {0};
    bool is_empty = page_shape_box(shape, &box) != OM_OK;
    double top = fmax(box.top, frame->top), bottom = fmin(box.bottom, frame->bottom);
    if (is_empty || !(bottom > top)) {
        *n = 0;
        return OM_OK;
    }
    struct places places = {.frame = {frame->left, frame->right}, .width = width, .height = height};
    double step_px = row_step(bottom - top, height);
    size_t n_rows = (size_t)((bottom - top) / step_px);
    om_status status = page_rows_new(ctx, shape, top + step_px / 2, step_px, n_rows, &places.rows);
    if (status == OM_OK)
        status = add_all_places(ctx, &places);
    if (status == OM_OK)
        *n = choose(&places, spots);
    page_rows_done(&places.rows);
    om_free(places.items);
    return status;
}

void label_spots_at_point(double x, double y, double radius, double width, double height,
                          struct label_spot spots[LABEL_POINT_SPOTS])
{
    static const struct {
        int right, down;
    } beside[LABEL_POINT_SPOTS] = {{1, -1}, {1, 1}, {-1, -1}, {-1, 1}, {1, 0}, {0, -1}, {0, 1}, {-1, 0}};
    static const double raised = 0.4; /* of the height: a diagonal label is beside the point, a little off */
    for (size_t i = 0; i < LABEL_POINT_SPOTS; i++) {
        int right = beside[i].right, down = beside[i].down;
        spots[i] = (struct label_spot){
            x + right * (radius + width / 2),
            y + down * (right ? raised * height : radius + height / 2),
            (double)i / LABEL_POINT_SPOTS,
        };
    }
}
