/* test_form.c: a form's file is taken whole and understood, or refused with its line. */
#include "suite.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/built_in.h"
#include "papers.h"

#define HEAD "[form]\nid = t\nversion = 1\ntitle = \"T\"\nfor = referral\n"
#define PAGE "[page.one]\ntitle = \"One\"\ntype = yn\nask.a = \"A?\"\n"	    /* lines 6 to 9 */
#define PAIN "[field.pain]\nlabel = \"Pain\"\ntype = scale\nrange = 0-10\n" /* lines 10 to 13 */

/* What is said of the bytes behind the path: "" when they are taken. */
static const char *said_of(const char *bytes, size_t n)
{
	static struct err err;
	struct paper paper;

	err_clear(&err);
	if (form_read("t.ini", bytes, n, &paper, &err) == 0) {
		form_end(&paper);
		return "";
	}
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_msg(strncmp(err.text, "t.ini", 5) == 0, "%s", err.text);
	return err.text + 5;
}

static const char *said(const char *text)
{
	return said_of(text, strlen(text));
}

START_TEST(what_is_not_understood_is_refused_with_its_line)
{
	static const struct {
		const char *text, *says;
	} all[] = {
		{ HEAD PAGE PAIN, "" },
		{ "# one\n; two\n\n" HEAD PAGE, "" },
		/* the raw pass */
		{ "\xEF\xBB\xBF" HEAD PAGE,
		  ", line 1: it starts with a byte order mark. Save it as plain UTF-8." },
		{ "id = t\n" HEAD PAGE, ", line 1: a key stands before the first [section]." },
		{ HEAD PAGE HEAD, ", line 10: this section was there before. Join the two." },
		{ HEAD "title = \"U\"\n" PAGE, ", line 6: this key was there before. Keep one." },
		{ HEAD "service = \"oh\n" PAGE, ", line 6: a quote is not closed." },
		{ HEAD "service = \"oh\" no\n" PAGE,
		  ", line 6: something follows the closing quote." },
		{ HEAD "service = \"\"\n" PAGE, ", line 6: there is nothing between the quotes." },
		{ HEAD "service =\n" PAGE, ", line 6: the key has no value. Leave the line out." },
		{ HEAD "service = oh ; a note\n" PAGE,
		  ", line 6: with ; # \\ or a quote in it, it stands in double quotes." },
		{ HEAD "signed_off = \"a\\b\"\n" PAGE,
		  ", line 6: no backslash may stand between quotes." },
		{ HEAD "service\n" PAGE, ", line 6: there is no = in it." },
		{ HEAD "Service = oh\n" PAGE,
		  ", line 6: a key has 1 to 40 of a-z, 0-9, _ and dot." },
		{ HEAD "[page.one\n",
		  ", line 6: a section is written as [name], alone on its line." },
		{ HEAD "[Page.one]\n",
		  ", line 6: a section's name has 1 to 40 of a-z, 0-9, _ and dot." },
		{ HEAD PAGE "ask.b = \"B?\" \\\n",
		  ", line 10: a backslash ends the file: nothing follows it." },
		{ HEAD PAGE "\\\n[page.two]\n", ", line 10: a backslash stands alone." },
		{ HEAD PAGE "[page.two] \\\ntitle = \"x\"\n",
		  ", line 10: only a value goes on in the next line." },
		{ HEAD "signed_off = \"a\x1b[2J\"\n" PAGE,
		  ", line 6: it has a character in it that cannot be shown." },
		{ HEAD "signed_off = \"\xE2\x80\xAE\"\n" PAGE,
		  ", line 6: it has a character in it that cannot be shown." },
		{ HEAD "signed_off = \"\xC3\"\n" PAGE, ", line 6: it is not UTF-8." },
		/* sections and keys */
		{ PAGE, " has no section [form]." },
		{ HEAD, " asks nothing." },
		{ HEAD "[block.a]\ntext = \"x\"\n" PAGE,
		  ", line 6: a section is [form], or [page.N], [field.N], [score.N], [rule.N]." },
		{ HEAD "[page]\ntitle = \"x\"\n",
		  ", line 6: a section is [form], or [page.N], [field.N], [score.N], [rule.N]." },
		{ HEAD "[page.a.b]\ntitle = \"x\"\n",
		  ", line 6: a section is [form], or [page.N], [field.N], [score.N], [rule.N]." },
		{ HEAD "colour = red\n" PAGE, ", line 6: [form] has no key colour." },
		{ "[form]\nid = t\nversion = 1\ntitle = \"T\"\n" PAGE,
		  ", line 1: [form] needs id, version, title and for." },
		{ HEAD "roles = reception|wizard\n" PAGE,
		  ", line 6: there is no role or right wizard." },
		{ HEAD "roles = clinician.physio|lead\n" PAGE, "" },
		{ HEAD "kind = quiz\n" PAGE, ", line 6: kind is form or questionnaire." },
		{ "[form]\nid = T\n" PAGE, ", line 2: an id has 1 to 40 of a-z, 0-9 and _." },
		{ HEAD "service = OHN\n" PAGE,
		  ", line 6: a service is its code in small letters." },
		{ HEAD "sensitive = no\n" PAGE, ", line 6: sensitive is admin or clinical." },
		{ "[form]\nid = t\nversion = 1.5\n" PAGE,
		  ", line 3: a version is a whole number, 1 to 99999." },
		/* questions */
		{ HEAD PAIN, ", line 6: a question stands before the first page." },
		{ HEAD PAGE "range = 0-10\n", ", line 10: [page] has no key range." },
		{ HEAD PAGE "help.b = \"?\"\n", ", line 10: b is not asked before on this page." },
		{ HEAD PAGE "[page.two]\ntitle = \"x\"\nhelp.a = \"?\"\n",
		  ", line 12: a is not asked before on this page." },
		{ HEAD PAGE "[field.a]\nlabel = \"A\"\ntype = yn\n",
		  ", line 10: there is a question a before." },
		{ HEAD PAGE "[field.and]\nlabel = \"A\"\ntype = yn\n",
		  ", line 10: and cannot be a name: 1 to 31 of a-z, 0-9 and _." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\n", ", line 10: b has no type." },
		{ HEAD PAGE "[field.b]\ntype = yn\n", ", line 10: b has no label." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = colour\n",
		  ", line 12: there is no type colour." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = choice\n",
		  ", line 10: b needs two options or more." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = yn\noptions = \"y:yes|n:no\"\n",
		  ", line 10: b has the options of its type." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = text\noptions = \"y:yes|n:no\"\n",
		  ", line 10: b takes no options: it is text." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = choice\noptions = \"y:yes|y:no\"\n",
		  ", line 13: option y is there twice." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = choice\noptions = \"yes|no\"\n",
		  ", line 13: options are letter:label, with | between." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = choice\noptions = \"y:yes|\"\n",
		  ", line 13: options are letter:label, with | between." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = scale\n",
		  ", line 10: b needs a range." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = date\nrange = 0-3\n",
		  ", line 10: b takes no range." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = scale\nrange = 10-0\n",
		  ", line 13: a range is written 0-10, the lower number first." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = time\nmax = today\n",
		  ", line 10: only a date takes min and max, not b." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = date\nmax = tomorrow\n",
		  ", line 13: max is today, today+N, today-N or 2026-01-31." },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = date\nmin = 2026-02-30\n",
		  ", line 13: min is today, today+N, today-N or 2026-01-31." },
		{ HEAD PAGE
		  "[field.b]\nlabel = \"B\"\ntype = date\nmin = today-30\nmax = today+1\n",
		  "" },
		{ HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = phone\ndefault = person.shoe\n",
		  ", line 13: there is no person.shoe to begin with." },
		{ HEAD PAGE "[page.two]\ntitle = \"x\"\ntype = yn\n",
		  ", line 10: this page asks nothing: its type is for ask.X." },
		{ HEAD PAGE "[page.two]\ntype = yn\n", ", line 10: a page needs a title." },
		/* scores */
		{ HEAD PAGE PAIN
		  "[score.s]\nof = pain\nmissing = refuse\nbands = \"0-3:low|4-10:high\"\n",
		  "" },
		{ HEAD PAGE PAIN "[score.s]\nbands = \"0-10:x\"\nof = pain\n", "" },
		{ HEAD PAGE "[score.s]\nof = a\n",
		  ", line 11: a is no number with a range: it cannot be scored." },
		{ HEAD PAGE "[score.s]\nof = b\n", ", line 11: there is no question b." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain|pain\n", ", line 15: pain is named twice." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nreverse = a\n",
		  ", line 16: a is not one of the score's own." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nmissing = ignore\n",
		  ", line 16: missing is refuse, or prorate: and a number." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nmissing = prorate:1\n",
		  ", line 14: not every question of a score may be missing." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nbands = \"0-3:low|5-10:high\"\n",
		  ", line 16: a band begins at 4, not at 5: they leave no gap." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nbands = \"0-3:low|3-10:high\"\n",
		  ", line 16: a band begins at 4, not at 3: they leave no gap." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nbands = \"0-3:low|4-9:high\"\n",
		  ", line 16: the bands end at 9, but the score at 10." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nbands = \"0-10\"\n",
		  ", line 16: bands are 0-4:label, with | between." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nbands = \"0 to 10:x\"\n",
		  ", line 16: 0 to 10 is no range of scores, like 0-4." },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\nreverse = pain\nmissing = refuse\n", "" },
		{ HEAD PAGE PAIN "[score.s]\nof = pain\n[score.s2]\nof = s\n",
		  ", line 17: there is no question s." },
		{ HEAD PAGE PAIN "[score.pain]\nof = pain\n",
		  ", line 14: there is a question pain before." },
		{ HEAD PAGE PAIN "[score.s]\nmissing = refuse\n",
		  ", line 14: a score needs `of`, the questions that it is made of." },
		/* rules */
		{ HEAD PAGE "[rule.r]\nwhen = a is y\nflag = R\npriority = 0\ndo = stop_booking\n",
		  "" },
		{ HEAD PAGE "[rule.r]\nflag = R\n", ", line 10: a rule needs `when`." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\n",
		  ", line 10: a rule needs a flag, a priority or something to do." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\nflag = B\n",
		  ", line 12: a flag is R (red), K (risk) or S (safeguarding)." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\npriority = 4\n",
		  ", line 12: a priority is 0 now, 1 urgent, 2 soon or 3 routine." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = ring_bell\n",
		  ", line 12: there is no action ring_bell." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = stop_booking:now\n",
		  ", line 12: stop_booking stands alone, without a colon." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = task\n",
		  ", line 12: task needs a colon and ROLE:now or ROLE:today." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = task:nurse:soon\n",
		  ", line 12: task:nurse:soon: after task: stands ROLE:now or ROLE:today, one that there is." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = task:wizard:now\n",
		  ", line 12: task:wizard:now: after task: stands ROLE:now or ROLE:today, one that there is." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = card:birthday\n",
		  ", line 12: card:birthday: after card: stands the name of a card, one that there is." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = close:bored\n",
		  ", line 12: close:bored: after close: stands a reason, one that there is." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = book:physio\n",
		  ", line 12: book:physio: after book: stands SERVICE_new or SERVICE_fu, one that there is." },
		{ HEAD PAGE "[rule.r]\nwhen = a is y\ndo = stop_booking|stop_booking\n",
		  ", line 12: stop_booking is named twice." },
		{ HEAD PAGE
		  "[rule.r]\nwhen = otherwise\npriority = 3\n[rule.s]\nwhen = otherwise\npriority = 2\n",
		  ", line 14: there is one otherwise before." },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		ck_assert_str_eq(said(all[i].text), all[i].says);
}
END_TEST

/* The lines that are put behind a question of that type: some that are taken, and some that are
 * not. The question begins at line 10. */
static const struct {
	const char *good, *bad, *says;
} types[ITEM_TYPE_COUNT] = {
	[ITEM_TEXT] = { "", "range = 0-3\n", ", line 10: b takes no range." },
	[ITEM_LINES] = { "required = no\n", "min = today\n",
			 ", line 10: only a date takes min and max, not b." },
	[ITEM_INT] = { "range = 1-26\n", "range = 9-1\n",
		       ", line 13: a range is written 0-10, the lower number first." },
	[ITEM_SCALE] = { "range = 0-10\n", "", ", line 10: b needs a range." },
	[ITEM_DATE] = { "min = 2026-01-31\nmax = today+14\ndefault = today\n", "max = now\n",
			", line 13: max is today, today+N, today-N or 2026-01-31." },
	[ITEM_TIME] = { "default = now\n", "max = today\n",
			", line 10: only a date takes min and max, not b." },
	[ITEM_PHONE] = { "default = person.phone\n", "default = person.hat\n",
			 ", line 13: there is no person.hat to begin with." },
	[ITEM_EMAIL] = { "help = \"Their own\"\n", "range = 0-3\n",
			 ", line 10: b takes no range." },
	[ITEM_NHSNO] = { "options = \"x:not known|n:none\"\n", "range = 0-3\n",
			 ", line 10: b takes no range." },
	[ITEM_YN] = { "", "options = \"y:aye|n:no\"\n",
		      ", line 10: b has the options of its type." },
	[ITEM_YNU] = { "", "options = \"y:aye|n:no\"\n",
		       ", line 10: b has the options of its type." },
	[ITEM_CHOICE] = { "options = \"a:one|b:two\"\n", "options = \"a:one\"\n",
			  ", line 10: b needs two options or more." },
	[ITEM_MULTI] = { "options = \"a:one|b:two\"\n", "options = \"a:one|a:two\"\n",
			 ", line 13: option a is there twice." },
	[ITEM_PERSON] = { "", "range = 0-3\n", ", line 10: b takes no range." },
	[ITEM_SITE] = { "", "max = today\n", ", line 10: only a date takes min and max, not b." },
	[ITEM_CLINICIAN] = { "", "options = \"a:one|b:two\"\n",
			     ", line 10: b takes no options: it is clinician." },
	[ITEM_INFO] = { "", "range = 0-3\n", ", line 10: b takes no range." },
};

START_TEST(every_type_of_question_is_taken_and_refused_with_its_line)
{
	for (int t = 0; t < ITEM_TYPE_COUNT; t++) {
		char text[500];
		const char *code = item_type_code((enum item_type)t);

		ck_assert_msg(types[t].good && types[t].bad, "%s is tried neither way", code);
		snprintf(text, sizeof text, HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = %s\n%s",
			 code, types[t].good);
		ck_assert_msg(strcmp(said(text), "") == 0, "%s%s", code, said(text));
		snprintf(text, sizeof text, HEAD PAGE "[field.b]\nlabel = \"B\"\ntype = %s\n%s",
			 code, types[t].bad);
		ck_assert_msg(strcmp(said(text), types[t].says) == 0, "%s%s", code, said(text));
	}
}
END_TEST

/* What a rule may have done, as it is written; and what is not taken of it. */
static const struct {
	const char *good, *bad;
} deeds[FORM_ACTION_COUNT] = {
	[DO_STOP_BOOKING] = { "stop_booking", "stop_booking:all" },
	[DO_BOOK] = { "book:physio_new", "book:physio" },
	[DO_TASK] = { "task:clinician.physician:today", "task:nurse" },
	[DO_CARD] = { "card:crisis", "card:birthday" },
	[DO_CLOSE] = { "close:no_consent", "close:bored" },
	[DO_NO_LAST_SLOT] = { "no_last_slot", "no_last_slot:today" },
	[DO_RING_ON_DNA] = { "ring_on_dna", "ring_on_dna:nurse" },
	[DO_HOLD_OPEN] = { "hold_open", "hold_open:plan" },
};

START_TEST(every_action_and_flag_and_priority_is_taken_and_refused_with_its_line)
{
	static const char rule[] = HEAD PAGE "[rule.r]\nwhen = a is y\n%s = %s\n";
	static const char *const marks[][2] = { { "flag", "R" },     { "flag", "K" },
						{ "flag", "S" },     { "priority", "0" },
						{ "priority", "1" }, { "priority", "2" },
						{ "priority", "3" } };
	char text[400];

	for (int i = 0; i < FORM_ACTION_COUNT; i++) {
		ck_assert_msg(deeds[i].good && deeds[i].bad, "action %d is tried neither way", i);
		snprintf(text, sizeof text, rule, "do", deeds[i].good);
		ck_assert_msg(strcmp(said(text), "") == 0, "%s%s", deeds[i].good, said(text));
		snprintf(text, sizeof text, rule, "do", deeds[i].bad);
		ck_assert_msg(strncmp(said(text), ", line 12: ", 11) == 0, "%s%s", deeds[i].bad,
			      said(text));
	}
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		snprintf(text, sizeof text, rule, marks[i][0], marks[i][1]);
		ck_assert_str_eq(said(text), "");
		snprintf(text, sizeof text, rule, marks[i][0], "9");
		ck_assert_msg(strncmp(said(text), ", line 12: ", 11) == 0, "%s", said(text));
	}
}
END_TEST

