/*
 * referrals.c: the rows of `referral` and of what hangs on one.
 *
 * Always holds: a list is a stretch of one index, so what was ever referred costs it nothing.
 */
#include "store/referrals.h"

#include <string.h>

#include "base/alloc.h"
#include "store/row.h"

#define OWN                                                                                         \
	"r.id, r.scope, r.number, r.person, r.service, r.customer, r.contract, r.site, r.referrer," \
	" r.type, r.source, r.reasons, r.urgency, r.words, r.received, r.agreed, r.gp, r.triage,"   \
	" r.offer, r.seen, r.report, r.over, r.state, r.state_at, r.replied_at, r.pauses,"          \
	" r.unfinished"

#define OF_EPISODE(what, of)                                                                       \
	" CASE WHEN e.id IS NULL THEN NULL ELSE (SELECT " what                                     \
	" FROM booking b JOIN appointment a ON a.id = b.appt WHERE b.episode = e.id" of ") END"

/* The first time that was certainly put to them: booked by whatever way, or declined. */
#define LATE "9223372036854775807"
#define FIRST_OFFER                                                                                \
	" nullif(min(coalesce((SELECT min(o.at) FROM offer o LEFT JOIN appointment a"              \
	" ON a.id = o.appt WHERE o.episode = e.id AND o.became IN ('booked', 'declined')"          \
	" AND a.cancelled_by IS NOT 'error'), " LATE "), coalesce((SELECT min(a.asked_at)"         \
	" FROM booking b JOIN appointment a ON a.id = b.appt WHERE b.episode = e.id"               \
	" AND a.cancelled_by IS NOT 'error'), " LATE ")), " LATE "),"

/* clang-format off */
#define COURSE                                                                                     \
	"e.id, e.state, e.reason, e.service, e.customer, coalesce(e.priority, 0), e.target,"       \
	" e.review_by," OF_EPISODE("count(*)", " AND a.state IN ('T', 'B', 'A', 'I')") ","         \
	OF_EPISODE("count(*)", " AND a.state = 'S'") ","                                           \
	OF_EPISODE("count(*)", " AND a.state IN ('S', 'D') AND a.outcome IS NULL") "," FIRST_OFFER \
	OF_EPISODE("min(a.day)", " AND a.state = 'S'") ","                                         \
	OF_EPISODE("max(a.day)", " AND a.state = 'S'")
/* clang-format on */

#define ROW                                                                                        \
	"SELECT " OWN ", p.surname, p.given, p.title, p.born, " COURSE                             \
	" FROM referral r JOIN person p ON p.id = r.person LEFT JOIN episode e ON e.id = r.id "

static void get_referral(struct row *row, struct referral *r)
{
	char word[CODE_TEXT];

	r->id = get_id(row);
	get_text(row, r->scope, sizeof r->scope);
	get_text(row, r->number, sizeof r->number);
	r->person = get_id(row);
	r->service = get_id(row);
	r->customer = get_id(row);
	r->contract = get_id(row);
	r->site = get_id(row);
	r->referrer = get_id(row);
	get_text(row, word, sizeof word);
	referral_type_parse(word, &r->type);
	get_text(row, word, sizeof word);
	referral_source_parse(word, &r->source);
	get_text(row, r->reasons, sizeof r->reasons);
	get_text(row, word, sizeof word);
	r->urgency = *word ? *word - '0' : -1;
	get_text(row, r->words, sizeof r->words);
	r->received = get_moment(row);
	r->agreed = get_date(row);
	r->gp = (enum gp_consent)get_int(row);
	r->triage = (int)get_int(row);
	r->offer = (int)get_int(row);
	r->seen = (int)get_int(row);
	r->report = (int)get_int(row);
	r->over = get_bool(row);
	get_text(row, word, sizeof word);
	if (!referral_state_parse(word, &r->state))
		r->state = REF_ERROR;
	r->state_at = get_moment(row);
	r->replied_at = get_moment(row);
	r->pauses = (int)get_int(row);
	r->unfinished = get_id(row);
}

