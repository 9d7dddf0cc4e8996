/*
 * test_long_day.c: one desk from eight to five, played through the real screens beside a second
 * desk, against a plain model of what must be true in the end.
 *
 * p.shah works at 80x24, t.reid beside her at 132x43, m.doyle manages.  The hours are a list of
 * things that happen, in the order of their times: sixty who come as booked, three who walk in, two
 * who do not come, eight calls, a clinician who is ill, a line that drops.  Each is played as
 * people type it, and noted in the model.  At the end the diary, the tasks and what left the outbox
 * are compared with it.
 */
#include "suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "diaries.h"
#include "long_day.h"

static struct long_day d;
static struct pty *shah, *reid, *doyle;

/* Of the people: who does not come, who wants another day, who cancels, and those that call or walk
 * in without being booked. */
enum {
	FIRST_MISSES = 10,
	SECOND_MISSES = 40,
	MOVES = 22,
	CANCELS = 49,
	CALLER = 66,
	WALKER = 67,
	CUT_OFF = 70,
	FORGETS = 50
};

typedef void happening(struct day_person *who);
static struct event {
	int minute; /* of the day */
	int order;  /* of those in the same minute */
	happening *play;
	struct day_person *who;
} events[5 * DAY_PEOPLE];
static size_t n_events;

static void happens(int minute, int order, happening *play, struct day_person *who)
{
	events[n_events++] = (struct event){ minute, order, play, who };
}

static int by_time(const void *x, const void *y)
{
	const struct event *a = x, *b = y;

	if (a->minute != b->minute)
		return a->minute - b->minute;
	if (a->order != b->order)
		return a->order - b->order;
	return (int)(a->who - b->who);
}

/* ---- who comes ---- */

static void arrives(struct day_person *who)
{
	day_row_keys(shah, who->name, "a");
	if (strstr(pty_row(shah, 23), "look alike"))
		pty_keys(shah, "y");
	row_has(shah, 23, "arrived");
	who->state = APPT_ARRIVED;
}

static void goes_in(struct day_person *who)
{
	pty_keys(reid, "<F5>"); /* what p.shah did this moment is there without it a blink later */
	day_row_keys(reid, who->name, "i");
	row_has(reid, 42, "in room");
	who->state = APPT_IN_ROOM;
}

static void is_seen(struct day_person *who)
{
	pty_keys(reid, "<F5>");
	day_row_keys(reid, who->name, "s");
	row_has(reid, 42, "seen");
	who->state = APPT_SEEN;
}

static void misses(struct day_person *who)
{
	day_row_keys(shah, who->name, "D");
	pty_keys(shah, "p");
	row_has(shah, 23, "did not attend");
	who->state = APPT_DNA;
}

static void comes_in_time(struct day_person *p)
{
	happens(p->minute - 5, 5, arrives, p);
	happens(p->minute, 2, goes_in, p);
	happens(p->minute + p->mins, 1, is_seen, p);
}

/* ---- who rings ---- */

/* Finds the person by surname and the first letter of the given name, and opens them. */
static void find(struct pty *p, const struct day_person *who)
{
	char *keys = mem_printf("<F3>/%s,%s<Enter>", who->surname, who->given);

	pty_keys(p, keys);
	mem_free(keys);
	row_has(p, 2, who->name);
}

/* "... 13-Mar 11:00 ...": what the screen promised goes into the model. */
static void promised(const char *line, struct day_person *who)
{
	const char *at = strstr(line, "-Mar ");
	int day, hour, minute;

	ck_assert_msg(at && at - 2 >= line && sscanf(at - 2, "%d", &day) == 1 &&
			      sscanf(at + 5, "%d:%d", &hour, &minute) == 2,
		      "no day and time in: %s", line);
	who->day = day;
	who->minute = hour * 60 + minute;
	who->state = APPT_BOOKED;
}

static void wants_the_earliest(struct day_person *who)
{
	find(shah, who);
	pty_keys(shah, "bp<Enter>");
	row_has(shah, 23, " booked ");
	promised(pty_row(shah, 23), who);
	pty_keys(shah, "<F3>");
}

static void wants_another_day(struct day_person *who)
{
	find(shah, who);
	pty_keys(shah, "m2<Enter>");
	row_has(shah, 23, " moved to ");
	promised(pty_row(shah, 23), who);
	pty_keys(shah, "<F3>");
}

static void cannot_come(struct day_person *who)
{
	find(shah, who);
	pty_keys(shah, "Xp");
	row_has(shah, 23, "cancelled");
	who->state = APPT_CANCELLED;
	pty_keys(shah, "<F3>");
}

