/*
 * Processes that share the work of one command (mpirun -n N omland …), called ranks as MPI does. Each
 * computes a share of a table; the first gathers it, and alone writes. Without MPI there is one rank.
 */
#ifndef CLI_RANKS_H
#define CLI_RANKS_H

#include "geo/status.h"

/* Around the work of a command that shares it; every rank must then pass the same calls below. */
void ranks_begin(void);
void ranks_end(void);

size_t ranks_count(void);
bool ranks_is_first(void);

/* This rank's share of n things: the first rank has the first ones, and so on. */
void ranks_share(size_t n, size_t *first, size_t *own);

/* OM_OK when all ranks say so; else a failure everywhere, on the first rank with the message of the lowest
 * rank that failed. */
om_status ranks_agree(om_context *ctx, om_status status);

/*
 * Of a table of n_rows rows of n cells, every rank gives those of its share of each row, one row after the
 * other; the first then has the whole table. Where ranks share rows, it is a table of one row.
 */
void ranks_gather(void *cells, size_t n_rows, size_t n, size_t cell_size);

#endif
