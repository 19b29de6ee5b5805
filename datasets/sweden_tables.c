/*
 * The files of datasets/sweden/ as bytes in the library, and as GDAL in-memory files.
 *
 * The assembler reads them (.incbin): no copy in the source tree, no slow compile of a large array, and the
 * same bytes under gcc and clang, position independent or not.
 */
#include "datasets/sweden.h"
#include "geo/text.h"

#include <cpl_vsi.h>
#include <stdint.h>

#define EMBED(number, name, path)                                                                         \
    __asm__(".section .rodata\n"                                                                          \
            ".balign 16\n"                                                                                \
            "data_sweden_file_" #number "_begin:\n"                                                       \
            ".incbin \"" path "\"\n"                                                                      \
            "data_sweden_file_" #number "_end:\n"                                                         \
            ".byte 0\n"                                                                                   \
            ".previous\n");                                                                               \
    __attribute__((visibility("hidden"))) extern const unsigned char data_sweden_file_##number##_begin[], \
        data_sweden_file_##number##_end[];
#include "embedded_files.inc"
#undef EMBED

static const struct {
    const char *path;
    const unsigned char *begin, *end;
} files[] = {
#define EMBED(number, name, path) \
    {DATA_SWEDEN name, data_sweden_file_##number##_begin, data_sweden_file_##number##_end},
#include "embedded_files.inc"
#undef EMBED
};

/* GDAL never writes to a buffer it does not own unless the file is opened for update, so the cast is safe. */
static unsigned char *writable(const unsigned char *bytes)
{
    return (unsigned char *)(uintptr_t)bytes;
}

om_status data_sweden_mount(om_context *ctx)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (VSIGetMemFileBuffer(files[i].path, NULL, FALSE))
            continue;
        VSILFILE *file = VSIFileFromMemBuffer(files[i].path, writable(files[i].begin),
                                              (vsi_l_offset)(files[i].end - files[i].begin), FALSE);
        if (!file)
            return om_fail(ctx, OM_LIBRARY, om_tr("cannot make the bundled file %s readable"), files[i].path);
        VSIFCloseL(file);
    }
    return OM_OK;
}
