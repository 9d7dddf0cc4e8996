/*
 * deeds.c: what people do, through the functions that their screens call.  Most of it may be
 * refused, and is: who is refused was told so, and nothing is promised.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/diary.h"
#include "clinic/holder.h"
#include "clinic/intake.h"
#include "clinic/publish.h"
#include "clinic/record.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "sim.h"
#include "store/referrals.h"

static struct id pick(struct sim *sim, struct machine *p, const char *from)
{
	char *count = mem_printf("SELECT count(*) FROM %s", from), *sql;
	int64_t n = sim_number(sim, p, count, 0);
	struct id id = { 0 };

	mem_free(count);
	if (n == 0)
		return id;
	sql = mem_printf("SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET ?1", from);
	id.n = sim_number(sim, p, sql, sim_chance(sim, (uint32_t)n));
	mem_free(sql);
	return id;
}

static int64_t slot_of(struct sim *sim, struct machine *p, const char *column, struct id slot)
{
	char *sql = mem_printf("SELECT %s FROM slot WHERE id = ?1", column);
	int64_t n = sim_number(sim, p, sql, slot.n);

	mem_free(sql);
	return n;
}

/* Among the first few: everybody wants the same. */
static struct id first_of(struct sim *sim, struct machine *p, const char *from)
{
	char *sql = mem_printf("SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET ?1", from);
	struct id id = { sim_number(sim, p, sql, sim_chance(sim, 3)) };

	mem_free(sql);
	return id;
}

static struct id some_slot(struct sim *sim, struct machine *p)
{
	static const char FREE[] = "slot WHERE appt IS NULL AND state = 'open' AND id < 5000000";
	char here[160];

	snprintf(here, sizeof here, "%s AND holder = %d", FREE, p->node);
	/* Now and then one that is taken, or gone. */
	if (sim_chance(sim, 8) == 0)
		return pick(sim, p, "slot");
	return sim_chance(sim, 2) ? first_of(sim, p, here) : pick(sim, p, FREE);
}

static struct id some_appt(struct sim *sim, struct machine *p, const char *from)
{
	return sim_chance(sim, 2) ? first_of(sim, p, from) : pick(sim, p, from);
}

static void sit(struct sim *sim, struct machine *p, const char *user)
{
	struct err err = ERR_INIT;

	if (desk_sit(&p->desk, user, &err) < 0)
		sim_broken(sim, "%s cannot sit down at %d: %s", user, p->at, err.text);
	desk_tick(&p->desk);
	/* As a screen would: what others changed is read before the next key. */
	desk_refresh(&p->desk, NULL);
}

static int book_slot(struct sim *sim, struct machine *p, struct id slot, struct err *err)
{
	struct id id;
	struct booking_ask ask = {
		.person = pick(sim, p, "person WHERE status = 'active'"),
		.service = { slot_of(sim, p, "service", slot) },
		.clinician = { slot_of(sim, p, "clinician", slot) },
		.starts = { slot_of(sim, p, "starts", slot) },
	};

	if (id_none(slot))
		return -1;
	sit(sim, p,
	    sim_number(sim, p, "SELECT private FROM service WHERE id = ?1", ask.service.n)
		    ? "s.kelly"
		    : "p.shah");
	if (sim_chance(sim, 12) == 0)
		ask.over_why = "in pain";
	return booking_book(&p->desk, &ask, &id, err);
}

static int book(struct sim *sim, struct machine *p, struct err *err)
{
	return book_slot(sim, p, some_slot(sim, p), err);
}

static int move(struct sim *sim, struct machine *p, struct err *err)
{
	struct id appt = some_appt(sim, p, "appointment WHERE state IN ('T', 'B')");
	struct id slot = some_slot(sim, p);
	struct move_ask ask = { .clinician = { slot_of(sim, p, "clinician", slot) },
				.starts = { slot_of(sim, p, "starts", slot) },
				.by = sim_chance(sim, 2) ? CANCEL_PERSON : CANCEL_SERVICE };

	if (id_none(appt) || id_none(slot))
		return -1;
	sit(sim, p, "s.kelly");
	return booking_move(&p->desk, appt, &ask, err);
}

