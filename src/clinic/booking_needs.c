/*
 * booking_needs.c: what somebody and their service need, when they are booked: said where the room
 * fails it, and a task where somebody has to be asked to come.
 *
 * It never refuses: whoever is on the telephone knows best whether the room will do.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/needs.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "model/person.h"
#include "store/diaries.h"

const char *room_fails(const struct service *service, unsigned needs, const struct room *room)
{
	const char *features = room ? room->features : "";
	const char *without = needs_unmet(needs, features);

	return without || !service ? without : room_lacks(service->room, features);
}

static void warn_of_room(struct desk *desk, const struct client *who, const struct needed *at)
{
	const struct room *room = ref_room(desk, at->room);
	const struct service *service = ref_service(desk, at->service);
	const struct site *site = ref_site(desk, at->site);
	const char *without = room_fails(service, who->needs, room);
	bool theirs = room_fails(NULL, who->needs, room) != NULL;
	char name[NAME_TEXT];

	if (!without || at->mode != MODE_FACE)
		return;
	desk_warn(desk, "%s needs it: %s, %s has %s.",
		  theirs || !service ? caps(who->surname, "This person", name) : service->name,
		  site ? site->name : "that site", room ? room->name : "without a room,", without);
}

/* Who has to be asked to come: "interpreter: Polish, chaperone"; "" nobody. */
static char *to_ask(const struct client *who, char buf[NEEDS_WORDS])
{
	return needs_all(needs_asked(who->needs), who->interpreter, buf);
}

void booking_needs(struct desk *desk, const struct client *who, const struct needed *at,
		   struct new_tasks *tasks)
{
	char words[NEEDS_WORDS], name[PERSON_TEXT], when[DAY_TEXT];
	const struct site *site = ref_site(desk, at->site);
	struct new_task *task;

	if (!*to_ask(who, words)) {
		warn_of_room(desk, who, at);
		return;
	}
	*words = (char)(*words >= 'a' && *words <= 'z' ? *words - 'a' + 'A' : *words);
	desk_warn(desk, "%s, not yet arranged%s.", words, at->moved ? " for the new time" : "");
	warn_of_room(desk, who, at);
	task = task_open(desk, tasks, TASK_ARRANGE, desk->now, "%s for %s, %s%s%s.%s", words,
			 person_show(who->surname, who->given, who->title, name),
			 moment_show(at->starts, when), site ? ", " : "", site ? site->name : "",
			 at->moved ? "  It was moved: tell whoever was asked before." : "");
	task_for_desk(desk, task, at->service, at->site);
	task->person = who->id;
	task->appt = at->appt;
}

/* ---- places offered ---- */

/* Has the clinician a skill of that name, however it is written? */
static bool speaks(const struct clinician *c, const char *language)
{
	size_t n = strlen(language);

	for (const char *p = c ? c->skills : ""; *p; p += strcspn(p, " "), p += *p == ' ')
		if (strncasecmp(p, language, n) == 0 && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

/* Who has to be asked to come cannot be there so soon. */
static const char *too_soon(struct desk *desk, const struct needing *who, const struct slot *slot)
{
	const struct site *site = ref_site(desk, slot->site);
	const struct clinician *c = ref_clinician(desk, slot->clinician);
	const char *without = needs_in_days(who->needs);
	bool language = who->interpreter && *who->interpreter && !speaks(c, who->interpreter);

	if ((!without || speaks(c, "bsl")) && !language)
		return NULL;
	if (calendar_working_between(desk->refs->calendar, site ? site->nation : NATION_E,
				     desk->today, slot->day) >= desk->refs->interpreter_days)
		return NULL;
	return language ? "no interpreter" : without;
}

int needs_of_places(struct desk *desk, const struct needing *who, const struct places *places,
		    const char ***ret, struct err *err)
{
	const char **v = mem_new(sizeof *v * (places->n + 1));
	struct block block = { 0 };

	for (size_t i = 0; i < places->n && who->mode == MODE_FACE; i++) {
		const struct slot *slot = &places->v[i].slot;
		const struct service *service = ref_service(desk, slot->service);
		bool of_room = room_fails(service, who->needs, NULL) != NULL;

		/* Places of one session stand behind each other mostly. */
		if (of_room && !id_same(block.id, slot->block) &&
		    blocks_get(desk->store, slot->block, &block, err) < 0) {
			mem_free(v);
			return -1;
		}
		if (of_room)
			v[i] = room_fails(service, who->needs, ref_room(desk, block.room));
		if (!v[i])
			v[i] = too_soon(desk, who, slot);
	}
	*ret = v;
	return 0;
}

int needs_of(struct desk *desk, struct id person, unsigned *ret, char interpreter[CODE_TEXT],
	     struct err *err)
{
	struct client who;

	if (client_get(desk->store, person, desk->today, &who, err) < 0)
		return -1;
	*ret = who.needs;
	snprintf(interpreter, CODE_TEXT, "%s", who.interpreter);
	return 0;
}
