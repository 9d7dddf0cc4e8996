/*
 * task.c: tasks that other acts open; who sees which, in lists, by id and in the count of row 1.
 *
 * Always holds: a list and the count ask the same rule (task_seen, task_mine), so they never
 * disagree; the count reads sums by site and service, not rows.
 */
#include "clinic/task.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "clinic/task_acts.h"
#include "store/tasks.h"
#include "store/users.h"

#define MASTERS (ROLE_MANAGER | ROLE_ADMINISTRATOR)

enum { OF_PERSON_MOST = 200 };

/* ---- opened by other acts ---- */

struct new_task *task_open(struct desk *desk, struct new_tasks *tasks, enum task_kind kind,
			   struct moment due, const char *fmt, ...)
{
	struct new_task *n = list_push(tasks);
	char text[4 * TASK_TEXT];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	n->id = desk_new_id(desk);
	n->kind = mem_str(task_kind_code(kind));
	n->text = mem_strn(text, text_fit(text, TASK_COLUMNS));
	n->due = due;
	return n;
}

void task_ids_of(const struct new_tasks *tasks, struct task_ids *ret)
{
	list_each (n, tasks)
		*list_push(ret) = n->id;
}

/* ---- who sees which ---- */

/* The words that tasks name this user by, beside their own name: the role, the role with their
 * discipline, each of their rights. */
struct roles {
	char v[2 + RIGHTS][2 * CODE_TEXT];
	int n;
};

static void roles_of(const struct desk *desk, struct roles *ret)
{
	const struct clinician *c = ref_clinician(desk, desk->user.clinician);
	const char *role = role_word(desk->user.role);
	bool has[RIGHTS] = { false };

	ret->n = 0;
	if (!role)
		return;
	snprintf(ret->v[ret->n++], sizeof ret->v[0], "%s", role);
	if (c && *c->discipline)
		snprintf(ret->v[ret->n++], sizeof ret->v[0], "%s.%s", role, c->discipline);
	list_each (g, &desk->user.rights)
		has[g->right] = true;
	for (int i = 0; i < RIGHTS; i++)
		if (has[i])
			snprintf(ret->v[ret->n++], sizeof ret->v[0], "%s",
				 right_word((enum right)i));
}

/* A right may be for one service or site; a task of no service asks for the right as such. */
static bool holds_right(const struct desk *desk, enum right right, struct id service,
			struct id site)
{
	list_each (g, &desk->user.rights)
		if (g->right == right &&
		    (id_none(service) || id_none(g->service) || id_same(g->service, service)) &&
		    (id_none(site) || id_none(g->site) || id_same(g->site, site)))
			return true;
	return false;
}

static bool holds(const struct desk *desk, const char *role, struct id service, struct id site)
{
	struct roles mine;
	enum right right;

	if (right_parse(role, &right))
		return holds_right(desk, right, service, site);
	roles_of(desk, &mine);
	for (int i = 0; i < mine.n; i++)
		if (strcmp(mine.v[i], role) == 0)
			return true;
	return false;
}

/* Is a task of this site for a desk that stands here? */
static bool here(const struct desk *desk, struct id site)
{
	return id_none(site) || id_none(desk->site.id) || id_same(site, desk->site.id);
}

/* Of a private service only for who may see that. */
static bool open_to(const struct desk *desk, struct id service)
{
	const struct service *s = ref_service(desk, service);

	return id_none(service) || (s && desk_sees(desk, s));
}

bool task_mine(const struct desk *desk, const struct task *t)
{
	if (!id_none(t->user))
		return id_same(t->user, desk->user.id);
	return holds(desk, t->role, t->service, t->site) && here(desk, t->site);
}

/* What its own desk is asked a counsellor may do for it. */
static bool stands_in(const struct desk *desk, const struct task *t)
{
	return desk->user.role == ROLE_COUNSELLOR && here(desk, t->site) &&
	       strcmp(t->role, right_word(RIGHT_COUNSELLING_DESK)) == 0;
}

