#include "datasets/hash.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>

#include <nettle/base16.h>
#include <nettle/sha2.h>

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { BLOCK = 256 * 1024, DEEPEST_FOLDER = 32 };

static void digest_to_hex(struct sha256_ctx *hash, char sha256[65])
{
    unsigned char digest[SHA256_DIGEST_SIZE];
    sha256_digest(hash, sizeof digest, digest);
    base16_encode_update(sha256, sizeof digest, digest);
    sha256[64] = '\0';
}

void data_hash_bytes(const void *bytes, size_t size, char sha256[65])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, size, bytes);
    digest_to_hex(&hash, sha256);
}

/* Whatever digest is made of the bytes it is given. */
struct hash {
    void (*update)(void *state, size_t size, const unsigned char *bytes);
    void *state;
};

static om_status add_file(om_context *ctx, const struct hash *hash, const char *path)
{
    om_status status = OM_OK;
    VSILFILE *file = VSIFOpenL(path, "rb");
    unsigned char *block = om_resize(NULL, BLOCK, 1);
    if (!file) {
        status = om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no such file, or it cannot be read"), path);
        goto done;
    }
    if (!block) {
        status = om_no_memory(ctx);
        goto done;
    }
    size_t got;
    while ((got = VSIFReadL(block, 1, BLOCK, file)) > 0)
        hash->update(hash->state, got, block);
    if (!VSIFEofL(file))
        status = om_fail(ctx, OM_IO, om_tr("%s: reading failed"), path);
done:
    om_free(block);
    if (file)
        VSIFCloseL(file);
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static om_status add_path(om_context *ctx, const struct hash *hash, const char *path, int depth);

static om_status add_folder(om_context *ctx, const struct hash *hash, const char *path, int depth)
{
    if (depth == DEEPEST_FOLDER)
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s: folders are nested too deeply"), path);
    om_status status = OM_OK;
    char **names = VSIReadDir(path);
    int n = CSLCount(names);
    if (n > 1)
        qsort(names, (size_t)n, sizeof *names, by_name);
    for (int i = 0; i < n && status == OM_OK; i++) {
        if (strcmp(names[i], ".") == 0 || strcmp(names[i], "..") == 0)
            continue;
        char *below = om_format("%s/%s", path, names[i]);
        if (!below) {
            status = om_no_memory(ctx);
            break;
        }
        hash->update(hash->state, strlen(names[i]) + 1, (const unsigned char *)names[i]);
        status = add_path(ctx, hash, below, depth + 1);
        om_free(below);
    }
    CSLDestroy(names);
    return status;
}

static om_status add_path(om_context *ctx, const struct hash *hash, const char *path, int depth)
{
    VSIStatBufL about;
    if (VSIStatL(path, &about) != 0)
        return om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no such file or folder"), path);
    return VSI_ISDIR(about.st_mode) ? add_folder(ctx, hash, path, depth) : add_file(ctx, hash, path);
}

static om_status hash_path(om_context *ctx, const char *path, const struct hash *hash)
{
    CPLPushErrorHandler(CPLQuietErrorHandler);
    om_status status = add_path(ctx, hash, path, 0);
    CPLPopErrorHandler();
    return status;
}

static void update_sha256(void *state, size_t size, const unsigned char *bytes)
{
    sha256_update(state, size, bytes);
}

om_status data_hash_path(om_context *ctx, const char *path, char sha256[65])
{
    struct sha256_ctx state;
    sha256_init(&state);
    om_status status = hash_path(ctx, path, &(struct hash){update_sha256, &state});
    if (status == OM_OK)
        digest_to_hex(&state, sha256);
    return status;
}

static void xxh3_to_hex(XXH128_hash_t hash, char xxh3[DATA_XXH3_SIZE])
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    base16_encode_update(xxh3, sizeof canonical.digest, canonical.digest);
    xxh3[DATA_XXH3_SIZE - 1] = '\0';
}

void data_xxh3_bytes(const void *bytes, size_t size, char xxh3[DATA_XXH3_SIZE])
{
    xxh3_to_hex(XXH3_128bits(bytes, size), xxh3);
}

static void update_xxh3(void *state, size_t size, const unsigned char *bytes)
{
    XXH3_128bits_update(state, bytes, size);
}

om_status data_xxh3_path(om_context *ctx, const char *path, char xxh3[DATA_XXH3_SIZE])
{
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        return om_no_memory(ctx);
    XXH3_128bits_reset(state);
    om_status status = hash_path(ctx, path, &(struct hash){update_xxh3, state});
    if (status == OM_OK)
        xxh3_to_hex(XXH3_128bits_digest(state), xxh3);
    XXH3_freeState(state);
    return status;
}
