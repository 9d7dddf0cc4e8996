/*
 * clash_command.c: a command that could not be done, in words.
 *
 * Whoever settles it has to know what it was to do, so its arguments are read out: people, times,
 * clinicians and places by name.  Texts in them may be anything that somebody typed, so they are
 * read by who typed them and by administrators alone; of a private service nobody else reads
 * anything.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/act.h"
#include "clinic/clash_words.h"
#include "clinic/refs.h"
#include "model/person.h"
#include "store/clashes.h"
#include "store/journal.h"
#include "store/people.h"

enum { SAID = LINE_TEXT };

static void add(char *said, const char *name, const char *value)
{
	size_t n = strlen(said);

	if (*value)
		snprintf(said + n, SAID - n, "%s%s %s", n ? ", " : "", name, value);
	text_whole(said);
}

static void add_person(struct desk *desk, struct clash_view *v, struct id id, char *said)
{
	struct person p;
	char name[PERSON_TEXT];

	if (people_get(desk->store, id, &p, NULL) < 0)
		return;
	add(said, "person", person_show(p.surname, p.given, p.title, name));
	if (id_none(v->row.person)) {
		v->row.person = p.id;
		v->row.born = p.born;
		COPY(v->row.name, name);
		COPY(v->row.nhs, p.nhs);
	}
}

/* An id by what it is the id of; others say nothing to anybody. */
static void add_id(struct desk *desk, struct clash_view *v, const char *field, struct id id,
		   char *said)
{
	const struct clinician *c = ref_clinician(desk, id);
	const struct site *site = ref_site(desk, id);
	const struct service *s = ref_service(desk, id);
	struct desk_row row;
	char at[DAY_TEXT];

	if (strcmp(field, "person") == 0)
		add_person(desk, v, id, said);
	else if (s && !desk_sees(desk, s))
		v->row.masked = true;
	else if (c || site || s)
		add(said, field, c ? c->surname : site ? site->name : s->brief);
	else if (strcmp(field, "appt") == 0 && desk_appt(desk, id, &row, NULL) == 0) {
		v->row.masked |= row.masked;
		add(said, "appointment", moment_show(row.row.a.starts, at));
		add_person(desk, v, row.row.a.person, said);
	}
}

static void add_args(struct desk *desk, struct clash_view *v, const struct fields *fields,
		     const void *args, bool texts, char *said)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->f[i];
		const void *at = (const char *)args + f->offset;
		char name[CODE_TEXT], buf[DAY_TEXT] = "";

		snprintf(name, sizeof name, "%s", f->name);
		for (char *s = name; *s; s++)
			*s = *s == '_' ? ' ' : *s;
		switch (f->type) {
		case F_ID:
			if (!id_none(*(const struct id *)at))
				add_id(desk, v, f->name, *(const struct id *)at, said);
			break;
		case F_INT:
			if (*(const int64_t *)at)
				snprintf(buf, sizeof buf, "%lld", (long long)*(const int64_t *)at);
			add(said, name, buf);
			break;
		case F_MOMENT:
			if (!moment_none(*(const struct moment *)at))
				moment_show(*(const struct moment *)at, buf);
			add(said, name, buf);
			break;
		case F_DATE:
			if (!date_none(*(const struct date *)at))
				date_show(*(const struct date *)at, buf);
			add(said, name, buf);
			break;
		case F_TEXT:
			if (texts && *(const char *const *)at)
				add(said, name, *(const char *const *)at);
			break;
		case F_BOOL:
		case F_ROWS:
			break;
		}
	}
}

int clash_command(struct desk *desk, struct clash_view *v, struct err *err)
{
	const struct clash *c = &v->row.c;
	const struct act *act = act_find(c->mine);
	bool texts = id_same(c->author, desk->user.id) || desk->user.role == ROLE_ADMINISTRATOR;
	struct buf kept = { 0 };
	void *args = NULL;
	char said[SAID] = "";
	struct clash_line *l = v->n < CLASH_LINES ? &v->v[v->n++] : &v->v[CLASH_LINES - 1];

	if (clash_kept(desk->store, c->id, &kept, err) < 0)
		return -1;
	if (act && args_decode(&act->fields, kept.s ? kept.s : "", kept.n, &args, NULL) == 0)
		add_args(desk, v, &act->fields, args, texts, said);
	else if (texts && kept.n)
		add(said, "as it came:", kept.s);
	if (args)
		args_free(&act->fields, args);
	buf_done(&kept);
	COPY(l->label, "Meant");
	COPY(l->here, *said ? said : "its words are for an administrator");
	l->there[0] = '\0';
	/* Of what turned out to be private nothing that was read stays. */
	if (v->row.masked) {
		v->n = 0;
		snprintf(v->row.what, sizeof v->row.what, "Private");
	}
	return 0;
}
