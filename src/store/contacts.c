/* contacts.c: the rows of `customer_contact`. */
#include "store/contacts.h"

#include <string.h>

#include "base/alloc.h"
#include "store/row.h"

#define COLUMNS                                                                                    \
	"c.id, c.customer, c.scope, c.name, c.role, c.department, c.phone, c.email, c.told,"       \
	" c.stands_for, c.state"

static void get_contact(struct row *row, struct customer_contact *c)
{
	char word[CODE_TEXT];

	c->id = get_id(row);
	c->customer = get_id(row);
	get_text(row, c->scope, sizeof c->scope);
	get_text(row, c->name, sizeof c->name);
	get_text(row, word, sizeof word);
	contact_role_parse(word, &c->role);
	get_text(row, c->department, sizeof c->department);
	get_text(row, c->phone, sizeof c->phone);
	get_text(row, c->email, sizeof c->email);
	get_text(row, c->told, sizeof c->told);
	c->stands_for = get_id(row);
	get_text(row, word, sizeof word);
	c->on = strcmp(word, "on") == 0;
}

static int one(struct row *row, struct customer_contact *ret, struct err *err)
{
	struct customer_contact found = { 0 };

	while (row_next(row))
		get_contact(row, &found);
	if (row_done(row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int contact_get(struct store *st, struct id id, struct customer_contact *ret, struct err *err)
{
	static const struct query GET = { "contacts.get",
					  "SELECT " COLUMNS " FROM customer_contact c"
					  " WHERE c.id = :id" };
	struct row row = query(st, &GET);
	struct customer_contact found;
	char text[ID_TEXT];

	bind_id(&row, ":id", id);
	if (one(&row, &found, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING, "There is no contact %s: contact list shows them.",
			       id_text(id, text));
	*ret = found;
	return 0;
}

int customer_contacts_of(struct store *st, struct id customer, const char *name,
			 struct customer_contacts *ret, struct err *err)
{
	static const struct query OF = {
		"contacts.of", "SELECT " COLUMNS " FROM customer_contact c"
			       " WHERE c.customer = :customer AND c.state = 'on'"
			       " AND (:name IS NULL OR instr(fold(c.name), fold(:name)) = 1)"
			       " ORDER BY c.name, c.id"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":customer", customer);
	bind_text(&row, ":name", name);
	while (row_next(&row))
		get_contact(&row, list_push(ret));
	return row_done(&row, err);
}

int contacts_named(struct store *st, const char *name, int max, struct customer_contacts *ret,
		   struct err *err)
{
	static const struct query NAMED = { "contacts.named",
					    "SELECT " COLUMNS " FROM customer_contact c"
					    " INDEXED BY customer_contact_name WHERE c.state = 'on'"
					    " AND c.name COLLATE NOCASE >= :name"
					    " AND c.name COLLATE NOCASE < :name || char(1114111)"
					    " ORDER BY c.name COLLATE NOCASE LIMIT :max" };
	struct row row = query(st, &NAMED);

	bind_text(&row, ":name", name);
	bind_int(&row, ":max", max);
	while (row_next(&row))
		get_contact(&row, list_push(ret));
	return row_done(&row, err);
}

int contact_stand_in(struct store *st, struct id customer, struct id contact,
		     struct customer_contact *ret, struct err *err)
{
	static const struct query IN = { "contacts.stand_in",
					 "SELECT " COLUMNS " FROM customer_contact c"
					 " WHERE c.customer = :customer AND c.stands_for = :contact"
					 " AND c.state = 'on' ORDER BY c.id DESC LIMIT 1" };
	struct row row = query(st, &IN);

	bind_id(&row, ":customer", customer);
	bind_id(&row, ":contact", contact);
	return one(&row, ret, err);
}

/* ---- in a run ---- */

static void bind_contact(struct row *row, const struct customer_contact *c)
{
	bind_id(row, ":id", c->id);
	bind_text(row, ":name", c->name);
	bind_text(row, ":role", contact_role_code(c->role));
	bind_word(row, ":department", c->department);
	bind_word(row, ":phone", c->phone);
	bind_word(row, ":email", c->email);
	bind_text(row, ":told", c->told);
	bind_id(row, ":stands_for", c->stands_for);
	bind_text(row, ":state", c->on ? "on" : "off");
}

void contact_put(struct txn *t, const struct customer_contact *c)
{
	static const struct query PUT = {
		"contact.put",
		"INSERT INTO customer_contact (id, scope, customer, name, role, department, phone,"
		" email, told, stands_for, state) VALUES (:id, :scope, :customer, :name, :role,"
		" :department, :phone, :email, :told, :stands_for, :state)"
	};
	struct row row = query(t->store, &PUT);

	bind_contact(&row, c);
	bind_text(&row, ":scope", c->scope);
	bind_id(&row, ":customer", c->customer);
	txn_run(t, &row);
}

bool contact_read(struct txn *t, struct id id, struct customer_contact *ret)
{
	struct err err = ERR_INIT;

	if (txn_failed(t))
		return false;
	if (contact_get(t->store, id, ret, &err) == 0)
		return true;
	if (err.kind != ERR_MISSING)
		t->err = err;
	return false;
}

void contact_write(struct txn *t, const struct customer_contact *c)
{
	static const struct query SET = {
		"contact.set", "UPDATE customer_contact SET name = :name, role = :role,"
			       " department = :department, phone = :phone, email = :email,"
			       " told = :told, stands_for = :stands_for, state = :state"
			       " WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_contact(&row, c);
	txn_run(t, &row);
}
