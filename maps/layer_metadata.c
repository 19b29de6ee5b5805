#include "layer_metadata.h"

#include "geo/memory.h"
#include "layer_style.h"
#include "layer_write.h"
#include "qgis_xml.h"

#include <string.h>

/* Before the hash in the identifier of every document of ours, so that it is known again. */
static const char our_mark[] = "omland:";

enum word { TITLE, ABSTRACT, LINEAGE, SYNTHETIC, SCHEMATIC, LICENCE, NO_LICENCE, WORDS };
static const char *const words[WORDS][LAYER_LANGUAGES] = {
    [TITLE] = {"Delivery areas", "Leveransområden"},
    [ABSTRACT] =
        {"For each municipality, whether job seekers have a choice of suppliers within the limit, and if not "
         "why; for each delivery area, whether it holds by the rules.",
         "För varje kommun: om de arbetssökande har flera leverantörer att välja mellan inom gränsen, och om "
         "inte, varför; för varje leveransområde: om det klarar reglerna."},
    [LINEAGE] = {"Judged by Omland. Equal input gives an equal result.",
                 "Bedömt av Omland. Samma indata ger samma resultat."},
    [SYNTHETIC] = {"not real but synthetic", "inte verkligt utan påhittat"},
    [SCHEMATIC] = {"not exact but schematic", "inte exakt utan schematiskt"},
    [LICENCE] = {"licence", "licens"},
    [NO_LICENCE] = {"licence unknown", "okänd licens"},
};

/* <gmd:name><gco:CharacterString>text */
static void put_string(struct qgis_xml *xml, const char *name, const char *text)
{
    qgis_xml_open(xml, name);
    qgis_xml_element(xml, "gco:CharacterString", text);
    qgis_xml_close(xml);
}

/* A code of one of the lists of ISO 19139. */
static void put_code(struct qgis_xml *xml, const char *name, const char *list, const char *value)
{
    char address[120];
    snprintf(address, sizeof address, "http://www.isotc211.org/2005/resources/codeList.xml#%s",
             list + strlen("gmd:"));
    qgis_xml_open(xml, name);
    qgis_xml_open(xml, list);
    qgis_xml_attribute(xml, "codeList", address);
    qgis_xml_attribute(xml, "codeListValue", value);
    qgis_xml_text(xml, value);
    qgis_xml_close(xml);
    qgis_xml_close(xml);
}

static void put_date(struct qgis_xml *xml, const char *timestamp)
{
    char day[11];
    snprintf(day, sizeof day, "%.10s", timestamp);
    qgis_xml_element(xml, "gco:Date", day);
}

static void put_citation(struct qgis_xml *xml, const char *title, const char *timestamp)
{
    int depth = xml->depth;
    qgis_xml_open(xml, "gmd:citation");
    qgis_xml_open(xml, "gmd:CI_Citation");
    put_string(xml, "gmd:title", title);
    qgis_xml_open(xml, "gmd:date");
    qgis_xml_open(xml, "gmd:CI_Date");
    qgis_xml_open(xml, "gmd:date");
    put_date(xml, timestamp);
    qgis_xml_close(xml);
    put_code(xml, "gmd:dateType", "gmd:CI_DateTypeCode", "creation");
    qgis_xml_close_to(xml, depth);
}

/* "suppliers: offices.csv, 2026-02, licence CC0, not real but synthetic, SHA-256 …" Owned by the caller. */
static char *source_words(const struct data_source *source, enum layer_language language)
{
    return om_format(
        "%s: %s%s%s, %s%s%s%s%s%s%s, SHA-256 %s", source->kind ? source->kind : "-",
        source->name ? source->name : "-", source->date ? ", " : "", source->date ? source->date : "",
        words[source->licence ? LICENCE : NO_LICENCE][language], source->licence ? " " : "",
        source->licence ? source->licence : "", source->is_synthetic ? ", " : "",
        source->is_synthetic ? words[SYNTHETIC][language] : "", source->is_schematic ? ", " : "",
        source->is_schematic ? words[SCHEMATIC][language] : "", source->sha256 ? source->sha256 : "-");
}

static bool put_source(struct qgis_xml *xml, const struct data_source *source, enum layer_language language)
{
    char *text = source_words(source, language);
    if (!text)
        return false;
    qgis_xml_open(xml, "gmd:source");
    qgis_xml_open(xml, "gmd:LI_Source");
    put_string(xml, "gmd:description", text);
    qgis_xml_close(xml);
    qgis_xml_close(xml);
    om_free(text);
    return true;
}

