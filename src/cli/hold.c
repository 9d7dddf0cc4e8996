/*
 * hold.c: slots handed from node to node, and who holds which.
 *
 * Whoever holds a slot confirms in it at once, line or no line.  Giving is the holder's; revoking
 * is done at the hub, for a node that is gone, and says why.
 */
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/holder.h"
#include "clinic/refs.h"

enum { NODE_MOST = (1 << 21) - 1 };

static int find_who(struct cli *c, struct id *ret, struct err *err)
{
	const char *code = cli_opt(c, "clinician");
	const struct clinician *who;

	if (!code)
		return 0;
	if (find_clinician(&c->desk, code, &who, err) < 0)
		return -1;
	*ret = who->id;
	return 0;
}

/* ---- list ---- */

static const char *todo_word(struct cli *c, const struct held *h)
{
	static const char *const words[] = {
		[HELD_GIVE_BACK] = "give back", [HELD_ASK_BACK] = "ask back", [HELD_OTHERS] = ""
	};

	return h->forgotten ? words[held_todo(&c->desk, h)] : "";
}

static void put_held(struct cli *c, const struct held *h)
{
	const struct clinician *who = ref_clinician(&c->desk, h->clinician);
	const struct site *site = ref_site(&c->desk, h->site);

	out_id(&c->out, h->block);
	out_moment(&c->out, h->first);
	out_moment(&c->out, h->last);
	out_text(&c->out, who ? who->code : NULL);
	out_text(&c->out, site ? site->code : NULL);
	out_int(&c->out, h->home);
	out_int(&c->out, h->holder);
	out_int(&c->out, h->free);
	out_int(&c->out, h->booked);
	out_moment(&c->out, h->given_at);
	out_text(&c->out, h->forgotten ? "yes" : "");
	out_text(&c->out, todo_word(c, h));
}

static int list_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "block",	 "first",    "last",	  "clinician",
					       "site",	 "home",     "holder",	  "free",
					       "booked", "given_at", "forgotten", "todo",
					       NULL };
	struct hold_wish wish = { .from = DATE_NONE,
				  .to = DATE_NONE,
				  .forgotten = cli_opt(c, "forgotten") != NULL };
	struct helds list = { 0 };

	if (cli_opt_int(c, "node", 1, NODE_MOST, &wish.node, err) < 0 ||
	    find_who(c, &wish.clinician, err) < 0 || cli_opt_date(c, "from", &wish.from, err) < 0 ||
	    cli_opt_date(c, "to", &wish.to, err) < 0 || hold_list(&c->desk, &wish, &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (h, &list)
		put_held(c, h);
	out_end(&c->out);
	list_free(&list);
	return 0;
}

/* ---- which slots ---- */

static int slots_named(struct cli *c, struct slot_list *ret, struct err *err)
{
	for (int i = 0; i < c->nargs; i++)
		if (cli_id(c->args[i], "slot", list_push(ret), err) < 0)
			return -1;
	return 0;
}

static int clock_of(struct cli *c, const char *name, int *ret, struct err *err)
{
	const char *text = cli_opt(c, name);

	return text ? minute_parse(text, ret, err) : 0;
}

/* Those of a session or of a clinician's day that can be given. */
static int slots_picked(struct cli *c, struct slots *ret, struct err *err)
{
	struct hold_pick pick = { .day = DATE_NONE };
	const char *block = cli_opt(c, "block");

	if ((block && cli_id(block, "block", &pick.block, err) < 0) ||
	    find_who(c, &pick.clinician, err) < 0 || cli_opt_date(c, "day", &pick.day, err) < 0 ||
	    clock_of(c, "from", &pick.from, err) < 0 || clock_of(c, "until", &pick.to, err) < 0 ||
	    cli_opt_int(c, "count", 1, 500, &pick.count, err) < 0)
		return -1;
	if (id_none(pick.block) && (id_none(pick.clinician) || date_none(pick.day)))
		return err_set(err, ERR_USAGE,
			       "Which slots?  SLOT..., --block ID, or --clinician C --day DATE.");
	return hold_pick(&c->desk, &pick, ret, err);
}

static int which(struct cli *c, struct slot_list *ret, struct slots *ret_shown, struct err *err)
{
	if (c->nargs)
		return slots_named(c, ret, err);
	if (slots_picked(c, ret_shown, err) < 0)
		return -1;
	list_each (s, ret_shown)
		*list_push(ret) = s->id;
	return 0;
}

/* ---- give ---- */

/* "2026-03-12 10:00, 10:40": of those that were picked, which. */
static void times_of(const struct slots *list, struct buf *ret)
{
	struct date day = DATE_NONE;
	char when[DAY_TEXT];

	list_each (s, list) {
		bool same = s->day.n == day.n;

		moment_iso(s->starts, when);
		buf_printf(ret, "%s%s", ret->n ? ", " : "", same ? strchr(when, ' ') + 1 : when);
		day = s->day;
	}
}

static int give_to(struct cli *c, int to, struct err *err)
{
	static const char *const columns[] = { "node", "given", "starts", NULL };
	struct slot_list slots = { 0 };
	struct slots shown = { 0 };
	struct buf times = { 0 };
	int given = 0, rc = which(c, &slots, &shown, err);

	if (rc == 0)
		rc = hold_give(&c->desk, &slots, to, &given, err);
	if (rc == 0) {
		times_of(&shown, &times);
		out_begin(&c->out, columns);
		out_int(&c->out, to);
		out_int(&c->out, given);
		out_text(&c->out, times.s);
		out_end(&c->out);
	}
	buf_done(&times);
	list_free(&shown);
	list_free(&slots);
	return rc;
}

static int give_run(struct cli *c, struct err *err)
{
	int to = 0;

	if (cli_opt_int(c, "to", 1, NODE_MOST, &to, err) < 0)
		return -1;
	if (to == 0)
		return err_set(err, ERR_USAGE, "To which node?  --to 2; node list shows them.");
	return give_to(c, to, err);
}

/* Home, a session or several. */
static int back_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "block", "given", NULL };

	out_begin(&c->out, columns);
	for (int i = 0; i < c->nargs; i++) {
		struct id block;
		int given;

		if (cli_id(c->args[i], "block", &block, err) < 0 ||
		    hold_give_back(&c->desk, block, &given, err) < 0)
			return -1;
		out_id(&c->out, block);
		out_int(&c->out, given);
	}
	out_end(&c->out);
	return 0;
}

