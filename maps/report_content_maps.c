/* The maps, each with what its colours mean: classes with municipalities and job seekers. */
#include "geo/memory.h"
#include "geo/text.h"
#include "report_content.h"
#include "theme.h"
#include "words.h"

static void add_class(struct report_content *content, const char *words, const struct theme_sum *sum)
{
    document_figure(content->document, words, DOCUMENT_WHOLE, (double)sum->n, DOCUMENT_PLAIN, "%s",
                    map_count(sum->n ? sum->job_seekers : 0).text);
}

/* An item for every class, in the order of the theme's, also for those that are empty; the last is for who
 * has none. */
static void add_map(struct report_content *content, enum map_theme kind)
{
    const struct theme *theme = &map_themes[kind];
    struct theme_sum sums[THEME_MOST_CLASSES + 1];
    theme_sum_classes(content->view, theme, content->municipality_in, sums);
    document_map(content->document, kind, map_theme_title(kind));
    for (size_t c = 0; c < theme->n_classes; c++) {
        char *words = theme_class_words(content->result, theme, &theme->classes[c]);
        content->document->out_of_memory |= !words;
        add_class(content, words ? words : "", &sums[c]);
        om_free(words);
    }
    add_class(content, om_tr("unknown"), &sums[theme->n_classes]);
}

void report_maps(struct report_content *content)
{
    document_heading(content->document, 1, "maps", "%s", om_tr("Maps"));
    for (int theme = 0; theme < MAP_THEMES; theme++)
        if (map_theme_is_available(content->result, (enum map_theme)theme))
            add_map(content, (enum map_theme)theme);
}
