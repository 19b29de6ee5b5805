#include "read_ahead.h"

#include "geo/memory.h"

#include <cpl_error.h>

#include <pthread.h>
#include <string.h>

enum { BLOCKS = 4, BLOCK_SIZE = 256 * 1024 };

struct read_ahead {
    VSILFILE *file;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t n_filled, n_emptied; /* blocks, ever; the ring holds the difference */
    bool is_cancelled, is_at_end;
    size_t sizes[BLOCKS];
    size_t taken; /* bytes of the oldest block */
    char blocks[BLOCKS][BLOCK_SIZE];
};

static bool wait_for_room(struct read_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    while (ahead->n_filled - ahead->n_emptied == BLOCKS && !ahead->is_cancelled)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    bool goes_on = !ahead->is_cancelled;
    pthread_mutex_unlock(&ahead->lock);
    return goes_on;
}

static void hand_over(struct read_ahead *ahead, size_t size)
{
    pthread_mutex_lock(&ahead->lock);
    ahead->sizes[ahead->n_filled % BLOCKS] = size;
    if (size)
        ahead->n_filled++;
    else
        ahead->is_at_end = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}

static void *fill_blocks(void *user)
{
    struct read_ahead *ahead = user;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    while (wait_for_room(ahead)) {
        size_t size = VSIFReadL(ahead->blocks[ahead->n_filled % BLOCKS], 1, BLOCK_SIZE, ahead->file);
        hand_over(ahead, size);
        if (size == 0)
            break;
    }
    CPLPopErrorHandler();
    return NULL;
}

struct read_ahead *read_ahead_open(VSILFILE *file)
{
    struct read_ahead *ahead = om_resize(NULL, 1, sizeof *ahead);
    if (!ahead)
        return NULL;
    memset(ahead, 0, offsetof(struct read_ahead, blocks));
    ahead->file = file;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    if (pthread_create(&ahead->thread, NULL, fill_blocks, ahead) == 0)
        return ahead;
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->changed);
    om_free(ahead);
    return NULL;
}

void read_ahead_close(struct read_ahead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->is_cancelled = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->changed);
    om_free(ahead);
}

/* Waits for a block; false at the end of the file. */
static bool wait_for_block(struct read_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    while (ahead->n_filled == ahead->n_emptied && !ahead->is_at_end)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    bool has_block = ahead->n_filled != ahead->n_emptied;
    pthread_mutex_unlock(&ahead->lock);
    return has_block;
}

size_t read_ahead_read(struct read_ahead *ahead, char *to, size_t size)
{
    if (!wait_for_block(ahead))
        return 0;
    size_t block = ahead->n_emptied % BLOCKS, left = ahead->sizes[block] - ahead->taken;
    size_t n = left < size ? left : size;
    memcpy(to, ahead->blocks[block] + ahead->taken, n);
    ahead->taken += n;
    if (n < left)
        return n;
    pthread_mutex_lock(&ahead->lock);
    ahead->taken = 0;
    ahead->n_emptied++;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    return n;
}
