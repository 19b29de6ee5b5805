#include "kit.h"

#include "../../maps/area_colouring.h"
#include "geo/memory.h"

#include <math.h>

/* Municipalities in a grid with borders, and some diagonals, of which no two cross: a planar map. */
struct grid {
    struct plan_territory territory;
    struct plan plan;
    struct plan_area areas[64];
    int32_t area_of[400];
    size_t columns;
};

static void connect(struct grid *grid, const struct plan_pair *pairs, size_t n)
{
    om_context ctx = {0};
    if (plan_territory_connect(&ctx, &grid->territory, pairs, n))
        fail_msg("%s", ctx.message);
}

static void grid_make(struct grid *grid, size_t columns, size_t rows, struct kit_random *random)
{
    *grid = (struct grid){.columns = columns, .territory = {.n = columns * rows}};
    struct plan_pair pairs[1600];
    size_t n = 0;
    for (size_t m = 0; m < columns * rows; m++) {
        bool is_last = m % columns == columns - 1, is_lowest = m + columns >= columns * rows;
        int32_t here = (int32_t)m, below = (int32_t)(m + columns);
        if (!is_last)
            pairs[n++] = (struct plan_pair){here, here + 1, PLAN_LINK_BORDER, 1};
        if (!is_lowest)
            pairs[n++] = (struct plan_pair){here, below, PLAN_LINK_BORDER, 1};
        if (is_last || is_lowest)
            continue;
        bool is_rising = kit_below(random, 2);
        pairs[n++] = is_rising ? (struct plan_pair){here + 1, below, PLAN_LINK_BORDER, 1}
                               : (struct plan_pair){here, below + 1, PLAN_LINK_BORDER, 1};
    }
    connect(grid, pairs, n);
    grid->plan = (struct plan){.n = grid->territory.n, .areas = grid->areas, .area_of = grid->area_of};
}

/* Areas that grow from random municipalities until all are taken: each in one piece. */
static void grow_areas(struct grid *grid, size_t n_areas, struct kit_random *random)
{
    const struct plan_territory *territory = &grid->territory;
    for (size_t m = 0; m < territory->n; m++)
        grid->area_of[m] = PLAN_NOWHERE;
    grid->plan.n_areas = n_areas;
    for (size_t a = 0; a < n_areas;) {
        size_t m = kit_below(random, (uint32_t)territory->n);
        if (grid->area_of[m] == PLAN_NOWHERE)
            grid->area_of[m] = (int32_t)a++;
    }
    for (size_t taken = n_areas; taken < territory->n;) {
        size_t m = kit_below(random, (uint32_t)territory->n);
        uint32_t first = territory->first_neighbour[m], degree = territory->first_neighbour[m + 1] - first;
        int32_t from = territory->neighbours[first + kit_below(random, degree)].municipality;
        if (grid->area_of[m] != PLAN_NOWHERE || grid->area_of[from] == PLAN_NOWHERE)
            continue;
        grid->area_of[m] = grid->area_of[from];
        taken++;
    }
}

static void grid_done(struct grid *grid)
{
    om_free(grid->territory.first_neighbour);
    om_free(grid->territory.neighbours);
}

static size_t colour(const struct grid *grid, int n_colours, int *colour_of)
{
    om_context ctx = {0};
    size_t n_shared = 99;
    if (area_colouring(&ctx, &grid->territory, &grid->plan, n_colours, colour_of, &n_shared))
        fail_msg("%s", ctx.message);
    for (size_t a = 0; a < grid->plan.n_areas; a++)
        assert_true(colour_of[a] >= 0 && colour_of[a] < n_colours);
    return n_shared;
}

/* Pairs of neighbouring areas with one colour. */
static size_t count_shared(const struct grid *grid, const int *colour_of)
{
    bool shares[64][64] = {0};
    const struct plan_territory *territory = &grid->territory;
    for (size_t m = 0; m < territory->n; m++)
        for (uint32_t i = territory->first_neighbour[m]; i < territory->first_neighbour[m + 1]; i++) {
            int32_t a = grid->area_of[m], b = grid->area_of[territory->neighbours[i].municipality];
            if (a < b && colour_of[a] == colour_of[b])
                shares[a][b] = true;
        }
    size_t n = 0;
    for (size_t i = 0; i < 64 * 64; i++)
        n += shares[i / 64][i % 64];
    return n;
}

static void neighbours_never_share_in_random_maps(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct kit_random random = {seed};
        struct grid grid;
        grid_make(&grid, 20, 20, &random);
        grow_areas(&grid, 5 + kit_below(&random, 60), &random);
        int colour_of[64];
        for (int n_colours = 4; n_colours <= 8; n_colours++)
            if (colour(&grid, n_colours, colour_of) || count_shared(&grid, colour_of))
                fail_msg("seed %d: %d colours are not enough", (int)seed, n_colours);
        grid_done(&grid);
    }
}

