#include "free_space.h"

#include "geo/memory.h"

#include <math.h>
#include <string.h>

enum { ROWS_IN_CELL = 4 };

/* How much nearer a place in the frame's midst must be than one at its edge. */
static const double edge_weight = 0.5;

om_status free_space_new(om_context *ctx, const struct page_box *frame, double cell_px,
                         struct free_space *out)
{
    double width = frame->right - frame->left, height = frame->bottom - frame->top;
    struct free_space space = {
        .frame = *frame,
        .columns = (size_t)fmax(width / cell_px, 1),
        .rows = (size_t)fmax(height / cell_px, 1),
    };
    space.cell_width = width / (double)space.columns;
    space.cell_height = height / (double)space.rows;
    space.is_taken = om_alloc(space.columns * space.rows, 1);
    if (!space.is_taken)
        return om_no_memory(ctx);
    *out = space;
    return OM_OK;
}

void free_space_done(struct free_space *space)
{
    om_free(space->is_taken);
    *space = (struct free_space){0};
}

void free_space_copy(struct free_space *to, const struct free_space *from)
{
    memcpy(to->is_taken, from->is_taken, from->columns * from->rows);
}

/* The cells that the lengths from..until touch, of n; begin == end: none. */
static void cells_between(double from, double until, double cell_px, size_t n, size_t *begin, size_t *end)
{
    *begin = (size_t)fmin(fmax(floor(from / cell_px), 0), (double)n);
    *end = (size_t)fmin(fmax(ceil(until / cell_px), 0), (double)n);
}

static void take_row(struct free_space *space, size_t row, double left, double right)
{
    size_t begin, end;
    cells_between(left - space->frame.left, right - space->frame.left, space->cell_width, space->columns,
                  &begin, &end);
    for (size_t column = begin; column < end; column++)
        space->is_taken[row * space->columns + column] = 1;
}

om_status free_space_take_shape(om_context *ctx, struct free_space *space, const struct page_shape *shape)
{
    struct page_rows rows;
    double step_px = space->cell_height / ROWS_IN_CELL;
    om_status status =
        page_rows_new(ctx, shape, space->frame.top + step_px / 2, step_px, ROWS_IN_CELL * space->rows, &rows);
    if (status)
        return status;
    for (size_t r = 0; r < rows.n; r++)
        for (size_t i = rows.first[r]; i + 1 < rows.first[r + 1]; i += 2)
            take_row(space, r / ROWS_IN_CELL, rows.x[i], rows.x[i + 1]);
    page_rows_done(&rows);
    return OM_OK;
}

void free_space_take_box(struct free_space *space, const struct page_box *box)
{
    size_t begin, end;
    cells_between(box->top - space->frame.top, box->bottom - space->frame.top, space->cell_height,
                  space->rows, &begin, &end);
    for (size_t row = begin; row < end; row++)
        take_row(space, row, box->left, box->right);
}

/* sums[row][column]: taken cells above and to the left; one row and column more than there are cells. */
static uint32_t *sums_new(const struct free_space *space)
{
    size_t width = space->columns + 1;
    uint32_t *sums = om_alloc(width * (space->rows + 1), sizeof *sums);
    for (size_t row = 0; sums && row < space->rows; row++)
        for (size_t column = 0; column < space->columns; column++)
            sums[(row + 1) * width + column + 1] =
                sums[row * width + column + 1] + sums[(row + 1) * width + column] -
                sums[row * width + column] + space->is_taken[row * space->columns + column];
    return sums;
}

static bool is_free(const uint32_t *sums, size_t width, size_t row, size_t column, size_t rows,
                    size_t columns)
{
    const uint32_t *above = sums + row * width + column, *below = above + rows * width;
    return below[columns] - below[0] - above[columns] + above[0] == 0;
}

static double cost_of(const struct free_space *space, const struct page_box *box, const struct page_box *near)
{
    double off_edge = fmin(box->left - space->frame.left, space->frame.right - box->right);
    return page_box_distance(box, near) + edge_weight * off_edge;
}

/* As far right as cells go, the box ends at the frame itself. */
static struct page_box box_at(const struct free_space *space, size_t row, size_t column, size_t columns,
                              double width, double height)
{
    bool is_rightmost = column + columns == space->columns;
    double left =
        is_rightmost ? space->frame.right - width : space->frame.left + (double)column * space->cell_width;
    double top = space->frame.top + (double)row * space->cell_height;
    return (struct page_box){left, top, left + width, top + height};
}

om_status free_space_find(om_context *ctx, const struct free_space *space, double width, double height,
                          const struct page_box *near, struct page_box *out)
{
    size_t columns = (size_t)ceil(width / space->cell_width),
           rows = (size_t)ceil(height / space->cell_height);
    if (columns > space->columns || rows > space->rows)
        return OM_NOT_FOUND;
    uint32_t *sums = sums_new(space);
    if (!sums)
        return om_no_memory(ctx);
    double least = INFINITY;
    for (size_t row = 0; row + rows <= space->rows; row++)
        for (size_t column = 0; column + columns <= space->columns; column++) {
            if (!is_free(sums, space->columns + 1, row, column, rows, columns))
                continue;
            struct page_box box = box_at(space, row, column, columns, width, height);
            double cost = cost_of(space, &box, near);
            if (cost < least) {
                least = cost;
                *out = box;
            }
        }
    om_free(sums);
    return isinf(least) ? OM_NOT_FOUND : OM_OK;
}
