/* wire.c: a hub and three nodes as real processes. */
#include "wire.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/run.h"
#include "clinic.h"

static const char *program(void)
{
	static char built[256];
	const char *build = getenv("BUILD");

	if (getenv("OHDESK"))
		return getenv("OHDESK");
	snprintf(built, sizeof built, "%s/ohdesk", build ? build : "build");
	return realpath(built, NULL);
}

static void database(const struct wire *w, int place, char buf[200])
{
	snprintf(buf, 200, "%s/%s%d.db", w->folder, place == WIRE_HUB ? "hub" : "node", place + 1);
}

/* ---- the program ---- */

static void words_of(const struct wire *w, int place, const char *line, struct words *ret)
{
	struct words given = { 0 };
	struct err err = ERR_INIT;
	char db[200];

	database(w, place, db);
	*ret = (struct words){ .n = 0 };
	words_add(ret, program());
	words_add(ret, "--db");
	words_add(ret, db);
	words_add(ret, "--as");
	words_add(ret, "a.root");
	ck_ok(words_split(line, &given, &err), err);
	for (size_t i = 0; i < given.n; i++)
		words_add(ret, given.v[i]);
	words_done(&given);
}

static pid_t start(const struct wire *w, int place, const char *line, int out)
{
	const struct rlimit full = { (rlim_t)w->file_most, RLIM_INFINITY };
	struct words words;
	pid_t pid;

	words_of(w, place, line, &words);
	pid = fork();
	if (pid == 0) {
		int none = open("/dev/null", O_RDONLY);

		/* However the test ends, nothing of it goes on. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGPIPE, SIG_DFL);
		if (w->file_most >= 0)
			setrlimit(RLIMIT_FSIZE, &full);
		if (dup2(none, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0 ||
		    chdir(w->folder) < 0)
			_exit(126);
		execv(words.v[0], words.v);
		_exit(127);
	}
	words_done(&words);
	ck_assert_int_gt(pid, 0);
	return pid;
}

int wire_wait(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		ck_assert_int_eq(errno, EINTR);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int run(struct wire *w, int place, const char *line)
{
	int fds[2];
	size_t n = 0;
	pid_t pid;

	ck_assert_int_eq(pipe2(fds, O_CLOEXEC), 0);
	pid = start(w, place, line, fds[1]);
	close(fds[1]);
	for (;;) {
		char rest[256];
		size_t room = sizeof w->said - 1 - n;
		ssize_t got = read(fds[0], room ? w->said + n : rest, room ? room : sizeof rest);

		if (got <= 0)
			break;
		n += room ? (size_t)got : 0;
	}
	w->said[n] = '\0';
	close(fds[0]);
	w->status = wire_wait(pid);
	return w->status;
}

#define LINE_OF(line, fmt)                                                                         \
	do {                                                                                       \
		va_list ap_;                                                                       \
		va_start(ap_, fmt);                                                                \
		vsnprintf(line, sizeof line, fmt, ap_);                                            \
		va_end(ap_);                                                                       \
	} while (0)

int wire_run(struct wire *w, int place, const char *fmt, ...)
{
	char line[1024];

	LINE_OF(line, fmt);
	return run(w, place, line);
}

void wire_must(struct wire *w, int place, const char *fmt, ...)
{
	char line[1024];

	LINE_OF(line, fmt);
	ck_assert_msg(run(w, place, line) == 0, "%s: %d, %s", line, w->status, w->said);
}

pid_t wire_start(struct wire *w, int place, const char *fmt, ...)
{
	char line[1024], said[200];
	int out;
	pid_t pid;

	LINE_OF(line, fmt);
	snprintf(said, sizeof said, "%s/said%d", w->folder, place + 1);
	out = open(said, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	ck_assert_int_ge(out, 0);
	pid = start(w, place, line, out);
	close(out);
	return pid;
}

void wire_follow(struct wire *w, int place)
{
	w->follower[place] = wire_start(w, place, "sync follow --patience 5");
}

int wire_unfollow(struct wire *w, int place, int sig)
{
	pid_t pid = w->follower[place];

	w->follower[place] = 0;
	ck_assert_int_eq(kill(pid, sig), 0);
	return wire_wait(pid);
}

const char *wire_field(struct wire *w, int row, int field, char *buf, size_t n)
{
	const char *p = w->said;

	for (; row > 0 && p; row--)
		p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL;
	for (; field > 0 && p; field--)
		p = strpbrk(p, "\t\n") ? strpbrk(p, "\t\n") + 1 : NULL;
	ck_assert_msg(p != NULL, "No such field in: %s", w->said);
	snprintf(buf, n, "%.*s", (int)strcspn(p, "\t\n"), p);
	return buf;
}

/* ---- from outside ---- */

void wire_text(struct wire *w, int place, const char *sql, char *buf, size_t n)
{
	char path[200];
	sqlite3 *db;
	sqlite3_stmt *s = NULL;

	database(w, place, path);
	ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	sqlite3_busy_timeout(db, 60000);
	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s: %s", sql,
		      sqlite3_errmsg(db));
	buf[0] = '\0';
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0))
		snprintf(buf, n, "%s", sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	sqlite3_close(db);
}

