/*
 * book_wish.c: the search line of the booking list: from when, where, with whom, what suits, how.
 *
 * An empty field means its usual word, which is shown in its place: so nothing has to be cleared
 * before something is typed.  What triage decided stands there as if it had been typed: it is seen,
 * searched for, and taken out like anything else.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"
#include "book.h"
#include "clinic/refs.h"
#include "model/when.h"

enum { FROM, SITES, WITH, WHEN, MODE };

#define BOX(what, words, at, from, columns, most)                                                  \
	{                                                                                          \
		.name = what, .label = words, .row = 5, .col = at, .box = from, .width = columns,  \
		.kind = FIELD_TEXT, .max = most                                                    \
	}
static const struct form_field blank[WISH_FIELDS] = {
	[FROM] = BOX("from", "From", 1, 6, 6, 20),
	[SITES] = BOX("site", "Sites", 16, 22, 6, 60),
	[WITH] = BOX("clinician", "With", 32, 37, 5, 60),
	[WHEN] = BOX("when", "When", 46, 51, 5, 60),
	[MODE] = BOX("mode", "Mode", 60, 65, 5, 10),
};
static const char *const modes[] = { "face", "phone", "video", NULL };

/* What F4 lists is "CODE name"; the first word is what counts.  Clinicians come behind what may be
 * said of them; "skill: hands" is shown as "hands" where it was decided. */
static const char *const anybody[] = { "woman", "man", "same as last" };
enum { ANYBODY = sizeof anybody / sizeof *anybody };
static const char SKILL[] = "skill: ";

static char **site_choices(const struct desk *desk)
{
	const struct sites *all = &desk->refs->sites;
	char **v = mem_new(sizeof(char *) * (all->n + 1));
	size_t n = 0;

	list_each (s, all)
		if (s->on)
			v[n++] = mem_printf("%s %s", s->code, s->name);
	return v;
}

static char **clinician_choices(const struct desk *desk)
{
	const struct clinicians *all = &desk->refs->clinicians;
	char **skills = ref_skills(desk), **v, name[PERSON_TEXT];
	size_t n = 0;

	while (skills[n])
		n++;
	v = mem_new(sizeof(char *) * (all->n + n + ANYBODY + 1));
	n = 0;
	for (int i = 0; i < ANYBODY; i++)
		v[n++] = mem_str(anybody[i]);
	for (char **word = skills; *word; word++) {
		v[n++] = mem_printf("%s%s", SKILL, *word);
		mem_free(*word);
	}
	mem_free(skills);
	list_each (c, all)
		if (c->on)
			v[n++] = mem_printf("%s %s", c->code,
					    person_show(c->surname, c->given, c->title, name));
	return v;
}

static void choices_done(char **v)
{
	for (size_t i = 0; v && v[i]; i++)
		mem_free(v[i]);
	mem_free(v);
}

static void usual_words(struct ui *ui, struct wish *w, const struct prospect *want)
{
	const struct clinician *c = ref_clinician(ui->desk, want->clinician);
	int sites = 0;

	list_each (s, &ui->desk->refs->sites)
		sites += s->on;
	snprintf(w->usual[FROM], USUAL_TEXT, "today");
	snprintf(w->usual[SITES], USUAL_TEXT, "all %d", sites);
	snprintf(w->usual[WITH], USUAL_TEXT, "any");
	snprintf(w->usual[WHEN], USUAL_TEXT, "any");
	snprintf(w->usual[MODE], USUAL_TEXT, "%s", mode_word(want->mode));
	/* A follow-up that moves stays with its clinician, unless that is taken out. */
	if (c && want->kind == APPT_FU)
		form_set(&w->form, "clinician", c->code);
}

