/*
 * again.h: a command run from its arguments alone: by the hub for another node, by a node after
 * others' commands have come in between.  Nobody is asked and nothing is checked: what a person
 * could have been told is an outcome here.
 */
#ifndef CLINIC_AGAIN_H
#define CLINIC_AGAIN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"

struct cmd;
struct store;
struct txn;

/* Fills *ret_t and runs it between journal_start() and the caller's journal_end_...().
 * Every command has an outcome: one that cannot be run leaves nothing but its history and a row for
 * a person, arguments and all (VERDICT_FAILED, VERDICT_UNSUPPORTED).  -1 only when the store fails,
 * and then journal_abandon() has been called. */
int command_run(struct store *st, const struct cmd *c, struct txn *ret_t, int *ret_verdict,
		struct err *err);

/* The same outcome for a command that the hub may not run for its node. */
int command_refuse(struct store *st, const struct cmd *c, const char *why, struct txn *ret_t,
		   int *ret_verdict, struct err *err);

/* A command that a machine handed in which is the node no more: it is not run, and waits for a
 * person with its arguments. */
int command_hand_in(struct store *st, const struct cmd *c, struct txn *ret_t, int *ret_verdict,
		    struct err *err);

/* The same command about other ids: `other` is asked of each that it names, and gives the same one
 * back where it stays.  True when one was exchanged. */
bool command_renamed(struct cmd *c, struct id (*other)(void *ctx, struct id id), void *ctx);

/* ERR_DENIED when only the hub may do what this command does. */
int command_of_hub(const struct cmd *c, struct err *err);

#endif
