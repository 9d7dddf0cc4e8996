/*
 * appts_put.c: what a run writes about an appointment.
 *
 * The appointment itself has nothing personal in it and goes to every node; whom it is for stands
 * in `booking`, which goes where the person may be seen.  Both have one id.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "base/text.h"
#include "store/appts_row.h"

static void bind_appt(struct row *row, const struct appt *a, const char letter[2])
{
	bind_id(row, ":id", a->id);
	bind_id(row, ":clinician", a->clinician);
	bind_id(row, ":site", a->site);
	bind_id(row, ":room", a->room);
	bind_date(row, ":day", a->day);
	bind_moment(row, ":starts", a->starts);
	bind_int(row, ":mins", a->mins);
	bind_text(row, ":mode", mode_word(a->mode));
	bind_text(row, ":state", letter);
	bind_word(row, ":code", a->code);
	bind_id(row, ":over_by", a->over_by);
	bind_word(row, ":over_why", a->over_why);
	bind_int(row, ":moves", a->moves);
	bind_moment(row, ":arrived", a->arrived_at);
	bind_moment(row, ":room_at", a->room_at);
	bind_moment(row, ":seen", a->seen_at);
	bind_moment(row, ":ended", a->ended_at);
	bind_word(row, ":by", cancel_by_word(a->cancelled_by));
}

void appt_put(struct txn *t, const struct appt *a, const char *scope)
{
	static const struct query PUT = {
		"appt.put",
		"INSERT INTO appointment (id, clinician, site, room, service, day, starts, mins, mode, kind,"
		" state, code, over_by, over_why, moves, asked_at, arrived_at, room_at, seen_at, ended_at,"
		" cancelled_by, outcome, outcome_code, outcome_at, outcome_by) VALUES (:id, :clinician, :site, :room, :service, :day, :starts, :mins, :mode,"
		" :kind, :state, :code, :over_by, :over_why, :moves, :asked, :arrived, :room_at, :seen,"
		" :ended, :by, :outcome, :outcome_code, :outcome_at, :outcome_by)"
	};
	static const struct query BOOKING = {
		"booking.put",
		"INSERT INTO booking (appt, scope, person, episode, customer, call_back, alone)"
		" VALUES (:id, :scope, :person, :episode, :customer, :call_back, :alone)"
	};
	char letter[2] = { appt_letter(a->state), '\0' };
	struct row row = query(t->store, &PUT);

	bind_appt(&row, a, letter);
	bind_id(&row, ":service", a->service);
	bind_text(&row, ":kind", appt_kind_word(a->kind));
	bind_moment(&row, ":asked", a->asked_at);
	bind_word(&row, ":outcome", outcome_code(a->outcome));
	bind_word(&row, ":outcome_code", outcome_national(a->outcome));
	bind_moment(&row, ":outcome_at", a->outcome_at);
	bind_id(&row, ":outcome_by", a->outcome_by);
	txn_run(t, &row);

	row = query(t->store, &BOOKING);
	bind_id(&row, ":id", a->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":person", a->person);
	bind_id(&row, ":episode", a->episode);
	bind_id(&row, ":customer", a->customer);
	bind_word(&row, ":call_back", a->call_back);
	bind_int(&row, ":alone", a->alone);
	txn_run(t, &row);
}

void appt_set(struct txn *t, const struct appt *a)
{
	static const struct query SET = {
		"appt.set",
		"UPDATE appointment SET clinician = :clinician, site = :site, room = :room, day = :day,"
		" starts = :starts, mins = :mins, mode = :mode, state = :state, code = :code,"
		" over_by = :over_by, over_why = :over_why, moves = :moves, arrived_at = :arrived,"
		" room_at = :room_at, seen_at = :seen, ended_at = :ended, cancelled_by = :by WHERE id = :id"
	};
	char letter[2] = { appt_letter(a->state), '\0' };
	struct row row = query(t->store, &SET);

	bind_appt(&row, a, letter);
	txn_run(t, &row);
}

bool appt_read(struct txn *t, struct id id, struct appt_row *ret)
{
	struct err err = ERR_INIT;

	if (txn_failed(t))
		return false;
	if (appt_get(t->store, id, ret, &err) == 0)
		return true;
	/* A row that is not here yet is an answer; a disk that cannot be read is not. */
	if (err.kind != ERR_MISSING)
		t->err = err;
	return false;
}

/* The first row of it that meets this one in time. */
static struct id first_over(struct txn *t, struct row *row, const struct appt *a)
{
	struct id found = { 0 };

	bind_date(row, ":day", a->day);
	bind_id(row, ":id", a->id);
	bind_moment(row, ":starts", a->starts);
	bind_int(row, ":ends", a->starts.utc + (int64_t)a->mins * 60);
	while (row_next(row))
		found = get_id(row);
	txn_done(t, row);
	return found;
}

struct id appt_overlaps(struct txn *t, const struct appt *a)
{
	static const struct query OVERLAPS = {
		"appt.overlaps",
		"SELECT a.id FROM booking b JOIN appointment a ON a.id = b.appt"
		" WHERE b.person = :person AND a.day = :day AND a.id <> :id AND" APPT_LIVE
		"AND a.starts < :ends AND a.starts + a.mins * 60 > :starts ORDER BY a.id LIMIT 1"
	};
	struct row row = query(t->store, &OVERLAPS);

	bind_id(&row, ":person", a->person);
	return first_over(t, &row, a);
}

struct id appt_in_room(struct txn *t, const struct appt *a)
{
	static const struct query IN = {
		"appt.room",
		"SELECT a.id FROM appointment a WHERE a.room = :room AND a.day = :day AND a.id <> :id"
		" AND a.clinician <> :clinician AND" APPT_LIVE
		"AND a.starts < :ends AND a.starts + a.mins * 60 > :starts ORDER BY a.id LIMIT 1"
	};
	struct row row = query(t->store, &IN);

	bind_id(&row, ":room", a->room);
	bind_id(&row, ":clinician", a->clinician);
	return first_over(t, &row, a);
}

void booking_remote(struct txn *t, const struct appt *a)
{
	static const struct query SET = { "booking.remote",
					  "UPDATE booking SET call_back = :number, alone = :alone"
					  " WHERE appt = :appt" };
	struct row row = query(t->store, &SET);

	bind_word(&row, ":number", a->call_back);
	bind_int(&row, ":alone", a->alone);
	bind_id(&row, ":appt", a->id);
	txn_run(t, &row);
}

void appt_words(struct txn *t, const struct appt *a, char ret[APPT_WORDS])
{
	static const struct query WORDS = { "appt.words",
					    "SELECT c.surname, s.name FROM clinician c, site s"
					    " WHERE c.id = :clinician AND s.id = :site" };
	struct row row = query(t->store, &WORDS);
	char who[NAME_TEXT] = "", where[NAME_TEXT] = "", when[DAY_TEXT];

	bind_id(&row, ":clinician", a->clinician);
	bind_id(&row, ":site", a->site);
	while (row_next(&row)) {
		get_text(&row, who, sizeof who);
		get_text(&row, where, sizeof where);
	}
	txn_done(t, &row);
	/* Names are cut here so that what was done always fits behind them. */
	snprintf(ret, APPT_WORDS, "%s, %.*s, %.*s", moment_show(a->starts, when),
		 (int)text_fit(who, 60), who, (int)text_fit(where, 60), where);
	text_whole(ret);
}
