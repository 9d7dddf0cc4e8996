/*
 * test_wire.c: a hub and three nodes as real processes over a real sshd, and bad luck.
 *
 * A receptionist at each place books, moves, cancels, edits people, opens and ends tasks and gives
 * slots away, mostly in each other's diaries.  Meanwhile the processes that carry it all are killed
 * at any moment, hang, find their disk full; one line is slow.  Then the bad luck ends, and nobody
 * does anything more: the followers alone bring all of it together, and nothing is lost.
 *
 *	OHDESK_SEED	the seed of chance: the run that failed, as far as processes can be repeated
 *	OHDESK_WIRE	commands at each place
 */
#include "suite.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/world.h"
#include "wire.h"

enum { SLOTS = 12, PEOPLE = 12, SLOW = 3, SESSIONS = 64, STOPPED = 8 };

static struct wire w;
static struct world chance;

static uint32_t below(uint32_t n)
{
	uint32_t r;

	chance.chance(&chance, &r, sizeof r);
	return r % n;
}

static int64_t seed_of_run(void)
{
	struct world system = world_system();
	uint32_t seed;

	if (getenv("OHDESK_SEED"))
		return strtoll(getenv("OHDESK_SEED"), NULL, 10);
	system.chance(&system, &seed, sizeof seed);
	return seed;
}

/* ---- somebody at a desk ---- */

static const char *id_out_of(int place, const char *sql, char buf[ID_TEXT])
{
	struct id id = { wire_number(&w, place, sql) };

	return id_none(id) ? NULL : id_text(id, buf);
}

static int book(int place)
{
	char id[ID_TEXT];
	int slot = (int)below(SLOTS);

	return wire_run(&w, place,
			"appt book --person %s --service OHN --clinician nurse%d"
			" --at '2026-03-12 %02d:%02d'",
			wire_person(&w, (int)below(PEOPLE), id), 1 + (int)below(3), 9 + slot / 3,
			slot % 3 * 20);
}

static const char *some_appt(int place, char id[ID_TEXT])
{
	return id_out_of(place,
			 "SELECT id FROM appointment WHERE state IN ('T', 'B')"
			 " ORDER BY random() LIMIT 1",
			 id);
}

static int cancel(int place)
{
	char id[ID_TEXT];

	if (!some_appt(place, id))
		return -1;
	return wire_run(&w, place, "appt cancel %s --by %s --why 'it rains'", id,
			below(2) ? "person" : "service");
}

static int move(int place)
{
	char id[ID_TEXT];
	int slot = (int)below(SLOTS);

	if (!some_appt(place, id))
		return -1;
	return wire_run(&w, place,
			"appt move %s --clinician nurse%d --at '2026-03-12 %02d:%02d' --why asked",
			id, 1 + (int)below(3), 9 + slot / 3, slot % 3 * 20);
}

/* What it is already would be no change at all: nobody says anything twice. */
static int edit(int place)
{
	static const char *const fields[] = { "preferred", "job" };
	static int times;
	char id[ID_TEXT];

	wire_person(&w, (int)below(3), id);
	times++;
	if (below(3) == 0)
		return wire_run(&w, place, "person set %s --mobile 07700900%03d", id,
				place * 250 + times % 250);
	return wire_run(&w, place, "person set %s --%s Word%c%c%c", id, fields[below(2)],
			'a' + place, 'a' + times / 26 % 26, 'a' + times % 26);
}

static int task(int place)
{
	char id[ID_TEXT];

	if (below(2) && id_out_of(place,
				  "SELECT id FROM task WHERE state = 'open' AND kind = 'todo'"
				  " ORDER BY random() LIMIT 1",
				  id))
		return wire_run(&w, place, "task done %s --outcome other --words done", id);
	return wire_run(&w, place, "task add 'water the plants' --for reception@all");
}

static int give(int place)
{
	char id[ID_TEXT], *sql;
	int rc = -1;

	sql = mem_printf("SELECT id FROM slot WHERE holder = %d AND appt IS NULL"
			 " ORDER BY random() LIMIT 1",
			 place + 1);
	if (id_out_of(place, sql, id))
		rc = wire_run(&w, place, "hold give --to %d %s", 1 + (int)below(WIRE_PLACES), id);
	mem_free(sql);
	return rc;
}

static int (*const deeds[])(int place) = { book, book, book, book, cancel, move,
					   move, edit, edit, task, give };

/* A disk that takes no more than so many bytes of any file, for the next command. */
static void sometimes_full(void)
{
	w.file_most = below(12) == 0 ? (int64_t)below(3) * 40000 : -1;
}

/* Refused in words is as good as done; only what is said to be done has to be. */
static bool in_order(int status)
{
	return status == 0 || (status >= 3 && status <= 7) || status == 128 + SIGKILL;
}