static int cancel(struct sim *sim, struct machine *p, struct err *err)
{
	struct id appt = some_appt(sim, p, "appointment WHERE state IN ('T', 'B', 'A')"), slot;

	if (id_none(appt))
		return -1;
	slot.n = sim_number(sim, p, "SELECT min(id) FROM slot WHERE appt = ?1", appt.n);
	sit(sim, p, "s.kelly");
	if (booking_cancel(&p->desk, appt, sim_chance(sim, 2) ? CANCEL_PERSON : CANCEL_ERROR,
			   "rang", err) < 0)
		return -1;
	/* Somebody waits for the time already. */
	return id_none(slot) || sim_chance(sim, 2) ? 0 : book_slot(sim, p, slot, err);
}

static int mark(struct sim *sim, struct machine *p, struct err *err)
{
	static const enum appt_state to[] = { APPT_ARRIVED, APPT_IN_ROOM, APPT_SEEN, APPT_DNA,
					      APPT_LATE };
	/* Of today, else there is nothing to mark. */
	struct id appt = pick(sim, p,
			      "appointment WHERE state IN ('B', 'A', 'I')"
			      " AND day = (SELECT min(day) FROM slot)");

	if (id_none(appt))
		return -1;
	sit(sim, p, "p.shah");
	return booking_mark(&p->desk, appt, to[sim_chance(sim, 5)], NULL, err);
}

static int undo(struct sim *sim, struct machine *p, struct err *err)
{
	/* Not a.root at the hub: that would take back who works here. */
	sit(sim, p,
	    sim_chance(sim, 3)	 ? "p.shah"
	    : p->at == HUB	 ? "s.kelly"
	    : sim_chance(sim, 2) ? "s.kelly"
				 : "a.root");
	if (sim_chance(sim, 2))
		return act_undo_last(&p->desk, NULL, 0, err);
	struct id appt = pick(sim, p, "appointment");

	return id_none(appt) ? -1 : booking_undo(&p->desk, appt, NULL, 0, err);
}

static int edit(struct sim *sim, struct machine *p, struct err *err)
{
	struct intake_form form = { 0 };
	struct id person = pick(sim, p, "person WHERE status = 'active'");
	char value[32];

	sit(sim, p, "p.shah");
	snprintf(value, sizeof value, "07700 900%03u", sim_chance(sim, 1000));
	if (sim_chance(sim, 2))
		form.v[IN_MOBILE] = value;
	else
		form.v[IN_PREFERRED] = sim_chance(sim, 2) ? "Annie" : "Nan";
	return intake_set(&p->desk, person, &form, NULL, err);
}

static int add(struct sim *sim, struct machine *p, struct err *err)
{
	struct intake_form form = { 0 };
	const struct customer *wvh = NULL;
	struct id id;

	sit(sim, p, "p.shah");
	if (find_customer(&p->desk, "WVH", &wvh, err) < 0)
		return -1;
	form.v[IN_SURNAME] = "Newman";
	form.v[IN_GIVEN] = "Jo";
	return intake_add(&p->desk, &form, wvh->id, true, &id, err);
}

/* The diary of the clinician who is at home here: a day closed, an hour closed, and back. */
static int diary(struct sim *sim, struct machine *p, struct err *err)
{
	struct id who = { sim_number(sim, p, "SELECT id FROM clinician WHERE node = ?1", p->node) };
	struct date day = { (int32_t)sim_number(sim, p,
						"SELECT max(day) FROM slot WHERE id < 50000", 0) };
	struct moment from = wall_moment(day, 600 + 20 * (int)sim_chance(sim, 6));
	struct moment to = { from.utc + 2400 };
	struct id leave;

	sit(sim, p, "a.root");
	switch (sim_chance(sim, 4)) {
	case 0:
		return diary_block(&p->desk, who, from, to, "a talk", NULL, err);
	case 1:
		return diary_unblock(&p->desk, who, from, to, err);
	case 2:
		return diary_leave(&p->desk, who, day, day, "away", NULL, NULL, err);
	default:
		leave = pick(sim, p, "leave WHERE state = 'on'");
		return id_none(leave) ? -1 : diary_undo(&p->desk, leave, NULL, 0, err);
	}
}

