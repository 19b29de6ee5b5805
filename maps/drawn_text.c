#include "drawn_parts.h"
#include "geo/memory.h"

#include <string.h>

static struct canvas_text text_of(const struct drawn_paragraph *paragraph, const char *line)
{
    return (struct canvas_text){.text = line,
                                .x = paragraph->x,
                                .size = paragraph->size,
                                .is_bold = paragraph->is_bold,
                                .colour = paragraph->colour,
                                .halo = CANVAS_NO_COLOUR};
}

/* The end of the longest run of whole words that fits; at least one word. */
static const char *break_line(struct canvas *canvas, const struct drawn_paragraph *paragraph,
                              const char *begin, char *line)
{
    const char *end = begin + strcspn(begin, " \n");
    while (*end == ' ') {
        const char *next = end + 1 + strcspn(end + 1, " \n");
        memcpy(line, begin, (size_t)(next - begin));
        line[next - begin] = '\0';
        struct canvas_text text = text_of(paragraph, line);
        if (canvas_measure(canvas, &text).width > paragraph->width)
            break;
        end = next;
    }
    memcpy(line, begin, (size_t)(end - begin));
    line[end - begin] = '\0';
    return *end ? end + 1 : end;
}

/* Walks the lines from the first baseline on, and returns the y below the last. */
static double walk(struct canvas *canvas, const struct drawn_paragraph *paragraph, double y, bool is_drawn)
{
    double leading = paragraph->leading * paragraph->size;
    char *line = om_alloc(strlen(paragraph->text) + 1, 1);
    if (!line)
        return y;
    for (const char *rest = paragraph->text; *rest;) {
        rest = break_line(canvas, paragraph, rest, line);
        struct canvas_text text = text_of(paragraph, line);
        text.y = y + paragraph->size;
        if (is_drawn)
            canvas_draw_text(canvas, &text);
        y += leading;
    }
    om_free(line);
    return y;
}

double drawn_paragraph_draw(struct canvas *canvas, const struct drawn_paragraph *paragraph, double y)
{
    return walk(canvas, paragraph, y, true);
}

double drawn_paragraph_height(struct canvas *canvas, const struct drawn_paragraph *paragraph)
{
    return walk(canvas, paragraph, 0, false);
}
