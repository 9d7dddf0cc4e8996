/*
 * screen_decide.c: S7: one referral, all that is to be read on the left and the decision on the
 * right.
 *
 * The form's suggestion is filled in, so an ordinary one is Enter, a; both it and the nurse's
 * choice are kept.  0 to 3 choose the priority at once, Tab goes through the rest (letters are text
 * there) and back.  What leaves the list makes room for the next one of the inbox by itself, in the
 * order in which it stood.  Whoever comes second to a referral reads it only.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/deciding.h"
#include "clinic/phone.h"
#include "clinic/refs.h"
#include "decide.h"
#include "model/person.h"
#include "parking.h"
#include "people.h"
#include "screens.h"

enum { BEFORE_MOST = 6 };

/* ---- loading ---- */

static struct id of_list(const struct decide *d)
{
	return (struct id){ d->ids[d->i] };
}

/* Episodes with this service, however they came to be. */
static int read_courses(struct ui *ui, struct decide *d, struct err *err)
{
	const struct referral *now = &d->at.one.r;
	size_t kept = 0;

	list_free(&d->courses);
	if (desk_episodes(ui->desk, now->person, &d->courses, err) < 0)
		return -1;
	for (size_t i = 0; i < d->courses.n && kept < BEFORE_MOST; i++) {
		const struct episode *e = &d->courses.v[i].e;

		if (!id_same(e->id, now->id) && id_same(e->service, now->service))
			d->courses.v[kept++] = d->courses.v[i];
	}
	d->courses.n = kept;
	return 0;
}

static bool opened_one(const struct decide *d, struct id referral)
{
	list_each (c, &d->courses)
		if (id_same(c->e.id, referral))
			return true;
	return false;
}

/* Before it with this service: what was seen, and what was asked for and came to nothing. */
static int read_before(struct ui *ui, struct decide *d, struct err *err)
{
	const struct referral *now = &d->at.one.r;
	size_t kept = 0;

	if (read_courses(ui, d, err) < 0)
		return -1;
	list_free(&d->before);
	if (referrals_about(ui->desk, now->person, &d->before, err) < 0)
		return -1;
	for (size_t i = 0; i < d->before.n && kept < BEFORE_MOST; i++) {
		const struct referral_row *r = &d->before.v[i];

		if (!id_same(r->r.id, now->id) && id_same(r->r.service, now->service) &&
		    !opened_one(d, r->r.id))
			d->before.v[kept++] = *r;
	}
	d->before.n = kept;
	return 0;
}

static void say_call(struct decide *d, const struct flag_call *c)
{
	char at[DAY_TEXT];

	snprintf(d->call, sizeof d->call, "%s %s, %s", c->other ? "Told" : "Rang",
		 minute_show(moment_minute(c->at), at),
		 c->ed	    ? "sent to ED"
		 : c->other ? c->user
			    : try_words(c->result));
}

/* Flags of this person and service, and the last call about them. */
static int read_flags(struct ui *ui, struct decide *d, struct err *err)
{
	struct flag_call last = { 0 };
	size_t kept = 0;

	list_free(&d->flags);
	d->call[0] = '\0';
	d->alone = (struct id){ 0 };
	if (flag_list(ui->desk, d->at.one.r.person, &d->flags, err) < 0)
		return -1;
	for (size_t i = 0; i < d->flags.n; i++) {
		struct flag_calls calls = { 0 };
		const struct flag_row f = d->flags.v[i];

		if (strcmp(f.f.state, "open") != 0 || !id_same(f.f.service, d->at.one.r.service))
			continue;
		d->flags.v[kept++] = f;
		if (flag_calls(ui->desk, f.f.id, &calls, err) < 0)
			return -1;
		if (calls.n == 0)
			d->alone = f.f.id;
		list_each (c, &calls)
			if ((!c->other || strcmp(c->other, FLAG_TOLD) == 0) &&
			    c->at.utc >= last.at.utc)
				last = *c;
		list_free(&calls);
	}
	d->flags.n = kept;
	if (!moment_none(last.at))
		say_call(d, &last);
	return 0;
}

