/* diary.c: days of a clinician shown; leave and blocks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/hits.h"
#include "cli/tables.h"
#include "clinic/away.h"
#include "clinic/diary.h"
#include "clinic/publish.h"
#include "clinic/refs.h"
#include "clinic/running.h"

static int the_clinician(struct cli *c, struct id *ret, struct err *err)
{
	const struct clinician *who = NULL;

	if (find_clinician(&c->desk, c->args[0], &who, err) < 0)
		return -1;
	*ret = who->id;
	return 0;
}

/* ---- show ---- */

/* free, blocked, leave ..., or the state of the appointment. */
static const char *state_word(const struct diary_row *row)
{
	if (!id_none(row->entry.appt.id))
		return appt_state_code(row->entry.appt.state);
	if (row->slot.state != SLOT_OPEN)
		return slot_state_word(row->slot.state);
	return row->free ? "free" : "";
}

static void add_note(char *buf, size_t n, const char *note)
{
	size_t used = strlen(buf);

	if (*note)
		snprintf(buf + used, n - used, "%s%s", used ? "; " : "", note);
}

/* What else a person should know of the row, in words. */
static const char *notes(const struct diary_row *row, char *buf, size_t n)
{
	char type[CODE_TEXT], text[80], when[DAY_TEXT];

	buf[0] = '\0';
	if (row->over)
		add_note(buf, n, "OVER");
	add_note(buf, n, diary_type(row, type));
	if (!moment_none(row->entry.appt.arrived_at)) {
		snprintf(text, sizeof text, "here %s",
			 minute_show(moment_minute(row->entry.appt.arrived_at), when));
		add_note(buf, n, text);
	}
	if (row->rap_only && moment_none(row->slot.release_at)) {
		add_note(buf, n, "RAP only");
	} else if (row->rap_only) {
		snprintf(text, sizeof text, "RAP only until %s",
			 moment_iso(row->slot.release_at, when));
		add_note(buf, n, text);
	}
	if (!id_none(row->slot.id) && !id_none(row->entry.appt.id) && row->slot.state != SLOT_OPEN)
		add_note(buf, n, slot_state_word(row->slot.state));
	add_note(buf, n, row->slot.note);
	return buf;
}

static void put_row(struct cli *c, const struct diary_row *row)
{
	const struct entry *e = &row->entry;
	bool booked = !id_none(e->appt.id);
	const struct service *service =
		ref_service(&c->desk, booked ? e->appt.service : row->slot.service);
	char name[PERSON_TEXT], note[400];

	out_moment(&c->out, row->starts);
	out_int(&c->out, row->mins);
	/* A first attendance or a later one: of a private service that is nobody else's business.
	 */
	out_text(&c->out, e->masked		  ? NULL
			  : id_none(row->slot.id) ? appt_kind_word(e->appt.kind)
						  : slot_kind_word(row->slot.kind));
	out_text(&c->out, state_word(row));
	out_id(&c->out, e->appt.person);
	out_text(&c->out, booked ? entry_name(e, name) : NULL);
	out_date(&c->out, booked ? e->born : DATE_NONE);
	out_text(&c->out, service && desk_sees(&c->desk, service) ? service->code : NULL);
	out_id(&c->out, e->appt.id);
	out_text(&c->out, notes(row, note, sizeof note));
}

