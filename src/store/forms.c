/* forms.c: the rows of `form_version`, `answer` and `answer_score`. */
#include "store/forms.h"

#include "base/alloc.h"
#include "store/row.h"

#define KEPT "SELECT id, version, hash, text FROM form_version WHERE form = :form"

static int one_kept(struct row *row, struct form_kept *ret, struct err *err)
{
	struct form_kept kept = { 0 };

	while (row_next(row)) {
		kept.id = get_id(row);
		kept.version = (int)get_int(row);
		get_text(row, kept.hash, sizeof kept.hash);
		kept.text = mem_str(get_str(row));
	}
	if (row_done(row, err) < 0) {
		mem_free(kept.text);
		return -1;
	}
	*ret = kept;
	return 0;
}

int form_newest(struct store *st, const char *form, struct form_kept *ret, struct err *err)
{
	static const struct query NEWEST = { "form.newest",
					     KEPT " ORDER BY version DESC, used_at, id LIMIT 1" };
	struct row row = query(st, &NEWEST);

	bind_text(&row, ":form", form);
	return one_kept(&row, ret, err);
}

int form_of_version(struct store *st, const char *form, int version, struct form_kept *ret,
		    struct err *err)
{
	static const struct query VERSION = {
		"form.version", KEPT " AND version = :version ORDER BY used_at, id LIMIT 1"
	};
	struct row row = query(st, &VERSION);

	bind_text(&row, ":form", form);
	bind_int(&row, ":version", version);
	return one_kept(&row, ret, err);
}

int form_worded(struct store *st, const char *form, int version, const char *hash,
		struct form_kept *ret, struct err *err)
{
	static const struct query WORDED = {
		"form.worded", KEPT " AND version = :version AND hash = :hash ORDER BY id LIMIT 1"
	};
	struct row row = query(st, &WORDED);

	bind_text(&row, ":form", form);
	bind_int(&row, ":version", version);
	bind_text(&row, ":hash", hash);
	return one_kept(&row, ret, err);
}

/* ---- answers ---- */

#define ANSWER                                                                                     \
	"SELECT id, person, subject, service, filled_by, form, hash, about, version, clinical,"    \
	" given, acted, filled_at, state FROM answer"

static int read_answers(struct row *row, struct answer_rows *ret, struct err *err)
{
	while (row_next(row)) {
		struct answer_row *a = list_push(ret);

		a->id = get_id(row);
		a->person = get_id(row);
		a->subject = get_id(row);
		a->service = get_id(row);
		a->by = get_id(row);
		get_text(row, a->form, sizeof a->form);
		get_text(row, a->hash, sizeof a->hash);
		get_text(row, a->about, sizeof a->about);
		a->version = (int)get_int(row);
		a->clinical = get_bool(row);
		a->given = mem_str(get_str(row));
		a->acted = get_int(row);
		a->at = get_moment(row);
		get_text(row, a->state, sizeof a->state);
	}
	return row_done(row, err);
}

int answers_of_person(struct store *st, struct id person, struct answer_rows *ret, struct err *err)
{
	static const struct query OF = { "answers.person",
					 ANSWER " WHERE person = :person ORDER BY id DESC" };
	struct row row = query(st, &OF);

	bind_id(&row, ":person", person);
	return read_answers(&row, ret, err);
}

int answers_about(struct store *st, struct id subject, struct answer_rows *ret, struct err *err)
{
	static const struct query ABOUT = { "answers.about",
					    ANSWER " WHERE subject = :subject ORDER BY id DESC" };
	struct row row = query(st, &ABOUT);

	bind_id(&row, ":subject", subject);
	return read_answers(&row, ret, err);
}

int scores_of(struct store *st, struct id answer, struct score_rows *ret, struct err *err)
{
	static const struct query SCORES = { "answers.scores",
					     "SELECT name, band, value FROM answer_score"
					     " WHERE answer = :answer ORDER BY id" };
	struct row row = query(st, &SCORES);

	bind_id(&row, ":answer", answer);
	while (row_next(&row)) {
		struct score_row *s = list_push(ret);

		get_text(&row, s->name, sizeof s->name);
		get_text(&row, s->band, sizeof s->band);
		s->value = (int)get_int(&row);
	}
	return row_done(&row, err);
}

