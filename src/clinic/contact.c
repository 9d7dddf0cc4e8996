/*
 * contact.c: whom we deal with at a customer: added, changed, found.
 *
 * A change carries how the row stood and how it is to stand: its run writes what the two differ in,
 * so that changes of different columns made at two places merge, and of the same the later stays.
 * Taken back, an addition is switched off.
 */
#include "clinic/contact.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/contact_acts.h"
#include "clinic/refs.h"
#include "store/contacts.h"

/* ---- arguments ---- */

struct stand {
	const char *name, *role, *department, *phone, *email, *told, *state;
	struct id stands_for;
};
static const struct field stand_f[] = {
	FIELD_NEEDED(name, struct stand, "name", F_TEXT),
	FIELD_NEEDED(role, struct stand, "role", F_TEXT),
	FIELD(department, struct stand, "department", F_TEXT),
	FIELD(phone, struct stand, "phone", F_TEXT),
	FIELD(email, struct stand, "email", F_TEXT),
	FIELD(told, struct stand, "told", F_TEXT),
	FIELD_NEEDED(state, struct stand, "state", F_TEXT),
	FIELD(stands_for, struct stand, "stands_for", F_ID),
};
static const struct fields stand_fields = FIELDS(stand_f, struct stand);
struct stands { /* one row */
	struct stand *v;
	size_t n, cap;
};

struct change {
	struct id contact, customer;
	const char *scope;
	struct stands was, to;	       /* was: none of one that is added */
	const struct contact_ask *ask; /* what check goes by, and not carried */
};
static const struct field change_f[] = {
	FIELD_NEEDED(contact, struct change, "contact", F_ID),
	FIELD(customer, struct change, "customer", F_ID),
	FIELD(scope, struct change, "scope", F_TEXT),
	FIELD_ROWS(was, struct change, "was", &stand_fields),
	FIELD_ROWS_NEEDED(to, struct change, "to", &stand_fields),
};
static const struct fields change_fields = FIELDS(change_f, struct change);

static void stand_push(struct stands *list, const struct customer_contact *c)
{
	struct stand *s = list_push(list);

	s->name = mem_str(c->name);
	s->role = mem_str(contact_role_code(c->role));
	s->department = *c->department ? mem_str(c->department) : NULL;
	s->phone = *c->phone ? mem_str(c->phone) : NULL;
	s->email = *c->email ? mem_str(c->email) : NULL;
	s->told = *c->told ? mem_str(c->told) : NULL;
	s->state = mem_str(c->on ? "on" : "off");
	s->stands_for = c->stands_for;
}

/* ---- run ---- */

static void merge(struct customer_contact *c, const struct stand *was, const struct stand *to)
{
	if (!text_same(was->name, to->name))
		COPY(c->name, to->name);
	if (!text_same(was->role, to->role))
		contact_role_parse(to->role, &c->role);
	if (!text_same(was->department, to->department))
		COPY(c->department, to->department);
	if (!text_same(was->phone, to->phone))
		COPY(c->phone, to->phone);
	if (!text_same(was->email, to->email))
		COPY(c->email, to->email);
	if (!text_same(was->told, to->told))
		COPY(c->told, to->told);
	if (!id_same(was->stands_for, to->stands_for))
		c->stands_for = to->stands_for;
	if (!text_same(was->state, to->state))
		c->on = text_same(to->state, "on");
}

static int add_run(struct txn *t, const void *args)
{
	static const struct stand nothing = { .role = "", .state = "" };
	const struct change *a = args;
	struct customer_contact c = { .id = a->contact, .customer = a->customer };

	txn_tell(t, "contact", a->contact, "contact added");
	if (a->to.n != 1 || !a->scope)
		return VERDICT_UNSUPPORTED;
	COPY(c.scope, a->scope);
	merge(&c, &nothing, &a->to.v[0]);
	contact_put(t, &c);
	txn_scope(t, a->scope);
	return VERDICT_OK;
}

static int set_run(struct txn *t, const void *args)
{
	const struct change *a = args;
	struct customer_contact now;

	txn_tell(t, "contact", a->contact, "contact changed");
	if (a->was.n != 1 || a->to.n != 1)
		return VERDICT_UNSUPPORTED;
	if (!contact_read(t, a->contact, &now))
		return VERDICT_STALE;
	txn_scope(t, now.scope);
	merge(&now, &a->was.v[0], &a->to.v[0]);
	contact_write(t, &now);
	return VERDICT_OK;
}

/* ---- check ---- */

