/* referral_parts.c: what hangs on a referral: remarks, pauses, decisions, papers, tries; contracts.
 */
#include <string.h>

#include "base/alloc.h"
#include "model/after.h"
#include "store/referrals.h"
#include "store/row.h"

/* ---- reading ---- */

int pauses_of(struct store *st, struct id referral, struct spans *ret, struct err *err)
{
	static const struct query OF = { "pauses.of",
					 "SELECT since, until FROM pause WHERE referral = :referral"
					 " AND state = 'on' ORDER BY since, id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":referral", referral);
	while (row_next(&row)) {
		struct span *s = list_push(ret);
		struct moment until;

		s->from = moment_date(get_moment(&row));
		until = get_moment(&row);
		s->to = moment_none(until) ? DATE_NONE : moment_date(until);
	}
	return row_done(&row, err);
}

int pause_open(struct store *st, struct id referral, struct id *ret, struct moment *ret_since,
	       char ret_asked[CODE_TEXT], struct err *err)
{
	static const struct query OPEN = { "pauses.open",
					   "SELECT id, since, asked FROM pause"
					   " WHERE referral = :referral AND state = 'on'"
					   " AND until IS NULL ORDER BY id LIMIT 1" };
	struct row row = query(st, &OPEN);

	*ret = (struct id){ 0 };
	bind_id(&row, ":referral", referral);
	while (row_next(&row)) {
		*ret = get_id(&row);
		*ret_since = get_moment(&row);
		get_text(&row, ret_asked, CODE_TEXT);
	}
	return row_done(&row, err);
}

int ref_moves_of(struct store *st, struct id referral, struct ref_moves *ret, struct err *err)
{
/* Who made a change of that moment to a row, as its history has it. */
#define BY(subject, moment)                                                                        \
	"(SELECT u.name FROM history h JOIN user u ON u.id = h.actor WHERE h.subject = " subject   \
	" AND h.at = " moment " ORDER BY h.id DESC LIMIT 1)"
#define OF_ITS_APPTS                                                                               \
	" FROM booking b JOIN appointment a ON a.id = b.appt WHERE b.episode = :referral AND"
	/* Once it is accepted its appointments and the end of its episode say how it stands. */
	static const struct query OF = {
		"referral_state.of",
		"SELECT s.state, s.at, u.name, s.id FROM referral_state s"
		" LEFT JOIN user u ON u.id = s.user WHERE s.referral = :referral"
		" UNION ALL SELECT :booked, a.asked_at, " BY(
			"a.id",
			"a.asked_at") ", a.id" OF_ITS_APPTS " a.state NOT IN ('R', 'P')"
				      " UNION ALL SELECT :attended, a.seen_at, " BY(
					      "a.id",
					      "a.seen_at") ", a.id" OF_ITS_APPTS
							   " a.seen_at IS NOT NULL"
							   " UNION ALL SELECT :to_book, a.ended_at, " BY(
								   "a.id",
								   "a.ended_at") ", a.id" OF_ITS_APPTS
										 " a.ended_at IS NOT NULL"
										 " UNION ALL SELECT CASE WHEN e.reason = :dna THEN :dna_closed ELSE :closed END,"
										 " e.closed_at, " BY(
											 "e.id",
											 "e.closed_at") ", 1 << 62 FROM episode e"
													" WHERE e.id = :referral AND e.closed_at IS NOT NULL ORDER BY 2, 4"
	};
#undef BY
#undef OF_ITS_APPTS
	struct row row = query(st, &OF);

	bind_id(&row, ":referral", referral);
	bind_text(&row, ":booked", referral_state_code(REF_BOOKED));
	bind_text(&row, ":attended", referral_state_code(REF_ATTENDED));
	bind_text(&row, ":to_book", referral_state_code(REF_TO_BOOK));
	bind_text(&row, ":dna", end_code(END_DNA));
	bind_text(&row, ":dna_closed", referral_state_code(REF_DNA_CLOSED));
	bind_text(&row, ":closed", referral_state_code(REF_CLOSED));
	while (row_next(&row)) {
		struct ref_move *m = list_push(ret);
		char word[CODE_TEXT];

		get_text(&row, word, sizeof word);
		referral_state_parse(word, &m->to);
		m->at = get_moment(&row);
		get_text(&row, m->user, sizeof m->user);
		get_id(&row); /* of the order */
	}
	return row_done(&row, err);
}

int remarks_of(struct store *st, struct id referral, struct remarks *ret, struct err *err)
{
	static const struct query OF = {
		"remarks.of", "SELECT c.id, c.at, coalesce(u.name, ''), c.kind, c.clinical, c.words"
			      " FROM referral_comment c LEFT JOIN user u ON u.id = c.user"
			      " WHERE c.referral = :referral AND c.state = 'on' ORDER BY c.id"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":referral", referral);
	while (row_next(&row)) {
		struct remark *r = list_push(ret);

		r->id = get_id(&row);
		r->at = get_moment(&row);
		get_text(&row, r->user, sizeof r->user);
		get_text(&row, r->kind, sizeof r->kind);
		r->clinical = get_bool(&row);
		get_text(&row, r->words, sizeof r->words);
	}
	return row_done(&row, err);
}

int attachments_of(struct store *st, struct id referral, struct attachments *ret, struct err *err)
{
	static const struct query OF = {
		"attachments.of",
		"SELECT a.id, a.at, coalesce(u.name, ''), a.name, a.type, a.bytes, a.hash, a.node"
		" FROM attachment a LEFT JOIN user u ON u.id = a.user"
		" WHERE a.referral = :referral AND a.state = 'on' ORDER BY a.id"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":referral", referral);
	while (row_next(&row)) {
		struct attachment *a = list_push(ret);
		const void *hash;
		size_t n;

		a->id = get_id(&row);
		a->at = get_moment(&row);
		get_text(&row, a->user, sizeof a->user);
		get_text(&row, a->name, sizeof a->name);
		get_text(&row, a->type, sizeof a->type);
		a->bytes = get_int(&row);
		hash = get_blob(&row, &n);
		if (hash && n == sizeof a->hash)
			memcpy(a->hash, hash, n);
		a->node = (int)get_int(&row);
	}
	return row_done(&row, err);
}

int decision_of(struct store *st, struct id referral, struct decision *ret, struct err *err)
{
	static const struct query OF = {
		"decisions.of",
		"SELECT d.id, d.at, coalesce(u.name, ''), d.priority, d.pathway, d.service, d.site,"
		" d.clinician, d.skill, d.mode, coalesce(d.suggested_priority, -1), d.suggested_pathway"
		" FROM decision d LEFT JOIN user u ON u.id = d.user"
		" WHERE d.referral = :referral AND d.state = 'on' ORDER BY d.id DESC LIMIT 1"
	};
	struct row row = query(st, &OF);
	struct decision found = { 0 };
	char word[CODE_TEXT];

	bind_id(&row, ":referral", referral);
	while (row_next(&row)) {
		found.id = get_id(&row);
		found.at = get_moment(&row);
		get_text(&row, found.user, sizeof found.user);
		found.priority = (int)get_int(&row);
		get_text(&row, word, sizeof word);
		pathway_parse(word, &found.pathway);
		found.service = get_id(&row);
		found.site = get_id(&row);
		found.clinician = get_id(&row);
		get_text(&row, found.skill, sizeof found.skill);
		get_text(&row, found.mode, sizeof found.mode);
		found.suggested_priority = (int)get_int(&row);
		get_text(&row, found.suggested_pathway, sizeof found.suggested_pathway);
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

/* ---- who is to be booked ---- */

/* Tries count since the last booking: whoever was reached and has cancelled is tried anew. */
#define TRIES                                                                                      \
	" FROM reach x WHERE x.episode = e.id AND x.state = 'on' AND x.at >= coalesce((SELECT"     \
	" max(a.asked_at) FROM booking b JOIN appointment a ON a.id = b.appt"                      \
	" WHERE b.episode = e.id), 0)"
#define TO_BOOK                                                                                    \
	"SELECT e.id, e.person, e.service, e.customer, e.number, r.id IS NOT NULL, e.priority,"    \
	" e.received, e.target, p.surname, p.given, p.title, p.born,"                              \
	" (SELECT count(*)" TRIES "), (SELECT max(x.at)" TRIES "),"                                \
	" (SELECT x.next_at" TRIES " ORDER BY x.id DESC LIMIT 1),"                                 \
	" (SELECT x.how" TRIES " ORDER BY x.id DESC LIMIT 1)"                                      \
	" FROM to_book l JOIN episode e ON e.id = l.episode JOIN person p ON p.id = e.person"      \
	" LEFT JOIN referral r ON r.id = e.id "

static void get_to_book(struct row *row, struct to_book_row *r)
{
	r->episode = get_id(row);
	r->person = get_id(row);
	r->service = get_id(row);
	r->customer = get_id(row);
	get_text(row, r->number, sizeof r->number);
	r->referred = get_bool(row);
	r->priority = (int)get_int(row);
	r->received = get_date(row);
	r->target = get_date(row);
	get_text(row, r->surname, sizeof r->surname);
	get_text(row, r->given, sizeof r->given);
	get_text(row, r->title, sizeof r->title);
	r->born = get_date(row);
	r->tries = (int)get_int(row);
	r->tried_at = get_moment(row);
	r->next_at = get_moment(row);
	get_text(row, r->how, sizeof r->how);
}

/* Those without a day to be seen by come last, which no index has them: two walks of one. */
#define LISTED                                                                                     \
	"SELECT l.episode, e.priority, l.target FROM to_book l JOIN episode e ON e.id = l.episode" \
	" WHERE l.service = :service AND l.target "

static int listed(struct row row, struct id service, int max, struct to_book_items *ret,
		  struct err *err)
{
	bind_id(&row, ":service", service);
	bind_int(&row, ":max", max);
	while (row_next(&row)) {
		struct to_book_item *it = list_push(ret);

		it->episode = get_id(&row);
		it->priority = (int)get_int(&row);
		it->target = get_date(&row);
	}
	return row_done(&row, err);
}

int to_book_of(struct store *st, struct id service, int max, struct to_book_items *ret,
	       struct err *err)
{
	static const struct query OF = {
		"to_book.of", LISTED "IS NOT NULL ORDER BY l.target, e.priority, e.id LIMIT :max"
	};
	static const struct query OTHERS = { "to_book.others", LISTED
					     "IS NULL ORDER BY e.priority, e.id LIMIT :max" };
	size_t had = ret->n;

	if (listed(query(st, &OF), service, max, ret, err) < 0)
		return -1;
	max -= (int)(ret->n - had);
	return max > 0 ? listed(query(st, &OTHERS), service, max, ret, err) : 0;
}

int to_book_get(struct store *st, struct id episode, struct to_book_row *ret, struct err *err)
{
	static const struct query GET = { "to_book.get", TO_BOOK "WHERE l.episode = :episode" };
	struct row row = query(st, &GET);
	struct to_book_row found = { 0 };

	bind_id(&row, ":episode", episode);
	while (row_next(&row))
		get_to_book(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.episode))
		return err_set(err, ERR_MISSING, "That is not on the list of who is to be booked.");
	*ret = found;
	return 0;
}

/* ---- contracts ---- */

#define CONTRACT_COLUMNS                                                                           \
	"id, service, customer, from_day, triage, offer, seen, report, tries, cap, rule,"          \
	" coalesce(sessions, -1), notice, late_counts, missed_counts, review,"                     \
	" rap_share, rap_hours, dna_notice"

static int get_contract(struct row *row, struct contract *ret, struct err *err)
{
	struct contract found = { .from = DATE_NONE, .sessions = -1, .notice = USUAL_NOTICE };

	while (row_next(row)) {
		found.id = get_id(row);
		found.service = get_id(row);
		found.customer = get_id(row);
		found.from = get_date(row);
		found.triage = (int)get_int(row);
		found.offer = (int)get_int(row);
		found.seen = (int)get_int(row);
		found.report = (int)get_int(row);
		found.tries = (int)get_int(row);
		found.cap = (int)get_int(row);
		get_text(row, found.rule, sizeof found.rule);
		found.sessions = (int)get_int(row);
		found.notice = (int)get_int(row);
		found.late_counts = get_bool(row);
		found.missed_counts = get_bool(row);
		found.review = (int)get_int(row);
		found.rap_share = (int)get_int(row);
		found.rap_hours = (int)get_int(row);
		found.dna_notice = get_bool(row);
	}
	if (row_done(row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int contract_get(struct store *st, struct id id, struct contract *ret, struct err *err)
{
	static const struct query GET = { "contract.get", "SELECT " CONTRACT_COLUMNS
							  " FROM contract WHERE id = :id" };
	struct row row = query(st, &GET);

	bind_id(&row, ":id", id);
	return get_contract(&row, ret, err);
}

int contract_on(struct store *st, struct id service, struct id customer, struct date day,
		struct contract *ret, struct err *err)
{
	static const struct query ON = {
		"contract.on",
		"SELECT " CONTRACT_COLUMNS
		" FROM contract WHERE service = :service AND (customer = :customer OR customer IS NULL)"
		" AND from_day <= :day AND state = 'on'"
		" ORDER BY customer IS NULL, from_day DESC, id DESC LIMIT 1"
	};
	struct row row = query(st, &ON);

	bind_id(&row, ":service", service);
	bind_id(&row, ":customer", customer);
	bind_date(&row, ":day", day);
	return get_contract(&row, ret, err);
}

int contract_of(struct store *st, struct id referral, struct id service, struct contract *ret,
		struct err *err)
{
	static const struct query OF = { "contract.of",
					 "SELECT " CONTRACT_COLUMNS " FROM contract WHERE id ="
					 " (SELECT contract FROM referral WHERE id = :referral)"
					 " AND service = :service" };
	struct row row = query(st, &OF);

	bind_id(&row, ":referral", referral);
	bind_id(&row, ":service", service);
	return get_contract(&row, ret, err);
}

int referrals_received(struct store *st, struct id customer, struct id service, struct moment from,
		       struct moment to, int *ret, struct err *err)
{
	static const struct query COUNT = {
		"referrals.received",
		"SELECT count(*) FROM referral WHERE customer = :customer AND service = :service"
		" AND received >= :from AND received < :to AND state <> 'error'"
	};
	struct row row = query(st, &COUNT);
	int n = 0;

	bind_id(&row, ":customer", customer);
	bind_id(&row, ":service", service);
	bind_moment(&row, ":from", from);
	bind_moment(&row, ":to", to);
	while (row_next(&row))
		n = (int)get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

/* ---- in a run ---- */

void remark_put(struct txn *t, const struct referral *r, const struct new_remark *n)
{
	static const struct query PUT = {
		"remark.put",
		"INSERT INTO referral_comment (id, scope, referral, at, user, kind, clinical, words,"
		" state) VALUES (:id, :scope, :referral, :at, :user, :kind, :clinical, :words, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", n->id);
	bind_text(&row, ":scope", r->scope);
	bind_id(&row, ":referral", r->id);
	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":user", t->actor.n);
	bind_text(&row, ":kind", n->kind);
	bind_int(&row, ":clinical", n->clinical);
	bind_text(&row, ":words", n->words);
	txn_run(t, &row);
}

void pause_put(struct txn *t, const struct referral *r, const struct new_pause *n)
{
	static const struct query PUT = {
		"pause.put", "INSERT INTO pause (id, scope, referral, kind, asked, since, state)"
			     " VALUES (:id, :scope, :referral, :kind, :asked, :since, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", n->id);
	bind_text(&row, ":scope", r->scope);
	bind_id(&row, ":referral", r->id);
	bind_text(&row, ":kind", n->kind);
	bind_text(&row, ":asked", n->asked);
	bind_moment(&row, ":since", t->at);
	txn_run(t, &row);
}

void pause_end(struct txn *t, struct id pause, bool open)
{
	static const struct query END = { "pause.end",
					  "UPDATE pause SET until = max(since, :at) WHERE id = :id"
					  " AND (until IS NULL) = (:at IS NOT NULL)" };
	struct row row = query(t->store, &END);
	struct moment at = { 0 };

	if (!open)
		at = t->at;
	bind_moment(&row, ":at", at);
	bind_id(&row, ":id", pause);
	txn_run(t, &row);
}

void pauses_end(struct txn *t, struct id referral)
{
	static const struct query END = {
		"pauses.end", "UPDATE pause SET until = max(since, :at) WHERE referral = :id"
			      " AND state = 'on' AND until IS NULL"
	};
	struct row row = query(t->store, &END);

	bind_moment(&row, ":at", t->at);
	bind_id(&row, ":id", referral);
	txn_run(t, &row);
}

void pauses_count(struct txn *t, struct id referral)
{
	static const struct query COUNT = {
		"pauses.count", "UPDATE referral SET pauses = (SELECT count(*) FROM pause p"
				" WHERE p.referral = :id AND p.state = 'on') WHERE id = :id"
	};
	struct row row = query(t->store, &COUNT);

	bind_id(&row, ":id", referral);
	txn_run(t, &row);
}

void decision_put(struct txn *t, const struct referral *r, const struct decision *d)
{
	static const struct query PUT = {
		"decision.put",
		"INSERT INTO decision (id, scope, referral, at, user, priority, pathway, service, site,"
		" clinician, skill, mode, suggested_priority, suggested_pathway, state) VALUES (:id,"
		" :scope, :referral, :at, :user, :priority, :pathway, :service, :site, :clinician,"
		" :skill, :mode, nullif(:suggested, -1), :suggested_pathway, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", d->id);
	bind_text(&row, ":scope", r->scope);
	bind_id(&row, ":referral", r->id);
	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":user", t->actor.n);
	bind_int(&row, ":priority", d->priority);
	bind_text(&row, ":pathway", pathway_code(d->pathway));
	bind_id(&row, ":service", d->service);
	bind_id(&row, ":site", d->site);
	bind_id(&row, ":clinician", d->clinician);
	bind_word(&row, ":skill", d->skill);
	bind_word(&row, ":mode", d->mode);
	bind_int(&row, ":suggested", d->suggested_priority);
	bind_word(&row, ":suggested_pathway", d->suggested_pathway);
	txn_run(t, &row);
}

void attachment_put(struct txn *t, const struct referral *r, const struct attachment *a)
{
	static const struct query PUT = {
		"attachment.put",
		"INSERT INTO attachment (id, scope, referral, at, user, name, type, bytes, hash, node,"
		" state) VALUES (:id, :scope, :referral, :at, :user, :name, :type, :bytes, :hash, :node,"
		" 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", a->id);
	bind_text(&row, ":scope", r->scope);
	bind_id(&row, ":referral", r->id);
	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":user", t->actor.n);
	bind_text(&row, ":name", a->name);
	bind_text(&row, ":type", a->type);
	bind_int(&row, ":bytes", a->bytes);
	bind_blob(&row, ":hash", a->hash, sizeof a->hash);
	bind_int(&row, ":node", a->node);
	txn_run(t, &row);
}

void referral_part_set(struct txn *t, enum referral_part part, struct id id, bool on)
{
	static const struct query SET[PARTS] = {
		[PART_REMARK] = { "remark.state",
				  "UPDATE referral_comment SET state = :state WHERE id = :id" },
		[PART_PAUSE] = { "pause.state", "UPDATE pause SET state = :state WHERE id = :id" },
		[PART_DECISION] = { "decision.state",
				    "UPDATE decision SET state = :state WHERE id = :id" },
		[PART_ATTACHMENT] = { "attachment.state",
				      "UPDATE attachment SET state = :state WHERE id = :id" },
		[PART_REACH] = { "reach.state", "UPDATE reach SET state = :state WHERE id = :id" },
	};
	struct row row = query(t->store, &SET[part]);

	bind_text(&row, ":state", on ? "on" : "off");
	bind_id(&row, ":id", id);
	txn_run(t, &row);
}

void reach_put(struct txn *t, const char *scope, const struct reach *r)
{
	static const struct query PUT = {
		"reach.put",
		"INSERT INTO reach (id, scope, episode, nth, at, user, how, next_at, state)"
		" VALUES (:id, :scope, :episode, :nth, :at, :user, :how, :next, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", r->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":episode", r->episode);
	bind_int(&row, ":nth", r->nth);
	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":user", t->actor.n);
	bind_text(&row, ":how", r->how);
	bind_moment(&row, ":next", r->next_at);
	txn_run(t, &row);
}
