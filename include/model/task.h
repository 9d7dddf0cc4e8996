/*
 * task.h: what somebody still has to do.
 */
#ifndef MODEL_TASK_H
#define MODEL_TASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/args.h"
#include "base/day.h"
#include "base/id.h"
#include "base/world.h"
#include "model/user.h"

/* X(name, code as stored and typed, word on the screens) */
#define TASK_KINDS(X)                                                                              \
	X(TASK_TODO, "todo", "to do")		 /* a person's own words */                        \
	X(TASK_MESSAGE, "message", "message")	 /* from one of us to another */                   \
	X(TASK_HANDOVER, "handover", "handover") /* from one shift to the next */                  \
	X(TASK_RING, "ring", "ring")		 /* somebody is to be rung */                      \
	X(TASK_REBOOK, "rebook", "rebook") /* a booking that fell through needs a new time */      \
	X(TASK_RINGBACK, "ringback",                                                               \
	  "ringback") /* what they were told has been answered, or changed */                      \
	X(TASK_ARRANGE, "arrange", "arrange") /* an interpreter, a room ... for a booking */       \
	X(TASK_REVIEW, "review", "review")    /* a clinician asked to see them again by then */    \
	X(TASK_CHECK, "check", "check")	      /* two sources differ: a person decides */           \
	X(TASK_LEAVER, "leaver", "leaver")    /* left or died: what is open for them */            \
	X(TASK_UNSENT, "unsent", "not sent")  /* a message could not be delivered */               \
	X(TASK_ALERT, "alert", "alert")	      /* a flag was raised: for clinical eyes and hands */ \
	X(TASK_EXTEND, "extend", "more sessions") /* more than the cap: for the lead */            \
	X(TASK_ANSWERS, "answers", "answers")	  /* to be asked how they are: who sees them */

enum task_kind {
#define X(name, code, word) name,
	TASK_KINDS(X)
#undef X
		TASK_KIND_COUNT
};
const char *task_kind_code(enum task_kind kind);
/* For clinical eyes alone, whoever opened it. */
bool task_kind_clinical(enum task_kind kind);
const char *task_kind_word(enum task_kind kind);
bool task_kind_parse(const char *code, enum task_kind *ret);

/*
 * How a kind may end: the key that says so on the screens, the code as stored and typed, its word,
 * and as short as a question with all of them on one row needs it.  Every kind may also end
 * otherwise, which is said in words: TASK_OTHER.  A call that did not reach them ends nothing.
 */
struct task_outcome {
	enum task_kind kind;
	char key;
	const char *code, *word, *brief;
};
#define TASK_OTHER    "other"
#define TASK_ANSWERED "answered" /* of a message: the words go back to who sent it */
enum { TASK_OUTCOMES_MOST = 8 };
/* Those of a kind, the usual one first; gives how many. */
int task_outcomes(enum task_kind kind, struct task_outcome ret[TASK_OUTCOMES_MOST]);
/* By its code; NULL when that kind does not end so. */
const struct task_outcome *task_outcome_find(enum task_kind kind, const char *code);

/*
 * Whom a task is for, as written: a role ("reception"), a discipline of one
 * ("clinician.physio"), or a right ("lead").
 */
bool task_role_known(const char *role);

enum {
	TASK_COLUMNS = 200, /* of a task's text */
	TASK_TEXT = 8 * TASK_COLUMNS,
};

struct task {
	struct id id;
	char scope[CODE_TEXT];
	enum task_kind kind;
	char text[TASK_TEXT];
	struct moment due;
	struct id person, appt, service; /* none: about nobody; no private service */
	struct id user;			 /* none: for `role` */
	char role[CODE_TEXT];
	struct id site; /* none: any */
	struct moment opened_at;
	struct id opened_by;
	char note[WORDS_TEXT]; /* what was last said of it */
	char state[CODE_TEXT]; /* open done withdrawn */
	char outcome[CODE_TEXT], words[WORDS_TEXT];
	struct moment done_at;
	struct id done_by;
};

/* A task as lists show it: with the names that go with its ids, "" for none. */
struct task_row {
	struct task t;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	struct date born;
	char user[CODE_TEXT], by[CODE_TEXT], done_by[CODE_TEXT]; /* names of users */
};
struct task_rows {
	struct task_row *v;
	size_t n, cap;
};

/* A task that a command is to open: a row of its arguments, described by new_task_fields.  Texts
 * are the row's own, freed with the arguments. */
struct new_task {
	struct id id, person, appt, service, user, site;
	const char *kind, *text, *role;
	struct moment due;
};
struct new_tasks {
	struct new_task *v;
	size_t n, cap;
};
extern const struct fields new_task_fields;

/* Tasks that a command withdraws: rows of ids, described by task_id_fields. */
struct task_ids {
	struct id *v;
	size_t n, cap;
};
extern const struct fields task_id_fields;

#endif
