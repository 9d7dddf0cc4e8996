/*
 * test_folder.c: a folder of referrals: killed before and after each write and each move, whatever
 * lies in it, and by night.
 */
#include <dirent.h>
#include <fcntl.h>
#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/flag.h"
#include "clinic/referral.h"
#include "clinic/task.h"
#include "suite.h"

static struct booked b;
static struct err err;
static char *in;
static int done, rejected;

/* ---- what a run does to the disk ---- */

/* The step before which it is killed, counted from 1; 0: never.  And whether no byte
 * can be written, or no name given. */
static int left;
static bool full, no_names;

static void step(void)
{
	if (left > 0 && --left == 0)
		kill(getpid(), SIGKILL);
}

static ssize_t write_at(int fd, const void *bytes, size_t n, off_t at)
{
	step();
	if (full) {
		errno = ENOSPC;
		return -1;
	}
	return pwrite(fd, bytes, n, at);
}

/* In place of the C library's, for the program and for SQLite. */
int link(const char *from, const char *to)
{
	step();
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char *path)
{
	step();
	return unlinkat(AT_FDCWD, path, 0);
}

int rename(const char *from, const char *to)
{
	step();
	if (no_names) {
		errno = ENOSPC;
		return -1;
	}
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static void watch_the_disk(void)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

	ck_assert_int_eq(vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)write_at),
			 SQLITE_OK);
}

/* ---- a folder ---- */

#define PHYSIO "[referral]\nform = rap_physio_self\nperson = 20417733\n"
#define NOBODY "[referral]\nform = rap_physio_self\nperson = 99\n"
static const char flagged[] = "[answers]\nwhere = b\nlegs_both = u\n";

static void begin(void)
{
	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	in = mem_printf("%s/in", b.c.folder);
	ck_assert_int_eq(mkdir(in, 0700), 0);
	booked_sql(&b, "UPDATE post SET employee_no = '20417733' WHERE person ="
		       " (SELECT id FROM person WHERE surname = 'OKAFOR')");
	done = rejected = 0;
}

static void finish(void)
{
	mem_free(in);
	booked_close(&b);
}

static char *path_of(const char *name)
{
	return mem_printf("%s/%s", in, name);
}

static void leave(const char *name, const char *head, const char *text)
{
	char *path = path_of(name);
	FILE *f = fopen(path, "w");

	ck_assert(f && fprintf(f, "%s%s", head, text) >= 0 && fclose(f) == 0);
	mem_free(path);
}

static bool there(const char *name)
{
	char *path = path_of(name);
	struct stat sb;
	bool is = lstat(path, &sb) == 0;

	mem_free(path);
	return is;
}

/* How many referrals are in one of its folders, without what is beside them. */
static int count_in(const char *folder)
{
	char *path = path_of(folder);
	DIR *d = opendir(path);
	int n = 0;

	for (struct dirent *e; d && (e = readdir(d));)
		n += *e->d_name != '.' && !strstr(e->d_name, ".why") &&
		     strstr(e->d_name, ".ini") != NULL;
	if (d)
		closedir(d);
	mem_free(path);
	return n;
}

static void taken(void *ctx, const char *file, struct id referral, const char *said, bool refused)
{
	(void)ctx, (void)file, (void)referral, (void)said;
	done += !refused;
	rejected += refused;
}

static void take_in(void)
{
	ck_ok(referral_import(&b.c.desk, in, taken, NULL, &err), err);
}

static int count(const char *sql)
{
	return (int)clinic_count(&b.c, sql);
}

static int referrals(void)
{
	return count("SELECT count(*) FROM referral");
}

static int to_look_at(void)
{
	return count("SELECT count(*) FROM task WHERE kind = 'check'");
}

/* ---- killed ---- */

