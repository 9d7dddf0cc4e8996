/*
 * booked.h: people and a published day for tests of booking, put straight into the database.
 *
 * On Thu 12-Mar-2026 and the Thursday after: Marsh (PHYSIO, Northgate, room NGT-1) 10:00 NEW 40,
 * 10:40 FU 20 x3, 11:40 CATCHUP 20, 12:00 RAP 40 (opens to all 24 hours before), 12:40 NEW 40; Obi
 * (PHYSIO, Harbour, HBR-1) 10:00 FU 20 x3, 14:00 NEW 40; Adeyemi (OHN, Northgate, NGT-2) 10:00 NEW
 * 30 x2; Kelly (COUNS, Northgate, no room) 10:00 NEW 60 x2.
 */
#ifndef SUPPORT_BOOKED_H
#define SUPPORT_BOOKED_H

#include "base/id.h"
#include "clinic.h"

struct booked {
	struct clinic c;
	struct id okafor, ellis, webb, kestrel; /* kestrel works for the external customer */
	struct id physio, ohn, couns, marsh, obi, adeyemi, kelly, ngt, hbr;
};
void booked_open(struct booked *b);
void booked_close(struct booked *b); /* store check finds nothing */

/* A moment on the wall of this Thursday, and of the one after. */
struct moment thu(int hour, int minute);
struct moment next_thu(int hour, int minute);

/* Runs SQL by a connection of its own. */
void booked_sql(struct booked *b, const char *sql);
/* One text out of the database; the caller frees. */
char *booked_text(struct booked *b, const char *sql);

#endif
