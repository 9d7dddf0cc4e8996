/*
 * record.c: adding and changing the plain records: two acts for all of them.
 *
 * Values arrive as people type them and are stored in one form: codes, words, day numbers, ids.
 * `edit` carries for each column what it was: a column that somebody else changed meanwhile keeps
 * their value and becomes a thing to settle, other columns merge.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/act.h"
#include "clinic/record.h"
#include "clinic/record_acts.h"
#include "clinic/record_value.h"
#include "store/records.h"
#include "store/txn.h"

enum { COLUMNS = 32 };

const struct record *record_find(const char *noun)
{
	for (const struct record *r = records; r->noun; r++)
		if (strcmp(r->noun, noun) == 0)
			return r;
	return NULL;
}

static size_t columns_of(const struct record *r)
{
	size_t n = 0;

	while (r->columns[n].name)
		n++;
	return n;
}

/* ---- the acts ---- */

struct value {
	const char *name, *base, *value;
};
static const struct field value_f[] = {
	FIELD_NEEDED(name, struct value, "name", F_TEXT),
	FIELD(base, struct value, "base", F_TEXT),
	FIELD(value, struct value, "value", F_TEXT),
};
static const struct fields value_fields = FIELDS(value_f, struct value);

struct change {
	const char *noun;
	struct id id;
	struct {
		struct value *v;
		size_t n, cap;
	} values;
};
static const struct field change_f[] = {
	FIELD_NEEDED(noun, struct change, "noun", F_TEXT),
	FIELD(id, struct change, "id", F_ID),
	FIELD_ROWS(values, struct change, "values", &value_fields),
};

/* A command from elsewhere may name what it likes; only the record's own columns are written. */
static bool known(const struct record *r, const struct change *c)
{
	if (!r || c->values.n > COLUMNS)
		return false;
	list_each (v, &c->values) {
		const struct column *col = r->columns;

		while (col->name && strcmp(col->name, v->name ? v->name : "") != 0)
			col++;
		if (!col->name || col->kind == COL_SECRET)
			return false;
	}
	return true;
}

static int change_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	const struct record *r = record_find(c->noun);

	if (!r)
		return err_set(err, ERR_FAULT, "A fault of ours: there is no record \"%s\".",
			       c->noun);
	desk->refs_stale = true;
	return desk_needs(desk, r->roles, "Changing that", err);
}

static int add_run(struct txn *t, const void *args)
{
	const struct change *c = args;
	const struct record *r = record_find(c->noun);
	const char *names[COLUMNS], *values[COLUMNS];
	size_t n = 0;

	txn_tell(t, "record", c->id, "not understood here");
	if (!known(r, c))
		return VERDICT_UNSUPPORTED;
	list_each (v, &c->values) {
		names[n] = v->name;
		values[n++] = v->value;
	}
	record_insert(t, r->table, c->id, names, values, n);
	txn_tell(t, r->noun, c->id, "added");
	return VERDICT_OK;
}

/* Both sides of it, for whoever settles it. */
static void lost(struct txn *t, const struct record *r, struct id id, const struct value *v)
{
	char *theirs = record_now(t, r->table, id, v->name);
	const struct conflict c = { .type = "edit",
				    .a = id,
				    .b = t->cmd,
				    .note = v->name,
				    .tab = r->table,
				    .col = v->name,
				    .base = v->base,
				    .theirs = theirs,
				    .mine = v->value };

	txn_conflict(t, &c);
	mem_free(theirs);
}

static int edit_run(struct txn *t, const void *args)
{
	const struct change *c = args;
	const struct record *r = record_find(c->noun);
	int verdict = VERDICT_OK;
	char what[160] = "";

	txn_tell(t, "record", c->id, "not understood here");
	if (!known(r, c))
		return VERDICT_UNSUPPORTED;
	list_each (v, &c->values) {
		size_t at = strlen(what);

		snprintf(what + at, sizeof what - at, "%s%s", at ? ", " : "", v->name);
		if (!record_update(t, r->table, c->id, v->name, v->base, v->value)) {
			lost(t, r, c->id, v);
			verdict = VERDICT_CONFLICT;
		}
	}
	txn_tell(t, r->noun, c->id, "changed %s", what);
	return verdict;
}

/* Added by mistake: switched off, since nothing is ever deleted. */
static int add_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	const struct change *was = deed->args;
	const char *state = NULL;
	(void)desk;
	list_each (v, &was->values)
		if (strcmp(v->name, "state") == 0)
			state = v->value;
	if (!state)
		return err_set(err, ERR_INPUT, "That cannot be undone: change it by hand.");

	struct change *c = mem_new(sizeof *c);
	struct value *v = list_push(&c->values);

	c->noun = mem_str(was->noun);
	c->id = was->id;
	v->name = mem_str("state");
	v->base = mem_str(state);
	v->value = mem_str("off");
	*ret = (struct call){ &act_edit, c };
	return 0;
}

