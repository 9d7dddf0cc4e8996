/*
 * templates.c: weekly patterns, leave, and the blocks published from them.
 */
#include "base/alloc.h"
#include "store/diaries.h"
#include "store/row.h"

/* ---- templates ---- */

#define TEMPLATE_COLUMNS                                                                           \
	"id, clinician, site, room, service, weekday, pattern, from_day, to_day, state = 'on'"

static void get_template(struct row *row, struct template *t)
{
	t->id = get_id(row);
	t->clinician = get_id(row);
	t->site = get_id(row);
	t->room = get_id(row);
	t->service = get_id(row);
	t->weekday = (int)get_int(row);
	get_text(row, t->pattern, sizeof t->pattern);
	t->from = get_date(row);
	t->to = get_date(row);
	t->on = get_bool(row);
}

int templates_get(struct store *st, struct id template, struct template *ret, struct err *err)
{
	static const struct query GET = { "templates.get", "SELECT " TEMPLATE_COLUMNS
							   " FROM template WHERE id = :template" };
	struct row row = query(st, &GET);
	struct template found = { 0 };

	bind_id(&row, ":template", template);
	if (row_next(&row))
		get_template(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING,
			       "There is no such template: template list shows them.");
	*ret = found;
	return 0;
}

int templates_of(struct store *st, struct id clinician, struct templates *ret, struct err *err)
{
	static const struct query OF = { "templates.of", "SELECT " TEMPLATE_COLUMNS " FROM template"
							 " WHERE clinician = :clinician"
							 " ORDER BY weekday, from_day, id" };
	static const struct query ALL = { "templates.all",
					  "SELECT " TEMPLATE_COLUMNS " FROM template"
					  " ORDER BY clinician, weekday, from_day, id" };
	struct row row = query(st, id_none(clinician) ? &ALL : &OF);

	if (!id_none(clinician))
		bind_id(&row, ":clinician", clinician);
	while (row_next(&row))
		get_template(&row, list_push(ret));
	return row_done(&row, err);
}

void template_put(struct txn *t, const struct template *p)
{
	static const struct query PUT = {
		"templates.put",
		"INSERT INTO template (id, clinician, site, room, service, weekday, pattern, from_day,"
		" to_day, state) VALUES (:id, :clinician, :site, :room, :service, :weekday, :pattern,"
		" :from, :to, :state)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", p->id);
	bind_id(&row, ":clinician", p->clinician);
	bind_id(&row, ":site", p->site);
	bind_id(&row, ":room", p->room);
	bind_id(&row, ":service", p->service);
	bind_int(&row, ":weekday", p->weekday);
	bind_text(&row, ":pattern", p->pattern);
	bind_date(&row, ":from", p->from);
	bind_date(&row, ":to", p->to);
	bind_text(&row, ":state", p->on ? "on" : "off");
	txn_run(t, &row);
}

void template_close(struct txn *t, struct id template, struct date last, bool on)
{
	static const struct query CLOSE = {
		"templates.close",
		"UPDATE template SET to_day = :last, state = :state WHERE id = :id"
	};
	struct row row = query(t->store, &CLOSE);

	bind_date(&row, ":last", last);
	bind_text(&row, ":state", on ? "on" : "off");
	bind_id(&row, ":id", template);
	txn_run(t, &row);
}

/* ---- blocks ---- */

#define BLOCK_COLUMNS                                                                              \
	"id, clinician, site, room, service, template, day, starts, ends, state = 'open'"

static void get_block(struct row *row, struct block *b)
{
	b->id = get_id(row);
	b->clinician = get_id(row);
	b->site = get_id(row);
	b->room = get_id(row);
	b->service = get_id(row);
	b->template = get_id(row);
	b->day = get_date(row);
	b->starts = get_moment(row);
	b->ends = get_moment(row);
	b->open = get_bool(row);
}

int blocks_get(struct store *st, struct id block, struct block *ret, struct err *err)
{
	static const struct query GET = { "blocks.get",
					  "SELECT " BLOCK_COLUMNS " FROM block WHERE id = :block" };
	struct row row = query(st, &GET);
	struct block found = { 0 };

	bind_id(&row, ":block", block);
	if (row_next(&row))
		get_block(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING, "There is no such session.");
	*ret = found;
	return 0;
}

static int read_blocks(struct row *row, struct blocks *ret, struct err *err)
{
	while (row_next(row))
		get_block(row, list_push(ret));
	return row_done(row, err);
}

