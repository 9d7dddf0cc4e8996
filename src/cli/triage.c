/* triage.c: what is decided of referrals; flags: raised, rung about, cleared. */
#include <string.h>

#include "base/alloc.h"
#include "cli/referral.h"
#include "cli/tables.h"
#include "clinic/act.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "model/person.h"

static const struct option list_options[] = {
	{ "service", "CODE", "of this service" },
	{ "site", "CODE", "on this site's list" },
	{ "name", "TEXT", "whose surname starts so" },
	{ "over", NULL, "only what is over time" },
	{ 0 },
};

static int list_run(struct cli *c, struct err *err)
{
	struct inbox_filter filter = { .over = cli_opt(c, "over") != NULL,
				       .name = cli_opt(c, "name") };

	if (opt_service_id(c, &filter.service, err) < 0 || opt_site_id(c, &filter.site, err) < 0)
		return -1;
	out_begin(&c->out, referral_columns);
	if (referral_print_inbox(c, &filter, err) < 0)
		return -1;
	out_end(&c->out);
	return 0;
}

/* ---- decide ---- */

static const struct option decide_options[] = {
	{ "priority", "0-3", "0 now, 1 urgent, 2 soon, 3 routine" },
	{ "pathway", "CODE",
	  "a service's code, or ed, or advice; the service asked for unless said" },
	{ "site", "CODE", "where" },
	{ "clinician", "CODE", "with whom" },
	{ "skill", "WORD", "with whoever has it" },
	{ "mode", "MODE", "face, phone or video" },
	{ "papers", "WHOM", "papers are asked of employee, manager, gp ... before it is booked" },
	{ "note", "TEXT", "clinical" },
	{ "no-call", "TEXT", "the lead's reason, over a flag that nobody was rung about" },
	{ 0 },
};

/* A word of the program's, or a service that it goes to. */
static int opt_pathway(struct cli *c, struct decide_ask *ask, struct err *err)
{
	const char *word = cli_opt(c, "pathway");
	const struct service *s;

	if (!word || pathway_parse(word, &ask->pathway))
		return 0;
	if (find_service(&c->desk, word, &s, err) < 0)
		return -1;
	ask->service = s->id;
	return 0;
}

static int opt_with(struct cli *c, struct decide_ask *ask, struct err *err)
{
	const char *code = cli_opt(c, "clinician"), *mode = cli_opt(c, "mode");
	const struct clinician *who;

	if (code && find_clinician(&c->desk, code, &who, err) < 0)
		return -1;
	if (code)
		ask->clinician = who->id;
	if (mode && !mode_parse(mode, &ask->mode))
		return err_set(err, ERR_USAGE, "--mode is face, phone or video, not \"%s\".", mode);
	return 0;
}

static int decide_run(struct cli *c, struct err *err)
{
	struct decide_ask ask = { .skill = cli_opt(c, "skill"),
				  .papers = cli_opt(c, "papers"),
				  .note = cli_opt(c, "note"),
				  .why_no_call = cli_opt(c, "no-call"),
				  .suggested = -1 };
	struct id id;

	if (referral_arg(c, &id, err) < 0 ||
	    need_int(c, "priority", 0, 3, &ask.priority, err) < 0 ||
	    opt_pathway(c, &ask, err) < 0 || opt_site_id(c, &ask.site, err) < 0 ||
	    opt_with(c, &ask, err) < 0 || triage_decide(&c->desk, id, &ask, err) < 0)
		return -1;
	return referral_print(c, id, err);
}

/* ---- the others ---- */

static const struct option query_options[] = {
	{ "of", "WHOM", "employee, manager, hr, gp, specialist or recruitment" },
	{ "words", "TEXT", "the question" },
	{ 0 },
};

