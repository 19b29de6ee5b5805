/* The file format of the timetable cache: what was written is read, and nothing else. */
#include "kit.h"

#include "../../datasets/cache_file.h"

#include "geo/memory.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const int32_t numbers[] = {7, -1, 0x7FFFFFFF};
static const char letters[] = "abcde";
static const double measures[] = {0.5};
static const struct geo_array arrays[] = {{"numbers", numbers, sizeof *numbers, COUNT(numbers)},
                                          {"nothing", NULL, 8, 0},
                                          {"letters", letters, 1, 5},
                                          {"measures", measures, sizeof *measures, 1}};

static char path[128];
static unsigned char *bytes;
static size_t size;

static void read_bytes(void)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    size = (size_t)about.st_size;
    bytes = (unsigned char *)kit_read(path);
}

static void write_bytes(const void *from, size_t n)
{
    unlink(path); /* a file written anew instead of cut to nothing is not hurried to the disk */
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(from, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    (void)state;
    om_context ctx = {0};
    snprintf(path, sizeof path, "%s/it", kit_quick_folder());
    int failed = cache_file_write(&ctx, path, "the key", arrays, COUNT(arrays)) != OM_OK;
    om_context_done(&ctx);
    if (!failed)
        read_bytes();
    return failed;
}

static int tear_down(void **state)
{
    (void)state;
    free(bytes);
    *strrchr(path, '/') = '\0';
    kit_remove(path);
    return 0;
}

static void expect(om_status wanted, const char *key, const char *says)
{
    om_context ctx = {0};
    struct cache_file *file = NULL;
    om_status status = cache_file_open(&ctx, path, key, &file);
    cache_file_close(file);
    if (status != wanted || (says && !strstr(ctx.message, says)))
        fail_msg("status %d, wanted %d; said \"%s\", wanted \"%s\"", (int)status, (int)wanted, ctx.message,
                 says ? says : "");
    om_context_done(&ctx);
}

static void what_was_written_is_read(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct cache_file *file = NULL;
    size_t n = 0;
    assert_int_equal(cache_file_open(&ctx, path, "the key", &file), OM_OK);
    const struct geo_array *read = cache_file_arrays(file, &n);
    assert_int_equal(n, COUNT(arrays));
    for (size_t i = 0; i < n; i++) {
        assert_true(geo_array_is(&read[i], arrays[i].name, arrays[i].size, arrays[i].n));
        assert_int_equal((uintptr_t)read[i].items % 64, 0);
        if (arrays[i].n)
            assert_memory_equal(read[i].items, arrays[i].items, arrays[i].size * arrays[i].n);
    }
    cache_file_close(file);
    om_context_done(&ctx);
}

static void the_same_arrays_give_the_same_bytes(void **state)
{
    (void)state;
    om_context ctx = {0};
    unsigned char *before = bytes;
    assert_int_equal(cache_file_write(&ctx, path, "the key", arrays, COUNT(arrays)), OM_OK);
    size_t size_before = size;
    read_bytes();
    assert_int_equal(size, size_before);
    assert_memory_equal(bytes, before, size);
    free(before);
    om_context_done(&ctx);
}

static void every_flipped_bit_is_found_out(void **state)
{
    (void)state;
    for (size_t at = 0; at < size; at++)
        for (int bit = 0; bit < 8; bit++) {
            bytes[at] ^= (unsigned char)(1 << bit);
            write_bytes(bytes, size);
            bytes[at] ^= (unsigned char)(1 << bit);
            expect(OM_BAD_DATA, "the key", NULL);
        }
}

static void every_other_length_is_found_out(void **state)
{
    (void)state;
    for (size_t n = 0; n < size; n++) {
        write_bytes(bytes, n);
        expect(OM_BAD_DATA, "the key", NULL);
    }
    unsigned char *longer = calloc(1, size + 100);
    assert_non_null(longer);
    memcpy(longer, bytes, size);
    for (size_t n = size + 1; n <= size + 100; n++) {
        write_bytes(longer, n);
        expect(OM_BAD_DATA, "the key", "not as long as it was");
    }
    free(longer);
}

static void noise_is_found_out(void **state)
{
    (void)state;
    struct kit_random random = {1};
    unsigned char noise[512];
    for (int round = 0; round < 500; round++) {
        memcpy(noise, bytes, sizeof noise < size ? sizeof noise : size);
        for (size_t i = kit_below(&random, 64); i < sizeof noise; i++)
            noise[i] = (unsigned char)kit_next(&random);
        write_bytes(noise, kit_below(&random, sizeof noise));
        expect(OM_BAD_DATA, "the key", NULL);
    }
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    expect(OM_BAD_DATA, "another key", "something else than its name says");
    bytes[0] = 'X';
    write_bytes(bytes, size);
    expect(OM_BAD_DATA, "the key", "no file of the timetable cache");
    bytes[0] = 'O';
    bytes[12]++; /* the version */
    write_bytes(bytes, size);
    expect(OM_BAD_DATA, "the key", "another version");
    bytes[12]--;
    unsigned char order[4] = {bytes[11], bytes[10], bytes[9], bytes[8]};
    memcpy(bytes + 8, order, 4); /* as a machine of the other byte order has it */
    write_bytes(bytes, size);
    expect(OM_BAD_DATA, "the key", "another kind of machine");
    assert_int_equal(unlink(path), 0);
    expect(OM_NOT_FOUND, "the key", "No such file");
    assert_int_equal(mkdir(path, 0700), 0);
    expect(OM_BAD_DATA, "the key", "no file of the timetable cache");
}

static void a_file_that_cannot_be_written_leaves_nothing(void **state)
{
    (void)state;
    om_context ctx = {0};
    char nowhere[300];
    snprintf(nowhere, sizeof nowhere, "%s/below", path);
    assert_int_equal(cache_file_write(&ctx, nowhere, "k", arrays, COUNT(arrays)), OM_IO);
    assert_non_null(strstr(ctx.message, "Not a directory"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    kit_write(nowhere, "x");
    assert_int_equal(cache_file_write(&ctx, path, "k", arrays, COUNT(arrays)), OM_IO);
    char *output;
    kit_run(&output, "ls %s.* 2>/dev/null", path);
    assert_string_equal(output, "");
    free(output);
    om_context_done(&ctx);
}

static void memory_may_run_out(void **state)
{
    (void)state;
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK && n < 100; n++) {
        om_context ctx = {0};
        struct cache_file *file = NULL;
        om_memory_fail_after(n);
        status = cache_file_write(&ctx, path, "the key", arrays, COUNT(arrays));
        if (status == OM_OK)
            status = cache_file_open(&ctx, path, "the key", &file);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
        cache_file_close(file);
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_written_is_read),
        TEST(the_same_arrays_give_the_same_bytes),
        TEST(every_flipped_bit_is_found_out),
        TEST(every_other_length_is_found_out),
        TEST(noise_is_found_out),
        TEST(what_is_wrong_is_said),
        TEST(a_file_that_cannot_be_written_leaves_nothing),
        TEST(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
