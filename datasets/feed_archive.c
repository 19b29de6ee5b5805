/* Where the files of a feed lie: in a zip or a folder, perhaps one folder further down. */
#include "feed_internal.h"

#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>

static bool is_folder(const char *path)
{
    VSIStatBufL about;
    return VSIStatL(path, &about) == 0 && VSI_ISDIR(about.st_mode);
}

static bool has_tables(char **names)
{
    for (; names && *names; names++)
        for (size_t k = 0; k < FEED_FILES; k++)
            if (strcmp(*names, feed_files[k].name) == 0)
                return true;
    return false;
}

/* The only folder in a listing, or NULL. What archivers of some systems add is not counted. */
static const char *only_folder(const char *parent, char **names)
{
    const char *found = NULL;
    for (; names && *names; names++) {
        if (**names == '.' || strcmp(*names, "__MACOSX") == 0)
            continue;
        char *path = om_format("%s/%s", parent, *names);
        bool is_below = path && is_folder(path);
        om_free(path);
        if (is_below && found)
            return NULL;
        if (is_below)
            found = *names;
    }
    return found;
}

static bool ends_with_zip(const char *path)
{
    size_t length = strlen(path);
    return length >= 4 && EQUAL(path + length - 4, ".zip");
}

static om_status locate(om_context *ctx, struct feed_part *part)
{
    om_status status = OM_OK;
    char **names = NULL;
    VSIStatBufL about;
    if (VSIStatL(part->path, &about) != 0)
        return om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no such file or folder"), part->path);
    char *folder = VSI_ISDIR(about.st_mode)    ? om_strdup(part->path)
                   : ends_with_zip(part->path) ? om_format("/vsizip/%s", part->path)
                                               : om_format("/vsizip/{%s}", part->path);
    if (!folder)
        return om_no_memory(ctx);
    names = VSIReadDir(folder);
    if (!names && !VSI_ISDIR(about.st_mode)) {
        status = om_fail(ctx, OM_BAD_DATA,
                         om_tr("%s: this is not a zip archive; a feed is a zip archive or a folder of GTFS "
                               "files"),
                         part->path);
        goto done;
    }
    const char *below = has_tables(names) ? NULL : only_folder(folder, names);
    part->folder = below ? om_format("%s/%s", folder, below) : om_strdup(folder);
    if (!part->folder)
        status = om_no_memory(ctx);
done:
    CSLDestroy(names);
    om_free(folder);
    return status;
}

om_status feed_part_locate(om_context *ctx, struct feed_part *part)
{
    CPLPushErrorHandler(CPLQuietErrorHandler);
    om_status status = locate(ctx, part);
    CPLPopErrorHandler();
    return status;
}

void feed_archive_check(om_context *ctx, const struct feed_part *part)
{
    char **names = VSIReadDir(part->folder);
    for (int i = 0; i < CSLCount(names); i++) {
        size_t length = strlen(names[i]);
        if (length < 4 || strcmp(names[i] + length - 4, ".txt") != 0 || feed_is_known_file(names[i]))
            continue;
        char shown[FEED_SHOWN];
        om_find(ctx, "unknown_file", om_tr("%s: %s is no file of GTFS and is not read"), part->path,
                feed_shown(names[i], length, shown));
    }
    CSLDestroy(names);
}
