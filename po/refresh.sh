#!/usr/bin/env bash
# Extracts every text a user sees into po/omland.pot and merges it into each catalogue.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
find -L geo planner datasets maps cli \( -name '*.c' -o -name '*.h' \) | sort |
    xgettext --files-from=- --from-code=UTF-8 --language=C --no-location --sort-output --package-name=omland \
        --keyword=om_tr:1 --keyword=om_tr_n:1,2 --keyword=OM_NOTE:1 --output=- 2>/dev/null |
    sed -e '/^"POT-Creation-Date/d' -e '/^"PO-Revision-Date/d' -e 's/charset=CHARSET/charset=UTF-8/' >po/omland.pot
for catalogue in po/*.po; do
    msgmerge --quiet --update --backup=none --no-fuzzy-matching --sort-output "$catalogue" po/omland.pot
    msgattrib --no-obsolete -o "$catalogue" "$catalogue"
done
