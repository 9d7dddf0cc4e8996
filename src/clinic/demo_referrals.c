/*
 * demo_referrals.c: the referrals of the last two weeks, each in its state by the steps that people
 * took, on the day and at the minute that they did.
 *
 * Whom they are about is somebody whom nothing else is booked for, except for one of the pictures.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/contact.h"
#include "clinic/demo_parts.h"
#include "clinic/referral.h"

enum did {
	REFER, /* type, service, flag; agreed unless `not` */
	ADD,   /* a comment */
	ASK,   /* of: whom */
	RETURN,
	REPLY,
	ACCEPT, /* n: priority; of: papers asked of whom */
	ADVISE,
	SEND_GP,
	SEND_ON, /* to the second site */
	DECLINE,
	WITHDRAW,
	TRIED, /* n: how */
	BOOK,
	RING,  /* n: result */
	FORM,  /* a referral by a form (of), its answers in `text` */
	RAISE, /* a flag beside their referral */
	TAKE,  /* a nurse has seen it */
};

#define NURSE	   "r.adeyemi"
#define DESK	   "p.shah"
#define COUNSELLOR "s.kelly"
#define NEW_ONE(wd, at, by, who, type, service, text)                                              \
	{                                                                                          \
		wd, at, by, who, REFER, type, service, text, NULL, 0, 0, false                     \
	}
#define FLAGGED(wd, at, by, who, type, service, flag, text)                                        \
	{                                                                                          \
		wd, at, by, who, REFER, type, service, text, NULL, 0, flag, false                  \
	}
#define NOT_AGREED(wd, at, by, who, type, service, text)                                           \
	{                                                                                          \
		wd, at, by, who, REFER, type, service, text, NULL, 0, 0, true                      \
	}
#define DID(wd, at, by, who, deed, n, of, text)                                                    \
	{                                                                                          \
		wd, at, by, who, deed, REF_MGT, 0, text, of, n, 0, false                           \
	}

#define BY_FORM(wd, at, by, who, service, form, answers)                                           \
	{                                                                                          \
		wd, at, by, who, FORM, REF_SELF, service, answers, form, 0, 0, false               \
	}
#define RAISED(wd, at, by, who, service, flag, text)                                               \
	{                                                                                          \
		wd, at, by, who, RAISE, REF_MGT, service, text, NULL, 0, flag, false               \
	}

/* Of the external customer whose contract with the doctors is for one a quarter: EXTERNAL on. */
enum { ABARA = -1, EXTERNAL = 26, WHO = 30, KESTREL = 4 };

#define CALM  "saddle = n\nwater = n\nbowel = n\nweaker = n\nunwell = n\nfall = n\n"
#define ASKED "off_work = y\nconsent_assess = y\nconsent_gp = y\nphone = 07700 900562\n"
static const char both_legs[] =
	"[answers]\nwhere = b\nsince = -4d\nhow = t\npain = 8\n" CALM "legs_both = u\n" ASKED
	"words = Tingling in the left leg, the right felt odd yesterday.\n";
static const char shoulder[] = "[answers]\nwhere = s\nsince = -12d\nhow = l\npain = 5\n"
			       "weaker = n\nunwell = n\nfall = n\n" ASKED
			       "words = Reaching up to the shelves is the worst.\n";

static const char counselling[] =
	"[answers]\nabout = w|m\nwork = s\nseen_before = n\nelsewhere = n\nsuicide = n\n"
	"others = n\nabuse = n\nchild = n\nmode = f|p\nprivate = y\nphone = 07700 900571\n"
	"voicemail = f\ntexts = y\nconsent_assess = y\nconsent_limits = y\nconsent_gp = n\n";
static const char new_starter[] =
	"[answers]\nname = as on the application\nborn = 1996-02-11\nphone = 07700 900572\n"
	"post = Healthcare assistant\ndepartment = Ward 7B\nstarts = +30d\n"
	"recruiter = Hale, Ruth\nrecruiter_email = hale@wvh.example\noffer = y\nwork = m|s\n"
	"condition = y\nworse = n\ntreatment = y\nadjust = n\nleft_job = n\nskin = n\n"
	"more = Asthma, an inhaler twice a day\ntrue = y\nconsent_record = y\n"
	"consent_earlier = y\n";
