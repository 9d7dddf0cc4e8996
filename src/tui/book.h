/* book.h: what the files of the booking list (S8) share; the diary overbooks through it too. */
#ifndef TUI_BOOK_H
#define TUI_BOOK_H

#include "clinic/prospect.h"
#include "clinic/search.h"
#include "model/offer.h"
#include "model/park.h"
#include "ui.h"
#include "who.h"

/* ---- book_wish.c: the search line ---- */

enum { WISH_FIELDS = 5, USUAL_TEXT = 20 };

/* Each field empty means its usual word, which stands in the box as long as nothing is typed. */
struct wish {
	struct form form;
	struct form_field fields[WISH_FIELDS + 1];
	char usual[WISH_FIELDS][USUAL_TEXT];
	struct id person, service;   /* for the same clinician as last time */
	char **sites, **clinicians;  /* what F4 lists, ended by NULL */
	char decided[3 * NAME_TEXT]; /* what triage decided of it, in words; "" nothing */
	char said[NAME_TEXT + 128];  /* how the field with the cursor is read */
};
void wish_init(struct ui *ui, struct wish *w, const struct prospect *want);
void wish_done(struct wish *w);
/* What is typed, as a search; -1 with err->field on the field that was not understood. */
int wish_read(struct ui *ui, const struct wish *w, struct search *ret, struct err *err);
/* After a key: the reading of the field that has the cursor, into w->said. */
void wish_echo(struct ui *ui, struct wish *w);
void wish_draw(struct canvas *c, const struct wish *w, int row, bool active);

/* ---- book_offers.c: places as rows ---- */

struct offer {
	struct id slot, clinician, at; /* at: the site; slot none: the rule line */
	struct moment starts;
	int mins;
	bool late;   /* past the seen-by date */
	bool unmet;  /* the room fails what the person needs */
	bool theirs; /* another node holds it: a request, until that answers */
	bool others; /* another desk holds it for these minutes, */
	bool mine;   /* or this user at another one, */
	bool here;   /* or this desk */
	char day[DAY_TEXT], clock[DAY_TEXT], wait[12];
	char site[NAME_TEXT], with[NAME_TEXT], note[40];
	char holder[NAME_TEXT]; /* theirs: who confirms it */
	char say[2 * NAME_TEXT + 160];
};
struct offers {
	struct offer *v;
	size_t n, cap;
};
int offers_make(struct ui *ui, const struct prospect *want, enum mode mode,
		const struct places *places, struct offers *ret, struct err *err);
/* held: by this desk, until then; none when it does not. */
void offer_draw(struct canvas *c, int line, int number, const struct offer *o, struct moment held);
void offer_head(struct canvas *c, int line);

/* ---- screen_book.c ---- */

struct book {
	struct id person, service, appt; /* appt: it moves */
	struct prospect want;
	struct who who;
	struct wish wish;
	bool ready;	 /* what is wanted is known, the search line stands */
	int known;	 /* attendances that there were when that was last said */
	bool editing;	 /* the cursor is in the search line */
	bool by_service; /* the service asked for the move */
	struct search search;
	struct offers offers;
	struct list list;
	bool all; /* no more is published */
	char title[NAME_TEXT], episode[NAME_TEXT + 160], clock[40], state[200], kept[120];
	char cap_said[140]; /* the lead's answer about more; "" */
	bool over;	    /* the seen-by date has passed */
	struct id held;	    /* the first slot of what this desk holds; none */
	struct moment held_until;
	bool hold_first; /* what is found next is to be held */
	int agreed;	 /* the cap that was agreed to just now, until the hold is said */
	/* What was offered since the list was opened; of the last one it is open what becomes of
	 * it, while `saying`. */
	struct offers_made said;
	bool saying;
	bool warned;	     /* one minute left was said */
	bool touched;	     /* a time was chosen, or the search changed */
	struct parcel *back; /* what was parked, until it stands on the screen */
	int top;	     /* the first row below the banner */
};
extern const struct screen screen_book, screen_move;

/* ---- book_hold.c: five minutes of a time ---- */

bool book_holds(const struct book *b, const struct offer *o);
void book_hold_first(struct ui *ui, struct book *b);
enum next book_hold_selected(struct ui *ui, struct book *b);
void book_hold_look(struct ui *ui, struct book *b);
void book_hold_end(struct ui *ui, struct book *b);
enum next book_let_go(struct ui *ui, void *state);
int book_wake(struct ui *ui, void *state);

/* ---- book_said.c: what was offered, and what became of it ---- */

/* It is said to them now: what was said before is declined, unless it is the same. */
void book_offer(struct ui *ui, struct book *b, const struct offer *o);
/* What is said now has ended so. */
void book_offer_ends(struct book *b, enum offer_end end);
/* As the booking of `o` is to record it; the caller frees with list_free(). */
struct offers_made book_offers(struct ui *ui, const struct book *b, const struct offer *o);
/* It was booked, and all of it is recorded. */
void book_offers_kept(struct book *b);
/* The list is left: what came to nothing is recorded. */
void book_offers_end(struct ui *ui, struct book *b);

/* "Taken 2 s ago at Harbour.  Row 1 is now Fri 16:20, held for you." */
enum next book_taken(struct ui *ui, struct book *b, const struct offer *was);

/* ---- book_other.c: when none suits ---- */

enum next book_wait(struct ui *ui, void *state);
enum next book_tell_lead(struct ui *ui, const struct book *b);
/* What is below the list: what is there, and what to do when it does not suit. */
void book_say_state(struct ui *ui, struct book *b);
/* Of the first time that is kept for rapid access: for whom, and when it opens. */
void book_say_kept(struct ui *ui, struct book *b, const struct slot *kept);

/* ---- book_park.c ---- */

bool book_park(const struct ui *ui, const void *state, struct parked *ret, struct parcel *texts);
enum next book_resume(struct ui *ui, const struct parked *was, const struct parcel *texts);
void book_wish_back(struct book *b);
void book_hold_back(struct ui *ui, struct book *b);

/* ---- book_more.c: over the cap of attendances ---- */

bool book_capped(const struct book *b);
/* Why Enter does not book, and what to do. */
enum next book_capped_says(struct ui *ui, const struct book *b);
/* E: asks the lead; for the lead, the answer. */
enum next book_more(struct ui *ui, struct book *b);

/* book_over.c: E: whom, when and why, then booked beside the slots. */
bool book_may_over(const struct ui *ui, struct id service);
enum next book_over(struct ui *ui, void *state);
enum next book_over_at(struct ui *ui, struct id person, struct id service, struct id clinician,
		       struct moment starts);

/* "ELLIS asked for Fri 13-Mar 11:20: Harbour will confirm it; they get a text." */
void book_asked(struct ui *ui, const char *who, struct moment starts, const char *holder);

/* "ELLIS, Marcus booked Fri 13-Mar-2026 11:20 Harbour, Lindqvist.  u Undo" */
void book_said(struct ui *ui, const char *who, const char *did, struct moment starts,
	       const char *where, const char *with);

#endif