START_TEST(a_joined_line_has_a_thousand_bytes_and_no_more)
{
	struct buf b = { 0 };

	for (int n = 980; n < 1000; n += 10) {
		buf_clear(&b);
		buf_str(&b, HEAD "signed_off = \"");
		for (int i = 0; i < 250; i++)
			buf_str(&b, "x");
		buf_str(&b, "\\\n");
		for (int i = 250; i < 260; i++)
			buf_str(&b, "y");
		buf_str(&b, "\"\n" PAGE);
		ck_assert_str_eq(said(b.s), "");
	}
	buf_clear(&b);
	buf_str(&b, HEAD "signed_off = \"");
	for (int i = 0; i < 500; i++)
		buf_str(&b, "x");
	buf_str(&b, "\\\n");
	for (int i = 0; i < 500; i++)
		buf_str(&b, "y");
	buf_str(&b, "\"\n" PAGE);
	ck_assert_str_eq(said(b.s), ", line 6: it is longer than 1000 bytes.");
	buf_done(&b);
}
END_TEST

START_TEST(blanks_of_a_joined_line_become_one)
{
	static const char text[] =
		HEAD "[page.one]\r\ntitle = \"One\"\r\ntype = yn\r\nask.a = \"Weak   \\\r\n"
		     "     or\tunsteady?\"\r\n";
	struct err err = ERR_INIT;
	struct paper p;

	ck_assert_int_eq(form_read("t.ini", text, sizeof text - 1, &p, &err), 0);
	ck_assert_str_eq(p.items.v[0].label, "Weak or unsteady?");
	form_end(&p);
}
END_TEST

