/*
 * Symbols of QGIS: how one feature is drawn. Colours 0xRRGGBB, sizes in millimetres on paper.
 */
#ifndef MAPS_QGIS_SYMBOL_H
#define MAPS_QGIS_SYMBOL_H

#include "qgis_xml.h"
#include "theme.h"

struct qgis_symbol {
    enum layer_geometry geometry;
    uint32_t fill;
    int fill_alpha;             /* 0 … 255; 0: not filled */
    enum theme_pattern pattern; /* of areas, in an ink that shows on the fill */
    uint32_t stroke;
    const char *pen;     /* "solid", "dash", "dot", "no" */
    double width_mm;     /* of the stroke */
    const char *shape;   /* of markers: "circle", "square" */
    double size_mm;      /* of markers */
    const char *size_by; /* expression for the size instead; NULL: none */
};

/* <symbol name="…">; lines get a light casing that keeps them apart from what they cross. */
void qgis_symbol(struct qgis_xml *xml, const struct qgis_symbol *symbol, const char *name);

#endif
