#!/usr/bin/env bash
# Fails when a text in the sources has no translation in some catalogue.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/po"
cp -r po/*.po po/refresh.sh "$work/po"
for layer in geo planner datasets maps cli; do ln -s "$PWD/$layer" "$work/$layer"; done
"$work/po/refresh.sh"
for catalogue in "$work"/po/*.po; do
    missing=$(msgattrib --untranslated "$catalogue"; msgattrib --only-fuzzy "$catalogue")
    [ -z "$missing" ] || { printf '%s: not translated:\n%s\n' "$(basename "$catalogue")" "$missing"; exit 1; }
done