/* A clinical one is for who reads clinical words, and for whoever it was opened for where nobody
 * does. */
static bool alerted(const struct desk *desk, const struct task *t)
{
	return !task_kind_clinical(t->kind) || task_mine(desk, t) ||
	       desk->user.role & (ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR);
}

bool task_theirs(const struct desk *desk, const struct task *t)
{
	return open_to(desk, t->service) && alerted(desk, t) &&
	       (task_mine(desk, t) || stands_in(desk, t) || desk->user.role & MASTERS);
}

bool task_seen(const struct desk *desk, const struct task *t)
{
	return task_theirs(desk, t) ||
	       (open_to(desk, t->service) && alerted(desk, t) &&
		(id_same(t->opened_by, desk->user.id) || id_same(t->done_by, desk->user.id)));
}

const char *task_private_role(struct desk *desk)
{
	const char *own = right_word(RIGHT_COUNSELLING_DESK);
	bool any = true;

	tasks_anybody(desk->store, NULL, NULL, own, (struct id){ 0 }, &any, NULL);
	return any ? own : role_word(ROLE_COUNSELLOR);
}

int task_find(struct desk *desk, struct id id, struct task *ret, struct err *err)
{
	struct task found;
	char text[ID_TEXT];

	if (task_get(desk->store, id, &found, err) < 0)
		return -1;
	if (!task_seen(desk, &found) || strcmp(found.state, "withdrawn") == 0)
		return err_set(err, ERR_MISSING, "There is no task %s: task list shows them.",
			       id_text(id, text));
	*ret = found;
	return 0;
}

/* ---- lists ---- */

/* A flag comes before all else, and then who was told something that does not hold, until somebody
 * settles it. */
static int before_others(const struct task *t)
{
	return t->kind == TASK_ALERT ? 0 : t->kind == TASK_RINGBACK ? 1 : 2;
}

static int by_due(const void *x, const void *y)
{
	const struct task *a = &((const struct task_row *)x)->t,
			  *b = &((const struct task_row *)y)->t;
	int rank = before_others(a), other = before_others(b);

	if (rank != other)
		return rank < other ? -1 : 1;
	if (a->due.utc != b->due.utc)
		return a->due.utc < b->due.utc ? -1 : 1;
	return a->id.n < b->id.n ? -1 : a->id.n > b->id.n;
}

/* Only what may be seen, each once; in order they stand beside their doubles. */
static void tidy(const struct desk *desk, struct task_rows *rows, bool sort)
{
	size_t kept = 0;

	if (sort && rows->n)
		qsort(rows->v, rows->n, sizeof *rows->v, by_due);
	for (size_t i = 0; i < rows->n; i++) {
		if (!task_seen(desk, &rows->v[i].t) ||
		    (kept && id_same(rows->v[kept - 1].t.id, rows->v[i].t.id)))
			continue;
		if (kept != i)
			rows->v[kept] = rows->v[i];
		kept++;
	}
	rows->n = kept;
}

/* Those of a role that are of this site: the others are another desk's. */
static int of_role(struct desk *desk, const char *role, struct task_rows *ret, struct err *err)
{
	struct task_rows all = { 0 };
	int rc = tasks_of_role(desk->store, role, &all, err);

	list_each (r, &all)
		if (rc == 0 && task_mine(desk, &r->t))
			*list_push(ret) = *r;
	list_free(&all);
	return rc;
}

static int of_roles(struct desk *desk, struct task_rows *ret, struct err *err)
{
	struct roles mine;
	int rc = 0;

	roles_of(desk, &mine);
	for (int i = 0; rc == 0 && i < mine.n; i++)
		rc = of_role(desk, mine.v[i], ret, err);
	return rc;
}