static int read_ring(struct ui *ui, struct decide *d, struct err *err)
{
	struct phone_card *card;
	int rc;

	d->ring[0] = '\0';
	if (d->flags.n == 0)
		return 0;
	card = mem_new(sizeof *card);
	rc = phone_card(ui->desk, d->at.one.r.person, card, err);
	if (rc == 0 && card->n)
		COPY(d->ring, card->v[0].number);
	mem_free(card);
	return rc;
}

/* Somebody was faster: who, and what they decided. */
static int read_ended(struct ui *ui, struct decide *d, struct err *err)
{
	const struct referral_row *r = &d->at.one;
	struct decision made;
	char at[DAY_TEXT];

	d->ended[0] = '\0';
	if (referral_list_of(r->r.state) == LIST_INBOX)
		return 0;
	if (referral_decision(ui->desk, r->r.id, &made, err) < 0)
		return -1;
	if (id_none(made.id))
		snprintf(d->ended, sizeof d->ended, "It is \"%s\" by now, since %s.",
			 referral_state_word(r->shown), moment_show(r->r.state_at, at));
	else
		snprintf(d->ended, sizeof d->ended, "%s decided it %s: %s, P%d %s.", made.user,
			 moment_show(made.at, at), referral_state_word(r->r.state), made.priority,
			 priority_word[made.priority]);
	return 0;
}

static int read_papers(struct ui *ui, struct decide *d, struct err *err)
{
	list_free(&d->papers);
	if (referral_attachments(ui->desk, d->at.one.r.id, &d->papers, err) < 0)
		return -1;
	mem_free(d->kept);
	d->kept = mem_new((d->papers.n + 1) * sizeof *d->kept);
	for (size_t i = 0; i < d->papers.n; i++)
		referral_kept_at(ui->desk, &d->papers.v[i], d->kept[i]);
	return 0;
}

static int read_taker(struct ui *ui, struct decide *d, struct err *err)
{
	struct ref_moves moves = { 0 };
	int rc = referral_moves(ui->desk, d->at.one.r.id, &moves, err);

	d->from[0] = '\0';
	if (rc == 0 && moves.n)
		COPY(d->from, moves.v[0].user);
	list_free(&moves);
	return rc;
}

static int read_rule(struct ui *ui, struct decide *d, struct err *err)
{
	struct contract c;

	d->rule[0] = '\0';
	if (!d->at.one.r.over)
		return 0;
	if (referral_contract(ui->desk, &d->at.one.r, &c, err) < 0)
		return -1;
	COPY(d->rule, c.rule);
	return 0;
}

static int read_all(struct ui *ui, struct decide *d, struct err *err)
{
	struct id id = of_list(d);

	list_free(&d->said);
	list_free(&d->remarks);
	d->cols = 0;
	d->today = ui->desk->today;
	return referral_one(ui->desk, id, &d->at.one, err) < 0 ||
			       who_load(ui, d->at.one.r.person, &d->who, err) < 0 ||
			       referral_answers(ui->desk, id, &d->said, err) < 0 ||
			       referral_remarks(ui->desk, id, &d->remarks, err) < 0 ||
			       read_papers(ui, d, err) < 0 || read_taker(ui, d, err) < 0 ||
			       read_before(ui, d, err) < 0 || read_flags(ui, d, err) < 0 ||
			       read_ring(ui, d, err) < 0 || read_ended(ui, d, err) < 0 ||
			       read_rule(ui, d, err) < 0
		       ? -1
		       : 0;
}

/* What was parked stands in the form again. */
static void put_back(struct decide *d)
{
	const char *priority = parcel_get(d->back, "priority");

	if (*priority >= '0' && *priority < '0' + PRIORITIES)
		d->priority = *priority - '0';
	parcel_to_form(d->back, &d->form);
	d->fields = d->form.dirty = true;
	args_free(&parcel_fields, d->back);
	d->back = NULL;
}

