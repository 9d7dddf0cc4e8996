/*
 * referral.h: referrals: taken in, added to, triaged, and the lists that they stand on.
 *
 * WHO SEES WHICH.  One of a private service, asked for or chosen, is not there for who may not see
 * the service: not listed, not counted, not found.  Its clinical words are for nurses, clinicians
 * and counsellors who see the service; what the program itself says of it, in history, tasks and
 * refusals, is fit for everybody.
 *
 * A referral leaves a list only by something that somebody did.  Two who decide one at once, out of
 * touch, both find both decisions on the list of clashes; the first in the log stands.
 */
#ifndef CLINIC_REFERRAL_H
#define CLINIC_REFERRAL_H

#include "clinic/desk.h"
#include "clinic/flag.h"
#include "clinic/trail.h"
#include "model/referral.h"
#include "model/service.h"

/* ---- reading ---- */

/* By its number or id, as people write it; ERR_MISSING also for one that this user may not see. */
int referral_named(struct desk *desk, const char *text, struct id *ret, struct err *err);
/* One by itself: its clinical words emptied for who may not read them, its open flags and clock. */
int referral_one(struct desk *desk, struct id id, struct referral_row *ret, struct err *err);
/* What else was said, without the clinical words for who may not read them; and what is kept. */
int referral_remarks(struct desk *desk, struct id id, struct remarks *ret, struct err *err);
int referral_attachments(struct desk *desk, struct id id, struct attachments *ret, struct err *err);
int referral_decision(struct desk *desk, struct id id, struct decision *ret, struct err *err);
/* What its customer was promised on the day it came. */
int referral_contract(struct desk *desk, const struct referral *r, struct contract *ret,
		      struct err *err);
/* What its contract says of those beyond it, as whoever books or decides is told; "" when it is
 * not, or no referral at all. */
enum { OVER_TEXT = 200 };
int referral_over(struct desk *desk, struct id id, char ret[OVER_TEXT], struct err *err);
int referral_moves(struct desk *desk, struct id id, struct ref_moves *ret, struct err *err);
int referral_history(struct desk *desk, struct id id, struct trail *ret, struct err *err);

/* The triage inbox, in the order in which it is to be worked: open flags, what was replied to, over
 * time, what was asked so long ago that it is to be chased today, least time left, and behind them
 * what waits for an answer.  Rows are read as they are shown: referral_one(). */
enum { CHASE_DAYS = 5 }; /* working days */
struct inbox_item {
	struct id id;
	int rank;    /* of the order above */
	int64_t key; /* within it: less is first */
	int asked;   /* working days since something was asked; -1: nothing is */
	struct clock clock;
	bool flagged;
	bool chase; /* for CHASE_DAYS or longer */
};
struct inbox {
	struct inbox_item *v;
	size_t n, cap;
	int today, over, flagged, asked, chase; /* what the head line counts */
};
struct inbox_filter {
	struct id service, site; /* none: all */
	bool over, returned; /* only what is over time; what went back to who sent it, instead */
	const char *name;    /* whose surname starts so; NULL: everybody */
};
int referral_inbox(struct desk *desk, const struct inbox_filter *filter, struct inbox *ret,
		   struct err *err);

/* A person's; those in a state that is shown, the newest first: of those that were seen or have
 * ended, found among the newest REFERRALS_MOST. */
int referrals_about(struct desk *desk, struct id person, struct referral_rows *ret,
		    struct err *err);
enum { REFERRALS_MOST = 500 };
/* Those that one of a customer's contacts sent, the newest first, and behind them those of whom
 * they stand in for: FROM_MOST. */
enum { FROM_MOST = 50 };
struct customer_contact;
int referrals_sent_by(struct desk *desk, const struct customer_contact *who,
		      struct referral_rows *ret, struct err *err);
int referrals_listed(struct desk *desk, enum referral_state state, struct referral_rows *ret,
		     struct err *err);

/* ---- taking one in ---- */

