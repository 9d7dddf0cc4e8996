/*
 * diaries.c: slots made, closed and opened again; what a day is taken with; who stands in it.
 */
#include <string.h>

#include "base/alloc.h"
#include "store/diaries.h"
#include "store/appts_row.h"

/* ---- slots ---- */

bool clinician_home(struct txn *t, struct id clinician, int *ret_node)
{
	static const struct query HOME = { "diaries.home",
					   "SELECT node FROM clinician WHERE id = :clinician" };
	struct row row = query(t->store, &HOME);
	bool found = false;

	bind_id(&row, ":clinician", clinician);
	while (row_next(&row)) {
		*ret_node = (int)get_int(&row);
		found = true;
	}
	txn_done(t, &row);
	return found;
}

void slot_put(struct txn *t, const struct slot *s)
{
	static const struct query PUT = {
		"slots.put",
		"INSERT INTO slot (id, block, clinician, site, service, kind, day, starts, mins,"
		" release_at, holder, appt, state, note) VALUES (:id, :block, :clinician, :site, :service,"
		" :kind, :day, :starts, :mins, :release, :holder, :appt, :state, :note)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", s->id);
	bind_id(&row, ":block", s->block);
	bind_id(&row, ":clinician", s->clinician);
	bind_id(&row, ":site", s->site);
	bind_id(&row, ":service", s->service);
	bind_text(&row, ":kind", slot_kind_word(s->kind));
	bind_date(&row, ":day", s->day);
	bind_moment(&row, ":starts", s->starts);
	bind_int(&row, ":mins", s->mins);
	bind_moment(&row, ":release", s->release_at);
	bind_int(&row, ":holder", s->holder);
	bind_id(&row, ":appt", s->appt);
	bind_text(&row, ":state", slot_state_word(s->state));
	bind_word(&row, ":note", s->note);
	txn_run(t, &row);
}

void slot_set_state(struct txn *t, struct id slot, enum slot_state state, const char *note)
{
	static const struct query SET = {
		"slots.set_state", "UPDATE slot SET state = :state, note = :note WHERE id = :slot"
				   " AND holder = :origin"
	};
	struct row row = query(t->store, &SET);

	bind_text(&row, ":state", slot_state_word(state));
	bind_word(&row, ":note", note);
	bind_id(&row, ":slot", slot);
	bind_int(&row, ":origin", t->origin);
	txn_run(t, &row);
}

int slot_due(struct store *st, struct id slot, enum slot_state *ret, char note[WORDS_TEXT],
	     struct err *err)
{
	static const struct query DUE = {
		"slots.due",
		"SELECT b.state = 'open', EXISTS (SELECT 1 FROM leave l WHERE l.clinician = s.clinician"
		" AND l.from_day <= s.day AND l.to_day >= s.day AND l.state = 'on'), x.slot IS NOT NULL,"
		" x.note FROM slot s JOIN block b ON b.id = s.block"
		" LEFT JOIN blocked x ON x.slot = s.id AND x.state = 'on' WHERE s.id = :slot"
	};
	struct row row = query(st, &DUE);
	enum slot_state due = SLOT_WITHDRAWN;

