/*
 * answers.c: what became of what was asked of other nodes: what waits, what came otherwise than
 * told.  Who is to be rung back is in the list of tasks (kind ringback).
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/answers.h"
#include "clinic/refs.h"

static void put_asked(struct cli *c, const struct asked *a)
{
	const struct appt *appt = &a->row.row.a;
	const struct site *site = ref_site(&c->desk, appt->site);
	int64_t waited = (c->desk.now.utc - appt->asked_at.utc) / 60;

	out_id(&c->out, appt->id);
	out_moment(&c->out, appt->starts);
	out_int(&c->out, appt->mins);
	out_text(&c->out, site ? site->code : NULL);
	out_text(&c->out, a->row.with);
	out_text(&c->out, a->row.service);
	out_text(&c->out, a->row.name);
	out_int(&c->out, a->node);
	out_int(&c->out, a->holder);
	out_moment(&c->out, appt->asked_at);
	out_int(&c->out, waited > 0 ? waited : 0);
	out_text(&c->out, a->held ? "booked" : "requested");
}

static int requests_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "id",	    "start",   "minutes", "site",
					       "clinician", "service", "person",  "node",
					       "holder",    "asked",   "waits",	  "told",
					       NULL };
	struct askeds list = { 0 };

	if (asked_list(&c->desk, cli_opt(c, "in") != NULL, &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (a, &list)
		put_asked(c, a);
	out_end(&c->out);
	list_free(&list);
	return 0;
}

static int attention_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = {
		"act", "at", "told", "came_to", "appt", "what", NULL
	};
	struct attentions list = { 0 };

	if (attention_list(&c->desk, &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (a, &list) {
		out_int(&c->out, a->act);
		out_moment(&c->out, a->at);
		out_text(&c->out, a->told);
		out_text(&c->out, a->verdict);
		out_id(&c->out, a->appt);
		out_text(&c->out, a->text);
	}
	out_end(&c->out);
	list_free(&list);
	return 0;
}

static int seen_run(struct cli *c, struct err *err)
{
	for (int i = 0; i < c->nargs; i++) {
		char *end;
		long long act = strtoll(c->args[i], &end, 10);

		if (*end || act < 1)
			return err_set(err, ERR_USAGE,
				       "Which act?  A number: sync attention lists them.");
		if (attention_ack(&c->desk, act, err) < 0)
			return -1;
	}
	return 0;
}

static const struct option requests_options[] = {
	{ "in", NULL, "those that others ask of this node" },
	{ 0 },
};

const struct command answers_commands[] = {
	{ "sync", "requests", "", "bookings that wait for the answer of another node",
	  requests_options, 0, 0, 0, requests_run },
	{ "sync", "attention", "", "own acts that came to something else than the screen had said",
	  NULL, 0, 0, 0, attention_run },
	{ "sync", "seen", "ACT...", "those were read", NULL, 1, -1, 0, seen_run },
	{ 0 },
};
