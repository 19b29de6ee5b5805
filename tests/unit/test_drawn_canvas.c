/* The canvas: the same calls on SVG and on cairo, text that is text, patterns that are seen. */
#include "kit.h"

#include "../../maps/drawing_canvas.h"
#include "geo/memory.h"

static om_context ctx;

enum { SIDE = 60 };

static const struct canvas_paint crossed = {.fill = 0xD55E00,
                                            .pattern = THEME_CROSSED,
                                            .ink = 0x000000,
                                            .stroke = CANVAS_NO_COLOUR,
                                            .class_name = "land"};

static void draw_something(struct canvas *canvas)
{
    canvas_begin_group(canvas, &(struct canvas_group){.id = "m-0114", .data_code = "0114", .title = "A<B"});
    canvas_draw_rect(canvas, (struct canvas_rect){10, 10, 20, 20}, &crossed);
    canvas_draw_rect(canvas, (struct canvas_rect){30.126, 10, 20, 20}, &crossed);
    canvas_end_group(canvas);
    canvas_begin_clip(canvas, (struct canvas_rect){0, 40, 20, 20});
    canvas_draw_circle(canvas, 20, 50, 8,
                       &(struct canvas_paint){.fill = 0x0000FF, .stroke = CANVAS_NO_COLOUR});
    canvas_end_clip(canvas);
    canvas_draw_text(canvas, &(struct canvas_text){.text = "Å & \"Ö\"",
                                                   .x = 30,
                                                   .y = 50,
                                                   .size = 10,
                                                   .anchor = CANVAS_MIDDLE,
                                                   .halo = CANVAS_NO_COLOUR});
}

static char *svg_of(const char *style_sheet)
{
    char *text = NULL;
    size_t size = 0;
    struct canvas *canvas = NULL;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(
        canvas_svg_new(&ctx, out, &(struct canvas_svg_options){.width = SIDE, .height = SIDE}, &canvas),
        OM_OK);
    if (style_sheet)
        canvas_svg_style(canvas, style_sheet);
    draw_something(canvas);
    assert_int_equal(canvas_finish(&ctx, canvas), OM_OK);
    canvas_free(canvas);
    fclose(out);
    return text;
}

static int count(const char *text, const char *part)
{
    int n = 0;
    while ((text = strstr(text, part))) {
        n++;
        text += strlen(part);
    }
    return n;
}

static void svg_is_short_exact_and_escaped(void **state)
{
    (void)state;
    char *svg = svg_of(NULL);
    static const struct {
        const char *part;
        int times;
    } expected[] = {
        {"<pattern id=\"crossed-d55e00\"", 1},
        {"fill=\"url(#crossed-d55e00)\"", 2},
        {"d=\"M10 10l20 0 0 20 -20 0z\"", 1},
        {"d=\"M30.13 10l20 0 0 20 -20 0z\"", 1},
        {"<g id=\"m-0114\" data-code=\"0114\"><title>A&lt;B</title>", 1},
        {"text-anchor=\"middle\"", 1},
        {">Å &amp; &quot;Ö&quot;</text>", 1},
        {"</svg>", 2},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (count(svg, expected[i].part) != expected[i].times)
            fail_msg("%s is not %d times in\n%s", expected[i].part, expected[i].times, svg);
    free(svg);
}

static void a_style_sheet_takes_the_place_of_colours(void **state)
{
    (void)state;
    char *svg = svg_of(".land{fill:red}");
    assert_int_equal(count(svg, "<style>\n.land{fill:red}</style>"), 1);
    assert_int_equal(count(svg, "fill=\"url(#"), 0);
    assert_int_equal(count(svg, "class=\"land\""), 2);
    free(svg);
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y)
{
    uint32_t rgb;
    memcpy(&rgb, cairo_image_surface_get_data(surface) + y * cairo_image_surface_get_stride(surface) + 4 * x,
           sizeof rgb);
    return rgb & 0xFFFFFF;
}

/* Both the fill and the ink of a pattern are there, and nothing outside shapes and clips. */
static void cairo_paints_patterns_and_clips(void **state)
{
    (void)state;
    struct canvas *canvas = NULL;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    assert_int_equal(canvas_cairo_new(&ctx, cairo, &canvas), OM_OK);
    draw_something(canvas);
    assert_int_equal(canvas_finish(&ctx, canvas), OM_OK);
    canvas_free(canvas);
    cairo_surface_flush(surface);
    int n_fill = 0, n_ink = 0;
    for (int y = 10; y < 30; y++)
        for (int x = 10; x < 30; x++) {
            n_fill += pixel(surface, x, y) == 0xD55E00;
            n_ink += pixel(surface, x, y) < 0x803000;
        }
    assert_in_range(n_fill, 100, 390);
    assert_in_range(n_ink, 10, 200);
    assert_int_equal(pixel(surface, 5, 5), 0xFFFFFF);
    assert_int_equal(pixel(surface, 16, 50), 0x0000FF);
    assert_int_equal(pixel(surface, 23, 55), 0xFFFFFF);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

/* Twice the size is twice the width, whatever pixels there are; a blank canvas measures as any other. */
static void texts_are_measured_without_pixels(void **state)
{
    (void)state;
    struct canvas *blank = NULL;
    assert_int_equal(canvas_blank_new(&ctx, &blank), OM_OK);
    struct canvas_text text = {.text = "Örnsköldsvik", .size = 9.5};
    struct canvas_extent small = canvas_measure(blank, &text);
    text.size *= 2;
    struct canvas_extent large = canvas_measure(blank, &text);
    assert_in_range((long)(100 * large.width), (long)(200 * small.width) - 2, (long)(200 * small.width) + 2);
    assert_true(small.ascent > small.descent && small.descent > 0);
    text.is_bold = true;
    assert_true(canvas_measure(blank, &text).width > large.width);
    assert_int_equal(canvas_finish(&ctx, blank), OM_OK);
    canvas_free(blank);
    canvas_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(svg_is_short_exact_and_escaped),
        cmocka_unit_test(a_style_sheet_takes_the_place_of_colours),
        cmocka_unit_test(cairo_paints_patterns_and_clips),
        cmocka_unit_test(texts_are_measured_without_pixels),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    om_context_done(&ctx);
    return failed;
}
