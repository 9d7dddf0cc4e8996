/*
 * formview.h: a form asked one question after the other (S5): pages, answers of one letter, what is
 * missing, and the card of a rule while the caller is still there.
 *
 * The widget owns what is answered; the screen around it owns the paper, says whom it is about and
 * saves.  Rules are tried after every answer; what they want done is the screen's to do: `fresh`
 * gathers those that began to hold, as bits in the form's order, until it is emptied.
 *
 * A screen draws it with formview_draw(), tells it in its .layout how wide the window is
 * (formview_size), gives formview_form() in its .form and formview_typed() in its .typed, and takes
 * its keys from here: FORMVIEW_ACTS(screen, view_of), then FORMVIEW_KEYS (screen) among its rows.
 */
#ifndef TUI_FORMVIEW_H
#define TUI_FORMVIEW_H

#include "form/answers.h"
#include "ui.h"

struct formview {
	const struct paper *paper;
	struct answers a;
	struct judged j;
	struct moment now;
	int at;	    /* the question that has the cursor */
	int box;    /* the column where answers stand */
	bool dirty; /* something was answered or typed */
	uint64_t fresh;

	struct form form; /* the field of a question that is typed */
	struct form_field field[2];
	char *begin[ITEMS_MOST]; /* what such a field begins with; NULL: nothing */
	int listed;		 /* the question that F4 has a list for; */
	const char *const *list; /* the list, ended by NULL; NULL: none */
	char echo[ANSWER_TEXT];	 /* how what is being typed is read */
	int told;		 /* the rule whose card is shown; -1: none */
};

/* The paper lives as long as the view.  `now` is for the questions that begin with today or now. */
void formview_open(struct formview *v, const struct paper *paper, struct moment now);
void formview_end(struct formview *v);
/* What questions with `default = from` begin with: person.phone, user.name ... */
void formview_begin(struct formview *v, const char *from, const char *text);
/* What F4 lists at a question that is typed; the list lives as long as the view. */
void formview_list(struct formview *v, const char *name, const char *const *list);
/* What a question begins with, as long as it has no answer. */
void formview_fill(struct formview *v, const char *name, const char *text);
/* Answers of a draft, which the view takes over; the cursor goes to the first that is missing. */
void formview_resume(struct formview *v, struct answers *a);

void formview_size(struct formview *v, int cols);
struct form *formview_form(struct formview *v); /* NULL while one letter answers */
void formview_typed(struct formview *v);
void formview_draw(struct canvas *c, const struct formview *v, int line, int height);

/* Takes what is being typed, if anything: -1 and err->field where it is no answer. */
int formview_settle(struct formview *v, struct err *err);
bool formview_focus(struct formview *v, const char *name);

/* ---- keys ---- */

enum next formview_answer(struct ui *ui, struct formview *v);  /* the letter in ui->key */
enum next formview_next(struct ui *ui, struct formview *v);    /* Enter, Tab, Down */
enum next formview_back(struct ui *ui, struct formview *v);    /* Up, Shift-Tab */
enum next formview_missing(struct ui *ui, struct formview *v); /* F6 */
enum next formview_page(struct ui *ui, struct formview *v);    /* F8; F7 back */

#define FORMVIEW_ACT(screen, what, view_of)                                                        \
	static enum next screen##_do_##what(struct ui *ui, void *state)                            \
	{                                                                                          \
		return formview_##what(ui, view_of(state));                                        \
	}
#define FORMVIEW_ACTS(screen, view_of)                                                             \
	FORMVIEW_ACT(screen, answer, view_of)                                                      \
	FORMVIEW_ACT(screen, next, view_of)                                                        \
	FORMVIEW_ACT(screen, back, view_of)                                                        \
	FORMVIEW_ACT(screen, missing, view_of)                                                     \
	FORMVIEW_ACT(screen, page, view_of)

#define FORMVIEW_LETTERS "a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7 8 9"
/* clang-format off */
#define FORMVIEW_KEYS(screen)                                                                      \
	{ .key = FORMVIEW_LETTERS, .name = "answer", .label = "Answer",                            \
	  .help = "answer by its letter, go on", .shown = "a-z 0-9",                           \
	  .act = screen##_do_answer },                                                             \
	{ .key = "Enter Tab Down", .name = "next", .label = "Next",                                \
	  .help = "take it, next question", .act = screen##_do_next },                 \
	{ .key = "Up S-Tab", .name = "back", .label = "Back", .help = "the question before",       \
	  .act = screen##_do_back },                                                               \
	{ .key = "F6", .name = "missing", .label = "Missing",                                      \
	  .help = "the next that is missing", .act = screen##_do_missing },                 \
	{ .key = "F8 F7 PgDn PgUp", .name = "page", .help = "next and previous step",              \
	  .shown = "F7 F8", .act = screen##_do_page }
/* clang-format on */

#endif
