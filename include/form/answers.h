/*
 * answers.h: what was answered, and what follows from it.
 *
 * Answers are kept as the form's type writes them: a key, several keys joined by |, 2026-03-12,
 * 09:42, bare digits, clean text.  form_judge() is asked after every answer; it draws, stores and
 * does nothing.
 */
#ifndef FORM_ANSWERS_H
#define FORM_ANSWERS_H

#include "base/alloc.h"
#include "form/form.h"

struct answers {
	char *v[ITEMS_MOST]; /* by the place of the question; NULL: none */
	uint64_t acted;	     /* rules that held once: each acts once */
};
void answers_end(struct answers *a);

/* Types what a person typed into question q: ERR_INPUT, err->field its name.  NULL and "" take the
 * answer back.  Dates are read as the screens read them, from `today`. */
int answer_set(const struct paper *paper, struct answers *a, int q, const char *typed,
	       struct date today, struct err *err);

/* An answer as people read it: "low back", "Thu 26-Feb-2026", "6 of 10"; "" for none. */
enum { ANSWER_TEXT = 400 };
char *answer_show(const struct item *q, const char *value, char buf[ANSWER_TEXT]);

/* A file of answers: one section [answers], a line `name = value` for each; the value of a choice
 * is its key, of several their keys joined by |, of lines each line joined by |.  As strict as a
 * form's file. */
int answers_read(const struct paper *paper, const char *path, const char *text, size_t n,
		 struct date today, struct answers *ret, struct err *err);

/* As they are stored: {"where":"b","since":"2026-02-26"} in the form's order.  j: those alone that
 * are shown; NULL: all, also what is hidden just now.  Reading takes what writing gave, of the same
 * version of the form; names that it does not have are passed over. */
struct judged;
void answers_write(const struct paper *paper, const struct answers *a, const struct judged *j,
		   struct buf *ret);
int answers_take(const struct paper *paper, const char *json, struct answers *ret, struct err *err);

/* ---- what follows ---- */

struct judged {
	bool shown[ITEMS_MOST]; /* asked, as things stand */
	bool page_shown[PAGES_MOST];
	int missing;	   /* how many that are shown and required have no answer */
	int first_missing; /* the first of them; -1: none */
	struct {
		bool known; /* enough was answered */
		int value;
		const char *band; /* the form's own */
	} scores[SCORES_MOST];
	uint64_t holds;		      /* rules that hold by what is answered now */
	uint64_t fresh;		      /* of these, those that have not acted yet */
	uint64_t counts;	      /* those that hold, and those with a flag that ever held */
	bool red, risk, safeguarding; /* flags of those that count */
	int priority;		      /* the lowest of those that count; -1: none */
};
void form_judge(const struct paper *paper, const struct answers *a, struct judged *ret);

/* The flags that the rules raise, one of each kind, as whoever is told of them reads it: which
 * answers, in the form's own words, and what holds while it is open.  Gives how many, R K S. */
struct raised {
	char flag;
	bool stop_booking, no_last_slot, ring_on_dna, hold_open;
	char words[1600]; /* clinical, whatever the form is: "Both legs? unsure; ..." */
};
int form_raised(const struct paper *paper, const struct answers *a, const struct judged *j,
		struct raised ret[3]);

/* Of each question the letter of the flag that its answer raises; 0: of none. */
void form_flagged(const struct paper *paper, const struct answers *a, const struct judged *j,
		  char ret[ITEMS_MOST]);

/* The rules in *j that are fresh have acted now. */
void form_acted(struct answers *a, const struct judged *j);

/* The moment that two answers name together, a date and a time (to the minute): for clocks that run
 * from it, like that of an injury by a needle.  False unless both are answered and such a time was
 * on the wall. */
bool answers_moment(const struct paper *paper, const struct answers *a, const char *day,
		    const char *clock, struct moment *ret);

/* Whether question q counts for the condition's terms: answered and shown. */
bool condition_holds(const struct paper *paper, const struct answers *a, const struct judged *j,
		     const struct condition *c);

#endif