/* What a form's rule asks for besides: an alert for a role, a role.discipline or a right. */
struct task_wish {
	const char *role;
	bool now; /* else by the end of the day */
};
struct flag_wish {
	enum flag_kind kind;
	const char *role;	  /* whose alert it is; NULL: as usual */
	const char *does, *words; /* may be NULL */
};
struct referral_ask {
	struct id person, service;
	struct id site;	    /* none: this desk's */
	struct id referrer; /* of the customer's contacts; none: not known */
	enum referral_type type;
	enum referral_source source;
	const char *reasons;	/* of REFERRAL_REASONS; may be NULL */
	const char *words;	/* clinical; may be NULL */
	int urgency;		/* -1: none asked for */
	struct moment received; /* none: now */
	struct date agreed;	/* DATE_NONE: not yet; without it the referral stays new */
	enum gp_consent gp;
	bool anew; /* although one for the same reason is open */
	const struct flag_wish *flags;
	size_t nflags;
	const struct task_wish *tasks;
	size_t ntasks;
	const char *close; /* a form's reason to end it at once; NULL: none */
	bool portal; /* a file of a folder: nobody sits here who would have to see the service */
	struct moment unfinished; /* when a nurse takes up what its form lacks; none: it is whole */
	const struct referral_paper *by; /* the form it came on, kept with it; NULL: none */
};
int referral_add(struct desk *desk, const struct referral_ask *ask, struct id *ret,
		 struct err *err);

/* When a paper came, as it is typed: "-1d 16.00", "wed 9"; a time alone is today's, a day alone its
 * morning.  Nothing that is still to come, and nothing older than a year. */
int referral_came(struct desk *desk, const char *typed, struct moment *ret, struct err *err);

/* By a form: its answers as a file has them (form/answers.h), and what its rules do. */
struct form_found;
struct answers;
struct judged;
struct paper;
struct referral_paper {
	const struct form_found *found;
	const struct answers *answers;
	const struct judged *judged;
};
struct form_ask {
	const char *form, *path, *text; /* path: for what is refused */
	size_t n;
	struct id person, service, site, referrer; /* service: none: the form's own */
	struct moment received;
	bool typed, anew, portal; /* typed: `type` was said */
	enum referral_type type;
};
int referral_by_form(struct desk *desk, const struct form_ask *ask, struct id *ret,
		     struct err *err);

/* The same while somebody is on the telephone, answer by answer.  What is not whole is kept for a
 * nurse to complete: from `due` on, a task says so. */
struct intake_form_ask {
	struct referral_paper by;
	struct id person, service, site, referrer; /* service: none: the form's own */
	struct moment received, due;
	bool anew;
};
int referral_take(struct desk *desk, const struct intake_form_ask *ask, struct id *ret,
		  struct err *err);
/* More of its answers, or others, in place of those it has: rules that did not act before act. */
int referral_answer(struct desk *desk, struct id id, const struct referral_paper *by,
		    struct err *err);
/* Where its form lets it be booked at once, it is accepted by that: *ret says whether. */
int referral_by_its_form(struct desk *desk, struct id id, bool *ret, struct err *err);
/* Does that form let it be booked, by what is answered? */
bool form_books(const struct paper *paper, const struct judged *j);

/* ERR_DENIED unless this user may fill the form in. */
int form_filled_by(struct desk *desk, const struct paper *paper, struct err *err);
enum referral_type referral_type_of_form(const char *form);

/* What was answered on its form as it was written then, to go on with it: for who may read it, and
 * for whoever typed it, while it is not whole.  ERR_MISSING: it came on none. */
int referral_form(struct desk *desk, struct id id, struct form_found *ret, struct answers *ret_a,
		  struct err *err);

/* The open one of a person and service that was received within three months; id none: none. */
int referral_same(struct desk *desk, struct id person, struct id service, struct referral *ret,
		  struct err *err);

/* What was answered on its form, question by question; nothing for who may not read it. */
struct said_row {
	char page[80], label[240], said[400];
	char flag;  /* R K S: the answer raises it; 0 */
	bool lines; /* free text: their own words */
};
struct said_rows {
	struct said_row *v;
	size_t n, cap;
};
int referral_answers(struct desk *desk, struct id id, struct said_rows *ret, struct err *err);

/* A folder of them (referral_import.c draws a file): each is moved to done/ or, with the reason
 * beside it, to rejected/.  said: NULL, or why it was refused or passed over. */
typedef void referral_taken(void *ctx, const char *file, struct id referral, const char *said,
			    bool refused);
int referral_import(struct desk *desk, const char *dir, referral_taken *each, void *ctx,
		    struct err *err);