static void colours_are_used_about_as_often(void **state)
{
    (void)state;
    struct kit_random random = {3};
    struct grid grid;
    grid_make(&grid, 20, 20, &random);
    grow_areas(&grid, 60, &random);
    int colour_of[64], n_with[6] = {0};
    assert_int_equal(colour(&grid, 6, colour_of), 0);
    for (size_t a = 0; a < 60; a++)
        n_with[colour_of[a]]++;
    for (int c = 0; c < 6; c++)
        if (n_with[c] < 7 || n_with[c] > 13)
            fail_msg("colour %d is used %d times for 60 areas", c, n_with[c]);
    grid_done(&grid);
}

static void names_do_not_matter(void **state)
{
    (void)state;
    struct kit_random random = {11};
    struct grid grid;
    grid_make(&grid, 12, 12, &random);
    grow_areas(&grid, 30, &random);
    int before[64], after[64];
    colour(&grid, 5, before);
    for (size_t m = 0; m < grid.territory.n; m++)
        grid.area_of[m] = (grid.area_of[m] * 7 + 3) % 30;
    colour(&grid, 5, after);
    for (int a = 0; a < 30; a++)
        assert_int_equal(after[(a * 7 + 3) % 30], before[a]);
    grid_done(&grid);
}

/* Every area beside every other, through links: five need five. */
static void it_tells_when_colours_do_not_suffice(void **state)
{
    (void)state;
    struct grid grid = {.territory = {.n = 5}};
    struct plan_pair pairs[10];
    size_t n = 0;
    for (int32_t a = 0; a < 5; a++) {
        grid.area_of[a] = a;
        for (int32_t b = a + 1; b < 5; b++)
            pairs[n++] = (struct plan_pair){a, b, PLAN_LINK_DECLARED, 0};
    }
    connect(&grid, pairs, n);
    grid.plan = (struct plan){.n = 5, .n_areas = 5, .areas = grid.areas, .area_of = grid.area_of};
    int colour_of[64];
    static const size_t expected[] = {10, 4, 2, 1, 0, 0};
    for (int n_colours = 1; n_colours <= 6; n_colours++) {
        assert_int_equal(colour(&grid, n_colours, colour_of), expected[n_colours - 1]);
        assert_int_equal(count_shared(&grid, colour_of), expected[n_colours - 1]);
    }
    grid_done(&grid);
}

/* A wheel with seven spokes needs four colours; going back is bounded. */
static void a_wheel_with_three_colours_has_one_pair_that_shares(void **state)
{
    (void)state;
    struct grid grid = {.territory = {.n = 8}};
    struct plan_pair pairs[14];
    for (int32_t i = 0; i < 7; i++) {
        pairs[2 * i] = (struct plan_pair){i, 7, PLAN_LINK_BORDER, 1};
        pairs[2 * i + 1] = (struct plan_pair){i, (i + 1) % 7, PLAN_LINK_BORDER, 1};
    }
    for (int32_t a = 0; a < 8; a++)
        grid.area_of[a] = a;
    connect(&grid, pairs, 14);
    grid.plan = (struct plan){.n = 8, .n_areas = 8, .areas = grid.areas, .area_of = grid.area_of};
    int colour_of[64];
    assert_int_equal(colour(&grid, 4, colour_of), 0);
    assert_int_equal(colour(&grid, 3, colour_of), 1);
    grid_done(&grid);
}

static void what_cannot_be_is_an_error(void **state)
{
    (void)state;
    struct kit_random random = {1};
    struct grid grid;
    grid_make(&grid, 3, 3, &random);
    grow_areas(&grid, 3, &random);
    om_context ctx = {0};
    int colour_of[3] = {-7};
    size_t n_shared = 99;
    assert_int_equal(area_colouring(&ctx, &grid.territory, &grid.plan, 0, colour_of, &n_shared),
                     OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "0 colours for areas; 1 to 32 are possible");
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        assert_int_equal(n_shared, 99);
        om_memory_fail_after(n);
        status = area_colouring(&ctx, &grid.territory, &grid.plan, 4, colour_of, &n_shared);
        om_memory_fail_after(0);
        assert_true(n < 20 && (status == OM_OK || status == OM_NO_MEMORY));
    }
    grid_done(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_never_share_in_random_maps),
        cmocka_unit_test(colours_are_used_about_as_often),
        cmocka_unit_test(names_do_not_matter),
        cmocka_unit_test(it_tells_when_colours_do_not_suffice),
        cmocka_unit_test(a_wheel_with_three_colours_has_one_pair_that_shares),
        cmocka_unit_test(what_cannot_be_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
