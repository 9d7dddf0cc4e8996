/*
 * referral.c: referrals: taken in, listed, added to; who is to be booked.
 *
 * Each command that changes one prints its row as it stands afterwards.
 */
#include "cli/referral.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "cli/tables.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/contact.h"
#include "clinic/forms.h"
#include "clinic/intake.h"
#include "clinic/offer.h"
#include "clinic/refs.h"
#include "model/person.h"

const char *const referral_columns[] = { "id",	  "number",   "person_id", "person",   "service",
					 "state", "priority", "flags",	   "received", "due",
					 "clock", "born",     "type",	   "from",     "customer",
					 "site",  "seen_by",  "over",	   NULL };

static const char *or_none(const char *s)
{
	return *s ? s : NULL;
}

static struct id service_of(const struct referral_row *r)
{
	return r->course.there ? r->course.service : r->r.service;
}

void referral_put_row(struct cli *c, const struct referral_row *r)
{
	const struct service *s = ref_service(&c->desk, service_of(r));
	const struct customer *customer = ref_customer(&c->desk, r->r.customer);
	const struct site *site = ref_site(&c->desk, r->r.site);
	int priority = r->course.there ? r->course.priority : r->r.urgency;
	char name[PERSON_TEXT], clock[CLOCK_TEXT];

	out_id(&c->out, r->r.id);
	out_text(&c->out, r->r.number);
	out_id(&c->out, r->r.person);
	out_text(&c->out, person_show(r->surname, r->given, r->title, name));
	out_text(&c->out, s ? s->code : NULL);
	out_text(&c->out, referral_state_code(r->shown));
	if (priority < 0)
		out_text(&c->out, NULL);
	else
		out_int(&c->out, priority);
	out_text(&c->out, or_none(r->flags));
	out_moment(&c->out, r->r.received);
	out_date(&c->out, r->clock.paused ? DATE_NONE : r->clock.due);
	out_text(&c->out, or_none(clock_show(&r->clock, clock)));
	out_date(&c->out, r->born);
	out_text(&c->out, referral_type_code(r->r.type));
	out_text(&c->out, referral_source_code(r->r.source));
	out_text(&c->out, customer ? customer->code : NULL);
	out_text(&c->out, site ? site->code : NULL);
	out_date(&c->out, r->course.there ? r->course.target : DATE_NONE);
	out_text(&c->out, r->r.over ? "over" : NULL);
}

int referral_print(struct cli *c, struct id id, struct err *err)
{
	struct referral_row r;
	struct err none = ERR_INIT;

	if (referral_one(&c->desk, id, &r, &none) < 0) {
		if (none.kind == ERR_MISSING)
			return 0;
		if (err)
			*err = none;
		return -1;
	}
	out_begin(&c->out, referral_columns);
	referral_put_row(c, &r);
	out_end(&c->out);
	return 0;
}

int referral_arg(struct cli *c, struct id *ret, struct err *err)
{
	return referral_named(&c->desk, c->args[0], ret, err);
}

int opt_service_id(const struct cli *c, struct id *ret, struct err *err)
{
	const char *code = cli_opt(c, "service");
	const struct service *s;

	if (!code)
		return 0;
	if (find_service(&c->desk, code, &s, err) < 0)
		return -1;
	*ret = s->id;
	return 0;
}

int opt_site_id(const struct cli *c, struct id *ret, struct err *err)
{
	const char *code = cli_opt(c, "site");
	const struct site *s;

	if (!code)
		return 0;
	if (find_site(&c->desk, code, &s, err) < 0)
		return -1;
	*ret = s->id;
	return 0;
}

int need_int(const struct cli *c, const char *name, long min, long max, int *ret, struct err *err)
{
	const char *text;

	return cli_need(c, name, &text, err) < 0 ? -1 : cli_opt_int(c, name, min, max, ret, err);
}

/* ---- add ---- */

