#include "file_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_vsi.h>
#include <string.h>

om_status file_read(om_context *ctx, const char *path, size_t limit, char **bytes, size_t *size)
{
    VSIStatBufL info;
    if (VSIStatL(path, &info) != 0)
        return om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no such file"), path);
    if (VSI_ISDIR(info.st_mode))
        return om_fail(ctx, OM_IO, om_tr("%s: is a folder, not a file"), path);
    if ((size_t)info.st_size > limit)
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s: larger than %zu bytes, which no such file should be"),
                       path, limit);
    size_t wanted = (size_t)info.st_size;
    char *buffer = om_alloc(wanted + 1, 1);
    if (!buffer)
        return om_no_memory(ctx);
    VSILFILE *file = VSIFOpenL(path, "rb");
    size_t got = file ? VSIFReadL(buffer, 1, wanted, file) : 0;
    if (file)
        VSIFCloseL(file);
    if (!file || got != wanted) {
        om_free(buffer);
        return om_fail(ctx, OM_IO, om_tr("%s: cannot be read"), path);
    }
    *bytes = buffer;
    *size = wanted;
    return OM_OK;
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