static const char management[] =
	"[answers]\nname = as on the payslip\nborn = 1979-06-02\nmobile = 07700 900573\n"
	"prefers = m\nvoicemail = y\njob = Porter\ndepartment = Ward 7B\nsite = Northgate\n"
	"hours = 37\nshifts = r\nwork = m|p\njob_description = y\nreferrer = m\n"
	"manager_name = Hale, Ruth\nmanager_email = hale@wvh.example\n"
	"manager_phone = 07700 900574\nsecond_name = Ogden, Peter\n"
	"second_email = ogden@wvh.example\nat_work = n\nabsent_from = -60d\n"
	"fit_note = Back pain\nfit_note_end = +10d\nreturn_on = x\nsick_pay = n\nover_four = y\n"
	"history = y\nreasons = l|k\nbackground = Twelve weeks, fit note ends this month\n"
	"tried = Lighter duties for two weeks\nagain = n\nquestions = f|p\ndiscussed = -6d\n"
	"seen_copy = y\nagrees = y\ndanger = n\nurgency = s\nattached = j|f\n";
static const char by_the_gp[] =
	"[answers]\nfrom = g\nreferrer = Dr Lowe\npractice = Quay Surgery\nreferrer_phone = x\n"
	"dated = -6d\ncame = -1d\nletter = y\nname = as in the letter\nborn = 1971-09-23\n"
	"phone = 07700 900575\nat_work = n\nwants = n\n"
	"problem = Return to work planned for Monday\ncauda = n\nharm = n\nworse = n\nchild = n\n"
	"agrees = y\nwrite_back = y\nurgency = r\n";
/* What is known in the first minute: the flag does not wait for the rest. */
static const char needlestick[] =
	"[answers]\ninjured_on = today\ninjured_at = 08:10\nkind = n\nfirst_aid = y\n"
	"phone = 07700 900576\n";

