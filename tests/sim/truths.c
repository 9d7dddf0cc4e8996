/*
 * truths.c: the ledger outside of all databases, and what always holds.
 *
 *	I1	a node without its pending commands is what the hub was at that entry
 *	I2	a confirmed appointment owns its slots; a slot cannot have two
 *	I3	what somebody saw as confirmed is so, or was cancelled, or stands as displaced on
 *the list, and then only where a hold was revoked I4	every command that was saved is in the log
 *exactly once I5	what lost has its row on the list, and its author is told I6	once the
 *lines are whole: nothing pending, nothing undecided, all alike I7	the chain of the log
 *verifies I8	no entry ever met another row than it expected; no key points nowhere; the files are
 *whole total	no command failed; one scope a command
 */
#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "clinic.h"
#include "sim.h"
#include "store/appts.h"
#include "store/db.h"
#include "store/diaries.h"
#include "store/effect.h"
#include "store/journal.h"
#include "store/log.h"
#include "store/replica.h"
#include "vfs.h"

/* ---- the ledger ---- */

static void note_commands(struct sim *sim, struct machine *p)
{
	sqlite3_stmt *stmt = NULL;

	ck_assert_int_eq(
		sqlite3_prepare_v2(p->store->db,
				   "SELECT k, history, at FROM cmd WHERE k > ?1 ORDER BY k", -1,
				   &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, p->seen);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct issued *i = list_push(&sim->issued);

		p->seen = sqlite3_column_int64(stmt, 0);
		*i = (struct issued){ .history = sqlite3_column_int64(stmt, 1),
				      .k = p->seen,
				      .at = sqlite3_column_int64(stmt, 2),
				      .place = p->at };
	}
	sqlite3_finalize(stmt);
}

/* Two copies of a node may call two bookings by one id, before one of them is told. */
static struct promise *promise_of(struct sim *sim, int64_t appt, int64_t person)
{
	list_each (p, &sim->promises)
		if (p->appt == appt && p->person == person)
			return p;
	struct promise *p = list_push(&sim->promises);

	p->appt = appt;
	p->person = person;
	return p;
}

static void note_slot(struct promise *p, int64_t slot, int64_t epoch)
{
	for (int i = 0; i < p->n; i++)
		if (p->in[i].slot == slot) {
			p->in[i].epoch = epoch;
			return;
		}
	if (slot && p->n < SHOWN_MOST)
		p->in[p->n++] = (struct shown_in){ slot, epoch };
}

static void note_promises(struct sim *sim, struct machine *p)
{
	sqlite3_stmt *stmt = NULL;

	ck_assert_int_eq(sqlite3_prepare_v2(p->store->db,
					    "SELECT a.id, b.person, a.asked_at, s.id, s.epoch"
					    " FROM appointment a JOIN booking b ON b.appt = a.id"
					    " LEFT JOIN slot s ON s.appt = a.id"
					    " WHERE a.state = 'B'",
					    -1, &stmt, NULL),
			 SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct promise *promise = promise_of(sim, sqlite3_column_int64(stmt, 0),
						     sqlite3_column_int64(stmt, 1));

		promise->asked_at = sqlite3_column_int64(stmt, 2);
		promise->shown |= 1u << p->at;
		note_slot(promise, sqlite3_column_int64(stmt, 3), sqlite3_column_int64(stmt, 4));
	}
	sqlite3_finalize(stmt);
}

void ledger_note(struct sim *sim, struct machine *p)
{
	int changes = sqlite3_total_changes(p->store->db);

	if (changes == p->changes)
		return;
	note_commands(sim, p);
	note_promises(sim, p);
	p->changes = changes;
}

/* What only this disk had is gone, and what was shown by it alone is no promise any more. */
void ledger_restored(struct sim *sim, struct machine *p)
{
	struct machine *hub = &sim->place[HUB];
	bool lost = false;

	list_each (i, &sim->issued) {
		if (i->place != p->at || i->destroyed)
			continue;
		i->destroyed = !sim_number(sim, hub, "SELECT count(*) FROM history WHERE id = ?1",
					   i->history) &&
			       !sim_number(sim, p, "SELECT count(*) FROM cmd WHERE history = ?1",
					   i->history);
		lost |= i->destroyed;
	}
	p->seen = sim_number(sim, p, "SELECT coalesce(max(k), 0) FROM cmd", 0);
	if (!lost)
		return;
	list_each (promise, &sim->promises)
		if ((promise->shown & (1u << p->at)) &&
		    !sim_number(sim, hub,
				"SELECT count(*) FROM appointment WHERE id = ?1"
				" AND state = 'B'",
				promise->appt))
			promise->excused = true;
}

