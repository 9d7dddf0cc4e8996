/*
 * series_form.c: the pattern of a course: how often, on which day, when, with whom, how, how many.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "parking.h"
#include "series.h"

#define BOX(what, words, at, from, columns, most)                                                  \
	{                                                                                          \
		.name = what, .label = words, .row = 5, .col = at, .box = from, .width = columns,  \
		.kind = FIELD_TEXT, .max = most                                                    \
	}
enum { EVERY, DAY, TIME, WITH, MODE, COUNT, FIELDS };
static struct form_field fields[FIELDS + 1] = {
	[EVERY] = BOX("every", "Every", 1, 7, 8, 12),
	[DAY] = BOX("day", "Day", 18, 22, 4, 9),
	[TIME] = BOX("time", "Time", 29, 34, 6, 8),
	[WITH] = BOX("clinician", "With", 43, 48, 6, 60),
	[MODE] = BOX("mode", "Mode", 57, 62, 6, 10),
	[COUNT] = BOX("count", "Count", 71, 77, 2, 2),
};
static const char *const modes[] = { "face", "phone", "video", NULL };
static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
static const char *const weeks[] = { "week", "2 weeks", "3 weeks", "4 weeks", NULL };

static char **choices(const struct desk *desk)
{
	char **v = mem_new(sizeof(char *) * (desk->refs->clinicians.n + 1));
	size_t n = 0;

	list_each (c, &desk->refs->clinicians)
		if (c->on && strcmp(c->discipline, "counsellor") == 0)
			v[n++] = mem_printf("%s %s", c->code, c->surname);
	return v;
}

void course_form_done(struct course *c)
{
	if (c->ready)
		form_done(&c->form);
	for (size_t i = 0; c->clinicians && c->clinicians[i]; i++)
		mem_free(c->clinicians[i]);
	mem_free(c->clinicians);
	c->clinicians = NULL;
	c->ready = false;
}

void course_form(struct ui *ui, struct course *c)
{
	const struct series_ask *ask = &c->s.ask;
	const struct clinician *with = ref_clinician(ui->desk, ask->clinician);
	char text[DAY_TEXT];

	course_form_done(c);
	c->clinicians = choices(ui->desk);
	fields[EVERY].choices = weeks;
	fields[DAY].choices = weekdays;
	fields[WITH].choices = (const char *const *)c->clinicians;
	fields[MODE].choices = modes;
	form_init(&c->form, fields);
	if (ask->every == 1)
		snprintf(text, sizeof text, "week");
	else
		snprintf(text, sizeof text, "%d weeks", ask->every);
	form_set(&c->form, "every", text);
	form_set(&c->form, "day", weekdays[ask->weekday]);
	form_set(&c->form, "time", minute_show(ask->minute, text));
	form_set(&c->form, "clinician", with ? with->code : "");
	form_set(&c->form, "mode", mode_word(ask->mode));
	snprintf(text, sizeof text, "%d", ask->count);
	form_set(&c->form, "count", text);
	form_focus(&c->form, "every");
	c->ready = true;
	if (c->back)
		parcel_to_form(c->back, &c->form);
}

/* ---- reading ---- */

/* "week", "2", "2 weeks", "every 2 weeks" */
static int read_every(const char *text, int *ret, struct err *err)
{
	const char *p = text;
	int n = 1;

	if (strncasecmp(p, "every ", 6) == 0)
		p += 6;
	if (*p >= '0' && *p <= '9')
		n = (int)strtol(p, (char **)&p, 10);
	p += strspn(p, " ");
	if (n < 1 || n > SERIES_EVERY_MOST ||
	    (*p && strcasecmp(p, "week") != 0 && strcasecmp(p, "weeks") != 0 &&
	     strcasecmp(p, "w") != 0))
		return err_input(err, "every", "How often: week, 2 weeks, up to %d weeks.",
				 SERIES_EVERY_MOST);
	*ret = n;
	return 0;
}

