#include "showing.h"

#include "maps/drawing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct map_settings {
    struct judging_options judging;
    const char *against, *extent, *size, *title;
    int theme;
    bool is_dark;
};

#define SETTING(field) .offset = offsetof(struct map_settings, field)

static const struct cli_option options[] = {
    JUDGING_OPTIONS,
    {.name = "against",
     .type = CLI_TEXT,
     SETTING(against),
     .argument = OM_NOTE("NAME"),
     .meaning = OM_NOTE("Compare with this plan, for the theme change")},
    {.name = "theme",
     .type = CLI_WORD,
     SETTING(theme),
     .argument = "status|minutes|second|suppliers|alignment|change|need",
     .meaning = OM_NOTE("What the map shows (default status, or change with --against)"),
     .words = map_theme_names},
    {.name = "extent",
     .type = CLI_TEXT,
     SETTING(extent),
     .argument = OM_NOTE("PLACE"),
     .meaning = OM_NOTE("Only a county, an area or a municipality, by name or code")},
    {.name = "size",
     .type = CLI_TEXT,
     SETTING(size),
     .argument = OM_NOTE("WIDTH[xHEIGHT]"),
     .meaning = OM_NOTE("In pixels (default 1600, and as high as it takes)")},
    {.name = "title",
     .type = CLI_TEXT,
     SETTING(title),
     .argument = OM_NOTE("TEXT"),
     .meaning = OM_NOTE("Another title than the theme's")},
    {.name = "dark",
     .type = CLI_FLAG,
     SETTING(is_dark),
     .meaning = OM_NOTE("Light on dark, for slides and screens")},
};

/* "1600" or "1600x900". */
static bool read_size(const char *text, struct map_drawing *drawing)
{
    char *end = NULL;
    long width = strtol(text, &end, 10), height = 0;
    if (end == text || width <= 0 || width > 100000)
        return false;
    if (*end == 'x') {
        const char *rest = end + 1;
        height = strtol(rest, &end, 10);
        if (end == rest || height <= 0 || height > 100000)
            return false;
    }
    drawing->width_px = (int)width;
    drawing->height_px = (int)height;
    return *end == '\0';
}

static om_status draw(struct cli *cli, const struct map_result *result, const void *drawing)
{
    return map_draw(&cli->ctx, result, drawing, cli->arguments[1], cli->overwrite);
}

enum { THEME_NOT_CHOSEN = -1 };

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct map_settings *settings = given;
    struct map_drawing drawing = {
        .extent = settings->extent, .is_dark = settings->is_dark, .title = settings->title};
    drawing.theme = settings->theme != THEME_NOT_CHOSEN ? (enum map_theme)settings->theme
                    : settings->against                 ? MAP_THEME_CHANGE
                                                        : MAP_THEME_STATUS;
    if (settings->size && !read_size(settings->size, &drawing))
        return cli_usage(cli, om_tr("--size is a width in pixels, or width and height: 1600 or 1600x900"));
    if (drawing.theme == MAP_THEME_CHANGE && !settings->against)
        return cli_usage(cli, om_tr("the theme change shows a comparison; name the other plan: --against"));
    return showing_run(cli, &settings->judging, settings->against, draw, &drawing);
}

static const struct map_settings defaults = {.theme = THEME_NOT_CHOSEN};

const struct cli_command cmd_map = {
    .name = "map",
    .arguments = OM_NOTE("PROJECT OUT"),
    .min_arguments = 2,
    .max_arguments = 2,
    .meaning = OM_NOTE("Draw a map of a judged plan: SVG, PNG or PDF"),
    .details = OM_NOTE("The name of OUT decides: OUT.svg (its text is text), OUT.png or OUT.pdf."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};
