/*
 * progress.h: a bar on stderr while something long runs; nothing when that is no terminal.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *what;
	bool on, drawn;
	int64_t next; /* ticks at which it is drawn again */
};

struct progress progress_begin(const char *what);
/* `done` of `total`; `count` of `unit` are told beside the bar.  Draws at most ten times a second.
 */
void progress_step(struct progress *p, int64_t done, int64_t total, int64_t count,
		   const char *unit);
void progress_end(struct progress *p); /* wipes it */

#endif
