/*
 * referral.h: referrals: their states, types, reasons and priorities, flags, and what hangs on
 * them.
 *
 * A referral's own state goes as far as the nurse's decision.  Accepted, it opens the episode of
 * the same id, and from there its appointments say how far it is: referral_state_shown().
 */
#ifndef MODEL_REFERRAL_H
#define MODEL_REFERRAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/args.h"
#include "base/day.h"
#include "base/id.h"
#include "model/after.h"
#include "model/calendar.h"
#include "model/clock.h"
#include "model/user.h"

/* Which work-list shows it. */
enum work_list {
	LIST_NONE,     /* it has ended */
	LIST_INBOX,    /* to be triaged */
	LIST_RETURNED, /* went back to who sent it: waits for them */
	LIST_TO_BOOK,
	LIST_DIARY,  /* booked: in a clinician's diary */
	LIST_FINISH, /* seen: its clinician's to finish */
	LIST_LETTERS,
	LIST_TASKS, /* a review that is due */
};

#define TRIAGE_ROLES (ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR)

/*
 * X(name, code as stored and typed, word on the screens, roles that may move it on, its list).
 * Those from REF_BOOKED to REF_DNA_CLOSED are never stored: appointments, letters and the episode
 * say so, except for `closed`, of a referral that was answered without an appointment.
 */
#define REFERRAL_STATES(X)                                                                         \
	X(REF_NEW, "new", "new", ROLE_DESK, LIST_INBOX)                                            \
	X(REF_INCOMPLETE, "incomplete", "returned", ROLE_DESK, LIST_RETURNED)                      \
	X(REF_AWAITING, "awaiting_triage", "to triage", TRIAGE_ROLES, LIST_INBOX)                  \
	X(REF_TRANSFERRED, "transferred", "sent on", TRIAGE_ROLES, LIST_INBOX)                     \
	X(REF_TRIAGED, "triaged", "papers first", ROLE_DESK, LIST_TO_BOOK)                         \
	X(REF_TO_BOOK, "to_book", "to book", ROLE_DESK, LIST_TO_BOOK)                              \
	X(REF_BOOKED, "booked", "booked", ROLE_DESK, LIST_DIARY)                                   \
	X(REF_ATTENDED, "attended", "attended", TRIAGE_ROLES, LIST_FINISH)                         \
	X(REF_DRAFT, "report_draft", "report draft", TRIAGE_ROLES, LIST_LETTERS)                   \
	X(REF_SHOWN, "shown", "shown to employee", TRIAGE_ROLES, LIST_LETTERS)                     \
	X(REF_RELEASED, "released", "report released", TRIAGE_ROLES, LIST_LETTERS)                 \
	X(REF_REVIEW_DUE, "review_due", "review due", TRIAGE_ROLES, LIST_TASKS)                    \
	X(REF_CLOSED, "closed", "closed", 0, LIST_NONE)                                            \
	X(REF_DNA_CLOSED, "dna_closed", "closed, did not attend", 0, LIST_NONE)                    \
	X(REF_DECLINED, "declined", "declined", 0, LIST_NONE)                                      \
	X(REF_WITHDRAWN, "consent_withdrawn", "consent withdrawn", 0, LIST_NONE)                   \
	X(REF_REDIRECTED, "redirected", "redirected", 0, LIST_NONE)                                \
	X(REF_ERROR, "error", "entered in error", 0, LIST_NONE)

enum referral_state {
#define X(name, code, word, roles, list) name,
	REFERRAL_STATES(X)
#undef X
		REF_STATES
};
const char *referral_state_code(enum referral_state s);
const char *referral_state_word(enum referral_state s);
unsigned referral_movers(enum referral_state s);
enum work_list referral_list_of(enum referral_state s);
bool referral_state_parse(const char *code, enum referral_state *ret);

/* X(name, code, words) */
#define REFERRAL_TYPES(X)                                                                          \
	X(REF_MGT, "MGT", "management referral")                                                   \
	X(REF_SELF, "SELF", "self-referral")                                                       \
	X(REF_WHA, "WHA", "work health assessment")                                                \
	X(REF_IMM, "IMM", "immunisation and screening")                                            \
	X(REF_BBV, "BBV", "body-fluid exposure")                                                   \
	X(REF_HS, "HS", "health surveillance")                                                     \
	X(REF_REV, "REV", "review")                                                                \
	X(REF_IHR, "IHR", "ill-health retirement")                                                 \
	X(REF_NW, "NW", "night worker assessment")                                                 \
	X(REF_DRV, "DRV", "driver assessment")                                                     \
	X(REF_TRV, "TRV", "travel assessment")                                                     \
	X(REF_SME, "SME", "external customer")
enum referral_type {
#define X(name, code, words) name,
	REFERRAL_TYPES(X)
#undef X
		REF_TYPES
};
const char *referral_type_code(enum referral_type t);
const char *referral_type_words(enum referral_type t);
bool referral_type_parse(const char *code, enum referral_type *ret); /* in any case */

