/*
 * A command line as a text that a shell reads back: what made a report, or a run. Lines are owned by the
 * caller; NULL, which stays NULL, means that memory is out.
 */
#ifndef CLI_COMMAND_LINE_H
#define CLI_COMMAND_LINE_H

#include "cli.h"

/* All of these free `line` and give it longer. */
char *line_with_word(char *line, const char *word); /* quoted where a shell asks for it; NULL: no memory */
char *line_with_option(char *line, const char *option, const char *value); /* as it is when value is NULL */
char *line_with_each(char *line, const char *option, const struct cli_list *values);
char *line_with_number(char *line, const char *option, double value);

#endif
