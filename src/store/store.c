/*
 * store.c: opening the database, queueing for a change, ids and numbers.
 *
 * Always holds: WAL, synchronous=FULL (a confirmed booking survives a power cut), foreign keys on,
 * the schema checked before the first read.  Pages are shared between the desks of one machine by
 * mapping the file, so the private cache stays small.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>
#include <uuid/uuid.h>

#include "base/alloc.h"
#include "base/text.h"
#include "store/db.h"
#include "store/effect.h"

int store_exec(struct store *st, const char *sql, struct err *err)
{
	int rc = sqlite3_exec(st->db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : store_fail(st, rc, err);
}

/* ---- functions that triggers and indexes use ---- */

static void sql_fold(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	const char *s = (const char *)sqlite3_value_text(v[0]);

	(void)n;
	if (s)
		sqlite3_result_text(ctx, text_fold(s), -1, mem_free);
}

static void sql_sound(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	const char *s = (const char *)sqlite3_value_text(v[0]);
	char buf[8];

	(void)n;
	if (!s)
		return;
	char *folded = text_fold(s);

	sqlite3_result_text(ctx, text_sound(folded, buf), -1, SQLITE_TRANSIENT);
	mem_free(folded);
}

/* The end of a number is the start of its mirror, which an index finds. */
static void sql_mirror(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	const char *s = (const char *)sqlite3_value_text(v[0]);

	(void)n;
	if (!s)
		return;
	size_t len = strlen(s);
	char *out = mem_new(len + 1);

	for (size_t i = 0; i < len; i++)
		out[i] = s[len - 1 - i];
	sqlite3_result_text(ctx, out, (int)len, mem_free);
}

int store_functions(sqlite3 *db)
{
	static const struct {
		const char *name;
		void (*fn)(sqlite3_context *, int, sqlite3_value **);
	} fns[] = { { "fold", sql_fold }, { "sound", sql_sound }, { "mirror", sql_mirror } };

	for (size_t i = 0; i < sizeof fns / sizeof *fns; i++) {
		int rc = sqlite3_create_function(
			db, fns[i].name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
			NULL, fns[i].fn, NULL, NULL);
		if (rc != SQLITE_OK)
			return rc;
	}
	return SQLITE_OK;
}

/* ---- opening ---- */

static int connect_to(const char *path, int flags, struct store **ret, struct err *err)
{
	struct store *st = mem_new(sizeof *st);
	int rc;

	st->lock_fd = st->witness_fd = -1;
	st->path = mem_str(path);
	rc = sqlite3_open_v2(path, &st->db, flags, NULL);
	if (rc == SQLITE_OK)
		rc = store_functions(st->db);
	if (rc == SQLITE_OK) {
		sqlite3_extended_result_codes(st->db, 1);
		sqlite3_busy_timeout(st->db, 2000);
		sqlite3_db_config(st->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		sqlite3_db_config(st->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
		rc = sqlite3_exec(st->db,
				  "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
				  "PRAGMA cache_size = -512; PRAGMA mmap_size = 4294967296;"
				  "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 1000;"
				  "PRAGMA journal_size_limit = 8388608",
				  NULL, NULL, NULL);
	}
	if (rc != SQLITE_OK) {
		if ((rc & 0xff) == SQLITE_NOTADB)
			err_set(err, ERR_STORE, "%s is no ohdesk database: name another file.",
				path);
		else
			store_fail(st, rc, err);
		store_close(st);
		return -1;
	}
	*ret = st;
	return 0;
}

/* The file's own header says whose it is, before any of our statements could fail strangely. */
static int is_ours(struct store *st, struct err *err)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(
		st->db, "SELECT * FROM pragma_application_id, pragma_user_version", -1, &s, NULL);
	int app = 0, schema = 0;

	if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
		app = sqlite3_column_int(s, 0);
		schema = sqlite3_column_int(s, 1);
		rc = SQLITE_OK;
	}
	sqlite3_finalize(s);
	if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_NOTADB)
		return store_fail(st, rc, err);
	if (rc != SQLITE_OK || app != SCHEMA_APPLICATION)
		return err_set(err, ERR_STORE, "%s is no ohdesk database: name another file.",
			       st->path);
	if (schema > migrate_known())
		return err_set(
			err, ERR_STORE,
			"This database is of a newer ohdesk (schema %d, this one knows %d): install the newer one.",
			schema, migrate_known());
	return 0;
}

