/* task.c: the kinds of tasks, and tasks as rows of a command's arguments. */
#include "model/task.h"

#include <string.h>

#include "base/text.h"

static const struct {
	const char *code, *word;
} kinds[] = {
#define X(name, code, word) { code, word },
	TASK_KINDS(X)
#undef X
};

const char *task_kind_code(enum task_kind kind)
{
	return kinds[kind].code;
}

bool task_kind_clinical(enum task_kind kind)
{
	return kind == TASK_ALERT || kind == TASK_ANSWERS;
}

const char *task_kind_word(enum task_kind kind)
{
	return kinds[kind].word;
}

bool task_kind_parse(const char *code, enum task_kind *ret)
{
	for (int i = 0; i < TASK_KIND_COUNT; i++)
		if (strcmp(kinds[i].code, text_of(code)) == 0) {
			*ret = (enum task_kind)i;
			return true;
		}
	return false;
}

/* ---- how they end ---- */

/* By the program: the booking that was asked for is made. */
#define NOT_ASKED '\0'

/* Those that several kinds share. */
#define NOT_NEEDED 'n', "not_needed", "not needed", "not needed"
#define NO_REACH   'c', "no_reach", "could not be reached", "gave up"
#define OTHERWISE  'o', TASK_OTHER, "otherwise", "else"

static const struct task_outcome outcomes[] = {
	{ TASK_TODO, 'd', "done", "done", "done" },
	{ TASK_TODO, NOT_NEEDED },
	{ TASK_TODO, OTHERWISE },
	{ TASK_MESSAGE, 'r', "read", "read", "read" },
	{ TASK_MESSAGE, 'a', TASK_ANSWERED, "answered", "answer" },
	{ TASK_MESSAGE, OTHERWISE },
	{ TASK_HANDOVER, 't', "taken", "taken over", "taken over" },
	{ TASK_HANDOVER, OTHERWISE },
	{ TASK_RING, 's', "spoke", "spoke", "spoke" },
	{ TASK_RING, NOT_ASKED, "booked", "booked", "booked" },
	{ TASK_RING, NOT_ASKED, "moved", "moved", "moved" },
	{ TASK_RING, NO_REACH },
	{ TASK_RING, OTHERWISE },
	{ TASK_REBOOK, 'b', "booked", "booked", "booked" },
	{ TASK_REBOOK, NOT_ASKED, "moved", "moved", "moved" },
	{ TASK_REBOOK, 'n', "not_wanted", "not wanted", "unwanted" },
	{ TASK_REBOOK, NO_REACH },
	{ TASK_REBOOK, OTHERWISE },
	{ TASK_RINGBACK, 's', "spoke", "spoke", "spoke" },
	{ TASK_RINGBACK, 'b', "booked", "booked another time", "booked" },
	{ TASK_RINGBACK, NOT_ASKED, "moved", "moved", "moved" },
	{ TASK_RINGBACK, 'n', "not_wanted", "no other time wanted", "unwanted" },
	{ TASK_RINGBACK, NO_REACH },
	{ TASK_RINGBACK, OTHERWISE },
	{ TASK_ARRANGE, 'a', "arranged", "arranged", "arranged" },
	{ TASK_ARRANGE, 'c', "cannot", "cannot be had", "cannot" },
	{ TASK_ARRANGE, NOT_NEEDED },
	{ TASK_ARRANGE, OTHERWISE },
	{ TASK_REVIEW, 'b', "booked", "booked", "booked" },
	{ TASK_REVIEW, NOT_ASKED, "moved", "moved", "moved" },
	{ TASK_REVIEW, NOT_NEEDED },
	{ TASK_REVIEW, NO_REACH },
	{ TASK_REVIEW, OTHERWISE },
	{ TASK_EXTEND, NOT_ASKED, "agreed", "agreed", "agreed" },
	{ TASK_EXTEND, NOT_ASKED, "declined", "declined", "declined" },
	{ TASK_EXTEND, NOT_NEEDED },
	{ TASK_EXTEND, OTHERWISE },
	{ TASK_ANSWERS, NOT_ASKED, "taken", "taken in", "taken in" },
	{ TASK_ANSWERS, NOT_NEEDED },
	{ TASK_ANSWERS, OTHERWISE },
	{ TASK_CHECK, 'k', "kept", "kept as it was", "kept" },
	{ TASK_CHECK, 'c', "corrected", "corrected", "corrected" },
	{ TASK_CHECK, OTHERWISE },
	{ TASK_LEAVER, 's', "settled", "settled", "settled" },
	{ TASK_LEAVER, NOT_NEEDED },
	{ TASK_LEAVER, OTHERWISE },
	{ TASK_UNSENT, 's', "sent", "sent after all", "sent" },
	{ TASK_UNSENT, 't', "told", "told otherwise", "told" },
	{ TASK_UNSENT, NOT_NEEDED },
	{ TASK_UNSENT, OTHERWISE },
	{ TASK_ALERT, 's', "spoke", "spoke", "spoke" },
	{ TASK_ALERT, NOT_ASKED, "cleared", "cleared", "cleared" },
	{ TASK_ALERT, OTHERWISE },
};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

int task_outcomes(enum task_kind kind, struct task_outcome ret[TASK_OUTCOMES_MOST])
{
	int n = 0;

	for (int i = 0; i < OUTCOMES && n < TASK_OUTCOMES_MOST; i++)
		if (outcomes[i].kind == kind && outcomes[i].key != NOT_ASKED)
			ret[n++] = outcomes[i];
	return n;
}

const struct task_outcome *task_outcome_find(enum task_kind kind, const char *code)
{
	for (int i = 0; i < OUTCOMES; i++)
		if (outcomes[i].kind == kind && strcmp(outcomes[i].code, text_of(code)) == 0)
			return &outcomes[i];
	return NULL;
}

/* ---- whom they are for ---- */

static bool role_of_discipline(const char *text)
{
	static const char *const disciplines[] = { "physio", "physician", "nurse", "counsellor",
						   "technician" };
	const char *dot = strchr(text, '.');
	char role[CODE_TEXT];
	enum role parsed;

	if (!dot || (size_t)(dot - text) >= sizeof role)
		return false;
	memcpy(role, text, (size_t)(dot - text));
	role[dot - text] = '\0';
	if (!role_parse(role, &parsed))
		return false;
	for (size_t i = 0; i < sizeof disciplines / sizeof *disciplines; i++)
		if (strcmp(dot + 1, disciplines[i]) == 0)
			return true;
	return false;
}

bool task_role_known(const char *text)
{
	enum role role;
	enum right right;

	return role_parse(text, &role) || right_parse(text, &right) || role_of_discipline(text);
}

/* ---- as arguments ---- */

static const struct field new_task_f[] = {
	FIELD_NEEDED(id, struct new_task, "id", F_ID),
	FIELD(person, struct new_task, "person", F_ID),
	FIELD(appt, struct new_task, "appt", F_ID),
	FIELD(service, struct new_task, "service", F_ID),
	FIELD(user, struct new_task, "user", F_ID),
	FIELD(site, struct new_task, "site", F_ID),
	FIELD_NEEDED(kind, struct new_task, "kind", F_TEXT),
	FIELD_NEEDED(text, struct new_task, "text", F_TEXT),
	FIELD(role, struct new_task, "role", F_TEXT),
	FIELD(due, struct new_task, "due", F_MOMENT),
};
const struct fields new_task_fields = FIELDS(new_task_f, struct new_task);

static const struct field task_id_f[] = { { .name = "id", .type = F_ID, .offset = 0 } };
const struct fields task_id_fields = FIELDS(task_id_f, struct id);
