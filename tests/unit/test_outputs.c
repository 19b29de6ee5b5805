/* Pictures, reports and layers that cannot be written: the message names the file asked for, and nothing is
 * left of it. */
#include "compared.h"

#include "maps/drawing.h"
#include "maps/layers.h"
#include "maps/report.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>

struct fixture {
    om_context ctx;
    struct kit_compared kit;
    char *folder;
};

static int start(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof fixture);
    kit_compared_make(&fixture.ctx, &fixture.kit);
    fixture.folder = kit_folder();
    *state = &fixture;
    return 0;
}

static int stop(void **state)
{
    struct fixture *fixture = *state;
    kit_remove(fixture->folder);
    kit_compared_done(&fixture->kit);
    om_context_done(&fixture->ctx);
    return 0;
}

static om_status draw(struct fixture *f, const char *path)
{
    const struct map_drawing request = {.width_px = 600};
    return map_draw(&f->ctx, &f->kit.after.result, &request, path, false);
}

static om_status report(struct fixture *f, const char *path)
{
    return map_report(&f->ctx, &f->kit.after.result, &(struct map_report){0}, path, false);
}

static om_status export(struct fixture *f, const char *path)
{
    return map_export(&f->ctx, &f->kit.after.result, path, &(struct map_export_options){0});
}

static const struct output {
    const char *name;
    om_status (*write)(struct fixture *f, const char *path);
} outputs[] = {
    {"map.png", draw},      {"map.svg", draw},       {"map.pdf", draw},  {"report.html", report},
    {"report.pdf", report}, {"report.xlsx", report}, {"a.gpkg", export}, {"a.geojson", export},
    {"a.fgb", export},      {"a.csv", export},
};
enum { OUTPUTS = sizeof outputs / sizeof *outputs };

/* The message begins with the path, and tells of no other. */
static void expect_told(const struct fixture *f, const char *path, om_status status)
{
    assert_int_not_equal(status, OM_OK);
    if (strncmp(f->ctx.message, path, strlen(path)) != 0 || strstr(f->ctx.message, ".part"))
        fail_msg("%s: \"%s\"", path, f->ctx.message);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < OUTPUTS; i++) {
        char *path = om_format("%s/none/%s", f->folder, outputs[i].name);
        om_status status = outputs[i].write(f, path);
        expect_told(f, path, status);
        assert_int_equal(status, OM_IO);
        om_free(path);
    }
}

static void expect_empty(const char *folder)
{
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (const struct dirent *entry; (entry = readdir(listing));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            fail_msg("%s is left", entry->d_name);
    closedir(listing);
}

/* A file may have so many bytes, and then writing fails, as on a disk that is full. The library for workbooks
 * cannot even make one then, and says so on standard error. */
static void a_full_disk_is_told(void **state)
{
    struct fixture *f = *state;
    struct rlimit usual;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < OUTPUTS; i++) {
        if (strstr(outputs[i].name, ".xlsx"))
            continue;
        char *path = om_format("%s/%s", f->folder, outputs[i].name);
        const struct rlimit little = {900, usual.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
        om_status status = outputs[i].write(f, path);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
        expect_told(f, path, status);
        expect_empty(f->folder);
        om_free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
