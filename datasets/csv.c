#include "datasets/csv.h"

#include "archive_internal.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "read_ahead.h"

#include <cpl_error.h>
#include <cpl_vsi.h>

#include <endian.h>
#include <stdint.h>
#include <string.h>

enum { FIRST_BUFFER = 256 * 1024, RECORD_CAP = 1024 * 1024, WORD = sizeof(uint64_t) };
enum line_end { LINE_LF = 1, LINE_CRLF = 2, LINE_CR = 4 };

struct data_csv {
    VSILFILE *file;
    struct read_ahead *ahead; /* of files that are longer than the first buffer */
    char *path;               /* as messages show it */
    char
        *buffer; /* capacity + WORD bytes: a NUL after the last one stops the scan, which takes whole words */
    size_t capacity, start, end;
    bool is_at_end; /* of the file: nothing more to read into the buffer */
    size_t line, record_line;
    char delimiter;
    unsigned char is_stop[256]; /* bytes that end an unquoted field */
    struct data_field *fields;
    size_t n_fields, fields_capacity;
    bool is_quoted, is_utf8;
    unsigned line_ends;
};

/* What scanning one record found. */
enum scan { SCAN_RECORD, SCAN_NEEDS_MORE, SCAN_OPEN_QUOTE, SCAN_AFTER_QUOTE, SCAN_NUL, SCAN_NO_MEMORY };

static om_status make_room(om_context *ctx, data_csv *csv)
{
    size_t kept = csv->end - csv->start;
    memmove(csv->buffer, csv->buffer + csv->start, kept);
    csv->start = 0;
    csv->end = kept;
    if (kept == csv->capacity) {
        if (kept >= RECORD_CAP)
            return om_fail(
                ctx, OM_BAD_DATA,
                om_tr("%s, line %zu: the record is longer than 1 MiB; is a quotation mark left open?"),
                csv->path, csv->line);
        char *larger = om_resize(csv->buffer, 2 * csv->capacity + WORD, 1);
        if (!larger)
            return om_no_memory(ctx);
        csv->buffer = larger;
        csv->capacity *= 2;
    }
    return OM_OK;
}

/* Fills the buffer; gives how many bytes came. */
static size_t fill(data_csv *csv)
{
    size_t before = csv->end, got = 1;
    if (!csv->ahead) {
        csv->end += VSIFReadL(csv->buffer + csv->end, 1, csv->capacity - csv->end, csv->file);
        csv->is_at_end = csv->end < csv->capacity && VSIFEofL(csv->file);
    }
    while (csv->ahead && got > 0 && csv->end < csv->capacity) {
        got = read_ahead_read(csv->ahead, csv->buffer + csv->end, csv->capacity - csv->end);
        csv->end += got;
        csv->is_at_end = got == 0 && VSIFEofL(csv->file);
    }
    memset(csv->buffer + csv->end, 0, WORD);
    return csv->end - before;
}

static om_status refill(om_context *ctx, data_csv *csv)
{
    om_status status = make_room(ctx, csv);
    if (status)
        return status;
    size_t got = fill(csv);
    if (got == 0 && !csv->is_at_end)
        return om_fail(ctx, OM_IO, om_tr("%s, after line %zu: reading failed"), csv->path, csv->line);
    return OM_OK;
}

static bool is_utf16(const unsigned char *bytes, size_t n)
{
    if (n < 2)
        return false;
    if ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF))
        return true;
    return n >= 4 && ((!bytes[0] && bytes[1] && !bytes[2] && bytes[3]) ||
                      (bytes[0] && !bytes[1] && bytes[2] && !bytes[3]));
}

static om_status start_reading(om_context *ctx, data_csv *csv)
{
    om_status status = refill(ctx, csv);
    if (status)
        return status;
    if (is_utf16((const unsigned char *)csv->buffer, csv->end))
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s: the text is UTF-16; save it as UTF-8"), csv->path);
    if (csv->end >= 3 && memcmp(csv->buffer, "\xEF\xBB\xBF", 3) == 0)
        csv->start = 3;
    if (!csv->is_at_end)
        csv->ahead = read_ahead_open(csv->file);
    return OM_OK;
}

om_status data_csv_open(om_context *ctx, const char *path, char delimiter, data_csv **out)
{
    data_csv *csv = om_alloc(1, sizeof *csv);
    if (!csv)
        return om_no_memory(ctx);
    om_status status = OM_OK;
    csv->delimiter = delimiter;
    csv->line = csv->record_line = 1;
    csv->capacity = FIRST_BUFFER;
    csv->is_stop[0] = csv->is_stop['\n'] = csv->is_stop['\r'] = csv->is_stop[(unsigned char)delimiter] = 1;
    csv->path = archive_shown(path);
    csv->buffer = om_resize(NULL, FIRST_BUFFER + WORD, 1);
    if (!csv->path || !csv->buffer) {
        status = om_no_memory(ctx);
        goto done;
    }
    CPLPushErrorHandler(CPLQuietErrorHandler);
    csv->file = VSIFOpenL(path, "rb");
    CPLPopErrorHandler();
    if (!csv->file) {
        status =
            om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no such file, or it cannot be read"), csv->path);
        goto done;
    }
    status = start_reading(ctx, csv);
done:
    if (status)
        data_csv_close(csv);
    else
        *out = csv;
    return status;
}

