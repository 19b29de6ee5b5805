#include "cli.h"

#include <libgen.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The catalogue lies beside the program, in the build tree as where it is installed: ../share/locale. */
static void find_catalogue(void)
{
    char program[PATH_MAX], catalogue[PATH_MAX + 32];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n < 0)
        return;
    program[n] = '\0';
    snprintf(catalogue, sizeof catalogue, "%s/../share/locale", dirname(program));
    bindtextdomain(OM_TEXT_DOMAIN, catalogue);
    bind_textdomain_codeset(OM_TEXT_DOMAIN, "UTF-8");
    textdomain(OM_TEXT_DOMAIN);
}

/* The language asked for on the command line, else the environment's in the usual order. */
static const char *wanted_language(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            return argv[i + 1];
        if (strncmp(argv[i], "--lang=", 7) == 0)
            return argv[i] + 7;
    }
    static const char *const variables[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return "en";
}

/*
 * Works without any installed locale: C.UTF-8 is part of the C library, and LANGUAGE picks the catalogue.
 * Numbers keep the C form, so that data never depends on where it was written.
 */
void cli_language(int argc, char **argv)
{
    const char *language = strncmp(wanted_language(argc, argv), "sv", 2) == 0 ? "sv" : "en";
    setlocale(LC_ALL, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
    setenv("LANGUAGE", language, 1);
    find_catalogue();
}
