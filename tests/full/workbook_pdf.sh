#!/usr/bin/env bash
# The report as PDF, read by poppler: what it says in reading order, its structure, its fonts.
set -euo pipefail
omland=$1

for program in pdftotext pdfinfo pdffonts python3; do
    command -v "$program" >/dev/null || { echo "SKIPPED: needs $program"; exit 77; }
done

work=$(mktemp -d /tmp/omland-workbook-pdf-XXXXXX)
trap 'rm -rf "$work"' EXIT
"$omland" demo "$work/demo" >/dev/null 2>&1

fail() { echo "$*"; exit 1; }

# in_order FILE TEXT…: each text after the one before it.
in_order() {
    python3 - "$@" <<'PYTHON'
import sys
text = " ".join(open(sys.argv[1], encoding="utf-8").read().replace("\u00a0", " ").split())
at = 0
for wanted in sys.argv[2:]:
    found = text.find(wanted, at)
    if found < 0:
        sys.exit(f"«{wanted}» is not after what should stand before it; there: {text[at:at + 200]}")
    at = found + len(wanted)
PYTHON
}

check() { # LANGUAGE PLAN [OPTION…]
    local language=$1 plan=$2
    shift 2
    "$omland" report "$work/demo/sweden.gpkg" "$work/report.pdf" --plan "$plan" --lang "$language" --overwrite "$@"
    pdfinfo "$work/report.pdf" >"$work/info"
    grep -q '^Tagged: *yes' "$work/info" || fail "not tagged"
    pages=$(sed -n 's/^Pages: *//p' "$work/info")
    pdffonts "$work/report.pdf" | tail -n +3 | awk '{ if ($(NF-4) != "yes" || $1 !~ /DejaVu/) exit 1 }' ||
        fail "a font that is not embedded or not DejaVu: $(pdffonts "$work/report.pdf")"
    pdftotext "$work/report.pdf" "$work/text"
    local page
    for ((page = 1; page <= pages; page++)); do
        pdftotext -f "$page" -l "$page" "$work/report.pdf" - | grep -qx "$page ($pages)" ||
            fail "page $page of $pages has no number"
    done
    # Equal input gives equal bytes.
    "$omland" report "$work/demo/sweden.gpkg" "$work/again.pdf" --plan "$plan" --lang "$language" --overwrite "$@"
    cmp "$work/report.pdf" "$work/again.pdf"
    echo "$language $plan $*: $pages pages"
}

codes() { # FROM-PREFIX: that the report has every municipality whose code begins with it
    "$omland" evaluate "$work/demo/sweden.gpkg" --plan fa2015 --json >"$work/result.json"
    python3 - "$work/result.json" "$work/text" "$1" <<'PYTHON'
import json, sys
wanted = {(m["code"], m["name"]) for m in json.load(open(sys.argv[1]))["municipalities"] if m["code"].startswith(sys.argv[3])}
text = open(sys.argv[2], encoding="utf-8").read()
missing = [f"{code} {name}" for code, name in sorted(wanted) if code not in text or name not in text]
sys.exit(f"not in the report: {missing}" if missing else 0)
PYTHON
}

check en fa2015
in_order "$work/text" "Delivery areas: plan fa2015" "Not real but synthetic" "Summary" "job seekers" "Contents" \
    "Where to deliver in-house" "Delivery areas" "Municipalities" "Suppliers" "Method" "Sources" "omland report"
codes ""
check sv omland81 --against fa2005
in_order "$work/text" "Leveransområden: plan omland81 mot fa2005" "Sammanfattning" "Innehåll" "Kommuner" "Metod" "Källor"
check sv fa2015 --region Norrbotten
codes 25
