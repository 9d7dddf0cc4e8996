/*
 * form.h: a form as its file lays it down: pages of questions, scores and rules.
 *
 *	# forms/NAME.ini: free text in double quotes, lists with |, pairs with :
 *	[form]		id, version, kind (form, questionnaire), title, for (person, referral,
 *episode, appointment), service, roles, sensitive (clinical unless admin), signed_off [page.N]
 *title, say (read out), show; and type, options, required, which its short questions share: ask.X
 *(the words), show.X, help.X [field.N]	a longer question of the page above: label, type, options,
 *range, min, max, default, required, show, help [score.N]	of (questions), reverse (those that
 *count backwards), missing (refuse, or prorate:k), bands (0-4:none|5-9:mild ...) [rule.N]
 *when, flag (R red, K risk, S safeguarding), priority, do (actions), say
 *
 * The file calls it a form; here it is a paper, for the screens have forms of their own.  Whatever
 * is not understood refuses the whole file with its line: form_read() gives a paper that is right
 * in every part, or a sentence.  Nothing in it is drawn, stored or done here.
 *
 * Names are looked up once, when the file is read: a condition or a score holds the places of its
 * questions, and may look at what stands before it only, so nothing goes round in a circle.
 */
#ifndef FORM_FORM_H
#define FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/err.h"
#include "form/condition.h"

enum {
	PAGES_MOST = 40,
	ITEMS_MOST = 200,
	SCORES_MOST = 16,
	RULES_MOST = 64, /* as many as bits of a mask */
	OPTIONS_MOST = 36,
	FORM_FILE = 64 * 1024, /* bytes of a file */
};

/* X(name, code).  How each is typed and checked is a row in src/form/field.c. */
#define ITEM_TYPES(X)                                                                              \
	X(ITEM_TEXT, "text")                                                                       \
	X(ITEM_LINES, "lines")                                                                     \
	X(ITEM_INT, "int")                                                                         \
	X(ITEM_SCALE, "scale")                                                                     \
	X(ITEM_DATE, "date")                                                                       \
	X(ITEM_TIME, "time")                                                                       \
	X(ITEM_PHONE, "phone")                                                                     \
	X(ITEM_EMAIL, "email")                                                                     \
	X(ITEM_NHSNO, "nhsno")                                                                     \
	X(ITEM_YN, "yn")                                                                           \
	X(ITEM_YNU, "ynu")                                                                         \
	X(ITEM_CHOICE, "choice")                                                                   \
	X(ITEM_MULTI, "multi")                                                                     \
	X(ITEM_PERSON, "person")                                                                   \
	X(ITEM_SITE, "site")                                                                       \
	X(ITEM_CLINICIAN, "clinician")                                                             \
	X(ITEM_INFO, "info")

enum item_type {
#define X(name, code) name,
	ITEM_TYPES(X)
#undef X
		ITEM_TYPE_COUNT
};
const char *item_type_code(enum item_type type);

/* The key is the letter or digit that is typed.  A date, a time, a number of a person may have
 * options too: "u:not known". */
struct item_key {
	char key;
	char *label;
};

/* The least or the last day of a date: so many days from today, or one day of the calendar. */
struct bound {
	bool set, from_today;
	int days;
	struct date day;
};

struct item {
	char *name, *label;
	char *help, *fallback; /* NULL: none.  fallback: person.phone, today ... (default) */
	enum item_type type;
	bool required;
	int page;
	struct {
		struct item_key *v;
		size_t n, cap;
	} options; /* yn and ynu have theirs */
	bool ranged;
	int least, most;       /* of int and scale */
	struct bound from, to; /* of a date: min and max */
	struct condition show; /* of its own; that of its page counts besides */
	bool page_show;	       /* whether there is one of the page */
};

struct page {
	char *name, *title;
	char *say; /* read out; NULL: nothing */
	struct condition show;
	int step;     /* from 1; pages in a row with one title are one step */
	int first, n; /* its questions */
};

struct band {
	int least, most;
	char *label;
};