/* Each of several referrals is asked the same; all of them, or none. */
static int query_run(struct cli *c, struct err *err)
{
	const char *whom, *words;
	struct id id;
	int rc;

	if (cli_need(c, "of", &whom, err) < 0 || cli_need(c, "words", &words, err) < 0)
		return -1;
	rc = act_begin(&c->desk, err);
	for (int i = 0; rc == 0 && i < c->nargs; i++) {
		rc = referral_named(&c->desk, c->args[i], &id, err);
		if (rc == 0)
			rc = triage_query(&c->desk, id, whom, words, err);
		if (rc < 0)
			act_abandon(&c->desk);
	}
	if (rc == 0)
		rc = act_end(&c->desk, err);
	if (rc < 0)
		return -1;
	out_begin(&c->out, referral_columns);
	for (int i = 0; i < c->nargs; i++) {
		struct referral_row r;

		if (referral_named(&c->desk, c->args[i], &id, err) < 0 ||
		    referral_one(&c->desk, id, &r, err) < 0)
			return -1;
		referral_put_row(c, &r);
	}
	out_end(&c->out);
	return 0;
}

static const struct option words_options[] = {
	{ "words", "TEXT", "why, clinical" },
	{ 0 },
};

static int with_words(struct cli *c,
		      int (*act)(struct desk *desk, struct id id, const char *words,
				 struct err *err),
		      struct err *err)
{
	struct id id;

	if (referral_arg(c, &id, err) < 0 || act(&c->desk, id, cli_opt(c, "words"), err) < 0)
		return -1;
	return referral_print(c, id, err);
}

static int return_run(struct cli *c, struct err *err)
{
	return with_words(c, triage_return, err);
}

static int decline_run(struct cli *c, struct err *err)
{
	return with_words(c, triage_decline, err);
}

static int escalate_run(struct cli *c, struct err *err)
{
	return with_words(c, triage_escalate, err);
}

static const struct option send_options[] = {
	{ "site", "CODE", "to this site's list" },
	{ "to", "WHERE", "out of the service: gp, ae or helpline" },
	{ "words", "TEXT", "why, clinical" },
	{ 0 },
};

static int send_run(struct cli *c, struct err *err)
{
	const char *to = cli_opt(c, "to"), *words = cli_opt(c, "words");
	struct id id, site = { 0 };

	if (referral_arg(c, &id, err) < 0 || opt_site_id(c, &site, err) < 0)
		return -1;
	if ((to != NULL) == !id_none(site))
		return err_set(err, ERR_USAGE, "Where is it sent: --site CODE, or --to WHERE?");
	if ((to ? triage_redirect(&c->desk, id, to, words, err)
		: triage_send(&c->desk, id, site, words, err)) < 0)
		return -1;
	return referral_print(c, id, err);
}

const struct command triage_commands[] = {
	{ "triage", "list", "", "what is to be triaged, the most urgent first", list_options, 0, 0,
	  0, list_run },
	{ "triage", "decide", "ID", "accepts it: its episode is to be booked", decide_options, 1, 1,
	  0, decide_run },
	{ "triage", "query", "ID...", "asks for something: the clock stands still until the reply",
	  query_options, 1, -1, 0, query_run },
	{ "triage", "return", "ID", "back to who sent it", words_options, 1, 1, 0, return_run },
	{ "triage", "send", "ID", "on to another site, or out of the service", send_options, 1, 1,
	  0, send_run },
	{ "triage", "decline", "ID", "declines it", words_options, 1, 1, 0, decline_run },
	{ "triage", "escalate", "ID", "whoever is on duty is told at once", words_options, 1, 1, 0,
	  escalate_run },
	{ 0 },
};

/* ---- flags ---- */

static const char *const flag_columns[] = { "id",      "kind",	"person_id",  "person",
					    "service", "state", "raised_at",  "spoke",
					    "next_at", "words", "cleared_at", "why",
					    "born",    NULL };