/* A weekly pattern more, published: rooms may be asked for by two homes at once. */
static int publish(struct sim *sim, struct machine *p, struct err *err)
{
	struct template want = {
		.clinician = { sim_number(sim, p, "SELECT id FROM clinician WHERE node = ?1",
					  p->node) },
		.site = { sim_number(sim, p, "SELECT id FROM site WHERE code = 'NGT'", 0) },
		.room = { sim_number(sim, p, "SELECT id FROM room WHERE code = 'NGT-1'", 0) },
		.weekday = (int)sim_chance(sim, 5),
		.pattern = "14:00 FU 20, FU 20",
		.from = { p->desk.today.n + 1 },
		.to = { p->desk.today.n + 8 },
		.on = true,
	};
	struct id id;

	want.service.n = sim_number(sim, p, "SELECT service FROM slot WHERE clinician = ?1",
				    want.clinician.n);
	sit(sim, p, "a.root");
	if (template_add(&p->desk, &want, &id, err) < 0)
		return -1;
	return template_publish(&p->desk, id, DATE_NONE, DATE_NONE, NULL, err);
}

static int record(struct sim *sim, struct machine *p, struct err *err)
{
	const char *v[16] = { NULL, sim_chance(sim, 2) ? "Northgate House" : "Northgate" };

	sit(sim, p, "a.root");
	return record_set(&p->desk, record_find("site"), pick(sim, p, "site"), v, err);
}

/* ---- referrals: they come in at one desk and are decided at another, or at two ---- */

#define UNDECIDED "referral WHERE state IN ('new', 'awaiting_triage', 'transferred')"

static int refer(struct sim *sim, struct machine *p, struct err *err)
{
	const struct flag_wish red = { .kind = FLAG_RED, .words = "both legs: unsure" };
	struct referral_ask ask = {
		.person = pick(sim, p, "person WHERE status = 'active'"),
		.service = { sim_number(sim, p, "SELECT id FROM service WHERE code = 'PHYSIO'",
					0) },
		.type = REF_MGT,
		.source = FROM_MANAGER,
		.urgency = (int)sim_chance(sim, PRIORITIES),
		.agreed = sim_chance(sim, 4) ? p->desk.today : DATE_NONE,
		.anew = true,
		.flags = &red,
		.nflags = sim_chance(sim, 5) == 0,
	};
	struct id id;

	sit(sim, p, "p.shah");
	return referral_add(&p->desk, &ask, &id, err);
}

/* Everybody begins at the top. */
static int decide(struct sim *sim, struct machine *p, struct err *err)
{
	struct id id = first_of(sim, p, UNDECIDED);
	struct decide_ask how = { .priority = (int)sim_chance(sim, PRIORITIES),
				  .pathway = sim_chance(sim, 6) ? PATH_BOOK : PATH_ADVICE,
				  .suggested = -1,
				  .note = "seen" };

	sit(sim, p, "r.adeyemi");
	return id_none(id) ? -1 : triage_decide(&p->desk, id, &how, err);
}

static int ask(struct sim *sim, struct machine *p, struct err *err)
{
	struct id id = first_of(sim, p, UNDECIDED);

	sit(sim, p, "r.adeyemi");
	if (id_none(id))
		return -1;
	switch (sim_chance(sim, 4)) {
	case 0:
		return triage_return(&p->desk, id, "Which job?", err);
	case 1:
		return triage_decline(&p->desk, id, "Not of work", err);
	default:
		return triage_query(&p->desk, id, "manager", "Which duties?", err);
	}
}

static int answer(struct sim *sim, struct machine *p, struct err *err)
{
	struct id id = pick(sim, p, "referral");

	sit(sim, p, "p.shah");
	if (id_none(id))
		return -1;
	return sim_chance(sim, 2) ? referral_reply(&p->desk, id, "Light ones", false, err)
				  : referral_agree(&p->desk, id, DATE_NONE, GP_YES, err);
}

static int flag(struct sim *sim, struct machine *p, struct err *err)
{
	struct id id = pick(sim, p, "flag WHERE state = 'open'"), raised;
	const struct call_ask call = { .result = TRY_SPOKE };
	struct flag_ask ask = { .kind = FLAG_RED };
	struct moment next;

	sit(sim, p, "r.adeyemi");
	switch (id_none(id) ? 0 : sim_chance(sim, 3)) {
	case 0:
		ask.person = pick(sim, p, "person WHERE status = 'active'");
		ask.service.n =
			sim_number(sim, p, "SELECT id FROM service WHERE code = 'PHYSIO'", 0);
		return flag_raise(&p->desk, &ask, &raised, err);
	case 1:
		return flag_ring(&p->desk, id, &call, &next, err);
	default:
		return flag_clear(&p->desk, id, "examined", err);
	}
}

