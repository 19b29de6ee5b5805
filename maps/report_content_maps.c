/* The maps, each with what its colours mean: classes with municipalities and job seekers. */
#include "geo/memory.h"
#include "geo/text.h"
#include "report_content.h"
#include "theme.h"
#include "words.h"

#include <math.h>

struct class_sum {
    double n, job_seekers;
};

static struct class_sum sum_class(const struct report_content *content, const struct theme *theme, size_t c)
{
    struct class_sum sum = {0, 0};
    for (size_t m = 0; m < content->result->evaluation->n; m++) {
        double job_seekers = content->result->the_case->territory->municipalities[m].job_seekers;
        if (!content->municipality_in[m] || theme->class_of(content->view, (uint32_t)m) != c)
            continue;
        sum.n++;
        sum.job_seekers += isnan(job_seekers) ? 0 : job_seekers;
    }
    return sum;
}

/* An item for every class, in the order of the theme's: also for those that are empty. */
static void add_map(struct report_content *content, enum map_theme kind)
{
    const struct theme *theme = &map_themes[kind];
    document_map(content->document, kind, map_theme_title(kind));
    for (size_t c = 0; c < theme->n_classes; c++) {
        struct class_sum sum = sum_class(content, theme, c);
        char *words = theme_class_words(content->result, theme, &theme->classes[c]);
        content->document->out_of_memory |= !words;
        document_figure(content->document, words ? words : "", DOCUMENT_WHOLE, sum.n, DOCUMENT_PLAIN, "%s",
                        map_count(sum.job_seekers).text);
        om_free(words);
    }
}

void report_maps(struct report_content *content)
{
    document_heading(content->document, 1, "maps", "%s", om_tr("Maps"));
    for (int theme = 0; theme < MAP_THEMES; theme++)
        if (map_theme_is_available(content->result, (enum map_theme)theme))
            add_map(content, (enum map_theme)theme);
}
