/* Points files, and the stops that points become. */
#include "kit.h"

#include "gtfs.h"

#include "datasets/points.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void add_point(char *shown, size_t size, const struct data_point *point)
{
    size_t used = strlen(shown);
    if (point->stop_id)
        snprintf(shown + used, size - used, "%s: stop %s\n", point->id, point->stop_id);
    else
        snprintf(shown + used, size - used, "%s: %.3f %.3f\n", point->id, point->lon_lat[0],
                 point->lon_lat[1]);
}

static const struct {
    const char *what, *text;
    om_status status;
    const char *shown; /* the points, or a part of the message */
} files[] = {
    {"stops", "id,stop_id\nLuleå,9021025000417000\n", OM_OK, "Luleå: stop 9021025000417000\n"},
    {"positions", "id,lon,lat\na,22.15,65.58\nb,-0.5,-1\n", OM_OK, "a: 22.150 65.580\nb: -0.500 -1.000\n"},
    {"either, in any order and case, further columns",
     "Name,STOP_ID,Id,LAT,Lon,extra\nx,9021,a,,,\ny,,b,65.5,22.5,z\n", OM_OK,
     "a: stop 9021\nb: 22.500 65.500\n"},
    {"several stops", "id,stop_id\na,1 2\n", OM_OK, "a: stop 1 2\n"},
    {"byte-order mark, CRLF, blanks", "\xEF\xBB\xBFid,stop_id\r\n a , 7 \r\n", OM_OK, "a: stop 7\n"},
    {"neither", "id,stop_id,lon,lat\na,7,,\nb,,,\n", OM_BAD_DATA,
     "points.csv, line 3, id \"b\": the point has neither stop_id nor lon and lat"},
    {"both", "id,stop_id,lon,lat\na,7,22,65\n", OM_BAD_DATA,
     "points.csv, line 2, stop_id \"7\": give either stop_id or lon and lat, not both"},
    {"half a position", "id,lon,lat\na,22,\n", OM_BAD_DATA,
     "points.csv, line 2, lat \"\": not a number; write degrees with a decimal point"},
    {"a decimal comma", "id,lon,lat\na,\"22,1\",65\n", OM_BAD_DATA,
     "points.csv, line 2, lon \"22,1\": not a number"},
    {"metres for degrees", "id,lon,lat\na,674032,6580822\n", OM_BAD_DATA,
     "points.csv, line 2, lon \"674032\": outside the range of degrees; lon and lat are WGS84"},
    {"no id", "id,lon,lat\n,22,65\n", OM_BAD_DATA, "points.csv, line 2, id \"\": every point needs an id"},
    {"an id twice", "id,lon,lat\na,22,65\na,22,66\n", OM_BAD_DATA, "there are two points with the id \"a\""},
    {"no id column", "name,stop_id\na,7\n", OM_BAD_DATA,
     "points need the columns id and either stop_id or lon and lat, separated by commas"},
    {"no place column", "id,lon\na,7\n", OM_BAD_DATA, "points need the columns id and either"},
    {"semicolons", "id;lon;lat\na;7;8\n", OM_BAD_DATA, "separated by commas"},
    {"a column twice", "id,stop_id,ID\na,7,b\n", OM_BAD_DATA, "the column id stands there twice"},
    {"no points", "id,stop_id\n", OM_BAD_DATA, "there are no points in it"},
    {"nothing", "", OM_BAD_DATA, "there are no points in it"},
    {"text that is not UTF-8", "id,stop_id\n\xC5,7\n", OM_BAD_DATA, "line 2: the text is not valid UTF-8"},
};

