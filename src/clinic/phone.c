/*
 * phone.c: the phone card and the alerts of one person, in words.
 */
#include "clinic/phone.h"

#include <stdio.h>
#include <string.h>

#include "clinic/refs.h"
#include "store/people.h"

static const struct {
	const char *code, *rule;
} rules[] = {
	{ "", "Not asked what may be said: say no more than your name." },
	{ "name", "Do not say where you ring from." },
	{ "oh", "You may say you ring from occupational health." },
	{ "all", "You may leave the day and time with whoever answers." },
};

const char *phone_rule(const char *say)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (strcmp(rules[i].code, say) == 0)
			return rules[i].rule;
	return say;
}

static const char *known(const struct person_card *card, enum intake_field field)
{
	const struct detail *d = details_find(&card->details, intake_header(field));

	return d ? d->value : "";
}

static void add(char *buf, size_t n, const char *between, const char *label, const char *words)
{
	size_t used = strlen(buf);

	if (*words)
		snprintf(buf + used, n - used, "%s%s%s", used ? between : "", label, words);
}

/* ---- numbers ---- */

static void add_phone(const struct person_card *card, const char *kind, struct phone_card *ret)
{
	const struct contact *c = contacts_of(&card->contacts, kind);
	struct phone_line *l = &ret->v[ret->n];

	if (!c)
		return;
	for (int i = 0; i < ret->n; i++)
		if (ret->v[i].kind == kind)
			return;
	l->kind = kind;
	phone_show(c->value, l->number);
	l->voicemail = c->voicemail;
	l->texts = c->text_ok;
	l->first = strcmp(ret->prefer, kind) == 0;
	l->at = c->at;
	snprintf(l->note, sizeof l->note, "%s", c->note);
	snprintf(l->source, sizeof l->source, "%s", c->source);
	ret->n++;
}

/* The one that was asked for, then the one that is carried about. */
static void numbers(const struct person_card *card, struct phone_card *ret)
{
	static const char *const kinds[PHONES_MOST] = { "mobile", "home", "work" };

	for (int i = 0; i < PHONES_MOST; i++)
		if (strcmp(ret->prefer, kinds[i]) == 0)
			add_phone(card, kinds[i], ret);
	for (int i = 0; i < PHONES_MOST; i++)
		add_phone(card, kinds[i], ret);
}

/* ---- words ---- */

static void say(const struct person_card *card, struct phone_card *ret)
{
	const struct person *p = &card->person;
	const char *rule = known(card, IN_SAY);

	snprintf(ret->say, sizeof ret->say, "Ask for %s%s%s %s.  %s%s%s", p->title,
		 *p->title ? " " : "", p->given, p->surname,
		 phone_rule(rule) == rule ? "They said: \"" : "", phone_rule(rule),
		 phone_rule(rule) == rule ? "\"" : "");
}

/* What to ask so that it is not a namesake, with the answers. */
static void check(struct desk *desk, const struct person_card *card, struct phone_card *ret)
{
	const struct post *post = posts_current(&card->posts);
	const struct customer *c = post ? ref_customer(desk, post->customer) : NULL;
	char day[DAY_TEXT];

	if (!date_none(card->person.born))
		add(ret->check, sizeof ret->check, ", ", "born ",
		    date_show(card->person.born, day));
	add(ret->check, sizeof ret->check, ", ", "postcode ", known(card, IN_POSTCODE));
	if (post)
		add(ret->check, sizeof ret->check, ", ", "works as ", post->job);
	add(ret->check, sizeof ret->check, ", ", "for ", c ? c->brief : "");
}

static void emergency(const struct person_card *card, struct phone_card *ret)
{
	char shown[PHONE_TEXT];
	const char *phone = known(card, IN_EMERGENCY_PHONE);

	add(ret->emergency, sizeof ret->emergency, "", "", known(card, IN_EMERGENCY));
	add(ret->emergency, sizeof ret->emergency, ", ", "", known(card, IN_EMERGENCY_RELATION));
	add(ret->emergency, sizeof ret->emergency, "  ", "", phone_show(phone, shown));
}

static int next(struct desk *desk, struct id person, struct phone_card *ret, struct err *err)
{
	struct person_next next;

	if (people_next(desk->store, person, desk->today, &next, err) < 0)
		return -1;
	if (id_none(next.appt))
		return 0;
	ret->booked = true;
	return desk_appt(desk, next.appt, &ret->next, err);
}

int phone_card(struct desk *desk, struct id person, struct phone_card *ret, struct err *err)
{
	struct phone_card c = { 0 };
	const struct contact *email;
	struct person_card card;
	int rc;

	if (intake_person(desk, person, &card, err) < 0)
		return -1;
	email = contacts_of(&card.contacts, "email");
	c.person = card.person.id;
	person_show(card.person.surname, card.person.given, card.person.title, c.name);
	snprintf(c.status, sizeof c.status, "%s", card.person.status);
	snprintf(c.prefer, sizeof c.prefer, "%s", known(&card, IN_PREFER));
	snprintf(c.best, sizeof c.best, "%s", known(&card, IN_BEST_TIME));
	snprintf(c.interpreter, sizeof c.interpreter, "%s", card.person.interpreter);
	needs_words(card.person.needs, c.needs);
	if (email) {
		snprintf(c.email, sizeof c.email, "%s", email->value);
		c.emails = email->text_ok;
	}
	numbers(&card, &c);
	say(&card, &c);
	check(desk, &card, &c);
	emergency(&card, &c);
	rc = next(desk, c.person, &c, err);
	person_card_done(&card);
	if (rc == 0)
		*ret = c;
	return rc;
}

/* ---- alerts ---- */

static void alert(struct alerts *a, const char *label, const char *words)
{
	if (a->n < ALERTS_MOST)
		snprintf(a->v[a->n++], LINE_TEXT, "%s%.200s", label, words);
}

void alerts_of(const struct person_card *card, struct alerts *ret)
{
	static const char *const kinds[] = { "mobile", "home", "work" };
	const struct person *p = &card->person;
	const char *may = known(card, IN_SAY);
	char words[NEEDS_WORDS];

	ret->n = 0;
	if (strcmp(p->status, "deceased") == 0)
		alert(ret, "", "Deceased: nothing is sent or booked.");
	if (strcmp(p->status, "leaver") == 0)
		alert(ret, "", "Leaver: nothing is sent or booked.");
	for (int i = 0; i < NEED_COUNT; i++)
		if (p->needs >> i & 1)
			alert(ret, "Needs: ", needs_words(1u << i, words));
	if (*p->interpreter)
		alert(ret, "Interpreter: ", p->interpreter);
	if (*may && strcmp(may, "oh") != 0 && strcmp(may, "all") != 0)
		alert(ret, "On the telephone: ", phone_rule(may));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct contact *c = contacts_of(&card->contacts, kinds[i]);

		if (c && c->voicemail == VOICEMAIL_NO)
			alert(ret, "No message may be left: ", kinds[i]);
	}
}