int deed_check(struct sim *sim, void (*found)(void *ctx, const char *sentence), struct err *err)
{
	return check_referrals(sim->place[HUB].store, found, sim, err);
}

static int undo_decision(struct sim *sim, struct machine *p, struct err *err)
{
	sit(sim, p, "r.adeyemi");
	return act_undo_last(&p->desk, NULL, 0, err);
}

static int nurse(struct sim *sim, struct machine *p, struct err *err)
{
	static int (*const does[])(struct sim *, struct machine *,
				   struct err *) = { refer, refer,  decide, decide,	  decide,
						     ask,   answer, flag,   undo_decision };

	return does[sim_chance(sim, sizeof does / sizeof *does)](sim, p, err);
}

static const struct {
	int share;
	int (*fn)(struct sim *, struct machine *, struct err *);
} deeds[] = {
	{ 40, book }, { 12, move }, { 14, cancel }, { 8, mark },    { 8, undo },
	{ 8, edit },  { 2, add },   { 6, diary },   { 1, publish }, { 1, record },
};

void deed(struct sim *sim, struct machine *p)
{
	bool of_nurses = (sim->faults & FAULT_NURSES) && sim_chance(sim, 2) == 0;
	struct err err = ERR_INIT;
	int at = (int)sim_chance(sim, 100), i = 0;

	while (at >= deeds[i].share)
		at -= deeds[i++].share;
	sim->deeds++;
	if ((of_nurses ? nurse : deeds[i].fn)(sim, p, &err) < 0)
		sim->refused++;
	if (err.kind == ERR_FAULT)
		sim_broken(sim, "a fault at %d: %s", p->at, err.text);
}

static struct slot_list some_slots(struct sim *sim, struct machine *p, const char *from,
				   struct id *v)
{
	struct slot_list list = { v, 0, 4 };

	for (uint32_t i = 0; i <= sim_chance(sim, 3); i++) {
		struct id id = pick(sim, p, from);

		if (!id_none(id))
			v[list.n++] = id;
	}
	return list;
}

void deed_give(struct sim *sim, struct machine *p)
{
	struct id v[4];
	char *from = mem_printf("slot WHERE holder = %d AND appt IS NULL", p->node);
	struct slot_list list = some_slots(sim, p, from, v);
	struct err err = ERR_INIT;

	mem_free(from);
	sit(sim, p, "a.root");
	if (list.n)
		hold_give(&p->desk, &list, 1 + (int)sim_chance(sim, PLACES), NULL, &err);
	if (err.kind == ERR_FAULT)
		sim_broken(sim, "a fault at %d: %s", p->at, err.text);
}

void deed_revoke(struct sim *sim)
{
	struct machine *p = &sim->place[HUB];
	struct id v[4];
	struct slot_list list = some_slots(sim, p, "slot", v);
	struct err err = ERR_INIT;

	sit(sim, p, "a.root");
	if (hold_revoke(&p->desk, &list, 1 + (int)sim_chance(sim, PLACES), "it is gone", &err) == 0)
		sim->revokes++;
	if (err.kind == ERR_FAULT)
		sim_broken(sim, "a fault at the hub: %s", err.text);
}

void deed_wanted(struct sim *sim, struct machine *p)
{
	char *here =
		mem_printf("slot WHERE appt IS NULL AND state = 'open' AND holder = %d", p->node);
	struct id slot = first_of(sim, p, here);
	struct err err = ERR_INIT;

	mem_free(here);
	if (!id_none(slot))
		book_slot(sim, p, slot, &err);
}

/* ---- somebody arrives where they were moved to, and the move is taken back ---- */

/* Of today, in time that is held here. */
static struct id booked_here(struct sim *sim, struct machine *p)
{
	char *from = mem_printf("appointment a WHERE state = 'B' AND day = (SELECT min(day) FROM"
				" slot) AND EXISTS (SELECT 1 FROM slot s WHERE s.appt = a.id"
				" AND s.holder = %d)",
				p->node);
	struct id id = pick(sim, p, from);

