/*
 * term.c: the only curses.h.  Cells out, keys in, and the terminal as it was afterwards.
 *
 * Curses sends the least bytes that turn one screen into the next; its own reading of keys is not
 * used, because it hands out the letters of sequences that it does not know.  Signals are open only
 * while we wait, so none is lost between looking and waiting.
 */
#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/world.h"
#include "burst.h"
#include "input.h"
#include "term.h"

/* Curses' own term.h makes macros of common words (columns, lines), so it comes after all others.
 */
#include <term.h>

static struct {
	SCREEN *screen;
	struct input in;
	struct canvas shown; /* what the terminal has */
	bool redraw;
	bool colours;
	bool bracketed;
	unsigned taken;
	int esc_ms;
	int64_t since;	  /* when the bytes in hand began to wait for the rest of their key */
	sigset_t waiting; /* the signals let through while we wait */
	struct sigaction before[5];
	sigset_t mask_before;
} term;

static volatile sig_atomic_t ended, resized;

static const int SIGNALS[] = { SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP };
enum { N_SIGNALS = sizeof SIGNALS / sizeof *SIGNALS };

static void on_signal(int sig)
{
	if (sig == SIGWINCH)
		resized = 1;
	else if (sig != SIGTSTP)
		ended = 1;
}

static void signals_take(void)
{
	struct sigaction sa = { .sa_handler = on_signal };
	sigset_t held;

	sigemptyset(&held);
	for (int i = 0; i < N_SIGNALS; i++) {
		sigaction(SIGNALS[i], &sa, &term.before[i]);
		sigaddset(&held, SIGNALS[i]);
	}
	sigprocmask(SIG_BLOCK, &held, &term.mask_before);
	term.waiting = term.mask_before;
	for (int i = 0; i < N_SIGNALS; i++)
		sigdelset(&term.waiting, SIGNALS[i]);
	signal(SIGPIPE, SIG_IGN);
}

static void signals_give_back(void)
{
	/* What is still to come is ours; after a lost line, so is the hang-up that follows it. */
	sigprocmask(SIG_SETMASK, &term.mask_before, NULL);
	for (int i = 0; i < N_SIGNALS; i++)
		if (!ended || SIGNALS[i] != SIGHUP)
			sigaction(SIGNALS[i], &term.before[i], NULL);
}

/* --- keys by the terminal's own description ------------------------------------------------- */

static const struct {
	const char *cap;
	int key;
} CAPS[] = {
	{ "kcuu1", K_UP },   { "kcud1", K_DOWN },  { "kcub1", K_LEFT },	  { "kcuf1", K_RIGHT },
	{ "khome", K_HOME }, { "kend", K_END },	   { "kpp", K_PGUP },	  { "knp", K_PGDN },
	{ "kich1", K_INS },  { "kdch1", K_DEL },   { "kcbt", K_STAB },	  { "kent", K_ENTER },
	{ "kf1", K_F1 },     { "kf2", K_F1 + 1 },  { "kf3", K_F1 + 2 },	  { "kf4", K_F1 + 3 },
	{ "kf5", K_F1 + 4 }, { "kf6", K_F1 + 5 },  { "kf7", K_F1 + 6 },	  { "kf8", K_F1 + 7 },
	{ "kf9", K_F1 + 8 }, { "kf10", K_F1 + 9 }, { "kf11", K_F1 + 10 }, { "kf12", K_F1 + 11 },
};
enum { N_CAPS = sizeof CAPS / sizeof *CAPS };
static const char *cap_text[N_CAPS];

static const char *cap(const char *name)
{
	char copy[16];
	const char *s;

	snprintf(copy, sizeof copy, "%s", name);
	s = tigetstr(copy);
	return s == (char *)-1 ? NULL : s;
}

static int known(const unsigned char *s, size_t n)
{
	for (int i = 0; i < N_CAPS; i++)
		if (cap_text[i] && strlen(cap_text[i]) == n && memcmp(cap_text[i], s, n) == 0)
			return CAPS[i].key;
	return K_NONE;
}

/* --- opening and closing --------------------------------------------------------------------- */

enum { PAIR_ALERT = 1, PAIR_HEADING = 2 };

static const struct theme {
	const char *name;
	short alert, heading; /* colours of letters, -1 the terminal's own */
	bool own;	      /* white on black, whatever the terminal's own colours are */
} THEMES[] = {
	{ "mono", -1, -1, false },
	{ "dark", COLOR_RED, COLOR_CYAN, false },
	{ "light", COLOR_RED, COLOR_BLUE, false },
	{ "contrast", COLOR_YELLOW, COLOR_WHITE, true },
};

static const struct theme *theme_named(const char *name)
{
	for (size_t i = 0; i < sizeof THEMES / sizeof *THEMES; i++)
		if (strcmp(THEMES[i].name, name) == 0)
			return &THEMES[i];
	return NULL;
}

