#include "project_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <math.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

om_status project_failure(om_context *ctx, const data_project *project)
{
    if (strstr(CPLGetLastErrorMsg(), "database is locked"))
        return om_fail(ctx, OM_IO, om_tr("%s: another program is writing to it; try again when that is done"),
                       project->path);
    return om_fail(ctx, OM_LIBRARY, "%s: %s", project->path, CPLGetLastErrorMsg());
}

/* GDAL's messages go into the context, not to stderr. */
static OGRLayerH run_sql(om_context *ctx, data_project *project, const char *format, va_list args,
                         om_status *status)
{
    char *sql = sqlite3_vmprintf(format, args);
    if (!sql) {
        *status = om_no_memory(ctx);
        return NULL;
    }
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    OGRLayerH layer = GDALDatasetExecuteSQL(project->dataset, sql, NULL, NULL);
    CPLPopErrorHandler();
    bool failed = !layer && CPLGetLastErrorType() >= CE_Failure;
    *status = failed ? project_failure(ctx, project) : OM_OK;
    sqlite3_free(sql);
    return layer;
}

om_status project_execute(om_context *ctx, data_project *project, const char *format, ...)
{
    om_status status;
    va_list args;
    va_start(args, format);
    OGRLayerH layer = run_sql(ctx, project, format, args, &status);
    va_end(args);
    if (layer)
        GDALDatasetReleaseResultSet(project->dataset, layer);
    return status;
}

om_status project_select(om_context *ctx, data_project *project, struct project_query *query,
                         const char *format, ...)
{
    om_status status;
    va_list args;
    va_start(args, format);
    OGRLayerH layer = run_sql(ctx, project, format, args, &status);
    va_end(args);
    *query = (struct project_query){.project = project, .layer = layer};
    return status;
}

bool project_next(struct project_query *query)
{
    OGR_F_Destroy(query->row);
    query->row = query->layer ? OGR_L_GetNextFeature(query->layer) : NULL;
    return query->row != NULL;
}

const char *project_text(const struct project_query *query, int column)
{
    if (!OGR_F_IsFieldSetAndNotNull(query->row, column))
        return NULL;
    return OGR_F_GetFieldAsString(query->row, column);
}

double project_number(const struct project_query *query, int column)
{
    return OGR_F_IsFieldSetAndNotNull(query->row, column) ? OGR_F_GetFieldAsDouble(query->row, column) : NAN;
}

void project_query_done(struct project_query *query)
{
    OGR_F_Destroy(query->row);
    if (query->layer)
        GDALDatasetReleaseResultSet(query->project->dataset, query->layer);
    *query = (struct project_query){0};
}

static void set_field(OGRFeatureH feature, int i, enum project_type type, const struct project_value *value)
{
    if (type == PROJECT_TEXT ? !value->text : isnan(value->number))
        OGR_F_SetFieldNull(feature, i);
    else if (type == PROJECT_TEXT)
        OGR_F_SetFieldString(feature, i, value->text);
    else if (type == PROJECT_REAL)
        OGR_F_SetFieldDouble(feature, i, value->number);
    else
        OGR_F_SetFieldInteger64(feature, i, (GIntBig)value->number);
}

/* Takes ownership of the geometry, which may be NULL. */
static om_status insert_feature(om_context *ctx, data_project *project, const char *table,
                                const struct project_value *values, OGRGeometryH geometry)
{
    const struct project_table *schema = project_table_find(table);
    OGRLayerH layer = GDALDatasetGetLayerByName(project->dataset, table);
    OGRFeatureH feature = layer ? OGR_F_Create(OGR_L_GetLayerDefn(layer)) : NULL;
    if (!schema || !feature) {
        OGR_G_DestroyGeometry(geometry);
        return om_fail(ctx, OM_LIBRARY, "%s: %s", project->path, table);
    }
    for (size_t i = 0; i < project_table_columns(schema); i++)
        set_field(feature, (int)i, schema->columns[i].type, &values[i]);
    if (geometry)
        OGR_F_SetGeometryDirectly(feature, geometry);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGRErr error = OGR_L_CreateFeature(layer, feature);
    CPLPopErrorHandler();
    OGR_F_Destroy(feature);
    return error == OGRERR_NONE ? OM_OK : project_failure(ctx, project);
}