/* Nobody expected them: found, booked and taken in with one key at the desk. */
static void walks_in(struct day_person *who)
{
	char *keys = mem_printf("<F3>n%s,%s<Enter>%c", who->surname, who->given,
				"pdn"[who - &d.people[WALKER]]);
	const char *at;
	int hour, minute;

	pty_keys(shah, keys);
	mem_free(keys);
	row_has(shah, 23, " arrived, ");
	at = strstr(pty_row(shah, 23), " at ");
	ck_assert_int_eq(sscanf(at + 4, "%d:%d", &hour, &minute), 2);
	who->day = 12;
	who->minute = hour * 60 + minute;
	who->state = APPT_ARRIVED;
}

static void has_a_new_number(struct day_person *who)
{
	find(shah, who);
	pty_keys(shah, "e<C-u>07700 900555<C-s>");
	row_has(shah, 23, "saved");
	pty_keys(shah, "<F3>");
}

/* For whom they ask is not there: the message waits in that user's list. */
static void leaves_a_message(struct day_person *who)
{
	char *keys =
		mem_printf("gkn%s rang: the new exercises hurt<Enter>j.marsh<C-s>", who->surname);

	pty_keys(shah, keys);
	mem_free(keys);
	row_has(shah, 23, "Opened for j.marsh.");
	pty_keys(shah, "<F3>");
}

/* The line drops while the caller thinks; she sits down again, and the work is where it was. */
static void is_cut_off(struct day_person *who)
{
	find(shah, who);
	pty_keys(shah, "bn2");
	row_has(shah, 23, "2 is held for you until 11:35.");
	pty_hang_up(shah);
	shah = at_desk(&d.c, "p.shah", NULL);
	row_has(shah, 1, "PARKED");
	row_has(shah, 4, who->name);
	pty_keys(shah, "<C-r>");
	row_has(shah, 2, who->name);
	row_has(shah, 23, "2 is held for you until 11:35.");
	pty_keys(shah, "<Enter>");
	promised(pty_row(shah, 23), who);
	pty_keys(shah, "<F3>");
}

static void wants_it_in_writing(struct day_person *who)
{
	day_row_keys(shah, who->name, "t");
	row_has(shah, 23, who->mobile);
}

static void asks_when(struct day_person *who)
{
	find(shah, who);
	row_has(shah, 6, "Fri 13-Mar-2026");
	pty_keys(shah, "<F3>");
}

/* ---- what is to do beside ---- */

/* Three calls to make: one is told of a change, one does not answer, one will ring again. */
static void makes_calls(struct day_person *nobody)
{
	(void)nobody;
	pty_keys(shah, "gk");
	row_has(shah, 2, "3 open");
	pty_keys(shah, "<Enter>s");
	row_has(shah, 23, "spoke");
	pty_keys(shah, "2<Enter>v");
	row_has(shah, 23, "no answer");
	pty_keys(shah, "3<Enter>s");
	row_has(shah, 23, "spoke");
	pty_keys(shah, "<F3>");
}

/* What cron does every few minutes, with a program that only notes what it is given. */
static void messages_go(struct day_person *nobody)
{
	const char *ohdesk = getenv("OHDESK") ? getenv("OHDESK") : "build/ohdesk";
	struct desk *desk = &d.c.desk;
	char now[DAY_TEXT];

	(void)nobody;
	desk_tick(desk);
	char *cmd = mem_printf("%s --db '%s' --config '%s/day.ini' --now '2026-03-12 %s' --as"
			       " p.shah outbox send >'%s/send.out'",
			       ohdesk, d.c.path, d.c.folder,
			       minute_show(moment_minute(desk->now), now), d.c.folder);

	ck_assert_int_eq(system(cmd), 0);
	mem_free(cmd);
}

static void sender(void)
{
	char *cmd = mem_printf("cd '%s' && printf '[outbox]\ntext_command = %s/text\n' >day.ini &&"
			       " printf '#!/bin/sh\ncat >>%s/texts\n' >text && chmod +x text",
			       d.c.folder, d.c.folder, d.c.folder);

	ck_assert_int_eq(system(cmd), 0);
	mem_free(cmd);
}

/* One call stays open: the day is closed with that reason, and the next shift hears of it. */
static void closes(struct day_person *nobody)
{
	(void)nobody;
	pty_keys(shah, ":cl<Enter>");
	row_has(shah, 2, "1 task due");
	row_has(shah, 5, d.people[FIRST_MISSES].name);
	pty_keys(shah, "<C-s>ring again tomorrow<Enter>");
	row_has(shah, 2, "closed by p.shah");
	row_has(shah, 23, "Fri 13-Mar-2026: 5 people");
}

