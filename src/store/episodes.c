/*
 * episodes.c: courses of care and what their appointments come to.
 */
#include <string.h>

#include "base/alloc.h"
#include "store/episodes.h"
#include "store/row.h"

#define EPISODE_COLUMNS                                                                            \
	"id, scope, number, person, service, customer, priority, received, target, state,"         \
	" opened_at, closed_at, why, reason, review_by"

static void get_episode(struct row *row, struct episode *e)
{
	char code[CODE_TEXT];

	e->id = get_id(row);
	get_text(row, e->scope, sizeof e->scope);
	get_text(row, e->number, sizeof e->number);
	e->person = get_id(row);
	e->service = get_id(row);
	e->customer = get_id(row);
	e->priority = (int)get_int(row);
	e->received = get_date(row);
	e->target = get_date(row);
	get_text(row, e->state, sizeof e->state);
	e->opened_at = get_moment(row);
	e->closed_at = get_moment(row);
	get_text(row, e->why, sizeof e->why);
	get_text(row, code, sizeof code);
	end_parse(code, &e->reason);
	e->review_by = get_date(row);
}

/* The one episode that a query finds, or an empty one. */
static int one(struct row *row, struct episode *ret, struct err *err)
{
	struct episode found = { 0 };

	while (row_next(row))
		get_episode(row, &found);
	if (row_done(row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int episode_get(struct store *st, struct id id, struct episode *ret, struct err *err)
{
	static const struct query GET = { "episodes.get", "SELECT " EPISODE_COLUMNS
							  " FROM episode WHERE id = :id" };
	struct row row = query(st, &GET);
	struct episode found;
	char text[ID_TEXT];

	bind_id(&row, ":id", id);
	if (one(&row, &found, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING, "There is no episode %s.", id_text(id, text));
	*ret = found;
	return 0;
}

int episode_by_number(struct store *st, const char *number, struct episode *ret, struct err *err)
{
	static const struct query BY_NUMBER = { "episodes.number",
						"SELECT " EPISODE_COLUMNS " FROM episode"
						" WHERE number = upper(:number)"
						" ORDER BY id LIMIT 1" };
	struct row row = query(st, &BY_NUMBER);

	bind_text(&row, ":number", number);
	return one(&row, ret, err);
}

int episode_open(struct store *st, struct id person, struct id service, struct episode *ret,
		 struct err *err)
{
	static const struct query OPEN = { "episodes.open",
					   "SELECT " EPISODE_COLUMNS
					   " FROM episode WHERE person = :person"
					   " AND service = :service AND state = 'open'"
					   " ORDER BY id DESC LIMIT 1" };
	struct row row = query(st, &OPEN);

	bind_id(&row, ":person", person);
	bind_id(&row, ":service", service);
	return one(&row, ret, err);
}

int episodes_of(struct store *st, struct id person, struct episodes *ret, struct err *err)
{
	static const struct query OF = { "episodes.of",
					 "SELECT " EPISODE_COLUMNS
					 " FROM episode WHERE person = :person"
					 " AND state <> 'error'"
					 " ORDER BY state <> 'open', received DESC, id DESC" };
	struct row row = query(st, &OF);

	bind_id(&row, ":person", person);
	while (row_next(&row))
		get_episode(&row, list_push(ret));
	return row_done(&row, err);
}

int episode_used(struct store *st, struct id episode, struct id except, struct episode_use *ret,
		 struct err *err)
{
	static const struct query USED = { "episodes.used",
					   "SELECT a.id, a.state, a.kind, a.starts"
					   " FROM booking b JOIN appointment a ON a.id = b.appt"
					   " WHERE b.episode = :episode AND a.id IS NOT :except"
					   " ORDER BY a.starts DESC" };
	struct row row = query(st, &USED);
	struct episode_use use = { 0 };

	bind_id(&row, ":episode", episode);
	bind_id(&row, ":except", except);
	while (row_next(&row)) {
		struct id id = get_id(&row);
		enum appt_state state = APPT_DECLINED;
		enum appt_kind kind = APPT_FU;
		struct moment starts;

		appt_state_parse(get_str(&row), &state);
		appt_kind_parse(get_str(&row), &kind);
		starts = get_moment(&row);
		use.all++;
		if (!appt_live(state) && state != APPT_SEEN)
			continue;
		use.used++;
		use.seen += state == APPT_SEEN;
		/* Read backwards in time, so what stays is the earliest. */
		if (kind == APPT_NEW) {
			use.first = starts;
			use.first_appt = id;
		} else {
			use.next = starts;
		}
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret = use;
	return 0;
}

void episode_put(struct txn *t, const struct episode *e)
{
	static const struct query PUT = {
		"episode.put",
		"INSERT INTO episode (id, scope, number, person, service, customer, priority, received,"
		" target, state, opened_at, closed_at, why, reason) VALUES (:id, :scope, :number, :person,"
		" :service, :customer, :priority, :received, :target, :state, :opened, :closed, :why,"
		" :reason)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", e->id);
	bind_text(&row, ":scope", e->scope);
	bind_text(&row, ":number", e->number);
	bind_id(&row, ":person", e->person);
	bind_id(&row, ":service", e->service);
	bind_id(&row, ":customer", e->customer);
	bind_int(&row, ":priority", e->priority);
	bind_date(&row, ":received", e->received);
	bind_date(&row, ":target", e->target);
	bind_text(&row, ":state", *e->state ? e->state : "open");
	bind_moment(&row, ":opened", e->opened_at);
	bind_moment(&row, ":closed", e->closed_at);
	bind_word(&row, ":why", e->why);
	bind_word(&row, ":reason", end_code(e->reason));
	txn_run(t, &row);
}

void episode_set_state(struct txn *t, struct id episode, const char *state, const char *why)
{
	static const struct query SET = {
		"episode.set", "UPDATE episode SET state = :state, why = :why,"
			       " closed_at = CASE WHEN :state = 'open' THEN NULL ELSE :at END"
			       " WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_text(&row, ":state", state);
	bind_word(&row, ":why", why);
	bind_moment(&row, ":at", t->at);
	bind_id(&row, ":id", episode);
	txn_run(t, &row);
}
