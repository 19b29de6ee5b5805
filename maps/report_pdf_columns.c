#include "report_pdf_columns.h"

#include <math.h>

/* Longer texts are wrapped rather than that a column is left out for them. */
static const double comfortable_pt = 105;

/* A table that fills this share of the width or more is spread over the whole of it. */
static const double nearly_full = 0.7;

struct sums {
    double least_pt, comfortable_pt, natural_pt;
    size_t n;
};

static double comfortable(const struct pdf_column_need *need)
{
    return fmax(need->least_pt, fmin(need->natural_pt, comfortable_pt));
}

static struct sums sum(const struct pdf_column_need *needs, const struct pdf_column_room *rooms, size_t n)
{
    struct sums sums = {0};
    for (size_t i = 0; i < n; i++) {
        if (!rooms[i].is_shown)
            continue;
        sums.least_pt += needs[i].least_pt;
        sums.comfortable_pt += comfortable(&needs[i]);
        sums.natural_pt += needs[i].natural_pt;
        sums.n++;
    }
    return sums;
}

/* The last of those that matter least; n when none may be left out. */
static size_t least_important(const struct pdf_column_need *needs, const struct pdf_column_room *rooms,
                              size_t n)
{
    size_t found = n;
    for (size_t i = 0; i < n; i++)
        if (rooms[i].is_shown && needs[i].priority > 1 &&
            (found == n || needs[i].priority >= needs[found].priority))
            found = i;
    return found;
}

static enum pdf_turn choose(const struct pdf_column_need *needs, size_t n, const double width_pt[PDF_TURNS],
                            struct pdf_column_room *rooms)
{
    for (size_t i = 0; i < n; i++)
        rooms[i] = (struct pdf_column_room){.is_shown = true};
    if (sum(needs, rooms, n).comfortable_pt <= width_pt[PDF_PORTRAIT])
        return PDF_PORTRAIT;
    while (sum(needs, rooms, n).comfortable_pt > width_pt[PDF_LANDSCAPE]) {
        size_t i = least_important(needs, rooms, n);
        if (i == n)
            break;
        rooms[i].is_shown = false;
    }
    return PDF_LANDSCAPE;
}

/* From `low` to `high`, by the share that makes them fill the width. */
static double between(double low, double high, double low_sum, double high_sum, double width_pt)
{
    double share = high_sum > low_sum ? (width_pt - low_sum) / (high_sum - low_sum) : 0;
    return low + (high - low) * fmin(fmax(share, 0), 1);
}

enum pdf_turn pdf_fit_columns(const struct pdf_column_need *needs, size_t n, const double width_pt[PDF_TURNS],
                              struct pdf_column_room *rooms)
{
    enum pdf_turn turn = choose(needs, n, width_pt, rooms);
    struct sums sums = sum(needs, rooms, n);
    double width = width_pt[turn];
    double spare = sums.natural_pt >= nearly_full * width ? fmax(width - sums.natural_pt, 0) : 0;
    for (size_t i = 0; i < n; i++) {
        const struct pdf_column_need *need = &needs[i];
        if (!rooms[i].is_shown)
            continue;
        if (sums.least_pt > width)
            rooms[i].width_pt = need->least_pt * width / sums.least_pt;
        else if (sums.comfortable_pt > width)
            rooms[i].width_pt =
                between(need->least_pt, comfortable(need), sums.least_pt, sums.comfortable_pt, width);
        else
            rooms[i].width_pt =
                between(comfortable(need), need->natural_pt, sums.comfortable_pt, sums.natural_pt, width) +
                spare / (double)sums.n;
    }
    return turn;
}
