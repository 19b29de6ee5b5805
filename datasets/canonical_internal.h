/*
 * Canonical text of what a judgement rests on and of what it gave, for hashing: texts with their length,
 * numbers with all their digits, in a fixed order. Equal data gives equal text, in any language and on any
 * machine.
 */
#ifndef DATASETS_CANONICAL_INTERNAL_H
#define DATASETS_CANONICAL_INTERNAL_H

#include "datasets/case.h"

om_status canonical_plan_hash(om_context *ctx, const struct plan_territory *territory,
                              const struct plan *plan, char sha256[65]);
om_status canonical_rules_hash(om_context *ctx, const struct plan_rules *rules, char sha256[65]);
/* Territory, market and travel times. */
om_status canonical_input_hash(om_context *ctx, const struct data_case *the_case, char sha256[65]);

#endif
