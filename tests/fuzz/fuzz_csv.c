/* The reader of delimited text. The first byte picks the delimiter; the rest is the file. */
#include "fuzz.h"

#include "datasets/csv.h"

static const char *const PATH = "/vsimem/fuzz.csv";

static void read_all(om_context *ctx, data_csv *csv, size_t size)
{
    const struct data_field *fields;
    size_t n, line = 0, bytes = 0;
    while (data_csv_next(ctx, csv, &fields, &n) == OM_OK && n > 0) {
        FUZZ_REQUIRE(data_csv_line(csv) > line);
        line = data_csv_line(csv);
        for (size_t i = 0; i < n; i++) {
            bytes += fields[i].length;
            for (size_t k = 0; k < fields[i].length; k++)
                FUZZ_REQUIRE(fields[i].text[k] != '\0');
        }
    }
    FUZZ_REQUIRE(bytes <= size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    om_context ctx = {0};
    data_csv *csv = NULL;
    if (size == 0)
        return 0;
    fuzz_write(PATH, bytes + 1, size - 1);
    if (data_csv_open(&ctx, PATH, delimiters[*bytes % sizeof delimiters], &csv) == OM_OK)
        read_all(&ctx, csv, size);
    FUZZ_REQUIRE(ctx.status == OM_OK || ctx.message[0] != '\0');
    data_csv_close(csv);
    VSIUnlink(PATH);
    om_context_done(&ctx);
    return 0;
}
