/*
 * Layers and styles hold their texts in both languages at once, where the rest of the tool asks the
 * catalogue. What both say in English with the same words they say so in Swedish too.
 */
#include "fixture.h"
#include "speak.h"

#include "../../maps/layer_style.h"
#include "../../maps/theme.h"

#include <wchar.h>
#include <wctype.h>

enum { MOST_LETTERS = 200 };

/* But for the case of the first letter. */
static bool is_same(const char *x, const char *y)
{
    wchar_t a[MOST_LETTERS], b[MOST_LETTERS];
    assert_in_range(mbstowcs(a, x, MOST_LETTERS), 1, MOST_LETTERS - 1);
    assert_in_range(mbstowcs(b, y, MOST_LETTERS), 1, MOST_LETTERS - 1);
    return towlower((wint_t)a[0]) == towlower((wint_t)b[0]) && wcscmp(a + 1, b + 1) == 0;
}

static int n_compared, n_different;

static void compare(const char *english, const char *layers, const char *catalogue)
{
    n_compared++;
    if (is_same(layers, catalogue))
        return;
    n_different++;
    print_message("\"%s\" is \"%s\" in layers and \"%s\" in the catalogue\n", english, layers, catalogue);
}

/* With the catalogue's Swedish, where it has the English. */
static void look_up(const char *const text[LAYER_LANGUAGES])
{
    char lowered[MOST_LETTERS];
    snprintf(lowered, sizeof lowered, "%s", text[LAYER_ENGLISH]);
    lowered[0] = (char)towlower((wint_t)lowered[0]);
    const char *known = om_tr(lowered);
    if (known == lowered)
        known = om_tr(text[LAYER_ENGLISH]);
    if (known != text[LAYER_ENGLISH])
        compare(text[LAYER_ENGLISH], text[LAYER_SWEDISH], known);
}

static void words_of_columns_and_marks_are_those_of_the_catalogue(void **state)
{
    (void)state;
    kit_speak("sv");
    n_compared = n_different = 0;
    for (size_t i = 0; i < layer_n_domains; i++)
        for (size_t code = 0; code < layer_domains[i].n; code++)
            look_up(layer_domains[i].codes[code].text);
    for (size_t i = 0; i < layer_n_styles; i++)
        for (size_t mark = 0; mark < layer_styles[i].n_marks; mark++)
            if (layer_styles[i].marks[mark].text[LAYER_ENGLISH])
                look_up(layer_styles[i].marks[mark].text);
    assert_in_range(n_compared, 20, 1000);
    assert_int_equal(n_different, 0);
}

struct legend_words {
    char *style[LAYER_LANGUAGES], *theme[LAYER_LANGUAGES];
};

static void classes_are_called_as_on_drawn_maps(void **state)
{
    static const char *const languages[LAYER_LANGUAGES] = {"en", "sv"};
    struct kit_fixture *f = *state;
    const struct map_result *result = &f->kit.after.result;
    n_compared = n_different = 0;
    for (size_t i = 0; i < layer_n_styles; i++) {
        const struct layer_style *style = &layer_styles[i];
        for (size_t c = 0; style->theme && c < style->theme->n_classes; c++) {
            struct legend_words words;
            for (int language = 0; language < LAYER_LANGUAGES; language++) {
                struct layer_class class;
                kit_speak(languages[language]);
                assert_true(layer_style_class(result, style, c, (enum layer_language)language, &class));
                words.style[language] = class.text;
                words.theme[language] = theme_class_words(result, style->theme, &style->theme->classes[c]);
            }
            if (is_same(words.style[LAYER_ENGLISH], words.theme[LAYER_ENGLISH]))
                compare(words.style[LAYER_ENGLISH], words.style[LAYER_SWEDISH], words.theme[LAYER_SWEDISH]);
            for (int language = 0; language < LAYER_LANGUAGES; language++) {
                om_free(words.style[language]);
                om_free(words.theme[language]);
            }
        }
    }
    assert_in_range(n_compared, 25, 1000);
    assert_int_equal(n_different, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_columns_and_marks_are_those_of_the_catalogue),
        cmocka_unit_test(classes_are_called_as_on_drawn_maps),
    };
    return cmocka_run_group_tests(tests, kit_start, kit_stop);
}
