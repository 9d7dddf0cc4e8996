/*
 * closing.c: what stands in the way of closing a site's day, closing it, and opening it again.
 */
#include "clinic/closing.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/closing_acts.h"
#include "clinic/desklist.h"
#include "clinic/outbox.h"
#include "clinic/park.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "model/person.h"
#include "store/closings.h"
#include "store/tasks.h"

enum { AHEAD = 7 /* days in which a booking not confirmed stands in the way */ };

void closing_done(struct closing *c)
{
	list_free(&c->left);
}

/* ---- what is left ---- */

static struct left *add(struct closing *c, enum left_kind kind)
{
	struct left *l = list_push(&c->left);

	l->kind = kind;
	l->born = DATE_NONE;
	c->count[kind]++;
	return l;
}

static void add_row(struct closing *c, enum left_kind kind, const struct desk_row *r)
{
	struct left *l = add(c, kind);

	l->appt = r->row.a.id;
	l->person = r->row.a.person;
	l->at = r->row.a.starts;
	l->state = r->row.a.state;
	l->born = r->row.born;
	l->alike = r->alike > 0;
	snprintf(l->who, sizeof l->who, "%s", r->name);
	snprintf(l->text, sizeof l->text, "%s with %s, %s", r->type, r->with,
		 appt_word(r->row.a.state));
}

/* Who was to come and whose row says nothing of it. */
static int add_rows(struct desk *desk, struct id site, struct date day, struct closing *c,
		    struct err *err)
{
	struct desk_filter f = { .states = 1u << APPT_BOOKED | 1u << APPT_ARRIVED |
					   1u << APPT_IN_ROOM };
	struct desk_rows rows = { 0 };
	int rc = desklist(desk, site, day, &f, &rows, err);

	list_each (r, &rows)
		if (rc == 0)
			add_row(c, LEFT_ROW, r);
	desk_rows_done(&rows);
	return rc;
}

static int add_tentative(struct desk *desk, struct id site, struct date day, struct closing *c,
			 struct err *err)
{
	struct date soon = { day.n + AHEAD };
	struct appt_ids ids = { 0 };
	int rc = tentative_at(desk->store, site, day, soon, &ids, err);

	for (size_t i = 0; rc == 0 && i < ids.n; i++) {
		struct desk_row row;

		rc = desk_appt(desk, ids.v[i], &row, err);
		if (rc == 0)
			add_row(c, LEFT_TENTATIVE, &row);
	}
	list_free(&ids);
	return rc;
}

static int add_tasks(struct desk *desk, struct date day, struct closing *c, struct err *err)
{
	struct moment until = wall_moment((struct date){ day.n + 1 }, 0);
	struct task_rows rows = { 0 };
	int rc = task_rows(desk, TASKS_FOR_ME, &rows, err);

	list_each (r, &rows) {
		if (rc < 0 || r->t.due.utc >= until.utc)
			continue;
		struct left *l = add(c, LEFT_TASK);

		l->task = r->t.id;
		l->person = r->t.person;
		l->at = r->t.due;
		l->born = id_none(r->t.person) ? DATE_NONE : r->born;
		if (!id_none(r->t.person))
			person_show(r->surname, r->given, r->title, l->who);
		snprintf(l->text, sizeof l->text, "%s: %.*s", task_kind_word(r->t.kind),
			 (int)text_fit(r->t.text, LEFT_COLUMNS), r->t.text);
	}
	list_free(&rows);
	return rc;
}

/* Messages that did not go: somebody settles each of them. */
static int add_unsent(struct desk *desk, struct id site, struct closing *c, struct err *err)
{
	const unsigned stuck = 1u << MSG_DEAD | 1u << MSG_UNSURE;
	struct msgs list = { 0 };
	int rc = outbox_list(desk, stuck, (struct moment){ 0 }, &list, err);

	list_each (m, &list) {
		if (rc < 0 || !(id_none(m->site) || id_same(m->site, site)))
			continue;
		struct left *l = add(c, LEFT_UNSENT);

		l->message = m->id;
		l->person = m->person;
		l->at = m->at;
		l->born = m->born;
		person_show(m->surname, m->given, m->salute, l->who);
		snprintf(l->text, sizeof l->text, "%s by %s: %s", msg_event_word(m->event),
			 msg_channel_word(m->channel), *m->why ? m->why : m->last);
	}
	list_free(&list);
	return rc;
}

