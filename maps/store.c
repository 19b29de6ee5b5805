#include "datasets/project_dataset.h"
#include "layer_write.h"
#include "maps/layers.h"

om_status map_store(om_context *ctx, const struct map_result *result, data_project *project)
{
    void *dataset = NULL;
    struct layer_view view = {.result = result};
    om_status status = data_project_dataset(ctx, project, &dataset);
    if (status == OM_OK)
        status = layer_view_new(ctx, result, &view);
    if (status == OM_OK)
        status = layer_view_add_regions(ctx, &view);
    if (status == OM_OK)
        status = data_project_begin(ctx, project);
    if (status != OM_OK)
        goto done;
    layer_gdal_enter(result);
    status = layer_write_package(ctx, &view, dataset, "result_", NULL);
    layer_gdal_leave();
    if (status == OM_OK)
        status = data_project_commit(ctx, project);
    if (status != OM_OK)
        data_project_rollback(project);
done:
    layer_view_done(&view);
    return status;
}
