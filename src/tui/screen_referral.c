/*
 * screen_referral.c: one referral in full: how it stands, the time of every change, what was
 * answered, said and kept, its flags.
 *
 * Whoever may not read clinical words finds that there are some, and from when.  Nothing here is
 * edited: what comes later is added, with its date.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/contact.h"
#include "clinic/flag.h"
#include "clinic/refs.h"
#include "clinic/referral.h"
#include "open.h"
#include "people.h"
#include "who.h"

enum { LABEL = 3, VALUE = 17 };

struct full_line {
	bool heading;
	char label[16];
	char *text; /* as long as it is: the selected one is shown whole below */
};
struct full {
	struct id referral;
	struct referral_row r;
	struct who who;
	bool ready;
	int top;
	struct {
		struct full_line *v;
		size_t n, cap;
	} lines;
	struct list list;
	int64_t acted;
};

/* ---- lines ---- */

static void heading(struct full *f, const char *words)
{
	struct full_line *l = list_push(&f->lines);

	l->heading = true;
	l->text = mem_str(words);
}

__attribute__((format(printf, 3, 4))) static void line(struct full *f, const char *label,
						       const char *fmt, ...)
{
	char text[CLINICAL_TEXT + 512];
	struct full_line *l;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	text_whole(text);
	if (!*text)
		return;
	l = list_push(&f->lines);
	snprintf(l->label, sizeof l->label, "%s", label);
	l->text = mem_str(text);
}

static void lines_free(struct full *f)
{
	list_each (l, &f->lines)
		mem_free(l->text);
	list_free(&f->lines);
}

static int who_sent(struct ui *ui, struct full *f, struct err *err)
{
	const struct referral *r = &f->r.r;
	const struct customer *customer = ref_customer(ui->desk, r->customer);
	struct customer_contact c = { 0 };
	char told[WORDS_TEXT] = "";

	if (!id_none(r->referrer) && contact_told(ui->desk, &f->r, &c, told, err) < 0)
		return -1;
	line(f, "From", "%s%s%s%s%s", referral_source_brief(r->source), *c.name ? ", " : "", c.name,
	     customer ? ", " : "", customer ? customer->brief : "");
	if (*c.name)
		line(f, "May be told", "%s", *told ? told : "nothing");
	return 0;
}

static int how_it_stands(struct ui *ui, struct full *f, struct err *err)
{
	const struct referral *r = &f->r.r;
	const struct site *site = ref_site(ui->desk, r->site);
	char clock[CLOCK_TEXT], at[DAY_TEXT], day[DAY_TEXT];

	line(f, "State", "%s%s, since %s", referral_state_word(f->r.shown),
	     id_none(r->unfinished) ? "" : ", incomplete: a nurse completes its form",
	     moment_show(r->state_at, at));
	if (f->r.clock.kind)
		line(f, "Clock", "%s: %s%s%s", clock_word(f->r.clock.kind),
		     clock_show(&f->r.clock, clock), f->r.clock.paused ? "" : ", due ",
		     f->r.clock.paused ? "" : date_show(f->r.clock.due, day));
	line(f, "Type", "%s%s", referral_type_words(r->type),
	     r->over ? ", beyond the contract" : "");
	if (who_sent(ui, f, err) < 0)
		return -1;
	line(f, "Came", "%s%s%s", moment_show(r->received, at), site ? ", " : "",
	     site ? site->name : "");
	line(f, "Agreed", "%s; GP %s", date_none(r->agreed) ? "not yet" : date_show(r->agreed, day),
	     r->gp == GP_YES  ? "may be written to"
	     : r->gp == GP_NO ? "not to be written to"
			      : "not asked");
	line(f, "Contract", "triage %d, offer %d, seen %d, report %d working days", r->triage,
	     r->offer, r->seen, r->report);
	line(f, "Words", "%s", r->words);
	return 0;
}

static int flags(struct ui *ui, struct full *f, struct err *err)
{
	struct flag_rows rows = { 0 };
	bool any = false;
	char at[DAY_TEXT];

	/* Who may know of none is told of none. */
	if (!(ui->desk->user.role & ROLE_DESK))
		return 0;
	if (flag_list(ui->desk, f->r.r.person, &rows, err) < 0)
		return -1;
	list_each (it, &rows) {
		if (!id_same(it->f.service, f->r.r.service))
			continue;
		if (!any)
			heading(f, "! ALERTS");
		any = true;
		line(f, it->f.state, "%s, raised %s%s%s", flag_words(it->f.kind),
		     moment_show(it->f.raised_at, at), *it->f.words ? ": " : "", it->f.words);
	}
	list_free(&rows);
	return 0;
}