/* What this place said was done: its rows of the journal, for the end. */
static void keep_ledger(int place, int64_t before, FILE *ledger)
{
	char sql[200], rows[2000];
	const char *p = rows;
	int n = 0;

	snprintf(sql, sizeof sql,
		 "SELECT group_concat(history, ' ') FROM cmd WHERE k > %lld"
		 " AND type NOT IN ('decide', 'free', 'follow')",
		 (long long)before);
	wire_text(&w, place, sql, rows, sizeof rows);
	for (char *end; (void)strtoll(p, &end, 10), end != p; p = end, n++)
		fprintf(ledger, "%lld\n", strtoll(p, NULL, 10));
	fflush(ledger);
	ck_assert_msg(n > 0, "Done, and not in the journal of place %d: %s", place + 1, w.said);
}

/* Writes a byte to `tick` after each. */
static void receptionist(int place, int64_t seed, int commands, int tick)
{
	char *name = mem_printf("%s/ledger%d", w.folder, place + 1);
	FILE *ledger = fopen(name, "w");

	ck_assert_ptr_nonnull(ledger);
	chance = world_still((struct moment){ 1 }, (uint64_t)(seed * WIRE_PLACES + place));
	for (int i = 0; i < commands; i++) {
		int64_t before = wire_number(&w, place, "SELECT coalesce(max(k), 0) FROM cmd");
		int status;

		sometimes_full();
		status = deeds[below(sizeof deeds / sizeof *deeds)](place);
		ck_assert_msg(status == -1 || in_order(status), "place %d: %d, %s", place + 1,
			      status, w.said);
		if (status == 0)
			keep_ledger(place, before, ledger);
		ck_assert_int_eq(write(tick, "", 1), 1);
	}
	fclose(ledger);
	mem_free(name);
	_exit(0);
}

/* ---- bad luck ---- */

struct luck {
	pid_t run[WIRE_PLACES]; /* a turn by hand, beside the follower */
	pid_t stopped[STOPPED]; /* hang */
	int n_stopped;
	pid_t full[STOPPED]; /* have a disk that is full */
	int n_full;
	int kills, hangs, fulls;
};

static pid_t sshd(void)
{
	char *name = mem_printf("%s/sshd/pid", w.folder);
	FILE *f = fopen(name, "r");
	int pid = 0;

	ck_assert(f && fscanf(f, "%d", &pid) == 1);
	fclose(f);
	mem_free(name);
	return (pid_t)pid;
}

/* The process that a chain of first children ends with: the hub's end in a session. */
static pid_t end_of(pid_t pid)
{
	pid_t child;

	while (wire_children(pid, &child, 1) == 1)
		pid = child;
	return pid;
}

/* 0: there is none just now. */
static pid_t some_session(void)
{
	pid_t all[SESSIONS];
	int n = wire_children(sshd(), all, SESSIONS);

	return n ? all[below((uint32_t)n)] : 0;
}

static pid_t some_serve(void)
{
	pid_t session = some_session(), end = session ? end_of(session) : 0;

	/* Just begun, it is sshd still. */
	return end != session ? end : 0;
}

static pid_t client_of(int place)
{
	pid_t child;

	return wire_children(w.follower[place], &child, 1) == 1 ? child : 0;
}

static void follow(int place)
{
	w.follower[place] = wire_start(&w, place, "sync follow --patience 2");
}

static void hit(struct luck *l, pid_t pid)
{
	if (pid > 0 && kill(pid, SIGKILL) == 0)
		l->kills++;
}

static void hang(struct luck *l, pid_t pid)
{
	if (pid > 0 && l->n_stopped < STOPPED && kill(pid, SIGSTOP) == 0) {
		l->stopped[l->n_stopped++] = pid;
		l->hangs++;
	}
}

static void go_on(struct luck *l)
{
	while (l->n_stopped > 0)
		kill(l->stopped[--l->n_stopped], SIGCONT);
}

static void fill(struct luck *l, pid_t pid)
{
	struct rlimit most = { below(3) * 40000, RLIM_INFINITY };

	if (pid > 0 && l->n_full < STOPPED && prlimit(pid, RLIMIT_FSIZE, &most, NULL) == 0) {
		l->full[l->n_full++] = pid;
		l->fulls++;
	}
}

static void make_room(struct luck *l)
{
	struct rlimit most = { RLIM_INFINITY, RLIM_INFINITY };

	while (l->n_full > 0)
		prlimit(l->full[--l->n_full], RLIMIT_FSIZE, &most, NULL);
}

static void end_run(struct luck *l, int place)
{
	int status;

	if (!l->run[place])
		return;
	kill(l->run[place], SIGKILL);
	status = wire_wait(l->run[place]);
	l->run[place] = 0;
	ck_assert_msg(status == 0 || status == 7 || status == 8 || status == 128 + SIGKILL,
		      "a turn by hand at place %d: %d", place + 1, status);
}