/* ---- in a run ---- */

void form_put(struct txn *t, const struct new_form *f)
{
	static const struct query PUT = {
		"form.put",
		"INSERT INTO form_version (id, form, version, hash, title, text, used_at, used_by)"
		" SELECT :id, :form, :version, :hash, :title, :text, :at, :by WHERE NOT EXISTS"
		" (SELECT 1 FROM form_version WHERE form = :form AND version = :version AND hash = :hash)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", f->id);
	bind_text(&row, ":form", f->form);
	bind_int(&row, ":version", f->version);
	bind_text(&row, ":hash", f->hash);
	bind_text(&row, ":title", f->title);
	bind_text(&row, ":text", f->text);
	bind_moment(&row, ":at", t->at);
	bind_id(&row, ":by", t->actor);
	txn_run(t, &row);
}

static void put_scores(struct txn *t, const struct filled *f, const char *scope)
{
	static const struct query PUT = {
		"answer.score", "INSERT INTO answer_score (id, scope, answer, name, value, band)"
				" VALUES (:id, :scope, :answer, :name, :value, :band)"
	};

	list_each (s, &f->scores) {
		struct row row;

		if (id_none(s->id) || !s->name)
			continue;
		row = query(t->store, &PUT);
		bind_id(&row, ":id", s->id);
		bind_text(&row, ":scope", scope);
		bind_id(&row, ":answer", f->id);
		bind_text(&row, ":name", s->name);
		bind_int(&row, ":value", s->value);
		bind_word(&row, ":band", s->band ? s->band : "");
		txn_run(t, &row);
	}
}

void filled_put(struct txn *t, const struct filleds *list, const char *scope)
{
	static const struct query PUT = {
		"answer.put",
		"INSERT INTO answer (id, scope, person, form, version, hash, about, subject, service,"
		" clinical, given, acted, filled_at, filled_by, state) VALUES (:id, :scope, :person,"
		" :form, :version, :hash, :about, :subject, :service, :clinical, :given, :acted, :at,"
		" :by, 'on')"
	};

	list_each (f, list) {
		struct row row;

		/* Of a command from elsewhere that says less than answers are, nothing can be kept.
		 */
		if (id_none(f->id) || id_none(f->person) || id_none(f->subject) || !f->form ||
		    !f->hash || !f->about || !f->given)
			continue;
		row = query(t->store, &PUT);
		bind_id(&row, ":id", f->id);
		bind_text(&row, ":scope", scope);
		bind_id(&row, ":person", f->person);
		bind_text(&row, ":form", f->form);
		bind_int(&row, ":version", f->version);
		bind_text(&row, ":hash", f->hash);
		bind_text(&row, ":about", f->about);
		bind_id(&row, ":subject", f->subject);
		bind_id(&row, ":service", f->service);
		bind_int(&row, ":clinical", f->clinical);
		bind_text(&row, ":given", f->given);
		bind_int(&row, ":acted", f->acted);
		bind_moment(&row, ":at", t->at);
		bind_id(&row, ":by", t->actor);
		txn_run(t, &row);
		put_scores(t, f, scope);
	}
}

static void set_state(struct txn *t, struct id answer, const char *state)
{
	static const struct query SET = { "answer.state",
					  "UPDATE answer SET state = :state WHERE id = :id" };
	struct row row = query(t->store, &SET);

	bind_text(&row, ":state", state);
	bind_id(&row, ":id", answer);
	txn_run(t, &row);
}

void filled_withdraw(struct txn *t, struct id answer)
{
	set_state(t, answer, "withdrawn");
}

void filled_restore(struct txn *t, struct id answer)
{
	set_state(t, answer, "on");
}
