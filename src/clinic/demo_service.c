/*
 * demo_service.c: the service itself: where, for whom, by whom, on which weekdays.
 *
 * Always holds: on one weekday a room of a site is given to one clinician, so no session can meet
 * another; the clinicians of the manual's pictures work at the first site on the weekday of the
 * working morning, and hardly anybody else does, so that its desk shows about thirty rows.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/demo_parts.h"
#include "clinic/publish.h"
#include "clinic/record.h"
#include "clinic/signin.h"
#include "store/users.h"

/* Argon2id of DEMO_PASSWORD and DEMO_PIN: said on the sign-in screen, so they keep no secret, and
 * made beforehand, so that the same seed gives the same rows. */
#define PASSWORD_HASH                                                                              \
	"$argon2id$v=19$m=19456,t=2,p=1$566DDPM0d1z9XNkP42AKew$Hp5hnzUqWhoXRyU+X5ePw+6V1ZZn45z0TBgdBtF9xmY"
#define PIN_HASH                                                                                   \
	"$argon2id$v=19$m=19456,t=2,p=1$LmdrhLSam5hDjMY8el6aJg$JbRen0vrHjUNw0MCMi3o2njx54Ur7l2D8B1YkAagMkk"

/* Adds a record; values in the order of its columns, bars between them, "-" for none. */
__attribute__((format(printf, 4, 5))) static struct id put(struct demo *d, const char *noun,
							   struct err *err, const char *fmt, ...)
{
	const char *values[32] = { 0 };
	struct id id = { 0 };
	char line[512], *p = line;
	size_t n = 0;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	while (p) {
		char *bar = strchr(p, '|');

		if (bar)
			*bar = '\0';
		values[n++] = strcmp(p, "-") == 0 ? NULL : p;
		p = bar ? bar + 1 : NULL;
	}
	if (record_add(&d->desk, record_find(noun), values, &id, err) < 0)
		id.n = 0;
	return id;
}

static int look_again(struct demo *d, struct err *err)
{
	struct refs *refs;

	if (refs_load(d->store, &refs, err) < 0)
		return -1;
	refs_free(d->desk.refs);
	d->desk.refs = refs;
	return 0;
}

/* ---- the fixed rows ---- */

static const struct {
	const char *noun, *values;
} fixed[] = {
	{ "customer", "WVH|Wessex Vale Hospitals|WV Hosps|W9V1H|nhs" },
	{ "customer", "MCT|Marden Community Trust|Marden CT|M4C8T|nhs" },
	{ "customer", "WVP|Wessex Vale Partnership|WV Partner|W7P2V|nhs" },
	{ "customer", "WVA|Wessex Vale Ambulance|WV Ambul.|W3A6V|nhs" },
	{ "customer", "KES|Kestrel Aerospace|Kestrel A|-|external" },
	{ "customer", "BRI|Brindle Foods|Brindle F|-|external" },
	{ "customer", "TIL|Tilling Coaches|Tilling C|-|external" },
	{ "customer", "ORH|Orchard Housing|Orchard H|-|external" },
	{ "service", "PHYSIO|Rapid access physio|Physio|MSK|no|yes|40|20|face phone video|6|5" },
	{ "service", "OHN|Occupational health nurse|OH nurse|OHN|no|no|30|30|face phone|0|10" },
	{ "service", "OHP|Occupational physician|OH doctor|OHP|no|no|40|20|face phone|0|10" },
	{ "service",
	  "COUNS|Counselling|Counsel.|CNS|yes|no|60|60|face phone video|6|10|on|quiet covered_glass apart" },
	{ "contract", "PHYSIO|-|2020-01-01|1|5|10|2|3|0|-|on|-|24|no|no|3" },
	{ "contract", "OHN|-|2020-01-01|2|10|10|2|3|0|-" },
	{ "contract", "OHP|-|2020-01-01|2|10|10|2|3|0|-" },
	{ "contract", "COUNS|-|2020-01-01|2|10|10|0|4|0|-|on|6|24|yes|yes|5" },
	{ "contract",
	  "PHYSIO|KES|2020-01-01|2|5|10|2|3|12|Ask Kestrel's HR before it is booked|on|-|24|no|no|0|20|48|yes" },
	{ "contract", "OHP|KES|2020-01-01|2|10|10|2|3|1|Ask Kestrel's HR before it is booked" },
	{ "contract", "OHN|KES|2020-01-01|2|5|10|2|3|20|Charged at the agreed rate" },
	{ "setting", "service_name|Wessex Vale Occupational Health" },
	{ "setting", "practice_users|p.shah r.adeyemi j.marsh s.kelly m.doyle a.root" },
	{ "setting", "practice_password|" DEMO_PASSWORD },
};