/* True: it was killed before that step; false: it had fewer. */
static bool killed_at(int nth)
{
	pid_t pid = fork();
	int status;

	ck_assert(pid >= 0);
	if (pid == 0) {
		struct clinic other;

		clinic_second(&b.c, &other, "a.root");
		left = nth;
		referral_import(&other.desk, in, taken, NULL, NULL);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	return WIFSIGNALED(status);
}

START_TEST(killed_before_or_after_any_write_or_move_no_file_is_lost_or_doubled)
{
	bool killed = true;
	int n;

	watch_the_disk();
	begin();
	for (n = 0; killed; n++) {
		char head[200];

		/* One to take in, one to refuse, and the first once more under another name. */
		snprintf(head, sizeof head, "# %d\n" PHYSIO, n);
		leave("1.ini", head, flagged);
		leave("3.ini", head, flagged);
		snprintf(head, sizeof head, "# %d\n" NOBODY, n);
		leave("2.ini", head, flagged);
		killed = killed_at(n + 1);
		take_in();
		ck_assert_msg(!there("1.ini") && !there("2.ini") && !there("3.ini"), "step %d", n);
		ck_assert_msg(count_in("done") == 2 * (n + 1), "step %d: %d done", n,
			      count_in("done"));
		ck_assert_msg(count_in("rejected") == n + 1, "step %d: %d rejected", n,
			      count_in("rejected"));
		ck_assert_msg(referrals() == n + 1, "step %d: %d referrals", n, referrals());
		ck_assert_msg(count("SELECT count(*) FROM flag") == n + 1, "step %d", n);
		ck_assert_msg(to_look_at() == n + 1, "step %d: asked %d times", n, to_look_at());
	}
	/* Each write of two changes, and the moves of three files. */
	ck_assert_int_gt(n, 20);
	finish();
}
END_TEST

START_TEST(while_the_disk_is_full_files_stay_where_they_are_and_are_taken_in_after)
{
	watch_the_disk();
	begin();
	leave("1.ini", PHYSIO, flagged);
	leave("2.ini", NOBODY, flagged);
	full = true;
	ck_refused(referral_import(&b.c.desk, in, taken, NULL, &err), err, ERR_STORE);
	full = false;
	ck_assert(there("1.ini") && there("2.ini"));
	ck_assert_int_eq(referrals(), 0);
	/* Where its reason cannot be written it is not moved either. */
	no_names = true;
	ck_refused(referral_import(&b.c.desk, in, taken, NULL, &err), err, ERR_STORE);
	ck_assert(!there("1.ini") && there("2.ini") && !there("rejected/2.ini.why"));
	no_names = false;
	take_in();
	ck_assert(there("rejected/2.ini") && there("rejected/2.ini.why"));
	ck_assert_int_eq(referrals(), 1);
	ck_assert_int_eq(to_look_at(), 1);
	finish();
}
END_TEST

/* ---- whatever lies there ---- */

static void leave_huge(const char *name)
{
	char *path = path_of(name);
	FILE *f = fopen(path, "w");

	ck_assert(f != NULL);
	fputs(PHYSIO, f);
	for (int i = 0; i < 40000; i++)
		fputs("# nothing\n", f);
	fputs(flagged, f);
	ck_assert_int_eq(fclose(f), 0);
	mem_free(path);
}

static char *why_of(const char *name)
{
	static char line[300];
	char *path = mem_printf("%s/rejected/%s.why", in, name);
	FILE *f = fopen(path, "r");

	ck_assert_msg(f && fgets(line, sizeof line, f), "%s says no reason", name);
	fclose(f);
	mem_free(path);
	return line;
}

START_TEST(what_is_no_referral_is_rejected_with_its_reason_and_stops_no_other)
{
	static const struct {
		const char *name, *why;
	} odd[] = { { "1-folder.ini", "no plain file" },  { "2-pipe.ini", "no plain file" },
		    { "3-link.ini", "no plain file" },	  { "4-nowhere.ini", "no plain file" },
		    { "5-huge.ini", "is larger than" },	  { "6-empty.ini", "it is empty" },
		    { "7-bytes.ini", "[referral] comes" } };
	char *path, *target;

	begin();
	path = path_of("1-folder.ini");
	ck_assert_int_eq(mkdir(path, 0700), 0);
	mem_free(path);
	path = path_of("2-pipe.ini");
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	mem_free(path);
	leave("elsewhere.txt", PHYSIO, flagged);
	target = path_of("elsewhere.txt");
	path = path_of("3-link.ini");
	ck_assert_int_eq(symlink(target, path), 0);
	mem_free(path);
	path = path_of("4-nowhere.ini");
	ck_assert_int_eq(symlink("/nowhere/at/all", path), 0);
	mem_free(path);
	leave_huge("5-huge.ini");
	leave("6-empty.ini", "", "");
	leave("7-bytes.ini", "\xff\x01\x1b[2J", "\n");
	leave("8.ini", PHYSIO, flagged);
	take_in();
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		char *to = mem_printf("rejected/%s", odd[i].name);

		ck_assert_msg(there(to) && !there(odd[i].name), "%s", odd[i].name);
		ck_assert_msg(strstr(why_of(odd[i].name), odd[i].why), "%s: %s", odd[i].name,
			      why_of(odd[i].name));
		mem_free(to);
	}
	ck_assert(there("done/8.ini"));
	ck_assert_int_eq(done, 1);
	ck_assert_int_eq(rejected, 7);
	ck_assert_int_eq(referrals(), 1);
	ck_assert_int_eq(to_look_at(), 7);
	mem_free(target);
	finish();
}
END_TEST

START_TEST(another_file_of_the_same_name_is_another_and_both_are_kept)
{
	begin();
	leave("1.ini", PHYSIO, flagged);
	take_in();
	leave("1.ini", "# another day\n" PHYSIO, flagged);
	take_in();
	ck_assert(there("done/1.ini") && there("done/2-1.ini"));
	ck_assert_int_eq(referrals(), 2);
	/* The same once more adds nothing, under whatever name. */
	leave("1.ini", PHYSIO, flagged);
	leave("other.ini", PHYSIO, flagged);
	take_in();
	ck_assert_int_eq(referrals(), 2);
	ck_assert_int_eq(count_in("done"), 4);
	/* What cannot be read is another each time: somebody is asked about each. */
	leave("9.ini", "", "");
	take_in();
	ck_assert_int_eq(to_look_at(), 1);
	world_pass(&b.c.world, 3600);
	leave("9.ini", "", "");
	take_in();
	ck_assert_int_eq(to_look_at(), 2);
	ck_assert(there("rejected/9.ini.why") && there("rejected/2-9.ini.why"));
	finish();
}
END_TEST

