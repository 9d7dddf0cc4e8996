/* progress.c: one line, drawn over itself. */
#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/world.h"

enum { BAR = 30, EVERY_MS = 100 };

struct progress progress_begin(const char *what)
{
	return (struct progress){ .what = what, .on = isatty(STDERR_FILENO) == 1 };
}

void progress_step(struct progress *p, int64_t done, int64_t total, int64_t count, const char *unit)
{
	char bar[BAR + 1];
	int64_t now;
	int full;

	if (!p->on)
		return;
	now = world_ticks();
	if (now < p->next)
		return;
	p->next = now + EVERY_MS;
	p->drawn = true;
	full = total > 0 ? (int)(done * BAR / total) : 0;
	full = full < 0 ? 0 : full > BAR ? BAR : full;
	memset(bar, '.', BAR);
	memset(bar, '#', (size_t)full);
	bar[BAR] = '\0';
	fprintf(stderr, "\r%s [%s] %3d %%  %lld %s", p->what, bar,
		total > 0 ? (int)(done * 100 / total) : 0, (long long)count, unit);
	fflush(stderr);
}

void progress_end(struct progress *p)
{
	if (p->drawn)
		fprintf(stderr, "\r%78s\r", "");
	p->drawn = false;
}
