#include "drawn_map.h"
#include "report_pdf_parts.h"

#include <math.h>
#include <string.h>

/* Room for the caption below it. */
enum { CAPTION_PT = 40 };

static struct map_drawing request_of(const struct report *report, const struct document_block *block)
{
    return (struct map_drawing){.theme = block->theme, .extent = report->request->region};
}

static void draw_map(struct pdf_pen *pen, const struct pdf_part *part, double top_pt, double height_pt)
{
    struct map_drawing request = request_of(pen->story->report, part->block);
    struct canvas_rect rect = {0, top_pt, pdf_width_pt[pen->turn], height_pt};
    struct canvas *canvas = NULL;
    if (pen->status != OM_OK)
        return;
    pen->status = canvas_cairo_new(pen->ctx, pen->cairo, &canvas);
    if (pen->status == OM_OK)
        pen->status = drawn_map_on(pen->ctx, pen->story->report->view, &request, canvas, rect);
    if (pen->status == OM_OK)
        pen->status = canvas_finish(pen->ctx, canvas);
    canvas_free(canvas);
}

void pdf_add_map(struct pdf_story *story, const struct document_block *block)
{
    double height = 0;
    /* The map has its title itself. */
    bool has_caption = block->text && *block->text && strcmp(block->text, map_theme_title(block->theme)) != 0;
    if (!story->report->view || story->status != OM_OK)
        return;
    struct map_drawing request = request_of(story->report, block);
    story->status =
        drawn_map_height(story->ctx, story->report->view, &request, pdf_width_pt[PDF_PORTRAIT], &height);
    struct pdf_part part = {
        .draw = draw_map, .block = block, .tag = "Figure", .element = story->n_elements++};
    struct pdf_strip strip = {.height_pt = fmin(height, pdf_height_pt[PDF_PORTRAIT] - CAPTION_PT),
                              .space_before_pt = 10,
                              .keeps_with_next = has_caption,
                              .repeated = PDF_NO_STRIP};
    if (story->status == OM_OK)
        pdf_story_add(story, &strip, &part);
    if (has_caption)
        pdf_add_lines(story, block, PDF_REMARK, block->text, 6, PDF_PORTRAIT, false);
}