int blocks_of_template(struct store *st, struct id template, struct date from, struct date to,
		       struct blocks *ret, struct err *err)
{
	static const struct query OF = { "blocks.of_template",
					 "SELECT " BLOCK_COLUMNS " FROM block"
					 " WHERE template = :template AND day BETWEEN :from AND :to"
					 " AND state = 'open' ORDER BY day, id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":template", template);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	return read_blocks(&row, ret, err);
}

int blocks_of_clinician(struct store *st, struct id clinician, struct date from, struct date to,
			struct blocks *ret, struct err *err)
{
	static const struct query OF = {
		"blocks.of_clinician",
		"SELECT " BLOCK_COLUMNS " FROM block"
		" WHERE clinician = :clinician AND day BETWEEN :from AND :to AND (state = 'open' OR"
		" EXISTS (SELECT 1 FROM slot WHERE slot.block = block.id AND slot.appt IS NOT NULL))"
		" ORDER BY day, starts, id"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	return read_blocks(&row, ret, err);
}

int blocks_last(struct store *st, struct id template, struct date *ret, struct err *err)
{
	static const struct query LAST = { "blocks.last",
					   "SELECT day FROM block WHERE template = :template"
					   " AND state = 'open' ORDER BY day DESC LIMIT 1" };
	struct row row = query(st, &LAST);
	struct date last = DATE_NONE;

	bind_id(&row, ":template", template);
	if (row_next(&row))
		last = get_date(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = last;
	return 0;
}

void block_put(struct txn *t, const struct block *b)
{
	static const struct query PUT = {
		"blocks.put",
		"INSERT INTO block (id, clinician, site, room, service, template, day, starts, ends,"
		" state) VALUES (:id, :clinician, :site, :room, :service, :template, :day, :starts,"
		" :ends, 'open')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", b->id);
	bind_id(&row, ":clinician", b->clinician);
	bind_id(&row, ":site", b->site);
	bind_id(&row, ":room", b->room);
	bind_id(&row, ":service", b->service);
	bind_id(&row, ":template", b->template);
	bind_date(&row, ":day", b->day);
	bind_moment(&row, ":starts", b->starts);
	bind_moment(&row, ":ends", b->ends);
	txn_run(t, &row);
}

void block_withdraw(struct txn *t, struct id block)
{
	static const struct query BLOCK = {
		"blocks.withdraw", "UPDATE block SET state = 'withdrawn' WHERE id = :block"
	};
	static const struct query SLOTS = { "blocks.withdraw_slots",
					    "UPDATE slot SET state = 'withdrawn'"
					    " WHERE block = :block AND state = 'open'"
					    " AND holder = :origin" };
	struct row row = query(t->store, &BLOCK);

	bind_id(&row, ":block", block);
	txn_run(t, &row);
	row = query(t->store, &SLOTS);
	bind_id(&row, ":block", block);
	bind_int(&row, ":origin", t->origin);
	txn_run(t, &row);
}

void block_open(struct txn *t, struct id block)
{
	static const struct query OPEN = { "blocks.open",
					   "UPDATE block SET state = 'open' WHERE id = :block" };
	struct row row = query(t->store, &OPEN);

	bind_id(&row, ":block", block);
	txn_run(t, &row);
}

/* ---- leave ---- */

#define LEAVE_COLUMNS "id, clinician, from_day, to_day, why, state = 'on'"

static void get_leave(struct row *row, struct leave *l)
{
	l->id = get_id(row);
	l->clinician = get_id(row);
	l->from = get_date(row);
	l->to = get_date(row);
	get_text(row, l->why, sizeof l->why);
	l->on = get_bool(row);
}

int leave_between(struct store *st, struct id clinician, struct date from, struct date to,
		  struct leaves *ret, struct err *err)
{
	static const struct query BETWEEN = {
		"leave.between", "SELECT " LEAVE_COLUMNS " FROM leave WHERE clinician = :clinician"
				 " AND from_day <= :to AND to_day >= :from AND state = 'on'"
				 " ORDER BY from_day, id"
	};
	struct row row = query(st, &BETWEEN);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	while (row_next(&row))
		get_leave(&row, list_push(ret));
	return row_done(&row, err);
}

void leave_put(struct txn *t, const struct leave *l)
{
	static const struct query PUT = {
		"leave.put", "INSERT INTO leave (id, clinician, from_day, to_day, why, state)"
			     " VALUES (:id, :clinician, :from, :to, :why, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", l->id);
	bind_id(&row, ":clinician", l->clinician);
	bind_date(&row, ":from", l->from);
	bind_date(&row, ":to", l->to);
	bind_text(&row, ":why", l->why);
	txn_run(t, &row);
}

void leave_end(struct txn *t, struct id leave)
{
	static const struct query END = { "leave.end",
					  "UPDATE leave SET state = 'off' WHERE id = :leave" };
	struct row row = query(t->store, &END);

	bind_id(&row, ":leave", leave);
	txn_run(t, &row);
}
