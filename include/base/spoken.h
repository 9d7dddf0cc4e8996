/*
 * spoken.h: days and times as a person says them down the telephone.
 *
 * "Friday the 13th of March", "twenty past eleven".  Clinics are open by day, so hours are said as
 * on a clock's face; before seven and from six in the evening on, the part of the day is said too.
 */
#ifndef BASE_SPOKEN_H
#define BASE_SPOKEN_H

#include "base/day.h"

enum { SPOKEN_TEXT = 64 };

/* Each fills buf and returns it; "" for a day that is none or a minute that is not of a day. */
char *spoken_day(struct date d, char buf[SPOKEN_TEXT]);
char *spoken_time(int minute, char buf[SPOKEN_TEXT]);

#endif