static int open_lock(struct store *st, struct err *err)
{
	char *name = mem_printf("%s-lock", st->path);

	st->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
	if (st->lock_fd < 0)
		err_set(err, ERR_STORE, "Cannot open %s (%s): give this user the folder.", name,
			strerror(errno));
	mem_free(name);
	return st->lock_fd < 0 ? -1 : 0;
}

static int queue_up(struct store *st, struct err *err);
static int still_there(struct store *st, struct err *err);

/* A copy (a backup put back, a new node's database) comes without the write-ahead log; one that
 * somebody reads at this moment gets it at the next opening.  Never beside a file that was replaced
 * meanwhile: a log goes by the name of its database, and would be the new one's. */
static int write_ahead(struct store *st, struct err *err)
{
	sqlite3_stmt *s = NULL;
	bool has = sqlite3_prepare_v2(st->db, "PRAGMA journal_mode", -1, &s, NULL) == SQLITE_OK &&
		   sqlite3_step(s) == SQLITE_ROW &&
		   strcmp((const char *)sqlite3_column_text(s, 0), "wal") == 0;
	int rc;

	sqlite3_finalize(s);
	if (has)
		return 0;
	if (queue_up(st, err) < 0)
		return -1;
	rc = still_there(st, err);
	if (rc == 0)
		sqlite3_exec(st->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	flock(st->lock_fd, LOCK_UN);
	return rc;
}

/* An older database, by one desk of those that open it; the others then find it done. */
static int up_to_date(struct store *st, struct err *err)
{
	bool needed = false;
	int rc;

	if (migrate_needed(st, &needed, err) < 0)
		return -1;
	if (!needed)
		return 0;
	if (queue_up(st, err) < 0)
		return -1;
	rc = still_there(st, err);
	if (rc == 0)
		rc = migrate(st, err);
	flock(st->lock_fd, LOCK_UN);
	return rc;
}

int store_open(const char *path, int busy_ms, struct store **ret, struct err *err)
{
	struct store *st;
	struct stat sb;

	if (stat(path, &sb) < 0)
		return err_set(
			err, ERR_MISSING,
			"There is no database at %s: name one with --db, or make one with site init.",
			path);
	if (!S_ISREG(sb.st_mode))
		return err_set(err, ERR_STORE, "%s is no file: name a database.", path);
	if (connect_to(path, SQLITE_OPEN_READWRITE, &st, err) < 0)
		return -1;
	st->busy_ms = busy_ms;
	sqlite3_busy_timeout(st->db, busy_ms);
	if (is_ours(st, err) < 0 || open_lock(st, err) < 0 || write_ahead(st, err) < 0 ||
	    up_to_date(st, err) < 0 || me_read(st, err) < 0) {
		store_close(st);
		return -1;
	}
	/* What a joined node does is tentative until the hub's log has it, and can be taken back
	 * until then; what is done at the hub goes into the log with what it changed. */
	st->capture = strcmp(st->me.role, "alone") != 0;
	store_changed(st);
	*ret = st;
	return 0;
}

static int put_me(struct store *st, const struct store_new *want, struct err *err)
{
	static const struct query PUT = {
		"me.put",
		"INSERT INTO me (one, node, region, role, schema, inc, practice, clock_at, clock_set)"
		" VALUES (1, :node, :region, :role, :schema, :inc, :practice, :at, :set)"
	};
	char region[40];
	struct row row = query(st, &PUT);

	if (!want->region) {
		uuid_t u;

		uuid_generate(u);
		uuid_unparse_lower(u, region);
	}
	bind_int(&row, ":node", want->node);
	bind_text(&row, ":region", want->region ? want->region : region);
	bind_text(&row, ":role", want->role);
	bind_int(&row, ":schema", migrate_known());
	bind_int(&row, ":inc", want->inc);
	bind_int(&row, ":practice", want->practice);
	bind_int(&row, ":at", want->clock_at);
	bind_int(&row, ":set", want->clock_set);
	return row_run(&row, err);
}

int store_create(const char *path, const struct store_new *want, struct err *err)
{
	struct store *st;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660);

	if (fd < 0)
		return errno == EEXIST ? err_set(err, ERR_CLASH,
						 "%s exists already: name a new file.", path)
				       : err_set(err, ERR_STORE, "Cannot make %s (%s).", path,
						 strerror(errno));
	close(fd);
	if (connect_to(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &st, err) < 0)
		goto gone;
	if (store_exec(st, "PRAGMA journal_mode = WAL", err) < 0 || open_lock(st, err) < 0 ||
	    migrate(st, err) < 0 || put_me(st, want, err) < 0) {
		store_close(st);
		goto gone;
	}
	store_close(st);
	return 0;
gone:
	unlink(path);
	for (size_t i = 0; i < 3; i++) {
		static const char *const beside[] = { "-wal", "-shm", "-lock" };
		char *name = mem_printf("%s%s", path, beside[i]);

		unlink(name);
		mem_free(name);
	}
	return -1;
}

