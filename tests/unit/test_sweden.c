#include "kit.h"

#include "datasets/sweden.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>

/* A bundled table, read whole through GDAL as a user's file would be. */
struct table {
    char **lines;
    int n;
};

static struct table table_read(const char *name)
{
    om_context ctx = {0};
    assert_int_equal(data_sweden_mount(&ctx), OM_OK);
    struct table table = {.lines = CSLLoad2(kit_path("/vsimem/omland/sweden", name), -1, -1, NULL)};
    table.n = CSLCount(table.lines);
    om_context_done(&ctx);
    return table;
}

/* Field `column` of a line without quotes; a static buffer, four deep. */
static const char *field(const char *line, int column)
{
    static char buffers[4][256];
    static int next;
    for (; column > 0; column--) {
        line = strchr(line, ',');
        assert_non_null(line);
        line++;
    }
    char *buffer = buffers[next++ % 4];
    snprintf(buffer, sizeof buffers[0], "%.*s", (int)strcspn(line, ","), line);
    return buffer;
}

static int column_named(const struct table *table, const char *name)
{
    for (int i = 0; i < 32; i++)
        if (strcmp(field(table->lines[0], i), name) == 0)
            return i;
    fail_msg("no column %s", name);
    return -1;
}

static double column_sum(const struct table *table, const char *name)
{
    int column = column_named(table, name);
    double sum = 0;
    for (int i = 1; i < table->n; i++)
        sum += atof(field(table->lines[i], column));
    return sum;
}

static size_t column_distinct(const struct table *table, const char *name)
{
    int column = column_named(table, name);
    char **seen = NULL;
    for (int i = 1; i < table->n; i++)
        if (CSLFindString(seen, field(table->lines[i], column)) < 0)
            seen = CSLAddString(seen, field(table->lines[i], column));
    size_t n = (size_t)CSLCount(seen);
    CSLDestroy(seen);
    return n;
}

static void mounting_twice_is_harmless(void **state)
{
    (void)state;
    om_context ctx = {0};
    assert_int_equal(data_sweden_mount(&ctx), OM_OK);
    assert_int_equal(data_sweden_mount(&ctx), OM_OK);
    om_context_done(&ctx);
}

static void mounted_bytes_are_those_of_the_source_tree(void **state)
{
    (void)state;
    const char *const names[] = {"municipalities.csv", "fa2015.csv", "fa2005.csv", "la2023.csv",
                                 "county.csv",         "lines.csv",  "rules.ini"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "datasets/sweden/%s", names[i]);
        char *source = kit_read(kit_source(path));
        assert_non_null(source);
        vsi_l_offset size = 0;
        const GByte *bytes = VSIGetMemFileBuffer(kit_path("/vsimem/omland/sweden", names[i]), &size, FALSE);
        assert_non_null(bytes);
        assert_int_equal(size, strlen(source));
        assert_memory_equal(bytes, source, size);
        free(source);
    }
}

static void municipalities_add_up_to_the_published_totals(void **state)
{
    (void)state;
    struct table table = table_read("municipalities.csv");
    assert_int_equal(table.n - 1, 290);
    assert_int_equal(column_sum(&table, "registered_unemployed_2022_12"), 334080);
    double mean_density = column_sum(&table, "population_2018") / column_sum(&table, "land_area_km2");
    int population = column_named(&table, "population_2018"), area = column_named(&table, "land_area_km2");
    int sparse = 0;
    for (int i = 1; i < table.n; i++)
        sparse +=
            atof(field(table.lines[i], population)) / atof(field(table.lines[i], area)) < 0.5 * mean_density;
    assert_int_equal(sparse, 71);
    CSLDestroy(table.lines);
}

static void regions_have_their_published_numbers(void **state)
{
    (void)state;
    const struct {
        const char *file;
        size_t regions;
    } expected[] = {{"fa2015.csv", 60}, {"fa2005.csv", 72}, {"la2023.csv", 67}, {"county.csv", 21}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct table table = table_read(expected[i].file);
        assert_int_equal(column_distinct(&table, "municipality_code"), 290);
        assert_int_equal(column_distinct(&table, "region_code"), expected[i].regions);
        assert_int_equal(column_distinct(&table, "region_name"), expected[i].regions);
        CSLDestroy(table.lines);
    }
}

static void the_market_matches_the_published_totals(void **state)
{
    (void)state;
    struct table suppliers = table_read("suppliers.csv"), contracts = table_read("contracts.csv");
    assert_int_equal(suppliers.n - 1, 224);
    assert_int_equal(column_distinct(&suppliers, "id"), 224);
    assert_int_equal(contracts.n - 1, 925);
    assert_int_equal(column_distinct(&contracts, "supplier_id"), 224);
    /* every pair of supplier and area is one contract */
    int supplier = column_named(&contracts, "supplier_id"), area = column_named(&contracts, "area_name");
    char **pairs = NULL;
    for (int i = 1; i < contracts.n; i++) {
        char pair[600];
        snprintf(pair, sizeof pair, "%s/%s", field(contracts.lines[i], supplier),
                 field(contracts.lines[i], area));
        if (CSLFindString(pairs, pair) >= 0)
            fail_msg("contract %s is there twice", pair);
        pairs = CSLAddString(pairs, pair);
    }
    CSLDestroy(pairs);
    CSLDestroy(suppliers.lines);
    CSLDestroy(contracts.lines);
}

static void sixteen_municipalities_have_no_office(void **state)
{
    (void)state;
    struct table municipalities = table_read("municipalities.csv"), offices = table_read("offices.csv");
    int code = column_named(&municipalities, "code"), place = column_named(&offices, "municipality_code");
    int job_seekers = column_named(&municipalities, "registered_unemployed_2022_12");
    char **with = NULL, **without = NULL;
    for (int i = 1; i < offices.n; i++)
        if (CSLFindString(with, field(offices.lines[i], place)) < 0)
            with = CSLAddString(with, field(offices.lines[i], place));
    double sum = 0;
    for (int i = 1; i < municipalities.n; i++)
        if (CSLFindString(with, field(municipalities.lines[i], code)) < 0) {
            without = CSLAddString(without, field(municipalities.lines[i], code));
            sum += atof(field(municipalities.lines[i], job_seekers));
        }
    assert_int_equal(CSLCount(without), 16);
    assert_true(CSLFindString(without, "2518") >= 0); /* Övertorneå */
    assert_true(CSLFindString(without, "2506") >= 0); /* Arjeplog */
    /* published: 1 665 of 360 335 */
    assert_true(sum / 334080 > 0.0045 && sum / 334080 < 0.0047);
    CSLDestroy(with);
    CSLDestroy(without);
    CSLDestroy(municipalities.lines);
    CSLDestroy(offices.lines);
}

static void omland81_has_81_areas_and_every_municipality(void **state)
{
    (void)state;
    struct table plan = table_read("omland81.csv");
    assert_int_equal(column_distinct(&plan, "municipality_code"), 290);
    assert_int_equal(plan.n - 1, 290);
    assert_int_equal(column_distinct(&plan, "area_name"), 81);
    CSLDestroy(plan.lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mounting_twice_is_harmless),
        cmocka_unit_test(mounted_bytes_are_those_of_the_source_tree),
        cmocka_unit_test(municipalities_add_up_to_the_published_totals),
        cmocka_unit_test(regions_have_their_published_numbers),
        cmocka_unit_test(the_market_matches_the_published_totals),
        cmocka_unit_test(sixteen_municipalities_have_no_office),
        cmocka_unit_test(omland81_has_81_areas_and_every_municipality),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
