#include "datasets/matrix_file.h"

#include "geo/text.h"

#include <jansson.h>

static bool write_text(FILE *out, const char *text)
{
    json_t *value = json_string(text);
    bool ok = value && json_dumpf(value, out, JSON_ENCODE_ANY) == 0;
    json_decref(value);
    return ok;
}

static void write_field(FILE *out, const struct data_matrix_column *column,
                        const struct geo_travel_time *time)
{
    char text[DATA_MATRIX_FIELD_SIZE];
    data_matrix_format(column, time, text);
    const char *quote = column->type == DATA_MATRIX_CLOCK && text[0] ? "\"" : "";
    fprintf(out, ", \"%s\": %s%s%s", column->name, quote, text[0] ? text : "null", quote);
}

om_status data_matrix_write_json(om_context *ctx, FILE *out, const char *const *ids, size_t n,
                                 const struct geo_travel_time *times)
{
    bool ok = true, first = true;
    fputc('[', out);
    for (size_t pair = 0; pair < n * n && ok; pair++) {
        if (pair / n == pair % n)
            continue;
        fputs(first ? "\n  {\"from\": " : ",\n  {\"from\": ", out);
        ok = write_text(out, ids[pair / n]);
        fputs(", \"to\": ", out);
        ok = ok && write_text(out, ids[pair % n]);
        for (size_t i = 0; i < data_n_matrix_columns; i++)
            write_field(out, &data_matrix_columns[i], &times[pair]);
        fputc('}', out);
        first = false;
    }
    fputs("\n]\n", out);
    if (!ok)
        return om_fail(ctx, OM_BAD_DATA, "%s", om_tr("an id is not valid UTF-8"));
    return ferror(out) ? om_fail(ctx, OM_IO, "%s", om_tr("the table could not be written")) : OM_OK;
}
