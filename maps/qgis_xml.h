/*
 * A small writer of XML as QGIS reads it: elements are opened and closed, the rest is escaped and indented
 * here.
 */
#ifndef MAPS_QGIS_XML_H
#define MAPS_QGIS_XML_H

#include "geo/status.h"

#include <stdint.h>
#include <stdio.h>

enum { QGIS_XML_DEPTH = 32 };

struct qgis_xml {
    FILE *out;
    char *text; /* what was written, once it is closed */
    size_t size;
    const char *open[QGIS_XML_DEPTH];
    int depth;
    bool in_tag, has_text;
};

/* A document in memory; ends with qgis_xml_end. */
om_status qgis_xml_begin(om_context *ctx, struct qgis_xml *xml);
/* How the writing went; *text is owned by the caller. */
om_status qgis_xml_end(om_context *ctx, struct qgis_xml *xml, om_status written, char **text);

/* Names are literals, and borrowed until the element is closed. */
void qgis_xml_open(struct qgis_xml *xml, const char *name);
/* Closes elements until so many are open. */
void qgis_xml_close_to(struct qgis_xml *xml, int depth);
void qgis_xml_close(struct qgis_xml *xml);

/* Of the element opened last, before anything in it. */
void qgis_xml_attribute(struct qgis_xml *xml, const char *name, const char *value);
void qgis_xml_whole(struct qgis_xml *xml, const char *name, int value);
/* With a point and at most so many decimals, whatever the locale. */
void qgis_xml_number(struct qgis_xml *xml, const char *name, double value, int decimals);

void qgis_xml_text(struct qgis_xml *xml, const char *text);
/* XML made before, as it is. */
void qgis_xml_raw(struct qgis_xml *xml, const char *markup);

/* <name>text</name> */
void qgis_xml_element(struct qgis_xml *xml, const char *name, const char *text);
/* <Option type="QString" name="…" value="…"/>, of which settings of symbols are made. */
void qgis_xml_option(struct qgis_xml *xml, const char *name, const char *value);
void qgis_xml_option_mm(struct qgis_xml *xml, const char *name, double mm);
/* <Option type="Map" name="…">, to be closed; name NULL: without one. */
void qgis_xml_open_map(struct qgis_xml *xml, const char *name);

/* "86,180,233,255" */
struct qgis_colour {
    char text[20];
};
struct qgis_colour qgis_colour(uint32_t rgb, int alpha);

#endif
