/*
 * The GDAL dataset behind an open project, for writers of whole layers (maps/). Everything goes through this
 * one connection, so that what they write is part of the project's transaction.
 */
#ifndef DATASETS_PROJECT_DATASET_H
#define DATASETS_PROJECT_DATASET_H

#include "datasets/project.h"

/* A GDALDatasetH (which is a void pointer), borrowed: never closed by the caller. OM_INVALID_ARGUMENT when
 * the project was opened for reading only. */
om_status data_project_dataset(om_context *ctx, data_project *project, void **dataset);

#endif