/* Who sent it: X(name, code, as a column of four shows it). */
#define REFERRAL_SOURCES(X)                                                                        \
	X(FROM_SELF, "self", "self")                                                               \
	X(FROM_MANAGER, "manager", "mgr")                                                          \
	X(FROM_HR, "hr", "HR")                                                                     \
	X(FROM_GP, "gp", "GP")                                                                     \
	X(FROM_RECRUITMENT, "recruitment", "recr")                                                 \
	X(FROM_OH, "oh", "OH")
enum referral_source {
#define X(name, code, brief) name,
	REFERRAL_SOURCES(X)
#undef X
		REF_SOURCES
};
const char *referral_source_code(enum referral_source s);
const char *referral_source_brief(enum referral_source s);
bool referral_source_parse(const char *code, enum referral_source *ret);
/* Who usually starts one of this type. */
enum referral_source referral_source_of(enum referral_type t);

/* Why: words of one line. */
#define REFERRAL_REASONS                                                                           \
	"long_absence short_absences performance work_related return_to_work adjustments injury"   \
	" substance redeployment ill_health_retirement stress msk"

/* P0 emergency, P1 urgent, P2 soon, P3 routine: the national code (1 routine, 2 urgent), where
 * Wales folds soon into urgent. */
enum { PRIORITIES = 4 };
extern const char *const priority_word[PRIORITIES];
const char *priority_national(int priority, enum nation nation);

/* Where a decision sends it: X(name, code, words).  All but `advice` open the episode. */
#define PATHWAYS(X)                                                                                \
	X(PATH_BOOK, "book", "an appointment")                                                     \
	X(PATH_ED, "ed", "the emergency department, and an appointment after it")                  \
	X(PATH_ADVICE, "advice", "advice only, no appointment")
enum pathway {
#define X(name, code, words) name,
	PATHWAYS(X)
#undef X
		PATHWAY_COUNT
};
const char *pathway_code(enum pathway p);
bool pathway_parse(const char *code, enum pathway *ret);

/* Out of the service: X(name, code, words). */
#define REDIRECTS(X)                                                                               \
	X(TO_GP, "gp", "their GP")                                                                 \
	X(TO_AE, "ae", "A and E")                                                                  \
	X(TO_HELPLINE, "helpline", "a helpline")
const char *redirect_words(const char *code); /* NULL: no such place */

/* ---- flags ---- */

/* X(name, letter, words for everybody who sees the service). */
#define FLAG_KINDS(X)                                                                              \
	X(FLAG_RED, 'R', "red flag")                                                               \
	X(FLAG_RISK, 'K', "risk flag")                                                             \
	X(FLAG_SAFEGUARDING, 'S', "safeguarding flag")
enum flag_kind {
#define X(name, letter, words) name,
	FLAG_KINDS(X)
#undef X
		FLAG_KIND_COUNT
};
char flag_letter(enum flag_kind k);
const char *flag_words(enum flag_kind k);
bool flag_parse(const char *letter, enum flag_kind *ret); /* in any case */

/* What one does while it is open, as words: a form's rules say so.  A red flag always stops
 * booking. */
#define FLAG_STOPS    "stop_booking"
#define FLAG_NOT_LAST "no_last_slot" /* never the last time of a clinician's day */
#define FLAG_RINGS    "ring_on_dna"  /* who does not come is rung the same day */
#define FLAG_PLAN     "hold_open"    /* not cleared without a safety plan */
#define FLAG_DOES     FLAG_STOPS " " FLAG_NOT_LAST " " FLAG_RINGS " " FLAG_PLAN

enum { CLINICAL_TEXT = 2000 }; /* bytes of clinical words, with the NUL */

struct flag {
	struct id id, person, service, referral;
	char scope[CODE_TEXT];
	enum flag_kind kind;
	char does[WORDS_TEXT];	   /* of FLAG_DOES */
	char words[CLINICAL_TEXT]; /* clinical; emptied for who may not read it */
	struct moment raised_at;
	struct id raised_by, task;
	bool spoke;
	struct moment next_at; /* when to ring again; none: now, or they were spoken to */
	struct moment cleared_at;
	struct id cleared_by;
	char why[CLINICAL_TEXT]; /* clinical */
	char state[CODE_TEXT];	 /* open cleared off */
};
struct flags {
	struct flag *v;
	size_t n, cap;
};

/* A flag that a command is to raise: a row of its arguments. */
struct new_flag {
	struct id id, person, service, referral, task;
	const char *kind, *does, *words;
};
struct new_flags {
	struct new_flag *v;
	size_t n, cap;
};
extern const struct fields new_flag_fields;
bool flag_does(const struct flag *f, const char *word);

/* ---- contracts ---- */