/* In the order of their days and minutes; wd: working days before. */
static const struct taken {
	int wd, minute;
	const char *by;
	int who;
	enum did deed;
	enum referral_type type;
	int service;
	const char *text, *of;
	int n;
	char flag;
	bool not ;
} steps[] = {
	/* clang-format off */
	NEW_ONE(10, 481, DESK, 0, REF_MGT, OHN, "Off for five weeks, asks for a phased return"),
	NEW_ONE(10, 482, DESK, 1, REF_SELF, PHYSIO, "Shoulder, worse on nights"),
	NEW_ONE(10, 484, DESK, 2, REF_MGT, OHP, "Third absence since autumn, back each time"),
	DID(9, 482, NURSE, 0, ACCEPT, 2, NULL, "Telephone first"),
	DID(9, 484, NURSE, 1, ACCEPT, 3, NULL, NULL),
	DID(9, 486, NURSE, 2, ACCEPT, 2, "gp", "Letter of the GP before he is seen"),
	DID(9, 490, DESK, 0, BOOK, 0, NULL, NULL),
	NEW_ONE(8, 481, DESK, 3, REF_MGT, OHN, "Stress assessment attached"),
	NEW_ONE(8, 483, DESK, 4, REF_MGT, OHN, "Asks whether the wrist is work related"),
	DID(8, 490, DESK, 1, TRIED, REACH_NO_ANSWER, NULL, NULL),
	NEW_ONE(7, 482, DESK, 5, REF_SELF, PHYSIO, "Knee, since the stairs at home"),
	DID(7, 484, NURSE, 3, ASK, 0, "manager", "Which duties can be changed?"),
	DID(7, 486, NURSE, 4, RETURN, 0, NULL, "No job description, no absence dates"),
	DID(7, 490, DESK, 1, TRIED, REACH_TEXT, NULL, NULL),
	NEW_ONE(6, 482, DESK, 6, REF_SELF, PHYSIO, "Neck and arm, four weeks"),
	NEW_ONE(6, 484, DESK, 7, REF_MGT, OHP, "Redeployment is discussed"),
	DID(6, 486, NURSE, 5, SEND_GP, 0, "gp", "Long-standing, not of work, in treatment already"),
	NEW_ONE(5, 481, DESK, 8, REF_DRV, OHN, "Minibus driver, after a faint"),
	NEW_ONE(5, 482, DESK, 9, REF_SELF, PHYSIO, "Low back after lifting"),
	DID(5, 484, NURSE, 6, ACCEPT, 1, NULL, "Off work because of it"),
	DID(5, 486, NURSE, 7, ACCEPT, 3, NULL, NULL),
	DID(5, 490, DESK, 6, BOOK, 0, NULL, NULL),
	BY_FORM(4, 481, COUNSELLOR, 10, COUNS, "couns_self", counselling),
	FLAGGED(4, 483, COUNSELLOR, 11, REF_SELF, COUNS, 'K', "Said that she cannot go on"),
	DID(4, 485, NURSE, 8, ACCEPT, 1, NULL, "Not to drive until seen"),
	RAISED(4, 486, NURSE, 6, PHYSIO, 'K', "Said on the telephone that it is all too much"),
	DID(4, 486, NURSE, 9, ACCEPT, 2, NULL, NULL),
	DID(4, 487, DESK, 4, REPLY, 0, NULL, "Both came by post"),
	BY_FORM(3, 481, DESK, 12, OHN, "wha", new_starter),
	BY_FORM(3, 482, DESK, 13, OHN, "mgt_referral", management),
	NOT_AGREED(3, 483, DESK, 14, REF_MGT, OHN, "Manager has not spoken to him yet"),
	DID(3, 485, COUNSELLOR, 10, ACCEPT, 2, NULL, NULL),
	DID(3, 486, COUNSELLOR, 11, RING, TRY_SPOKE, NULL, "Safe today, sister is with her"),
	DID(3, 488, DESK, 7, TRIED, REACH_NO_ANSWER, NULL, NULL),
	NEW_ONE(2, 481, DESK, 15, REF_IHR, OHP, "Form AW33E, part A filled in"),
	NEW_ONE(2, 482, DESK, 16, REF_SELF, PHYSIO, "Elbow"),
	NEW_ONE(2, 483, DESK, 17, REF_MGT, OHN, "Performance, asks about hearing"),
	DID(2, 485, NURSE, 13, ASK, 0, "employee", "What does the consultant say?"),
	DID(2, 486, NURSE, 16, ACCEPT, 3, NULL, NULL),
	DID(2, 488, DESK, 16, WITHDRAW, 0, NULL, "Feels better, wants no appointment"),
	NEW_ONE(1, 481, DESK, 18, REF_NW, OHN, "Starts nights in May"),
	NEW_ONE(1, 482, DESK, 19, REF_TRV, OHN, "Two weeks in Malawi"),
	NEW_ONE(1, 483, DESK, 20, REF_SELF, PHYSIO, "Hip, sits badly"),
	BY_FORM(1, 484, DESK, 21, OHN, "gp_referral", by_the_gp),
	NEW_ONE(1, 485, DESK, 22, REF_HS, OHN, "Noise, third year"),
	NEW_ONE(1, 485, DESK, EXTERNAL, REF_SME, OHP, "Fitness for a new post, hearing"),
	NEW_ONE(1, 486, DESK, EXTERNAL + 1, REF_SME, OHP, "Back after three months, lighter work"),
	DID(1, 487, NURSE, 19, ADVISE, 3, NULL, "Travel clinic's list sent"),
	DID(1, 488, NURSE, 18, SEND_ON, 0, NULL, NULL),
	DID(1, 489, NURSE, 20, DECLINE, 0, NULL, "Seen for the same elsewhere"),
	DID(1, 490, NURSE, 17, RETURN, 0, NULL, "Which job is it, and since when?"),
	BY_FORM(0, 481, DESK, 23, PHYSIO, "rap_physio_self", shoulder),
	NEW_ONE(0, 484, DESK, 24, REF_MGT, OHN, "Off since Monday, stress at work"),
	NOT_AGREED(0, 486, DESK, 25, REF_MGT, OHP, "Sent by HR while the manager is away"),
	DID(0, 500, DESK, 3, ADD, 0, NULL, "Asks when she will hear"),
	FLAGGED(0, 505, NURSE, 28, REF_MGT, OHN, 'S', "A child at home hears the quarrels"),
	DID(0, 506, NURSE, 28, RING, TRY_NO_ANSWER, NULL, NULL),
	FLAGGED(0, 510, DESK, 29, REF_SELF, PHYSIO, 'R', "Fell from a ladder on Sunday, not seen since"),
	DID(0, 512, NURSE, 29, TAKE, 0, NULL, NULL),
	BY_FORM(0, 514, DESK, 16, OHN, "exposure", needlestick),
	DID(0, 515, NURSE, 16, TAKE, 0, NULL, NULL),
	BY_FORM(0, 573, DESK, ABARA, PHYSIO, "rap_physio_self", both_legs),
	/* clang-format on */
};
enum { STEPS = sizeof steps / sizeof *steps };

