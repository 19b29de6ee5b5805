#include "qgis_xml.h"

#include "geo/memory.h"
#include "markup.h"

#include <math.h>
#include <stdlib.h>

om_status qgis_xml_begin(om_context *ctx, struct qgis_xml *xml)
{
    *xml = (struct qgis_xml){0};
    xml->out = open_memstream(&xml->text, &xml->size);
    return xml->out ? OM_OK : om_no_memory(ctx);
}

om_status qgis_xml_end(om_context *ctx, struct qgis_xml *xml, om_status written, char **text)
{
    bool is_whole = !ferror(xml->out);
    is_whole &= fclose(xml->out) == 0;
    char *copy = written == OM_OK && is_whole ? om_strdup(xml->text) : NULL;
    free(xml->text);
    if (written != OM_OK)
        return written;
    if (!copy)
        return om_no_memory(ctx);
    *text = copy;
    return OM_OK;
}

static void end_tag(struct qgis_xml *xml)
{
    if (xml->in_tag)
        fputc('>', xml->out);
    xml->in_tag = false;
}

static void new_line(struct qgis_xml *xml)
{
    fprintf(xml->out, "\n%*s", xml->depth, "");
}

void qgis_xml_open(struct qgis_xml *xml, const char *name)
{
    end_tag(xml);
    if (xml->depth == QGIS_XML_DEPTH)
        return;
    new_line(xml);
    fprintf(xml->out, "<%s", name);
    xml->open[xml->depth++] = name;
    xml->in_tag = true;
    xml->has_text = false;
}

void qgis_xml_close(struct qgis_xml *xml)
{
    const char *name = xml->open[--xml->depth];
    if (xml->in_tag) {
        fputs("/>", xml->out);
    } else {
        if (!xml->has_text)
            new_line(xml);
        fprintf(xml->out, "</%s>", name);
    }
    xml->in_tag = xml->has_text = false;
}

void qgis_xml_close_to(struct qgis_xml *xml, int depth)
{
    while (xml->depth > depth)
        qgis_xml_close(xml);
}

void qgis_xml_attribute(struct qgis_xml *xml, const char *name, const char *value)
{
    markup_attribute(xml->out, name, value);
}

void qgis_xml_whole(struct qgis_xml *xml, const char *name, int value)
{
    fprintf(xml->out, " %s=\"%d\"", name, value);
}

/* Written with whole numbers alone, so that no locale puts a comma into it; no noughts at the end. */
static void format_number(char text[40], double value, int decimals)
{
    long long scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    long long scaled = llround(fabs(value) * (double)scale);
    while (decimals > 0 && scaled % 10 == 0) {
        scaled /= 10;
        scale /= 10;
        decimals--;
    }
    const char *sign = value < 0 && scaled ? "-" : "";
    if (decimals)
        snprintf(text, 40, "%s%lld.%0*lld", sign, scaled / scale, decimals, scaled % scale);
    else
        snprintf(text, 40, "%s%lld", sign, scaled);
}

void qgis_xml_number(struct qgis_xml *xml, const char *name, double value, int decimals)
{
    char text[40];
    format_number(text, value, decimals);
    qgis_xml_attribute(xml, name, text);
}

void qgis_xml_text(struct qgis_xml *xml, const char *text)
{
    end_tag(xml);
    markup_text(xml->out, text);
    xml->has_text = true;
}

void qgis_xml_raw(struct qgis_xml *xml, const char *markup)
{
    end_tag(xml);
    fputs(markup, xml->out);
}

void qgis_xml_element(struct qgis_xml *xml, const char *name, const char *text)
{
    qgis_xml_open(xml, name);
    qgis_xml_text(xml, text);
    qgis_xml_close(xml);
}

void qgis_xml_option(struct qgis_xml *xml, const char *name, const char *value)
{
    qgis_xml_open(xml, "Option");
    qgis_xml_attribute(xml, "type", "QString");
    qgis_xml_attribute(xml, "name", name);
    qgis_xml_attribute(xml, "value", value);
    qgis_xml_close(xml);
}

void qgis_xml_option_mm(struct qgis_xml *xml, const char *name, double mm)
{
    char text[40];
    format_number(text, mm, 2);
    qgis_xml_option(xml, name, text);
}

void qgis_xml_open_map(struct qgis_xml *xml, const char *name)
{
    qgis_xml_open(xml, "Option");
    qgis_xml_attribute(xml, "type", "Map");
    if (name)
        qgis_xml_attribute(xml, "name", name);
}

struct qgis_colour qgis_colour(uint32_t rgb, int alpha)
{
    struct qgis_colour colour;
    snprintf(colour.text, sizeof colour.text, "%u,%u,%u,%d", (rgb >> 16) & 0xFFu, (rgb >> 8) & 0xFFu,
             rgb & 0xFFu, alpha & 0xFF);
    return colour;
}
