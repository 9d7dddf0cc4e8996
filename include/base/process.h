/*
 * process.h: which process this is, so that another one can ask later whether it is still there.
 *
 * A number alone is given out again; with the moment at which its process began, counted by this
 * start of the machine, it is nobody else's.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

struct process {
	int64_t pid, born;
};
struct process process_self(void);
/* False only when it has certainly gone. */
bool process_lives(struct process p);

#endif