static void points_files_are_read(void **state)
{
    (void)state;
    char path[128], folder[64];
    snprintf(folder, sizeof folder, "%s", kit_folder());
    snprintf(path, sizeof path, "%s/points.csv", folder);
    for (size_t i = 0; i < COUNT(files); i++) {
        om_context ctx = {0};
        struct data_point *points = NULL;
        size_t n = 0;
        char shown[1024] = "";
        kit_write(path, files[i].text);
        om_status status = data_points_read(&ctx, path, &points, &n);
        for (size_t k = 0; k < n; k++)
            add_point(shown, sizeof shown, &points[k]);
        if (status != files[i].status)
            fail_msg("%s: status %d %s", files[i].what, (int)status, ctx.message);
        if (status == OM_OK)
            assert_string_equal(shown, files[i].shown);
        else if (!strstr(ctx.message, files[i].shown))
            fail_msg("%s: \"%s\" does not hold \"%s\"", files[i].what, ctx.message, files[i].shown);
        data_points_free(points, n);
        om_context_done(&ctx);
    }
    kit_remove(folder);
}

/* The plain feed's stops A B C lie 1.2 km apart and are served; station S with S1 and S2 is not. */
struct town {
    om_context ctx;
    data_feed *feed;
    geo_timetable *timetable;
    char folder[64];
};

static void open_town(struct town *town)
{
    static const struct data_feed_options options = {0};
    memset(town, 0, sizeof *town);
    snprintf(town->folder, sizeof town->folder, "%s", kit_folder());
    gtfs_write(town->folder, NULL, 0);
    const char *paths[] = {town->folder};
    assert_int_equal(data_feed_open(&town->ctx, paths, 1, &town->feed), OM_OK);
    assert_int_equal(data_feed_timetable(&town->ctx, town->feed, 0, &options, &town->timetable), OM_OK);
}

static void close_town(struct town *town)
{
    geo_timetable_free(town->timetable);
    data_feed_free(town->feed);
    om_context_done(&town->ctx);
    kit_remove(town->folder);
}

static const struct geo_access_options walk = {
    .radius_m = 1000, .fallback_radius_m = 3000, .detour = 1.3, .speed_km_h = 4.8};

static void points_become_stops(void **state)
{
    (void)state;
    struct town town;
    open_town(&town);
    struct data_point points[] = {
        {"named", "B", {NAN, NAN}},        {"several", "A C", {NAN, NAN}}, {"station", "S", {NAN, NAN}},
        {"at-stop", NULL, {22.10, 65.60}}, {"far", NULL, {22.10, 65.585}}, {"nowhere", NULL, {10, 50}},
    };
    static const struct {
        size_t n_access;
        uint32_t stop;
        unsigned char has_service;
    } expected[] = {{1, 1, 1}, {2, 0, 1}, {1, 3, 0}, {1, 0, 1}, {1, 0, 1}, {0, 0, 0}};
    struct geo_point *found = NULL;
    unsigned char has_service[COUNT(points)];
    assert_int_equal(data_points_access(&town.ctx, town.feed, town.timetable, points, COUNT(points), &walk,
                                        &found, has_service),
                     OM_OK);
    for (size_t i = 0; i < COUNT(points); i++) {
        assert_int_equal(found[i].n_access, expected[i].n_access);
        assert_int_equal(has_service[i], expected[i].has_service);
        if (found[i].n_access)
            assert_int_equal(found[i].access[0].stop, expected[i].stop);
    }
    assert_int_equal(found[1].access[1].stop, 2);
    assert_int_equal(om_found(&town.ctx, "point_without_service"), 1);
    assert_int_equal(om_found(&town.ctx, "point_uses_nearest_station"), 1);
    assert_int_equal(om_found(&town.ctx, "point_without_stop"), 1);
    data_access_free(found, COUNT(points));
    close_town(&town);
}

static void an_unknown_stop_is_an_error(void **state)
{
    (void)state;
    struct town town;
    open_town(&town);
    struct data_point point = {"Luleå", "A X", {NAN, NAN}};
    struct geo_point *found = NULL;
    assert_int_equal(data_points_access(&town.ctx, town.feed, town.timetable, &point, 1, &walk, &found, NULL),
                     OM_BAD_DATA);
    assert_string_equal(town.ctx.message,
                        "point \"Luleå\": no feed has a stop or station with the stop_id \"X\"");
    assert_null(found);
    close_town(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_files_are_read),
        cmocka_unit_test(points_become_stops),
        cmocka_unit_test(an_unknown_stop_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