static void get_course(struct row *row, struct ref_course *c)
{
	char word[CODE_TEXT];

	c->there = !id_none(get_id(row));
	get_text(row, word, sizeof word);
	c->open = strcmp(word, "open") == 0;
	/* One that was opened in error is none. */
	c->there = c->there && strcmp(word, "error") != 0;
	get_text(row, word, sizeof word);
	end_parse(word, &c->reason);
	c->service = get_id(row);
	c->customer = get_id(row);
	c->priority = (int)get_int(row);
	c->target = get_date(row);
	c->review = get_date(row);
	c->coming = (int)get_int(row);
	c->seen = (int)get_int(row);
	c->unfinished = (int)get_int(row);
	c->first_offer = get_moment(row);
	c->first_seen = get_date(row);
	c->last_seen = get_date(row);
}

static void get_referral_row(struct row *row, struct referral_row *r)
{
	get_referral(row, &r->r);
	get_text(row, r->surname, sizeof r->surname);
	get_text(row, r->given, sizeof r->given);
	get_text(row, r->title, sizeof r->title);
	r->born = get_date(row);
	get_course(row, &r->course);
	r->shown = referral_state_shown(r->r.state, &r->course);
}

/* The one that a query finds, or an empty one. */
static int one(struct row *row, struct referral *ret, struct err *err)
{
	struct referral found = { 0 };

	while (row_next(row))
		get_referral(row, &found);
	if (row_done(row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

static int rows(struct row *row, struct referral_rows *ret, struct err *err)
{
	while (row_next(row))
		get_referral_row(row, list_push(ret));
	return row_done(row, err);
}

static int none(struct id id, struct err *err)
{
	char text[ID_TEXT];

	return err_set(err, ERR_MISSING, "There is no referral %s: referral list shows them.",
		       id_text(id, text));
}

int referral_get(struct store *st, struct id id, struct referral *ret, struct err *err)
{
	static const struct query GET = { "referrals.get",
					  "SELECT " OWN " FROM referral r WHERE r.id = :id" };
	struct row row = query(st, &GET);
	struct referral found;

	bind_id(&row, ":id", id);
	if (one(&row, &found, err) < 0)
		return -1;
	if (id_none(found.id))
		return none(id, err);
	*ret = found;
	return 0;
}

int referral_by_number(struct store *st, const char *number, struct referral *ret, struct err *err)
{
	static const struct query BY = { "referrals.number",
					 "SELECT " OWN " FROM referral r"
					 " WHERE r.number = upper(:number) ORDER BY r.id LIMIT 1" };
	struct row row = query(st, &BY);

	bind_text(&row, ":number", number);
	return one(&row, ret, err);
}

int referral_row_get(struct store *st, struct id id, struct referral_row *ret, struct err *err)
{
	static const struct query GET = { "referrals.row", ROW "WHERE r.id = :id" };
	struct row row = query(st, &GET);
	struct referral_row found = { 0 };

	bind_id(&row, ":id", id);
	while (row_next(&row))
		get_referral_row(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.r.id))
		return none(id, err);
	*ret = found;
	return 0;
}

int referrals_of_person(struct store *st, struct id person, int max, struct referral_rows *ret,
			struct err *err)
{
	static const struct query OF = { "referrals.person",
					 ROW "WHERE r.person = :person AND r.state <> 'error'"
					     " ORDER BY r.id DESC LIMIT :max" };
	struct row row = query(st, &OF);

	bind_id(&row, ":person", person);
	bind_int(&row, ":max", max);
	return rows(&row, ret, err);
}

int referrals_from(struct store *st, struct id referrer, int max, struct referral_rows *ret,
		   struct err *err)
{
	static const struct query FROM = { "referrals.from",
					   ROW "WHERE r.referrer = :referrer AND r.state <> 'error'"
					       " ORDER BY r.id DESC LIMIT :max" };
	struct row row = query(st, &FROM);

	bind_id(&row, ":referrer", referrer);
	bind_int(&row, ":max", max);
	return rows(&row, ret, err);
}

int referrals_in_state(struct store *st, enum referral_state state, int max,
		       struct referral_rows *ret, struct err *err)
{
	static const struct query OF = { "referrals.state",
					 ROW "WHERE r.state = :state"
					     " ORDER BY r.received DESC LIMIT :max" };
	struct row row = query(st, &OF);

	bind_text(&row, ":state", referral_state_code(state));
	bind_int(&row, ":max", max);
	return rows(&row, ret, err);
}

int referrals_exposed(struct store *st, struct moment since, struct referral_rows *ret,
		      struct err *err)
{
	static const struct query EXPOSED = {
		"referrals.exposed",
		"SELECT " OWN ", p.surname, p.given, p.title, p.born, " COURSE
		" FROM referral r INDEXED BY referral_state_of JOIN person p ON p.id = r.person"
		" LEFT JOIN episode e ON e.id = r.id WHERE r.state IN ('new', 'awaiting_triage',"
		" 'transferred', 'triaged', 'to_book') AND r.received >= :since AND r.type = 'BBV'"
		" ORDER BY r.received"
	};
	struct row row = query(st, &EXPOSED);

	bind_moment(&row, ":since", since);
	return rows(&row, ret, err);
}

int referrals_on_list(struct store *st, enum work_list list, struct referral_rows *ret,
		      struct err *err)
{
	static const struct query TO_BOOK = { "referrals.to_book",
					      ROW "WHERE r.id IN (SELECT episode FROM to_book)"
						  " ORDER BY r.received DESC" };
	static const struct query DIARY = {
		"referrals.diary",
		ROW "WHERE r.id IN (SELECT b.episode FROM appointment a"
		    " INDEXED BY appointment_unfinished JOIN booking b ON b.appt = a.id"
		    " WHERE a.state IN ('T', 'B', 'A', 'I')) ORDER BY r.received DESC"
	};
	struct row row = query(st, list == LIST_DIARY ? &DIARY : &TO_BOOK);

	return rows(&row, ret, err);
}

/* A day begun and one ended, from two columns. */
static struct span span_of(struct row *row)
{
	struct span s = { .from = moment_date(get_moment(row)), .to = DATE_NONE };
	struct moment until = get_moment(row);

	if (!moment_none(until))
		s.to = moment_date(until);
	return s;
}

int referrals_waiting(struct store *st, enum referral_state state, struct waitings *ret,
		      struct err *err)
{
	static const struct query WAITING = {
		"referrals.waiting",
		"SELECT id, person, service, site, received, replied_at, triage, pauses"
		" FROM referral INDEXED BY referral_waiting WHERE state = :state"
		" AND state IN ('new', 'awaiting_triage', 'transferred', 'incomplete')"
	};
	struct row row = query(st, &WAITING);

	bind_text(&row, ":state", referral_state_code(state));
	while (row_next(&row)) {
		struct waiting *w = list_push(ret);

		w->id = get_id(&row);
		w->person = get_id(&row);
		w->service = get_id(&row);
		w->site = get_id(&row);
		w->received = get_moment(&row);
		w->replied_at = get_moment(&row);
		w->triage = (int)get_int(&row);
		w->pauses = (int)get_int(&row);
	}
	return row_done(&row, err);
}

#define OF_WAITING                                                                                 \
	" WHERE r.state = :state"                                                                  \
	" AND r.state IN ('new', 'awaiting_triage', 'transferred', 'incomplete')"

int pauses_waiting(struct store *st, enum referral_state state, struct pauseds *ret,
		   struct err *err)
{
	static const struct query WAITING = {
		"pauses.waiting",
		"SELECT p.referral, p.since, p.until FROM referral r INDEXED BY referral_waiting"
		" CROSS JOIN pause p ON p.referral = r.id" OF_WAITING
		" AND r.pauses > 0 AND p.state = 'on'"
	};
	struct row row = query(st, &WAITING);

	bind_text(&row, ":state", referral_state_code(state));
	while (row_next(&row)) {
		struct paused *p = list_push(ret);

		p->referral = get_id(&row);
		p->span = span_of(&row);
	}
	return row_done(&row, err);
}

int referrals_waiting_named(struct store *st, enum referral_state state, const char *folded,
			    struct ids *ret, struct err *err)
{
	static const struct query NAMED = {
		"referrals.waiting_named", "SELECT r.id FROM referral r INDEXED BY referral_waiting"
					   " CROSS JOIN person p ON p.id = r.person" OF_WAITING
					   " AND substr(fold(p.surname), 1, length(:name)) = :name"
	};
	struct row row = query(st, &NAMED);

	bind_text(&row, ":state", referral_state_code(state));
	bind_text(&row, ":name", folded);
	while (row_next(&row))
		*list_push(ret) = get_id(&row);
	return row_done(&row, err);
}

/* Do two lists of words have one in common?  Without any, they are for the same. */
static bool same_reason(const char *a, const char *b)
{
	char word[WORDS_TEXT];

	if (!*a && !*b)
		return true;
	for (size_t n; *a; a += n + (a[n] == ' ')) {
		n = strcspn(a, " ");
		snprintf(word, sizeof word, "%.*s", (int)n, a);
		if (n && words_have(b, word))
			return true;
	}
	return false;
}

int referral_recent(struct store *st, struct id person, struct id service, struct moment since,
		    const char *reasons, struct referral *ret, struct err *err)
{
	static const struct query RECENT = {
		"referrals.recent",
		"SELECT " OWN " FROM referral r LEFT JOIN episode e ON e.id = r.id"
		" WHERE r.person = :person AND r.service = :service AND r.received >= :since"
		" AND (r.state IN ('new', 'incomplete', 'awaiting_triage', 'transferred')"
		"  OR (r.state IN ('triaged', 'to_book') AND e.state = 'open'))"
		" ORDER BY r.received DESC, r.id DESC"
	};
	struct row row = query(st, &RECENT);
	struct referral found = { 0 };

	bind_id(&row, ":person", person);
	bind_id(&row, ":service", service);
	bind_moment(&row, ":since", since);
	while (row_next(&row)) {
		struct referral r = { 0 };

		get_referral(&row, &r);
		if (id_none(found.id) && same_reason(r.reasons, reasons))
			found = r;
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

/* ---- in a run ---- */

static void bind_referral(struct row *row, const struct referral *r)
{
	bind_id(row, ":id", r->id);
	bind_id(row, ":site", r->site);
	bind_date(row, ":agreed", r->agreed);
	bind_int(row, ":gp", r->gp);
	bind_text(row, ":state", referral_state_code(r->state));
	bind_moment(row, ":state_at", r->state_at);
	bind_moment(row, ":replied", r->replied_at);
	bind_int(row, ":pauses", r->pauses);
	bind_id(row, ":unfinished", r->unfinished);
}

static void bind_urgency(struct row *row, int urgency, char word[2])
{
	word[0] = (char)('0' + urgency);
	word[1] = '\0';
	bind_text(row, ":urgency", urgency < 0 ? NULL : word);
}

static void put_state(struct txn *t, const struct referral *r)
{
	static const struct query PUT = {
		"referral_state.put",
		"INSERT INTO referral_state (id, scope, referral, state, at, user)"
		" VALUES (:id, :scope, :referral, :state, :at, :user)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", t->cmd);
	bind_text(&row, ":scope", r->scope);
	bind_id(&row, ":referral", r->id);
	bind_text(&row, ":state", referral_state_code(r->state));
	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":user", t->actor.n);
	txn_run(t, &row);
}

void referral_put(struct txn *t, const struct referral *r)
{
	static const struct query PUT = {
		"referral.put",
		"INSERT INTO referral (id, scope, number, person, service, customer, contract, site,"
		" referrer, type, source, reasons, urgency, words, received, agreed, gp, triage, offer,"
		" seen, report, over, state, state_at, replied_at, pauses, unfinished) VALUES (:id, :scope, :number,"
		" :person, :service, :customer, :contract, :site, :referrer, :type, :source, :reasons,"
		" CAST(:urgency AS INTEGER), :words, :received, :agreed, :gp, :triage, :offer, :seen,"
		" :report, :over, :state, :state_at, :replied, :pauses, :unfinished)"
	};
	struct row row = query(t->store, &PUT);
	char urgency[2];

	bind_referral(&row, r);
	bind_urgency(&row, r->urgency, urgency);
	bind_text(&row, ":scope", r->scope);
	bind_text(&row, ":number", r->number);
	bind_id(&row, ":person", r->person);
	bind_id(&row, ":service", r->service);
	bind_id(&row, ":customer", r->customer);
	bind_id(&row, ":contract", r->contract);
	bind_id(&row, ":referrer", r->referrer);
	bind_text(&row, ":type", referral_type_code(r->type));
	bind_text(&row, ":source", referral_source_code(r->source));
	bind_word(&row, ":reasons", r->reasons);
	bind_word(&row, ":words", r->words);
	bind_moment(&row, ":received", r->received);
	bind_int(&row, ":triage", r->triage);
	bind_int(&row, ":offer", r->offer);
	bind_int(&row, ":seen", r->seen);
	bind_int(&row, ":report", r->report);
	bind_int(&row, ":over", r->over);
	txn_run(t, &row);
	put_state(t, r);
}

void referral_set(struct txn *t, const struct referral *r, bool moved)
{
	static const struct query SET = {
		"referral.set",
		"UPDATE referral SET site = :site, agreed = :agreed, gp = :gp, state = :state,"
		" state_at = :state_at, replied_at = :replied, pauses = :pauses, unfinished = :unfinished,"
		" urgency = CAST(:urgency AS INTEGER) WHERE id = :id"
	};
	struct row row = query(t->store, &SET);
	char urgency[2];

	bind_referral(&row, r);
	bind_urgency(&row, r->urgency, urgency);
	txn_run(t, &row);
	if (moved)
		put_state(t, r);
}

bool referral_read(struct txn *t, struct id id, struct referral *ret)
{
	struct err err = ERR_INIT;

	if (txn_failed(t))
		return false;
	if (referral_get(t->store, id, ret, &err) == 0)
		return true;
	if (err.kind != ERR_MISSING)
		t->err = err;
	return false;
}

void referral_episode(struct txn *t, const struct episode *e)
{
	static const struct query OPEN = {
		"referral.episode",
		"INSERT INTO episode (id, scope, number, person, service, customer, priority, received,"
		" target, state, opened_at) VALUES (:id, :scope, :number, :person, :service, :customer,"
		" :priority, :received, :target, 'open', :at) ON CONFLICT (id) DO UPDATE SET"
		" service = :service, priority = :priority, target = :target, state = 'open',"
		" opened_at = :at, closed_at = NULL, why = NULL, reason = NULL"
	};
	struct row row = query(t->store, &OPEN);

	bind_id(&row, ":id", e->id);
	bind_text(&row, ":scope", e->scope);
	bind_text(&row, ":number", e->number);
	bind_id(&row, ":person", e->person);
	bind_id(&row, ":service", e->service);
	bind_id(&row, ":customer", e->customer);
	bind_int(&row, ":priority", e->priority);
	bind_date(&row, ":received", e->received);
	bind_date(&row, ":target", e->target);
	bind_moment(&row, ":at", t->at);
	txn_run(t, &row);
}
