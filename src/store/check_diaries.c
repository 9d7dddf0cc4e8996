/*
 * check_diaries.c: what always holds in published diaries: no clinician and no room at two things
 * at one time, and slots that say what their session says.
 *
 * Overlap is looked for in time, not in rows: nothing in the schema could forbid it.
 */
#include "store/diaries.h"

/* All that came before in time, as far as it may still last. */
#define BEFORE "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"

static const struct check checks[] = {
	{ "published over itself",
	  "SELECT 'Slot ' || id || ' of one clinician begins before another has ended.' FROM"
	  " (SELECT id, block, starts, lag(block) OVER w AS b, lag(starts) OVER w AS f,"
	  "  max(starts + mins * 60) OVER (PARTITION BY clinician ORDER BY starts, id " BEFORE
	  ") AS e"
	  "  FROM slot WHERE state <> 'withdrawn' OR appt IS NOT NULL"
	  "  WINDOW w AS (PARTITION BY clinician ORDER BY starts, id))"
	  /* places of a group stand at the same time in one block */
	  " WHERE e > starts AND NOT (b = block AND f = starts) LIMIT 20" },
	{ "room published twice",
	  "SELECT 'Slot ' || id || ' begins while another clinician has its room.' FROM"
	  " (SELECT s.id, s.starts, s.clinician, lag(s.clinician) OVER w AS c,"
	  "  lag(s.starts + s.mins * 60) OVER w AS e FROM block b JOIN slot s ON s.block = b.id"
	  "  WHERE b.room IS NOT NULL AND (s.state IN ('open', 'blocked') OR s.appt IS NOT NULL)"
	  "  WINDOW w AS (PARTITION BY b.room ORDER BY s.starts, s.id))"
	  " WHERE e > starts AND c <> clinician LIMIT 20" },
	{ "slot and session",
	  "SELECT 'Slot ' || s.id || ' differs from its session.' FROM slot s"
	  " JOIN block b ON b.id = s.block WHERE s.clinician <> b.clinician OR s.site <> b.site"
	  " OR s.service <> b.service OR s.day <> b.day"
	  " OR (b.state = 'withdrawn' AND s.state = 'open') LIMIT 20" },
	{ "slot words",
	  "SELECT 'Slot ' || id || ' has a length, kind or state that there is none.' FROM slot"
	  " WHERE mins NOT BETWEEN 5 AND 480"
	  " OR kind NOT IN ('NEW', 'FU', 'RAP', 'CATCHUP', 'LUNCH', 'ADMIN', 'BLOCK')"
	  " OR state NOT IN ('open', 'withdrawn', 'blocked', 'leave')"
	  " OR (release_at IS NOT NULL AND kind <> 'RAP') LIMIT 20" },
	{ "somebody in a break",
	  "SELECT 'Slot ' || id || ' cannot be booked and yet is.' FROM slot"
	  " WHERE appt IS NOT NULL AND kind NOT IN ('NEW', 'FU', 'RAP') LIMIT 20" },
	{ "open on leave",
	  "SELECT 'Slot ' || s.id || ' is open while its clinician is on leave.' FROM leave l"
	  " JOIN slot s ON s.clinician = l.clinician AND s.day BETWEEN l.from_day AND l.to_day"
	  " WHERE l.state = 'on' AND s.state = 'open' LIMIT 20" },
	{ "leave without leave",
	  "SELECT 'Slot ' || s.id || ' is on leave without any.' FROM slot s WHERE s.state = 'leave'"
	  " AND NOT EXISTS (SELECT 1 FROM leave l WHERE l.clinician = s.clinician"
	  "  AND s.day BETWEEN l.from_day AND l.to_day AND l.state = 'on') LIMIT 20" },
	{ "open and blocked",
	  "SELECT 'Slot ' || s.id || ' is open and its diary says blocked.' FROM blocked x"
	  " JOIN slot s ON s.id = x.slot WHERE x.state = 'on' AND s.state = 'open' LIMIT 20" },
	{ "blocked no more",
	  "SELECT 'Slot ' || s.id || ' is blocked and its diary says open.' FROM blocked x"
	  " JOIN slot s ON s.id = x.slot WHERE x.state = 'over' AND s.state = 'blocked' LIMIT 20" },
};

int check_diaries(struct store *st, check_found *found, void *ctx, struct err *err)
{
	return check_rows(st, checks, sizeof checks / sizeof *checks, found, ctx, err);
}