static void put_flag(struct cli *c, const struct flag_row *r)
{
	const struct service *s = ref_service(&c->desk, r->f.service);
	char kind[2] = { flag_letter(r->f.kind), '\0' }, name[PERSON_TEXT];

	out_id(&c->out, r->f.id);
	out_text(&c->out, kind);
	out_id(&c->out, r->f.person);
	out_text(&c->out, person_show(r->surname, r->given, r->title, name));
	out_text(&c->out, s ? s->code : NULL);
	out_text(&c->out, r->f.state);
	out_moment(&c->out, r->f.raised_at);
	out_text(&c->out, r->f.spoke ? "yes" : "no");
	out_moment(&c->out, r->f.next_at);
	out_text(&c->out, *r->f.words ? r->f.words : NULL);
	out_moment(&c->out, r->f.cleared_at);
	out_text(&c->out, *r->f.why ? r->f.why : NULL);
	out_date(&c->out, r->born);
}

static const struct option flag_list_options[] = {
	{ "person", "ID", "one person's, also those that were cleared" },
	{ 0 },
};

static int print_flags(struct cli *c, struct id person, struct err *err)
{
	struct flag_rows rows = { 0 };

	if (flag_list(&c->desk, person, &rows, err) < 0)
		return -1;
	out_begin(&c->out, flag_columns);
	list_each (r, &rows)
		put_flag(c, r);
	out_end(&c->out);
	list_free(&rows);
	return 0;
}

static int flag_list_run(struct cli *c, struct err *err)
{
	const char *person = cli_opt(c, "person");
	struct id id = { 0 };

	if (person && intake_named(&c->desk, person, &id, err) < 0)
		return -1;
	return print_flags(c, id, err);
}

static const struct option raise_options[] = {
	{ "person", "ID", "of whom" },
	{ "service", "CODE", "with which service nothing is booked while a red flag is open" },
	{ "kind", "LETTER", "R red flag (unless said), K risk, S safeguarding" },
	{ "words", "TEXT", "clinical" },
	{ 0 },
};

static int raise_run(struct cli *c, struct err *err)
{
	struct flag_ask ask = { .kind = FLAG_RED, .words = cli_opt(c, "words") };
	const char *person, *service, *kind = cli_opt(c, "kind");
	struct id id;

	if (cli_need(c, "person", &person, err) < 0 || cli_need(c, "service", &service, err) < 0 ||
	    intake_named(&c->desk, person, &ask.person, err) < 0 ||
	    opt_service_id(c, &ask.service, err) < 0)
		return -1;
	if (kind && !flag_parse(kind, &ask.kind))
		return err_set(err, ERR_USAGE, "--kind is R, K or S, not \"%s\".", kind);
	if (flag_raise(&c->desk, &ask, &id, err) < 0)
		return -1;
	return print_flags(c, ask.person, err);
}

static const struct option ring_options[] = {
	{ "result", "WORD", "spoke, no_answer, wrong_number or other_person" },
	{ "ed", NULL, "sent to the emergency department: rung again the next working day" },
	{ "words", "TEXT", "what was said, clinical" },
	{ 0 },
};

static int ring_run(struct cli *c, struct err *err)
{
	struct call_ask ask = { .ed = cli_opt(c, "ed") != NULL, .words = cli_opt(c, "words") };
	struct moment next;
	char at[DAY_TEXT];
	struct id id;

	if (need_result(c, &ask.result, err) < 0 || cli_id(c->args[0], "a flag", &id, err) < 0 ||
	    flag_ring(&c->desk, id, &ask, &next, err) < 0)
		return -1;
	if (moment_none(next))
		out_line(&c->out, "Recorded: %s.", try_words(ask.result));
	else
		out_line(&c->out, "Recorded: %s.  Ring again %s.", try_words(ask.result),
			 moment_show(next, at));
	return 0;
}

static int told_run(struct cli *c, struct err *err)
{
	struct id id;

	if (cli_id(c->args[0], "a flag", &id, err) < 0 ||
	    flag_tell(&c->desk, id, c->args[1], err) < 0)
		return -1;
	out_line(&c->out, "Recorded.");
	return 0;
}

static int take_run(struct cli *c, struct err *err)
{
	struct id id;

	if (cli_id(c->args[0], "a flag", &id, err) < 0 || flag_take(&c->desk, id, err) < 0)
		return -1;
	out_line(&c->out, "Taken: whoever called sees that you come.");
	return 0;
}

