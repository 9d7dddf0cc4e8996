/*
 * flags.c: the rows of `flag` and `flag_call`.
 *
 * Always holds: whether one is open for a person and a service is one look into an index that holds
 * nothing but open ones.
 */
#include "store/flags.h"

#include <string.h>

#include "base/alloc.h"
#include "store/row.h"

#define FLAG_COLUMNS                                                                                         \
	"f.id, f.person, f.service, f.referral, f.scope, f.kind, f.does, f.words, f.raised_at, f.raised_by," \
	" f.task, f.spoke, f.next_at, f.cleared_at, f.cleared_by, f.why, f.state"

static void get_flag(struct row *row, struct flag *f)
{
	char kind[CODE_TEXT];

	f->id = get_id(row);
	f->person = get_id(row);
	f->service = get_id(row);
	f->referral = get_id(row);
	get_text(row, f->scope, sizeof f->scope);
	get_text(row, kind, sizeof kind);
	/* What a later version calls otherwise is not taken for less than it may be. */
	if (!flag_parse(kind, &f->kind))
		f->kind = FLAG_RED;
	get_text(row, f->does, sizeof f->does);
	get_text(row, f->words, sizeof f->words);
	f->raised_at = get_moment(row);
	f->raised_by = get_id(row);
	f->task = get_id(row);
	f->spoke = get_bool(row);
	f->next_at = get_moment(row);
	f->cleared_at = get_moment(row);
	f->cleared_by = get_id(row);
	get_text(row, f->why, sizeof f->why);
	get_text(row, f->state, sizeof f->state);
}

static int rows(struct row *row, struct flags *ret, struct err *err)
{
	while (row_next(row))
		get_flag(row, list_push(ret));
	return row_done(row, err);
}

