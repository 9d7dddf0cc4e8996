/*
 * to_book.c: who is to be booked, and how they were tried.
 *
 * Accepted and not booked, or cancelled and not booked again: the list itself is kept by the store.
 * Each try leaves a row and says when the next is due; after as many as the contract wants the
 * nurse is to decide, and the list says "could not reach".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "clinic/task.h"
#include "store/episodes.h"
#include "store/tasks.h"

enum { MORNING = 9 * 60, TEXT_DAYS = 2, LETTER_DAYS = 7 };

static const struct {
	const char *code, *words;
} ways[] = {
#define X(name, code, words) { code, words },
	REACHES(X)
#undef X
};

struct clock seen_clock(const struct desk *desk, struct date target)
{
	struct date today = desk->today;
	struct clock c = { .due = target };

	if (date_none(target))
		return c;
	c.kind = CLOCK_SEEN;
	c.over = target.n < today.n;
	c.days = calendar_working_between(desk->refs->calendar, desk->site.nation,
					  c.over ? target : today, c.over ? today : target);
	return c;
}

bool reach_parse(const char *code, enum reach_how *ret)
{
	for (int i = 0; i < REACH_COUNT; i++)
		if (strcmp(ways[i].code, code) == 0) {
			*ret = (enum reach_how)i;
			return true;
		}
	return false;
}

/* ---- the list ---- */

static int by_target(const void *x, const void *y)
{
	const struct to_book_item *a = x, *b = y;

	if (date_none(a->target) != date_none(b->target))
		return date_none(a->target) ? 1 : -1;
	if (a->target.n != b->target.n)
		return a->target.n < b->target.n ? -1 : 1;
	if (a->priority != b->priority)
		return a->priority - b->priority;
	return a->episode.n < b->episode.n ? -1 : a->episode.n > b->episode.n;
}

int to_book(struct desk *desk, struct id service, struct to_book_items *ret, struct err *err)
{
	int rc = desk_needs(desk, ROLE_ANY, "The list of who is to be booked", err);

	list_each (s, &desk->refs->services)
		if (rc == 0 && desk_sees(desk, s) && (id_none(service) || id_same(service, s->id)))
			rc = to_book_of(desk->store, s->id, TO_BOOK_MOST, ret, err);
	if (rc < 0)
		list_free(ret);
	else if (ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, by_target);
	return rc;
}

int to_book_one(struct desk *desk, struct id episode, struct to_book_row *ret, struct err *err)
{
	struct to_book_row row;

	if (to_book_get(desk->store, episode, &row, err) < 0)
		return -1;
	if (!referral_open_to(desk, row.service))
		return err_set(err, ERR_MISSING, "That is not on the list of who is to be booked.");
	*ret = row;
	return 0;
}

/* ---- a try ---- */

struct tried {
	struct id reach, episode;
	int64_t nth;
	const char *how, *scope;
	struct moment next_at;
	struct new_tasks tasks;
	struct task_ids withdrawn;
};
static const struct field tried_f[] = {
	FIELD_NEEDED(reach, struct tried, "reach", F_ID),
	FIELD_NEEDED(episode, struct tried, "episode", F_ID),
	FIELD(nth, struct tried, "nth", F_INT),
	FIELD_NEEDED(how, struct tried, "how", F_TEXT),
	FIELD_NEEDED(scope, struct tried, "scope", F_TEXT),
	FIELD(next_at, struct tried, "next_at", F_MOMENT),
	FIELD_ROWS(tasks, struct tried, "tasks", &new_task_fields),
	FIELD_ROWS(withdrawn, struct tried, "withdrawn", &task_id_fields),
};
static const struct fields tried_fields = FIELDS(tried_f, struct tried);

static struct moment next_try(struct desk *desk, enum reach_how how)
{
	int days = how == REACH_TEXT ? TEXT_DAYS : LETTER_DAYS;

	if (how == REACH_NO_ANSWER)
		return (struct moment){ desk->now.utc + (int64_t)desk->refs->try_again_mins * 60 };
	return wall_moment(
		calendar_add_working(desk->refs->calendar, desk->site.nation, desk->today, days),
		MORNING);
}