static int help_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "help", "by", "since", "until", "duty", NULL };
	static const char *const words[] = { [HELP_AWAITED] = "awaited",
					     [HELP_COMES] = "comes",
					     [HELP_DUTY] = "ring_duty",
					     [HELP_TOLD] = "told" };
	struct flag_helped h;
	struct id id;

	if (cli_id(c->args[0], "a flag", &id, err) < 0 || flag_helped(&c->desk, id, &h, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	out_text(&c->out, words[h.help]);
	out_text(&c->out, *h.by ? h.by : NULL);
	out_moment(&c->out, h.since);
	out_moment(&c->out, h.help == HELP_AWAITED ? h.until : (struct moment){ 0 });
	out_text(&c->out, *h.duty ? h.duty : NULL);
	out_end(&c->out);
	return 0;
}

static int plan_run(struct cli *c, struct err *err)
{
	struct id id;

	if (cli_id(c->args[0], "a flag", &id, err) < 0 ||
	    flag_plan(&c->desk, id, c->args[1], err) < 0)
		return -1;
	out_line(&c->out, "Recorded.");
	return 0;
}

static const struct option clear_options[] = {
	{ "why", "TEXT", "the reason, clinical" },
	{ "plan", "TEXT", "the safety plan, where its form wants one; clinical" },
	{ 0 },
};

static int clear_run(struct cli *c, struct err *err)
{
	const char *why, *plan = cli_opt(c, "plan");
	struct id id;
	bool own;
	int rc;

	if (cli_need(c, "why", &why, err) < 0 || cli_id(c->args[0], "a flag", &id, err) < 0 ||
	    act_join(&c->desk, &own, err) < 0)
		return -1;
	rc = plan ? flag_plan(&c->desk, id, plan, err) : 0;
	if (rc == 0)
		rc = flag_clear(&c->desk, id, why, err);
	if (act_part(&c->desk, own, rc, err) < 0)
		return -1;
	out_line(&c->out, "Cleared.");
	return 0;
}

static int calls_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "at",	  "user",  "result", "ed",
					       "next_at", "words", NULL };
	struct flag_calls calls = { 0 };
	struct id id;

	if (cli_id(c->args[0], "a flag", &id, err) < 0 || flag_calls(&c->desk, id, &calls, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (call, &calls) {
		out_moment(&c->out, call->at);
		out_text(&c->out, call->user);
		out_text(&c->out, call->other ? call->other : try_code(call->result));
		out_text(&c->out, call->ed ? "yes" : NULL);
		out_moment(&c->out, call->next_at);
		out_text(&c->out, *call->words ? call->words : NULL);
	}
	out_end(&c->out);
	list_free(&calls);
	return 0;
}

const struct command flag_commands[] = {
	{ "flag", "list", "", "what is open, the call that is due first on top", flag_list_options,
	  0, 0, 0, flag_list_run },
	{ "flag", "raise", "", "raises one: nurses are told at once", raise_options, 0, 0, 0,
	  raise_run },
	{ "flag", "ring", "ID", "somebody was rung about it", ring_options, 1, 1, 0, ring_run },
	{ "flag", "take", "ID", "you look after it now", NULL, 1, 1, 0, take_run },
	{ "flag", "help", "ID", "who has taken it; nobody: the duty number to ring", NULL, 1, 1, 0,
	  help_run },
	{ "flag", "plan", "ID TEXT", "the safety plan that was made with them", NULL, 2, 2, 0,
	  plan_run },
	{ "flag", "told", "ID WHO", "whoever is on duty was told of it", NULL, 2, 2, 0, told_run },
	{ "flag", "calls", "ID", "the calls about it", NULL, 1, 1, 0, calls_run },
	{ "flag", "clear", "ID", "a clinician clears it, with a reason", clear_options, 1, 1, 0,
	  clear_run },
	{ 0 },
};
