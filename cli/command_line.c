#include "command_line.h"

#include "geo/memory.h"

#include <stdio.h>
#include <string.h>

/* `text` as one word of a shell's command line. */
static char *shell_word(const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-";
    if (*text && strspn(text, plain) == strlen(text))
        return om_strdup(text);
    char *word = om_alloc(4 * strlen(text) + 3, 1), *end = word;
    if (!word)
        return NULL;
    *end++ = '\'';
    for (; *text; text++)
        end = *text == '\'' ? stpcpy(end, "'\\''") : stpncpy(end, text, 1);
    *end = '\'';
    return word;
}

char *line_with_word(char *line, const char *text)
{
    char *word = line && text ? shell_word(text) : NULL;
    char *longer = word ? om_format("%s %s", line, word) : NULL;
    om_free(word);
    om_free(line);
    return longer;
}

char *line_with_option(char *line, const char *option, const char *value)
{
    return value ? line_with_word(line_with_word(line, option), value) : line;
}

char *line_with_each(char *line, const char *option, const struct cli_list *values)
{
    for (size_t i = 0; i < values->n; i++)
        line = line_with_option(line, option, values->items[i]);
    return line;
}

char *line_with_number(char *line, const char *option, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.15g", value);
    return line_with_option(line, option, text);
}
