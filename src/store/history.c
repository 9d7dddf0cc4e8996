/*
 * history.c: reading who did what to a row.  Writing it is journal.c's, with the command.
 */
#include "base/alloc.h"
#include "store/journal.h"
#include "store/row.h"

#define EVENT_COLUMNS                                                                              \
	"h.id, h.subject, h.actor, h.reverses, h.at, h.act, coalesce(u.name, ''), h.name, h.type," \
	" h.what, h.why"
#define EVENT_FROM " FROM history h LEFT JOIN user u ON u.id = h.actor "
/* Ids and act numbers are a node's own: between two nodes the clock is all there is. */
#define SAME_NODE " h.id >> 42 = :since >> 42 "
#define LATER                                                                                      \
	" CASE WHEN" SAME_NODE "THEN h.id > :since"                                                \
	" ELSE h.at >= (SELECT at FROM history WHERE id = :since) END "
/* Neither a taking back nor taken back. */
#define STANDS                                                                                     \
	" AND h.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM history r WHERE r.reverses = h.id) "

static void get_event(struct row *row, struct event *e)
{
	e->id = get_id(row);
	e->subject = get_id(row);
	e->actor = get_id(row);
	e->reverses = get_id(row);
	e->at = get_moment(row);
	e->act = get_int(row);
	get_text(row, e->user, sizeof e->user);
	get_text(row, e->name, sizeof e->name);
	get_text(row, e->type, sizeof e->type);
	get_text(row, e->what, sizeof e->what);
	get_text(row, e->why, sizeof e->why);
}

int history_of(struct store *st, struct id subject, struct events *ret, struct err *err)
{
	static const struct query OF = { "history.of",
					 "SELECT " EVENT_COLUMNS EVENT_FROM
					 "WHERE h.subject = :subject ORDER BY h.at, h.id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":subject", subject);
	while (row_next(&row))
		get_event(&row, list_push(ret));
	return row_done(&row, err);
}

/* The one event that a query finds, or an empty one. */
static int one(struct row *row, struct event *ret, struct err *err)
{
	struct event found = { 0 };

	if (row_next(row))
		get_event(row, &found);
	if (row_done(row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int history_get(struct store *st, struct id history, struct event *ret, struct err *err)
{
	static const struct query GET = { "history.get", "SELECT " EVENT_COLUMNS EVENT_FROM
							 "WHERE h.id = :history" };
	struct row row = query(st, &GET);

	bind_id(&row, ":history", history);
	return one(&row, ret, err);
}

int history_last(struct store *st, struct id subject, struct event *ret, struct err *err)
{
	static const struct query LAST = { "history.last",
					   "SELECT " EVENT_COLUMNS EVENT_FROM
					   "WHERE h.subject = :subject" STANDS
					   "ORDER BY h.at DESC, h.id DESC LIMIT 1" };
	struct row row = query(st, &LAST);

	bind_id(&row, ":subject", subject);
	return one(&row, ret, err);
}

int history_since(struct store *st, struct id subject, struct id since, int64_t act,
		  struct event *ret, struct err *err)
{
	static const struct query SINCE = { "history.since",
					    "SELECT " EVENT_COLUMNS EVENT_FROM
					    "WHERE h.subject = :subject AND" LATER
					    "AND NOT (h.act = :act AND" SAME_NODE ")" STANDS
					    "ORDER BY h.at DESC, h.id DESC LIMIT 1" };
	struct row row = query(st, &SINCE);

	bind_id(&row, ":subject", subject);
	bind_id(&row, ":since", since);
	bind_int(&row, ":act", act);
	return one(&row, ret, err);
}

int history_reversal(struct store *st, struct id history, struct event *ret, struct err *err)
{
	static const struct query REVERSAL = { "history.reversal",
					       "SELECT " EVENT_COLUMNS EVENT_FROM
					       "WHERE h.reverses = :history LIMIT 1" };
	struct row row = query(st, &REVERSAL);

	bind_id(&row, ":history", history);
	return one(&row, ret, err);
}

int history_actor(struct store *st, struct id subject, struct id *ret, struct err *err)
{
	static const struct query ACTOR = { "history.actor",
					    "SELECT actor FROM history WHERE subject = :subject"
					    " ORDER BY id DESC LIMIT 1" };
	struct row row = query(st, &ACTOR);

	*ret = (struct id){ 0 };
	bind_id(&row, ":subject", subject);
	while (row_next(&row))
		*ret = get_id(&row);
	return row_done(&row, err);
}
