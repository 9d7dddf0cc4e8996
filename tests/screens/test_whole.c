/*
 * test_whole.c: real input, end to end.
 *
 * A file of 25,000 people with awkward names goes in, sixty diaries are published, a day is booked
 * by the command line, one site's people are checked in through the real screens in a terminal of
 * 80x24, and the diaries that come out are compared, row by row, with what was done.
 */
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "model/number.h"
#include "model/person.h"
#include "clinic.h"
#include "pty.h"
#include "suite.h"

enum { PEOPLE = 25000, SITES = 6, CLINICIANS = 60, BOOKED = 3 };

static char folder[128], db[160], csv[160];
static const char *ohdesk;

/* ---- the people ---- */

/* Names that have broken programs: quotes and commas in a CSV, capitals that grow, right to left,
 * no Latin letters, letters with marks of their own, one letter, very long. */
static const char *const surnames[] = {
	"O'Brien-Smyth",
	"\"Okafor, Senior\"",
	"Ó Briain",
	"Łukaszewicz",
	"van der Berg",
	"Strauß",
	"محمد",
	"李",
	"Nguyễn",
	"D’Souza",
	"X",
	"Zoë",
	"Ångström",
	"कुमार",
	"Wolfeschlegelsteinhausenbergerdorff",
	"Müller",
	"Ειρήνη",
	"Иванов",
	"Smith",
	"SMITH",
	"mac Giolla",
	"Jones-Évans",
	"Þórsdóttir",
	"Ōta",
};
static const char *const givens[] = {
	"Adaeze",
	"Adanna",
	"Seán",
	("Zo\xcc\x88"
	 "e\xcc\x81"),
	"小龍",
	"عائشة",
	"Jean-Luc",
	"M",
	"María José",
	"Ğül",
	"İpek",
	"Anne",
	"Øystein",
};
enum { SURNAMES = sizeof surnames / sizeof *surnames, GIVENS = sizeof givens / sizeof *givens };

struct one {
	int surname, given, year, month, day;
};

static struct one person(int i)
{
	return (struct one){ i % SURNAMES, i / SURNAMES % GIVENS, 1950 + i % 55, 1 + i / 7 % 12,
			     1 + i / 3 % 28 };
}

/* The i-th of the never-issued NHS numbers, or "" where there is no check digit for it. */
static void nhs_of(int i, char ret[16])
{
	char digits[NHS_DIGITS], tried[16];

	ret[0] = '\0';
	for (int check = 0; check < 10; check++) {
		snprintf(tried, sizeof tried, "999%06d%d", i, check);
		if (nhs_parse(tried, digits))
			snprintf(ret, 16, "%s", tried);
	}
}

static void write_csv(void)
{
	FILE *f = fopen(csv, "w");

	ck_assert_ptr_nonnull(f);
	/* Columns in an order of their own, as spreadsheets have them. */
	fprintf(f, "\xef\xbb\xbf"
		   "employee_no,given,surname,born,mobile,nhs_number,job,title\r\n");
	for (int i = 0; i < PEOPLE; i++) {
		struct one p = person(i);
		char nhs[16];

		nhs_of(i, nhs);
		fprintf(f,
			"W%06d,%s,%s,%04d-%02d-%02d,+44 7700 900%03d,%s,\"Nurse, \"\"bank\"\"\",%s\r\n",
			i, givens[p.given], surnames[p.surname], p.year, p.month, p.day, i % 1000,
			nhs, i % 3 ? "Ms" : "");
	}
	ck_assert_int_eq(fclose(f), 0);
}

/* SURNAME, Given (Title) of the i-th, as the program is to write it. */
static void shown(int i, char *buf)
{
	struct one p = person(i);
	char surname[128];
	const char *why;
	char *given = text_clean(givens[p.given], 60, &why);

	snprintf(surname, sizeof surname, "%s", surnames[p.surname]);
	if (*surname == '"') {
		memmove(surname, surname + 1, strlen(surname));
		surname[strlen(surname) - 1] = '\0';
	}
	person_show(surname, given, i % 3 ? "Ms" : "", buf);
	mem_free(given);
}

/* ---- commands ---- */

