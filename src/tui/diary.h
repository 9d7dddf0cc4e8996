/* diary.h: what the files of the diary day (S11) share; nobody else needs it. */
#ifndef TUI_DIARY_H
#define TUI_DIARY_H

#include "clinic/away.h"
#include "clinic/diary.h"
#include "open.h"
#include "ui.h"

/* One row as it is shown. */
struct line {
	struct id slot, service;
	struct verb_row verb; /* appt none: nobody */
	struct moment starts;
	int mins;
	bool free, bookable, blocked, over, gone, flagged;
	char clock[DAY_TEXT], part[16], type[CODE_TEXT], born[DAY_TEXT], note[WORDS_TEXT];
	char letter; /* of the state, ' ' for none */
};
struct lines {
	struct line *v;
	size_t n, cap;
};

struct day_view {
	struct id clinician;
	struct date day;
	bool placed;   /* a row was selected once */
	int64_t acted; /* the desk's last act when this was read */
	struct lines lines;
	struct list list;
	char facts[2 * NAME_TEXT + 160], counts[48], finish[32], week[160], help[160];
	char empty[NAME_TEXT + 100];
};
extern const struct screen screen_diary, screen_away, screen_diaries;

/* diary_rows.c: a day as rows and sentences; and their drawing. */
void diary_lines(struct ui *ui, const struct diary *d, struct day_view *view);
void diary_line_draw(struct canvas *c, int line, const struct line *row);
void diary_head(struct canvas *c, int line);

/* Who may change hours: blocks and leave; the acts look again at whose they are. */
#define DIARY_CHANGES                                                                              \
	(ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR | ROLE_MANAGER | ROLE_ADMINISTRATOR)

/* The selected row; NULL when there is none, or it has gone. */
const struct line *diary_selected(const struct day_view *view);

/* diary_change.c: n, x: blocks and leave, from the selected row on. */
enum next diary_add(struct ui *ui, void *state);
enum next diary_let_go(struct ui *ui, void *state);

/* Somebody is ill: who is booked in their leave; without any, leave from today on is asked for. */
enum next diary_ill(struct ui *ui, struct id clinician);

/* screen_away.c: who is hit when that time closes, and where each could go. */
enum next open_away(struct ui *ui, const struct away *away);

/* screen_diaries.c: another clinician: the next one of the desk's site, or one from the list. */
enum next diary_step(struct ui *ui, void *state);
/* To the next with a diary at this site, or the one before; from the last to the first. */
enum next step_colleague(struct ui *ui, struct id *clinician, bool back);
enum next diary_choose(struct ui *ui, void *state);
int diary_first(struct ui *ui, struct id *ret, struct err *err);

/* diary_book.c: b, E: somebody onto the selected row. */
enum next diary_book(struct ui *ui, void *state);
enum next diary_over(struct ui *ui, void *state);
/* Back on the diary: what was held for somebody to be found is held no more. */
void diary_book_end(struct ui *ui);

#endif