/* A clinician finds their message, and the attendances that want an outcome; one gets it. */
static void finishes(struct day_person *first)
{
	struct pty *marsh = at_desk(&d.c, "j.marsh", NULL);

	row_has(marsh, 1, "Tasks 1");
	pty_keys(marsh, "gk");
	row_has(marsh, 4, "Abara rang");
	pty_keys(marsh, ":finish<Enter>");
	row_has(marsh, 2, "10 to finish");
	row_has(marsh, 4, first->name);
	pty_keys(marsh, "<Enter>r+6w<Enter>");
	row_has(marsh, 2, "9 to finish");
	at_desk_end(marsh);
}

/* ---- somebody is ill ---- */

static void is_ill(struct day_person *nobody)
{
	(void)nobody;
	doyle = at_desk(&d.c, "m.doyle", NULL);
	pty_keys(doyle, "gd<Tab>nl");
	pty_keys(doyle, "=<Enter>ill<Enter>");
	fflush(stdout);
	pty_keys(doyle, "<Enter>");
	fflush(stdout);
	at_desk_end(doyle);
}

/* Rung and given another time by the service: their task ends with it. */
static void is_rebooked(struct day_person *who)
{
	find(shah, who);
	pty_keys(shah, "ms5<Enter>");
	row_has(shah, 23, " moved to ");
	promised(pty_row(shah, 23), who);
	pty_keys(shah, "<F3>");
}

/* ---- the day ---- */

static void plan(void)
{
	for (int i = 0; i < DAY_BOOKED; i++) {
		struct day_person *p = &d.people[i];

		if (i == MOVES || i == CANCELS)
			continue;
		if (p->clinician == DAY_ILL) {
			happens(8 * 60 + 4 + i / 8, 9, is_rebooked, p);
			continue;
		}
		if (i == FIRST_MISSES || i == SECOND_MISSES)
			happens(p->minute + 20, 6, misses, p);
		else
			comes_in_time(p);
	}
	happens(8 * 60 + 2, 8, is_ill, &d.people[0]);
	happens(8 * 60 + 35, 8, wants_the_earliest, &d.people[CALLER]);
	happens(8 * 60 + 50, 8, wants_another_day, &d.people[MOVES]);
	happens(9 * 60 + 10, 8, cannot_come, &d.people[CANCELS]);
	happens(9 * 60 + 50, 8, has_a_new_number, &d.people[24]);
	happens(10 * 60 + 15, 8, wants_it_in_writing, &d.people[FORGETS]);
	happens(11 * 60 + 10, 8, leaves_a_message, &d.people[0]);
	happens(11 * 60 + 30, 8, is_cut_off, &d.people[CUT_OFF]);
	happens(15 * 60 + 1, 8, asks_when, &d.people[MOVES]);
	/* Two of the callers were given 15:20 of this day. */
	for (int i = CALLER; i <= CUT_OFF; i += CUT_OFF - CALLER) {
		happens(15 * 60 + 15, 5, arrives, &d.people[i]);
		happens(15 * 60 + 20, 2, goes_in, &d.people[i]);
		happens(16 * 60, 1, is_seen, &d.people[i]);
	}
	happens(7 * 60 + 55, 9, messages_go, &d.people[0]);
	happens(12 * 60, 9, messages_go, &d.people[0]);
	happens(16 * 60 + 40, 9, messages_go, &d.people[0]);
	happens(14 * 60 + 5, 8, makes_calls, &d.people[0]);
	happens(16 * 60 + 45, 8, closes, &d.people[0]);
	happens(16 * 60 + 50, 8, finishes, &d.people[0]);
	for (int i = 0; i < 3; i++) {
		happens(14 * 60 + 30 + 10 * i, 8, walks_in, &d.people[WALKER + i]);
		happens(15 * 60 + 20, 2, goes_in, &d.people[WALKER + i]);
		happens(16 * 60, 1, is_seen, &d.people[WALKER + i]);
	}
	qsort(events, n_events, sizeof *events, by_time);
}

/* Everybody has the one appointment that the model says, in its state, at its time. */
static void compare_diary(void)
{
	for (int i = 0; i < DAY_PEOPLE; i++) {
		const struct day_person *p = &d.people[i];
		char *all = mem_printf("SELECT count(*) FROM booking WHERE person = %lld",
				       (long long)p->id.n);
		char *one = mem_printf(
			"SELECT count(*) FROM booking b JOIN appointment a ON a.id = b.appt"
			" WHERE b.person = %lld AND a.state = '%c' AND a.starts = %lld",
			(long long)p->id.n, appt_letter(p->state),
			(long long)at_of(2026, 3, p->day ? p->day : 1, p->minute / 60,
					 p->minute % 60)
				.utc);

		ck_assert_int_eq(clinic_count(&d.c, all), p->day ? 1 : 0);
		ck_assert_msg(clinic_count(&d.c, one) == (p->day ? 1 : 0),
			      "%s is not %s at %d:%02d", p->name, appt_word(p->state),
			      p->minute / 60, p->minute % 60);
		mem_free(all);
		mem_free(one);
	}
}

