/*
 * verbs_after.c: s and D on a row: seen and what came of it, did not attend and what follows, rung
 * and with what result.
 *
 * Who the row belongs to is asked for its outcome; for anybody else it goes on the clinician's
 * list. One thing is asked at a time, so the row that it is about is kept here until the last
 * answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "clinic/attempt.h"
#include "clinic/booking.h"
#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "clinic/refs.h"
#include "clinic/running.h"
#include "verbs.h"

static struct verb_row asked;
static struct desk_row about; /* the same, as the clinic has it */

static enum next refused(struct ui *ui, const struct err *err)
{
	ui_fail(ui, err);
	return err->kind == ERR_CLASH ? REFRESH : FAILED;
}

/* ---- outcome ---- */

/* Marked and finished in one; of what was marked already only the outcome. */
static enum next finish(struct ui *ui, struct after_ask *after, const char *how)
{
	struct mark_ask mark = { .base = &asked.state, .after = after };
	struct err err = ERR_INIT;
	char who[PERSON_TEXT];
	int rc;

	after->overrule = about.row.a.outcome != OUTCOME_NONE;
	rc = asked.state == APPT_SEEN ? after_record(ui->desk, asked.appt, after, &err)
				      : booking_mark(ui->desk, asked.appt, APPT_SEEN, &mark, &err);
	if (rc < 0)
		return refused(ui, &err);
	ui_done(ui, "%s %s.   u Undo", verb_brief(&asked, who, sizeof who), how);
	return REFRESH;
}

static enum next discharged(struct ui *ui, enum end_reason reason)
{
	struct after_ask after = { .outcome = OUTCOME_DISCHARGE,
				   .reason = reason,
				   .review = DATE_NONE };
	char how[80];

	snprintf(how, sizeof how, "discharged: %s", end_words(reason));
	return finish(ui, &after, how);
}

/* The booking is opened at once; left without one, a task asks for it. */
static enum next again(struct ui *ui)
{
	struct after_ask after = { .outcome = OUTCOME_REBOOK, .review = DATE_NONE };
	struct err err = ERR_INIT;
	enum next next = finish(ui, &after, "seen, to be booked again");
	struct desk_row now;

	if (next != REFRESH || desk_appt(ui->desk, asked.appt, &now, &err) < 0)
		return next;
	if (now.row.a.outcome == OUTCOME_AGAIN) {
		ui_done(ui, "%s seen; what is booked to come stands.   u Undo", asked.who);
		return next;
	}
	if (now.row.a.outcome == OUTCOME_REBOOK)
		open_booking(ui, now.row.a.person, now.row.a.service);
	return next;
}

static enum next review(struct ui *ui, void *state, const char *text)
{
	struct after_ask after = { .outcome = OUTCOME_REVIEW };
	struct err err = ERR_INIT;
	char how[80], day[DAY_TEXT];

	(void)state;
	if (date_parse(text, ui->desk->today, LOOK_FORWARD, &after.review, &err) < 0)
		return ui_fail(ui, &err);
	snprintf(how, sizeof how, "seen, review by %s", date_show_day(after.review, day));
	return finish(ui, &after, how);
}

static enum next outcome(struct ui *ui, void *state, char key)
{
	struct err err = ERR_INIT;

	(void)state;
	switch (key) {
	case 'd':
		/* Who is booked to come is told so before a reason is asked. */
		if (after_may_end(ui->desk, asked.appt, &err) < 0)
			return ui_fail(ui, &err);
		return open_ends(ui, asked.who, discharged);
	case 'b':
		return again(ui);
	case 'r':
		ask_text(ui, "Review by when (6w, 14 mar)?", false, 20, review);
		return STAY;
	default:
		if (asked.state != APPT_SEEN)
			return verb_mark(ui, &asked, APPT_SEEN, NULL, "seen, to finish later");
		ui_done(ui, "%s stays on the list of what is to finish.", asked.who);
		return STAY;
	}
}

static enum next ask_outcome(struct ui *ui)
{
	static const struct answer answers[] = { { 'd', "discharge" },
						 { 'b', "book again" },
						 { 'r', "review" },
						 { 'n', "later" },
						 { 0 } };
	char who[PERSON_TEXT];

	ask(ui, answers, "keep", outcome, "%s %s?",
	    about.row.a.outcome == OUTCOME_NONE ? "Seen" : "Anew",
	    verb_brief(&asked, who, sizeof who));
	return STAY;
}

/* ---- rung ---- */

static enum next rang(struct ui *ui, void *state, char key)
{
	static const enum try_result results[] = {
#define X(name, key, code, words) [key] = name,
		TRY_RESULTS(X)
#undef X
	};
	enum try_result result = results[(unsigned char)key];
	struct err err = ERR_INIT;
	struct attempt a;
	char at[DAY_TEXT];

	(void)state;
	if (attempt(ui->desk, asked.appt, (struct id){ 0 }, result, &a, &err) < 0)
		return refused(ui, &err);
	if (result == TRY_SPOKE)
		ui_done(ui, "%s on the telephone.  s when it is over.   u Undo", asked.who);
	else if (!a.last)
		ui_done(ui, "%s, try %d: %s, again %s.   u Undo", asked.who, a.nth,
			try_words(result), minute_show(moment_minute(a.again), at));
	else {
		ui_done(ui, "%s, try %d: %s.   u Undo", asked.who, a.nth, try_words(result));
		if (asked.starts.utc <= ui->now.utc)
			verb_dna(ui, &asked);
	}
	return REFRESH;
}

static enum next ask_rang(struct ui *ui)
{
	static const struct answer answers[] = { { 's', "spoke" },
						 { 'v', "no answer" },
						 { 'w', "wrong no." },
						 { 'p', "other" },
						 { 0 } };
	char who[PERSON_TEXT];

