/*
 * The language of texts in this process, from the catalogues that lie beside the tool. Include after kit.h.
 */
#ifndef TESTS_KIT_SPEAK_H
#define TESTS_KIT_SPEAK_H

#include "geo/text.h"
#include "kit.h"

#include <libgen.h>
#include <locale.h>

static inline void kit_speak(const char *language)
{
    char tool[1024], catalogue[1100];
    snprintf(tool, sizeof tool, "%s", kit_tool());
    snprintf(catalogue, sizeof catalogue, "%s/../share/locale", dirname(tool));
    setlocale(LC_ALL, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
    setenv("LANGUAGE", language, 1);
    bindtextdomain(OM_TEXT_DOMAIN, catalogue);
    bind_textdomain_codeset(OM_TEXT_DOMAIN, "UTF-8");
    textdomain(OM_TEXT_DOMAIN);
}

#endif
