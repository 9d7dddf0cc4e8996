/*
 * publish.c: slots made from weekly patterns, and taken back.
 *
 * One command publishes one template for a stretch of days.  It carries the template's facts, the
 * days and the first of its ids, so that its run needs no clock and no calendar: the k-th day's
 * block is first + k * (1 + parts), its slots follow.  Whoever publishes, the home node of the
 * diary holds them.  Wall time becomes moments here, day by day, so a session keeps its hours when
 * the clocks change; a part that the clocks skip in spring is left out.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/diary_acts.h"
#include "clinic/refs.h"
#include "model/pattern.h"

/* ---- publish ---- */

struct publish {
	struct id template, clinician, site, room, service, first;
	int64_t node; /* who publishes; who holds the slots is looked up when it is run */
	const char *pattern;
	struct date from, to;
	struct day_rows days;
	/* what check found, for the one who asked; not part of the command */
	int slots, holidays, leave, before, left_out;
};
static const struct field publish_f[] = {
	FIELD(template, struct publish, "template", F_ID),
	FIELD(clinician, struct publish, "clinician", F_ID),
	FIELD(site, struct publish, "site", F_ID),
	FIELD(room, struct publish, "room", F_ID),
	FIELD(service, struct publish, "service", F_ID),
	FIELD(first, struct publish, "first", F_ID),
	FIELD(node, struct publish, "node", F_INT),
	FIELD_NEEDED(pattern, struct publish, "pattern", F_TEXT),
	FIELD(from, struct publish, "from", F_DATE),
	FIELD(to, struct publish, "to", F_DATE),
	FIELD_ROWS(days, struct publish, "days", &day_row_fields),
};
static const struct fields publish_fields = FIELDS(publish_f, struct publish);

/* The part as a slot of that day, except its state; false when the clocks skip it. */
static bool slot_of(const struct publish *p, const struct part *part, struct date day,
		    struct id block, struct id id, struct slot *ret)
{
	struct slot s = { .id = id,
			  .block = block,
			  .clinician = p->clinician,
			  .site = p->site,
			  .service = p->service,
			  .kind = part->kind,
			  .day = day,
			  .starts = wall_moment(day, part->at),
			  .mins = part->mins,
			  .holder = (int)p->node };

	if (!wall_exists(day, part->at))
		return false;
	if (part->release_hours >= 0)
		s.release_at.utc = s.starts.utc - part->release_hours * 3600;
	snprintf(s.note, sizeof s.note, "%s", part->note);
	*ret = s;
	return true;
}

/* The slots of one day that can be made, in order; *ret_clash the first thing in the way that is no
 * leftover, with the slot that met it.  A part that begins before its forerunner has ended (the
 * night the clocks go forward) is left out like one that the clocks skip. */
static void slots_of(const struct publish *p, const struct parts *parts, struct date day, size_t k,
		     const struct busies *busy, struct slots *ret, int *ret_left_out,
		     const struct busy **ret_clash, struct slot *ret_clashing)
{
	struct id block = { p->first.n + (int64_t)(k * (1 + parts->n)) };
	struct moment end = { 0 };

	*ret_clash = NULL;
	for (size_t i = 0; i < parts->n; i++) {
		const struct busy *hit;
		struct slot s;

		if (!slot_of(p, &parts->v[i], day, block, (struct id){ block.n + 1 + (int64_t)i },
			     &s) ||
		    s.starts.utc < end.utc)
			continue;
		end = slot_ends(&s);
		hit = busy_at(busy, s.starts, end, (struct id){ 0 });
		if (!hit) {
			*list_push(ret) = s;
			continue;
		}
		if (hit->leftover) {
			++*ret_left_out;
		} else if (!*ret_clash) {
			*ret_clash = hit;
			*ret_clashing = s;
		}
	}
}

/* Why a day of the stretch has no session: a reason to count, or NULL when it has one. */
static int *passed_over(struct desk *desk, struct publish *p, struct date day,
			const struct leaves *leave, const struct blocks *blocks)
{
	const struct site *site = ref_site(desk, p->site);

	list_each (b, blocks)
		if (b->day.n == day.n)
			return &p->before;
	if (site && calendar_is_holiday(desk->refs->calendar, site->nation, day, NULL))
		return &p->holidays;
	list_each (l, leave)
		if (l->from.n <= day.n && l->to.n >= day.n)
			return &p->leave;
	return NULL;
}

/* The stretch: from the day after the last published, as far as diaries go, within the template. */
static int stretch(struct desk *desk, const struct template *tpl, struct publish *p,
		   struct err *err)
{
	struct date last;

