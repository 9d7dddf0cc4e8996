/* test_config.c: ohdesk.ini is taken whole and understood, or refused with its line. */
#include "suite.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/config.h"

static char dir[] = "/tmp/ohdesk-config-XXXXXX";
static char file[64];

static void make_dir(void)
{
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(file, sizeof file, "%s/ohdesk.ini", dir);
}

static void drop_dir(void)
{
	unlink(file);
	rmdir(dir);
}

/* What the file says about itself: "" when it is taken. */
static const char *said(const char *bytes, size_t n, struct config **ret)
{
	static struct err err;
	FILE *f = fopen(file, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
	ck_assert_int_eq(fclose(f), 0);
	err_clear(&err);
	*ret = NULL;
	if (config_open(file, ret, &err) < 0) {
		ck_assert_int_eq(err.kind, ERR_INPUT);
		ck_assert_ptr_null(*ret);
		ck_assert_msg(strncmp(err.text, file, strlen(file)) == 0, "%s", err.text);
		return err.text + strlen(file);
	}
	return "";
}

START_TEST(a_good_file_is_read)
{
	static const char good[] =
		"# the practice machine\r\n\r\n[store]\r\n  path = /srv/a.db ; here\n"
		"busy_ms=500\n\n[screen]\ntheme = \"dark\"\n";
	struct config *c;

	make_dir();
	ck_assert_str_eq(said(good, sizeof good - 1, &c), "");
	ck_assert_str_eq(config_path(c), file);
	ck_assert_str_eq(config_str(c, "store:path", "x"), "/srv/a.db");
	ck_assert_int_eq(config_int(c, "store:busy_ms", 1), 500);
	ck_assert_str_eq(config_str(c, "screen:theme", "mono"), "dark");
	ck_assert_int_eq(config_int(c, "screen:escdelay", 50), 50);
	config_close(c);
	ck_assert_str_eq(said("", 0, &c), "");
	config_close(c);
	drop_dir();
}
END_TEST

START_TEST(a_bad_file_is_refused_with_its_line)
{
	static const char *const rows[][2] = {
		{ "path = x\n", ", line 1: a key stands before the first [section]." },
		{ "[store]\n\npath\n", ", line 3: there is no = in it." },
		{ "[store]\npath = \"x\n", ", line 2: a quote is not closed." },
		{ "[store]\npath = 'x' y\n", ", line 2: something follows the closing quote." },
		{ "[store]\npath =\n", ", line 2: the key has no value. Leave the line out." },
		{ "[store]\npath = x\npath = y\n",
		  ", line 3: this key was there before. Keep one." },
		{ "[store]\n[screen]\n[store]\n",
		  ", line 3: this section was there before. Join the two." },
		{ "[store]\npaht = x\n", ", line 2: [store] has no setting paht." },
		{ "[shop]\n", ", line 1: there is no such section." },
		{ "[stor]\n", ", line 1: there is no such section." },
		{ "[store\n", ", line 1: a section is written as [name], alone on its line." },
		{ "[Store]\n", ", line 1: a section's name has 1 to 40 of a-z, 0-9, _ and dot." },
		{ "[store]\nPath = x\n", ", line 2: a key has 1 to 40 of a-z, 0-9, _ and dot." },
		{ "[store]\n = x\n", ", line 2: a key has 1 to 40 of a-z, 0-9, _ and dot." },
		{ "\xef\xbb\xbf[store]\n",
		  ", line 1: it starts with a byte order mark. Save it as plain UTF-8." },
		{ "[store]\npath = x\\\n", ", line 2: a line cannot go on in the next one." },
		{ "[store]\npath = \033[2J\n", ", line 2: it has a control character in it." },
		{ "[store]\npath = \xff\n", ", line 2: it is not UTF-8." },
		{ "[store]\nbusy_ms = soon\n",
		  ": store:busy_ms is a number from 0 to 600000, not soon." },
		{ "[store]\nbusy_ms = -1\n",
		  ": store:busy_ms is a number from 0 to 600000, not -1." },
		{ "[store]\nbusy_ms = 99999999999\n",
		  ": store:busy_ms is a number from 0 to 600000, not 99999999999." },
		{ "[screen]\ntheme = pink\n",
		  ": screen:theme is one of |mono|dark|light|contrast|, not pink." },
	};
	struct config *c;

	make_dir();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_str_eq(said(rows[i][0], strlen(rows[i][0]), &c), rows[i][1]);
	ck_assert_str_eq(said("[store]\npath = a\0b\n", 19, &c), ", line 2: it has a NUL in it.");
	drop_dir();
}
END_TEST

START_TEST(an_over_long_line_or_file_is_refused)
{
	struct buf b = { NULL, 0, 0 };
	struct config *c;

	make_dir();
	buf_printf(&b, "[store]\npath = %*s\n", 1000, "x");
	ck_assert_str_eq(said(b.s, b.n, &c), ", line 2: it is longer than 1000 bytes.");
	buf_clear(&b);
	for (int i = 0; i < 70000; i++)
		buf_str(&b, "\n");
	ck_assert_str_eq(said(b.s, b.n, &c), " is longer than 64 KiB, so it is no settings file.");
	buf_done(&b);
	drop_dir();
}
END_TEST

START_TEST(a_file_that_is_named_must_be_there)
{
	struct config *c = NULL;
	struct err err = ERR_INIT;

	make_dir();
	ck_assert_int_eq(config_open(file, &c, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "cannot be opened: No such file or directory."));
	ck_assert_int_eq(config_open(dir, &c, &err), -1);
	ck_assert_ptr_null(c);
	drop_dir();
}
END_TEST

START_TEST(the_usual_places_are_looked_at_in_turn)
{
	struct config *c = NULL;
	char own[80], at[100];
	FILE *f;

	make_dir();
	ck_assert_int_eq(setenv("XDG_CONFIG_HOME", dir, 1), 0);
	ck_assert_int_eq(config_open(NULL, &c, NULL), 0);
	ck_assert(!config_path(c) || strncmp(config_path(c), "/etc/", 5) == 0);
	config_close(c);
	snprintf(own, sizeof own, "%s/ohdesk", dir);
	snprintf(at, sizeof at, "%s/ohdesk.ini", own);
	ck_assert_int_eq(mkdir(own, 0700), 0);
	ck_assert_ptr_nonnull(f = fopen(at, "w"));
	fputs("[desk]\nlock_mins = 7\n", f);
	fclose(f);
	ck_assert_int_eq(config_open(NULL, &c, NULL), 0);
	ck_assert_str_eq(config_path(c), at);
	ck_assert_int_eq(config_int(c, "desk:lock_mins", 0), 7);
	config_close(c);
	unlink(at);
	rmdir(own);
	drop_dir();
}
END_TEST

START_TEST(without_a_file_everything_is_built_in)
{
	ck_assert_int_eq(config_int(NULL, "store:busy_ms", 5), 5);
	ck_assert_ptr_null(config_str(NULL, "store:path", NULL));
	config_close(NULL);
}
END_TEST

TEST_MAIN("config", a_good_file_is_read, a_bad_file_is_refused_with_its_line,
	  an_over_long_line_or_file_is_refused, a_file_that_is_named_must_be_there,
	  the_usual_places_are_looked_at_in_turn, without_a_file_everything_is_built_in)
