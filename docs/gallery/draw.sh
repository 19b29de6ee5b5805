#!/usr/bin/env bash
# Draws the pictures of docs/gallery and writes its page, from pictures.txt. usage: draw.sh OMLAND [SHARED]
# Pictures of the real case are left as they are where its data, in SHARED, is absent.
set -euo pipefail
omland=$(realpath "$1")
shared=$(realpath -m "${2-/nowhere}")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=1767225600

make_sweden() {
    "$omland" demo -q --overwrite "$work" >/dev/null
}

make_norrbotten() {
    local data=$shared/data project=$work/norrbotten.gpkg
    printf '%s\n' supplier_id,supplier_name,municipality_code \
        A,Arbetslots,2580 'B,Bro till jobb,2582' A,Arbetslots,2514 'B,Bro till jobb,2514' C,Centrum,2583 \
        A,Arbetslots,2523 C,Centrum,2523 'B,Bro till jobb,2584' >"$work/offices.csv"
    "$omland" new -q "$project"
    "$omland" import -q "$project" municipalities "$data/sweden/boundaries_coast.gpkg"
    "$omland" import -q "$project" suppliers "$work/offices.csv" --synthetic
    "$omland" import -q "$project" municipalities "$data/gtfs/norrbotten/seats.csv" \
        --map code=municipality --map seat_stops=station_id
    "$omland" times -q "$project" --feed "$data/gtfs/norrbotten/autumn2022.zip" --date 2022-09-13 \
        --transfers none --walk 0 --profile autumn
}

has_project() { [ -f "$work/$1.gpkg" ]; }

draw() {
    local picture=$1 project=$2 arguments
    eval "arguments=($3)"
    has_project "$project" || return 0
    "$omland" map -q --overwrite "$work/$project.gpkg" "$work/$picture.png" "${arguments[@]}"
    mv "$work/$picture.png" "$picture.png"
}

put_entry() {
    printf '<tr><td><a href="%s.png"><img src="%s.png" width="380" alt="%s"></a></td>\n' "$1" "$1" "$4"
    printf '<td>%s<br><br><code>omland map %s.gpkg %s.png %s</code></td></tr>\n' "$4" "$2" "$1" "$3"
}

put_page() {
    local is_open=0 picture project arguments shows
    printf '# Gallery\n\nEvery theme of `omland map`, on the country that comes with the program, one county of it, and a real case. '
    printf '`./dev gallery` draws\nthem again, byte for byte; `pictures.txt` has what it draws. `docs/maps.md` tells how maps are made.\n'
    while IFS='|' read -r picture project arguments shows; do
        case "$picture" in
        '#'* | '') continue ;;
        ==*)
            [ $is_open = 0 ] || printf '</table>\n'
            printf '\n## %s\n\n<table>\n' "${picture#== }"
            is_open=1
            continue
            ;;
        esac
        put_entry "$(trim "$picture")" "$(trim "$project")" "$(trim "$arguments")" "$(trim "$shows")"
    done <pictures.txt
    printf '</table>\n'
}

trim() { sed 's/^ *//; s/ *$//' <<<"$1"; }

make_sweden
if [ -d "$shared/data/gtfs/norrbotten" ]; then
    make_norrbotten
else
    echo "SKIPPED: the real case needs $shared/data" >&2
fi
grep -v '^#\|^==\|^$' pictures.txt | while IFS='|' read -r picture project arguments _; do
    draw "$(trim "$picture")" "$(trim "$project")" "$(trim "$arguments")"
done
put_page >README.md