static int collect(struct desk *desk, enum task_list which, struct task_rows *ret, struct err *err)
{
	bool all = which == TASKS_ALL;

	if (which == TASKS_DONE)
		return tasks_done_since(desk->store, wall_moment(desk->today, 0), ret, err);
	if (all && desk->user.role & MASTERS)
		return tasks_open(desk->store, ret, err);
	if (which != TASKS_ROLE && tasks_of_user(desk->store, desk->user.id, ret, err) < 0)
		return -1;
	if (which != TASKS_MINE && of_roles(desk, ret, err) < 0)
		return -1;
	if (all && desk->user.role == ROLE_COUNSELLOR &&
	    tasks_of_role(desk->store, right_word(RIGHT_COUNSELLING_DESK), ret, err) < 0)
		return -1;
	return all ? tasks_opened_by(desk->store, desk->user.id, ret, err) : 0;
}

int task_rows(struct desk *desk, enum task_list which, struct task_rows *ret, struct err *err)
{
	struct task_rows rows = { 0 };

	if (desk_needs(desk, ROLE_ANY, "The list of tasks", err) < 0)
		return -1;
	if (collect(desk, which, &rows, err) < 0) {
		list_free(&rows);
		return -1;
	}
	tidy(desk, &rows, which != TASKS_DONE);
	*ret = rows;
	return 0;
}

int task_rows_of(struct desk *desk, struct id person, struct task_rows *ret, struct err *err)
{
	struct task_rows rows = { 0 };

	if (tasks_of_person(desk->store, person, OF_PERSON_MOST, &rows, err) < 0) {
		list_free(&rows);
		return -1;
	}
	tidy(desk, &rows, false);
	*ret = rows;
	return 0;
}

int task_one(struct desk *desk, struct id id, struct task_row *ret, struct err *err)
{
	struct task t;

	return task_find(desk, id, &t, err) < 0 ? -1 : task_row_get(desk->store, id, ret, err);
}

int task_history(struct desk *desk, struct id id, struct trail *ret, struct err *err)
{
	struct task t;

	return task_find(desk, id, &t, err) < 0 ? -1 : trail_of(desk, id, ret, err);
}

/* ---- the count ---- */

static int add_up(struct desk *desk, struct id user, const char *role, int *sum, struct err *err)
{
	struct moment until = wall_moment((struct date){ desk->today.n + 1 }, 0);
	struct task_sums sums = { 0 };
	int rc = tasks_sum(desk->store, user, role, until, &sums, err);

	list_each (s, &sums)
		if (rc == 0 && open_to(desk, s->service) &&
		    (!role || (holds(desk, role, s->service, s->site) && here(desk, s->site))))
			*sum += s->n;
	list_free(&sums);
	return rc;
}

int task_count(struct desk *desk, int *ret, struct err *err)
{
	struct roles mine;
	int sum = 0, rc = add_up(desk, desk->user.id, NULL, &sum, err);

	roles_of(desk, &mine);
	for (int i = 0; rc == 0 && i < mine.n; i++)
		rc = add_up(desk, (struct id){ 0 }, mine.v[i], &sum, err);
	if (rc == 0)
		*ret = sum;
	return rc;
}

const char *task_for_shown(const struct task_row *row)
{
	const char *dot = strchr(row->t.role, '.');

	if (!id_none(row->t.user))
		return row->user;
	return dot ? dot + 1 : row->t.role;
}

bool task_over(const struct desk *desk, const struct task *t)
{
	if (t->kind == TASK_MESSAGE || t->kind == TASK_HANDOVER)
		return moment_date(t->due).n < desk->today.n;
	return t->due.utc < desk->now.utc - desk->now.utc % 60;
}

/* ---- as people type it ---- */

