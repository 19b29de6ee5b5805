#include "project_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <errno.h>
#include <fcntl.h>
#include <ogr_srs_api.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void register_drivers(void)
{
    GDALAllRegister();
}

void project_use_gdal(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_drivers);
}

/* GeoPackage keeps a timestamp per table; equal input must give equal bytes. */
static void use_source_date(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (!epoch || !*epoch)
        return;
    time_t seconds = (time_t)strtoll(epoch, NULL, 10);
    struct tm utc;
    char text[40];
    if (!gmtime_r(&seconds, &utc) || !strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", &utc))
        return;
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", text);
}

static bool exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

/* A live journal belongs to the file under that name: replacing the file would corrupt the newcomer. */
static om_status refuse_sidecars(om_context *ctx, const char *path)
{
    static const char *const endings[] = {"-wal", "-journal"};
    for (size_t i = 0; i < 2; i++) {
        char *sidecar = om_format("%s%s", path, endings[i]);
        if (!sidecar)
            return om_no_memory(ctx);
        bool found = exists(sidecar);
        if (found)
            om_fail(ctx, OM_EXISTS,
                    om_tr("%s: %s exists, so the file is open in another program or was not closed well; "
                          "close it there first"),
                    path, sidecar);
        om_free(sidecar);
        if (found)
            return OM_EXISTS;
    }
    return OM_OK;
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? om_strndup(path, slash == path ? 1 : (size_t)(slash - path)) : om_strdup(".");
}

static om_status open_dataset(om_context *ctx, data_project *project)
{
    static const char *const drivers[] = {"GPKG", NULL};
    project_use_gdal();
    use_source_date();
    unsigned flags = GDAL_OF_VECTOR | (project->writable ? GDAL_OF_UPDATE : GDAL_OF_READONLY);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    project->dataset = GDALOpenEx(project->file, flags, drivers, NULL, NULL);
    CPLPopErrorHandler();
    if (project->dataset)
        return OM_OK;
    return om_fail(ctx, OM_BAD_DATA, om_tr("%s is not an Omland project (%s)"), project->path,
                   *CPLGetLastErrorMsg() ? CPLGetLastErrorMsg() : om_tr("not a GeoPackage"));
}

static om_status close_dataset(om_context *ctx, data_project *project)
{
    GDALDatasetH dataset = project->dataset;
    project->dataset = NULL;
    if (!dataset)
        return OM_OK;
    use_source_date();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    GDALClose(dataset);
    CPLPopErrorHandler();
    if (CPLGetLastErrorType() >= CE_Failure)
        return om_fail(ctx, OM_IO, "%s: %s", project->path, CPLGetLastErrorMsg());
    return OM_OK;
}

static data_project *project_new(const char *path, const char *file, bool writable)
{
    data_project *project = om_alloc(1, sizeof *project);
    if (!project)
        return NULL;
    *project = (data_project){.path = om_strdup(path), .file = om_strdup(file), .writable = writable};
    if (project->path && project->file)
        return project;
    data_project_close(project);
    return NULL;
}

void data_project_close(data_project *project)
{
    if (!project)
        return;
    om_context ignored = {0};
    data_project_rollback(project);
    close_dataset(&ignored, project);
    if (project->file && project->path && strcmp(project->file, project->path) != 0)
        unlink(project->file);
    geo_transform_free(project->to_lon_lat);
    geo_transform_free(project->from_lon_lat);
    om_free(project->path);
    om_free(project->file);
    om_free(project->crs);
    om_free(project);
    om_context_done(&ignored);
}

/* A system whose axes are metres: everything the project stores and measures rests on that. */
static om_status projected_system(om_context *ctx, const char *crs, OGRSpatialReferenceH *out)
{
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    if (!system)
        return om_no_memory(ctx);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    bool known = OSRSetFromUserInput(system, crs) == OGRERR_NONE;
    CPLPopErrorHandler();
    if (known && OSRIsProjected(system) && OSRGetLinearUnits(system, NULL) == 1.0) {
        OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
        *out = system;
        return OM_OK;
    }
    OSRDestroySpatialReference(system);
    return om_fail(ctx, OM_BAD_DATA,
                   om_tr("coordinate system \"%s\": a projected system in metres is needed, "
                         "for example EPSG:3006 for Sweden"),
                   crs);
}

static om_status create_column(om_context *ctx, OGRLayerH layer, const struct project_column *column)
{
    static const OGRFieldType types[] = {OFTString, OFTReal, OFTInteger64, OFTInteger};
    OGRFieldDefnH field = OGR_Fld_Create(column->name, types[column->type]);
    if (column->type == PROJECT_BOOLEAN)
        OGR_Fld_SetSubType(field, OFSTBoolean);
    OGR_Fld_SetNullable(field, !column->required);
    OGRErr error = OGR_L_CreateField(layer, field, FALSE);
    OGR_Fld_Destroy(field);
    return error == OGRERR_NONE ? OM_OK : om_fail(ctx, OM_LIBRARY, "%s", CPLGetLastErrorMsg());
}

static om_status create_table(om_context *ctx, data_project *project, const struct project_table *table,
                              OGRSpatialReferenceH system)
{
    static const OGRwkbGeometryType geometries[] = {wkbNone, wkbPoint, wkbMultiPolygon};
    char **options = CSLSetNameValue(NULL, "DESCRIPTION", table->meaning);
    OGRLayerH layer = GDALDatasetCreateLayer(project->dataset, table->name, table->geometry ? system : NULL,
                                             geometries[table->geometry], options);
    CSLDestroy(options);
    if (!layer)
        return om_fail(ctx, OM_LIBRARY, "%s", CPLGetLastErrorMsg());
    om_status status = OM_OK;
    for (size_t i = 0; i < project_table_columns(table) && status == OM_OK; i++)
        status = create_column(ctx, layer, &table->columns[i]);
    /* GDAL creates a table when its first use needs it. */
    OGR_L_SyncToDisk(layer);
    if (status == OM_OK && table->key)
        status = project_execute(ctx, project, "CREATE UNIQUE INDEX \"%w_key\" ON \"%w\" (%s)", table->name,
                                 table->name, table->key);
    return status;
}

static om_status store_setting(om_context *ctx, data_project *project, const char *key, const char *value)
{
    struct project_value values[] = {{.text = key}, {.text = value}};
    return project_insert(ctx, project, "setting", values, NULL);
}

static om_status create_tables(om_context *ctx, data_project *project, OGRSpatialReferenceH system)
{
    om_status status = data_project_begin(ctx, project);
    for (size_t i = 0; i < project_n_tables && status == OM_OK; i++)
        status = create_table(ctx, project, &project_tables[i], system);
    char version[16];
    snprintf(version, sizeof version, "%d", PROJECT_SCHEMA_VERSION);
    if (status == OM_OK)
        status = store_setting(ctx, project, "omland_schema", version);
    if (status == OM_OK)
        status = store_setting(ctx, project, "crs", project->crs);
    return status == OM_OK ? data_project_commit(ctx, project) : status;
}

/* SQLite says of a folder that is missing or closed only that it cannot open the file. */
static om_status creation_failure(om_context *ctx, const data_project *project)
{
    char *folder = folder_of(project->path);
    bool is_writable = !folder || access(folder, W_OK) == 0;
    om_fail(ctx, OM_IO, "%s: %s", project->path, is_writable ? CPLGetLastErrorMsg() : strerror(errno));
    om_free(folder);
    return OM_IO;
}

static om_status create_file(om_context *ctx, data_project *project, OGRSpatialReferenceH system)
{
    project_use_gdal();
    use_source_date();
    char **options = CSLSetNameValue(NULL, "VERSION", "1.3");
    options = CSLSetNameValue(options, "ADD_GPKG_OGR_CONTENTS", "NO");
    CPLPushErrorHandler(CPLQuietErrorHandler);
    project->dataset = GDALCreate(GDALGetDriverByName("GPKG"), project->file, 0, 0, 0, GDT_Unknown, options);
    om_status status =
        project->dataset ? create_tables(ctx, project, system) : creation_failure(ctx, project);
    CPLPopErrorHandler();
    CSLDestroy(options);
    return status;
}

om_status data_project_create(om_context *ctx, const char *path, const char *crs, bool overwrite,
                              data_project **out)
{
    if (exists(path) && !overwrite)
        return om_fail(ctx, OM_EXISTS, om_tr("%s exists already"), path);
    om_status status = refuse_sidecars(ctx, path);
    if (status != OM_OK)
        return status;
    OGRSpatialReferenceH system = NULL;
    data_project *project = NULL;
    char *file = om_format("%s.%ld.tmp.gpkg", path, (long)getpid());
    if (!file)
        return om_no_memory(ctx);
    if ((status = projected_system(ctx, crs, &system)) != OM_OK)
        goto done;
    unlink(file);
    project = project_new(path, file, true);
    if (!project || !(project->crs = om_strdup(crs))) {
        status = om_no_memory(ctx);
        goto done;
    }
    if ((status = create_file(ctx, project, system)) != OM_OK)
        goto done;
    *out = project;
    project = NULL;
done:
    data_project_close(project);
    if (system)
        OSRDestroySpatialReference(system);
    om_free(file);
    return status;
}

static om_status read_settings(om_context *ctx, data_project *project)
{
    if (!GDALDatasetGetLayerByName(project->dataset, "setting"))
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s is a GeoPackage but not an Omland project; `omland new` makes one"),
                       project->path);
    struct project_query query;
    om_status status = project_select(ctx, project, &query, "SELECT key, value FROM setting ORDER BY key");
    long version = 0;
    while (status == OM_OK && project_next(&query)) {
        const char *key = project_text(&query, 0), *value = project_text(&query, 1);
        if (key && value && strcmp(key, "omland_schema") == 0)
            version = strtol(value, NULL, 10);
        else if (key && value && !project->crs && strcmp(key, "crs") == 0)
            project->crs = om_strdup(value);
    }
    project_query_done(&query);
    if (status != OM_OK)
        return status;
    if (version > PROJECT_SCHEMA_VERSION)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s was made by a newer Omland (file version %ld, this one reads %d)"),
                       project->path, version, PROJECT_SCHEMA_VERSION);
    if (version >= 1 && version < PROJECT_SCHEMA_VERSION)
        return om_fail(
            ctx, OM_BAD_DATA,
            om_tr("%s was made by an older Omland (file version %ld, this one reads %d); `omland new` "
                  "makes a project of today, into which the files are imported again"),
            project->path, version, PROJECT_SCHEMA_VERSION);
    if (version < 1 || !project->crs)
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s is not a complete Omland project: table setting lacks %s"),
                       project->path, version < 1 ? "omland_schema" : "crs");
    return OM_OK;
}

