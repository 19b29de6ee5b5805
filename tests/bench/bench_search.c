/*
 * How many plans a second the search looks at, on one core, with every rule evaluated at every step: shifts
 * of one municipality, and recombinations along random spanning trees; beside a loop that knows contiguity
 * only.
 *
 * First the bundled Sweden, in 21 and in 60 areas; then generated grids of 300, 6 000 and 100 000
 * municipalities (synthetic), to show what a step costs as the country grows. Times are processor time.
 *
 *     bench_search [STEPS [CASE [MEASURE]]]    STEPS per measurement, 200 000 by default; only the case, and
 * the measurement, that begin with these words
 *
 * A walk goes on for twelve turns of so many steps, and the fastest turn counts, since whatever else the
 * machine does only slows it; what is taken is that of the last one. A rate that there is a bar for is shown
 * with it. The rate of the loop that knows contiguity only tells how fast the machine is just now.
 */
#include "kit.h"

#include "kit_planner.h"

#include "datasets/case.h"
#include "planner/walk.h"

#include <time.h>

enum { GRID_SUPPLIERS = 200, GRID_BLOCK = 5, REPEATS = 12 };

static double cpu_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void expect_ok(const om_context *ctx, om_status status)
{
    if (status == OM_OK)
        return;
    fprintf(stderr, "%s\n", ctx->message);
    exit(EXIT_FAILURE);
}

/* What is asked for. */
static const char *only_case = "", *only_measure = "";

static bool is_asked(const char *only, const char *name)
{
    return strncmp(only, name, strlen(only)) == 0;
}

/* Steps a second that a search should look at, on one core of a quiet machine. */
static const struct bar {
    const char *name, *measure;
    double rate;
} bars[] = {
    {"sweden-21", "shifts", 2e6},          {"sweden-60", "shifts", 2e6},
    {"sweden-21", "recombinations", 75e3}, {"sweden-60", "recombinations", 150e3},
    {"grid-100000-4000", "shifts", 1e6},   {"grid-100000-21", "shifts", 1e6},
};

static void print_rate(const char *name, const char *measure, uint64_t n, double best_s, uint64_t taken)
{
    double rate = (double)n / best_s;
    printf("  %-17s %10.0f a second %9.0f ns each, %5.1f %% taken", measure, rate, 1e9 / rate,
           100 * (double)taken / (double)n);
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        if (strcmp(bars[i].name, name) == 0 && strcmp(bars[i].measure, measure) == 0)
            printf("   bar %.0f: %s", bars[i].rate, rate >= bars[i].rate ? "kept" : "MISSED");
    printf("\n");
}

/* Neighbours of m in an area. */
static int32_t count_near(const struct plan_zones *zones, int32_t m, int32_t area)
{
    int32_t n, found = 0;
    const int32_t *neighbours = plan_zones_neighbours(zones, m, &n);
    for (int32_t i = 0; i < n; i++)
        found += zones->area_of[neighbours[i]] == area;
    return found;
}

/* Picks, asks whether the area stays in one piece, and moves unless that makes the border longer: areas that
 * nothing holds together become as ragged as chance has it, and no search keeps such. */
static void time_bare(om_context *ctx, const char *name, const plan_ground *ground, const struct plan *plan,
                      uint64_t n)
{
    struct plan_zones *zones = NULL;
    struct kit_random random = {1};
    double best_s = INFINITY;
    uint64_t taken = 0;
    expect_ok(ctx, plan_zones_new(ctx, plan_ground_adjacency(ground), plan->area_of, plan->n_areas, &zones));
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        double start_s = cpu_s();
        taken = 0;
        for (uint64_t i = 0; i < n; i++) {
            uint64_t number = kit_next(&random);
            int32_t m = zones->border[((number & 0xffffffff) * (uint64_t)zones->n_border) >> 32];
            int32_t to = plan_zones_foreign_area(zones, m, (uint32_t)(number >> 32));
            if (zones->zones[zones->area_of[m]].n_members == 1 || !plan_zones_may_leave(zones, m) ||
                count_near(zones, m, to) < count_near(zones, m, zones->area_of[m]))
                continue;
            plan_zones_move(zones, m, to);
            taken++;
        }
        best_s = fmin(best_s, cpu_s() - start_s);
    }
    print_rate(name, "contiguity alone", n, best_s, taken);
    plan_zones_free(zones);
}

static void time_walk(om_context *ctx, const char *name, const plan_ground *ground, const struct plan *plan,
                      enum plan_step step, uint64_t n)
{
    struct plan_walk_options options = plan_walk_options_default();
    double best_s = INFINITY;
    struct plan_walk_counts before, after;
    plan_walk *walk = NULL;
    memset(options.share, 0, sizeof options.share);
    options.share[step] = 1;
    expect_ok(ctx, plan_walk_new(ctx, ground, plan->area_of, plan->n_areas, &options, &walk));
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        before = plan_walk_counts_of(walk);
        double start_s = cpu_s();
        plan_walk_go(walk, n);
        best_s = fmin(best_s, cpu_s() - start_s);
        after = plan_walk_counts_of(walk);
    }
    print_rate(name, step == PLAN_STEP_SHIFT ? "shifts" : "recombinations", n, best_s,
               after.taken[step] - before.taken[step]);
    plan_walk_free(walk);
}