/* One that was not shown yet: as it was suggested. */
static void begin(struct ui *ui, struct decide *d)
{
	const struct referral_row *r = &d->at.one;

	d->shown = r->r.id;
	d->suggested = d->priority = triage_suggested(r);
	d->suggested_path =
		r->r.urgency == 0 && strchr(r->flags, flag_letter(FLAG_RED)) ? PATH_ED : PATH_BOOK;
	d->fields = false;
	d->top = 0;
	decide_form_begin(ui, d);
	if (d->back)
		put_back(d);
}

/* Whoever called sees that somebody looks after it.  A flag that cannot be taken now is read all
 * the same. */
static void take_flag(struct ui *ui, const struct decide *d)
{
	if (!*d->other && !*d->ended && !id_none(d->alone) &&
	    flag_take(ui->desk, d->alone, NULL) == 0)
		ui_done(ui, "The flag is yours to look after now: whoever raised it sees that.");
}

static int decide_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct decide *d = state;
	bool anew;

	(void)refresh;
	if (read_all(ui, d, err) < 0)
		return -1;
	anew = !id_same(d->shown, d->at.one.r.id);
	if (anew && intake_opened(ui->desk, d->at.one.r.person, err) < 0)
		return -1;
	if (anew)
		begin(ui, d);
	if ((anew || *d->other) && deciding_take(ui->desk, d->shown, d->other, err) < 0)
		return -1;
	if (anew)
		take_flag(ui, d);
	if (anew && *d->other)
		ui_warn(ui, "%s is deciding this now. You read it only.", d->other);
	ui_place(ui, "%s %zu of %zu", d->at.one.r.number, d->i + 1, d->n);
	return 0;
}

static void decide_layout(void *state, int rows, int cols)
{
	struct decide *d = state;
	int top = who_top(&d->who, cols) + 1;
	size_t all = (size_t)(rows - 2 - top + 1);

	if (d->cols != cols)
		decide_lines_make(d, cols);
	if (!id_none(d->shown))
		decide_form_place(d, cols);
	/* Where not all is in view the last line says so. */
	d->room = d->lines.n <= all ? all : all - 1;
	if (d->top + d->room > d->lines.n)
		d->top = d->lines.n > d->room ? d->lines.n - d->room : 0;
}

static void decide_leave(struct ui *ui, void *state)
{
	struct decide *d = state;

	deciding_leave(ui->desk);
	decide_form_end(d);
	if (d->back)
		args_free(&parcel_fields, d->back);
	list_free(&d->said);
	list_free(&d->remarks);
	list_free(&d->papers);
	mem_free(d->kept);
	list_free(&d->courses);
	list_free(&d->before);
	list_free(&d->flags);
	list_free(&d->lines);
	mem_free(d->ids);
}

static struct form *decide_form(void *state)
{
	struct decide *d = state;

	return d->fields ? &d->form : NULL;
}

static enum next decide_typed(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return STAY;
}

/* ---- to the next ---- */

/* The one behind this that is still to be decided; false: none. */
static bool advance(struct ui *ui, struct decide *d)
{
	for (size_t i = d->i + 1; i < d->n; i++) {
		struct referral_row r;

		if (referral_one(ui->desk, (struct id){ d->ids[i] }, &r, NULL) < 0 ||
		    referral_list_of(r.r.state) != LIST_INBOX)
			continue;
		d->i = i;
		return true;
	}
	return false;
}

static enum next decide_left(struct ui *ui, void *state)
{
	struct decide *d = state;

	ui_finished(ui, d);
	d->form.dirty = false;
	return advance(ui, d) ? RELOAD : BACK;
}

static enum next step(struct ui *ui, void *state, int by)
{
	struct decide *d = state;

	if (by < 0 ? d->i == 0 : d->i + 1 >= d->n)
		return ui_failf(ui, by < 0 ? "This is the first of the inbox."
					   : "This is the last of the inbox.");
	if (d->form.dirty)
		return ui_failf(ui, "Something is typed here: a accepts it, Esc throws it away.");
	d->i += (size_t)by;
	return RELOAD;
}

static enum next decide_next(struct ui *ui, void *state)
{
	return step(ui, state, 1);
}

static enum next decide_last(struct ui *ui, void *state)
{
	return step(ui, state, -1);
}

