/*
 * A million random small timetables: the router against brute force, on all processors.
 *
 * OMLAND_ORACLE_ROUNDS sets how many, OMLAND_ORACLE_SEED the first seed.
 */
#include "router_rounds.h"

#include <time.h>

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Processes rather than threads: what brute force keeps is static. */
static void start_child(uint64_t first, uint64_t rounds)
{
    pid_t child = fork();
    if (child < 0)
        exit(1);
    if (child == 0)
        exit(check_rounds(first, rounds) ? 0 : 1);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    uint64_t rounds = strtoull(kit_env("OMLAND_ORACLE_ROUNDS", "1000000"), NULL, 10);
    uint64_t seed = strtoull(kit_env("OMLAND_ORACLE_SEED", "1"), NULL, 10);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t n = processors > 1 ? (uint64_t)processors : 1, failed = 0;
    double start_s = now_s();
    for (uint64_t i = 0; i < n; i++)
        start_child(seed + rounds * i / n, rounds * (i + 1) / n - rounds * i / n);
    for (int status; wait(&status) > 0;)
        failed += status != 0;
    printf("%llu random timetables against brute force, %llu processes: %s, %.0f s\n",
           (unsigned long long)rounds, (unsigned long long)n, failed ? "DIFFERENT" : "no difference",
           now_s() - start_s);
    return failed != 0;
}
