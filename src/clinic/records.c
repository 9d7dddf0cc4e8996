/*
 * records.c: the table of plain records: what each holds and what it refuses.  A column is a row
 * here and one in the schema; command line, lists and history follow.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/park.h"
#include "clinic/record.h"
#include "clinic/refs.h"
#include "store/checks.h"
#include "store/records.h"

#define ON_OFF                                                                                     \
	"state", "state", COL_CHOICE, "on off", true, 0, 0, "on", "on, or off: no longer used"
#define ROOM_FEATURES "step_free quiet couch hearing_loop covered_glass gym apart"
#define ADMIN	      (ROLE_ADMINISTRATOR | ROLE_MANAGER)

static const struct column site_columns[] = {
	{ "code", "code", COL_CODE, NULL, true, 0, 0, NULL, "what people type: NGT" },
	{ "name", "name", COL_NAME, NULL, true, 0, 0, NULL, "Northgate" },
	{ "nation", "nation", COL_CHOICE, "E W S NI", true, 0, 0, "E",
	  "whose bank holidays it keeps" },
	{ "node", "node", COL_INT, NULL, true, 1, (1 << 21) - 1, "1",
	  "number of the database that houses it" },
	{ "phone", "phone", COL_PHONE, NULL, false, 0, 0, NULL, "its reception" },
	{ ON_OFF },
	{ "duty", "duty", COL_PHONE, NULL, false, 0, 0, NULL,
	  "who is on duty there: rung when no nurse answers" },
	{ 0 },
};

static const struct column room_columns[] = {
	{ "code", "code", COL_CODE, NULL, true, 0, 0, NULL, "what people type: NGT-2" },
	{ "name", "name", COL_NAME, NULL, true, 0, 0, NULL, "room 2" },
	{ "site", "site", COL_REF, "site", true, 0, 0, NULL, "code of its site" },
	{ "features", "features", COL_CHOICES, ROOM_FEATURES, false, 0, 0, "",
	  "what it offers; apart: not beside reception" },
	{ ON_OFF },
	{ 0 },
};

static const struct column customer_columns[] = {
	{ "code", "code", COL_CODE, NULL, true, 0, 0, NULL, "what people type: WVH" },
	{ "name", "name", COL_NAME, NULL, true, 0, 0, NULL, "Wessex Vale Hospitals" },
	{ "short", "short", COL_NAME, NULL, true, 0, 0, NULL, "at most eleven columns: WV Hosps" },
	{ "ods", "ods", COL_CODE, NULL, false, 0, 0, NULL,
	  "Organisation Data Service code, 1 to 9 letters and digits" },
	{ "kind", "kind", COL_CHOICE, "nhs external", true, 0, 0, "nhs",
	  "an NHS employer, or an external customer" },
	{ ON_OFF },
	{ "vpd", "vpd", COL_INT, NULL, false, 1, 999, NULL,
	  "its number in the names of ESR's files" },
	{ 0 },
};

static const struct column service_columns[] = {
	{ "code", "code", COL_CODE, NULL, true, 0, 0, NULL, "what people type: PHYSIO" },
	{ "name", "name", COL_NAME, NULL, true, 0, 0, NULL, "Rapid access physio" },
	{ "short", "short", COL_NAME, NULL, true, 0, 0, NULL, "in lists: Physio" },
	{ "prefix", "prefix", COL_CODE, NULL, true, 0, 0, NULL, "of its episodes' numbers: MSK" },
	{ "private", "private", COL_YESNO, NULL, true, 0, 0, "no",
	  "shown as Private outside the service" },
	{ "rapid", "rapid", COL_YESNO, NULL, true, 0, 0, "no", "has rapid-access slots" },
	{ "new_mins", "new", COL_INT, NULL, true, 5, 480, NULL, "minutes of a first attendance" },
	{ "fu_mins", "fu", COL_INT, NULL, true, 5, 480, NULL, "minutes of a follow-up" },
	{ "modes", "modes", COL_CHOICES, "face phone video", true, 0, 0, "face",
	  "ways to attend, the usual one first" },
	{ "cap", "cap", COL_INT, NULL, true, 0, 99, "0",
	  "attendances an episode may have; 0: no cap" },
	{ "target", "target", COL_INT, NULL, true, 0, 999, "10",
	  "working days from receipt to be seen; 0: none" },
	{ ON_OFF },
	{ "room", "room", COL_CHOICES, ROOM_FEATURES, false, 0, 0, "",
	  "what a room must offer to see them in it" },
	{ 0 },
};

static const struct column clinician_columns[] = {
	{ "code", "code", COL_CODE, NULL, true, 0, 0, NULL, "what people type: marsh" },
	{ "surname", "surname", COL_NAME, NULL, true, 0, 0, NULL, "Marsh" },
	{ "given", "given", COL_NAME, NULL, true, 0, 0, NULL, "Jo" },
	{ "title", "title", COL_NAME, NULL, false, 0, 0, NULL, "Mx" },
	{ "discipline", "discipline", COL_CHOICE, "physio physician nurse counsellor technician",
	  true, 0, 0, NULL, "" },
	{ "reg_body", "reg-body", COL_CODE, NULL, false, 0, 0, NULL, "HCPC, GMC, NMC, BACP" },
	{ "reg_no", "reg-no", COL_CODE, NULL, false, 0, 0, NULL, "number in that register" },
	{ "reg_until", "reg-until", COL_DATE, NULL, false, 0, 0, NULL,
	  "last day the registration is good for" },
	{ "skills", "skills", COL_WORDS, NULL, false, 0, 0, "", "words: hands spine" },
	{ "node", "node", COL_INT, NULL, true, 1, (1 << 21) - 1, "1",
	  "number of the database that publishes the diary" },
	{ "over_cap", "over-cap", COL_INT, NULL, true, 0, 99, "2",
	  "overbooked appointments allowed in a day" },
	{ ON_OFF },
	{ "gender", "gender", COL_CHOICE, "woman man", false, 0, 0, NULL,
	  "for who asks to be seen by a woman, or a man" },
	{ 0 },
};

static const struct column posting_columns[] = {
	{ "clinician", "clinician", COL_REF, "clinician", true, 0, 0, NULL, "code" },
	{ "site", "site", COL_REF, "site", true, 0, 0, NULL, "where they work" },
	{ ON_OFF },
	{ 0 },
};

static const struct column user_columns[] = {
	{ "name", "name", COL_CODE, NULL, true, 0, 0, NULL, "p.shah" },
	{ "role", "role", COL_CHOICE, "reception nurse clinician counsellor manager administrator",
	  true, 0, 0, NULL, "" },
	{ "person", "person", COL_NAME, NULL, true, 0, 0, NULL, "SHAH, Priti (Ms)" },
	{ "site", "site", COL_REF, "site", false, 0, 0, NULL, "whose desk; none: all" },
	{ ON_OFF },
	{ "clinician", "clinician", COL_REF, "clinician", false, 0, 0, NULL,
	  "whose diary is theirs" },
	{ "password", "password", COL_SECRET, NULL, false, 0, 0, NULL, NULL },
	{ "pin", "pin", COL_SECRET, NULL, false, 0, 0, NULL, NULL },
	{ 0 },
};

static const struct column right_columns[] = {
	{ "user", "user", COL_REF, "user", true, 0, 0, NULL, "name" },
	{ "name", "right", COL_CHOICE, "lead duty counselling_desk overbook", true, 0, 0, NULL,
	  "" },
	{ "service", "service", COL_REF, "service", false, 0, 0, NULL,
	  "for this service; none: all" },
	{ "site", "site", COL_REF, "site", false, 0, 0, NULL, "at this site; none: all" },
	{ ON_OFF },
	{ 0 },
};

static const struct column holiday_columns[] = {
	{ "nation", "nation", COL_CHOICE, "E W S NI", true, 0, 0, NULL, "" },
	{ "day", "day", COL_DATE, NULL, true, 0, 0, NULL, "" },
	{ "name", "name", COL_NAME, NULL, true, 0, 0, NULL, "" },
	{ ON_OFF },
	{ 0 },
};

static const struct column setting_columns[] = {
	{ "name", "name", COL_CODE, NULL, true, 0, 0, NULL, "" },
	{ "value", "value", COL_NAME, NULL, true, 0, 0, NULL, "" },
	{ 0 },
};

static const struct column contract_columns[] = {
	{ "service", "service", COL_REF, "service", true, 0, 0, NULL, "code" },
	{ "customer", "customer", COL_REF, "customer", false, 0, 0, NULL,
	  "whose it is; none: whoever has none of their own" },
	{ "from_day", "from", COL_DATE, NULL, true, 0, 0, NULL, "the first day that it counts" },
	{ "triage", "triage", COL_INT, NULL, true, 0, 99, "2",
	  "working days from receipt to the decision; 0: none" },
	{ "offer", "offer", COL_INT, NULL, true, 0, 999, "10", "... to the first date offered" },
	{ "seen", "seen", COL_INT, NULL, true, 0, 999, "10", "... to the first attendance" },
	{ "report", "report", COL_INT, NULL, true, 0, 99, "2",
	  "working days from the attendance to the report" },
	{ "tries", "tries", COL_INT, NULL, true, 1, 20, "3",
	  "to reach who is to be booked, before it is given up" },
	{ "cap", "cap", COL_INT, NULL, true, 0, 99999, "0",
	  "referrals in a quarter; 0: as many as come" },
	{ "rule", "rule", COL_NAME, NULL, false, 0, 0, NULL,
	  "what is said of those beyond the cap" },
	{ ON_OFF },
	{ "sessions", "sessions", COL_INT, NULL, false, 0, 99, NULL,
	  "attendances an episode may have; unless said, the service's cap" },
	{ "notice", "notice", COL_INT, NULL, true, 0, 240, "24",
	  "hours before it that a cancellation is in time" },
	{ "late_counts", "late-counts", COL_YESNO, NULL, true, 0, 0, "no",
	  "cancelled later than that, it counts as used" },
	{ "missed_counts", "missed-counts", COL_YESNO, NULL, true, 0, 0, "no",
	  "who does not come has used it" },
	{ "review", "review", COL_INT, NULL, true, 0, 99, "0",
	  "the session that looks back at the course; 0: none" },
	{ "rap_share", "rap-share", COL_INT, NULL, true, 0, 100, "0",
	  "of a week's rapid access, in a hundred, for external customers" },
	{ "rap_hours", "rap-hours", COL_INT, NULL, true, 0, 504, "0",
	  "... from so many hours before each time" },
	{ "dna_notice", "dna-notice", COL_YESNO, NULL, true, 0, 0, "no",
	  "the customer is told of who did not attend, as far as may be" },
	{ 0 },
};

static const struct column node_columns[] = {
	{ "number", "number", COL_INT, NULL, true, 1, (1 << 21) - 1, NULL, "" },
	{ "letter", "letter", COL_CODE, NULL, true, 0, 0, NULL, "in the numbers people read" },
	{ "name", "name", COL_NAME, NULL, true, 0, 0, NULL, "" },
	{ ON_OFF },
	{ "key", "key", COL_KEY, NULL, false, 0, 0, NULL, "the one that opens the hub's door" },
	{ 0 },
};

static const struct column old_key_columns[] = {
	{ "key", "key", COL_KEY, NULL, true, 0, 0, NULL, "" },
	{ "node", "node", COL_INT, NULL, true, 1, (1 << 21) - 1, NULL, "" },
	{ "state", "state", COL_CHOICE, "hand_in off", true, 0, 0, "hand_in", "" },
	{ 0 },
};

/* ---- rules that span columns ---- */

