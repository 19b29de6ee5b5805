#include "qgis_project.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "words.h"

#include <string.h>

/* What lies where in the legend, from top to bottom, which is also the order of drawing. */
struct group {
    const char *title; /* marked for translation */
    bool is_open;
    const char *layers[12];
};
static const struct group groups[] = {
    {OM_NOTE("Plan and suppliers"), true, {"sites", "site_lines", "offices", "areas", "reach_lines"}},
    {OM_NOTE("Background"), true, {"fa_regions"}},
    {OM_NOTE("Result"), true, {"gaps", "changes", "redundancy", "municipalities"}},
    {OM_NOTE("Tables"), false, {"equity", "exits", "area_moves", "sources", "about"}},
};
enum { GROUPS = sizeof groups / sizeof *groups };

/* What themes draw on top of their own layer. */
static const struct {
    unsigned overlay;
    const char *layer;
} overlays[] = {{THEME_OFFICES, "offices"},
                {THEME_REGIONS, "fa_regions"},
                {THEME_SITES, "sites"},
                {THEME_SITES, "site_lines"}};

bool qgis_project_has(const struct qgis_project *project, const struct layer *layer)
{
    return !layer_is_absent(project->view, layer);
}

struct qgis_id qgis_layer_id(const struct layer *layer)
{
    struct qgis_id id;
    snprintf(id.text, sizeof id.text, "omland_%s", layer->name);
    return id;
}

const struct layer_style *qgis_project_style(const struct theme *theme, const struct layer *layer,
                                             bool *is_shown)
{
    size_t n = 0;
    const struct layer_style *styles = layer_styles_of(layer, &n);
    for (size_t i = 0; i < n; i++)
        if (styles[i].theme == theme && strcmp(theme->layer, layer->name) == 0) {
            *is_shown = true;
            return &styles[i];
        }
    *is_shown = strcmp(layer->name, "areas") == 0;
    for (size_t i = 0; i < sizeof overlays / sizeof *overlays; i++)
        *is_shown |= (theme->overlays & overlays[i].overlay) && strcmp(overlays[i].layer, layer->name) == 0;
    return n ? &styles[0] : NULL;
}

static const char *title_of(const struct layer *layer)
{
    return layer_in_language(layer_language_chosen(), layer->english, layer->swedish);
}

