/* Rule files. Rules that can be read are written and read again to the same. */
#include "fuzz.h"

#include "datasets/import.h"
#include "geo/memory.h"

#include <string.h>

static const char *const PATH = "/vsimem/fuzz.ini";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    om_context ctx = {0};
    struct plan_rules rules, again;
    fuzz_write(PATH, bytes, size);
    om_status status = data_rules_read(&ctx, PATH, &rules);
    FUZZ_REQUIRE(status == OM_OK || (size > 0 && ctx.message[0] != '\0'));
    if (status == OM_OK) {
        char *text = plan_rules_to_ini(&rules);
        FUZZ_REQUIRE(text != NULL);
        fuzz_write(PATH, text, strlen(text));
        FUZZ_REQUIRE(data_rules_read(&ctx, PATH, &again) == OM_OK);
        char *text_again = plan_rules_to_ini(&again);
        FUZZ_REQUIRE(text_again && strcmp(text, text_again) == 0);
        om_free(text);
        om_free(text_again);
    }
    VSIUnlink(PATH);
    om_context_done(&ctx);
    return 0;
}