/* With whom or which skill, where and how triage wants them seen. */
static void decided_words(struct ui *ui, struct wish *w, const struct decision *d)
{
	const struct clinician *c = ref_clinician(ui->desk, d->clinician);
	const struct site *site = ref_site(ui->desk, d->site);

	struct buf said = { 0 };

	if (c)
		buf_printf(&said, ", with %.30s", c->surname);
	else if (*d->skill)
		buf_printf(&said, ", with the skill %s", d->skill);
	if (site)
		buf_printf(&said, ", at %.30s", site->name);
	if (*d->mode)
		buf_printf(&said, ", %s%s", strcmp(d->mode, "face") == 0 ? "face to " : "by ",
			   d->mode);
	if (said.n)
		snprintf(w->decided, sizeof w->decided, "%s decided:%s.  e changes it.", d->user,
			 said.s + 1);
	buf_done(&said);
	if (c || *d->skill)
		form_set(&w->form, "clinician", c ? c->code : d->skill);
	if (site)
		form_set(&w->form, "site", site->code);
	if (*d->mode)
		form_set(&w->form, "mode", d->mode);
}

void wish_init(struct ui *ui, struct wish *w, const struct prospect *want)
{
	memcpy(w->fields, blank, sizeof blank);
	w->person = want->person;
	w->service = want->service;
	w->sites = site_choices(ui->desk);
	w->clinicians = clinician_choices(ui->desk);
	w->fields[SITES].choices = (const char *const *)w->sites;
	w->fields[WITH].choices = (const char *const *)w->clinicians;
	w->fields[MODE].choices = modes;
	form_init(&w->form, w->fields);
	usual_words(ui, w, want);
	decided_words(ui, w, &want->decided);
}

void wish_done(struct wish *w)
{
	form_done(&w->form);
	choices_done(w->sites);
	choices_done(w->clinicians);
	memset(w, 0, sizeof *w);
}

/* ---- reading ---- */

static bool name_begins(const char *name, const char *typed)
{
	char *a = text_fold(name), *b = text_fold(typed);
	bool is = *b && strncmp(a, b, strlen(b)) == 0;

	mem_free(a);
	mem_free(b);
	return is;
}

/* The code as typed or chosen, else the only one whose name begins so. */
static int read_site(struct ui *ui, const char *text, struct id *ret, struct err *err)
{
	const struct sites *all = &ui->desk->refs->sites;
	const struct site *found = NULL;
	size_t n = strcspn(text, " ");
	int hits = 0;

	list_each (s, all) {
		if (s->on && strlen(s->code) == n && strncasecmp(s->code, text, n) == 0) {
			*ret = s->id;
			return 0;
		}
		if (s->on && name_begins(s->name, text)) {
			found = s;
			hits++;
		}
	}
	if (hits != 1)
		return err_input(err, "site", "%s: %s.  F4 lists the sites.", text,
				 hits ? "more than one site begins so" : "no site is called that");
	*ret = found->id;
	return 0;
}

static int read_clinician(struct ui *ui, const char *text, struct id *ret, struct err *err)
{
	const struct clinicians *all = &ui->desk->refs->clinicians;
	const struct clinician *found = NULL;
	size_t n = strcspn(text, " ");
	int hits = 0;

	list_each (c, all) {
		if (c->on && strlen(c->code) == n && strncasecmp(c->code, text, n) == 0) {
			*ret = c->id;
			return 0;
		}
		if (c->on && name_begins(c->surname, text)) {
			found = c;
			hits++;
		}
	}
	if (hits != 1)
		return err_input(err, "clinician", "%s: %s.  F4 lists the clinicians.", text,
				 hits ? "more than one surname begins so"
				      : "no clinician is called that");
	*ret = found->id;
	return 0;
}

/* "skill: hands", or the word alone where it is nobody's code. */
static bool read_skill(struct ui *ui, const char *text, char ret[CODE_TEXT])
{
	bool said = strncasecmp(text, SKILL, strlen(SKILL) - 1) == 0;
	bool has = false;

	if (said)
		text += strlen(SKILL) - 1;
	text += strspn(text, " ");
	list_each (c, &ui->desk->refs->clinicians) {
		if (!said && c->on && strcasecmp(c->code, text) == 0)
			return false;
		has |= c->on && *text && words_have(c->skills, text);
	}
	if (has)
		snprintf(ret, CODE_TEXT, "%s", text);
	return has;
}

