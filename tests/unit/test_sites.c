/* In-house sites of the small country as text and JSON; lists of candidates; a spent budget. */
#include "case.h"
#include "golden.h"

#include "datasets/site_candidates.h"

struct chosen {
    struct kit_case kit;
    enum plan_site_use use[KIT_MUNICIPALITIES + 1]; /* and perhaps a place */
    struct plan_site_request request;
    struct plan_in_house *in_house;
    struct plan_frontier *frontier;
    struct plan_opening *openings;
    struct map_sites sites;
};

static void choose(om_context *ctx, struct chosen *chosen)
{
    const struct plan_case *input = &chosen->kit.the_case.input;
    const struct plan_evaluation *evaluation = chosen->kit.evaluation;
    chosen->request.use = chosen->use;
    assert_int_equal(plan_in_house_propose(ctx, input, evaluation, &chosen->request, &chosen->in_house),
                     OM_OK);
    assert_int_equal(plan_frontier_compute(ctx, input, evaluation, &chosen->request, &chosen->frontier),
                     OM_OK);
    assert_int_equal(plan_openings_rank(ctx, input, evaluation, &chosen->openings, &chosen->sites.n_openings),
                     OM_OK);
    chosen->sites.request = &chosen->request;
    chosen->sites.frontier = chosen->frontier;
    chosen->sites.openings = chosen->openings;
    chosen->kit.result.in_house = chosen->in_house;
    chosen->kit.result.sites = &chosen->sites;
}

static void chosen_done(struct chosen *chosen)
{
    om_free(chosen->openings);
    plan_frontier_free(chosen->frontier);
    plan_in_house_free(chosen->in_house);
    kit_case_done(&chosen->kit);
}

static char *printed(om_context *ctx, const struct map_result *result)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(map_sites_text(ctx, result, &(struct map_text_style){0}, out), OM_OK);
    fclose(out);
    return text;
}

