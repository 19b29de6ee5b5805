/*
 * export_case OUT: exports the tests' small country, for programs that look at the layers.
 */
#include "case.h"

#include "maps/layers.h"

int main(int argc, char **argv)
{
    om_context ctx = {0};
    struct kit_case kit;
    kit_case_make(&ctx, &kit);
    om_status status = argc == 2 ? map_export(&ctx, &kit.result, argv[1], true) : OM_INVALID_ARGUMENT;
    if (status != OM_OK)
        fprintf(stderr, "%s\n", ctx.message);
    kit_case_done(&kit);
    om_context_done(&ctx);
    return status == OM_OK ? 0 : 1;
}