/* "Could not reach": the nurse decides, and who referred is told, which is theirs to do. */
static void give_up(struct desk *desk, struct tried *a, const struct episode *e)
{
	const struct service *s = ref_service(desk, e->service);
	struct new_task *n = task_open(desk, &a->tasks, TASK_REBOOK, desk->now,
				       "Could not be reached (%lld tries): decide, and tell who"
				       " referred",
				       (long long)a->nth);

	n->person = e->person;
	n->service = s && s->private_ ? s->id : (struct id){ 0 };
	n->role = mem_str(s && s->private_ ? task_private_role(desk) : role_word(ROLE_NURSE));
}

static int check(struct desk *desk, void *args, struct err *err)
{
	struct tried *a = args;
	enum reach_how how = REACH_NO_ANSWER;
	struct to_book_row row;
	struct contract c;
	struct episode e;
	int tries;

	if (episode_get(desk->store, a->episode, &e, err) < 0 ||
	    booking_own_desk(desk, e.service, err) < 0 ||
	    to_book_get(desk->store, a->episode, &row, err) < 0 ||
	    contract_on(desk->store, e.service, e.customer, e.received, &c, err) < 0)
		return -1;
	tries = id_none(c.id) || c.tries == 0 ? USUAL_TRIES : c.tries;
	reach_parse(a->how, &how);
	a->nth = row.tries + 1;
	a->scope = mem_str(e.scope);
	if (a->nth < tries)
		a->next_at = next_try(desk, how);
	a->reach = desk_new_id(desk);
	if (a->nth == tries)
		give_up(desk, a, &e);
	return 0;
}

static int run(struct txn *t, const void *args)
{
	const struct tried *a = args;
	const struct reach r = { .id = a->reach,
				 .episode = a->episode,
				 .nth = (int)a->nth,
				 .how = a->how,
				 .next_at = a->next_at };
	enum reach_how how = REACH_NO_ANSWER;
	char at[DAY_TEXT];
	bool again = !moment_none(a->next_at);

	reach_parse(a->how, &how);
	reach_put(t, a->scope, &r);
	tasks_put(t, &a->tasks, a->scope);
	txn_tell(t, "episode", a->episode, "to book, try %lld: %s%s%s", (long long)a->nth,
		 ways[how].words, again ? ", again " : ", could not be reached",
		 again ? moment_show(a->next_at, at) : "");
	txn_scope(t, a->scope);
	return VERDICT_OK;
}

static int run_back(struct txn *t, const void *args)
{
	const struct tried *a = args;

	referral_part_set(t, PART_REACH, a->reach, false);
	tasks_withdraw(t, &a->withdrawn);
	txn_tell(t, "episode", a->episode, "taken back: try %lld", (long long)a->nth);
	txn_scope(t, a->scope);
	return VERDICT_OK;
}

static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct tried *was = deed->args;
	struct tried *a = mem_new(sizeof *a);

	(void)desk, (void)err;
	a->reach = was->reach;
	a->episode = was->episode;
	a->nth = was->nth;
	a->how = mem_str(was->how);
	a->scope = mem_str(was->scope);
	task_ids_of(&was->tasks, &a->withdrawn);
	*ret = (struct call){ &act_reach_back, a };
	return 0;
}

const struct act act_reach = {
	.name = "reach",
	.ver = 1,
	.roles = ROLE_DESK,
	.fields = FIELDS(tried_f, struct tried),
	.check = check,
	.run = run,
	.reverse = reverse,
};
const struct act act_reach_back = {
	.name = "reach_back",
	.ver = 1,
	.roles = ROLE_DESK,
	.fields = FIELDS(tried_f, struct tried),
	.run = run_back,
};

int to_book_tried(struct desk *desk, struct id episode, enum reach_how how, struct reached *ret,
		  struct err *err)
{
	struct tried *a = mem_new(sizeof *a);
	int rc;

	a->episode = episode;
	a->how = mem_str(ways[how].code);
	rc = act_do(desk, &act_reach, a, err);
	if (rc == 0)
		*ret = (struct reached){ .nth = (int)a->nth,
					 .next = a->next_at,
					 .last = moment_none(a->next_at) };
	args_free(&tried_fields, a);
	return rc;
}