struct score {
	char *name;
	struct {
		int *v;
		size_t n, cap;
	} of;				       /* questions */
	uint64_t back[(ITEMS_MOST + 63) / 64]; /* those of them that count backwards */
	int spare; /* so many may be missing, and the rest is scaled up */
	int least, most;
	struct {
		struct band *v;
		size_t n, cap;
	} bands;
};

/* X(name, word, what follows the colon) */
#define FORM_ACTIONS(X)                                                                            \
	X(DO_STOP_BOOKING, "stop_booking", NULL)                                                   \
	X(DO_BOOK, "book", "SERVICE_new or SERVICE_fu")                                            \
	X(DO_TASK, "task", "ROLE:now or ROLE:today")                                               \
	X(DO_CARD, "card", "the name of a card")                                                   \
	X(DO_CLOSE, "close", "a reason")                                                           \
	X(DO_NO_LAST_SLOT, "no_last_slot", NULL)                                                   \
	X(DO_RING_ON_DNA, "ring_on_dna", NULL)                                                     \
	X(DO_HOLD_OPEN, "hold_open", NULL)
enum form_action {
#define X(name, word, more) name,
	FORM_ACTIONS(X)
#undef X
		FORM_ACTION_COUNT
};

struct rule_do {
	enum form_action action;
	char *text; /* as written: task:nurse:now */
	char *of;   /* nurse; physio_new; a card's or a reason's name; NULL: nothing */
	bool now;   /* a task's: not just today */
};

struct rule {
	char *name;
	struct condition when;
	bool otherwise; /* when nothing is missing and no other rule holds */
	char flag;	/* R K S; 0: none */
	int priority;	/* 0 to 3; -1: none */
	char *say;	/* to the caller; NULL: nothing */
	struct {
		struct rule_do *v;
		size_t n, cap;
	} deeds;
};

enum form_kind { FORM_FORM, FORM_QUESTIONNAIRE };
enum form_for { FOR_PERSON, FOR_REFERRAL, FOR_EPISODE, FOR_APPOINTMENT };

struct paper {
	char *id, *title;
	int version;
	enum form_kind kind;
	enum form_for about;
	char *service;	  /* a code in small letters; NULL: any */
	char *roles;	  /* reception|clinician.physio; NULL: anybody */
	bool clinical;	  /* its answers are for roles that may read clinical text */
	char *signed_off; /* who and until when; form_signed_by() */
	struct {
		struct page *v;
		size_t n, cap;
	} pages;
	struct {
		struct item *v;
		size_t n, cap;
	} items;
	struct {
		struct score *v;
		size_t n, cap;
	} scores;
	struct {
		struct rule *v;
		size_t n, cap;
	} rules;
	int steps;
};

/* Reads the n bytes of a file.  ERR_INPUT: "PATH, line N: why."  form_end() frees what it holds. */
int form_read(const char *path, const char *text, size_t n, struct paper *ret, struct err *err);
void form_end(struct paper *paper);

/*
 * Whose the clinical wording is.  signed_off says who and until when, in their own words; a file
 * without it, or whose line begins with these, is signed off by nobody yet: form_signed_by() then
 * gives words that begin with them.
 */
#define FORM_UNSIGNED "not yet signed off"
bool form_signed(const struct paper *paper);
const char *form_signed_by(const struct paper *paper);

const char *form_kind_code(enum form_kind kind);
const char *form_for_code(enum form_for about);

/* The place of a question by its name; -1: there is none. */
int form_item(const struct paper *paper, const char *name);
const struct item_key *item_option(const struct item *q, char key);
/* A choice whose keys are all digits counts: the number of a key. */
bool item_counts(const struct item *q);

/* Why a referral may be closed by a rule, and the cards that one may show: what a desk does at
 * once, in words that hold at every site. */
struct card {
	const char *name, *title;
	const char *lines[8]; /* ended by NULL */
};
const struct card *card_find(const char *name);
bool close_reason_known(const char *code);

#endif