int64_t wire_number(struct wire *w, int place, const char *sql)
{
	char buf[64];

	wire_text(w, place, sql, buf, sizeof buf);
	return strtoll(buf, NULL, 10);
}

void wire_until(struct wire *w, int place, const char *sql)
{
	while (wire_number(w, place, sql) == 0)
		poll(NULL, 0, 2);
}

const char *wire_person(struct wire *w, int i, char buf[ID_TEXT])
{
	char *sql = mem_printf("SELECT id FROM person ORDER BY id LIMIT 1 OFFSET %d", i);
	struct id id = { wire_number(w, WIRE_HUB, sql) };

	mem_free(sql);
	return id_text(id, buf);
}

int wire_children(pid_t pid, pid_t *ret, int most)
{
	char name[64], text[1024] = "", *p = text;
	int fd, n = 0;

	snprintf(name, sizeof name, "/proc/%d/task/%d/children", (int)pid, (int)pid);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (read(fd, text, sizeof text - 1) < 0)
		text[0] = '\0';
	close(fd);
	for (long child; n < most && (child = strtol(p, &p, 10)) > 0;)
		ret[n++] = (pid_t)child;
	return n;
}

bool wire_gone(pid_t pid)
{
	char name[64], text[256] = "", *p;
	int fd;

	snprintf(name, sizeof name, "/proc/%d/stat", (int)pid);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return true;
	if (read(fd, text, sizeof text - 1) < 0)
		text[0] = '\0';
	close(fd);
	p = strrchr(text, ')');
	return !p || p[2] == 'Z' || p[2] == 'X';
}

static void shell(struct wire *w, const char *line)
{
	char *cmd =
		mem_printf(". tests/support/sshd.sh; dir=%s; ohdesk=%s; { %s; } >'%s/shell' 2>&1",
			   w->folder, program(), line, w->folder);
	int status = system(cmd);

	ck_assert_msg(status == 0, "%s: %d", line, status);
	mem_free(cmd);
}

void wire_shell(struct wire *w, const char *fmt, ...)
{
	char line[1024];

	LINE_OF(line, fmt);
	shell(w, line);
}

/* ---- lines ---- */

void wire_line(struct wire *w, int place, const char *script)
{
	char *name = mem_printf("%s/line%d", w->folder, place + 1);
	char *part = mem_printf("%s.part", name);
	FILE *f = fopen(part, "w");

	ck_assert_ptr_nonnull(f);
	if (script)
		fprintf(f, "%s\n", script);
	else if (w->ssh)
		fprintf(f, "%s\n", "exec sh -c \"$(cat \"$0.ssh\")\"");
	else
		fprintf(f, "exec %s --db %s/hub1.db sync serve --node %d\n", program(), w->folder,
			place + 1);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(rename(part, name), 0);
	mem_free(part);
	mem_free(name);
}

void wire_slow(struct wire *w, int place)
{
	char self[200] = "", *script;

	ck_assert_int_gt(readlink("/proc/self/exe", self, sizeof self - 1), 0);
	script = mem_printf("exec %s --slow sh -c \"$(cat \"$0.ssh\")\"", self);
	wire_line(w, place, script);
	mem_free(script);
}

static void door(struct wire *w, int place)
{
	wire_shell(w,
		   "sshd_key $dir/key%d && sshd_admit $dir/sshd $dir/key%d"
		   " \"exec $ohdesk --db $dir/hub1.db sync serve --node %d\""
		   " && sshd_via $dir/sshd $dir/key%d >$dir/line%d.ssh",
		   place + 1, place + 1, place + 1, place + 1, place + 1);
}

/* ---- what they begin with ---- */

static const char *const people[] = { "Ash",  "Birch", "Cedar", "Dale",	   "Elm",     "Fern",
				      "Gale", "Hazel", "Ivy",	"Juniper", "Kestrel", "Laurel" };

