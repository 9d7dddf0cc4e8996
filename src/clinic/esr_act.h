/*
 * esr_act.h: the acts by which files of ESR change things, beside those of people (private to the
 * clinic layer).
 *
 *	esr_rows	what ESR said last: rows as they are now, and as they were
 *	esr_file	a file was taken, and the task that it leaves
 *	esr_differ	what it says otherwise than we: listed, and settled
 *
 * A file is one user act of many such commands, esr_file nearly last, so that taking it back begins
 * with asking whether a later one stands on it.
 */
#ifndef CLINIC_ESR_ACT_H
#define CLINIC_ESR_ACT_H

#include "clinic/act.h"
#include "clinic/esr.h"
#include "model/esr.h"
#include "model/task.h"

enum { ESR_MOST = 500 }; /* rows of one command */

/* A list of the structs of one type; its items are of the size that esr_layouts says. */
struct esr_rows_of {
	void *v;
	size_t n, cap;
};
struct esr_rows {
	const char *scope;
	int64_t vpd;
	struct esr_rows_of now[ESR_TYPE_COUNT];
	struct esr_rows_of was[ESR_TYPE_COUNT]; /* those of them that were there before */
};

struct esr_taken {
	struct id id;
	const char *scope, *name, *hash;
	int64_t vpd, sequence, rows, refused;
	bool full, off; /* off: taken back */
	struct date day;
	struct moment from, to;
	struct new_tasks tasks;
	struct task_ids withdrawn;
};

struct esr_differs {
	struct id id, file, person, row;
	const char *part, *field, *theirs;
};
struct esr_settled {
	struct id id, person;
	const char *field, *from, *to;
};
struct esr_differ {
	const char *scope;
	struct {
		struct esr_differs *v;
		size_t n, cap;
	} differs;
	struct {
		struct esr_settled *v;
		size_t n, cap;
	} settled;
};

extern const struct act act_esr_rows, act_esr_file, act_esr_differ;

/* A new last item, zeroed. */
void *esr_rows_push(struct esr_rows_of *list, enum esr_type type);

#endif
