#include "output_file.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

bool path_ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path), n = strlen(ending);
    return length > n && strcasecmp(path + length - n, ending) == 0;
}

/* Hidden, and named after the process, so that two runs do not write into one file. */
static char *temporary_path(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *extension = strrchr(name, '.');
    return om_format("%.*s.%s.%ld.part%s", (int)(name - path), path, name, (long)getpid(),
                     extension ? extension : "");
}

om_status output_file_begin(om_context *ctx, const char *path, bool overwrite, struct output_file *out)
{
    struct stat found;
    bool is_there = stat(path, &found) == 0;
    if (is_there && S_ISDIR(found.st_mode))
        return om_fail(ctx, OM_EXISTS, om_tr("%s is a folder"), path);
    if (is_there && !overwrite)
        return om_fail(ctx, OM_EXISTS, om_tr("%s exists already; --overwrite replaces it"), path);
    struct output_file file = {om_strdup(path), temporary_path(path)};
    if (!file.path || !file.temporary) {
        output_file_done(&file);
        return om_no_memory(ctx);
    }
    *out = file;
    return OM_OK;
}

static om_status failed(om_context *ctx, const struct output_file *file)
{
    return om_fail(ctx, OM_IO, om_tr("%s cannot be written: %s"), file->path, strerror(errno));
}

om_status output_file_open(om_context *ctx, const struct output_file *file, FILE **out)
{
    FILE *stream = fopen(file->temporary, "wb");
    if (!stream)
        return failed(ctx, file);
    *out = stream;
    return OM_OK;
}

om_status output_file_close(om_context *ctx, const struct output_file *file, FILE *stream, om_status written)
{
    bool is_whole = !ferror(stream);
    is_whole &= fclose(stream) == 0;
    return written == OM_OK && !is_whole ? failed(ctx, file) : written;
}

om_status output_file_finish(om_context *ctx, const struct output_file *file)
{
    int written = open(file->temporary, O_RDONLY);
    bool is_safe = written >= 0 && fsync(written) == 0;
    if (written >= 0)
        close(written);
    if (is_safe && rename(file->temporary, file->path) == 0)
        return OM_OK;
    return failed(ctx, file);
}

void output_file_done(struct output_file *file)
{
    if (file->temporary)
        unlink(file->temporary);
    om_free(file->path);
    om_free(file->temporary);
    *file = (struct output_file){0};
}
