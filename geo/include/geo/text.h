/*
 * Text a user sees, in English in the source and in Swedish through the gettext catalogue po/sv.po.
 *
 * om_tr("…") translates at the point of use; OM_NOTE("…") only marks a text in a table for extraction.
 * om_tr_n picks the plural form. The returned string is static.
 */
#ifndef GEO_TEXT_H
#define GEO_TEXT_H

#include <libintl.h>

#define OM_TEXT_DOMAIN "omland"
#define om_tr(text) dgettext(OM_TEXT_DOMAIN, text)
#define om_tr_n(one, many, n) dngettext(OM_TEXT_DOMAIN, one, many, n)
#define OM_NOTE(text) text

#endif