/* Somebody must be there who will find it. */
static int reaches(struct desk *desk, const struct task_for *to, struct err *err)
{
	const struct site *site = ref_site(desk, to->site);
	const char *dot = strchr(to->role, '.');
	char role[CODE_TEXT];
	enum right right;
	bool is_right = right_parse(to->role, &right), any;

	snprintf(role, sizeof role, "%.*s", dot ? (int)(dot - to->role) : CODE_TEXT - 1, to->role);
	if (tasks_anybody(desk->store, is_right ? NULL : role, dot ? dot + 1 : NULL,
			  is_right ? to->role : NULL, to->site, &any, err) < 0)
		return -1;
	if (any)
		return 0;
	err_set(err, ERR_MISSING, "Nobody %s %s%s%s: choose somebody else.",
		is_right ? "has the right" : "works as", to->role, site ? " at " : "",
		site ? site->name : "");
	if (err)
		snprintf(err->field, sizeof err->field, "for");
	return -1;
}

static int for_site(struct desk *desk, const char *at, bool role, struct id *ret, struct err *err)
{
	const struct site *site;

	if (!at) {
		*ret = role ? desk->site.id : (struct id){ 0 };
		return 0;
	}
	if (strcasecmp(at + 1, "all") == 0)
		return 0;
	if (find_site(desk, at + 1, &site, err) < 0)
		return -1;
	*ret = site->id;
	return 0;
}

static int for_user(struct desk *desk, const char *name, struct id *ret, struct err *err)
{
	struct user user = { 0 };
	bool on;

	if (users_by_name(desk->store, name, &user, err) < 0)
		return -1;
	*ret = user.id;
	on = user.on;
	user_done(&user);
	if (id_none(*ret))
		return err_input(err, "for",
				 "\"%.30s\" is no user, role or right: r.adeyemi, nurse,"
				 " clinician.physio, lead.",
				 name);
	if (!on)
		return err_input(err, "for", "%s is switched off: choose somebody else.", name);
	return 0;
}

int task_for_parse(struct desk *desk, const char *text, struct task_for *ret, struct err *err)
{
	const char *at = strchr(text, '@');
	struct task_for to = { 0 };
	char who[2 * CODE_TEXT];
	size_t n = at ? (size_t)(at - text) : strlen(text);

	while (n > 0 && text[n - 1] == ' ')
		n--;
	if (n == 0 || n >= sizeof who)
		return err_input(err, "for", "Whom is it for: a user, a role or a right?");
	for (size_t i = 0; i < n; i++)
		who[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
	who[n] = '\0';
	bool role = task_role_known(who);

	if (for_site(desk, at, role, &to.site, err) < 0)
		return -1;
	if (!role && for_user(desk, who, &to.user, err) < 0)
		return -1;
	snprintf(to.role, sizeof to.role, "%.31s", role ? who : "");
	if (role && reaches(desk, &to, err) < 0)
		return -1;
	*ret = to;
	return 0;
}

/* Which of two refusals helps: of the day, or of the time behind it. */
static int due_refused(const char *text, const struct err *day, const struct err *hour,
		       struct err *err)
{
	const char *last = strrchr(text, ' ');
	bool timed = last && last[1] >= '0' && last[1] <= '9';

	return err_input(err, "due", "%s", timed ? hour->text : day->text);
}

int task_due_parse(struct desk *desk, const char *text, struct moment *ret, struct err *err)
{
	enum { END_OF_WORK = 17 * 60 };
	struct err no_day = ERR_INIT, no_time = ERR_INIT;
	struct date day;
	int minute;

	while (*text == ' ')
		text++;
	if (!*text || strcasecmp(text, "now") == 0)
		*ret = desk->now;
	/* A colon or a dot makes a time of today; a bare number is a day, as everywhere. */
	else if (strpbrk(text, ":.") && !strchr(text, ' ') &&
		 minute_parse(text, &minute, &no_time) == 0)
		*ret = wall_moment(desk->today, minute);
	else if (date_parse(text, desk->today, LOOK_FORWARD, &day, &no_day) == 0)
		*ret = wall_moment(day, END_OF_WORK);
	else if (moment_parse(text, desk->today, ret, &no_time) < 0)
		return due_refused(text, &no_day, &no_time, err);
	return 0;
}
