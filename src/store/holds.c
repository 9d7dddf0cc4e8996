/* holds.c: sessions, desk holds and who is deciding what, as rows. */
#include "store/holds.h"

#include "base/alloc.h"
#include "store/row.h"

#define SESSION_COLUMNS "s.id, s.user, s.pid, s.born, s.terminal, s.since"

static void get_session(struct row *row, struct session *s)
{
	s->id = get_int(row);
	s->user = get_id(row);
	s->process.pid = get_int(row);
	s->process.born = get_int(row);
	get_text(row, s->terminal, sizeof s->terminal);
	s->since = get_moment(row);
}

int sessions_all(struct store *st, struct sessions *ret, struct err *err)
{
	static const struct query ALL = { "sessions.all", "SELECT " SESSION_COLUMNS
							  " FROM session s ORDER BY s.id" };
	struct row row = query(st, &ALL);

	while (row_next(&row))
		get_session(&row, list_push(ret));
	return row_done(&row, err);
}

int session_put(struct store *st, struct session *s, struct err *err)
{
	static const struct query PUT = {
		"sessions.put", "INSERT INTO session (user, pid, born, terminal, since)"
				" VALUES (:user, :pid, :born, :terminal, :since) RETURNING id"
	};
	struct row row = query(st, &PUT);
	int64_t id = 0;

	bind_id(&row, ":user", s->user);
	bind_int(&row, ":pid", s->process.pid);
	bind_int(&row, ":born", s->process.born);
	bind_text(&row, ":terminal", s->terminal);
	bind_moment(&row, ":since", s->since);
	while (row_next(&row))
		id = get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	s->id = id;
	return 0;
}

int session_drop(struct store *st, int64_t session, struct err *err)
{
	static const struct query PARK = { "sessions.park",
					   "UPDATE parked SET state = 'parked', lost = 1,"
					   " session = NULL WHERE session = :session" };
	static const struct query DROP = { "sessions.drop",
					   "DELETE FROM session WHERE id = :session" };
	struct row row;

	if (holds_drop(st, session, (struct id){ 0 }, err) < 0 ||
	    deciding_drop(st, session, err) < 0)
		return -1;
	row = query(st, &PARK);
	bind_int(&row, ":session", session);
	if (row_run(&row, err) < 0)
		return -1;
	row = query(st, &DROP);
	bind_int(&row, ":session", session);
	return row_run(&row, err);
}

int holds_until(struct store *st, struct moment now, struct desk_holds *ret, struct err *err)
{
	static const struct query LIVE = {
		"holds.live",
		"SELECT h.slot, h.first, h.user, u.name, h.until, " SESSION_COLUMNS
		" FROM desk_hold h JOIN session s ON s.id = h.session"
		" JOIN user u ON u.id = h.user WHERE h.until > :now"
		" UNION ALL SELECT s.id, t.slot, t.user, u.name, t.until,"
		" 0, t.user, 0, 0, '', t.at FROM wait_try t JOIN user u ON u.id = t.user"
		" JOIN slot o ON o.id = t.slot JOIN slot s ON s.block = o.block"
		" AND s.starts >= o.starts AND s.starts < o.starts + max(coalesce(t.mins, 0), 1) * 60"
		" AND (s.starts > o.starts OR s.id = o.id)"
		" WHERE t.until IS NOT NULL AND t.until > :now AND t.answer IS NULL"
		" AND t.state = 'on' ORDER BY 1"
	};
	struct row row = query(st, &LIVE);

	bind_int(&row, ":now", now.utc);
	while (row_next(&row)) {
		struct desk_hold *h = list_push(ret);

		h->slot = get_id(&row);
		h->first = get_id(&row);
		h->user = get_id(&row);
		get_text(&row, h->name, sizeof h->name);
		h->until = get_moment(&row);
		get_session(&row, &h->session);
		/* A time kept for somebody's reply needs no desk that stays. */
		h->life = h->session.id ? LIFE_UNKNOWN : LIFE_LIVES;
	}
	return row_done(&row, err);
}

int hold_put(struct store *st, const struct desk_hold *h, struct err *err)
{
	static const struct query PUT = {
		"holds.put", "INSERT INTO desk_hold (slot, first, user, session, until)"
			     " VALUES (:slot, :first, :user, :session, :until)"
			     " ON CONFLICT (slot) DO UPDATE SET first = excluded.first,"
			     " user = excluded.user, session = excluded.session,"
			     " until = excluded.until"
	};
	struct row row = query(st, &PUT);

	bind_id(&row, ":slot", h->slot);
	bind_id(&row, ":first", h->first);
	bind_id(&row, ":user", h->user);
	bind_int(&row, ":session", h->session.id);
	bind_moment(&row, ":until", h->until);
	return row_run(&row, err);
}

int holds_drop(struct store *st, int64_t session, struct id first, struct err *err)
{
	static const struct query DROP = { "holds.drop",
					   "DELETE FROM desk_hold WHERE session = :session"
					   " AND (first = :first OR :first IS NULL)" };
	struct row row = query(st, &DROP);

	bind_int(&row, ":session", session);
	bind_id(&row, ":first", first);
	return row_run(&row, err);
}

int hold_drop(struct store *st, struct id slot, struct err *err)
{
	static const struct query DROP = { "holds.drop_slot",
					   "DELETE FROM desk_hold WHERE slot = :slot" };
	struct row row = query(st, &DROP);

	bind_id(&row, ":slot", slot);
	return row_run(&row, err);
}

int deciding_get(struct store *st, struct id referral, struct session *ret,
		 char ret_name[CODE_TEXT], struct err *err)
{
	static const struct query GET = { "deciding.get",
					  "SELECT u.name, " SESSION_COLUMNS
					  " FROM deciding d JOIN session s ON s.id = d.session"
					  " JOIN user u ON u.id = s.user"
					  " WHERE d.referral = :referral" };
	struct row row = query(st, &GET);
	struct session found = { 0 };

	ret_name[0] = '\0';
	bind_id(&row, ":referral", referral);
	while (row_next(&row)) {
		get_text(&row, ret_name, CODE_TEXT);
		get_session(&row, &found);
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int deciding_put(struct store *st, struct id referral, int64_t session, struct moment now,
		 struct err *err)
{
	static const struct query PUT = {
		"deciding.put", "INSERT OR REPLACE INTO deciding (referral, session, since)"
				" VALUES (:referral, :session, :now)"
	};
	struct row row;

	if (deciding_drop(st, session, err) < 0)
		return -1;
	row = query(st, &PUT);
	bind_id(&row, ":referral", referral);
	bind_int(&row, ":session", session);
	bind_moment(&row, ":now", now);
	return row_run(&row, err);
}

int deciding_drop(struct store *st, int64_t session, struct err *err)
{
	static const struct query DROP = { "deciding.drop",
					   "DELETE FROM deciding WHERE session = :session" };
	struct row row = query(st, &DROP);

	bind_int(&row, ":session", session);
	return row_run(&row, err);
}
