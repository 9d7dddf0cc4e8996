/*
 * screen_parked.c: S20: what its user began and did not finish, newest first.
 *
 * Nobody else's is listed here, and nobody else lists it.  Enter goes back to where one was, h
 * hands it to a colleague, X throws it away, and u brings the last one thrown back within eight
 * hours.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/park.h"
#include "parking.h"
#include "screens.h"
#include "sync/state.h"

enum { WHAT = 11, WHO = 28, BORN = 50, PLACE = 62, AGE_TEXT = 24, OFFLINE_ROWS = 5 };

struct parked_screen {
	struct parkeds all;
	struct list list;
	struct moment now;
	struct date today;
	struct sync_now sync;
	/* Asked about: another terminal may take it off the list before the answer. */
	struct parked asked;
	char user[CODE_TEXT]; /* to whom it is being handed */
};

static int parked_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct parked_screen *s = state;
	struct parkeds all = { 0 };
	int64_t *ids;

	ui_place(ui, "unfinished tasks");
	if (sync_now(ui->desk, &s->sync, err) < 0 || park_list(ui->desk, &all, err) < 0) {
		list_free(&all);
		return -1;
	}
	list_free(&s->all);
	s->all = all;
	s->now = ui->now;
	s->today = ui->desk->today;
	ids = mem_new(sizeof *ids * (all.n + 1));
	for (size_t i = 0; i < all.n; i++)
		ids[i] = all.v[i].id;
	list_load(&s->list, ids, all.n, refresh);
	mem_free(ids);
	return 0;
}

static void parked_layout(void *state, int rows, int cols)
{
	struct parked_screen *s = state;
	int line = s->sync.word == SYNC_OFFLINE ? OFFLINE_ROWS : 0;

	(void)cols;
	/* Above: two lines and the heading.  Below: a blank, four lines about the row. */
	list_size(&s->list, rows - 3 - 5 - 2 - line);
}

static const struct parked *selected(const struct parked_screen *s)
{
	int at = list_at(&s->list);

	return at < 0 ? NULL : &s->all.v[at];
}

/* "3m", "2h", "1d" */
static void age(struct moment from, struct moment now, char buf[AGE_TEXT])
{
	long mins = (long)(now.utc - from.utc) / 60;

	if (mins < 60)
		snprintf(buf, AGE_TEXT, "%ldm", mins < 0 ? 0 : mins);
	else if (mins < 24 * 60)
		snprintf(buf, AGE_TEXT, "%ldh", mins / 60);
	else
		snprintf(buf, AGE_TEXT, "%ldd", mins / (24 * 60));
}

static void parked_row(struct canvas *c, int line, int number, bool is, const void *state, int at)
{
	const struct parked_screen *s = state;
	const struct parked *p = &s->all.v[at];
	int more = (c->cols - 80) / 2;
	char left[AGE_TEXT], born[DAY_TEXT];

	(void)is;
	age(p->at, s->now, left);
	canvas_printf(c, line, 2, PLAIN, "%2d %s", number, left);
	canvas_padded(c, line, WHAT, WHO - WHAT - 1, PLAIN, p->what);
	canvas_padded(c, line, WHO, BORN - WHO - 1 + more, PLAIN, p->who);
	canvas_put(c, line, BORN + more, PLAIN, date_none(p->born) ? "" : date_show(p->born, born));
	canvas_put(c, line, PLACE + more, PLAIN, p->place);
}

/* What there is to know of the selected row. */
static void about(struct canvas *c, const struct parked *p, int line)
{
	char when[DAY_TEXT];

	canvas_printf(c, line++, 5, PLAIN, "%s: %s.  You were at: %s.", p->what,
		      *p->who ? p->who : "nobody yet", p->place);
	if (*p->note)
		canvas_put(c, line++, 5, PLAIN, p->note);
	if (p->lost)
		canvas_printf(c, line++, 5, PLAIN,
			      "Kept %s; that session ended before it was saved.",
			      moment_show(p->at, when));
	else if (!*p->from)
		canvas_printf(c, line++, 5, PLAIN, "You left it on %s.", moment_show(p->at, when));
	if (*p->from)
		canvas_printf(c, line, 5, PLAIN, "Handed to you by %s%s%s", p->from,
			      *p->said ? ": " : ".", p->said);
}

/* What can be done without the line, and what waits for it. */
static void offline(struct canvas *c, const struct parked_screen *s, int at)
{
	const struct sync_now *n = &s->sync;
	char since[DAY_TEXT];

	canvas_printf(c, at, 1, PLAIN,
		      "OFFLINE since %s. You can still find, check in, book, write and sign.",
		      moment_none(n->offline) ? "the start"
					      : moment_said(n->offline, s->today, since));
	canvas_put(c, at + 1, 3, PLAIN,
		   "Own slots are final; other sites' are T, \"to be confirmed by text\".");
	canvas_put(c, at + 2, 3, PLAIN,
		   "Your holds are not seen at other sites. Texts about a T wait.");
	canvas_printf(c, at + 3, 3, PLAIN, "%lld change%s waiting to be sent.",
		      (long long)n->pending, n->pending == 1 ? " is" : "s are");
}

