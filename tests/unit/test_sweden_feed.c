#include "kit.h"

#include "datasets/hash.h"
#include "datasets/sweden.h"

static om_context ctx;

static void equal_input_gives_equal_bytes(void **state)
{
    (void)state;
    char first[65], second[65];
    assert_int_equal(data_sweden_write_feed(&ctx, "/vsimem/first.zip"), OM_OK);
    assert_int_equal(data_sweden_write_feed(&ctx, "/vsimem/second.zip"), OM_OK);
    assert_int_equal(data_hash_path(&ctx, "/vsimem/first.zip", first), OM_OK);
    assert_int_equal(data_hash_path(&ctx, "/vsimem/second.zip", second), OM_OK);
    assert_string_equal(first, second);
}

static void a_folder_holds_the_files_of_a_feed(void **state)
{
    (void)state;
    const char *const files[] = {"agency.txt",    "calendar.txt",  "calendar_dates.txt",
                                 "feed_info.txt", "routes.txt",    "stop_times.txt",
                                 "stops.txt",     "transfers.txt", "trips.txt"};
    char *folder = kit_folder();
    assert_int_equal(data_sweden_write_feed(&ctx, kit_path(folder, "feed/")), OM_OK);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *text = kit_read(kit_path(kit_path(folder, "feed"), files[i]));
        assert_non_null(text);
        free(text);
    }
    char *info = kit_read(kit_path(folder, "feed/feed_info.txt"));
    assert_non_null(strstr(info, "synthetic"));
    free(info);
    kit_remove(folder);
}

static void a_path_that_cannot_be_written_is_an_error(void **state)
{
    (void)state;
    assert_int_equal(data_sweden_write_feed(&ctx, "/nowhere/feed.zip"), OM_IO);
    assert_non_null(strstr(ctx.message, "/nowhere/feed.zip"));
    assert_int_equal(data_sweden_write_feed(&ctx, ""), OM_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_input_gives_equal_bytes),
        cmocka_unit_test(a_folder_holds_the_files_of_a_feed),
        cmocka_unit_test(a_path_that_cannot_be_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
