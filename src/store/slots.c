/*
 * slots.c: slots read by day, by block and by the partial indexes of what is free; taken, given
 * back.  Making slots and closing them is diaries.c's.
 */
#include "base/alloc.h"
#include "store/row.h"
#include "store/slots.h"

#define SLOT_COLUMNS                                                                               \
	"id, block, clinician, site, service, kind, day, starts, mins, release_at, holder, appt,"  \
	" state, note"

static void get_slot(struct row *row, struct slot *s)
{
	char word[16];

	s->id = get_id(row);
	s->block = get_id(row);
	s->clinician = get_id(row);
	s->site = get_id(row);
	s->service = get_id(row);
	get_text(row, word, sizeof word);
	slot_kind_parse(word, &s->kind);
	s->day = get_date(row);
	s->starts = get_moment(row);
	s->mins = (int)get_int(row);
	s->release_at = get_moment(row);
	s->holder = (int)get_int(row);
	s->appt = get_id(row);
	get_text(row, word, sizeof word);
	slot_state_parse(word, &s->state);
	get_text(row, s->note, sizeof s->note);
}

static int read_slots(struct row *row, struct slots *ret, struct err *err)
{
	while (row_next(row))
		get_slot(row, list_push(ret));
	return row_done(row, err);
}

int slots_get(struct store *st, struct id slot, struct slot *ret, struct err *err)
{
	static const struct query GET = { "slots.get",
					  "SELECT " SLOT_COLUMNS " FROM slot WHERE id = :slot" };
	struct row row = query(st, &GET);
	struct slot found = { 0 };

	bind_id(&row, ":slot", slot);
	if (row_next(&row))
		get_slot(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING,
			       "There is no such slot: slot find lists those that are free.");
	*ret = found;
	return 0;
}

int slots_of_day(struct store *st, struct id clinician, struct date from, struct date to,
		 struct slots *ret, struct err *err)
{
	static const struct query OF_DAY = {
		"slots.of_day", "SELECT " SLOT_COLUMNS " FROM slot"
				" WHERE clinician = :clinician AND day BETWEEN :from AND :to"
				" ORDER BY day, starts, id"
	};
	struct row row = query(st, &OF_DAY);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	return read_slots(&row, ret, err);
}

int slots_held(struct store *st, int holder, struct date from, struct slots *ret, struct err *err)
{
	/* By clinician and day, so that what is past costs nothing. */
	static const struct query HELD = {
		"slots.held",
		"SELECT " SLOT_COLUMNS " FROM slot WHERE holder = :holder AND day >= :from"
		" AND clinician IN (SELECT id FROM clinician) ORDER BY clinician, day, starts"
	};
	struct row row = query(st, &HELD);

	bind_int(&row, ":holder", holder);
	bind_date(&row, ":from", from);
	return read_slots(&row, ret, err);
}

int slots_taken(struct store *st, int home, int at, struct date from, struct slots *ret,
		struct err *err)
{
	static const struct query TAKEN = {
		"slots.taken", "SELECT " SLOT_COLUMNS
			       " FROM slot WHERE holder = :at AND epoch > 0 AND day >= :from"
			       " AND clinician IN (SELECT id FROM clinician WHERE node = :home)"
			       " ORDER BY clinician, day, starts"
	};
	struct row row = query(st, &TAKEN);

	bind_int(&row, ":at", at);
	bind_date(&row, ":from", from);
	bind_int(&row, ":home", home);
	return read_slots(&row, ret, err);
}

int slots_last(struct store *st, struct id clinician, struct date day, struct moment *ret,
	       struct err *err)
{
	static const struct query LAST = { "slots.last",
					   "SELECT coalesce(max(starts), 0) FROM slot"
					   " WHERE clinician = :clinician AND day = :day"
					   " AND state = 'open' AND kind IN ('NEW', 'FU', 'RAP')" };
	struct row row = query(st, &LAST);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":day", day);
	while (row_next(&row))
		*ret = get_moment(&row);
	return row_done(&row, err);
}

int slots_run(struct store *st, struct id block, struct moment from, int max, struct slots *ret,
	      struct err *err)
{
	static const struct query RUN = { "slots.run", "SELECT " SLOT_COLUMNS " FROM slot"
						       " WHERE block = :block AND starts >= :from"
						       " ORDER BY starts LIMIT :max" };
	struct row row = query(st, &RUN);

	bind_id(&row, ":block", block);
	bind_int(&row, ":from", from.utc);
	bind_int(&row, ":max", max);
	return read_slots(&row, ret, err);
}

