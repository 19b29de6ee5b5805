#include "report_content.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "layer_style.h"
#include "words.h"

#include <math.h>
#include <string.h>

/* The position of a word in a list; n when it is not there. */
static size_t find(const char *const *names, size_t n, const char *name)
{
    size_t i = 0;
    while (i < n && strcmp(names[i], name) != 0)
        i++;
    return i;
}

const char *report_status(const char *value, enum document_tone *tone)
{
    static const enum document_tone tones[PLAN_STATUSES] = {
        [PLAN_STATUS_NONE] = DOCUMENT_BAD,
        [PLAN_STATUS_LIMITED] = DOCUMENT_FAIR,
        [PLAN_STATUS_CHOICE] = DOCUMENT_GOOD,
    };
    size_t status = find(plan_status_names, PLAN_STATUSES, value);
    if (status == PLAN_STATUSES)
        return value;
    *tone = tones[status];
    return map_status_word((enum plan_status)status);
}

const char *report_cause(const char *value, enum document_tone *tone)
{
    (void)tone;
    size_t cause = find(plan_cause_names, PLAN_CAUSES, value);
    return cause == PLAN_CAUSES ? value : map_cause_word((enum plan_cause)cause);
}

const char *report_need(const char *value, enum document_tone *tone)
{
    size_t need = find(plan_need_names, PLAN_NEEDS, value);
    if (need == PLAN_NEEDS)
        return value;
    *tone = need == PLAN_NEED_AREA_WIDE ? DOCUMENT_BAD : DOCUMENT_FAIR;
    return map_need_word((enum plan_need)need);
}

const char *report_verdict(const char *value, enum document_tone *tone)
{
    static const struct {
        const char *word;
        enum document_tone tone;
    } words[PLAN_VERDICTS] = {
        [PLAN_VERDICT_PASS] = {OM_NOTE("passes"), DOCUMENT_GOOD},
        [PLAN_VERDICT_FAIL] = {OM_NOTE("fails"), DOCUMENT_BAD},
        [PLAN_VERDICT_UNKNOWN] = {OM_NOTE("not judged"), DOCUMENT_FAINT},
    };
    size_t verdict = find(plan_verdict_names, PLAN_VERDICTS, value);
    if (verdict == PLAN_VERDICTS)
        return value;
    *tone = words[verdict].tone;
    return om_tr(words[verdict].word);
}

const char *report_volume(const char *value, enum document_tone *tone)
{
    static const enum document_tone tones[PLAN_VOLUMES] = {
        [PLAN_VOLUME_ENOUGH] = DOCUMENT_GOOD,
        [PLAN_VOLUME_THIN] = DOCUMENT_BAD,
        [PLAN_VOLUME_DILUTED] = DOCUMENT_FAIR,
        [PLAN_VOLUME_UNKNOWN] = DOCUMENT_FAINT,
    };
    size_t volume = find(plan_volume_names, PLAN_VOLUMES, value);
    if (volume == PLAN_VOLUMES)
        return value;
    *tone = tones[volume];
    return map_volume_word((enum plan_volume)volume);
}

const char *report_move(const char *value, enum document_tone *tone)
{
    (void)tone;
    size_t move = find(plan_move_names, PLAN_MOVES, value);
    return move == PLAN_MOVES ? value : map_move_word((enum plan_move)move);
}

/* NULL: a column of the report's own. */
static const struct layer_column *column_of(const struct layer *layer, const struct report_column *column)
{
    return column->name ? layer_column_find(layer, column->name) : NULL;
}

static void add_column(struct document *document, const struct report_column *column,
                       const struct layer_column *source)
{
    const char *alias = !source                                    ? NULL
                        : layer_language_chosen() == LAYER_SWEDISH ? source->swedish
                                                                   : source->english;
    document_column(document, &(struct document_column){
                                  .title = column->title ? om_tr(column->title) : alias,
                                  .description = column->title ? alias : NULL,
                                  .type = column->type,
                                  .decimals = column->decimals ? column->decimals : 1,
                                  .priority = column->priority,
                                  .is_row_header = column->is_row_header,
                                  .is_filter = column->is_filter,
                                  .is_key = column->type == DOCUMENT_CODE,
                              });
}

static void add_cell(struct report_content *content, const struct report_column *column,
                     const struct layer_column *source, struct layer_row row)
{
    struct document *document = content->document;
    enum document_tone tone = column->is_row_header ? DOCUMENT_STRONG : DOCUMENT_PLAIN;
    struct layer_value value = {.number = NAN};
    enum layer_type type = source ? source->type : LAYER_NUMBER;
    layer_fetch_fn *fetch = source ? source->fetch : column->fetch;
    fetch(content->view, row, &value);
    document->out_of_memory |= value.out_of_memory;
    if (type == LAYER_TEXT ? !value.text : isnan(value.number))
        document_text(document, DOCUMENT_FAINT, "%s", column->missing ? om_tr(column->missing) : "");
    else if (type == LAYER_FLAG)
        document_text(document, tone, "%s", value.number != 0 ? om_tr("yes") : om_tr("no"));
    else if (type == LAYER_TEXT) {
        const char *text = column->word ? column->word(value.text, &tone) : value.text;
        document_text(document, tone, "%s", text);
    } else
        document_number(document, tone, value.number);
    om_free(value.owned);
}

void report_layer_table(struct report_content *content, const char *layer,
                        const struct report_column *columns, size_t n,
                        bool (*keep)(const struct report_content *, struct layer_row))
{
    const struct layer *source = layer_find(layer);
    size_t n_rows = layer_is_absent(content->view, source) ? 0 : source->count(content->view);
    for (size_t c = 0; c < n; c++)
        add_column(content->document, &columns[c], column_of(source, &columns[c]));
    for (size_t i = 0; i < n_rows; i++) {
        struct layer_row row;
        if (!source->row(content->view, i, &row) || (keep && !keep(content, row)))
            continue;
        for (size_t c = 0; c < n; c++)
            add_cell(content, &columns[c], column_of(source, &columns[c]), row);
    }
    document_drop_empty_columns(content->document);
}