static const struct option add_options[] = {
	{ "person", "ID", "whom it is about" },
	{ "service", "CODE", "which service is asked for" },
	{ "type", "TYPE", "MGT, SELF, WHA, IMM, BBV, HS, REV, IHR, NW, DRV, TRV or SME" },
	{ "from", "WHO",
	  "self, manager, hr, gp, recruitment or oh; as usual for the type unless said" },
	{ "reasons", "WORDS", "long_absence stress msk ... (a wrong one is told all of them)" },
	{ "referrer", "ID", "who sent it: contact list shows them" },
	{ "words", "TEXT", "what they say, clinical" },
	{ "urgency", "0-3", "the priority that is asked for" },
	{ "agreed", "DATE",
	  "the day on which the employee agreed; without it the referral stays new" },
	{ "gp", "yes|no", "may we write to their GP" },
	{ "received", "STAMP", "when it came, unless now: \"-1d 16:00\", a day, a time" },
	{ "site", "CODE", "whose list it is on, unless this desk's" },
	{ "flag", "LETTERS", "R red flag, K risk, S safeguarding: nurses are told at once" },
	{ "flag-words", "TEXT", "what was said, clinical" },
	{ "anew", NULL, "although one for the same reason is open" },
	{ "form", "NAME", "by this form: its answers say the rest" },
	{ "answers", "FILE", "a section [answers], a line name = value for each" },
	{ 0 },
};

static int opt_gp(const struct cli *c, enum gp_consent *ret, struct err *err)
{
	const char *word = cli_opt(c, "gp");

	if (!word)
		return 0;
	if (strcmp(word, "yes") != 0 && strcmp(word, "no") != 0)
		return err_set(err, ERR_USAGE, "--gp is yes or no, not \"%s\".", word);
	*ret = strcmp(word, "yes") == 0 ? GP_YES : GP_NO;
	return 0;
}

static int opt_type(const struct cli *c, struct referral_ask *ask, struct err *err)
{
	const char *type, *from = cli_opt(c, "from");

	if (cli_need(c, "type", &type, err) < 0)
		return -1;
	if (!referral_type_parse(type, &ask->type))
		return err_set(err, ERR_USAGE,
			       "--type is MGT, SELF, WHA, IMM, BBV, HS, REV, IHR, NW, DRV, TRV or"
			       " SME, not \"%s\".",
			       type);
	ask->source = referral_source_of(ask->type);
	if (from && !referral_source_parse(from, &ask->source))
		return err_set(err, ERR_USAGE,
			       "--from is self, manager, hr, gp, recruitment or oh, not \"%s\".",
			       from);
	return 0;
}

/* "RK": each letter a flag of the same words. */
static int opt_flags(const struct cli *c, struct flag_wish flags[FLAG_KIND_COUNT],
		     struct referral_ask *ask, struct err *err)
{
	const char *letters = cli_opt(c, "flag");

	for (; letters && *letters; letters++) {
		char one[2] = { *letters, '\0' };

		if (ask->nflags == FLAG_KIND_COUNT || !flag_parse(one, &flags[ask->nflags].kind))
			return err_set(err, ERR_USAGE, "--flag is R, K or S, or some of them.");
		flags[ask->nflags++].words = cli_opt(c, "flag-words");
	}
	ask->flags = flags;
	return 0;
}

/* A day that lies behind, as people type it. */
static int opt_past(const struct cli *c, const char *name, struct date *ret, struct err *err)
{
	const char *text = cli_opt(c, name);

	return text ? date_parse(text, c->desk.today, LOOK_BACK, ret, err) : 0;
}

static int add_by_form(struct cli *c, struct err *err)
{
	struct form_ask ask = { .form = cli_opt(c, "form"), .anew = cli_opt(c, "anew") != NULL };
	const char *person, *type = cli_opt(c, "type"), *received = cli_opt(c, "received");
	const char *referrer = cli_opt(c, "referrer");
	struct buf file = { 0 };
	struct id id;
	int rc = -1;

	ask.typed = type != NULL;
	if (type && !referral_type_parse(type, &ask.type))
		return err_set(err, ERR_USAGE, "--type is MGT, SELF, WHA ..., not \"%s\".", type);
	if (cli_need(c, "person", &person, err) < 0 || cli_need(c, "answers", &ask.path, err) < 0 ||
	    intake_named(&c->desk, person, &ask.person, err) < 0 ||
	    opt_service_id(c, &ask.service, err) < 0 || opt_site_id(c, &ask.site, err) < 0 ||
	    (referrer && cli_id(referrer, "a contact", &ask.referrer, err) < 0) ||
	    (received && referral_came(&c->desk, received, &ask.received, err) < 0) ||
	    file_read(ask.path, FORM_FILE, &file, err) < 0)
		return -1;
	ask.text = file.s ? file.s : "";
	ask.n = file.n;
	rc = referral_by_form(&c->desk, &ask, &id, err);
	buf_done(&file);
	return rc < 0 ? -1 : referral_print(c, id, err);
}

