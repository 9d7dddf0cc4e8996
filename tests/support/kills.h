/*
 * kills.h: a child that works until it is killed, at a moment that a seed chooses.
 */
#ifndef SUPPORT_KILLS_H
#define SUPPORT_KILLS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Forks; the child runs work(out), which never returns and writes an int64_t to `out` for each
 * thing that it was told is done.  After some of these, at most `most` (a power of two), and a
 * while that is not counted in any of its steps, it gets SIGKILL.  Gives the last that was told, 0
 * for none; *seed goes on to the next.
 */
int64_t killed_at_work(void (*work)(int out), int most, uint64_t *seed);

/* Forks; the child runs work(), which never returns, and gets SIGKILL at the nth write to a file of
 * the database, every second time in the middle of it.  False: it ended before that, in order. */
bool killed_at_write(void (*work)(void), int nth);

#endif
