/*
 * print.h: plain text to a printer of this machine, through the [print] command (lp).
 *
 * Nobody waits for a printer: the text is kept as a job and a process of its own hands it over.
 * What could not be printed comes back as a row on the outbox screen, from where it is tried again.
 */
#ifndef CLINIC_PRINT_H
#define CLINIC_PRINT_H

#include <stdint.h>

#include "clinic/desk.h"

struct prints;

/* A list on ordinary paper; the title is seen by whoever stands at the printer: no name in it. */
int print_text(struct desk *desk, const char *title, const char *text, struct err *err);
/* A slip or card, to the printer named for those. */
int print_slip(struct desk *desk, const char *title, const char *text, struct err *err);

/* Hands one job over and keeps what became of it: what the process of its own does. */
int print_run(struct desk *desk, int64_t job, struct err *err);
/* Once more; thrown away. */
int print_again(struct desk *desk, int64_t job, struct err *err);
int print_drop(struct desk *desk, int64_t job, struct err *err);
/* Those that wait or failed, oldest first. */
int print_open(struct desk *desk, struct prints *ret, struct err *err);

#endif