static void hub(struct wire *w)
{
	static const char *const letters = "NMOP";

	wire_shell(w, "$ohdesk site init $dir/hub1.db --code NGT --name Northgate --admin a.root"
		      " --practice --at '2026-03-12 07:42' --hub");
	wire_must(w, WIRE_HUB,
		  "service add OHN --name 'OH nurse' --short Nurse --prefix OHN --new 20 --fu 20"
		  " --modes face");
	wire_must(w, WIRE_HUB, "user add p.shah --role reception --person 'SHAH, Priti (Ms)'");
	wire_must(w, WIRE_HUB, "customer add WVH --name 'Wessex Vale' --short 'WV Hosps'");
	for (int i = 1; i < WIRE_PLACES; i++) {
		wire_must(w, WIRE_HUB, "node enrol %d --letter %c --name Node%c", i + 1, letters[i],
			  letters[i]);
		wire_must(w, WIRE_HUB,
			  "clinician add nurse%d --surname Reed%c --given Al --discipline nurse"
			  " --node %d",
			  i, letters[i], i + 1);
	}
	for (size_t i = 0; i < sizeof people / sizeof *people; i++)
		wire_must(w, WIRE_HUB, "person add --surname %s --given Ann --customer WVH",
			  people[i]);
}

static void node(struct wire *w, int place, int slots)
{
	wire_line(w, place, NULL);
	if (w->ssh)
		door(w, place);
	wire_must(w, place, "sync join --via 'exec sh %s/line%d'", w->folder, place + 1);
	wire_must(w, place,
		  "template add --clinician nurse%d --site NGT --service OHN --day thu --pattern"
		  " '09:00 FU 20x%d'",
		  place, slots);
	wire_must(w, place, "template publish --to 2026-03-15");
	wire_must(w, place, "sync run");
}

/* The sshd of a test that failed. */
static struct wire *open_one;
static pid_t opener;

static void shut(void)
{
	if (open_one && getpid() == opener)
		wire_shell(open_one, "sshd_stop $dir/sshd");
}

void wire_open(struct wire *w, bool ssh, int slots)
{
	memset(w, 0, sizeof *w);
	w->ssh = ssh;
	w->file_most = -1;
	test_folder(w->folder, sizeof w->folder);
	hub(w);
	if (ssh) {
		wire_shell(w, "sshd_start $dir/sshd");
		open_one = w;
		opener = getpid();
		atexit(shut);
	}
	for (int i = 1; i < WIRE_PLACES; i++)
		node(w, i, slots);
	for (int i = 1; i < WIRE_PLACES; i++)
		wire_must(w, i, "sync run");
}

void wire_close(struct wire *w)
{
	char *cmd;

	for (int i = 1; i < WIRE_PLACES; i++)
		if (w->follower[i])
			ck_assert_int_eq(wire_unfollow(w, i, SIGTERM), 0);
	if (w->ssh)
		wire_shell(w, "sshd_stop $dir/sshd");
	open_one = NULL;
	cmd = mem_printf("rm -rf '%s'", w->folder);
	ck_assert_int_eq(system(cmd), 0);
	mem_free(cmd);
}

/* ---- in the end ---- */

/* What acts would refuse at one desk can be done at two: for a person to settle, and no damage. */
static bool for_a_person(const char *line)
{
	static const char *const soft[] = { "A clash waits", "are one person's",
					    "first attendance" };
	size_t n = strcspn(line, "\n");

	for (size_t i = 0; i < sizeof soft / sizeof *soft; i++)
		if (memmem(line, n, soft[i], strlen(soft[i])))
			return true;
	return n == 0 || strncmp(line, "ohdesk: ", 8) == 0;
}

void wire_agree(struct wire *w)
{
	char one[200], other[200];

	wire_must(w, WIRE_HUB, "sync digest");
	wire_field(w, 0, 0, one, sizeof one);
	for (int i = 0; i < WIRE_PLACES; i++) {
		wire_must(w, i, "sync digest");
		ck_assert_str_eq(wire_field(w, 0, 0, other, sizeof other), one);
		ck_assert_int_eq(
			wire_number(w, i, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 0);
		wire_run(w, i, "store check");
		for (const char *p = strchr(w->said, '\n'); p; p = strchr(p + 1, '\n'))
			ck_assert_msg(for_a_person(p + 1), "place %d: %s", i + 1, p + 1);
	}
}