static int edit_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			struct err *err)
{
	const struct change *was = deed->args;
	struct change *c = mem_new(sizeof *c);

	(void)desk, (void)err;
	c->noun = mem_str(was->noun);
	c->id = was->id;
	list_each (v, &was->values) {
		struct value *back = list_push(&c->values);

		back->name = mem_str(v->name);
		back->base = mem_str(v->value);
		back->value = mem_str(v->base);
	}
	*ret = (struct call){ &act_edit, c };
	return 0;
}

const struct act act_add = {
	.name = "add",
	.ver = 1,
	.at_hub = true,
	.roles = ROLE_MANAGER | ROLE_ADMINISTRATOR,
	.fields = FIELDS(change_f, struct change),
	.check = change_check,
	.run = add_run,
	.reverse = add_reverse,
};

const struct act act_edit = {
	.name = "edit",
	.ver = 1,
	.at_hub = true,
	.roles = ROLE_MANAGER | ROLE_ADMINISTRATOR,
	.fields = FIELDS(change_f, struct change),
	.check = change_check,
	.run = edit_run,
	.reverse = edit_reverse,
};

/* ---- what callers ask ---- */

static void free_texts(char **v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mem_free(v[i]);
}

/* No second record of the same code. */
static int is_new_code(struct desk *desk, const struct record *r, const char *code, struct err *err)
{
	struct id other;

	if (r->columns[0].kind != COL_CODE || !code)
		return 0;
	if (record_lookup(desk->store, r->table, r->columns[0].name, code, &other, err) < 0)
		return -1;
	return id_none(other) ? 0
			      : err_input(err, r->columns[0].label,
					  "There is a %s %s already: choose another %s.", r->noun,
					  code, r->columns[0].label);
}

int record_add(struct desk *desk, const struct record *r, const char *const *values,
	       struct id *ret_id, struct err *err)
{
	struct change c = { .noun = r->noun, .id = *ret_id };
	size_t n = columns_of(r);
	char *texts[COLUMNS] = { 0 };
	bool alone = desk->act == 0;
	int rc = desk_needs(desk, r->roles, "Adding that", err);

	for (size_t i = 0; i < n && rc == 0; i++) {
		const struct column *col = &r->columns[i];
		const char *s = values[i] ? values[i] : col->usual;

		rc = record_stored(desk, col, s ? s : "", &texts[i], err);
		if (rc == 0 && texts[i]) {
			struct value *v = list_push(&c.values);

			v->name = col->name;
			v->value = texts[i];
		}
	}
	if (rc == 0 && alone)
		rc = act_begin(desk, err);
	else
		alone = false;
	if (rc == 0)
		rc = is_new_code(desk, r, texts[0], err);
	if (rc == 0 && r->check)
		rc = r->check(desk, (struct id){ 0 }, (const char *const *)texts, err);
	if (rc == 0) {
		if (id_none(c.id))
			c.id = desk_new_id(desk);
		rc = act_do(desk, &act_add, &c, err);
	}
	if (alone && rc == 0)
		rc = act_end(desk, err);
	else if (alone)
		act_abandon(desk);
	list_free(&c.values);
	free_texts(texts, n);
	if (rc == 0)
		*ret_id = c.id;
	return rc;
}

struct current {
	char **v;
	size_t n;
	bool found;
};

static void keep_current(void *ctx, struct id id, const char *const *values)
{
	struct current *cur = ctx;

	(void)id;
	cur->found = true;
	for (size_t i = 0; i < cur->n; i++)
		cur->v[i] = mem_str(values[i]);
}

static size_t column_names(const struct record *r, const char **names)
{
	size_t n = columns_of(r);

	for (size_t i = 0; i < n; i++)
		names[i] = r->columns[i].name;
	return n;
}

/* Fills the change with the columns that differ. */
static int differing(struct desk *desk, const struct record *r, const char *const *values,
		     char **was, char **texts, struct change *c, struct err *err)
{
	for (size_t i = 0; r->columns[i].name; i++) {
		const struct column *col = &r->columns[i];

		if (!values[i])
			continue;
		if (col->kind == COL_CODE && i == 0)
			return err_input(err, col->label,
					 "The %s of a %s stays: add another %s instead.",
					 col->label, r->noun, r->noun);
		if (record_stored(desk, col, values[i], &texts[i], err) < 0)
			return -1;
		if (strcmp(was[i], texts[i] ? texts[i] : "") == 0)
			continue;
		struct value *v = list_push(&c->values);

		v->name = col->name;
		v->base = *was[i] || col->required ? was[i] : NULL;
		v->value = texts[i];
	}
	return 0;
}