	*note = '\0';
	bind_id(&row, ":slot", slot);
	if (row_next(&row)) {
		bool open = get_bool(&row), leave = get_bool(&row), blocked = get_bool(&row);

		get_text(&row, note, WORDS_TEXT);
		due = !open	? SLOT_WITHDRAWN
		      : leave	? SLOT_LEAVE
		      : blocked ? SLOT_BLOCKED
				: SLOT_OPEN;
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret = due;
	return 0;
}

void blocked_put(struct txn *t, const struct slot *s, struct id cause, const char *note, bool on)
{
	static const struct query PUT = {
		"blocked.put",
		"INSERT INTO blocked (slot, day, cause, note, state)"
		" VALUES (:slot, :day, :cause, :note, :state) ON CONFLICT (slot) DO UPDATE SET"
		" cause = excluded.cause, note = excluded.note, state = excluded.state"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":slot", s->id);
	bind_date(&row, ":day", s->day);
	bind_id(&row, ":cause", cause);
	bind_word(&row, ":note", note);
	bind_text(&row, ":state", on ? "on" : "over");
	txn_run(t, &row);
}

/* Of a slot that was blocked before its home wrote so down, its own word counts. */
#define IS_BLOCKED                                                                                 \
	"coalesce((SELECT x.state = 'on' FROM blocked x WHERE x.slot = s.id), s.state = 'blocked')"

int slot_blocked(struct store *st, struct id slot, bool *ret, struct err *err)
{
	static const struct query BLOCKED = { "slots.blocked", "SELECT " IS_BLOCKED
							       " FROM slot s WHERE s.id = :slot" };
	struct row row = query(st, &BLOCKED);
	bool blocked = false;

	bind_id(&row, ":slot", slot);
	while (row_next(&row))
		blocked = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = blocked;
	return 0;
}

int appt_closed(struct store *st, struct id appt, bool *ret, struct err *err)
{
	static const struct query CLOSED = {
		"appts.closed",
		"SELECT EXISTS (SELECT 1 FROM appointment a JOIN leave l ON l.clinician = a.clinician"
		"  AND l.from_day <= a.day AND l.to_day >= a.day AND l.state = 'on' WHERE a.id = :appt)"
		" OR EXISTS (SELECT 1 FROM slot s WHERE s.appt = :appt AND " IS_BLOCKED ")"
	};
	struct row row = query(st, &CLOSED);
	bool closed = false;

	bind_id(&row, ":appt", appt);
	while (row_next(&row))
		closed = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = closed;
	return 0;
}

void slots_leave(struct txn *t, struct id clinician, struct date from, struct date to)
{
	static const struct query LEAVE = {
		"slots.leave", "UPDATE slot SET state = 'leave' WHERE clinician = :clinician"
			       " AND day BETWEEN :from AND :to AND state = 'open'"
			       " AND holder = :origin"
	};
	struct row row = query(t->store, &LEAVE);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	bind_int(&row, ":origin", t->origin);
	txn_run(t, &row);
}

/* ---- what a day is taken with ---- */

#define BUSY_COLUMNS                                                                               \
	"s.starts, s.mins, s.id, s.block, s.clinician, s.site,"                                    \
	" s.state = 'withdrawn' AND s.appt IS NOT NULL"

static int read_busy(struct row *row, bool room, struct busies *ret, struct err *err)
{
	while (row_next(row)) {
		struct busy *b = list_push(ret);

		b->starts = get_moment(row);
		b->ends = (struct moment){ b->starts.utc + get_int(row) * 60 };
		b->slot = get_id(row);
		b->block = get_id(row);
		b->clinician = get_id(row);
		b->site = get_id(row);
		b->leftover = get_bool(row);
		b->room = room;
	}
	return row_done(row, err);
}

int busy_of_day(struct store *st, struct id clinician, struct id room, struct date day,
		struct busies *ret, struct err *err)
{
	static const struct query OWN = { "busy.clinician",
					  "SELECT " BUSY_COLUMNS " FROM slot s"
					  " WHERE s.clinician = :clinician AND s.day = :day"
					  " AND (s.state <> 'withdrawn' OR s.appt IS NOT NULL)"
					  " ORDER BY s.starts" };
	static const struct query ROOM = {
		"busy.room",
		"SELECT " BUSY_COLUMNS " FROM block b CROSS JOIN slot s ON s.block = b.id"
		" WHERE b.room = :room AND b.day = :day AND b.clinician <> :clinician"
		" AND (s.state IN ('open', 'blocked') OR s.appt IS NOT NULL)"
		/* Who was given the room for one appointment. */
		" UNION ALL SELECT a.starts, a.mins, a.id, NULL, a.clinician, a.site, 0 FROM appointment a"
		" WHERE a.room = :room AND a.day = :day AND a.clinician <> :clinician"
		" AND a.state IN ('T', 'B', 'A', 'I') AND NOT EXISTS (SELECT 1 FROM slot s"
		"  JOIN block b ON b.id = s.block WHERE s.appt = a.id AND b.room = a.room)"
	};
	struct row row = query(st, &OWN);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":day", day);
	if (read_busy(&row, false, ret, err) < 0)
		return -1;
	if (id_none(room))
		return 0;
	row = query(st, &ROOM);
	bind_id(&row, ":room", room);
	bind_date(&row, ":day", day);
	bind_id(&row, ":clinician", clinician);
	return read_busy(&row, true, ret, err);
}

const struct busy *busy_at(const struct busies *list, struct moment starts, struct moment ends,
			   struct id except)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct busy *b = &list->v[i];

		if (b->starts.utc < ends.utc && b->ends.utc > starts.utc &&
		    (id_none(except) || !id_same(b->block, except)))
			return b;
	}
	return NULL;
}

/* ---- who stands in it ---- */

static void get_entry(struct row *row, struct entry *e)
{
	get_appt(row, &e->appt);
	get_text(row, e->surname, sizeof e->surname);
	get_text(row, e->given, sizeof e->given);
	get_text(row, e->title, sizeof e->title);
	e->born = get_date(row);
	e->priority = (int)get_int(row);
	e->needs = get_needs(row);
	get_text(row, e->interpreter, sizeof e->interpreter);
}

int entries_of(struct store *st, struct id clinician, struct date from, struct date to,
	       struct entries *ret, struct err *err)
{
	static const struct query OF = {
		"entries.of", "SELECT " APPT_OWN
			      ", p.surname, p.given, p.title, p.born, coalesce(e.priority, -1),"
			      " p.needs, p.interpreter"
			      " FROM appointment a" APPT_JOINS
			      " WHERE a.clinician = :clinician AND a.day BETWEEN :from AND :to"
			      " ORDER BY a.day, a.starts, a.id"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	while (row_next(&row))
		get_entry(&row, list_push(ret));
	return row_done(&row, err);
}

int day_counts(struct store *st, struct id clinician, struct date from, int days,
	       struct day_count *ret, struct err *err)
{
	static const struct query COUNTS = {
		"slots.day_counts",
		"SELECT day, count(DISTINCT appt), sum(appt IS NULL AND state = 'open'"
		" AND kind IN ('NEW', 'FU', 'RAP')) FROM slot"
		" WHERE clinician = :clinician AND day BETWEEN :from AND :to GROUP BY day"
	};
	struct row row = query(st, &COUNTS);

	memset(ret, 0, sizeof *ret * (size_t)days);
	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", (struct date){ from.n + days - 1 });
	while (row_next(&row)) {
		struct day_count *c = &ret[get_date(&row).n - from.n];

		c->booked = (int)get_int(&row);
		c->free = (int)get_int(&row);
	}
	return row_done(&row, err);
}

int person_external(struct store *st, struct id person, bool *ret, struct err *err)
{
	static const struct query EXTERNAL = {
		"person.external",
		"SELECT count(*) > 0 AND sum(c.kind = 'nhs') = 0 FROM post p"
		" JOIN customer c ON c.id = p.customer WHERE p.person = :person AND p.state = 'on'"
	};
	struct row row = query(st, &EXTERNAL);
	bool external = false;

	bind_id(&row, ":person", person);
	while (row_next(&row))
		external = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = external;
	return 0;
}
