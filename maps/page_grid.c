#include "page_grid.h"

#include "geo/memory.h"

#include <math.h>

enum { MOST_CELLS = 1 << 20, NO_ENTRY = -1 };

om_status page_grid_new(om_context *ctx, const struct page_box *frame, double cell_px, struct page_grid *out)
{
    double width = fmax(frame->right - frame->left, 1), height = fmax(frame->bottom - frame->top, 1);
    cell_px = fmax(cell_px, fmax(1, sqrt(width * height / MOST_CELLS)));
    struct page_grid grid = {
        .frame = *frame,
        .cell_px = cell_px,
        .columns = (size_t)(width / cell_px) + 1,
        .rows = (size_t)(height / cell_px) + 1,
        .first_free = NO_ENTRY,
    };
    grid.first = om_alloc(grid.columns * grid.rows, sizeof *grid.first);
    if (!grid.first)
        return om_no_memory(ctx);
    for (size_t i = 0; i < grid.columns * grid.rows; i++)
        grid.first[i] = NO_ENTRY;
    *out = grid;
    return OM_OK;
}

void page_grid_done(struct page_grid *grid)
{
    om_free(grid->first);
    om_free(grid->entries);
    *grid = (struct page_grid){0};
}

/* Cells of a box; outside the frame those at its edge stand in. */
struct cells {
    size_t left, top, right, bottom;
};

static size_t cell_at(double from, double to, double cell_px, size_t n)
{
    return (size_t)fmin(fmax((to - from) / cell_px, 0), (double)(n - 1));
}

static struct cells cells_of(const struct page_grid *grid, const struct page_box *box)
{
    return (struct cells){
        cell_at(grid->frame.left, box->left, grid->cell_px, grid->columns),
        cell_at(grid->frame.top, box->top, grid->cell_px, grid->rows),
        cell_at(grid->frame.left, box->right, grid->cell_px, grid->columns),
        cell_at(grid->frame.top, box->bottom, grid->cell_px, grid->rows),
    };
}

static int32_t entry_new(struct page_grid *grid)
{
    int32_t entry = grid->first_free;
    if (entry != NO_ENTRY) {
        grid->first_free = grid->entries[entry].next;
        return entry;
    }
    struct page_grid_entry *entries =
        om_grow(grid->entries, &grid->capacity, grid->n_entries + 1, sizeof *entries);
    if (!entries)
        return NO_ENTRY;
    grid->entries = entries;
    return (int32_t)grid->n_entries++;
}

om_status page_grid_add(om_context *ctx, struct page_grid *grid, const struct page_box *box, uint32_t item)
{
    struct cells cells = cells_of(grid, box);
    for (size_t row = cells.top; row <= cells.bottom; row++)
        for (size_t column = cells.left; column <= cells.right; column++) {
            int32_t entry = entry_new(grid);
            if (entry == NO_ENTRY)
                return om_no_memory(ctx);
            int32_t *first = &grid->first[row * grid->columns + column];
            grid->entries[entry] = (struct page_grid_entry){*box, item, *first};
            *first = entry;
        }
    return OM_OK;
}

static void remove_from_cell(struct page_grid *grid, int32_t *link, uint32_t item)
{
    for (; *link != NO_ENTRY; link = &grid->entries[*link].next) {
        int32_t entry = *link;
        if (grid->entries[entry].item != item)
            continue;
        *link = grid->entries[entry].next;
        grid->entries[entry].next = grid->first_free;
        grid->first_free = entry;
        return;
    }
}

void page_grid_remove(struct page_grid *grid, const struct page_box *box, uint32_t item)
{
    struct cells cells = cells_of(grid, box);
    for (size_t row = cells.top; row <= cells.bottom; row++)
        for (size_t column = cells.left; column <= cells.right; column++)
            remove_from_cell(grid, &grid->first[row * grid->columns + column], item);
}

/* Of the cells that two overlapping boxes share, the first: there the pair is seen, and nowhere else. */
static bool is_first_shared(const struct page_grid *grid, const struct page_box *a, const struct page_box *b,
                            size_t row, size_t column)
{
    return cell_at(grid->frame.left, fmax(a->left, b->left), grid->cell_px, grid->columns) == column &&
           cell_at(grid->frame.top, fmax(a->top, b->top), grid->cell_px, grid->rows) == row;
}

void page_grid_visit(const struct page_grid *grid, const struct page_box *box, page_grid_fn *visit,
                     void *user)
{
    struct cells cells = cells_of(grid, box);
    for (size_t row = cells.top; row <= cells.bottom; row++)
        for (size_t column = cells.left; column <= cells.right; column++)
            for (int32_t i = grid->first[row * grid->columns + column]; i != NO_ENTRY;
                 i = grid->entries[i].next) {
                const struct page_grid_entry *entry = &grid->entries[i];
                if (page_boxes_overlap(&entry->box, box) &&
                    is_first_shared(grid, &entry->box, box, row, column) && !visit(user, entry->item))
                    return;
            }
}
