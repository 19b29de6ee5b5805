/* The style sheet of reports: every colour of text stands out from every ground it is put on
 * (WCAG 2.1, 1.4.3). */
#include "kit.h"

#include <math.h>
#include <stdlib.h>

static double channel(unsigned rgb, int shift)
{
    double value = ((rgb >> shift) & 255) / 255.0;
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* WCAG 2.1, definition of relative luminance. */
static double luminance(unsigned rgb)
{
    return 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) + 0.0722 * channel(rgb, 0);
}

static double contrast(unsigned a, unsigned b)
{
    double lighter = fmax(luminance(a), luminance(b)), darker = fmin(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
}

/* The colour of "--name: #rrggbb" or "#rgb" after a place in the style sheet. */
static unsigned colour(const char *css, const char *name)
{
    char wanted[32];
    snprintf(wanted, sizeof wanted, "--%s: #", name);
    const char *found = strstr(css, wanted);
    if (!found)
        fail_msg("the style sheet has no %s", wanted);
    char *end = NULL;
    const char *digits = found + strlen(wanted);
    unsigned value = (unsigned)strtoul(digits, &end, 16);
    if (end - digits == 3)
        value = (value >> 8) * 0x110000 + (value >> 4 & 15) * 0x1100 + (value & 15) * 0x11;
    return value;
}

static void every_text_stands_out(void **state)
{
    (void)state;
    static const char *const places[] = {":root", "prefers-color-scheme: dark", "@media print"};
    static const char *const texts[] = {"ink", "soft", "accent", "good", "fair", "bad"};
    static const char *const grounds[] = {"paper", "wash"};
    char *css = kit_read(kit_source("maps/report.css"));
    assert_non_null(css);
    for (size_t p = 0; p < 3; p++) {
        const char *block = strstr(css, places[p]);
        assert_non_null(block);
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            for (size_t g = 0; g < 2; g++) {
                double ratio = contrast(colour(block, texts[t]), colour(block, grounds[g]));
                if (ratio < 4.5)
                    fail_msg("%s: --%s on --%s has a contrast of %.2f, not 4.5", places[p], texts[t],
                             grounds[g], ratio);
            }
    }
    free(css);
}

/* The measure itself, at its ends. */
static void black_on_white_is_21(void **state)
{
    (void)state;
    assert_float_equal(contrast(0, 0xffffff), 21, 1e-9);
    assert_float_equal(contrast(0x777777, 0xffffff), 4.48, 0.005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_stands_out),
        cmocka_unit_test(black_on_white_is_21),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
