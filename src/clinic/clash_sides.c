/*
 * clash_sides.c: both sides of a clash: what was meant here, what stands, by whom and since when.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/clash_words.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "model/person.h"
#include "store/clashes.h"
#include "store/journal.h"
#include "store/messages.h"
#include "store/people.h"
#include "store/slots.h"

/* ---- small words ---- */

void clash_value(const struct clash *c, const char *stored, char *ret, size_t n)
{
	static const char *const yes_no[] = { "text_ok", "voicemail" };
	char day[DAY_TEXT], phone[PHONE_TEXT];
	bool is = false;

	for (size_t i = 0; i < sizeof yes_no / sizeof *yes_no; i++)
		is |= strcmp(c->col, yes_no[i]) == 0;
	if (!*stored)
		snprintf(ret, n, "%s", is ? "not asked" : "nothing");
	else if (is)
		snprintf(ret, n, "%s", strcmp(stored, "0") == 0 ? "no" : "yes");
	else if (strcmp(c->col, "born") == 0 || strcmp(c->col, "from_day") == 0 ||
		 strcmp(c->col, "to_day") == 0)
		snprintf(ret, n, "%s",
			 date_show((struct date){ (int32_t)strtol(stored, NULL, 10) }, day));
	else if (strcmp(c->tab, "contact") == 0 && text_is_digits(stored) &&
		 strlen(stored) < PHONE_TEXT - 4)
		snprintf(ret, n, "%s", phone_show(stored, phone));
	else
		snprintf(ret, n, "%s", stored);
}

/* Ids carry the number of the node that gave them out. */
static int node_of(struct id id)
{
	return (int)(id.n >> 42);
}

/* "p.shah, Northgate" */
static void side(struct desk *desk, const char *user, int node, char *ret, size_t n)
{
	char place[NAME_TEXT];

	snprintf(ret, n, "%s%s%.28s", user, *user ? ", " : "", node_shown(desk, node, place));
}

/* ---- what both sides are made from ---- */

static int one_appt(struct desk *desk, struct id id, struct desk_row *ret, bool *ret_has,
		    struct err *err)
{
	struct err why = ERR_INIT;

	*ret_has = !id_none(id) && desk_appt(desk, id, ret, &why) == 0;
	return *ret_has || why.kind == ERR_NONE ? 0 : clash_missing(&why, err);
}

/* Who may write the slot that was asked for. */
static int find_holder(struct desk *desk, struct clash_facts *f, struct err *err)
{
	const struct appt *a = &f->mine.row.a;
	struct slots day = { 0 };
	int rc = slots_of_day(desk->store, a->clinician, a->day, a->day, &day, err);

	list_each (s, &day)
		if (s->starts.utc == a->starts.utc)
			f->holder_node = s->holder;
	list_free(&day);
	if (f->holder_node)
		node_shown(desk, f->holder_node, f->holder);
	return rc;
}

static int edited_now(struct desk *desk, const struct clash *c, struct clash_facts *f,
		      struct err *err)
{
	const struct person_edit one = { c->a, c->tab, c->col, NULL, NULL };
	struct txn t = { .store = desk->store };
	struct id person;
	char *now;

	if (clash_owner(desk->store, c->tab, c->a, &person, f->scope, err) < 0)
		return -1;
	if (id_none(person)) {
		snprintf(f->now, sizeof f->now, "%s", c->theirs);
		return 0;
	}
	now = people_edit_now(&t, &one);
	if (txn_failed(&t)) {
		mem_free(now);
		return clash_missing(&t.err, err);
	}
	snprintf(f->now, sizeof f->now, "%s", now ? now : "");
	mem_free(now);
	return 0;
}

int clash_facts(struct desk *desk, const struct clash_row *row, struct clash_facts *ret,
		struct err *err)
{
	const struct clash *c = &row->c;
	const struct clash_kind *k = clash_kind(c);

