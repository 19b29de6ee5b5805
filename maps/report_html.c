#include "report_html.h"

#include "geo/text.h"

#include <glib.h>
#include <string.h>

static const unsigned char style_sheet[] = {
#include "report.css.inc"
};

static const unsigned char table_script[] = {
#include "report_tables.js.inc"
};

static const unsigned char map_script[] = {
#include "report_map.js.inc"
};

static void put(FILE *out, const char *markup)
{
    fputs(markup, out);
}

const char *html_tone(enum document_tone tone)
{
    static const char *const classes[DOCUMENT_TONES] = {"", "strong", "faint", "good", "fair", "bad"};
    return classes[tone];
}

/* <tag class="…">text</tag> */
static void put_element(FILE *out, const char *tag, const char *class, const char *text)
{
    fprintf(out, "<%s", tag);
    if (*class)
        markup_attribute(out, "class", class);
    put(out, ">");
    markup_text(out, text);
    fprintf(out, "</%s>\n", tag);
}

static void put_paragraph(const struct document_block *block, FILE *out)
{
    static const char *const classes[] = {
        [DOCUMENT_BODY] = "",         [DOCUMENT_LEAD] = "lead",       [DOCUMENT_REMARK] = "remark",
        [DOCUMENT_NOTICE] = "notice", [DOCUMENT_COMMAND] = "command",
    };
    put_element(out, block->style == DOCUMENT_COMMAND ? "pre" : "p", classes[block->style], block->text);
}

static void put_list(const struct document_block *block, FILE *out)
{
    put(out, "<ul>\n");
    for (size_t i = 0; i < block->n_items; i++)
        put_element(out, "li", html_tone(block->items[i].value.tone), block->items[i].value.text);
    put(out, "</ul>\n");
}

static void put_figures(const struct document_block *block, FILE *out)
{
    put(out, "<dl class=\"figures\">\n");
    for (size_t i = 0; i < block->n_items; i++) {
        const struct document_item *item = &block->items[i];
        put(out, "<div>\n");
        put_element(out, "dt", "", item->label);
        fprintf(out, "<dd class=\"value %s\">", html_tone(item->value.tone));
        markup_text(out, *item->value.text ? item->value.text : "?");
        put(out, "</dd>\n");
        if (*item->note)
            put_element(out, "dd", "", item->note);
        put(out, "</div>\n");
    }
    put(out, "</dl>\n");
}

/* Headings of level 1 are <h2>, as the title is <h1>; each begins a section that it names. */
static void put_heading(const struct document_block *block, bool *in_section, FILE *out)
{
    if (block->level == 1) {
        put(out, *in_section ? "</section>\n<section" : "<section");
        markup_attribute(out, "aria-labelledby", block->id);
        put(out, ">\n");
        *in_section = true;
    }
    fprintf(out, "<h%d", block->level + 1);
    markup_attribute(out, "id", block->id);
    put(out, ">");
    markup_text(out, block->text);
    fprintf(out, "</h%d>\n", block->level + 1);
}

static om_status put_block(om_context *ctx, const struct report *report, const struct document_block *block,
                           size_t n, bool *in_section, FILE *out)
{
    switch (block->kind) {
    case DOCUMENT_HEADING:
        put_heading(block, in_section, out);
        return OM_OK;
    case DOCUMENT_PARAGRAPH:
        put_paragraph(block, out);
        return OM_OK;
    case DOCUMENT_LIST:
        put_list(block, out);
        return OM_OK;
    case DOCUMENT_FIGURES:
        put_figures(block, out);
        return OM_OK;
    case DOCUMENT_TABLE:
        html_table(block->table, out);
        return OM_OK;
    default:
        return html_maps(ctx, report, block, n, out);
    }
}

/* Maps that follow each other are one figure. */
static size_t run_of_maps(const struct document *document, size_t first)
{
    size_t n = 1;
    while (document->blocks[first].kind == DOCUMENT_MAP && first + n < document->n_blocks &&
           document->blocks[first + n].kind == DOCUMENT_MAP)
        n++;
    return n;
}