static bool weekday_of(const char *text, int *ret)
{
	for (int i = 0; weekdays[i]; i++)
		if (strlen(text) >= 3 && strncasecmp(text, weekdays[i], 3) == 0) {
			*ret = i;
			return true;
		}
	return false;
}

/* The code, as typed or chosen, else the only surname that begins so. */
static int read_with(struct ui *ui, const char *text, struct id *ret, struct err *err)
{
	size_t n = strcspn(text, " ");
	const struct clinician *found = NULL;
	char *typed = text_fold(text);
	int hits = 0;

	list_each (c, &ui->desk->refs->clinicians) {
		char *name = text_fold(c->surname);
		bool exact = strlen(c->code) == n && strncasecmp(c->code, text, n) == 0;

		if (c->on && (exact || (*typed && strncmp(name, typed, strlen(typed)) == 0))) {
			found = c;
			hits = exact ? 1 : hits + 1;
		}
		mem_free(name);
		if (exact)
			break;
	}
	mem_free(typed);
	if (hits != 1)
		return err_input(err, "clinician", "%s: %s.  F4 lists them.", text,
				 hits ? "more than one surname begins so"
				      : "nobody is called that");
	*ret = found->id;
	return 0;
}

int course_read(struct ui *ui, struct course *c, struct series_ask *ask, struct err *err)
{
	const char *mode = form_text(&c->form, "mode"), *count = form_text(&c->form, "count");
	char *end;
	long n;

	if (read_every(form_text(&c->form, "every"), &ask->every, err) < 0)
		return -1;
	if (!weekday_of(form_text(&c->form, "day"), &ask->weekday))
		return err_input(err, "day", "Which day of the week: mon to sun?");
	if (minute_parse(form_text(&c->form, "time"), &ask->minute, err) < 0) {
		if (err)
			snprintf(err->field, sizeof err->field, "time");
		return -1;
	}
	if (read_with(ui, form_text(&c->form, "clinician"), &ask->clinician, err) < 0)
		return -1;
	if (!mode_parse(mode, &ask->mode))
		return err_input(err, "mode", "%s is no way to meet: face, phone or video.", mode);
	n = strtol(count, &end, 10);
	if (*end || n < 0 || n > SERIES_COUNT_MOST)
		return err_input(err, "count", "How many sessions: 1 to %d.", SERIES_COUNT_MOST);
	ask->count = (int)n;
	return 0;
}

static bool room_of(struct ui *ui, struct id site, const char *word, struct id *ret)
{
	const struct room *room;
	struct err none = ERR_INIT;

	if (find_room(ui->desk, site, word, &room, &none) < 0)
		return false;
	*ret = room->id;
	return true;
}

static int word_of_row(struct ui *ui, const struct series_row *row, const char *word,
		       struct date *day, int *minute, struct series_change *ret, struct err *err)
{
	struct err none = ERR_INIT;
	int weekday;

	if (mode_parse(word, &ret->mode) || room_of(ui, row->site, word, &ret->room))
		return 0;
	if (weekday_of(word, &weekday)) {
		day->n = row->wished.n - date_weekday(row->wished) + weekday;
		return 0;
	}
	if (minute_parse(word, minute, &none) == 0 ||
	    date_parse(word, ui->desk->today, LOOK_FORWARD, day, &none) == 0)
		return 0;
	return err_input(err, "", "%.20s: face, phone or video, a day, a time, or a room's code?",
			 word);
}

int course_read_row(struct ui *ui, const struct series_row *row, const char *text,
		    struct series_change *ret, struct err *err)
{
	bool placed = !id_none(row->clinician);
	struct date day = placed ? moment_date(row->starts) : row->wished;
	int minute = placed ? moment_minute(row->starts) : 0;
	struct series_change to = { 0 };
	char word[CODE_TEXT];

	for (size_t n; *(text += strspn(text, " ")); text += n) {
		n = strcspn(text, " ");
		snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1),
			 text);
		if (word_of_row(ui, row, word, &day, &minute, &to, err) < 0)
			return -1;
	}
	to.starts = wall_moment(day, minute);
	*ret = to;
	return 0;
}
