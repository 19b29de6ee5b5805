/*
 * The front door: what every command shares. A command is a row of data (struct cli_command): its arguments,
 * its options, and the function that does it. One loop reads the options, writes the help and checks values.
 *
 * Data goes to stdout; progress, findings and errors go to stderr.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "geo/status.h"
#include "geo/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cli_exit {
    CLI_DONE = 0,
    CLI_FAILED = 1,  /* the data or the processing */
    CLI_USAGE = 2,   /* the command line */
    CLI_VERDICT = 3, /* --fail-on: judged, and found wanting */
};

struct cli {
    om_context ctx;
    const char *language; /* as given; NULL = from the environment */
    bool quiet, json, overwrite;
    bool colour; /* stdout is a terminal that wants colours */
    int width;   /* of the terminal; 0 = not one */
    const struct cli_command *command;
    char **arguments;
    size_t n_arguments;
};

enum cli_option_type {
    CLI_FLAG,     /* bool: true when given */
    CLI_TEXT,     /* const char * */
    CLI_OPTIONAL, /* const char *: NULL unless given; "" when given without a value (--cache, --cache=DIR) */
    CLI_LIST,     /* struct cli_list: may be given several times */
    CLI_TURNS,    /* struct cli_list that several options share: name and value in turn, in the order given */
    CLI_NUMBER,   /* double */
    CLI_WHOLE,    /* int */
    CLI_CLOCK,    /* int32_t: seconds, from HH:MM or HH:MM:SS, past 24:00 allowed */
    CLI_WORD,     /* int: index into words */
    CLI_WORDS,    /* const char *: some of words, with commas between */
    CLI_DATE,     /* const char *: YYYY-MM-DD or YYYYMMDD */
};

struct cli_list {
    size_t n, capacity;
    const char **items;
};

struct cli_option {
    const char *name;
    char letter; /* 0 = none */
    enum cli_option_type type;
    size_t offset;            /* into the command's settings (or struct cli for the common ones) */
    const char *argument;     /* as shown in the help, marked for translation; NULL for a flag */
    const char *meaning;      /* marked for translation */
    double minimum, maximum;  /* of numbers, inclusive */
    const char *const *words; /* of CLI_WORD and CLI_WORDS, ends with NULL */
};

struct cli_command {
    const char *name;
    const char *arguments; /* "PROJECT KIND FILE", marked for translation */
    size_t min_arguments, max_arguments;
    const char *meaning;   /* one line, marked for translation */
    const char *details;   /* more for --help, marked for translation; may be NULL */
    char *(*more)(void);   /* and more, made from a table; owned by the caller; may be NULL */
    void (*prepare)(void); /* completes the options from a table; may be NULL */
    const struct cli_option *options;
    size_t n_options;
    const struct cli_option *shared_options; /* those it has in common with other commands; may be NULL */
    size_t n_shared_options;
    const void *defaults; /* settings before options are read */
    size_t settings_size;
    enum cli_exit (*run)(struct cli *cli, const void *settings);
};

extern const struct cli_command *const cli_commands[];
extern const size_t cli_n_commands;

/* Reads `omland VERB …`; ends the program on --help, --version and usage errors. */
void cli_parse_main(struct cli *cli, int argc, char **argv, int *verb);
/* Reads a command's options into settings (a copy of its defaults, made by the caller). */
void cli_parse_command(struct cli *cli, const struct cli_command *command, void *settings, int argc,
                       char **argv);
void cli_settings_done(const struct cli_command *command, void *settings);

/* Sets the option's field below base; false and a message, without the option's name, for a wrong value. */
bool cli_option_set(const struct cli_option *option, const char *text, void *base, char *message,
                    size_t size);

/* --lang, before anything is said: the catalogue and the character set. */
void cli_language(int argc, char **argv);

/* Progress on a terminal, and SIGINT as a polite request to stop. */
void cli_progress_begin(struct cli *cli);
void cli_progress_end(struct cli *cli);
void cli_progress_go_on(void); /* after an interrupt: what was found until then is still to be kept */
void cli_progress_clear(void); /* before anything else is said */

/* "note: …" on stderr unless -q. */
void cli_note(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What was found and repaired on the way, by kind, with the first examples. */
void cli_findings(const struct cli *cli);
/* Says what failed on stderr; returns CLI_FAILED. */
enum cli_exit cli_fail(const struct cli *cli);
/* Says what is wrong with the command line, and where help is; returns CLI_USAGE. */
enum cli_exit cli_usage(const struct cli *cli, const char *message);

#endif
