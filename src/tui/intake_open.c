/*
 * intake_open.c: n on a person: which form a new referral comes on, what is open already, and the
 * form itself.
 *
 * A form that is not understood is said so, with its line, and the last good version is asked
 * instead; the administrator has a task about it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "loop.h"
#include "open.h"
#include "taking.h"

/* The program's own by their letters; a site's NAME.ini serves in place of each. */
static const struct {
	char key;
	const char *form, *word, *place;
} ours[] = {
	{ 'p', "rap_physio_self", "physio", "physio, self" },
	{ 'c', "couns_self", "couns.", "counselling, self" },
	{ 'm', "mgt_referral", "mgmt", "management" },
	{ 'w', "wha", "work health", "work health" },
	{ 'g', "gp_referral", "GP, other", "GP or other" },
	{ 'x', "exposure", "needle", "needlestick" },
};
enum { OURS = sizeof ours / sizeof *ours, OWN_MOST = 6 };

/* A site's own besides, by the first letter of theirs that is free. */
static char own[OWN_MOST][FORM_NAME];
static int owns;

/* Whom and what the question that is open is about: one at a time. */
static struct id asked;
static char asked_form[FORM_NAME];
static struct id asked_open;

const char *taking_place(const struct taking *t)
{
	for (int i = 0; i < OURS; i++)
		if (strcmp(ours[i].form, t->found.name) == 0)
			return ours[i].place;
	return t->found.paper.title;
}

/* ---- a form, opened ---- */

/* "FOLDER/phq9.ini, line 19: ..." as row 23 says it. */
static void say_refused(struct ui *ui, const char *name, const char *why, bool serves)
{
	const char *line = strstr(why, ", line ");
	int n = line ? atoi(line + 7) : 0;

	if (n)
		ui_failf(ui, "This form is not available: %s.ini line %d.%s", name, n,
			 serves ? " The last good version is used." : "");
	else
		ui_failf(ui, "This form is not available: %s.ini.%s", name,
			 serves ? " The last good version is used."
				: " ohdesk form check says why.");
}

static int find_form(struct ui *ui, const char *name, struct form_found *ret, struct err *err)
{
	if (forms_open(ui->desk, name, ret, err) == 0) {
		ui->desk->warning[0] = '\0';
		return 0;
	}
	return -1;
}

static int service_id(struct ui *ui, const struct paper *paper, struct id *ret, struct err *err)
{
	const struct service *s;

	/* One that names none begins with the nurses. */
	if (find_service(ui->desk, paper->service ? paper->service : "OHN", &s, err) < 0)
		return -1;
	*ret = s->id;
	return 0;
}

/* Takes over what was found; ended where it cannot be shown. */
static enum next show(struct ui *ui, struct id person, struct form_found *found, struct id service,
		      bool anew)
{
	struct taking *t = ui_push(ui, &screen_intake);
	struct err err = ERR_INIT;

	t->person = person;
	t->service = service;
	t->found = *found;
	t->open = true;
	t->anew = anew;
	t->begun = ui->now;
	formview_open(&t->v, &t->found.paper, ui->now);
	return taking_begin(ui, t, &err) < 0 ? ui_fail(ui, &err) : STAY;
}

static enum next open_form(struct ui *ui, struct id person, const char *name, bool anew)
{
	struct form_found found;
	struct err err = ERR_INIT;
	struct id service;

	if (find_form(ui, name, &found, &err) < 0) {
		if (err.kind == ERR_INPUT) {
			forms_tell(ui->desk, name, err.text, NULL);
			say_refused(ui, name, err.text, false);
			return FAILED;
		}
		return ui_fail(ui, &err);
	}
	if (form_filled_by(ui->desk, &found.paper, &err) < 0 ||
	    service_id(ui, &found.paper, &service, &err) < 0) {
		form_found_done(&found);
		return ui_fail(ui, &err);
	}
	if (*found.refused) {
		forms_tell(ui->desk, name, found.refused, NULL);
		say_refused(ui, name, found.refused, true);
	} else if (referral_type_of_form(name) == REF_MGT ||
		   referral_type_of_form(name) == REF_WHA) {
		ui_done(ui, "It comes now.  A paper that came before: Ctrl-E says when.");
	}
	return show(ui, person, &found, service, anew);
}

/* ---- one is open already ---- */

