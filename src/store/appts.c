/*
 * appts.c: reading appointments, each with whom it is for in the same query.
 *
 * Always holds: a list is one statement walking one index (site and day, clinician and day, or the
 * person's bookings); no work in proportion to what is not shown.
 */
#include <string.h>

#include "base/alloc.h"
#include "store/appts_row.h"

void get_appt(struct row *row, struct appt *a)
{
	char word[CODE_TEXT];

	a->id = get_id(row);
	a->clinician = get_id(row);
	a->site = get_id(row);
	a->room = get_id(row);
	a->service = get_id(row);
	a->day = get_date(row);
	a->starts = get_moment(row);
	a->mins = (int)get_int(row);
	get_text(row, word, sizeof word);
	mode_parse(word, &a->mode);
	get_text(row, word, sizeof word);
	appt_kind_parse(word, &a->kind);
	get_text(row, word, sizeof word);
	appt_state_parse(word, &a->state);
	get_text(row, a->code, sizeof a->code);
	a->over_by = get_id(row);
	get_text(row, a->over_why, sizeof a->over_why);
	a->moves = (int)get_int(row);
	a->asked_at = get_moment(row);
	a->arrived_at = get_moment(row);
	a->room_at = get_moment(row);
	a->seen_at = get_moment(row);
	a->ended_at = get_moment(row);
	get_text(row, word, sizeof word);
	cancel_by_parse(word, &a->cancelled_by);
	get_text(row, word, sizeof word);
	outcome_parse(word, &a->outcome);
	a->outcome_at = get_moment(row);
	a->outcome_by = get_id(row);
	a->person = get_id(row);
	a->episode = get_id(row);
	a->customer = get_id(row);
	get_text(row, a->call_back, sizeof a->call_back);
	a->alone = get_int(row) != 0;
}

void get_appt_row(struct row *row, struct appt_row *r)
{
	get_appt(row, &r->a);
	get_text(row, r->surname, sizeof r->surname);
	get_text(row, r->given, sizeof r->given);
	get_text(row, r->title, sizeof r->title);
	r->born = get_date(row);
	get_text(row, r->number, sizeof r->number);
	get_text(row, r->scope, sizeof r->scope);
	r->needs = get_needs(row);
	get_text(row, r->interpreter, sizeof r->interpreter);
	r->target = get_date(row);
}

int appt_get(struct store *st, struct id id, struct appt_row *ret, struct err *err)
{
	static const struct query GET = { "appts.get",
					  "SELECT " APPT_COLUMNS " FROM appointment a" APPT_JOINS
					  "WHERE a.id = :id" };
	struct row row = query(st, &GET);
	struct appt_row found = { 0 };
	char text[ID_TEXT];

	bind_id(&row, ":id", id);
	while (row_next(&row))
		get_appt_row(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.a.id))
		return err_set(err, ERR_MISSING,
			       "There is no appointment %s: appt list shows them.",
			       id_text(id, text));
	*ret = found;
	return 0;
}

/* What every list narrows down by; unused bounds are NULL. */
#define NARROWER                                                                                   \
	" AND (:clinician IS NULL OR a.clinician = :clinician)"                                    \
	" AND (:states IS NULL OR instr(:states, a.state) > 0)"

static const struct query OF_PERSON = {
	"appts.person",
	"SELECT " APPT_COLUMNS " FROM booking b JOIN appointment a ON a.id = b.appt"
	" LEFT JOIN person p ON p.id = b.person LEFT JOIN episode e ON e.id = b.episode"
	" WHERE b.person = :person AND a.day BETWEEN :from AND :to"
	" AND (:site IS NULL OR a.site = :site)" NARROWER
	" ORDER BY a.day < :today, CASE WHEN a.day < :today THEN -a.starts ELSE a.starts END, a.id"
	" LIMIT :max OFFSET :skip"
};
static const struct query OF_CLINICIAN = {
	"appts.clinician", "SELECT " APPT_COLUMNS " FROM appointment a" APPT_JOINS
			   "WHERE a.clinician = :clinician AND a.day BETWEEN :from AND :to"
			   " AND (:site IS NULL OR a.site = :site)"
			   " AND (:states IS NULL OR instr(:states, a.state) > 0)"
			   " ORDER BY a.starts, a.id LIMIT :max OFFSET :skip"
};
static const struct query OF_SITE = {
	"appts.site", "SELECT " APPT_COLUMNS " FROM appointment a" APPT_JOINS
		      "WHERE a.site = :site AND a.day BETWEEN :from AND :to" NARROWER
		      " ORDER BY a.starts, a.id LIMIT :max OFFSET :skip"
};
/* Sites come first, so that each is a walk of its index; SQLite may not turn the join round. */
static const struct query OF_ALL = {
	"appts.all",
	"SELECT " APPT_COLUMNS " FROM site s CROSS JOIN appointment a ON a.site = s.id" APPT_JOINS
	"WHERE a.day BETWEEN :from AND :to" NARROWER
	" ORDER BY a.starts, a.id LIMIT :max OFFSET :skip"
};

