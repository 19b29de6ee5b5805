#!/usr/bin/env bash
# ranks.sh SINGLE [RANKED]: the tool without and with MPI. Compares the times that 1, 2 and 4 processes, with several
# threads and with a cache, store and print with those of the tool without MPI.
set -euo pipefail
single=$1 ranked=${2-}
source=$(cd "$(dirname "$0")/../.." && pwd)
[ -n "$ranked" ] && command -v mpirun >/dev/null || {
    echo "SKIPPED: needs OpenMPI (libopenmpi-dev openmpi-bin)"
    exit 77
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export SOURCE_DATE_EPOCH=1700000000 OMPI_MCA_btl_vader_single_copy_mechanism=none
window="--from 07:00 --until 07:10"
"$single" new one.gpkg -q
"$single" demo d -q >/dev/null
sed -n '1p;2~40p' "$source/datasets/sweden/localities.csv" >localities.csv
"$single" import one.gpkg localities localities.csv -q
{ echo id,lon,lat; tail -n +2 "$source/datasets/sweden/municipalities.csv" | sed -n '1~6p' | cut -d, -f1,6,7; } >points.csv
cp one.gpkg start.gpkg

"$single" times one.gpkg --feed bundled --origins localities $window -q
"$single" times one.gpkg --profile there --arrive-by --origins localities $window -q
"$single" times d/timetable.zip --points points.csv $window -q -o one.csv
dump() { sqlite3 "$1" 'SELECT * FROM profile; SELECT * FROM travel_time; SELECT * FROM locality_travel_time'; }
dump one.gpkg >one.txt

failed=0
same() { cmp "$1" "$2" || { echo "DIFFERENT: $3"; failed=1; }; }
for run in "1 2" "2 1" "2 2" "4 1"; do
    read -r ranks threads <<<"$run"
    mpi=(mpirun -n "$ranks" --allow-run-as-root --oversubscribe "$ranked" times)
    cp start.gpkg many.gpkg
    "${mpi[@]}" many.gpkg --feed bundled --origins localities $window --threads "$threads" -q
    "${mpi[@]}" many.gpkg --profile there --arrive-by --origins localities $window --threads "$threads" -q
    "${mpi[@]}" d/timetable.zip --points points.csv $window --threads "$threads" -q --overwrite -o many.csv
    dump many.gpkg >many.txt
    same one.txt many.txt "the stored times, $ranks ranks, $threads threads"
    same one.gpkg many.gpkg "the project file, $ranks ranks, $threads threads"
    same one.csv many.csv "the matrix, $ranks ranks, $threads threads"
done

# Ranks share a cache that each finds empty, and then full; nothing is left of how it was written.
cp start.gpkg seats.gpkg
"$single" times seats.gpkg --feed bundled $window -q
for ranks in 2 4; do
    rm -rf cache
    for state in empty full; do
        cp start.gpkg many.gpkg
        mpirun -n "$ranks" --allow-run-as-root --oversubscribe "$ranked" times many.gpkg --feed bundled \
            $window --cache="$folder/cache" -q
        same seats.gpkg many.gpkg "the project file, $ranks ranks, a cache that was $state"
        [ -z "$(find cache -type f ! -name '*.cache')" ] || { ls cache; failed=1; }
    done
done

# What goes wrong is said once, and no rank waits for ever for another.
if timeout 60 mpirun -n 4 --allow-run-as-root --oversubscribe "$ranked" times start.gpkg --feed none.zip \
    >said.txt 2>&1 || [ "$(grep -c '^omland: ' said.txt)" -ne 1 ]; then
    echo "a missing feed with 4 ranks:" && cat said.txt && failed=1
fi
[ "$failed" -eq 0 ] && echo "equal with 1, 2 and 4 ranks"
exit "$failed"
