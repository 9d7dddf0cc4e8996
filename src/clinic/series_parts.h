/* series_parts.h: what the files of a course of sessions share (private to the clinic). */
#ifndef CLINIC_SERIES_PARTS_H
#define CLINIC_SERIES_PARTS_H

#include "clinic/booking_acts.h"
#include "clinic/series.h"
#include "model/slot.h"
#include "store/people.h"

/* ---- series_fit.c: a place in one week ---- */

struct seek {
	struct desk *desk;
	const struct series *s;
	const struct service *service;
	const struct clinician *clinician;
	struct client who;
	struct search wish;    /* its kind and external */
	enum mode mode;	       /* how they are to meet, if that can be had */
	struct ids moving;     /* appointments that are planned anew: their slots are free */
	struct slots week;     /* of the clinician, Monday to Sunday */
	char why[SERIES_NOTE]; /* why the last time that was tried would not do */
};
int seek_begin(struct desk *desk, const struct series *s, struct seek *ret, struct err *err);
void seek_end(struct seek *k);

/* Its kind: the first of an episode is new. */
void seek_kind(struct seek *k, bool first);

/* Does it fit there?  *ret_fits false: k->why says why not; else the row has its place.  room:
 * there and nowhere else; none: one that does.  keep_mode: not by another way for want of a room.
 */
struct spot {
	struct moment starts;
	enum mode mode;
	struct id room;
	bool keep_mode;
};
int seek_spot(struct seek *k, const struct spot *want, struct series_row *row, bool *ret_fits,
	      struct err *err);

/* The week of a day: the wished time of it or what is nearest, with what was missed on the row.
 * False in *ret_found: the row says why there is none. */
int seek_week(struct seek *k, struct date wished, struct series_row *row, bool *ret_found,
	      struct err *err);
/* Reads the slots of that week. */
int seek_load(struct seek *k, struct date day, struct err *err);

#endif
