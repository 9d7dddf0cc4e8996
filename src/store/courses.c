/* courses.c: the appointments of one episode, and what was agreed beyond its cap. */
#include "store/courses.h"

#include "base/alloc.h"
#include "store/appts_row.h"

int course_of(struct store *st, struct id episode, struct appt_rows *ret, struct err *err)
{
	static const struct query OF = {
		"course.of",
		"SELECT " APPT_COLUMNS " FROM booking b JOIN appointment a ON a.id = b.appt"
		" LEFT JOIN person p ON p.id = b.person LEFT JOIN episode e ON e.id = b.episode"
		" WHERE b.episode = :episode ORDER BY a.starts, a.id"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":episode", episode);
	while (row_next(&row))
		get_appt_row(&row, list_push(ret));
	return row_done(&row, err);
}

/* ---- beyond the cap ---- */

#define EXTENSION_COLUMNS                                                                          \
	"id, scope, episode, more, words, asked_at, asked_by, task, answer, at, user, state"

static int get_extensions(struct row *row, struct extensions *ret, struct err *err)
{
	while (row_next(row)) {
		struct extension *x = list_push(ret);

		x->id = get_id(row);
		get_text(row, x->scope, sizeof x->scope);
		x->episode = get_id(row);
		x->more = (int)get_int(row);
		get_text(row, x->words, sizeof x->words);
		x->asked_at = get_moment(row);
		x->asked_by = get_id(row);
		x->task = get_id(row);
		get_text(row, x->answer, sizeof x->answer);
		x->at = get_moment(row);
		x->user = get_id(row);
		get_text(row, x->state, sizeof x->state);
	}
	return row_done(row, err);
}

int extensions_of(struct store *st, struct id episode, struct extensions *ret, struct err *err)
{
	static const struct query OF = { "extensions.of",
					 "SELECT " EXTENSION_COLUMNS " FROM extension"
					 " WHERE episode = :episode AND state <> 'off'"
					 " ORDER BY asked_at, id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":episode", episode);
	return get_extensions(&row, ret, err);
}

int extension_get(struct store *st, struct id id, struct extension *ret, struct err *err)
{
	static const struct query GET = { "extension.get", "SELECT " EXTENSION_COLUMNS
							   " FROM extension WHERE id = :id" };
	struct row row = query(st, &GET);
	struct extensions found = { 0 };
	int rc;

	bind_id(&row, ":id", id);
	rc = get_extensions(&row, &found, err);
	if (rc == 0 && found.n == 0)
		rc = err_set(err, ERR_MISSING, "There is no such request for more sessions.");
	else if (rc == 0)
		*ret = found.v[0];
	list_free(&found);
	return rc;
}

int published_to(struct store *st, struct id clinician, struct date *ret, struct err *err)
{
	static const struct query LAST = { "slots.published",
					   "SELECT day FROM slot WHERE clinician = :clinician"
					   " ORDER BY day DESC LIMIT 1" };
	struct row row = query(st, &LAST);
	struct date last = DATE_NONE;

	bind_id(&row, ":clinician", clinician);
	while (row_next(&row))
		last = get_date(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = last;
	return 0;
}

/* ---- in a run ---- */

void extension_put(struct txn *t, const struct extension *x)
{
	static const struct query PUT = {
		"extension.put",
		"INSERT INTO extension (id, scope, episode, more, words, asked_at, asked_by, task, state)"
		" VALUES (:id, :scope, :episode, :more, :words, :at, :by, :task, :state)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", x->id);
	bind_text(&row, ":scope", x->scope);
	bind_id(&row, ":episode", x->episode);
	bind_int(&row, ":more", x->more);
	bind_text(&row, ":words", x->words);
	bind_moment(&row, ":at", x->asked_at);
	bind_id(&row, ":by", x->asked_by);
	bind_id(&row, ":task", x->task);
	bind_text(&row, ":state", x->state);
	txn_run(t, &row);
}

void extension_set(struct txn *t, struct id id, const char *state, const char *answer,
		   struct moment at, struct id user)
{
	static const struct query SET = {
		"extension.set", "UPDATE extension SET state = :state, answer = :answer, at = :at,"
				 " user = :user WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_id(&row, ":id", id);
	bind_text(&row, ":state", state);
	bind_word(&row, ":answer", answer);
	bind_moment(&row, ":at", at);
	bind_id(&row, ":user", user);
	txn_run(t, &row);
}
