#include "files.h"

#include "datasets/import.h"
#include "geo/memory.h"

#include <stdio.h>
#include <string.h>

struct import_settings {
    struct cli_list mappings;
    struct data_import_options import;
};

#define AT(field) offsetof(struct import_settings, field)
static const struct cli_option options[] = {
    {"map", 'm', CLI_LIST, AT(mappings), OM_NOTE("FIELD=COLUMN"),
     OM_NOTE("Which column holds a field, where the heading is not recognised; may be repeated"), 0, 0, NULL},
    {"name", 0, CLI_TEXT, AT(import.name), OM_NOTE("NAME"),
     OM_NOTE("Name of the plan, the kind of region or the profile (from the file name)"), 0, 0, NULL},
    {"layer", 0, CLI_TEXT, AT(import.layer), OM_NOTE("LAYER"),
     OM_NOTE("Layer or sheet (the first that fits)"), 0, 0, NULL},
    {"crs", 0, CLI_TEXT, AT(import.crs), OM_NOTE("CRS"),
     OM_NOTE("Coordinate system, instead of the file's own"), 0, 0, NULL},
    {"date", 0, CLI_TEXT, AT(import.date), OM_NOTE("DATE"),
     OM_NOTE("Date of the data; job seekers: the month"), 0, 0, NULL},
    {"licence", 0, CLI_TEXT, AT(import.licence), OM_NOTE("TEXT"), OM_NOTE("Licence of the data"), 0, 0, NULL},
    {"service", 0, CLI_TEXT, AT(import.service), OM_NOTE("NAME"),
     OM_NOTE("Service of contracts without such a column"), 0, 0, NULL},
    {"offices", 0, CLI_TEXT, AT(import.offices), OM_NOTE("FILE"),
     OM_NOTE("Suppliers: a second file with their offices"), 0, 0, NULL},
    {"cells", 0, CLI_FLAG, AT(import.cells), NULL,
     OM_NOTE("Localities: draw schematic municipality polygons around them"), 0, 0, NULL},
    {"outline", 0, CLI_TEXT, AT(import.outline), OM_NOTE("FILE"),
     OM_NOTE("With --cells: the country's outline to clip to"), 0, 0, NULL},
    {"unfinished", 0, CLI_FLAG, AT(import.is_unfinished), NULL,
     OM_NOTE("Plan: municipalities that no row names are in no area yet, where nobody serves them"), 0, 0,
     NULL},
    {"synthetic", 0, CLI_FLAG, AT(import.is_synthetic), NULL,
     OM_NOTE("The data is made up; results will say so"), 0, 0, NULL},
    {"schematic", 0, CLI_FLAG, AT(import.is_schematic), NULL,
     OM_NOTE("The data is simplified; results will say so"), 0, 0, NULL},
};

static const struct data_importer *find_importer(const char *kind)
{
    for (size_t i = 0; i < data_n_importers; i++)
        if (strcmp(data_importers[i].kind, kind) == 0)
            return &data_importers[i];
    return NULL;
}

/* The kinds of data and their fields, for --help. */
static char *kinds(void)
{
    char *text =
        om_format("%s\n", om_tr("KIND is one of these, with the fields --map may name (* = required):"));
    for (size_t i = 0; text && i < data_n_importers; i++) {
        char *longer = om_format("%s\n%s: %s\n  %s\n", text, data_importers[i].kind,
                                 om_tr(data_importers[i].meaning), data_importers[i].fields);
        om_free(text);
        text = longer;
    }
    return text;
}

/* Splits "field=Column" in a copy that *texts keeps. */
static om_status split_mappings(struct cli *cli, const struct cli_list *list, struct data_mapping **mappings,
                                char ***texts)
{
    *mappings = om_alloc(list->n, sizeof **mappings);
    *texts = om_alloc(list->n, sizeof **texts);
    if (!*mappings || !*texts)
        return om_no_memory(&cli->ctx);
    for (size_t i = 0; i < list->n; i++) {
        char *text = (*texts)[i] = om_strdup(list->items[i]);
        if (!text)
            return om_no_memory(&cli->ctx);
        char *equals = strchr(text, '=');
        *equals = '\0';
        (*mappings)[i] = (struct data_mapping){.field = text, .column = equals + 1};
    }
    return OM_OK;
}

static om_status import(struct cli *cli, const struct data_importer *importer,
                        const struct import_settings *settings)
{
    struct data_import_options how = settings->import;
    struct data_mapping *mappings = NULL;
    char **texts = NULL;
    data_project *project = NULL;
    const char *path = cli_input(cli, cli->arguments[2]);
    om_status status = path ? split_mappings(cli, &settings->mappings, &mappings, &texts) : cli->ctx.status;
    if (status != OM_OK ||
        (status = data_project_open(&cli->ctx, cli->arguments[0], DATA_WRITE, &project)) != OM_OK)
        goto done;
    how.mappings = mappings;
    how.n_mappings = settings->mappings.n;
    status = importer->run(&cli->ctx, project, path, &how);
done:
    data_project_close(project);
    for (size_t i = 0; texts && i < settings->mappings.n; i++)
        om_free(texts[i]);
    om_free(texts);
    om_free(mappings);
    return status;
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct import_settings *settings = given;
    const struct data_importer *importer = find_importer(cli->arguments[1]);
    char message[256];
    if (!importer) {
        snprintf(message, sizeof message, om_tr("'%s' is no kind of data that can be imported"),
                 cli->arguments[1]);
        return cli_usage(cli, message);
    }
    for (size_t i = 0; i < settings->mappings.n; i++)
        if (!strchr(settings->mappings.items[i], '=')) {
            snprintf(message, sizeof message, om_tr("--map: '%s' is not of the form FIELD=COLUMN"),
                     settings->mappings.items[i]);
            return cli_usage(cli, message);
        }
    return import(cli, importer, settings) == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct import_settings defaults;

const struct cli_command cmd_import = {
    .name = "import",
    .arguments = OM_NOTE("PROJECT KIND FILE"),
    .min_arguments = 3,
    .max_arguments = 3,
    .meaning = OM_NOTE("Bring a file into a project; nothing of it is kept when a row is wrong"),
    .more = kinds,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};
