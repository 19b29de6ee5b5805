#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MUNICIPALITY, JOB_SEEKERS, PARTICIPANTS, FIELDS };

static const struct table_field fields[FIELDS] = {
    [MUNICIPALITY] = {"municipality", true, MUNICIPALITY_HEADINGS},
    [JOB_SEEKERS] =
        {"job_seekers", true,
         "jobseekers|registeredunemployed|unemployed|registeredjobseekers|inskrivnaarbetslösa|"
         "inskrivnaarbetssökande|arbetslösa|arbetssökande|inskrivna|antalinskrivna|antalarbetslösa|"
         "antal|öppetarbetslösa|totalt"},
    [PARTICIPANTS] = {"participants", false, "participants|expectedparticipants|deltagare|antaldeltagare"},
};

/* YYYY-MM from the options' date, else from a heading such as registered_unemployed_2022_12. */
static om_status find_month(struct import *import, char month[8])
{
    const char *date = import->options ? import->options->date : NULL;
    const struct table *table = &import->table;
    const char *text =
        date ? date
             : table->sheet.cells[table->sheet.rows[table->heading_row].first + table->column[JOB_SEEKERS]];
    int year = 0, number = 0;
    const char *digits = strpbrk(text, "0123456789");
    if (digits && sscanf(digits, "%4d%*[-_ ]%2d", &year, &number) != 2 &&
        sscanf(digits, "%4d%2d", &year, &number) != 2)
        year = 0;
    if (year < 1900 || number < 1 || number > 12)
        return om_fail(import->ctx, OM_BAD_DATA,
                       om_tr("%s: of which month are the job seekers? Give the date as YYYY-MM%s%s"),
                       table->sheet.path, date ? om_tr(", not ") : "", date ? date : "");
    char written[32];
    snprintf(written, sizeof written, "%04d-%02d", year, number);
    memcpy(month, written, 7);
    month[7] = '\0';
    return OM_OK;
}

struct counts {
    size_t n;
    struct data_job_seekers_row *rows;
    const char **codes;
    size_t *places;
};

static om_status read_row(struct import *import, size_t row, struct counts *out)
{
    struct data_job_seekers_row read = {.participants = NAN};
    codes_of_row(import->ctx, &import->book, &import->table, row, MUNICIPALITY, &read.municipality_code);
    if (!read.municipality_code)
        return OM_OK;
    om_status status =
        table_read_number(import->ctx, &import->table, row, JOB_SEEKERS, TABLE_COUNT, 0, &read.job_seekers);
    if (status == OM_OK && table_has(&import->table, PARTICIPANTS))
        status = table_read_number(import->ctx, &import->table, row, PARTICIPANTS, TABLE_COUNT, 0,
                                   &read.participants);
    out->codes[out->n] = read.municipality_code;
    out->places[out->n] = row;
    out->rows[out->n++] = read;
    return status;
}

static om_status read_rows(struct import *import, struct counts *out)
{
    size_t n = import->table.n_rows;
    out->rows = om_alloc(n, sizeof *out->rows);
    out->codes = om_alloc(n, sizeof *out->codes);
    out->places = om_alloc(n, sizeof *out->places);
    om_status status = out->rows && out->codes && out->places ? OM_OK : om_no_memory(import->ctx);
    for (size_t row = 0; row < n && status == OM_OK; row++)
        status = read_row(import, row, out);
    return status == OM_OK ? import_check(import, MUNICIPALITY, out->codes, out->places, out->n) : status;
}

om_status data_import_job_seekers(om_context *ctx, data_project *project, const char *path,
                                  const struct data_import_options *options)
{
    struct import import;
    om_status status = import_open(ctx, project, path, "job-seekers", options, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    struct counts counts = {0};
    char month[8];
    status = find_month(&import, month);
    if (status == OM_OK)
        status = read_rows(&import, &counts);
    if (status == OM_OK) {
        import_note_missing(&import, "job_seekers_missing", counts.codes, counts.n);
        if (!import.source.source.date)
            import.source.source.date = month;
        status = data_store_job_seekers(ctx, project, month, counts.rows, counts.n, &import.source.source);
    }
    om_free(counts.rows);
    om_free(counts.codes);
    om_free(counts.places);
    import_done(&import);
    return status;
}
