#include "rules_internal.h"

#include "datasets/import.h"
#include "file_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <ini.h>
#include <string.h>

struct reading {
    om_context *ctx;
    const char *where;
    const char *rest; /* of the text */
    int line;
    om_status status; /* of the first line that failed */
    struct plan_rules rules;
};

/* One line per call, without the blanks before it: inih would take an indented line for more of the value
 * above. */
static char *next_line(char *line, int size, void *user)
{
    struct reading *reading = user;
    if (!*reading->rest)
        return NULL;
    const char *end = strchr(reading->rest, '\n');
    size_t length = end ? (size_t)(end - reading->rest) : strlen(reading->rest);
    size_t skip = strspn(reading->rest, " \t");
    if (skip > length)
        skip = length;
    size_t kept = length - skip;
    reading->line++;
    if (kept > (size_t)size - 2 && reading->status == OM_OK)
        reading->status = om_fail(reading->ctx, OM_BAD_DATA,
                                  om_tr("%s, line %d: longer than %d bytes; a rule is \"key = value\""),
                                  reading->where, reading->line, size - 2);
    if (kept > (size_t)size - 2)
        kept = (size_t)size - 2;
    memcpy(line, reading->rest + skip, kept);
    line[kept] = '\n';
    line[kept + 1] = '\0';
    reading->rest += length + (end != NULL);
    return line;
}

static int take_key(void *user, const char *section, const char *key, const char *value)
{
    struct reading *reading = user;
    if (reading->status != OM_OK)
        return 1;
    reading->status = plan_rules_set(reading->ctx, &reading->rules, section, key, value);
    if (reading->status != OM_OK)
        om_context_add(reading->ctx, om_tr("%s, line %d"), reading->where, reading->line);
    return 1;
}

om_status rules_from_text(om_context *ctx, const char *where, const char *text, struct plan_rules *out)
{
    struct reading reading = {.ctx = ctx, .where = where, .rest = text, .rules = plan_rules_default()};
    int bad_line = ini_parse_stream(next_line, &reading, take_key, &reading);
    if (reading.status != OM_OK)
        return reading.status;
    if (bad_line)
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s, line %d: needs \"[section]\" or \"key = value\""), where,
                       bad_line);
    *out = reading.rules;
    return OM_OK;
}

om_status data_rules_read(om_context *ctx, const char *path, struct plan_rules *out)
{
    char *text = NULL;
    size_t size = 0;
    om_status status = file_read(ctx, path, 1 << 20, &text, &size);
    if (status != OM_OK)
        return status;
    if (memchr(text, '\0', size))
        status = om_fail(ctx, OM_BAD_DATA, om_tr("%s: holds a NUL byte, so it is no text file"), path);
    else
        status = rules_from_text(ctx, path, text, out);
    om_free(text);
    return status;
}
