/* long_day.c: a whole working day at one site. */
#include "long_day.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/intake.h"
#include "clinic/record.h"
#include "diaries.h"
#include "model/person.h"

const char *const day_clinicians[DAY_CLINICIANS] = { "marsh", "obi",   "patel",	   "adeyemi",
						     "byrne", "singh", "fairburn", "kelly" };

/* ---- the clock ---- */

static struct moment *clock_now;

static struct moment shared_now(struct world *w)
{
	(void)w;
	return *clock_now;
}

static int64_t shared_millis(struct world *w)
{
	(void)w;
	return clock_now->utc * 1000;
}

void day_clock(int hour, int minute)
{
	*clock_now = at_of(2026, 3, 12, hour, minute);
}

static void start_clock(struct long_day *d)
{
	if (!clock_now) {
		clock_now = mmap(NULL, sizeof *clock_now, PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		ck_assert_ptr_ne(clock_now, MAP_FAILED);
	}
	*clock_now = at_of(2026, 3, 11, 13, 0);
	d->c.world.now = shared_now;
	d->c.world.millis = shared_millis;
	desk_tick(&d->c.desk);
}

/* ---- who works there ---- */

static void put(struct long_day *d, const char *noun, const char *const *values)
{
	struct err err = ERR_INIT;
	struct id id = { 0 };

	ck_ok(record_add(&d->c.desk, record_find(noun), values, &id, &err), err);
}

static void staff(struct long_day *d)
{
	static const char *const clinicians[][16] = {
		{ "patel", "Patel", "Asha", "Ms", "physio", "HCPC", "PH012347", "2027-12-31" },
		{ "byrne", "Byrne", "Niall", "Mr", "physio", "HCPC", "PH012348", "2027-12-31" },
		{ "singh", "Singh", "Arjun", "Mr", "nurse", "NMC", "12A3457E", "2027-12-31" },
		{ "fairburn", "Fairburn", "Ann", "Dr", "physician", "GMC", "7012345",
		  "2027-12-31" },
	};
	static const char *const users[][8] = {
		{ "t.reid", "reception", "REID, Tom (Mr)", "NGT" },
		{ "n.byrne", "clinician", "BYRNE, Niall (Mr)", "NGT", "on", "byrne" },
	};
	char code[16], name[16];

	for (size_t i = 0; i < sizeof clinicians / sizeof *clinicians; i++) {
		const char *posting[8] = { clinicians[i][0], "NGT" };

		put(d, "clinician", clinicians[i]);
		put(d, "posting", posting);
	}
	for (size_t i = 0; i < sizeof users / sizeof *users; i++)
		put(d, "user", users[i]);
	for (int i = 3; i <= DAY_CLINICIANS; i++) {
		const char *room[8] = { code, name, "NGT", "step_free" };

		snprintf(code, sizeof code, "NGT-%d", i);
		snprintf(name, sizeof name, "room %d", i);
		put(d, "room", room);
	}
}

static const char *service_of(int clinician)
{
	static const char *const of[DAY_CLINICIANS] = { "PHYSIO", "PHYSIO", "PHYSIO", "OHN",
							"PHYSIO", "OHN",    "OHP",    "COUNS" };

	return of[clinician];
}

static void diaries(struct long_day *d)
{
	char room[16];

	for (int i = 0; i < DAY_CLINICIANS; i++) {
		snprintf(room, sizeof room, "NGT-%d", i + 1);
		a_diary(&d->c, day_clinicians[i], "NGT", room, service_of(i),
			strcmp(service_of(i), "COUNS") == 0
				? "08:20 NEW 60x3, CATCHUP 20, LUNCH 40, NEW 60x4"
				: "08:20 NEW 40x5, CATCHUP 20, LUNCH 40, NEW 40x5");
	}
}

/* ---- who comes ---- */

static const char *const surnames[] = { "Abara",  "Baines", "Costa",	"Dale",	  "Foster",
					"Grant",  "Hughes", "Iqbal",	"Jones",  "Khan",
					"Morgan", "Nowak",  "O'Connor", "Quinn",  "Rossi",
					"Taylor", "Usman",  "Volkov",	"Wright", "Zhang" };
static const char *const givens[] = { "Anna", "Boris", "Clara", "Dev" };
enum { SURNAMES = sizeof surnames / sizeof *surnames };

/* Every second one may be sent texts, every third has an e-mail address, every fifth no number. */
static void register_one(struct long_day *d, int i)
{
	struct day_person *p = &d->people[i];
	struct intake_form form = { 0 };
	const struct customer *employer = NULL;
	struct err err = ERR_INIT;
	char born[16], email[64];

	snprintf(p->surname, sizeof p->surname, "%s", surnames[i % SURNAMES]);
	snprintf(p->given, sizeof p->given, "%s", givens[i / SURNAMES]);
	snprintf(p->mobile, sizeof p->mobile, "07700 900%03d", i);
	snprintf(born, sizeof born, "%d-%02d-%02d", 1950 + i % 50, 1 + i % 12, 1 + i % 28);
	snprintf(email, sizeof email, "p%02d@wvh.example", i);
	person_show(p->surname, p->given, "", p->name);
	form.v[IN_SURNAME] = p->surname;
	form.v[IN_GIVEN] = p->given;
	form.v[IN_BORN] = born;
	form.v[IN_MOBILE] = i % 5 == 4 ? NULL : p->mobile;
	form.v[IN_TEXT_OK] = i % 5 == 4 ? NULL : i % 2 == 0 ? "yes" : "no";
	form.v[IN_EMAIL] = i % 3 == 0 ? email : NULL;
	ck_ok(find_customer(&d->c.desk, "WVH", &employer, &err), err);
	ck_ok(intake_add(&d->c.desk, &form, employer->id, true, &p->id, &err), err);
}

/* The k-th slot of a clinician's day. */
static int starts(int clinician, int k)
{
	bool hour = strcmp(service_of(clinician), "COUNS") == 0;
	int each = hour ? 60 : 40, before = hour ? 3 : 5;

	return 8 * 60 + 20 + k * each + (k >= before ? 60 : 0);
}

static void book_one(struct long_day *d, int i, int clinician, int k)
{
	struct day_person *p = &d->people[i];
	struct booking_ask ask = { .person = p->id,
				   .service = clinic_service(&d->c, service_of(clinician)),
				   .clinician =
					   clinic_clinician(&d->c, day_clinicians[clinician]) };
	struct err err = ERR_INIT;

	p->clinician = clinician;
	p->day = 12;
	p->minute = starts(clinician, k);
	p->mins = strcmp(service_of(clinician), "COUNS") == 0 ? 60
		  : strcmp(service_of(clinician), "OHN") == 0 ? 30
							      : 40;
	p->state = APPT_BOOKED;
	ask.starts = at_of(2026, 3, 12, p->minute / 60, p->minute % 60);
	clinic_sit(&d->c, clinician == DAY_CLINICIANS - 1 ? "s.kelly" : "p.shah");
	ck_ok(booking_book(&d->c.desk, &ask, &p->appt, &err), err);
}

/* Slot by slot through all clinicians; the one who will be ill has four only, so that what is left
 * of the others' day can take walk-ins. */
static void book_all(struct long_day *d)
{
	int i = 0;

	for (int k = 0; i < DAY_BOOKED; k++)
		for (int c = 0; c < DAY_CLINICIANS && i < DAY_BOOKED; c++) {
			int most = c == DAY_ILL ? 4 : c == DAY_CLINICIANS - 1 ? 7 : 10;

			if (k < most)
				book_one(d, i++, c, k);
		}
}

void day_open(struct long_day *d)
{
	memset(d, 0, sizeof *d);
	clinic_open(&d->c);
	start_clock(d);
	staff(d);
	diaries(d);
	clinic_sit(&d->c, "p.shah");
	for (int i = 0; i < DAY_PEOPLE; i++)
		register_one(d, i);
	book_all(d);
	clinic_sit(&d->c, "p.shah");
}

void day_close(struct long_day *d)
{
	clinic_close(&d->c);
}

enum { NAME_AT = 18 }; /* bytes before the name on a row of the desk list */

/* The screen's row whose person begins like that; 0 for none.  The pane of a wide window has names
 * too. */
static int row_of(struct pty *p, const char *text)
{
	for (int row = 4;; row++) {
		const char *s = pty_row(p, row);

		if (strncmp(s, "St B", 4) == 0)
			return 0;
		if (strlen(s) > NAME_AT && strncmp(s + NAME_AT, text, strlen(text)) == 0)
			return row;
	}
}

void day_row_keys(struct pty *p, const char *text, const char *keys)
{
	char go[64];
	int row, number;

	pty_keys(p, "<Home>");
	for (int page = 0; !(row = row_of(p, text)) && page < 12; page++)
		pty_keys(p, "<PgDn>");
	ck_assert_msg(row != 0, "no row of %s on the desk:\n%s", text, pty_screen(p));
	ck_assert_int_eq(sscanf(pty_row(p, row) + 1, "%d", &number), 1);
	snprintf(go, sizeof go, "%d%s", number, keys);
	pty_keys(p, go);
}
