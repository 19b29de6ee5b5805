/* What the fuzz targets share: the entry point that libFuzzer and the replay driver call. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <cpl_vsi.h>

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Puts bytes into one of GDAL's files in memory; they are copied. */
static inline void fuzz_write(const char *path, const void *bytes, size_t size)
{
    VSILFILE *file = VSIFOpenL(path, "wb");
    if (!file || VSIFWriteL(bytes, 1, size, file) != size)
        abort();
    VSIFCloseL(file);
}

/* A property that must hold for every input. */
#define FUZZ_REQUIRE(condition) \
    do {                        \
        if (!(condition))       \
            abort();            \
    } while (0)

#endif