	if (date_none(p->from)) {
		if (blocks_last(desk->store, tpl->id, &last, err) < 0)
			return -1;
		p->from = date_none(last) || last.n < desk->today.n ? desk->today
								    : (struct date){ last.n + 1 };
	}
	if (date_none(p->to))
		p->to = (struct date){ desk->today.n + PUBLISH_DAYS };
	if (p->from.n < desk->today.n)
		return err_input(err, "from",
				 "Days that have passed are not published: start today.");
	if (p->to.n > desk->today.n + 2 * 366)
		return err_input(err, "to", "Diaries are published at most two years ahead.");
	if (p->from.n < tpl->from.n)
		p->from = tpl->from;
	if (!date_none(tpl->to) && p->to.n > tpl->to.n)
		p->to = tpl->to;
	return 0;
}

/* The days of the stretch on which there is to be a session. */
static int find_days(struct desk *desk, const struct template *tpl, struct publish *p,
		     struct err *err)
{
	struct leaves leave = { 0 };
	struct blocks blocks = { 0 };
	int rc = -1;

	if (leave_between(desk->store, p->clinician, p->from, p->to, &leave, err) < 0 ||
	    blocks_of_template(desk->store, p->template, p->from, p->to, &blocks, err) < 0)
		goto done;
	for (struct date day = p->from; day.n <= p->to.n; day.n++) {
		if (date_weekday(day) != tpl->weekday)
			continue;
		int *why = passed_over(desk, p, day, &leave, &blocks);

		if (why)
			++*why;
		else
			list_push(&p->days)->day = day;
	}
	rc = 0;
done:
	list_free(&leave);
	list_free(&blocks);
	return rc;
}

static int check_clashes(struct desk *desk, struct publish *p, const struct parts *parts,
			 struct err *err)
{
	int rc = 0;

	for (size_t k = 0; rc == 0 && k < p->days.n; k++) {
		struct date day = p->days.v[k].day;
		const struct busy *clash;
		struct busies busy = { 0 };
		struct slots slots = { 0 };
		struct slot at;

		rc = busy_of_day(desk->store, p->clinician, p->room, day, &busy, err);
		if (rc == 0) {
			slots_of(p, parts, day, k, &busy, &slots, &p->left_out, &clash, &at);
			p->slots += (int)slots.n;
			if (clash)
				rc = diary_clash(desk, p->clinician, p->room, clash, err);
		}
		list_free(&busy);
		list_free(&slots);
	}
	return rc;
}

static int publish_check(struct desk *desk, void *args, struct err *err)
{
	struct publish *p = args;
	struct template tpl;
	struct parts parts = { 0 };
	int rc;

	if (templates_get(desk->store, p->template, &tpl, err) < 0 ||
	    diary_may_change(desk, tpl.clinician, err) < 0)
		return -1;
	if (!tpl.on)
		return err_set(err, ERR_INPUT, "That template has ended: add a new one.");
	p->clinician = tpl.clinician;
	p->site = tpl.site;
	p->room = tpl.room;
	p->service = tpl.service;
	p->node = store_me(desk->store)->node;
	p->pattern = mem_str(tpl.pattern);
	if (stretch(desk, &tpl, p, err) < 0 || find_days(desk, &tpl, p, err) < 0 ||
	    pattern_parse(p->pattern, &parts, err) < 0)
		return -1;
	p->first = desk_new_ids(desk, (int64_t)((1 + parts.n) * (p->days.n ? p->days.n : 1)));
	rc = check_clashes(desk, p, &parts, err);
	list_free(&parts);
	return rc;
}

/* What the clinician's own days are taken with, apart from what others have in the room. */
static void part_busy(const struct busies *all, struct busies *ret_own, struct busies *ret_room)
{
	list_each (b, all)
		*list_push(b->room ? ret_room : ret_own) = *b;
}

/* The slots stand, and people may have been told of them: what the room is used for besides is for
 * a person to settle. */
static void put_slots(struct txn *t, const struct slots *slots, const struct busies *room)
{
	list_each (s, slots) {
		const struct busy *hit = busy_at(room, s->starts, slot_ends(s), (struct id){ 0 });

		slot_put(t, s);
		if (hit)
			txn_overlap(t, "room", s->id, hit->slot,
				    "published while another session has the room");
	}
}

/* One day, as far as nothing of the clinician's own is in the way. */
static int publish_day(struct txn *t, const struct publish *p, const struct parts *parts, size_t k)
{
	struct date day = p->days.v[k].day;
	struct block block = { .clinician = p->clinician,
			       .site = p->site,
			       .room = p->room,
			       .service = p->service,
			       .template = p->template,
			       .day = day };
	const struct busy *clash;
	struct blocks before = { 0 };
	struct busies busy = { 0 }, own = { 0 }, room = { 0 };
	struct slots slots = { 0 };
	struct slot at;
	int left_out = 0, made = 0;

	if (blocks_of_template(t->store, p->template, day, day, &before, &t->err) < 0 || before.n ||
	    busy_of_day(t->store, p->clinician, p->room, day, &busy, &t->err) < 0)
		goto done;
	part_busy(&busy, &own, &room);
	slots_of(p, parts, day, k, &own, &slots, &left_out, &clash, &at);
	if (clash)
		txn_overlap(t, "clinician", at.id, clash->slot,
			    "published over another session; the slot was left out");
	if (slots.n) {
		block.id = slots.v[0].block;
		block.starts = slots.v[0].starts;
		block.ends = slot_ends(&slots.v[slots.n - 1]);
		block_put(t, &block);
	}
	put_slots(t, &slots, &room);
	made = (int)slots.n;
done:
	list_free(&before);
	list_free(&busy);
	list_free(&own);
	list_free(&room);
	list_free(&slots);
	return made;
}

