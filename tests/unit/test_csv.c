#include "kit.h"

#include "datasets/csv.h"
#include "datasets/hash.h"
#include "geo/memory.h"

#include <cpl_vsi.h>

static const char *const PATH = "/vsimem/test.csv";

static void put(const char *bytes, size_t size)
{
    VSILFILE *file = VSIFOpenL(PATH, "wb");
    assert_non_null(file);
    assert_int_equal(VSIFWriteL(bytes, 1, size, file), size);
    VSIFCloseL(file);
}

/* Every record as "line:[field][field]", or the message of the failure. */
static om_status show(const char *bytes, size_t size, char delimiter, char *shown, size_t shown_size)
{
    om_context ctx = {0};
    data_csv *csv = NULL;
    put(bytes, size);
    shown[0] = '\0';
    size_t used = 0;
    om_status status = data_csv_open(&ctx, PATH, delimiter, &csv);
    while (status == OM_OK) {
        const struct data_field *fields;
        size_t n;
        status = data_csv_next(&ctx, csv, &fields, &n);
        if (status || n == 0)
            break;
        used += (size_t)snprintf(shown + used, shown_size - used, "%zu:", data_csv_line(csv));
        for (size_t i = 0; i < n; i++)
            used += (size_t)snprintf(shown + used, shown_size - used, "[%.*s]", (int)fields[i].length,
                                     fields[i].text);
    }
    if (status)
        snprintf(shown, shown_size, "%s", ctx.message);
    data_csv_close(csv);
    om_context_done(&ctx);
    VSIUnlink(PATH);
    return status;
}

#define BYTES(text) text, sizeof(text) - 1

static void records_are_split_as_written(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        char delimiter;
        om_status status;
        const char *shown;
    } cases[] = {
        {BYTES(""), ',', OM_OK, ""},
        {BYTES("a,b\n1,2\n"), ',', OM_OK, "1:[a][b]2:[1][2]"},
        {BYTES("a,b\n1,2"), ',', OM_OK, "1:[a][b]2:[1][2]"},
        {BYTES("a,b\r\n1,2\r\n"), ',', OM_OK, "1:[a][b]2:[1][2]"},
        {BYTES("a,b\r1,2\r"), ',', OM_OK, "1:[a][b]2:[1][2]"},
        {BYTES("\xEF\xBB\xBF"
               "a,b\n"),
         ',', OM_OK, "1:[a][b]"},
        {BYTES("a;b,c\n"), ';', OM_OK, "1:[a][b,c]"},
        {BYTES("a\tb\n\"c\"\t\n"), '\t', OM_OK, "1:[a][b]2:[c][]"},
        {BYTES("\n\na,\n\r\n,b\n"), ',', OM_OK, "3:[a][]5:[][b]"},
        {BYTES("\"a \"\"b\"\"\",\"x,y\"\n"), ',', OM_OK, "1:[a \"b\"][x,y]"},
        {BYTES("\"a\nb\",1\nc,2\n"), ',', OM_OK, "1:[a\nb][1]3:[c][2]"},
        {BYTES("\"a\r\nb\" ,1\nc,2\n"), ',', OM_OK, "1:[a\r\nb][1]3:[c][2]"},
        {BYTES("a\"b,5\" pipe\n"), ',', OM_OK, "1:[a\"b][5\" pipe]"},
        {BYTES("\"\",\"\"\n"), ',', OM_OK, "1:[][]"},
        {BYTES("a\n\"b\nc\n"), ',', OM_BAD_DATA,
         "/vsimem/test.csv, line 2: a quotation mark is never closed"},
        {BYTES("\"a\"b,c\n"), ',', OM_BAD_DATA,
         "/vsimem/test.csv, line 1: text follows a closing quotation mark; write a quotation mark inside a "
         "field twice"},
        {BYTES("a,b\n1,\0\n"), ',', OM_BAD_DATA,
         "/vsimem/test.csv, line 2: the text holds a NUL byte; is the file damaged?"},
        {BYTES("a,b\n1,\"x\0y\"\n"), ',', OM_BAD_DATA,
         "/vsimem/test.csv, line 2: the text holds a NUL byte; is the file damaged?"},
        {BYTES("\xFF\xFE"
               "a\0,\0"),
         ',', OM_BAD_DATA, "/vsimem/test.csv: the text is UTF-16; save it as UTF-8"},
        {BYTES("a\0,\0b\0\n\0"), ',', OM_BAD_DATA, "/vsimem/test.csv: the text is UTF-16; save it as UTF-8"},
    };
    char shown[4096];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        om_status status = show(cases[i].bytes, cases[i].size, cases[i].delimiter, shown, sizeof shown);
        assert_string_equal(shown, cases[i].shown);
        assert_int_equal(status, cases[i].status);
    }
}

/* Records of every length around the buffer's end, with line ends and quotes that straddle it. */
static void buffer_ends_do_not_show(void **state)
{
    (void)state;
    enum { SIZE = 600 * 1024 };
    char *text = malloc(SIZE + 64);
    for (size_t pad = 0; pad < 24; pad++) {
        size_t used = 0, rows = 0;
        while (used < pad)
            text[used++] = 'p';
        while (used < SIZE) {
            used += (size_t)sprintf(text + used, ",\"a\"\"%zu\r\n\",x\r\n", rows);
            rows++;
        }
        put(text, used);
        om_context ctx = {0};
        data_csv *csv = NULL;
        assert_int_equal(data_csv_open(&ctx, PATH, ',', &csv), OM_OK);
        for (size_t row = 0; row < rows; row++) {
            const struct data_field *fields;
            size_t n;
            char expected[32];
            int length = snprintf(expected, sizeof expected, "a\"%zu\r\n", row);
            assert_int_equal(data_csv_next(&ctx, csv, &fields, &n), OM_OK);
            assert_int_equal(n, 3);
            assert_int_equal(data_csv_line(csv), 2 * row + 1);
            assert_int_equal(fields[1].length, length);
            assert_memory_equal(fields[1].text, expected, (size_t)length);
        }
        data_csv_close(csv);
        om_context_done(&ctx);
    }
    free(text);
    VSIUnlink(PATH);
}

