#include "layer_database.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "layer_style.h"
#include "layer_write.h"

#include <cpl_string.h>
#include <ogr_api.h>
#include <string.h>

struct database {
    GDALDatasetH dataset;
    const char *shown; /* the connection in messages */
    char *schema;
};

/* Begins the comment of every table of ours, so that those of others are told apart. */
static const char our_mark[] = "Omland: ";

/* key=value pairs, of which a value may stand within ' and '. */
static void hide_value(char *text, const char *key)
{
    for (char *at = text; (at = strstr(at, key)); at += strlen(key)) {
        char *value = at + strlen(key);
        size_t length = *value == '\'' ? 1 + strcspn(value + 1, "'") : strcspn(value, " ");
        memset(value, '*', length);
    }
}

/* postgresql://user:password@host/name */
static void hide_in_address(char *text)
{
    char *user = strstr(text, "://");
    char *end = user ? strchr(user, '@') : NULL;
    char *colon = user ? strchr(user + 3, ':') : NULL;
    if (end && colon && colon < end)
        memset(colon + 1, '*', (size_t)(end - colon - 1));
}

char *layer_database_shown(const char *connection)
{
    char *shown = om_strdup(connection);
    if (shown) {
        hide_value(shown, "password=");
        hide_in_address(shown);
    }
    return shown;
}

static om_status database_failed(om_context *ctx, const struct database *database)
{
    return layer_gdal_failed(ctx, database->shown);
}

static om_status run_sql(om_context *ctx, const struct database *database, char *sql)
{
    return layer_sql(ctx, database->dataset, database->shown, sql);
}

/* The first value of the first row, "" without one. Takes the SQL; *value is owned by the caller. */
static om_status ask_sql(om_context *ctx, const struct database *database, char *sql, char **value)
{
    if (!sql)
        return om_no_memory(ctx);
    CPLErrorReset();
    OGRLayerH rows = GDALDatasetExecuteSQL(database->dataset, sql, NULL, NULL);
    OGRFeatureH row = rows ? OGR_L_GetNextFeature(rows) : NULL;
    bool failed = CPLGetLastErrorType() >= CE_Failure;
    char *found = om_strdup(row && OGR_F_IsFieldSetAndNotNull(row, 0) ? OGR_F_GetFieldAsString(row, 0) : "");
    OGR_F_Destroy(row);
    if (rows)
        GDALDatasetReleaseResultSet(database->dataset, rows);
    om_free(sql);
    if (failed || !found) {
        om_free(found);
        return failed ? database_failed(ctx, database) : om_no_memory(ctx);
    }
    *value = found;
    return OM_OK;
}

static om_status open_database(om_context *ctx, const char *connection, const char *shown,
                               struct database *out)
{
    static const char *const drivers[] = {"PostgreSQL", NULL};
    *out = (struct database){.shown = shown};
    out->dataset = GDALOpenEx(connection, GDAL_OF_VECTOR | GDAL_OF_UPDATE, drivers, NULL, NULL);
    if (!out->dataset)
        return database_failed(ctx, out);
    char *version = NULL;
    om_status status = ask_sql(
        ctx, out, om_strdup("SELECT extversion FROM pg_extension WHERE extname = 'postgis'"), &version);
    if (status == OM_OK && (!version || !*version))
        status = om_fail(
            ctx, OM_LIBRARY,
            om_tr("%s: the database has no PostGIS; `CREATE EXTENSION postgis` as its owner adds it"), shown);
    om_free(version);
    return status;
}

static om_status choose_schema(om_context *ctx, const char *wanted, struct database *database)
{
    if (!wanted) {
        om_status status = ask_sql(ctx, database, om_strdup("SELECT current_schema()"), &database->schema);
        if (status == OM_OK && (!database->schema || !*database->schema))
            return om_fail(ctx, OM_NOT_FOUND,
                           om_tr("%s: the search path has no schema; name one with --schema"),
                           database->shown);
        return status;
    }
    database->schema = om_strdup(wanted);
    char *name = layer_sql_quoted(wanted, '"');
    om_status status = database->schema && name
                           ? run_sql(ctx, database, om_format("CREATE SCHEMA IF NOT EXISTS %s", name))
                           : om_no_memory(ctx);
    om_free(name);
    return status;
}

/* Two names quoted as one: "schema"."table". Owned by the caller. */
static char *table_name(const struct database *database, const char *table)
{
    char *schema = layer_sql_quoted(database->schema, '"'), *last = layer_sql_quoted(table, '"');
    char *name = schema && last ? om_format("%s.%s", schema, last) : NULL;
    om_free(schema);
    om_free(last);
    return name;
}

/* 't' or 'f' for whether a table is there, and whether it is ours. */
enum standing { TABLE_ABSENT, TABLE_OURS, TABLE_OF_OTHERS };

static om_status table_standing(om_context *ctx, const struct database *database, const char *table,
                                enum standing *out)
{
    char *name = table_name(database, table), *string = name ? layer_sql_quoted(name, '\'') : NULL,
         *comment = NULL;
    om_status status = string ? ask_sql(ctx, database,
                                        om_format("SELECT coalesce(obj_description(to_regclass(%s)), '-') "
                                                  "WHERE to_regclass(%s) IS NOT NULL",
                                                  string, string),
                                        &comment)
                              : om_no_memory(ctx);
    if (status == OM_OK)
        *out = !comment || !*comment                               ? TABLE_ABSENT
               : strncmp(comment, our_mark, strlen(our_mark)) == 0 ? TABLE_OURS
                                                                   : TABLE_OF_OTHERS;
    om_free(comment);
    om_free(string);
    om_free(name);
    return status;
}

