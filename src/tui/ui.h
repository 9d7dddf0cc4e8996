/*
 * ui.h: what a screen is made of, and what it may ask.  Read this to write one.
 *
 * HOW TO WRITE A SCREEN
 *
 *	struct waiting {                            // all it knows between two keys; starts zeroed
 *		struct rows rows;
 *		struct list list;
 *	};
 *	static void waiting_layout(void *state, int rows, int cols)   // before each draw
 *	{
 *		list_size(&((struct waiting *)state)->list, rows - 5);
 *	}
 *	static int waiting_load(struct ui *ui, void *state, bool refresh, struct err *err)
 *	{
 *		// Ask the clinic (ui->desk, ui->now).  `refresh`: another desk wrote, or we came
 *		// back here; hand it on to list_load() and nothing moves.  On failure return -1:
 *		// row 23 says why and the old rows stay.  ui_place() names the place in row 1.
 *	}
 *	static void waiting_draw(struct canvas *c, const void *state)
 *	{
 *		// Rows 2 to c->rows - 2.  No desk here: what is drawn was loaded.
 *		list_draw(c, &w->list, 4, false, waiting_row, w);
 *	}
 *	static enum next waiting_offer(struct ui *ui, void *state)
 *	{
 *		// A key's act.  Do it and say it: ui_done(ui, "ELLIS booked ..."); return REFRESH.
 *		// It failed: return ui_fail(ui, &err).  Ask first: ask(...) and return STAY; the
 *		// answer comes to the function you name.  Another screen: ui_push(), then STAY.
 *	}
 *	static const struct key keys[] = {
 *		{ .key = "t", .name = "offer", .label = "Text", .help = "text the offer",
 *		  .act = waiting_offer, .roles = ROLE_RECEPTION, .commits = true },
 *		{ 0 } };
 *	const struct screen screen_waiting = { .name = "waiting", .title = "WAITING", .go = 'w',
 *		.help = "people who wait for a freed slot", .state = sizeof(struct waiting),
 *		.layout = waiting_layout, .load = waiting_load, .draw = waiting_draw,
 *		.leave = waiting_leave, .list = waiting_list, .keys = keys };
 *
 * Then its name in screens.c.  The key line, help, the menu, `g w` and their tests follow.
 *
 * A key that acts on the selected row sets .commits, so that it never acts on a row that nobody has
 * seen, and gives REFRESH; another day or filter gives RELOAD.  A key that cannot be used now has
 * .may, which says why.  A screen about a person begins with bar_person().  One that is opened on
 * something has a function of its own, in screens.h: struct x *x = ui_push(ui, &screen_x);
 * x->id = id; the load comes after the act.
 *
 * A screen with fields gives its form in .form while the cursor is in one: printable keys are then
 * text, and .typed hears of each change.  What is typed there and not saved is lost by nothing
 * but a yes: give .unsaved, .park and .resume, and call ui_finished() when it was saved.  Keys go:
 * question, fields, the screen's own rows, the list (arrows, pages, digits; .moved hears of it),
 * the rows that work everywhere (everywhere.c).
 */
#ifndef TUI_UI_H
#define TUI_UI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/world.h"
#include "canvas.h"
#include "field.h"
#include "keys.h"
#include "list.h"
#include "tui/tui.h"

struct desk;
struct loop;
struct parcel;
struct parked;
struct ui;

/* What should happen after an act. */
enum next {
	STAY,	 /* draw again */
	REFRESH, /* load, rows keep their places: one of them was changed */
	RELOAD,	 /* load anew: another day, another filter */
	BACK,	 /* leave this screen */
	FAILED,	 /* row 23 has said why (ui_fail); what was typed ahead is dropped */
	QUIT,	 /* leave the program */
};

/* One key on one screen. */
struct key {
	const char *key;   /* names, any of which works: "b", "F8 +"; "" for the menu only */
	const char *name;  /* what scripts and ohdesk.ini call it */
	const char *label; /* on row 24, most used first; NULL is not there */
	const char *help;  /* on the help page and in the menu; NULL is not there */
	const char *shown; /* how row 24 and help write the key, when not as the first name */
	unsigned roles;	   /* bits of the roles that may; 0 is everybody */
	bool serious;	   /* a capital: asks before it acts */
	bool commits;	   /* acts on what is on the screen: painted first */
	/* NULL for a row that only stands on row 24: a key of the list's or the field's own. */
	enum next (*act)(struct ui *ui, void *state);
	/* 0, or -1 with the reason why not now. */
	int (*may)(const struct ui *ui, const void *state, struct err *why);
};

