#!/usr/bin/env bash
# axe.sh OMLAND FOLDER: reports as pages in headless Chromium: axe-core finds nothing against WCAG 2.1 A and AA
# or EN 301 549, tables sort and filter, the map answers to the keyboard. FOLDER keeps axe-core.
set -euo pipefail
omland=$1 kept=$2
here=$(cd "$(dirname "$0")" && pwd)
version=4.14.1
sha256=e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745

skip() { echo "SKIPPED: $*"; exit 77; }
command -v chromium >/dev/null || skip "there is no chromium"

mkdir -p "$kept"
archive=$kept/axe-core-$version.tgz
if ! echo "$sha256  $archive" | sha256sum --check --status 2>/dev/null; then
    curl -fsS --max-time 60 -o "$archive.part" "https://registry.npmjs.org/axe-core/-/axe-core-$version.tgz" ||
        skip "axe-core cannot be fetched from registry.npmjs.org"
    mv "$archive.part" "$archive"
fi
echo "$sha256  $archive" | sha256sum --check --quiet || { echo "$archive is not axe-core $version"; exit 1; }
tar -xzf "$archive" -C "$kept" package/axe.min.js

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# browse PAGE [FLAG…]: the page as it is when its scripts are done. Nothing is fetched: no name resolves.
browse() {
    local page=$1 profile
    shift
    profile=$(mktemp -d -p "$work")
    timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --host-resolver-rules='MAP * ~NOTFOUND' --user-data-dir="$profile" --window-size=1280,900 \
        --virtual-time-budget=120000 "$@" --dump-dom "file://$page" 2>"$work/chromium.log"
}

# with_scripts PAGE SCRIPT…: the page with more scripts at its end.
with_scripts() {
    local page=$1 script
    shift
    sed '/^<\/body>$/,$d' "$page"
    for script in "$@"; do
        echo '<script>'
        cat "$script"
        echo '</script>'
    done
    printf '</body>\n</html>\n'
}

# verdict NAME FILE: what the script left in <pre id="verdict" data-failures="N">.
verdict() {
    if grep -q '<pre id="verdict" data-failures="0">' "$2"; then
        echo "ok: $1: $(sed -n 's/.*<pre id="verdict" data-failures="0">\([^<]*\).*/\1/p' "$2")"
    else
        echo "FAILED: $1"
        sed -n '/<pre id="verdict"/,/<\/pre>/p' "$2" | head -60
        grep -q '<pre id="verdict"' "$2" || { echo "no verdict; chromium said:"; tail -5 "$work/chromium.log"; }
        failed=1
    fi
}

# axe-core is not ours to allow in the page's own policy, so its copy has none.
check_axe() {
    local name=$1 page=$2
    shift 2
    with_scripts "$page" "$kept/package/axe.min.js" "$here/axe_run.js" |
        sed '/http-equiv="Content-Security-Policy"/d' >"$work/axe.html"
    browse "$work/axe.html" "$@" >"$work/axe.out"
    verdict "axe, $name" "$work/axe.out"
}

# hash_of FILE: as a content security policy names an inline script, which with_scripts begins with a new line.
hash_of() {
    printf "$({ echo; cat "$1"; } | sha256sum | cut -c1-64 | sed 's/../\\x&/g')" | base64
}

# The page's policy, which allows its own scripts alone, allows the reader's too.
check_behaviour() {
    local script=$here/report_behaviour.js
    with_scripts "$2" "$script" |
        sed "/Content-Security-Policy/s|script-src|& 'sha256-$(hash_of "$script")'|" >"$work/behaviour.html"
    browse "$work/behaviour.html" >"$work/behaviour.out"
    verdict "behaviour, $1" "$work/behaviour.out"
}

"$omland" -q demo "$work/demo" >/dev/null
report() { "$omland" -q report "$work/demo/sweden.gpkg" "$@"; }
report "$work/country.html" --plan fa2015 --lang en
report "$work/against.html" --plan omland81 --against fa2005 --lang sv
report "$work/county.html" --plan omland81 --against fa2005 --region Norrbotten --lang sv
dark=--blink-settings=preferredColorScheme=0

check_behaviour "country, English" "$work/country.html"
check_behaviour "county, Swedish" "$work/county.html"
check_axe "county, Swedish, light" "$work/county.html"
check_axe "county, Swedish, dark" "$work/county.html" $dark
check_axe "country, English, light" "$work/country.html"
check_axe "one plan against another, Swedish, dark" "$work/against.html" $dark
exit $failed