static int add_run(struct cli *c, struct err *err)
{
	struct referral_ask ask = { .urgency = -1,
				    .agreed = DATE_NONE,
				    .reasons = cli_opt(c, "reasons"),
				    .words = cli_opt(c, "words"),
				    .anew = cli_opt(c, "anew") != NULL };
	const char *person, *service, *received = cli_opt(c, "received");
	const char *referrer = cli_opt(c, "referrer");
	struct flag_wish flags[FLAG_KIND_COUNT] = { 0 };
	struct id id;

	if (cli_opt(c, "form"))
		return add_by_form(c, err);
	if (cli_need(c, "person", &person, err) < 0 || cli_need(c, "service", &service, err) < 0 ||
	    opt_type(c, &ask, err) < 0 || intake_named(&c->desk, person, &ask.person, err) < 0 ||
	    opt_service_id(c, &ask.service, err) < 0 || opt_site_id(c, &ask.site, err) < 0 ||
	    cli_opt_int(c, "urgency", 0, 3, &ask.urgency, err) < 0 ||
	    opt_past(c, "agreed", &ask.agreed, err) < 0 || opt_gp(c, &ask.gp, err) < 0 ||
	    (referrer && cli_id(referrer, "a contact", &ask.referrer, err) < 0) ||
	    (received && referral_came(&c->desk, received, &ask.received, err) < 0) ||
	    opt_flags(c, flags, &ask, err) < 0 || referral_add(&c->desk, &ask, &id, err) < 0)
		return -1;
	return referral_print(c, id, err);
}

/* ---- list, show ---- */

static const struct option list_options[] = {
	{ "state", "STATE",
	  "in this state (ended: the newest 500); else what waits for triage or was returned" },
	{ "person", "ID", "one person's, whatever their state" },
	{ "service", "CODE", "of this service" },
	{ "site", "CODE", "on this site's list" },
	{ "name", "TEXT", "whose surname starts so" },
	{ "over", NULL, "only what is over time" },
	{ 0 },
};

int referral_print_inbox(struct cli *c, const struct inbox_filter *filter, struct err *err)
{
	struct inbox box = { 0 };
	struct referral_row r;
	int rc = referral_inbox(&c->desk, filter, &box, err);

	list_each (it, &box) {
		if (rc == 0)
			rc = referral_one(&c->desk, it->id, &r, err);
		if (rc == 0)
			referral_put_row(c, &r);
	}
	list_free(&box);
	return rc;
}

static int list_waiting(struct cli *c, struct err *err)
{
	struct inbox_filter filter = { .over = cli_opt(c, "over") != NULL,
				       .name = cli_opt(c, "name") };
	int rc = opt_service_id(c, &filter.service, err);

	if (rc == 0)
		rc = opt_site_id(c, &filter.site, err);
	out_begin(&c->out, referral_columns);
	if (rc == 0)
		rc = referral_print_inbox(c, &filter, err);
	filter.returned = true;
	if (rc == 0)
		rc = referral_print_inbox(c, &filter, err);
	if (rc == 0)
		out_end(&c->out);
	return rc;
}

static int list_run(struct cli *c, struct err *err)
{
	const char *person = cli_opt(c, "person"), *word = cli_opt(c, "state");
	struct referral_rows rows = { 0 };
	enum referral_state state = REF_NEW;
	struct id id, service = { 0 };
	int rc;

	if (!person && !word)
		return list_waiting(c, err);
	if (word && !referral_state_parse(word, &state))
		return err_set(err, ERR_USAGE,
			       "--state is new, awaiting_triage, transferred, incomplete, triaged,"
			       " to_book, booked ...; not \"%s\".",
			       word);
	if ((person && intake_named(&c->desk, person, &id, err) < 0) ||
	    opt_service_id(c, &service, err) < 0)
		return -1;
	rc = person ? referrals_about(&c->desk, id, &rows, err)
		    : referrals_listed(&c->desk, state, &rows, err);
	if (rc < 0)
		return -1;
	out_begin(&c->out, referral_columns);
	list_each (r, &rows)
		if ((!word || r->shown == state) &&
		    (id_none(service) || id_same(service, service_of(r))) &&
		    (!cli_opt(c, "over") || r->clock.over))
			referral_put_row(c, r);
	out_end(&c->out);
	list_free(&rows);
	return 0;
}