/* Longer than all the blocks that are read ahead; read to the end, and closed half way. */
static void long_files_are_read_whole(void **state)
{
    (void)state;
    enum { ROWS = 200 * 1000, LONGEST = 24 };
    char *text = malloc((size_t)ROWS * LONGEST), expected[LONGEST];
    size_t used = 0;
    for (size_t row = 0; row < ROWS; row++)
        used += (size_t)sprintf(text + used, "%zu,%.*s,x%s", row, (int)(row % 11), "0123456789",
                                row % 3 ? "\n" : "\r\n");
    put(text, used);
    for (size_t rows = ROWS; rows > 0; rows = rows == ROWS ? ROWS / 2 : 0) {
        om_context ctx = {0};
        data_csv *csv = NULL;
        const struct data_field *fields;
        size_t n;
        assert_int_equal(data_csv_open(&ctx, PATH, ',', &csv), OM_OK);
        for (size_t row = 0; row < rows; row++) {
            assert_int_equal(data_csv_next(&ctx, csv, &fields, &n), OM_OK);
            assert_int_equal(n, 3);
            size_t length = (size_t)sprintf(expected, "%zu", row);
            assert_int_equal(fields[0].length, length);
            assert_memory_equal(fields[0].text, expected, length);
            assert_int_equal(fields[1].length, row % 11);
            assert_int_equal(fields[2].length, 1);
        }
        if (rows == ROWS) {
            assert_int_equal(data_csv_next(&ctx, csv, &fields, &n), OM_OK);
            assert_int_equal(n, 0);
        }
        data_csv_close(csv);
        om_context_done(&ctx);
    }
    free(text);
    VSIUnlink(PATH);
}

static void a_record_has_a_longest_length(void **state)
{
    (void)state;
    enum { SIZE = 3 * 1024 * 1024 };
    char *text = malloc(SIZE), shown[256];
    memset(text, 'x', SIZE);
    assert_int_equal(show(text, SIZE, ',', shown, sizeof shown), OM_BAD_DATA);
    assert_string_equal(shown,
                        "/vsimem/test.csv, line 1: the record is longer than 1 MiB; is a quotation mark "
                        "left open?");
    free(text);
}

static void encoding_and_line_ends_are_told(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_csv *csv = NULL;
    const struct data_field *fields;
    size_t n;
    put(BYTES("\xC3\xA5\n\xE5\r\n\"\xED\xA0\x80\"\n"));
    assert_int_equal(data_csv_open(&ctx, PATH, ',', &csv), OM_OK);
    const bool expected[] = {true, false, false};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(data_csv_next(&ctx, csv, &fields, &n), OM_OK);
        assert_int_equal(data_csv_is_utf8(csv), expected[i]);
        assert_int_equal(data_csv_has_mixed_line_ends(csv), i > 0);
    }
    data_csv_close(csv);
    VSIUnlink(PATH);
    om_context_done(&ctx);
}

static void a_missing_file_is_not_found(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_csv *csv = NULL;
    assert_int_equal(data_csv_open(&ctx, "/vsimem/none.csv", ',', &csv), OM_NOT_FOUND);
    assert_string_equal(ctx.message, "/vsimem/none.csv: there is no such file, or it cannot be read");
    assert_null(csv);
    om_context_done(&ctx);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    for (size_t n = 1; n < 5; n++) {
        om_context ctx = {0};
        data_csv *csv = NULL;
        const struct data_field *fields;
        size_t n_fields;
        put(BYTES("a,b\n"));
        om_memory_fail_after(n);
        om_status status = data_csv_open(&ctx, PATH, ',', &csv);
        if (status == OM_OK)
            status = data_csv_next(&ctx, csv, &fields, &n_fields);
        om_memory_fail_after(0);
        assert_int_equal(status, OM_NO_MEMORY);
        data_csv_close(csv);
        om_context_done(&ctx);
    }
    VSIUnlink(PATH);
}

static void hashes_are_sha256(void **state)
{
    (void)state;
    om_context ctx = {0};
    char of_path[65], of_folder[65];
    put(BYTES("abc"));
    assert_int_equal(data_hash_path(&ctx, PATH, of_path), OM_OK);
    assert_string_equal(of_path, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(data_hash_path(&ctx, "/vsimem/none", of_path), OM_NOT_FOUND);
    VSIUnlink(PATH);

    char path[128];
    const char *folder = kit_folder();
    snprintf(path, sizeof path, "%s/a.txt", folder);
    kit_write(path, "abc");
    assert_int_equal(data_hash_path(&ctx, folder, of_folder), OM_OK);
    kit_write(path, "abd");
    assert_int_equal(data_hash_path(&ctx, folder, of_path), OM_OK);
    assert_string_not_equal(of_folder, of_path);
    kit_remove(folder);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_split_as_written),      cmocka_unit_test(buffer_ends_do_not_show),
        cmocka_unit_test(long_files_are_read_whole),         cmocka_unit_test(a_record_has_a_longest_length),
        cmocka_unit_test(encoding_and_line_ends_are_told),   cmocka_unit_test(a_missing_file_is_not_found),
        cmocka_unit_test(running_out_of_memory_is_reported), cmocka_unit_test(hashes_are_sha256),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
