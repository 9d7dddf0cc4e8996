/*
 * clash_offers.c: what may be done about a clash; clash_do.c does it.
 *
 * An offer is one deed: the new booking, the value that was meant after all, the task that is
 * handed on, and with it the settling, in one user act that one undo takes back.  Each is done by
 * the act that does such things, with its checks: nothing here writes by itself.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/clash_words.h"
#include "clinic/prospect.h"
#include "clinic/refs.h"
#include "clinic/search.h"
#include "store/people.h"
#include "store/slots.h"
#include "store/store.h"

enum { LOOKED_AT = 60, PLACES = 3 };

static struct clash_offer *offer(struct clash_view *v, enum offer_kind kind, const char *words,
				 const char *how)
{
	struct clash_offer *o;

	assert(v->offered < CLASH_OFFERS);
	o = &v->offers[v->offered++];
	*o = (struct clash_offer){ .kind = kind };
	COPY(o->words, words);
	COPY(o->how, how);
	return o;
}

/* ---- another time ---- */

struct choice {
	size_t at[PLACES];
	int n;
};

static bool chosen(const struct choice *c, size_t at)
{
	for (int i = 0; i < c->n; i++)
		if (c->at[i] == at)
			return true;
	return false;
}

enum wish { OURS_THERE, OURS_AFTER, SAME_DAY_AFTER, OURS, SAME_DAY, ANY, MORE, WISHES };

static bool suits(const struct desk *desk, const struct appt *lost, const struct slot *s,
		  enum wish wish)
{
	bool ours = store_holds(desk->store, s->holder), after = s->starts.utc >= lost->starts.utc;

	switch (wish) {
	case OURS_THERE:
		return ours && after && id_same(s->site, lost->site);
	case OURS_AFTER:
		return ours && after;
	case SAME_DAY_AFTER:
		return after && s->day.n == lost->day.n;
	case OURS:
		return ours;
	case SAME_DAY:
		return s->day.n == lost->day.n;
	case ANY:
	case MORE:
	case WISHES:
		break;
	}
	return true;
}

/* The first that suits each wish and no wish before it: what is ours to confirm at the same site,
 * ours at any, the same day, as far as there is such; what another desk holds is left to it. */
static void choose_all(struct desk *desk, const struct appt *lost, const struct places *all,
		       struct choice *c)
{
	for (int wish = 0; wish < WISHES && c->n < PLACES; wish++)
		list_each (p, all) {
			size_t at = (size_t)(p - all->v);

			if ((*p->held.by && !p->held.mine) || chosen(c, at) ||
			    !suits(desk, lost, &p->slot, (enum wish)wish))
				continue;
			c->at[c->n++] = at;
			break;
		}
	/* By time. */
	for (int i = 1; i < c->n; i++)
		for (int k = i; k > 0 && c->at[k] < c->at[k - 1]; k--) {
			size_t was = c->at[k];

			c->at[k] = c->at[k - 1];
			c->at[k - 1] = was;
		}
}

/* "confirmed at once, 1wd later": working days, as the list of times counts them. */
static void compare(struct desk *desk, const struct appt *lost, const struct slot *s, bool asked,
		    char *buf, size_t n)
{
	const struct site *site = ref_site(desk, s->site);
	int days = calendar_working_between(desk->refs->calendar, site ? site->nation : NATION_E,
					    lost->day, s->day);
	char when[40] = "same day";

	if (days)
		snprintf(when, sizeof when, "%dwd %s", days < 0 ? -days : days,
			 days < 0 ? "earlier" : "later");
	snprintf(buf, n, "%s, %s", asked ? "to be confirmed" : "confirmed at once", when);
}

static void offer_place(struct desk *desk, const struct appt *lost, const struct place *p,
			struct clash_view *v)
{
	const struct clinician *c = ref_clinician(desk, p->slot.clinician);
	const struct site *s = ref_site(desk, p->slot.site);
	bool asked = !store_holds(desk->store, p->slot.holder);
	char when[DAY_TEXT], note[80], words[LINE_TEXT];
	struct clash_offer *o;