/* What this user began and left; nobody sees another's. */
static int add_parked(struct desk *desk, struct closing *c, struct err *err)
{
	struct parkeds list = { 0 };
	int rc = park_list(desk, &list, err);

	list_each (p, &list) {
		if (rc < 0)
			break;
		struct left *l = add(c, LEFT_PARKED);

		l->parked = p->id;
		l->person = p->person;
		l->at = p->at;
		l->born = p->born;
		snprintf(l->who, sizeof l->who, "%s", p->who);
		snprintf(l->text, sizeof l->text, "%s: %s", p->what, p->place);
	}
	list_free(&list);
	return rc;
}

int closing_look(struct desk *desk, struct id site, struct date day, struct closing *ret,
		 struct err *err)
{
	struct closing c = { 0 };

	if (closing_of(desk->store, site, day, &c.closed, err) < 0 ||
	    add_rows(desk, site, day, &c, err) < 0 || add_tentative(desk, site, day, &c, err) < 0 ||
	    add_tasks(desk, day, &c, err) < 0 || add_parked(desk, &c, err) < 0 ||
	    add_unsent(desk, site, &c, err) < 0) {
		closing_done(&c);
		return -1;
	}
	*ret = c;
	return 0;
}

char *closing_words(const struct closing *c, char buf[CLOSING_WORDS])
{
	static const char *const words[][2] = {
#define X(name, one, several) { one, several },
		LEFT_KINDS(X)
#undef X
	};
	size_t n = 0;

	buf[0] = '\0';
	for (int i = 0; i < LEFT_KIND_COUNT && n < CLOSING_WORDS; i++)
		if (c->count[i])
			n += (size_t)snprintf(buf + n, CLOSING_WORDS - n, "%s%d %s", n ? ", " : "",
					      c->count[i], words[i][c->count[i] > 1]);
	return buf;
}

/* ---- the acts ---- */

struct close_args {
	struct id id, site;
	struct date day;
	int64_t items;
	const char *what, *why, *scope, *name; /* name: of the site, for the history */
	struct new_tasks tasks;		       /* what is left, for the next shift */
	struct task_ids back;
};
static const struct field close_f[] = {
	FIELD(id, struct close_args, "id", F_ID),
	FIELD(site, struct close_args, "site", F_ID),
	FIELD(day, struct close_args, "day", F_DATE),
	FIELD(items, struct close_args, "items", F_INT),
	FIELD(what, struct close_args, "what", F_TEXT),
	FIELD(why, struct close_args, "why", F_TEXT),
	FIELD(scope, struct close_args, "scope", F_TEXT),
	FIELD(name, struct close_args, "name", F_TEXT),
	FIELD_ROWS(tasks, struct close_args, "tasks", &new_task_fields),
	FIELD_ROWS(back, struct close_args, "back", &task_id_fields),
};
static const struct fields close_fields = FIELDS(close_f, struct close_args);

/* For whoever opens the desk next. */
static void to_next_shift(struct desk *desk, const struct site *site, struct date day,
			  struct close_args *a)
{
	enum { OPENS = 8 * 60 };
	struct date next = calendar_add_working(desk->refs->calendar, site->nation, day, 1);
	struct new_task *n = task_open(desk, &a->tasks, TASK_HANDOVER, wall_moment(next, OPENS),
				       "Left open: %s. %s", a->what, a->why);

	n->role = mem_str(role_word(ROLE_RECEPTION));
	n->site = site->id;
}

static int look_again(struct desk *desk, struct close_args *a, struct err *err)
{
	char words[CLOSING_WORDS], day[DAY_TEXT], at[DAY_TEXT];
	struct closing c;
	int rc = 0;

	if (closing_look(desk, a->site, a->day, &c, err) < 0)
		return -1;
	a->items = (int64_t)c.left.n;
	a->what = mem_str(closing_words(&c, words));
	if (!id_none(c.closed.id))
		rc = err_set(err, ERR_CLASH, "%s has closed %s already, %s.", c.closed.by,
			     date_show_day(a->day, day), moment_show(c.closed.at, at));
	else if (c.left.n && !a->why)
		rc = err_input(err, "why", "%s: settle them, or say why they stay.", words);
	closing_done(&c);
	return rc;
}

