/*
 * test_flag_ends.c: nothing of theirs ends over an open flag, of whatever kind, on any way that
 * ends a referral or an episode; and once it is cleared the same step does end it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/after.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "clinic/intake.h"
#include "clinic/pairs.h"
#include "clinic/referral.h"
#include "suite.h"

static struct booked b;
static struct err err;
static struct id referral, appt, flag;

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

/* ---- how it began ---- */

static void is_referred(void)
{
	struct referral_ask ask = { .person = b.okafor,
				    .service = b.physio,
				    .type = REF_SELF,
				    .urgency = -1,
				    .agreed = b.c.desk.today };

	ck_ok(referral_add(&b.c.desk, &ask, &referral, &err), err);
}

static void is_accepted(void)
{
	struct decide_ask accept = { .priority = 2, .suggested = -1 };

	is_referred();
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, referral, &accept, &err), err);
}

static void is_booked(void)
{
	struct booking_ask ask = {
		.person = b.okafor, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};

	clinic_sit(&b.c, "p.shah");
	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
}

static void did_not_come(void)
{
	is_booked();
	world_pass(&b.c.world, 3600);
	desk_tick(&b.c.desk);
}

static void was_seen(void)
{
	did_not_come();
	clinic_sit(&b.c, "j.marsh");
	ck_ok(booking_mark(&b.c.desk, appt, APPT_ARRIVED, NULL, &err), err);
	tick();
	ck_ok(booking_mark(&b.c.desk, appt, APPT_SEEN, NULL, &err), err);
}

/* The whole self-referral, of which one answer declines what comes after. */
static const char declines[] =
	"[answers]\nwhere = k\nsince = 2026-03-08\nhow = t\npain = 8\nweaker = n\nunwell = n\n"
	"fall = n\noff_work = y\nconsent_assess = n\nconsent_gp = y\nphone = 07700 900123\n";

static void nothing(void)
{
}

/* ---- how it could end ---- */

static int returned(void)
{
	return triage_return(&b.c.desk, referral, "incomplete", &err);
}

static int declined(void)
{
	return triage_decline(&b.c.desk, referral, "not for us", &err);
}

static int redirected(void)
{
	return triage_redirect(&b.c.desk, referral, "gp", "chronic", &err);
}

static int withdrawn(void)
{
	return referral_withdraw(&b.c.desk, referral, "no more", &err);
}

static int answered_with_advice(void)
{
	struct decide_ask advice = { .priority = 3, .pathway = PATH_ADVICE, .suggested = -1 };
	struct call_ask spoke = { .result = TRY_SPOKE };

	if (clinic_count(&b.c, "SELECT count(*) FROM flag WHERE state = 'open'"))
		ck_ok(flag_ring(&b.c.desk, flag, &spoke, NULL, &err), err);
	tick();
	return triage_decide(&b.c.desk, referral, &advice, &err);
}

static int taken_back(void)
{
	return act_undo_of(&b.c.desk, referral, NULL, 0, &err);
}

static int by_its_form(void)
{
	struct form_ask ask = { .form = "rap_physio_self",
				.path = "answers.ini",
				.text = declines,
				.n = strlen(declines),
				.anew = true };

	ask.person = b.okafor;
	return referral_by_form(&b.c.desk, &ask, &referral, &err);
}

static void told(void *ctx, const char *file, struct id id, const char *said, bool refused)
{
	(void)ctx, (void)file, (void)said, (void)refused;
	referral = id;
}

static int from_a_folder(void)
{
	static int nth;
	char *in = mem_printf("%s/in", b.c.folder), *path = mem_printf("%s/1.ini", in);
	FILE *f;
	int rc;

	mkdir(in, 0700);
	f = fopen(path, "w");
	ck_assert(f != NULL);
	fprintf(f, "# %d\n[referral]\nform = rap_physio_self\nperson = %lld\n%s", nth++,
		(long long)20417733, declines);
	ck_assert_int_eq(fclose(f), 0);
	rc = referral_import(&b.c.desk, in, told, NULL, &err);
	mem_free(path);
	mem_free(in);
	return rc;
}

/* The one that was taken in instead is no reason to refuse the next. */
static void long_ago(void)
{
	booked_sql(&b, "UPDATE referral SET received = received - 120 * 86400");
}

