#include "datasets/project_dataset.h"

#include "geo/text.h"
#include "project_internal.h"

om_status data_project_dataset(om_context *ctx, data_project *project, void **dataset)
{
    if (!project->writable)
        return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("%s is open for reading only"), project->path);
    *dataset = project->dataset;
    return OM_OK;
}
