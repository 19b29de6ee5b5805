/*
 * Colours of maps, as 0xRRGGBB. Where they come from:
 *
 * Okabe-Ito: Okabe M, Ito K, Color Universal Design (jfly.uni-koeln.de/color, 2008). Distinct for the
 * colour-blind.
 * viridis: Smith N, van der Walt S, matplotlib (bids.github.io/colormap, 2015), at six equal steps.
 * Lightness falls evenly, so that it reads in grey.
 * ColorBrewer: Brewer C, Harrower M, colorbrewer2.org, Apache-2.0; both marked colour-blind safe.
 */
#ifndef MAPS_PALETTE_H
#define MAPS_PALETTE_H

#include <stdint.h>

enum {
    OKABE_ITO_ORANGE = 0xE69F00,
    OKABE_ITO_SKY_BLUE = 0x56B4E9,
    OKABE_ITO_GREEN = 0x009E73,
    OKABE_ITO_YELLOW = 0xF0E442,
    OKABE_ITO_BLUE = 0x0072B2,
    OKABE_ITO_VERMILLION = 0xD55E00,
    OKABE_ITO_PURPLE = 0xCC79A7,

    VIRIDIS_0 = 0xFDE725,
    VIRIDIS_1 = 0x7AD151,
    VIRIDIS_2 = 0x22A884,
    VIRIDIS_3 = 0x2A788E,
    VIRIDIS_4 = 0x414487,
    VIRIDIS_5 = 0x440154,

    /* Blues in 7 classes */
    BLUES_1 = 0xDEEBF7,
    BLUES_2 = 0xC6DBEF,
    BLUES_3 = 0x9ECAE1,
    BLUES_4 = 0x6BAED6,
    BLUES_5 = 0x4292C6,
    BLUES_6 = 0x2171B5,
    BLUES_7 = 0x084594,

    /* What is as it should be stays calm, so that the rest is seen: a tint by day, a shade by night. */
    CALM_LIGHT = 0xA4D5F3, /* Okabe-Ito sky blue, with 45 % white */
    CALM_DARK = 0x2B5A75,  /* the same blue, with half black */
    QUIET_LIGHT = 0xE9EAE6,
    QUIET_DARK = 0x33393F,

    /* OrRd in 6 classes, the last but two and the last */
    ORRD_4 = 0xFC8D59,
    ORRD_6 = 0xB30000,
};

/* The colour part of the way to another: 0 is the first, 100 the second. */
static inline uint32_t palette_mix(uint32_t first, uint32_t second, unsigned percent)
{
    uint32_t mixed = 0;
    for (unsigned shift = 0; shift < 24; shift += 8) {
        uint32_t a = (first >> shift) & 0xFF, b = (second >> shift) & 0xFF;
        mixed |= ((a * (100 - percent) + b * percent + 50) / 100) << shift;
    }
    return mixed;
}

/* How light a colour looks: 0 black, 255 white (luma of ITU-R BT.601). */
static inline unsigned palette_lightness(uint32_t rgb)
{
    return (299 * ((rgb >> 16) & 0xFF) + 587 * ((rgb >> 8) & 0xFF) + 114 * (rgb & 0xFF)) / 1000;
}

#endif