static int ask_run(struct cli *c, struct err *err)
{
	struct hold_wish wish = { .from = DATE_NONE, .to = DATE_NONE };
	struct helds list = { 0 };
	struct id block;
	int rc, asked = 0;

	if (cli_id(c->args[0], "block", &block, err) < 0 ||
	    hold_list(&c->desk, &wish, &list, err) < 0)
		return -1;
	rc = 0;
	list_each (h, &list)
		if (rc == 0 && id_same(h->block, block)) {
			rc = hold_ask_back(&c->desk, h, err);
			asked++;
		}
	list_free(&list);
	if (rc == 0 && asked == 0)
		return err_set(err, ERR_MISSING,
			       "No slot of that session is away: hold list shows which are.");
	return rc;
}

/* ---- revoke ---- */

static int revoke_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "slots", NULL };
	struct slot_list slots = { 0 };
	const char *why;
	int to = 0, node = 0, rc;

	if (cli_need(c, "why", &why, err) < 0 || cli_opt_int(c, "to", 1, NODE_MOST, &to, err) < 0 ||
	    cli_opt_int(c, "node", 1, NODE_MOST, &node, err) < 0)
		return -1;
	if ((node == 0) == (c->nargs == 0))
		return err_set(err, ERR_USAGE, "Which slots?  SLOT..., or all of --node N.");
	rc = node ? hold_all_of(&c->desk, node, &slots, err) : slots_named(c, &slots, err);
	if (rc == 0 && slots.n == 0)
		rc = err_set(err, ERR_MISSING, "Node %d holds no slot that is still to come.",
			     node);
	if (rc == 0)
		rc = hold_revoke(&c->desk, &slots, to, why, err);
	if (rc == 0) {
		out_begin(&c->out, columns);
		out_int(&c->out, (int64_t)slots.n);
		out_end(&c->out);
	}
	list_free(&slots);
	return rc;
}

static const struct option list_options[] = {
	{ "node", "N", "all that this node holds, its own diaries too" },
	{ "clinician", "CODE", "of this diary" },
	{ "from", "DATE", "from this day on; today" },
	{ "to", "DATE", "to this day" },
	{ "forgotten", NULL, "those that nobody used and whose day is near" },
	{ 0 },
};
static const struct option give_options[] = {
	{ "to", "N", "the node that is to confirm in them" },
	{ "block", "ID", "the free ones of a session; diary show and hold list name it" },
	{ "clinician", "CODE", "the free ones of a diary ..." },
	{ "day", "DATE", "... on a day" },
	{ "from", "HH:MM", "those that start then or later" },
	{ "until", "HH:MM", "those that start before then" },
	{ "count", "N", "so many of them, spread over the time; without it all" },
	{ 0 },
};
static const struct option revoke_options[] = {
	{ "to", "N",
	  "the node that is to confirm in them; without it each diary's home, or the hub" },
	{ "node", "N", "all that this node holds from now on" },
	{ "why", "TEXT", "the reason: it stays on the record" },
	{ 0 },
};

const struct command hold_commands[] = {
	{ "hold", "list", "", "sessions with slots that another node than their home holds",
	  list_options, 0, 0, 0, list_run },
	{ "hold", "give", "[SLOT...]", "hands free slots that this node holds to another",
	  give_options, 0, -1, 0, give_run },
	{ "hold", "back", "BLOCK...", "gives free slots of a session back to its diary's home",
	  NULL, 1, -1, 0, back_run },
	{ "hold", "ask", "BLOCK", "asks who holds slots of this node's diary to give them back",
	  NULL, 1, 1, 0, ask_run },
	{ "hold", "revoke", "[SLOT...]", "at the hub: takes slots from a node that is gone",
	  revoke_options, 0, -1, 0, revoke_run },
	{ 0 },
};