static int text_into(const char *typed, const char *field, char *ret, size_t n, struct err *err)
{
	const char *why = NULL;
	char *clean;

	if (!typed)
		return 0;
	clean = text_clean(typed, 60, &why);
	if (!clean || strlen(clean) >= n) {
		err_input(err, field, "The %s is refused: %s.", field,
			  clean ? "it is too long" : why);
		mem_free(clean);
		return -1;
	}
	text_copy(ret, n, clean);
	mem_free(clean);
	return 0;
}

static int words_into(const char *typed, char ret[WORDS_TEXT], struct err *err)
{
	char word[WORDS_TEXT];

	for (const char *p = text_of(typed); *p;) {
		size_t n = strcspn(p, " ,");

		snprintf(word, sizeof word, "%.*s", (int)n, p);
		if (n && !words_have(CONTACT_TOLD, word))
			return err_input(err, "told",
					 "They may be told some of: %s; not \"%.40s\".",
					 CONTACT_TOLD, word);
		p += n + (p[n] != '\0');
	}
	if (typed)
		text_copy(ret, WORDS_TEXT, typed);
	return 0;
}

static int away(struct desk *desk, const struct contact_ask *ask, struct customer_contact *c,
		struct err *err)
{
	struct customer_contact other;
	struct id id;

	if (!ask->stands_for)
		return 0;
	c->stands_for = (struct id){ 0 };
	if (!*ask->stands_for)
		return 0;
	if (!id_parse(ask->stands_for, &id))
		return err_input(err, "stands-for", "\"%.40s\" is no contact's id.",
				 ask->stands_for);
	if (contact_get(desk->store, id, &other, err) < 0)
		return -1;
	if (!id_same(other.customer, c->customer) || id_same(other.id, c->id))
		return err_input(err, "stands-for",
				 "They stand in for somebody else of the same customer.");
	c->stands_for = id;
	return 0;
}

/* What was asked for, put over what is there. */
static int apply(struct desk *desk, const struct contact_ask *ask, struct customer_contact *c,
		 struct err *err)
{
	if (text_into(ask->name, "name", c->name, sizeof c->name, err) < 0 ||
	    text_into(ask->department, "department", c->department, sizeof c->department, err) <
		    0 ||
	    text_into(ask->email, "email", c->email, sizeof c->email, err) < 0 ||
	    words_into(ask->told, c->told, err) < 0 || away(desk, ask, c, err) < 0)
		return -1;
	if (!*c->name)
		return err_input(err, "name", "A name is needed.");
	if (ask->role && !contact_role_parse(ask->role, &c->role))
		return err_input(err, "role",
				 "A role is manager, hr, stand_in or recruitment, not \"%.40s\".",
				 ask->role);
	if (ask->phone && *ask->phone && !phone_parse(ask->phone, c->phone))
		return err_input(err, "phone", "\"%.40s\" is no telephone number.", ask->phone);
	if (ask->phone && !*ask->phone)
		c->phone[0] = '\0';
	if (*c->email && !strchr(c->email, '@'))
		return err_input(err, "email", "\"%.60s\" is no e-mail address.", c->email);
	if (ask->state)
		c->on = strcmp(ask->state, "on") == 0;
	return 0;
}

static int add_check(struct desk *desk, void *args, struct err *err)
{
	struct change *a = args;
	const struct customer *customer = ref_customer(desk, a->customer);
	struct customer_contact c = { .on = true, .customer = a->customer, .told = "booked" };

	if (!customer || !customer->on)
		return err_input(err, "customer",
				 "There is no such customer now: customer list shows them.");
	if (apply(desk, a->ask, &c, err) < 0)
		return -1;
	a->contact = desk_new_id(desk);
	a->scope = mem_printf("org:%s", customer->code);
	stand_push(&a->to, &c);
	return 0;
}

static int set_check(struct desk *desk, void *args, struct err *err)
{
	struct change *a = args;
	struct customer_contact c;

	if (!a->ask) /* the way back: the door has seen to it that nobody changed it since */
		return contact_get(desk->store, a->contact, &c, err);
	if (contact_get(desk->store, a->contact, &c, err) < 0)
		return -1;
	stand_push(&a->was, &c);
	if (apply(desk, a->ask, &c, err) < 0)
		return -1;
	stand_push(&a->to, &c);
	return 0;
}

/* ---- the way back ---- */

static void stands_copy(struct stands *to, const struct stands *from)
{
	list_each (s, from) {
		struct stand *n = list_push(to);

		*n = *s;
		n->name = mem_str(s->name);
		n->role = mem_str(s->role);
		n->department = mem_str(s->department);
		n->phone = mem_str(s->phone);
		n->email = mem_str(s->email);
		n->told = mem_str(s->told);
		n->state = mem_str(s->state);
	}
}

static int add_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	const struct change *was = deed->args;
	struct change *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	back->contact = was->contact;
	stands_copy(&back->was, &was->to);
	stands_copy(&back->to, &was->to);
	mem_free((char *)back->to.v[0].state);
	back->to.v[0].state = mem_str("off");
	*ret = (struct call){ &act_contact_set, back };
	return 0;
}

