/*
 * test_private.c: a receptionist's screens over a whole practice database: whatever is opened, no
 * row tells that somebody is seen by the private service.
 */
#include "suite.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "clinic/demo.h"
#include "pty.h"
#include "tui/screens.h"

static const char *const words[] = {
	"ounsel", "COUNS", "CNS-", "PHQ", "GAD", "CORE-10", "isk flag"
};

static char folder[64];
static int seen;

static void see(struct pty *p, const char *what)
{
	/* Row 1 of a diary says whose it is: nobody who is seen. */
	for (int row = strncmp(pty_row(p, 1), "DIARY", 5) == 0 ? 2 : 1; row <= 40; row++)
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			ck_assert_msg(!strstr(pty_row(p, row), words[i]), "%s, row %d: %s", what,
				      row, pty_row(p, row));
	seen++;
}

static void keys(struct pty *p, const char *press, const char *what)
{
	pty_keys(p, press);
	see(p, what);
}

static void make(char *path, size_t n)
{
	struct demo_want want = {
		.people = 800, .years = 1, .sites = 2, .clinicians = 12, .seed = 1
	};
	struct demo_made counts;
	struct err err = ERR_INIT;

	date_from_ymd(2026, 3, 12, &want.today);
	snprintf(folder, sizeof folder, "%s/ohdesk-private-XXXXXX",
		 getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	ck_assert(mkdtemp(folder) != NULL);
	snprintf(path, n, "%s/demo.db", folder);
	ck_assert_msg(demo_make(path, &want, &counts, &err) == 0, "%s", err.text);
}

/* Each row of a list: who it is, what happened to it, how they are rung. */
static void rows(struct pty *p, const char *list, int most)
{
	keys(p, "<Home>", list);
	for (int i = 0; i < most; i++) {
		keys(p, "v", "a history");
		keys(p, "<Esc>", list);
		keys(p, "p", "the phone card");
		keys(p, "<Esc>", list);
		pty_keys(p, "<Enter>");
		if (strstr(pty_row(p, 23), "y "))
			pty_keys(p, "y");
		see(p, "a person");
		if (strncmp(pty_row(p, 1), "PERSON", 6) == 0) {
			keys(p, "b", "what can be booked");
			keys(p, "<Esc>", "a person");
			keys(p, "<Esc>", list);
		}
		keys(p, "<Down>", list);
	}
}

/* Each screen that there is, by its name, as the menu takes it: one that is new as well.  The two
 * of the way in hide the rest, and have tests of their own. */
static void every_screen(struct pty *p)
{
	for (const struct screen *const *s = screens; *s; s++) {
		char press[64];

		if (strcmp((*s)->name, "signin") == 0 || strcmp((*s)->name, "lock") == 0)
			continue;
		snprintf(press, sizeof press, "<F3>:%s<Enter>", (*s)->name);
		pty_keys(p, press);
		/* There is none of that name for them: it is looked for among people, as typed. */
		if (strcmp((*s)->name, "counselling") == 0) {
			ck_assert_ptr_nonnull(strstr(pty_row(p, 1), "FIND"));
			pty_keys(p, "<C-u>");
		}
		see(p, (*s)->name);
		for (int i = 0; i < 3; i++) {
			keys(p, "<PgDn>", (*s)->name);
			keys(p, "<Tab>", (*s)->name);
		}
		keys(p, "?", "its help");
		keys(p, "<Esc><Esc><Esc>", "the way back");
	}
}

static void walk(struct pty *p, int most)
{
	see(p, "the desk");
	rows(p, "the desk", most);
	keys(p, "<F3>gk", "tasks");
	keys(p, "<Tab>", "tasks");
	keys(p, "<Tab>", "tasks");
	keys(p, "<F3>gt", "triage");
	for (int i = 0; i < 6; i++)
		keys(p, "<Down>", "triage");
	keys(p, "<F3>gp", "to book");
	for (int i = 0; i < 4; i++)
		keys(p, "<Tab>", "to book");
	keys(p, "<F3>gc", "g c");
	keys(p, "<F3>gw", "waiting");
	keys(p, "<F3>gd", "a diary");
	for (int i = 0; i < 12; i++) {
		keys(p, "<Tab>", "a diary");
		for (int day = 0; day < 4; day++)
			keys(p, "+", "a diary");
	}
	keys(p, "<F3>gs", "sync");
	keys(p, "<F3>:", "the menu");
	for (int i = 0; i < 6; i++)
		keys(p, "<PgDn>", "the menu");
	keys(p, "<Esc>?", "help");
	for (int i = 0; i < 4; i++)
		keys(p, "<PgDn>", "help");
	keys(p, "<Esc>:outbox<Enter>", "the outbox");
	keys(p, "<F3>:undo<Enter>", "what can be undone");
	keys(p, "<Esc><F3>:duplicates<Enter>", "duplicates");
	keys(p, "<Esc><F3>/okafor", "find");
	keys(p, "<Tab>", "find");
	keys(p, "<C-u>CNS", "find");
	keys(p, "<Esc><Esc>", "the way back");
	every_screen(p);
}

START_TEST(no_screen_of_reception_tells_who_is_seen_by_the_private_service)
{
	static const char *const who[] = { "p.shah", "r.adeyemi", "m.doyle", "a.root" };
	const char *program = getenv("OHDESK") ? getenv("OHDESK") : "build/ohdesk";
	char path[128], *cmd;

	make(path, sizeof path);
	for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
		const char *argv[] = { program, "--db", path, "--as", who[i], NULL };
		struct pty_options how = { .argv = argv, .rows = 40, .cols = 132 };
		struct pty *p = pty_start(&how);

		pty_keys(p, "<F3>");
		ck_assert_msg(pty_find(p, "Private") > 0, "nobody private stands on the desk");
		walk(p, i == 0 ? 30 : 6);
		pty_hang_up(p);
	}
	ck_assert_int_gt(seen, 500);
	cmd = mem_printf("rm -rf '%s'", folder);
	ck_assert_int_eq(system(cmd), 0);
	mem_free(cmd);
}
END_TEST

TEST_MAIN("private", no_screen_of_reception_tells_who_is_seen_by_the_private_service)