bool data_project_is_one(const char *path)
{
    static const char magic[16] = "SQLite format 3"; /* with its NUL: how every GeoPackage begins */
    char start[sizeof magic] = "";
    FILE *file = fopen(path, "rb");
    bool is_one = file && fread(start, sizeof start, 1, file) == 1 && memcmp(start, magic, sizeof magic) == 0;
    if (file)
        fclose(file);
    return is_one;
}

om_status data_project_open(om_context *ctx, const char *path, enum data_access access_mode,
                            data_project **out)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return om_fail(ctx, errno == ENOENT || errno == ENOTDIR ? OM_NOT_FOUND : OM_IO, "%s: %s", path,
                       strerror(errno));
    if (access(path, R_OK) != 0 || (access_mode == DATA_WRITE && access(path, W_OK) != 0))
        return om_fail(ctx, OM_IO, "%s: %s", path, strerror(errno));
    data_project *project = project_new(path, path, access_mode == DATA_WRITE);
    if (!project)
        return om_no_memory(ctx);
    om_status status = open_dataset(ctx, project);
    if (status == OM_OK)
        status = read_settings(ctx, project);
    if (status != OM_OK) {
        data_project_close(project);
        return status;
    }
    *out = project;
    return OM_OK;
}

static om_status flush_to_disk(om_context *ctx, const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0 || fsync(file) != 0) {
        om_fail(ctx, OM_IO, "%s: %s", path, strerror(errno));
        if (file >= 0)
            close(file);
        return OM_IO;
    }
    close(file);
    return OM_OK;
}

