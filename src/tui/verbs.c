/*
 * verbs.c: what the small letters and capitals do to an appointment, the same on every screen. What
 * comes after one (seen, did not attend, rung) is in verbs_after.c.
 *
 * Small letters act at once and can be undone.  Capitals ask on row 23 with the reasons as answers.
 * One thing is asked at a time, so the row that it is about is kept here until the answer.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/booking.h"
#include "clinic/desk.h"
#include "clinic/message.h"
#include "people.h"
#include "verbs.h"

static struct verb_row asked;

int verb_has_one(const struct verb_row *row, struct err *err)
{
	return id_none(row->appt) ? err_set(err, ERR_INPUT,
					    "There is no appointment on this row: choose another.")
				  : 0;
}

enum { ASK_COLUMNS = 16 };

const char *verb_brief(const struct verb_row *row, char *buf, size_t n)
{
	const char *title = strstr(row->who, " (");
	char name[PERSON_TEXT];
	size_t fits;

	snprintf(name, sizeof name, "%.*s", title ? (int)(title - row->who) : (int)strlen(row->who),
		 row->who);
	fits = strlen(name);
	if (text_width(name) > ASK_COLUMNS)
		fits = text_fit(name, ASK_COLUMNS - 2);
	snprintf(buf, n, "%.*s%s", (int)fits, name, name[fits] ? ".." : "");
	return buf;
}

/* "OKAFOR, Adaeze 10:00" */
const char *verb_named(const struct verb_row *row, char *buf, size_t n)
{
	char at[DAY_TEXT], who[PERSON_TEXT];

	snprintf(buf, n, "%s %s", verb_brief(row, who, sizeof who),
		 minute_show(moment_minute(row->starts), at));
	return buf;
}

