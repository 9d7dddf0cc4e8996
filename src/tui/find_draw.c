/*
 * find_draw.c: S3 as it is seen: the rows and their marks, the preview, what can be typed, and on
 * row 23, as long as nothing else is said there, what the list makes one ask.
 */
#include <stdio.h>

#include "bar.h"
#include "clinic/phone.h"
#include "find.h"

/* Where each column begins, and how wide it is. */
struct columns {
	int person, born, nhs, employer, number, next; /* number: of the employee; 0 not shown */
	int person_wide, employer_wide;
};
static const struct columns NARROW = { 5, 31, 43, 56, 0, 67, 25, 10 },
			    BROAD = { 5, 37, 49, 62, 74, 87, 31, 11 };

/* "Today 10:00 A", "23-Mar 14:00 B", or why there is none. */
static void next_words(const struct found *it, struct date today, char *buf, size_t n)
{
	char day[DAY_TEXT], at[DAY_TEXT];
	struct date d = moment_date(it->next.starts);

	if (!id_none(it->next.appt))
		snprintf(buf, n, "%s %s %c", d.n == today.n ? "Today" : date_show_short(d, day),
			 minute_show(moment_minute(it->next.starts), at), it->next.state);
	else if (strcmp(it->person.status, "deceased") == 0)
		snprintf(buf, n, "DECEASED");
	else if (strcmp(it->person.status, "leaver") == 0)
		snprintf(buf, n, "leaver");
	else
		snprintf(buf, n, "none booked");
}

/* The number that the list shows for a row of the screen's own. */
static int number_of(const struct find *f, int at)
{
	list_each (r, &f->list)
		if (r->at == at && r->id)
			return r->number;
	return 0;
}

static const char *born_words(struct date born, char buf[DAY_TEXT])
{
	return date_none(born) ? "not known" : date_show(born, buf);
}

static void draw_person(struct canvas *c, int line, const struct columns *at, const struct find *f,
			const struct found *it)
{
	char name[PERSON_TEXT], marks[16 + NAME_TEXT] = "";
	int wide = at->person_wide, used;

	if (it->alike)
		snprintf(marks, sizeof marks, "%s =%d", it->sounds ? " ~" : "",
			 number_of(f, it->alike - 1));
	else if (it->sounds)
		snprintf(marks, sizeof marks, " ~");
	if (*it->was)
		snprintf(marks + strlen(marks), sizeof marks - strlen(marks), " was %s", it->was);
	person_show(it->person.surname, it->person.given, it->person.title, name);
	wide -= canvas_width(c, marks);
	/* A name that is too long stands without its title before it is cut. */
	if (canvas_width(c, name) > wide)
		person_show(it->person.surname, it->person.given, NULL, name);
	used = canvas_width(c, name);
	used = used < wide ? used : wide;
	canvas_padded(c, line, at->person, used, PLAIN, name);
	canvas_put(c, line, at->person + used, BOLD, marks);
}

/* Somebody at a customer: what they are there, and how to reach them. */
static void draw_contact(struct canvas *c, int line, const struct columns *at,
			 const struct customer_contact *k)
{
	char phone[PHONE_TEXT];

	canvas_padded(c, line, at->person, at->person_wide, PLAIN, k->name);
	canvas_padded(c, line, at->born, at->employer - at->born - 1, PLAIN,
		      contact_role_words(k->role));
	canvas_padded(c, line, at->employer, at->employer_wide, PLAIN, k->department);
	canvas_padded(c, line, at->next, c->cols - at->next, PLAIN,
		      *k->phone ? phone_show(k->phone, phone) : "");
}

static void find_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int row)
{
	const struct find *f = state;
	const struct columns *at = f->cols >= WIDE ? &BROAD : &NARROW;
	char born[DAY_TEXT], nhs[NHS_TEXT], next[48];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	if (row >= (int)f->found.n && row < (int)(f->found.n + f->contacts.n)) {
		draw_contact(c, line, at, &f->contacts.v[row - (int)f->found.n]);
		return;
	}
	if (row >= (int)f->found.n) {
		canvas_put(c, line, at->person, PLAIN, "Add a new person");
		return;
	}
	const struct found *it = &f->found.v[row];

	draw_person(c, line, at, f, it);
	canvas_put(c, line, at->born, PLAIN, born_words(it->person.born, born));
	canvas_put(c, line, at->nhs, PLAIN, nhs_show(it->person.nhs, nhs));
	canvas_padded(c, line, at->employer, at->employer_wide, PLAIN, it->customer);
	if (at->number)
		canvas_padded(c, line, at->number, at->next - at->number - 1, PLAIN,
			      it->employee_no);
	next_words(it, f->today, next, sizeof next);
	canvas_put(c, line, at->next, PLAIN, next);
}

static void draw_heads(struct canvas *c, const struct columns *at)
{
	canvas_put(c, 3, 3, PLAIN, "# Person");
	canvas_put(c, 3, at->born, PLAIN, "Born");
	canvas_put(c, 3, at->nhs, PLAIN, "NHS No.");
	canvas_put(c, 3, at->employer, PLAIN, "Employer");
	if (at->number)
		canvas_put(c, 3, at->number, PLAIN, "Employee No.");
	canvas_put(c, 3, at->next, PLAIN, "Next");
}