static int changes(struct ui *ui, struct full *f, struct err *err)
{
	struct ref_moves moves = { 0 };
	char at[DAY_TEXT];

	if (referral_moves(ui->desk, f->referral, &moves, err) < 0)
		return -1;
	heading(f, "CHANGES");
	list_each (m, &moves)
		line(f, "", "%s  %s  %s", moment_show(m->at, at), referral_state_word(m->to),
		     m->user);
	list_free(&moves);
	return 0;
}

static int answers(struct ui *ui, struct full *f, struct err *err)
{
	struct said_rows said = { 0 };

	if (referral_answers(ui->desk, f->referral, &said, err) < 0)
		return -1;
	if (said.n)
		heading(f, "ANSWERS");
	list_each (s, &said)
		line(f, "", "%s  %s", s->label, s->said);
	list_free(&said);
	return 0;
}

static int additions(struct ui *ui, struct full *f, struct err *err)
{
	struct remarks remarks = { 0 };
	struct attachments files = { 0 };
	char at[DAY_TEXT], size[32];
	int rc = referral_remarks(ui->desk, f->referral, &remarks, err);

	if (rc == 0)
		rc = referral_attachments(ui->desk, f->referral, &files, err);
	if (rc == 0 && remarks.n)
		heading(f, "COMMENTS");
	list_each (m, &remarks)
		if (rc == 0)
			line(f, m->kind, "%s %s: %s", moment_show(m->at, at), m->user,
			     *m->words ? m->words : "(clinical)");
	if (rc == 0 && files.n)
		heading(f, "ATTACHMENTS");
	list_each (a, &files) {
		if (rc < 0)
			continue;
		snprintf(size, sizeof size, "%lld kB", (long long)(a->bytes + 1023) / 1024);
		line(f, a->type, "%s, %s, %s %s, hash %02x%02x%02x%02x", a->name, size,
		     moment_show(a->at, at), a->user, a->hash[0], a->hash[1], a->hash[2],
		     a->hash[3]);
	}
	list_free(&remarks);
	list_free(&files);
	return rc;
}

/* ---- loading ---- */

static int full_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct full *f = state;
	int64_t *ids;

	if (id_none(f->referral))
		return err_set(err, ERR_MISSING, "No referral is chosen: Enter on a person's row.");
	if (referral_one(ui->desk, f->referral, &f->r, err) < 0 ||
	    who_load(ui, f->r.r.person, &f->who, err) < 0)
		return -1;
	lines_free(f);
	if (how_it_stands(ui, f, err) < 0 || flags(ui, f, err) < 0 || changes(ui, f, err) < 0 ||
	    additions(ui, f, err) < 0 || answers(ui, f, err) < 0)
		return -1;
	ui_place(ui, "%s", f->r.r.number);
	ids = mem_new(sizeof *ids * (f->lines.n + 1));
	for (size_t i = 0; i < f->lines.n; i++)
		ids[i] = f->lines.v[i].heading ? 0 : (int64_t)i + 1;
	/* What this desk added stands in its place at once. */
	list_load(&f->list, ids, f->lines.n, refresh && f->acted == ui->desk->acted);
	f->acted = ui->desk->acted;
	mem_free(ids);
	f->ready = true;
	return 0;
}

static void full_layout(void *state, int rows, int cols)
{
	struct full *f = state;

	f->top = f->ready ? who_top(&f->who, cols) : 4;
	list_size(&f->list, rows - 4 - f->top);
}

static void full_row(struct canvas *c, int row, int number, bool selected, const void *state,
		     int at)
{
	const struct full *f = state;
	const struct full_line *l = &f->lines.v[at];

	(void)number, (void)selected;
	if (l->heading) {
		canvas_put(c, row, 1, HEADING, l->text);
		return;
	}
	canvas_padded(c, row, LABEL, VALUE - LABEL - 1, PLAIN, l->label);
	canvas_padded(c, row, *l->label ? VALUE : LABEL + 2,
		      c->cols - (*l->label ? VALUE : LABEL + 2), PLAIN, l->text);
}

static void full_draw(struct canvas *c, const void *state)
{
	const struct full *f = state;
	int row, at;

	if (!f->ready)
		return;
	row = who_draw(c, &f->who);
	list_draw(c, &f->list, row, false, full_row, f);
	/* What its line cut stands whole below. */
	at = list_at(&f->list);
	if (at >= 0 && canvas_width(c, f->lines.v[at].text) > c->cols - VALUE)
		canvas_wrap(c, c->rows - 4, LABEL, c->cols - LABEL, 3, PLAIN, f->lines.v[at].text);
}