static om_status drop_table(om_context *ctx, const struct database *database, const char *table)
{
    char *name = table_name(database, table);
    om_status status = name ? run_sql(ctx, database, om_format("DROP TABLE %s", name)) : om_no_memory(ctx);
    om_free(name);
    return status;
}

/* Room for the tables to be written; what this result has no layer for goes when it is ours. */
static om_status make_room(om_context *ctx, const struct layer_view *view, const struct database *database,
                           bool overwrite)
{
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < map_n_layers; i++) {
        const struct layer *layer = &map_layers[i];
        bool is_absent = layer_is_absent(view, layer);
        enum standing standing;
        status = table_standing(ctx, database, layer->name, &standing);
        if (status != OM_OK || standing == TABLE_ABSENT || (is_absent && standing == TABLE_OF_OTHERS))
            continue;
        if (overwrite)
            status = drop_table(ctx, database, layer->name);
        else if (!is_absent)
            status = om_fail(
                ctx, OM_EXISTS,
                om_tr("%s: the table %s.%s exists already; --overwrite replaces it, --schema writes to "
                      "another schema"),
                database->shown, database->schema, layer->name);
    }
    return status;
}

static om_status comment_column(om_context *ctx, const struct database *database, const char *table,
                                const struct layer_column *column)
{
    char *name = layer_sql_quoted(column->name, '"');
    char *alias =
        layer_sql_quoted(layer_in_language(layer_language_chosen(), column->english, column->swedish), '\'');
    om_status status =
        name && alias ? run_sql(ctx, database, om_format("COMMENT ON COLUMN %s.%s IS %s", table, name, alias))
                      : om_no_memory(ctx);
    om_free(name);
    om_free(alias);
    return status;
}

static om_status comment_table(om_context *ctx, const struct database *database, const struct layer *layer)
{
    char *name = table_name(database, layer->name);
    char *title = om_format("%s%s", our_mark,
                            layer_in_language(layer_language_chosen(), layer->english, layer->swedish));
    char *comment = title ? layer_sql_quoted(title, '\'') : NULL;
    om_status status = name && comment
                           ? run_sql(ctx, database, om_format("COMMENT ON TABLE %s IS %s", name, comment))
                           : om_no_memory(ctx);
    for (size_t i = 0; status == OM_OK && i < layer->n_columns; i++)
        status = comment_column(ctx, database, name, &layer->columns[i]);
    om_free(name);
    om_free(title);
    om_free(comment);
    return status;
}

static om_status write_table(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                             const struct database *database, OGRSpatialReferenceH crs)
{
    char **options = CSLSetNameValue(NULL, "FID", "fid");
    options = CSLSetNameValue(options, "GEOMETRY_NAME", "geom");
    options = CSLSetNameValue(options, "SCHEMA", database->schema);
    options = CSLSetNameValue(options, "LAUNDER", "NO");
    options = CSLSetNameValue(options, "EXTRACT_SCHEMA_FROM_LAYER_NAME", "NO");
    om_status status = layer_write(ctx, view, layer, database->dataset, layer->name, crs, options);
    CSLDestroy(options);
    return status == OM_OK ? comment_table(ctx, database, layer) : status;
}

static om_status write_tables(om_context *ctx, const struct layer_view *view, const struct database *database)
{
    OGRSpatialReferenceH crs = NULL;
    om_status status = layer_crs(ctx, view->result->the_case->crs, &crs);
    for (size_t i = 0; status == OM_OK && i < map_n_layers; i++)
        if (!layer_is_absent(view, &map_layers[i]))
            status = write_table(ctx, view, &map_layers[i], database, crs);
    if (crs)
        OSRRelease(crs);
    return status;
}

om_status layer_write_database(om_context *ctx, const struct layer_view *view,
                               const struct layer_format *format, const char *connection,
                               const struct map_export_options *options)
{
    struct database database = {0};
    GDALDriverH driver = NULL;
    char *shown = layer_database_shown(connection);
    om_status status = shown ? layer_format_driver(ctx, format, &driver) : om_no_memory(ctx);
    if (status == OM_OK)
        status = open_database(ctx, connection, shown, &database);
    if (status != OM_OK)
        goto done;
    if (GDALDatasetStartTransaction(database.dataset, FALSE) != OGRERR_NONE) {
        status = database_failed(ctx, &database);
        goto done;
    }
    status = choose_schema(ctx, options->schema, &database);
    if (status == OM_OK)
        status = make_room(ctx, view, &database, options->overwrite);
    if (status == OM_OK)
        status = write_tables(ctx, view, &database);
    if (status == OM_OK && GDALDatasetCommitTransaction(database.dataset) != OGRERR_NONE)
        status = database_failed(ctx, &database);
    if (status != OM_OK)
        GDALDatasetRollbackTransaction(database.dataset);
done:
    if (database.dataset)
        GDALClose(database.dataset);
    om_free(database.schema);
    om_free(shown);
    return status;
}