/* ---- the hub, after each new entry ---- */

static void mark_seq(struct sim *sim, int64_t seq)
{
	struct err err = ERR_INIT;
	struct mark *m;

	if (sim->n_marks == sim->marks_cap) {
		sim->marks_cap = sim->marks_cap ? 2 * sim->marks_cap : 64;
		sim->marks = realloc(sim->marks, sim->marks_cap * sizeof *sim->marks);
		ck_assert_ptr_nonnull(sim->marks);
	}
	m = &sim->marks[sim->n_marks++];
	m->seq = seq;
	if (replica_digest(sim->place[HUB].store, m->digest, &err) < 0)
		sim_broken(sim, "no digest: %s", err.text);
}

static void look_at_entries(struct sim *sim)
{
	struct store *st = sim->place[HUB].store;
	struct log_entries list = { 0 };
	struct err err = ERR_INIT;

	ck_ok(log_sqlite.read(st, sim->looked + 1, 1000, SIZE_MAX, &list, &err), err);
	list_each (e, &list) {
		if (strcmp(e->verdict, "failed") == 0 || strcmp(e->verdict, "unsupported") == 0)
			sim_broken(sim, "entry %lld, %s of node %d, %s", (long long)e->seq, e->type,
				   e->node, e->verdict);
		if (effect_one_scope(st, e->part[1].body, e->part[1].n, e->part[1].scope, &err) < 0)
			sim_broken(sim, "entry %lld, %s: %s", (long long)e->seq, e->type, err.text);
		sim->looked = e->seq;
	}
	log_entries_done(&list);
}

void truths_hub(struct sim *sim)
{
	struct machine *hub = &sim->place[HUB];
	int64_t seq, bad;

	/* A machine that has stopped is looked at when it runs again. */
	if (*sim->why || vfs_failed())
		return;
	seq = sim_number(sim, hub, "SELECT seq FROM me", 0);
	if (seq == sim->looked)
		return;
	mark_seq(sim, seq);
	look_at_entries(sim);
	/* All of its time, and nothing beside it but what somebody is asked to free. */
	bad = sim_number(
		sim, hub,
		"SELECT a.id FROM appointment a WHERE a.state = 'B' AND a.over_by IS NULL"
		" AND ((SELECT coalesce(sum(s.mins), 0) FROM slot s WHERE s.appt = a.id"
		"  AND s.clinician = a.clinician AND s.starts BETWEEN a.starts"
		"  AND a.starts + a.mins * 60 - 1) < a.mins"
		" OR (EXISTS (SELECT 1 FROM slot s WHERE s.appt = a.id AND (s.clinician <>"
		"  a.clinician OR s.starts NOT BETWEEN a.starts AND a.starts + a.mins * 60 - 1))"
		"  AND NOT EXISTS (SELECT 1 FROM request r WHERE r.appt = a.id"
		"   AND r.state = 'free'))) LIMIT 1",
		0);
	if (bad)
		sim_broken(
			sim,
			"I2: appointment %lld is confirmed and its slots are not its own (entry %lld)",
			(long long)bad, (long long)seq);
}

/* ---- a node ---- */

static const struct mark *mark_at(const struct sim *sim, int64_t seq)
{
	for (size_t i = sim->n_marks; i-- > 0;)
		if (sim->marks[i].seq == seq)
			return &sim->marks[i];
	return NULL;
}