/* "a woman", "same as last", a skill, or somebody by name. */
static int read_with(struct ui *ui, const struct wish *w, const char *text, struct search *ret,
		     struct err *err)
{
	if (strncasecmp(text, "with ", 5) == 0)
		text += 5;
	if (gender_parse(text, &ret->gender) || read_skill(ui, text, ret->skill))
		return 0;
	if (strcasecmp(text, "same") == 0 || strncasecmp(text, "same as", 7) == 0)
		return search_same(ui->desk, w->person, w->service, &ret->clinician, err);
	return read_clinician(ui, text, &ret->clinician, err);
}

static int read_from(struct ui *ui, const char *text, struct moment *ret, struct err *err)
{
	struct err why = ERR_INIT;
	struct date day;

	if (date_parse(text, ui->desk->today, LOOK_FORWARD, &day, &why) < 0)
		return err_input(err, "from", "%s", why.text);
	if (day.n < ui->desk->today.n)
		return err_input(err, "from",
				 "That day has passed: a search begins today or later.");
	*ret = wall_moment(day, 0);
	return 0;
}

int wish_read(struct ui *ui, const struct wish *w, struct search *ret, struct err *err)
{
	const char *from = form_text(&w->form, "from"), *site = form_text(&w->form, "site");
	const char *with = form_text(&w->form, "clinician"), *mode = form_text(&w->form, "mode");
	struct search s = *ret;
	struct when when;

	s.from = (struct moment){ 0 };
	s.site = s.clinician = (struct id){ 0 };
	s.gender = GENDER_NOT_SAID;
	s.skill[0] = '\0';
	mode_parse(w->usual[MODE], &s.mode);
	if ((*from && read_from(ui, from, &s.from, err) < 0) ||
	    (*site && read_site(ui, site, &s.site, err) < 0) ||
	    (*with && read_with(ui, w, with, &s, err) < 0) ||
	    when_parse(form_text(&w->form, "when"), &when, err) < 0)
		return -1;
	if (*mode && !mode_parse(mode, &s.mode))
		return err_input(err, "mode", "%s is no way to meet: face, phone or video.", mode);
	s.days = when.days;
	s.after = when.after;
	s.before = when.before;
	*ret = s;
	return 0;
}

/* ---- what is shown ---- */

void wish_echo(struct ui *ui, struct wish *w)
{
	struct search s = { 0 };
	struct err err = ERR_INIT;
	struct when when;
	char buf[WHEN_TEXT], *said = w->said;
	const char *on = w->fields[w->form.at].name, *text = form_text(&w->form, on);

	said[0] = '\0';
	if (strcmp(on, "from") == 0 && *text && read_from(ui, text, &s.from, &err) == 0)
		snprintf(said, sizeof w->said, "=> from %s",
			 date_show_day(moment_date(s.from), buf));
	else if (strcmp(on, "site") == 0 && *text && read_site(ui, text, &s.site, &err) == 0)
		snprintf(said, sizeof w->said, "=> at %s", ref_site(ui->desk, s.site)->name);
	else if (strcmp(on, "clinician") == 0 && *text && read_with(ui, w, text, &s, &err) == 0)
		snprintf(said, sizeof w->said, "=> with %s%s",
			 s.gender   ? "a "
			 : *s.skill ? "whoever has the skill "
				    : "",
			 s.gender   ? gender_word(s.gender)
			 : *s.skill ? s.skill
				    : ref_clinician(ui->desk, s.clinician)->surname);
	else if (strcmp(on, "when") == 0 && when_parse(text, &when, &err) == 0)
		snprintf(said, sizeof w->said, "=> %s", when_show(&when, buf));
	if (err.text[0])
		snprintf(said, sizeof w->said, "%s", err.text);
}

void wish_draw(struct canvas *c, const struct wish *w, int row, bool active)
{
	form_draw(c, &w->form, active, row - blank[0].row);
	for (int i = 0; i < WISH_FIELDS; i++)
		if (!*form_text(&w->form, blank[i].name))
			canvas_padded(c, row, blank[i].box + 1,
				      canvas_width(c, w->usual[i]) < blank[i].width
					      ? canvas_width(c, w->usual[i])
					      : blank[i].width,
				      PLAIN, w->usual[i]);
	canvas_put(c, row, 74, PLAIN, active ? "" : "e Edit");
}