static int fixed_rows(struct demo *d, struct err *err)
{
	int customers = 0, services = 0;

	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		struct id id = put(d, fixed[i].noun, err, "%s", fixed[i].values);

		if (id_none(id))
			return -1;
		if (strcmp(fixed[i].noun, "customer") == 0)
			d->customers[customers++] = id;
		else if (strcmp(fixed[i].noun, "service") == 0)
			d->services[services++] = id;
	}
	for (int s = 0; s < SERVICES; s++)
		for (int v = 0; v < VARIANTS; v++)
			if (pattern_parse(demo_patterns[s][v], &d->patterns[s][v], err) < 0)
				return -1;
	return 0;
}

/* ---- users ---- */

static int secrets(struct demo *d, struct id user, struct err *err)
{
	return signin_give(&d->desk, user, PASSWORD_HASH, false, err) < 0
		       ? -1
		       : signin_give(&d->desk, user, PIN_HASH, true, err);
}

static struct id user(struct demo *d, const char *name, const char *role, const char *person,
		      const char *site, const char *clinician, struct err *err)
{
	struct id id =
		put(d, "user", err, "%s|%s|%s|%s|on|%s", name, role, person, site, clinician);

	if (!id_none(id) && secrets(d, id, err) < 0)
		id.n = 0;
	return id;
}

