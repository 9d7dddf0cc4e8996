/* diaries.c: templates and published slots for tests of rules. */
#include "diaries.h"

#include <check.h>
#include <stdio.h>

#include "base/alloc.h"
#include "store/slots.h"

struct date day_of(int y, int m, int d)
{
	struct date day;

	ck_assert(date_from_ymd(y, m, d, &day));
	return day;
}

struct moment at_of(int y, int m, int d, int hour, int minute)
{
	return wall_moment(day_of(y, m, d), hour * 60 + minute);
}

struct id a_template(struct clinic *c, const char *clinician, const char *site, const char *room,
		     const char *service, int weekday, const char *pattern)
{
	struct template want = { .clinician = clinic_clinician(c, clinician),
				 .site = clinic_site(c, site),
				 .service = clinic_service(c, service),
				 .weekday = weekday,
				 .from = c->desk.today,
				 .to = DATE_NONE };
	const struct room *r = NULL;
	struct err err = ERR_INIT;
	struct id id;

	if (*room) {
		ck_ok(find_room(&c->desk, want.site, room, &r, &err), err);
		want.room = r->id;
	}
	snprintf(want.pattern, sizeof want.pattern, "%s", pattern);
	ck_ok(template_add(&c->desk, &want, &id, &err), err);
	return id;
}

struct published publish_all(struct clinic *c, struct id template)
{
	struct published done;
	struct err err = ERR_INIT;

	ck_ok(template_publish(&c->desk, template, DATE_NONE, DATE_NONE, &done, &err), err);
	return done;
}

void a_diary(struct clinic *c, const char *clinician, const char *site, const char *room,
	     const char *service, const char *pattern)
{
	for (int weekday = 0; weekday < 5; weekday++)
		publish_all(c, a_template(c, clinician, site, room, service, weekday, pattern));
}

struct id slot_at(struct clinic *c, const char *clinician, struct moment at)
{
	struct slots list = { 0 };
	struct err err = ERR_INIT;
	struct id found = { 0 };

	ck_ok(slots_of_day(c->store, clinic_clinician(c, clinician), moment_date(at),
			   moment_date(at), &list, &err),
	      err);
	list_each (s, &list)
		if (s->starts.utc == at.utc && s->state != SLOT_WITHDRAWN)
			found = s->id;
	list_free(&list);
	ck_assert_msg(!id_none(found), "%s has no slot then", clinician);
	return found;
}
