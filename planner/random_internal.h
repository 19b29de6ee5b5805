/*
 * Random numbers that are a function of a key and a counter, so that a search needs no shared state: the
 * n-th number is the n-th of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
 * OOPSLA 2014) started at the key.
 */
#ifndef PLANNER_RANDOM_INTERNAL_H
#define PLANNER_RANDOM_INTERNAL_H

#include <stdint.h>

struct plan_random {
    uint64_t key, counter;
};

static inline uint64_t plan_random_mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Independent numbers for each stream of one seed. */
static inline struct plan_random plan_random_stream(uint64_t seed, uint64_t stream)
{
    return (struct plan_random){plan_random_mix(plan_random_mix(seed + 0x9E3779B97F4A7C15u) ^ ~stream), 0};
}

static inline uint32_t plan_random_next(struct plan_random *random)
{
    return (uint32_t)(plan_random_mix(random->key + ++random->counter * 0x9E3779B97F4A7C15u) >> 32);
}

/* 0 .. n-1; n is at least 1. */
static inline uint32_t plan_random_below(struct plan_random *random, uint32_t n)
{
    return (uint32_t)(((uint64_t)plan_random_next(random) * n) >> 32);
}

#endif
