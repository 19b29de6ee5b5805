#include "geo/memory.h"
#include "layer_write.h"
#include "qgis_project.h"

#include <cpl_vsi.h>
#include <string.h>

const char qgis_project_name[] = "omland";

/* QGIS keeps a project as the hexadecimal text of a zip archive. */
static char *hexadecimal(const GByte *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    char *text = om_alloc(2 * n + 1, 1);
    for (size_t i = 0; text && i < n; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    return text;
}

static bool zip(const char *archive, const char *qgs)
{
    char *member = om_format("/vsizip/%s/%s.qgs", archive, qgis_project_name);
    VSILFILE *file = member ? VSIFOpenL(member, "wb") : NULL;
    size_t size = strlen(qgs);
    bool done = file && VSIFWriteL(qgs, 1, size, file) == size;
    if (file)
        done &= VSIFCloseL(file) == 0;
    om_free(member);
    return done;
}

/* The project zipped, as text. Owned by the caller; NULL: GDAL failed. */
static char *zipped(const char *qgs)
{
    char *archive = om_format("/vsimem/omland-%p.zip", (const void *)qgs), *text = NULL;
    vsi_l_offset size = 0;
    if (archive && zip(archive, qgs)) {
        GByte *bytes = VSIGetMemFileBuffer(archive, &size, FALSE);
        text = bytes ? hexadecimal(bytes, (size_t)size) : NULL;
    }
    if (archive)
        VSIUnlink(archive);
    om_free(archive);
    return text;
}

om_status qgis_project_store(om_context *ctx, GDALDatasetH dataset, const char *qgs, const char *timestamp)
{
    static const char table[] = "qgis_projects";
    char *content = zipped(qgs);
    if (!content)
        return layer_gdal_failed(ctx, table);
    om_status status =
        layer_sql(ctx, dataset, table,
                  om_format("CREATE TABLE IF NOT EXISTS %s (name TEXT PRIMARY KEY, metadata BLOB, "
                            "content BLOB)",
                            table));
    if (status == OM_OK)
        status = layer_sql(
            ctx, dataset, table,
            om_format("INSERT OR REPLACE INTO %s VALUES ('%s', '{\"last_modified_time\": \"%.19s\", "
                      "\"last_modified_user\": \"\"}', '%s')",
                      table, qgis_project_name, timestamp, content));
    om_free(content);
    return status;
}
