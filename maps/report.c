#include "maps/report.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "output_file.h"
#include "report_content.h"
#include "report_writer.h"
#include "words.h"

static const struct report_format {
    const char *extension;
    report_write_fn *write;
} formats[] = {
    {".html", report_write_html},
    {".pdf", report_write_pdf},
    {".xlsx", report_write_xlsx},
};
enum { FORMATS = sizeof formats / sizeof *formats };

/* ".html, .pdf": NULL when memory is out. */
static char *extensions(void)
{
    char *all = om_strdup("");
    for (size_t i = 0; i < FORMATS; i++)
        all = map_list(all, formats[i].extension);
    return all;
}

static om_status find_format(om_context *ctx, const char *path, const struct report_format **out)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (path_ends_with(path, formats[i].extension)) {
            *out = &formats[i];
            return OM_OK;
        }
    char *all = extensions();
    om_status status = all ? om_fail(ctx, OM_INVALID_ARGUMENT,
                                     om_tr("%s: the name of a report must end in one of %s"), path, all)
                           : om_no_memory(ctx);
    om_free(all);
    return status;
}

om_status map_report_check(om_context *ctx, const char *path)
{
    const struct report_format *format = NULL;
    return find_format(ctx, path, &format);
}

static om_status write_file(om_context *ctx, const struct report *report, const struct report_format *format,
                            const struct output_file *file)
{
    FILE *out = NULL;
    om_status status = output_file_open(ctx, file, &out);
    return status == OM_OK ? output_file_close(ctx, file, out, format->write(ctx, report, out)) : status;
}

om_status map_report(om_context *ctx, const struct map_result *result, const struct map_report *request,
                     const char *path, bool overwrite)
{
    const struct report_format *format = NULL;
    struct output_file file = {0};
    struct layer_view view = {.result = result};
    struct document document = {0};
    om_status status = find_format(ctx, path, &format);
    if (status == OM_OK)
        status = output_file_begin(ctx, path, overwrite, &file);
    if (status == OM_OK)
        status = layer_view_new(ctx, result, &view);
    if (status == OM_OK)
        status = report_content(ctx, &view, request, &document);
    if (status == OM_OK)
        status = write_file(ctx, &(struct report){.view = &view, .request = request, .document = &document},
                            format, &file);
    if (status == OM_OK)
        status = output_file_finish(ctx, &file);
    document_done(&document);
    layer_view_done(&view);
    output_file_done(&file);
    return status;
}
