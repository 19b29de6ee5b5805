/*
 * Metadata of a result by ISO 19115, as the XML of ISO 19139: what it is, what it was made of and under which
 * licences, and the hashes that let it be made again.
 */
#ifndef MAPS_LAYER_METADATA_H
#define MAPS_LAYER_METADATA_H

#include "layer_domain.h"

#include <gdal.h>

/* Owned by the caller. */
om_status layer_metadata_xml(om_context *ctx, const struct layer_view *view, enum layer_language language,
                             char **xml);

/* Puts the documents in both languages into a GeoPackage, about every layer that was written as prefix +
 * name, in place of those from before. */
om_status layer_write_metadata(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                               const char *prefix);

#endif