int appts_select(struct store *st, const struct appt_filter *f, struct appt_rows *ret,
		 struct err *err)
{
	bool of_person = !id_none(f->person), of_clinician = !of_person && !id_none(f->clinician);
	const struct query *q = of_person	    ? &OF_PERSON
				: of_clinician	    ? &OF_CLINICIAN
				: !id_none(f->site) ? &OF_SITE
						    : &OF_ALL;
	struct row row = query(st, q);
	char letters[APPT_STATE_COUNT + 1] = "";

	for (int i = 0, n = 0; i < APPT_STATE_COUNT; i++)
		if (f->states & 1u << i)
			letters[n++] = appt_letter((enum appt_state)i);
	bind_int(&row, ":from", date_none(f->from) ? INT32_MIN : f->from.n);
	bind_int(&row, ":to", date_none(f->to) ? INT32_MAX : f->to.n);
	bind_word(&row, ":states", letters);
	bind_id(&row, ":clinician", f->clinician);
	bind_int(&row, ":max", f->max > 0 ? f->max : -1);
	bind_int(&row, ":skip", f->skip);
	if (q != &OF_ALL)
		bind_id(&row, ":site", f->site);
	if (of_person) {
		bind_id(&row, ":person", f->person);
		bind_int(&row, ":today", f->today.n);
	}
	while (row_next(&row))
		get_appt_row(&row, list_push(ret));
	return row_done(&row, err);
}

int first_attendances(struct store *st, struct date from, struct date to, struct first_seens *ret,
		      struct err *err)
{
	static const struct query FIRST = {
		"appts.first_seen",
		"SELECT a.service, a.site, coalesce(c.kind = 'external', 0), e.received, e.target, a.day"
		" FROM site s CROSS JOIN appointment a INDEXED BY appointment_site ON a.site = s.id"
		" AND a.day BETWEEN :from AND :to CROSS JOIN booking b ON b.appt = a.id"
		" CROSS JOIN episode e ON e.id = b.episode LEFT JOIN customer c ON c.id = b.customer"
		" WHERE a.state = 'S' AND a.kind = 'NEW' AND e.state <> 'error'"
	};
	struct row row = query(st, &FIRST);

	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	while (row_next(&row)) {
		struct first_seen *f = list_push(ret);

		f->service = get_id(&row);
		f->site = get_id(&row);
		f->external = get_bool(&row);
		f->received = get_date(&row);
		f->target = get_date(&row);
		f->day = get_date(&row);
	}
	return row_done(&row, err);
}

int appts_of_day(struct store *st, struct id person, struct date day, struct id except,
		 struct appt_rows *ret, struct err *err)
{
	static const struct query OF_DAY = {
		"appts.day",
		"SELECT " APPT_COLUMNS " FROM booking b JOIN appointment a ON a.id = b.appt"
		" LEFT JOIN person p ON p.id = b.person"
		" LEFT JOIN episode e ON e.id = b.episode"
		" WHERE b.person = :person AND a.day = :day AND" APPT_LIVE
		"AND a.id IS NOT :except ORDER BY a.starts"
	};
	struct row row = query(st, &OF_DAY);

	bind_id(&row, ":person", person);
	bind_date(&row, ":day", day);
	bind_id(&row, ":except", except);
	while (row_next(&row))
		get_appt_row(&row, list_push(ret));
	return row_done(&row, err);
}

int appts_last_with(struct store *st, struct id person, struct id service, struct id *ret,
		    struct err *err)
{
	static const struct query LAST = {
		"appts.last_with",
		"SELECT a.clinician FROM booking b JOIN appointment a ON a.id = b.appt"
		" WHERE b.person = :person AND a.service = :service"
		" AND a.state IN ('S', 'T', 'B', 'A', 'I', 'D', 'N')"
		" ORDER BY a.state = 'S' DESC, a.starts DESC, a.id DESC LIMIT 1"
	};
	struct row row = query(st, &LAST);

	bind_id(&row, ":person", person);
	bind_id(&row, ":service", service);
	while (row_next(&row))
		*ret = get_id(&row);
	return row_done(&row, err);
}

