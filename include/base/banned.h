/*
 * banned.h: calls that would let time, chance or an unbounded copy in by the back door.  Included
 * by the compiler's command line for every source but world.c (see Makefile).
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/* Their own headers come first, so that the words below meet callers and not declarations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/time.h>

/* Fortified libraries make macros of some, which clang will not ban by name. */
#undef sprintf
#undef vsprintf
#undef strcpy
#undef strcat
#undef gets
#undef strtok

#pragma GCC poison time localtime localtime_r gmtime gmtime_r mktime strftime gettimeofday
#pragma GCC poison rand srand random srandom drand48 strcpy strcat sprintf vsprintf gets strtok

#endif
