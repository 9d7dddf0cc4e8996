/* test_text.c: names of the whole world are kept, shown within their columns and found again; what
 * could move a terminal is not. */
#include <stdio.h>

#include "suite.h"

#include "base/alloc.h"
#include "base/text.h"
#include "base/world.h"

#define RLO   "\xe2\x80\xae"
#define ZWJ   "\xe2\x80\x8d"
#define ZWNJ  "\xe2\x80\x8c"
#define ACUTE "\xcc\x81"

static const char *clean(const char *s, size_t most)
{
	static char buf[4096];
	const char *why = NULL;
	char *got = text_clean(s, most, &why);

	if (!got)
		return why;
	ck_assert_ptr_null(why);
	ck_assert_uint_lt(strlen(got), sizeof buf);
	memcpy(buf, got, strlen(got) + 1);
	mem_free(got);
	return buf;
}

START_TEST(names_of_the_world_are_kept_as_they_are)
{
	static const char *const names[] = {
		"O'Brien-Smyth",
		"Łukasz Wiśniewski",
		"Ærø",
		"Nguyễn Thị Ánh",
		"山田 太郎",
		"אברהם לוי",
		"محمد العلي",
		"कृष्णा शर्मा",
		"Αλέξανδρος",
		"Žižek",
		"김철수",
		"D’Souza",
		"Ng",
		"X Æ",
		"ශ්‍රී",
		"می‌خواهم",
		"👩‍⚕️",
		"",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		ck_assert_str_eq(clean(names[i], 40), names[i]);
}
END_TEST

START_TEST(what_is_stored_is_composed_and_its_blanks_squeezed)
{
	ck_assert_str_eq(clean("  Jose" ACUTE "  \xc2\xa0 Mar\xe3\x80\x80y ", 40), "José Mar y");
	ck_assert_str_eq(clean("abcde" ACUTE, 5), "abcdé");
	ck_assert_str_eq(clean("abcdef", 5), "It is too long");
	ck_assert_str_eq(clean("   ", 5), "");
}
END_TEST

START_TEST(what_could_hide_or_move_the_terminal_is_refused)
{
	static const char *const bad[] = {
		"\033[2J",
		"a\nb",
		"a\tb",
		"\x7f",
		"a\xc2\x9b"
		"2J",
		"a" RLO "b",
		"\xe2\x80\x8e"
		"a",
		"a\xe2\x81\xa6"
		"b",
		"a\xc2\xad"
		"b",
		"a\xe2\x80\x8b"
		"b",
		"\xef\xbb\xbf"
		"a",
		"\xee\x80\x80",
		"\xcd\xb8",
		"\xff",
		"\xc0\x80",
		"\xed\xa0\x80",
		"\xf4\x90\x80\x80",
		"a\xe2\x82",
		"a\xe2\x80\xa8"
		"b",
		"a" ZWJ "b",
		ZWJ,
		"م" ZWNJ,
		"\xef\xbf\xbd",
		"a\xe3\x85\xa4"
		"b",
		ACUTE "a",
		"a " ACUTE,
		"\xf3\xa0\x81\xa7",
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *why = clean(bad[i], 40);

		ck_assert_msg(strncmp(why, "It has ", 7) == 0, "row %zu: %s", i, why);
	}
}
END_TEST

static char *zalgo(int marks)
{
	struct buf b = { NULL, 0, 0 };

	buf_str(&b, "Q");
	for (int i = 0; i < marks; i++)
		buf_str(&b, "\xcc\x96");
	buf_str(&b, "d");
	return b.s;
}

START_TEST(a_full_buffer_ends_with_a_whole_letter)
{
	static const char *const texts[] = { "", "abc", "Łukasz", "山田太郎", "𝄞𝄞", "é" };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (size_t n = 1; n <= strlen(texts[i]) + 1; n++) {
			char buf[20];

			snprintf(buf, n, "%s", texts[i]);
			ck_assert_str_eq(text_whole(buf), buf);
			ck_assert(text_valid(buf, strlen(buf)));
			ck_assert_int_eq(strncmp(buf, texts[i], strlen(buf)), 0);
			ck_assert_int_gt(strlen(buf) + 4, n - 1);
		}
}
END_TEST

START_TEST(more_than_eight_marks_on_a_letter_are_refused_and_never_shown)
{
	char *eight = zalgo(8), *nine = zalgo(9), *abuse = zalgo(5000), *shown, buf[100];

	ck_assert_str_eq(clean(eight, 40), eight);
	ck_assert_str_eq(clean(nine, 40), "It has too many accents on one letter");
	shown = text_printable(abuse);
	ck_assert_str_eq(shown, eight);
	ck_assert_uint_eq(text_fit(eight, 2), strlen(eight));
	ck_assert_uint_eq(text_fit(abuse, 2), 1 + 16);
	text_pad(abuse, 4, buf, sizeof buf);
	ck_assert_int_eq(text_width(buf), 4);
	ck_assert_mem_eq(buf, eight, strlen(eight));
	mem_free(shown);
	mem_free(eight);
	mem_free(nine);
	mem_free(abuse);
}
END_TEST

START_TEST(width_is_counted_in_columns)
{
	ck_assert_int_eq(text_width("Webb"), 4);
	ck_assert_int_eq(text_width("Łukasz"), 6);
	ck_assert_int_eq(text_width("山田"), 4);
	ck_assert_int_eq(text_width("e" ACUTE), 1);
	ck_assert_int_eq(text_width("👩"), 2);
	ck_assert_int_eq(text_width("\033[2J"), 4);
	ck_assert_int_eq(text_width(""), 0);
	ck_assert_uint_eq(text_fit("山田", 3), 3);
	ck_assert_uint_eq(text_fit("e" ACUTE "x", 1), 3);
	ck_assert_uint_eq(text_fit("abc", 0), 0);
	ck_assert_uint_eq(text_fit("abc", -1), 0);
}
END_TEST

START_TEST(padding_fills_exactly_its_columns)
{
	static const char *const all[] = { "",
					   "Webb",
					   "山田太郎さん",
					   "e" ACUTE "e" ACUTE,
					   "👩‍⚕️👩‍⚕️👩‍⚕️",
					   "\033[2J\r\n",
					   "محمد",
					   "\xff\xfe",
					   "कृष्णा शर्मा" };
	char buf[200];

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		for (int columns = 0; columns < 12; columns++) {
			text_pad(all[i], columns, buf, sizeof buf);
			ck_assert_int_eq(text_width(buf), columns);
			ck_assert(text_valid(buf, strlen(buf)));
			ck_assert_uint_eq(strcspn(buf, "\033\r\n"), strlen(buf));
		}
	ck_assert_str_eq(text_pad("山田", 3, buf, sizeof buf), "山 ");
	ck_assert_str_eq(text_pad("Webb", 6, buf, sizeof buf), "Webb  ");
	ck_assert_str_eq(text_pad("Webb", 6, buf, 4), "   ");
	text_pad("x", 3, buf, 1);
	ck_assert_str_eq(buf, "");
}
END_TEST

static const char *fold(const char *s)
{
	static char buf[256];
	char *f = text_fold(s), *again = text_fold(f);

	ck_assert_str_eq(f, again);
	ck_assert_uint_lt(strlen(f), sizeof buf);
	memcpy(buf, f, strlen(f) + 1);
	mem_free(f);
	mem_free(again);
	return buf;
}

START_TEST(two_spellings_share_one_fold)
{
	static const char *const rows[][2] = {
		{ "O'Brien-Smyth", "obriensmyth" },
		{ "O’Brien", "obrien" },
		{ "Łukasz", "lukasz" },
		{ "Ærø", "aero" },
		{ "ŁUKASZ", "lukasz" },
		{ "Straße", "strasse" },
		{ "Jose" ACUTE, "jose" },
		{ "JOSÉ", "jose" },
		{ "Þór", "thor" },
		{ "İnci", "inci" },
		{ "Işık", "isik" },
		{ "Mary Jane", "maryjane" },
		{ "St. John", "stjohn" },
		{ "Nguyễn", "nguyen" },
		{ "Đặng", "dang" },
		{ "ﬁona", "fiona" },
		{ "ΑΛΈΞΗΣ", "αλεξησ" },
		{ "山田", "山田" },
		{ "", "" },
		{ "'- .", "" },
		{ "\xff\xfe", "" },
		{ "K1", "k1" },
		{ "Taʻala", "taala" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_str_eq(fold(rows[i][0]), rows[i][1]);
}
END_TEST

static const char *sound(const char *s)
{
	static char bufs[2][8];
	static int turn;
	char *f = text_fold(s);
	const char *got = text_sound(f, bufs[turn ^= 1]);

	mem_free(f);
	return got;
}

START_TEST(names_that_sound_alike_share_a_code)
{
	static const char *const same[][2] = {
		{ "Okafor", "Okafur" },	  { "Smith", "Smyth" },	       { "Clark", "Clarke" },
		{ "Stephen", "Steven" },  { "Catherine", "Kathryn" },  { "Thomson", "Thompson" },
		{ "Wright", "Right" },	  { "Philips", "Phillips" },   { "Nichol", "Nicol" },
		{ "Reid", "Reed" },	  { "McDonald", "MacDonald" }, { "Knight", "Night" },
		{ "Meier", "Meyer" },	  { "Schmidt", "Shmit" },      { "Lee", "Leigh" },
		{ "Ahmed", "Ahmad" },	  { "Hussein", "Hussain" },    { "Johnson", "Jonson" },
		{ "Okafor", "Ockaffor" }, { "Cecil", "Sesil" },
	};
	static const char *const other[][2] = {
		{ "Okafor", "Okoro" },
		{ "Smith", "Jones" },
		{ "Webb", "West" },
		{ "Marsh", "Nash" },
	};

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		ck_assert_msg(strcmp(sound(same[i][0]), sound(same[i][1])) == 0, "%s %s: %s %s",
			      same[i][0], same[i][1], sound(same[i][0]), sound(same[i][1]));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		ck_assert_str_ne(sound(other[i][0]), sound(other[i][1]));
	ck_assert_str_eq(sound("山田"), "");
	ck_assert_str_eq(sound(""), "");
	ck_assert_uint_le(strlen(sound("Featherstonehaughbrockenhurst")), 6);
}
END_TEST

START_TEST(a_plain_terminal_shows_names_without_accents_and_says_so)
{
	static const char *const rows[][2] = {
		{ "Webb", "Webb" },
		{ "Łukasz Nowak", "Lukasz^ Nowak" },
		{ "Ærø, Åse", "Aero^, Ase^" },
		{ "D’Souza", "D'Souza" },
		{ "山田", "??^" },
		{ "Jose" ACUTE " x", "Jose^ x" },
		{ "\033é", "?e^" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *got = text_ascii(rows[i][0]);

		for (const char *p = got; *p; p++)
			ck_assert(*p >= ' ' && *p < 127);
		ck_assert_str_eq(got, rows[i][1]);
		mem_free(got);
	}
}
END_TEST

START_TEST(bytes_that_are_no_text_are_seen_one_by_one)
{
	int len;

	ck_assert_uint_eq(text_next("\xc3\xa9", 2, &len), 0xE9);
	ck_assert_int_eq(len, 2);
	ck_assert_uint_eq(text_next("\xc3\xa9", 1, &len), 0xFFFD);
	ck_assert_int_eq(len, 1);
	ck_assert_uint_eq(text_next("\xf0\x9f\x91", 3, &len), 0xFFFD);
	ck_assert_uint_eq(text_next("\0x", 2, &len), 0);
	ck_assert_int_eq(len, 1);
	ck_assert(text_valid("\xef\xbf\xbd", 3));
	ck_assert(!text_valid("\xc0\xaf", 2));
	ck_assert(!text_valid("\xed\xa0\x80", 3));
	ck_assert(text_is_digits("0123") && !text_is_digits("") && !text_is_digits("12a"));
}
END_TEST

START_TEST(no_bytes_do_harm)
{
	/* Pieces that meet badly: half characters, marks, joiners, controls, wide letters. */
	static const char *const pieces[] = { "a",
					      "\xc3",
					      "\xa9",
					      "\xcc\x81",
					      ZWJ,
					      "\xf0\x9f",
					      "\033",
					      " ",
					      "山",
					      RLO,
					      "\xff",
					      "İ",
					      "ß",
					      "\xe1\x85\xa0",
					      "क्",
					      "👩",
					      "\xf4\x8f\xbf\xbf" };
	struct world w = world_still((struct moment){ 1 }, 7);
	char s[128], pad[256];

	for (int round = 0; round < 20000; round++) {
		unsigned char pick[12];
		const char *why = NULL;
		char *got, code[8];
		size_t n = 0;

		w.chance(&w, pick, sizeof pick);
		for (int i = 0; i < pick[0] % 11; i++) {
			const char *p = pieces[pick[i + 1] % (sizeof pieces / sizeof *pieces)];

			memcpy(s + n, p, strlen(p));
			n += strlen(p);
		}
		s[n] = '\0';
		got = text_clean(s, 6, &why);
		ck_assert(!got != !why);
		ck_assert(!got || text_valid(got, strlen(got)));
		mem_free(got);
		got = text_fold(s);
		ck_assert(text_valid(got, strlen(got)));
		text_sound(got, code);
		mem_free(got);
		mem_free(text_ascii(s));
		got = text_printable(s);
		ck_assert(text_valid(got, strlen(got)));
		ck_assert_ptr_null(strchr(got, 033));
		mem_free(got);
		ck_assert_uint_le(text_fit(s, pick[0] % 7), n);
		ck_assert_int_eq(text_width(text_pad(s, 7, pad, sizeof pad)), 7);
	}
}
END_TEST

TEST_MAIN("text", a_full_buffer_ends_with_a_whole_letter, no_bytes_do_harm,
	  names_of_the_world_are_kept_as_they_are,
	  what_is_stored_is_composed_and_its_blanks_squeezed,
	  what_could_hide_or_move_the_terminal_is_refused,
	  more_than_eight_marks_on_a_letter_are_refused_and_never_shown,
	  width_is_counted_in_columns, padding_fills_exactly_its_columns,
	  two_spellings_share_one_fold, names_that_sound_alike_share_a_code,
	  a_plain_terminal_shows_names_without_accents_and_says_so,
	  bytes_that_are_no_text_are_seen_one_by_one)
