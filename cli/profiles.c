#include "profiles.h"

#include "geo/memory.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>

enum { KEY_SIZE = 64 };

struct reading {
    struct cli *cli;
    const char *path;
    const struct cli_option *options;
    size_t n_options;
    const struct routing *defaults;
    FILE *file;
    int line;
    bool is_too_long;
    struct routing_profile *profiles;
    size_t n, capacity;
    om_status status; /* of the first line that failed */
};

static om_status wrong(struct reading *reading, const char *key, const char *message)
{
    return om_fail(&reading->cli->ctx, OM_BAD_DATA, om_tr("%s, line %d: %s: %s"), reading->path,
                   reading->line, key, message);
}

/* inih does not tell line numbers. */
static char *next_line(char *line, int size, void *user)
{
    struct reading *reading = user;
    char *read = fgets(line, size, reading->file);
    reading->line += read != NULL;
    if (read && !strchr(line, '\n') && !feof(reading->file))
        reading->is_too_long = true;
    return read;
}

/* The key "on_demand" for the flag "no-on-demand", the key "max_transfers" for the option "max-transfers". */
static void key_of(const struct cli_option *option, char key[KEY_SIZE])
{
    const char *name = option->name;
    if (option->type == CLI_FLAG && strncmp(name, "no-", 3) == 0)
        name += 3;
    snprintf(key, KEY_SIZE, "%s", name);
    for (char *at = key; (at = strchr(at, '-'));)
        *at = '_';
}

static const struct cli_option *find_option(const struct reading *reading, const char *key, char *known,
                                            size_t size)
{
    char name[KEY_SIZE];
    for (size_t i = 0, used = 0; i < reading->n_options && used < size; i++) {
        key_of(&reading->options[i], name);
        if (strcmp(name, key) == 0)
            return &reading->options[i];
        used += (size_t)snprintf(known + used, size - used, "%s%s", i ? ", " : "", name);
    }
    return NULL;
}

static struct routing_profile *add_profile(struct reading *reading, const char *name)
{
    struct routing_profile *grown =
        om_grow(reading->profiles, &reading->capacity, reading->n + 1, sizeof *grown);
    if (!grown)
        return NULL;
    reading->profiles = grown;
    struct routing_profile *profile = &grown[reading->n];
    *profile = (struct routing_profile){.name = om_strdup(name), .routing = *reading->defaults};
    bool ok = profile->name != NULL;
    const char **const texts[] = {&profile->routing.date, &profile->routing.modes};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i])
            ok &= (*texts[i] = om_strdup(*texts[i])) != NULL;
    reading->n++;
    return ok ? profile : NULL;
}

/* The profile of a section; one that comes back later in the file goes on where it was. */
static struct routing_profile *profile_of(struct reading *reading, const char *section)
{
    for (size_t i = 0; i < reading->n; i++)
        if (strcmp(reading->profiles[i].name, section) == 0)
            return &reading->profiles[i];
    return add_profile(reading, section);
}

static om_status set_flag(struct reading *reading, const struct cli_option *option, const char *key,
                          const char *value, struct routing *routing)
{
    bool yes = strcmp(value, "yes") == 0;
    if (!yes && strcmp(value, "no") != 0)
        return wrong(reading, key, om_tr("needs yes or no"));
    bool is_opposite = strncmp(option->name, "no-", 3) == 0;
    *(bool *)((char *)routing + option->offset) = is_opposite ? !yes : yes;
    return OM_OK;
}

static bool is_text(const struct cli_option *option)
{
    return option->type == CLI_TEXT || option->type == CLI_DATE || option->type == CLI_WORDS;
}

static const char **text_of(const struct cli_option *option, struct routing *routing)
{
    return (const char **)((char *)routing + option->offset);
}

/* The value lasts no longer than its line, so a profile has copies. */
static om_status own_text(struct reading *reading, const char **text, const char *former)
{
    *text = om_strdup(*text);
    om_free((char *)former);
    return *text ? OM_OK : om_no_memory(&reading->cli->ctx);
}