static void strike(struct luck *l)
{
	int place = 1 + (int)below(WIRE_PLACES - 1);

	switch (below(12)) {
	case 0:
	case 1:
		hit(l, client_of(place));
		break;
	case 2:
		hit(l, some_session());
		break;
	case 3:
	case 4:
		hit(l, some_serve());
		break;
	case 5:
		ck_assert_int_eq(wire_unfollow(&w, place, SIGKILL), 128 + SIGKILL);
		l->kills++;
		follow(place);
		break;
	case 6:
		end_run(l, place);
		l->run[place] = wire_start(&w, place, "sync run --patience 2");
		break;
	case 7:
		end_run(l, place);
		break;
	case 8:
		hang(l, below(2) ? some_serve() : client_of(place));
		break;
	case 9:
		go_on(l);
		break;
	case 10:
		fill(l, below(2) ? some_serve() : w.follower[place]);
		break;
	case 11:
		make_room(l);
		break;
	}
}

/* A follower goes on, whatever happened to it; only one that began on a full disk, and could not
 * even look, is started again, as systemd would. */
static void all_follow(void)
{
	for (int i = 1; i < WIRE_PLACES; i++) {
		int status;

		if (waitpid(w.follower[i], &status, WNOHANG) != w.follower[i])
			continue;
		if (WIFEXITED(status) && WEXITSTATUS(status) == 7)
			follow(i);
		else
			ck_abort_msg("The follower at place %d ended (%d): see %s/said%d", i + 1,
				     status, w.folder, i + 1);
	}
}

/* ---- in the end ---- */

static void end_of_luck(struct luck *l)
{
	make_room(l);
	go_on(l);
	for (int i = 1; i < WIRE_PLACES; i++)
		end_run(l, i);
}

static void poke(int place)
{
	wire_number(&w, place, "UPDATE me SET turn = turn + 1");
	wire_number(&w, place, "UPDATE uplink SET poked = poked + 1");
}

static bool in_step(int64_t head)
{
	for (int i = 1; i < WIRE_PLACES; i++)
		if (wire_number(&w, i, "SELECT count(*) FROM cmd WHERE state = 'pending'") != 0 ||
		    wire_number(&w, i, "SELECT seq FROM me") != head)
			return false;
	return wire_number(&w, WIRE_HUB,
			   "SELECT count(*) FROM request WHERE state IN ('open', 'free')") == 0 &&
	       wire_number(&w, WIRE_HUB, "SELECT seq FROM me") == head;
}

static void until_in_step(void)
{
	for (int i = 0; !in_step(wire_number(&w, WIRE_HUB, "SELECT seq FROM me")); i++) {
		all_follow();
		/* It would come by itself, up to a minute later. */
		for (int place = 1; i % 50 == 0 && place < WIRE_PLACES; place++)
			poke(place);
		poll(NULL, 0, 20);
	}
}

static void none(int place, const char *what, const char *sql)
{
	int64_t n = wire_number(&w, place, sql);

	ck_assert_msg(n == 0, "%s at place %d: %lld", what, place + 1, (long long)n);
}

/* What it said was done is there once, everywhere. */
static int ledger_holds(int place)
{
	char *name = mem_printf("%s/ledger%d", w.folder, place + 1), line[64];
	FILE *f = fopen(name, "r");
	int n = 0;

	ck_assert_ptr_nonnull(f);
	for (; fgets(line, sizeof line, f); n++) {
		long long id = strtoll(line, NULL, 10);

		for (int i = 0; i < WIRE_PLACES; i++) {
			char *sql = mem_printf("SELECT count(*) FROM history WHERE id = %lld", id);

			ck_assert_msg(wire_number(&w, i, sql) == 1,
				      "Done at place %d and not once at place %d: history %lld",
				      place + 1, i + 1, id);
			mem_free(sql);
		}
	}
	fclose(f);
	mem_free(name);
	return n;
}

#define STANDS(a) a ".state IN ('B', 'A', 'I', 'S')"

