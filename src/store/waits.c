/* waits.c: the rows of `wait`. */
#include "store/waits.h"

#include <string.h>

#include "base/alloc.h"
#include "store/row.h"

#define OWN                                                                                        \
	"w.id, w.person, w.episode, e.service, w.scope, w.clinician, w.sites, w.days, w.after,"    \
	" w.before, w.modes, w.notice, w.from_day, w.earlier, w.since, w.user, w.state,"           \
	" w.ended_at, w.ended_by, w.why"
#define COMING                                                                                     \
	"(SELECT a.id FROM booking b JOIN appointment a ON a.id = b.appt"                          \
	" WHERE b.episode = w.episode AND a.state IN ('T', 'B') ORDER BY a.starts, a.id LIMIT 1)"
#define HAD_FIRST                                                                                  \
	"EXISTS (SELECT 1 FROM booking b JOIN appointment a ON a.id = b.appt"                      \
	" WHERE b.episode = w.episode AND a.kind = 'NEW' AND a.state IN ('T', 'B', 'A', 'I', 'S'))"
#define WHO                                                                                        \
	OWN ", e.number, e.priority, e.received, e.target, e.customer, p.surname, p.given,"        \
	    " p.title, p.born, p.needs, p.status"
#define ROW                                                                                        \
	"SELECT " WHO ", " ON_LIST                                                                 \
	", n.id, n.starts, n.kind, n.mins, n.mode, n.id IS NULL AND " HAD_FIRST
#define ON_LIST "EXISTS (SELECT 1 FROM wait_list l WHERE l.wait = w.id)"
#define EPISODE " JOIN episode e ON e.id = w.episode "
#define PERSON	EPISODE "JOIN person p ON p.id = w.person "
#define JOINED	PERSON "LEFT JOIN appointment n ON n.id = " COMING

static void get_wait(struct row *row, struct wait *w)
{
	char state[CODE_TEXT];

	w->id = get_id(row);
	w->person = get_id(row);
	w->episode = get_id(row);
	w->service = get_id(row);
	get_text(row, w->scope, sizeof w->scope);
	w->wish.clinician = get_id(row);
	get_text(row, w->wish.sites, sizeof w->wish.sites);
	w->wish.days = (unsigned)get_int(row);
	w->wish.after = (int)get_int(row);
	w->wish.before = (int)get_int(row);
	w->wish.modes = (unsigned)get_int(row);
	w->wish.notice = (int)get_int(row);
	w->wish.from = get_date(row);
	w->wish.earlier = get_bool(row);
	w->since = get_moment(row);
	w->user = get_id(row);
	get_text(row, state, sizeof state);
	if (!wait_state_parse(state, &w->state))
		w->state = WAIT_OFF;
	w->ended_at = get_moment(row);
	w->ended_by = get_id(row);
	get_text(row, w->why, sizeof w->why);
}

static void get_who(struct row *row, struct wait_row *r)
{
	char word[CODE_TEXT];

	get_wait(row, &r->w);
	get_text(row, r->number, sizeof r->number);
	r->priority = (int)get_int(row);
	r->received = get_date(row);
	r->target = get_date(row);
	r->customer = get_id(row);
	get_text(row, r->surname, sizeof r->surname);
	get_text(row, r->given, sizeof r->given);
	get_text(row, r->title, sizeof r->title);
	r->born = get_date(row);
	r->needs = get_needs(row);
	get_text(row, word, sizeof word);
	r->gone = strcmp(word, "active") != 0;
	r->kind = APPT_NEW;
}

/* What is booked and to come. */
static void get_coming(struct row *row, struct wait_row *r)
{
	char word[CODE_TEXT];

	r->appt = get_id(row);
	r->starts = get_moment(row);
	get_text(row, word, sizeof word);
	if (!*word || !appt_kind_parse(word, &r->kind))
		r->kind = APPT_NEW;
	r->mins = (int)get_int(row);
	get_text(row, word, sizeof word);
	if (!*word || !mode_parse(word, &r->mode))
		r->mode = (enum mode)0;
}

