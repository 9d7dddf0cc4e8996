/*
 * triage.h: what S6 knows between two keys, for its halves: screen_triage.c loads it,
 * triage_verbs.c acts on its selected row, triage_draw.c draws it.
 */
#ifndef TUI_TRIAGE_H
#define TUI_TRIAGE_H

#include "clinic/referral.h"
#include "open.h"

enum {
	TRIAGE_FIRST = 4,  /* the list's first line */
	TRIAGE_BELOW = 6,  /* lines about the selected one, under the list */
	TRIAGE_PANE = 132, /* columns from which they stand beside it */
};

/* A row as it is drawn: read when it first comes into view. */
struct triage_line {
	char name[PERSON_TEXT], brief[PERSON_TEXT]; /* brief: without the title */
	char born[DAY_TEXT], came[DAY_TEXT];
	char service[CODE_TEXT], employer[CODE_TEXT], flags[FLAG_KIND_COUNT + 1];
	const char *from;
	int urgency;
	int64_t waited; /* minutes since it came */
	int hour;	/* minutes that are left of the one after an exposure; 0: none */
	bool agreed, replied;
};

/*
 * What the verbs go by (triage_verbs.c): the first part of what S6 and S7 know.  `left`: how it
 * goes on once the referral has left the list; NULL: REFRESH.
 */
struct picked {
	struct referral_row one;
	int64_t *marked; /* q asks all of these */
	size_t nmarked;
	enum next (*left)(struct ui *ui, void *state);
	const char *(*call_words)(const void *state); /* what was said on a call; may be NULL */
};

/* Which of them are shown; f asks. */
enum triage_show { SHOW_ALL, SHOW_HERE, SHOW_OVER, SHOW_RETURNED, SHOW_SERVICE, SHOW_NAME };
struct inbox_view {
	struct picked at; /* the selected one */
	enum triage_show show;
	struct inbox_filter filter;
	char name[NAME_TEXT], words[NAME_TEXT]; /* what is shown, as row 2 says it */
	bool by_coming;
	struct inbox box;
	struct triage_line **lines; /* of each; NULL: not read yet */
	struct list list;
	int64_t acted; /* the desk's last act when this was read */
	bool told;     /* what waits with a flag was said */

	char when[DAY_TEXT]; /* of the selected one */
	struct moment injured;
	struct remarks remarks;
};

/* What the keys do (triage_verbs.c), and why they cannot. */
int triage_on_row(const struct ui *ui, const void *state, struct err *why);
/* Nobody suggested another: what was asked for, else routine; now where a red flag is open. */
int triage_suggested(const struct referral_row *r);
int triage_has_flag(const struct ui *ui, const void *state, struct err *why);
enum next triage_book(struct ui *ui, void *state);
enum next triage_ask(struct ui *ui, void *state);
enum next triage_on(struct ui *ui, void *state);
enum next triage_end(struct ui *ui, void *state);
enum next triage_urge(struct ui *ui, void *state);
enum next triage_consent(struct ui *ui, void *state);
enum next triage_rang(struct ui *ui, void *state);
enum next triage_clear(struct ui *ui, void *state);

/* S7 (screen_decide.c) on one of these, in this order. */
enum next open_decision(struct ui *ui, const int64_t *ids, size_t n, size_t at);

bool triage_marked(const struct inbox_view *v, int64_t id);
void triage_draw(struct canvas *c, const void *state);

#endif
