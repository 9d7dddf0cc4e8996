/*
 * verbs.c: what the small letters and capitals do to an appointment, the same on every screen.
 *
 * Small letters act at once and can be undone.  Capitals ask on row 23 with the reasons as answers.
 * One thing is asked at a time, so the row that it is about is kept here until the answer.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/booking.h"
#include "clinic/desk.h"
#include "open.h"

static struct verb_row asked;

static int has_one(const struct verb_row *row, struct err *err)
{
	return id_none(row->appt) ? err_set(err, ERR_INPUT,
					    "There is no appointment on this row: choose another.")
				  : 0;
}

enum { ASK_COLUMNS = 16 };

/* The name without its title, cut so that a question and its answers fit one row of 80 columns. */
static const char *briefly(const struct verb_row *row, char *buf, size_t n)
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
static const char *named(const struct verb_row *row, char *buf, size_t n)
{
	char at[DAY_TEXT], who[PERSON_TEXT];

	snprintf(buf, n, "%s %s", briefly(row, who, sizeof who),
		 minute_show(moment_minute(row->starts), at));
	return buf;
}

/* Marks it, unless somebody has changed it since this screen was painted.  `how` is the end of the
 * sentence: "arrived 09:41". */
static enum next mark(struct ui *ui, const struct verb_row *row, enum appt_state to,
		      const char *how)
{
	struct err err = ERR_INIT;
	struct mark_ask ask = { .base = &row->state };
	char now[DAY_TEXT];

	if (has_one(row, &err) < 0)
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
	return mark(ui, &asked, asked_for, asked_how);
}

/* A small letter goes on through the day at once.  What would take an outcome back, which somebody
 * else may have recorded, asks first. */
static enum next step_on(struct ui *ui, const struct verb_row *row, enum appt_state to,
			 const char *how)
{
	char who[PERSON_TEXT];
	bool back = row->state == APPT_SEEN || row->state == APPT_DNA || row->state == APPT_LATE ||
		    (row->state == APPT_IN_ROOM && to == APPT_ARRIVED);

	if (!back || row->state == to || id_none(row->appt))
		return mark(ui, row, to, how);
	asked = *row;
	asked_for = to;
	asked_how = how;
	ask_yes(ui, after_all, "%s: %s already. %s after all?", briefly(row, who, sizeof who),
		appt_word(row->state), how);
	return STAY;
}

static enum next alike_yes(struct ui *ui, void *state, char key)
{
	(void)state, (void)key;
	return mark(ui, &asked, APPT_ARRIVED, "arrived");
}

enum next verb_arrive(struct ui *ui, const struct verb_row *row)
{
	char born[DAY_TEXT], who[PERSON_TEXT];

	/* A namesake checked in for another is the error this question is for. */
	if (row->alike && !id_none(row->appt) && !date_none(row->born) &&
	    (row->state == APPT_REQUESTED || row->state == APPT_BOOKED)) {
		asked = *row;
		ask_yes(ui, alike_yes, "Two look alike: %s, born %s?",
			briefly(row, who, sizeof who), date_show(row->born, born));
		return STAY;
	}
	return step_on(ui, row, APPT_ARRIVED, "arrived");
}

enum next verb_room(struct ui *ui, const struct verb_row *row)
{
	return step_on(ui, row, APPT_IN_ROOM, "in room");
}

enum next verb_seen(struct ui *ui, const struct verb_row *row)
{
	return step_on(ui, row, APPT_SEEN, "seen");
}

static enum next dna_yes(struct ui *ui, void *state, char key)
{
	(void)state, (void)key;
	return mark(ui, &asked, APPT_DNA, "did not attend, noted");
}

enum next verb_dna(struct ui *ui, const struct verb_row *row)
{
	static const struct answer answers[] = { { 'c', "close, no word" }, { 0 } };
	struct err err = ERR_INIT;
	char who[PERSON_TEXT + 16];

	if (has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	asked = *row;
	ask(ui, answers, "keep", dna_yes, "Did not attend: %s%s?", named(row, who, sizeof who),
	    row->state == APPT_ARRIVED	 ? " (arrived)"
	    : row->state == APPT_IN_ROOM ? " (in room)"
	    : row->state == APPT_SEEN	 ? " (seen)"
					 : "");
	return STAY;
}

static enum next late_yes(struct ui *ui, void *state, char key)
{
	(void)state, (void)key;
	return mark(ui, &asked, APPT_LATE, "came too late to be seen, noted");
}

enum next verb_late(struct ui *ui, const struct verb_row *row)
{
	static const struct answer answers[] = { { 'l', "came too late to be seen" }, { 0 } };
	struct err err = ERR_INIT;
	char who[PERSON_TEXT + 16];

	if (has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	asked = *row;
	ask(ui, answers, "keep", late_yes, "Not seen: %s?", named(row, who, sizeof who));
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

	if (has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	asked = *row;
	ask(ui, answers, "keep", cancel_yes, "Cancel %s %s %s?", briefly(row, who, sizeof who),
	    date_show_short(moment_date(row->starts), day),
	    minute_show(moment_minute(row->starts), at));
	return STAY;
}

enum next verb_move(struct ui *ui, const struct verb_row *row)
{
	struct err err = ERR_INIT;

	return has_one(row, &err) < 0 ? ui_fail(ui, &err) : open_move(ui, row->appt);
}

enum next verb_history(struct ui *ui, const struct verb_row *row)
{
	struct err err = ERR_INIT;
	char title[PERSON_TEXT + DAY_TEXT], when[DAY_TEXT];

	if (has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	snprintf(title, sizeof title, "%s  %s", row->who, moment_show(row->starts, when));
	return open_history(ui, row->appt, title);
}

enum next verb_phone(struct ui *ui, const struct verb_row *row)
{
	return open_phone(ui, row->person);
}
