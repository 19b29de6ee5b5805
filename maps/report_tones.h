/*
 * How the tones of a document look on white, in workbooks and on paper: 0xRRGGBB. Fills are tints of the
 * Okabe-Ito sky blue, orange and vermillion that maps use for the same (palette.h), light enough for the ink
 * to stand out by more than 7:1, and darker from good to bad so that they are told apart in grey.
 */
#ifndef MAPS_REPORT_TONES_H
#define MAPS_REPORT_TONES_H

#include "document.h"

#include <stdint.h>

enum {
    REPORT_INK = 0x1A1A1A,
    REPORT_FAINT_INK = 0x595959,
    REPORT_LINK_INK = 0x0B57A4,
    REPORT_RULE = 0x8C9BA5,
    REPORT_HAIRLINE = 0xD5DCE1,
    REPORT_PANEL = 0xF1F4F6,  /* behind key figures and commands */
    REPORT_HEADER = 0xE6EDF1, /* behind the titles of columns */
    REPORT_NOTICE = 0xFBE3B5,
};

struct report_tone {
    uint32_t ink, fill;
    bool is_filled, is_bold;
};

static const struct report_tone report_tones[DOCUMENT_TONES] = {
    [DOCUMENT_PLAIN] = {REPORT_INK, 0, false, false},
    [DOCUMENT_STRONG] = {REPORT_INK, 0, false, true},
    [DOCUMENT_FAINT] = {REPORT_FAINT_INK, 0, false, false},
    [DOCUMENT_GOOD] = {REPORT_INK, 0xDCEFF9, true, false},
    [DOCUMENT_FAIR] = {REPORT_INK, 0xFBE3B5, true, false},
    [DOCUMENT_BAD] = {REPORT_INK, 0xF0B59A, true, true},
};

#endif
