/*
 * act.h: the one door for every change.
 *
 * An act is three functions.
 *   check    the desk's side: may this person, now, in words.  Interactive; sees the clock, roles,
 *            clashes, caps.  Reads, fills in ids and facts that the command is to carry, refuses or
 *            warns.  Never run at the hub.
 *   run      what it does, the same here and at the hub: total, clockless, one verdict.  What check
 *            would have caught becomes an `overlap` row there, never a refusal.  Says what it did
 *            with txn_tell().
 *   reverse  builds the opposite act, or says in a sentence why there is none.
 *   also     what it entails for people of other scopes, for a command writes rows of one only:
 * more commands of the same user act.  The desk's side as check is; few acts have it. Arguments are
 * a plain struct whose fields are named in a table, kept in one canonical encoding.
 *
 * Check and run happen in one transaction, so what check saw is what run meets.  Several commands
 * of one user act (a series, an import) stand between act_begin() and act_end(): one transaction,
 * one number, one undo.
 */
#ifndef CLINIC_ACT_H
#define CLINIC_ACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/args.h"
#include "base/err.h"
#include "base/id.h"
#include "clinic/desk.h"

struct txn;

/* What was done, for reverse: the arguments decoded, and where it stands. */
struct deed {
	struct id history, actor;
	struct moment at;
	int64_t act;
	const void *args;
};

/* An act about to be done: made by reverse; its args are freed by args_free().  act NULL: taking
 * back the command that entailed it does it. */
struct call {
	const struct act *act;
	void *args;
};

struct act {
	const char *name;
	int ver;
	unsigned roles; /* who may: bits of enum role */
	bool at_hub;	/* done at the hub only: codes, users, what is taken from a node */
	struct fields fields;
	int (*check)(struct desk *desk, void *args, struct err *err);
	int (*run)(struct txn *t, const void *args); /* enum verdict */
	int (*reverse)(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err);
	int (*also)(struct desk *desk, const void *args, struct err *err);
};

/* All acts, ended by NULL (clinic/acts.c); act_find() by name. */
extern const struct act *const acts[];
const struct act *act_find(const char *name);

/* Does it: check, run, history, command, commit.  `args` may be completed by check (ids).  On
 * failure nothing was changed, and inside act_begin() the caller gives up with act_abandon(). */
int act_do(struct desk *desk, const struct act *act, void *args, struct err *err);

/* A function that makes one user act of several commands, and may itself be part of a larger one:
 * joins the open act or begins its own; parting gives rc back, having ended or abandoned its own.
 */
int act_join(struct desk *desk, bool *ret_own, struct err *err);
int act_part(struct desk *desk, bool own, int rc, struct err *err);

int act_begin(struct desk *desk, struct err *err);
int act_end(struct desk *desk, struct err *err);
void act_abandon(struct desk *desk);

/* Does call() as a user act of its own, unless one is open already. */
#define AS_ONE_ACT(desk, call, err)                                                                \
	((desk)->act			? (call)                                                   \
	 : act_begin((desk), (err)) < 0 ? -1                                                       \
	 : (call) < 0			? (act_abandon(desk), -1)                                  \
					: act_end((desk), (err)))

/*
 * Undo, as a recorded reversal of a whole user act.  Refused when a row it touched was changed by
 * somebody since (ERR_CLASH, naming who), when it was undone already, when its act has no way back.
 * ret_what (may be NULL) says what was taken back.
 */
int act_undo(struct desk *desk, int64_t act, char *ret_what, size_t n, struct err *err);

/* The user act that a row of the history is of: ERR_MISSING when it was done at another node, for
 * the numbers of acts are each node's own. */
int act_undo_event(struct desk *desk, struct id history, char *ret_what, size_t n, struct err *err);

/* The last change of one row (an appointment's last state), whoever made it. */
int act_undo_of(struct desk *desk, struct id subject, char *ret_what, size_t n, struct err *err);

/* This user's last act: at most 20 steps and 8 hours back. */
enum { UNDO_STEPS = 20, UNDO_HOURS = 8 };
int act_undo_last(struct desk *desk, char *ret_what, size_t n, struct err *err);

/* Those steps, newest first: what each did, and why it cannot be taken back now ("" when it can be,
 * as far as can be said before it is tried).  The caller frees with list_free(). */
struct undo_step {
	int64_t act;
	struct moment at;
	char what[540], no[240];
	int commands; /* all of them are taken back, or none */
};
struct undo_steps {
	struct undo_step *v;
	size_t n, cap;
};
int act_undo_steps(struct desk *desk, struct undo_steps *ret, struct err *err);

#endif
