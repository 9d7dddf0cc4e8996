/*
 * flag_limits.c: what open flags ask of a booking, whoever makes it and however.
 *
 * Each route asks here in its check: a booking, a move, what is taken back into a diary, an answer
 * to another node.  What two nodes did out of touch is found by the run, and left to a person.
 *
 * Words are for whoever sits there.  Reception knows of red flags; of any other it is told what
 * cannot be had, and not why.
 */
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/flag_acts.h"
#include "clinic/refs.h"
#include "store/slots.h"

/* Whether a flag that is open has this done; FLAG_STOPS counts red ones. */
static int any_does(struct desk *desk, struct id person, struct id service, const char *word,
		    bool *ret, bool *ret_red, struct err *err)
{
	struct flags open = { 0 };

	*ret = false;
	if (flags_open_of(desk->store, person, service, &open, err) < 0)
		return -1;
	list_each (f, &open) {
		*ret = *ret || flag_does(f, word);
		if (ret_red)
			*ret_red = *ret_red || f->kind == FLAG_RED;
	}
	list_free(&open);
	return 0;
}

int flag_stops(struct desk *desk, struct id person, struct id service, struct err *err)
{
	const struct service *s = ref_service(desk, service);
	bool red = false, stops;

	if (any_does(desk, person, service, FLAG_STOPS, &stops, &red, err) < 0)
		return -1;
	if (!stops)
		return 0;
	/* The desk of a private service is told the rule, and of no flag. */
	if (s && s->private_ && !desk_clinical(desk, service))
		return err_set(err, ERR_CLASH,
			       "Nothing is booked for them just now: ask their counsellor.");
	if (!red && !desk_clinical(desk, service))
		return err_set(err, ERR_CLASH, "Nothing is booked for them just now: ask a nurse.");
	return err_set(err, ERR_CLASH,
		       "A %s is open: nothing is booked until a clinician clears it.",
		       red ? "red flag" : "flag");
}

int flag_not_last(struct desk *desk, struct id person, struct id service, bool *ret,
		  struct err *err)
{
	return any_does(desk, person, service, FLAG_NOT_LAST, ret, NULL, err);
}

int last_of_day(struct desk *desk, struct id clinician, struct moment starts, int mins,
		struct err *err)
{
	const struct clinician *c = ref_clinician(desk, clinician);
	struct moment last;
	char when[DAY_TEXT];

	if (slots_last(desk->store, clinician, moment_date(starts), &last, err) < 0)
		return -1;
	if (moment_none(last) || starts.utc + (int64_t)mins * 60 <= last.utc)
		return 0;
	return err_input(err, "at", "%s is the last time of %s's day: choose an earlier one.",
			 moment_show(starts, when), c ? c->surname : "the clinician");
}

int flag_lets(struct desk *desk, const struct appt *a, struct err *err)
{
	bool not_last;

	if (flag_stops(desk, a->person, a->service, err) < 0 ||
	    flag_not_last(desk, a->person, a->service, &not_last, err) < 0)
		return -1;
	return not_last ? last_of_day(desk, a->clinician, a->starts, a->mins, err) : 0;
}

void flag_booked_over(struct txn *t, struct id person, struct id service, struct id appt)
{
	if (flag_stops_in(t, person, service))
		txn_overlap(t, "stopped", appt, (struct id){ 0 }, NOT_YET);
}