__attribute__((format(printf, 3, 4))) static void put(struct cli *c, const char *field,
						      const char *fmt, ...)
{
	char *text;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	text = mem_new((size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	va_end(ap);
	if (*text) {
		out_text(&c->out, field);
		out_text(&c->out, text);
	}
	mem_free(text);
}

static void show_row(struct cli *c, const struct referral_row *r)
{
	const struct service *s = ref_service(&c->desk, service_of(r));
	const struct customer *customer = ref_customer(&c->desk, r->r.customer);
	char name[PERSON_TEXT], day[DAY_TEXT], clock[CLOCK_TEXT], rule[OVER_TEXT];

	put(c, "number", "%s", r->r.number);
	put(c, "person", "%s", person_show(r->surname, r->given, r->title, name));
	put(c, "born", "%s", date_iso(r->born, day));
	put(c, "type", "%s", referral_type_words(r->r.type));
	put(c, "from", "%s", referral_source_code(r->r.source));
	put(c, "service", "%s", s ? s->code : "");
	put(c, "customer", "%s", customer ? customer->code : "");
	put(c, "received", "%s", moment_iso(r->r.received, day));
	put(c, "agreed", "%s", date_none(r->r.agreed) ? "not yet" : date_iso(r->r.agreed, day));
	put(c, "gp", "%s", r->r.gp == GP_YES ? "yes" : r->r.gp == GP_NO ? "no" : "");
	put(c, "reasons", "%s", r->r.reasons);
	put(c, "words", "%s", r->r.words);
	put(c, "state", "%s", referral_state_word(r->shown));
	put(c, "since", "%s", moment_iso(r->r.state_at, day));
	put(c, "flags", "%s", r->flags);
	put(c, "contract", "triage %d, offer %d, seen %d, report %d working days%s", r->r.triage,
	    r->r.offer, r->r.seen, r->r.report, r->r.over ? "; beyond it" : "");
	if (r->r.over && referral_over(&c->desk, r->r.id, rule, NULL) == 0)
		put(c, "over", "%s", rule);
	put(c, "clock", "%s %s", clock_word(r->clock.kind), clock_show(&r->clock, clock));
	if (!r->clock.paused)
		put(c, "due", "%s", date_iso(r->clock.due, day));
	if (r->course.there)
		put(c, "seen_by", "%s", date_iso(r->course.target, day));
}

static void show_decision(struct cli *c, const struct decision *d)
{
	const struct service *s = ref_service(&c->desk, d->service);
	const struct site *site = ref_site(&c->desk, d->site);
	const struct clinician *who = ref_clinician(&c->desk, d->clinician);
	char at[DAY_TEXT];

	if (id_none(d->id))
		return;
	put(c, "decided", "%s %s: P%d %s, %s%s%s%s%s%s%s", moment_iso(d->at, at), d->user,
	    d->priority, pathway_code(d->pathway), s ? s->code : "", site ? " at " : "",
	    site ? site->code : "", who ? " with " : "", who ? who->code : d->skill,
	    *d->mode ? " " : "", d->mode);
	if (d->suggested_priority >= 0 || *d->suggested_pathway)
		put(c, "suggested", "P%d %s", d->suggested_priority, d->suggested_pathway);
}

/* "2026-03-12 09:44 p.shah: 2026-03-13 11:20 HBR lindqvist face, declined" */
static int show_offers(struct cli *c, struct id episode, struct err *err)
{
	struct offers_made list = { 0 };
	char at[DAY_TEXT], starts[DAY_TEXT];

	if (offers_about(&c->desk, episode, &list, err) < 0)
		return -1;
	list_each (o, &list) {
		const struct site *site = ref_site(&c->desk, o->site);
		const struct clinician *who = ref_clinician(&c->desk, o->clinician);

		put(c, "offer", "%s %s: %s %s %s %s, %s", moment_iso(o->at, at), o->user,
		    moment_iso(o->starts, starts), site ? site->code : "", who ? who->code : "",
		    mode_word(o->mode), offer_end_words(o->became));
	}
	list_free(&list);
	return 0;
}

static int show_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "field", "value", NULL };
	struct remarks remarks = { 0 };
	struct attachments files = { 0 };
	struct said_rows said = { 0 };
	struct ref_moves moves = { 0 };
	struct decision decision = { 0 };
	struct customer_contact who;
	struct referral_row r;
	char at[DAY_TEXT], text[ID_TEXT], told[WORDS_TEXT];
	struct id id;
	int rc = -1;

	if (referral_arg(c, &id, err) == 0 && referral_one(&c->desk, id, &r, err) == 0 &&
	    intake_opened(&c->desk, r.r.person, err) == 0 &&
	    referral_decision(&c->desk, id, &decision, err) == 0 &&
	    contact_told(&c->desk, &r, &who, told, err) == 0 &&
	    referral_answers(&c->desk, id, &said, err) == 0 &&
	    referral_moves(&c->desk, id, &moves, err) == 0 &&
	    referral_remarks(&c->desk, id, &remarks, err) == 0)
		rc = referral_attachments(&c->desk, id, &files, err);
	if (rc == 0) {
		out_begin(&c->out, columns);
		show_row(c, &r);
		put(c, "referrer", "%s", who.name);
		if (!id_none(who.id))
			put(c, "may_be_told", "%s", *told ? told : "nothing");
		list_each (a, &said)
			put(c, "answer", "%s: %s", a->label, a->said);
		list_each (m, &moves)
			put(c, "change", "%s %s: %s", moment_iso(m->at, at), m->user,
			    referral_state_code(m->to));
		show_decision(c, &decision);
		list_each (m, &remarks)
			put(c, m->kind, "%s %s: %s", moment_iso(m->at, at), m->user,
			    *m->words ? m->words : "(clinical)");
		if (r.course.there)
			rc = show_offers(c, id, err);
		list_each (f, &files)
			put(c, "file", "%s %s, %s, %lld bytes, kept at node %d",
			    id_text(f->id, text), f->name, f->type, (long long)f->bytes, f->node);
		out_end(&c->out);
	}
	list_free(&said);
	list_free(&moves);
	list_free(&remarks);
	list_free(&files);
	return rc;
}

