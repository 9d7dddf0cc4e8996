/*
 * test_wish.c: what would do for somebody who waits, as it is typed: read as the command line reads
 * it, shown so that it can be typed again, and whatever is typed beside that is refused whole.
 */
#include <stdio.h>
#include <string.h>

#include "booked.h"
#include "clinic/wait.h"
#include "model/service.h"
#include "suite.h"

static struct booked b;
static struct err err;

static struct wait_ask reads(const char *text)
{
	struct wait_ask ask = { .episode = { 7 } };

	ck_assert_msg(wait_wish_read(&b.c.desk, text, &ask, &err) == 0, "%s: %s", text, err.text);
	ck_assert_int_eq(ask.episode.n, 7);
	return ask;
}

static const char *shown(const char *text)
{
	static char buf[WISH_TEXT];
	struct wait_ask ask = reads(text);

	return wait_wish_show(&b.c.desk, &ask.wish, buf);
}

static void refuses(const char *text, const char *why)
{
	struct wait_ask ask = { .episode = { 7 } }, was = ask;

	err_clear(&err);
	ck_assert_msg(wait_wish_read(&b.c.desk, text, &ask, &err) < 0, "%s was read", text);
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_msg(strstr(err.text, why), "%s: %s", text, err.text);
	ck_assert_uint_le(strlen(err.text), 78);
	ck_assert_mem_eq(&ask, &was, sizeof ask);
	err_clear(&err);
}

START_TEST(what_is_typed_is_what_the_options_of_the_command_line_say)
{
	struct wait_ask ask;

	booked_open(&b);
	ask = reads("hbr, NGT mon thu after 15:00 phone, video 2 h notice with marsh from 20/3");
	ck_assert_str_eq(ask.wish.sites, "HBR NGT");
	ck_assert_int_eq(ask.wish.days, 1 | 8);
	ck_assert_int_eq(ask.wish.after, 15 * 60);
	ck_assert_int_eq(ask.wish.modes, MODE_PHONE | MODE_VIDEO);
	ck_assert_int_eq(ask.wish.notice, 2);
	ck_assert_int_eq(ask.wish.clinician.n, b.marsh.n);
	ck_assert_str_eq(shown("hbr from 20/3"), "HBR, from 20-Mar-2026");
	ck_assert_str_eq(
		shown("sites hbr,ngt when mon,thu mode phone notice 48 clinician obi from 14 mar"),
		"Obi, HBR NGT, Mon, Thu, phone, from 14-Mar-2026, 48 h notice");
	ck_assert_str_eq(shown("at once"), "at once");
	ck_assert(reads("at once").short_notice);
	ck_assert(reads("0h").short_notice);
	ck_assert_str_eq(shown("24h notice"), "any");
	ck_assert_str_eq(shown("Marsh mornings not fri"),
			 "Marsh, Mon, Tue, Wed, Thu, Sat, Sun before 12:00");
	booked_close(&b);
}
END_TEST

START_TEST(nothing_said_is_anything_with_a_days_notice)
{
	static const char *const lines[] = { "", "any", " ,; ", "any any", "at any" };
	struct wait_ask ask;

	booked_open(&b);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		ask = reads(lines[i]);
		ck_assert_str_eq(ask.wish.sites, "");
		ck_assert_int_eq(ask.wish.days | ask.wish.modes, 0);
		ck_assert_int_eq(ask.wish.notice, WAIT_NOTICE);
		ck_assert(!ask.short_notice && date_none(ask.wish.from));
	}
	booked_close(&b);
}
END_TEST

START_TEST(what_is_not_understood_is_named_and_nothing_is_taken)
{
	booked_open(&b);
	refuses("mon at nowhere", "'nowhere'");
	refuses("with nobody", "'nobody'");
	refuses("with", "No clinician");
	refuses("999 h", "0 to 672 hours");
	refuses("notice soon", "in hours");
	refuses("after", "missing at the end");
	refuses("after noonish", "'noonish' is no time");
	refuses("after 16:00 before 9:00", "No time is after");
	refuses("not mon tue wed thu fri sat sun", "leaves no day");
	refuses("a-word-that-is-much-longer-than-any-that-could-mean-something-here",
		"'a-word-that-'");
	booked_close(&b);
}
END_TEST

/* Words that mean something, alone or beside others, and some that never do. */
static const char *const words[] = {
	"ngt",	 "HBR",	  "mon",   "thu,",	  "not",   "after", "before", "15:00", "930",
	"from",	 "20/3",  "tom",   "any",	  "h",	   "hours", "2",      "48",    "2h",
	"phone", "video", "face",  "at",	  "once",  "with",  "marsh",  "Obi",   "notice",
	"sites", "mode",  "when",  "am",	  "14",	   "mar",   "\t",     ",,",    "\xc3",
	"%s",	 "-1",	  "99999", "9999999999h", "Marsh", "xx",    "\x1b[2J"
};

static unsigned roll(uint64_t *dice, unsigned n)
{
	*dice = *dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*dice >> 33) % n;
}

START_TEST(nonsense_is_refused_whole_and_whatever_is_read_can_be_read_again)
{
	uint64_t dice = 20260312;
	int taken = 0;

	booked_open(&b);
	for (int i = 0; i < 20000; i++) {
		struct wait_ask ask = { .episode = { 7 } }, again = ask, was = ask;
		char line[400] = "", said[WISH_TEXT], twice[WISH_TEXT];

		for (unsigned n = roll(&dice, 7); n; n--) {
			size_t len = strlen(line);

			snprintf(line + len, sizeof line - len, "%s ",
				 words[roll(&dice, sizeof words / sizeof *words)]);
		}
		err_clear(&err);
		if (wait_wish_read(&b.c.desk, line, &ask, &err) < 0) {
			ck_assert_int_eq(err.kind, ERR_INPUT);
			ck_assert_mem_eq(&ask, &was, sizeof ask);
			continue;
		}
		taken++;
		wait_wish_show(&b.c.desk, &ask.wish, said);
		ck_assert_msg(wait_wish_read(&b.c.desk, said, &again, &err) == 0, "%s -> %s: %s",
			      line, said, err.text);
		ck_assert_str_eq(wait_wish_show(&b.c.desk, &again.wish, twice), said);
		ck_assert_int_eq(again.short_notice, ask.short_notice);
		ck_assert_int_eq(again.wish.days, ask.wish.days);
		ck_assert_int_eq(again.wish.modes, ask.wish.modes);
		ck_assert_str_eq(again.wish.sites, ask.wish.sites);
		ck_assert_int_eq(again.wish.from.n, ask.wish.from.n);
	}
	ck_assert_int_gt(taken, 1000);
	booked_close(&b);
}
END_TEST

TEST_MAIN("wish", what_is_typed_is_what_the_options_of_the_command_line_say,
	  nothing_said_is_anything_with_a_days_notice,
	  what_is_not_understood_is_named_and_nothing_is_taken,
	  nonsense_is_refused_whole_and_whatever_is_read_can_be_read_again)
