#include "cli.h"

#include "geo/memory.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const languages[] = {"en", "sv", NULL};

/* Options of every command; offsets are into struct cli. */
static const struct cli_option common[] = {
    {.name = "lang",
     .type = CLI_TEXT,
     .offset = offsetof(struct cli, language),
     .argument = "sv|en",
     .meaning = OM_NOTE("Language of messages and tables")},
    {.name = "quiet",
     .letter = 'q',
     .type = CLI_FLAG,
     .offset = offsetof(struct cli, quiet),
     .meaning = OM_NOTE("Say nothing but errors")},
    {.name = "json",
     .type = CLI_FLAG,
     .offset = offsetof(struct cli, json),
     .meaning = OM_NOTE("Print results as JSON")},
    {.name = "overwrite",
     .type = CLI_FLAG,
     .offset = offsetof(struct cli, overwrite),
     .meaning = OM_NOTE("Replace an output that exists")},
};
enum {
    N_COMMON = sizeof common / sizeof *common,
    KEY_COMMON = 1000,
    KEY_COMMAND = 2000,
    KEY_SHARED = 3000,
    ROOM = 64
};

struct parsing {
    struct cli *cli;
    const struct cli_command *command; /* NULL before the verb */
    void *settings;
    int verb;
};

static void read_option(struct argp_state *state, const struct cli_option *option, const char *text,
                        void *base)
{
    char message[512];
    if (!cli_option_set(option, text, base, message, sizeof message))
        argp_error(state, "--%s: %s", option->name, message);
}

static void check_language(struct argp_state *state, const char *language)
{
    if (!language)
        return;
    for (int i = 0; languages[i]; i++)
        if (strcmp(languages[i], language) == 0)
            return;
    char message[256];
    snprintf(message, sizeof message, om_tr("'%s' is not one of %s"), language, "en, sv");
    argp_error(state, "--lang: %s", message);
}

static error_t parse_verb(struct argp_state *state, struct parsing *parsing, const char *verb)
{
    for (size_t i = 0; i < cli_n_commands; i++)
        if (strcmp(cli_commands[i]->name, verb) == 0)
            parsing->command = cli_commands[i];
    if (!parsing->command)
        argp_error(state, om_tr("'%s' is not a command"), verb);
    parsing->verb = state->next - 1;
    state->next = state->argc;
    return 0;
}

static const struct cli_option *option_of(const struct cli_option *options, size_t n, int first_key, int key)
{
    for (size_t i = 0; i < n; i++)
        if (key == (options[i].letter ? options[i].letter : first_key + (int)i))
            return &options[i];
    return NULL;
}

static error_t parse_common(int key, char *text, struct argp_state *state)
{
    struct parsing *parsing = state->input;
    if (key == 'h') {
        argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
        return 0;
    }
    const struct cli_option *option = option_of(common, N_COMMON, KEY_COMMON, key);
    if (!option)
        return ARGP_ERR_UNKNOWN;
    read_option(state, option, text, parsing->cli);
    check_language(state, parsing->cli->language);
    return 0;
}

static error_t parse_main(int key, char *text, struct argp_state *state)
{
    if (key == ARGP_KEY_ARG)
        return parse_verb(state, state->input, text);
    if (key == ARGP_KEY_NO_ARGS)
        argp_usage(state);
    return parse_common(key, text, state);
}

static error_t parse_command(int key, char *text, struct argp_state *state)
{
    struct parsing *parsing = state->input;
    const struct cli_command *command = parsing->command;
    if (key == ARGP_KEY_ARGS) {
        parsing->cli->arguments = state->argv + state->next;
        parsing->cli->n_arguments = (size_t)(state->argc - state->next);
        return 0;
    }
    if (key == ARGP_KEY_END) {
        if (parsing->cli->n_arguments < command->min_arguments)
            argp_error(state, om_tr("too few arguments: needs %s"), om_tr(command->arguments));
        if (parsing->cli->n_arguments > command->max_arguments)
            argp_error(state, om_tr("too many arguments: needs %s"), om_tr(command->arguments));
        return 0;
    }
    const struct cli_option *option = option_of(command->options, command->n_options, KEY_COMMAND, key);
    if (!option)
        option = option_of(command->shared_options, command->n_shared_options, KEY_SHARED, key);
    if (!option)
        return parse_common(key, text, state);
    read_option(state, option, text, parsing->settings);
    return 0;
}