static void full_leave(struct ui *ui, void *state)
{
	struct full *f = state;

	(void)ui;
	lines_free(f);
	list_done(&f->list);
}

static struct list *full_list(void *state)
{
	return &((struct full *)state)->list;
}

/* ---- keys ---- */

/* What is added by who may not read clinical words is fit for all. */
static bool clinical(struct ui *ui, const struct full *f)
{
	return desk_clinical(ui->desk, f->r.r.service);
}

static enum next comment_typed(struct ui *ui, void *state, const char *text)
{
	struct full *f = state;
	struct err err = ERR_INIT;

	if (referral_comment(ui->desk, f->referral, text, clinical(ui, f), &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Added to %s.   u Undo", f->r.r.number);
	return REFRESH;
}

static enum next full_comment(struct ui *ui, void *state)
{
	(void)state;
	ask_text(ui, "To be added:", false, 300, comment_typed);
	return STAY;
}

static enum next reply_typed(struct ui *ui, void *state, const char *text)
{
	struct full *f = state;
	struct err err = ERR_INIT;

	if (referral_reply(ui->desk, f->referral, text, clinical(ui, f), &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s: the reply is in, its clock runs, it is on top.   u Undo", f->r.r.number);
	return REFRESH;
}

static enum next full_reply(struct ui *ui, void *state)
{
	(void)state;
	ask_text(ui, "What came?", false, 300, reply_typed);
	return STAY;
}

static enum next full_agree(struct ui *ui, void *state)
{
	struct full *f = state;
	struct err err = ERR_INIT;

	if (!date_none(f->r.r.agreed))
		return ui_failf(ui, "The agreement is recorded already.");
	if (referral_agree(ui->desk, f->referral, ui->desk->today, f->r.r.gp, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s: agreed to since today.   u Undo", f->r.r.number);
	return REFRESH;
}

static enum next full_edit(struct ui *ui, void *state)
{
	return open_intake_of(ui, ((struct full *)state)->referral);
}

static int unfinished(const struct ui *ui, const void *state, struct err *why)
{
	const struct full *f = state;

	(void)ui;
	return id_none(f->r.r.unfinished)
		       ? err_input(why, "", "Its form is whole: n adds what comes later.")
		       : 0;
}

static enum next full_book(struct ui *ui, void *state)
{
	const struct full *f = state;

	return open_booking(ui, f->r.r.person,
			    f->r.course.there ? f->r.course.service : f->r.r.service);
}

static enum next full_history(struct ui *ui, void *state)
{
	const struct full *f = state;

	return open_trail(ui, referral_history, f->referral, f->r.r.number);
}

static enum next full_phone(struct ui *ui, void *state)
{
	return open_phone(ui, ((struct full *)state)->r.r.person);
}

static enum next full_alerts(struct ui *ui, void *state)
{
	return open_alerts(ui, ((struct full *)state)->r.r.person);
}

#define DO(letter, called, words, says, does)                                                      \
	{                                                                                          \
		.key = letter, .name = called, .label = words, .help = says, .roles = APPT_ROLES,  \
		.act = does                                                                        \
	}

/* clang-format off */
static const struct key keys[] = {
	DO("n", "comment", "Comment", "add a dated comment", full_comment),
	DO("r", "reply", "Reply", "a reply or papers came in", full_reply),
	DO("c", "consent", "Consent", "the employee agrees to it", full_agree),
	DO("b", "book", "Book", "book", full_book),
	{ .key = "e", .name = "complete", .label = "Complete", .help = "go on with its form",
	  .roles = APPT_ROLES, .act = full_edit, .may = unfinished },
	{ .key = "p", .name = "phone", .label = "Phone", .help = "numbers, what may be said",
	  .act = full_phone },
	KEY_ALERTS(full_alerts),
	{ .key = "v", .name = "history", .label = "History", .help = "who did what to it",
	  .act = full_history },
	{ 0 },
};
/* clang-format on */

const struct screen screen_referral = { .name = "referral",
					.title = "REFERRAL",
					.state = sizeof(struct full),
					.layout = full_layout,
					.load = full_load,
					.draw = full_draw,
					.leave = full_leave,
					.list = full_list,
					.keys = keys };

enum next open_referral(struct ui *ui, struct id referral)
{
	struct full *f = ui_push(ui, &screen_referral);

	f->referral = referral;
	return STAY;
}