/* What was promised stays as it was promised. */
static int only_state(const struct record *r, const struct change *c, struct err *err)
{
	list_each (v, &c->values)
		if (strcmp(v->name, "state") != 0)
			return err_input(err, v->name,
					 "A %s is not changed: add one that counts from a day on.",
					 r->noun);
	return 0;
}

int record_set(struct desk *desk, const struct record *r, struct id id, const char *const *values,
	       struct err *err)
{
	const char *names[COLUMNS];
	char *was[COLUMNS] = { 0 }, *texts[COLUMNS] = { 0 };
	struct current cur = { was, column_names(r, names), false };
	struct change c = { .noun = r->noun, .id = id };
	bool alone = desk->act == 0;
	int rc = desk_needs(desk, r->roles, "Changing that", err);

	if (rc == 0 && alone)
		rc = act_begin(desk, err);
	else
		alone = false;
	if (rc == 0)
		rc = record_rows(desk->store, r->table, id, names, cur.n, r->columns[0].name,
				 keep_current, &cur, err);
	if (rc == 0 && !cur.found)
		rc = err_set(err, ERR_MISSING, "There is no such %s.", r->noun);
	if (rc == 0)
		rc = differing(desk, r, values, was, texts, &c, err);
	if (rc == 0 && r->fixed)
		rc = only_state(r, &c, err);
	if (rc == 0 && r->check) {
		const char *next[COLUMNS];

		for (size_t i = 0; i < cur.n; i++)
			next[i] = values[i] ? texts[i] : *was[i] ? was[i] : NULL;
		rc = r->check(desk, id, next, err);
	}
	if (rc == 0 && c.values.n > 0)
		rc = act_do(desk, &act_edit, &c, err);
	if (alone && rc == 0)
		rc = act_end(desk, err);
	else if (alone)
		act_abandon(desk);
	list_free(&c.values);
	free_texts(was, COLUMNS);
	free_texts(texts, COLUMNS);
	return rc;
}

struct listing {
	struct desk *desk;
	const struct record *r;
	struct record_rows *rows;
};

static void list_row(void *ctx, struct id id, const char *const *values)
{
	struct listing *l = ctx;
	char ***at = list_push(l->rows);

	*(struct id *)list_push(&l->rows->ids) = id;
	*at = mem_new(l->rows->width * sizeof **at);
	for (size_t i = 0; i < l->rows->width; i++)
		(*at)[i] = mem_str(values[i]);
}

int record_list(struct desk *desk, const struct record *r, struct record_rows *ret, struct err *err)
{
	const char *names[COLUMNS];
	struct listing l = { desk, r, ret };

	ret->width = column_names(r, names);
	if (record_rows(desk->store, r->table, (struct id){ 0 }, names, ret->width, names[0],
			list_row, &l, err) < 0)
		return -1;
	/* Codes of references are asked for now that the list's own statement is done. */
	list_each (row, ret)
		for (size_t i = 0; i < ret->width; i++) {
			char *s = (*row)[i];

			(*row)[i] = record_shown(desk, &r->columns[i], s);
			mem_free(s);
		}
	return 0;
}

void record_rows_done(struct record_rows *rows)
{
	list_each (row, rows) {
		free_texts(*row, rows->width);
		mem_free(*row);
	}
	list_free(rows);
	list_free(&rows->ids);
}

int record_by_code(struct desk *desk, const struct record *r, const char *code, struct id *ret,
		   struct err *err)
{
	struct id id = { 0 };

	if (record_lookup(desk->store, r->table, r->columns[0].name, code, &id, err) < 0)
		return -1;
	if (id_none(id))
		return err_set(err, ERR_MISSING, "There is no %s %s: ohdesk %s list shows them.",
			       r->noun, code, r->noun);
	*ret = id;
	return 0;
}

int setting_set(struct desk *desk, const char *name, const char *value, struct err *err)
{
	const struct record *r = record_find("setting");
	char old[WORDS_TEXT];
	struct id id;

	if (setting_get(desk->store, name, old, sizeof old, &id, err) < 0)
		return -1;
	if (id_none(id)) {
		const char *values[] = { name, value };

		return record_add(desk, r, values, &id, err);
	}
	const char *values[] = { NULL, value };

	return record_set(desk, r, id, values, err);
}
