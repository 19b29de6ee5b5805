#include "geo/memory.h"
#include "geo/text.h"
#include "report_writer.h"
#include "report_xlsx_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static size_t count_tables(const struct document *document)
{
    size_t n = 0;
    for (size_t i = 0; i < document->n_blocks; i++)
        n += document->blocks[i].kind == DOCUMENT_TABLE;
    return n;
}

static void add_name(struct xlsx_book *book, const char *title)
{
    book->names[book->n_names] = xlsx_sheet_name(title, book->names, book->n_names);
    book->n_names++;
}

static om_status name_sheets(om_context *ctx, struct xlsx_book *book)
{
    const struct document *document = book->document;
    book->names = om_alloc(count_tables(document) + 2, sizeof *book->names);
    if (!book->names)
        return om_no_memory(ctx);
    add_name(book, om_tr("Summary"));
    for (size_t i = 0; i < document->n_blocks; i++)
        if (document->blocks[i].kind == DOCUMENT_TABLE)
            add_name(book, document->blocks[i].table->title);
    if (xlsx_summary_end(document) < document->n_blocks)
        add_name(book, om_tr("Text and method"));
    return OM_OK;
}

/* The data's date stands for now, so that equal documents give equal bytes. */
static time_t seconds_of(const char *date)
{
    struct tm utc = {0};
    int n = date ? sscanf(date, "%d-%d-%d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday) : 0;
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    return n == 3 ? timegm(&utc) : 0;
}

/* No author: a report is an agency's, and says itself which tool made it. */
static void set_properties(struct xlsx_book *book)
{
    lxw_doc_properties properties = {.title = book->document->title,
                                     .subject = book->document->subtitle,
                                     .comments = book->document->notice,
                                     .author = "",
                                     .created = seconds_of(book->document->date)};
    xlsx_check(book, workbook_set_properties(book->workbook, &properties));
}

static void write_sheets(struct xlsx_book *book)
{
    const struct document *document = book->document;
    xlsx_write_summary(book);
    for (size_t i = 0; i < document->n_blocks; i++)
        if (document->blocks[i].kind == DOCUMENT_TABLE)
            xlsx_write_table(book, document->blocks[i].table);
    if (book->n_sheets < book->n_names)
        xlsx_write_method(book);
}

/* In a file of its own: the library says on standard error what fails while it writes one. */
static om_status open_book(om_context *ctx, struct xlsx_book *book, FILE **made)
{
    char path[40];
    *made = tmpfile();
    if (!*made)
        return om_fail(ctx, OM_IO, om_tr("no workbook can be made: %s"), strerror(errno));
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(*made));
    book->workbook = workbook_new(path);
    return book->workbook ? OM_OK : om_no_memory(ctx);
}

static om_status failed(om_context *ctx, lxw_error error)
{
    static const struct {
        lxw_error error;
        om_status status;
    } known[] = {
        {LXW_ERROR_MEMORY_MALLOC_FAILED, OM_NO_MEMORY},
        {LXW_ERROR_CREATING_XLSX_FILE, OM_IO},
        {LXW_ERROR_CREATING_TMPFILE, OM_IO},
        {LXW_ERROR_READING_TMPFILE, OM_IO},
        {LXW_ERROR_ZIP_FILE_OPERATION, OM_IO},
        {LXW_ERROR_ZIP_FILE_ADD, OM_IO},
        {LXW_ERROR_ZIP_CLOSE, OM_IO},
        {LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE, OM_BAD_DATA},
        {LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED, OM_BAD_DATA},
    };
    om_status status = OM_LIBRARY;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].error == error)
            status = known[i].status;
    return om_fail(ctx, status, om_tr("no workbook can be made: %s"), lxw_strerror(error));
}

static om_status copy_book(om_context *ctx, FILE *made, FILE *out)
{
    char bytes[65536];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, made)) > 0;)
        fwrite(bytes, 1, n, out);
    return ferror(made) ? om_fail(ctx, OM_IO, om_tr("no workbook can be made: %s"), strerror(errno)) : OM_OK;
}

/* Closing frees the workbook, whatever happens. */
static om_status write_book(om_context *ctx, struct xlsx_book *book)
{
    xlsx_formats_make(book);
    set_properties(book);
    write_sheets(book);
    xlsx_check(book, workbook_close(book->workbook));
    return book->error == LXW_NO_ERROR ? OM_OK : failed(ctx, book->error);
}

om_status report_write_xlsx(om_context *ctx, const struct report *report, FILE *out)
{
    struct xlsx_book book = {.document = report->document};
    FILE *made = NULL;
    om_status status = name_sheets(ctx, &book);
    if (status == OM_OK)
        status = open_book(ctx, &book, &made);
    if (status == OM_OK)
        status = write_book(ctx, &book);
    if (status == OM_OK)
        status = copy_book(ctx, made, out);
    if (made)
        fclose(made);
    om_free(book.names);
    return status;
}
