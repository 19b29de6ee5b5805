/*
 * export_case OUT [SCHEMA|- [overwrite]]: exports the tests' small country, for programs that look at the
 * layers.
 */
#include "case.h"

#include "maps/layers.h"

int main(int argc, char **argv)
{
    om_context ctx = {0};
    struct kit_case kit;
    const bool is_database = argc > 1 && strncmp(argv[1], "PG:", 3) == 0;
    const struct map_export_options options = {
        .overwrite = !is_database || argc > 3,
        .schema = argc > 2 && strcmp(argv[2], "-") != 0 ? argv[2] : NULL,
    };
    kit_case_make(&ctx, &kit);
    om_status status = argc > 1 ? map_export(&ctx, &kit.result, argv[1], &options) : OM_INVALID_ARGUMENT;
    if (status != OM_OK)
        fprintf(stderr, "%s\n", ctx.message);
    kit_case_done(&kit);
    om_context_done(&ctx);
    return status == OM_OK ? 0 : 1;
}
