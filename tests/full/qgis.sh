#!/usr/bin/env bash
# Opens the exported layers in QGIS, headless. usage: qgis.sh EXPORT_CASE OMLAND [FOLDER for the pictures]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export QT_QPA_PLATFORM=offscreen

if ! /usr/bin/python3 -c 'import qgis.core' 2>/dev/null; then
    echo "SKIPPED: needs QGIS (apt-get install python3-qgis qgis-providers, or ./dev test --full)"
    exit 77
fi

folder=${3:-$(mktemp -d)}
mkdir -p "$folder"
XDG_RUNTIME_DIR=$(mktemp -d)
XDG_CONFIG_HOME=$XDG_RUNTIME_DIR XDG_DATA_HOME=$XDG_RUNTIME_DIR
export XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME
"$1" "$folder/case.gpkg"
/usr/bin/python3 "$here/qgis_open.py" "$folder/case.gpkg" "$folder/case.png" en
/usr/bin/python3 "$here/qgis_open.py" "$folder/case.gpkg" "$folder/all.png" en \
    reach_lines areas offices fa_regions gaps municipalities
/usr/bin/python3 "$here/qgis_project.py" "$folder/case.gpkg" "$folder" en A4 2>/dev/null
# In Swedish and of the bundled country, by the command; one layout is enough there.
"$2" new "$folder/p.gpkg" 2>/dev/null
"$2" export "$folder/p.gpkg" "$folder/län.gpkg" --plan county --lang sv
/usr/bin/python3 "$here/qgis_project.py" "$folder/län.gpkg" "$folder" sv "A4 Var det går" 2>/dev/null
# By the rules of the GeoPackage standard, as far as GDAL checks them: exports, and a project with results.
"$2" evaluate "$folder/p.gpkg" --plan county -q >/dev/null
for package in case p län; do
    /usr/bin/python3 -m osgeo_utils.samples.validate_gpkg "$folder/$package.gpkg"
done
# With a project and with a style that QGIS has saved as templates.
/usr/bin/python3 "$here/qgis_template.py" make "$folder/case.gpkg" "$folder" 2>/dev/null
"$2" export "$folder/p.gpkg" "$folder/egen.gpkg" --plan county --template "$folder/mall.qgz"
"$2" export "$folder/p.gpkg" "$folder/stil.gpkg" --plan county --template "$folder/mall"
/usr/bin/python3 "$here/qgis_template.py" check "$folder/egen.gpkg" "$folder/stil.gpkg" 2>/dev/null
rm -rf "$XDG_RUNTIME_DIR"
[ -n "${3:-}" ] || rm -rf "$folder"
