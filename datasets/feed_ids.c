#include "feed_internal.h"

enum { FIRST_SLOTS = 1024 };

/* FNV-like over eight bytes at a time, finished by a multiply-shift: ids are short and differ in few digits.
 */
static uint32_t hash_of(const char *text, size_t length)
{
    uint64_t hash = 0x9E3779B97F4A7C15u ^ length;
    while (length >= 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0x9FB21C651E98DF25u;
        hash ^= hash >> 32;
        text += 8;
        length -= 8;
    }
    uint64_t rest = 0;
    memcpy(&rest, text, length);
    hash = (hash ^ rest) * 0x9FB21C651E98DF25u;
    hash ^= hash >> 32;
    hash *= 0x9FB21C651E98DF25u;
    return (uint32_t)(hash >> 32);
}

void feed_ids_done(struct feed_ids *ids)
{
    om_free(ids->text.items);
    om_free(ids->ends.items);
    om_free(ids->slots);
    memset(ids, 0, sizeof *ids);
}

const char *feed_ids_text(const struct feed_ids *ids, uint32_t number, size_t *length)
{
    size_t from = number ? ids->ends.items[number - 1] : 0;
    *length = ids->ends.items[number] - from;
    return ids->text.items + from;
}

/* The slot of an id, or the free one where it belongs. There is always a free one. */
static struct feed_slot *slot_of(const struct feed_ids *ids, const char *text, size_t length, uint32_t hash)
{
    size_t mask = ids->n_slots - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct feed_slot *slot = &ids->slots[at];
        if (slot->number_plus_1 == 0)
            return slot;
        if (slot->hash != hash)
            continue;
        size_t known_length;
        const char *known = feed_ids_text(ids, slot->number_plus_1 - 1, &known_length);
        if (known_length == length && memcmp(known, text, length) == 0)
            return slot;
    }
}

uint32_t feed_ids_find(const struct feed_ids *ids, const char *text, size_t length)
{
    if (ids->n == 0)
        return FEED_NONE;
    /* A free slot holds 0, which becomes FEED_NONE. */
    return slot_of(ids, text, length, hash_of(text, length))->number_plus_1 - 1;
}

static bool grow_slots(struct feed_ids *ids)
{
    size_t n_slots = ids->n_slots ? 2 * ids->n_slots : FIRST_SLOTS;
    struct feed_slot *slots = om_alloc(n_slots, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < ids->n_slots; i++) {
        if (ids->slots[i].number_plus_1 == 0)
            continue;
        size_t at = ids->slots[i].hash & (n_slots - 1);
        while (slots[at].number_plus_1)
            at = (at + 1) & (n_slots - 1);
        slots[at] = ids->slots[i];
    }
    om_free(ids->slots);
    ids->slots = slots;
    ids->n_slots = n_slots;
    return true;
}

om_status feed_ids_add(om_context *ctx, struct feed_ids *ids, const char *text, size_t length,
                       uint32_t *number, bool *is_new)
{
    if (2 * ((size_t)ids->n + 1) > ids->n_slots && !grow_slots(ids))
        return om_no_memory(ctx);
    uint32_t hash = hash_of(text, length);
    struct feed_slot *slot = slot_of(ids, text, length, hash);
    *is_new = slot->number_plus_1 == 0;
    if (*is_new) {
        if (!FEED_ROOM(&ids->text, length + 1) || !FEED_ROOM(&ids->ends, 1))
            return om_no_memory(ctx);
        memcpy(ids->text.items + ids->text.n, text, length);
        ids->text.n += length;
        ids->ends.items[ids->ends.n++] = ids->text.n;
        *slot = (struct feed_slot){hash, ++ids->n};
    }
    *number = slot->number_plus_1 - 1;
    return OM_OK;
}