static void nothing_is_wrong(void)
{
	for (int i = 0; i < WIRE_PLACES; i++) {
		none(i, "two in one place",
		     "SELECT count(*) FROM appointment a JOIN appointment b ON b.clinician = a.clinician"
		     " AND b.id > a.id AND b.starts < a.starts + a.mins * 60"
		     " AND a.starts < b.starts + b.mins * 60 WHERE a.over_by IS NULL"
		     " AND b.over_by IS NULL AND " STANDS("a") " AND " STANDS("b"));
		none(i, "confirmed and without a slot",
		     "SELECT count(*) FROM appointment a WHERE a.over_by IS NULL AND " STANDS(
			     "a") " AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.appt = a.id"
				  "  AND s.starts = a.starts AND s.clinician = a.clinician)");
		none(i, "a slot whose appointment is over",
		     "SELECT count(*) FROM slot s JOIN appointment a ON a.id = s.appt"
		     " WHERE a.state NOT IN ('B', 'A', 'I', 'S', 'D', 'N')");
		none(i, "declined and on no list",
		     "SELECT count(*) FROM appointment a WHERE a.state IN ('R', 'P')"
		     " AND NOT EXISTS (SELECT 1 FROM overlap o WHERE o.a = a.id)");
		none(i, "asked for and not answered",
		     "SELECT count(*) FROM appointment WHERE state = 'T'");
		none(i, "in the log twice", "SELECT count(*) - count(DISTINCT cmd_hash) FROM log");
		none(i, "it stopped", "SELECT count(*) FROM me WHERE stopped IS NOT NULL");
	}
}

/* Each command of a node is in the hub's log, once, as it was made. */
static void logged_once(int place)
{
	char *sql = mem_printf("SELECT count(*) FROM log WHERE node = %d", place + 1);
	ck_assert_int_eq(wire_number(&w, WIRE_HUB, sql),
			 wire_number(&w, place, "SELECT count(*) FROM cmd"));
	mem_free(sql);
}

START_TEST(whatever_happens_to_processes_nothing_is_lost_and_nothing_is_twice)
{
	int64_t seed = seed_of_run();
	int commands = getenv("OHDESK_WIRE") ? atoi(getenv("OHDESK_WIRE")) : 40;
	int tick[2], acked = 0;
	pid_t at[WIRE_PLACES];
	struct luck luck = { .n_full = 0 };
	char byte;

	printf("OHDESK_SEED=%lld\n", (long long)seed);
	fflush(stdout);
	chance = world_still((struct moment){ 1 }, (uint64_t)seed);
	wire_open(&w, true, SLOTS);
	wire_slow(&w, SLOW);
	for (int i = 1; i < WIRE_PLACES; i++)
		follow(i);
	ck_assert_int_eq(pipe2(tick, O_CLOEXEC), 0);
	for (int i = 0; i < WIRE_PLACES; i++) {
		at[i] = fork();
		ck_assert_int_ge(at[i], 0);
		if (at[i] == 0)
			receptionist(i, seed, commands, tick[1]);
	}
	close(tick[1]);
	while (read(tick[0], &byte, 1) == 1) {
		all_follow();
		if (below(2) == 0)
			strike(&luck);
	}
	close(tick[0]);
	for (int i = 0; i < WIRE_PLACES; i++)
		ck_assert_msg(wire_wait(at[i]) == 0, "The receptionist of place %d met a wall",
			      i + 1);
	end_of_luck(&luck);
	until_in_step();
	wire_agree(&w);
	nothing_is_wrong();
	for (int i = 0; i < WIRE_PLACES; i++) {
		acked += ledger_holds(i);
		if (i != WIRE_HUB)
			logged_once(i);
	}
	printf("%d commands done of %d, %d kills, %d hangs, %d full disks\n", acked,
	       commands * WIRE_PLACES, luck.kills, luck.hangs, luck.fulls);
	wire_close(&w);
}
END_TEST

/* ---- a slow line ---- */

/* Carries bytes both ways, a few at a time. */
static int slow(char **command)
{
	int up[2], down[2], ms = 2;
	struct pollfd p[2];

	if (pipe2(up, O_CLOEXEC) < 0 || pipe2(down, O_CLOEXEC) < 0)
		return 1;
	if (fork() == 0) {
		if (dup2(up[0], 0) < 0 || dup2(down[1], 1) < 0)
			_exit(126);
		execvp(command[0], command);
		_exit(127);
	}
	close(up[0]);
	close(down[1]);
	p[0] = (struct pollfd){ .fd = 0, .events = POLLIN };
	p[1] = (struct pollfd){ .fd = down[0], .events = POLLIN };
	while (poll(p, 2, -1) > 0) {
		char bytes[400];

		for (int i = 0; i < 2; i++) {
			ssize_t n;

			if (!p[i].revents)
				continue;
			n = read(p[i].fd, bytes, sizeof bytes);
			if (n <= 0 && i == 1)
				return 0;
			if (n <= 0) {
				close(up[1]);
				p[0].fd = -1;
			} else if (write(i == 0 ? up[1] : 1, bytes, (size_t)n) != n) {
				return 1;
			}
		}
		poll(NULL, 0, ms);
	}
	return 1;
}

#define main tests_main
int main(void);
TEST_MAIN("wire", whatever_happens_to_processes_nothing_is_lost_and_nothing_is_twice)
#undef main

int main(int argc, char **argv)
{
	return argc > 2 && strcmp(argv[1], "--slow") == 0 ? slow(argv + 2) : tests_main();
}