static char *statement(const struct map_result *result, enum layer_language language)
{
    const struct data_case *the_case = result->the_case;
    return om_format(
        "%s Omland %s, plan %s (SHA-256 %s), %s %s (SHA-256 %s), input SHA-256 %s, result SHA-256 %s.",
        words[LINEAGE][language], result->tool_version, the_case->plan->name, the_case->plan_sha256,
        layer_in_language(language, "rules", "regler"), the_case->rules_name, the_case->rules_sha256,
        the_case->input_sha256, result->result_sha256);
}

static bool put_quality(struct qgis_xml *xml, const struct map_result *result, enum layer_language language)
{
    int depth = xml->depth;
    char *text = statement(result, language);
    bool done = text != NULL;
    qgis_xml_open(xml, "gmd:dataQualityInfo");
    qgis_xml_open(xml, "gmd:DQ_DataQuality");
    qgis_xml_open(xml, "gmd:scope");
    qgis_xml_open(xml, "gmd:DQ_Scope");
    put_code(xml, "gmd:level", "gmd:MD_ScopeCode", "dataset");
    qgis_xml_close_to(xml, depth + 2);
    qgis_xml_open(xml, "gmd:lineage");
    qgis_xml_open(xml, "gmd:LI_Lineage");
    put_string(xml, "gmd:statement", done ? text : "");
    for (size_t i = 0; done && i < result->the_case->n_sources; i++)
        done = put_source(xml, &result->the_case->sources[i], language);
    qgis_xml_close_to(xml, depth);
    om_free(text);
    return done;
}

static bool put_identification(struct qgis_xml *xml, const struct layer_view *view,
                               enum layer_language language, const char *timestamp)
{
    int depth = xml->depth;
    char *title = om_format("%s %s", words[TITLE][language], view->result->the_case->plan->name);
    if (!title)
        return false;
    qgis_xml_open(xml, "gmd:identificationInfo");
    qgis_xml_open(xml, "gmd:MD_DataIdentification");
    put_citation(xml, title, timestamp);
    put_string(xml, "gmd:abstract", words[ABSTRACT][language]);
    put_string(xml, "gmd:language", layer_language_codes[language]);
    qgis_xml_open(xml, "gmd:topicCategory");
    qgis_xml_element(xml, "gmd:MD_TopicCategoryCode", "society");
    qgis_xml_close_to(xml, depth);
    om_free(title);
    return true;
}

static void put_crs(struct qgis_xml *xml, const char *crs)
{
    int depth = xml->depth;
    qgis_xml_open(xml, "gmd:referenceSystemInfo");
    qgis_xml_open(xml, "gmd:MD_ReferenceSystem");
    qgis_xml_open(xml, "gmd:referenceSystemIdentifier");
    qgis_xml_open(xml, "gmd:RS_Identifier");
    put_string(xml, "gmd:code", crs);
    qgis_xml_close_to(xml, depth);
}

static bool put_document(struct qgis_xml *xml, const struct layer_view *view, enum layer_language language)
{
    char timestamp[32], *identifier = om_format("%s%s", our_mark, view->result->result_sha256);
    if (!identifier)
        return false;
    layer_timestamp(view->result, timestamp);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", xml->out);
    qgis_xml_open(xml, "gmd:MD_Metadata");
    qgis_xml_attribute(xml, "xmlns:gmd", "http://www.isotc211.org/2005/gmd");
    qgis_xml_attribute(xml, "xmlns:gco", "http://www.isotc211.org/2005/gco");
    put_string(xml, "gmd:fileIdentifier", identifier);
    put_string(xml, "gmd:language", layer_language_codes[language]);
    put_code(xml, "gmd:hierarchyLevel", "gmd:MD_ScopeCode", "dataset");
    qgis_xml_open(xml, "gmd:contact");
    qgis_xml_attribute(xml, "gco:nilReason", "missing");
    qgis_xml_close(xml);
    qgis_xml_open(xml, "gmd:dateStamp");
    put_date(xml, timestamp);
    qgis_xml_close(xml);
    put_string(xml, "gmd:metadataStandardName", "ISO 19115");
    put_crs(xml, view->result->the_case->crs);
    bool done =
        put_identification(xml, view, language, timestamp) && put_quality(xml, view->result, language);
    qgis_xml_close_to(xml, 0);
    om_free(identifier);
    return done;
}