START_TEST(pages_in_a_row_with_one_title_are_one_step)
{
	struct paper p = paper_of("rap_physio_self");
	static const int steps[] = { 1, 2, 2, 3 };

	ck_assert_int_eq(p.steps, 3);
	ck_assert_uint_eq(p.pages.n, 4);
	for (size_t i = 0; i < p.pages.n; i++)
		ck_assert_int_eq(p.pages.v[i].step, steps[i]);
	form_end(&p);
}
END_TEST

/* More of everything than there may be is refused, not written beyond. */
START_TEST(every_bound_is_held)
{
	static const struct {
		const char *one; /* %d its number */
		int most;
		const char *says;
	} all[] = {
		{ "[page.p%d]\ntitle = \"x\"\n", PAGES_MOST - 1, "that is more than 40 pages." },
		{ "[field.f%d]\nlabel = \"x\"\ntype = text\n", ITEMS_MOST - 2,
		  "that is more than 200 questions." },
		{ "[score.s%d]\nof = pain\n", SCORES_MOST, "that is more than 16 scores." },
		{ "[rule.r%d]\nwhen = a is y\nflag = R\n", RULES_MOST,
		  "that is more than 64 rules." },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct buf b = { 0 };

		buf_str(&b, HEAD PAGE PAIN);
		for (int n = 0; n <= all[i].most; n++) {
			char one[80];

			if (n == all[i].most)
				ck_assert_str_eq(said(b.s), "");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			snprintf(one, sizeof one, all[i].one, n);
#pragma GCC diagnostic pop
			buf_str(&b, one);
		}
		ck_assert_ptr_nonnull(strstr(said(b.s), all[i].says));
		buf_done(&b);
	}
}
END_TEST

