#include "ranks.h"

#include <mpi.h>

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

void ranks_gather(void *rows, size_t n, size_t row_size)
{
    MPI_Datatype row;
    MPI_Type_contiguous((int)row_size, MPI_BYTE, &row);
    MPI_Type_commit(&row);
    if (rank != 0) {
        size_t first, own;
        ranks_share(n, &first, &own);
        MPI_Send(rows, (int)own, row, 0, 0, MPI_COMM_WORLD);
    }
    for (int from = 1; rank == 0 && from < n_ranks; from++) {
        size_t first = first_of(n, from), own = first_of(n, from + 1) - first;
        MPI_Recv((char *)rows + first * row_size, (int)own, row, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    MPI_Type_free(&row);
}