	*ret = (struct clash_facts){ .holder_node = 0 };
	if (k->about == OF_ROW)
		return edited_now(desk, c, ret, err);
	if (k->about != OF_APPT)
		return 0;
	if (one_appt(desk, c->a, &ret->mine, &ret->has_mine, err) < 0)
		return -1;
	/* Of an episode that was closed, b is the episode. */
	if (strcmp(c->type, "episode") != 0 &&
	    one_appt(desk, c->b, &ret->theirs, &ret->has_theirs, err) < 0)
		return -1;
	return ret->has_mine && clash_slot_lost(c) ? find_holder(desk, ret, err) : 0;
}

/* ---- both sides ---- */

static struct clash_line *line(struct clash_view *v, const char *label, const char *here,
			       const char *there)
{
	static struct clash_line none;
	struct clash_line *l = v->n < CLASH_LINES ? &v->v[v->n++] : &none;

	COPY(l->label, label);
	COPY(l->here, here);
	COPY(l->there, there);
	return l;
}

static void place_words(const struct desk_row *d, char *buf, size_t n)
{
	char at[48];

	snprintf(buf, n, "%s %.40s", clash_time(d->row.a.starts, at, sizeof at), d->with);
}

/* The first word about a row, and whose. */
static int made_by(struct desk *desk, struct id subject, struct event *ret, struct err *err)
{
	struct events all = { 0 };
	int rc = history_of(desk->store, subject, &all, err);

	*ret = (struct event){ .act = 0 };
	if (rc == 0 && all.n)
		*ret = all.v[0];
	list_free(&all);
	return rc;
}

/* "yes, by text" */
static int was_told(struct desk *desk, struct id appt, const char **ret, struct err *err)
{
	struct msgs list = { 0 };
	int rc = msgs_of_appt(desk->store, appt, &list, err);

	*ret = "by whoever booked it";
	list_each (m, &list)
		*ret = m->state == MSG_SENT	? "yes, by text"
		       : m->state == MSG_PHONED ? "yes, by phone"
		       : m->state == MSG_QUEUED ? "a text is on its way"
						: *ret;
	list_free(&list);
	return rc;
}

static void born_words(const struct desk_row *d, char *buf, size_t n)
{
	char day[DAY_TEXT];

	snprintf(buf, n, "%s", date_none(d->row.born) ? "not known" : date_show(d->row.born, day));
}

static int appt_sides(struct desk *desk, const struct clash_facts *f, struct clash_view *v,
		      struct err *err)
{
	const struct clash *c = &v->row.c;
	char a[LINE_TEXT], b[LINE_TEXT], at[DAY_TEXT];
	const char *told = "";
	struct event theirs = { .act = 0 };

	side(desk, c->user, c->node, v->here, sizeof v->here);
	place_words(&f->mine, a, sizeof a);
	if (!f->has_theirs) {
		line(v, "Slot", a, "it is not free any more");
		line(v, "Person told", "that it is to be confirmed", "");
		return 0;
	}
	if (made_by(desk, c->b, &theirs, err) < 0 || was_told(desk, c->b, &told, err) < 0)
		return -1;
	side(desk, theirs.user, node_of(theirs.id), v->there, sizeof v->there);
	place_words(&f->theirs, b, sizeof b);
	line(v, "Slot", a, b);
	line(v, "Who", f->mine.name, f->theirs.name);
	born_words(&f->mine, a, sizeof a);
	born_words(&f->theirs, b, sizeof b);
	line(v, "Born", a, b);
	snprintf(a, sizeof a, "%s, %s", moment_short(f->mine.row.a.asked_at, desk->today, at),
		 strcmp(c->type, "slot") == 0 ? "to be confirmed" : "confirmed");
	snprintf(b, sizeof b, "%s, %s", moment_short(f->theirs.row.a.asked_at, desk->today, at),
		 f->theirs.row.a.state == APPT_REQUESTED ? "to be confirmed" : "confirmed");
	line(v, "Made", a, b);
	line(v, "Person told",
	     strcmp(c->type, "slot") == 0 ? "that it is to be confirmed" : "that it is booked",
	     told);
	return 0;
}

