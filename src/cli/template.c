/* template.c: weekly patterns listed, added, changed, ended and published. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "cli/hits.h"
#include "cli/tables.h"
#include "clinic/diary.h"
#include "clinic/publish.h"
#include "clinic/refs.h"

void put_hit(struct cli *c, const struct entry *e)
{
	const struct site *site = ref_site(&c->desk, e->appt.site);
	const struct clinician *who = ref_clinician(&c->desk, e->appt.clinician);
	const struct service *service = ref_service(&c->desk, e->appt.service);
	char name[PERSON_TEXT];

	out_id(&c->out, e->appt.id);
	out_moment(&c->out, e->appt.starts);
	out_int(&c->out, e->appt.mins);
	out_text(&c->out, site ? site->code : NULL);
	out_text(&c->out, who ? who->code : NULL);
	out_text(&c->out, e->masked || !service ? "Private" : service->code);
	out_id(&c->out, e->appt.person);
	out_text(&c->out, entry_name(e, name));
	out_text(&c->out, appt_state_code(e->appt.state));
}

void put_hits(struct cli *c, struct entries *hits)
{
	static const char *const columns[] = { "id",	    "start",   "minutes",   "site",
					       "clinician", "service", "person_id", "person",
					       "state",	    "code",    "born",	    NULL };
	out_begin(&c->out, columns);
	list_each (e, hits) {
		put_hit(c, e);
		out_text(&c->out, e->appt.code);
		out_date(&c->out, e->born);
	}
	out_end(&c->out);
	list_free(hits);
}

/* ---- list ---- */

static const char *const template_columns[] = { "id",	 "clinician", "day",	 "site",
						"room",	 "service",   "from",	 "to",
						"state", "published", "pattern", NULL };

static int put_template(struct cli *c, const struct template *t, struct err *err)
{
	const struct clinician *who = ref_clinician(&c->desk, t->clinician);
	const struct site *site = ref_site(&c->desk, t->site);
	const struct room *room = ref_room(&c->desk, t->room);
	const struct service *service = ref_service(&c->desk, t->service);
	struct date last;

	if (template_last(&c->desk, t->id, &last, err) < 0)
		return -1;
	out_id(&c->out, t->id);
	out_text(&c->out, who ? who->code : NULL);
	out_text(&c->out, weekday_short[t->weekday]);
	out_text(&c->out, site ? site->code : NULL);
	out_text(&c->out, room ? room->code : NULL);
	out_text(&c->out, service ? service->code : NULL);
	out_date(&c->out, t->from);
	out_date(&c->out, t->to);
	out_text(&c->out, t->on ? "on" : "off");
	out_date(&c->out, last);
	out_text(&c->out, t->pattern);
	return 0;
}

static int opt_clinician(struct cli *c, struct id *ret, struct err *err)
{
	const struct clinician *who = NULL;

	if (!cli_opt(c, "clinician"))
		return 0;
	if (find_clinician(&c->desk, cli_opt(c, "clinician"), &who, err) < 0)
		return -1;
	*ret = who->id;
	return 0;
}

static int list_run(struct cli *c, struct err *err)
{
	struct templates list = { 0 };
	struct id clinician = { 0 };
	int rc = 0;

	if (opt_clinician(c, &clinician, err) < 0)
		return -1;
	if (templates_list(&c->desk, clinician, &list, err) < 0)
		return -1;
	out_begin(&c->out, template_columns);
	list_each (t, &list)
		if (rc == 0 && (t->on || cli_opt(c, "all")))
			rc = put_template(c, t, err);
	list_free(&list);
	if (rc == 0)
		out_end(&c->out);
	return rc;
}

static const struct option list_options[] = {
	{ "clinician", "CODE", "this clinician's only" },
	{ "all", NULL, "also those taken back before they began" },
	{ 0 },
};

/* ---- add, set ---- */

/* Site, room, service and weekday as far as they are given. */
static int read_where(struct cli *c, struct id *site, struct id *room, struct id *service,
		      int *weekday, struct err *err)
{
	const struct site *s = NULL;
	const struct room *r = NULL;
	const struct service *v = NULL;

	if (cli_opt(c, "site")) {
		if (find_site(&c->desk, cli_opt(c, "site"), &s, err) < 0)
			return -1;
		*site = s->id;
	}
	if (cli_opt(c, "room") && strcmp(cli_opt(c, "room"), "none") != 0) {
		if (find_room(&c->desk, *site, cli_opt(c, "room"), &r, err) < 0)
			return -1;
		*room = r->id;
	}
	if (cli_opt(c, "service")) {
		if (find_service(&c->desk, cli_opt(c, "service"), &v, err) < 0)
			return -1;
		*service = v->id;
	}
	return cli_opt(c, "day") ? cli_weekday(cli_opt(c, "day"), "day", weekday, err) : 0;
}