static void each_shipped(void (*fn)(const char *text, size_t n))
{
	for (const struct built_in *b = built_in; b->name; b++)
		if (strncmp(b->name, "forms/", 6) == 0 && !strchr(b->name + 6, '/'))
			fn(b->text, strlen(b->text));
}

/* A sentence or a paper, never anything else. */
static void read_any(const char *text, size_t n)
{
	struct err err = ERR_INIT;
	struct paper p = { 0 };

	if (form_read("t.ini", text, n, &p, &err) < 0)
		ck_assert_msg(err.kind == ERR_INPUT && strncmp(err.text, "t.ini", 5) == 0, "%s",
			      err.text);
	else
		form_end(&p);
}

static void cut(const char *text, size_t n)
{
	for (size_t i = 0; i <= n; i++)
		read_any(text, i);
}

START_TEST(a_file_cut_at_any_length_is_read_or_refused)
{
	each_shipped(cut);
}
END_TEST

/* A line that is there twice is a key or section twice, a blank or a comment, or half a value. */
static void doubled(const char *text, size_t n)
{
	for (size_t at = 0; at < n;) {
		size_t end = at + strcspn(text + at, "\n") + 1;
		struct buf b = { 0 };

		buf_add(&b, text, end);
		buf_add(&b, text + at, n - at);
		read_any(b.s, b.n);
		if (text[at] == '[')
			ck_assert_str_ne(said_of(b.s, b.n), "");
		buf_done(&b);
		at = end;
	}
}

