/*
 * triage_verbs.c: what is done to the referral of the selected row (S6), or of the decision that is
 * open (S7): asked about, sent on, returned, escalated; its consent; its flag rung about and
 * cleared.
 *
 * The rules are the clinic's; a refusal is said in its words, and where somebody was faster the
 * list is read again.  Reasons are typed, never a yes.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/act.h"
#include "clinic/refs.h"
#include "model/person.h"
#include "triage.h"

/* ---- which row ---- */

/* What is asked about stays as it was then, whatever is loaded meanwhile. */
static struct referral_row asked;
static char asked_whom[CODE_TEXT];

int triage_on_row(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	return list_at(&((const struct inbox_view *)state)->list) >= 0
		       ? 0
		       : err_input(why, "", "There is no referral on this row.");
}

/* SURNAME, cut so that a question and its answers fit one row of 80 columns. */
static const char *brief(int room, char buf[NAME_TEXT])
{
	char name[PERSON_TEXT];
	size_t fits;

	person_show(asked.surname, "", NULL, name);
	fits = text_width(name) <= room ? strlen(name) : text_fit(name, room - 2);
	snprintf(buf, NAME_TEXT, "%.*s%s", (int)fits, name, name[fits] ? ".." : "");
	return buf;
}

/* It failed: say why, and show how it stands where somebody was faster. */
static enum next refused(struct ui *ui, const struct err *err)
{
	ui_fail(ui, err);
	return err->kind == ERR_CLASH ? REFRESH : FAILED;
}

static enum next done(struct ui *ui, const char *what)
{
	char name[NAME_TEXT];

	ui_done(ui, "%s %s.  u Undo", brief(30, name), what);
	return REFRESH;
}

/* ... and it is off the list. */
static enum next leaves(struct ui *ui, void *state, const char *what)
{
	const struct picked *p = state;
	enum next next = done(ui, what);

	return p->left ? p->left(ui, state) : next;
}

/* ---- the decision ---- */

int triage_suggested(const struct referral_row *r)
{
	return strchr(r->flags, flag_letter(FLAG_RED)) ? 0 : r->r.urgency >= 0 ? r->r.urgency : 3;
}

/* Accepted, and booked while they are on the telephone. */
enum next triage_book(struct ui *ui, void *state)
{
	struct decide_ask how = { .suggested_pathway = pathway_code(PATH_BOOK) };
	struct err err = ERR_INIT;

	asked = ((struct picked *)state)->one;
	how.priority = how.suggested = triage_suggested(&asked);
	if (triage_decide(ui->desk, asked.r.id, &how, &err) < 0)
		return refused(ui, &err);
	done(ui, "accepted");
	return open_booking(ui, asked.r.person, asked.r.service);
}

/* ---- ask ---- */

static enum next question_typed(struct ui *ui, void *state, const char *text)
{
	struct picked *p = state;
	size_t n = p->nmarked;
	struct err err = ERR_INIT;
	int rc = act_begin(ui->desk, &err);

	if (rc == 0 && n == 0)
		rc = triage_query(ui->desk, asked.r.id, asked_whom, text, &err);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = triage_query(ui->desk, (struct id){ p->marked[i] }, asked_whom, text, &err);
	if (rc < 0 && ui->desk->act)
		act_abandon(ui->desk);
	if (rc == 0)
		rc = act_end(ui->desk, &err);
	if (rc < 0)
		return refused(ui, &err);
	p->nmarked = 0;
	if (n == 0)
		return leaves(ui, state, "asked: the clock stands still until the reply");
	ui_done(ui, "%zu asked: their clocks stand still until the reply.  u Undo", n);
	return REFRESH;
}

static enum next whom_chosen(struct ui *ui, void *state, char key)
{
	static const struct {
		char key;
		const char *code;
	} whom[] = { { 'e', "employee" }, { 'm', "manager" },	 { 'h', "hr" },
		     { 'g', "gp" },	  { 's', "specialist" }, { 'r', "recruitment" } };

