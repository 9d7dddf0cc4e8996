/* test_forms_shipped.c: the forms that come with the program: each is read, and does what it is
 * for. */
#include "suite.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/built_in.h"
#include "papers.h"

START_TEST(every_form_is_read_and_named_by_its_id)
{
	int n = 0;

	for (const struct built_in *b = built_in; b->name; b++) {
		struct err err = ERR_INIT;
		struct paper p;
		char name[80];

		if (strncmp(b->name, "forms/", 6) != 0 || strchr(b->name + 6, '/'))
			continue;
		ck_assert_msg(form_read(b->name, b->text, strlen(b->text), &p, &err) == 0, "%s",
			      err.text);
		snprintf(name, sizeof name, "forms/%s.ini", p.id);
		ck_assert_str_eq(b->name, name);
		form_end(&p);
		n++;
	}
	ck_assert_int_eq(n, 11);
}
END_TEST

/* Instruments whose words may not be shipped are not; CORE-10's may, in its own file. */
START_TEST(no_form_carries_words_that_are_not_ours_to_give)
{
	static const struct {
		const char *words, *but; /* but: the one file that may have them */
	} never[] = { { "MSK-HQ", "" }, { "EQ-5D", "" }, { "WEMWBS", "" },
		      { "WSAS", "" },	{ "HADS", "" },	 { "I have felt", "forms/core10.ini" } };

	for (const struct built_in *b = built_in; b->name; b++)
		for (size_t i = 0; i < sizeof never / sizeof *never; i++)
			ck_assert_msg(strncmp(b->name, "forms/", 6) != 0 ||
					      strcmp(b->name, never[i].but) == 0 ||
					      !strstr(b->text, never[i].words),
				      "%s: %s", b->name, never[i].words);
}
END_TEST

/* As the CORE System Trust prints it: nothing else, nothing less, in this order, and the credit. */
START_TEST(core_10_is_word_for_word_with_its_numbers_and_its_credit)
{
	static const struct {
		const char *words;
		bool backwards;
	} items[] = {
		{ "I have felt tense, anxious or nervous", false },
		{ "I have felt I have someone to turn to for support when needed", true },
		{ "I have felt able to cope when things go wrong", true },
		{ "Talking to people has felt too much for me", false },
		{ "I have felt panic or terror", false },
		{ "I made plans to end my life", false },
		{ "I have had difficulty getting to sleep or staying asleep", false },
		{ "I have felt despairing or hopeless", false },
		{ "I have felt unhappy", false },
		{ "Unwanted images or memories have been distressing me", false },
	};
	static const char *const boxes[] = { "Not at all", "Only occasionally", "Sometimes",
					     "Often", "Most or all the time" };
	struct paper p = paper_of("core10");

	ck_assert_str_eq(p.title, "CORE-10");
	ck_assert_str_eq(p.pages.v[0].say,
			 "This form has 10 statements about how you have been OVER THE LAST WEEK. "
			 "Please read each statement and think how often you felt that way last "
			 "week. Then tick the box which is closest to this.");
	for (size_t i = 0; i < 10; i++) {
		const struct item *q = &p.items.v[i];

		ck_assert_str_eq(q->label, items[i].words);
		ck_assert(!q->help && !q->required);
		ck_assert_int_eq(p.pages.v[q->page].step, 1);
		ck_assert(q->page == 0 || !p.pages.v[q->page].say);
		ck_assert_uint_eq(q->options.n, 5);
		for (int k = 0; k < 5; k++) {
			ck_assert_str_eq(q->options.v[k].label, boxes[k]);
			ck_assert_int_eq(q->options.v[k].key,
					 '0' + (items[i].backwards ? 4 - k : k));
		}
	}
	ck_assert_str_eq(
		p.items.v[10].label,
		"\u00a9 CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf");
	ck_assert_int_eq(p.items.v[10].type, ITEM_INFO);
	ck_assert_int_eq(p.pages.v[p.items.v[10].page].step, 1);
	/* What is ours stands on a step of its own, which says so. */
	for (size_t i = 11; i < p.items.n; i++)
		ck_assert_ptr_nonnull(strstr(p.pages.v[p.items.v[i].page].title, "not CORE-10"));
	ck_assert_ptr_nonnull(strstr(paper_text("core10"), "BY-NC-ND 4.0"));
	form_end(&p);
}
END_TEST

