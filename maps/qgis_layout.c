#include "geo/memory.h"
#include "geo/text.h"
#include "map_caption.h"
#include "qgis_project.h"
#include "words.h"

#include <math.h>
#include <string.h>

/* QgsLayoutItemRegistry::ItemType. */
enum { ITEM_PAGE = 65638, ITEM_MAP = 65639, ITEM_LABEL = 65641, ITEM_LEGEND = 65642, ITEM_SCALE_BAR = 65646 };

struct paper {
    const char *name;
    double short_mm, long_mm;
    double text_scale; /* letters, in shares of those on A4 */
};
static const struct paper papers[] = {{"A4", 210, 297, 1}, {"A3", 297, 420, 1.3}};

struct rect {
    double x, y, width, height; /* millimetres from the page's upper left */
};

/* One page: a heading, a column with legend and scale, the map, and at the foot what must be known of the
 * data. */
struct page {
    const struct qgis_project *project;
    const struct theme *theme;
    double text_scale;
    struct rect paper, heading, subheading, column, scale, map, foot;
};

static struct page page_of(const struct qgis_project *project, const struct theme *theme,
                           const struct paper *paper)
{
    const struct qgis_box *box = &project->extent;
    bool is_wide = box->east - box->west > box->north - box->south;
    double width = is_wide ? paper->long_mm : paper->short_mm,
           height = is_wide ? paper->short_mm : paper->long_mm;
    double k = paper->text_scale, margin = 14 * k, top = margin + 22 * k, foot = 24 * k, column = 58 * k;
    double bottom = height - margin - foot;
    return (struct page){
        .project = project,
        .theme = theme,
        .text_scale = k,
        .paper = {0, 0, width, height},
        .heading = {margin, margin, width - 2 * margin, 10 * k},
        .subheading = {margin, margin + 10 * k, width - 2 * margin, 9 * k},
        .column = {margin, top, column, bottom - top - 18 * k},
        .scale = {margin, bottom - 16 * k, column, 14 * k},
        .map = {margin + column + 4 * k, top, width - 2 * margin - column - 4 * k, bottom - top},
        .foot = {margin, bottom + 3 * k, width - 2 * margin, foot - 3 * k},
    };
}

/* Stable, and unlike those of other items and layouts: the theme, the paper and the item in hexadecimal. */
static struct qgis_id uuid_of(const struct page *page, int item)
{
    struct qgis_id id;
    snprintf(id.text, sizeof id.text, "{00000000-0000-4000-8000-%04x%04x%04x}",
             (unsigned)(page->theme - map_themes), (unsigned)lround(page->paper.width + page->paper.height),
             (unsigned)item);
    return id;
}

static void put_lengths(struct qgis_xml *xml, const char *name, double first, double second)
{
    char text[60];
    snprintf(text, sizeof text, "%ld.%03ld,%ld.%03ld,mm", lround(first * 1000) / 1000,
             lround(first * 1000) % 1000, lround(second * 1000) / 1000, lround(second * 1000) % 1000);
    qgis_xml_attribute(xml, name, text);
}

/* Leaves the item open. */
static void open_item(const struct page *page, int type, int item, struct rect rect, struct qgis_xml *xml)
{
    struct qgis_id id = uuid_of(page, item);
    qgis_xml_open(xml, "LayoutItem");
    qgis_xml_whole(xml, "type", type);
    qgis_xml_attribute(xml, "uuid", id.text);
    qgis_xml_attribute(xml, "templateUuid", id.text);
    put_lengths(xml, "position", rect.x, rect.y);
    put_lengths(xml, "positionOnPage", rect.x, rect.y);
    put_lengths(xml, "size", rect.width, rect.height);
    qgis_xml_attribute(xml, "referencePoint", "0");
    qgis_xml_attribute(xml, "visibility", "1");
    qgis_xml_attribute(xml, "opacity", "1");
    qgis_xml_attribute(xml, "frame", "false");
    qgis_xml_attribute(xml, "background", "false");
    qgis_xml_whole(xml, "zValue", item);
}

