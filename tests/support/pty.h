/*
 * pty.h: a program in a pseudo-terminal, its screen read by libvterm.
 *
 * Nothing here sleeps or gives up by the clock.  The program writes a byte to OHDESK_IDLE_FD
 * whenever it has drawn and waits; the byte is how many bytes of input it has taken, so that
 * pty_keys() knows that the answer on the screen is the answer to its key.
 *
 * Keys are written as people say them: "/okaf<Enter>b", "<C-s>", "<F1>", "<PgDn>", "<lt>" for <.
 */
#ifndef PTY_H
#define PTY_H

#include <stdbool.h>
#include <stddef.h>

struct pty;

struct pty_options {
	int rows, cols;		 /* 0: 24, 80 */
	const char *term;	 /* NULL: xterm-256color */
	const char *locale;	 /* NULL: C.UTF-8 */
	const char *const *argv; /* a program to run, or */
	int (*run)(void *arg);	 /* a function to run in the child; its value is the exit status */
	void *arg;
	const char *const *env; /* "NAME=value" ..., NULL at the end */
};

/* Starts it and waits for its first screen (or its end). */
struct pty *pty_start(const struct pty_options *opt);

/* Each key is sent when the one before has been answered. */
void pty_keys(struct pty *p, const char *keys);
/* All in one write, as one who types ahead; then waits for the answer to the last. */
void pty_ahead(struct pty *p, const char *keys);
/* Bytes as they are, then waits. */
void pty_send(struct pty *p, const char *bytes, size_t n);
/* Waits for the next time that the program has drawn by itself. */
void pty_wait(struct pty *p);
/* ... until the screen holds this text. */
void pty_wait_for(struct pty *p, const char *text);

const char *pty_row(struct pty *p, int row);   /* without trailing blanks; until the next call */
int pty_find(struct pty *p, const char *text); /* the first row that holds it, 0 for none */
int pty_column(struct pty *p, int row, const char *text); /* where in it, 0 for nowhere */
void pty_cursor(struct pty *p, int *row, int *col);	  /* from 1 */
bool pty_reverse(struct pty *p, int row, int col);
bool pty_bold(struct pty *p, int row, int col);
bool pty_coloured(struct pty *p, int row, int col); /* not in the terminal's own colours */
void pty_resize(struct pty *p, int rows, int cols);
char *pty_screen(struct pty *p); /* all rows, a line each; the caller frees */

/* From sending the last key (or starting the program) until it had drawn the answer.  For `make
 * bench` to print; no test judges it. */
double pty_ms(const struct pty *p);

/* In how many pieces the last answer came, as far as we read while it was written. */
long pty_bursts(const struct pty *p);

int pty_count(const struct pty *p);  /* keys sent since pty_count_start() */
long pty_bytes(const struct pty *p); /* bytes the last key (or wait) sent to the terminal */
long pty_all(const struct pty *p);   /* ... since pty_count_start() */
long pty_p50(const struct pty *p);   /* the middle one of the keys since then; */
long pty_most(const struct pty *p);  /* the dearest */
void pty_count_start(struct pty *p);

bool pty_ended(struct pty *p);
/* Asks the machine, for who waits for something that is not on the screen. */
bool pty_alive(const struct pty *p);
/* Is the line as a shell wants it: letters echoed, lines edited, Ctrl-C a signal? */
bool pty_cooked(struct pty *p);
/* Cuts the line; the program gets SIGHUP.  Gives what it ended with, as pty_end(). */
int pty_hang_up(struct pty *p);
/* Waits for the end, which the program must have been told; gives the exit status, or 128 + the
 * signal.  Frees p. */
int pty_end(struct pty *p);
int pty_pid(const struct pty *p);

/* Compares the screen with a picture, and prints both where they differ.  OHDESK_BLESS=1 rewrites
 * the picture instead. */
bool pty_screen_is(struct pty *p, const char *path);

#endif
