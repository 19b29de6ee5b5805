#include "report_pdf_flow.h"

struct page {
    const struct pdf_strip *strips;
    const double *height_pt; /* by turn */
    size_t n;                /* pages begun */
    enum pdf_turn turn;      /* of the last one */
    double used_pt;
    bool is_empty;
};

static void begin_page(struct page *page, enum pdf_turn turn)
{
    page->n++;
    page->turn = turn;
    page->used_pt = 0;
    page->is_empty = true;
}

static double repeated_pt(const struct page *page, const struct pdf_strip *strip)
{
    return strip->repeated == PDF_NO_STRIP ? 0 : page->strips[strip->repeated].height_pt;
}

/* How high the strips first … end-1 are together, at the top of a page or below what is there. */
static double height_together(const struct page *page, size_t first, size_t end, bool at_top)
{
    double height_pt = at_top ? repeated_pt(page, &page->strips[first]) : 0;
    for (size_t i = first; i < end; i++)
        height_pt += page->strips[i].height_pt + (i == first && at_top ? 0 : page->strips[i].space_before_pt);
    return height_pt;
}

static bool fits(const struct page *page, size_t first, size_t end)
{
    double height_pt = page->used_pt + height_together(page, first, end, page->is_empty);
    return height_pt <= page->height_pt[page->turn];
}

static void put(struct page *page, size_t i, struct pdf_place *place)
{
    const struct pdf_strip *strip = &page->strips[i];
    page->used_pt += page->is_empty ? repeated_pt(page, strip) : strip->space_before_pt;
    *place = (struct pdf_place){page->n - 1, page->used_pt, page->is_empty};
    page->used_pt += strip->height_pt;
    page->is_empty = false;
}

/* One past the last strip that keeps with the first. */
static size_t kept_together(const struct pdf_strip *strips, size_t n, size_t first)
{
    size_t end = first + 1;
    while (end < n && strips[end - 1].keeps_with_next && strips[end].turn == strips[first].turn &&
           !strips[end].starts_page)
        end++;
    return end;
}

size_t pdf_flow(const struct pdf_strip *strips, size_t n, const double height_pt[PDF_TURNS],
                struct pdf_place *places)
{
    struct page page = {.strips = strips, .height_pt = height_pt};
    for (size_t i = 0; i < n;) {
        size_t end = kept_together(strips, n, i);
        if (page.n == 0 || strips[i].starts_page || strips[i].turn != page.turn)
            begin_page(&page, strips[i].turn);
        bool fits_a_page = height_together(&page, i, end, true) <= height_pt[strips[i].turn];
        if (!fits_a_page)
            end = i + 1;
        if (!page.is_empty && !fits(&page, i, end))
            begin_page(&page, strips[i].turn);
        for (; i < end; i++)
            put(&page, i, &places[i]);
    }
    return page.n;
}