/* ---- by night ---- */

/* Whom the alert of a file is for that is taken in at that moment, by a timer. */
static const char *alerted(int month, int day, int hour, int minute)
{
	static char role[32];
	static int nth;
	char head[200], *said;
	struct date d;

	ck_assert(date_from_ymd(2026, month, day, &d));
	b.c.world.still = wall_moment(d, hour * 60 + minute);
	desk_tick(&b.c.desk);
	snprintf(head, sizeof head, "# %d\n" PHYSIO, nth++);
	leave("night.ini", head, flagged);
	take_in();
	said = booked_text(&b, "SELECT for_role FROM task WHERE kind = 'alert' AND state = 'open'"
			       " ORDER BY id DESC LIMIT 1");
	snprintf(role, sizeof role, "%s", said);
	mem_free(said);
	return role;
}

START_TEST(files_of_the_night_and_of_days_off_go_to_who_is_on_duty)
{
	begin();
	/* Nobody has the duty: it is the nurses', not nobody's. */
	ck_assert_str_eq(alerted(3, 12, 22, 30), "nurse");
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id, 'duty', 'on'"
		       " FROM user WHERE name = 'r.adeyemi'");
	ck_assert_str_eq(alerted(3, 13, 17, 59), "nurse");
	ck_assert_str_eq(alerted(3, 13, 18, 0), "duty");
	ck_assert_str_eq(alerted(3, 16, 3, 15), "duty");
	ck_assert_str_eq(alerted(3, 16, 7, 59), "duty");
	ck_assert_str_eq(alerted(3, 16, 8, 0), "nurse");
	ck_assert_str_eq(alerted(3, 21, 12, 0), "duty"); /* Saturday */
	ck_assert_str_eq(alerted(4, 3, 12, 0), "duty");	 /* Good Friday */
	finish();
}
END_TEST

START_TEST(what_came_by_night_is_first_for_whoever_comes_in_the_morning)
{
	struct flags_alone alone;
	struct task_rows tasks = { 0 };
	struct inbox inbox = { 0 };
	struct task_ask old = { .kind = TASK_TODO, .text = "something old" };
	struct inbox_filter all = { 0 };
	struct referral_ask plain = {
		.service = b.physio, .type = REF_SELF, .urgency = -1, .anew = true
	};
	struct id id;

	begin();
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id, 'duty', 'on'"
		       " FROM user WHERE name = 'r.adeyemi'");
	clinic_sit(&b.c, "p.shah");
	ck_ok(task_for_parse(&b.c.desk, "r.adeyemi", &old.to, &err), err);
	ck_ok(task_add(&b.c.desk, &old, NULL, &err), err);
	plain.person = b.ellis;
	plain.service = b.physio;
	plain.agreed = b.c.desk.today;
	ck_ok(referral_add(&b.c.desk, &plain, &id, &err), err);
	clinic_sit(&b.c, "a.root");
	alerted(3, 12, 23, 10);
	clinic_sit(&b.c, "r.adeyemi");
	b.c.world.still = (struct moment){ thu(8, 20).utc + 86400 };
	desk_tick(&b.c.desk);
	ck_ok(flags_alone(&b.c.desk, &alone, &err), err);
	ck_assert_int_eq(alone.n, 1);
	ck_assert_int_eq(alone.since.utc, thu(23, 10).utc);
	ck_ok(task_rows(&b.c.desk, TASKS_FOR_ME, &tasks, &err), err);
	ck_assert_uint_ge(tasks.n, 2);
	ck_assert_int_eq(tasks.v[0].t.kind, TASK_ALERT);
	ck_ok(referral_inbox(&b.c.desk, &all, &inbox, &err), err);
	ck_assert_uint_eq(inbox.n, 2);
	ck_assert(inbox.v[0].flagged && !inbox.v[1].flagged);
	list_free(&tasks);
	list_free(&inbox);
	finish();
}
END_TEST

TEST_MAIN("folder", killed_before_or_after_any_write_or_move_no_file_is_lost_or_doubled,
	  while_the_disk_is_full_files_stay_where_they_are_and_are_taken_in_after,
	  what_is_no_referral_is_rejected_with_its_reason_and_stops_no_other,
	  another_file_of_the_same_name_is_another_and_both_are_kept,
	  files_of_the_night_and_of_days_off_go_to_who_is_on_duty,
	  what_came_by_night_is_first_for_whoever_comes_in_the_morning)