static void put_colour(struct qgis_xml *xml, const char *name, int grey)
{
    qgis_xml_open(xml, name);
    qgis_xml_whole(xml, "red", grey);
    qgis_xml_whole(xml, "green", grey);
    qgis_xml_whole(xml, "blue", grey);
    qgis_xml_whole(xml, "alpha", 255);
    qgis_xml_close(xml);
}

/* As Qt writes a font: 50 is its weight of plain letters, 75 of bold ones. */
static void put_font(struct qgis_xml *xml, const char *name, double size_pt, bool is_bold)
{
    char description[80];
    snprintf(description, sizeof description, "DejaVu Sans,%ld.%ld,-1,5,%d,0,0,0,0,0",
             lround(size_pt * 10) / 10, lround(size_pt * 10) % 10, is_bold ? 75 : 50);
    qgis_xml_open(xml, name);
    qgis_xml_attribute(xml, "description", description);
    qgis_xml_attribute(xml, "style", is_bold ? "Bold" : "Book");
    qgis_xml_close(xml);
}

static void put_label(const struct page *page, int item, struct rect rect, const char *text, double size_pt,
                      bool is_bold, int grey, struct qgis_xml *xml)
{
    open_item(page, ITEM_LABEL, item, rect, xml);
    qgis_xml_attribute(xml, "labelText", text);
    qgis_xml_attribute(xml, "htmlState", "0");
    qgis_xml_attribute(xml, "halign", "1");
    qgis_xml_attribute(xml, "valign", "32");
    qgis_xml_attribute(xml, "marginX", "0");
    qgis_xml_attribute(xml, "marginY", "0");
    put_font(xml, "LabelFont", size_pt * page->text_scale, is_bold);
    put_colour(xml, "FontColor", grey);
    qgis_xml_close(xml);
}

/* The box that has the shape of the item and the project's extent in its middle, with a little air. */
static struct qgis_box shaped(const struct qgis_box *box, struct rect rect)
{
    double m_per_mm =
        1.04 * fmax((box->east - box->west) / rect.width, (box->north - box->south) / rect.height);
    double x = (box->west + box->east) / 2, y = (box->south + box->north) / 2;
    double half_width = m_per_mm * rect.width / 2, half_height = m_per_mm * rect.height / 2;
    return (struct qgis_box){x - half_width, y - half_height, x + half_width, y + half_height};
}

enum { MAP = 1, LEGEND, SCALE_BAR, HEADING, SUBHEADING, NOTICE, FOOT };

