#include "maps/result.h"

#include "geo/memory.h"
#include "geo/text.h"

char *map_notice(const struct map_result *result)
{
    const struct data_case *the_case = result->the_case;
    for (size_t i = 0; i < the_case->n_sources; i++)
        if (the_case->sources[i].is_synthetic || the_case->sources[i].is_schematic)
            return om_format(om_tr("rests on synthetic or schematic data: %s"), the_case->sources[i].name);
    return NULL;
}