static void has_a_number(void)
{
	booked_sql(&b, "UPDATE post SET employee_no = '20417733' WHERE person ="
		       " (SELECT id FROM person WHERE surname = 'OKAFOR')");
}

static int discharged(void)
{
	struct after_ask goals = { .outcome = OUTCOME_DISCHARGE, .reason = END_GOALS };

	return after_record(&b.c.desk, appt, &goals, &err);
}

static int missed_and_discharged(void)
{
	struct after_ask end = { .outcome = OUTCOME_DISCHARGE, .reason = END_DNA };
	struct mark_ask with = { .after = &end };

	return booking_mark(&b.c.desk, appt, APPT_DNA, &with, &err);
}

/* By the rule of the service, without a word. */
static int missed_once_too_often(void)
{
	return booking_mark(&b.c.desk, appt, APPT_DNA, NULL, &err);
}

static void may_miss_none(void)
{
	booked_sql(
		&b,
		"INSERT OR REPLACE INTO setting (id, name, value) VALUES (77, 'dna_offers', '0')");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	did_not_come();
}

static void marked_by_mistake(void)
{
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
}

/* ---- all of them ---- */

static const struct way {
	const char *name;
	void (*prepare)(void);
	int (*step)(void);
	const char *user;
	/* Set where it is not refused, and yet nothing ends: what is to be done before the next. */
	void (*again)(void);
} ways[] = {
	{ "return", is_referred, returned, "r.adeyemi", NULL },
	{ "decline", is_referred, declined, "r.adeyemi", NULL },
	{ "send on", is_referred, redirected, "r.adeyemi", NULL },
	{ "withdraw", is_referred, withdrawn, "r.adeyemi", NULL },
	{ "withdraw who was accepted", is_accepted, withdrawn, "r.adeyemi", NULL },
	{ "advice", is_referred, answered_with_advice, "r.adeyemi", NULL },
	{ "undo", is_referred, taken_back, "p.shah", NULL },
	{ "a form's own end", nothing, by_its_form, "p.shah", nothing },
	{ "a file's own end", has_a_number, from_a_folder, "a.root", long_ago },
	{ "discharge", was_seen, discharged, "j.marsh", NULL },
	{ "missed, and discharged", did_not_come, missed_and_discharged, "j.marsh", NULL },
	{ "missed once too often", may_miss_none, missed_once_too_often, "p.shah",
	  marked_by_mistake },
};

static const enum flag_kind kinds[] = { FLAG_RED, FLAG_RISK, FLAG_SAFEGUARDING };

static int ended(void)
{
	return (int)clinic_count(
		&b.c,
		"SELECT (SELECT count(*) FROM referral WHERE state IN ('incomplete', 'closed',"
		" 'declined', 'consent_withdrawn', 'redirected', 'error')) + (SELECT count(*)"
		" FROM episode WHERE state <> 'open')");
}

static void raised(enum flag_kind kind)
{
	struct flag_ask ask = {
		.person = b.okafor, .service = b.physio, .kind = kind, .words = "numb since Sunday"
	};

	clinic_sit(&b.c, "r.adeyemi");
	tick();
	ck_ok(flag_raise(&b.c.desk, &ask, &flag, &err), err);
}

static void cleared(void)
{
	clinic_sit(&b.c, "r.adeyemi");
	tick();
	ck_ok(flag_clear(&b.c.desk, flag, "examined, nothing found", &err), err);
}

static void try(const struct way *w)
{
	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	w->prepare();
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		int rc;

		raised(kinds[k]);
		clinic_sit(&b.c, w->user);
		tick();
		rc = w->step();
		ck_assert_msg(ended() == 0, "%s: ended over %c", w->name, flag_letter(kinds[k]));
		ck_assert_msg((rc == 0) == (w->again != NULL), "%s, %c: %s", w->name,
			      flag_letter(kinds[k]), err.text);
		ck_assert_msg(rc == 0 || err.kind == ERR_CLASH, "%s: %s", w->name, err.text);
		ck_assert_msg(!strstr(err.text, "numb"), "%s", err.text);
		err_clear(&err);
		cleared();
		clinic_sit(&b.c, w->user);
		if (w->again)
			w->again();
	}
	tick();
	ck_assert_msg(w->step() == 0, "%s: %s", w->name, err.text);
	ck_assert_msg(ended() > 0, "%s ends nothing", w->name);
	booked_close(&b);
}