static void put_map(const struct page *page, struct qgis_xml *xml)
{
    struct qgis_box box = shaped(&page->project->extent, page->map);
    open_item(page, ITEM_MAP, MAP, page->map, xml);
    qgis_xml_attribute(xml, "id", "map");
    qgis_xml_attribute(xml, "followPreset", "true");
    qgis_xml_attribute(xml, "followPresetName", om_tr(page->theme->title));
    qgis_xml_attribute(xml, "keepLayerSet", "false");
    qgis_xml_attribute(xml, "drawCanvasItems", "false");
    qgis_xml_attribute(xml, "mapRotation", "0");
    qgis_xml_open(xml, "Extent");
    qgis_xml_number(xml, "xmin", box.west, 1);
    qgis_xml_number(xml, "ymin", box.south, 1);
    qgis_xml_number(xml, "xmax", box.east, 1);
    qgis_xml_number(xml, "ymax", box.north, 1);
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

static void put_legend_style(struct qgis_xml *xml, const char *name, double size_pt, bool is_bold,
                             double margin_mm)
{
    qgis_xml_open(xml, "style");
    qgis_xml_attribute(xml, "name", name);
    qgis_xml_whole(xml, "alignment", 1);
    qgis_xml_number(xml, strcmp(name, "title") == 0 ? "marginBottom" : "marginTop", margin_mm, 1);
    if (strcmp(name, "symbolLabel") == 0)
        qgis_xml_number(xml, "marginLeft", 2, 0);
    put_font(xml, "styleFont", size_pt, is_bold);
    qgis_xml_close(xml);
}

/* Names of layers that are told by classes stay away: the classes say it. */
static void put_legend_layer(const struct layer *layer, struct qgis_xml *xml)
{
    enum layer_language language = layer_language_chosen();
    qgis_xml_open(xml, "layer-tree-layer");
    qgis_xml_attribute(xml, "id", qgis_layer_id(layer).text);
    qgis_xml_attribute(xml, "name", layer_in_language(language, layer->english, layer->swedish));
    qgis_xml_attribute(xml, "providerKey", "ogr");
    qgis_xml_attribute(xml, "checked", "Qt::Checked");
    qgis_xml_attribute(xml, "legend_exp", "");
    qgis_xml_whole(xml, "expanded", 1);
    qgis_xml_open(xml, "customproperties");
    qgis_xml_open_map(xml, NULL);
    qgis_xml_option(xml, "legend/title-style", "hidden");
    qgis_xml_close(xml);
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

/* What the theme is about comes first. */
static void put_legend_layers(const struct page *page, struct qgis_xml *xml)
{
    qgis_xml_open(xml, "layer-tree-group");
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < map_n_layers; i++) {
            bool is_shown = false, is_subject = strcmp(map_layers[i].name, page->theme->layer) == 0;
            qgis_project_style(page->theme, &map_layers[i], &is_shown);
            if (is_shown && is_subject == (turn == 0) && qgis_project_has(page->project, &map_layers[i]))
                put_legend_layer(&map_layers[i], xml);
        }
    qgis_xml_close(xml);
}

static void put_legend(const struct page *page, struct qgis_xml *xml)
{
    double k = page->text_scale;
    open_item(page, ITEM_LEGEND, LEGEND, page->column, xml);
    qgis_xml_attribute(xml, "map_uuid", uuid_of(page, MAP).text);
    qgis_xml_attribute(xml, "title", om_tr(page->theme->meaning));
    qgis_xml_attribute(xml, "titleAlignment", "1");
    qgis_xml_attribute(xml, "resizeToContents", "1");
    qgis_xml_attribute(xml, "columnCount", "1");
    qgis_xml_attribute(xml, "columnSpace", "2");
    qgis_xml_attribute(xml, "boxSpace", "0");
    qgis_xml_attribute(xml, "lineSpacing", "1");
    qgis_xml_attribute(xml, "fontColor", "#1e1e1e");
    qgis_xml_attribute(xml, "symbolAlignment", "1");
    qgis_xml_attribute(xml, "wrapChar", "|");
    qgis_xml_number(xml, "symbolWidth", 8 * k, 1);
    qgis_xml_number(xml, "symbolHeight", 4.5 * k, 1);
    qgis_xml_open(xml, "styles");
    put_legend_style(xml, "title", 9 * k, true, 2 * k);
    put_legend_style(xml, "group", 9 * k, true, 3 * k);
    put_legend_style(xml, "subgroup", 8 * k, true, 3 * k);
    put_legend_style(xml, "symbol", 8 * k, false, 2 * k);
    put_legend_style(xml, "symbolLabel", 8 * k, false, 2 * k);
    qgis_xml_close(xml);
    put_legend_layers(page, xml);
    qgis_xml_close(xml);
}

static void put_scale_bar(const struct page *page, struct qgis_xml *xml)
{
    struct qgis_box box = shaped(&page->project->extent, page->map);
    double m_per_mm = (box.east - box.west) / page->map.width;
    double segment_m = caption_round_length_m(m_per_mm * page->scale.width * 0.4);
    open_item(page, ITEM_SCALE_BAR, SCALE_BAR, page->scale, xml);
    qgis_xml_attribute(xml, "mapUuid", uuid_of(page, MAP).text);
    qgis_xml_attribute(xml, "style", "Single Box");
    qgis_xml_attribute(xml, "unitType", "km");
    qgis_xml_attribute(xml, "unitLabel", "km");
    qgis_xml_attribute(xml, "numMapUnitsPerScaleBarUnit", "1");
    qgis_xml_number(xml, "numUnitsPerSegment", segment_m / 1000, 3);
    qgis_xml_whole(xml, "numSegments", 2);
    qgis_xml_whole(xml, "numSegmentsLeft", 0);
    qgis_xml_number(xml, "segmentMillimeters", segment_m / m_per_mm, 3);
    qgis_xml_whole(xml, "segmentSizeMode", 0);
    qgis_xml_number(xml, "height", 1.5 * page->text_scale, 1);
    qgis_xml_attribute(xml, "outlineWidth", "0.2");
    qgis_xml_attribute(xml, "labelBarSpace", "1.5");
    qgis_xml_attribute(xml, "boxContentSpace", "0");
    qgis_xml_attribute(xml, "alignment", "0");
    qgis_xml_open(xml, "text-style");
    qgis_xml_attribute(xml, "fontFamily", "DejaVu Sans");
    qgis_xml_attribute(xml, "namedStyle", "Book");
    qgis_xml_number(xml, "fontSize", 7 * page->text_scale, 1);
    qgis_xml_attribute(xml, "fontSizeUnit", "Point");
    qgis_xml_attribute(xml, "textColor", "30,30,30,255");
    qgis_xml_attribute(xml, "textOpacity", "1");
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

static void put_paper(const struct page *page, struct qgis_xml *xml)
{
    qgis_xml_open(xml, "PageCollection");
    open_item(page, ITEM_PAGE, 0, page->paper, xml);
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

/* Plan and rules, as a drawn map has them under its title. */
static char *subheading_of(const struct map_result *result, const struct theme *theme)
{
    char *plans = caption_plans(result), *rules = caption_rules(result, theme);
    char *whole = plans && rules ? om_format("%s\n%s", plans, rules) : NULL;
    om_free(plans);
    om_free(rules);
    return whole;
}

/* The notice first, and large enough not to be overlooked. */
static bool put_texts(const struct page *page, struct qgis_xml *xml)
{
    const struct map_result *result = page->project->view->result;
    double notice_mm = 8 * page->text_scale;
    struct rect notice_rect = page->foot, rest = page->foot;
    char *subheading = subheading_of(result, page->theme), *notice = map_notice(result),
         *sources = map_sources_words(result);
    char *made = caption_maker(result);
    char *foot = made ? om_format("%s%s%s", sources ? sources : "", sources ? "\n" : "", made) : NULL;
    bool done = subheading && foot;
    if (done) {
        put_label(page, HEADING, page->heading, om_tr(page->theme->title), 17, true, 20, xml);
        put_label(page, SUBHEADING, page->subheading, subheading, 8, false, 90, xml);
        if (notice) {
            notice_rect.height = notice_mm;
            rest.y += notice_mm;
            rest.height -= notice_mm;
            put_label(page, NOTICE, notice_rect, notice, 7.5, true, 20, xml);
        }
        put_label(page, FOOT, rest, foot, 6, false, 90, xml);
    }
    om_free(subheading);
    om_free(notice);
    om_free(sources);
    om_free(made);
    om_free(foot);
    return done;
}

static bool put_layout(const struct qgis_project *project, const struct theme *theme,
                       const struct paper *paper, struct qgis_xml *xml)
{
    struct page page = page_of(project, theme, paper);
    char *name = om_format("%s %s", paper->name, om_tr(theme->title));
    if (!name)
        return false;
    qgis_xml_open(xml, "Layout");
    qgis_xml_attribute(xml, "name", name);
    qgis_xml_attribute(xml, "units", "mm");
    qgis_xml_attribute(xml, "printResolution", "300");
    put_paper(&page, xml);
    bool done = put_texts(&page, xml);
    put_scale_bar(&page, xml);
    put_legend(&page, xml);
    put_map(&page, xml);
    qgis_xml_close(xml);
    om_free(name);
    return done;
}

om_status qgis_layouts_write(om_context *ctx, const struct qgis_project *project, struct qgis_xml *xml)
{
    bool done = true;
    qgis_xml_open(xml, "Layouts");
    for (size_t p = 0; p < sizeof papers / sizeof *papers; p++)
        for (int i = 0; done && i < MAP_THEMES; i++)
            if (map_themes[i].is_available(project->view->result))
                done = put_layout(project, &map_themes[i], &papers[p], xml);
    qgis_xml_close(xml);
    return done ? OM_OK : om_no_memory(ctx);
}
