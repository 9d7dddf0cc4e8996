/* refs.c: reads of what changes seldom. */
#include "base/alloc.h"
#include "store/refs.h"
#include "store/row.h"

int refs_nodes(struct store *st, struct nodes *ret, struct err *err)
{
	static const struct query ALL = { "refs.nodes",
					  "SELECT number, letter, name, state = 'on' FROM node"
					  " ORDER BY number, id" };
	struct row row = query(st, &ALL);

	while (row_next(&row)) {
		struct node *n = list_push(ret);

		n->number = (int)get_int(&row);
		get_text(&row, n->letter, sizeof n->letter);
		get_text(&row, n->name, sizeof n->name);
		n->on = get_bool(&row);
	}
	return row_done(&row, err);
}

int refs_sites(struct store *st, struct sites *ret, struct err *err)
{
	static const struct query ALL = {
		"refs.sites", "SELECT id, code, name, nation, node, phone, duty, state = 'on'"
			      " FROM site ORDER BY code"
	};
	struct row row = query(st, &ALL);

	while (row_next(&row)) {
		struct site *s = list_push(ret);
		const char *nation;

		s->id = get_id(&row);
		get_text(&row, s->code, sizeof s->code);
		get_text(&row, s->name, sizeof s->name);
		nation = get_str(&row);
		nation_parse(nation, &s->nation);
		s->node = (int)get_int(&row);
		get_text(&row, s->phone, sizeof s->phone);
		get_text(&row, s->duty, sizeof s->duty);
		s->on = get_bool(&row);
	}
	return row_done(&row, err);
}

int refs_rooms(struct store *st, struct rooms *ret, struct err *err)
{
	static const struct query ALL = { "refs.rooms",
					  "SELECT id, site, code, name, features, state = 'on'"
					  " FROM room ORDER BY code" };
	struct row row = query(st, &ALL);

	while (row_next(&row)) {
		struct room *r = list_push(ret);

		r->id = get_id(&row);
		r->site = get_id(&row);
		get_text(&row, r->code, sizeof r->code);
		get_text(&row, r->name, sizeof r->name);
		get_text(&row, r->features, sizeof r->features);
		r->on = get_bool(&row);
	}
	return row_done(&row, err);
}

int refs_customers(struct store *st, struct customers *ret, struct err *err)
{
	static const struct query ALL = {
		"refs.customers", "SELECT id, code, name, short, ods, vpd, kind = 'external',"
				  " state = 'on' FROM customer ORDER BY code"
	};
	struct row row = query(st, &ALL);

	while (row_next(&row)) {
		struct customer *c = list_push(ret);

		c->id = get_id(&row);
		get_text(&row, c->code, sizeof c->code);
		get_text(&row, c->name, sizeof c->name);
		get_text(&row, c->brief, sizeof c->brief);
		get_text(&row, c->ods, sizeof c->ods);
		c->vpd = (int)get_int(&row);
		c->external = get_bool(&row);
		c->on = get_bool(&row);
	}
	return row_done(&row, err);
}

int refs_services(struct store *st, struct services *ret, struct err *err)
{
	static const struct query ALL = {
		"refs.services",
		"SELECT id, code, name, short, prefix, private, rapid, new_mins,"
		" fu_mins, modes, cap, target, state = 'on', room FROM service ORDER BY code"
	};
	struct row row = query(st, &ALL);

	while (row_next(&row)) {
		struct service *s = list_push(ret);

		s->id = get_id(&row);
		get_text(&row, s->code, sizeof s->code);
		get_text(&row, s->name, sizeof s->name);
		get_text(&row, s->brief, sizeof s->brief);
		get_text(&row, s->prefix, sizeof s->prefix);
		s->private_ = get_bool(&row);
		s->rapid = get_bool(&row);
		s->new_mins = (int)get_int(&row);
		s->fu_mins = (int)get_int(&row);
		get_text(&row, s->modes, sizeof s->modes);
		s->cap = (int)get_int(&row);
		s->target = (int)get_int(&row);
		s->on = get_bool(&row);
		get_text(&row, s->room, sizeof s->room);
	}
	return row_done(&row, err);
}

int refs_clinicians(struct store *st, struct clinicians *ret, struct err *err)
{
	static const struct query ALL = {
		"refs.clinicians",
		"SELECT id, code, surname, given, title, discipline, reg_body,"
		" reg_no, reg_until, skills, node, over_cap, state = 'on', gender"
		" FROM clinician ORDER BY code"
	};
	struct row row = query(st, &ALL);
	char word[CODE_TEXT];

	while (row_next(&row)) {
		struct clinician *c = list_push(ret);

		c->id = get_id(&row);
		get_text(&row, c->code, sizeof c->code);
		get_text(&row, c->surname, sizeof c->surname);
		get_text(&row, c->given, sizeof c->given);
		get_text(&row, c->title, sizeof c->title);
		get_text(&row, c->discipline, sizeof c->discipline);
		get_text(&row, c->reg_body, sizeof c->reg_body);
		get_text(&row, c->reg_no, sizeof c->reg_no);
		c->reg_until = get_date(&row);
		get_text(&row, c->skills, sizeof c->skills);
		c->node = (int)get_int(&row);
		c->over_cap = (int)get_int(&row);
		c->on = get_bool(&row);
		get_text(&row, word, sizeof word);
		gender_parse(word, &c->gender);
	}
	return row_done(&row, err);
}

int refs_holidays(struct store *st, struct calendar *calendar, struct err *err)
{
	static const struct query ALL = {
		"refs.holidays", "SELECT nation, day, name FROM holiday WHERE state = 'on'"
	};
	struct row row = query(st, &ALL);

	while (row_next(&row)) {
		const char *code = get_str(&row);
		struct date day = get_date(&row);
		const char *name = get_str(&row);
		enum nation nation;

		if (nation_parse(code, &nation))
			calendar_add(calendar, nation, day, name);
	}
	return row_done(&row, err);
}

int refs_letter(struct store *st, char *ret, size_t n, struct err *err)
{
	static const struct query LETTER = { "refs.letter",
					     "SELECT letter FROM node WHERE number = :node" };
	struct row row = query(st, &LETTER);

	ret[0] = '\0';
	bind_int(&row, ":node", store_me(st)->node);
	while (row_next(&row))
		get_text(&row, ret, n);
	return row_done(&row, err);
}
