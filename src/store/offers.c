/* offers.c: what was offered for an episode, in the order in which it was said. */
#include "store/offers.h"

#include "base/alloc.h"
#include "store/row.h"

int offers_of(struct store *st, struct id episode, struct offers_made *ret, struct err *err)
{
	static const struct query OF = {
		"offers.of",
		"SELECT o.id, o.site, o.clinician, o.appt, o.starts, o.at, o.mode, o.became,"
		" u.name FROM offer o LEFT JOIN user u ON u.id = o.user"
		" LEFT JOIN appointment a ON a.id = o.appt"
		" WHERE o.episode = :episode AND a.cancelled_by IS NOT 'error'"
		" ORDER BY o.at, o.id"
	};
	struct row row = query(st, &OF);
	char word[CODE_TEXT];

	bind_id(&row, ":episode", episode);
	while (row_next(&row)) {
		struct offer_made *o = list_push(ret);

		o->id = get_id(&row);
		o->site = get_id(&row);
		o->clinician = get_id(&row);
		o->appt = get_id(&row);
		o->starts = get_moment(&row);
		o->at = get_moment(&row);
		get_text(&row, word, sizeof word);
		mode_parse(word, &o->mode);
		get_text(&row, word, sizeof word);
		offer_end_parse(word, &o->became);
		get_text(&row, o->user, sizeof o->user);
	}
	return row_done(&row, err);
}

void offer_put(struct txn *t, const char *scope, struct id episode, const struct offer_made *o)
{
	static const struct query PUT = {
		"offer.put",
		"INSERT INTO offer (id, scope, episode, site, clinician, starts, mode, at, user, became,"
		" appt) VALUES (:id, :scope, :episode, :site, :clinician, :starts, :mode, :at, :user,"
		" :became, :appt)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", o->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":episode", episode);
	bind_id(&row, ":site", o->site);
	bind_id(&row, ":clinician", o->clinician);
	bind_moment(&row, ":starts", o->starts);
	bind_text(&row, ":mode", mode_word(o->mode));
	bind_moment(&row, ":at", o->at);
	bind_id(&row, ":user", t->actor);
	bind_text(&row, ":became", offer_end_code(o->became));
	bind_id(&row, ":appt", o->appt);
	txn_run(t, &row);
}