/* ---- adding to one ---- */

/* A dated addition; clinical unless it is fit for reception. */
int referral_comment(struct desk *desk, struct id id, const char *words, bool clinical,
		     struct err *err);
/* What was asked for came: the clock runs again, and the row is on top.  words may be NULL. */
int referral_reply(struct desk *desk, struct id id, const char *words, bool clinical,
		   struct err *err);
/* The employee agrees to it, since a day. */
int referral_agree(struct desk *desk, struct id id, struct date day, enum gp_consent gp,
		   struct err *err);
int referral_withdraw(struct desk *desk, struct id id, const char *words, struct err *err);

/* A file, read from `path`: kept beside the database by its hash; at most so many bytes. */
enum { ATTACHMENT_MOST = 10 * 1024 * 1024 };
int referral_attach(struct desk *desk, struct id id, const char *path, struct id *ret,
		    struct err *err);
/* Whose database keeps it: "" this one, else the node's name. */
const char *referral_kept_at(struct desk *desk, const struct attachment *a, char ret[NAME_TEXT]);
/* Where it lies; ERR_MISSING, naming the place, when another node keeps it. */
int referral_file(struct desk *desk, const struct attachment *a, char **ret_path, struct err *err);

/* ---- triage ---- */

struct decide_ask {
	int priority;
	enum pathway pathway;
	struct id service;	   /* none: the one asked for */
	struct id site, clinician; /* none: any */
	const char *skill;	   /* of whom it needs, when no clinician is named; may be NULL */
	enum mode mode;		   /* 0: the service's usual */
	const char *papers;	   /* whom papers are asked of before it is booked; NULL: none */
	const char *note;	   /* clinical; may be NULL */
	const char *why_no_call;   /* of the lead, over a flag that nobody was rung about */
	int suggested;		   /* the form's; -1: what came with the referral */
	const char *suggested_pathway;
};
int triage_decide(struct desk *desk, struct id id, const struct decide_ask *ask, struct err *err);
/* Asks for something: the clock stands still until the reply.  whom: manager, employee, gp ...
 * Asked again only after CHASE_DAYS without one. */
int triage_query(struct desk *desk, struct id id, const char *whom, const char *words,
		 struct err *err);
/* Back to who sent it, who may complete it. */
int triage_return(struct desk *desk, struct id id, const char *words, struct err *err);
/* To another site's list. */
int triage_send(struct desk *desk, struct id id, struct id site, const char *why_no_call,
		struct err *err);
/* Out of the service: gp, ae, helpline. */
int triage_redirect(struct desk *desk, struct id id, const char *to, const char *words,
		    struct err *err);
int triage_decline(struct desk *desk, struct id id, const char *words, struct err *err);
/* Whoever is on duty is told at once. */
int triage_escalate(struct desk *desk, struct id id, const char *words, struct err *err);

/* ---- who is to be booked ---- */

/* Of one service (none: all that may be seen): whose day is nearest first.  Rows are read as they
 * are shown: to_book_one(). */
enum { TO_BOOK_MOST = 500 };
int to_book(struct desk *desk, struct id service, struct to_book_items *ret, struct err *err);
int to_book_one(struct desk *desk, struct id episode, struct to_book_row *ret, struct err *err);
/* Working days of the desk's nation to the day to be seen by; of CLOCK_NONE without one. */
struct clock seen_clock(const struct desk *desk, struct date target);

/* X(name, code, words): how somebody who is to be booked was tried. */
#define REACHES(X)                                                                                 \
	X(REACH_NO_ANSWER, "no_answer", "no answer")                                               \
	X(REACH_TEXT, "text", "texted")                                                            \
	X(REACH_LETTER, "letter", "letter sent")
enum reach_how {
#define X(name, code, words) name,
	REACHES(X)
#undef X
		REACH_COUNT
};
bool reach_parse(const char *code, enum reach_how *ret);
/* After the contract's tries the nurse is to decide, and who referred is to be told. */
struct reached {
	int nth;
	struct moment next;
	bool last;
};
int to_book_tried(struct desk *desk, struct id episode, enum reach_how how, struct reached *ret,
		  struct err *err);
/* They will not be booked: their course of care ends, as a nurse or clinician decides. */
int to_book_end(struct desk *desk, struct id episode, enum end_reason reason, struct err *err);

#endif
