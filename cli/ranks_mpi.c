#include "ranks.h"

#include <mpi.h>
#include <string.h>

static int rank, n_ranks = 1;

void ranks_begin(void)
{
    int provided;
    MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
}

void ranks_end(void)
{
    MPI_Finalize();
}

size_t ranks_count(void)
{
    return (size_t)n_ranks;
}

bool ranks_is_first(void)
{
    return rank == 0;
}

static size_t first_of(size_t n, int of)
{
    return n * (size_t)of / (size_t)n_ranks;
}

void ranks_share(size_t n, size_t *first, size_t *own)
{
    *first = first_of(n, rank);
    *own = first_of(n, rank + 1) - *first;
}

om_status ranks_agree(om_context *ctx, om_status status)
{
    int mine = status == OM_OK ? n_ranks : rank, failed = n_ranks, what = (int)status;
    MPI_Allreduce(&mine, &failed, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (failed == n_ranks)
        return OM_OK;
    MPI_Bcast(&what, 1, MPI_INT, failed, MPI_COMM_WORLD);
    MPI_Bcast(ctx->message, OM_MESSAGE_SIZE, MPI_CHAR, failed, MPI_COMM_WORLD);
    ctx->status = (om_status)what;
    return ctx->status;
}

/* The first rank's share of each row, from one after the other to where it belongs. */
static void spread(char *cells, size_t n_rows, size_t own_size, size_t row_size)
{
    for (size_t row = n_rows; row-- > 1;)
        memmove(cells + row * row_size, cells + row * own_size, own_size);
}

/* Where a share of each row lies: `own` cells every `stride` cells. */
static MPI_Datatype share_type(MPI_Datatype cell, size_t n_rows, size_t own, size_t stride)
{
    MPI_Datatype share;
    MPI_Type_vector((int)n_rows, (int)own, (int)stride, cell, &share);
    MPI_Type_commit(&share);
    return share;
}

void ranks_gather(void *cells, size_t n_rows, size_t n, size_t cell_size)
{
    MPI_Datatype cell;
    MPI_Type_contiguous((int)cell_size, MPI_BYTE, &cell);
    MPI_Type_commit(&cell);
    size_t first, own;
    ranks_share(n, &first, &own);
    if (rank == 0)
        spread(cells, n_rows, own * cell_size, n * cell_size);
    for (int from = 1; from < n_ranks; from++) {
        if (rank != 0 && rank != from)
            continue;
        size_t begin = first_of(n, from), width = first_of(n, from + 1) - begin;
        MPI_Datatype share = share_type(cell, n_rows, width, rank == 0 ? n : width);
        if (rank == 0)
            MPI_Recv((char *)cells + begin * cell_size, 1, share, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        else
            MPI_Send(cells, 1, share, 0, 0, MPI_COMM_WORLD);
        MPI_Type_free(&share);
    }
    MPI_Type_free(&cell);
}
