#include "report_pdf_amend.h"

#include "geo/memory.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* A file's table of cross-references (ISO 32000-1, 7.5.4), and what its trailer says. */
struct file {
    const char *pdf;
    size_t size;
    size_t table_at; /* offset of the table */
    const char *entries;
    size_t n; /* objects, that of number 0 among them */
    unsigned root, info;
};

enum { ENTRY_SIZE = 20 };

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool read_file(const char *pdf, size_t size, struct file *out)
{
    struct file file = {.pdf = pdf, .size = size};
    size_t tail = size < 64 ? 0 : size - 64;
    const char *start = strstr(pdf + tail, "startxref\n");
    int header = 0;
    if (!start || sscanf(start, "startxref %zu", &file.table_at) != 1 || file.table_at >= size ||
        sscanf(pdf + file.table_at, "xref 0 %zu\n%n", &file.n, &header) != 1 || header == 0 ||
        file.n > (size - file.table_at) / ENTRY_SIZE)
        return false;
    file.entries = pdf + file.table_at + header;
    const char *trailer = strstr(file.entries, "trailer");
    const char *root = trailer ? strstr(trailer, "/Root ") : NULL;
    const char *info = trailer ? strstr(trailer, "/Info ") : NULL;
    if (!root || !info || sscanf(root, "/Root %u 0 R", &file.root) != 1 ||
        sscanf(info, "/Info %u 0 R", &file.info) != 1)
        return false;
    *out = file;
    return true;
}

/* What stands in an object's dictionary, behind its <<; NULL when it is something else. */
static const char *dictionary_of(const struct file *file, size_t number)
{
    static const char beginning[] = " 0 obj\n<< ";
    unsigned long offset = strtoul(file->entries + number * ENTRY_SIZE, NULL, 10);
    if (offset >= file->size)
        return NULL;
    char *end;
    bool is_it = strtoul(file->pdf + offset, &end, 10) == number && begins_with(end, beginning);
    return is_it ? end + strlen(beginning) : NULL;
}

/* ---- the update ---- */

struct update {
    const struct file *file;
    FILE *out;
    size_t written;
    char *table; /* the new cross-references, owned */
    bool out_of_memory;
};

/* Writes an object again with more in its dictionary. Takes over `more`; NULL: no memory. */
static void amend_object(struct update *update, size_t number, const char *dictionary, char *more)
{
    const char *end = strstr(dictionary, "endobj\n");
    update->out_of_memory |= !more;
    if (!end || update->out_of_memory)
        goto done;
    char *table = om_format("%s%zu 1\n%010zu 00000 n \n", update->table, number, update->written);
    update->out_of_memory |= !table;
    if (!table)
        goto done;
    om_free(update->table);
    update->table = table;
    int n = fprintf(update->out, "%zu 0 obj\n<< %s\n   %.*sendobj\n", number, more, (int)(end - dictionary),
                    dictionary);
    update->written += n < 0 ? 0 : (size_t)n;
done:
    om_free(more);
}

/* A text of a PDF beyond ASCII: <FEFF…>, UTF-16 in hexadecimal. Owned by the caller; NULL: no memory. */
static char *text_string(const char *text)
{
    glong n = 0;
    gunichar2 *units = g_utf8_to_utf16(text, -1, NULL, &n, NULL);
    GString *hex = g_string_new("<FEFF");
    for (glong i = 0; units && i < n; i++)
        g_string_append_printf(hex, "%04X", units[i]);
    g_string_append(hex, ">");
    char *copy = om_format("%s", hex->str);
    g_string_free(hex, TRUE);
    g_free(units);
    return copy;
}

static char *alternative(const char *text)
{
    char *string = text_string(text);
    char *more = string ? om_format("/Alt %s", string) : NULL;
    om_free(string);
    return more;
}

/* The number of the next map from a block on; that of blocks when there is none. */
static size_t next_map(const struct document *document, size_t block)
{
    while (block < document->n_blocks && document->blocks[block].kind != DOCUMENT_MAP)
        block++;
    return block;
}

/* Pictures are the document's maps, in the same order. */
static void amend_elements(struct update *update, const struct document *document)
{
    size_t map = next_map(document, 0);
    for (size_t i = 1; i < update->file->n && !update->out_of_memory; i++) {
        const char *dictionary = dictionary_of(update->file, i);
        if (!dictionary || !begins_with(dictionary, "/Type /StructElem\n   /S /"))
            continue;
        const char *kind = dictionary + strlen("/Type /StructElem\n   /S /");
        if (begins_with(kind, "TH\n")) {
            amend_object(update, i, dictionary, om_strdup("/A << /O /Table /Scope /Column >>"));
        } else if (begins_with(kind, "Figure\n") && map < document->n_blocks) {
            const char *text = document->blocks[map].text;
            amend_object(update, i, dictionary, alternative(text ? text : ""));
            map = next_map(document, map + 1);
        }
    }
}

static void amend_catalogue(struct update *update, const char *language)
{
    const char *dictionary = dictionary_of(update->file, update->file->root);
    char *string = text_string(language ? language : "");
    char *more =
        string ? om_format("/Lang %s\n   /ViewerPreferences << /DisplayDocTitle true >>", string) : NULL;
    om_free(string);
    if (dictionary)
        amend_object(update, update->file->root, dictionary, more);
    else
        om_free(more);
}

om_status pdf_amend(om_context *ctx, const char *pdf, size_t size, const struct document *document, FILE *out)
{
    struct file file;
    fwrite(pdf, 1, size, out);
    if (!read_file(pdf, size, &file))
        return OM_OK;
    struct update update = {.file = &file, .out = out, .written = size, .table = om_strdup("")};
    if (!update.table)
        return om_no_memory(ctx);
    amend_elements(&update, document);
    amend_catalogue(&update, document->language);
    if (!update.out_of_memory)
        fprintf(out,
                "xref\n%strailer\n<< /Size %zu\n   /Root %u 0 R\n   /Info %u 0 R\n   /Prev %zu\n>>\n"
                "startxref\n%zu\n%%%%EOF\n",
                update.table, file.n, file.root, file.info, file.table_at, update.written);
    om_free(update.table);
    return update.out_of_memory ? om_no_memory(ctx) : OM_OK;
}