/* ---- the decision ---- */

static int may_decide(const struct ui *ui, const void *state, struct err *why)
{
	const struct decide *d = state;

	(void)ui;
	if (*d->ended)
		return err_set(why, ERR_CLASH, "%.70s", d->ended);
	return *d->other ? err_set(why, ERR_CLASH, "%s is deciding this now: it can be read only.",
				   d->other)
			 : 0;
}

static int may_ring(const struct ui *ui, const void *state, struct err *why)
{
	const struct decide *d = state;

	if (may_decide(ui, state, why) < 0)
		return -1;
	return d->flags.n ? 0 : err_input(why, "", "No flag is open on this referral.");
}

static enum next decide_priority(struct ui *ui, void *state)
{
	struct decide *d = state;

	d->priority = ui->key - '0';
	return STAY;
}

/* A risk that the nurse knows of is a flag at once, whatever becomes of the decision. */
static int raise_risk(struct ui *ui, const struct decide *d, enum flag_kind kind, struct err *err)
{
	const char *note = form_text(&d->form, "note");
	const struct flag_ask ask = { .person = d->at.one.r.person,
				      .service = d->at.one.r.service,
				      .referral = d->at.one.r.id,
				      .kind = kind,
				      .words = *note ? note : NULL };
	struct id id;

	return flag_raise(ui->desk, &ask, &id, err);
}

/* Which open flag nobody was spoken to about; NULL: none. */
static const struct flag *not_rung(const struct decide *d)
{
	list_each (f, &d->flags)
		if (!f->f.spoke)
			return &f->f;
	return NULL;
}

static enum next record_call(struct ui *ui, enum flag_kind kind, enum next next)
{
	const char *words = flag_words(kind);

	ui_failf(ui, "%c%s: record the call, or why none was made, before you accept (a).",
		 words[0] - 'a' + 'A', words + 1);
	return next;
}

static enum next refused(struct ui *ui, const struct err *err)
{
	ui_fail(ui, err);
	return err->kind == ERR_CLASH ? REFRESH : FAILED;
}

static void say_accepted(struct ui *ui, const struct decide *d, const struct decide_ask *ask)
{
	char name[PERSON_TEXT];
	const char *became = ask->pathway == PATH_ADVICE ? "answered with advice"
			     : ask->papers		 ? "accepted, papers first"
							 : "accepted";
	size_t n;

	person_show(d->at.one.surname, "", NULL, name);
	n = text_fit(name, 26);
	ui_done(ui, "%.*s%s %s, P%d %s.  u Undo", (int)n, name, name[n] ? ".." : "", became,
		ask->priority, priority_word[ask->priority]);
}

/* It is decided: what was decided is in *ret, for what follows. */
static bool accepted(struct ui *ui, struct decide *d, struct decide_ask *ret, enum next *ret_next)
{
	struct err err = ERR_INIT;
	enum flag_kind kind;

	*ret_next = FAILED;
	if (decide_form_read(ui, d, ret, &err) < 0) {
		ui_fail(ui, &err);
		return false;
	}
	if (decide_form_risk(d, &kind)) {
		if (raise_risk(ui, d, kind, &err) < 0)
			*ret_next = refused(ui, &err);
		else
			*ret_next = record_call(ui, kind, REFRESH);
		return false;
	}
	if (date_none(d->at.one.r.agreed)) {
		ui_failf(ui, "No consent to assess. c records it, X returns it.");
		return false;
	}
	if (not_rung(d) && !*ret->why_no_call) {
		record_call(ui, not_rung(d)->kind, FAILED);
		return false;
	}
	/* What was said on a call stands with the call: only of none made is it a reason. */
	if (!not_rung(d))
		ret->why_no_call = NULL;
	if (triage_decide(ui->desk, d->shown, ret, &err) < 0) {
		*ret_next = refused(ui, &err);
		return false;
	}
	say_accepted(ui, d, ret);
	return true;
}

static enum next decide_accept(struct ui *ui, void *state)
{
	struct decide *d = state;
	struct decide_ask ask;
	enum next next;

	return accepted(ui, d, &ask, &next) ? decide_left(ui, d) : next;
}

