#include "layer_format.h"
#include "layer_style.h"
#include "maps/layers.h"

static const char *const geometry_names[] = {
    [LAYER_NO_GEOMETRY] = "no geometry",
    [LAYER_POINT] = "points",
    [LAYER_LINE] = "lines",
    [LAYER_AREA] = "multipolygons",
};
static const char *const type_names[] = {
    [LAYER_TEXT] = "text", [LAYER_WHOLE] = "integer", [LAYER_NUMBER] = "real", [LAYER_FLAG] = "boolean"};

static void put_formats(FILE *out)
{
    fputs("\n## Formats\n\n"
          "The name of the output decides. A folder (`OUT.fgb/`, or `OUT/` for GeoJSON) holds a file per "
          "layer; "
          "without\n"
          "the slash `OUT.fgb` is the municipalities and `OUT_areas.fgb` … lie beside it. FlatGeobuf has no "
          "tables\n"
          "without geometry, so those are written as CSV.\n\n"
          "| format | output | coordinates | |\n| --- | --- | --- | --- |\n",
          out);
    for (size_t i = 0; i < layer_n_formats; i++) {
        const struct layer_format *format = &layer_formats[i];
        fprintf(out, "| %s | `%s` | %s | %s |\n", format->name,
                format->holding == LAYER_DATABASE ? "\"PG:dbname=NAME\"" : format->mark, format->crs,
                format->meaning);
    }
}

static void put_layer(const struct layer *layer, FILE *out)
{
    fprintf(out, "\n## %s\n\n%s (%s; %s / %s)\n\n", layer->name, layer->meaning,
            geometry_names[layer->geometry], layer->english, layer->swedish);
    fputs("| column | type | unit | domain | English | Swedish |\n| --- | --- | --- | --- | --- | --- |\n",
          out);
    for (size_t c = 0; c < layer->n_columns; c++) {
        const struct layer_column *column = &layer->columns[c];
        fprintf(out, "| `%s` | %s | %s | %s | %s |\n", column->name, type_names[column->type], column->unit,
                column->english, column->swedish);
    }
}

/* The styles of a layer, its default first. */
static void put_styles(const struct layer *layer, FILE *out)
{
    size_t n = 0;
    const struct layer_style *styles = layer_styles_of(layer, &n);
    if (n)
        fputs("\nStyles: ", out);
    for (size_t i = 0; i < n; i++)
        fprintf(out, "%s%s / %s", i ? ", " : "", styles[i].title[LAYER_ENGLISH],
                styles[i].title[LAYER_SWEDISH]);
    if (n)
        fputs(".\n", out);
}

static void put_domains(FILE *out)
{
    fputs(
        "\n## Domains\n\nWhat the words in columns mean. A GeoPackage holds the texts in the language it was "
        "written in;\nthe styles bring those of theirs.\n\n"
        "| domain | value | English | Swedish |\n| --- | --- | --- | --- |\n",
        out);
    for (size_t i = 0; i < layer_n_domains; i++)
        for (size_t c = 0; c < layer_domains[i].n; c++) {
            const struct layer_code *code = &layer_domains[i].codes[c];
            fprintf(out, "| %s | `%s` | %s | %s |\n", layer_domains[i].name, code->value,
                    code->text[LAYER_ENGLISH], code->text[LAYER_SWEDISH]);
        }
}

void map_layers_markdown(FILE *out)
{
    fputs("# Layers\n\n"
          "What `omland export` writes and what `evaluate` stores in the project as `result_<layer>`. This "
          "page is\n"
          "written from the table the code uses (`maps/layer_table.c`); regenerate it with\n"
          "`OMLAND_UPDATE_GOLDEN=1 ctest --preset dev -R unit.layers`.\n\n"
          "An empty value is unknown or does not exist; an unreachable time is empty, never a large number. "
          "Minutes are\n"
          "rounded up to a tenth, so that a time over the limit never reads as one within it.\n",
          out);
    put_formats(out);
    for (size_t i = 0; i < map_n_layers; i++) {
        put_layer(&map_layers[i], out);
        put_styles(&map_layers[i], out);
    }
    put_domains(out);
}