om_status project_insert(om_context *ctx, data_project *project, const char *table,
                         const struct project_value *values, const struct geo_wkb *wkb)
{
    OGRGeometryH geometry = NULL;
    if (wkb && wkb->size) {
        if (OGR_G_CreateFromWkb(wkb->bytes, NULL, &geometry, (int)wkb->size) != OGRERR_NONE)
            return om_fail(ctx, OM_INVALID_ARGUMENT, "%s: geometry that is not WKB", table);
        geometry = OGR_G_ForceToMultiPolygon(geometry);
    }
    return insert_feature(ctx, project, table, values, geometry);
}

om_status project_insert_point(om_context *ctx, data_project *project, const char *table,
                               const struct project_value *values, const double lon_lat[2])
{
    if (isnan(lon_lat[0]) || isnan(lon_lat[1]))
        return insert_feature(ctx, project, table, values, NULL);
    double x_y[2] = {lon_lat[0], lon_lat[1]};
    om_status status = OM_OK;
    if (!project->from_lon_lat)
        status = geo_transform_new(ctx, "EPSG:4326", project->crs, &project->from_lon_lat);
    if (status == OM_OK)
        status = geo_transform_points(ctx, project->from_lon_lat, x_y, 1);
    if (status != OM_OK)
        return om_context_add(ctx, "%s %s", table, values[0].text ? values[0].text : "");
    OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
    if (!point)
        return om_no_memory(ctx);
    OGR_G_SetPoint_2D(point, 0, x_y[0], x_y[1]);
    return insert_feature(ctx, project, table, values, point);
}

om_status project_to_lon_lat(om_context *ctx, data_project *project, double place[2])
{
    om_status status = OM_OK;
    if (!project->to_lon_lat)
        status = geo_transform_new(ctx, project->crs, "EPSG:4326", &project->to_lon_lat);
    return status == OM_OK ? geo_transform_points(ctx, project->to_lon_lat, place, 1) : status;
}

om_status project_lon_lat(om_context *ctx, const struct project_query *query, double lon_lat[2])
{
    lon_lat[0] = lon_lat[1] = NAN;
    OGRGeometryH point = OGR_F_GetGeometryRef(query->row);
    if (!point || OGR_G_IsEmpty(point))
        return OM_OK;
    double place[2] = {OGR_G_GetX(point, 0), OGR_G_GetY(point, 0)};
    om_status status = project_to_lon_lat(ctx, query->project, place);
    for (int i = 0; i < 2 && status == OM_OK; i++)
        lon_lat[i] = round(place[i] * 1e7) / 1e7;
    return status;
}

char *project_listing(om_context *ctx, data_project *project, const char *table, const char *column)
{
    struct project_query query;
    if (project_select(ctx, project, &query, "SELECT DISTINCT \"%w\" FROM \"%w\" ORDER BY 1", column,
                       table) != OM_OK)
        return NULL;
    char *list = om_strdup("");
    while (list && project_next(&query)) {
        char *longer = om_format("%s%s%s", list, *list ? ", " : "", project_text(&query, 0));
        om_free(list);
        list = longer;
    }
    project_query_done(&query);
    return list;
}

static om_status check_reference(om_context *ctx, data_project *project, const struct project_table *table,
                                 const struct project_column *column)
{
    const struct project_table *target = project_table_find(column->references);
    struct project_query query;
    om_status status =
        project_select(ctx, project, &query,
                       "SELECT DISTINCT \"%w\" FROM \"%w\" WHERE \"%w\" IS NOT NULL AND \"%w\" "
                       "NOT IN (SELECT \"%w\" FROM \"%w\") ORDER BY 1 LIMIT 20",
                       column->name, table->name, column->name, column->name, target->key, target->name);
    if (status != OM_OK)
        return status;
    char *unknown = NULL;
    while (project_next(&query)) {
        char *longer =
            om_format("%s%s%s", unknown ? unknown : "", unknown ? ", " : "", project_text(&query, 0));
        om_free(unknown);
        unknown = longer;
    }
    if (unknown)
        status =
            om_fail(ctx, OM_BAD_DATA, om_tr("%s: table %s, column %s names what table %s does not have: %s"),
                    project->path, table->name, column->name, target->name, unknown);
    om_free(unknown);
    project_query_done(&query);
    return status;
}

om_status project_check_references(om_context *ctx, data_project *project)
{
    om_status status = OM_OK;
    for (size_t t = 0; t < project_n_tables && status == OM_OK; t++)
        for (size_t c = 0; c < project_table_columns(&project_tables[t]) && status == OM_OK; c++)
            if (project_tables[t].columns[c].references)
                status = check_reference(ctx, project, &project_tables[t], &project_tables[t].columns[c]);
    return status;
}