/* A mark that met another: what was meant, and how it stands. */
static int state_sides(struct desk *desk, const struct clash_facts *f, struct clash_view *v,
		       struct err *err)
{
	const struct clash *c = &v->row.c;
	struct event last = { .act = 0 };
	char a[LINE_TEXT], at[DAY_TEXT], then[DAY_TEXT];

	if (history_last(desk->store, c->a, &last, err) < 0)
		return -1;
	side(desk, c->user, c->node, v->here, sizeof v->here);
	side(desk, last.user, node_of(last.id), v->there, sizeof v->there);
	place_words(&f->mine, a, sizeof a);
	line(v, "Appointment", a, a);
	line(v, "State", c->note, appt_word(f->mine.row.a.state));
	line(v, "Said", moment_short(c->at, desk->today, at),
	     moment_short(last.at, desk->today, then));
	return 0;
}

/* Does the history say that the field was changed? */
static bool names_field(const char *what, const char *field)
{
	size_t n = strlen(field);

	for (const char *s = what; n && (s = strstr(s, field)); s += n)
		if ((s == what || s[-1] == ' ') && (s[n] == ',' || s[n] == ' '))
			return true;
	return false;
}

static bool stands(const struct events *all, const struct event *e)
{
	list_each (later, all)
		if (id_same(later->reverses, e->id))
			return false;
	return true;
}

/* Whose word stands there: the last that named the field, apart from the one that lost. */
static int who_changed(struct desk *desk, const struct clash_view *v, struct event *ret,
		       struct err *err)
{
	struct events all = { 0 };
	int rc = history_of(desk->store, v->row.person, &all, err);

	*ret = (struct event){ .act = 0 };
	list_each (e, &all)
		if (!id_same(e->id, v->row.c.b) && id_none(e->reverses) && stands(&all, e) &&
		    (names_field(e->what, v->row.c.note) || strcmp(e->what, "registered") == 0))
			*ret = *e;
	list_free(&all);
	return rc;
}

static int edit_sides(struct desk *desk, const struct clash_facts *f, struct clash_view *v,
		      struct err *err)
{
	const struct clash *c = &v->row.c;
	struct event theirs = { .act = 0 };
	char a[LINE_TEXT], b[LINE_TEXT], at[DAY_TEXT], then[DAY_TEXT], field[CODE_TEXT];

	if (!id_none(v->row.person) && who_changed(desk, v, &theirs, err) < 0)
		return -1;
	side(desk, c->user, c->node, v->here, sizeof v->here);
	side(desk, theirs.user, id_none(theirs.id) ? 1 : node_of(theirs.id), v->there,
	     sizeof v->there);
	clash_field(c, field, sizeof field);
	if (*field >= 'a' && *field <= 'z')
		*field = (char)(*field - 'a' + 'A');
	clash_value(c, c->base, a, sizeof a);
	line(v, "It was", a, a);
	clash_value(c, c->mine, a, sizeof a);
	clash_value(c, f->now, b, sizeof b);
	line(v, field, a, b);
	line(v, "Changed", moment_short(c->at, desk->today, at),
	     id_none(theirs.id) ? "" : moment_short(theirs.at, desk->today, then));
	if (strcmp(f->now, c->theirs) != 0) {
		clash_value(c, c->theirs, b, sizeof b);
		line(v, "Then", "", b);
	}
	return 0;
}

static int slot_side(struct desk *desk, struct id id, char *what, char *where, size_t n,
		     struct err *err)
{
	struct err why = ERR_INIT;
	struct slot s;
	char at[48];

	snprintf(what, n, "not known here");
	*where = '\0';
	if (slots_get(desk->store, id, &s, &why) < 0)
		return clash_missing(&why, err);
	const struct clinician *c = ref_clinician(desk, s.clinician);
	const struct site *site = ref_site(desk, s.site);

	snprintf(what, n, "%s %.40s", clash_time(s.starts, at, sizeof at), c ? c->surname : "");
	snprintf(where, n, "%.60s", site ? site->name : "");
	return 0;
}