static int history_run(struct cli *c, struct err *err)
{
	static const char *const names[] = { "at", "user", "what", "why", "id", NULL };
	struct trail list = { 0 };
	struct id id;

	if (referral_arg(c, &id, err) < 0 || referral_history(&c->desk, id, &list, err) < 0)
		return -1;
	out_begin(&c->out, names);
	list_each (h, &list) {
		out_moment(&c->out, h->at);
		out_text(&c->out, h->user);
		out_text(&c->out, h->what);
		out_text(&c->out, or_none(h->why));
		out_id(&c->out, h->id);
	}
	out_end(&c->out);
	list_free(&list);
	return 0;
}

/* ---- adding to one ---- */

static const struct option comment_options[] = {
	{ "desk", NULL, "fit for reception; else for clinical eyes alone" },
	{ 0 },
};

static int comment_run(struct cli *c, struct err *err)
{
	struct id id;

	if (referral_arg(c, &id, err) < 0 ||
	    referral_comment(&c->desk, id, c->args[1], !cli_opt(c, "desk"), err) < 0)
		return -1;
	return referral_print(c, id, err);
}

static const struct option reply_options[] = {
	{ "words", "TEXT", "what they answered" },
	{ "file", "PATH", "the paper that came" },
	{ "desk", NULL, "the words are fit for reception" },
	{ 0 },
};

/* What they sent, and what they said. */
static int reply_with(struct cli *c, struct id id, struct err *err)
{
	const char *path = cli_opt(c, "file");

	return path && referral_attach(&c->desk, id, path, NULL, err) < 0
		       ? -1
		       : referral_reply(&c->desk, id, cli_opt(c, "words"), !cli_opt(c, "desk"),
					err);
}