START_TEST(nothing_ends_over_an_open_flag_on_any_way_and_does_once_it_is_cleared)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		try(&ways[i]);
}
END_TEST

/* What began with a booking is an error with it: but for a flag, which keeps it to be booked. */
START_TEST(a_booking_that_is_taken_back_keeps_the_episode_of_who_is_flagged)
{
	for (int with = 0; with < 2; with++) {
		booked_open(&b);
		is_booked();
		if (with)
			raised(FLAG_SAFEGUARDING);
		clinic_sit(&b.c, "p.shah");
		tick();
		ck_ok(booking_undo(&b.c.desk, appt, NULL, 0, &err), err);
		ck_assert_int_eq(ended(), !with);
		booked_close(&b);
	}
}
END_TEST

START_TEST(cancelled_by_whomever_nothing_ends)
{
	for (int by = CANCEL_PERSON; by <= CANCEL_ERROR; by++) {
		booked_open(&b);
		is_booked();
		raised(FLAG_RED);
		clinic_sit(&b.c, "p.shah");
		tick();
		ck_ok(booking_cancel(&b.c.desk, appt, (enum cancel_by)by, "ill", &err), err);
		ck_assert_int_eq(ended(), 0);
		booked_close(&b);
	}
}
END_TEST

START_TEST(joined_to_another_record_the_flag_and_what_it_holds_go_along)
{
	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	is_referred();
	raised(FLAG_RISK);
	clinic_sit(&b.c, "p.shah");
	tick();
	ck_ok(pairs_merge(&b.c.desk, b.ellis, b.okafor, "came twice", &err), err);
	ck_assert_int_eq(ended(), 0);
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(declined(), err, ERR_CLASH);
	ck_refused(flag_holds(&b.c.desk, b.ellis, b.physio, &err), err, ERR_CLASH);
	ck_ok(flag_clear(&b.c.desk, flag, "examined", &err), err);
	tick();
	ck_ok(declined(), err);
	ck_assert_int_eq(ended(), 1);
	booked_close(&b);
}
END_TEST

/* ---- what lets it leave ---- */

/* Of the results of a call only that they were spoken to; or the lead, with a reason. */
START_TEST(only_who_was_spoken_to_leaves_or_by_the_lead)
{
	static const struct {
		enum try_result result;
		bool lets;
	} calls[] = { { TRY_NO_ANSWER, false },
		      { TRY_WRONG, false },
		      { TRY_OTHER, false },
		      { TRY_SPOKE, true } };

	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		struct call_ask call = { .result = calls[i].result };
		struct decide_ask accept = { .priority = 0, .suggested = -1 };
		struct moment next;

		booked_open(&b);
		clinic_sit(&b.c, "p.shah");
		is_referred();
		raised(FLAG_RED);
		tick();
		ck_refused(triage_decide(&b.c.desk, referral, &accept, &err), err, ERR_CLASH);
		ck_ok(flag_ring(&b.c.desk, flag, &call, &next, &err), err);
		/* Until then it is tried again. */
		ck_assert(moment_none(next) == calls[i].lets);
		tick();
		if (calls[i].lets) {
			ck_ok(triage_decide(&b.c.desk, referral, &accept, &err), err);
		} else {
			ck_refused(triage_decide(&b.c.desk, referral, &accept, &err), err,
				   ERR_CLASH);
			ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind ="
							    " 'alert' AND state = 'open'"),
					 1);
		}
		booked_close(&b);
	}
}
END_TEST

TEST_MAIN("flag ends", nothing_ends_over_an_open_flag_on_any_way_and_does_once_it_is_cleared,
	  a_booking_that_is_taken_back_keeps_the_episode_of_who_is_flagged,
	  cancelled_by_whomever_nothing_ends,
	  joined_to_another_record_the_flag_and_what_it_holds_go_along,
	  only_who_was_spoken_to_leaves_or_by_the_lead)
