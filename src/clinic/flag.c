/* flag.c: who sees which flags, and what stands in the way while one is open. */
#include "clinic/flag_acts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "model/person.h"
#include "store/flags.h"
#include "store/people.h"
#include "store/users.h"

/* ---- who sees which ---- */

bool desk_clinical(const struct desk *desk, struct id service)
{
	const struct service *s = ref_service(desk, service);

	return desk->user.role & TRIAGE_ROLES && s && desk_sees(desk, s);
}

bool flag_seen(const struct desk *desk, const struct flag *f)
{
	const struct service *s = ref_service(desk, f->service);

	if (desk_clinical(desk, f->service))
		return true;
	/* A private service's own desk sees times and rules, never a flag. */
	return desk->user.role == ROLE_RECEPTION && f->kind == FLAG_RED && s && !s->private_;
}

bool flag_known(const struct desk *desk, const struct flag *f)
{
	return flag_seen(desk, f) || id_same(desk->user.id, f->raised_by);
}

char *clinical_words(const char *typed, const char *what, struct err *err)
{
	const char *why = NULL;
	char *clean;

	if (!typed || !*typed)
		return NULL;
	clean = text_clean(typed, CLINICAL_TEXT / 4, &why);
	if (clean && *clean && strlen(clean) < CLINICAL_TEXT)
		return clean;
	if (!clean || *clean)
		err_input(err, what, "The words are refused: %s.",
			  clean ? "they are too long" : why);
	mem_free(clean);
	return NULL;
}

int flag_letters(struct desk *desk, struct id person, struct id service,
		 char ret[FLAG_KIND_COUNT + 1], struct err *err)
{
	struct flags open = { 0 };
	size_t n = 0;

	ret[0] = '\0';
	if (!(desk->user.role & ROLE_DESK) || id_none(person))
		return 0;
	if (flags_open_of(desk->store, person, service, &open, err) < 0)
		return -1;
	list_each (f, &open)
		if (flag_seen(desk, f) && !strchr(ret, flag_letter(f->kind))) {
			ret[n++] = flag_letter(f->kind);
			ret[n] = '\0';
		}
	list_free(&open);
	return 0;
}

/* ---- lists ---- */

static int name_raisers(struct desk *desk, struct flag_rows *rows, struct err *err)
{
	list_each (r, rows) {
		struct user u = { 0 };

		if (users_by_id(desk->store, r->f.raised_by, &u, err) < 0)
			return -1;
		COPY(r->by, u.name);
		user_done(&u);
	}
	return 0;
}

/* What is due first is on top; who was spoken to comes behind who was not. */
static int by_due(const void *x, const void *y)
{
	const struct flag *a = &((const struct flag_row *)x)->f,
			  *b = &((const struct flag_row *)y)->f;

	if (a->spoke != b->spoke)
		return a->spoke ? 1 : -1;
	if (a->next_at.utc != b->next_at.utc)
		return a->next_at.utc < b->next_at.utc ? -1 : 1;
	return a->id.n < b->id.n ? -1 : a->id.n > b->id.n;
}

static int add_row(struct desk *desk, const struct flag *f, struct flag_rows *ret, struct err *err)
{
	struct flag_row *r;
	struct person p;

	if (people_get(desk->store, f->person, &p, err) < 0)
		return -1;
	r = list_push(ret);
	r->f = *f;
	COPY(r->surname, p.surname);
	COPY(r->given, p.given);
	COPY(r->title, p.title);
	r->born = p.born;
	if (!desk_clinical(desk, f->service))
		r->f.words[0] = r->f.why[0] = '\0';
	return 0;
}

int flag_list(struct desk *desk, struct id person, struct flag_rows *ret, struct err *err)
{
	struct flags all = { 0 };
	int rc = desk_needs(desk, ROLE_DESK, "The list of flags", err);

	if (rc == 0)
		rc = id_none(person) ? flags_open(desk->store, &all, err)
				     : flags_of(desk->store, person, &all, err);
	list_each (f, &all)
		if (rc == 0 && flag_seen(desk, f))
			rc = add_row(desk, f, ret, err);
	list_free(&all);
	if (rc == 0 && !id_none(person))
		rc = name_raisers(desk, ret, err);
	if (rc < 0)
		list_free(ret);
	else if (id_none(person) && ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, by_due);
	return rc;
}

int flag_calls(struct desk *desk, struct id flag, struct flag_calls *ret, struct err *err)
{
	struct flag f;
	char text[ID_TEXT];

	if (flag_get(desk->store, flag, &f, err) < 0)
		return -1;
	if (!desk_clinical(desk, f.service))
		return err_set(err, ERR_MISSING, "There is no flag %s: flag list shows them.",
			       id_text(flag, text));
	return flag_calls_of(desk->store, flag, ret, err);
}

/* ---- what stands in the way ---- */

int flag_rung(struct desk *desk, struct id person, struct id service, const char *why,
	      struct err *err)
{
	struct flags open = { 0 };
	bool silent = false;

	if (flags_open_of(desk->store, person, service, &open, err) < 0)
		return -1;
	list_each (f, &open)
		silent = silent || !f->spoke;
	list_free(&open);
	if (!silent)
		return 0;
	if (!user_may(&desk->user, RIGHT_LEAD, service, desk->site.id))
		return err_set(err, ERR_CLASH,
			       "A flag is open and nobody has spoken to them: ring first.");
	return why && *why
		       ? 0
		       : err_input(err, "why",
				   "A flag is open and nobody has spoken to them: say why not.");
}

/* A risk is the person's, whatever they came for. */
bool flag_rings(struct desk *desk, struct id person, struct id service, struct id *ret)
{
	struct flags open = { 0 };
	bool any = flags_open_of(desk->store, person, (struct id){ 0 }, &open, NULL) < 0;

	*ret = service;
	list_each (f, &open)
		if ((f->kind == FLAG_RISK || flag_does(f, FLAG_RINGS)) &&
		    (!any || id_same(f->service, service))) {
			any = true;
			*ret = f->service;
		}
	list_free(&open);
	return any;
}

int flag_holds(struct desk *desk, struct id person, struct id service, struct err *err)
{
	struct flags open = { 0 };
	bool any;

	if (flags_open_of(desk->store, person, service, &open, err) < 0)
		return -1;
	any = open.n > 0;
	list_free(&open);
	if (!any)
		return 0;
	return err_set(err, ERR_CLASH,
		       desk_clinical(desk, service)
			       ? "A flag is open: it is cleared, with a reason, before this ends."
			       : "Their course of care cannot end now: ask who treats them.");
}

int flag_not_open(struct desk *desk, struct id task, struct err *err)
{
	struct flag f;

	if (flag_of_task(desk->store, task, &f, err) < 0)
		return -1;
	if (id_none(f.id) || strcmp(f.state, "open") != 0)
		return 0;
	return err_set(err, ERR_CLASH, "Its flag is open: record the call, then clear the flag.");
}