	mem_free(from);
	return id;
}

/* With a second one behind it, for those that are longer. */
static struct id free_here(struct sim *sim, struct machine *p, int64_t clinician)
{
	char *from = mem_printf("slot s WHERE appt IS NULL AND state = 'open' AND holder = %d"
				" AND clinician = %lld AND starts > %lld"
				" AND day = (SELECT min(day) FROM slot)"
				" AND EXISTS (SELECT 1 FROM slot n WHERE n.id = s.id + 1"
				" AND n.appt IS NULL AND n.state = 'open')",
				p->node, (long long)clinician, (long long)sim->now.utc);
	struct id id = pick(sim, p, from);

	mem_free(from);
	return id;
}

static void no_fault(struct sim *sim, struct machine *p, int rc, const struct err *err)
{
	if (rc < 0 && err->kind == ERR_FAULT)
		sim_broken(sim, "a fault at %d: %s", p->at, err->text);
}

static bool moved(struct sim *sim, struct machine *p, struct id appt, struct id to)
{
	struct move_ask ask = { .clinician = { slot_of(sim, p, "clinician", to) },
				.starts = { slot_of(sim, p, "starts", to) },
				.by = CANCEL_PERSON };
	struct err err = ERR_INIT;
	int rc;

	sit(sim, p, "s.kelly");
	rc = booking_move(&p->desk, appt, &ask, &err);
	no_fault(sim, p, rc, &err);
	return rc == 0;
}

static void give(struct sim *sim, struct machine *p, struct id slot)
{
	int to = 1 + (p->node + (int)sim_chance(sim, PLACES - 1)) % PLACES;
	struct err err = ERR_INIT;

	sit(sim, p, "a.root");
	no_fault(sim, p, hold_give(&p->desk, &(struct slot_list){ &slot, 1, 1 }, to, NULL, &err),
		 &err);
}

/* Where all is full, another one cancels. */
static struct id room_for(struct sim *sim, struct machine *p, struct id appt, struct id had)
{
	int64_t clinician = slot_of(sim, p, "clinician", had);
	struct id to = free_here(sim, p, clinician), other = booked_here(sim, p);
	struct err err = ERR_INIT;

	if (!id_none(to) || id_same(other, appt))
		return to;
	sit(sim, p, "s.kelly");
	no_fault(sim, p, booking_cancel(&p->desk, other, CANCEL_PERSON, "rang", &err), &err);
	return free_here(sim, p, clinician);
}

struct id deed_move_and_give(struct sim *sim, struct machine *p)
{
	struct id appt = booked_here(sim, p), had, to;

	if (id_none(appt)) {
		deed_wanted(sim, p);
		appt = booked_here(sim, p);
	}
	if (id_none(appt))
		return appt;
	had.n = sim_number(sim, p, "SELECT min(id) FROM slot WHERE appt = ?1", appt.n);
	to = room_for(sim, p, appt, had);
	if (id_none(to) || !moved(sim, p, appt, to))
		return (struct id){ 0 };
	give(sim, p, had);
	return appt;
}

void deed_arrive(struct sim *sim, struct machine *p, struct id appt)
{
	struct err err = ERR_INIT;

	sit(sim, p, "p.shah");
	no_fault(sim, p, booking_mark(&p->desk, appt, APPT_ARRIVED, NULL, &err), &err);
}

void deed_take_back(struct sim *sim, struct machine *p, struct id appt)
{
	struct err err = ERR_INIT;

	sit(sim, p, "s.kelly");
	no_fault(sim, p, booking_undo(&p->desk, appt, NULL, 0, &err), &err);
}

/* ---- for tests that say what is done ---- */

bool deed_book(struct sim *sim, struct machine *p, int64_t slot)
{
	struct err err = ERR_INIT;

	for (int i = 0; i < 20; i++)
		if (book_slot(sim, p, (struct id){ slot }, &err) == 0)
			return true;
	return false;
}

bool deed_edit(struct sim *sim, struct machine *p)
{
	struct err err = ERR_INIT;

	return edit(sim, p, &err) == 0;
}

bool deed_add(struct sim *sim, struct machine *p)
{
	struct err err = ERR_INIT;

	return add(sim, p, &err) == 0;
}
