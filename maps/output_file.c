#include "output_file.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

om_status output_file_finish(om_context *ctx, const struct output_file *file)
{
    int written = open(file->temporary, O_RDONLY);
    bool is_safe = written >= 0 && fsync(written) == 0;
    if (written >= 0)
        close(written);
    if (is_safe && rename(file->temporary, file->path) == 0)
        return OM_OK;
    return om_fail(ctx, OM_IO, "%s: %s", file->path, strerror(errno));
}

void output_file_done(struct output_file *file)
{
    if (file->temporary)
        unlink(file->temporary);
    om_free(file->path);
    om_free(file->temporary);
    *file = (struct output_file){0};
}
