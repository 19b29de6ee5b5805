#!/usr/bin/env bash
# Writes the layers to a PostGIS database of its own and reads them back. usage: postgis.sh EXPORT_CASE OMLAND
#
# The server is started here, in a folder of its own, on a Unix socket only, and stopped at the end.
set -euo pipefail
export_case=$1 omland=$2

bin=
for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && bin=$folder
done
if [ -z "$bin" ] || ! ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1; then
    echo "SKIPPED: needs PostgreSQL with PostGIS (apt-get install postgresql-postgis, or ./dev test --full)"
    exit 77
fi

# PostgreSQL refuses to run as root.
as_server() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
    as_server() { setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$folder" "$@"; }
fi
folder=$(mktemp -d /tmp/omland-postgis-XXXXXX)
mkdir "$folder/out"
[ "$(id -u)" -ne 0 ] || chown nobody:nogroup "$folder"
finish() {
    as_server "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
as_server "$bin/initdb" -D "$folder/data" -U omland -A trust -E UTF8 --no-sync --locale=C.UTF-8 >"$folder/out/initdb.log"
as_server "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off" start >/dev/null

export PGHOST=$folder PGUSER=omland PGDATABASE=omland
psql -q -d postgres -c 'CREATE DATABASE omland'
failures=0
sql() { psql -qAt -c "$1"; }
# check WHAT EXPECTED GIVEN
check() {
    [ "$2" = "$3" ] && return
    printf 'FAIL: %s: expected %s, not %s\n' "$1" "$2" "$3"
    failures=$((failures + 1))
}
# fails WHAT PATTERN COMMAND…: the command must fail with a message that holds the pattern
fails() {
    local what=$1 pattern=$2 said
    shift 2
    if said=$("$@" 2>&1); then
        check "$what" "an error" "success"
    elif ! grep -qF -- "$pattern" <<<"$said"; then
        check "$what" "$pattern" "$said"
    fi
}
# In one string, so that a change of any table, row or comment is seen.
fingerprint() {
    sql "SELECT md5(string_agg(c.relname || coalesce(obj_description(c.oid), '') || pg_relation_filenode(c.oid), ','
             ORDER BY n.nspname, c.relname)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('plans', 'public') AND c.relkind = 'r'"
}

pg="PG:dbname=omland host=$folder user=omland password=secret"
fails "without PostGIS" "the database has no PostGIS" "$export_case" "$pg" plans
sql "CREATE EXTENSION postgis"
"$export_case" "$pg" plans

check "tables" "about areas equity fa_regions gaps municipalities offices reach_lines site_lines sites sources" \
    "$(sql "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'plans'")"
check "municipalities" 12 "$(sql 'SELECT count(*) FROM plans.municipalities')"
check "SRID and type" "3006 MULTIPOLYGON" "$(sql "SELECT srid || ' ' || type FROM geometry_columns
    WHERE f_table_schema = 'plans' AND f_table_name = 'municipalities'")"
check "area" "900000000" "$(sql "SELECT round(ST_Area(geom)) FROM plans.municipalities WHERE code = '0105'")"
check "types" "character varying double precision integer boolean" "$(sql "SELECT string_agg(data_type, ' '
    ORDER BY array_position(ARRAY['code', 'nearest_min', 'suppliers_inside', 'sparse'], column_name::text))
    FROM information_schema.columns WHERE table_schema = 'plans' AND table_name = 'municipalities'
    AND column_name IN ('code', 'nearest_min', 'suppliers_inside', 'sparse')")"
check "values" "none|60.5|distance" \
    "$(sql "SELECT status, nearest_min, cause FROM plans.municipalities WHERE code = '0108'")"
check "nulls" "1" "$(sql "SELECT count(*) FROM plans.municipalities WHERE code = '0116' AND nearest_min IS NULL")"
check "comment on a column" "Minutes to the nearest supplier" "$(sql "SELECT col_description('plans.municipalities'::regclass,
    ordinal_position) FROM information_schema.columns WHERE table_schema = 'plans'
    AND table_name = 'municipalities' AND column_name = 'nearest_min'")"
check "columns without a comment" 0 "$(sql "SELECT count(*) FROM information_schema.columns
    WHERE table_schema = 'plans' AND column_name NOT IN ('fid', 'geom')
    AND col_description((table_schema || '.' || table_name)::regclass, ordinal_position) IS NULL")"
check "comment on a table" "Omland: Delivery areas" "$(sql "SELECT obj_description('plans.areas'::regclass)")"
check "spatial index" "1" "$(sql "SELECT count(*) FROM pg_indexes WHERE schemaname = 'plans'
    AND tablename = 'areas' AND indexdef LIKE '%gist%'")"

before=$(fingerprint)
fails "an existing table" "the table plans.municipalities exists already" "$export_case" "$pg" plans
fails "the password is not shown" "password=******" "$export_case" "$pg" plans
check "nothing is changed by that" "$before" "$(fingerprint)"

# A view on a table of ours keeps it from being replaced; nothing of the run may stay.
sql "CREATE VIEW public.mine AS SELECT supplier FROM plans.offices"
fails "a view that depends" "other objects depend on it" "$export_case" "$pg" plans overwrite
check "nothing is half written" "$before" "$(fingerprint)"
sql "DROP VIEW public.mine"
sql "CREATE TABLE plans.changes (mine text); CREATE TABLE plans.exits (ours text)"
sql "COMMENT ON TABLE plans.exits IS 'Omland: Suppliers and offices that leave'"
sql "UPDATE plans.municipalities SET status = 'wrong'"
"$export_case" "$pg" plans overwrite
check "replaced" 0 "$(sql "SELECT count(*) FROM plans.municipalities WHERE status = 'wrong'")"
check "what is not ours stays, what is old of ours goes" "changes" \
    "$(sql "SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'plans' AND tablename IN ('changes', 'exits')")"
"$export_case" "$pg active_schema=public"
check "the connection's schema" 12 "$(sql 'SELECT count(*) FROM public.municipalities')"
fails "no such server" "$folder/none" "$export_case" "PG:dbname=omland host=$folder/none" plans

# The command itself, with Swedish comments.
"$omland" new "$folder/out/p.gpkg" 2>/dev/null
"$omland" export "$folder/out/p.gpkg" "$pg" --plan county --schema svenska --lang sv
check "Swedish comments" "Kommunkod" "$(sql "SELECT col_description('svenska.municipalities'::regclass,
    ordinal_position) FROM information_schema.columns WHERE table_schema = 'svenska'
    AND table_name = 'municipalities' AND column_name = 'code'")"
fails "a schema for a file" "--schema is for a database" \
    "$omland" export "$folder/out/p.gpkg" "$folder/out/x.gpkg" --plan county --schema svenska
echo "failures: $failures"
[ "$failures" -eq 0 ]
