#include "words.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const status_words[PLAN_STATUSES] = {
    [PLAN_STATUS_NONE] = OM_NOTE("none"),
    [PLAN_STATUS_LIMITED] = OM_NOTE("limited"),
    [PLAN_STATUS_CHOICE] = OM_NOTE("choice"),
};

static const char *const cause_words[PLAN_CAUSES] = {
    [PLAN_CAUSE_NOTHING] = "",
    [PLAN_CAUSE_NO_AREA] = OM_NOTE("in no area yet"),
    [PLAN_CAUSE_NO_SUPPLIER] = OM_NOTE("no supplier"),
    [PLAN_CAUSE_BORDER] = OM_NOTE("the area's border"),
    [PLAN_CAUSE_DISTANCE] = OM_NOTE("distance"),
    [PLAN_CAUSE_MARKET] = OM_NOTE("too few suppliers"),
};

static const char *const need_words[PLAN_NEEDS] = {
    [PLAN_NEED_NOTHING] = "",
    [PLAN_NEED_LOCAL] = OM_NOTE("local"),
    [PLAN_NEED_AREA_WIDE] = OM_NOTE("area-wide"),
};

static const char *const volume_words[PLAN_VOLUMES] = {
    [PLAN_VOLUME_ENOUGH] = OM_NOTE("enough"),
    [PLAN_VOLUME_THIN] = OM_NOTE("thin"),
    [PLAN_VOLUME_DILUTED] = OM_NOTE("diluted"),
    [PLAN_VOLUME_UNKNOWN] = OM_NOTE("unknown"),
};

static const char *const density_words[PLAN_DENSITIES] = {
    [PLAN_DENSITY_SPARSE] = OM_NOTE("sparse municipalities"),
    [PLAN_DENSITY_MEDIUM] = OM_NOTE("others under the mean density"),
    [PLAN_DENSITY_DENSE] = OM_NOTE("municipalities over the mean density"),
};

static const char *const split_words[] = {
    [PLAN_SPLIT_METROPOLITAN] = OM_NOTE("metropolitan region"),
    [PLAN_SPLIT_COMMUTING] = OM_NOTE("commuting time"),
    [PLAN_SPLIT_UNEXPLAINED] = OM_NOTE("unexplained"),
};

/* Of areas, in the plural. */
static const char *const family_words[PLAN_FAMILY_KINDS] = {
    [PLAN_FAMILY_UNCHANGED] = OM_NOTE("unchanged"),
    [PLAN_FAMILY_RENAMED] = OM_NOTE("renamed"),
    [PLAN_FAMILY_TRANSFERRED] = OM_NOTE("with municipalities transferred"),
    [PLAN_FAMILY_SPLIT] = OM_NOTE("split"),
    [PLAN_FAMILY_MERGED] = OM_NOTE("merged"),
    [PLAN_FAMILY_REDRAWN] = OM_NOTE("redrawn in several ways"),
};

/* Of municipalities. */
static const char *const move_words[PLAN_MOVES] = {
    [PLAN_MOVE_STAYED] = "",
    [PLAN_MOVE_TRANSFERRED] = OM_NOTE("transferred to"),
    [PLAN_MOVE_SPLIT_OFF] = OM_NOTE("split off as"),
    [PLAN_MOVE_MERGED] = OM_NOTE("merged into"),
};

static const char *const statistic_words[PLAN_STATISTICS] = {
    [PLAN_STATISTIC_MEDIAN_JOURNEY] = OM_NOTE("median journey"),
    [PLAN_STATISTIC_FASTEST] = OM_NOTE("fastest journey"),
    [PLAN_STATISTIC_DOOR_P25] = OM_NOTE("with the wait, 25th percentile"),
    [PLAN_STATISTIC_DOOR_P50] = OM_NOTE("with the wait, median"),
    [PLAN_STATISTIC_DOOR_P75] = OM_NOTE("with the wait, 75th percentile"),
};

static const char *const basis_words[PLAN_BASES] = {
    [PLAN_BASIS_OFFICES] = OM_NOTE("suppliers serve where they have an office"),
    [PLAN_BASIS_CONTRACTS] = OM_NOTE("suppliers serve where they have an office and a contract"),
};

