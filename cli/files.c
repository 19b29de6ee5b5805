#include "files.h"

#include "geo/memory.h"

#include <cpl_vsi.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

om_status cli_must_not_exist(struct cli *cli, const char *path)
{
    if (cli->overwrite || access(path, F_OK) != 0)
        return OM_OK;
    return om_fail(&cli->ctx, OM_EXISTS, om_tr("%s exists already; --overwrite replaces it"), path);
}

om_status cli_output_open(struct cli *cli, const char *path, struct cli_output *out)
{
    struct cli_output output = {0};
    if (strcmp(path, "-") == 0) {
        *out = (struct cli_output){.file = stdout};
        return OM_OK;
    }
    om_status status = cli_must_not_exist(cli, path);
    if (status != OM_OK)
        return status;
    output.path = om_strdup(path);
    output.temporary = om_format("%s.part", path);
    if (!output.path || !output.temporary) {
        status = om_no_memory(&cli->ctx);
        goto done;
    }
    output.file = fopen(output.temporary, "wb");
    if (!output.file) {
        status = om_fail(&cli->ctx, OM_IO, om_tr("%s cannot be written: %s"), path, strerror(errno));
        goto done;
    }
    *out = output;
    return OM_OK;
done:
    om_free(output.path);
    om_free(output.temporary);
    return status;
}

om_status cli_output_finish(struct cli *cli, struct cli_output *output)
{
    if (!output->path)
        return OM_OK;
    bool ok = fflush(output->file) == 0 && fsync(fileno(output->file)) == 0;
    ok = fclose(output->file) == 0 && ok;
    output->file = NULL;
    if (!ok || rename(output->temporary, output->path) != 0)
        return om_fail(&cli->ctx, OM_IO, om_tr("%s cannot be written: %s"), output->path, strerror(errno));
    om_free(output->temporary);
    output->temporary = NULL;
    return OM_OK;
}

void cli_output_discard(struct cli_output *output)
{
    if (output->path && output->file)
        fclose(output->file);
    if (output->temporary)
        unlink(output->temporary);
    om_free(output->temporary);
    om_free(output->path);
    *output = (struct cli_output){0};
}

#define STDIN_COPY "/vsimem/omland/stdin.csv"

const char *cli_input(struct cli *cli, const char *path)
{
    if (strcmp(path, "-") != 0)
        return path;
    VSILFILE *copy = VSIFOpenL(STDIN_COPY, "wb");
    char buffer[65536];
    bool ok = copy != NULL;
    for (size_t n; ok && (n = fread(buffer, 1, sizeof buffer, stdin)) > 0;)
        ok = VSIFWriteL(buffer, 1, n, copy) == n;
    ok = copy && VSIFCloseL(copy) == 0 && ok && !ferror(stdin);
    if (!ok)
        om_fail(&cli->ctx, OM_IO, "%s", om_tr("standard input cannot be read"));
    return ok ? STDIN_COPY : NULL;
}
