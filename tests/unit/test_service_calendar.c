/* On which dates a service runs: calendar.txt and calendar_dates.txt in every combination. */
#include "gtfs.h"

#include "datasets/feed.h"

#define CALENDAR "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
#define DATES "service_id,date,exception_type\n"

/* Eight days from Monday 2022-09-12; a letter for each of them on which the trip runs, a dot for the others.
 */
static const struct {
    const char *what, *calendar, *dates, *runs;
} cases[] = {
    {"weekdays only", CALENDAR "D,1,1,1,1,1,0,0,20220901,20220930\n", NULL, "MTWTF..M"},
    {"bounds are inclusive", CALENDAR "D,1,1,1,1,1,1,1,20220913,20220915\n", NULL, ".TWT...."},
    {"one day", CALENDAR "D,1,1,1,1,1,1,1,20220914,20220914\n", NULL, "..W....."},
    {"dates only, no calendar.txt", NULL, DATES "D,20220913,1\nD,20220917,1\n", ".T...S.."},
    {"dates only, flags all zero", CALENDAR "D,0,0,0,0,0,0,0,20220901,20220930\n",
     DATES "D,20220913,1\nD,20220917,1\n", ".T...S.."},
    {"dates only, of a service that calendar.txt lacks", CALENDAR "E,1,1,1,1,1,1,1,20220901,20220930\n",
     DATES "D,20220913,1\n", ".T......"},
    {"one added, one removed", CALENDAR "D,1,1,1,1,1,0,0,20220901,20220930\n",
     DATES "D,20220914,2\nD,20220918,1\n", "MT.TF.SM"},
    {"added outside the bounds", CALENDAR "D,1,1,1,1,1,1,1,20220914,20220915\n", DATES "D,20220912,1\n",
     "M.WT...."},
    {"added where it runs anyway", CALENDAR "D,1,1,1,1,1,0,0,20220901,20220930\n", DATES "D,20220914,1\n",
     "MTWTF..M"},
    {"removed where it does not run anyway", CALENDAR "D,1,1,1,1,1,0,0,20220901,20220930\n",
     DATES "D,20220917,2\n", "MTWTF..M"},
    {"removed outside the bounds", CALENDAR "D,1,1,1,1,1,1,1,20220914,20220915\n", DATES "D,20220919,2\n",
     "..WT...."},
    {"all removed but one", CALENDAR "D,0,0,1,1,0,0,0,20220912,20220919\n", DATES "D,20220915,2\n",
     "..W....."},
    {"another service's dates",
     CALENDAR "D,1,0,0,0,0,0,0,20220901,20220930\nE,1,1,1,1,1,1,1,20220901,20220930\n",
     DATES "E,20220913,1\nE,20220912,2\n", "M......M"},
};

static void services_run_as_the_two_files_say(void **state)
{
    (void)state;
    static const char letters[] = "MTWTFSSM";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct gtfs_file files[] = {{"calendar.txt", cases[i].calendar},
                                          {cases[i].dates ? "calendar_dates.txt" : NULL, cases[i].dates}};
        om_context ctx = {0};
        data_feed *feed = NULL;
        const char *folder = kit_folder();
        char runs[9] = "........";
        gtfs_write(folder, files, 2);
        if (data_feed_open(&ctx, &folder, 1, &feed))
            fail_msg("%s: %s", cases[i].what, ctx.message);
        for (int day = 0; day < 8; day++) {
            const struct data_feed_options options = {0};
            geo_timetable *timetable = NULL;
            int32_t date = 20220912 + day;
            om_status status = data_feed_timetable(&ctx, feed, date, &options, &timetable);
            size_t trips = status == OM_OK ? geo_timetable_trips(timetable) : 0;
            assert_true(status == OM_OK ||
                        status == OM_BAD_DATA); /* outside the validity, which is an answer too */
            assert_int_equal(trips, data_feed_trips_on(feed, date));
            runs[day] = trips ? letters[day] : '.';
            geo_timetable_free(timetable);
        }
        if (strcmp(runs, cases[i].runs) != 0)
            fail_msg("%s: %s, wanted %s", cases[i].what, runs, cases[i].runs);
        data_feed_free(feed);
        om_context_done(&ctx);
        kit_remove(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(services_run_as_the_two_files_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
