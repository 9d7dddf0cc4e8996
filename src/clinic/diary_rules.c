/*
 * diary_rules.c: what the acts on diaries share: who may, what clashes, closed slots opened again.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/diary.h"
#include "clinic/diary_acts.h"
#include "clinic/refs.h"
#include "store/journal.h"
#include "store/store.h"

enum { WHY_RUNES = 60 };

/* ---- who may ---- */

int diary_may_change(struct desk *desk, struct id clinician, struct err *err)
{
	const unsigned anybodys = ROLE_ADMINISTRATOR | ROLE_MANAGER;
	const struct clinician *c = ref_clinician(desk, clinician);
	int node = store_me(desk->store)->node;

	if (!c)
		return err_set(err, ERR_MISSING,
			       "There is no such clinician: clinician list shows them.");
	if (!(desk->user.role & anybodys) && !id_same(desk->user.clinician, clinician))
		return err_set(err, ERR_DENIED,
			       "%s's diary is changed by %s, a manager or an administrator.",
			       c->surname, c->given);
	if (c->node != node)
		return err_set(
			err, ERR_DENIED,
			"%s's diary is kept by node %d, and this is node %d: change it there.",
			c->surname, c->node, node);
	return 0;
}

int diary_undo(struct desk *desk, struct id subject, char *ret_what, size_t n, struct err *err)
{
	struct event last;

	if (history_last(desk->store, subject, &last, err) < 0)
		return -1;
	if (strcmp(last.type, "leave") != 0 && strcmp(last.type, "template") != 0)
		return err_set(err, ERR_MISSING,
			       "No leave or template of that id has a change to take back.");
	return act_undo_event(desk, last.id, ret_what, n, err);
}

/* ---- rows of ids and days ---- */

static const struct field id_row_f[] = { FIELD(id, struct id_row, "id", F_ID) };
const struct fields id_row_fields = FIELDS(id_row_f, struct id_row);
static const struct field day_row_f[] = { FIELD(day, struct day_row, "day", F_DATE) };
const struct fields day_row_fields = FIELDS(day_row_f, struct day_row);

/* ---- reasons ---- */

const char *diary_reason(const char *why, struct err *err)
{
	const char *bad = NULL;
	char *clean = text_clean(why ? why : "", WHY_RUNES, &bad);

	if (!clean)
		err_input(err, "why", "The reason is refused: %s.", bad);
	else if (!*clean)
		err_input(err, "why", "A reason is needed, in a few words.");
	else if (strlen(clean) < WORDS_TEXT)
		return clean;
	else
		err_input(err, "why", "The reason is too long.");
	mem_free(clean);
	return NULL;
}

/* ---- clashes ---- */

int diary_clash(const struct desk *desk, struct id clinician, struct id room,
		const struct busy *busy, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, clinician),
			       *other = ref_clinician(desk, busy->clinician);
	const struct site *site = ref_site(desk, busy->site);
	const struct room *r = ref_room(desk, room);
	char when[DAY_TEXT], until[DAY_TEXT];

	moment_show(busy->starts, when);
	minute_show(moment_minute(busy->ends), until);
	if (busy->room)
		return err_set(err, ERR_CLASH,
			       "%s at %s is %s's on %s to %s: choose another room or time.",
			       r ? r->name : "The room", site ? site->name : "the site",
			       other ? other->surname : "somebody else", when, until);
	return err_set(err, ERR_CLASH,
		       "%s has a session at %s already on %s to %s: change one of the two.",
		       c ? c->surname : "The clinician", site ? site->name : "a site", when, until);
}

int slots_may_open(struct desk *desk, const struct slots *list, struct err *err)
{
	struct busies busy = { 0 };
	struct block block = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < list->n; i++) {
		const struct slot *s = &list->v[i];
		const struct busy *hit;

		/* One look at the day serves all slots of a block. */
		if (i == 0 || !id_same(s->block, list->v[i - 1].block)) {
			list_free(&busy);
			if (blocks_get(desk->store, s->block, &block, err) < 0 ||
			    busy_of_day(desk->store, s->clinician, block.room, s->day, &busy, err) <
				    0)
				rc = -1;
		}
		if (rc == 0 && (hit = busy_at(&busy, s->starts, slot_ends(s), s->block)))
			rc = diary_clash(desk, s->clinician, block.room, hit, err);
	}
	list_free(&busy);
	return rc;
}

void slots_open(struct txn *t, const struct slots *list)
{
	struct busies busy = { 0 };
	struct block block = { 0 };

	for (size_t i = 0; i < list->n && !txn_failed(t); i++) {
		const struct slot *s = &list->v[i];
		const struct busy *hit;
		char note[WORDS_TEXT];
		enum slot_state due;

		if (i == 0 || !id_same(s->block, list->v[i - 1].block)) {
			list_free(&busy);
			if (blocks_get(t->store, s->block, &block, &t->err) < 0 ||
			    busy_of_day(t->store, s->clinician, block.room, s->day, &busy,
					&t->err) < 0)
				break;
		}
		if (slot_due(t->store, s->id, &due, note, &t->err) < 0)
			break;
		hit = due == SLOT_OPEN ? busy_at(&busy, s->starts, slot_ends(s), s->block) : NULL;
		/* Its holder has told people of it by now: it opens, and a person moves one of the
		 * two. */
		if (hit)
			txn_overlap(t, hit->room ? "room" : "clinician", s->id, hit->slot,
				    "opened again over another session");
		/* Only the words of the block that ends go; those of the pattern stay. */
		slot_set_state(t, s->id, due,
			       due == SLOT_BLOCKED	  ? note
			       : s->state == SLOT_BLOCKED ? NULL
							  : s->note);
	}
	list_free(&busy);
}

int slots_in_state(struct store *st, struct id block, enum slot_state state, struct slots *ret,
		   struct err *err)
{
	struct slots all = { 0 };
	int rc = slots_run(st, block, (struct moment){ 0 }, 1000, &all, err);

	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (all.v[i].state == state)
			*list_push(ret) = all.v[i];
	list_free(&all);
	return rc;
}

int entries_in_blocks(struct desk *desk, const struct id_rows *blocks, struct entries *ret,
		      struct err *err)
{
	struct entries day = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < blocks->n; i++) {
		struct slots slots = { 0 };
		struct id last = { 0 };

		rc = slots_run(desk->store, blocks->v[i].id, (struct moment){ 0 }, 1000, &slots,
			       err);
		if (rc == 0 && slots.n)
			rc = entries_of(desk->store, slots.v[0].clinician, slots.v[0].day,
					slots.v[0].day, &day, err);
		list_each (s, &slots) {
			if (id_none(s->appt) || id_same(s->appt, last))
				continue;
			last = s->appt;
			list_each (e, &day) {
				if (!id_same(e->appt.id, last) || !appt_live(e->appt.state))
					continue;
				diary_mask(desk, e);
				*list_push(ret) = *e;
			}
		}
		list_free(&slots);
		list_free(&day);
	}
	return rc;
}

int diary_hit(struct desk *desk, struct id clinician, struct moment from, struct moment to,
	      struct entries *ret, struct err *err)
{
	struct entries all = { 0 };
	int rc = entries_of(desk->store, clinician, moment_date(from), moment_date(to), &all, err);

	list_each (e, &all) {
		int64_t ends = e->appt.starts.utc + e->appt.mins * 60;

		if (!appt_live(e->appt.state) || e->appt.starts.utc >= to.utc || ends <= from.utc)
			continue;
		diary_mask(desk, e);
		*list_push(ret) = *e;
	}
	list_free(&all);
	return rc;
}