void data_csv_close(data_csv *csv)
{
    if (!csv)
        return;
    read_ahead_close(csv->ahead);
    if (csv->file)
        VSIFCloseL(csv->file);
    om_free(csv->path);
    om_free(csv->buffer);
    om_free(csv->fields);
    om_free(csv);
}

static bool add_field(data_csv *csv, const char *from, const char *to)
{
    if (csv->n_fields == csv->fields_capacity) {
        struct data_field *more =
            om_grow(csv->fields, &csv->fields_capacity, csv->n_fields + 1, sizeof *csv->fields);
        if (!more)
            return false;
        csv->fields = more;
    }
    csv->fields[csv->n_fields++] = (struct data_field){from, (size_t)(to - from)};
    return true;
}

/* Moves *at past a quoted field and the blanks after it; the field keeps its quotes until the record is whole
 * (the scan may have to start again when the buffer ends). */
static enum scan scan_quoted(data_csv *csv, const char **at)
{
    const char *p = *at + 1, *end = csv->buffer + csv->end;
    for (;;) {
        p = memchr(p, '"', (size_t)(end - p));
        if (!p)
            return csv->is_at_end ? SCAN_OPEN_QUOTE : SCAN_NEEDS_MORE;
        if (p + 1 == end && !csv->is_at_end)
            return SCAN_NEEDS_MORE;
        if (p[1] != '"')
            break;
        p += 2;
    }
    const char *closing = p++;
    if (memchr(*at, '\0', (size_t)(closing - *at)))
        return SCAN_NUL;
    if (!add_field(csv, *at, closing + 1))
        return SCAN_NO_MEMORY;
    while (*p == ' ' || (*p == '\t' && csv->delimiter != '\t'))
        p++;
    csv->is_quoted = true;
    *at = p;
    return csv->is_stop[(unsigned char)*p] ? SCAN_RECORD : SCAN_AFTER_QUOTE;
}

static enum scan scan_field(data_csv *csv, const char **at, unsigned char *bits)
{
    if (**at == '"')
        return scan_quoted(csv, at);
    const unsigned char *p = (const unsigned char *)*at;
    unsigned char seen = 0;
    while (!csv->is_stop[*p])
        seen |= *p++;
    *bits |= seen;
    if (!add_field(csv, *at, (const char *)p))
        return SCAN_NO_MEMORY;
    *at = (const char *)p;
    return SCAN_RECORD;
}

static uint64_t repeated(unsigned char byte)
{
    return byte * UINT64_C(0x0101010101010101);
}

/* The high bit of each byte that is the delimiter or below '#': quotes, line ends, NUL, and what is rare. */
static uint64_t special_bytes(uint64_t word, uint64_t delimiters)
{
    const uint64_t high = repeated(0x80), low = ~high;
    uint64_t not_delimiter = word ^ delimiters;
    uint64_t is_delimiter = ~(((not_delimiter & low) + low) | not_delimiter);
    uint64_t is_below = ~((word | high) - repeated('#')) & ~word;
    return (is_delimiter | is_below) & high;
}

/*
 * Records without quotes that lie whole in the buffer and end in LF or CRLF, which is nearly all of them,
 * eight bytes at a time. False when this is none; then scan_record looks at it byte by byte.
 */
static bool scan_plain(data_csv *csv, const char **next, unsigned *line_end, unsigned char *bits)
{
    const char *field = csv->buffer + csv->start, *end = csv->buffer + csv->end;
    const uint64_t delimiters = repeated((unsigned char)csv->delimiter);
    uint64_t seen = 0;
    csv->n_fields = 0;
    csv->is_quoted = false;
    for (const char *at = field; at < end; at += WORD) {
        uint64_t word;
        memcpy(&word, at, WORD);
        word = le64toh(word);
        seen |= word;
        for (uint64_t special = special_bytes(word, delimiters); special; special &= special - 1) {
            const char *p = at + __builtin_ctzll(special) / 8;
            if (*p == csv->delimiter) {
                if (!add_field(csv, field, p))
                    return false;
                field = p + 1;
            } else if (*p == '\n') {
                bool has_return = p > field && p[-1] == '\r';
                *line_end = has_return ? LINE_CRLF : LINE_LF;
                *bits = seen & repeated(0x80) ? 0x80 : 0;
                *next = p + 1;
                return add_field(csv, field, p - has_return);
            } else if (*p == '\0' || *p == '"' || (*p == '\r' && p[1] != '\n')) {
                return false;
            }
        }
    }
    return false;
}

