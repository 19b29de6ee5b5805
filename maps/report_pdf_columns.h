/*
 * Which columns of a table a page has room for, and how wide each is. Pure arithmetic, in points.
 */
#ifndef MAPS_REPORT_PDF_COLUMNS_H
#define MAPS_REPORT_PDF_COLUMNS_H

#include "report_pdf_flow.h"

/* What a column asks for. */
struct pdf_column_need {
    double least_pt;   /* its longest word */
    double natural_pt; /* its longest text on one line */
    int priority;      /* 1: always shown; the higher, the sooner it is left out */
};

/* What it gets. */
struct pdf_column_room {
    bool is_shown;
    double width_pt; /* 0 when it is not shown */
};

/*
 * Fits n columns into pages whose content is so wide by turn: upright where all of them fit, else lengthwise,
 * leaving out the last of the columns that matter least until the rest fits. Columns of priority 1 are never
 * left out; where even they do not fit, all of them are narrower than they ask for. Returns the turn.
 */
enum pdf_turn pdf_fit_columns(const struct pdf_column_need *needs, size_t n, const double width_pt[PDF_TURNS],
                              struct pdf_column_room *rooms);

#endif
