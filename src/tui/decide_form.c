/*
 * decide_form.c: what a nurse decides, as fields: where it goes, with whom, how; the call and a
 * note.
 *
 * Always holds: the form opens on what was suggested, and a field that is left alone decides
 * nothing; each choice is one of a list that F4 shows.  The priority is no field: 0 to 3 choose it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "decide.h"

static const char ANY_SITE[] = "any site", ANYBODY[] = "anybody", USUAL[] = "usual";
static const char SKILL[] = "skill: ", PAPERS[] = "papers: ";

/* In the order of `papers first`: whom they are asked of. */
static const char *const paper_from[] = { "manager", "employee",   "hr",
					  "gp",	     "specialist", "recruitment" };
static const char *const paths[] = {
	[PATH_BOOK] = "appointment", [PATH_ED] = "send to ED", [PATH_ADVICE] = "advice only"
};
enum { RISK_NONE, RISK_HARM, RISK_SAFE };
static const char *const risks[] = {
	[RISK_NONE] = "none known", [RISK_HARM] = "risk of harm", [RISK_SAFE] = "safeguarding"
};

/* ---- choices ---- */

static void offer(struct choices_of *c, struct id id, char *text)
{
	*list_push(&c->text) = text;
	*list_push(&c->ids) = id;
}

static void offer_word(struct choices_of *c, const char *word)
{
	offer(c, (struct id){ 0 }, mem_str(word));
}

static void ended(struct choices_of *c)
{
	*list_push(&c->text) = NULL;
	c->text.n--;
}

static void drop(struct choices_of *c)
{
	list_each (s, &c->text)
		mem_free(*s);
	list_free(&c->text);
	list_free(&c->ids);
}

/* What was chosen of them; -1: nothing, or what is not there. */
static int chosen(const struct choices_of *c, const char *text)
{
	for (size_t i = 0; i < c->text.n; i++)
		if (strcmp(c->text.v[i], text) == 0)
			return (int)i;
	return -1;
}

static void some_pathways(struct choices_of *c)
{
	for (int i = 0; i < PATHWAY_COUNT; i++)
		offer_word(c, paths[i]);
	for (size_t i = 0; i < sizeof paper_from / sizeof *paper_from; i++)
		offer(c, (struct id){ 0 }, mem_printf("%s%s", PAPERS, paper_from[i]));
	ended(c);
}

static void some_services(struct ui *ui, struct choices_of *c)
{
	list_each (s, &ui->desk->refs->services)
		if (s->on && desk_sees(ui->desk, s))
			offer(c, s->id, mem_str(s->name));
	ended(c);
}

static void some_sites(struct ui *ui, struct choices_of *c)
{
	offer_word(c, ANY_SITE);
	list_each (s, &ui->desk->refs->sites)
		if (s->on)
			offer(c, s->id, mem_str(s->name));
	ended(c);
}

/* Clinicians by surname, with their code where it tells two apart; then every skill that one has.
 */
static void some_clinicians(struct ui *ui, struct choices_of *c)
{
	char **skills = ref_skills(ui->desk);

	offer_word(c, ANYBODY);
	list_each (who, &ui->desk->refs->clinicians)
		if (who->on)
			offer(c, who->id, mem_printf("%s %s", who->surname, who->code));
	for (char **word = skills; *word; word++) {
		offer(c, (struct id){ 0 }, mem_printf("%s%s", SKILL, *word));
		mem_free(*word);
	}
	mem_free(skills);
	ended(c);
}

static void some_modes(struct ui *ui, struct choices_of *c, struct id service)
{
	const struct service *s = ref_service(ui->desk, service);
	unsigned offered = 0;
	enum mode usual;

	offer_word(c, USUAL);
	if (s)
		modes_parse(s->modes, &offered, &usual);
	for (unsigned m = MODE_FACE; m <= MODE_VIDEO; m <<= 1)
		if (m & offered)
			offer_word(c, mode_word((enum mode)m));
	ended(c);
}

/* ---- the form ---- */

static void add(struct decide *d, const char *name, const char *label, const struct choices_of *of)
{
	int n = 0;

	while (d->field[n].name)
		n++;
	d->field[n] = (struct form_field){ .name = name,
					   .label = label,
					   .kind = of ? FIELD_CHOICE : FIELD_TEXT,
					   .choices = of ? (const char *const *)of->text.v : NULL,
					   .max = 200 };
}

/* The row of each below the banner's, as decide_draw.c leaves them free. */
void decide_form_place(struct decide *d, int cols)
{
	static const int rows[DECIDE_FIELDS] = { 10, 11, 12, 13, 14, 15, 19, 20 };
	int bar = decide_bar(cols);

	for (int i = 0; i < DECIDE_FIELDS; i++) {
		d->field[i].row = rows[i];
		d->field[i].col = bar + 2;
		d->field[i].box = bar + 12;
		d->field[i].width = cols - bar - 14;
	}
}

