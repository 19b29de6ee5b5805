#include "project_internal.h"

#include "geo/text.h"

#include <cpl_error.h>
#include <ogr_srs_api.h>

/* Countries use a zone's system well beyond the zone. */
static const double margin_degrees = 15;

/* West, south, east, north in degrees; false when the system does not say. */
static bool area_of_use(const char *crs, double area[4])
{
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    bool known = OSRSetFromUserInput(system, crs) == OGRERR_NONE &&
                 OSRGetAreaOfUse(system, &area[0], &area[1], &area[2], &area[3], NULL);
    CPLPopErrorHandler();
    OSRDestroySpatialReference(system);
    return known && area[0] >= -180 && area[0] <= area[2];
}

om_status project_check_place(om_context *ctx, const data_project *project, const char *what,
                              const double lon_lat[2])
{
    double area[4];
    if (!area_of_use(project->crs, area))
        return OM_OK;
    bool is_near = true;
    for (int i = 0; i < 2; i++)
        is_near &= lon_lat[i] >= area[i] - margin_degrees && lon_lat[i] <= area[i + 2] + margin_degrees;
    if (is_near)
        return OM_OK;
    return om_fail(
        ctx, OM_BAD_DATA,
        om_tr("%s: longitude %.4f, latitude %.4f is far from where %s is used (longitude %.0f to %.0f, "
              "latitude %.0f to %.0f); are the two swapped?"),
        what, lon_lat[0], lon_lat[1], project->crs, area[0], area[2], area[1], area[3]);
}