/* The rename itself must survive a power cut too. */
static om_status flush_folder_of(om_context *ctx, const char *path)
{
    char *folder = folder_of(path);
    if (!folder)
        return om_no_memory(ctx);
    om_status status = flush_to_disk(ctx, folder, O_RDONLY | O_DIRECTORY);
    om_free(folder);
    return status;
}

om_status data_project_finish(om_context *ctx, data_project *project)
{
    if (project->in_transaction)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s: a transaction is open", project->path);
    if (strcmp(project->file, project->path) == 0)
        return OM_OK;
    om_status status = project_check_references(ctx, project);
    if (status == OM_OK)
        status = project_execute(ctx, project, "VACUUM");
    if (status == OM_OK)
        status = close_dataset(ctx, project);
    if (status == OM_OK)
        status = flush_to_disk(ctx, project->file, O_RDONLY);
    if (status == OM_OK)
        status = refuse_sidecars(ctx, project->path);
    if (status != OM_OK)
        return status;
    if (rename(project->file, project->path) != 0)
        return om_fail(ctx, OM_IO, "%s: %s", project->path, strerror(errno));
    char *file = om_strdup(project->path);
    if (!file)
        return om_no_memory(ctx);
    om_free(project->file);
    project->file = file;
    status = flush_folder_of(ctx, project->path);
    return status == OM_OK ? open_dataset(ctx, project) : status;
}

