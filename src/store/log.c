/*
 * log.c: the ordered log in the hub's own SQLite database.
 *
 * The replica and the log are one file and one transaction, so nothing can come between what a
 * command did and its entry.  `me` holds the head: where this replica is and where its log ends are
 * the same thing here.
 */
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/log.h"

void entry_done(struct log_entry *e)
{
	for (int i = 0; i < ENTRY_PARTS; i++) {
		mem_free(e->part[i].body);
		e->part[i].body = NULL;
	}
}

void log_entries_done(struct log_entries *list)
{
	list_each (e, list)
		entry_done(e);
	list_free(list);
}

/* ---- hashes ---- */

static void add_number(struct hash *h, int64_t n)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)n >> (56 - 8 * i));
	hash_add(h, bytes, sizeof bytes);
}

static void hash_entry(const struct log_entry *e, unsigned char ret[32])
{
	const int64_t numbers[] = { e->seq,  e->epoch, e->schema, e->at.utc,
				    e->node, e->inc,   e->n,	  e->ver };
	struct hash h;

	hash_init(&h);
	hash_add(&h, e->prev, 32);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		add_number(&h, numbers[i]);
	hash_add(&h, e->type, strlen(e->type) + 1);
	hash_add(&h, e->verdict, strlen(e->verdict) + 1);
	hash_add(&h, e->cmd_hash, 32);
	for (int i = 0; i < ENTRY_PARTS; i++) {
		hash_add(&h, e->part[i].scope, strlen(e->part[i].scope) + 1);
		hash_add(&h, e->part[i].hash, 32);
	}
	hash_end(&h, ret);
}

void entry_seal(struct log_entry *e)
{
	for (int i = 0; i < ENTRY_PARTS; i++)
		if (e->part[i].here)
			hash_bytes(e->part[i].body, e->part[i].n, e->part[i].hash);
	hash_entry(e, e->hash);
}

bool entry_holds(const struct log_entry *e, const unsigned char prev[32])
{
	unsigned char is[32];

	if (memcmp(e->prev, prev, 32) != 0)
		return false;
	for (int i = 0; i < ENTRY_PARTS; i++) {
		if (!e->part[i].here)
			continue;
		hash_bytes(e->part[i].body, e->part[i].n, is);
		if (memcmp(is, e->part[i].hash, 32) != 0)
			return false;
	}
	hash_entry(e, is);
	return memcmp(is, e->hash, 32) == 0;
}

/* ---- writing ---- */

static int put_part(struct store *st, const struct log_entry *e, int part, struct err *err)
{
	static const struct query PUT = { "log.put_part",
					  "INSERT INTO log_part (seq, part, scope, body, body_hash)"
					  " VALUES (:seq, :part, :scope, :body, :hash)" };
	const struct entry_part *p = &e->part[part];
	struct row row = query(st, &PUT);

	bind_int(&row, ":seq", e->seq);
	bind_int(&row, ":part", part);
	bind_word(&row, ":scope", p->scope);
	bind_blob(&row, ":body",
		  p->here ? (const void *)(p->body ? p->body : (unsigned char *)"") : NULL, p->n);
	bind_blob(&row, ":hash", p->hash, 32);
	return row_run(&row, err);
}

static int put_entry(struct store *st, const struct log_entry *e, struct err *err)
{
	static const struct query PUT = {
		"log.put",
		"INSERT INTO log (seq, epoch, schema, logged_at, node, inc, n, type, ver, cmd_hash,"
		" verdict, prev, hash) VALUES (:seq, :epoch, :schema, :at, :node, :inc, :n, :type, :ver,"
		" :cmd, :verdict, :prev, :hash)"
	};
	struct row row = query(st, &PUT);

	bind_int(&row, ":seq", e->seq);
	bind_int(&row, ":epoch", e->epoch);
	bind_int(&row, ":schema", e->schema);
	bind_int(&row, ":at", e->at.utc);
	bind_int(&row, ":node", e->node);
	bind_int(&row, ":inc", e->inc);
	bind_int(&row, ":n", e->n);
	bind_text(&row, ":type", e->type);
	bind_int(&row, ":ver", e->ver);
	bind_blob(&row, ":cmd", e->cmd_hash, 32);
	bind_text(&row, ":verdict", e->verdict);
	bind_blob(&row, ":prev", e->prev, 32);
	bind_blob(&row, ":hash", e->hash, 32);
	if (row_run(&row, err) < 0)
		return -1;
	for (int part = 0; part < ENTRY_PARTS; part++)
		if (put_part(st, e, part, err) < 0)
			return -1;
	return 0;
}

static int sqlite_head(struct store *st, struct log_head *ret, struct err *err)
{
	if (!st->in_change && me_read(st, err) < 0)
		return -1;
	ret->seq = st->me.seq;
	ret->epoch = st->me.epoch;
	memcpy(ret->hash, st->me.hash, 32);
	return 0;
}

static int sqlite_append(struct store *st, struct log_entry *list, size_t n, int64_t expected,
			 struct err *err)
{
	if (expected != st->me.seq + 1)
		return err_set(err, ERR_CLASH, "The log has gone on meanwhile: pull, then again.");
	for (size_t i = 0; i < n; i++) {
		struct log_entry *e = &list[i];

		e->seq = st->me.seq + 1;
		e->epoch = st->me.epoch;
		e->schema = st->me.schema;
		memcpy(e->prev, st->me.hash, 32);
		entry_seal(e);
		if (put_entry(st, e, err) < 0)
			return -1;
		st->me.seq = e->seq;
		memcpy(st->me.hash, e->hash, 32);
		st->me_dirty = true;
	}
	return 0;
}