/* What can be typed: at the foot, so that it stays where it is while the list changes above. */
static void draw_help(struct canvas *c, int line)
{
	static const char *const lines[HELP][2] = {
		{ "okaf,ada", "surname and first name, from the start of each" },
		{ "14/8/84", "date of birth" },
		{ "999 526 0182", "NHS number, with or without spaces or hyphens" },
		{ "20417733", "employee number" },
		{ "0418", "last 4 or more digits of a phone number" },
		{ "MSK-26-N0311", "episode number" },
	};

	canvas_put(c, line++, 4, PLAIN, "One box, told apart by shape:");
	for (int i = 0; i < HELP; i++, line++) {
		canvas_put(c, line, 6, PLAIN, lines[i][0]);
		canvas_put(c, line, 20, PLAIN, lines[i][1]);
	}
}

/* Where they live, in one line. */
static const char *address(const struct person_card *card, char *buf, size_t n)
{
	const struct detail *lines = details_find(&card->details, intake_header(IN_ADDRESS)),
			    *code = details_find(&card->details, intake_header(IN_POSTCODE));

	snprintf(buf, n, "%s%s%s", lines ? lines->value : "", lines && code ? ", " : "",
		 code ? code->value : "");
	return *buf ? buf : "none";
}

static void draw_way(struct canvas *c, const struct find *f, int line, int col, const char *kind,
		     const char *label)
{
	const struct contact *it = contacts_of(&f->card.contacts, kind);
	char shown[PHONE_TEXT];

	canvas_put(c, line, col + 3, PLAIN, label);
	col = canvas_put(c, line, col + 12, BOLD,
			 !it			      ? "none"
			 : strcmp(kind, "email") == 0 ? it->value
						      : phone_show(it->value, shown));
	if (it && it->voicemail == VOICEMAIL_NO)
		canvas_put(c, line, col + 2, PLAIN, "no message");
}

/* How to reach the marked person, for the caller check. */
static void draw_card(struct canvas *c, const struct find *f, int line, int col)
{
	const struct person *p = &f->card.person;
	const struct detail *say = details_find(&f->card.details, intake_header(IN_SAY));
	char words[PERSON_TEXT + LINE_TEXT];

	if (id_none(p->id)) {
		canvas_put(c, line, col, PLAIN, "No person is marked.");
		return;
	}
	if (col > 1)
		canvas_put(c, line++, col, BOLD,
			   person_show(p->surname, p->given, p->title, words));
	canvas_put(c, line, col + 3, PLAIN, "Address");
	canvas_padded(c, line++, col + 12, c->cols - col - 11, BOLD,
		      address(&f->card, words, sizeof words));
	draw_way(c, f, line++, col, "mobile", "Mobile");
	draw_way(c, f, line++, col, "home", "Home");
	draw_way(c, f, line++, col, "work", "Work");
	draw_way(c, f, line++, col, "email", "E-mail");
	canvas_put(c, line, col + 3, PLAIN, "Say");
	canvas_wrap(c, line, col + 12, c->cols - col - 12, col > 1 ? 4 : 1, PLAIN,
		    phone_rule(say ? say->value : ""));
}

/* How many there are; what the marks mean; or that there is nobody. */
static void draw_counts(struct canvas *c, const struct find *f, int line)
{
	char count[24];

	if (f->found.n == 0) {
		if (strlen(find_text(f)) >= FIND_LEAST)
			canvas_printf(c, line, 4, PLAIN,
				      "No match for %s. Try fewer letters, or date of birth.",
				      find_text(f));
		return;
	}
	snprintf(count, sizeof count, "%s%d found", f->found.at_least ? "over " : "",
		 f->found.total);
	canvas_padded(c, line, 4, 12, PLAIN, count);
	canvas_put(c, line, 17, PLAIN,
		   "=n looks like row n, ask the date of birth     ~ sounds like");
}

/* Row 23, as long as nothing else is said there: what the list makes one ask. */
static void draw_prompt(struct canvas *c, const struct find *f)
{
	const struct found_list *l = &f->found;
	int at = list_at(&f->list), line = c->rows - 1;

	if (l->total > (int)l->n)
		canvas_printf(c, line, 1, PLAIN,
			      "W %s%d found, first %zu. Add a first name or date of birth.",
			      l->at_least ? "Over " : "", l->total, l->n);
	else if (at >= 0 && at < (int)l->n && l->v[at].alike) {
		int one = number_of(f, at), two = number_of(f, l->v[at].alike - 1);

		canvas_printf(c, line, 1, PLAIN,
			      "W Rows %d and %d are alike. Ask: \"What is your date of birth?\"",
			      one < two ? one : two, one < two ? two : one);
	}
}

void find_draw(struct canvas *c, const void *state)
{
	const struct find *f = state;
	int rows = (int)f->list.n < f->list.height ? (int)f->list.n : f->list.height;
	int counts = FIRST + rows + 1, foot = c->rows - 5 - HELP;

	draw_heads(c, f->cols >= WIDE ? &BROAD : &NARROW);
	canvas_put(c, 2, 41, PLAIN, "surname[,first]  dob  NHS/emp no  phone");
	list_draw(c, &f->list, FIRST, true, find_row, f);
	draw_counts(c, f, counts);
	if (find_previewed(f))
		draw_card(c, f, f->cols >= PANE ? FIRST : c->rows - 1 - PREVIEW,
			  f->cols >= PANE ? 104 : 1);
	if (counts + 1 < foot && (!f->preview || f->cols >= PANE))
		draw_help(c, foot);
	draw_prompt(c, f);
	form_draw(c, &f->form, true, 0);
}
