#include "datasets/hash.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>

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
