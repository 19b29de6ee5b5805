#include "drawn_parts.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "map_caption.h"
#include "words.h"

#include <math.h>

/* Where the next thing goes in the column. */
struct flow {
    const struct drawn_map *map;
    struct canvas_rect column;
    double y, foot_y; /* foot_y: where the foot begins */
    bool out_of_memory;
};

struct type {
    double size, leading;
    bool is_bold;
    uint32_t colour;
};

static struct drawn_paragraph paragraph_of(const struct flow *flow, const struct type *type, const char *text,
                                           double indent)
{
    return (struct drawn_paragraph){.text = text,
                                    .x = flow->column.x + indent,
                                    .width = flow->column.width - indent,
                                    .size = type->size * flow->map->unit,
                                    .leading = type->leading,
                                    .is_bold = type->is_bold,
                                    .colour = type->colour};
}

/* Takes the text, which is freed. */
static void put(struct flow *flow, const struct type *type, char *text, double indent)
{
    if (!text) {
        flow->out_of_memory = true;
        return;
    }
    const struct drawn_paragraph paragraph = paragraph_of(flow, type, text, indent);
    flow->y = drawn_paragraph_draw(flow->map->canvas, &paragraph, flow->y);
    om_free(text);
}

static void put_heading(struct flow *flow)
{
    const struct drawn_map *map = flow->map;
    const char *title = map->request->title ? map->request->title : om_tr(map->theme->title);
    const struct type title_type = {DRAWN_TITLE, 1.15, true, map->look->text};
    const struct type subtitle_type = {DRAWN_BODY, 1.35, false, map->look->muted};
    put(flow, &title_type, om_strdup(title), 0);
    flow->y += 14 * map->unit;
    if (map->extent.name)
        put(flow, &subtitle_type, om_strdup(map->extent.name), 0);
    put(flow, &subtitle_type, caption_plans(map->view->result), 0);
    put(flow, &subtitle_type, caption_rules(map->view->result, map->theme), 0);
    flow->y += 34 * map->unit;
}

/* What a reader must know of the data stands at the foot, the notice first. */
static void put_foot(struct flow *flow)
{
    const struct drawn_map *map = flow->map;
    const struct type notice_type = {DRAWN_SMALL, 1.35, true, map->look->accent};
    const struct type note_type = {DRAWN_SMALL, 1.35, false, map->look->muted};
    char *texts[] = {map_notice(map->view->result), map_sources_words(map->view->result),
                     caption_maker(map->view->result)};
    const struct type *types[] = {&notice_type, &note_type, &note_type};
    enum { TEXTS = sizeof texts / sizeof *texts };
    double gap = 10 * map->unit, height = 0;
    for (int i = 0; i < TEXTS; i++) {
        const struct drawn_paragraph paragraph = paragraph_of(flow, types[i], texts[i] ? texts[i] : "", 0);
        height += texts[i] ? drawn_paragraph_height(map->canvas, &paragraph) + gap : 0;
    }
    flow->y = flow->column.y + flow->column.height - height + gap;
    flow->foot_y = flow->y - 80 * map->unit;
    drawn_scale(map, flow->column.x, flow->y - 40 * map->unit, flow->column.width * 0.5);
    for (int i = 0; i < TEXTS; i++)
        if (texts[i]) {
            put(flow, types[i], texts[i], 0);
            flow->y += gap;
        }
}

om_status drawn_panel(const struct drawn_map *map, struct canvas_rect column,
                      struct page_box written[DRAWN_PANEL_BOXES])
{
    struct flow flow = {.map = map, .column = column, .y = column.y};
    double right = column.x + column.width, below = column.y + column.height;
    put_heading(&flow);
    om_status status = drawn_legend(map, column, flow.y, &flow.y);
    double air = 24 * map->unit;
    written[0] = (struct page_box){column.x, column.y, right, flow.y + air};
    put_foot(&flow);
    written[1] = (struct page_box){column.x, flow.foot_y, right, below};
    return status == OM_OK && flow.out_of_memory ? om_no_memory(map->ctx) : status;
}
