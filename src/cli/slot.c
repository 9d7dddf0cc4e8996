/* slot.c: the earliest free times, and why a time is not. */
#include <string.h>

#include "base/alloc.h"
#include "cli/hits.h"
#include "cli/tables.h"
#include "cli/wish.h"
#include "clinic/booking.h"
#include "clinic/intake.h"
#include "clinic/needs.h"
#include "clinic/prospect.h"
#include "clinic/refs.h"
#include "clinic/search.h"

/* ---- the wishes ---- */

/* Of a referral that is to be booked: whose, what for, and as triage decided. */
static int read_referral(struct cli *c, struct search *s, struct id *ret_person, struct err *err)
{
	struct prospect p;
	struct id episode;

	if (cli_opt(c, "service") || cli_opt(c, "person"))
		return err_set(err, ERR_USAGE,
			       "--referral says whose it is and what for: not both.");
	if (booking_episode(&c->desk, cli_opt(c, "referral"), &episode, err) < 0 ||
	    prospect_of(&c->desk, episode, &p, err) < 0)
		return -1;
	prospect_search(&p, s);
	*ret_person = p.person;
	return 0;
}

/* The person decides what rapid access is open to. */
static int read_service(struct cli *c, struct search *s, struct id *ret_person, struct err *err)
{
	const struct service *service = NULL;
	const char *value;

	if (cli_need(c, "service", &value, err) < 0 ||
	    find_service(&c->desk, value, &service, err) < 0)
		return -1;
	s->service = service->id;
	if (!cli_opt(c, "person"))
		return 0;
	if (intake_named(&c->desk, cli_opt(c, "person"), ret_person, err) < 0)
		return -1;
	return search_for(&c->desk, *ret_person, s, err);
}

/* Whoever is named is instead of what was decided. */
static int read_clinician(struct cli *c, struct search *s, struct err *err)
{
	const char *code = cli_opt(c, "clinician");
	const struct clinician *who = NULL;

	if (!code)
		return 0;
	if (find_clinician(&c->desk, code, &who, err) < 0)
		return -1;
	s->clinician = who->id;
	s->skill[0] = '\0';
	return 0;
}

static int read_wishes(struct cli *c, struct search *s, struct id *ret_person, struct err *err)
{
	const char *kind = cli_opt(c, "kind"), *mode = cli_opt(c, "mode");

	s->kind = APPT_NEW;
	s->by = DATE_NONE;
	if (cli_opt(c, "referral") ? read_referral(c, s, ret_person, err) < 0
				   : read_service(c, s, ret_person, err) < 0)
		return -1;
	if (kind && !appt_kind_parse(kind, &s->kind))
		return err_input(err, "kind", "--kind is new or fu, not \"%s\".", kind);
	if (mode && !mode_parse(mode, &s->mode))
		return err_input(err, "mode", "--mode is face, phone or video, not \"%s\".", mode);
	if (cli_opt_int(c, "length", 5, 480, &s->mins, err) < 0 || read_clinician(c, s, err) < 0)
		return -1;
	return opt_wish(c, *ret_person, s, err);
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

/* What a booker should know of it: rapid access by the customers' share. */
static void put_note(struct cli *c, const struct search *s, const struct place *p)
{
	char share[SHARE_TEXT];
	bool by_share =
		s->external && p->slot.kind == SLOT_RAP &&
		(moment_none(p->slot.release_at) || p->slot.release_at.utc > c->desk.now.utc);

	out_text(&c->out, by_share ? share_words(&c->desk, &s->share, &p->slot, share) : NULL);
}

#define SLOT_COLUMNS "start", "minutes", "site", "clinician", "kind", "held_by", "holder", "id"

/* What each place does not meet of what the person needs; NULL nothing. */
static int fails(struct cli *c, struct id person, const struct search *s, const struct places *list,
		 const char ***ret, struct err *err)
{
	char interpreter[CODE_TEXT] = "";
	struct needing who = { 0, interpreter, s->mode ? s->mode : MODE_FACE };

	if (!id_none(person) && needs_of(&c->desk, person, &who.needs, interpreter, err) < 0)
		return -1;
	return needs_of_places(&c->desk, &who, list, ret, err);
}

static int find_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { SLOT_COLUMNS, "fails", "note", NULL };
	struct search s = { 0 };
	struct id person = { 0 };
	struct places list = { 0 };
	const char **without = NULL;
	int rc;

	if (read_wishes(c, &s, &person, err) < 0 ||
	    cli_opt_int(c, "limit", 1, SEARCH_MOST, &s.limit, err) < 0 ||
	    search_slots(&c->desk, &s, &list, err) < 0)
		return -1;
	rc = fails(c, person, &s, &list, &without, err);
	if (rc == 0) {
		out_begin(&c->out, columns);
		list_each (p, &list) {
			put_place(c, p);
			out_text(&c->out, without[p - list.v]);
			put_note(c, &s, p);
		}
		out_end(&c->out);
	}
	mem_free(without);
	list_free(&list);
	return rc;
}

#define WISH_OPTIONS                                                                               \
	{ "service", "CODE", "what for" },                                                         \
		{ "referral", "ID",                                                                \
		  "an episode to be booked: whose, what for, and as triage decided" },             \
		{ "kind", "new|fu", "first attendance (unless said) or follow-up" },               \
		{ "person", "ID",                                                                  \
		  "for whom: who may have rapid access, and what a place fails of their needs" },  \
		{ "clinician", "CODE", "with them only" },                                         \
		{ "mode", "face|phone|video", "one of the service's" },                            \
		{ "length", "MIN", "minutes; the service's unless said" }, OPT_WISH

static const struct option find_options[] = {
	WISH_OPTIONS,
	{ "limit", "N", "how many rows, 20 unless said" },
	{ 0 },
};

/* ---- why ---- */

static int why_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "verdict", SLOT_COLUMNS, "why", NULL };
	struct search s = { 0 };
	struct id person = { 0 };
	const char *at, *who;
	struct why why;

	if (read_wishes(c, &s, &person, err) < 0 || cli_need(c, "clinician", &who, err) < 0 ||
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