void truths_node(struct sim *sim, struct machine *p)
{
	int64_t seq = sim_number(sim, p, "SELECT seq FROM me", 0);
	const struct mark *m = mark_at(sim, seq);
	unsigned char digest[32];
	struct err err = ERR_INIT;
	int rc;

	if (*sim->why)
		return;
	if (sim_number(sim, p, "SELECT stopped IS NOT NULL FROM me", 0))
		sim_broken(sim, "I8: node %d stopped: %s", p->node, store_me(p->store)->stopped);
	if (!m || (seq == p->looked && !sim->over))
		return;
	p->looked = seq;
	ck_ok(store_begin(p->store, &err), err);
	rc = journal_take_back(p->store, &err);
	if (rc == 0)
		rc = replica_digest(p->store, digest, &err);
	store_rollback(p->store);
	if (rc < 0)
		sim_broken(sim, "I8: node %d: %s", p->node, err.text);
	else if (memcmp(digest, m->digest, 32) != 0)
		sim_broken(sim, "I1: node %d is not what the hub was at entry %lld", p->node,
			   (long long)m->seq);
}

/* ---- the end ---- */

/* The booking of a promise by the id that it has now: where two copies, or two lives, gave out one
 * id, the second to be told of had another since.  Of two for one person at one moment it is the
 * one in the time that was shown. */
static int64_t kept_as(struct sim *sim, const struct promise *p)
{
	char *sql = mem_printf("SELECT b.appt FROM booking b JOIN appointment a ON a.id = b.appt"
			       " LEFT JOIN slot s ON s.id = %lld"
			       " WHERE b.person = %lld AND (b.appt = ?1 OR a.asked_at = %lld AND"
			       " %d) ORDER BY a.starts IS NOT s.starts OR"
			       " a.clinician IS NOT s.clinician OR a.asked_at <> %lld,"
			       " b.appt <> ?1 LIMIT 1",
			       p->n ? (long long)p->in[0].slot : 0, (long long)p->person,
			       (long long)p->asked_at, sim->twin_of || sim->restores,
			       (long long)p->asked_at);
	int64_t appt = sim_number(sim, &sim->place[HUB], sql, p->appt);

	mem_free(sql);
	return appt;
}

/* Somebody took the hold away from under it, or a second copy of its node gave the slot as well:
 * the exceptions that have a name. */
static bool may_be_displaced(struct sim *sim, const struct promise *p)
{
	for (int i = 0; i < p->n; i++)
		if (sim_number(sim, &sim->place[HUB], "SELECT epoch FROM slot WHERE id = ?1",
			       p->in[i].slot) > p->in[i].epoch)
			return true;
	return sim->twin_of && (p->shown & (1u << TWIN | 1u << sim->twin_of));
}

/* On the list, and on somebody's to ring. */
static void check_displaced(struct sim *sim, const struct promise *p)
{
	struct machine *hub = &sim->place[HUB];

	if (!may_be_displaced(sim, p))
		sim_broken(sim, "I3: appointment %lld is displaced and nobody took its slot away",
			   (long long)p->appt);
	else if (!sim_number(sim, hub,
			     "SELECT count(*) FROM overlap WHERE type = 'displaced' AND a = ?1"
			     " AND (state = 'open' OR how IS NOT NULL)",
			     p->appt))
		sim_broken(sim, "I3: appointment %lld is displaced and on no list",
			   (long long)p->appt);
	else if (!sim_number(sim, hub,
			     "SELECT count(*) FROM task WHERE appt = ?1 AND kind = 'ringback'",
			     p->appt))
		sim_broken(sim, "I3: appointment %lld is displaced and nobody is to ring them",
			   (long long)p->appt);
}

static void check_promises(struct sim *sim)
{
	struct machine *hub = &sim->place[HUB];

	list_each (p, &sim->promises) {
		p->appt = kept_as(sim, p);
		int64_t state = sim_number(
			sim, hub, "SELECT unicode(state) FROM appointment WHERE id = ?1", p->appt);

		if (p->excused || (state && strchr("BAISDNX", (int)state)))
			continue;
		if (state == 'P') {
			check_displaced(sim, p);
			continue;
		}
		/* Somebody cancelled it, or took back what had confirmed it. */
		if (state == 'R' && sim_number(sim, hub,
					       "SELECT count(*) FROM history WHERE subject = ?1"
					       " AND name IN ('cancel', 'restore')",
					       p->appt))
			continue;
		sim_broken(sim, "I3: appointment %lld was shown as confirmed and is %c",
			   (long long)p->appt, state ? (char)state : '-');
	}
}

static bool in_log(struct sim *sim, int64_t history)
{
	return sim_number(sim, &sim->place[HUB], "SELECT count(*) FROM history WHERE id = ?1",
			  history);
}