static bool external(int who)
{
	return who == EXTERNAL || who == EXTERNAL + 1;
}

/* Whoever nothing is booked for, from all over the list; kept for us from now on. */
static void choose(struct demo *d)
{
	size_t all = d->people.n - d->cast;

	d->referred = mem_new(WHO * sizeof *d->referred);
	for (int i = 0; i < WHO; i++)
		for (size_t k = 0; k < all; k++) {
			size_t at = d->cast + ((size_t)i * all / WHO + k) % all;
			struct human *h = &d->people.v[at];

			if (h->status != 'a' || h->open != 0 ||
			    (external(i) && h->customer != KESTREL))
				continue;
			h->open = (1u << SERVICES) - 1;
			d->referred[i].person = h->id;
			d->referred[i].customer = h->customer;
			break;
		}
}

/* Who refers for each customer, and what they may be told. */
static int managers(struct demo *d, struct err *err)
{
	static const struct {
		const char *name, *department, *told;
	} who[CUSTOMERS] = {
		{ "Hale, Ruth", "Ward 7B", "booked dna report" },
		{ "Ogden, Peter", "Community north", "booked report" },
		{ "Basset, Joan", "Inpatients", "booked dna report" },
		{ "Crowe, Dermot", "Control room", "report" },
		{ "Lund, Astrid", "Human resources", "report outcome" },
		{ "Peel, Martin", "Bakery", "booked report" },
		{ "Tilling, Anna", "Depot", "booked dna outcome" },
		{ "Vale, Simon", "Estates", "report" },
	};

	if (demo_sit(d, "m.doyle", err) < 0)
		return -1;
	for (int i = 0; i < CUSTOMERS; i++) {
		char phone[16];
		const struct contact_ask ask = { .name = who[i].name,
						 .department = who[i].department,
						 .told = who[i].told,
						 .phone = phone };

		snprintf(phone, sizeof phone, "07700 9006%02d", i);
		if (contact_add(&d->desk, d->customers[i], &ask, &d->managers[i], err) < 0)
			return -1;
	}
	return 0;
}

static struct demo_referred *of(struct demo *d, int who)
{
	if (who != ABARA)
		return &d->referred[who];
	for (size_t i = 0; i < d->cast; i++)
		if (strcmp(demo_cast[i].surname, "Abara") == 0)
			d->abara.person = d->people.v[i].id;
	return &d->abara;
}

static int refer(struct demo *d, const struct taken *s, struct demo_referred *who, struct err *err)
{
	struct flag_wish flag = { .words = s->text };
	char letter[2] = { s->flag, '\0' };
	struct referral_ask ask = { .person = who->person,
				    .service = d->services[s->service],
				    .site = d->places[0].id,
				    .referrer = s->type == REF_MGT ? d->managers[who->customer]
								   : (struct id){ 0 },
				    .type = s->type,
				    .source = referral_source_of(s->type),
				    .words = s->text,
				    .urgency = -1,
				    .agreed = s->not ? DATE_NONE : d->desk.today,
				    .gp = GP_YES,
				    .flags = &flag,
				    .nflags = s->flag != 0 };

	if (s->flag)
		flag_parse(letter, &flag.kind);
	return referral_add(&d->desk, &ask, &who->referral, err);
}

static int by_form(struct demo *d, const struct taken *s, struct demo_referred *who,
		   struct err *err)
{
	struct form_ask ask = { .form = s->of,
				.path = s->of,
				.text = s->text,
				.n = strlen(s->text),
				.person = who->person,
				.service = d->services[s->service],
				.site = d->places[0].id };

	return referral_by_form(&d->desk, &ask, &who->referral, err);
}

static int raise_one(struct demo *d, const struct taken *s, const struct demo_referred *who,
		     struct err *err)
{
	struct flag_ask ask = { .person = who->person,
				.service = d->services[s->service],
				.referral = who->referral,
				.does = FLAG_NOT_LAST " " FLAG_RINGS,
				.words = s->text };
	char letter[2] = { s->flag, '\0' };

	flag_parse(letter, &ask.kind);
	return flag_raise(&d->desk, &ask, NULL, err);
}

