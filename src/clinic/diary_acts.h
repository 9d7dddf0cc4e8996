/* diary_acts.h: the acts on diaries (private to the clinic). */
#ifndef CLINIC_DIARY_ACTS_H
#define CLINIC_DIARY_ACTS_H

#include "clinic/act.h"
#include "clinic/publish.h"
#include "model/task.h"
#include "store/diaries.h"
#include "store/slots.h"

/* template.c */
extern const struct act act_template_add, act_template_off, act_template_end, act_template_reopen;
/* publish.c */
extern const struct act act_publish, act_withdraw;
/* leave.c, block.c */
extern const struct act act_leave, act_leave_end;
extern const struct act act_block, act_unblock;

/* Who changes diaries at all; whose, diary_may_change() says. */
#define DIARY_ROLES                                                                                \
	(ROLE_ADMINISTRATOR | ROLE_MANAGER | ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR)

/* Rows of a command that are nothing but ids, or nothing but days. */
struct id_row {
	struct id id;
};
struct id_rows {
	struct id_row *v;
	size_t n, cap;
};
extern const struct fields id_row_fields;
struct day_row {
	struct date day;
};
struct day_rows {
	struct day_row *v;
	size_t n, cap;
};
extern const struct fields day_row_fields;

/* Who is booked into a stretch that goes, each a task for who books there (hit.c): made in check,
 * put in run; and what is open of such tasks, when the time opens again. */
int hit_tasks(struct desk *desk, struct id clinician, struct moment from, struct moment to,
	      const char *what, struct new_tasks *ret, struct err *err);
void hit_put(struct txn *t, const struct new_tasks *tasks);
int hit_over(struct desk *desk, struct id clinician, struct moment from, struct moment to,
	     enum slot_state opens, struct task_ids *ret, struct err *err);

/* A reason as it may be stored, the caller's; NULL and a sentence when it may not. */
const char *diary_reason(const char *why, struct err *err);

/* Who has the time of a slot, in words: ERR_CLASH. */
int diary_clash(const struct desk *desk, struct id clinician, struct id room,
		const struct busy *busy, struct err *err);

/* Slots about to open again: refused when their time is taken by now; in a run, opened, and where
 * it is taken told as an overlap: other nodes' rows do not decide about a slot. */
int slots_may_open(struct desk *desk, const struct slots *list, struct err *err);
void slots_open(struct txn *t, const struct slots *list);

/* The slots of a block, of one state. */
int slots_in_state(struct store *st, struct id block, enum slot_state state, struct slots *ret,
		   struct err *err);
/* The appointments standing in these blocks, masked, added to ret. */
int entries_in_blocks(struct desk *desk, const struct id_rows *blocks, struct entries *ret,
		      struct err *err);

#endif