/* Is the login name one that a user may have, and nobody's yet? */
static bool fresh_login(struct demo *d, const char *login)
{
	struct user there = { 0 };
	size_t n = login ? strlen(login) : 0;
	bool fresh;

	if (n == 0 || n >= CODE_TEXT ||
	    strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._-") != n)
		return false;
	fresh = users_by_name(d->store, login, &there, NULL) == 0 && id_none(there.id);
	user_done(&there);
	return fresh;
}

static int users(struct demo *d, struct err *err)
{
	static const char *const rights[] = { "r.adeyemi|lead",	    "r.adeyemi|duty",
					      "r.adeyemi|overbook", "l.hart|overbook",
					      "l.hart|lead",	    "e.frost|counselling_desk",
					      "c.moreau|lead|COUNS" };
	const char *login = d->want->login;

	for (int i = 0; i < d->nplaces; i++) {
		const struct site_words *w = &demo_sites[i];

		d->places[i].desk =
			user(d, w->desk, "reception", w->desk_person, w->code, "-", err);
		snprintf(d->places[i].desk_name, sizeof d->places[i].desk_name, "%s", w->desk);
		if (id_none(d->places[i].desk))
			return -1;
	}
	if (id_none(user(d, "l.hart", "reception", "HART, Lesley (Mrs)", "NGT", "-", err)) ||
	    id_none(user(d, "e.frost", "reception", "FROST, Eve (Ms)", "-", "-", err)) ||
	    id_none(user(d, "m.doyle", "manager", "DOYLE, Mary (Ms)", "-", "-", err)) ||
	    secrets(d, d->root, err) < 0)
		return -1;
	for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
		if (id_none(put(d, "right", err, "%s", rights[i])))
			return -1;
	if (fresh_login(d, login) && id_none(user(d, login, "administrator", login, "-", "-", err)))
		return -1;
	return 0;
}

/* ---- clinicians: who, and on which weekdays ---- */

static const struct {
	const char *code, *surname, *given, *title;
	int service, place, variant;
	const char *gender;
} named[] = {
	{ "marsh", "Marsh", "Jo", "Mx", PHYSIO, 0, 0, "-" },
	{ "obi", "Obi", "Ngozi", "Ms", PHYSIO, 0, 1, "woman" },
	{ "adeyemi", "Adeyemi", "Ruth", "Mrs", OHN, 0, 0, "woman" },
	{ "kelly", "Kelly", "Sean", "Mr", COUNS, 0, 0, "man" },
	{ "fairburn", "Fairburn", "Iain", "Dr", OHP, 0, 0, "man" },
	{ "moreau", "Moreau", "Claire", "Ms", COUNS, 0, 0, "woman" },
	{ "lindqvist", "Lindqvist", "Kay", "Ms", PHYSIO, 1, 2, "woman" },
	{ "patel", "Patel", "Nita", "Mrs", PHYSIO, 2, 0, "woman" },
	{ "byrne", "Byrne", "Aidan", "Mr", PHYSIO, 3, 1, "man" },
};
enum { NAMED = sizeof named / sizeof *named, NAMED_FIRST = 6 /* at the first site */ };

static const struct {
	const char *discipline, *role, *body, *before, *after, *titles[2];
	const char *skills[3];
} kinds[SERVICES] = {
	[PHYSIO] = { "physio",
		     "clinician",
		     "HCPC",
		     "PH",
		     "",
		     { "Ms", "Mr" },
		     { "hands spine", "shoulder", "spine ergonomics" } },
	[OHN] = { "nurse",
		  "nurse",
		  "NMC",
		  "12A",
		  "E",
		  { "Mrs", "Mr" },
		  { "immunisation", "surveillance skin", "spirometry" } },
	[OHP] = { "physician",
		  "clinician",
		  "GMC",
		  "7",
		  "",
		  { "Dr", "Dr" },
		  { "pensions", "hand-arm", "" } },
	[COUNS] = { "counsellor",
		    "counsellor",
		    "BACP",
		    "",
		    "",
		    { "Ms", "Mr" },
		    { "trauma", "cbt", "bereavement" } },
};

/* Sessions a week for each clinician: enough for the appointments wanted, else that of people who
 * mostly work elsewhere too. */
static int sessions_of(const struct demo *d, int i)
{
	static const int usual[] = { 2, 3, 2, 1, 3, 2, 2, 1 };
	const int64_t a_day = 9; /* booked in a day of these patterns, on average */
	int64_t weeks = d->want->years * 50, n;

	if (i < NAMED_FIRST)
		return 3;
	if (d->want->appointments == 0 || weeks == 0)
		return usual[i % 8];
	n = d->want->appointments / (weeks * d->nstaff * a_day) + 1;
	return n > WEEKDAYS ? WEEKDAYS : (int)n;
}

static void weekdays_of(struct demo *d, struct practitioner *p, int i)
{
	static const int order[4][WEEKDAYS] = {
		{ 1, 3, 2, 4, 0 }, { 2, 4, 1, 3, 0 }, { 3, 1, 4, 2, 0 }, { 4, 2, 3, 1, 0 }
	};
	int weekday = date_weekday(d->today);
	bool first = i < NAMED_FIRST;

	p->nsessions = sessions_of(d, i);
	for (int k = 0; k < p->nsessions; k++) {
		struct session *s = &p->sessions[k];
		int at = p->home;

		s->weekday = (weekday + (first		? k * 2
					 : p->home == 0 ? order[i % 4][k]
							: i + k * 2)) %
			     WEEKDAYS;
		/* A second site once in a while, but not the first on the day itself. */
		if (!first && k % 3 == 2)
			at = (p->home + 1 + i % 2) % d->nplaces;
		if (at == 0 && s->weekday == weekday && !first)
			at = p->home;
		s->place = at;
		s->variant = first ? named[i].variant : (i + k) % VARIANTS;
		s->room = d->places[at].used[s->weekday]++;
	}
}

static void lower(char *s)
{
	for (; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s += 'a' - 'A';
}

/* The day a registration ends: mostly far off, two soon, one past. */
static struct date registered_until(struct demo *d, int i)
{
	static const int near[] = { 12, 25, -3 };
	int far = 40 + demo_roll(d, 900);

	return (struct date){ d->today.n + (i >= 12 && i < 15 ? near[i - 12] : far) };
}

static void who(struct demo *d, struct practitioner *p, int i, const char **ret_given,
		const char **ret_title, const char **ret_gender)
{
	static const int mix[] = { PHYSIO, OHN, PHYSIO, COUNS,	PHYSIO, OHN,	OHP,
				   PHYSIO, OHN, PHYSIO, COUNS,	OHN,	PHYSIO, OHP,
				   PHYSIO, OHN, COUNS,	PHYSIO, OHP,	PHYSIO };
	const struct people_of *of = &demo_origins[demo_roll(d, 5)];
	bool man = demo_in(d, 300);
	const struct words *given = man ? &of->men : &of->women;
	const char *any = given->v[demo_roll(d, given->n)];

	if (i < NAMED) {
		p->service = named[i].service;
		p->home = named[i].place % d->nplaces;
		snprintf(p->surname, sizeof p->surname, "%s", named[i].surname);
		snprintf(p->code, sizeof p->code, "%s", named[i].code);
		*ret_given = named[i].given;
		*ret_title = named[i].title;
		*ret_gender = named[i].gender;
		return;
	}
	int k = i - NAMED, round = k / demo_staff_surnames.n;

	p->service = mix[k % 20];
	p->home = k % d->nplaces;
	snprintf(p->surname, sizeof p->surname, "%s",
		 demo_staff_surnames.v[k % demo_staff_surnames.n]);
	snprintf(p->code, sizeof p->code, "%.20s", p->surname);
	if (round > 0)
		snprintf(p->code, sizeof p->code, "%.20s%d", p->surname, round + 1);
	lower(p->code);
	*ret_given = any;
	*ret_title = kinds[p->service].titles[man];
	*ret_gender = man ? "man" : "woman";
}

/* Letters of the alphabet only; somebody whose name starts with another one is x. */
static char initial(const char *given)
{
	char c = given[0];

	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : 'x';
}

static int clinician(struct demo *d, int i, struct err *err)
{
	struct practitioner *p = &d->staff[i];
	const char *given, *title, *gender;
	char number[32], until[DAY_TEXT], person[PERSON_TEXT];
	bool at[DEMO_SITES_MOST] = { false };

	who(d, p, i, &given, &title, &gender);
	p->named = i < NAMED_FIRST;
	p->reg_until = registered_until(d, i);
	weekdays_of(d, p, i);

	snprintf(number, sizeof number, "%s%06d%s", kinds[p->service].before, demo_roll(d, 1000000),
		 kinds[p->service].after);
	p->id = put(d, "clinician", err, "%s|%s|%s|%s|%s|%s|%s|%s|%s|1|%d|on|%s", p->code,
		    p->surname, given, title, kinds[p->service].discipline, kinds[p->service].body,
		    number, date_iso(p->reg_until, until),
		    kinds[p->service].skills[demo_roll(d, 3)], p->service == COUNS ? 0 : 2, gender);
	if (id_none(p->id))
		return -1;
	for (int k = 0; k < p->nsessions; k++)
		at[p->sessions[k].place] = true;
	for (int k = 0; k < d->nplaces; k++)
		if (at[k] && id_none(put(d, "posting", err, "%s|%s", p->code, d->places[k].code)))
			return -1;
	snprintf(p->user_name, sizeof p->user_name, "%c.%.28s", initial(given), p->code);
	person_show(p->surname, given, title, person);
	p->user = user(d, p->user_name, kinds[p->service].role, person,
		       p->named ? d->places[p->home].code : "-", p->code, err);
	return id_none(p->user) ? -1 : 0;
}

/* ---- places ---- */

/* The database came with its first site, as its first administrator knew it. */
static struct id first_place(struct demo *d, struct err *err)
{
	/* code, name, nation, node, telephone, state, who is on duty */
	const char *values[] = { NULL, NULL, NULL, NULL, "07700900100", NULL, "07700900190" };
	struct id id = d->desk.refs->sites.v[0].id;

	if (record_set(&d->desk, record_find("site"), id, values, err) < 0)
		return (struct id){ 0 };
	return id;
}

static int places(struct demo *d, struct err *err)
{
	d->places = mem_new((size_t)d->want->sites * sizeof *d->places);
	d->nplaces = d->want->sites;
	for (int i = 0; i < d->nplaces; i++) {
		const struct site_words *w = &demo_sites[i];
		struct venue *p = &d->places[i];

		snprintf(p->code, sizeof p->code, "%s", w->code);
		if (i == 0)
			p->id = first_place(d, err);
		else
			p->id = put(d, "site", err, "%s|%s|E|1|07700900%d|-|07700900%d", w->code,
				    w->name, i + 100, i + 190);
		if (id_none(p->id))
			return -1;
	}
	return 0;
}

static int rooms(struct demo *d, struct err *err)
{
	static const char *const features[] = { "step_free quiet covered_glass apart",
						"step_free couch", "step_free couch hearing_loop",
						"covered_glass gym", "quiet covered_glass apart" };

	for (int i = 0; i < d->nplaces; i++) {
		struct venue *p = &d->places[i];
		int most = 0;

		for (int w = 0; w < WEEKDAYS; w++)
			most = p->used[w] > most ? p->used[w] : most;
		for (int k = 1; k <= most; k++) {
			struct id id = put(d, "room", err, "%s-%d|room %d|%s|%s", p->code, k, k,
					   p->code, features[(k - 1) % 5]);

			if (id_none(id))
				return -1;
			*list_push(&p->rooms) = id;
		}
	}
	return 0;
}

/* ---- leave and weekly patterns ---- */

/* A week or two every few months; never the day itself for those who are to be seen working. */
static void leave_of(struct demo *d, struct practitioner *p)
{
	struct date day = { d->first.n + 20 + demo_roll(d, 60) };

	while (day.n < d->today.n + 80 && p->nleave < 16) {
		struct leave_span s = { day, { day.n + 4 + 7 * demo_roll(d, 2) } };

		s.from.n -= date_weekday(s.from);
		s.to = (struct date){ s.from.n + (s.to.n - day.n) };
		if (!(p->named && s.from.n <= d->today.n + 21 && s.to.n >= d->today.n - 30))
			p->leave[p->nleave++] = s;
		day.n += 75 + demo_roll(d, 90);
	}
}

static int templates(struct demo *d, struct practitioner *p, struct err *err)
{
	for (int k = 0; k < p->nsessions; k++) {
		struct session *s = &p->sessions[k];
		struct template t = { .clinician = p->id,
				      .site = d->places[s->place].id,
				      .room = d->places[s->place].rooms.v[s->room],
				      .service = d->services[p->service],
				      .weekday = s->weekday,
				      .from = d->first,
				      .to = DATE_NONE };

		s->room_id = t.room;
		snprintf(t.pattern, sizeof t.pattern, "%s", demo_patterns[p->service][s->variant]);
		if (template_add(&d->desk, &t, &s->template, err) < 0)
			return -1;
	}
	return 0;
}

int demo_service(struct demo *d, struct err *err)
{
	if (demo_sit(d, "a.root", err) < 0)
		return -1;
	d->root = d->desk.user.id;
	d->nstaff = d->want->clinicians;
	d->staff = mem_new((size_t)d->nstaff * sizeof *d->staff);
	if (fixed_rows(d, err) < 0 || places(d, err) < 0)
		return -1;
	for (int i = 0; i < d->nstaff; i++)
		if (clinician(d, i, err) < 0)
			return -1;
	if (users(d, err) < 0 || rooms(d, err) < 0 || look_again(d, err) < 0)
		return -1;
	for (int i = 0; i < d->nstaff; i++) {
		leave_of(d, &d->staff[i]);
		if (templates(d, &d->staff[i], err) < 0)
			return -1;
	}
	return demo_tick(d, "service", 1, 1, err);
}