static void colours_start(const struct theme *theme)
{
	const char *no = getenv("NO_COLOR");

	if (theme == &THEMES[0] || (no && *no) || !has_colors() || start_color() == ERR ||
	    COLORS < 8)
		return;
	if ((theme->own ? assume_default_colors(COLOR_WHITE, COLOR_BLACK) : use_default_colors()) ==
	    ERR)
		return;
	init_pair(PAIR_ALERT, theme->alert, theme->own ? COLOR_BLACK : -1);
	init_pair(PAIR_HEADING, theme->heading, theme->own ? COLOR_BLACK : -1);
	term.colours = true;
}

/* Is there a terminal that can do what the screens need? */
static int fit_for_screens(struct err *err)
{
	const char *name = getenv("TERM");
	int status = 0;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE,
			       "The screens need a terminal. For scripts: ohdesk help.");
	if (!name || !*name)
		return err_set(err, ERR_USAGE, "TERM is not set. Try TERM=vt100 ohdesk.");
	if (setupterm((char *)name, STDOUT_FILENO, &status) == ERR)
		return err_set(err, ERR_USAGE,
			       "Terminal type '%.30s' is not known here. Try TERM=vt100 ohdesk.",
			       name);
	if (!cap("cup") || !cap("clear") || tigetflag((char *)"gn") > 0) {
		del_curterm(cur_term);
		return err_set(
			err, ERR_USAGE,
			"Terminal type '%.30s' cannot move its cursor. Try TERM=vt100 ohdesk.",
			name);
	}
	del_curterm(cur_term);
	return 0;
}

static void say(const char *s)
{
	fputs(s, stdout);
	fflush(stdout);
}

int term_open(const struct term_options *opt, struct err *err)
{
	const struct theme *theme = theme_named(opt->theme ? opt->theme : "dark");
	const char *c;

	if (!theme)
		return err_set(err, ERR_INPUT,
			       "No theme '%.20s'. There are mono, dark, light, contrast.",
			       opt->theme);
	if (fit_for_screens(err) < 0)
		return -1;
	setlocale(LC_CTYPE, "");
	memset(&term, 0, sizeof term);
	ended = resized = 0;
	signals_take();
	term.screen = newterm(NULL, stdout, stdin);
	if (!term.screen) {
		signals_give_back();
		return err_set(err, ERR_USAGE, "The terminal could not be opened.");
	}
	alloc_on_end(term_close);
	term.esc_ms = opt->esc_ms > 0 ? opt->esc_ms : 50;
	set_escdelay(term.esc_ms);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	idlok(stdscr, TRUE);
	intrflush(stdscr, FALSE);
	leaveok(stdscr, FALSE);
	colours_start(theme);
	term.in.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	term.in.known = known;
	for (int i = 0; i < N_CAPS; i++)
		cap_text[i] = cap(CAPS[i].cap);
	c = cap("cup");
	if (c && strncmp(c, "\033[", 2) == 0) {
		term.bracketed = true;
		say("\033[?2004h");
	}
	return 0;
}

void term_close(void)
{
	SCREEN *screen = term.screen;

	if (!screen)
		return;
	term.screen = NULL;
	alloc_on_end(NULL);
	burst_close();
	if (term.bracketed)
		say("\033[?2004l");
	endwin();
	delscreen(screen);
	canvas_done(&term.shown);
	signals_give_back();
}

bool term_utf8(void)
{
	return term.in.utf8;
}

void term_size(int *rows, int *cols)
{
	struct winsize w;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_row > 0 && w.ws_col > 0) {
		if (w.ws_row != LINES || w.ws_col != COLS) {
			resize_term(w.ws_row, w.ws_col);
			/* The terminal may have moved the old text about by itself. */
			term_redraw();
		}
	}
	*rows = LINES;
	*cols = COLS;
}

/* --- reading -----------------------------------------------------------------------------------
 */

/* Takes what has arrived; waits at most ms for the first of it.  -1 when the line is gone. */
static int fill(int ms)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };
	ssize_t got;
	int n;

	if (term.in.n == sizeof term.in.buf)
		return 0;
	n = ppoll(&p, 1, ms < 0 ? NULL : &t, &term.waiting);
	if (n < 0)
		return errno == EINTR ? 0 : -1;
	if (n == 0)
		return 0;
	got = read(STDIN_FILENO, term.in.buf + term.in.n, sizeof term.in.buf - term.in.n);
	if (got <= 0)
		return got < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
	term.in.quiet = ms != 0 && term.in.n == 0 ? (size_t)got : 0;
	term.in.n += (size_t)got;
	term.taken += (unsigned)got;
	term.since = world_ticks();
	return 0;
}

static void fill_now(void)
{
	if (fill(0) < 0)
		ended = 1;
}

enum term_event term_read(int ms, struct press *ret)
{
	int64_t until = world_ticks() + ms;