const char *data_project_path(const data_project *project)
{
    return project->path;
}

const char *data_project_crs(const data_project *project)
{
    return project->crs;
}

om_status data_project_begin(om_context *ctx, data_project *project)
{
    if (!project->writable)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s: opened for reading only", project->path);
    if (project->in_transaction)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s: a transaction is open already", project->path);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGRErr error = GDALDatasetStartTransaction(project->dataset, FALSE);
    CPLPopErrorHandler();
    if (error != OGRERR_NONE)
        return project_failure(ctx, project);
    project->in_transaction = true;
    return OM_OK;
}

om_status data_project_commit(om_context *ctx, data_project *project)
{
    if (!project->in_transaction)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s: no transaction is open", project->path);
    om_status status = project_check_references(ctx, project);
    if (status != OM_OK) {
        data_project_rollback(project);
        return status;
    }
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGRErr error = GDALDatasetCommitTransaction(project->dataset);
    CPLPopErrorHandler();
    if (error != OGRERR_NONE) {
        status = project_failure(ctx, project);
        data_project_rollback(project);
        return status;
    }
    project->in_transaction = false;
    return OM_OK;
}

void data_project_rollback(data_project *project)
{
    if (!project->in_transaction)
        return;
    project->in_transaction = false;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetRollbackTransaction(project->dataset);
    CPLPopErrorHandler();
}

om_status project_enter(om_context *ctx, data_project *project, bool *mine)
{
    *mine = !project->in_transaction;
    return *mine ? data_project_begin(ctx, project) : OM_OK;
}

om_status project_leave(om_context *ctx, data_project *project, bool mine, om_status status)
{
    if (!mine)
        return status;
    if (status == OM_OK)
        return data_project_commit(ctx, project);
    data_project_rollback(project);
    return status;
}
