#!/usr/bin/env bash
# The report as a workbook, opened by LibreOffice and read cell by cell: nothing is lost, no code has lost its zeros.
set -euo pipefail
omland=$1
here=$(cd "$(dirname "$0")" && pwd)

for program in soffice unzip python3; do
    command -v "$program" >/dev/null || { echo "SKIPPED: needs $program"; exit 77; }
done

work=$(mktemp -d /tmp/omland-workbook-XXXXXX)
trap 'rm -rf "$work"' EXIT
"$omland" demo "$work/demo" >/dev/null 2>&1

# Each sheet as CSV: comma, quotes, UTF-8, values rather than what is shown, every sheet (-1).
as_csv='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'

check() { # LANGUAGE PLAN [OPTION…]
    local language=$1 plan=$2
    shift 2
    rm -rf "$work/sheets"
    "$omland" report "$work/demo/sweden.gpkg" "$work/report.xlsx" --plan "$plan" --lang "$language" --overwrite "$@"
    "$omland" evaluate "$work/demo/sweden.gpkg" --plan "$plan" --json >"$work/result.json"
    unzip -tq "$work/report.xlsx"
    soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$as_csv" \
        --outdir "$work/sheets" "$work/report.xlsx" >"$work/soffice.log" 2>&1 ||
        { cat "$work/soffice.log"; exit 1; }
    python3 "$here/workbook_check.py" "$work/report.xlsx" "$work/sheets" "$work/result.json" "$language"
}

check en fa2015
check sv omland81 --against fa2005
check sv fa2015 --region Norrbotten
