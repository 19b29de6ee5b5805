# Every library Omland stands on, as an imported target.
find_package(PkgConfig REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS C)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

pkg_check_modules(gdal REQUIRED IMPORTED_TARGET gdal)
pkg_check_modules(proj REQUIRED IMPORTED_TARGET proj)
pkg_check_modules(geos REQUIRED IMPORTED_TARGET geos)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(jansson REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(inih REQUIRED IMPORTED_TARGET inih)
pkg_check_modules(nettle REQUIRED IMPORTED_TARGET nettle)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(glib REQUIRED IMPORTED_TARGET glib-2.0)
find_library(GLPK_LIBRARY glpk REQUIRED)
set(GLPK_LIBRARY glpk) # by name, so that the installed package names no path of the machine it was built on
find_program(MSGFMT msgfmt REQUIRED)
