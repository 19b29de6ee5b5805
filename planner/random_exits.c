#include "robustness_internal.h"

#include "random_internal.h"

#include "geo/memory.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

static double log_choose(double n, double k)
{
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

/* The probability that at least `least` of `marked` are among `drawn` of n without replacement. */
static double at_least(size_t n, size_t drawn, int32_t marked, int32_t least)
{
    double sum = 0;
    for (int32_t hit = least > 0 ? least : 0; hit <= marked; hit++) {
        double missed = (double)drawn - hit, others = (double)n - marked;
        if (missed < 0 || missed > others)
            continue;
        sum +=
            exp(log_choose(marked, hit) + log_choose(others, missed) - log_choose((double)n, (double)drawn));
    }
    return fmin(sum, 1);
}

static void expect(const struct plan_exit_model *model, struct plan_robustness *robustness)
{
    for (size_t m = 0; m < model->n; m++) {
        int32_t reached = model->n_reached[m];
        size_t n_ended = robustness->draws.n_ended;
        double no_choice = reached < model->min_suppliers ? 0
                                                          : at_least(model->n_contracts, n_ended, reached,
                                                                     reached - model->min_suppliers + 1);
        robustness->municipalities[m].probability_no_choice = no_choice;
        robustness->choice.expected += model->job_seekers[m] * no_choice;
        if (reached > 0)
            robustness->all.expected +=
                model->job_seekers[m] * at_least(model->n_contracts, n_ended, reached, reached);
    }
}

/* What one thread needs for its draws. */
struct scratch {
    uint32_t *order; /* of contracts, shuffled in front */
    int32_t *left;   /* per municipality: contracts that still serve it */
};

struct loss {
    double choice, all;
};

/* The first n_ended of a shuffle (Fisher and Yates, in Durstenfeld's form). */
static void shuffle_front(const struct plan_draws *draws, size_t n, size_t draw, uint32_t *order)
{
    struct plan_random random = plan_random_stream(draws->seed, draw);
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    for (size_t i = 0; i < draws->n_ended; i++) {
        size_t other = i + plan_random_below(&random, (uint32_t)(n - i));
        uint32_t swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
    }
}

static struct loss draw_once(const struct plan_exit_model *model, const struct plan_draws *draws, size_t draw,
                             const struct scratch *scratch)
{
    struct loss loss = {0};
    shuffle_front(draws, model->n_contracts, draw, scratch->order);
    for (size_t m = 0; m < model->n; m++)
        scratch->left[m] = model->n_reached[m];
    for (size_t i = 0; i < draws->n_ended; i++)
        for (size_t s = model->first[scratch->order[i]]; s < model->first[scratch->order[i] + 1]; s++)
            scratch->left[model->served[s]]--;
    for (size_t m = 0; m < model->n; m++) {
        if (model->n_reached[m] >= model->min_suppliers && scratch->left[m] < model->min_suppliers)
            loss.choice += model->job_seekers[m];
        if (model->n_reached[m] > 0 && scratch->left[m] == 0)
            loss.all += model->job_seekers[m];
    }
    return loss;
}

static int compare_numbers(const void *left, const void *right)
{
    double x = *(const double *)left, y = *(const double *)right;
    return (x > y) - (x < y);
}

/* Mean and percentiles by nearest rank; sorts the numbers. */
static void summarise(double *numbers, size_t n, struct plan_random_loss *loss)
{
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += numbers[i];
    qsort(numbers, n, sizeof *numbers, compare_numbers);
    loss->mean = total / (double)n;
    loss->low = numbers[(size_t)ceil(0.05 * (double)n) - 1];
    loss->high = numbers[(size_t)ceil(0.95 * (double)n) - 1];
}

/* Each draw is a function of seed and number, so that it does not matter which thread makes it. */
static void draw_all(const struct plan_exit_model *model, const struct plan_draws *draws, uint32_t *orders,
                     int32_t *lefts, double *choice, double *all)
{
#pragma omp parallel
    {
        size_t thread = (size_t)omp_get_thread_num();
        const struct scratch scratch = {orders + thread * model->n_contracts, lefts + thread * model->n};
#pragma omp for schedule(static)
        for (size_t draw = 0; draw < draws->n_draws; draw++) {
            struct loss loss = draw_once(model, draws, draw, &scratch);
            choice[draw] = loss.choice;
            all[draw] = loss.all;
        }
    }
}

om_status plan_draw_exits(om_context *ctx, const struct plan_exit_model *model,
                          struct plan_robustness *robustness)
{
    const struct plan_draws *draws = &robustness->draws;
    size_t n_threads = (size_t)omp_get_max_threads();
    double *choice = om_alloc(draws->n_draws, sizeof *choice), *all = om_alloc(draws->n_draws, sizeof *all);
    uint32_t *orders = om_alloc(n_threads * model->n_contracts, sizeof *orders);
    int32_t *lefts = om_alloc(n_threads * model->n, sizeof *lefts);
    om_status status = choice && all && orders && lefts ? OM_OK : om_no_memory(ctx);
    if (!status) {
        expect(model, robustness);
        draw_all(model, draws, orders, lefts, choice, all);
        summarise(choice, draws->n_draws, &robustness->choice);
        summarise(all, draws->n_draws, &robustness->all);
    }
    om_free(lefts);
    om_free(orders);
    om_free(all);
    om_free(choice);
    return status;
}