/* Under the id that it was given, or that it has at its place by now. */
static bool logged(struct sim *sim, const struct issued *i)
{
	char *sql =
		mem_printf("SELECT history FROM cmd WHERE k = ?1 AND at = %lld", (long long)i->at);
	int64_t now = sim_number(sim, &sim->place[i->place], sql, i->k);

	mem_free(sql);
	return in_log(sim, i->history) || (now && in_log(sim, now));
}

static void check_commands(struct sim *sim)
{
	list_each (i, &sim->issued)
		if (!i->destroyed && !logged(sim, i))
			sim_broken(sim, "I4: a command of place %d (%lld) is not in the log",
				   i->place, (long long)i->history);
}

static void check_losers(struct sim *sim)
{
	static const char DECLINED[] =
		"SELECT count(*) FROM appointment a WHERE a.state IN ('R', 'P') AND NOT EXISTS"
		" (SELECT 1 FROM overlap o WHERE o.a = a.id AND o.type IN ('slot', 'displaced'))";
	/* ... and somebody rings, or has rung, or they have had another time since. */
	static const char UNRUNG[] =
		"SELECT count(*) FROM appointment a WHERE a.state IN ('R', 'P') AND NOT EXISTS"
		" (SELECT 1 FROM task t WHERE t.appt = a.id AND t.kind = 'ringback')";
	/* A text waits for an answer that has been given. */
	static const char HELD[] =
		"SELECT count(*) FROM message m WHERE m.state = 'held' AND NOT EXISTS"
		" (SELECT 1 FROM request r WHERE r.appt = m.appt AND r.state = 'open')";
	static const char LOST[] =
		"SELECT count(*) FROM cmd c WHERE c.log_seq IS NOT NULL AND c.verdict IN"
		" ('conflict', 'declined', 'displaced') AND NOT EXISTS (SELECT 1 FROM overlap o"
		" WHERE o.id > c.history AND o.id < c.history + 1000)";
	static const char UNTOLD[] =
		"SELECT count(*) FROM cmd c WHERE c.log_seq IS NOT NULL AND c.verdict <>"
		" CASE c.told WHEN 'saved' THEN 'ok' ELSE c.told END AND c.verdict <> 'merged'"
		" AND c.act NOT IN (SELECT act FROM attention)";

	if (sim_number(sim, &sim->place[HUB], DECLINED, 0))
		sim_broken(sim, "I5: a declined booking is on nobody's list");
	if (sim_number(sim, &sim->place[HUB], UNRUNG, 0))
		sim_broken(sim, "I5: nobody rings who was declined or displaced");
	if (sim_number(sim, &sim->place[HUB], HELD, 0))
		sim_broken(sim, "I6: somebody waits to be told of an answer");
	for (int i = 0; i < sim->machines; i++) {
		if (sim_number(sim, &sim->place[i], LOST, 0))
			sim_broken(sim, "I5: what lost at place %d is on nobody's list", i);
		if (sim_number(sim, &sim->place[i], UNTOLD, 0))
			sim_broken(sim, "I5: somebody at place %d is not told what changed", i);
	}
}

/* Nothing lies idle: a slot that nobody will come for is free. */
static void check_strays(struct sim *sim)
{
	int64_t slot = sim_number(sim, &sim->place[HUB],
				  "SELECT s.id FROM slot s JOIN appointment a ON a.id = s.appt"
				  " WHERE a.state IN ('X', 'R', 'P') OR s.clinician <> a.clinician"
				  " OR s.starts NOT BETWEEN a.starts AND a.starts + a.mins * 60 - 1"
				  " LIMIT 1",
				  0);

	if (slot)
		sim_broken(sim, "I6: slot %lld is kept for nobody", (long long)slot);
}

/* Its home's word on a slot has reached whoever holds it. */
static void check_diaries_kept(struct sim *sim)
{
	int64_t slot = sim_number(
		sim, &sim->place[HUB],
		"SELECT s.id FROM slot s JOIN block b ON b.id = s.block LEFT JOIN blocked x"
		" ON x.slot = s.id WHERE s.day >= ?1 AND s.state <> CASE WHEN b.state <> 'open'"
		" THEN 'withdrawn' WHEN EXISTS (SELECT 1 FROM leave l WHERE l.clinician = s.clinician"
		"  AND s.day BETWEEN l.from_day AND l.to_day AND l.state = 'on') THEN 'leave'"
		" WHEN x.state = 'on' THEN 'blocked' ELSE 'open' END"
		" AND NOT (s.state = 'blocked' AND x.state = 'on') LIMIT 1",
		moment_date(sim->now).n);

	if (slot)
		sim_broken(sim, "I6: slot %lld is not open or closed as its diary says",
			   (long long)slot);
}

