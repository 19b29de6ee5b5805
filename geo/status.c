#include "geo/status.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void om_context_done(om_context *ctx)
{
    if (!ctx)
        return;
    for (size_t i = 0; i < ctx->n_findings; i++) {
        om_free((void *)(uintptr_t)ctx->findings[i].code);
        for (size_t k = 0; k < OM_FINDING_EXAMPLES; k++)
            om_free(ctx->findings[i].examples[k]);
    }
    memset(ctx, 0, sizeof *ctx);
}

om_status(om_fail)(om_context *ctx, om_status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(ctx->message, sizeof ctx->message, format, args);
    va_end(args);
    ctx->status = status;
    return status;
}

om_status(om_no_memory)(om_context *ctx)
{
    return om_fail(ctx, OM_NO_MEMORY, "%s", om_tr("out of memory"));
}

om_status om_context_add(om_context *ctx, const char *format, ...)
{
    char message[2 * OM_MESSAGE_SIZE];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(message, OM_MESSAGE_SIZE, format, args);
    va_end(args);
    size_t used = n < 0 ? 0 : (size_t)n < OM_MESSAGE_SIZE ? (size_t)n : OM_MESSAGE_SIZE - 1;
    snprintf(message + used, sizeof message - used, ": %s", ctx->message);
    memcpy(ctx->message, message, sizeof ctx->message - 1);
    ctx->message[sizeof ctx->message - 1] = '\0';
    return ctx->status;
}

static struct om_finding *finding_of(om_context *ctx, const char *code)
{
    for (size_t i = 0; i < ctx->n_findings; i++)
        if (strcmp(ctx->findings[i].code, code) == 0)
            return &ctx->findings[i];
    if (ctx->n_findings == OM_FINDING_KINDS)
        return NULL;
    const char *own = om_strdup(code);
    if (!own)
        return NULL;
    struct om_finding *fresh = &ctx->findings[ctx->n_findings++];
    *fresh = (struct om_finding){.code = own};
    return fresh;
}

void om_find(om_context *ctx, const char *code, const char *format, ...)
{
    struct om_finding *finding = finding_of(ctx, code);
    if (!finding)
        return;
    if (finding->count < OM_FINDING_EXAMPLES) {
        char message[OM_MESSAGE_SIZE];
        va_list args;
        va_start(args, format);
        vsnprintf(message, sizeof message, format, args);
        va_end(args);
        finding->examples[finding->count] = om_strdup(message);
    }
    finding->count++;
}

void om_find_again(om_context *ctx, const struct om_finding *finding)
{
    size_t n = 0;
    for (; n < OM_FINDING_EXAMPLES && finding->examples[n]; n++)
        om_find(ctx, finding->code, "%s", finding->examples[n]);
    struct om_finding *known = finding_of(ctx, finding->code);
    if (known)
        known->count += finding->count - n;
}

size_t om_found(const om_context *ctx, const char *code)
{
    for (size_t i = 0; i < ctx->n_findings; i++)
        if (strcmp(ctx->findings[i].code, code) == 0)
            return ctx->findings[i].count;
    return 0;
}

om_status om_progress(om_context *ctx, const char *what, size_t done, size_t total)
{
    if (!ctx->progress || ctx->progress(ctx->progress_user, what, done, total))
        return OM_OK;
    return om_fail(ctx, OM_CANCELLED, "%s", om_tr("interrupted"));
}