START_TEST(a_file_with_any_line_doubled_is_read_or_refused)
{
	each_shipped(doubled);
}
END_TEST

static uint64_t state = 7;
static unsigned some(unsigned n)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(state >> 33) % n;
}

static void spoilt(const char *text, size_t n)
{
	for (int i = 0; i < 300; i++) {
		char *copy = mem_strn(text, n);

		for (unsigned k = some(4) + 1; k > 0; k--)
			copy[some((unsigned)n)] = (char)some(256);
		read_any(copy, n);
		mem_free(copy);
	}
}

START_TEST(bytes_at_random_are_read_or_refused)
{
	static const char letters[] = " \n=[]\"\\;#|:.ayn019";
	char noise[2000];

	each_shipped(spoilt);
	for (int i = 0; i < 2000; i++) {
		size_t n = some(sizeof noise);

		for (size_t k = 0; k < n; k++)
			noise[k] = i % 2 ? (char)some(256) : letters[some(sizeof letters - 1)];
		read_any(noise, n);
	}
}
END_TEST

TEST_MAIN("form", what_is_not_understood_is_refused_with_its_line,
	  every_type_of_question_is_taken_and_refused_with_its_line,
	  every_action_and_flag_and_priority_is_taken_and_refused_with_its_line,
	  a_joined_line_has_a_thousand_bytes_and_no_more, blanks_of_a_joined_line_become_one,
	  pages_in_a_row_with_one_title_are_one_step, every_bound_is_held,
	  a_file_cut_at_any_length_is_read_or_refused,
	  a_file_with_any_line_doubled_is_read_or_refused, bytes_at_random_are_read_or_refused)