static int show_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "start",	      "minutes", "kind", "state",
					       "person_id",   "person",	 "born", "service",
					       "appointment", "note",	 NULL };
	struct date day = c->desk.today;
	struct id clinician;
	int days = 1;

	if (the_clinician(c, &clinician, err) < 0 || cli_opt_date(c, "from", &day, err) < 0 ||
	    cli_opt_int(c, "days", 1, 366, &days, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	for (int i = 0; i < days; i++, day.n++) {
		struct diary d;

		if (diary_day(&c->desk, clinician, day, &d, err) < 0)
			return -1;
		list_each (row, &d)
			put_row(c, row);
		list_free(&d);
	}
	out_end(&c->out);
	return 0;
}

static const struct option show_options[] = {
	{ "from", "DATE", "the first day; today unless said" },
	{ "days", "N", "how many, 1 unless said" },
	{ 0 },
};

/* ---- leave ---- */

static const char *becomes(const struct away_row *r)
{
	return r->fate == AWAY_MOVE ? "move" : r->fate == AWAY_WAIT ? "wait" : "task";
}

/* Most urgent first: the appointment as it was, then what becomes of it. */
static void put_away(struct cli *c, const struct away_rows *rows)
{
	static const char *const columns[] = { "id",	    "start",	    "minutes",	 "site",
					       "clinician", "service",	    "person_id", "person",
					       "state",	    "priority",	    "born",	 "becomes",
					       "to_start",  "to_clinician", "to_site",	 "note",
					       NULL };

	out_begin(&c->out, columns);
	list_each (r, rows) {
		const struct entry *e = &r->entry;
		const struct site *at = ref_site(&c->desk, r->site);
		const struct clinician *with = ref_clinician(&c->desk, r->clinician);
		bool moves = r->fate == AWAY_MOVE;

		put_hit(c, e);
		if (e->masked || e->priority < 0)
			out_text(&c->out, NULL);
		else
			out_int(&c->out, e->priority);
		out_date(&c->out, e->born);
		out_text(&c->out, becomes(r));
		out_moment(&c->out, moves ? r->starts : (struct moment){ 0 });
		out_text(&c->out, moves && with ? with->code : NULL);
		out_text(&c->out, moves && at ? at->code : NULL);
		out_text(&c->out, *r->note ? r->note : NULL);
	}
	out_end(&c->out);
}

/* Sees to everybody in that time, and says what became of each; alone it only lists. */
static int see_to(struct cli *c, const struct away *away, struct err *err)
{
	bool move = cli_opt(c, "move"), wait = cli_opt(c, "wait");
	struct away_rows rows = { 0 };
	struct away_done done;
	int rc;

	if (move && wait)
		return err_set(err, ERR_USAGE, "--move or --wait, not both.");
	rc = away_list(&c->desk, away, &rows, err);
	if (rc == 0 && wait)
		list_each (r, &rows)
			if (r->fate == AWAY_MOVE)
				away_waits(r);
	if (rc == 0 && (move || wait))
		rc = away_do(&c->desk, away, &rows, &done, err);
	if (rc == 0)
		put_away(c, &rows);
	list_free(&rows);
	return rc;
}

static int leave_run(struct cli *c, struct err *err)
{
	struct away away = { .leave = true };
	struct entries hits = { 0 };
	const char *why, *value;

	if (the_clinician(c, &away.clinician, err) < 0 || cli_need(c, "from", &value, err) < 0 ||
	    cli_need(c, "why", &why, err) < 0 || cli_opt_date(c, "from", &away.first, err) < 0)
		return -1;
	away.last = away.first;
	if (cli_opt_date(c, "to", &away.last, err) < 0)
		return -1;
	if (cli_opt(c, "move") || cli_opt(c, "wait")) {
		snprintf(away.why, sizeof away.why, "%s", why);
		return see_to(c, &away, err);
	}
	if (diary_leave(&c->desk, away.clinician, away.first, away.last, why, &hits, NULL, err) < 0)
		return -1;
	put_hits(c, &hits);
	return 0;
}

static const struct option leave_options[] = {
	{ "from", "DATE", "the first day" },
	{ "to", "DATE", "the last day; the first unless said" },
	{ "why", "TEXT", "in a few words, kept with it" },
	{ "move", NULL, "everybody to a new time, who has none to the waiting list" },
	{ "wait", NULL, "everybody to the waiting list" },
	{ 0 },
};

/* ---- away ---- */

static int away_run(struct cli *c, struct err *err)
{
	struct away away;
	struct id clinician;

	return the_clinician(c, &clinician, err) < 0 ||
			       away_find(&c->desk, clinician, &away, err) < 0
		       ? -1
		       : see_to(c, &away, err);
}

static const struct option away_options[] = {
	{ "move", NULL, "does it: everybody to the time that is proposed" },
	{ "wait", NULL, "does it: everybody to the waiting list" },
	{ 0 },
};

static int leaves_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "id", "from", "to", "why", NULL };
	struct date from = c->desk.today;
	struct leaves list = { 0 };
	struct id clinician;

	if (the_clinician(c, &clinician, err) < 0 || cli_opt_date(c, "from", &from, err) < 0)
		return -1;
	if (diary_leaves(&c->desk, clinician, from, &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (l, &list) {
		out_id(&c->out, l->id);
		out_date(&c->out, l->from);
		out_date(&c->out, l->to);
		out_text(&c->out, l->why);
	}
	out_end(&c->out);
	list_free(&list);
	return 0;
}

static const struct option leaves_options[] = {
	{ "from", "DATE", "leave that ends before this day is left out; today unless said" },
	{ 0 },
};

static int undo_run(struct cli *c, struct err *err)
{
	char what[240];
	struct id id;

	if (cli_id(c->args[0], "leave or of a template", &id, err) < 0 ||
	    diary_undo(&c->desk, id, what, sizeof what, err) < 0)
		return -1;
	out_line(&c->out, "Taken back: %s", what);
	return 0;
}

static int late_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "clinician", "minutes", "said", "waiting", NULL };
	struct lateness late;
	struct id clinician;
	char *end;
	long mins = 0;

	if (c->nargs > 1) {
		mins = strtol(c->args[1], &end, 10);
		if (!*c->args[1] || *end || mins < 0 || mins > RUNNING_MOST)
			return err_set(err, ERR_USAGE, "MINUTES is 0 (on time) to %d, not \"%s\".",
				       RUNNING_MOST, c->args[1]);
	}
	if (the_clinician(c, &clinician, err) < 0 ||
	    (c->nargs > 1 && running_say(&c->desk, clinician, (int)mins, err) < 0) ||
	    running_of(&c->desk, clinician, &late, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	out_text(&c->out, ref_clinician(&c->desk, clinician)->code);
	out_int(&c->out, late.mins);
	out_text(&c->out, late.said ? "yes" : NULL);
	out_int(&c->out, late.waiting);
	out_end(&c->out);
	return 0;
}

/* ---- blocks ---- */

static int stretch(struct cli *c, struct id *clinician, struct moment *from, struct moment *to,
		   struct err *err)
{
	const char *a, *b;

	return the_clinician(c, clinician, err) < 0 || cli_need(c, "from", &a, err) < 0 ||
			       cli_need(c, "to", &b, err) < 0 || cli_moment(c, a, from, err) < 0 ||
			       cli_moment(c, b, to, err) < 0
		       ? -1
		       : 0;
}

static int block_run(struct cli *c, struct err *err)
{
	struct entries hits = { 0 };
	struct moment from, to;
	struct id clinician;
	const char *why;

	if (stretch(c, &clinician, &from, &to, err) < 0 || cli_need(c, "why", &why, err) < 0 ||
	    diary_block(&c->desk, clinician, from, to, why, &hits, err) < 0)
		return -1;
	put_hits(c, &hits);
	return 0;
}

static int unblock_run(struct cli *c, struct err *err)
{
	struct moment from, to;
	struct id clinician;

	return stretch(c, &clinician, &from, &to, err) < 0
		       ? -1
		       : diary_unblock(&c->desk, clinician, from, to, err);
}

static const struct option block_options[] = {
	{ "from", "\"DATE TIME\"", "where it starts" },
	{ "to", "\"DATE TIME\"", "where it ends" },
	{ "why", "TEXT", "in a few words, shown beside it" },
	{ 0 },
};
static const struct option unblock_options[] = {
	{ "from", "\"DATE TIME\"", "where it starts" },
	{ "to", "\"DATE TIME\"", "where it ends" },
	{ 0 },
};

const struct command diary_commands[] = {
	{ "diary", "show", "CLINICIAN", "what stands in a diary, slots and people", show_options, 1,
	  1, 0, show_run },
	{ "diary", "leave", "CLINICIAN", "grants leave; lists who is booked then", leave_options, 1,
	  1, 0, leave_run },
	{ "diary", "away", "CLINICIAN",
	  "who is booked in leave that is granted, and where they could go", away_options, 1, 1, 0,
	  away_run },
	{ "diary", "leaves", "CLINICIAN", "leave that is granted", leaves_options, 1, 1, 0,
	  leaves_run },
	{ "diary", "block", "CLINICIAN", "closes slots; lists who is booked then", block_options, 1,
	  1, 0, block_run },
	{ "diary", "unblock", "CLINICIAN", "opens blocked slots again", unblock_options, 1, 1, 0,
	  unblock_run },
	{ "diary", "late", "CLINICIAN [MINUTES]", "how late they run today; says so with minutes",
	  NULL, 1, 2, 0, late_run },
	{ "diary", "undo", "ID", "takes leave, or the last change of a template, back", NULL, 1, 1,
	  0, undo_run },
	{ 0 },
};