static enum next words_typed(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;

	(void)state;
	if (referral_comment(ui->desk, asked_open, text, true, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Added to the referral that is open.   u Undo");
	return REFRESH;
}

static enum next instead(struct ui *ui, void *state, char key)
{
	(void)state;
	if (key == 'n')
		return open_form(ui, asked, asked_form, true);
	if (key == 'o')
		return open_referral(ui, asked_open);
	ask_text(ui, "What is to be added?", false, 200, words_typed);
	return STAY;
}

static enum next offer(struct ui *ui, const struct referral *open)
{
	static const struct answer answers[] = {
		{ 'c', "comment" }, { 'o', "open it" }, { 'n', "new one" }, { 0 }
	};
	char came[DAY_TEXT];

	asked_open = open->id;
	ask(ui, answers, "keep", instead, "%s of %s is open.", open->number,
	    date_show_short(moment_date(open->received), came));
	return STAY;
}

/* The service that a form is for, without keeping it. */
static enum next begin(struct ui *ui, struct id person, const char *name)
{
	struct form_found found = { 0 };
	struct referral open = { 0 };
	struct err err = ERR_INIT;
	struct id service;
	int rc = forms_find(ui->desk, name, &found, &err);

	ui->desk->warning[0] = '\0';
	asked = person;
	snprintf(asked_form, sizeof asked_form, "%s", name);
	if (rc == 0) {
		rc = service_id(ui, &found.paper, &service, &err);
		if (rc == 0 && form_filled_by(ui->desk, &found.paper, &err) == 0)
			rc = referral_same(ui->desk, person, service, &open, &err);
		form_found_done(&found);
		if (rc < 0)
			return ui_fail(ui, &err);
	}
	return id_none(open.id) ? open_form(ui, person, name, false) : offer(ui, &open);
}

/* ---- which ---- */

static bool fills(struct ui *ui, const char *name)
{
	struct form_found found = { 0 };
	bool may;

	/* Refused altogether: said when it is chosen. */
	if (forms_find(ui->desk, name, &found, NULL) < 0)
		return true;
	ui->desk->warning[0] = '\0';
	may = found.paper.about == FOR_REFERRAL &&
	      form_filled_by(ui->desk, &found.paper, NULL) == 0;
	form_found_done(&found);
	return may;
}

static enum next chosen(struct ui *ui, void *state, char key)
{
	(void)state;
	for (int i = 0; i < OURS; i++)
		if (ours[i].key == key)
			return begin(ui, asked, ours[i].form);
	return key >= '1' && key <= '0' + owns ? begin(ui, asked, own[key - '1']) : STAY;
}

/* A site's own forms for referrals, those that have no name of ours. */
static void find_owns(struct ui *ui)
{
	struct forms_found all = { 0 };

	owns = 0;
	if (forms_all(ui->desk, &all, NULL) < 0)
		return;
	list_each (f, &all) {
		bool is_ours = false;

		for (int i = 0; i < OURS; i++)
			is_ours = is_ours || strcmp(ours[i].form, f->name) == 0;
		if (owns < OWN_MOST && !is_ours && f->serves && f->origin != FORM_OURS &&
		    f->paper.about == FOR_REFERRAL &&
		    form_filled_by(ui->desk, &f->paper, NULL) == 0)
			snprintf(own[owns++], FORM_NAME, "%s", f->name);
	}
	forms_found_done(&all);
}

enum next open_intake(struct ui *ui, struct id person)
{
	static struct answer answers[OURS + OWN_MOST + 1];
	int n = 0;

	for (int i = 0; i < OURS; i++)
		if (fills(ui, ours[i].form))
			answers[n++] = (struct answer){ ours[i].key, ours[i].word };
	find_owns(ui);
	for (int i = 0; i < owns; i++)
		answers[n++] = (struct answer){ (char)('1' + i), own[i] };
	answers[n] = (struct answer){ 0 };
	if (n == 0)
		return ui_failf(ui, "There is no form of a referral that you may fill in.");
	asked = person;
	ask(ui, answers, "keep", chosen, "New?");
	return STAY;
}

enum next open_intake_by(struct ui *ui, struct id person, const char *form)
{
	return begin(ui, person, form);
}

enum next open_intake_of(struct ui *ui, struct id referral)
{
	struct form_found found = { 0 };
	struct answers a = { 0 };
	struct err err = ERR_INIT;
	struct referral_row r;
	struct taking *t;

	if (referral_one(ui->desk, referral, &r, &err) < 0 ||
	    referral_form(ui->desk, referral, &found, &a, &err) < 0)
		return ui_fail(ui, &err);
	if (form_filled_by(ui->desk, &found.paper, &err) < 0) {
		answers_end(&a);
		form_found_done(&found);
		return ui_fail(ui, &err);
	}
	show(ui, r.r.person, &found, r.r.service, true);
	t = (struct taking *)loop_top(ui)->state;
	t->referral = referral;
	t->begun = r.r.received;
	COPY(t->number, r.r.number);
	formview_resume(&t->v, &a);
	return STAY;
}