/* Runs ohdesk with words and gives what it printed; fails the test unless it exits 0. */
static char *ohdesk_says(const char *as, int n, const char *const *words)
{
	const char *argv[40] = { ohdesk, "--db", db, "--now", "2026-03-12 08:00" };
	struct buf out = { 0 };
	char bytes[4096];
	int argc = 5, pipes[2], status;
	ssize_t got;

	if (as) {
		argv[argc++] = "--as";
		argv[argc++] = as;
	}
	for (int i = 0; i < n; i++)
		argv[argc++] = words[i];
	ck_assert_int_eq(pipe(pipes), 0);
	pid_t pid = fork();

	if (pid == 0) {
		dup2(pipes[1], STDOUT_FILENO);
		close(pipes[0]);
		close(pipes[1]);
		execv(ohdesk, (char *const *)argv);
		_exit(127);
	}
	close(pipes[1]);
	while ((got = read(pipes[0], bytes, sizeof bytes)) > 0)
		buf_add(&out, bytes, (size_t)got);
	close(pipes[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s %s ... ended with %d",
		      words[0], words[1], WEXITSTATUS(status));
	if (!out.s)
		buf_str(&out, "");
	return out.s;
}
#define SAYS(as, ...)                                                                              \
	ohdesk_says(as, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *),             \
		    (const char *const[]){ __VA_ARGS__ })
#define DO(as, ...) mem_free(SAYS(as, __VA_ARGS__))

/* ---- the service ---- */

static void code(char buf[16], const char *letter, int i)
{
	snprintf(buf, 16, "%s%02d", letter, i);
}

static void set_up_service(void)
{
	DO(NULL, "service", "add", "PHYSIO", "--name", "Rapid access physio", "--short", "Physio",
	   "--prefix", "MSK", "--rapid", "yes", "--new", "40", "--fu", "20");
	DO(NULL, "customer", "add", "WVH", "--name", "Wessex Vale Hospitals", "--short",
	   "WV Hosps");
	for (int i = 1; i < SITES; i++) {
		char site[16];

		code(site, "S", i);
		DO(NULL, "site", "add", site, "--name", site);
	}
	DO(NULL, "user", "add", "p.shah", "--role", "reception", "--person", "SHAH, Priti (Ms)",
	   "--site", "S00");
}

/* Ten at each site, each in a room of their own, every Thursday. */
static void set_up_clinician(int i)
{
	char who[16], room[16], site[16], *id;

	code(who, "c", i);
	code(room, "R", i);
	code(site, "S", i % SITES);
	DO(NULL, "room", "add", room, "--name", room, "--site", site);
	DO(NULL, "clinician", "add", who, "--surname", who, "--given", "Jo", "--discipline",
	   "physio", "--reg-until", "2027-12-31");
	DO(NULL, "posting", "add", "--clinician", who, "--site", site);
	id = SAYS(NULL, "template", "add", "--clinician", who, "--site", site, "--room", room,
		  "--service", "PHYSIO", "--day", "thu", "--from", "2026-03-01", "--pattern",
		  "08:30 NEW 40, FU 20x3, CATCHUP 20, NEW 40, RAP 40/24, LUNCH 40, NEW 40x3");
	mem_free(id);
}

/* The k-th booking of clinician i: who, and when.  The second takes two slots for follow-ups. */
static int who_of(int i, int k)
{
	return (i * 397 + k * 7919) % PEOPLE;
}
static const char *const times[BOOKED] = { "08:30", "09:10", "10:30" };

static void book_all(int i)
{
	char who[16], employee[16], when[24];

	code(who, "c", i);
	for (int k = 0; k < BOOKED; k++) {
		snprintf(employee, sizeof employee, "W%06d", who_of(i, k));
		snprintf(when, sizeof when, "2026-03-12 %s", times[k]);
		DO("p.shah", "appt", "book", "--person", employee, "--service", "PHYSIO",
		   "--clinician", who, "--at", when);
	}
}

/* ---- the desk ---- */