#define CALM                                                                                       \
	"where=b since=26/2 how=l pain=6 saddle=n water=n bowel=n legs_both=n weaker=n unwell=n "  \
	"fall=n off_work=n consent_assess=y consent_gp=y phone=07700900418"

START_TEST(each_red_flag_of_the_physiotherapy_form_stops_booking_and_raises_the_task)
{
	static const struct {
		const char *question;
		bool emergency;
	} all[] = {
		{ "saddle", true },    { "water", true },  { "bowel", true },
		{ "legs_both", true }, { "weaker", true }, /* with a low back */
		{ "unwell", false },   { "fall", false },
	};
	static const char answers[] = { 'y', 'u' };
	struct paper p = paper_of("rap_physio_self");
	char what[FOLLOWS], one[40];

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		for (size_t k = 0; k < 2; k++) {
			struct answers a = { 0 };

			/* By itself, while the caller is there ... */
			type_all(&p, &a, "where=b");
			snprintf(one, sizeof one, "%s=%c", all[i].question, answers[k]);
			type_all(&p, &a, one);
			follows(&p, &a, what);
			ck_assert_ptr_nonnull(strstr(what, "stop_booking"));
			/* ... and among answers that are all calm. */
			type_all(&p, &a, CALM);
			type_all(&p, &a, one);
			follows(&p, &a, what);
			ck_assert_msg(
				strncmp(what,
					all[i].emergency
						? "R0 stop_booking task:nurse:now card:emergency_back"
						: "R1 stop_booking task:nurse:today",
					20) == 0,
				"%s: %s", one, what);
			ck_assert_ptr_null(strstr(what, "book:"));
			ck_assert(!!strstr(what, "card:emergency_back") == all[i].emergency);
			answers_end(&a);
		}
	}
	form_end(&p);
}
END_TEST

START_TEST(a_calm_self_referral_is_booked_as_routine)
{
	struct paper p = paper_of("rap_physio_self");
	struct answers a = { 0 };
	char what[FOLLOWS];

	type_all(&p, &a, CALM);
	ck_assert_str_eq(follows(&p, &a, what), "3 book:physio_new");
	type_all(&p, &a, "off_work=y");
	ck_assert_str_eq(follows(&p, &a, what), "2");
	type_all(&p, &a, "consent_assess=n");
	ck_assert_str_eq(follows(&p, &a, what), "2 stop_booking close:no_consent");
	/* A knee that gets weaker is urgent, not an emergency of the back. */
	type_all(&p, &a, "consent_assess=y where=k weaker=y");
	ck_assert_str_eq(follows(&p, &a, what), "R1 stop_booking task:nurse:today");
	answers_end(&a);
	form_end(&p);
}
END_TEST