static const char *translated(const char *word)
{
    return *word ? om_tr(word) : word;
}

const char *map_status_word(enum plan_status status)
{
    return translated(status_words[status]);
}

const char *map_cause_word(enum plan_cause cause)
{
    return translated(cause_words[cause]);
}

const char *map_need_word(enum plan_need need)
{
    return translated(need_words[need]);
}

const char *map_volume_word(enum plan_volume volume)
{
    return translated(volume_words[volume]);
}

const char *map_equity_group_name(const struct map_result *result, const struct plan_equity_group *group)
{
    const char *grouping = plan_equity_grouping_names[group->grouping];
    const struct plan_partition *partition = plan_territory_partition(result->the_case->territory, grouping);
    if (group->grouping == PLAN_EQUITY_DENSITY)
        return translated(density_words[group->index]);
    return partition ? partition->regions[group->index].name : om_tr("the country");
}

const char *map_split_word(enum plan_split_reason reason)
{
    return translated(split_words[reason]);
}

const char *map_family_word(enum plan_family_kind kind)
{
    return translated(family_words[kind]);
}

const char *map_move_word(enum plan_move move)
{
    return translated(move_words[move]);
}

const char *map_statistic_word(enum plan_statistic statistic)
{
    return translated(statistic_words[statistic]);
}

const char *map_basis_word(enum plan_basis basis)
{
    return translated(basis_words[basis]);
}

struct map_figure map_count(double count)
{
    struct map_figure figure = {"?"};
    if (!isfinite(count) || fabs(count) > 1e15)
        return figure;
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%.0f", fabs(count));
    size_t used = 0;
    if (count <= -0.5)
        figure.text[used++] = '-';
    for (int i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            figure.text[used++] = ' ';
        figure.text[used++] = digits[i];
    }
    figure.text[used] = '\0';
    return figure;
}

/* Numbers are formatted the C way, so that data never depends on the language; only people see this. */
static void use_decimal_mark(struct map_figure *figure)
{
    const char *told = strchr(om_tr("decimal mark:."), ':');
    char *point = strchr(figure->text, '.');
    if (point && told && told[1])
        *point = told[1];
}

struct map_figure map_decimal(double value, int decimals)
{
    struct map_figure figure = {"?"};
    if (isfinite(value) && fabs(value) < 1e15)
        snprintf(figure.text, sizeof figure.text, "%.*f", decimals, value);
    use_decimal_mark(&figure);
    return figure;
}

struct map_figure map_short(double value)
{
    struct map_figure figure;
    snprintf(figure.text, sizeof figure.text, "%g", value);
    use_decimal_mark(&figure);
    return figure;
}

struct map_figure map_share(double part, double whole)
{
    struct map_figure figure = {"?"};
    if (isfinite(part) && whole > 0)
        snprintf(figure.text, sizeof figure.text, "%.1f %%", 100 * part / whole);
    use_decimal_mark(&figure);
    return figure;
}

struct map_figure map_minutes(double duration_s)
{
    struct map_figure figure;
    if (isnan(duration_s))
        snprintf(figure.text, sizeof figure.text, "%s", om_tr("unreachable"));
    else
        snprintf(figure.text, sizeof figure.text, "%.0f", ceil(duration_s / 60));
    return figure;
}

double map_minutes_tenths(double duration_s)
{
    return ceil(duration_s / 6) / 10;
}

const char *map_municipality_name(const struct map_result *result, int32_t municipality)
{
    return municipality < 0 ? "" : result->the_case->territory->municipalities[municipality].name;
}

const char *map_site_name(const struct map_result *result, int32_t site)
{
    int32_t n = (int32_t)result->the_case->territory->n;
    return site < n ? map_municipality_name(result, site) : result->sites->request->places[site - n].name;
}

const char *map_supplier_name(const struct map_result *result, int32_t supplier)
{
    if (supplier < 0)
        return "";
    const struct plan_supplier *known = &result->the_case->market->suppliers[supplier];
    return known->name ? known->name : known->id;
}

const char *map_area_name(const struct map_result *result, size_t municipality)
{
    const struct plan *plan = result->the_case->plan;
    return plan->areas[plan->area_of[municipality]].name;
}

