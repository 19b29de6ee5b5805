/* The value of an option from its text, on the command line or in a file of profiles. */
#include "cli.h"

#include "datasets/feed.h"
#include "geo/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_word(const struct cli_option *option, const char *text, int *out, char *message, size_t size)
{
    char known[256] = "";
    for (int i = 0; option->words[i]; i++) {
        if (strcmp(option->words[i], text) == 0) {
            *out = i;
            return true;
        }
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", option->words[i]);
    }
    snprintf(message, size, om_tr("'%s' is not one of %s"), text, known);
    return false;
}

static bool read_number(const struct cli_option *option, const char *text, double *out, char *message,
                        size_t size)
{
    char *end = NULL;
    double number = strtod(text, &end);
    bool whole = option->type != CLI_WHOLE || strpbrk(text, ".eExX") == NULL;
    bool ok = end != text && !*end && whole && number >= option->minimum && number <= option->maximum;
    if (ok)
        *out = number;
    else
        snprintf(message, size,
                 option->type == CLI_WHOLE ? om_tr("'%s' is not a whole number from %g to %g")
                                           : om_tr("'%s' is not a number from %g to %g"),
                 text, option->minimum, option->maximum);
    return ok;
}

static bool read_whole(const struct cli_option *option, const char *text, int *out, char *message,
                       size_t size)
{
    double number = 0;
    bool ok = read_number(option, text, &number, message, size);
    if (ok)
        *out = (int)number;
    return ok;
}

static bool read_clock(const char *text, int32_t *out, char *message, size_t size)
{
    unsigned hours = 0, minutes = 0, seconds = 0;
    int used = 0;
    bool ok = sscanf(text, "%2u:%2u%n", &hours, &minutes, &used) == 2 && used > 0;
    if (ok && text[used] == ':') {
        int more = 0;
        ok = sscanf(text + used, ":%2u%n", &seconds, &more) == 1;
        used += more;
    }
    ok = ok && !text[used] && minutes < 60 && seconds < 60;
    if (ok)
        *out = (int32_t)(hours * 3600 + minutes * 60 + seconds);
    else
        snprintf(message, size, om_tr("'%s' is not a time of day, such as 07:00"), text);
    return ok;
}

static bool append(struct cli_list *list, const char *text, char *message, size_t size)
{
    const char **grown = om_grow(list->items, &list->capacity, list->n + 1, sizeof *grown);
    if (!grown) {
        snprintf(message, size, "%s", om_tr("out of memory"));
        return false;
    }
    list->items = grown;
    list->items[list->n++] = text;
    return true;
}

static bool read_words(const struct cli_option *option, const char *text, const char **out, char *message,
                       size_t size)
{
    char word[64];
    for (const char *next = text; *next; next += *next == ',') {
        int number;
        size_t length = strcspn(next, ",");
        snprintf(word, sizeof word, "%.*s", (int)length, next);
        if (!read_word(option, word, &number, message, size))
            return false;
        next += length;
    }
    *out = text;
    return true;
}

static bool read_date(const char *text, const char **out, char *message, size_t size)
{
    om_context ctx = {0};
    int32_t date;
    bool ok = data_date_parse(&ctx, text, &date) == OM_OK;
    if (ok)
        *out = text;
    else
        snprintf(message, size, "%s", ctx.message);
    om_context_done(&ctx);
    return ok;
}

bool cli_option_set(const struct cli_option *option, const char *text, void *base, char *message, size_t size)
{
    void *field = (char *)base + option->offset;
    switch (option->type) {
    case CLI_FLAG:
        *(bool *)field = true;
        return true;
    case CLI_TEXT:
        *(const char **)field = text;
        return true;
    case CLI_OPTIONAL:
        *(const char **)field = text ? text : "";
        return true;
    case CLI_LIST:
        return append(field, text, message, size);
    case CLI_TURNS:
        return append(field, option->name, message, size) && append(field, text, message, size);
    case CLI_NUMBER:
        return read_number(option, text, field, message, size);
    case CLI_WHOLE:
        return read_whole(option, text, field, message, size);
    case CLI_CLOCK:
        return read_clock(text, field, message, size);
    case CLI_WORD:
        return read_word(option, text, field, message, size);
    case CLI_WORDS:
        return read_words(option, text, field, message, size);
    case CLI_DATE:
        return read_date(text, field, message, size);
    }
    return false;
}
