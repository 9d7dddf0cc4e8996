/*
 * wire.h: a hub and three nodes as real processes, on lines that the test makes and breaks.
 *
 * Each place has a database in the folder and is worked at by the program itself, as a receptionist
 * would.  A line is the hub's end started beside it, or ssh to an sshd of the test's own; either
 * way a script in the folder says what it is, so that a test may put another in its place.
 */
#ifndef SUPPORT_WIRE_H
#define SUPPORT_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/id.h"

enum { WIRE_HUB, WIRE_PLACES = 4, WIRE_SAID = 65536 };

struct wire {
	char folder[128];
	bool ssh;
	pid_t follower[WIRE_PLACES];
	int64_t file_most;    /* bytes of any file that the next command may write; -1: all */
	int status;	      /* what the last command ended with */
	char said[WIRE_SAID]; /* and what it said, on both of its outputs */
};

/* The hub: a service (OHN), a customer (WVH), a nurse at home at each node (nurse1 to nurse3), some
 * people (wire_person()), and slots of 20 minutes on 12-Mar-2026 from 09:00, so many for each
 * nurse; the nodes have joined and are in step. */
void wire_open(struct wire *w, bool ssh, int slots);
/* Followers are ended, and nothing of it is left. */
void wire_close(struct wire *w);

/* Runs the program on a place's database, as a.root; the words as a command line has them.  Its
 * exit status. */
int wire_run(struct wire *w, int place, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The same, and the test fails unless it was done. */
void wire_must(struct wire *w, int place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Started beside the test, to be waited for; what it says goes to the file `said` of the place. */
pid_t wire_start(struct wire *w, int place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int wire_wait(pid_t pid); /* exit status; 128 + the signal that ended it */
void wire_follow(struct wire *w, int place);
int wire_unfollow(struct wire *w, int place, int sig);

/* A field of a row of what the last command said, from 0; row 1 is the first below the heads. */
const char *wire_field(struct wire *w, int row, int field, char *buf, size_t n);

/* The id of one of the people, as the command line has it. */
const char *wire_person(struct wire *w, int i, char buf[ID_TEXT]);

/* One number out of a place's database, from outside. */
int64_t wire_number(struct wire *w, int place, const char *sql);
void wire_text(struct wire *w, int place, const char *sql, char *buf, size_t n);
/* Waits until the number is not 0. */
void wire_until(struct wire *w, int place, const char *sql);

/* The line of a node from here on: a shell script; NULL: as it was made. */
void wire_line(struct wire *w, int place, const char *script);
/* As it was made, but so slow that it can be watched: this test's own program is between, started
 * as
 * `--slow COMMAND...`. */
void wire_slow(struct wire *w, int place);
/* What is under a process now; so many at most. */
int wire_children(pid_t pid, pid_t *ret, int most);
/* Only when /proc says that it has ended. */
bool wire_gone(pid_t pid);
/* A command of the shell, in the folder. */
void wire_shell(struct wire *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* All of them hold the same, nothing pending, and `store check` finds nothing but clashes. */
void wire_agree(struct wire *w);

#endif