void store_close(struct store *st)
{
	if (!st)
		return;
	for (size_t i = 0; i < STATEMENTS; i++) {
		sqlite3_finalize(st->kept[i].stmt);
		mem_free(st->kept[i].places);
	}
	effect_done(st);
	sqlite3_close(st->db);
	if (st->lock_fd >= 0)
		close(st->lock_fd);
	if (st->witness_fd >= 0)
		close(st->witness_fd);
	mem_free(st->path);
	mem_free(st);
}

/* ---- me ---- */

static void get_hash(struct row *row, unsigned char ret[32])
{
	size_t n;
	const void *p = get_blob(row, &n);

	memset(ret, 0, 32);
	if (n == 32)
		memcpy(ret, p, 32);
}

static void get_me(struct row *row, struct me *me)
{
	me->node = (int)get_int(row);
	get_text(row, me->region, sizeof me->region);
	get_text(row, me->role, sizeof me->role);
	me->inc = get_int(row);
	me->next_n = get_int(row);
	me->next_act = get_int(row);
	me->last_id = get_int(row);
	me->practice = get_bool(row);
	me->clock_at = get_int(row);
	me->clock_set = get_int(row);
	me->turn = get_int(row);
	get_hash(row, me->cmd_hash);
	get_hash(row, me->view_hash);
	me->schema = (int)get_int(row);
	me->epoch = get_int(row);
	me->seq = get_int(row);
	get_hash(row, me->hash);
	me->head = get_int(row);
	me->holds_ok = get_bool(row);
	me->synced_at = get_moment(row);
	get_text(row, me->stopped, sizeof me->stopped);
	get_text(row, me->via, sizeof me->via);
	get_text(row, me->gone, sizeof me->gone);
}

int me_read(struct store *st, struct err *err)
{
	static const struct query ME = {
		"me.read",
		"SELECT node, region, role, inc, next_n, next_act, last_id, practice, clock_at,"
		" clock_set, turn, cmd_hash, view_hash, schema, epoch, seq, hash, head, holds_ok, synced_at,"
		" stopped, via, gone FROM me"
	};
	struct row row = query(st, &ME);
	bool found = false;

	while (row_next(&row)) {
		found = true;
		get_me(&row, &st->me);
	}
	if (row_done(&row, err) < 0)
		return -1;
	if (!found)
		return err_set(err, ERR_STORE,
			       "%s was never finished: make a new one with site init.", st->path);
	st->me_dirty = false;
	return 0;
}

int me_write(struct store *st, struct err *err)
{
	static const struct query SET = {
		"me.write",
		"UPDATE me SET next_n = :n, next_act = :act, last_id = :id, cmd_hash = :cmd,"
		" view_hash = :view, turn = :turn, inc = :inc, epoch = :epoch, seq = :seq, hash = :hash, head = :head,"
		" holds_ok = :ok, synced_at = :synced, stopped = :stopped, gone = :gone"
	};
	struct row row = query(st, &SET);

	bind_int(&row, ":n", st->me.next_n);
	bind_int(&row, ":act", st->me.next_act);
	bind_int(&row, ":id", st->me.last_id);
	bind_int(&row, ":turn", st->me.turn);
	bind_blob(&row, ":cmd", st->me.cmd_hash, 32);
	bind_blob(&row, ":view", st->me.view_hash, 32);
	bind_int(&row, ":inc", st->me.inc);
	bind_int(&row, ":epoch", st->me.epoch);
	bind_int(&row, ":seq", st->me.seq);
	bind_blob(&row, ":hash", st->me.hash, 32);
	bind_int(&row, ":head", st->me.head);
	bind_int(&row, ":ok", st->me.holds_ok);
	bind_moment(&row, ":synced", st->me.synced_at);
	bind_word(&row, ":stopped", st->me.stopped);
	bind_word(&row, ":gone", st->me.gone);
	return row_run(&row, err);
}