static size_t add_options(struct argp_option *all, const struct cli_option *options, size_t n, int first_key,
                          int group)
{
    for (size_t i = 0; i < n; i++)
        all[i] = (struct argp_option){
            .name = options[i].name,
            .key = options[i].letter ? options[i].letter : first_key + (int)i,
            .arg = options[i].argument ? om_tr(options[i].argument) : NULL,
            .flags = options[i].type == CLI_OPTIONAL ? OPTION_ARG_OPTIONAL : 0,
            .doc = om_tr(options[i].meaning),
            .group = group,
        };
    return n;
}

static void add_common(struct argp_option *all, size_t n)
{
    all[n++] = (struct argp_option){.doc = om_tr("Options of every command:"), .group = 2};
    n += add_options(all + n, common, N_COMMON, KEY_COMMON, 2);
    all[n++] = (struct argp_option){.name = "h", .key = 'h', .flags = OPTION_HIDDEN, .group = 2};
    all[n] = (struct argp_option){0};
}

/* The first screen of `omland --help`: a line per command. */
static char *list_of_commands(void)
{
    char *text = om_format("%s\n\n%s\n",
                           om_tr("Judges delivery areas: who can reach a real choice of suppliers, "
                                 "who cannot, and where to deliver in-house."),
                           om_tr("Commands:"));
    for (size_t i = 0; text && i < cli_n_commands; i++) {
        char *longer =
            om_format("%s  %-10s %s\n", text, cli_commands[i]->name, om_tr(cli_commands[i]->meaning));
        om_free(text);
        text = longer;
    }
    char *whole =
        text ? om_format("%s\v%s", text, om_tr("`omland COMMAND --help` tells about one of them.")) : NULL;
    om_free(text);
    return whole;
}

void cli_parse_main(struct cli *cli, int argc, char **argv, int *verb)
{
    struct argp_option options[ROOM];
    add_common(options, 0);
    char *doc = list_of_commands();
    struct argp argp = {.options = options, .parser = parse_main, .args_doc = om_tr("COMMAND …"), .doc = doc};
    struct parsing parsing = {.cli = cli};
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &parsing);
    om_free(doc);
    *verb = parsing.verb;
}

void cli_parse_command(struct cli *cli, const struct cli_command *command, void *settings, int argc,
                       char **argv)
{
    struct argp_option options[ROOM];
    if (command->prepare)
        command->prepare();
    size_t n = add_options(options, command->options, command->n_options, KEY_COMMAND, 1);
    n += add_options(options + n, command->shared_options, command->n_shared_options, KEY_SHARED, 1);
    add_common(options, n);
    char *name = om_format("omland %s", command->name);
    char *more = command->more ? command->more() : NULL;
    char *doc = om_format("%s\v%s%s", om_tr(command->meaning),
                          command->details ? om_tr(command->details) : "", more ? more : "");
    struct argp argp = {
        .options = options, .parser = parse_command, .args_doc = om_tr(command->arguments), .doc = doc};
    struct parsing parsing = {.cli = cli, .command = command, .settings = settings};
    cli->command = command;
    argv[0] = name;
    argp_parse(&argp, argc, argv, 0, NULL, &parsing);
    argv[0] = NULL;
    om_free(more);
    om_free(name);
    om_free(doc);
}

void cli_settings_done(const struct cli_command *command, void *settings)
{
    for (size_t i = 0; i < command->n_options; i++)
        if (command->options[i].type == CLI_LIST || command->options[i].type == CLI_TURNS) {
            struct cli_list *list = (struct cli_list *)((char *)settings + command->options[i].offset);
            om_free(list->items);
            *list = (struct cli_list){0};
        }
}