static void parked_draw(struct canvas *c, const void *state)
{
	const struct parked_screen *s = state;
	const struct parked *p = selected(s);
	int more = (c->cols - 80) / 2;

	canvas_put(c, 2, 1, PLAIN, "Newest first. Kept through lock, lost line and restart.");
	canvas_right(c, 2, c->cols, PLAIN, "Ctrl-R resumes row 1");
	canvas_put(c, 3, 3, HEADING, "# Left");
	canvas_put(c, 3, WHAT, HEADING, "What");
	canvas_put(c, 3, WHO, HEADING, "Who");
	canvas_put(c, 3, BORN + more, HEADING, "Born");
	canvas_put(c, 3, PLACE + more, HEADING, "Where you were");
	if (s->list.n == 0)
		canvas_put(c, 5, 5, PLAIN,
			   "Nothing parked.  In a form or a booking, Ctrl-K parks it.");
	list_draw(c, &s->list, 4, false, parked_row, s);
	if (s->sync.word == SYNC_OFFLINE)
		offline(c, s, c->rows - 1 - OFFLINE_ROWS);
	if (p)
		about(c, p, c->rows - 5 - (s->sync.word == SYNC_OFFLINE ? OFFLINE_ROWS : 0));
}

static void parked_leave(struct ui *ui, void *state)
{
	struct parked_screen *s = state;

	(void)ui;
	list_free(&s->all);
	list_done(&s->list);
}

static struct list *parked_list_of(void *state)
{
	return &((struct parked_screen *)state)->list;
}

/* ---- keys ---- */

static int some(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	return selected(state) ? 0 : err_set(why, ERR_INPUT, "Nothing is parked on this row.");
}

static enum next resume(struct ui *ui, void *state)
{
	int64_t id = selected(state)->id;

	/* It stands where this list stood. */
	loop_back(ui);
	return parking_resume(ui, id);
}

static enum next thrown(struct ui *ui, void *state, char key)
{
	const struct parked *p = &((struct parked_screen *)state)->asked;
	struct err err = ERR_INIT;

	(void)key;
	if (park_throw(ui->desk, p->id, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Thrown away: %s%s%s.  u brings it back, for %d hours.", p->what,
		*p->who ? ", " : "", p->who, PARK_HOURS);
	return RELOAD;
}

static enum next throw_away(struct ui *ui, void *state)
{
	struct parked_screen *s = state;
	const struct parked *p = &s->asked;

	s->asked = *selected(s);
	ask_yes(ui, thrown, "Throw away %s%s%.40s?", p->what, *p->who ? ", " : "", p->who);
	return STAY;
}

static enum next bring_back(struct ui *ui, void *state)
{
	struct parked p = { 0 };
	struct err err = ERR_INIT;

	(void)state;
	if (park_bring_back(ui->desk, &p, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Back again: %s%s%s.", p.what, *p.who ? ", " : "", p.who);
	return RELOAD;
}

static enum next with_a_word(struct ui *ui, void *state, const char *said)
{
	struct parked_screen *s = state;
	const struct parked *p = &s->asked;
	struct err err = ERR_INIT;

	if (park_hand(ui->desk, p->id, s->user, said, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Handed to %s, who is told: %s.", s->user, p->what);
	return RELOAD;
}

static enum next to_whom(struct ui *ui, void *state, const char *user)
{
	struct parked_screen *s = state;

	snprintf(s->user, sizeof s->user, "%.31s", user);
	ask_text(ui, "A word to them:", false, 100, with_a_word);
	return STAY;
}

static enum next hand(struct ui *ui, void *state)
{
	struct parked_screen *s = state;

	s->asked = *selected(s);
	ask_text(ui, "Hand it to which user?", false, 31, to_whom);
	return STAY;
}

static enum next parked_back(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "resume",
	  .label = "Resume",
	  .help = "go on where you were",
	  .commits = true,
	  .act = resume,
	  .may = some },
	{ .key = "h",
	  .name = "hand",
	  .label = "Hand over",
	  .help = "hand it over; they are told",
	  .commits = true,
	  .act = hand,
	  .may = some },
	{ .key = "X",
	  .name = "throw",
	  .label = "Throw away",
	  .help = "throw away, kept eight hours",
	  .serious = true,
	  .commits = true,
	  .act = throw_away,
	  .may = some },
	{ .key = "u",
	  .name = "bring_back",
	  .label = "Bring back",
	  .help = "bring the last of those back",
	  .act = bring_back },
	{ .key = "Esc F12", .name = "back", .label = "Back", .act = parked_back },
	{ 0 },
};

const struct screen screen_parked = { .name = "parked",
				      .title = "PARKED",
				      .help = "parked, unfinished tasks",
				      .state = sizeof(struct parked_screen),
				      .load = parked_load,
				      .layout = parked_layout,
				      .draw = parked_draw,
				      .leave = parked_leave,
				      .list = parked_list_of,
				      .keys = keys };
