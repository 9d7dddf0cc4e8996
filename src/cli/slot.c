/* slot.c: the earliest free times, and why a time is not. */
#include <string.h>

#include "base/alloc.h"
#include "cli/hits.h"
#include "cli/tables.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "clinic/search.h"

/* ---- the wishes ---- */

/* Who, where and what; person decides what rapid access is open to. */
static int read_refs(struct cli *c, struct search *s, struct err *err)
{
	const struct service *service = NULL;
	const struct site *site = NULL;
	const struct clinician *who = NULL;
	const char *value;
	struct id person;

	if (cli_need(c, "service", &value, err) < 0 ||
	    find_service(&c->desk, value, &service, err) < 0)
		return -1;
	s->service = service->id;
	if (cli_opt(c, "site")) {
		if (find_site(&c->desk, cli_opt(c, "site"), &site, err) < 0)
			return -1;
		s->site = site->id;
	}
	if (cli_opt(c, "clinician")) {
		if (find_clinician(&c->desk, cli_opt(c, "clinician"), &who, err) < 0)
			return -1;
		s->clinician = who->id;
	}
	if (!cli_opt(c, "person"))
		return 0;
	if (intake_named(&c->desk, cli_opt(c, "person"), &person, err) < 0)
		return -1;
	return search_for(&c->desk, person, s, err);
}

static int read_wishes(struct cli *c, struct search *s, struct err *err)
{
	const char *kind = cli_opt(c, "kind"), *mode = cli_opt(c, "mode");

	s->kind = APPT_NEW;
	s->by = DATE_NONE;
	if (kind && !appt_kind_parse(kind, &s->kind))
		return err_input(err, "kind", "--kind is new or fu, not \"%s\".", kind);
	if (mode && !mode_parse(mode, &s->mode))
		return err_input(err, "mode", "--mode is face, phone or video, not \"%s\".", mode);
	if (cli_opt_int(c, "length", 5, 480, &s->mins, err) < 0 || read_refs(c, s, err) < 0)
		return -1;
	return 0;
}

static void put_place(struct cli *c, const struct place *p)
{
	const struct site *site = ref_site(&c->desk, p->slot.site);
	const struct clinician *who = ref_clinician(&c->desk, p->slot.clinician);

	out_moment(&c->out, p->slot.starts);
	out_int(&c->out, p->mins);
	out_text(&c->out, site ? site->code : NULL);
	out_text(&c->out, who ? who->code : NULL);
	out_text(&c->out, slot_kind_word(p->slot.kind));
	out_text(&c->out, *p->held.by ? p->held.by : NULL);
	out_int(&c->out, p->slot.holder);
	out_id(&c->out, p->slot.id);
}

#define SLOT_COLUMNS "start", "minutes", "site", "clinician", "kind", "held_by", "holder", "id"

static int find_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { SLOT_COLUMNS, NULL };
	struct search s = { 0 };
	struct date from = DATE_NONE;
	struct places list = { 0 };

	if (read_wishes(c, &s, err) < 0 || cli_opt_date(c, "from", &from, err) < 0 ||
	    cli_opt_date(c, "by", &s.by, err) < 0 ||
	    cli_opt_minute(c, "after", &s.after, err) < 0 ||
	    cli_opt_minute(c, "before", &s.before, err) < 0 ||
	    cli_opt_int(c, "limit", 1, SEARCH_MOST, &s.limit, err) < 0 ||
	    cli_opt_days(c, "days", &s.days, err) < 0)
		return -1;
	if (!date_none(from))
		s.from = wall_moment(from, 0);
	if (search_slots(&c->desk, &s, &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (p, &list)
		put_place(c, p);
	out_end(&c->out);
	list_free(&list);
	return 0;
}

#define WISH_OPTIONS                                                                               \
	{ "service", "CODE", "what for" },                                                         \
		{ "kind", "new|fu", "first attendance (unless said) or follow-up" },               \
		{ "person", "ID",                                                                  \
		  "for whom: rapid access is for NHS staff until it is released" },                \
		{ "site", "CODE", "there only" }, { "clinician", "CODE", "with them only" },       \
		{ "mode", "face|phone|video", "one of the service's" },                            \
	{                                                                                          \
		"length", "MIN", "minutes; the service's unless said"                              \
	}

static const struct option find_options[] = {
	WISH_OPTIONS,
	{ "from", "DATE", "the first day; now unless said" },
	{ "by", "DATE", "the last day" },
	{ "after", "HH:MM", "starts then or later" },
	{ "before", "HH:MM", "ends then or earlier" },
	{ "days", "mon,thu", "on these days of the week" },
	{ "limit", "N", "how many rows, 20 unless said" },
	{ 0 },
};

/* ---- why ---- */

static int why_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "verdict", SLOT_COLUMNS, "why", NULL };
	struct search s = { 0 };
	const char *at, *who;
	struct why why;

	if (read_wishes(c, &s, err) < 0 || cli_need(c, "clinician", &who, err) < 0 ||
	    cli_need(c, "at", &at, err) < 0 || cli_moment(c, at, &s.from, err) < 0 ||
	    search_why(&c->desk, &s, &why, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	out_text(&c->out, why.free ? "yes" : "no");
	out_moment(&c->out, s.from);
	for (int i = 2; i < 9; i++)
		out_text(&c->out, NULL);
	out_text(&c->out, why.text);
	list_each (p, &why.near) {
		out_text(&c->out, p->slot.starts.utc < s.from.utc ? "before" : "after");
		put_place(c, p);
		out_text(&c->out, NULL);
	}
	out_end(&c->out);
	list_free(&why.near);
	return 0;
}

static const struct option why_options[] = {
	WISH_OPTIONS,
	{ "at", "\"DATE TIME\"", "the time that is asked about" },
	{ 0 },
};

const struct command slot_commands[] = {
	{ "slot", "find", "", "the earliest free times that would do", find_options, 0, 0, 0,
	  find_run },
	{ "slot", "why", "",
	  "yes or no and the sentence why; then the nearest times that would do, before and after",
	  why_options, 0, 0, 0, why_run },
	{ 0 },
};
