/* free_walk.c: the walks along the indexes of what is free, read in pieces and merged. */
#include "clinic/free_walk.h"

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"

enum {
	PIECE_FIRST = 64, /* slots read at once: few at first, for the usual search ends there */
	PIECE_ONE = 8,	  /* ... of each of several clinicians */
	PIECE_MOST = 1024,
};

bool free_walk_meets(const struct search *s, const struct clinician *c)
{
	return (!s->gender || c->gender == s->gender) &&
	       (!*s->skill || words_have(c->skills, s->skill));
}

static void add_stream(struct free_walk *w, const struct search *s, struct id clinician, int ask)
{
	struct free_stream *f = list_push(w);

	f->at = (struct slots_walk){
		.service = s->service, .site = s->site, .clinician = clinician, .from = s->from
	};
	if (!date_none(s->by))
		f->at.until = wall_moment((struct date){ s->by.n + 1 }, 0);
	f->ask = ask;
	f->more = true;
}

void free_walk_begin(struct free_walk *w, struct desk *desk, const struct search *s)
{
	*w = (struct free_walk){ .desk = desk };
	if (!id_none(s->clinician) || (!s->gender && !*s->skill)) {
		add_stream(w, s, s->clinician, PIECE_FIRST);
		return;
	}
	list_each (c, &desk->refs->clinicians)
		if (c->on && free_walk_meets(s, c))
			add_stream(w, s, c->id, PIECE_ONE);
}

static int fill(struct free_walk *w, struct free_stream *f, struct err *err)
{
	const struct slot *last;

	f->piece.n = f->next = 0;
	if (slots_free(w->desk->store, &f->at, f->ask, &f->piece, err) < 0)
		return -1;
	f->more = f->piece.n == (size_t)f->ask;
	f->ask = f->ask * 2 < PIECE_MOST ? f->ask * 2 : PIECE_MOST;
	if (!f->piece.n)
		return 0;
	last = &f->piece.v[f->piece.n - 1];
	f->at.from = last->starts;
	f->at.after = last->id;
	return 0;
}

static bool comes_before(const struct slot *a, const struct slot *b)
{
	return a->starts.utc != b->starts.utc ? a->starts.utc < b->starts.utc : a->id.n < b->id.n;
}

int free_walk_next(struct free_walk *w, const struct slot **ret, struct err *err)
{
	struct free_stream *first = NULL;

	list_each (f, w) {
		if (f->next == f->piece.n && f->more && fill(w, f, err) < 0)
			return -1;
		if (f->next < f->piece.n &&
		    (!first || comes_before(&f->piece.v[f->next], &first->piece.v[first->next])))
			first = f;
	}
	*ret = first ? &first->piece.v[first->next++] : NULL;
	return 0;
}

void free_walk_end(struct free_walk *w)
{
	list_each (f, w)
		list_free(&f->piece);
	list_free(w);
}