static int customer_check(struct desk *desk, struct id id, const char *const *v, struct err *err)
{
	const struct customer *other = ref_vpd(desk, v[6] ? (int)strtol(v[6], NULL, 10) : 0);

	if (text_width(v[2]) > 11)
		return err_input(err, "short",
				 "The short name fits eleven columns: \"%s\" does not.", v[2]);
	if (v[3] && (strlen(v[3]) > 9 || strpbrk(v[3], "._-")))
		return err_input(err, "ods",
				 "An ODS code is 1 to 9 letters and digits: \"%s\" is not.", v[3]);
	if (other && !id_same(other->id, id))
		return err_input(err, "vpd", "ESR's number %s is that of %s.", v[6], other->code);
	return 0;
}

static int service_check(struct desk *desk, struct id id, const char *const *v, struct err *err)
{
	unsigned modes;
	enum mode usual;

	(void)desk, (void)id;
	if (!modes_parse(v[8], &modes, &usual))
		return err_input(err, "modes",
				 "A service has at least one mode: face, phone or video.");
	if (strlen(v[3]) > 6)
		return err_input(err, "prefix",
				 "A prefix is at most six letters: \"%s\" is longer.", v[3]);
	return 0;
}

/* What whoever is switched off has begun is nobody else's to see; that there is some must be known.
 */