static int reply_run(struct cli *c, struct err *err)
{
	struct id id;

	if (referral_arg(c, &id, err) < 0 || AS_ONE_ACT(&c->desk, reply_with(c, id, err), err) < 0)
		return -1;
	return referral_print(c, id, err);
}

static const struct option agree_options[] = {
	{ "on", "DATE", "the day on which they agreed, unless today" },
	{ "gp", "yes|no", "may we write to their GP" },
	{ 0 },
};

static int agree_run(struct cli *c, struct err *err)
{
	struct date day = DATE_NONE;
	enum gp_consent gp = GP_NOT_ASKED;
	struct id id;

	if (referral_arg(c, &id, err) < 0 || opt_past(c, "on", &day, err) < 0 ||
	    opt_gp(c, &gp, err) < 0 || referral_agree(&c->desk, id, day, gp, err) < 0)
		return -1;
	return referral_print(c, id, err);
}

static const struct option words_options[] = {
	{ "words", "TEXT", "what they said, clinical" },
	{ 0 },
};

static int withdraw_run(struct cli *c, struct err *err)
{
	struct id id;

	if (referral_arg(c, &id, err) < 0 ||
	    referral_withdraw(&c->desk, id, cli_opt(c, "words"), err) < 0)
		return -1;
	return referral_print(c, id, err);
}

static int attach_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "id", "name", "type", "bytes", "sha256", NULL };
	struct attachments files = { 0 };
	char hex[HASH_HEX];
	struct id id, file;

	if (referral_arg(c, &id, err) < 0 ||
	    referral_attach(&c->desk, id, c->args[1], &file, err) < 0 ||
	    referral_attachments(&c->desk, id, &files, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (f, &files)
		if (id_same(f->id, file)) {
			out_id(&c->out, f->id);
			out_text(&c->out, f->name);
			out_text(&c->out, f->type);
			out_int(&c->out, f->bytes);
			out_text(&c->out, hash_hex(f->hash, hex));
		}
	out_end(&c->out);
	list_free(&files);
	return 0;
}

static int undo_run(struct cli *c, struct err *err)
{
	char what[240];
	struct id id;

	if (referral_arg(c, &id, err) < 0 || act_undo_of(&c->desk, id, what, sizeof what, err) < 0)
		return -1;
	out_line(&c->out, "%s", what);
	return 0;
}

/* ---- who is to be booked ---- */

static const char *const to_book_columns[] = { "id",	  "number",   "person_id", "person",
					       "service", "priority", "received",  "seen_by",
					       "tries",	  "last",     "tried_at",  "next_at",
					       "born",	  "customer", NULL };

static void put_to_book(struct cli *c, const struct to_book_row *r)
{
	const struct service *s = ref_service(&c->desk, r->service);
	const struct customer *customer = ref_customer(&c->desk, r->customer);
	char name[PERSON_TEXT];

	out_id(&c->out, r->episode);
	out_text(&c->out, r->number);
	out_id(&c->out, r->person);
	out_text(&c->out, person_show(r->surname, r->given, r->title, name));
	out_text(&c->out, s ? s->code : NULL);
	out_int(&c->out, r->priority);
	out_date(&c->out, r->received);
	out_date(&c->out, r->target);
	out_int(&c->out, r->tries);
	out_text(&c->out, or_none(r->how));
	out_moment(&c->out, r->tried_at);
	out_moment(&c->out, r->next_at);
	out_date(&c->out, r->born);
	out_text(&c->out, customer ? customer->code : NULL);
}

static const struct option to_book_options[] = {
	{ "service", "CODE", "of this service" },
	{ 0 },
};

static int to_book_run(struct cli *c, struct err *err)
{
	struct to_book_items items = { 0 };
	struct id service = { 0 };
	struct to_book_row row;
	int rc;

	if (opt_service_id(c, &service, err) < 0 || to_book(&c->desk, service, &items, err) < 0)
		return -1;
	out_begin(&c->out, to_book_columns);
	rc = 0;
	list_each (it, &items) {
		if (rc == 0)
			rc = to_book_one(&c->desk, it->episode, &row, err);
		if (rc == 0)
			put_to_book(c, &row);
	}
	if (rc == 0)
		out_end(&c->out);
	list_free(&items);
	return rc;
}

static const struct option tried_options[] = {
	{ "how", "WORD", "no_answer, text or letter" },
	{ 0 },
};

static int tried_run(struct cli *c, struct err *err)
{
	const char *word;
	struct reached reached;
	enum reach_how how;
	char at[DAY_TEXT];
	struct id id;

	if (cli_need(c, "how", &word, err) < 0)
		return -1;
	if (!reach_parse(word, &how))
		return err_set(err, ERR_USAGE, "--how is no_answer, text or letter, not \"%s\".",
			       word);
	if (booking_episode(&c->desk, c->args[0], &id, err) < 0 ||
	    to_book_tried(&c->desk, id, how, &reached, err) < 0)
		return -1;
	out_line(&c->out, "Try %d.  %s%s", reached.nth,
		 reached.last ? "Could not be reached: the nurse decides" : "Again ",
		 reached.last ? "." : moment_show(reached.next, at));
	return 0;
}

static const struct option close_options[] = {
	{ "reason", "WORD", "unreached, cancelled, declined, left, duplicate or died" },
	{ 0 },
};

static int close_run(struct cli *c, struct err *err)
{
	const char *word;
	enum end_reason reason;
	struct id id;

	if (cli_need(c, "reason", &word, err) < 0)
		return -1;
	if (!end_parse(word, &reason) || reason == END_NONE)
		return err_set(
			err, ERR_USAGE,
			"--reason is unreached, cancelled, declined, left, duplicate or died,"
			" not \"%s\".",
			word);
	if (booking_episode(&c->desk, c->args[0], &id, err) < 0 ||
	    to_book_end(&c->desk, id, reason, err) < 0)
		return -1;
	out_line(&c->out, "Ended: %s.", end_words(reason));
	return 0;
}

/* ---- a folder of them ---- */

static void taken(void *ctx, const char *file, struct id referral, const char *said, bool refused)
{
	struct cli *c = ctx;
	struct referral_row r;

	out_text(&c->out, file);
	out_text(&c->out, refused ? "rejected" : "done");
	out_id(&c->out, referral);
	/* Whoever feeds the desk need not be one who may see it. */
	out_text(&c->out, !id_none(referral) && referral_one(&c->desk, referral, &r, NULL) == 0
				  ? r.r.number
				  : NULL);
	out_text(&c->out, said);
}

static int import_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "file", "state", "id", "number", "why", NULL };

	out_begin(&c->out, columns);
	if (referral_import(&c->desk, c->args[0], taken, c, err) < 0)
		return -1;
	out_end(&c->out);
	return 0;
}

