/*
 * What a project file holds: one table of tables. Creation, the check of references and docs/project-file.md
 * all follow it.
 *
 * Every table also has `fid` (the row number GeoPackage wants), and a feature table `geom`. Columns of type
 * real and integer are NULL where a number is unknown.
 */
#ifndef DATASETS_PROJECT_SCHEMA_H
#define DATASETS_PROJECT_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

enum { PROJECT_COLUMNS = 16, PROJECT_SCHEMA_VERSION = 2 };

enum project_geometry { PROJECT_NO_GEOMETRY, PROJECT_POINT, PROJECT_MULTIPOLYGON };
enum project_type { PROJECT_TEXT, PROJECT_REAL, PROJECT_INTEGER, PROJECT_BOOLEAN };

struct project_column {
    const char *name; /* NULL ends the columns */
    enum project_type type;
    bool required;
    const char *references; /* a table whose first key column holds this value; NULL = none */
};

struct project_table {
    const char *name;
    enum project_geometry geometry;
    const char *key; /* the columns that name a row, comma-separated; NULL when rows have no name */
    const char *meaning;
    struct project_column columns[PROJECT_COLUMNS];
};

extern const struct project_table project_tables[];
extern const size_t project_n_tables;

/* NULL when there is none of that name. */
const struct project_table *project_table_find(const char *name);
size_t project_table_columns(const struct project_table *table);

#endif