size_t map_count_areas(const struct map_result *result)
{
    const struct plan *plan = result->the_case->plan;
    return plan->n_areas - (plan_hole(plan) != PLAN_NOWHERE);
}

char *map_closing_areas(const struct map_result *result, size_t municipality)
{
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[municipality];
    const int32_t *areas = result->evaluation->closing_areas;
    const struct plan_area *known = result->the_case->plan->areas;
    uint32_t first = judged->first_closing, end_of_areas = first + judged->n_closing;
    size_t size = 1;
    for (uint32_t i = first; i < end_of_areas; i++)
        size += strlen(known[areas[i]].name) + 2;
    char *text = om_alloc(size, 1);
    if (!text)
        return NULL;
    char *end = text;
    for (uint32_t i = first; i < end_of_areas; i++)
        end +=
            snprintf(end, size - (size_t)(end - text), "%s%s", i > first ? ", " : "", known[areas[i]].name);
    return text;
}

char *map_list(char *list, const char *more)
{
    char *longer = list && more ? om_format("%s%s%s", list, *list ? ", " : "", more) : NULL;
    om_free(list);
    return longer;
}

void map_add_known(double *sum, double value)
{
    if (!isnan(value))
        *sum = isnan(*sum) ? value : *sum + value;
}

static void add_need(struct map_need_sum *sum, double job_seekers)
{
    sum->n++;
    map_add_known(&sum->job_seekers, job_seekers);
}

void map_sum_needs(const struct map_result *result, struct map_need_sum sums[PLAN_NEEDS])
{
    for (int need = 0; need < PLAN_NEEDS; need++)
        sums[need] = (struct map_need_sum){0, NAN};
    for (size_t m = 0; m < result->evaluation->n; m++) {
        enum plan_need need = result->evaluation->municipalities[m].need;
        if (need == PLAN_NEED_NOTHING)
            continue;
        add_need(&sums[need], result->the_case->territory->municipalities[m].job_seekers);
        add_need(&sums[PLAN_NEED_NOTHING], result->the_case->territory->municipalities[m].job_seekers);
    }
    for (int need = 0; need < PLAN_NEEDS; need++)
        if (sums[need].n == 0)
            sums[need].job_seekers = 0;
}

/* Sorting carries its keys along, so that it needs no state beside the items. */
struct ranked {
    int rank, group;
    double job_seekers;
    uint32_t municipality;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->job_seekers != b->job_seekers)
        return a->job_seekers > b->job_seekers ? -1 : 1;
    return a->municipality < b->municipality ? -1 : a->municipality > b->municipality;
}

/* Whether the municipality belongs to the order, and its keys. */
static bool rank_municipality(const struct map_result *result, enum map_order kind, size_t m,
                              struct ranked *out)
{
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[m];
    double job_seekers = result->the_case->territory->municipalities[m].job_seekers;
    *out = (struct ranked){.municipality = (uint32_t)m, .job_seekers = isnan(job_seekers) ? 0 : job_seekers};
    if (kind == MAP_ORDER_NOT_CHOICE) {
        out->rank = (int)judged->status;
        return judged->status != PLAN_STATUS_CHOICE;
    }
    out->rank = judged->need == PLAN_NEED_AREA_WIDE ? 0 : 1;
    out->group = result->the_case->plan->area_of[m];
    return judged->need != PLAN_NEED_NOTHING;
}

om_status map_order_municipalities(om_context *ctx, const struct map_result *result, enum map_order kind,
                                   uint32_t **order, size_t *n)
{
    size_t n_known = result->evaluation->n, n_found = 0;
    struct ranked *found = om_alloc(n_known, sizeof *found);
    uint32_t *sorted = om_alloc(n_known, sizeof *sorted);
    if (!found || !sorted) {
        om_free(found);
        om_free(sorted);
        return om_no_memory(ctx);
    }
    for (size_t m = 0; m < n_known; m++)
        n_found += rank_municipality(result, kind, m, &found[n_found]);
    qsort(found, n_found, sizeof *found, compare_ranked);
    for (size_t i = 0; i < n_found; i++)
        sorted[i] = found[i].municipality;
    om_free(found);
    *order = sorted;
    *n = n_found;
    return OM_OK;
}