/* The price of a municipality's move that is taken: there and back. */
static void time_moves(om_context *ctx, const char *name, const plan_ground *ground, const struct plan *plan,
                       uint64_t n)
{
    plan_draft *draft = NULL;
    struct kit_random random = {2};
    expect_ok(ctx, plan_draft_new(ctx, ground, plan->area_of, plan->n_areas, &draft));
    const struct plan_zones *zones = plan_draft_zones(draft);
    double start_s = cpu_s();
    for (uint64_t i = 0; i < n; i += 2) {
        uint64_t number = kit_next(&random);
        int32_t m = zones->border[((number & 0xffffffff) * (uint64_t)zones->n_border) >> 32];
        int32_t from = zones->area_of[m];
        plan_draft_move(draft, m, plan_zones_foreign_area(zones, m, (uint32_t)(number >> 32)));
        plan_draft_move(draft, m, from);
    }
    print_rate(name, "moves made", n, cpu_s() - start_s, n);
    plan_draft_free(draft);
}

static void time_case(om_context *ctx, const char *name, const struct plan_case *input, uint64_t n)
{
    plan_ground *ground = NULL;
    double start_s = cpu_s();
    uint64_t n_large = input->territory->n / input->plan->n_areas > 99 ? n / 1000 : n / 10;
    expect_ok(ctx, plan_ground_new(ctx, input, &ground));
    printf("%s: %zu municipalities in %zu areas (%.3f s to begin)\n", name, input->territory->n,
           input->plan->n_areas, cpu_s() - start_s);
    if (is_asked(only_measure, "contiguity alone"))
        time_bare(ctx, name, ground, input->plan, n);
    if (is_asked(only_measure, "shifts"))
        time_walk(ctx, name, ground, input->plan, PLAN_STEP_SHIFT, n);
    if (is_asked(only_measure, "moves made"))
        time_moves(ctx, name, ground, input->plan, n);
    if (is_asked(only_measure, "recombinations"))
        time_walk(ctx, name, ground, input->plan, PLAN_STEP_RECOMBINE, n_large);
    plan_ground_free(ground);
}

static void time_sweden(om_context *ctx, uint64_t n)
{
    static const char *const names[] = {"sweden-21", "sweden-60"};
    char *output = NULL, *folder = kit_folder();
    data_project *project = NULL;
    int failed = kit_run(&output, "cd %s && %s new sweden.gpkg && %s times -q sweden.gpkg --feed bundled",
                         folder, kit_tool(), kit_tool());
    if (failed)
        fprintf(stderr, "%s", output);
    else
        expect_ok(ctx, data_project_open(ctx, kit_path(folder, "sweden.gpkg"), DATA_READ, &project));
    for (int i = 0; i < 2 && !failed; i++) {
        struct data_case *the_case = NULL;
        if (!is_asked(only_case, names[i]))
            continue;
        expect_ok(ctx, data_case_load(ctx, project, i ? "fa2015" : "county", NULL, &the_case));
        time_case(ctx, names[i], &the_case->input, n);
        data_case_free(the_case);
    }
    data_project_close(project);
    free(output);
    kit_remove(folder);
}

/* ---- generated grids ---- */

struct grid {
    int columns, rows;
    struct plan_territory *territory;
    struct plan_market *market;
    struct plan_travel *travel;
};

static void grid_borders(om_context *ctx, struct grid *grid)
{
    size_t n = 0;
    struct plan_pair *pairs = om_alloc(2 * grid->territory->n, sizeof *pairs);
    for (int32_t m = 0; m < grid->columns * grid->rows; m++) {
        if (m % grid->columns + 1 < grid->columns)
            pairs[n++] = (struct plan_pair){m, m + 1, PLAN_LINK_BORDER, 10000};
        if (m + grid->columns < grid->columns * grid->rows)
            pairs[n++] = (struct plan_pair){m, m + grid->columns, PLAN_LINK_BORDER, 10000};
    }
    expect_ok(ctx, plan_territory_connect(ctx, grid->territory, pairs, n));
    om_free(pairs);
}

/* Blocks of the grid, so many columns and rows wide, shifted. */
static int32_t block_of(const struct grid *grid, int32_t m, int width, int height, int shift)
{
    int columns = (grid->columns + shift + width - 1) / width;
    return (m / grid->columns + shift) / height * columns + (m % grid->columns + shift) / width;
}