static int one(struct row *row, struct flag *ret, struct err *err)
{
	struct flag found = { 0 };

	while (row_next(row))
		get_flag(row, &found);
	if (row_done(row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int flag_get(struct store *st, struct id id, struct flag *ret, struct err *err)
{
	static const struct query GET = { "flags.get",
					  "SELECT " FLAG_COLUMNS " FROM flag f WHERE f.id = :id" };
	struct row row = query(st, &GET);
	struct flag found;
	char text[ID_TEXT];

	bind_id(&row, ":id", id);
	if (one(&row, &found, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING, "There is no flag %s: flag list shows them.",
			       id_text(id, text));
	*ret = found;
	return 0;
}

int flags_open(struct store *st, struct flags *ret, struct err *err)
{
	static const struct query OPEN = {
		"flags.open",
		"SELECT " FLAG_COLUMNS " FROM flag f INDEXED BY flag_open WHERE f.state = 'open'"
		" ORDER BY f.person, f.service, f.kind, f.id"
	};
	struct row row = query(st, &OPEN);

	return rows(&row, ret, err);
}

int flags_open_of(struct store *st, struct id person, struct id service, struct flags *ret,
		  struct err *err)
{
	static const struct query OF = { "flags.open_of",
					 "SELECT " FLAG_COLUMNS " FROM flag f"
					 " WHERE f.person = :person AND f.state = 'open'"
					 " AND (:service IS NULL OR f.service = :service)"
					 " ORDER BY f.kind, f.id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":person", person);
	bind_id(&row, ":service", service);
	return rows(&row, ret, err);
}

int flags_of(struct store *st, struct id person, struct flags *ret, struct err *err)
{
	static const struct query OF = { "flags.of",
					 "SELECT " FLAG_COLUMNS " FROM flag f"
					 " WHERE f.person = :person AND f.state <> 'off'"
					 " ORDER BY f.id DESC" };
	struct row row = query(st, &OF);

	bind_id(&row, ":person", person);
	return rows(&row, ret, err);
}

int flag_of_task(struct store *st, struct id task, struct flag *ret, struct err *err)
{
	static const struct query OF = { "flags.task",
					 "SELECT " FLAG_COLUMNS " FROM task t JOIN flag f"
					 " ON f.person = t.person AND f.task = t.id"
					 " WHERE t.id = :task" };
	struct row row = query(st, &OF);

	bind_id(&row, ":task", task);
	return one(&row, ret, err);
}

static const char *other_than_call(const char *result)
{
	static const char *const others[] = { FLAG_TOLD, FLAG_TAKEN, FLAG_PLANNED };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(result, others[i]) == 0)
			return others[i];
	return NULL;
}

int flag_calls_of(struct store *st, struct id flag, struct flag_calls *ret, struct err *err)
{
	static const struct query OF = {
		"flag_calls.of",
		"SELECT c.id, c.flag, c.at, coalesce(u.name, ''), c.result, c.ed,"
		" c.next_at, c.words FROM flag_call c LEFT JOIN user u ON u.id = c.user"
		" WHERE c.flag = :flag AND c.state = 'on' ORDER BY c.id"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":flag", flag);
	while (row_next(&row)) {
		struct flag_call *c = list_push(ret);
		char result[CODE_TEXT];

		c->id = get_id(&row);
		c->flag = get_id(&row);
		c->at = get_moment(&row);
		get_text(&row, c->user, sizeof c->user);
		get_text(&row, result, sizeof result);
		c->result = TRY_NO_ANSWER;
		c->other = other_than_call(result);
		try_parse(result, &c->result);
		c->ed = get_bool(&row);
		c->next_at = get_moment(&row);
		get_text(&row, c->words, sizeof c->words);
	}
	return row_done(&row, err);
}

/* ---- in a run ---- */

bool flag_stops_in(struct txn *t, struct id person, struct id service)
{
	struct err err = ERR_INIT;
	struct flags open = { 0 };
	bool stops = false;

	if (txn_failed(t))
		return false;
	if (flags_open_of(t->store, person, service, &open, &err) < 0)
		t->err = err;
	list_each (f, &open)
		stops = stops || flag_does(f, FLAG_STOPS);
	list_free(&open);
	return stops;
}

void flag_put(struct txn *t, const struct new_flag *n, const char *scope)
{
	static const struct query PUT = {
		"flag.put",
		"INSERT INTO flag (id, scope, person, service, referral, kind, does, words, raised_at,"
		" raised_by, task, spoke, state) VALUES (:id, :scope, :person, :service, :referral,"
		" :kind, :does, :words, :at, :by, :task, 0, 'open')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", n->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":person", n->person);
	bind_id(&row, ":service", n->service);
	bind_id(&row, ":referral", n->referral);
	bind_text(&row, ":kind", n->kind);
	bind_text(&row, ":does", n->does);
	bind_text(&row, ":words", n->words);
	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":by", t->actor.n);
	bind_id(&row, ":task", n->task);
	txn_run(t, &row);
}

bool flag_read(struct txn *t, struct id id, struct flag *ret)
{
	struct err err = ERR_INIT;

	if (txn_failed(t))
		return false;
	if (flag_get(t->store, id, ret, &err) == 0)
		return true;
	if (err.kind != ERR_MISSING)
		t->err = err;
	return false;
}

void flag_set(struct txn *t, const struct flag *f)
{
	static const struct query SET = {
		"flag.set",
		"UPDATE flag SET spoke = :spoke, next_at = :next, cleared_at = :cleared_at,"
		" cleared_by = :cleared_by, why = :why, state = :state WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_int(&row, ":spoke", f->spoke);
	bind_moment(&row, ":next", f->next_at);
	bind_moment(&row, ":cleared_at", f->cleared_at);
	bind_id(&row, ":cleared_by", f->cleared_by);
	bind_word(&row, ":why", f->why);
	bind_text(&row, ":state", f->state);
	bind_id(&row, ":id", f->id);
	txn_run(t, &row);
}

void flag_call_put(struct txn *t, const char *scope, const struct new_call *c)
{
	static const struct query PUT = {
		"flag_call.put",
		"INSERT INTO flag_call (id, scope, flag, at, user, result, ed, next_at, words, state)"
		" VALUES (:id, :scope, :flag, :at, :user, :result, :ed, :next, :words, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", c->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":flag", c->flag);
	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":user", t->actor.n);
	bind_text(&row, ":result", c->result);
	bind_int(&row, ":ed", c->ed);
	bind_moment(&row, ":next", c->next_at);
	bind_text(&row, ":words", c->words);
	txn_run(t, &row);
}

void flag_call_off(struct txn *t, struct id call)
{
	static const struct query OFF = { "flag_call.off",
					  "UPDATE flag_call SET state = 'off' WHERE id = :id" };
	struct row row = query(t->store, &OFF);

	bind_id(&row, ":id", call);
	txn_run(t, &row);
}