static void answers_are_as_agreed(void **state)
{
    (void)state;
    static const struct {
        const char *golden;
        size_t n_sites;
        int times_covered;
        int32_t forced, forbidden[3];
    } rows[] = {
        {"sites.txt", 0, 1, PLAN_NOWHERE, {-1, -1, -1}},
        {"sites-unserved.txt", 0, 2, 2, {4, 11, 8}},
        {"sites-best.txt", 1, 1, PLAN_NOWHERE, {-1, -1, -1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        om_context ctx = {0};
        struct chosen chosen = {
            .request = {.n_sites = rows[i].n_sites, .times_covered = rows[i].times_covered}};
        kit_case_make(&ctx, &chosen.kit);
        if (rows[i].forced >= 0)
            chosen.use[rows[i].forced] = PLAN_SITE_FORCED;
        for (int k = 0; k < 3; k++)
            if (rows[i].forbidden[k] >= 0)
                chosen.use[rows[i].forbidden[k]] = PLAN_SITE_FORBIDDEN;
        choose(&ctx, &chosen);
        char *text = printed(&ctx, &chosen.kit.result), *json = NULL;
        kit_golden_part(rows[i].golden, text, rows[i].n_sites ? "Best in-house" : "In-house", "\nomland ");
        if (i == 1) {
            assert_int_equal(map_sites_json(&ctx, &chosen.kit.result, &json), OM_OK);
            kit_golden_part("sites.json", json, "  \"request\"", NULL);
        }
        om_free(json);
        free(text);
        chosen_done(&chosen);
        om_context_done(&ctx);
    }
}

/* Ekö and Dal are in reach of the ferry quay; Lö is too large for the room there is. */
static void capacities_and_places_are_told(void **state)
{
    (void)state;
    om_context ctx = {0};
    double to_quay_s[KIT_MUNICIPALITIES], capacity[KIT_MUNICIPALITIES + 1];
    enum plan_site_use use[KIT_MUNICIPALITIES + 1] = {0};
    for (size_t m = 0; m < KIT_MUNICIPALITIES; m++) {
        to_quay_s[m] = m == 3 || m == 4 ? 600 * (double)m : (double)NAN;
        capacity[m] = m == 11 ? 1150 : INFINITY;
        use[m] = m == 3 || m == 4 ? PLAN_SITE_FORBIDDEN : PLAN_SITE_CANDIDATE;
    }
    capacity[KIT_MUNICIPALITIES] = 650;
    const struct plan_place quay = {.name = "Färjeläget", .lon_lat = {18, 60}, .duration_s = to_quay_s};
    struct chosen chosen = {.request = {.n_places = 1, .places = &quay, .capacity = capacity}};
    kit_case_make(&ctx, &chosen.kit);
    memcpy(chosen.use, use, sizeof use);
    choose(&ctx, &chosen);
    char *text = printed(&ctx, &chosen.kit.result), *json = NULL;
    kit_golden_part("sites-capacity.txt", text, "In-house", "\nomland ");
    assert_int_equal(map_sites_json(&ctx, &chosen.kit.result, &json), OM_OK);
    kit_golden_part("sites-capacity.json", json, "  \"request\"", NULL);
    om_free(json);
    free(text);
    chosen_done(&chosen);
    om_context_done(&ctx);
}

static void a_spent_budget_is_told(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct chosen chosen = {.request = {.max_seconds = 1e-9}};
    kit_case_make(&ctx, &chosen.kit);
    for (size_t i = 0; i < KIT_MUNICIPALITIES; i++) /* everybody is in need: one site is not enough */
        chosen.kit.evaluation->municipalities[i].need = PLAN_NEED_LOCAL;
    choose(&ctx, &chosen);
    assert_false(chosen.in_house->is_optimal);
    assert_int_equal(chosen.in_house->n_unserved, 0); /* an answer all the same */
    assert_true(chosen.in_house->least_sites < chosen.in_house->n_sites);
    char *text = printed(&ctx, &chosen.kit.result);
    assert_non_null(strstr(text, "Not proven: the time was over; 1 sites at least are needed."));
    assert_non_null(strstr(text, "no, at most "));
    free(text);
    chosen_done(&chosen);
    om_context_done(&ctx);
}

static void more_forced_sites_than_asked_for_are_refused(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct chosen chosen = {.use = {PLAN_SITE_FORCED, PLAN_SITE_FORCED},
                            .request = {.use = chosen.use, .n_sites = 1}};
    kit_case_make(&ctx, &chosen.kit);
    assert_int_equal(plan_in_house_propose(&ctx, &chosen.kit.the_case.input, chosen.kit.evaluation,
                                           &chosen.request, &chosen.in_house),
                     OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "2 sites are forced, which is more than 1");
    chosen_done(&chosen);
    om_context_done(&ctx);
}

/* c, F and - for each site, with the place and the capacity if it has them. */
static char *described(const struct data_site_candidates *found, size_t n_seats)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    for (size_t site = 0; site < n_seats + found->n_places; site++) {
        if (site >= n_seats) {
            const struct plan_place *place = &found->places[site - n_seats];
            fprintf(out, "%s@%.4f,%.4f ", place->name, place->lon_lat[0], place->lon_lat[1]);
        }
        fputc("cF-"[found->use[site]], out);
        if (!isinf(found->capacity[site]))
            fprintf(out, "%g", found->capacity[site]);
        fputc(' ', out);
    }
    fclose(out);
    return text;
}

static void lists_of_candidates_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        om_status status;
        const char *expected; /* as `described`, or part of the message */
    } rows[] = {
        {"kommun\n0002\n", OM_OK, "- c - "},
        {"municipality,use\n0001,forced\n0003,\n", OM_OK, "F - c "},
        {"municipality;use\nTorp;forbidden\n2;candidate\n", OM_OK, "- c - "},
        {"municipality,use\n0001,open\n", OM_BAD_DATA, "candidate, forced or forbidden"},
        {"municipality\n0009\n", OM_BAD_DATA, "0009"},
        {"municipality\n0001\n0001\n", OM_BAD_DATA, "each only once"},
        {"kommun;kapacitet\n1;30\n2;\n", OM_OK, "c30 c - "},
        {"name,lon,lat,capacity,use\nÖstra,18.1,60.5,40,forced\nVästra,18.2,60.25,,\n", OM_OK,
         "- - - Västra@18.2000,60.2500 c Östra@18.1000,60.5000 F40 "},
        {"kommun,namn,lon,lat\n0002,,,\n0003,Torp kontor,18.1,60.5\n", OM_OK,
         "- c - Torp kontor@18.1000,60.5000 c "},
        {"plats;easting;northing\nHär;670000;6655000\n", OM_OK, "- - - Här@18.0483,59.9970 c "},
        {"name,lon,lat\n,18.1,60.5\n", OM_BAD_DATA, "the name of the place"},
        {"name,lon,lat\nA,18.1,60.5\nA,18.2,60.5\n", OM_BAD_DATA, "each only once"},
        {"name,lon,lat\nA,18.1,\n", OM_BAD_DATA, "both a longitude and a latitude"},
        {"name,easting,northing\nA,,6655000\n", OM_BAD_DATA, "both an easting and a northing"},
        {"name,lon,lat,capacity\nA,18.1,60.5,-1\n", OM_BAD_DATA, "-1"},
        {"place\n0001\n", OM_BAD_DATA, "a municipality, or a place of one's own"},
        {"street\n0001\n", OM_BAD_DATA, "municipality"},
    };
    om_context ctx = {0};
    char *folder = kit_folder();
    const struct data_municipality_row municipalities[] = {
        {"0001", "Alby", "Alby", NULL, {18.0, 60.0}, 1, 1},
        {"0002", "Berga", "Berga", NULL, {18.1, 60.0}, 1, 1},
        {"0003", "Torp", "Torp", NULL, {18.2, 60.0}, 1, 1}};
    data_project *project = NULL;
    struct plan_territory *territory = NULL;
    assert_int_equal(data_project_create(&ctx, kit_path(folder, "p.gpkg"), "EPSG:3006", false, &project),
                     OM_OK);
    assert_int_equal(data_store_municipalities(&ctx, project, municipalities, 3, NULL), OM_OK);
    assert_int_equal(data_load_territory(&ctx, project, &territory), OM_OK);
    const char *path = kit_path(folder, "candidates.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct data_site_candidates found = {0};
        kit_write(path, rows[i].text);
        om_status status = data_site_candidates_read(&ctx, project, path, territory, &found);
        if (status != rows[i].status || (status && !strstr(ctx.message, rows[i].expected)))
            fail_msg("row %zu: status %d, %s", i, (int)status, ctx.message);
        char *read = status ? strdup(rows[i].expected) : described(&found, 3);
        if (strcmp(read, rows[i].expected) != 0)
            fail_msg("row %zu: %s instead of %s", i, read, rows[i].expected);
        free(read);
        data_site_candidates_done(&found);
    }
    plan_territory_free(territory);
    data_project_close(project);
    kit_remove(folder);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_as_agreed),
        cmocka_unit_test(capacities_and_places_are_told),
        cmocka_unit_test(a_spent_budget_is_told),
        cmocka_unit_test(more_forced_sites_than_asked_for_are_refused),
        cmocka_unit_test(lists_of_candidates_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
