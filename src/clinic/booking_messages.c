/*
 * booking_messages.c: what booking, moving, cancelling and taking back say to the person.
 *
 * Who walks in is there and needs no word; what was entered in error, and what is taken back, is
 * told only to whom it was told otherwise.
 */
#include <string.h>

#include "clinic/booking_acts.h"

int book_tell(struct desk *desk, struct book *b, struct err *err)
{
	struct appt is = { .id = b->appt,
			   .site = b->site,
			   .room = b->room,
			   .service = b->service,
			   .clinician = b->clinician,
			   .starts = b->starts,
			   .mins = (int)b->mins };
	struct news news = { .person = b->person, .is = &is, .asked = !b->held };

	mode_parse(b->mode, &is.mode);
	return b->running || b->quiet ? 0 : telling_news(desk, &news, &b->tell, err);
}

int move_tell(struct desk *desk, struct move *m, const struct appt *was, struct err *err)
{
	struct appt is = *was, before = *was;
	struct news news = { .person = was->person,
			     .was = &before,
			     .is = &is,
			     .by_service = strcmp(m->by, cancel_by_word(CANCEL_SERVICE)) == 0,
			     .asked = !m->held };

	if (!id_none(m->next))
		is.id = m->next;
	/* The old time stands until the new one is confirmed, and so does what was said of it. */
	if (!id_none(m->next) && !m->held)
		before.id = m->next;
	is.site = m->site;
	is.room = m->room;
	is.clinician = m->clinician;
	is.starts = m->starts;
	is.mins = (int)m->mins;
	if (m->mode)
		mode_parse(m->mode, &is.mode);
	return telling_news(desk, &news, &m->tell, err);
}

int cancel_tell(struct desk *desk, struct cancel *c, const struct appt *was, struct err *err)
{
	struct news news = { .person = was->person, .was = was };
	enum cancel_by by = CANCEL_NOT;

	cancel_by_parse(c->by, &by);
	news.by_service = by != CANCEL_PERSON;
	return by == CANCEL_ERROR ? telling_right(desk, &news, &c->tell, err)
				  : telling_news(desk, &news, &c->tell, err);
}

/* Back to how it stood: an arrival taken back is no news to anybody. */
int restore_tell(struct desk *desk, struct restore *w, const struct appt *now, struct err *err)
{
	struct appt is = *now;
	enum appt_state to = APPT_DECLINED;
	bool will, does = appt_live(now->state);
	struct news news = { .person = now->person, .was = now, .by_service = true };

	appt_state_parse(w->state, &to);
	will = appt_live(to);
	news.asked = to == APPT_REQUESTED || !w->held;
	is.site = w->site;
	is.room = w->room;
	is.clinician = w->clinician;
	is.starts = w->starts;
	is.mins = (int)w->mins;
	mode_parse(w->mode, &is.mode);
	if (will && does && is.mode != now->mode && !id_none(now->person)) {
		news.is = &is;
		return telling_news(desk, &news, &w->tell, err);
	}
	if (id_none(now->person) ||
	    (will == does && w->starts.utc == now->starts.utc && id_same(w->site, now->site)))
		return 0;
	if (will)
		news.is = &is;
	return telling_right(desk, &news, &w->tell, err);
}