static om_status put_main(om_context *ctx, const struct report *report, FILE *out)
{
    const struct document *document = report->document;
    bool in_section = false;
    om_status status = OM_OK;
    put(out, "<main id=\"main\">\n");
    for (size_t i = 0, n; i < document->n_blocks && status == OM_OK; i += n) {
        n = run_of_maps(document, i);
        status = put_block(ctx, report, &document->blocks[i], n, &in_section, out);
    }
    put(out, in_section ? "</section>\n</main>\n" : "</main>\n");
    return status;
}

/* With the NUL that assets end with. */
static const struct script {
    const unsigned char *bytes;
    size_t size;
} scripts[] = {{table_script, sizeof table_script}, {map_script, sizeof map_script}};
enum { SCRIPTS = sizeof scripts / sizeof *scripts };

/* 'sha256-…' of a script, in base64: what a policy allows it by. */
static void put_script_hash(const struct script *script, FILE *out)
{
    guint8 digest[32];
    gsize size = sizeof digest;
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, script->bytes, (gssize)script->size - 1);
    g_checksum_get_digest(checksum, digest, &size);
    g_checksum_free(checksum);
    char *text = g_base64_encode(digest, size);
    fprintf(out, " 'sha256-%s'", text);
    g_free(text);
}

/* No address may be fetched and no script run but ours, not even in a page that was tampered with. */
static void put_policy(FILE *out)
{
    put(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src");
    for (int i = 0; i < SCRIPTS; i++)
        put_script_hash(&scripts[i], out);
    put(out, "\">\n");
}

static void put_head(const struct document *document, FILE *out)
{
    put(out, "<!DOCTYPE html>\n<html");
    markup_attribute(out, "lang", document->language);
    put(out, ">\n<head>\n<meta charset=\"utf-8\">\n");
    put_policy(out);
    put(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<meta name=\"generator\" content=\"omland\">\n");
    put_element(out, "title", "", document->title);
    put(out, "<style>\n");
    fwrite(style_sheet, 1, sizeof style_sheet - 1, out);
    put(out, "</style>\n</head>\n");
}

/* The words the script says. */
static void put_body_tag(FILE *out)
{
    put(out, "<body");
    markup_attribute(out, "data-find", om_tr("Find"));
    markup_attribute(out, "data-all", om_tr("All"));
    markup_attribute(out, "data-rows", om_tr("{shown} of {all} rows"));
    markup_attribute(out, "data-show-all", om_tr("Show all rows"));
    markup_attribute(out, "data-link", om_tr("to its row in the table"));
    put(out, ">\n");
}

static void put_contents(const struct document *document, FILE *out)
{
    put(out, "<nav");
    markup_attribute(out, "aria-label", om_tr("Contents"));
    put(out, ">\n<ul>\n");
    for (size_t i = 0; i < document->n_blocks; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind != DOCUMENT_HEADING || block->level != 1)
            continue;
        put(out, "<li><a href=\"#");
        markup_text(out, block->id);
        put(out, "\">");
        markup_text(out, block->text);
        put(out, "</a></li>\n");
    }
    put(out, "</ul>\n</nav>\n");
}

static void put_header(const struct document *document, FILE *out)
{
    put(out, "<a class=\"skip\" href=\"#main\">");
    markup_text(out, om_tr("Skip to the content"));
    put(out, "</a>\n<header>\n");
    put_element(out, "h1", "", document->title);
    put_element(out, "p", "subtitle", document->subtitle);
    put(out, "</header>\n");
    put_contents(document, out);
}

static void put_footer(const struct document *document, FILE *out)
{
    put(out, "<footer>\n<p>");
    markup_text(out, document->title);
    put(out, " · ");
    markup_text(out, document->date);
    put(out, "</p>\n");
    if (document->notice)
        put_element(out, "p", "", document->notice);
    put(out, "</footer>\n");
    for (int i = 0; i < SCRIPTS; i++) {
        put(out, "<script>");
        fwrite(scripts[i].bytes, 1, scripts[i].size - 1, out);
        put(out, "</script>\n");
    }
    put(out, "</body>\n</html>\n");
}

om_status report_write_html(om_context *ctx, const struct report *report, FILE *out)
{
    put_head(report->document, out);
    put_body_tag(out);
    put_header(report->document, out);
    om_status status = put_main(ctx, report, out);
    put_footer(report->document, out);
    return status;
}