	ask(ui, answers, "keep", rang, "Rang %s?", verb_brief(&asked, who, sizeof who));
	return STAY;
}

/* ---- s ---- */

static bool to_ring(const struct ui *ui)
{
	const struct appt *a = &about.row.a;

	return a->mode == MODE_PHONE && a->day.n == ui->desk->today.n &&
	       (a->state == APPT_BOOKED || a->state == APPT_REQUESTED || a->state == APPT_ARRIVED);
}

/* What is in the room, or here, or over: and of a past day whatever was left. */
static bool to_finish(const struct ui *ui)
{
	const struct appt *a = &about.row.a;

	return after_mine(ui->desk, a) &&
	       (a->state == APPT_ARRIVED || a->state == APPT_IN_ROOM || a->state == APPT_SEEN ||
		(a->day.n < ui->desk->today.n && appt_live(a->state)));
}

enum next verb_seen(struct ui *ui, const struct verb_row *row)
{
	struct err err = ERR_INIT;

	if (verb_has_one(row, &err) < 0 || desk_appt(ui->desk, row->appt, &about, &err) < 0)
		return ui_fail(ui, &err);
	asked = *row;
	/* Somebody changed it since this row was painted: the mark says who. */
	if (about.row.a.state != row->state)
		return verb_step(ui, row, APPT_SEEN, "seen");
	if (to_ring(ui))
		return ask_rang(ui);
	return to_finish(ui) ? ask_outcome(ui) : verb_step(ui, row, APPT_SEEN, "seen");
}

/* ---- D ---- */

static enum next dna(struct ui *ui, void *state, char key)
{
	struct after_ask after = { .outcome = OUTCOME_OFFER, .review = DATE_NONE };

	(void)state;
	switch (key) {
	case 'c':
		after.outcome = OUTCOME_DISCHARGE;
		after.reason = END_DNA;
		return verb_mark(ui, &asked, APPT_DNA, &after, "did not attend, closed");
	case 't':
		after.text = true;
		return verb_mark(ui, &asked, APPT_DNA, &after, "did not attend, is written to");
	case 'p':
		after.ring = true;
		return verb_mark(ui, &asked, APPT_DNA, &after, "did not attend, to be rung");
	case 'w':
		after.wait = true;
		return verb_mark(ui, &asked, APPT_DNA, &after, "did not attend, waits for a time");
	default:
		return verb_mark(ui, &asked, APPT_DNA, &after, "did not attend, noted");
	}
}

enum { LONG_WHO = 21 }; /* of a name and time, for the question to stay on one row */

enum next verb_dna(struct ui *ui, const struct verb_row *row)
{
	static const struct answer own_desk[] = { { 'n', "its own desk rebooks" }, { 0 } };
	static struct answer answers[6];
	struct answer *a = answers;
	struct err err = ERR_INIT;
	struct missed m;
	char who[PERSON_TEXT + 16], nth[16] = "";
	const char *where = row->state == APPT_ARRIVED	 ? " (arrived)"
			    : row->state == APPT_IN_ROOM ? " (in room)"
			    : row->state == APPT_SEEN	 ? " (seen)"
							 : "";

	if (verb_has_one(row, &err) < 0 ||
	    booking_mark_try(ui->desk, row->appt, APPT_DNA, row->state, &err) < 0 ||
	    after_missed(ui->desk, row->appt, &m, &err) < 0)
		return refused(ui, &err);
	asked = *row;
	if (m.nth > 1)
		snprintf(nth, sizeof nth, "%d%s ", m.nth,
			 m.nth == 2   ? "nd"
			 : m.nth == 3 ? "rd"
				      : "th");
	verb_named(row, who, sizeof who);
	/* What cannot be done is not offered: a message to who allows none. */
	if (m.way)
		*a++ = (struct answer){ 't', m.way };
	*a++ = (struct answer){ 'p', "ring" };
	if (!m.discharge)
		*a++ = (struct answer){ 'w', *where || text_width(who) > LONG_WHO ? "wait"
										  : "wait list" };
	*a++ = (struct answer){ 'n', "later" };
	/* Its letter is the clinician's task. */
	*a++ = (struct answer){ 'c', m.discharge ? "discharge, due" : "close" };
	*a = (struct answer){ 0 };
	ask(ui, m.private_ ? own_desk : answers, m.private_ || m.discharge ? "keep" : "", dna,
	    "%sDNA %s%s?", nth, who, where);
	return STAY;
}

/* ---- running late ---- */

static struct id late_of;

static enum next late(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;
	const struct clinician *c;
	char *end;
	long mins = strtol(text, &end, 10);

	(void)state;
	if (end == text || *end || mins < 0 || mins > RUNNING_MOST) {
		err_input(&err, "", "Minutes from 0, on time, to %d.", RUNNING_MOST);
		return ui_fail(ui, &err);
	}
	if (running_say(ui->desk, late_of, (int)mins, &err) < 0)
		return ui_fail(ui, &err);
	c = ref_clinician(ui->desk, late_of);
	if (mins)
		ui_done(ui, "%s runs %ld min late.   u Undo", c ? c->surname : "", mins);
	else
		ui_done(ui, "%s runs on time.   u Undo", c ? c->surname : "");
	return REFRESH;
}

enum next ask_late(struct ui *ui, struct id clinician)
{
	const struct clinician *c = ref_clinician(ui->desk, clinician);
	char label[NAME_TEXT + 40];

	if (!c)
		return ui_failf(ui, "There is no clinician on this row.");
	late_of = clinician;
	snprintf(label, sizeof label, "%.30s runs late by how many minutes (0 none)?", c->surname);
	ask_text(ui, label, false, 4, late);
	return STAY;
}
