#include "letter_case.h"

#include <stddef.h>

/* The byte in lower case; `before` is the one before it, which says whether it ends a letter of Latin-1. */
static unsigned char lower(unsigned char byte, unsigned char before)
{
    bool is_upper =
        (byte >= 'A' && byte <= 'Z') || (before == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97);
    return is_upper ? (unsigned char)(byte + 0x20) : byte;
}

static bool begins_with(const char *text, const char *part, size_t *length)
{
    unsigned char before_a = 0, before_b = 0;
    size_t i = 0;
    for (; part[i]; i++) {
        unsigned char a = (unsigned char)text[i], b = (unsigned char)part[i];
        if (lower(a, before_a) != lower(b, before_b))
            return false;
        before_a = a;
        before_b = b;
    }
    *length = i;
    return true;
}

bool letters_equal(const char *a, const char *b)
{
    size_t length;
    return begins_with(a, b, &length) && !a[length];
}

bool letters_contain(const char *text, const char *part)
{
    size_t length;
    if (!*part)
        return true;
    for (; *text; text++)
        if (begins_with(text, part, &length))
            return true;
    return false;
}
