/*
 * intake_park.c: a referral that was begun and not saved: its answers, and where its user was.
 *
 * The form goes on in the words that it was begun in.  Half an hour after it was begun a nurse
 * finds it among her own, whoever began it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "open.h"
#include "parking.h"
#include "taking.h"

static void put_number(struct parcel *p, const char *name, long long n)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", n);
	parcel_put(p, name, text);
}

static long long get_number(const struct parcel *p, const char *name)
{
	long long n = 0;

	return sscanf(parcel_get(p, name), "%lld", &n) == 1 ? n : 0;
}

static size_t add(char *buf, size_t n, size_t at, const char *between, const char *words)
{
	return at < n ? at + (size_t)snprintf(buf + at, n - at, "%s%s", between, words) : at;
}

/* Of a step: how many questions, of them how many answered; its first page. */
static const struct page *step_sum(const struct taking *t, int step, int *ret_n, int *ret_done)
{
	const struct paper *paper = &t->found.paper;
	const struct page *first = NULL;

	*ret_n = *ret_done = 0;
	for (size_t q = 0; q < paper->items.n; q++) {
		const struct page *p = &paper->pages.v[paper->items.v[q].page];

		if (p->step != step || !t->v.j.shown[q])
			continue;
		first = first ? first : p;
		++*ret_n;
		*ret_done += t->v.a.v[q] != NULL;
	}
	return first;
}

/* "Filled in: where, since, how, pain, 3 of 7 Safety." */
static void say_filled(const struct taking *t, char *buf, size_t size)
{
	const struct paper *paper = &t->found.paper;
	size_t at = add(buf, size, 0, "", "Filled in:");
	char words[120];
	int n, done, said = 0;

	for (size_t q = 0; q < paper->items.n; q++)
		if (paper->pages.v[paper->items.v[q].page].step == 1 && t->v.a.v[q] && said < 6)
			at = add(buf, size, at, said++ ? ", " : " ", paper->items.v[q].name);
	for (int step = 2; step <= paper->steps; step++) {
		const struct page *p = step_sum(t, step, &n, &done);

		if (!p || !done)
			continue;
		snprintf(words, sizeof words, "%d of %d %.80s", done, n, p->title);
		at = add(buf, size, at, said++ ? ", " : " ", words);
	}
	add(buf, size, at, said ? "" : " nothing yet", ".");
	text_whole(buf);
	for (char *p = buf; *p; p++)
		if (*p == '_')
			*p = ' ';
}

static int question_of(const struct taking *t)
{
	const struct paper *paper = &t->found.paper;
	int step = paper->pages.v[paper->items.v[t->v.at].page].step, n = 0;

	for (int q = 0; q <= t->v.at; q++)
		n += t->v.j.shown[q] && paper->pages.v[paper->items.v[q].page].step == step;
	return n;
}

bool taking_park(const struct ui *ui, const void *state, struct parked *ret, struct parcel *texts)
{
	const struct taking *t = state;
	const struct paper *paper = &t->found.paper;
	const struct service *s = ref_service(ui->desk, t->service);
	struct buf given = { 0 };

	if (!t->open || t->saved || !t->v.dirty)
		return false;
	ret->person = t->person;
	ret->private_ = s && s->private_;
	ret->service = t->service;
	ret->due = (struct moment){ t->begun.utc + UNFINISHED_SECONDS };
	snprintf(ret->who, sizeof ret->who, "%s", t->who.name);
	snprintf(ret->what, sizeof ret->what, "New referral");
	snprintf(ret->place, sizeof ret->place, "step %d, question %d",
		 paper->pages.v[paper->items.v[t->v.at].page].step, question_of(t));
	/* On a shared list a private one says nothing of what was told. */
	if (!ret->private_)
		say_filled(t, ret->note, sizeof ret->note);
	answers_write(paper, &t->v.a, NULL, &given);
	parcel_put(texts, "given", given.s ? given.s : "");
	buf_done(&given);
	if (t->v.form.dirty)
		parcel_put(texts, "typed", form_text(&t->v.form, paper->items.v[t->v.at].name));
	parcel_put(texts, "at", paper->items.v[t->v.at].name);
	parcel_put(texts, "form", paper->id);
	put_number(texts, "version", paper->version);
	parcel_put(texts, "hash", t->found.hash);
	put_number(texts, "acted", (long long)(t->v.a.acted & ~t->v.fresh));
	parcel_put_id(texts, "service", t->service);
	parcel_put_id(texts, "referral", t->referral);
	put_number(texts, "begun", (long long)t->begun.utc);
	put_number(texts, "received", (long long)t->received.utc);
	parcel_put(texts, "anew", t->anew ? "yes" : "");
	return true;
}

static int worded(struct ui *ui, struct taking *t, const struct parcel *texts, struct answers *a,
		  struct err *err)
{
	struct form_found f = { .origin = FORM_KEPT, .serves = true, .kept = true };

	COPY(f.name, parcel_get(texts, "form"));
	COPY(f.hash, parcel_get(texts, "hash"));
	if (forms_of_answer(ui->desk, f.name, (int)get_number(texts, "version"), f.hash, &f.paper,
			    err) < 0)
		return -1;
	if (answers_take(&f.paper, parcel_get(texts, "given"), a, err) < 0) {
		form_end(&f.paper);
		return -1;
	}
	a->acted = (uint64_t)get_number(texts, "acted");
	t->found = f;
	return 0;
}

/* What was typed stands in its field again, and the cursor behind it. */
static void put_back(struct taking *t, const struct parcel *texts)
{
	const char *at = parcel_get(texts, "at");
	struct form *form;

	formview_focus(&t->v, at);
	form = formview_form(&t->v);
	if (form && parcel_has(texts, "typed")) {
		form_set(form, at, parcel_get(texts, "typed"));
		form->dirty = true;
		formview_typed(&t->v);
	}
	t->v.dirty = true;
}

enum next taking_resume(struct ui *ui, const struct parked *was, const struct parcel *texts)
{
	struct taking t = { .person = was->person, .service = parcel_get_id(texts, "service") };
	struct answers a = { 0 };
	struct err err = ERR_INIT;
	struct taking *to;
	struct referral_row r;

	if (worded(ui, &t, texts, &a, &err) < 0)
		return ui_fail(ui, &err);
	t.referral = parcel_get_id(texts, "referral");
	if (!id_none(t.referral) && referral_one(ui->desk, t.referral, &r, NULL) == 0)
		COPY(t.number, r.r.number);
	t.begun.utc = get_number(texts, "begun");
	t.received.utc = get_number(texts, "received");
	t.anew = *parcel_get(texts, "anew");
	to = ui_push(ui, &screen_intake);
	*to = t;
	to->open = true;
	formview_open(&to->v, &to->found.paper, ui->now);
	if (taking_begin(ui, to, &err) < 0)
		ui_fail(ui, &err);
	formview_resume(&to->v, &a);
	put_back(to, texts);
	return STAY;
}
