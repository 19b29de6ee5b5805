#!/usr/bin/env bash
# Installs a build into an empty folder and uses it as others would: the program, CMake, pkg-config.
set -euo pipefail
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
"$work/prefix/bin/omland" --version
"$work/prefix/bin/omland" --lang sv --help | grep -q 'Kommandon:' ||
    { echo "the installed program does not find its Swedish catalogue"; exit 1; }

cmake -S "$here" -B "$work/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/consumer" >/dev/null
"$work/consumer/consumer"
"$work/consumer/consumer_of_all"

PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name omland.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
cc -o "$work/by_pkg_config" "$here/consumer.c" $(pkg-config --cflags --libs omland)
"$work/by_pkg_config"

if grep -rlF "$build" "$work/prefix/lib" --include='*.cmake' --include='*.pc'; then
    echo "the installed descriptions name the build folder"
    exit 1
fi
