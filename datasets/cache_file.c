#include "cache_file.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { VERSION = 2, ALIGNMENT = 64, NAME_SIZE = 40, BYTE_ORDER_MARK = 0x01020304 };

static const char magic[8] = "OMLANDC";

struct header {
    char magic[8];
    uint32_t byte_order, version, size_of_pointer, size_of_double;
    uint64_t file_size, n_entries;
    XXH128_canonical_t checksum; /* of the whole file, with zeros here */
};

/* The first entry is the key. */
struct entry {
    char name[NAME_SIZE];
    uint64_t size, n, offset;
};

struct cache_file {
    void *block;
    size_t size;
    struct geo_array *arrays;
    size_t n;
};

static const struct header pattern = {.magic = "OMLANDC",
                                      .byte_order = BYTE_ORDER_MARK,
                                      .version = VERSION,
                                      .size_of_pointer = sizeof(void *),
                                      .size_of_double = sizeof(double)};

static uint64_t aligned(uint64_t offset)
{
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* ---- writing ---- */

/* A file before it is written. */
struct draft {
    struct header header;
    struct entry *entries;
    const struct geo_array **arrays;
    struct geo_array key;
};

static void draft_done(struct draft *draft)
{
    om_free(draft->entries);
    om_free(draft->arrays);
}

static om_status draft_init(om_context *ctx, const char *key, const struct geo_array *arrays, size_t n,
                            struct draft *draft)
{
    *draft = (struct draft){.header = pattern,
                            .entries = om_alloc(n + 1, sizeof *draft->entries),
                            .arrays = om_alloc(n + 1, sizeof *draft->arrays),
                            .key = {"key", key, 1, strlen(key)}};
    if (!draft->entries || !draft->arrays)
        return om_no_memory(ctx);
    uint64_t end = sizeof draft->header + (n + 1) * sizeof *draft->entries;
    for (size_t i = 0; i <= n; i++) {
        const struct geo_array *array = draft->arrays[i] = i == 0 ? &draft->key : &arrays[i - 1];
        struct entry *entry = &draft->entries[i];
        *entry = (struct entry){.size = array->size, .n = array->n, .offset = aligned(end)};
        snprintf(entry->name, sizeof entry->name, "%s", array->name);
        end = entry->offset + entry->size * entry->n;
    }
    draft->header.n_entries = n + 1;
    draft->header.file_size = end;
    return OM_OK;
}

typedef bool piece_fn(void *user, const void *bytes, size_t size);

/* The bytes of the file, from the first to the last. */
static bool each_piece(const struct draft *draft, piece_fn *piece, void *user)
{
    static const char zeros[ALIGNMENT];
    uint64_t at = sizeof draft->header + draft->header.n_entries * sizeof *draft->entries;
    bool ok = piece(user, &draft->header, sizeof draft->header) &&
              piece(user, draft->entries, draft->header.n_entries * sizeof *draft->entries);
    for (size_t i = 0; i < draft->header.n_entries && ok; i++) {
        const struct entry *entry = &draft->entries[i];
        ok = piece(user, zeros, entry->offset - at) &&
             piece(user, draft->arrays[i]->items, entry->size * entry->n);
        at = entry->offset + entry->size * entry->n;
    }
    return ok;
}

static bool hash_piece(void *user, const void *bytes, size_t size)
{
    return size == 0 || XXH3_128bits_update(user, bytes, size) == XXH_OK;
}

static bool write_piece(void *user, const void *bytes, size_t size)
{
    return size == 0 || fwrite(bytes, 1, size, user) == size;
}

static om_status sign(om_context *ctx, struct draft *draft)
{
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        return om_no_memory(ctx);
    XXH3_128bits_reset(state);
    each_piece(draft, hash_piece, state);
    XXH128_canonicalFromHash(&draft->header.checksum, XXH3_128bits_digest(state));
    XXH3_freeState(state);
    return OM_OK;
}

/* Only a file whose bytes have reached the medium gets the name. */
static bool write_out(const struct draft *draft, int handle, const char *written, const char *path)
{
    FILE *file = fdopen(handle, "wb");
    if (!file) {
        close(handle);
        return false;
    }
    bool ok = each_piece(draft, write_piece, file) && fflush(file) == 0 && fsync(handle) == 0;
    int error = errno;
    ok &= fclose(file) == 0;
    if (ok && rename(written, path) == 0)
        return true;
    errno = ok ? errno : error;
    return false;
}

static om_status write_draft(om_context *ctx, const struct draft *draft, const char *path)
{
    char *written = om_format("%s.XXXXXX", path);
    if (!written)
        return om_no_memory(ctx);
    om_status status = OM_OK;
    int handle = mkstemp(written);
    if (handle < 0 || !write_out(draft, handle, written, path))
        status = om_fail(ctx, OM_IO, "%s: %s", path, strerror(errno));
    if (handle >= 0 && status != OM_OK)
        unlink(written);
    om_free(written);
    return status;
}

om_status cache_file_write(om_context *ctx, const char *path, const char *key, const struct geo_array *arrays,
                           size_t n)
{
    struct draft draft;
    om_status status = draft_init(ctx, key, arrays, n, &draft);
    if (status == OM_OK)
        status = sign(ctx, &draft);
    if (status == OM_OK)
        status = write_draft(ctx, &draft, path);
    draft_done(&draft);
    return status;
}

/* ---- reading ---- */

static om_status bad(om_context *ctx, const char *path, const char *what)
{
    return om_fail(ctx, OM_BAD_DATA, "%s: %s", path, what);
}

static om_status map(om_context *ctx, const char *path, struct cache_file *file)
{
    om_status status = OM_OK;
    struct stat about;
    int handle = open(path, O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return om_fail(ctx, errno == ENOENT ? OM_NOT_FOUND : OM_IO, "%s: %s", path, strerror(errno));
    if (fstat(handle, &about) != 0)
        status = om_fail(ctx, OM_IO, "%s: %s", path, strerror(errno));
    else if (!S_ISREG(about.st_mode) || (size_t)about.st_size < sizeof(struct header))
        status = bad(ctx, path, om_tr("this is no file of the timetable cache"));
    if (status == OM_OK) {
        file->size = (size_t)about.st_size;
        file->block = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, handle, 0);
        if (file->block == MAP_FAILED) {
            file->block = NULL;
            status = om_fail(ctx, OM_IO, "%s: %s", path, strerror(errno));
        }
    }
    close(handle);
    return status;
}

static om_status check_checksum(om_context *ctx, const char *path, const struct cache_file *file)
{
    struct header header;
    memcpy(&header, file->block, sizeof header);
    memset(&header.checksum, 0, sizeof header.checksum);
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        return om_no_memory(ctx);
    XXH128_canonical_t found;
    XXH3_128bits_reset(state);
    XXH3_128bits_update(state, &header, sizeof header);
    XXH3_128bits_update(state, (const char *)file->block + sizeof header, file->size - sizeof header);
    XXH128_canonicalFromHash(&found, XXH3_128bits_digest(state));
    XXH3_freeState(state);
    memcpy(&header, file->block, sizeof header);
    return memcmp(&found, &header.checksum, sizeof found) == 0
               ? OM_OK
               : bad(ctx, path, om_tr("the file is damaged: its checksum is wrong"));
}

static om_status check_header(om_context *ctx, const char *path, const struct cache_file *file)
{
    struct header header;
    memcpy(&header, file->block, sizeof header);
    if (memcmp(header.magic, magic, sizeof magic) != 0)
        return bad(ctx, path, om_tr("this is no file of the timetable cache"));
    if (memcmp(&header, &pattern, offsetof(struct header, file_size)) != 0)
        return bad(ctx, path, om_tr("another version of the program or another kind of machine wrote it"));
    if (header.file_size != file->size)
        return bad(ctx, path, om_tr("the file is damaged: it is not as long as it was"));
    return check_checksum(ctx, path, file);
}

static bool is_inside(const struct entry *entry, size_t file_size)
{
    return entry->name[NAME_SIZE - 1] == '\0' && entry->offset % ALIGNMENT == 0 && entry->size > 0 &&
           entry->offset <= file_size && entry->n <= (file_size - entry->offset) / entry->size;
}

/* The directory; what is wrong with it here was wrong when it was written. */
static om_status list(om_context *ctx, const char *path, struct cache_file *file)
{
    const struct header *header = file->block;
    const struct entry *entries = (const void *)(header + 1);
    size_t n = header->n_entries;
    if (n == 0 || n > (file->size - sizeof *header) / sizeof *entries)
        return bad(ctx, path, om_tr("this is no file of the timetable cache"));
    file->arrays = om_alloc(n, sizeof *file->arrays);
    if (!file->arrays)
        return om_no_memory(ctx);
    for (; file->n < n; file->n++) {
        const struct entry *entry = &entries[file->n];
        if (!is_inside(entry, file->size))
            return bad(ctx, path, om_tr("this is no file of the timetable cache"));
        file->arrays[file->n] =
            (struct geo_array){entry->name, (const char *)file->block + entry->offset, entry->size, entry->n};
    }
    return OM_OK;
}

static om_status check_key(om_context *ctx, const char *path, const struct cache_file *file, const char *key)
{
    size_t length = strlen(key);
    if (geo_array_is(&file->arrays[0], "key", 1, length) && memcmp(file->arrays[0].items, key, length) == 0)
        return OM_OK;
    return bad(ctx, path, om_tr("the file holds something else than its name says"));
}

om_status cache_file_open(om_context *ctx, const char *path, const char *key, struct cache_file **out)
{
    struct cache_file *file = om_alloc(1, sizeof *file);
    if (!file)
        return om_no_memory(ctx);
    om_status status = map(ctx, path, file);
    if (status == OM_OK)
        status = check_header(ctx, path, file);
    if (status == OM_OK)
        status = list(ctx, path, file);
    if (status == OM_OK)
        status = check_key(ctx, path, file, key);
    if (status != OM_OK)
        cache_file_close(file);
    else
        *out = file;
    return status;
}

void cache_file_close(struct cache_file *file)
{
    if (!file)
        return;
    if (file->block)
        munmap(file->block, file->size);
    om_free(file->arrays);
    om_free(file);
}

const struct geo_array *cache_file_arrays(const struct cache_file *file, size_t *n)
{
    *n = file->n - 1;
    return file->arrays + 1;
}
