/*
 * demo_tasks.c: what somebody asked somebody to do on the practice day, at the minute they did: one
 * that is overdue by now, a message, a call, something for tomorrow, and one of the private service
 * that its own desk alone sees.
 */
#include <stdio.h>
#include <string.h>

#include "clinic/demo_parts.h"
#include "clinic/task.h"

static const struct {
	int minute;
	const char *by, *to;
	enum task_kind kind;
	const char *surname; /* of the cast; NULL: about nobody */
	int due;	     /* minute of the day; 0: then */
	bool tomorrow, private_;
	const char *text;
} asked[] = {
	{ 485, "m.doyle", "reception@", TASK_HANDOVER, NULL, 0, false, false,
	  "Fire alarm test at 11:00: tell whoever waits." },
	{ 490, "j.marsh", "reception@", TASK_RING, "Brennan", 540, false, false,
	  "Ring: his exercise sheet came back, which address is right?" },
	{ 505, "p.shah", "nurse@", TASK_RING, "Whitfield", 720, false, false,
	  "Asks whether she may take her own tablets before the test" },
	{ 520, "p.shah", "reception@", TASK_TODO, NULL, 1020, true, false,
	  "Order appointment cards, two boxes" },
	{ 545, "s.kelly", "counsellor@", TASK_RING, "Holloway", 900, false, true,
	  "Did not come: ring today" },
	{ 578, "r.adeyemi", "p.shah", TASK_MESSAGE, NULL, 0, false, false,
	  "I run ten minutes late, please tell the 10:20." },
};
enum { ASKED = sizeof asked / sizeof *asked };

static struct id person_of(const struct demo *d, const char *surname)
{
	for (int i = 0; surname && i < demo_ncast; i++)
		if (strcmp(demo_cast[i].surname, surname) == 0)
			return d->people.v[i].id;
	return (struct id){ 0 };
}

static int ask_one(struct demo *d, int i, struct err *err)
{
	struct task_ask ask = { .kind = asked[i].kind, .text = asked[i].text };
	struct date day = { d->today.n + asked[i].tomorrow };
	char to[CODE_TEXT + 8];

	demo_clock(d, d->today, asked[i].minute);
	if (demo_sit(d, asked[i].by, err) < 0)
		return -1;
	snprintf(to, sizeof to, "%s%s", asked[i].to, strchr(asked[i].to, '@') ? "all" : "");
	ask.person = person_of(d, asked[i].surname);
	ask.due = wall_moment(day, asked[i].due ? asked[i].due : asked[i].minute);
	if (asked[i].private_)
		ask.service = d->services[COUNS];
	if (task_for_parse(&d->desk, to, &ask.to, err) < 0)
		return -1;
	/* Reception's are of the first site, where the pictures are taken. */
	if (strncmp(to, "reception", 9) == 0)
		ask.to.site = d->places[0].id;
	return task_add(&d->desk, &ask, NULL, err);
}

int demo_tasks(struct demo *d, int minute, struct err *err)
{
	while (d->asked < ASKED && asked[d->asked].minute <= minute)
		if (ask_one(d, d->asked++, err) < 0)
			return -1;
	return 0;
}