enum next verb_mark(struct ui *ui, const struct verb_row *row, enum appt_state to,
		    const struct after_ask *after, const char *how)
{
	struct err err = ERR_INIT;
	struct mark_ask ask = { .base = &row->state, .after = after };
	char now[DAY_TEXT];

	if (verb_has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	if (booking_mark(ui->desk, row->appt, to, &ask, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	minute_show(moment_minute(ui->now), now);
	if (to == APPT_ARRIVED && *row->needs)
		ui_done(ui, "%s %s %s.  Needs %s.", row->who, how, now, row->needs);
	else
		ui_done(ui, "%s %s %s.   u Undo", row->who, how, now);
	return REFRESH;
}

static enum appt_state asked_for;
static const char *asked_how;

static enum next after_all(struct ui *ui, void *state, char key)
{
	(void)state, (void)key;
	return verb_mark(ui, &asked, asked_for, NULL, asked_how);
}

/* A small letter goes on through the day at once.  What would take an outcome back, which somebody
 * else may have recorded, asks first. */
enum next verb_step(struct ui *ui, const struct verb_row *row, enum appt_state to, const char *how)
{
	char who[PERSON_TEXT];
	bool back = row->state == APPT_SEEN || row->state == APPT_DNA || row->state == APPT_LATE ||
		    (row->state == APPT_IN_ROOM && to == APPT_ARRIVED);

	if (!back || row->state == to || id_none(row->appt))
		return verb_mark(ui, row, to, NULL, how);
	asked = *row;
	asked_for = to;
	asked_how = how;
	ask_yes(ui, after_all, "%s: %s already, %s after all?", verb_brief(row, who, sizeof who),
		appt_word(row->state), how);
	return STAY;
}

static enum next alike_yes(struct ui *ui, void *state, char key)
{
	(void)state, (void)key;
	return verb_mark(ui, &asked, APPT_ARRIVED, NULL, "arrived");
}

enum next verb_arrive(struct ui *ui, const struct verb_row *row)
{
	char born[DAY_TEXT], who[PERSON_TEXT];

	/* A namesake checked in for another is the error this question is for. */
	if (row->alike && !id_none(row->appt) && !date_none(row->born) &&
	    (row->state == APPT_REQUESTED || row->state == APPT_BOOKED)) {
		asked = *row;
		ask_yes(ui, alike_yes, "Two look alike: %s, born %s?",
			verb_brief(row, who, sizeof who), date_show(row->born, born));
		return STAY;
	}
	return verb_step(ui, row, APPT_ARRIVED, "arrived");
}

enum next verb_room(struct ui *ui, const struct verb_row *row)
{
	return verb_step(ui, row, APPT_IN_ROOM, "in room");
}

static enum next late_yes(struct ui *ui, void *state, char key)
{
	(void)state, (void)key;
	return verb_mark(ui, &asked, APPT_LATE, NULL, "came too late to be seen, noted");
}

enum next verb_late(struct ui *ui, const struct verb_row *row)
{
	static const struct answer answers[] = { { 'l', "came too late to be seen" }, { 0 } };
	struct err err = ERR_INIT;
	char who[PERSON_TEXT + 16];

	if (verb_has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	if (booking_mark_try(ui->desk, row->appt, APPT_LATE, row->state, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	asked = *row;
	ask(ui, answers, "keep", late_yes, "Not seen: %s?", verb_named(row, who, sizeof who));
	return STAY;
}

static const struct {
	char key;
	enum cancel_by by;
	const char *words;
} reasons[] = {
	{ 'p', CANCEL_PERSON, "cancelled by the person" },
	{ 's', CANCEL_SERVICE, "cancelled by the service" },
	{ 'e', CANCEL_ERROR, "entered in error" },
};

static enum next cancelled(struct ui *ui, enum cancel_by by, const char *why)
{
	struct err err = ERR_INIT;

	if (booking_cancel(ui->desk, asked.appt, by, why, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	if (*ui->desk->promise)
		ui_done(ui, "%s cancelled.  %s.   u Undo", asked.who, ui->desk->promise);
	else
		ui_done(ui, "%s cancelled, the slot is free again.   u Undo", asked.who);
	return REFRESH;
}

/* A cancellation by the service says why in words; the other two say it by themselves. */
static enum next cancel_why(struct ui *ui, void *state, const char *text)
{
	(void)state;
	if (!*text)
		return ui_failf(ui, "Not cancelled: the service says why it cancels.");
	return cancelled(ui, CANCEL_SERVICE, text);
}

static enum next cancel_yes(struct ui *ui, void *state, char key)
{
	(void)state;
	if (key == 's') {
		ask_text(ui, "Why does the service cancel?", false, 60, cancel_why);
		return STAY;
	}
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].key == key)
			return cancelled(ui, reasons[i].by, reasons[i].words);
	return STAY;
}

enum next verb_cancel(struct ui *ui, const struct verb_row *row)
{
	static const struct answer answers[] = {
		{ 'p', "person" }, { 's', "service" }, { 'e', "error" }, { 0 }
	};
	struct err err = ERR_INIT;
	char day[DAY_TEXT], at[DAY_TEXT], who[PERSON_TEXT];

	if (verb_has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	asked = *row;
	ask(ui, answers, "keep", cancel_yes, "Cancel %s %s %s?", verb_brief(row, who, sizeof who),
	    date_show_short(moment_date(row->starts), day),
	    minute_show(moment_minute(row->starts), at));
	return STAY;
}

enum next verb_move(struct ui *ui, const struct verb_row *row)
{
	struct err err = ERR_INIT;

	return verb_has_one(row, &err) < 0 ? ui_fail(ui, &err) : open_move(ui, row->appt, false);
}

enum next verb_history(struct ui *ui, const struct verb_row *row)
{
	struct err err = ERR_INIT;
	char title[PERSON_TEXT + DAY_TEXT], when[DAY_TEXT];

	if (verb_has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	snprintf(title, sizeof title, "%s  %s", row->who, moment_show(row->starts, when));
	return open_history(ui, row->appt, title);
}

enum next verb_phone(struct ui *ui, const struct verb_row *row)
{
	return open_phone(ui, row->person);
}

enum next verb_heed(struct ui *ui, const struct verb_row *row)
{
	return open_alerts(ui, row->person);
}

/* To who is to come a reminder, to who did not come an offer. */
enum next verb_text(struct ui *ui, const struct verb_row *row)
{
	struct err err = ERR_INIT;
	int rc = verb_has_one(row, &err);

	if (rc == 0)
		rc = row->state == APPT_DNA ? message_rebook(ui->desk, row->appt, &err)
					    : message_remind(ui->desk, row->appt, &err);
	if (rc < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	ui_done(ui, "%s: %s.   u Undo", row->who, ui->desk->promise);
	return REFRESH;
}