/* Accepted, and booked while they are on the telephone: the next stands here when that is done. */
static enum next decide_book(struct ui *ui, void *state)
{
	struct decide *d = state;
	struct id person = d->at.one.r.person;
	struct decide_ask ask;
	enum next next;

	if (!accepted(ui, d, &ask, &next))
		return next;
	next = decide_left(ui, d);
	if (ask.pathway == PATH_BOOK && !ask.papers)
		open_booking(ui, person, ask.service);
	return next;
}

static const char *call_words(const void *state)
{
	const char *text = form_text(&((const struct decide *)state)->form, "call");

	return *text ? text : NULL;
}

/* ---- the cursor ---- */

/* Through the fields and back to the priority, whose letters are commands. */
static enum next decide_tab(struct ui *ui, void *state)
{
	struct decide *d = state;
	int by = ui->key == K_TAB ? 1 : -1, to = d->fields ? d->form.at + by : -1;

	if (!d->fields)
		to = by > 0 ? 0 : d->form.n - 1;
	d->fields = to >= 0 && to < d->form.n;
	if (d->fields)
		d->form.at = to;
	return STAY;
}

static enum next decide_enter(struct ui *ui, void *state)
{
	struct decide *d = state;

	if (!d->fields)
		return ui_failf(ui, "a accepts it as it stands here; Tab goes to its fields.");
	d->fields = false;
	return STAY;
}

static enum next left_yes(struct ui *ui, void *state, char key)
{
	(void)ui, (void)state, (void)key;
	return BACK;
}

static enum next decide_esc(struct ui *ui, void *state)
{
	struct decide *d = state;

	if (d->fields) {
		d->fields = false;
		return STAY;
	}
	if (!d->form.dirty)
		return BACK;
	ask_yes(ui, left_yes, "Leave it undecided, without what was typed?");
	return STAY;
}

static enum next decide_page(struct ui *ui, void *state)
{
	struct decide *d = state;

	if (ui->key == K_PGDN)
		d->top += d->room; /* the layout stops at the end */
	else
		d->top -= d->top < d->room ? d->top : d->room;
	return STAY;
}

/* ---- what else may be done ---- */

static enum next decide_phone(struct ui *ui, void *state)
{
	return open_phone(ui, ((struct decide *)state)->at.one.r.person);
}

static enum next decide_person(struct ui *ui, void *state)
{
	return open_person(ui, ((struct decide *)state)->at.one.r.person);
}

static enum next decide_alerts(struct ui *ui, void *state)
{
	return open_alerts(ui, ((struct decide *)state)->at.one.r.person);
}

static enum next decide_history(struct ui *ui, void *state)
{
	const struct referral_row *r = &((struct decide *)state)->at.one;
	char title[PERSON_TEXT];

	person_show(r->surname, r->given, r->title, title);
	return open_trail(ui, referral_history, r->r.id, title);
}

/* ---- parking ---- */

static bool decide_unsaved(const void *state)
{
	return ((const struct decide *)state)->form.dirty;
}

static bool decide_park(const struct ui *ui, const void *state, struct parked *ret,
			struct parcel *texts)
{
	const struct decide *d = state;
	const struct referral_row *r = &d->at.one;
	const struct service *s = ref_service(ui->desk, r->r.service);
	char id[ID_TEXT], priority[2] = { (char)('0' + d->priority), '\0' };

	if (!d->form.dirty || id_none(d->shown))
		return false;
	ret->person = r->r.person;
	ret->private_ = s && s->private_;
	person_show(r->surname, r->given, r->title, ret->who);
	snprintf(ret->what, sizeof ret->what, "Decision");
	snprintf(ret->place, sizeof ret->place, "%s, half typed", d->field[d->form.at].label);
	snprintf(ret->note, sizeof ret->note, "%s", r->r.number);
	parcel_put(texts, "referral", id_text(d->shown, id));
	parcel_put(texts, "priority", priority);
	parcel_form(texts, &d->form);
	return true;
}

