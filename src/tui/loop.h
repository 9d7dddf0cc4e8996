/*
 * loop.h: what only the frame knows: the stack of screens, the messages, the question, the keys
 * that work everywhere.  For loop.c, bar.c, ask.c, everywhere.c and the frame's own screens; the
 * other screens need ui.h alone.
 */
#ifndef TUI_LOOP_H
#define TUI_LOOP_H

#include "ui.h"

enum { FRAMES_MOST = 16, MESSAGES_MOST = 200, PLACE_TEXT = 64 };

/* One screen that is open. */
struct frame {
	const struct screen *screen;
	void *state;
	char place[PLACE_TEXT];
	bool loaded;	/* at least once */
	bool stale;	/* load before the next draw */
	bool refresh;	/* ... and keep rows in their places */
	int touched;	/* keys since a draft of it was kept (parking.c) */
	int64_t parked; /* the row of that draft; 0 none */
	uint64_t print; /* of what stands there */
	bool resumed;	/* it was opened from a parked row */
	bool finished;	/* ui_finished() */
};

struct message {
	char kind; /* M W E */
	char *text;
	struct moment at;
};
struct messages {
	struct message *v;
	size_t n, cap;
};

enum ask_kind { ASK_NONE, ASK_KEY, ASK_TEXT };
struct question {
	enum ask_kind kind;
	bool fresh;    /* not yet on the screen */
	bool again;    /* a key that answers nothing was pressed */
	char why[256]; /* the last answer was refused: stands above the question */
	char text[256];
	const struct answer *answers;
	const char *keep;
	ask_then *then;
	ask_text_then *then_text;
	struct form form;
	struct form_field fields[2];
	const void *owner; /* the state of the screen that asked */
};

struct loop {
	const struct host *host;
	const struct screen *const *screens;
	struct frame stack[FRAMES_MOST];
	int depth;
	struct canvas canvas;
	struct messages messages;
	char said;	   /* the kind of the message on row 23, 0 for none */
	bool failed;	   /* an E was said: drop what was typed ahead */
	enum err_kind why; /* ... of which kind */
	bool going;	   /* g was pressed, its letter is to come */
	bool hint;	   /* ... and row 23 lists the letters */
	bool warned;	   /* the lock was announced */
	bool dirty;	   /* something changed since the last painting */
	bool tell;	   /* tests wait for a byte */
	bool quit;
	struct moment shown; /* the clock in row 1 */
	struct bar bar;
	struct question ask;
	const struct screen *leave_for; /* NULL is the desk: where a yes to losing text leads */
	int64_t last_key, last_look;	/* ticks */
	int idle_fd;			/* OHDESK_IDLE_FD, or -1 */
};

/*
 * Runs until the user or the machine ends it.  The terminal is open.  `first` is the name of the
 * screen to begin with.  0 or -1 with the reason.
 */
int loop_run(struct ui *ui, const struct host *host, const struct screen *const *table,
	     const char *first, struct err *err);

/* term_open, loop_run, term_close. */
int loop_in_terminal(struct ui *ui, const struct host *host, const struct screen *const *table,
		     const char *first, struct err *err);

void frame_stale(struct frame *f, bool refresh);
struct frame *loop_top(const struct ui *ui);
struct frame *loop_below(const struct ui *ui, int n); /* n under the top; NULL when there is none */
const struct screen *loop_screen(const struct ui *ui, const char *name);

/* Is a modal screen open, on top or under its help?  Then no key leads anywhere else. */
bool loop_walled(const struct ui *ui);

/* Runs one row of a key table on the screen on top, with its checks. */
void loop_act(struct ui *ui, const struct key *key, void *state);

/* What an act said should happen, to the screen of this state; NULL is the one on top. */
void loop_next(struct ui *ui, void *state, enum next next);

/* Has some screen that is open text that was typed and not saved?  drop: leaves those screens. */
bool loop_unsaved(const struct ui *ui);
void loop_drop_unsaved(struct ui *ui);

/* stack.c: takes the top screen away (the first one stays); takes any away; ends the messages. */
void loop_back(struct ui *ui);
void loop_remove(struct ui *ui, int i);
void loop_messages_done(struct messages *m);

/* The choices of the field that has the cursor, over the screen. */
void choices_open(struct ui *ui, struct form *form);

/* ask.c: a key to the question; what it answers is done. */
void ask_key(struct ui *ui, const struct press *p);
void ask_end(struct ui *ui);

/* everywhere.c: the keys that work on every screen. */
extern const struct key everywhere[];
/* After g: the letter. */
void everywhere_go(struct ui *ui, int key);
/* The line that lists the letters. */
void everywhere_hint(const struct ui *ui, char *buf, size_t n);

#endif
