/*
 * template.c: the acts on weekly patterns: add, end, and their ways back.
 *
 * A template is never altered in place: changing it ends one row and starts another, so that what
 * was published can always be told from the pattern it came from (templates.c).
 */
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/diary.h"
#include "clinic/diary_acts.h"
#include "clinic/refs.h"
#include "model/pattern.h"
#include "store/store.h"

enum { PATTERN_RUNES = 1000 };

/* ---- add ---- */

struct add {
	struct id id, clinician, site, room, service;
	int64_t weekday;
	const char *pattern;
	struct date from, to;
};
static const struct field add_f[] = {
	FIELD(id, struct add, "id", F_ID),
	FIELD(clinician, struct add, "clinician", F_ID),
	FIELD(site, struct add, "site", F_ID),
	FIELD(room, struct add, "room", F_ID),
	FIELD(service, struct add, "service", F_ID),
	FIELD(weekday, struct add, "weekday", F_INT),
	FIELD(pattern, struct add, "pattern", F_TEXT),
	FIELD(from, struct add, "from", F_DATE),
	FIELD(to, struct add, "to", F_DATE),
};
static const struct fields add_fields = FIELDS(add_f, struct add);

/* The places and the service of a template as they stand today. */
static int check_where(struct desk *desk, const struct add *a, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, a->clinician);
	const struct site *site = ref_site(desk, a->site);
	const struct room *room = ref_room(desk, a->room);
	const struct service *service = ref_service(desk, a->service);

	if (!c->on)
		return err_input(err, "clinician",
				 "%s is switched off: clinician set %s --state on.", c->surname,
				 c->code);
	if (!site || !site->on)
		return err_input(err, "site", "A template needs a site that is switched on.");
	if (!service || !service->on)
		return err_input(err, "service", "A template needs a service that is switched on.");
	if (!id_none(a->room) && (!room || !id_same(room->site, site->id) || !room->on))
		return err_input(err, "room", "There is no such room at %s: room list shows them.",
				 site->name);
	return 0;
}

static int add_check(struct desk *desk, void *args, struct err *err)
{
	struct add *a = args;
	struct parts parts = { 0 };

	if (diary_may_change(desk, a->clinician, err) < 0 || check_where(desk, a, err) < 0)
		return -1;
	if (a->weekday < 0 || a->weekday > 6)
		return err_input(err, "day", "A template is for one day of the week: mon to sun.");
	if (date_none(a->from))
		return err_input(err, "from", "A template needs its first day.");
	if (!date_none(a->to) && a->to.n < a->from.n)
		return err_input(err, "to", "It would end before it starts.");
	if (strlen(a->pattern) >= sizeof((struct template *)0)->pattern)
		return err_input(err, "pattern", "The pattern is too long: at most %zu letters.",
				 sizeof((struct template *)0)->pattern - 1);
	if (pattern_parse(a->pattern, &parts, err) < 0)
		return -1;
	list_free(&parts);
	if (id_none(a->id))
		a->id = desk_new_id(desk);
	return 0;
}

static int add_run(struct txn *t, const void *args)
{
	const struct add *a = args;
	struct template tpl = { .id = a->id,
				.clinician = a->clinician,
				.site = a->site,
				.room = a->room,
				.service = a->service,
				.weekday = (int)a->weekday,
				.from = a->from,
				.to = a->to,
				.on = true };
	char from[DAY_TEXT];

	/* From another node it may be any number, and lists look for its name. */
	if (a->weekday < 0 || a->weekday > 6) {
		txn_tell(t, "template", a->id, "Not added: there is no such day of the week");
		return VERDICT_FAILED;
	}
	snprintf(tpl.pattern, sizeof tpl.pattern, "%s", a->pattern);
	template_put(t, &tpl);
	txn_tell(t, "template", a->id, "Added %s from %s: %s", weekday_short[tpl.weekday],
		 date_show(a->from, from), tpl.pattern);
	return VERDICT_OK;
}

/* ---- off: an addition taken back ---- */

struct off {
	struct id template;
};
static const struct field off_f[] = { FIELD(template, struct off, "template", F_ID) };

static int off_check(struct desk *desk, void *args, struct err *err)
{
	const struct off *o = args;
	struct template tpl;
	struct date last;

	if (templates_get(desk->store, o->template, &tpl, err) < 0 ||
	    diary_may_change(desk, tpl.clinician, err) < 0 ||
	    blocks_last(desk->store, tpl.id, &last, err) < 0)
		return -1;
	if (!date_none(last))
		return err_set(err, ERR_CLASH, "It was published since: end the template instead.");
	return 0;
}

static int off_run(struct txn *t, const void *args)
{
	const struct off *o = args;
	struct template tpl;

	if (templates_get(t->store, o->template, &tpl, &t->err) < 0)
		return VERDICT_FAILED;
	template_close(t, o->template, tpl.to, false);
	txn_tell(t, "template", o->template, "Took the template back");
	return VERDICT_OK;
}

static int off_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "Add the template again instead.");
}

const struct act act_template_off = {
	.name = "template_off",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(off_f, struct off),
	.check = off_check,
	.run = off_run,
	.reverse = off_reverse,
};

static int add_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	struct off *o = mem_new(sizeof *o);

	(void)desk, (void)err;
	o->template = ((const struct add *)deed->args)->id;
	*ret = (struct call){ &act_template_off, o };
	return 0;
}

const struct act act_template_add = {
	.name = "template_add",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(add_f, struct add),
	.check = add_check,
	.run = add_run,
	.reverse = add_reverse,
};