/* Splits the record at csv->start; *next is where the following one begins, *line_end how this one ended. */
static enum scan scan_record(data_csv *csv, const char **next, unsigned *line_end, unsigned char *bits)
{
    const char *p = csv->buffer + csv->start, *end = csv->buffer + csv->end;
    csv->n_fields = 0;
    csv->is_quoted = false;
    *bits = 0;
    *line_end = 0;
    if (scan_plain(csv, next, line_end, bits))
        return SCAN_RECORD;
    csv->n_fields = 0;
    for (;;) {
        enum scan found = scan_field(csv, &p, bits);
        if (found != SCAN_RECORD)
            return found;
        if (p == end) {
            *next = p;
            return csv->is_at_end ? SCAN_RECORD : SCAN_NEEDS_MORE;
        }
        if (*p == csv->delimiter) {
            p++;
            continue;
        }
        break;
    }
    if (*p == '\0')
        return SCAN_NUL;
    *line_end = *p == '\n' ? LINE_LF : LINE_CR;
    if (*p == '\r') {
        if (p + 1 == end && !csv->is_at_end)
            return SCAN_NEEDS_MORE;
        if (p[1] == '\n') {
            *line_end = LINE_CRLF;
            p++;
        }
    }
    *next = p + 1;
    return SCAN_RECORD;
}

/* Takes the quotes off in place and counts the line ends inside. */
static void unquote(data_csv *csv, struct data_field *field)
{
    if (field->length < 2 || field->text[0] != '"')
        return;
    char *to = csv->buffer + (field->text - csv->buffer);
    const char *from = to + 1, *end = to + field->length - 1;
    field->text = to;
    for (; from < end; from++) {
        if (*from == '\n' || (*from == '\r' && from[1] != '\n'))
            csv->line++;
        *to++ = *from;
        if (*from == '"')
            from++;
    }
    field->length = (size_t)(to - field->text);
}

/* Length of the UTF-8 sequence at p, 0 when it is none (RFC 3629: shortest form, no surrogates). */
static size_t utf8_length(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    size_t n = p[0] >= 0xC2 && p[0] <= 0xDF   ? 2
               : (p[0] & 0xF0) == 0xE0        ? 3
               : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4
                                              : 0;
    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    bool is_wrong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
                    (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F);
    return is_wrong ? 0 : n;
}

bool data_text_is_utf8(const char *text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text;
    for (size_t at = 0, n; at < length; at += n)
        if ((n = utf8_length(p + at, length - at)) == 0)
            return false;
    return true;
}

static om_status scan_failure(om_context *ctx, const data_csv *csv, enum scan found)
{
    switch (found) {
    case SCAN_OPEN_QUOTE:
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s, line %zu: a quotation mark is never closed"), csv->path,
                       csv->line);
    case SCAN_AFTER_QUOTE:
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s, line %zu: text follows a closing quotation mark; write a quotation mark "
                             "inside a field twice"),
                       csv->path, csv->line);
    case SCAN_NUL:
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s, line %zu: the text holds a NUL byte; is the file damaged?"), csv->path,
                       csv->line);
    default:
        return om_no_memory(ctx);
    }
}

static bool fields_are_utf8(const data_csv *csv)
{
    for (size_t i = 0; i < csv->n_fields; i++)
        if (!data_text_is_utf8(csv->fields[i].text, csv->fields[i].length))
            return false;
    return true;
}

static void finish_record(data_csv *csv, unsigned char bits)
{
    if (csv->is_quoted)
        for (size_t i = 0; i < csv->n_fields; i++)
            unquote(csv, &csv->fields[i]);
    csv->is_utf8 = (!csv->is_quoted && bits < 0x80) || fields_are_utf8(csv);
}

om_status data_csv_next(om_context *ctx, data_csv *csv, const struct data_field **fields, size_t *n_fields)
{
    for (;;) {
        const char *next = NULL;
        unsigned line_end = 0;
        unsigned char bits = 0;
        if (csv->start == csv->end && csv->is_at_end) {
            *fields = NULL;
            *n_fields = 0;
            return OM_OK;
        }
        enum scan found = scan_record(csv, &next, &line_end, &bits);
        if (found == SCAN_NEEDS_MORE) {
            om_status status = refill(ctx, csv);
            if (status)
                return status;
            continue;
        }
        if (found != SCAN_RECORD)
            return scan_failure(ctx, csv, found);
        bool is_empty = csv->n_fields == 1 && csv->fields[0].length == 0;
        csv->record_line = csv->line;
        csv->start = (size_t)(next - csv->buffer);
        csv->line_ends |= line_end;
        finish_record(csv, bits);
        csv->line += line_end != 0;
        if (is_empty)
            continue;
        *fields = csv->fields;
        *n_fields = csv->n_fields;
        return OM_OK;
    }
}

size_t data_csv_line(const data_csv *csv)
{
    return csv->record_line;
}

const char *data_csv_path(const data_csv *csv)
{
    return csv->path;
}

bool data_csv_is_utf8(const data_csv *csv)
{
    return csv->is_utf8;
}

bool data_csv_has_mixed_line_ends(const data_csv *csv)
{
    return (csv->line_ends & (csv->line_ends - 1)) != 0;
}