static void put_crs(const struct qgis_project *project, const char *name, struct qgis_xml *xml)
{
    qgis_xml_open(xml, name);
    qgis_xml_open(xml, "spatialrefsys");
    qgis_xml_element(xml, "wkt", project->crs_wkt);
    qgis_xml_element(xml, "authid", project->view->result->the_case->crs);
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

static void put_extent(const struct qgis_box *box, struct qgis_xml *xml)
{
    static const char *const names[] = {"xmin", "ymin", "xmax", "ymax"};
    const double values[] = {box->west, box->south, box->east, box->north};
    qgis_xml_open(xml, "extent");
    for (int i = 0; i < 4; i++) {
        char text[32];
        snprintf(text, sizeof text, "%.0f", values[i]);
        qgis_xml_element(xml, names[i], text);
    }
    qgis_xml_close(xml);
}

/* Relative, so that the file may be moved; it must keep its name. Owned by the caller. */
static char *source_of(const struct qgis_project *project, const struct layer *layer)
{
    return om_format("./%s|layername=%s", project->file, layer->name);
}

static bool put_tree_layer(const struct qgis_project *project, const struct layer *layer, bool is_checked,
                           struct qgis_xml *xml)
{
    char *source = source_of(project, layer);
    if (!source)
        return false;
    qgis_xml_open(xml, "layer-tree-layer");
    qgis_xml_attribute(xml, "id", qgis_layer_id(layer).text);
    qgis_xml_attribute(xml, "name", title_of(layer));
    qgis_xml_attribute(xml, "source", source);
    qgis_xml_attribute(xml, "providerKey", "ogr");
    qgis_xml_attribute(xml, "checked", is_checked ? "Qt::Checked" : "Qt::Unchecked");
    qgis_xml_whole(xml, "expanded", is_checked);
    qgis_xml_close(xml);
    om_free(source);
    return true;
}

static bool put_group(const struct qgis_project *project, const struct group *group, struct qgis_xml *xml)
{
    const struct theme *first = &map_themes[MAP_THEME_STATUS];
    bool done = true;
    qgis_xml_open(xml, "layer-tree-group");
    qgis_xml_attribute(xml, "name", om_tr(group->title));
    qgis_xml_attribute(xml, "checked", "Qt::Checked");
    qgis_xml_whole(xml, "expanded", group->is_open);
    for (const char *const *name = group->layers; done && *name; name++) {
        const struct layer *layer = layer_find(*name);
        bool is_shown = false;
        qgis_project_style(first, layer, &is_shown);
        if (qgis_project_has(project, layer))
            done = put_tree_layer(project, layer, is_shown, xml);
    }
    qgis_xml_close(xml);
    return done;
}

static const char *const geometry_names[] = {[LAYER_NO_GEOMETRY] = "No geometry",
                                             [LAYER_POINT] = "Point",
                                             [LAYER_LINE] = "Line",
                                             [LAYER_AREA] = "Polygon"};
static const char *const wkb_names[] = {[LAYER_NO_GEOMETRY] = "NoGeometry",
                                        [LAYER_POINT] = "Point",
                                        [LAYER_LINE] = "LineString",
                                        [LAYER_AREA] = "MultiPolygon"};

/* The styles to choose from; that of the layer itself is said there. */
static om_status put_style_manager(om_context *ctx, const struct layer_look *looks, size_t n,
                                   const struct layer_look *current, struct qgis_xml *xml)
{
    om_status status = OM_OK;
    qgis_xml_open(xml, "map-layer-style-manager");
    qgis_xml_attribute(xml, "current", current->name);
    for (size_t i = 0; status == OM_OK && i < n; i++) {
        qgis_xml_open(xml, "map-layer-style");
        qgis_xml_attribute(xml, "name", looks[i].name);
        if (&looks[i] != current) {
            qgis_xml_open(xml, "qgis");
            status = layer_look_write(ctx, &looks[i], xml);
            qgis_xml_close(xml);
        }
        qgis_xml_close(xml);
    }
    qgis_xml_close(xml);
    return status;
}

static void put_source(const struct qgis_project *project, const struct layer *layer, const char *source,
                       struct qgis_xml *xml)
{
    bool is_placed = layer->geometry != LAYER_NO_GEOMETRY;
    if (is_placed)
        put_extent(&project->extent, xml);
    qgis_xml_element(xml, "id", qgis_layer_id(layer).text);
    qgis_xml_element(xml, "datasource", source);
    qgis_xml_element(xml, "layername", title_of(layer));
    if (is_placed)
        put_crs(project, "srs", xml);
    qgis_xml_open(xml, "provider");
    qgis_xml_attribute(xml, "encoding", "UTF-8");
    qgis_xml_text(xml, "ogr");
    qgis_xml_close(xml);
}

static om_status put_styled_layer(om_context *ctx, const struct qgis_project *project,
                                  const struct layer *layer, const struct layer_look *looks, size_t n,
                                  struct qgis_xml *xml)
{
    const struct layer_look *current = &looks[0];
    char *source = source_of(project, layer);
    if (!source)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++)
        if (looks[i].is_default)
            current = &looks[i];
    qgis_xml_open(xml, "maplayer");
    qgis_xml_attribute(xml, "type", "vector");
    qgis_xml_attribute(xml, "geometry", geometry_names[layer->geometry]);
    qgis_xml_attribute(xml, "wkbType", wkb_names[layer->geometry]);
    om_status status = layer_look_write(ctx, current, xml);
    if (status == OM_OK)
        status = put_style_manager(ctx, looks, n, current, xml);
    put_source(project, layer, source, xml);
    qgis_xml_close(xml);
    om_free(source);
    return status;
}

static om_status put_layer(om_context *ctx, const struct qgis_project *project, const struct layer *layer,
                           struct qgis_xml *xml)
{
    struct layer_look *looks = NULL;
    size_t n = 0;
    om_status status = layer_looks(ctx, project->view, layer, project->template, true, &looks, &n);
    if (status == OM_OK)
        status = put_styled_layer(ctx, project, layer, looks, n, xml);
    layer_looks_free(looks, n);
    return status;
}

static void put_theme_layer(const struct theme *theme, const struct layer *layer, struct qgis_xml *xml)
{
    bool is_shown = false;
    const struct layer_style *style = qgis_project_style(theme, layer, &is_shown);
    if (!is_shown || !style)
        return;
    qgis_xml_open(xml, "layer");
    qgis_xml_attribute(xml, "id", qgis_layer_id(layer).text);
    qgis_xml_attribute(xml, "style", style->title[layer_language_chosen()]);
    qgis_xml_attribute(xml, "visible", "1");
    qgis_xml_attribute(xml, "expanded", "1");
    qgis_xml_close(xml);
}