/* What a customer is promised: working days, 0 none. */
struct contract {
	struct id id, service, customer;
	struct date from;
	int triage, offer, seen, report;
	int tries, cap;
	char rule[NAME_TEXT];
	/* Of a course of sessions (clinic/cap.h). */
	int sessions; /* -1: as many as the service's cap */
	int notice;   /* hours */
	bool late_counts, missed_counts;
	int review;
	/* Of rapid access, for an external customer: in a hundred of a week's times, and from how
	 * many hours before each. */
	int rap_share, rap_hours;
	bool dna_notice; /* they want to hear of who did not attend */
};
/* Where no contract says otherwise. */
enum { USUAL_TRIAGE = 2, USUAL_REPORT = 2, USUAL_TRIES = 3, USUAL_NOTICE = 24 };

/* ---- the referral ---- */

enum gp_consent { GP_NOT_ASKED, GP_YES, GP_NO };

struct referral {
	struct id id;
	char scope[CODE_TEXT], number[CODE_TEXT];
	struct id person, service, customer, contract, site, referrer;
	enum referral_type type;
	enum referral_source source;
	char reasons[WORDS_TEXT];
	int urgency;		   /* -1: nobody asked for one */
	char words[CLINICAL_TEXT]; /* clinical; emptied for who may not read it */
	struct moment received;
	struct date agreed; /* DATE_NONE: not yet */
	enum gp_consent gp;
	int triage, offer, seen, report;
	bool over; /* beyond the contract */
	enum referral_state state;
	struct moment state_at, replied_at;
	int pauses;
	struct id unfinished; /* the task of whoever completes its form; none: it is whole */
};

/* How its episode stands, as far as the state that is shown depends on it. */
struct ref_course {
	bool there, open;
	enum end_reason reason;
	struct id service, customer;
	int priority;
	struct date target, review;
	int coming, seen, unfinished;	   /* appointments */
	struct moment first_offer;	   /* when a time was first put to them */
	struct date first_seen, last_seen; /* DATE_NONE: not yet */
};
enum referral_state referral_state_shown(enum referral_state stored, const struct ref_course *c);

/* A referral as lists show it. */
struct referral_row {
	struct referral r;
	struct ref_course course;
	enum referral_state shown;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	struct date born;
	char flags[FLAG_KIND_COUNT + 1]; /* letters of those that are open */
	struct clock clock;
};
struct referral_rows {
	struct referral_row *v;
	size_t n, cap;
};

/* One change of its state. */
struct ref_move {
	enum referral_state to;
	struct moment at;
	char user[CODE_TEXT];
};
struct ref_moves {
	struct ref_move *v;
	size_t n, cap;
};

struct remark {
	struct id id;
	struct moment at;
	char user[CODE_TEXT], kind[CODE_TEXT];
	bool clinical;
	char words[CLINICAL_TEXT];
};
struct remarks {
	struct remark *v;
	size_t n, cap;
};

struct attachment {
	struct id id;
	struct moment at;
	char user[CODE_TEXT], name[NAME_TEXT], type[CODE_TEXT];
	int64_t bytes;
	unsigned char hash[32];
	int node;
};
struct attachments {
	struct attachment *v;
	size_t n, cap;
};

struct decision {
	struct id id;
	struct moment at;
	char user[CODE_TEXT];
	int priority;
	enum pathway pathway;
	struct id service, site, clinician;
	char skill[CODE_TEXT], mode[CODE_TEXT];
	int suggested_priority; /* -1: none */
	char suggested_pathway[CODE_TEXT];
};

/* A call about a flag; its result is that of a call, or one of these: no call to them. */
#define FLAG_TOLD    "told"  /* whoever is on duty was told, by the desk; words: who */
#define FLAG_TAKEN   "taken" /* somebody clinical has seen it, and looks after it now */
#define FLAG_PLANNED "plan"  /* the safety plan that was made; words: the plan */
struct flag_call {
	struct id id, flag;
	struct moment at;
	char user[CODE_TEXT];
	enum try_result result; /* of a call to them */
	const char *other;	/* FLAG_TOLD, FLAG_TAKEN, FLAG_PLANNED; NULL: a call to them */
	bool ed;		/* sent to the emergency department */
	struct moment next_at;
	char words[CLINICAL_TEXT];
};
struct flag_calls {
	struct flag_call *v;
	size_t n, cap;
};

/* Who is to be booked: an open episode that is on no other list. */
struct to_book_row {
	struct id episode, person, service, customer;
	char number[CODE_TEXT];
	bool referred; /* a referral opened it */
	int priority;
	struct date received, target;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	struct date born;
	int tries; /* to reach them, since they were last booked */
	struct moment tried_at, next_at;
	char how[CODE_TEXT]; /* the last try */
};
/* As little of each as orders the list. */
struct to_book_item {
	struct id episode;
	int priority;
	struct date target;
};
struct to_book_items {
	struct to_book_item *v;
	size_t n, cap;
};

#endif
