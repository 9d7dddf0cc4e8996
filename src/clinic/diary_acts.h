/* diary_acts.h: the acts on diaries (private to the clinic). */
#ifndef CLINIC_DIARY_ACTS_H
#define CLINIC_DIARY_ACTS_H

#include "clinic/act.h"
#include "clinic/holder.h"
#include "clinic/publish.h"
#include "store/diaries.h"
#include "store/slots.h"

/* template.c */
extern const struct act act_template_add, act_template_off, act_template_end, act_template_reopen;
/* publish.c */
extern const struct act act_publish, act_withdraw;
/* leave.c, block.c */
extern const struct act act_leave, act_leave_end;
extern const struct act act_block, act_unblock;
/* hit.c */
extern const struct act act_rebook, act_rebook_over;

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

/* Who is booked into a stretch of time that closes, each a task for who books there; and when it
 * opens again, those of them that nobody needs any more.  What an act entails (act.also). */
struct stretch {
	struct id clinician;
	struct moment from, to;
	const char *what;  /* "on leave": in the words of the task */
	const char *type;  /* what the history speaks of: "leave" or "slot" ... */
	struct id subject; /* ... and which; none: nothing that stood before */
};
int hit_closed(struct desk *desk, const struct stretch *s, struct err *err);
int hit_opened(struct desk *desk, const struct stretch *s, struct err *err);
/* The same of whoever owns one of these slots. */
int hit_slots(struct desk *desk, const struct stretch *s, const struct slot_list *slots,
	      bool opened, struct err *err);
/* Who was told of a booking that came to nothing is to be rung, by the desk of whoever booked. */
int hit_lost(struct desk *desk, struct id appt, struct err *err);

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
