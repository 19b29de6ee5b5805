#include "geo/crs.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <string.h>

struct geo_transform {
    PJ_CONTEXT *context;
    PJ *operation;
    char message[256]; /* the last one PROJ logged */
};

static void keep_message(void *user, int level, const char *message)
{
    geo_transform *transform = user;
    if (level == PJ_LOG_ERROR)
        snprintf(transform->message, sizeof transform->message, "%s", message);
}

static om_status open_operation(om_context *ctx, geo_transform *transform, const char *from, const char *to)
{
    PJ_CONTEXT *context = transform->context;
    proj_log_func(context, transform, keep_message);
    proj_context_set_enable_network(context, 0);
    PJ *operation = proj_create_crs_to_crs(context, from, to, NULL);
    if (operation) {
        transform->operation = proj_normalize_for_visualization(context, operation);
        proj_destroy(operation);
    }
    if (!transform->operation)
        return om_fail(ctx, OM_BAD_DATA, om_tr("no transformation from \"%s\" to \"%s\": %s"), from, to,
                       transform->message);
    return OM_OK;
}

om_status geo_transform_new(om_context *ctx, const char *from, const char *to, geo_transform **out)
{
    geo_transform *transform = om_alloc(1, sizeof *transform);
    if (!transform)
        return om_no_memory(ctx);
    transform->context = proj_context_create();
    om_status status = transform->context ? open_operation(ctx, transform, from, to) : om_no_memory(ctx);
    if (status) {
        geo_transform_free(transform);
        return status;
    }
    *out = transform;
    return OM_OK;
}

void geo_transform_free(geo_transform *transform)
{
    if (!transform)
        return;
    proj_destroy(transform->operation);
    if (transform->context)
        proj_context_destroy(transform->context);
    om_free(transform);
}

om_status geo_transform_points(om_context *ctx, geo_transform *transform, double *x_y, size_t n)
{
    if (n == 0)
        return OM_OK;
    double *moved = om_alloc(2 * n, sizeof *moved);
    if (!moved)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++) {
        const double *from = x_y + 2 * i;
        PJ_COORD to = proj_trans(transform->operation, PJ_FWD, proj_coord(from[0], from[1], 0, HUGE_VAL));
        if (!isfinite(to.xy.x) || !isfinite(to.xy.y)) {
            om_free(moved);
            return om_fail(ctx, OM_BAD_DATA,
                           om_tr("point %zu (%.10g, %.10g) is outside what the coordinate systems cover"),
                           i + 1, from[0], from[1]);
        }
        moved[2 * i] = to.xy.x;
        moved[2 * i + 1] = to.xy.y;
    }
    memcpy(x_y, moved, 2 * n * sizeof *moved);
    om_free(moved);
    return OM_OK;
}