static int say_left(struct desk *desk, struct id user, const char *name, struct err *err)
{
	int n;

	if (park_left(desk, user, &n, err) < 0)
		return -1;
	if (n)
		desk_warn(desk,
			  "%s left %d parked thing%s: they can hand %s over while they are on.",
			  name, n, n == 1 ? "" : "s", n == 1 ? "it" : "them");
	return 0;
}

static int user_check(struct desk *desk, struct id id, const char *const *v, struct err *err)
{
	bool admin = strcmp(v[1], "administrator") == 0 && strcmp(v[4], "on") == 0;
	bool others;

	for (const char *p = v[0]; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			return err_input(err, "name", "User names are in small letters: %s is not.",
					 v[0]);
	if (id_none(id) || admin)
		return 0;
	if (check_other_administrators(desk->store, id, &others, err) < 0)
		return -1;
	if (!others)
		return err_set(err, ERR_DENIED,
			       "%s is the last administrator: make another one first.", v[0]);
	return strcmp(v[4], "off") == 0 ? say_left(desk, id, v[0], err) : 0;
}

static int setting_check(struct desk *desk, struct id id, const char *const *v, struct err *err)
{
	static const char words[] = "service_name practice_users practice_password";

	(void)desk, (void)id;
	for (const struct number_setting *s = number_settings; s->name; s++) {
		char *end;
		long n = strtol(v[1], &end, 10);

		if (strcmp(v[0], s->name) == 0)
			return *v[1] && !*end && n >= s->least && n <= s->most
				       ? 0
				       : err_input(err, "value", "%s is from %d to %d, not \"%s\".",
						   s->name, s->least, s->most, v[1]);
	}
	if (!words_have(words, v[0]))
		return err_input(err, "name",
				 "There is no setting %s: ohdesk help setting set names them.",
				 v[0]);
	return 0;
}

/* A key says which machine it is: it is one node's, and no other machine's before it. */
static int node_check(struct desk *desk, struct id id, const char *const *v, struct err *err)
{
	struct id other = { 0 }, before = { 0 };

	if (!v[4])
		return 0;
	if (record_lookup(desk->store, "node", "key", v[4], &other, err) < 0 ||
	    record_lookup(desk->store, "old_key", "key", v[4], &before, err) < 0)
		return -1;
	if (!id_none(before))
		return err_input(
			err, "key",
			"That key is of a machine that was excluded or replaced: make a new one.");
	if (!id_none(other) && !id_same(other, id))
		return err_input(err, "key",
				 "Another node has that key: each machine makes its own.");
	return 0;
}

const struct record records[] = {
	{ "site", "site", ROLE_ADMINISTRATOR, site_columns, NULL, false },
	{ "room", "room", ADMIN, room_columns, NULL, false },
	{ "customer", "customer", ADMIN, customer_columns, customer_check, false },
	{ "service", "service", ROLE_ADMINISTRATOR, service_columns, service_check, false },
	{ "clinician", "clinician", ADMIN, clinician_columns, NULL, false },
	{ "posting", "clinician_site", ADMIN, posting_columns, NULL, false },
	{ "user", "user", ROLE_ADMINISTRATOR, user_columns, user_check, false },
	{ "right", "user_right", ROLE_ADMINISTRATOR, right_columns, NULL, false },
	{ "holiday", "holiday", ADMIN, holiday_columns, NULL, false },
	{ "setting", "setting", ROLE_ADMINISTRATOR, setting_columns, setting_check, false },
	{ "node", "node", ROLE_ADMINISTRATOR, node_columns, node_check, false },
	{ "old_key", "old_key", ROLE_ADMINISTRATOR, old_key_columns, NULL, false },
	{ "contract", "contract", ADMIN, contract_columns, NULL, true },
	{ 0 },
};