int template_add(struct desk *desk, const struct template *want, struct id *ret_id, struct err *err)
{
	struct add *a = mem_new(sizeof *a);
	const char *why = NULL;
	int rc;

	*a = (struct add){ .clinician = want->clinician,
			   .site = want->site,
			   .room = want->room,
			   .service = want->service,
			   .weekday = want->weekday,
			   .pattern = text_clean(want->pattern, PATTERN_RUNES, &why),
			   .from = want->from,
			   .to = want->to };
	rc = a->pattern ? act_do(desk, &act_template_add, a, err)
			: err_input(err, "pattern", "The pattern is refused: %s.", why);
	if (rc == 0 && ret_id)
		*ret_id = a->id;
	args_free(&add_fields, a);
	return rc;
}

/* ---- end ---- */

struct end {
	struct id template;
	struct date last, was; /* its last day from now on, and before */
	struct id_rows blocks; /* published for days after `last`: withdrawn */
};
static const struct field end_f[] = {
	FIELD(template, struct end, "template", F_ID),
	FIELD(last, struct end, "last", F_DATE),
	FIELD(was, struct end, "was", F_DATE),
	FIELD_ROWS(blocks, struct end, "blocks", &id_row_fields),
};
static const struct fields end_fields = FIELDS(end_f, struct end);

static int end_check(struct desk *desk, void *args, struct err *err)
{
	struct end *e = args;
	struct blocks blocks = { 0 };
	struct template tpl;
	char day[DAY_TEXT];

	if (templates_get(desk->store, e->template, &tpl, err) < 0 ||
	    diary_may_change(desk, tpl.clinician, err) < 0)
		return -1;
	if (!tpl.on)
		return err_set(err, ERR_INPUT, "That template has ended already.");
	if (e->last.n < desk->today.n - 1)
		return err_input(err, "to",
				 "What has passed stays as it was: yesterday is the earliest end.");
	if (!date_none(tpl.to) && e->last.n > tpl.to.n)
		return err_input(err, "to", "It ends on %s already.", date_show(tpl.to, day));
	e->was = tpl.to;
	if (blocks_of_template(desk->store, tpl.id, (struct date){ e->last.n + 1 },
			       (struct date){ INT32_MAX }, &blocks, err) < 0) {
		list_free(&blocks);
		return -1;
	}
	list_each (b, &blocks)
		list_push(&e->blocks)->id = b->id;
	list_free(&blocks);
	return 0;
}

static int end_run(struct txn *t, const void *args)
{
	const struct end *e = args;
	struct template tpl;
	char day[DAY_TEXT];

	if (templates_get(t->store, e->template, &tpl, &t->err) < 0)
		return VERDICT_FAILED;
	template_close(t, e->template, e->last, e->last.n >= tpl.from.n);
	list_each (b, &e->blocks)
		block_withdraw(t, b->id);
	txn_tell(t, "template", e->template, "Ended with %s, %zu published days withdrawn",
		 date_show(e->last, day), e->blocks.n);
	return VERDICT_OK;
}

/* ---- reopen: an end taken back ---- */

static int closed_slots(struct store *st, const struct id_rows *blocks, struct slots *ret,
			struct err *err)
{
	list_each (b, blocks)
		if (slots_in_state(st, b->id, SLOT_WITHDRAWN, ret, err) < 0)
			return -1;
	return 0;
}

static int reopen_check(struct desk *desk, void *args, struct err *err)
{
	const struct end *e = args;
	struct slots slots = { 0 };
	struct template tpl;
	int rc = -1;

	if (templates_get(desk->store, e->template, &tpl, err) == 0 &&
	    diary_may_change(desk, tpl.clinician, err) == 0 &&
	    closed_slots(desk->store, &e->blocks, &slots, err) == 0)
		rc = slots_may_open(desk, &slots, err);
	list_free(&slots);
	return rc;
}

static int reopen_run(struct txn *t, const void *args)
{
	const struct end *e = args;
	struct slots slots = { 0 };

	template_close(t, e->template, e->last, true);
	list_each (b, &e->blocks)
		block_open(t, b->id);
	if (!txn_failed(t) && closed_slots(t->store, &e->blocks, &slots, &t->err) == 0)
		slots_open(t, &slots);
	list_free(&slots);
	txn_tell(t, "template", e->template, "Goes on, %zu published days open again", e->blocks.n);
	return VERDICT_OK;
}

static int reopen_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "End the template again instead.");
}

const struct act act_template_reopen = {
	.name = "template_reopen",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(end_f, struct end),
	.check = reopen_check,
	.run = reopen_run,
	.reverse = reopen_reverse,
};

static int end_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	const struct end *e = deed->args;
	struct end *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	*back = (struct end){ .template = e->template, .last = e->was, .was = e->last };
	list_each (b, &e->blocks)
		*list_push(&back->blocks) = *b;
	*ret = (struct call){ &act_template_reopen, back };
	return 0;
}

const struct act act_template_end = {
	.name = "template_end",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(end_f, struct end),
	.check = end_check,
	.run = end_run,
	.reverse = end_reverse,
};

int template_end(struct desk *desk, struct id template, struct date last, struct entries *ret_hit,
		 struct err *err)
{
	struct end *e = mem_new(sizeof *e);
	int rc;

	*e = (struct end){ .template = template, .last = last, .was = DATE_NONE };
	rc = act_do(desk, &act_template_end, e, err);
	if (rc == 0 && ret_hit)
		rc = entries_in_blocks(desk, &e->blocks, ret_hit, err);
	args_free(&end_fields, e);
	return rc;
}
