/*
 * calendar_feed.c: the government's list of bank holidays, read from its JSON.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"
#include "model/calendar.h"

enum { NAME_RUNES = 120, FEED_MOST = 1 << 20 };

struct feed {
	struct json j;
	int (*each)(void *ctx, enum nation, struct date, const char *name, struct err *err);
	void *ctx;
	struct err *err;
};

static const struct division {
	const char *name;
	int n;
	enum nation nations[2];
} divisions[] = {
	{ "england-and-wales", 2, { NATION_E, NATION_W } },
	{ "scotland", 1, { NATION_S, NATION_S } },
	{ "northern-ireland", 1, { NATION_NI, NATION_NI } },
};

static int refuse(struct feed *f, const char *why)
{
	return err_set(f->err, ERR_INPUT, "Line %d of the list of bank holidays: %s.", f->j.line,
		       f->j.kind == JSON_BAD ? f->j.why : why);
}

/* The feed's own dates alone: 2026-12-25. */
static bool feed_date(const char *s, struct date *ret)
{
	char again[DAY_TEXT];
	int y, m, d, used = 0;

	return strlen(s) == 10 && sscanf(s, "%4d-%2d-%2d%n", &y, &m, &d, &used) == 3 &&
	       used == 10 && date_from_ymd(y, m, d, ret) && strcmp(date_iso(*ret, again), s) == 0;
}

struct event {
	struct date date;
	char *title, *notes; /* as read, owned */
};

/* One name and value of an event; what is not known is passed over. */
static int read_member(struct feed *f, struct event *e)
{
	char **into = NULL;

	if (strcmp(f->j.text.s, "title") == 0)
		into = &e->title;
	else if (strcmp(f->j.text.s, "notes") == 0)
		into = &e->notes;
	else if (strcmp(f->j.text.s, "date") != 0)
		return json_skip(&f->j) ? 0 : refuse(f, "");
	if (json_next(&f->j) != JSON_STRING)
		return refuse(f, "a text was due");
	if (into) {
		mem_free(*into);
		*into = mem_str(f->j.text.s);
		return 0;
	}
	return feed_date(f->j.text.s, &e->date) ? 0 : refuse(f, "a date is none, as in 2026-12-25");
}

static int give(struct feed *f, const struct division *division, const struct event *e)
{
	const char *why = "it has no name";
	char *name, *whole;
	int r = 0;

	if (date_none(e->date) || !e->title || !*e->title)
		return refuse(f, "a day needs a title and a date");
	if (e->notes && strcmp(e->notes, "Substitute day") == 0)
		whole = mem_printf("%s (substitute day)", e->title);
	else
		whole = mem_str(e->title);
	name = text_clean(whole, NAME_RUNES, &why);
	mem_free(whole);
	if (!name || !*name)
		r = err_set(f->err, ERR_INPUT,
			    "Line %d of the list of bank holidays: a title is refused. %s.",
			    f->j.line, why);
	for (int i = 0; r == 0 && i < division->n; i++)
		r = f->each(f->ctx, division->nations[i], e->date, name, f->err);
	mem_free(name);
	return r;
}

static int read_event(struct feed *f, const struct division *division)
{
	struct event e = { DATE_NONE, NULL, NULL };
	int r = 0;

	while (r == 0 && json_next(&f->j) == JSON_KEY)
		r = read_member(f, &e);
	if (r == 0)
		r = f->j.kind == JSON_OBJECT_END ? give(f, division, &e) : refuse(f, "");
	mem_free(e.title);
	mem_free(e.notes);
	return r;
}

static int read_division(struct feed *f, const struct division *division)
{
	if (json_next(&f->j) != JSON_OBJECT)
		return refuse(f, "a division's days were due");
	while (json_next(&f->j) == JSON_KEY) {
		if (strcmp(f->j.text.s, "events") != 0) {
			if (!json_skip(&f->j))
				return refuse(f, "");
			continue;
		}
		if (json_next(&f->j) != JSON_ARRAY)
			return refuse(f, "a list of days was due");
		while (json_next(&f->j) == JSON_OBJECT)
			if (read_event(f, division) < 0)
				return -1;
		if (f->j.kind != JSON_ARRAY_END)
			return refuse(f, "a day was due");
	}
	return f->j.kind == JSON_OBJECT_END ? 0 : refuse(f, "");
}

static int read_feed(struct feed *f)
{
	size_t count = sizeof divisions / sizeof *divisions;

	if (json_next(&f->j) != JSON_OBJECT)
		return refuse(f, "this is not the list of bank holidays");
	while (json_next(&f->j) == JSON_KEY) {
		size_t i = 0;

		while (i < count && strcmp(divisions[i].name, f->j.text.s) != 0)
			i++;
		if (i == count)
			return refuse(f, "a division is unknown");
		if (read_division(f, &divisions[i]) < 0)
			return -1;
	}
	return json_next(&f->j) == JSON_END ? 0 : refuse(f, "");
}

int calendar_parse_feed(const char *json, size_t n,
			int (*each)(void *ctx, enum nation, struct date, const char *name,
				    struct err *err),
			void *ctx, struct err *err)
{
	struct feed f = { json_open(json, n), each, ctx, err };
	int r;

	if (n > FEED_MOST)
		return err_set(err, ERR_INPUT, "That list of bank holidays is too long to be one.");
	r = read_feed(&f);
	json_done(&f.j);
	return r;
}