#define COUNT(...) count_of(mem_printf("SELECT count(*) FROM " __VA_ARGS__))
static int64_t count_of(char *sql)
{
	int64_t n = clinic_count(&d.c, sql);

	mem_free(sql);
	return n;
}

/* What is open is open for the reasons that the day gave, and nothing else is. */
static void compare_tasks(void)
{
	ck_assert_int_eq(
		COUNT("task WHERE kind = 'rebook' AND state = 'done' AND outcome = 'booked'"), 4);
	ck_assert_int_eq(COUNT("task WHERE kind = 'ring' AND state = 'done' AND outcome = 'spoke'"),
			 2);
	ck_assert_int_eq(COUNT("task WHERE kind = 'ring' AND state = 'open' AND person = %lld",
			       (long long)d.people[FIRST_MISSES].id.n),
			 1);
	ck_assert_int_eq(COUNT("task t JOIN user u ON u.id = t.for_user WHERE u.name = 'j.marsh'"
			       " AND t.state = 'open'"),
			 1);
	ck_assert_int_eq(COUNT("task WHERE kind = 'handover' AND state = 'open'"), 1);
	ck_assert_int_eq(COUNT("task WHERE kind = 'review' AND state = 'open'"), 1);
	/* Who will ring again is to be booked still. */
	ck_assert_int_eq(COUNT("task WHERE kind = 'rebook' AND state = 'open'"), 1);
	/* A session of a private service was without its questionnaire. */
	ck_assert_int_eq(COUNT("task WHERE kind = 'answers' AND state = 'open'"),
			 COUNT("appointment a JOIN service s ON s.id = a.service WHERE s.private"
			       " AND a.state = 'S'"));
	ck_assert_int_eq(COUNT("task WHERE state = 'open' AND kind <> 'answers'"), 5);
	ck_assert_int_eq(COUNT("task WHERE state = 'done' AND coalesce(outcome, '') = ''"), 0);
	/* Every attendance of the day but one waits for its clinician's word. */
	ck_assert_int_eq(COUNT("appointment WHERE state = 'S' AND outcome IS NULL"),
			 COUNT("appointment WHERE state = 'S'") - 1);
}

/* The texts that left for a number, as the program that sends them saw it. */
static int texts_to(const struct day_person *who)
{
	char *file = mem_printf("%s/texts", d.c.folder), line[256], to[32];
	FILE *f = fopen(file, "r");
	int n = 0;

	ck_assert_ptr_nonnull(f);
	snprintf(to, sizeof to, "To: %.5s%s\n", who->mobile, who->mobile + 6);
	while (fgets(line, sizeof line, f))
		n += strcmp(line, to) == 0;
	fclose(f);
	mem_free(file);
	return n;
}

/* Who allows texts had one for being booked by somebody, and one for each change; nobody else had
 * any; and nothing waits. */
static void compare_outbox(void)
{
	for (int i = 0; i < DAY_PEOPLE; i++) {
		const struct day_person *p = &d.people[i];
		bool allowed = i % 2 == 0 && i % 5 != 4;
		bool told = i < DAY_BOOKED || i == CALLER || i == CUT_OFF;
		bool moved = i == MOVES || (i < DAY_BOOKED && p->clinician == DAY_ILL);
		int n = texts_to(p);

		ck_assert_msg(n == (allowed ? told + moved + (i == FORGETS) : 0), "%s had %d texts",
			      p->name, n);
	}
	ck_assert_int_eq(COUNT("message WHERE state NOT IN ('sent', 'phoned')"), 0);
}

START_TEST(a_whole_day_of_one_desk_ends_as_it_must)
{
	day_open(&d);
	day_clock(7, 50);
	shah = at_desk(&d.c, "p.shah", NULL);
	reid = at_desk(&d.c, "t.reid", &(struct pty_options){ .rows = 43, .cols = 132 });
	sender();
	plan();
	for (size_t i = 0; i < n_events; i++) {
		day_clock(events[i].minute / 60, events[i].minute % 60);
		events[i].play(events[i].who);
	}
	compare_diary();
	compare_tasks();
	compare_outbox();
	at_desk_end(shah);
	at_desk_end(reid);
	day_close(&d);
}
END_TEST

TEST_MAIN("long_day", a_whole_day_of_one_desk_ends_as_it_must)
