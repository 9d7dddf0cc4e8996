/* process.c: a process by its number and its birth, as Linux tells them under /proc. */
#include "base/process.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The start of a file, as text. */
static bool read_start(const char *path, char *buf, size_t n)
{
	FILE *f = fopen(path, "re");
	size_t got;

	if (!f)
		return false;
	got = fread(buf, 1, n - 1, f);
	fclose(f);
	buf[got] = '\0';
	return got > 0;
}

/* This start of the machine: 64 bits of its random id. */
static int64_t boot(void)
{
	char text[64], hex[17];
	size_t n = 0;

	if (!read_start("/proc/sys/kernel/random/boot_id", text, sizeof text))
		return 0;
	for (const char *p = text; *p && n < 16; p++)
		if (*p != '-' && *p != '\n')
			hex[n++] = *p;
	hex[n] = '\0';
	return (int64_t)strtoull(hex, NULL, 16);
}

/* Clock ticks from the start of the machine to that of the process; the 22nd word of stat, counted
 * from behind the name, which may hold anything.  0 when nothing is known of it. */
static int64_t began(int64_t pid)
{
	char path[40], text[1024];
	const char *p;

	snprintf(path, sizeof path, "/proc/%lld/stat", (long long)pid);
	if (!read_start(path, text, sizeof text) || !(p = strrchr(text, ')')))
		return 0;
	for (int word = 2; word < 22 && p; word++)
		p = strchr(p + 1, ' ');
	return p ? strtoll(p, NULL, 10) : 0;
}

struct process process_self(void)
{
	int64_t pid = getpid();

	return (struct process){ pid, boot() ^ began(pid) };
}

bool process_lives(struct process p)
{
	int64_t now;

	if (p.pid <= 0)
		return false;
	now = began(p.pid);
	if (now)
		return (boot() ^ now) == p.born;
	return kill((pid_t)p.pid, 0) == 0 || errno != ESRCH;
}