	(void)state;
	for (size_t i = 0; i < sizeof whom / sizeof *whom; i++)
		if (whom[i].key == key)
			snprintf(asked_whom, sizeof asked_whom, "%s", whom[i].code);
	ask_text(ui, "The question:", false, 200, question_typed);
	return STAY;
}

enum next triage_ask(struct ui *ui, void *state)
{
	static const struct answer answers[] = {
		{ 'e', "employee" }, { 'm', "manager" }, { 'h', "HR" }, { 'g', "GP" },
		{ 's', "spec." },    { 'r', "recr." },	 { 0 }
	};
	struct picked *p = state;
	char name[NAME_TEXT];

	asked = p->one;
	if (p->nmarked)
		ask(ui, answers, "keep", whom_chosen, "Ask %zu whom?", p->nmarked);
	else
		ask(ui, answers, "keep", whom_chosen, "%s: ask?", brief(8, name));
	return STAY;
}

/* ---- on, back ---- */

static enum next returned(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;

	return triage_return(ui->desk, asked.r.id, text, &err) < 0
		       ? refused(ui, &err)
		       : leaves(ui, state, "went back to who sent it");
}

static enum next declined(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;

	return triage_decline(ui->desk, asked.r.id, text, &err) < 0 ? refused(ui, &err)
								    : leaves(ui, state, "declined");
}

static enum next ended_how(struct ui *ui, void *state, char key)
{
	(void)state;
	ask_text(ui, key == 'r' ? "What is missing?" : "Why declined?", false, 200,
		 key == 'r' ? returned : declined);
	return STAY;
}

enum next triage_end(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 'r', "return to who sent it" },
						 { 'd', "decline" },
						 { 0 } };
	char name[NAME_TEXT];

	asked = ((struct picked *)state)->one;
	ask(ui, answers, "keep", ended_how, "%s?", brief(24, name));
	return STAY;
}

static enum next redirected(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;
	char what[80];

	if (triage_redirect(ui->desk, asked.r.id, asked_whom, text, &err) < 0)
		return refused(ui, &err);
	snprintf(what, sizeof what, "sent on to %s", redirect_words(asked_whom));
	return leaves(ui, state, what);
}

static enum next sent(struct ui *ui, void *state, const char *text)
{
	const struct site *site;
	struct err err = ERR_INIT;
	char what[NAME_TEXT + 20];

	if (redirect_words(text)) {
		snprintf(asked_whom, sizeof asked_whom, "%s", text);
		ask_text(ui, "Why?", false, 200, redirected);
		return STAY;
	}
	if (find_site(ui->desk, text, &site, &err) < 0)
		return ui_fail(ui, &err);
	if (triage_send(ui->desk, asked.r.id, site->id, NULL, &err) < 0)
		return refused(ui, &err);
	snprintf(what, sizeof what, "sent on to %s", site->name);
	return leaves(ui, state, what);
}

enum next triage_on(struct ui *ui, void *state)
{
	char label[80] = "To gp, ae, helpline";
	size_t n = strlen(label);

	asked = ((struct picked *)state)->one;
	list_each (s, &ui->desk->refs->sites)
		if (s->on && !id_same(s->id, asked.r.site) && n < 36)
			n += (size_t)snprintf(label + n, sizeof label - n, ", %.12s", s->code);
	snprintf(label + n, sizeof label - n, ":");
	ask_text(ui, label, false, 30, sent);
	return STAY;
}

static enum next escalated(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;

	(void)state;
	if (triage_escalate(ui->desk, asked.r.id, text, &err) < 0)
		return refused(ui, &err);
	done(ui, "escalated: whoever is on duty is told");
	return open_phone(ui, asked.r.person);
}

enum next triage_urge(struct ui *ui, void *state)
{
	asked = ((struct picked *)state)->one;
	ask_text(ui, "Escalate: why now?", false, 200, escalated);
	return STAY;
}

/* ---- consent, flags ---- */

