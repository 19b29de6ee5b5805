/* Rule sets as text. */
#ifndef DATASETS_RULES_INTERNAL_H
#define DATASETS_RULES_INTERNAL_H

#include "geo/status.h"
#include "planner/rules.h"

/* Reads INI text over the defaults; `where` names it in messages (a file, or a stored rule set). */
om_status rules_from_text(om_context *ctx, const char *where, const char *text, struct plan_rules *out);

#endif
