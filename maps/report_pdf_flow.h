/*
 * How a report flows over pages: strips of content, none of which is ever cut, stacked from top to bottom.
 * Pure arithmetic; lengths are in points of 1/72 inch, measured downwards.
 */
#ifndef MAPS_REPORT_PDF_FLOW_H
#define MAPS_REPORT_PDF_FLOW_H

#include "geo/status.h"

#include <stdint.h>

enum pdf_turn { PDF_PORTRAIT, PDF_LANDSCAPE, PDF_TURNS };

#define PDF_NO_STRIP SIZE_MAX

/* A line of a paragraph, a row of a table, a picture. */
struct pdf_strip {
    double height_pt;
    double space_before_pt; /* nothing at the top of a page */
    enum pdf_turn turn;     /* of the page it stands on */
    bool starts_page;
    bool keeps_with_next;
    size_t repeated; /* the strip shown again above it when it comes first on a page: a table's header;
                        PDF_NO_STRIP for none */
};

/* Where a strip came to stand. */
struct pdf_place {
    size_t page;
    double top_pt; /* from the top of the page's content */
    bool is_first; /* on its page, below the strip that is repeated */
};

/*
 * Places n strips on pages whose content is so high by turn. Strips that keep together move to the next page
 * together unless a whole page is too low for them; a strip that is higher than a page stands on one alone.
 * places has room for n. Gives the number of pages, 0 for no strips.
 */
size_t pdf_flow(const struct pdf_strip *strips, size_t n, const double height_pt[PDF_TURNS],
                struct pdf_place *places);

#endif