/* The first answer that is given to a form, or the few, and what follows at once. */
START_TEST(what_matters_is_acted_on_with_the_first_answer)
{
	static const struct {
		const char *form, *answers, *follows;
	} all[] = {
		{ "exposure", "kind=n", "R0 stop_booking task:nurse:now card:exposure" },
		{ "exposure", "kind=n source=k source_hiv=p",
		  "R0 stop_booking task:nurse:now card:exposure task:clinician.physician:now"
		  " task:lead:today" },
		{ "exposure", "kind=m source_hiv=r",
		  "R0 stop_booking task:nurse:now card:exposure task:clinician.physician:now" },
		{ "exposure", "kind=b source_hbv=p hep_b_course=c hep_b_level=l",
		  "R0 stop_booking task:nurse:now card:exposure task:nurse:now task:nurse:today" },
		{ "exposure", "kind=s source_hcv=p",
		  "R0 stop_booking task:nurse:now card:exposure task:lead:today" },
		{ "couns_self", "suicide=u",
		  "K0 stop_booking task:counsellor:now card:crisis no_last_slot ring_on_dna" },
		{ "couns_self", "suicide=y safe_now=u",
		  "K0 stop_booking task:counsellor:now task:duty:now card:crisis hold_open no_last_slot"
		  " ring_on_dna stop_booking task:counsellor:now card:crisis no_last_slot ring_on_dna" },
		{ "couns_self", "child=u", "S0 stop_booking task:lead:now card:safeguarding" },
		{ "couns_self", "consent_assess=n", "- stop_booking close:no_consent" },
		{ "risk", "suicide=y",
		  "K0 task:clinician.physician:now card:crisis hold_open no_last_slot ring_on_dna" },
		{ "risk", "child=y", "S0 task:lead:now card:safeguarding" },
		{ "msk_red_flags", "where=n speech=u",
		  "R0 stop_booking task:nurse:now card:emergency" },
		{ "msk_red_flags", "where=t", "R1 stop_booking task:nurse:today" },
		{ "msk_red_flags", "where=b sexual=u",
		  "R0 stop_booking task:nurse:now task:clinician.physio:now card:emergency_back" },
		{ "msk_red_flags", "where=j stiff=y wakes=y", "2 task:clinician.physio:today" },
		{ "mgt_referral", "danger=u", "K0 stop_booking task:nurse:now card:emergency" },
		{ "mgt_referral", "agrees=n", "- stop_booking" },
		{ "mgt_referral", "discussed=x", "- stop_booking" },
		{ "mgt_referral", "at_work=n reasons=t", "1" },
		{ "mgt_referral", "at_work=y struggling=y", "2" },
		{ "wha", "offer=n", "- stop_booking close:not_eligible" },
		{ "wha", "offer=y work=p cough=u", "R1 stop_booking task:nurse:today" },
		{ "wha", "offer=y work=s adjust=y", "2 task:nurse:today" },
		{ "gp_referral", "cauda=y", "R0 stop_booking task:nurse:now card:emergency_back" },
		{ "gp_referral", "harm=u",
		  "K0 stop_booking task:clinician.physician:now card:crisis hold_open" },
		{ "gp_referral", "child=y", "S0 task:lead:now card:safeguarding" },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct paper p = paper_of(all[i].form);
		struct answers a = { 0 };
		char what[FOLLOWS];

		type_all(&p, &a, all[i].answers);
		ck_assert_msg(strcmp(follows(&p, &a, what), all[i].follows) == 0, "%s %s: %s",
			      all[i].form, all[i].answers, what);
		answers_end(&a);
		form_end(&p);
	}
}
END_TEST

START_TEST(nothing_declared_before_a_start_is_cleared_and_health_waits_for_the_offer)
{
	struct paper p = paper_of("wha");
	struct answers a = { 0 };
	char what[FOLLOWS];
	struct judged j;

	type_all(&p, &a,
		 "name=YATES born=1/1/1990 phone=07700900418 post=clerk department=HR starts=x "
		 "recruiter=X recruiter_email=r@wv.example offer=n work=s");
	form_judge(&p, &a, &j);
	ck_assert(!j.shown[form_item(&p, "condition")]);
	type_all(&p, &a,
		 "offer=y condition=n worse=n treatment=n adjust=n left_job=n skin=n true=y "
		 "consent_record=y consent_earlier=y");
	ck_assert_str_eq(follows(&p, &a, what), "3 close:nothing_declared");
	/* With patients, papers are asked for; without them an appointment is. */
	type_all(&p, &a, "work=p cough=n tb_contact=n gut=n bcg=y mmr=y chickenpox=y hep_b=y");
	ck_assert_str_eq(follows(&p, &a, what), "3 close:nothing_declared");
	type_all(&p, &a, "mmr=u");
	ck_assert_str_eq(follows(&p, &a, what), "3 book:ohn_new");
	answers_end(&a);
	form_end(&p);
}
END_TEST

START_TEST(the_clock_of_an_injury_runs_from_its_minute)
{
	struct paper p = paper_of("exposure");
	struct answers a = { 0 };
	struct moment m = { 0 };
	char text[DAY_TEXT];

	type_all(&p, &a, "injured_on=t");
	ck_assert(!answers_moment(&p, &a, "injured_on", "injured_at", &m));
	type_all(&p, &a, "injured_at=09:17");
	ck_assert(answers_moment(&p, &a, "injured_on", "injured_at", &m));
	ck_assert_str_eq(moment_iso(m, text), "2026-03-12 09:17");
	answers_end(&a);
	form_end(&p);
}
END_TEST

