/*
 * demo_parts.h: what the parts of the generator share (private to the clinic layer).
 *
 *	demo.c          the order of things, the file, the clock
 *	demo_service.c  sites, services, users, clinicians and their weekly patterns
 *	demo_people.c   the employers' staff
 *	demo_history.c  the years behind: episodes from first attendance to discharge
 *	demo_diary.c    the weeks ahead, booked through the acts
 *	demo_referrals.c  the referrals of the last two weeks
 *	demo_morning.c  the day itself until 09:42
 *	demo_tasks.c    what was asked of whom meanwhile
 *	demo_outbox.c   what was sent meanwhile
 *	demo_rapid.c    who is at the cap, what was offered
 *	demo_words.c    names and words
 *
 * All chance is drawn from `dice` in one fixed order; the desk's own world is a clock that only
 * moves when demo_clock() says so.
 */
#ifndef CLINIC_DEMO_PARTS_H
#define CLINIC_DEMO_PARTS_H

#include "clinic/act.h"
#include "clinic/demo.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "model/appt.h"
#include "model/pattern.h"
#include "model/person.h"
#include "model/slot.h"

enum { PHYSIO, OHN, OHP, COUNS, SERVICES };
enum { CUSTOMERS = 8, VARIANTS = 3, WEEKDAYS = 5 };

struct venue {
	struct id id, desk; /* desk: the user who sits at reception */
	char code[8], desk_name[CODE_TEXT];
	int used[WEEKDAYS]; /* rooms given out on a weekday; their most is how many there are */
	struct ids_of {
		struct id *v;
		size_t n, cap;
	} rooms;
};

/* One weekday of a clinician. */
struct session {
	int weekday, place, room, variant;
	struct id template, room_id;
};

struct practitioner {
	struct id id, user;
	int service, home,
		named; /* named: of the pictures in the manual; works on the day itself */
	char code[CODE_TEXT], surname[NAME_TEXT], user_name[CODE_TEXT];
	struct session sessions[WEEKDAYS];
	int nsessions;
	struct date reg_until;
	struct leave_span {
		struct date from, to;
	} leave[16];
	int nleave;
};

struct human {
	struct id id;
	int customer;
	unsigned char open; /* bits of services with an open episode */
	char status;	    /* a active, l leaver, d deceased */
	struct date busy;   /* the last day that something was booked for them */
};

/* A course of care while it is being made. */
struct course {
	struct id id;
	size_t person;
	int service, number, year;
	struct date received, target, due; /* due: not before this day again */
	struct moment opened, closed;
	unsigned char planned, seen, used, closed_why;
	bool kept; /* must be open on the day itself */
};
struct courses {
	struct course *v;
	size_t n, cap;
};
/* Courses or people waiting, by place in their list. */
struct line {
	size_t *v;
	size_t n, cap, head;
};

/* A step of the morning, done when the clock gets there. */
struct mark {
	struct id appt;
	const char *user;
	int minute;
	size_t nth; /* keeps the order of one minute */
	enum appt_state to;
	bool rang; /* they are rung, and so come into that state, or do not answer */
};

struct demo {
	const struct demo_want *want;
	struct world world, dice;
	struct store *store;
	struct desk desk;
	struct date first, today;
	struct moment clock;
	struct id customers[CUSTOMERS], services[SERVICES], root;
	char sitting[CODE_TEXT];
	struct venue *places;
	int nplaces;
	struct practitioner *staff;
	int nstaff;
	struct parts patterns[SERVICES][VARIANTS];
	struct {
		struct human *v;
		size_t n, cap;
	} people;
	size_t cast; /* the first so many are those of the pictures */
	struct courses courses;
	struct line again[SERVICES]; /* follow-ups that are due, by course */
	struct line anew[SERVICES];  /* first attendances to be given, by person */
	struct {
		struct mark *v;
		size_t n, cap;
	} marks;
	int asked; /* how many of the morning's tasks were opened */
	struct demo_referred {
		struct id person, referral;
		int customer;
	} * referred, abara;
	struct id managers[CUSTOMERS];
	int stepped; /* how far the steps about them are */
	struct demo_made made;
};

/* ---- demo.c ---- */

uint64_t demo_bits(struct demo *d);
int demo_roll(struct demo *d, int n);	       /* 0 .. n - 1 */
bool demo_in(struct demo *d, int thousandths); /* true so often in a thousand */
int demo_tick(struct demo *d, const char *what, int64_t done, int64_t total, struct err *err);
void demo_clock(struct demo *d, struct date day, int minute);
int demo_sit(struct demo *d, const char *user, struct err *err);
bool demo_open_day(const struct demo *d, struct date day); /* a working day in England */
bool demo_away(const struct practitioner *p, struct date day);
void line_push(struct line *l, size_t what);
bool line_pop(struct line *l, size_t *ret);

/* ---- the parts, in their order ---- */

int demo_service(struct demo *d, struct err *err);
int demo_people(struct demo *d, struct err *err);
int demo_details(struct demo *d, struct err *err);
int demo_history(struct demo *d, struct err *err);
int demo_diary(struct demo *d, struct err *err);
/* The rest of some courses of counselling. */
int demo_series(struct demo *d, struct err *err);
/* Books what the picture of the morning shows, beside the rest of the weeks ahead. */
int demo_cast_book(struct demo *d, int days_before, struct err *err);
void demo_morning_add(struct demo *d, struct id appt, const struct practitioner *p, int place,
		      int minute, int mins, bool phone);
int demo_morning(struct demo *d, struct err *err);
/* Takes the steps about referrals up to this minute of a day. */
int demo_referrals(struct demo *d, struct date day, int minute, struct err *err);
/* Opens the tasks of the morning up to this minute. */
int demo_tasks(struct demo *d, int minute, struct err *err);
/* Reminders of the next day. */
int demo_outbox(struct demo *d, struct err *err);

/* Some of those who are booked would come earlier, each with another wish. */
int demo_waiting(struct demo *d, struct err *err);

/* At the cap, and what was offered. */
int demo_rapid(struct demo *d, struct err *err);

/* A booking through the act; *ret_appt none and 0 when it was refused. */
int demo_book(struct demo *d, const struct practitioner *p, int place, size_t person,
	      struct date day, int minute, struct id *ret_appt, struct err *err);

/* ---- demo_words.c ---- */

struct words {
	const char *const *v;
	int n;
};
struct people_of {
	int share; /* in a thousand */
	struct words surnames, women, men;
};
extern const struct people_of demo_origins[];
extern const int demo_norigins;
extern const struct words demo_staff_surnames, demo_jobs, demo_departments, demo_external_jobs;

struct cast {
	const char *surname, *given, *title, *preferred, *gender, *nhs, *mobile, *employee_no;
	int born_y, born_m, born_d, customer;
	const char *job, *department;
	/* the morning: with whom, when, and how far they are by 09:42 */
	const char *clinician;
	int minute, follow_up;
	char state;
	int arrived, room, ended; /* minutes of the day; 0: not */
};
extern const struct cast demo_cast[];
extern const int demo_ncast;

extern const char *const demo_patterns[SERVICES][VARIANTS];

struct site_words {
	const char *code, *name, *desk, *desk_person;
};
extern const struct site_words demo_sites[DEMO_SITES_MOST];
extern const struct demo_reason {
	const char *words;
	enum end_reason reason;
} demo_reasons[]; /* closed_why */
enum { WHY_DISCHARGED, WHY_REFERRED, WHY_MISSED, WHY_LEFT, WHY_ENOUGH };

#endif