	for (;;) {
		int64_t now = world_ticks();
		bool late = term.in.n > 0 && now - term.since >= term.esc_ms;
		int wait = ms < 0 ? -1 : (int)(until > now ? until - now : 0);

		if (ended)
			return TERM_END;
		if (input_next(&term.in, late, ret))
			return TERM_KEY;
		if (resized) {
			resized = 0;
			return TERM_RESIZE;
		}
		if (term.in.n > 0)
			wait = late ? 0 : (int)(term.since + term.esc_ms - now);
		else if (ms >= 0 && wait == 0 && now > until)
			return TERM_QUIET;
		size_t before = term.in.n;

		if (fill(wait) < 0)
			ended = 1;
		if (!ended && !resized && term.in.n == before && before == 0 && ms >= 0 &&
		    world_ticks() >= until)
			return TERM_QUIET;
	}
}

bool term_pending(void)
{
	fill_now();
	return term.in.n > 0 || ended;
}

int term_drop(void)
{
	struct press key;
	int n = 0;

	do {
		fill_now();
		while (input_next(&term.in, true, &key))
			n += key.key != K_NONE;
	} while (!ended && (fill_now(), term.in.n > 0));
	return n;
}

unsigned term_taken(void)
{
	return term.taken;
}

/* --- showing -----------------------------------------------------------------------------------
 */

static attr_t looks(unsigned style)
{
	attr_t a = A_NORMAL;

	if (style & BOLD)
		a |= A_BOLD;
	if (style & REVERSE)
		a |= A_REVERSE;
	if (style & UNDERLINE)
		a |= A_UNDERLINE;
	return a;
}

/* A cell as curses wants it.  Where the C library's idea of a width is not ours, the terminal's may
 * not be either: '?' keeps every column after it in its place. */
static int wide_of(const struct cell *cell, int width, wchar_t out[8])
{
	size_t left = cell->n;
	const char *s = cell->text;
	int n = 0;

	while (left > 0 && n < 5) {
		int len = 0;
		uint32_t rune = text_next(s, left, &len);
		int theirs = wcwidth((wchar_t)rune);

		if (n == 0 && theirs != width)
			break;
		if (n == 0 || theirs == 0)
			out[n++] = (wchar_t)rune;
		s += len;
		left -= (size_t)len;
	}
	if (n == 0)
		for (; n < width; n++)
			out[n] = L'?';
	out[n] = 0;
	return out[0] == L'?' && width == 2 ? 2 : 1;
}

static void cell_send(const struct canvas *c, int row, int col)
{
	const struct cell *cell = canvas_cell(c, row, col), *next = canvas_cell(c, row, col + 1);
	int width = next && next->n == 0 ? 2 : 1;
	short pair = 0;
	wchar_t w[8];
	cchar_t out;
	int cells;

	if (cell->n == 0)
		return;
	if (term.colours)
		pair = cell->style & ALERT ? PAIR_ALERT : cell->style & HEADING ? PAIR_HEADING : 0;
	cells = wide_of(cell, width, w);
	for (int i = 0; i < cells; i++) {
		wchar_t one[2] = { w[i], 0 };

		setcchar(&out, cells == 1 ? w : one, looks(cell->style), pair, NULL);
		mvadd_wch(row - 1, col - 1 + i, &out);
	}
}

static bool row_has_wide(const struct canvas *c, int row)
{
	const struct cell *cell = canvas_cell(c, row, 1);

	for (int i = 0; i < c->cols; i++)
		if (cell[i].n == 0)
			return true;
	return false;
}

static void row_send(const struct canvas *c, int row)
{
	const struct cell *now = canvas_cell(c, row, 1), *was = canvas_cell(&term.shown, row, 1);
	size_t bytes = sizeof *now * (size_t)c->cols;
	bool all;

	if (memcmp(now, was, bytes) == 0)
		return;
	all = row_has_wide(c, row) || row_has_wide(&term.shown, row);
	for (int i = 0; i < c->cols; i++)
		if (all || memcmp(&now[i], &was[i], sizeof *now) != 0)
			cell_send(c, row, i + 1);
	memcpy(canvas_cell(&term.shown, row, 1), now, bytes);
}

void term_show(const struct canvas *c, bool whole)
{
	if (!term.screen)
		return;
	if (term.shown.rows != c->rows || term.shown.cols != c->cols) {
		canvas_size(&term.shown, c->rows, c->cols);
		erase();
	}
	for (int row = 1; row <= c->rows && row <= LINES; row++)
		row_send(c, row);
	move(c->at_row > 0 ? c->at_row - 1 : 0, c->at_col > 0 ? c->at_col - 1 : 0);
	if (term.redraw)
		clearok(curscr, TRUE);
	term.redraw = false;
	typeahead(whole ? -1 : STDIN_FILENO);
	burst_begin();
	refresh();
	burst_end();
	fill_now();
	term.in.ahead = term.in.n;
}

void term_redraw(void)
{
	term.redraw = true;
}
