#include "report_pdf_parts.h"

#include "geo/memory.h"

/* A4, with margins of 17 mm at the sides, 17 above and 23 below. */
const double pdf_width_pt[PDF_TURNS] = {[PDF_PORTRAIT] = 595.28 - 96, [PDF_LANDSCAPE] = 841.89 - 96};
const double pdf_height_pt[PDF_TURNS] = {[PDF_PORTRAIT] = 841.89 - 112, [PDF_LANDSCAPE] = 595.28 - 112};

static void part_done(struct pdf_part *part)
{
    for (size_t i = 0; i < part->n_layouts; i++)
        g_clear_object(&part->layouts[i]);
    om_free(part->layouts);
}

void pdf_story_done(struct pdf_story *story)
{
    for (size_t i = 0; i < story->n; i++)
        part_done(&story->parts[i]);
    for (size_t i = 0; i < story->n_columns; i++) {
        om_free(story->columns[i]->rooms);
        om_free(story->columns[i]);
    }
    om_free(story->strips);
    om_free(story->parts);
    om_free(story->columns);
}

void pdf_story_no_memory(struct pdf_story *story)
{
    if (story->status == OM_OK)
        story->status = om_no_memory(story->ctx);
}

void pdf_story_add(struct pdf_story *story, const struct pdf_strip *strip, const struct pdf_part *part)
{
    struct pdf_part added = *part;
    struct pdf_strip *strips = om_grow(story->strips, &story->strips_capacity, story->n + 1, sizeof *strips);
    if (strips)
        story->strips = strips;
    struct pdf_part *parts = om_grow(story->parts, &story->parts_capacity, story->n + 1, sizeof *parts);
    if (parts)
        story->parts = parts;
    if (!strips || !parts || story->status != OM_OK) {
        part_done(&added);
        pdf_story_no_memory(story);
        return;
    }
    story->strips[story->n] = *strip;
    story->parts[story->n++] = added;
}

PangoLayout **pdf_story_layouts(struct pdf_story *story, size_t n)
{
    PangoLayout **layouts = story->status == OM_OK ? om_alloc(n, sizeof *layouts) : NULL;
    if (!layouts)
        pdf_story_no_memory(story);
    return layouts;
}
