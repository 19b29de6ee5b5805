#include "planner/alignment.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>

/* Municipalities of one area and one region, with their weight. */
struct cell {
    int32_t area, region;
    double weight;
};

static int compare_cells(const void *left, const void *right)
{
    const struct cell *x = left, *y = right;
    if (x->area != y->area)
        return x->area < y->area ? -1 : 1;
    if (x->region != y->region)
        return x->region < y->region ? -1 : 1;
    return (x->weight > y->weight) - (x->weight < y->weight); /* so that sums have one order */
}

/* The contingency table of the two labelings, without empty cells. */
struct table {
    size_t n_cells, n_areas, n_regions;
    struct cell *cells;
    double *area, *region; /* margins */
    double total;
};

static void table_done(struct table *table)
{
    om_free(table->cells);
    om_free(table->area);
    om_free(table->region);
}

static om_status check_labels(om_context *ctx, size_t n, const int32_t *label, size_t n_labels,
                              const double *weight)
{
    for (size_t i = 0; i < n; i++) {
        if (label[i] >= 0 && (size_t)label[i] >= n_labels)
            return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("label %d of item %zu: there are %zu labels"),
                           label[i], i, n_labels);
        if (weight && weight[i] < 0)
            return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("item %zu has a negative weight"), i);
    }
    return OM_OK;
}

/* Neighbouring cells of the same area and region become one. */
static size_t merge_cells(struct cell *cells, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept && cells[kept - 1].area == cells[i].area && cells[kept - 1].region == cells[i].region)
            cells[kept - 1].weight += cells[i].weight;
        else
            cells[kept++] = cells[i];
    }
    return kept;
}

static void add_margins(struct table *table)
{
    for (size_t c = 0; c < table->n_cells; c++) {
        table->area[table->cells[c].area] += table->cells[c].weight;
        table->region[table->cells[c].region] += table->cells[c].weight;
        table->total += table->cells[c].weight;
    }
}

/* -sum p log2 p over the margin of a labeling. */
static double entropy_bits(const double *margin, size_t n, double total)
{
    double bits = 0;
    for (size_t i = 0; i < n; i++)
        if (margin[i] > 0)
            bits -= margin[i] / total * log2(margin[i] / total);
    return bits;
}

/* Uncertainty about the cell that is left when its label in the given margin is known. */
static double conditional_entropy_bits(const struct table *table, const double *margin, bool by_area)
{
    double bits = 0;
    for (size_t c = 0; c < table->n_cells; c++) {
        const struct cell *cell = &table->cells[c];
        bits -=
            cell->weight / table->total * log2(cell->weight / margin[by_area ? cell->area : cell->region]);
    }
    return bits;
}

static double explained(double conditional_bits, double bits)
{
    return bits > 0 ? fmax(0, 1 - conditional_bits / bits) : 1;
}

static double pairs_of(double weight)
{
    return weight * (weight - 1) / 2;
}

static double margin_pairs(const double *margin, size_t n)
{
    double pairs = 0;
    for (size_t i = 0; i < n; i++)
        if (margin[i] > 0)
            pairs += pairs_of(margin[i]);
    return pairs;
}

/* Hubert & Arabie 1985, equation 5. Two labelings that leave nothing to chance (both one group, or both all
 * single) agree. */
static double adjusted_rand(const struct table *table)
{
    double together = 0, all = pairs_of(table->total);
    for (size_t c = 0; c < table->n_cells; c++)
        together += pairs_of(table->cells[c].weight);
    double by_area = margin_pairs(table->area, table->n_areas);
    double by_region = margin_pairs(table->region, table->n_regions);
    if (table->n_cells <= 1 || all == 0)
        return 1;
    double expected = by_area * (by_region / all);
    double most = (by_area + by_region) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
}

static struct plan_agreement measure(const struct table *table)
{
    if (!(table->total > 0))
        return (struct plan_agreement){NAN, NAN, NAN, NAN, NAN};
    double region_given_area = conditional_entropy_bits(table, table->area, true);
    double area_given_region = conditional_entropy_bits(table, table->region, false);
    struct plan_agreement out = {
        .homogeneity =
            explained(region_given_area, entropy_bits(table->region, table->n_regions, table->total)),
        .completeness = explained(area_given_region, entropy_bits(table->area, table->n_areas, table->total)),
        .adjusted_rand = adjusted_rand(table),
        .variation_of_information_bits = region_given_area + area_given_region,
    };
    double sum = out.homogeneity + out.completeness;
    out.v_measure = sum > 0 ? 2 * out.homogeneity * out.completeness / sum : 0;
    return out;
}

om_status plan_agreement_compute(om_context *ctx, size_t n, const int32_t *plan_label, size_t n_plan_labels,
                                 const int32_t *reference_label, size_t n_reference_labels,
                                 const double *weight, struct plan_agreement *out)
{
    om_status status = check_labels(ctx, n, plan_label, n_plan_labels, weight);
    if (!status)
        status = check_labels(ctx, n, reference_label, n_reference_labels, weight);
    if (status)
        return status;
    struct table table = {
        .n_areas = n_plan_labels,
        .n_regions = n_reference_labels,
        .cells = om_alloc(n, sizeof *table.cells),
        .area = om_alloc(n_plan_labels, sizeof *table.area),
        .region = om_alloc(n_reference_labels, sizeof *table.region),
    };
    if (!table.cells || !table.area || !table.region) {
        status = om_no_memory(ctx);
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        double w = weight ? weight[i] : 1;
        if (plan_label[i] >= 0 && reference_label[i] >= 0 && w > 0)
            table.cells[table.n_cells++] = (struct cell){plan_label[i], reference_label[i], w};
    }
    qsort(table.cells, table.n_cells, sizeof *table.cells, compare_cells);
    table.n_cells = merge_cells(table.cells, table.n_cells);
    add_margins(&table);
    *out = measure(&table);
done:
    table_done(&table);
    return status;
}