const struct me *store_me(const struct store *st)
{
	return &st->me;
}

bool store_joined(const struct store *st)
{
	return strcmp(st->me.role, "node") == 0;
}

bool store_holds(const struct store *st, int holder)
{
	return holder == st->me.node && st->me.holds_ok;
}

const char *store_path(const struct store *st)
{
	return st->path;
}

/* ---- a change ---- */

static void woken(int sig)
{
	(void)sig;
}

/* The queue: flock() serves writers as they come.  A repeating timer bounds the wait; repeating,
 * so that a signal just before the call cannot make it wait for ever. */
static int queue_up(struct store *st, struct err *err)
{
	if (flock(st->lock_fd, LOCK_EX | LOCK_NB) == 0)
		return 0;

	struct sigaction wake = { .sa_handler = woken }, old;
	struct itimerval every = { { 0, 50000 },
				   { st->busy_ms / 1000, st->busy_ms % 1000 * 1000 } },
			 off = { { 0, 0 }, { 0, 0 } };
	int64_t until = world_ticks() + st->busy_ms;
	int rc;

	if (st->busy_ms <= 0)
		return store_fail(st, SQLITE_BUSY, err);
	sigaction(SIGALRM, &wake, &old);
	setitimer(ITIMER_REAL, &every, NULL);
	/* Other signals (a resized window) only make it queue again. */
	do
		rc = flock(st->lock_fd, LOCK_EX);
	while (rc < 0 && errno == EINTR && world_ticks() < until);
	setitimer(ITIMER_REAL, &off, NULL);
	sigaction(SIGALRM, &old, NULL);
	return rc == 0 ? 0 : store_fail(st, SQLITE_BUSY, err);
}

/* A file that was removed, or another put in its place, would still take our writes, and nobody
 * would ever read them. */
