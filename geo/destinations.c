#include "router.h"

#include "geo/memory.h"

om_status destinations_init(om_context *ctx, const geo_timetable *timetable, size_t n,
                            const struct geo_point *points, struct destinations *out)
{
    struct destinations result = {.n = n,
                                  .is_one = om_alloc(timetable->n_places, sizeof *result.is_one),
                                  .first = om_alloc(timetable->n_places + 2, sizeof *result.first)};
    if (!result.is_one || !result.first) {
        destinations_done(&result);
        return om_no_memory(ctx);
    }
    uint32_t *next = result.first + 1;
    size_t n_walks = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < n; i++)
            for (size_t k = 0; k < points[i].n_access; k++) {
                uint32_t station = timetable->stop_station[points[i].access[k].stop];
                for (uint32_t place = timetable->station_place[station];
                     place < timetable->station_place[station + 1]; place++, n_walks++)
                    if (pass == 0)
                        next[place + 1]++;
                    else {
                        result.is_one[place] = true;
                        result.walks[next[place]++] = (struct place_walk){i, points[i].access[k].walk_s};
                    }
            }
        if (pass == 1)
            break;
        for (size_t place = 0; place < timetable->n_places; place++)
            next[place + 1] += next[place];
        result.walks = om_alloc(n_walks, sizeof *result.walks);
        if (!result.walks) {
            destinations_done(&result);
            return om_no_memory(ctx);
        }
    }
    *out = result;
    return OM_OK;
}

void destinations_done(struct destinations *destinations)
{
    om_free(destinations->is_one);
    om_free(destinations->first);
    om_free(destinations->walks);
    *destinations = (struct destinations){0};
}