int slots_of_appt(struct store *st, struct id appt, struct slots *ret, struct err *err)
{
	static const struct query OF_APPT = { "slots.of_appt",
					      "SELECT " SLOT_COLUMNS " FROM slot"
					      " WHERE appt = :appt ORDER BY starts" };
	struct row row = query(st, &OF_APPT);

	bind_id(&row, ":appt", appt);
	return read_slots(&row, ret, err);
}

/* The same walk along each of the three indexes of what is free.  Its WHERE says what theirs says,
 * word for word, or SQLite could not use them; INDEXED BY makes that a promise. */
#define WALK(index, more)                                                                          \
	"SELECT " SLOT_COLUMNS " FROM slot INDEXED BY " index                                      \
	" WHERE appt IS NULL AND state = 'open' AND kind IN ('NEW', 'FU', 'RAP')"                  \
	" AND service = :service" more " AND (starts, id) > (:from, :after) AND starts < :until"   \
	" ORDER BY starts, id LIMIT :max"

int slots_free(struct store *st, const struct slots_walk *walk, int max, struct slots *ret,
	       struct err *err)
{
	static const struct query ALL = { "slots.free", WALK("slot_free", "") };
	static const struct query SITE = { "slots.free_site",
					   WALK("slot_free_site", " AND site = :site") };
	static const struct query CLINICIAN = {
		"slots.free_clinician",
		WALK("slot_free_clinician",
		     " AND clinician = :clinician AND (site = :site OR :site IS NULL)")
	};
	bool one = !id_none(walk->clinician), here = !id_none(walk->site);
	struct row row = query(st, one ? &CLINICIAN : here ? &SITE : &ALL);

	bind_id(&row, ":service", walk->service);
	if (one)
		bind_id(&row, ":clinician", walk->clinician);
	if (one || here)
		bind_id(&row, ":site", walk->site);
	bind_int(&row, ":from", walk->from.utc);
	bind_int(&row, ":after", walk->after.n);
	bind_int(&row, ":until", moment_none(walk->until) ? INT64_MAX : walk->until.utc);
	bind_int(&row, ":max", max);
	return read_slots(&row, ret, err);
}

int slots_rapid(struct store *st, struct id service, struct date monday, struct id but_person,
		int *ret_all, int *ret_taken, struct err *err)
{
	static const struct query RAPID = {
		"slots.rapid",
		"SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM booking b JOIN customer c"
		" ON c.id = b.customer WHERE b.appt = s.appt AND b.person <> :person"
		" AND c.kind = 'external')), 0)"
		" FROM slot s INDEXED BY slot_rap WHERE s.kind = 'RAP' AND s.service = :service"
		" AND s.day BETWEEN :from AND :to AND s.state = 'open'"
	};
	struct row row = query(st, &RAPID);

	bind_id(&row, ":person", but_person);
	bind_id(&row, ":service", service);
	bind_date(&row, ":from", monday);
	bind_date(&row, ":to", (struct date){ monday.n + 6 });
	while (row_next(&row)) {
		*ret_all = (int)get_int(&row);
		*ret_taken = (int)get_int(&row);
	}
	return row_done(&row, err);
}

bool slot_back(struct txn *t, struct id slot, struct id appt)
{
	static const struct query BACK = {
		"slots.back", "UPDATE slot SET appt = :appt WHERE id = :slot AND holder = :origin"
			      " AND (appt = :appt OR appt IS NULL AND state <> 'withdrawn')"
	};
	struct row row = query(t->store, &BACK);

	bind_id(&row, ":appt", appt);
	bind_id(&row, ":slot", slot);
	bind_int(&row, ":origin", t->origin);
	return txn_run(t, &row) == 1;
}

bool slot_claim(struct txn *t, struct id slot, struct id appt)
{
	static const struct query CLAIM = {
		"slots.claim", "UPDATE slot SET appt = :appt WHERE id = :slot AND holder = :origin"
			       " AND (appt = :appt OR appt IS NULL AND state = 'open')"
	};
	struct row row = query(t->store, &CLAIM);

	bind_id(&row, ":appt", appt);
	bind_id(&row, ":slot", slot);
	bind_int(&row, ":origin", t->origin);
	return txn_run(t, &row) == 1;
}

void slot_release(struct txn *t, struct id appt)
{
	static const struct query RELEASE = { "slots.release",
					      "UPDATE slot SET appt = NULL WHERE appt = :appt"
					      " AND holder = :origin" };
	struct row row = query(t->store, &RELEASE);

	bind_id(&row, ":appt", appt);
	bind_int(&row, ":origin", t->origin);
	txn_run(t, &row);
}