static void check_alike(struct sim *sim)
{
	unsigned char hub[32], node[32];
	struct err err = ERR_INIT;

	ck_ok(replica_digest(sim->place[HUB].store, hub, &err), err);
	for (int i = 0; i < sim->machines; i++) {
		struct machine *p = &sim->place[i];

		if (sim_number(sim, p, "SELECT count(*) FROM cmd WHERE state = 'pending'", 0))
			sim_broken(sim, "I6: place %d has something pending", i);
		if (sim_number(sim, p,
			       "SELECT count(*) FROM request WHERE state IN ('open', 'free')", 0))
			sim_broken(sim, "I6: something asked for is not answered (at %d)", i);
		ck_ok(replica_digest(p->store, node, &err), err);
		if (memcmp(hub, node, 32) != 0)
			sim_broken(sim, "I6: place %d is not as the hub", i);
	}
}

static void check_files(struct sim *sim)
{
	int64_t n;
	struct err err = ERR_INIT;

	if (log_verify(sim->place[HUB].store, &n, &err) < 0)
		sim_broken(sim, "I7: %s", err.text);
	for (int i = 0; i < sim->machines; i++) {
		struct machine *p = &sim->place[i];

		if (sim_number(sim, p, "SELECT count(*) FROM pragma_foreign_key_check", 0) ||
		    sim_number(sim, p, "SELECT integrity_check <> 'ok' FROM pragma_integrity_check",
			       0))
			sim_broken(sim, "I8: the file of place %d is not whole", i);
		if (journal_verify(p->store, &(int64_t){ 0 }, &(int64_t){ 0 }, &err) < 0)
			sim_broken(sim, "I7: place %d: %s", i, err.text);
	}
}

/* What acts would refuse at one desk can be done at two: for a person to settle, and no damage. */
static void breach(void *ctx, const char *sentence)
{
	static const char *const soft[] = { "one person''s", "are one person's", "first attendance",
					    "share a room", "while another clinician" };
	struct sim *sim = ctx;

	for (size_t i = 0; i < sizeof soft / sizeof *soft; i++)
		if (strstr(sentence, soft[i]))
			return;
	sim_broken(sim, "store check: %s", sentence);
}

/* Who was in the building when their time went elsewhere is still there, and somebody hears of it.
 */
static void check_here(struct sim *sim)
{
	int64_t appt =
		sim_number(sim, &sim->place[HUB],
			   "SELECT a.id FROM appointment a WHERE a.over_why LIKE 'in the building%'"
			   " AND NOT EXISTS (SELECT 1 FROM overlap o WHERE o.a = a.id) LIMIT 1",
			   0);

	if (appt)
		sim_broken(sim, "I5: appointment %lld lost its time under who is here, in silence",
			   (long long)appt);
}

/* Of two who decided one referral the first stands, and both stand where a person settles it. */
static void check_decisions(struct sim *sim)
{
	int64_t referral = sim_number(sim, &sim->place[HUB],
				      "SELECT referral FROM decision WHERE state = 'on'"
				      " GROUP BY referral HAVING count(*) > 1 LIMIT 1",
				      0);

	if (referral)
		sim_broken(sim, "I5: referral %lld is decided twice", (long long)referral);
}

static void check_rules(struct sim *sim)
{
	struct err err = ERR_INIT;

	ck_ok(check_appts(sim->place[HUB].store, breach, sim, &err), err);
	ck_ok(check_diaries(sim->place[HUB].store, breach, sim, &err), err);
	ck_ok(deed_check(sim, breach, &err), err);
}

void truths_end(struct sim *sim)
{
	check_rules(sim);
	check_decisions(sim);
	check_here(sim);
	check_promises(sim);
	check_commands(sim);
	check_losers(sim);
	check_strays(sim);
	check_diaries_kept(sim);
	check_alike(sim);
	check_files(sim);
}