static void grid_regions(struct grid *grid)
{
    struct plan_territory *territory = grid->territory;
    struct plan_partition *fa = territory->partitions = om_alloc(1, sizeof *fa);
    territory->n_partitions = 1;
    fa->kind = om_strdup("fa2015");
    fa->member = om_alloc(territory->n, sizeof *fa->member);
    for (int32_t m = 0; m < (int32_t)territory->n; m++) {
        fa->member[m] = block_of(grid, m, GRID_BLOCK, GRID_BLOCK, 2);
        if (fa->member[m] >= (int32_t)fa->n_regions)
            fa->n_regions = (size_t)fa->member[m] + 1;
    }
    fa->regions = om_alloc(fa->n_regions, sizeof *fa->regions);
}

/* Two steps along the grid are within the limit. */
static void grid_trips(struct grid *grid)
{
    size_t n = 0;
    struct plan_travel *travel = grid->travel = om_alloc(1, sizeof *travel);
    travel->n = grid->territory->n;
    travel->first_trip = om_alloc(travel->n + 1, sizeof *travel->first_trip);
    travel->trips = om_alloc(25 * travel->n, sizeof *travel->trips);
    for (int32_t m = 0; m < (int32_t)travel->n; m++) {
        travel->first_trip[m] = n;
        int x = m % grid->columns, y = m / grid->columns;
        for (int v = y - 3; v <= y + 3; v++)
            for (int u = x - 3; u <= x + 3; u++) {
                int distance = abs(u - x) + abs(v - y);
                if (u >= 0 && u < grid->columns && v >= 0 && v < grid->rows && distance <= 3)
                    travel->trips[n++] = (struct plan_trip){v * grid->columns + u, 1800.0 * distance};
            }
    }
    travel->first_trip[travel->n] = n;
}

/* Every other municipality has offices of one to four of the suppliers of its part of the country. */
static void grid_market(om_context *ctx, struct grid *grid)
{
    struct kit_random random = {3};
    int32_t n = (int32_t)grid->territory->n;
    grid->market = kit_market(GRID_SUPPLIERS, 4 * (size_t)n, 0);
    for (int32_t m = 0; m < n; m++)
        for (uint32_t i = kit_below(&random, 2) * (1 + kit_below(&random, 4)); i > 0; i--)
            kit_office(grid->market, (int)((kit_below(&random, 6) + (uint32_t)m / 40) % GRID_SUPPLIERS), m);
    expect_ok(ctx, plan_market_sort(ctx, grid->market));
}

static void time_grid(om_context *ctx, const char *name, int columns, int rows, int width, int height,
                      uint64_t n)
{
    if (!is_asked(only_case, name))
        return;
    struct grid grid = {columns, rows, kit_territory((size_t)columns * (size_t)rows), NULL, NULL};
    struct plan_rules rules = plan_rules_default();
    grid_borders(ctx, &grid);
    grid_regions(&grid);
    grid_trips(&grid);
    grid_market(ctx, &grid);
    struct plan plan = {.n = grid.territory->n};
    plan.area_of = om_alloc(plan.n, sizeof *plan.area_of);
    for (int32_t m = 0; m < (int32_t)plan.n; m++) {
        grid.territory->municipalities[m].job_seekers = 100 + m % 7;
        grid.territory->municipalities[m].population = 1000 + m % 11;
        plan.area_of[m] = block_of(&grid, m, width, height, 0);
        if (plan.area_of[m] >= (int32_t)plan.n_areas)
            plan.n_areas = (size_t)plan.area_of[m] + 1;
    }
    plan.areas = om_alloc(plan.n_areas, sizeof *plan.areas);
    double mean = 103.0 * (double)plan.n / (double)plan.n_areas;
    rules.search.min_job_seekers = mean / 2;
    rules.search.max_job_seekers = mean * 2;
    const struct plan_case input = {grid.territory, &plan, grid.market, grid.travel, &rules};
    time_case(ctx, name, &input, n);
    om_free(plan.areas);
    om_free(plan.area_of);
    plan_travel_free(grid.travel);
    plan_market_free(grid.market);
    plan_territory_free(grid.territory);
}

int main(int argc, char **argv)
{
    uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 200000;
    om_context ctx = {0};
    only_case = argc > 2 ? argv[2] : "";
    only_measure = argc > 3 ? argv[3] : "";
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("search: steps a second on one core, every rule judged at every step; grids are synthetic\n");
    if (strncmp(only_case, "grid", 4) != 0)
        time_sweden(&ctx, n);
    time_grid(&ctx, "grid-300-12", 20, 15, 5, 5, n);
    time_grid(&ctx, "grid-6000-240", 80, 75, 5, 5, n);
    time_grid(&ctx, "grid-100000-4000", 400, 250, 5, 5, n);
    time_grid(&ctx, "grid-100000-21", 400, 250, 58, 84, n);
    om_context_done(&ctx);
    return EXIT_SUCCESS;
}