static int session_sides(struct desk *desk, struct clash_view *v, struct err *err)
{
	const struct clash *c = &v->row.c;
	char a[LINE_TEXT], b[LINE_TEXT], at_a[LINE_TEXT], at_b[LINE_TEXT];

	if (slot_side(desk, c->a, a, at_a, sizeof a, err) < 0 ||
	    slot_side(desk, c->b, b, at_b, sizeof b, err) < 0)
		return -1;
	side(desk, c->user, c->node, v->here, sizeof v->here);
	line(v, "Session", a, b);
	line(v, "Site", at_a, at_b);
	line(v, "What", c->note, "");
	return 0;
}

static int task_sides(struct desk *desk, struct clash_view *v, struct err *err)
{
	struct task_row t;
	const struct task_outcome *o;
	char at[DAY_TEXT], then[DAY_TEXT];

	if (task_one(desk, v->row.c.a, &t, err) < 0)
		return -1;
	side(desk, v->row.c.user, v->row.c.node, v->here, sizeof v->here);
	o = task_outcome_find(t.t.kind, t.t.outcome);
	snprintf(v->there, sizeof v->there, "%s", t.done_by);
	line(v, "Ended", "ended here too", o ? o->word : t.t.outcome);
	line(v, "When", moment_short(v->row.c.at, desk->today, at),
	     moment_short(t.t.done_at, desk->today, then));
	return 0;
}

static int twice_sides(struct desk *desk, struct clash_view *v, struct err *err)
{
	struct clash_row other = { .born = DATE_NONE };
	char a[NHS_TEXT], b[NHS_TEXT], born[DAY_TEXT], born_b[DAY_TEXT];

	if (clash_person(desk, v->row.c.b, &other, err) < 0)
		return -1;
	side(desk, v->row.c.user, node_of(v->row.c.a), v->here, sizeof v->here);
	side(desk, "", node_of(v->row.c.b), v->there, sizeof v->there);
	line(v, "Who", v->row.name, other.name);
	line(v, "Born", date_show(v->row.born, born), date_show(other.born, born_b));
	line(v, "NHS No.", nhs_show(v->row.nhs, a), nhs_show(other.nhs, b));
	return 0;
}

int clash_sides(struct desk *desk, const struct clash_facts *f, struct clash_view *v,
		struct err *err)
{
	const struct clash *c = &v->row.c;

	switch (clash_kind(c)->about) {
	case OF_APPT:
		side(desk, c->user, c->node, v->here, sizeof v->here);
		if (!f->has_mine)
			return 0;
		return strcmp(c->type, "state") == 0 ? state_sides(desk, f, v, err)
						     : appt_sides(desk, f, v, err);
	case OF_ROW:
		return edit_sides(desk, f, v, err);
	case OF_SLOT:
		return session_sides(desk, v, err);
	case OF_TASK:
		return task_sides(desk, v, err);
	case OF_PERSON:
		return twice_sides(desk, v, err);
	case OF_COMMAND:
		break;
	}
	side(desk, c->user, c->node, v->here, sizeof v->here);
	line(v, "Why", c->note, "");
	return clash_command(desk, v, err);
}

int clash_look(struct desk *desk, struct id id, struct clash_view *ret, struct err *err)
{
	struct clash_view *v = mem_new(sizeof *v);
	struct clash_facts f;
	int rc = clash_row(desk, id, &v->row, err);

	if (rc == 0 && !v->row.masked) {
		rc = clash_facts(desk, &v->row, &f, err);
		if (rc == 0)
			rc = clash_sides(desk, &f, v, err);
		if (rc == 0 && v->row.c.open)
			rc = clash_offers(desk, &f, v, err);
	}
	if (rc == 0 && v->row.masked)
		snprintf(v->say, sizeof v->say,
			 "Private: it is settled by who works for that service.");
	if (rc == 0)
		*ret = *v;
	mem_free(v);
	return rc;
}