/* Groups of questions that a form has to hold, written down from what services need of it and not
 * from the file: each by the name its answer goes by, and its kind. */
struct group {
	const char *what, *questions; /* "name:kind name:kind" */
};

static void holds(const char *form, const struct group *groups, size_t n)
{
	struct paper p = paper_of(form);

	for (size_t i = 0; i < n; i++)
		for (const char *s = groups[i].questions; *s; s += strspn(s, " ")) {
			size_t len = strcspn(s, " ");
			char *one = mem_strn(s, len), *type = strchr(one, ':');
			int q;

			ck_assert_ptr_nonnull(type);
			*type++ = '\0';
			q = form_item(&p, one);
			ck_assert_msg(q >= 0, "%s: %s: no question %s", form, groups[i].what, one);
			ck_assert_msg(strcmp(item_type_code(p.items.v[q].type), type) == 0,
				      "%s: %s is no %s", form, one, type);
			mem_free(one);
			s += len;
		}
	form_end(&p);
}

START_TEST(a_management_referral_holds_every_group_of_what_services_need)
{
	static const struct group groups[] = {
		{ "employee", "name:text former_name:text born:date staff_no:text nhs_no:nhsno"
			      " address:lines mobile:phone email:email prefers:choice voicemail:ynu"
			      " interpreter:text access:text" },
		{ "job", "job:text department:text site:text hours:int shifts:choice work:multi"
			 " job_description:yn" },
		{ "manager", "manager_name:text manager_email:email manager_phone:phone"
			     " second_name:text second_email:email second_phone:phone" },
		{ "absence", "at_work:yn absent_from:date fit_note:text return_on:date history:yn"
			     " fit_note_end:date" },
		{ "reasons", "reasons:multi background:lines tried:lines adjustments:lines"
			     " stress_assessment:yn again:ynu" },
		{ "questions", "questions:multi own_questions:lines" },
		{ "declarations", "discussed:date seen_copy:yn agrees:ynu" },
		{ "urgency", "urgency:choice urgency_why:text attached:multi" },
	};
	static const char *const reasons[] = {
		"long absence", "short absence",  "performance", "work may cause", "return to work",
		"adjustments",	"injury at work", "alcohol",	 "redeployment",   "retirement",
	};
	static const char *const kinds_of_work[] = { "manual", "clinical", "driving",
						     "exposure-prone", "patient contact" };
	struct paper p = paper_of("mgt_referral");
	const struct item *why = &p.items.v[form_item(&p, "reasons")];
	const struct item *work = &p.items.v[form_item(&p, "work")];

	holds("mgt_referral", groups, sizeof groups / sizeof *groups);
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		bool there = false;

		list_each (o, &why->options)
			there = there || strstr(o->label, reasons[i]);
		ck_assert_msg(there, "no reason %s", reasons[i]);
	}
	for (size_t i = 0; i < sizeof kinds_of_work / sizeof *kinds_of_work; i++) {
		bool there = false;

		list_each (o, &work->options)
			there = there || strstr(o->label, kinds_of_work[i]);
		ck_assert_msg(there, "no kind of work %s", kinds_of_work[i]);
	}
	form_end(&p);
}
END_TEST

