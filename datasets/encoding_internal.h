/* Text of unknown encoding to UTF-8. */
#ifndef DATASETS_ENCODING_INTERNAL_H
#define DATASETS_ENCODING_INTERNAL_H

#include "geo/status.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF16_LITTLE, ENCODING_UTF16_BIG, ENCODING_WINDOWS_1252, ENCODINGS };

/* By byte-order mark, by the zero bytes of UTF-16, by validity as UTF-8; what is left is Windows-1252. */
enum encoding encoding_guess(const char *bytes, size_t size);

/* *text is owned by the caller (om_free), without byte-order mark. OM_BAD_DATA when the bytes are not of that
 * encoding. A conversion is counted as a finding, text_converted. */
om_status encoding_to_utf8(om_context *ctx, const char *path, enum encoding encoding, const char *bytes,
                           size_t size, char **text, size_t *text_size);

#endif
