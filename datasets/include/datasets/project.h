/*
 * The project file: one GeoPackage that holds everything a judgement needs and everything it gave.
 *
 * A project is created under a temporary name and renamed when complete; an open project is changed in
 * transactions, one per import. Rows are validated before they are stored: a failed import leaves the project
 * as it was. Not shared between threads. Dates are text, YYYY-MM-DD. Codes are text.
 */
#ifndef DATASETS_PROJECT_H
#define DATASETS_PROJECT_H

#include "geo/geometry.h"
#include "geo/travel_time.h"
#include "planner/evaluation.h"

typedef struct data_project data_project;

enum data_access { DATA_READ, DATA_WRITE };

/* Whether a file can be a project at all: a database, and not a timetable, say. */
bool data_project_is_one(const char *path);

/* OM_EXISTS when the path exists and overwrite is false, or when it has SQLite sidecars (-wal, -journal). */
om_status data_project_create(om_context *ctx, const char *path, const char *crs, bool overwrite,
                              data_project **out);
/* OM_NOT_FOUND, or OM_BAD_DATA when it is no Omland project or of a newer version. */
om_status data_project_open(om_context *ctx, const char *path, enum data_access access, data_project **out);
/* Completes a created project (checks, fsync, rename); without this, data_project_close discards it. */
om_status data_project_finish(om_context *ctx, data_project *project);
void data_project_close(data_project *project); /* accepts NULL */

const char *data_project_path(const data_project *project);
const char *data_project_crs(const data_project *project); /* "EPSG:3006" */

/* A store outside a transaction is one of its own. OM_BAD_DATA from commit (which then rolls back): a row
 * names a municipality, supplier, plan … that is not there. */
om_status data_project_begin(om_context *ctx, data_project *project);
om_status data_project_commit(om_context *ctx, data_project *project);
void data_project_rollback(data_project *project); /* harmless outside a transaction */

/* Where data came from; one row per import. Strings borrowed when storing, owned by the list when loaded. */
struct data_source {
    const char *kind; /* "municipalities", "feed", "suppliers", … */
    const char *name; /* as shown: file name or title */
    const char *path; /* as given, so that the project can read it again; NULL for bundled data */
    const char *sha256;
    const char *licence; /* NULL when unknown */
    const char *date;    /* of the data, NULL when unknown */
    bool is_synthetic;   /* made up: not about the real world */
    bool is_schematic;   /* simplified: right in kind, not in detail */
    const char *subject; /* what it is the source of: "suppliers", "plan fa2015" …; set when loaded */
};

/* ---- what importers store; each call is part of the caller's transaction and replaces what was there of its
 * kind ---- */

struct data_municipality_row {
    const char *code, *name, *seat_name;
    const char *seat_stops; /* stop ids separated by blanks; NULL when not given */
    double seat_lon_lat[2]; /* NAN when not given */
    double population, land_area_km2;
};
om_status data_store_municipalities(om_context *ctx, data_project *project,
                                    const struct data_municipality_row *rows, size_t n,
                                    const struct data_source *source);

/* Polygons in the project's CRS for municipalities that exist already; computes and stores the shared
 * borders. */
om_status data_store_polygons(om_context *ctx, data_project *project, const char *const *codes,
                              const struct geo_wkb *polygons, size_t n, const struct data_source *source);

struct data_locality_row {
    const char *code, *name, *municipality_code;
    double lon_lat[2];
    double population;
};
om_status data_store_localities(om_context *ctx, data_project *project, const struct data_locality_row *rows,
                                size_t n, const struct data_source *source);

struct data_region_row {
    const char *region_code, *region_name, *municipality_code;
};
om_status data_store_regions(om_context *ctx, data_project *project, const char *kind,
                             const struct data_region_row *rows, size_t n, const struct data_source *source);

struct data_job_seekers_row {
    const char *municipality_code;
    double job_seekers, participants; /* participants NAN when not given */
};
om_status data_store_job_seekers(om_context *ctx, data_project *project, const char *month,
                                 const struct data_job_seekers_row *rows, size_t n,
                                 const struct data_source *source);

struct data_supplier_row {
    const char *id, *name;
};
struct data_office_row {
    const char *supplier_id, *municipality_code;
    const char *address, *opening_hours; /* may be NULL */
    double lon_lat[2];                   /* NAN when not given */
    const char *from, *to;               /* active on from <= date <= to; NULL = open-ended */
};
om_status data_store_suppliers(om_context *ctx, data_project *project,
                               const struct data_supplier_row *suppliers, size_t n_suppliers,
                               const struct data_office_row *offices, size_t n_offices,
                               const struct data_source *source);

struct data_contract_row {
    const char *supplier_id;
    const char *area_name;                    /* of plan_name; or NULL */
    const char *plan_name;                    /* the plan whose areas the contracts name; or NULL */
    const char *municipality_code;            /* explicit; or NULL */
    const char *service, *from, *to, *status; /* status "active" counts; others are kept and not counted */
};
om_status data_store_contracts(om_context *ctx, data_project *project, const struct data_contract_row *rows,
                               size_t n, const struct data_source *source);

struct data_link_row {
    const char *from_code, *to_code, *note; /* note: bridge, ferry … */
};
om_status data_store_links(om_context *ctx, data_project *project, const struct data_link_row *rows, size_t n,
                           const struct data_source *source);