static enum next decide_resume(struct ui *ui, const struct parked *was, const struct parcel *texts)
{
	struct err err = ERR_INIT;
	struct referral_row r;
	struct decide *d;
	struct id id;

	(void)was;
	if (!id_parse(parcel_get(texts, "referral"), &id) ||
	    referral_one(ui->desk, id, &r, &err) < 0)
		return ui_fail(ui, &err);
	open_decision(ui, &id.n, 1, 0);
	d = loop_top(ui)->state;
	d->back = parcel_copy(texts);
	return STAY;
}

/* ---- keys ---- */

#define DECIDES(letter, called, words, says, does)                                                 \
	{                                                                                          \
		.key = letter, .name = called, .label = words, .help = says, .commits = true,      \
		.act = does, .may = may_decide                                                     \
	}
#define SERIOUS(letter, called, words, says, does, can)                                            \
	{                                                                                          \
		.key = letter, .name = called, .label = words, .help = says, .serious = true,      \
		.commits = true, .act = does, .may = can                                           \
	}

static const struct key keys[] = {
	{ .key = "0 1 2 3",
	  .name = "priority",
	  .label = "Priority",
	  .help = "how soon: 0 now, 3 routine",
	  .shown = "0-3",
	  .act = decide_priority,
	  .may = may_decide },
	{ .key = "Tab S-Tab",
	  .name = "field",
	  .label = "Field",
	  .help = "to the next field, and back",
	  .act = decide_tab,
	  .may = may_decide },
	DECIDES("a C-s", "accept", "Accept", "accept it, go on to the next", decide_accept),
	DECIDES("b", "book", "Book", "accept it and book at once", decide_book),
	DECIDES("q", "query", "Query", "ask; the clock stands still", triage_ask),
	DECIDES("m", "send", "Send on", "to a site, GP, A&E, helpline", triage_on),
	SERIOUS("X", "return", "Return", "back to its sender; decline", triage_end, may_decide),
	{ .key = "p",
	  .name = "phone",
	  .label = "Phone",
	  .help = "numbers, what may be said",
	  .act = decide_phone },
	{ .key = "r",
	  .name = "rang",
	  .help = "record a call about the flag",
	  .commits = true,
	  .act = triage_rang,
	  .may = may_ring },
	DECIDES("c", "consent", NULL, "record consent to assess", triage_consent),
	SERIOUS("E", "escalate", NULL, "tell who is on duty, now", triage_urge, may_decide),
	SERIOUS("C", "clear", NULL, "clear the flag, and say why", triage_clear, may_ring),
	{ .key = "PgDn PgUp",
	  .name = "read",
	  .help = "the rest of what there is",
	  .act = decide_page },
	{ .key = "F8 +", .name = "next", .help = "the next of the inbox", .act = decide_next },
	{ .key = "F7 -", .name = "last", .help = "the one before", .act = decide_last },
	{ .key = "e", .name = "person", .help = "open the person", .act = decide_person },
	{ .key = "v", .name = "history", .help = "who did what to it", .act = decide_history },
	{ .key = "Enter", .name = "take", .act = decide_enter },
	{ .key = "Esc F12", .name = "leave", .label = NULL, .act = decide_esc },
	KEY_ALERTS(decide_alerts),
	{ 0 },
};

const struct screen screen_decide = {
	.name = "decide",
	.title = "TRIAGE",
	.help = "the decision about one referral",
	.roles = TRIAGE_ROLES,
	.state = sizeof(struct decide),
	.layout = decide_layout,
	.load = decide_load,
	.draw = decide_draw,
	.leave = decide_leave,
	.form = decide_form,
	.typed = decide_typed,
	.park = decide_park,
	.resume = decide_resume,
	.unsaved = decide_unsaved,
	.keys = keys,
};

enum next open_decision(struct ui *ui, const int64_t *ids, size_t n, size_t at)
{
	struct decide *d = ui_push(ui, &screen_decide);

	d->ids = mem_new((n + 1) * sizeof *d->ids);
	memcpy(d->ids, ids, n * sizeof *ids);
	d->n = n;
	d->i = at;
	d->at.left = decide_left;
	d->at.call_words = call_words;
	return STAY;
}
