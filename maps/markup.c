#include "markup.h"

#include <stdbool.h>

static void put(FILE *out, const char *text, const char *line_end)
{
    static const char *const entities[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
    };
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        bool is_allowed = byte >= 0x20 || byte == '\t';
        if (byte == '\n')
            fputs(line_end, out);
        else if (entities[byte])
            fputs(entities[byte], out);
        else if (is_allowed)
            fputc(byte, out);
    }
}

void markup_text(FILE *out, const char *text)
{
    put(out, text, "\n");
}

void markup_attribute(FILE *out, const char *name, const char *value)
{
    fprintf(out, " %s=\"", name);
    put(out, value, "&#xa;");
    fputc('"', out);
}
