/*
 * The published arithmetic of February 2026: 16 of 290 municipalities without an office, 1 665 of 360 335
 * registered job seekers live there, so 99.5 % have a supplier in their own municipality. The figures per
 * municipality are made up so that these sums hold.
 */
#include "kit.h"

#include <jansson.h>
#include <math.h>

enum { WITHOUT = 16, SUM_WITHOUT = 1665, WITH = 274, SUM_WITH = 360335 - SUM_WITHOUT };

static char *folder;

static void must(const char *arguments)
{
    char *output = NULL;
    int code = kit_run(&output, "cd '%s' && '%s' %s 2>&1", folder, kit_tool(), arguments);
    if (code != 0)
        fail_msg("omland %s: exit %d\n%s", arguments, code, output);
    free(output);
}

/* A sum spread over n as evenly as whole numbers allow. */
static int share_of(int sum, int n, int i)
{
    return sum / n + (i < sum % n);
}

/* Every 18th municipality, 16 in all, has no office. */
static void write_files(void)
{
    char *municipalities = kit_read(kit_source("datasets/sweden/municipalities.csv"));
    assert_non_null(municipalities);
    FILE *job_seekers = fopen(kit_path(folder, "job_seekers.csv"), "wb");
    FILE *offices = fopen(kit_path(folder, "offices.csv"), "wb");
    assert_true(job_seekers && offices);
    fputs("municipality_code;registered_unemployed\n", job_seekers);
    fputs("supplier_id,supplier_name,municipality_code\n", offices);
    int with = 0, without = 0, row = 0;
    for (char *line = strchr(municipalities, '\n'); line && line[1]; line = strchr(line + 1, '\n'), row++) {
        if (row % 18 == 0 && without < WITHOUT) {
            fprintf(job_seekers, "%.4s;%d\n", line + 1, share_of(SUM_WITHOUT, WITHOUT, without++));
            continue;
        }
        fprintf(job_seekers, "%.4s;%d\n", line + 1, share_of(SUM_WITH, WITH, with++));
        fprintf(offices, "S1,Ett,%.4s\n", line + 1);
    }
    fclose(job_seekers);
    fclose(offices);
    free(municipalities);
    assert_int_equal(without, WITHOUT);
    assert_int_equal(with, WITH);
}

static int set_up(void **state)
{
    (void)state;
    folder = kit_folder();
    write_files();
    must("new p.gpkg");
    must("import p.gpkg job-seekers job_seekers.csv --date 2026-02 --synthetic");
    must("import p.gpkg suppliers offices.csv --synthetic");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static void the_published_share_comes_out(void **state)
{
    (void)state;
    char *output = NULL;
    assert_int_equal(
        kit_run(&output, "'%s' evaluate '%s/p.gpkg' --plan fa2015 --json -q", kit_tool(), folder), 0);
    json_t *document = json_loads(output, 0, NULL);
    const json_t *headline = json_object_get(document, "headline");
    double share = json_number_value(json_object_get(json_object_get(headline, "own_office"), "share"));
    assert_int_equal(json_number_value(json_object_get(headline, "job_seekers")), 360335);
    assert_int_equal(json_integer_value(json_object_get(headline, "municipalities_without_office")), WITHOUT);
    assert_int_equal(json_number_value(json_object_get(headline, "job_seekers_without_office")), SUM_WITHOUT);
    assert_true(fabs(share - (1 - 1665.0 / 360335.0)) < 1e-9);
    json_decref(document);
    free(output);
}

static void it_is_printed_as_published(void **state)
{
    (void)state;
    char *output = NULL;
    assert_int_equal(kit_run(&output, "'%s' evaluate '%s/p.gpkg' --plan fa2015 -q", kit_tool(), folder), 0);
    assert_non_null(strstr(output, "99.5 %"));
    assert_non_null(strstr(output, "16, with 1 665 job seekers"));
    free(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_share_comes_out),
        cmocka_unit_test(it_is_printed_as_published),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