/* Validates with plan_new against the stored municipalities; replaces a plan of the same name. */
om_status data_store_plan(om_context *ctx, data_project *project, const char *name,
                          const struct plan_assignment *rows, size_t n, const struct data_source *source);

/* The same with plan_new_unfinished; a finding tells who is in no area. */
om_status data_store_unfinished_plan(om_context *ctx, data_project *project, const char *name,
                                     const struct plan_assignment *rows, size_t n,
                                     const struct data_source *source);

/* The same of a plan that is made already, of the project's municipalities; its own name does not matter. */
om_status data_store_made_plan(om_context *ctx, data_project *project, const struct plan_territory *territory,
                               const struct plan *plan, const char *name, const struct data_source *source);

/* Validates every key; ini is the text of a rule file. */
om_status data_store_rules(om_context *ctx, data_project *project, const char *name,
                           const struct plan_rules *rules);

/* The conditions travel times were computed under. */
struct data_profile {
    const char *name; /* "morning" */
    const char *date;
    int32_t from_s, until_s;
    bool arrive_by;          /* the window is of arrivals */
    const char *options;     /* canonical text of the routing options */
    const char *feed_hashes; /* SHA-256 of each feed, comma-separated; NULL for imported times */
    bool is_synthetic;
};
/* One row per ordered pair of municipality codes; times of the same profile are replaced. */
struct data_travel_row {
    const char *from_code, *to_code;
    struct geo_travel_time times;
};
om_status data_store_travel_times(om_context *ctx, data_project *project, const struct data_profile *profile,
                                  const struct data_travel_row *rows, size_t n,
                                  const char *const *codes_without_service, size_t n_without_service,
                                  const struct data_source *source);

/* The same from localities (from_code) to the seats of municipalities, under a profile stored before. Storing
 * the profile again, with data_store_travel_times, removes them: its conditions may have changed. */
om_status data_store_locality_times(om_context *ctx, data_project *project, const char *profile,
                                    const struct data_travel_row *rows, size_t n);

/* Replaces the feeds the project remembers, so that they need to be named once: source rows of kind "feed",
 * in order, with the path and hash to read them again (DATA_LIST_FEEDS lists the paths). */
om_status data_store_feeds(om_context *ctx, data_project *project, const struct data_source *feeds, size_t n);

/* One judgement, for the record. No names of people, hosts or paths. */
struct data_run {
    const char *command; /* "evaluate" */
    const char *plan, *rules;
    const char *plan_sha256, *rules_sha256, *input_sha256, *result_sha256;
    const char *tool_version, *time; /* ISO 8601 UTC */
};
om_status data_store_run(om_context *ctx, data_project *project, const struct data_run *run);

/* ---- what the planner loads; every *out is owned by the caller ---- */

om_status data_load_territory(om_context *ctx, data_project *project, struct plan_territory **out);
/* One polygon per municipality of the territory (empty wkb where none is stored); geo_wkb_array_free. */
om_status data_load_polygons(om_context *ctx, data_project *project, const struct plan_territory *territory,
                             struct geo_wkb **out);
/*
 * All offices (active or not on the date) and the active contracts of the service on it. service NULL or
 * empty: every service. date NULL: the newest day on which an office or contract begins or job seekers were
 * counted. A contract for an area of no named plan means the areas of `plan`, which may be NULL; an area that
 * the plan does not have is a finding, contract_area_unknown.
 */
om_status data_load_market(om_context *ctx, data_project *project, const struct plan_territory *territory,
                           const struct plan *plan, const char *service, const char *date,
                           struct plan_market **out);
/* OM_NOT_FOUND lists the names there are. */
om_status data_load_plan(om_context *ctx, data_project *project, const struct plan_territory *territory,
                         const char *name, struct plan **out);
om_status data_load_rules(om_context *ctx, data_project *project, const char *name, struct plan_rules *out);
/* By code; texts are owned by the list, which data_localities_free frees. */
om_status data_load_localities(om_context *ctx, data_project *project, struct data_locality_row **out,
                               size_t *n);
void data_localities_free(struct data_locality_row *localities, size_t n);
/* Under the rules' profile, with its times from localities when there are any; with a return profile in the
 * rules, both ways (plan_travel_require_return). */
om_status data_load_travel(om_context *ctx, data_project *project, const struct plan_territory *territory,
                           const struct plan_rules *rules, struct plan_travel **out);

/* The profile whose times that are; NULL when the project has no travel times. data_profile_free accepts
 * NULL. */
om_status data_load_profile(om_context *ctx, data_project *project, const struct plan_rules *rules,
                            struct data_profile **out);
void data_profile_free(struct data_profile *profile);

/* Lists of names, for info and messages. */
struct data_names {
    size_t n;
    char **names;
};
void data_names_done(struct data_names *names);
enum data_list {
    DATA_LIST_PLANS,
    DATA_LIST_RULES,
    DATA_LIST_PROFILES,
    DATA_LIST_REGION_KINDS,
    DATA_LIST_FEEDS
};
om_status data_project_list(om_context *ctx, data_project *project, enum data_list what,
                            struct data_names *out);

om_status data_load_sources(om_context *ctx, data_project *project, struct data_source **out, size_t *n);
void data_sources_free(struct data_source *sources, size_t n);

/* Rows in one of the project's tables; for info. */
om_status data_project_count(om_context *ctx, data_project *project, const char *table, size_t *out);

#endif