	compare(desk, lost, &p->slot, asked, note, sizeof note);
	snprintf(words, sizeof words, "%s  %-10.10s %-10.10s %s", moment_show(p->slot.starts, when),
		 s ? s->name : "", c ? c->surname : "", note);
	o = offer(v, OFFER_BOOK, words, "");
	o->clinician = p->slot.clinician;
	o->starts = p->slot.starts;
	o->asked = asked;
	snprintf(o->how, sizeof o->how, "another time: %s", when);
}

static int offer_times(struct desk *desk, const struct appt *lost, struct clash_view *v,
		       struct err *err)
{
	struct moment morning = wall_moment(lost->day, 0);
	struct search s = { .service = lost->service,
			    .mins = lost->mins,
			    .mode = lost->mode,
			    .from = morning.utc > desk->now.utc ? morning : desk->now,
			    .limit = LOOKED_AT };
	struct prospect want;
	struct places found = { 0 };
	struct choice c = { .n = 0 };
	struct err why = ERR_INIT;

	/* Somebody else may have ended what there was to book for. */
	if (prospect_new(desk, lost->person, lost->service, &want, &why) < 0) {
		if (why.kind == ERR_STORE && err)
			*err = why;
		return why.kind == ERR_STORE ? -1 : 0;
	}
	s.share = want.share;
	s.kind = want.kind;
	s.external = want.external;
	s.not_last = want.not_last;
	if (search_slots(desk, &s, &found, err) < 0)
		return -1;
	choose_all(desk, lost, &found, &c);
	for (int i = 0; i < c.n; i++)
		offer_place(desk, lost, &found.v[c.at[i]], v);
	list_free(&found);
	return 0;
}

/* Are they booked for the same again, by whoever saw to it first? */
static int again(struct desk *desk, const struct appt *lost, struct desk_row *ret, bool *ret_is,
		 struct err *err)
{
	struct appt_filter f = { .person = lost->person,
				 .from = desk->today,
				 .to = DATE_NONE,
				 .states = 1u << APPT_REQUESTED | 1u << APPT_BOOKED,
				 .today = desk->today,
				 .max = 50 };
	struct desk_rows rows = { 0 };
	int rc = desk_appts(desk, &f, &rows, err);

	*ret_is = false;
	list_each (r, &rows)
		if (!*ret_is && id_same(r->row.a.episode, lost->episode) &&
		    r->row.a.asked_at.utc >= lost->asked_at.utc) {
			*ret = *r;
			*ret_is = true;
		}
	desk_rows_done(&rows);
	return rc;
}

static int slot_offers(struct desk *desk, const struct clash_facts *f, struct clash_view *v,
		       struct err *err)
{
	const struct appt *lost = &f->mine.row.a;
	struct desk_row now;
	char name[NAME_TEXT], when[DAY_TEXT];
	bool is;

	if (lost->state == APPT_CANCELLED) {
		snprintf(v->say, sizeof v->say,
			 "It was cancelled since: nobody needs another time.");
		offer(v, OFFER_STANDS, "That settles it", "cancelled since");
		return 0;
	}
	if (again(desk, lost, &now, &is, err) < 0)
		return -1;
	if (is) {
		snprintf(v->say, sizeof v->say, "%.40s is booked again: %s, %.30s.", v->row.surname,
			 moment_show(now.row.a.starts, when), now.with);
		offer(v, OFFER_STANDS, "That settles it", "booked again since");
		return 0;
	}
	if (f->has_theirs)
		snprintf(v->say, sizeof v->say,
			 "%.40s keeps the slot: %.40s holds it.  %.40s needs"
			 " a new time:",
			 caps(f->theirs.row.surname, "The other", name),
			 *f->holder ? f->holder : "another node", v->row.surname);
	else
		snprintf(v->say, sizeof v->say,
			 "The slot is not free any more.  %.40s needs a new"
			 " time:",
			 v->row.surname);
	if (offer_times(desk, lost, v, err) < 0)
		return -1;
	if (lost->starts.utc > desk->now.utc &&
	    user_may(&desk->user, RIGHT_OVERBOOK, lost->service, lost->site)) {
		struct clash_offer *o = offer(
			v, OFFER_OVERBOOK, "Double-book that time, with a reason", "double-booked");

		o->clinician = lost->clinician;
		o->starts = lost->starts;
	}
	offer(v, OFFER_UNWANTED, "No new time is wanted: their task ends too", "none wanted");
	return 0;
}

