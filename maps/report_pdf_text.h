/*
 * Text on paper: the faces a report is set in, and pango layouts of them. Lengths are in points.
 */
#ifndef MAPS_REPORT_PDF_TEXT_H
#define MAPS_REPORT_PDF_TEXT_H

#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdint.h>

enum pdf_face {
    PDF_TITLE,
    PDF_SUBTITLE,
    PDF_HEADING,
    PDF_SMALL_HEADING,
    PDF_BODY,
    PDF_LEAD,
    PDF_REMARK,
    PDF_NOTICE,
    PDF_COMMAND,
    PDF_FIGURE,
    PDF_FIGURE_LABEL,
    PDF_CELL,
    PDF_STRONG_CELL,
    PDF_FOOTER,
    PDF_FACES,
};

/* Measures alike on every machine: DejaVu Sans at 72 dots per inch, unhinted. Released with g_object_unref.
 */
PangoContext *pdf_text_context(const char *language);

/* Text wrapped to a width, between words where that goes; PDF_UNWRAPPED: lines as they are. Released with
 * g_object_unref. */
#define PDF_UNWRAPPED (-1.0)
PangoLayout *pdf_layout(PangoContext *context, enum pdf_face face, const char *text, double width_pt);

double pdf_layout_width(PangoLayout *layout);
double pdf_layout_height(PangoLayout *layout);

/* The ink a face is printed in unless told otherwise. */
uint32_t pdf_face_ink(enum pdf_face face);

void pdf_set_ink(cairo_t *cairo, uint32_t rgb);
/* With its upper left corner at x, y. */
void pdf_show_layout(cairo_t *cairo, PangoLayout *layout, double x_pt, double y_pt);

#endif