/* Takes in everybody of the first site through the screens, row by row as they are numbered. */
static void check_in_all(int people)
{
	const char *argv[] = { ohdesk, "--db", db, "--as", "p.shah", "--now", "2026-03-12 08:00",
			       NULL };
	struct pty *p = pty_start(&(struct pty_options){ .argv = argv });
	char keys[32], count[32];

	snprintf(count, sizeof count, "%d today  B %d", people, people);
	ck_assert_msg(strstr(pty_row(p, 2), count) != NULL, "row 2 is %s", pty_row(p, 2));
	for (int i = 1; i <= people; i++) {
		snprintf(keys, sizeof keys, "%da", i);
		pty_keys(p, keys);
		if (strstr(pty_row(p, 23), "Two look alike"))
			pty_keys(p, "y");
		ck_assert_msg(strstr(pty_row(p, 23), "arrived 08:00") != NULL, "row %d: %s", i,
			      pty_row(p, 23));
	}
	snprintf(count, sizeof count, "%d today  A %d", people, people);
	ck_assert_msg(strstr(pty_row(p, 2), count) != NULL, "row 2 is %s", pty_row(p, 2));
	kill(pty_pid(p), SIGTERM);
	ck_assert_int_eq(pty_end(p), 0);
}

/* The diary of a clinician must hold this row: start, minutes, kind, state, ..., person. */
static void has_row(const char *diary, const char *time, int mins, const char *state,
		    const char *name)
{
	char head[64], *line, *copy = mem_str(diary), *at = copy;
	bool found = false;

	snprintf(head, sizeof head, "2026-03-12 %s\t%d\t", time, mins);
	while ((line = strsep(&at, "\n")) != NULL && !found) {
		char word[16];

		snprintf(word, sizeof word, "\t%s\t", state);
		found = strncmp(line, head, strlen(head)) == 0 && strstr(line, word) &&
			strstr(line, name);
	}
	ck_assert_msg(found, "no row %s %d %s %s in:\n%s", time, mins, state, name, diary);
	mem_free(copy);
}

static void compare_diary(int i)
{
	char who[16], name[PERSON_TEXT], *diary;

	code(who, "c", i);
	diary = SAYS("p.shah", "diary", "show", who, "--from", "2026-03-12");
	for (int k = 0; k < BOOKED; k++) {
		shown(who_of(i, k), name);
		has_row(diary, times[k], 40, i % SITES == 0 ? "arrived" : "booked", name);
	}
	mem_free(diary);
}

START_TEST(a_day_from_a_file_of_people_to_the_diaries_that_come_out)
{
	char *said;

	ohdesk = getenv("OHDESK") ? getenv("OHDESK") : "build/ohdesk";
	test_folder(folder, sizeof folder);
	snprintf(db, sizeof db, "%s/whole.db", folder);
	snprintf(csv, sizeof csv, "%s/people.csv", folder);

	said = mem_printf(
		"%s site init %s --code S00 --name Northgate --practice --at '2026-03-12 08:00' --admin %s",
		ohdesk, db, getpwuid(getuid())->pw_name);
	ck_assert_int_eq(system(said), 0);
	mem_free(said);
	set_up_service();
	write_csv();
	said = SAYS(NULL, "person", "import", csv, "--customer", "WVH");
	ck_assert_msg(strstr(said, "\n25000\t0\t0\t0") != NULL, "import said: %s", said);
	mem_free(said);
	said = SAYS(NULL, "person", "import", csv, "--customer", "WVH");
	ck_assert_msg(strstr(said, "\n0\t0\t25000\t0") != NULL, "the second import said: %s", said);
	mem_free(said);

	for (int i = 0; i < CLINICIANS; i++)
		set_up_clinician(i);
	DO(NULL, "template", "publish");
	for (int i = 0; i < CLINICIANS; i++)
		book_all(i);
	check_in_all(CLINICIANS / SITES * BOOKED);
	for (int i = 0; i < CLINICIANS; i++)
		compare_diary(i);
	DO(NULL, "store", "check");

	said = mem_printf("rm -rf '%s'", folder);
	ck_assert_int_eq(system(said), 0);
	mem_free(said);
}
END_TEST

TEST_MAIN("whole", a_day_from_a_file_of_people_to_the_diaries_that_come_out)
