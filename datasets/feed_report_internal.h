/* The examinations of a feed report. Each fills its list, and counts what it finds in the context. */
#ifndef DATASETS_FEED_REPORT_INTERNAL_H
#define DATASETS_FEED_REPORT_INTERNAL_H

#include "datasets/feed_report.h"

om_status feed_report_duplicates(om_context *ctx, const data_feed *feed, struct data_feed_report *report);
om_status feed_report_unserved(om_context *ctx, const data_feed *feed, struct data_feed_report *report);
om_status feed_report_speeds(om_context *ctx, const data_feed *feed, struct data_feed_report *report);

#endif