/* ---- two edits ---- */

static void edit_offers(const struct clash_facts *f, struct clash_view *v)
{
	const struct clash *c = &v->row.c;
	char mine[LINE_TEXT], now[LINE_TEXT], words[LINE_TEXT + 40];

	clash_value(c, c->mine, mine, sizeof mine);
	clash_value(c, f->now, now, sizeof now);
	if (strcmp(c->mine, f->now) == 0) {
		snprintf(v->say, sizeof v->say, "Both say %.80s by now.", now);
		offer(v, OFFER_STANDS, "That settles it", "both say the same by now");
		return;
	}
	snprintf(v->say, sizeof v->say,
		 "%s stands until you choose:", v->row.ours ? "The server's" : "What is there now");
	snprintf(words, sizeof words, "%s: %.60s",
		 v->row.ours ? "Keep the server's" : "Keep what stands", now);
	offer(v, OFFER_STANDS, words, v->row.ours ? "kept the server's" : "kept what stands");
	if (id_none(v->row.person))
		return;
	snprintf(words, sizeof words, "%s: %.60s",
		 v->row.ours ? "Take ours" : "Take what was meant", mine);
	offer(v, OFFER_TAKE, words, v->row.ours ? "took ours" : "took what was meant");
}

/* ---- the others ---- */

static void state_offers(const struct clash_facts *f, struct clash_view *v)
{
	enum appt_state to;
	char words[LINE_TEXT];

	snprintf(v->say, sizeof v->say,
		 "It stands as %s until you choose:", appt_word(f->mine.row.a.state));
	snprintf(words, sizeof words, "It is right: %s", appt_word(f->mine.row.a.state));
	offer(v, OFFER_STANDS, words, "as it stands");
	if (appt_state_parse(v->row.c.note, &to) && to != f->mine.row.a.state && to > APPT_BOOKED &&
	    to <= APPT_LATE) {
		snprintf(words, sizeof words, "Make it %s after all", appt_word(to));
		offer(v, OFFER_TAKE, words, "ours after all")->appt = v->row.c.a;
	}
}

static void move_offer(const struct desk_row *d, struct clash_view *v)
{
	char words[LINE_TEXT], at[DAY_TEXT];

	if (!appt_live(d->row.a.state))
		return;
	snprintf(words, sizeof words, "Move %s with %.30s", moment_show(d->row.a.starts, at),
		 d->with);
	offer(v, OFFER_MOVE, words, "")->appt = d->row.a.id;
}

static void person_offers(const struct clash_facts *f, struct clash_view *v)
{
	bool both =
		appt_live(f->mine.row.a.state) && f->has_theirs && appt_live(f->theirs.row.a.state);

	snprintf(v->say, sizeof v->say,
		 both ? "They are booked twice at one time:" : "One of the two is over by now.");
	offer(v, OFFER_STANDS, both ? "Both are right" : "That settles it",
	      both ? "both are right" : "one of the two is over");
	if (!both)
		return;
	move_offer(&f->mine, v);
	move_offer(&f->theirs, v);
}