static void get_wait_row(struct row *row, struct wait_row *r)
{
	get_who(row, r);
	r->on = get_bool(row);
	get_coming(row, r);
	if (get_bool(row))
		r->kind = APPT_FU;
}

int wait_get(struct store *st, struct id id, struct wait_row *ret, struct err *err)
{
	static const struct query GET = { "wait.get",
					  ROW " FROM wait w" JOINED " WHERE w.id = :id" };
	struct row row = query(st, &GET);
	struct wait_row found = { 0 };

	bind_id(&row, ":id", id);
	while (row_next(&row))
		get_wait_row(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.w.id))
		return err_set(err, ERR_MISSING, "That is not on the waiting list.");
	*ret = found;
	return 0;
}

int wait_of_episode(struct store *st, struct id episode, struct wait_row *ret, struct err *err)
{
	static const struct query OF = { "wait.of_episode",
					 ROW " FROM wait w" JOINED
					     " WHERE w.episode = :episode AND w.state = 'waiting'"
					     " ORDER BY w.id DESC LIMIT 1" };
	struct row row = query(st, &OF);
	struct wait_row found = { 0 };

	bind_id(&row, ":episode", episode);
	while (row_next(&row))
		get_wait_row(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

/* One walk over the appointments of all of them, in the order of the rows: the first that comes,
 * and whether the first attendance was. */
static int add_coming(struct store *st, struct id service, struct wait_rows *list, struct err *err)
{
	static const struct query ALL = {
		"wait.coming",
		"SELECT l.wait, a.state IN ('T', 'B'), a.id, a.starts, a.kind, a.mins, a.mode"
		" FROM wait_list l JOIN booking b ON b.episode = l.episode"
		" JOIN appointment a ON a.id = b.appt WHERE l.service = :service"
		" AND (a.state IN ('T', 'B') OR (a.kind = 'NEW' AND a.state IN ('A', 'I', 'S')))"
		" ORDER BY l.wait"
	};
	struct row row = query(st, &ALL);
	size_t at = 0;

	bind_id(&row, ":service", service);
	while (row_next(&row)) {
		struct wait_row coming = { 0 }, *r;
		struct id wait = get_id(&row);
		bool comes = get_bool(&row);

		get_coming(&row, &coming);
		while (at < list->n && list->v[at].w.id.n < wait.n)
			at++;
		if (at == list->n || !id_same(list->v[at].w.id, wait))
			continue;
		r = &list->v[at];
		if (!comes && id_none(r->appt)) {
			r->kind = APPT_FU;
		} else if (comes &&
			   (id_none(r->appt) || coming.starts.utc < r->starts.utc ||
			    (coming.starts.utc == r->starts.utc && coming.appt.n < r->appt.n))) {
			r->appt = coming.appt;
			r->starts = coming.starts;
			r->kind = coming.kind;
			r->mins = coming.mins;
			r->mode = coming.mode;
		}
	}
	return row_done(&row, err);
}

int waits_of(struct store *st, struct id service, int max, struct wait_rows *ret, struct err *err)
{
	static const struct query OF = { "wait.of", "SELECT " WHO " FROM wait_list l"
						    " JOIN wait w ON w.id = l.wait" PERSON
						    "WHERE l.service = :service"
						    " ORDER BY l.wait LIMIT :max" };
	struct row row = query(st, &OF);
	struct wait_rows list = { 0 };
	int rc;

	bind_id(&row, ":service", service);
	bind_int(&row, ":max", max);
	while (row_next(&row)) {
		struct wait_row *r = list_push(&list);

		get_who(&row, r);
		r->on = true;
	}
	rc = row_done(&row, err);
	if (rc == 0 && list.n)
		rc = add_coming(st, service, &list, err);
	if (rc == 0 && ret->n == 0) {
		struct wait_rows none = *ret;

		*ret = list;
		list = none;
	} else if (rc == 0) {
		list_each (r, &list)
			*(struct wait_row *)list_push(ret) = *r;
	}
	list_free(&list);
	return rc;
}

/* ---- tries ---- */

#define TRY                                                                                        \
	"t.id, t.wait, t.slot, t.scope, t.how, t.why, t.at, t.until, t.mins, t.user, t.answer, t.state"

static void get_try(struct row *row, struct wait_try *w)
{
	char word[CODE_TEXT];

	w->id = get_id(row);
	w->wait = get_id(row);
	w->slot = get_id(row);
	get_text(row, w->scope, sizeof w->scope);
	get_text(row, word, sizeof word);
	if (!wait_how_parse(word, &w->how))
		w->how = WAIT_NO_ANSWER;
	get_text(row, w->why, sizeof w->why);
	w->at = get_moment(row);
	w->until = get_moment(row);
	w->mins = (int)get_int(row);
	w->user = get_id(row);
	get_text(row, w->answer, sizeof w->answer);
	get_text(row, word, sizeof word);
	w->on = strcmp(word, "on") == 0;
}

int wait_tries_of(struct store *st, struct id slot, struct wait_tries *ret, struct err *err)
{
	static const struct query OF = { "wait_try.of_slot",
					 "SELECT " TRY " FROM wait_try t WHERE t.slot = :slot"
					 " AND t.state = 'on' ORDER BY t.id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":slot", slot);
	while (row_next(&row))
		get_try(&row, list_push(ret));
	return row_done(&row, err);
}

int wait_kept(struct store *st, struct moment now, struct id person, struct wait_tries *ret,
	      struct err *err)
{
	static const struct query KEPT = {
		"wait_try.kept", "SELECT " TRY " FROM wait_try t JOIN wait w ON w.id = t.wait"
				 " WHERE t.until > :now AND t.until IS NOT NULL"
				 " AND t.answer IS NULL AND t.state = 'on'"
				 " AND (w.person = :person OR :person IS NULL) ORDER BY t.id"
	};
	struct row row = query(st, &KEPT);

	bind_moment(&row, ":now", now);
	bind_id(&row, ":person", person);
	while (row_next(&row))
		get_try(&row, list_push(ret));
	return row_done(&row, err);
}

int people_busy(struct store *st, struct id site, struct moment starts, int mins, struct ids *ret,
		struct err *err)
{
	static const struct query BUSY = {
		"wait.busy",
		"SELECT b.person FROM appointment a JOIN booking b ON b.appt = a.id"
		" WHERE a.site = :site AND a.day = :day AND a.starts < :end"
		" AND a.starts + a.mins * 60 > :starts AND a.state IN ('T', 'B', 'A', 'I')"
	};
	struct row row = query(st, &BUSY);

	bind_id(&row, ":site", site);
	bind_date(&row, ":day", moment_date(starts));
	bind_moment(&row, ":starts", starts);
	bind_int(&row, ":end", starts.utc + (int64_t)mins * 60);
	while (row_next(&row))
		*list_push(ret) = get_id(&row);
	return row_done(&row, err);
}

/* ---- in a run ---- */

void wait_try_put(struct txn *t, const struct wait_try *w)
{
	static const struct query PUT = {
		"wait_try.put",
		"INSERT INTO wait_try (id, scope, wait, slot, at, user, how, why, until, mins, answer,"
		" state) VALUES (:id, :scope, :wait, :slot, :at, :user, :how, :why, :until, :mins, NULL,"
		" 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", w->id);
	bind_text(&row, ":scope", w->scope);
	bind_id(&row, ":wait", w->wait);
	bind_id(&row, ":slot", w->slot);
	bind_moment(&row, ":at", t->at);
	bind_id(&row, ":user", t->actor);
	bind_text(&row, ":how", wait_how_code(w->how));
	bind_word(&row, ":why", w->why);
	bind_moment(&row, ":until", w->until);
	bind_int(&row, ":mins", w->mins);
	txn_run(t, &row);
}

void wait_try_write(struct txn *t, const struct wait_try *w)
{
	static const struct query SET = {
		"wait_try.set",
		"UPDATE wait_try SET answer = :answer, state = :state WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_word(&row, ":answer", w->answer);
	bind_text(&row, ":state", w->on ? "on" : "off");
	bind_id(&row, ":id", w->id);
	txn_run(t, &row);
}

bool wait_try_read(struct txn *t, struct id id, struct wait_try *ret)
{
	static const struct query READ = { "wait_try.read",
					   "SELECT " TRY " FROM wait_try t WHERE t.id = :id" };
	struct row row;
	bool there = false;

	if (txn_failed(t))
		return false;
	row = query(t->store, &READ);
	bind_id(&row, ":id", id);
	while (row_next(&row)) {
		get_try(&row, ret);
		there = true;
	}
	txn_done(t, &row);
	return there && !txn_failed(t);
}

static void bind_wish(struct row *row, const struct wait *w)
{
	bind_id(row, ":clinician", w->wish.clinician);
	bind_text(row, ":sites", w->wish.sites);
	bind_int(row, ":days", w->wish.days);
	bind_int(row, ":after", w->wish.after);
	bind_int(row, ":before", w->wish.before);
	bind_int(row, ":modes", w->wish.modes);
	bind_int(row, ":notice", w->wish.notice);
	bind_date(row, ":from_day", w->wish.from);
	bind_int(row, ":earlier", w->wish.earlier);
	bind_text(row, ":state", wait_state_code(w->state));
	bind_moment(row, ":ended_at", w->ended_at);
	bind_id(row, ":ended_by", w->ended_by);
	bind_word(row, ":why", w->why);
	bind_id(row, ":id", w->id);
}

void wait_put(struct txn *t, const struct wait *w)
{
	static const struct query PUT = {
		"wait.put",
		"INSERT INTO wait (id, scope, person, episode, clinician, sites, days, after,"
		" before, modes, notice, from_day, earlier, since, user, state, ended_at, ended_by, why)"
		" VALUES (:id, :scope, :person, :episode, :clinician, :sites, :days, :after,"
		" :before, :modes, :notice, :from_day, :earlier, :since, :user, :state, :ended_at,"
		" :ended_by, :why)"
	};
	struct row row = query(t->store, &PUT);

	bind_text(&row, ":scope", w->scope);
	bind_id(&row, ":person", w->person);
	bind_id(&row, ":episode", w->episode);
	bind_moment(&row, ":since", w->since);
	bind_id(&row, ":user", w->user);
	bind_wish(&row, w);
	txn_run(t, &row);
}

void wait_write(struct txn *t, const struct wait *w)
{
	static const struct query SET = {
		"wait.set",
		"UPDATE wait SET clinician = :clinician, sites = :sites, days = :days, after = :after,"
		" before = :before, modes = :modes, notice = :notice, from_day = :from_day,"
		" earlier = :earlier, since = :since, state = :state, ended_at = :ended_at, ended_by = :ended_by,"
		" why = :why WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_moment(&row, ":since", w->since);
	bind_wish(&row, w);
	txn_run(t, &row);
}

bool wait_read(struct txn *t, struct id id, struct wait *ret)
{
	static const struct query READ = { "wait.read", "SELECT " OWN " FROM wait w" EPISODE
							"WHERE w.id = :id" };
	struct row row;
	bool there = false;

	if (txn_failed(t))
		return false;
	row = query(t->store, &READ);
	bind_id(&row, ":id", id);
	while (row_next(&row)) {
		get_wait(&row, ret);
		there = true;
	}
	txn_done(t, &row);
	return there && !txn_failed(t);
}

void wait_once(struct txn *t, const struct wait *w)
{
	static const struct query ONCE = {
		"wait.once", "UPDATE wait SET state = 'removed', ended_at = :at, ended_by = :user,"
			     " why = 'was put on the list twice'"
			     " WHERE episode = :episode AND state = 'waiting' AND id <> :id"
	};
	struct row row = query(t->store, &ONCE);

	bind_moment(&row, ":at", t->at);
	bind_id(&row, ":user", t->actor);
	bind_id(&row, ":episode", w->episode);
	bind_id(&row, ":id", w->id);
	txn_run(t, &row);
}
