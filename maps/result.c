#include "maps/result.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>

static bool is_marked(const struct data_source *source, bool synthetic)
{
    return synthetic ? source->is_synthetic : source->is_schematic;
}

/* "offices, timetable": the names of marked sources, each once. NULL when memory is out; "" when none. */
static char *marked_names(const struct data_case *the_case, bool synthetic)
{
    char *names = om_strdup("");
    for (size_t i = 0; names && i < the_case->n_sources; i++) {
        const struct data_source *source = &the_case->sources[i];
        bool is_known = !is_marked(source, synthetic);
        for (size_t k = 0; k < i && !is_known; k++)
            is_known = is_marked(&the_case->sources[k], synthetic) &&
                       strcmp(the_case->sources[k].name, source->name) == 0;
        if (is_known)
            continue;
        char *longer = om_format("%s%s%s", names, *names ? ", " : "", source->name);
        om_free(names);
        names = longer;
    }
    return names;
}

char *map_notice(const struct map_result *result)
{
    char *synthetic = marked_names(result->the_case, true);
    char *schematic = marked_names(result->the_case, false);
    char *notice = NULL;
    if (synthetic && schematic && *synthetic && *schematic)
        notice = om_format(om_tr("Not real: synthetic data (%s). Not exact: schematic data (%s)."), synthetic,
                           schematic);
    else if (synthetic && *synthetic)
        notice = om_format(om_tr("Not real: synthetic data (%s)."), synthetic);
    else if (schematic && *schematic)
        notice = om_format(om_tr("Not exact: schematic data (%s)."), schematic);
    om_free(synthetic);
    om_free(schematic);
    return notice;
}