struct screen {
	const char *name;  /* "desk" */
	const char *title; /* "DESK" */
	const char *help;  /* what it is for, in the menu and the list after g */
	char go;	   /* g and this letter; 0 for none */
	unsigned roles;	   /* who may open it; 0 is everybody */
	/* Is it there for this user at all?  NULL: yes.  Without it there is no letter and no line.
	 */
	bool (*there)(const struct ui *ui);
	bool modal; /* sign-in, lock: no key that works everywhere works here */
	bool over;  /* about the screen right below it (menu, choices): goes when that goes */
	bool box;   /* drawn over that screen, whose row 1 stays */
	size_t state;
	void (*layout)(void *state, int rows, int cols);
	int (*load)(struct ui *ui, void *state, bool refresh, struct err *err);
	void (*draw)(struct canvas *c, const void *state);
	void (*leave)(struct ui *ui, void *state);
	struct list *(*list)(void *state);
	struct form *(*form)(void *state); /* NULL while no field has the cursor */
	enum next (*typed)(struct ui *ui, void *state);
	enum next (*moved)(struct ui *ui, void *state);
	/* While nobody presses anything: what is due by the clock alone, like the end of a hold.
	 * Gives the milliseconds to the next of it, -1 for none. */
	int (*wake)(struct ui *ui, void *state);
	/* Half-made work (parking.h): what it is, where its user is in it and the texts it is made
	 * of; false when there is nothing to keep.  resume opens the screen on them again, as a
	 * function of screens.h would. */
	bool (*park)(const struct ui *ui, const void *state, struct parked *ret,
		     struct parcel *texts);
	enum next (*resume)(struct ui *ui, const struct parked *was, const struct parcel *texts);
	/* 0, or -1 with the reason why nobody leaves it now: then no key that works everywhere does
	 * more than help, redraw or lock. */
	int (*hold)(const struct ui *ui, const void *state, struct err *why);
	bool (*unsaved)(const void *state); /* typed, not saved: asked about before it is lost */
	const struct key *keys;		    /* ends with { 0 } */
};

/* The parts of row 1 that are the same on every screen. */
struct bar {
	char user[32];
	char tasks[16];	 /* "Tasks 3", or "" */
	char parked[16]; /* "Parked 2", or "" */
	char sync[24];	 /* "Sync ok", or "" */
};

/* What the loop asks of the clinic.  Any may be NULL.  Tests bring their own. */
struct host {
	struct moment (*now)(struct ui *ui); /* read once for each key */
	void (*begun)(struct ui *ui);	     /* the first screen is open */
	bool (*changed)(struct ui *ui);	     /* has another desk written since we asked? */
	bool (*passed)(struct ui *ui);	     /* ... or row 1 says otherwise by the clock alone? */
	void (*news)(struct ui *ui);	     /* may say on row 23 what nobody asked for, once */
	void (*refresh)(struct ui *ui);	     /* F5: what is behind the data looks anew too */
	void (*bar)(struct ui *ui, struct bar *ret);
	enum next (*undo)(struct ui *ui, void *state); /* the last act of this user */
	/* What an act let pass that a person should hear, or ""; said as W after each key. */
	const char *(*warning)(const struct ui *ui);
	int (*idle_ms)(const struct ui *ui); /* without a key until the lock; 0 never */
};

struct ui {
	struct desk *desk;
	const struct tui_options *opt;
	struct moment now; /* of this key */
	unsigned role;	   /* the bit of the user's role; 0 when nobody is signed in */
	int key;	   /* the key that is being handled */
	bool ahead;	   /* it was typed before what it acts on was painted */
	int rows, cols;	   /* of the window */
	void *own;	   /* the host's */
	struct loop *loop; /* loop.c's own */
};

/* Row 23.  One sentence, in the words of a person; the rest of a long one is behind `?`. */
void ui_done(struct ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void ui_warn(struct ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
enum next ui_fail(struct ui *ui, const struct err *err); /* and the cursor to err->field; FAILED */
enum next ui_failf(struct ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Has this key said something there already?  What a screen says unasked as it opens waits then. */
bool ui_has_said(const struct ui *ui);

/* What this screen was opened for is done: of a draft of it nothing is left to resume. */
void ui_finished(struct ui *ui, void *state);

/* The words after the title in row 1: where, whose. */
void ui_place(struct ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Opens a screen on top, and gives its zeroed state; load is called once the act has returned.
 * open_by_name: the screen of that name, or what is said on row 23 instead. */
void *ui_push(struct ui *ui, const struct screen *screen);
enum next ui_open(struct ui *ui, const char *name);
void ui_home(struct ui *ui); /* leaves all but the first screen */

/* Replaces everything by one screen: after sign-in, at sign-out. */
void ui_restart(struct ui *ui, const char *name);

/* The lock screen over everything; what was typed is thrown away.  ui_unlock takes it off. */
void ui_lock(struct ui *ui);

/* Is this row for this user?  Is this screen? */
bool ui_for(const struct ui *ui, unsigned roles);
bool ui_there(const struct ui *ui, const struct screen *s);

/*
 * The question on row 23, answered by one key.  `answers` ends with { 0 } and must outlive the
 * question; Esc (whose word is `keep`, NULL "keep") answers nothing and leaves all as it was. Enter
 * and Space never answer.  What was typed before the question appeared is dropped.
 */
struct answer {
	char key;
	const char *word;
};
typedef enum next ask_then(struct ui *ui, void *state, char key);
void ask(struct ui *ui, const struct answer *answers, const char *keep, ask_then *then,
	 const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void ask_yes(struct ui *ui, ask_then *then, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* One line typed on row 23: a reason, or (hidden) a PIN.  `text` is the caller's only during the
 * call.  Esc gives nothing. */
typedef enum next ask_text_then(struct ui *ui, void *state, const char *text);
void ask_text(struct ui *ui, const char *label, bool hidden, int max, ask_text_then *then);
/* What stands in the field of the question that was just asked; Ctrl-U clears it. */
void ask_text_was(struct ui *ui, const char *text);

#endif