const struct command referral_commands[] = {
	{ "referral", "add", "", "takes one in", add_options, 0, 0, 0, add_run },
	{ "referral", "import", "DIR", "takes in a folder of them: each goes to done or rejected",
	  NULL, 1, 1, 0, import_run },
	{ "referral", "list", "", "what waits, the most urgent first", list_options, 0, 0, 0,
	  list_run },
	{ "referral", "show", "ID", "one, with what was said; the opening is logged", NULL, 1, 1, 0,
	  show_run },
	{ "referral", "history", "ID", "who did what to it, and when", NULL, 1, 1, 0, history_run },
	{ "referral", "comment", "ID TEXT", "a dated addition; the original is not edited",
	  comment_options, 2, 2, 0, comment_run },
	{ "referral", "reply", "ID", "what was asked for came: its clock runs again", reply_options,
	  1, 1, 0, reply_run },
	{ "referral", "agree", "ID", "the employee agrees to it", agree_options, 1, 1, 0,
	  agree_run },
	{ "referral", "withdraw", "ID", "the employee agrees to it no more", words_options, 1, 1, 0,
	  withdraw_run },
	{ "referral", "attach", "ID FILE", "keeps a paper with it", NULL, 2, 2, 0, attach_run },
	{ "referral", "undo", "ID", "takes its last change back", NULL, 1, 1, 0, undo_run },
	{ "referral", "tobook", "", "who is to be booked, by the day to be seen by",
	  to_book_options, 0, 0, 0, to_book_run },
	{ "referral", "tried", "ID", "somebody who is to be booked was tried", tried_options, 1, 1,
	  0, tried_run },
	{ "referral", "close", "ID", "somebody who is to be booked will not be: it ends",
	  close_options, 1, 1, 0, close_run },
	{ 0 },
};