/* Those of theirs that are open. */
static int take_flags(struct demo *d, const struct demo_referred *who, struct err *err)
{
	struct flag_rows rows = { 0 };
	int rc = flag_list(&d->desk, who->person, &rows, err);

	list_each (r, &rows)
		if (rc == 0 && strcmp(r->f.state, "open") == 0)
			rc = flag_take(&d->desk, r->f.id, err);
	list_free(&rows);
	return rc;
}

static int accept(struct demo *d, const struct taken *s, struct id id, struct err *err)
{
	struct decide_ask ask = { .priority = s->n,
				  .pathway = s->deed == ADVISE ? PATH_ADVICE : PATH_BOOK,
				  .papers = s->of,
				  .note = s->text,
				  .suggested = 3,
				  .suggested_pathway = pathway_code(PATH_BOOK) };

	return triage_decide(&d->desk, id, &ask, err);
}

/* The first time that is free; none is no failure, for they wait on the list then. */
static int book(struct demo *d, const struct demo_referred *who, struct err *err)
{
	struct search search = { .from = d->desk.now, .limit = 1 };
	struct booking_ask ask = { .person = who->person, .episode = who->referral };
	struct err none = ERR_INIT;
	struct referral_row r;
	struct id appt;

	if (referral_one(&d->desk, who->referral, &r, err) < 0)
		return -1;
	ask.service = r.course.service;
	if (booking_earliest(&d->desk, &ask, &search, &appt, &none) == 0)
		d->made.ahead++;
	return 0;
}

static int ring(struct demo *d, const struct taken *s, const struct demo_referred *who,
		struct err *err)
{
	struct call_ask ask = { .result = (enum try_result)s->n, .words = s->text };
	struct flag_rows rows = { 0 };
	int rc = flag_list(&d->desk, who->person, &rows, err);

	list_each (r, &rows)
		if (rc == 0 && strcmp(r->f.state, "open") == 0)
			rc = flag_ring(&d->desk, r->f.id, &ask, NULL, err);
	list_free(&rows);
	return rc;
}

static int take(struct demo *d, const struct taken *s, struct err *err)
{
	struct demo_referred *who = of(d, s->who);
	struct desk *desk = &d->desk;
	struct id id = who->referral;
	struct reached reached;

	if (id_none(who->person))
		return 0; /* a service of a handful of people */
	if (demo_sit(d, s->by, err) < 0)
		return -1;
	switch (s->deed) {
	case REFER:
		return refer(d, s, who, err);
	case ADD:
		return referral_comment(desk, id, s->text, false, err);
	case ASK:
		return triage_query(desk, id, s->of, s->text, err);
	case RETURN:
		return triage_return(desk, id, s->text, err);
	case REPLY:
		return referral_reply(desk, id, s->text, true, err);
	case ACCEPT:
	case ADVISE:
		return accept(d, s, id, err);
	case SEND_GP:
		return triage_redirect(desk, id, s->of, s->text, err);
	case SEND_ON:
		return d->nplaces < 2 ? 0 : triage_send(desk, id, d->places[1].id, NULL, err);
	case DECLINE:
		return triage_decline(desk, id, s->text, err);
	case WITHDRAW:
		/* Reception hears of it, and the nurse records it. */
		return demo_sit(d, NURSE, err) < 0 ? -1 : referral_withdraw(desk, id, s->text, err);
	case TRIED:
		return to_book_tried(desk, id, (enum reach_how)s->n, &reached, err);
	case BOOK:
		return book(d, who, err);
	case RING:
		return ring(d, s, who, err);
	case FORM:
		return by_form(d, s, who, err);
	case RAISE:
		return raise_one(d, s, who, err);
	case TAKE:
		return take_flags(d, who, err);
	}
	return 0;
}

int demo_referrals(struct demo *d, struct date day, int minute, struct err *err)
{
	struct calendar *calendar = d->desk.refs->calendar;

	if (!d->referred) {
		choose(d);
		if (managers(d, err) < 0)
			return -1;
	}
	while (d->stepped < STEPS) {
		const struct taken *s = &steps[d->stepped];
		struct date on = calendar_add_working(calendar, NATION_E, d->today, -s->wd);

		if (on.n > day.n || (on.n == day.n && s->minute > minute))
			return 0;
		demo_clock(d, on, s->minute);
		d->stepped++;
		if (take(d, s, err) < 0)
			return -1;
	}
	return 0;
}
