/* contact.c: whom we deal with at a customer. */
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/contact.h"
#include "clinic/refs.h"
#include "model/number.h"

static const char *const columns[] = { "id",	     "customer", "name",  "role",
				       "department", "phone",	 "email", "told",
				       "stands_for", "state",	 NULL };

static const char *or_none(const char *s)
{
	return *s ? s : NULL;
}

static void put_row(struct cli *c, const struct customer_contact *k)
{
	const struct customer *customer = ref_customer(&c->desk, k->customer);
	char phone[PHONE_TEXT];

	out_id(&c->out, k->id);
	out_text(&c->out, customer ? customer->code : NULL);
	out_text(&c->out, k->name);
	out_text(&c->out, contact_role_code(k->role));
	out_text(&c->out, or_none(k->department));
	out_text(&c->out, *k->phone ? phone_show(k->phone, phone) : NULL);
	out_text(&c->out, or_none(k->email));
	out_text(&c->out, or_none(k->told));
	out_id(&c->out, k->stands_for);
	out_text(&c->out, k->on ? "on" : "off");
}

static int print_one(struct cli *c, struct id id, struct err *err)
{
	struct customer_contact k;

	if (contact_one(&c->desk, id, &k, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	put_row(c, &k);
	out_end(&c->out);
	return 0;
}

static const struct option list_options[] = {
	{ "customer", "CODE", "of this customer; else of all" },
	{ "name", "TEXT", "whose name starts so" },
	{ 0 },
};

static int list_run(struct cli *c, struct err *err)
{
	const char *code = cli_opt(c, "customer"), *name = cli_opt(c, "name");
	const struct customer *only = NULL;
	struct customer_contacts list = { 0 };
	int rc = 0;

	if (code && find_customer(&c->desk, code, &only, err) < 0)
		return -1;
	list_each (customer, &c->desk.refs->customers)
		if (rc == 0 && (!only || id_same(only->id, customer->id)))
			rc = contact_list(&c->desk, customer->id, name, &list, err);
	if (rc == 0) {
		out_begin(&c->out, columns);
		list_each (k, &list)
			put_row(c, k);
		out_end(&c->out);
	}
	list_free(&list);
	return rc;
}

#define FIELDS_OF_ONE                                                                              \
	{ "role", "ROLE", "manager, hr, stand_in or recruitment" },                                \
		{ "department", "TEXT", "where they work" },                                       \
		{ "phone", "NUMBER", "their telephone" }, { "email", "TEXT", "their e-mail" },     \
		{ "told", "WORDS", "what they may be told: booked dna report outcome" },           \
	{                                                                                          \
		"stands-for", "ID", "who is away; \"\": nobody any more"                           \
	}

static const struct option add_options[] = {
	{ "customer", "CODE", "whose they are" },
	FIELDS_OF_ONE,
	{ 0 },
};
static const struct option set_options[] = {
	{ "name", "TEXT", "their name" },
	FIELDS_OF_ONE,
	{ "state", "on|off", "off: no longer there" },
	{ 0 },
};

static struct contact_ask ask_of(const struct cli *c)
{
	return (struct contact_ask){ .role = cli_opt(c, "role"),
				     .department = cli_opt(c, "department"),
				     .phone = cli_opt(c, "phone"),
				     .email = cli_opt(c, "email"),
				     .told = cli_opt(c, "told"),
				     .stands_for = cli_opt(c, "stands-for") };
}

static int add_run(struct cli *c, struct err *err)
{
	struct contact_ask ask = ask_of(c);
	const struct customer *customer;
	const char *code;
	struct id id;

	ask.name = c->args[0];
	if (cli_need(c, "customer", &code, err) < 0 ||
	    find_customer(&c->desk, code, &customer, err) < 0 ||
	    contact_add(&c->desk, customer->id, &ask, &id, err) < 0)
		return -1;
	return print_one(c, id, err);
}

static int set_run(struct cli *c, struct err *err)
{
	struct contact_ask ask = ask_of(c);
	struct id id;

	ask.name = cli_opt(c, "name");
	ask.state = cli_opt(c, "state");
	if (ask.state && strcmp(ask.state, "on") != 0 && strcmp(ask.state, "off") != 0)
		return err_set(err, ERR_USAGE, "--state is on or off, not \"%s\".", ask.state);
	if (cli_id(c->args[0], "a contact", &id, err) < 0 ||
	    contact_change(&c->desk, id, &ask, err) < 0)
		return -1;
	return print_one(c, id, err);
}

const struct command contact_commands[] = {
	{ "contact", "list", "", "whom we deal with at a customer", list_options, 0, 0, 0,
	  list_run },
	{ "contact", "add", "NAME", "adds one", add_options, 1, 1, 0, add_run },
	{ "contact", "set", "ID", "changes what is named", set_options, 1, 1, 0, set_run },
	{ 0 },
};