om_status layer_metadata_xml(om_context *ctx, const struct layer_view *view, enum layer_language language,
                             char **xml)
{
    struct qgis_xml document;
    om_status status = qgis_xml_begin(ctx, &document);
    if (status != OM_OK)
        return status;
    if (!put_document(&document, view, language))
        status = om_no_memory(ctx);
    return qgis_xml_end(ctx, &document, status, xml);
}

/* The tables of the GeoPackage extension for metadata (OGC 12-128r17, annex F.8), and those of ours away. */
static om_status prepare(om_context *ctx, GDALDatasetH dataset)
{
    static const char *const statements[] = {
        "CREATE TABLE IF NOT EXISTS gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, "
        "md_scope TEXT "
        "NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT "
        "'text/xml', "
        "metadata TEXT NOT NULL DEFAULT '')",
        "CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, "
        "column_name TEXT, row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT "
        "(strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL, md_parent_id INTEGER, "
        "CONSTRAINT "
        "crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), CONSTRAINT crmr_mpi_fk FOREIGN "
        "KEY "
        "(md_parent_id) REFERENCES gpkg_metadata(id))",
        "INSERT INTO gpkg_extensions SELECT t.name, NULL, 'gpkg_metadata', "
        "'http://www.geopackage.org/spec130/#extension_metadata', 'read-write' FROM (SELECT 'gpkg_metadata' "
        "AS name "
        "UNION SELECT 'gpkg_metadata_reference') AS t WHERE t.name NOT IN (SELECT coalesce(table_name, '') "
        "FROM "
        "gpkg_extensions)",
        "DELETE FROM gpkg_metadata_reference WHERE md_file_id IN (SELECT id FROM gpkg_metadata WHERE "
        "metadata LIKE "
        "'%>omland:%')",
        "DELETE FROM gpkg_metadata WHERE metadata LIKE '%>omland:%'",
    };
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < sizeof statements / sizeof *statements; i++)
        status = layer_sql(ctx, dataset, "gpkg_metadata", om_strdup(statements[i]));
    return status;
}

static om_status write_document(om_context *ctx, const struct layer_view *view, enum layer_language language,
                                GDALDatasetH dataset)
{
    char *xml = NULL;
    om_status status = layer_metadata_xml(ctx, view, language, &xml);
    char *text = xml ? layer_sql_quoted(xml, '\'') : NULL;
    if (status == OM_OK)
        status =
            text ? layer_sql(
                       ctx, dataset, "gpkg_metadata",
                       om_format("INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
                                 "VALUES ('dataset', 'http://www.isotc211.org/2005/gmd', 'text/xml', %s)",
                                 text))
                 : om_no_memory(ctx);
    om_free(xml);
    om_free(text);
    return status;
}

/* table NULL: the whole file. */
static om_status refer(om_context *ctx, GDALDatasetH dataset, const char *prefix, const char *table,
                       const char *timestamp)
{
    return layer_sql(
        ctx, dataset, "gpkg_metadata_reference",
        om_format("INSERT INTO gpkg_metadata_reference (reference_scope, table_name, timestamp, md_file_id) "
                  "SELECT '%s', nullif('%s%s', ''), '%s', id FROM gpkg_metadata WHERE metadata LIKE "
                  "'%%>omland:%%' ORDER BY id",
                  table ? "table" : "geopackage", table ? prefix : "", table ? table : "", timestamp));
}

om_status layer_write_metadata(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                               const char *prefix)
{
    char timestamp[32];
    enum layer_language chosen = layer_language_chosen();
    layer_timestamp(view->result, timestamp);
    om_status status = prepare(ctx, dataset);
    if (status == OM_OK)
        status = write_document(ctx, view, chosen, dataset);
    if (status == OM_OK)
        status = write_document(ctx, view, chosen == LAYER_ENGLISH ? LAYER_SWEDISH : LAYER_ENGLISH, dataset);
    if (status == OM_OK && !*prefix)
        status = refer(ctx, dataset, prefix, NULL, timestamp);
    for (size_t i = 0; status == OM_OK && i < map_n_layers; i++)
        if (!layer_is_absent(view, &map_layers[i]))
            status = refer(ctx, dataset, prefix, map_layers[i].name, timestamp);
    return status;
}
