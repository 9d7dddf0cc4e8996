/*
 * screen_contact.c: one of a customer's contacts: who they are, what they may be told, and of what
 * they sent, or whom they stand in for, as much as may be said to them.
 *
 * A row says what they may hear, not how it stands: whoever reads it aloud says nothing too much.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/contact.h"
#include "clinic/flag.h"
#include "clinic/refs.h"
#include "clinic/referral.h"
#include "model/person.h"
#include "open.h"

struct them {
	struct id contact;
	bool ready;
	struct customer_contact c;
	struct referral_rows rows;
	struct {
		struct them_hear {
			char words[WORDS_TEXT];
		} * v;
		size_t n, cap;
	} hears; /* one for each row */
	struct list list;
	int64_t acted;
	char customer[NAME_TEXT], other[NAME_TEXT]; /* other: whom they stand in for; "" nobody */
};

enum { FIRST_ROW = 8 };

static int them_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct them *t = state;
	struct referral_rows rows = { 0 };
	struct customer_contact other;
	const struct customer *customer;
	int64_t ids[FROM_MOST];
	size_t n = 0;

	if (id_none(t->contact))
		return err_set(err, ERR_MISSING, "No contact is chosen: / finds one by name.");
	if (contact_one(ui->desk, t->contact, &t->c, err) < 0 ||
	    referrals_sent_by(ui->desk, &t->c, &rows, err) < 0)
		return -1;
	t->other[0] = '\0';
	if (!id_none(t->c.stands_for) && contact_one(ui->desk, t->c.stands_for, &other, NULL) == 0)
		COPY(t->other, other.name);
	list_free(&t->rows);
	t->rows = rows;
	t->hears.n = 0;
	list_each (r, &t->rows) {
		contact_hears(ui->desk, &t->c, r, list_push(&t->hears)->words);
		ids[n++] = r->r.id.n;
	}
	customer = ref_customer(ui->desk, t->c.customer);
	snprintf(t->customer, sizeof t->customer, "%.60s", customer ? customer->name : "");
	ui_place(ui, "%.40s", t->c.name);
	list_load(&t->list, ids, n, refresh && t->acted == ui->desk->acted);
	t->acted = ui->desk->acted;
	t->ready = true;
	return 0;
}

static void them_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct them *)state)->list, rows - FIRST_ROW - 3);
}

static void them_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct them *t = state;
	const struct referral_row *r = &t->rows.v[at];
	char name[PERSON_TEXT], day[DAY_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d %s", number, r->r.number);
	canvas_padded(c, line, 19, 24, PLAIN, person_show(r->surname, r->given, r->title, name));
	canvas_put(c, line, 44, PLAIN, date_none(r->born) ? "" : date_show(r->born, day));
	canvas_put(c, line, 56, PLAIN, date_show_short(moment_date(r->r.received), day));
	canvas_padded(c, line, 63, c->cols - 62, PLAIN,
		      *t->hears.v[at].words ? t->hears.v[at].words : "say nothing");
}

static const char *stands(const struct them *t)
{
	if (!*t->other)
		return "";
	return t->c.role == CONTACT_STAND_IN ? " for " : ", stands in for ";
}

static void them_draw(struct canvas *c, const void *state)
{
	const struct them *t = state;
	char phone[PHONE_TEXT];

	if (!t->ready)
		return;
	canvas_printf(c, 2, 1, BOLD, "%s", t->c.name);
	canvas_printf(c, 3, 3, PLAIN, "%s%s%s%s%s, %s%s", contact_role_words(t->c.role), stands(t),
		      t->other, *t->c.department ? ", " : "", t->c.department, t->customer,
		      t->c.on ? "" : ", no longer there");
	canvas_printf(c, 4, 3, PLAIN, "%s   %s",
		      *t->c.phone ? phone_show(t->c.phone, phone) : "no telephone", t->c.email);
	canvas_printf(c, 5, 3, PLAIN, "May be told: %s.  Never why, and nothing private.",
		      *t->c.told ? t->c.told : "nothing");
	canvas_put(c, 7, 3, HEADING,
		   "# Number         Person                   Born        Came   You may say");
	if (t->rows.n == 0) {
		canvas_put(c, FIRST_ROW, 3, PLAIN, "Nothing that they sent is here.");
		canvas_cursor(c, FIRST_ROW, 1);
	}
	list_draw(c, &t->list, FIRST_ROW, false, them_row, t);
}

static void them_leave(struct ui *ui, void *state)
{
	struct them *t = state;

	(void)ui;
	list_free(&t->rows);
	list_free(&t->hears);
	list_done(&t->list);
}

static struct list *them_list(void *state)
{
	return &((struct them *)state)->list;
}

static int on_row(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	return list_at(&((const struct them *)state)->list) >= 0
		       ? 0
		       : err_input(why, "", "There is no referral on this row.");
}

static enum next them_open(struct ui *ui, void *state)
{
	return open_referral(ui, (struct id){ list_id(&((struct them *)state)->list) });
}

static enum next came(struct ui *ui, void *state, const char *text)
{
	struct them *t = state;
	const struct referral_row *r = &t->rows.v[list_at(&t->list)];
	struct err err = ERR_INIT;

	if (referral_reply(ui->desk, r->r.id, text, desk_clinical(ui->desk, r->r.service), &err) <
	    0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s: the reply is in, its clock runs, it is on top.   u Undo", r->r.number);
	return REFRESH;
}

static enum next them_reply(struct ui *ui, void *state)
{
	(void)state;
	ask_text(ui, "What came?", false, 300, came);
	return STAY;
}

/* clang-format off */
static const struct key keys[] = {
	{ .key = "Enter", .name = "open", .label = "Open", .help = "the referral",
	  .commits = true, .act = them_open, .may = on_row },
	{ .key = "r", .name = "reply", .label = "Reply", .help = "a reply or papers came in",
	  .roles = APPT_ROLES, .commits = true, .act = them_reply, .may = on_row },
	{ 0 },
};
/* clang-format on */

const struct screen screen_contact = { .name = "contact",
				       .title = "CONTACT",
				       .state = sizeof(struct them),
				       .layout = them_layout,
				       .load = them_load,
				       .draw = them_draw,
				       .leave = them_leave,
				       .list = them_list,
				       .keys = keys };

enum next open_contact(struct ui *ui, struct id contact)
{
	struct them *t = ui_push(ui, &screen_contact);

	t->contact = contact;
	return STAY;
}
