#!/usr/bin/env bash
# Extracts every text a user sees into po/omland.pot and merges it into each catalogue.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
find geo planner datasets maps cli -name '*.c' -o -name '*.h' | sort |
    xgettext --files-from=- --from-code=UTF-8 --language=C --omit-header --no-location --sort-output \
        --keyword=om_tr:1 --keyword=om_tr_n:1,2 --keyword=OM_NOTE:1 --output=- |
    sed '1i msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' >po/omland.pot
for catalogue in po/*.po; do
    msgmerge --quiet --update --backup=none --no-fuzzy-matching --sort-output "$catalogue" po/omland.pot
    msgattrib --no-obsolete -o "$catalogue" "$catalogue"
done