/* The one number that a query gives. */
static int number(struct row *row, int64_t *ret, struct err *err)
{
	int64_t n = 0;

	while (row_next(row))
		n = get_int(row);
	if (row_done(row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

int appts_overbooked(struct store *st, struct id clinician, struct date day, struct id except,
		     int *ret, struct err *err)
{
	static const struct query OVER = {
		"appts.overbooked",
		"SELECT count(*) FROM appointment a WHERE clinician = :clinician"
		" AND day = :day AND over_by IS NOT NULL AND" APPT_LIVE "AND id IS NOT :except"
	};
	struct row row = query(st, &OVER);
	int64_t n;

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":day", day);
	bind_id(&row, ":except", except);
	if (number(&row, &n, err) < 0)
		return -1;
	*ret = (int)n;
	return 0;
}

int sessions_of(struct store *st, struct id clinician, struct date day, struct blocks *ret,
		struct err *err)
{
	static const struct query OF = {
		"sessions.of",
		"SELECT id, clinician, site, room, service, template, day, starts, ends"
		" FROM block WHERE clinician = :clinician AND day = :day"
		" AND state = 'open' ORDER BY starts"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":day", day);
	while (row_next(&row)) {
		struct block *b = list_push(ret);

		b->id = get_id(&row);
		b->clinician = get_id(&row);
		b->site = get_id(&row);
		b->room = get_id(&row);
		b->service = get_id(&row);
		b->template = get_id(&row);
		b->day = get_date(&row);
		b->starts = get_moment(&row);
		b->ends = get_moment(&row);
		b->open = true;
	}
	return row_done(&row, err);
}

int away_on(struct store *st, struct id clinician, struct date day, bool *ret, struct err *err)
{
	static const struct query AWAY = { "away.on",
					   "SELECT count(*) FROM leave WHERE clinician = :clinician"
					   " AND from_day <= :day AND to_day >= :day"
					   " AND state = 'on'" };
	struct row row = query(st, &AWAY);
	int64_t n;

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":day", day);
	if (number(&row, &n, err) < 0)
		return -1;
	*ret = n > 0;
	return 0;
}

int room_used(struct store *st, struct id room, struct id but_clinician, struct moment starts,
	      struct moment ends, struct id *ret_who, struct err *err)
{
	/* A block lies within one day of the wall, so its day finds it. */
	static const struct query USED = {
		"room.used", "SELECT clinician FROM block WHERE room = :room AND day = :day"
			     " AND state = 'open' AND clinician <> :but"
			     " AND starts < :ends AND ends > :starts"
			     " UNION ALL SELECT a.clinician FROM appointment a WHERE a.room = :room"
			     " AND a.day = :day AND a.clinician <> :but AND" APPT_LIVE
			     "AND a.starts < :ends AND a.starts + a.mins * 60 > :starts LIMIT 1"
	};
	struct row row = query(st, &USED);
	int64_t who;

	bind_id(&row, ":room", room);
	bind_date(&row, ":day", moment_date(starts));
	bind_id(&row, ":but", but_clinician);
	bind_moment(&row, ":starts", starts);
	bind_moment(&row, ":ends", ends);
	if (number(&row, &who, err) < 0)
		return -1;
	ret_who->n = who;
	return 0;
}

int client_get(struct store *st, struct id person, struct date today, struct client *ret,
	       struct err *err)
{
	static const struct query GET = {
		"client.get",
		"SELECT p.id, p.scope, p.surname, p.given, p.title, p.status,"
		" (SELECT o.customer FROM post o WHERE o.person = p.id AND o.state = 'on'"
		"   AND coalesce(o.from_day, :today) <= :today AND coalesce(o.to_day, :today) >= :today"
		"   ORDER BY o.from_day DESC, o.id LIMIT 1), p.needs, p.interpreter"
		" FROM person q JOIN person p ON p.id = coalesce(q.alias_of, q.id) WHERE q.id = :person"
	};
	struct row row = query(st, &GET);
	struct client found = { 0 };
	char text[ID_TEXT];

	bind_id(&row, ":person", person);
	bind_date(&row, ":today", today);
	while (row_next(&row)) {
		found.id = get_id(&row);
		get_text(&row, found.scope, sizeof found.scope);
		get_text(&row, found.surname, sizeof found.surname);
		get_text(&row, found.given, sizeof found.given);
		get_text(&row, found.title, sizeof found.title);
		get_text(&row, found.status, sizeof found.status);
		found.customer = get_id(&row);
		found.needs = get_needs(&row);
		get_text(&row, found.interpreter, sizeof found.interpreter);
	}
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING,
			       "There is no person %s: person find looks for them.",
			       id_text(person, text));
	*ret = found;
	return 0;
}