enum next triage_consent(struct ui *ui, void *state)
{
	struct err err = ERR_INIT;

	asked = ((struct picked *)state)->one;
	if (!date_none(asked.r.agreed))
		return ui_failf(ui, "The consent to assess is recorded already.");
	return referral_agree(ui->desk, asked.r.id, ui->desk->today, asked.r.gp, &err) < 0
		       ? refused(ui, &err)
		       : done(ui, "consents to be assessed, since today");
}

/* The flag of the row that is open: one that nobody was reached about, before one that was. */
static int flag_open_of(struct ui *ui, struct id *ret, struct err *err)
{
	struct flag_rows rows = { 0 };
	bool spoke = true;

	*ret = (struct id){ 0 };
	if (flag_list(ui->desk, asked.r.person, &rows, err) < 0)
		return -1;
	list_each (r, &rows)
		if (strcmp(r->f.state, "open") == 0 && id_same(r->f.service, asked.r.service) &&
		    (id_none(*ret) || (spoke && !r->f.spoke))) {
			*ret = r->f.id;
			spoke = r->f.spoke;
		}
	list_free(&rows);
	return id_none(*ret) ? err_input(err, "", "No flag is open on this row.") : 0;
}

static enum next rang(struct ui *ui, void *state, char key)
{
	static const char keys[] = "svwpe";
	static const enum try_result results[] = { TRY_SPOKE, TRY_NO_ANSWER, TRY_WRONG, TRY_OTHER,
						   TRY_SPOKE };
	const struct picked *p = state;
	struct call_ask call = { .ed = key == 'e',
				 .words = p->call_words ? p->call_words(state) : NULL };
	struct moment next;
	struct err err = ERR_INIT;
	struct id flag;
	char at[DAY_TEXT], what[120];

	call.result = results[strchr(keys, key) - keys];
	if (flag_open_of(ui, &flag, &err) < 0 || flag_ring(ui->desk, flag, &call, &next, &err) < 0)
		return refused(ui, &err);
	if (moment_none(next))
		snprintf(what, sizeof what, "rung: %s", try_words(call.result));
	else
		snprintf(what, sizeof what, "rung: %s, again %s", try_words(call.result),
			 moment_show(next, at));
	return done(ui, what);
}

int triage_has_flag(const struct ui *ui, const void *state, struct err *why)
{
	const struct inbox_view *v = state;

	if (triage_on_row(ui, state, why) < 0)
		return -1;
	return *v->at.one.flags ? 0 : err_input(why, "", "No flag is open on this row.");
}

enum next triage_rang(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 's', "spoke" },     { 'e', "sent to ED" },
						 { 'v', "no answer" }, { 'w', "wrong no." },
						 { 'p', "other" },     { 0 } };
	char name[NAME_TEXT];

	asked = ((struct picked *)state)->one;
	ask(ui, answers, "keep", rang, "Rang %s?", brief(10, name));
	return STAY;
}

static enum next cleared(struct ui *ui, void *state, const char *text);

/* What its form wants first; then why it is cleared. */
static enum next planned(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;
	struct id flag;

	(void)state;
	if (flag_open_of(ui, &flag, &err) < 0 || flag_plan(ui->desk, flag, text, &err) < 0)
		return refused(ui, &err);
	ask_text(ui, "Clear the flag: why?", false, 200, cleared);
	return STAY;
}

static enum next cleared(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;
	struct id flag;

	(void)state;
	if (flag_open_of(ui, &flag, &err) == 0 && flag_clear(ui->desk, flag, text, &err) == 0)
		return done(ui, "has a flag less");
	if (strcmp(err.field, "plan") != 0)
		return refused(ui, &err);
	ask_text(ui, "First the safety plan: what was agreed?", false, 400, planned);
	return STAY;
}

enum next triage_clear(struct ui *ui, void *state)
{
	asked = ((struct picked *)state)->one;
	ask_text(ui, "Clear the flag: why?", false, 200, cleared);
	return STAY;
}
