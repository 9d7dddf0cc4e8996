/*
 * referral_acts.h: the acts on referrals and what they share (private to the clinic).
 *
 *	new --agree--> awaiting_triage --decide--> to_book, triaged (papers first), closed (advice)
 *	 |  <--reply-- incomplete <--return--+--send-----> transferred
 *	 +--------------- decline, redirect, withdraw ---> ended
 */
#ifndef CLINIC_REFERRAL_ACTS_H
#define CLINIC_REFERRAL_ACTS_H

#include "clinic/act.h"
#include "clinic/forms.h"
#include "clinic/referral.h"
#include "model/filled.h"
#include "model/task.h"
#include "store/flags.h"
#include "store/referrals.h"
#include "store/txn.h"

extern const struct act act_referral_add, act_referral_comment, act_referral_reply,
	act_referral_agree, act_referral_withdraw, act_referral_attach, act_referral_answer,
	act_referral_back;
extern const struct act act_triage_decide, act_triage_query, act_triage_return, act_triage_send,
	act_triage_redirect, act_triage_decline, act_triage_escalate, act_triage_form;
extern const struct act act_reach, act_reach_back, act_to_book_end, act_to_book_back;

/* How a referral stands: what these acts change of it. */
struct ref_stand {
	const char *state;
	struct id site;
	struct date agreed;
	int64_t gp, pauses, urgency; /* urgency: one more than it is, for 0 is none */
	struct moment replied_at;
	struct id unfinished;
	struct moment
		since; /* of what it was: when it came into that state; none: not asked about */
};
struct ref_stands { /* one row */
	struct ref_stand *v;
	size_t n, cap;
};

/* The rows that a change adds. */
struct remark_rows {
	struct remark_row {
		struct id id;
		const char *kind, *words;
		bool clinical;
	} * v;
	size_t n, cap;
};
struct pause_rows {
	struct pause_row {
		struct id id;
		const char *kind, *asked;
	} * v;
	size_t n, cap;
};
struct decision_rows { /* one row */
	struct decision_row {
		struct id id, service, site, clinician;
		int64_t priority, suggested; /* suggested: one more than it is */
		const char *pathway, *skill, *mode, *suggested_pathway;
	} * v;
	size_t n, cap;
};
struct course_rows { /* one row: the episode that it opens */
	struct course_row {
		struct id service;
		int64_t priority;
		struct date received, target;
	} * v;
	size_t n, cap;
};
struct file_rows {
	struct file_row {
		struct id id;
		const char *name, *type, *hash; /* hash: in hexadecimal digits */
		int64_t bytes, node;
	} * v;
	size_t n, cap;
};

struct ref_change {
	struct id referral;
	struct ref_stands was, to;
	const char *what;
	const char *said; /* of a decision, for who finds two of them */
	struct remark_rows remarks;
	struct pause_rows pauses;
	struct id pause_ends;
	struct decision_rows decisions;
	struct course_rows courses;
	struct file_rows files;
	const char *episode; /* its episode becomes: closed, open, error */
	struct new_tasks tasks;
	struct filleds forms; /* its form filled in anew, in place of forms_off */
	struct new_flags flags;
	struct task_ids settled; /* done with it */
	/* taking one back */
	struct task_ids forms_on, reopened, remarks_off, pauses_off, decisions_off, files_off,
		forms_off, withdrawn;
	struct id pause_again;
	const void *ask; /* what check goes by, and not carried */
};
extern const struct fields ref_change_fields;

/* In a check: the referral as this user may see it, into `was`.  ERR_CLASH, naming who, unless it
 * may be moved on from its state (moves), ERR_DENIED unless this user may do so. */
int ref_begin(struct desk *desk, struct ref_change *c, bool moves, struct referral_row *ret,
	      struct err *err);
/* How it is to stand. */
void ref_end(struct ref_change *c, const struct referral *r);
/* A dated addition; words NULL: none.  -1 when they are refused. */
int ref_remark(struct desk *desk, struct ref_change *c, const char *kind, const char *words,
	       bool clinical, struct err *err);
/* Ends the pause that is open, if one is. */
int ref_go_on(struct desk *desk, struct ref_change *c, struct err *err);

/* The checks of the acts: each goes by what its own caller asks (referral_later.c, triage.c,
 * attach.c). */
int ref_comment_check(struct desk *desk, void *args, struct err *err);
int ref_reply_check(struct desk *desk, void *args, struct err *err);
int ref_agree_check(struct desk *desk, void *args, struct err *err);
int ref_withdraw_check(struct desk *desk, void *args, struct err *err);
int ref_attach_check(struct desk *desk, void *args, struct err *err);
int ref_answer_check(struct desk *desk, void *args, struct err *err);
int triage_form_check(struct desk *desk, void *args, struct err *err);
int triage_decide_check(struct desk *desk, void *args, struct err *err);
int triage_query_check(struct desk *desk, void *args, struct err *err);
int triage_return_check(struct desk *desk, void *args, struct err *err);
int triage_send_check(struct desk *desk, void *args, struct err *err);
int triage_redirect_check(struct desk *desk, void *args, struct err *err);
int triage_decline_check(struct desk *desk, void *args, struct err *err);
int triage_escalate_check(struct desk *desk, void *args, struct err *err);

/* In a check: may the employee have agreed on that day?  DATE_NONE: nobody asked. */
int referral_agreed_ok(struct desk *desk, struct date day, struct err *err);
/* In a check: opens the task of whoever completes what was begun and not finished; gives its id. */
struct id ref_unfinished(struct desk *desk, struct new_tasks *tasks, struct id person,
			 const struct service *s, struct moment due);
/* In a check: the rows of the flags that are asked for; then their alerts, and the tasks that are
 * asked for besides. */
int ref_flag_rows(const struct referral_ask *ask, struct new_flags *flags, struct err *err);
void ref_raise(struct desk *desk, const struct referral_ask *ask, struct id referral,
	       struct new_flags *flags, struct new_tasks *tasks);

/* What answers say of a referral, and what their rules ask for; those that `acted` before are left
 * out.  Completes `ask`, which borrows of the wishes. */
enum { FORM_WISHES = RULES_MOST, FLAG_WISH_WORDS = CLINICAL_TEXT / 4 };
struct form_wishes {
	struct flag_wish flags[FLAG_KIND_COUNT];
	/* Kept of the words of a flag fits, with its NUL, what a person may type. */
	char does[FLAG_KIND_COUNT][WORDS_TEXT], words[FLAG_KIND_COUNT][FLAG_WISH_WORDS];
	size_t nflags;
	struct task_wish tasks[FORM_WISHES];
	size_t ntasks;
	const char *close;
};
void ref_form_says(struct desk *desk, const struct referral_paper *by, uint64_t acted,
		   struct form_wishes *w, struct referral_ask *ask);

/* Answers that are kept, with the form in the words they were given to; both are the caller's to
 * end. */
struct answer_row;
int ref_worded(struct desk *desk, const struct answer_row *row, struct form_found *ret,
	       struct answers *ret_a, struct err *err);

int ref_change_run(struct txn *t, const void *args);
int ref_change_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err);
/* Does the act with what check is to go by. */
int ref_do(struct desk *desk, const struct act *act, struct id referral, const void *ask,
	   struct err *err);

/* May this user know of it? */
bool referral_open_to(const struct desk *desk, struct id service);
bool referral_seen(const struct desk *desk, const struct referral_row *r);
/* Whose days count. */
enum nation referral_nation(const struct desk *desk, struct id site);

#endif
