#include "encoding_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_string.h>
#include <iconv.h>
#include <string.h>

static const char *const iconv_names[ENCODINGS] = {
    [ENCODING_UTF8] = "UTF-8",
    [ENCODING_UTF16_LITTLE] = "UTF-16LE",
    [ENCODING_UTF16_BIG] = "UTF-16BE",
    [ENCODING_WINDOWS_1252] = "WINDOWS-1252",
};

enum encoding encoding_guess(const char *bytes, size_t size)
{
    if (size >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0)
        return ENCODING_UTF16_LITTLE;
    if (size >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
        return ENCODING_UTF16_BIG;
    if (size >= 4 && bytes[0] && !bytes[1] && bytes[2] && !bytes[3])
        return ENCODING_UTF16_LITTLE;
    if (size >= 4 && !bytes[0] && bytes[1] && !bytes[2] && bytes[3])
        return ENCODING_UTF16_BIG;
    return CPLIsUTF8(bytes, (int)size) ? ENCODING_UTF8 : ENCODING_WINDOWS_1252;
}

static om_status convert(om_context *ctx, const char *path, enum encoding encoding, const char *bytes,
                         size_t size, char *text, size_t *used)
{
    iconv_t converter = iconv_open("UTF-8", iconv_names[encoding]);
    if (converter == (iconv_t)-1)
        return om_fail(ctx, OM_LIBRARY, "iconv: %s", iconv_names[encoding]);
    char *in = (char *)bytes, *out = text; /* iconv does not write to its input */
    size_t in_left = size, out_left = *used;
    size_t failed = iconv(converter, &in, &in_left, &out, &out_left);
    iconv_close(converter);
    if (failed == (size_t)-1)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("%s, byte %zu: neither UTF-8, UTF-16 nor Windows-1252; save it as UTF-8"), path,
                       size - in_left);
    *used -= out_left;
    return OM_OK;
}

om_status encoding_to_utf8(om_context *ctx, const char *path, enum encoding encoding, const char *bytes,
                           size_t size, char **text, size_t *text_size)
{
    size_t used = 3 * size + 1; /* no character of these encodings needs more */
    char *buffer = om_alloc(used, 1);
    if (!buffer)
        return om_no_memory(ctx);
    om_status status = convert(ctx, path, encoding, bytes, size, buffer, &used);
    if (status != OM_OK) {
        om_free(buffer);
        return status;
    }
    if (used >= 3 && memcmp(buffer, "\xef\xbb\xbf", 3) == 0)
        memmove(buffer, buffer + 3, used -= 3);
    if (encoding != ENCODING_UTF8)
        om_find(ctx, "text_converted", om_tr("%s: read as %s"), path, iconv_names[encoding]);
    *text = buffer;
    *text_size = used;
    return OM_OK;
}