static void fill(struct ui *ui, struct decide *d)
{
	const struct referral_row *r = &d->at.one;
	const struct service *s = ref_service(ui->desk, r->r.service);
	int risk = strchr(r->flags, flag_letter(FLAG_SAFEGUARDING)) ? RISK_SAFE : RISK_NONE;

	if (strchr(r->flags, flag_letter(FLAG_RISK)))
		risk = RISK_HARM;
	form_set(&d->form, "pathway", paths[d->suggested_path]);
	form_set(&d->form, "risk", risks[risk]);
	form_set(&d->form, "service", s ? s->name : "");
	form_set(&d->form, "site", ANY_SITE);
	form_set(&d->form, "clinician", ANYBODY);
	form_set(&d->form, "mode", USUAL);
}

void decide_form_begin(struct ui *ui, struct decide *d)
{
	decide_form_end(d);
	some_pathways(&d->pathways);
	for (size_t i = 0; i < sizeof risks / sizeof *risks; i++)
		offer_word(&d->risks, risks[i]);
	ended(&d->risks);
	some_services(ui, &d->services);
	some_sites(ui, &d->sites);
	some_clinicians(ui, &d->whom);
	some_modes(ui, &d->modes, d->at.one.r.service);
	add(d, "pathway", "Pathway", &d->pathways);
	add(d, "risk", "Risk", &d->risks);
	add(d, "service", "Service", &d->services);
	add(d, "site", "Site", &d->sites);
	add(d, "clinician", "Clinician", &d->whom);
	add(d, "mode", "Mode", &d->modes);
	add(d, "call", "Call", NULL);
	add(d, "note", "Note", NULL);
	decide_form_place(d, ui->cols);
	form_init(&d->form, d->field);
	fill(ui, d);
}

void decide_form_end(struct decide *d)
{
	if (d->form.n)
		form_done(&d->form);
	memset(d->field, 0, sizeof d->field);
	drop(&d->pathways);
	drop(&d->risks);
	drop(&d->services);
	drop(&d->sites);
	drop(&d->whom);
	drop(&d->modes);
}

/* ---- what was decided ---- */

static void read_pathway(const char *text, struct decide_ask *ret)
{
	size_t n = strlen(PAPERS);

	ret->pathway = PATH_BOOK;
	for (int i = 0; i < PATHWAY_COUNT; i++)
		if (strcmp(text, paths[i]) == 0)
			ret->pathway = (enum pathway)i;
	ret->papers = strncmp(text, PAPERS, n) == 0 ? text + n : NULL;
}

static int read_id(const struct form *f, const char *name, const struct choices_of *of,
		   struct id *ret, struct err *err)
{
	const char *text = form_text(f, name);
	int at = chosen(of, text);

	if (at < 0 && *text)
		return err_input(err, name, "\"%.30s\" is none of the choices: F4 lists them.",
				 text);
	memset(ret, 0, sizeof *ret);
	if (at >= 0)
		*ret = of->ids.v[at];
	return 0;
}

int decide_form_read(struct ui *ui, const struct decide *d, struct decide_ask *ret, struct err *err)
{
	const struct form *f = &d->form;
	const char *with = form_text(f, "clinician"), *mode = form_text(f, "mode");
	struct decide_ask ask = { .priority = d->priority,
				  .suggested = d->suggested,
				  .suggested_pathway = pathway_code(d->suggested_path),
				  .note = form_text(f, "note") };

	(void)ui;
	read_pathway(form_text(f, "pathway"), &ask);
	if (read_id(f, "service", &d->services, &ask.service, err) < 0 ||
	    read_id(f, "site", &d->sites, &ask.site, err) < 0 ||
	    read_id(f, "clinician", &d->whom, &ask.clinician, err) < 0)
		return -1;
	if (strncmp(with, SKILL, strlen(SKILL)) == 0)
		ask.skill = with + strlen(SKILL);
	if (strcmp(mode, USUAL) != 0)
		mode_parse(mode, &ask.mode);
	ask.why_no_call = form_text(f, "call");
	*ret = ask;
	return 0;
}

bool decide_form_risk(const struct decide *d, enum flag_kind *ret)
{
	int risk = chosen(&d->risks, form_text(&d->form, "risk"));

	if (risk != RISK_HARM && risk != RISK_SAFE)
		return false;
	*ret = risk == RISK_HARM ? FLAG_RISK : FLAG_SAFEGUARDING;
	return !strchr(d->at.one.flags, flag_letter(*ret));
}
