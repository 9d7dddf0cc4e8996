/* health.c: the parts of the line at sign-in. */
#include "clinic/health.h"

#include <stdio.h>
#include <string.h>

#include "clinic/forms.h"
#include "clinic/outbox.h"
#include "store/closings.h"
#include "store/health.h"
#include "store/messages.h"
#include "store/store.h"

/* How old a backup may be, and how long a message may wait. */
enum { BACKUP_DAYS = 2, STUCK_SECONDS = 3600 };

static struct health_part *part(struct health *h, const char *name, int64_t count)
{
	struct health_part *p = &h->v[h->n++];

	p->name = name;
	p->count = count;
	return p;
}

/* One that should be 0. */
static void none_of(struct health *h, const char *name, int64_t count, const char *one,
		    const char *several)
{
	struct health_part *p = part(h, name, count);

	p->amiss = count > 0;
	snprintf(p->text, sizeof p->text, "%lld %s", (long long)count, count == 1 ? one : several);
}

static int backup(struct desk *desk, struct health *h, struct err *err)
{
	struct moment at;
	struct health_part *p;
	char when[DAY_TEXT];
	int days = -1;

	if (backup_last(desk->store, &at, err) < 0)
		return -1;
	if (!moment_none(at))
		days = desk->today.n - moment_date(at).n;
	p = part(h, "backup", days);
	/* Nobody in a practice database would be missed. */
	p->amiss = !desk->practice && (moment_none(at) || days > BACKUP_DAYS);
	if (moment_none(at))
		snprintf(p->text, sizeof p->text, "no backup yet");
	else if (days == 0)
		snprintf(p->text, sizeof p->text, "last backup today %s",
			 minute_show(moment_minute(at), when));
	else
		snprintf(p->text, sizeof p->text, "last backup %d %s ago", days,
			 days == 1 ? "day" : "days");
	return 0;
}

int health_look(struct desk *desk, struct health *ret, struct err *err)
{
	struct health h = { .n = 0 };
	struct moment hour_ago = { desk->now.utc - STUCK_SECONDS };
	struct outbox_trouble out;
	int overlaps, orphans, unfinished, stuck, refused, unsigned_;

	if (health_overlaps(desk->store, &overlaps, err) < 0 ||
	    health_orphans(desk->store, desk->site.id, desk->today, &orphans, err) < 0 ||
	    health_unfinished(desk->store, desk->site.id, desk->today, &unfinished, err) < 0 ||
	    msgs_stuck(desk->store, hour_ago, &stuck, err) < 0 ||
	    outbox_trouble(desk, &out, err) < 0 || forms_amiss(desk, &refused, &unsigned_, err) < 0)
		return -1;
	none_of(&h, "overlaps", overlaps, "overlap", "overlaps");
	none_of(&h, "orphans", orphans, "orphan", "orphans");
	none_of(&h, "unfinished", unfinished, "row of an earlier day without an outcome",
		"rows of earlier days without an outcome");
	/* In a practice database nobody waits for them, and nothing sends them. */
	none_of(&h, "unsent", stuck, "message waits", "messages wait");
	h.v[h.n - 1].amiss = stuck > 0 && !desk->practice;
	none_of(&h, "dead", out.messages, "message did not go", "messages did not go");
	none_of(&h, "unprinted", out.prints, "list not printed", "lists not printed");
	none_of(&h, "forms", refused, "form file refused", "form files refused");
	none_of(&h, "unsigned", unsigned_, "form not signed off by a clinician",
		"forms not signed off by a clinician");
	/* For who can see to it; and nobody is treated by what a practice database says. */
	h.v[h.n - 1].amiss =
		unsigned_ > 0 && !desk->practice && desk->user.role == ROLE_ADMINISTRATOR;
	if (backup(desk, &h, err) < 0)
		return -1;
	for (int i = 0; i < h.n; i++)
		h.amiss = h.amiss || h.v[i].amiss;
	*ret = h;
	return 0;
}

char *health_line(const struct health *h, char buf[HEALTH_LINE])
{
	size_t n = 0;

	buf[0] = '\0';
	for (int i = 0; i < h->n && n < HEALTH_LINE; i++) {
		bool last = i == h->n - 1;

		if (h->v[i].amiss || last)
			n += (size_t)snprintf(buf + n, HEALTH_LINE - n, "%s%s%s", n ? ", " : "",
					      h->v[i].text, last ? "." : "");
	}
	return buf;
}
