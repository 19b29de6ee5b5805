/*
 * Golden pictures, compared by pixels. OMLAND_UPDATE_GOLDEN=1 writes them anew instead.
 */
#ifndef TESTS_KIT_PICTURE_H
#define TESTS_KIT_PICTURE_H

#include "kit.h"

#include <cairo.h>

/* What two versions of the same libraries may draw differently: edges, by a little, of some pixels. */
enum { KIT_CHANNEL_TOLERANCE = 48 };
static const double kit_pixels_tolerance = 0.002; /* share of all pixels */

static inline cairo_surface_t *kit_picture_read(const char *path)
{
    cairo_surface_t *picture = cairo_image_surface_create_from_png(path);
    if (cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS)
        fail_msg("%s: %s", path, cairo_status_to_string(cairo_surface_status(picture)));
    cairo_surface_t *same = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, cairo_image_surface_get_width(picture), cairo_image_surface_get_height(picture));
    cairo_t *cairo = cairo_create(same);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(picture);
    cairo_surface_flush(same);
    return same;
}

/* The largest difference of a channel. */
static inline int kit_pixel_difference(const unsigned char *a, const unsigned char *b)
{
    int most = 0;
    for (int channel = 0; channel < 4; channel++) {
        int apart = abs(a[channel] - b[channel]);
        most = apart > most ? apart : most;
    }
    return most;
}

/* How many pixels differ. `marked` shows them: red where they do, what is expected pale elsewhere. */
static inline long kit_picture_compare(cairo_surface_t *expected, cairo_surface_t *actual,
                                       cairo_surface_t *marked)
{
    int width = cairo_image_surface_get_width(expected), height = cairo_image_surface_get_height(expected);
    int stride = cairo_image_surface_get_stride(expected);
    const unsigned char *a = cairo_image_surface_get_data(expected);
    const unsigned char *b = cairo_image_surface_get_data(actual);
    unsigned char *out = cairo_image_surface_get_data(marked);
    long n = 0;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            size_t at = (size_t)y * (size_t)stride + 4 * (size_t)x;
            bool differs = kit_pixel_difference(a + at, b + at) > KIT_CHANNEL_TOLERANCE;
            for (int channel = 0; channel < 3; channel++)
                out[at + (size_t)channel] = (unsigned char)(differs ? 0 : 191 + a[at + (size_t)channel] / 4);
            if (differs)
                out[at + 2] = 255;
            out[at + 3] = 255;
            n += differs;
        }
    cairo_surface_mark_dirty(marked);
    return n;
}

static inline void kit_picture_fail(const char *name, const char *actual, const char *what)
{
    char *output = NULL;
    kit_run(&output, "cp '%s' '%s'", actual, name);
    free(output);
    fail_msg("tests/golden/%s: %s. The picture as it is now is %s in the build folder; "
             "OMLAND_UPDATE_GOLDEN=1 writes it anew.",
             name, what, name);
}

/* The PNG file `actual` against tests/golden/NAME. What differs is shown in NAME-difference.png, in the build
 * folder, where tests run. */
static inline void kit_golden_picture(const char *name, const char *actual)
{
    char below[256], *output = NULL;
    snprintf(below, sizeof below, "tests/golden/%s", name);
    const char *path = kit_source(below);
    if (getenv("OMLAND_UPDATE_GOLDEN")) {
        assert_int_equal(kit_run(&output, "cp '%s' '%s'", actual, path), 0);
        free(output);
        return;
    }
    if (access(path, R_OK) != 0)
        kit_picture_fail(name, actual, "is not there");
    cairo_surface_t *a = kit_picture_read(path), *b = kit_picture_read(actual);
    int width = cairo_image_surface_get_width(a), height = cairo_image_surface_get_height(a);
    char what[512];
    snprintf(what, sizeof what, "is %d x %d, now %d x %d", width, height, cairo_image_surface_get_width(b),
             cairo_image_surface_get_height(b));
    if (cairo_image_surface_get_width(b) != width || cairo_image_surface_get_height(b) != height)
        kit_picture_fail(name, actual, what);
    cairo_surface_t *marked = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    long n = kit_picture_compare(a, b, marked), n_pixels = (long)width * height;
    char difference[256];
    snprintf(difference, sizeof difference, "%.200s-difference.png", name);
    if (n > 0)
        print_message("%s: %ld of %ld pixels differ\n", name, n, n_pixels);
    bool is_same = (double)n <= kit_pixels_tolerance * (double)n_pixels;
    if (!is_same)
        cairo_surface_write_to_png(marked, difference);
    cairo_surface_destroy(a);
    cairo_surface_destroy(b);
    cairo_surface_destroy(marked);
    snprintf(what, sizeof what, "%ld of %ld pixels differ, see %s", n, n_pixels, difference);
    if (!is_same)
        kit_picture_fail(name, actual, what);
}

#endif
