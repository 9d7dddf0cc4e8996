/*
 * test_fields.c: each field of each form, left by every key.
 *
 * Whatever is pressed in a field, the program stays, the cursor stays on the screen, no byte of
 * rubbish is shown, and nothing in the database changes that was not saved on purpose.
 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "at_desk.h"
#include "booked.h"
#include "clinic/booking.h"

/* Every key that is no command to save, book or leave the program for good. */
static const char *const keys[] = {
	"<Tab>",  "<S-Tab>", "<Up>",  "<Down>", "<Left>",      "<Right>", "<Home>", "<End>",
	"<PgUp>", "<PgDn>",  "<Ins>", "<Del>",	"<Backspace>", "<F1>",	  "<F2>",   "<F3>",
	"<F4>",	  "<F5>",    "<F6>",  "<F7>",	"<F8>",	       "<F9>",	  "<F12>",  "<C-a>",
	"<C-b>",  "<C-c>",   "<C-d>", "<C-e>",	"<C-f>",       "<C-g>",	  "<C-k>",  "<C-l>",
	"<C-n>",  "<C-o>",   "<C-p>", "<C-r>",	"<C-t>",       "<C-u>",	  "<C-v>",  "<C-w>",
	"<C-x>",  "<C-y>",   "<C-z>", "a",	"Z",	       "9",	  " ",	    "/",
	"?",	  ":",	     "g",     "u",	"=",	       "é",	  "李",	    "~",
};
enum { KEYS = sizeof keys / sizeof *keys };

/* A form: how to come to it from the desk, what row 1 begins with there, and how many fields. */
static const struct form_at {
	const char *name, *way, *title;
	int fields;
} forms[] = {
	{ "find", "<F3>/", "FIND", 1 },
	{ "add a person", "<F3>/Quill,Q<F6>", "PERSON DETAILS", 38 },
	{ "person details", "<F3>/ellis<Enter>e", "PERSON DETAILS", 39 },
	{ "booking search",
	  "<F3>/ellis<Enter>bp"
	  "e",
	  "BOOK", 5 },
};

/* Is the cursor in a field?  The key line then offers F1 and not the question mark. */
static bool in_field(struct pty *p, const struct form_at *f)
{
	return strncmp(pty_row(p, 1), f->title, strlen(f->title)) == 0 &&
	       strstr(pty_row(p, 24), "F1 Help") && !strstr(pty_row(p, 23), "Esc no");
}

/* Back to the desk from wherever a key has led, throwing away what was typed. */
static void to_desk(struct pty *p)
{
	for (int i = 0; i < 12 && strncmp(pty_row(p, 1), "DESK", 4) != 0; i++)
		pty_keys(p, strstr(pty_row(p, 23), "Esc no") ? "y" : "<F12>");
	if (strncmp(pty_row(p, 1), "DESK", 4) != 0)
		pty_keys(p, "<F3>");
	ck_assert_msg(strncmp(pty_row(p, 1), "DESK", 4) == 0, "no way back to the desk from: %s",
		      pty_row(p, 1));
}

static void reach(struct pty *p, const struct form_at *f, int field)
{
	to_desk(p);
	pty_keys(p, f->way);
	ck_assert_msg(in_field(p, f), "%s: not in a field after %s: %s", f->name, f->way,
		      pty_row(p, 1));
	for (int i = 0; i < field; i++)
		pty_keys(p, "<Tab>");
}

static void is_sound(struct pty *p, const struct form_at *f, int field, const char *key)
{
	int row, col;

	ck_assert_msg(!pty_ended(p), "%s, field %d: %s ended the program", f->name, field + 1, key);
	pty_cursor(p, &row, &col);
	ck_assert_msg(row >= 1 && row <= 24 && col >= 1 && col <= 80,
		      "%s, field %d: %s lost the cursor", f->name, field + 1, key);
	for (int i = 1; i <= 24; i++)
		for (const char *s = pty_row(p, i); *s; s++)
			ck_assert_msg((unsigned char)*s >= 32 && *s != 127,
				      "%s, field %d: %s shows a control byte", f->name, field + 1,
				      key);
}

START_TEST(each_field_can_be_left_by_every_key)
{
	const struct form_at *f = &forms[_i];
	char before[65], after[65];
	struct booked b;
	struct pty *p;

	booked_open(&b);
	clinic_digest(&b.c, before);
	p = at_desk(&b.c, "p.shah", NULL);
	for (int field = 0; field < f->fields; field++) {
		reach(p, f, field);
		for (int k = 0; k < KEYS; k++) {
			pty_keys(p, keys[k]);
			is_sound(p, f, field, keys[k]);
			if (!in_field(p, f) || k % 8 == 7)
				reach(p, f, field);
		}
	}
	to_desk(p);
	at_desk_end(p);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	booked_close(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("fields");
	TCase *c = tcase_create("fields");

	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, each_field_can_be_left_by_every_key, 0,
			    sizeof forms / sizeof *forms);
	suite_add_tcase(s, c);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_ENV);
	int bad = srunner_ntests_failed(r);

	srunner_free(r);
	return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