/* ---- reading ---- */

static void get_hash(struct row *row, unsigned char ret[32])
{
	size_t n;
	const void *p = get_blob(row, &n);

	memset(ret, 0, 32);
	if (n == 32)
		memcpy(ret, p, 32);
}

static void get_entry(struct row *row, struct log_entry *e)
{
	e->seq = get_int(row);
	e->epoch = get_int(row);
	e->schema = (int)get_int(row);
	e->at.utc = get_int(row);
	e->node = (int)get_int(row);
	e->inc = get_int(row);
	e->n = get_int(row);
	get_text(row, e->type, sizeof e->type);
	e->ver = (int)get_int(row);
	get_hash(row, e->cmd_hash);
	get_text(row, e->verdict, sizeof e->verdict);
	get_hash(row, e->prev);
	get_hash(row, e->hash);
}

static int read_parts(struct store *st, struct log_entry *e, size_t *bytes, struct err *err)
{
	static const struct query PARTS_OF = {
		"log.parts", "SELECT part, scope, body, body IS NOT NULL, body_hash"
			     " FROM log_part WHERE seq = :seq ORDER BY part"
	};
	struct row row = query(st, &PARTS_OF);

	bind_int(&row, ":seq", e->seq);
	while (row_next(&row)) {
		int64_t at = get_int(&row);
		struct entry_part *p = &e->part[at >= 0 && at < ENTRY_PARTS ? at : 0];
		const void *body;

		get_text(&row, p->scope, sizeof p->scope);
		body = get_blob(&row, &p->n);
		p->body = (unsigned char *)mem_strn(body ? body : "", p->n);
		p->here = get_bool(&row);
		get_hash(&row, p->hash);
		*bytes += p->n;
	}
	return row_done(&row, err);
}

static int sqlite_read(struct store *st, int64_t from, int max, size_t max_bytes,
		       struct log_entries *ret, struct err *err)
{
	static const struct query READ = {
		"log.read",
		"SELECT seq, epoch, schema, logged_at, node, inc, n, type, ver, cmd_hash,"
		" verdict, prev, hash FROM log WHERE seq >= :from ORDER BY seq LIMIT :max"
	};
	struct row row = query(st, &READ);
	size_t bytes = 0, n = ret->n;
	int rc = 0;

	bind_int(&row, ":from", from);
	bind_int(&row, ":max", max);
	while (rc == 0 && bytes < max_bytes && row_next(&row)) {
		struct log_entry *e = list_push(ret);

		get_entry(&row, e);
		rc = read_parts(st, e, &bytes, err);
	}
	if (row_done(&row, rc == 0 ? err : NULL) < 0 || rc < 0)
		return -1;
	if (ret->n > n && ret->v[n].seq != from)
		return err_set(err, ERR_STORE,
			       "The log has no entry %lld any more: this node needs a new copy.",
			       (long long)from);
	return 0;
}

static int sqlite_wait(struct store *st, int64_t seq, int ms, bool *ret, struct err *err)
{
	int64_t until = world_ticks() + ms;
	struct log_head head;

	for (;;) {
		const struct timespec turn = { 0, 50 * 1000 * 1000 };

		if (sqlite_head(st, &head, err) < 0)
			return -1;
		*ret = head.seq > seq;
		if (*ret || world_ticks() >= until)
			return 0;
		nanosleep(&turn, NULL);
	}
}

const struct log_store log_sqlite = { sqlite_head, sqlite_append, sqlite_read, sqlite_wait };

static int hash_by(struct row *row, unsigned char ret_hash[32], bool *ret, struct err *err)
{
	*ret = false;
	while (row_next(row)) {
		get_hash(row, ret_hash);
		*ret = true;
	}
	return row_done(row, err);
}

int log_command(struct store *st, int node, int64_t inc, int64_t n, unsigned char ret_hash[32],
		bool *ret, struct err *err)
{
	static const struct query COMMAND = {
		"log.command",
		"SELECT cmd_hash FROM log WHERE node = :node AND inc = :inc AND n = :n"
	};
	struct row row = query(st, &COMMAND);

	bind_int(&row, ":node", node);
	bind_int(&row, ":inc", inc);
	bind_int(&row, ":n", n);
	return hash_by(&row, ret_hash, ret, err);
}

int log_hash_at(struct store *st, int64_t seq, unsigned char ret_hash[32], bool *ret,
		struct err *err)
{
	static const struct query AT = { "log.hash_at", "SELECT hash FROM log WHERE seq = :seq" };
	struct row row = query(st, &AT);

	bind_int(&row, ":seq", seq);
	return hash_by(&row, ret_hash, ret, err);
}

int log_verify(struct store *st, int64_t *ret_entries, struct err *err)
{
	unsigned char prev[32] = { 0 };
	struct log_entries list = { 0 };
	int64_t at = 1;
	int rc;

	do {
		rc = sqlite_read(st, at, 500, SIZE_MAX, &list, err);
		for (size_t i = 0; rc == 0 && i < list.n; i++, at++) {
			const struct log_entry *e = &list.v[i];

			if (e->seq != at || !entry_holds(e, prev))
				rc = err_set(
					err, ERR_STORE,
					"Entry %lld of the log was changed after it was written: restore the last backup.",
					(long long)at);
			memcpy(prev, e->hash, 32);
		}
		if (list.n == 0)
			break;
		log_entries_done(&list);
	} while (rc == 0);
	log_entries_done(&list);
	*ret_entries = at - 1;
	return rc;
}