static int add_run(struct cli *c, struct err *err)
{
	static const char *const needed[] = { "clinician", "site", "service", "day", "pattern" };
	struct template want = { .from = c->desk.today, .to = DATE_NONE };
	const char *value;
	struct id id;

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (cli_need(c, needed[i], &value, err) < 0)
			return -1;
	if (opt_clinician(c, &want.clinician, err) < 0 ||
	    read_where(c, &want.site, &want.room, &want.service, &want.weekday, err) < 0 ||
	    cli_opt_date(c, "from", &want.from, err) < 0 ||
	    cli_opt_date(c, "to", &want.to, err) < 0)
		return -1;
	if (strlen(value) >= sizeof want.pattern)
		return err_input(err, "pattern", "The pattern is too long: at most %zu letters.",
				 sizeof want.pattern - 1);
	snprintf(want.pattern, sizeof want.pattern, "%s", value);
	if (template_add(&c->desk, &want, &id, err) < 0 ||
	    template_of(&c->desk, id, &want, err) < 0)
		return -1;
	out_begin(&c->out, template_columns);
	if (put_template(c, &want, err) < 0)
		return -1;
	out_end(&c->out);
	return 0;
}

#define WHERE_OPTIONS                                                                              \
	{ "site", "CODE", "where" }, { "room", "CODE", "which room there; none for no room" },     \
		{ "service", "CODE", "what for" }, { "day", "mon..sun", "day of the week" },       \
	{                                                                                          \
		"pattern", "TEXT",                                                                 \
			"\"08:30 FU 20x3, CATCHUP 20, NEW 40, RAP 40/24, 12:00 LUNCH 40\""         \
	}

static const struct option add_options[] = {
	{ "clinician", "CODE", "whose week" },
	WHERE_OPTIONS,
	{ "from", "DATE", "its first day; today unless said" },
	{ "to", "DATE", "its last day; until further notice unless said" },
	{ 0 },
};

static int set_run(struct cli *c, struct err *err)
{
	struct template_change change = { .weekday = -1 };
	struct date from = c->desk.today;
	struct entries hits = { 0 };
	struct template old;
	struct id id, site;

	if (cli_id(c->args[0], "a template", &id, err) < 0 ||
	    template_of(&c->desk, id, &old, err) < 0)
		return -1;
	site = old.site;
	if (read_where(c, &site, &change.room, &change.service, &change.weekday, err) < 0 ||
	    cli_opt_date(c, "from", &from, err) < 0)
		return -1;
	change.pattern = cli_opt(c, "pattern");
	change.no_room = cli_opt(c, "room") && strcmp(cli_opt(c, "room"), "none") == 0;
	if (!id_same(site, old.site)) {
		change.site = site;
		/* A room of the old site is none of the new one. */
		change.no_room |= id_none(change.room);
	}
	if (template_set(&c->desk, id, from, &change, &hits, NULL, err) < 0)
		return -1;
	put_hits(c, &hits);
	return 0;
}

static const struct option set_options[] = {
	{ "from", "DATE", "the first day of the change; today unless said" },
	WHERE_OPTIONS,
	{ 0 },
};

/* ---- end ---- */

static int end_run(struct cli *c, struct err *err)
{
	struct entries hits = { 0 };
	struct date last = DATE_NONE;
	const char *value;
	struct id id;

	if (cli_id(c->args[0], "a template", &id, err) < 0 || cli_need(c, "to", &value, err) < 0 ||
	    cli_opt_date(c, "to", &last, err) < 0 ||
	    template_end(&c->desk, id, last, &hits, err) < 0)
		return -1;
	put_hits(c, &hits);
	return 0;
}

static const struct option end_options[] = { { "to", "DATE", "its last day" }, { 0 } };

/* ---- publish ---- */

static int publish_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "id",	   "from",  "to",     "days",	  "slots",
					       "holidays", "leave", "before", "left_out", NULL };
	struct published_list done = { 0 };
	struct date from = DATE_NONE, to = DATE_NONE;
	struct id ids[CLI_ARGS], clinician = { 0 };

	for (int i = 0; i < c->nargs; i++)
		if (cli_id(c->args[i], "a template", &ids[i], err) < 0)
			return -1;
	if (opt_clinician(c, &clinician, err) < 0 || cli_opt_date(c, "from", &from, err) < 0 ||
	    cli_opt_date(c, "to", &to, err) < 0)
		return -1;
	if (templates_publish(&c->desk, ids, (size_t)c->nargs, clinician, from, to, &done, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (p, &done) {
		out_id(&c->out, p->template);
		out_date(&c->out, p->from);
		out_date(&c->out, p->to);
		out_int(&c->out, p->days);
		out_int(&c->out, p->slots);
		out_int(&c->out, p->holidays);
		out_int(&c->out, p->leave);
		out_int(&c->out, p->before);
		out_int(&c->out, p->left_out);
	}
	out_end(&c->out);
	list_free(&done);
	return 0;
}

static const struct option publish_options[] = {
	{ "clinician", "CODE", "all that this clinician has" },
	{ "from", "DATE", "the first day; the one after the last published unless said" },
	{ "to", "DATE", "the last day; twelve weeks from today unless said" },
	{ 0 },
};

const struct command template_commands[] = {
	{ "template", "list", "", "weekly patterns, and how far each is published", list_options, 0,
	  0, 0, list_run },
	{ "template", "add", "", "adds one day of somebody's week", add_options, 0, 0, 0, add_run },
	{ "template", "set", "ID",
	  "changes one from a day on; lists who is booked into what it replaces", set_options, 1, 1,
	  0, set_run },
	{ "template", "end", "ID", "ends one; lists who is booked after its end", end_options, 1, 1,
	  0, end_run },
	{ "template", "publish", "[ID...]", "makes the slots of these, or of all, all or none",
	  publish_options, 0, CLI_ARGS, 0, publish_run },
	{ 0 },
};