static int set_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	const struct change *was = deed->args;
	struct change *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	back->contact = was->contact;
	stands_copy(&back->was, &was->to);
	stands_copy(&back->to, &was->was);
	*ret = (struct call){ &act_contact_set, back };
	return 0;
}

const struct act act_contact_add = {
	.name = "contact_add",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(change_f, struct change),
	.check = add_check,
	.run = add_run,
	.reverse = add_reverse,
};
const struct act act_contact_set = {
	.name = "contact_set",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(change_f, struct change),
	.check = set_check,
	.run = set_run,
	.reverse = set_reverse,
};

/* ---- for callers ---- */

int contact_add(struct desk *desk, struct id customer, const struct contact_ask *ask,
		struct id *ret, struct err *err)
{
	struct change *a = mem_new(sizeof *a);
	int rc;

	a->customer = customer;
	a->ask = ask;
	rc = act_do(desk, &act_contact_add, a, err);
	if (rc == 0 && ret)
		*ret = a->contact;
	args_free(&change_fields, a);
	return rc;
}

int contact_change(struct desk *desk, struct id contact, const struct contact_ask *ask,
		   struct err *err)
{
	struct change *a = mem_new(sizeof *a);
	int rc;

	a->contact = contact;
	a->ask = ask;
	rc = act_do(desk, &act_contact_set, a, err);
	args_free(&change_fields, a);
	return rc;
}

int contact_one(struct desk *desk, struct id contact, struct customer_contact *ret, struct err *err)
{
	return contact_get(desk->store, contact, ret, err);
}

int contact_list(struct desk *desk, struct id customer, const char *name,
		 struct customer_contacts *ret, struct err *err)
{
	return desk_needs(desk, ROLE_ANY, "The list of contacts", err) < 0
		       ? -1
		       : customer_contacts_of(desk->store, customer, name, ret, err);
}

int contacts_found(struct desk *desk, const char *name, struct customer_contacts *ret,
		   struct err *err)
{
	enum { LEAST = 2 };

	return strlen(name) < LEAST ? 0
				    : contacts_named(desk->store, name, CONTACTS_FOUND, ret, err);
}

/* ---- what they may be told ---- */

/* Which word lets them hear of each state; "" everybody who sent it may. */
static const char *word_for(enum referral_state s)
{
	switch (s) {
	case REF_BOOKED:
	case REF_TO_BOOK:
		return "booked";
	case REF_DNA_CLOSED:
		return "dna";
	case REF_ATTENDED:
	case REF_CLOSED:
	case REF_REVIEW_DUE:
		return "outcome";
	case REF_DRAFT:
	case REF_SHOWN:
	case REF_RELEASED:
		return "report";
	default:
		return "";
	}
}

/* Is anybody there to be told of it at all? */
static bool tellable(const struct desk *desk, const struct referral_row *r)
{
	const struct service *s =
		ref_service(desk, r->course.there ? r->course.service : r->r.service);

	return s && !s->private_ && r->r.source != FROM_SELF && !date_none(r->r.agreed) &&
	       r->r.state != REF_WITHDRAWN;
}

static bool theirs(const struct customer_contact *who, const struct referral_row *r)
{
	return !id_none(r->r.referrer) &&
	       (id_same(r->r.referrer, who->id) || id_same(r->r.referrer, who->stands_for));
}

char *contact_hears(struct desk *desk, const struct customer_contact *who,
		    const struct referral_row *r, char ret[WORDS_TEXT])
{
	const char *word = word_for(r->shown);

	ret[0] = '\0';
	if (!who->on || !*who->told || !theirs(who, r) || !tellable(desk, r))
		return ret;
	snprintf(ret, WORDS_TEXT, "%s",
		 *word && !words_have(who->told, word) ? "received"
						       : referral_state_word(r->shown));
	return ret;
}

int contact_told(struct desk *desk, const struct referral_row *r, struct customer_contact *ret,
		 char ret_told[WORDS_TEXT], struct err *err)
{
	struct customer_contact sent = { 0 }, other = { 0 };

	memset(ret, 0, sizeof *ret);
	ret_told[0] = '\0';
	if (id_none(r->r.referrer))
		return 0;
	if (contact_get(desk->store, r->r.referrer, &sent, err) < 0 ||
	    contact_stand_in(desk->store, sent.customer, sent.id, &other, err) < 0)
		return -1;
	*ret = id_none(other.id) ? sent : other;
	if (!tellable(desk, r) || !ret->on)
		return 0;
	text_copy(ret_told, WORDS_TEXT, ret->told);
	return 0;
}