static int still_there(struct store *st, struct err *err)
{
	int moved = 0;

	if (sqlite3_file_control(st->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
	    !moved)
		return 0;
	return err_set(err, ERR_STORE,
		       "The database was moved or replaced: not saved. Leave ohdesk, begin again.");
}

static void change_over(struct store *st)
{
	if (st->light)
		store_exec(st, "PRAGMA synchronous = FULL", NULL);
	st->in_change = st->me_dirty = st->commands = st->light = st->quiet = false;
}

int store_begin(struct store *st, struct err *err)
{
	assert(!st->in_change);
	if (queue_up(st, err) < 0)
		return -1;
	/* Asked now that nobody else can be about to replace it. */
	if (still_there(st, err) < 0 || store_exec(st, "BEGIN IMMEDIATE", err) < 0) {
		flock(st->lock_fd, LOCK_UN);
		return -1;
	}
	st->in_change = true;
	st->commands = false;
	if (me_read(st, err) < 0 || (store_joined(st) && witness_read(st, err) < 0)) {
		store_rollback(st);
		return -1;
	}
	return 0;
}

int store_freeze(struct store *st, struct err *err)
{
	assert(!st->in_change);
	if (queue_up(st, err) < 0)
		return -1;
	/* Only whoever is alone on it may fold its log into it. */
	sqlite3_busy_timeout(st->db, 0);
	if (still_there(st, err) == 0 && me_read(st, err) == 0 &&
	    (!store_joined(st) || witness_read(st, err) == 0) &&
	    (store_exec(st, "PRAGMA wal_checkpoint(TRUNCATE)", NULL) == 0 &&
	     store_exec(st, "PRAGMA journal_mode = DELETE", NULL) == 0 &&
	     store_exec(st, "BEGIN EXCLUSIVE", NULL) == 0))
		return 0;
	sqlite3_exec(st->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	sqlite3_busy_timeout(st->db, st->busy_ms);
	flock(st->lock_fd, LOCK_UN);
	return err && err->kind ? -1
				: err_set(err, ERR_CLASH,
					  "Others are at work in %s: close every desk on it first.",
					  st->path);
}

void store_thaw(struct store *st)
{
	store_exec(st, "ROLLBACK", NULL);
	sqlite3_exec(st->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	sqlite3_busy_timeout(st->db, st->busy_ms);
	flock(st->lock_fd, LOCK_UN);
}

int store_begin_light(struct store *st, int ms, bool quiet, struct err *err)
{
	int usual = st->busy_ms, rc;

	st->busy_ms = ms;
	/* A commit that waits for no disk still stands in the log before the next one that does. */
	rc = store_exec(st, "PRAGMA synchronous = NORMAL", err);
	st->light = rc == 0;
	if (rc == 0)
		rc = store_begin(st, err);
	st->busy_ms = usual;
	st->quiet = rc == 0 && quiet;
	if (rc < 0)
		change_over(st);
	return rc;
}

void store_rollback(struct store *st)
{
	if (!st->in_change)
		return;
	/* A full disk may have rolled back by itself already; then there is nothing left to do. */
	if (!sqlite3_get_autocommit(st->db))
		sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
	change_over(st);
	flock(st->lock_fd, LOCK_UN);
}

int store_commit(struct store *st, struct err *err)
{
	bool heard = !st->quiet, witnessed = st->commands && store_joined(st);

	assert(st->in_change);
	st->me.turn += heard;
	if (((st->me_dirty || heard) && me_write(st, err) < 0) ||
	    (witnessed && witness_write(st, err) < 0)) {
		store_rollback(st);
		return -1;
	}
	if (store_exec(st, "COMMIT", err) < 0) {
		if (witnessed)
			witness_back(st);
		store_rollback(st);
		return -1;
	}
	/* Our own is no news to us; another's, that came before it, stays news. */
	st->turn += heard;
	change_over(st);
	flock(st->lock_fd, LOCK_UN);
	return 0;
}

bool store_in_change(const struct store *st)
{
	return st->in_change;
}

int store_look(struct store *st, struct err *err)
{
	return st->in_change ? 0 : store_exec(st, "BEGIN", err);
}

void store_look_end(struct store *st)
{
	if (!st->in_change && !sqlite3_get_autocommit(st->db))
		sqlite3_exec(st->db, "COMMIT", NULL, NULL, NULL);
}

/* Was one of the commits since the last call meant to be heard? */
static bool turned(struct store *st)
{
	static const struct query TURN = { "store.turn", "SELECT turn FROM me" };
	struct row row = query(st, &TURN);
	int64_t was = st->turn;

	while (row_next(&row))
		st->turn = get_int(&row);
	row_done(&row, NULL);
	return st->turn != was;
}

bool store_changed(struct store *st)
{
	static const struct query VERSION = { "store.version", "PRAGMA data_version" };
	struct row row = query(st, &VERSION);
	int64_t was = st->data_version;

	while (row_next(&row))
		st->data_version = get_int(&row);
	row_done(&row, NULL);
	return st->data_version != was && turned(st);
}

struct id store_new_ids(struct store *st, int64_t millis, int64_t n)
{
	int64_t base = (int64_t)st->me.node << ID_NODE_SHIFT;
	int64_t last = st->me.last_id > base ? st->me.last_id : base;
	int64_t first = base + (millis > ID_EPOCH_MS ? millis - ID_EPOCH_MS : 1);

	assert(st->in_change && n > 0);
	if (first <= last)
		first = last + 1;
	st->me.last_id = first + n - 1;
	st->me_dirty = true;
	return (struct id){ first };
}

struct id store_new_id(struct store *st, int64_t millis)
{
	return store_new_ids(st, millis, 1);
}

void store_use_act(struct store *st)
{
	assert(st->in_change);
	st->me.next_act++;
	st->me_dirty = true;
}

int store_next_number(struct store *st, const char *name, int64_t *ret, struct err *err)
{
	static const struct query NEXT = {
		"counter.next",
		/* A node that was put back from a backup begins further on (replica.c). */
		"INSERT INTO counter (name, next) VALUES"
		" (:name, 1 + coalesce((SELECT next FROM counter WHERE name = ''), 1))"
		" ON CONFLICT (name) DO UPDATE SET next = next + 1 RETURNING next - 1"
	};
	struct row row = query(st, &NEXT);
	int64_t n = 0;

	bind_text(&row, ":name", name);
	while (row_next(&row))
		n = get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

void store_capture(struct store *st, bool on)
{
	st->capture = on;
}

void store_roomy(struct store *st, bool on)
{
	st->roomy = on;
	sqlite3_exec(st->db, on ? "PRAGMA cache_size = -65536" : "PRAGMA cache_size = -512", NULL,
		     NULL, NULL);
	if (!on)
		sqlite3_db_release_memory(st->db);
}