static void put_theme(const struct qgis_project *project, const struct theme *theme, struct qgis_xml *xml)
{
    qgis_xml_open(xml, "visibility-preset");
    qgis_xml_attribute(xml, "name", om_tr(theme->title));
    qgis_xml_attribute(xml, "has-expanded-info", "1");
    for (size_t i = 0; i < map_n_layers; i++)
        if (qgis_project_has(project, &map_layers[i]))
            put_theme_layer(theme, &map_layers[i], xml);
    qgis_xml_open(xml, "checked-group-nodes");
    for (int g = 0; g < GROUPS; g++) {
        qgis_xml_open(xml, "checked-group-node");
        qgis_xml_attribute(xml, "id", om_tr(groups[g].title));
        qgis_xml_close(xml);
    }
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

static void put_themes(const struct qgis_project *project, struct qgis_xml *xml)
{
    qgis_xml_open(xml, "visibility-presets");
    for (int i = 0; i < MAP_THEMES; i++)
        if (map_themes[i].is_available(project->view->result))
            put_theme(project, &map_themes[i], xml);
    qgis_xml_close(xml);
}

static void put_property(struct qgis_xml *xml, const char *group, const char *name, const char *type,
                         const char *value)
{
    qgis_xml_open(xml, group);
    qgis_xml_open(xml, name);
    qgis_xml_attribute(xml, "type", type);
    qgis_xml_text(xml, value);
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

static void put_view(const struct qgis_project *project, struct qgis_xml *xml)
{
    qgis_xml_open(xml, "mapcanvas");
    qgis_xml_attribute(xml, "name", "theMapCanvas");
    qgis_xml_element(xml, "units", "meters");
    put_extent(&project->extent, xml);
    qgis_xml_element(xml, "rotation", "0");
    put_crs(project, "destinationsrs", xml);
    qgis_xml_close(xml);
    qgis_xml_open(xml, "properties");
    put_property(xml, "Paths", "Absolute", "bool", "false");
    put_property(xml, "SpatialRefSys", "ProjectionsEnabled", "int", "1");
    qgis_xml_close(xml);
}

/* What a reader of the project must know of the data, and what it was made of. */
static void put_metadata(const struct qgis_project *project, const char *title, struct qgis_xml *xml)
{
    const struct map_result *result = project->view->result;
    char *notice = map_notice(result), *sources = map_sources_words(result);
    char day[20];
    snprintf(day, sizeof day, "%.19s", project->timestamp);
    qgis_xml_open(xml, "projectMetadata");
    qgis_xml_element(xml, "identifier", result->result_sha256);
    qgis_xml_element(xml, "language", layer_language_codes[layer_language_chosen()]);
    qgis_xml_element(xml, "type", "dataset");
    qgis_xml_element(xml, "title", title);
    qgis_xml_element(xml, "abstract", notice ? notice : "");
    qgis_xml_element(xml, "history", sources ? sources : "");
    qgis_xml_element(xml, "author", "Omland");
    qgis_xml_element(xml, "creation", day);
    qgis_xml_close(xml);
    om_free(notice);
    om_free(sources);
}

/* The parts of a project that walk the layers. */
static om_status put_layers(om_context *ctx, const struct qgis_project *project, struct qgis_xml *xml)
{
    bool done = true;
    qgis_xml_open(xml, "layer-tree-group");
    for (int g = 0; done && g < GROUPS; g++)
        done = put_group(project, &groups[g], xml);
    qgis_xml_close(xml);
    qgis_xml_open(xml, "projectlayers");
    om_status status = done ? OM_OK : om_no_memory(ctx);
    for (size_t i = 0; status == OM_OK && i < map_n_layers; i++)
        if (qgis_project_has(project, &map_layers[i]))
            status = put_layer(ctx, project, &map_layers[i], xml);
    qgis_xml_close(xml);
    return status;
}

static om_status put_project(om_context *ctx, const struct qgis_project *project, struct qgis_xml *xml)
{
    const struct plan *plan = project->view->result->the_case->plan;
    char *title = om_format(om_tr("Delivery areas %s"), plan->name);
    if (!title)
        return om_no_memory(ctx);
    qgis_xml_open(xml, "qgis");
    qgis_xml_attribute(xml, "version", "3.22.0");
    qgis_xml_attribute(xml, "projectname", title);
    qgis_xml_element(xml, "title", title);
    put_crs(project, "projectCrs", xml);
    om_status status = put_layers(ctx, project, xml);
    put_view(project, xml);
    put_themes(project, xml);
    put_metadata(project, title, xml);
    if (status == OM_OK)
        status = qgis_layouts_write(ctx, project, xml);
    qgis_xml_close_to(xml, 0);
    om_free(title);
    return status;
}

om_status qgis_project_qgs(om_context *ctx, const struct qgis_project *project, char **qgs)
{
    struct qgis_xml xml;
    om_status status = qgis_xml_begin(ctx, &xml);
    if (status != OM_OK)
        return status;
    fputs("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>", xml.out);
    return qgis_xml_end(ctx, &xml, put_project(ctx, project, &xml), qgs);
}
