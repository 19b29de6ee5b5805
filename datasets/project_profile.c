/* Which conditions the travel times of a judgement were computed under. */
#include "project_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <string.h>

om_status project_choose_profile(om_context *ctx, data_project *project, const char *key, const char *wanted,
                                 char **name)
{
    struct data_names names = {0};
    om_status status = data_project_list(ctx, project, DATA_LIST_PROFILES, &names);
    if (status != OM_OK)
        return status;
    const char *chosen = NULL;
    for (size_t i = 0; i < names.n && !chosen; i++)
        if (!*wanted || strcmp(names.names[i], wanted) == 0)
            chosen = names.names[i];
    *name = chosen ? om_strdup(chosen) : NULL;
    if (chosen && !*name)
        status = om_no_memory(ctx);
    data_names_done(&names);
    if (status != OM_OK || *name || !*wanted)
        return status;
    char *listing = project_listing(ctx, project, "profile", "name");
    status = om_fail(ctx, OM_NOT_FOUND,
                     om_tr("%s: no travel times under profile \"%s\" ([reach] %s); there are: %s"),
                     project->path, wanted, key, listing && *listing ? listing : om_tr("none"));
    om_free(listing);
    return status;
}

static int32_t second_of(const struct project_query *query, int column)
{
    double number = project_number(query, column);
    return isnan(number) ? GEO_NO_TIME : (int32_t)number;
}

static bool copy_text(const struct project_query *query, int column, const char **out)
{
    const char *text = project_text(query, column);
    *out = text ? om_strdup(text) : NULL;
    return *out || !text;
}

static om_status read_profile(om_context *ctx, const struct project_query *query, struct data_profile *out)
{
    bool ok = copy_text(query, 0, &out->name) && copy_text(query, 1, &out->date) &&
              copy_text(query, 5, &out->options) && copy_text(query, 6, &out->feed_hashes);
    out->from_s = second_of(query, 2);
    out->until_s = second_of(query, 3);
    out->arrive_by = project_number(query, 4) > 0;
    out->is_synthetic = project_number(query, 7) > 0;
    return ok ? OM_OK : om_no_memory(ctx);
}

om_status data_load_profile(om_context *ctx, data_project *project, const struct plan_rules *rules,
                            struct data_profile **out)
{
    char *name = NULL;
    om_status status = project_choose_profile(ctx, project, "profile", rules->profile, &name);
    struct data_profile *profile = status == OM_OK && name ? om_alloc(1, sizeof *profile) : NULL;
    if (status == OM_OK && name && !profile)
        status = om_no_memory(ctx);
    if (profile) {
        struct project_query query;
        status = project_select(ctx, project, &query,
                                "SELECT name, date, from_s, until_s, arrive_by, options, feed_hashes, "
                                "is_synthetic FROM profile WHERE name = %Q",
                                name);
        if (status == OM_OK && project_next(&query))
            status = read_profile(ctx, &query, profile);
        project_query_done(&query);
    }
    om_free(name);
    if (status == OM_OK)
        *out = profile;
    else
        data_profile_free(profile);
    return status;
}

void data_profile_free(struct data_profile *profile)
{
    if (!profile)
        return;
    const char *const texts[] = {profile->name, profile->date, profile->options, profile->feed_hashes};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        om_free((char *)texts[i]);
    om_free(profile);
}