static int close_check(struct desk *desk, void *args, struct err *err)
{
	struct close_args *a = args;
	const struct site *site = ref_site(desk, a->site);
	char day[DAY_TEXT];

	if (!site)
		return err_input(err, "site", "Which site is closed?");
	if (a->day.n > desk->today.n)
		return err_input(err, "date", "%s has not begun yet.", date_show_day(a->day, day));
	if (look_again(desk, a, err) < 0)
		return -1;
	a->id = desk_new_id(desk);
	a->name = mem_str(site->name);
	a->scope = mem_printf("care:%d", store_me(desk->store)->node);
	if (a->items)
		to_next_shift(desk, site, a->day, a);
	return 0;
}

static int close_run(struct txn *t, const void *args)
{
	const struct close_args *a = args;
	struct day_close c = { .id = a->id,
			       .site = a->site,
			       .day = a->day,
			       .at = t->at,
			       .user = t->actor,
			       .items = (int)a->items };
	char day[DAY_TEXT];

	snprintf(c.what, sizeof c.what, "%s", a->what ? a->what : "");
	snprintf(c.why, sizeof c.why, "%s", a->why ? a->why : "");
	txn_tell(t, "day", a->id, "closed %s at %s%s%s", date_show_day(a->day, day),
		 a->name ? a->name : "", *c.what ? " with " : "", c.what);
	txn_why(t, a->why);
	txn_scope(t, a->scope);
	if (id_none(a->id) || id_none(a->site) || (c.items > 0 && !*c.why))
		return VERDICT_UNSUPPORTED;
	/* Elsewhere somebody closed it as well: once is enough. */
	if (!closing_put(t, &c))
		return VERDICT_STALE;
	tasks_put(t, &a->tasks, a->scope ? a->scope : "");
	return VERDICT_OK;
}

static int reopen_run(struct txn *t, const void *args)
{
	const struct close_args *a = args;
	char day[DAY_TEXT];

	txn_tell(t, "day", a->id, "%s at %s is open after all", date_show_day(a->day, day),
		 a->name ? a->name : "");
	txn_scope(t, a->scope);
	closing_off(t, a->id);
	tasks_withdraw(t, &a->back);
	return VERDICT_OK;
}

static int reopen_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "Close the day again instead.");
}

const struct act act_day_reopen = {
	.name = "day_reopen",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(close_f, struct close_args),
	.run = reopen_run,
	.reverse = reopen_reverse,
};

static int close_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	const struct close_args *a = deed->args;
	struct close_args *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	back->id = a->id;
	back->site = a->site;
	back->day = a->day;
	back->name = mem_str(a->name);
	back->scope = mem_str(a->scope);
	task_ids_of(&a->tasks, &back->back);
	*ret = (struct call){ &act_day_reopen, back };
	return 0;
}

const struct act act_day_close = {
	.name = "day_close",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(close_f, struct close_args),
	.check = close_check,
	.run = close_run,
	.reverse = close_reverse,
};

int closing_close(struct desk *desk, struct id site, struct date day, const char *why,
		  struct err *err)
{
	struct close_args *a;
	char *clean = NULL;
	int rc;

	if (why && why[strspn(why, " ")] && !(clean = clean_reason(why, "why", err)))
		return -1;
	a = mem_new(sizeof *a);
	a->site = site;
	a->day = day;
	a->why = clean;
	rc = act_do(desk, &act_day_close, a, err);
	args_free(&close_fields, a);
	return rc;
}

static bool ends_sentence(const char *s)
{
	size_t n = strlen(s);

	return n && strchr(".!?", s[n - 1]);
}

int closing_hand_over(struct desk *desk, const char *words, struct err *err)
{
	struct task_ask ask = { .kind = TASK_HANDOVER };
	char left[CLOSING_WORDS];
	struct closing c = { 0 };
	char *text;
	int rc;

	if (id_none(desk->site.id))
		return err_set(err, ERR_INPUT,
			       "This desk stands at no one site: hand a task over instead.");
	if (closing_look(desk, desk->site.id, desk->today, &c, err) < 0)
		return -1;
	closing_words(&c, left);
	text = mem_printf("%s%s%s", words,
			  !*left		 ? ""
			  : ends_sentence(words) ? "  Open now: "
						 : ".  Open now: ",
			  left);
	closing_done(&c);
	snprintf(ask.to.role, sizeof ask.to.role, "%s", role_word(ROLE_RECEPTION));
	ask.to.site = desk->site.id;
	ask.text = text;
	rc = task_add(desk, &ask, NULL, err);
	mem_free(text);
	return rc;
}