/* A date stands instead of a weekday among the defaults, and the other way round. */
static void settle_day(const struct cli_option *option, struct routing *routing)
{
    if (option->offset == offsetof(struct routing, date))
        routing->weekday = 0;
    if (option->offset != offsetof(struct routing, weekday))
        return;
    om_free((char *)routing->date);
    routing->date = NULL;
}

static om_status set_key(struct reading *reading, const char *section, const char *key, const char *value)
{
    char message[512] = "";
    if (!*section)
        return wrong(reading, key, om_tr("stands before the first section, such as [morning]"));
    struct routing_profile *profile = profile_of(reading, section);
    if (!profile)
        return om_no_memory(&reading->cli->ctx);
    const struct cli_option *option = find_option(reading, key, message, sizeof message);
    if (!option)
        return om_fail(&reading->cli->ctx, OM_BAD_DATA, om_tr("%s, line %d: '%s' is not one of %s"),
                       reading->path, reading->line, key, message);
    struct routing *routing = &profile->routing;
    if (option->type == CLI_FLAG)
        return set_flag(reading, option, key, value, routing);
    const char *former = is_text(option) ? *text_of(option, routing) : NULL;
    if (!cli_option_set(option, value, routing, message, sizeof message))
        return wrong(reading, key, message);
    om_status status = OM_OK;
    if (is_text(option))
        status = own_text(reading, text_of(option, routing), former);
    settle_day(option, routing);
    return status;
}

static int take_key(void *user, const char *section, const char *key, const char *value)
{
    struct reading *reading = user;
    if (reading->status == OM_OK)
        reading->status = reading->is_too_long ? wrong(reading, key, om_tr("the line is too long"))
                                               : set_key(reading, section, key, value);
    return 1;
}

static om_status check(struct reading *reading)
{
    if (reading->n == 0)
        return om_fail(&reading->cli->ctx, OM_BAD_DATA,
                       om_tr("%s: has no profile; a profile is a section with at least one key, such as "
                             "[morning] and from = 07:00"),
                       reading->path);
    for (size_t i = 0; i < reading->n; i++) {
        const char *fault = routing_fault(&reading->profiles[i].routing);
        if (fault)
            return om_fail(&reading->cli->ctx, OM_BAD_DATA, "%s: [%s]: %s", reading->path,
                           reading->profiles[i].name, fault);
    }
    return OM_OK;
}

om_status profiles_read(struct cli *cli, const char *path, const struct cli_option *options, size_t n_options,
                        const struct routing *defaults, struct routing_profile **out, size_t *n)
{
    struct reading reading = {
        .cli = cli, .path = path, .options = options, .n_options = n_options, .defaults = defaults};
    reading.file = fopen(path, "r");
    if (!reading.file)
        return om_fail(&cli->ctx, errno == ENOENT ? OM_NOT_FOUND : OM_IO, "%s: %s", path, strerror(errno));
    int bad_line = ini_parse_stream(next_line, &reading, take_key, &reading);
    fclose(reading.file);
    if (reading.status == OM_OK && bad_line)
        reading.status =
            om_fail(&cli->ctx, OM_BAD_DATA, om_tr("%s, line %d: needs \"[section]\" or \"key = value\""),
                    path, bad_line);
    if (reading.status == OM_OK)
        reading.status = check(&reading);
    if (reading.status != OM_OK) {
        profiles_free(reading.profiles, reading.n);
        return reading.status;
    }
    *out = reading.profiles;
    *n = reading.n;
    return OM_OK;
}

void profiles_free(struct routing_profile *profiles, size_t n)
{
    for (size_t i = 0; profiles && i < n; i++) {
        om_free((char *)profiles[i].name);
        om_free((char *)profiles[i].routing.date);
        om_free((char *)profiles[i].routing.modes);
    }
    om_free(profiles);
}