START_TEST(an_exposure_is_kept_to_the_minute_from_the_injury_to_the_first_dose)
{
	static const struct group groups[] = {
		{ "times", "injured_on:date injured_at:time reported_on:date reported_at:time"
			   " contact_on:date contact_at:time pep_on:date pep_at:time" },
		{ "injury", "kind:choice first_aid:ynu device:choice safety_device:ynu"
			    " blood_on:ynu depth:choice fluid:choice where_body:text place:text" },
		{ "source", "source:choice source_hiv:choice source_treated:ynu source_hbv:choice"
			    " source_hcv:choice source_asked:choice source_results:lines" },
		{ "employee", "hep_b_course:choice hep_b_level:choice tetanus:ynu pregnant:ynu" },
		{ "treatment", "pep_offered:choice pep_accepted:yn hep_b_given:multi baseline:yn"
			       " counselling:yn advice:yn follow_up:yn" },
	};
	struct paper p = paper_of("exposure");
	struct answers a = { 0 };
	struct moment injured, dose;
	struct judged j;

	holds("exposure", groups, sizeof groups / sizeof *groups);
	type_all(&p, &a, "injured_on=t injured_at=09:17 kind=n");
	form_judge(&p, &a, &j);
	/* The dose is asked for once it was accepted, and only then. */
	ck_assert(!j.shown[form_item(&p, "pep_at")]);
	type_all(&p, &a, "pep_offered=o pep_accepted=y pep_on=t pep_at=10:05");
	form_judge(&p, &a, &j);
	ck_assert(j.shown[form_item(&p, "pep_at")]);
	ck_assert(answers_moment(&p, &a, "injured_on", "injured_at", &injured));
	ck_assert(answers_moment(&p, &a, "pep_on", "pep_at", &dose));
	ck_assert_int_eq(dose.utc - injured.utc, 48 * 60);
	answers_end(&a);
	form_end(&p);
}
END_TEST

START_TEST(a_flag_says_which_answers_raised_it)
{
	struct paper p = paper_of("rap_physio_self");
	struct answers a = { 0 };
	struct raised r[3];
	struct judged j;

	type_all(&p, &a, "where=b saddle=n legs_both=u fall=y");
	form_judge(&p, &a, &j);
	ck_assert_int_eq(form_raised(&p, &a, &j, r), 1);
	ck_assert_int_eq(r[0].flag, 'R');
	ck_assert(r[0].stop_booking && !r[0].hold_open);
	ck_assert_str_eq(r[0].words,
			 "...pain, numbness or weakness in both legs? unsure; "
			 "Where is it? low back; ...a hard fall or accident just before? yes");
	form_acted(&a, &j);
	type_all(&p, &a, "legs_both=n fall=n");
	form_judge(&p, &a, &j);
	ck_assert_int_eq(form_raised(&p, &a, &j, r), 1);
	ck_assert_str_eq(r[0].words, "answered otherwise after it was raised");
	answers_end(&a);
	form_end(&p);
	p = paper_of("gp_referral");
	type_all(&p, &a, "harm=y child=u");
	form_judge(&p, &a, &j);
	ck_assert_int_eq(form_raised(&p, &a, &j, r), 2);
	ck_assert_int_eq(r[0].flag, 'K');
	ck_assert(r[0].stop_booking && r[0].hold_open && !r[0].ring_on_dna);
	ck_assert_int_eq(r[1].flag, 'S');
	ck_assert(!r[1].stop_booking);
	answers_end(&a);
	form_end(&p);
}
END_TEST

/* Cards are read off a screen of 80 columns, with a frame of two blanks. */
START_TEST(every_card_fits_the_screen)
{
	static const char *const names[] = { "emergency_back", "emergency", "crisis", "exposure",
					     "safeguarding" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct card *c = card_find(names[i]);

		ck_assert_ptr_nonnull(c);
		ck_assert_uint_le(strlen(c->title), 76);
		for (int k = 0; c->lines[k]; k++)
			ck_assert_uint_le(strlen(c->lines[k]), 76);
	}
}
END_TEST

TEST_MAIN("forms_shipped", every_form_is_read_and_named_by_its_id,
	  no_form_carries_words_that_are_not_ours_to_give,
	  core_10_is_word_for_word_with_its_numbers_and_its_credit,
	  each_red_flag_of_the_physiotherapy_form_stops_booking_and_raises_the_task,
	  a_calm_self_referral_is_booked_as_routine, what_matters_is_acted_on_with_the_first_answer,
	  nothing_declared_before_a_start_is_cleared_and_health_waits_for_the_offer,
	  a_management_referral_holds_every_group_of_what_services_need,
	  an_exposure_is_kept_to_the_minute_from_the_injury_to_the_first_dose,
	  a_flag_says_which_answers_raised_it, the_clock_of_an_injury_runs_from_its_minute,
	  every_card_fits_the_screen)