static int session_offers(struct desk *desk, struct clash_view *v, struct err *err)
{
	struct err why = ERR_INIT;
	struct clash_offer *o;
	struct slot s;

	snprintf(v->say, sizeof v->say, "Both stand in the diaries until somebody changes one:");
	offer(v, OFFER_STANDS, "Both are right", "both are right");
	if (slots_get(desk->store, v->row.c.a, &s, &why) < 0)
		return clash_missing(&why, err);
	o = offer(v, OFFER_DIARY, "Open the diary of that day", "");
	o->clinician = s.clinician;
	o->starts = s.starts;
	return 0;
}

/* What is decided already, on the screen of the two or anywhere else, is not asked again. */
static int twice_offers(struct desk *desk, struct clash_view *v, struct err *err)
{
	const struct clash *c = &v->row.c;
	struct person a, b;
	bool apart;

	if (people_get(desk->store, c->a, &a, err) < 0 ||
	    people_get(desk->store, c->b, &b, err) < 0 ||
	    people_apart(desk->store, c->a, c->b, &apart, err) < 0)
		return -1;
	if (apart || id_same(a.alias_of, b.id) || id_same(b.alias_of, a.id)) {
		snprintf(v->say, sizeof v->say, apart ? "They are two." : "They are one by now.");
		offer(v, OFFER_STANDS, "That settles it", apart ? "they are two" : "merged");
		return 0;
	}
	snprintf(v->say, sizeof v->say, "One person, or two?");
	offer(v, OFFER_PAIR, "See both side by side: merge them, or keep them apart", "")->other =
		c->b;
	return 0;
}

/* Booked at one place while a nurse at another was to ring them first. */
static void stopped_offers(const struct clash_facts *f, struct clash_view *v)
{
	bool live = appt_live(f->mine.row.a.state);

	snprintf(v->say, sizeof v->say, "%s",
		 live ? "It stands in the diary: whoever sees them knows, and decides:"
		      : "It is not booked: who is to ring them first decides.");
	offer(v, OFFER_STANDS, live ? "It stays booked" : "That settles it",
	      live ? "stays booked" : "not booked");
}

/* It is done by hand by whoever reads what it was, or it is not to be done. */
static void command_offers(struct clash_view *v)
{
	snprintf(v->say, sizeof v->say, "Nothing of it was done.  Its words are kept:");
	offer(v, OFFER_STANDS, "Done by hand", "done by hand");
	offer(v, OFFER_WORDS, "Not to be done: say why", "not to be done");
	offer(v, OFFER_HAND, "Hand it to an administrator: it becomes their task",
	      "handed to an administrator");
}

static bool of_command(const struct clash *c)
{
	return strcmp(c->type, "failed") == 0 || strcmp(c->type, "unsupported") == 0 ||
	       strcmp(c->type, "handed_in") == 0;
}

int clash_offers(struct desk *desk, const struct clash_facts *f, struct clash_view *v,
		 struct err *err)
{
	const struct clash *c = &v->row.c;
	int rc = 0;

	if (v->row.masked)
		return 0;
	if (clash_slot_lost(c) && f->has_mine)
		rc = slot_offers(desk, f, v, err);
	else if (strcmp(c->type, "edit") == 0)
		edit_offers(f, v);
	else if (strcmp(c->type, "state") == 0 && f->has_mine)
		state_offers(f, v);
	else if (strcmp(c->type, "person") == 0 && f->has_mine)
		person_offers(f, v);
	else if (strcmp(c->type, "stopped") == 0 && f->has_mine)
		stopped_offers(f, v);
	else if (strcmp(c->type, "clinician") == 0 || strcmp(c->type, "room") == 0)
		rc = session_offers(desk, v, err);
	else if (strcmp(c->type, "duplicate") == 0)
		rc = twice_offers(desk, v, err);
	else if (of_command(c)) {
		command_offers(v);
		return 0;
	}
	if (rc == 0 && v->offered < CLASH_OFFERS)
		offer(v, OFFER_WORDS, "Settled otherwise: say how", "");
	return rc;
}