static int publish_run(struct txn *t, const void *args)
{
	const struct publish *p = args;
	struct publish now = *p;
	char from[DAY_TEXT], to[DAY_TEXT];
	struct parts parts = { 0 };
	int made = 0, home;

	txn_tell(t, "template", p->template, "Published nothing new");
	if (!clinician_home(t, p->clinician, &home) || pattern_parse(p->pattern, &parts, NULL) < 0)
		return VERDICT_FAILED;
	now.node = home;
	/* From another node the first id may be any number. */
	if (p->first.n <= INT64_MAX - (int64_t)((1 + parts.n) * (p->days.n + 1)))
		for (size_t k = 0; k < p->days.n && !txn_failed(t); k++)
			made += publish_day(t, &now, &parts, k);
	list_free(&parts);
	if (p->days.n)
		txn_tell(t, "template", p->template, "Published %zu days, %s to %s, %d slots",
			 p->days.n, date_show(p->days.v[0].day, from),
			 date_show(p->days.v[p->days.n - 1].day, to), made);
	return VERDICT_OK;
}

static int publish_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			   struct err *err);

const struct act act_publish = {
	.name = "publish",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(publish_f, struct publish),
	.check = publish_check,
	.run = publish_run,
	.reverse = publish_reverse,
};

int template_publish(struct desk *desk, struct id template, struct date from, struct date to,
		     struct published *ret, struct err *err)
{
	struct publish *p = mem_new(sizeof *p);
	int rc;

	p->template = template;
	p->from = from;
	p->to = to;
	rc = act_do(desk, &act_publish, p, err);
	if (rc == 0 && ret)
		*ret = (struct published){ template,	   p->from,   p->to,
					   (int)p->days.n, p->slots,  p->holidays,
					   p->leave,	   p->before, p->left_out };
	args_free(&publish_fields, p);
	return rc;
}

/* ---- taken back ---- */

struct withdraw {
	struct id template;
	struct id_rows blocks;
};
static const struct field withdraw_f[] = {
	FIELD(template, struct withdraw, "template", F_ID),
	FIELD_ROWS(blocks, struct withdraw, "blocks", &id_row_fields),
};
static const struct fields withdraw_fields = FIELDS(withdraw_f, struct withdraw);

static int withdraw_check(struct desk *desk, void *args, struct err *err)
{
	struct withdraw *w = args;
	struct entries hit = { 0 };
	struct template tpl;
	char when[DAY_TEXT];
	int rc;

	if (templates_get(desk->store, w->template, &tpl, err) < 0 ||
	    diary_may_change(desk, tpl.clinician, err) < 0)
		return -1;
	rc = entries_in_blocks(desk, &w->blocks, &hit, err);
	if (rc == 0 && hit.n)
		rc = err_set(
			err, ERR_CLASH,
			"%zu booked into it, the first on %s: move them first, or end the template.",
			hit.n, moment_show(hit.v[0].appt.starts, when));
	list_free(&hit);
	return rc;
}

static int withdraw_run(struct txn *t, const void *args)
{
	const struct withdraw *w = args;

	list_each (b, &w->blocks)
		block_withdraw(t, b->id);
	txn_tell(t, "template", w->template, "Withdrew %zu published days", w->blocks.n);
	return VERDICT_OK;
}

static int withdraw_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			    struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "Publish the template again instead.");
}

const struct act act_withdraw = {
	.name = "withdraw",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(withdraw_f, struct withdraw),
	.check = withdraw_check,
	.run = withdraw_run,
	.reverse = withdraw_reverse,
};

static int publish_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			   struct err *err)
{
	const struct publish *p = deed->args;
	struct withdraw *w = mem_new(sizeof *w);
	struct blocks blocks = { 0 };

	w->template = p->template;
	for (size_t k = 0; k < p->days.n; k++) {
		struct date day = p->days.v[k].day;

		if (blocks_of_template(desk->store, p->template, day, day, &blocks, err) < 0) {
			list_free(&blocks);
			args_free(&withdraw_fields, w);
			return -1;
		}
	}
	list_each (b, &blocks)
		list_push(&w->blocks)->id = b->id;
	list_free(&blocks);
	*ret = (struct call){ &act_withdraw, w };
	return 0;
}
