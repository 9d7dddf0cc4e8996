/* asked.c: times asked for of another node that has not answered yet. */
#include "clinic/asked.h"

#include "clinic/refs.h"
#include "store/requests.h"
#include "store/store.h"

int slots_asked(struct desk *desk, struct asked_slots *ret, struct err *err)
{
	const struct me *me = store_me(desk->store);

	/* What this node may give itself is not waited for. */
	return requests_slots(desk->store, me->holds_ok ? me->node : 0, ret, err);
}

struct id slot_asked_by(const struct asked_slots *list, struct id slot)
{
	size_t from = 0, to = list->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (list->v[mid].slot.n < slot.n)
			from = mid + 1;
		else
			to = mid;
	}
	return from < list->n && id_same(list->v[from].slot, slot) ? list->v[from].appt
								   : (struct id){ 0 };
}

int slot_asked_refuses(struct desk *desk, const struct slot *s, const char *next, struct err *err)
{
	char when[DAY_TEXT], holder[NAME_TEXT];

	return err_set(err, ERR_CLASH, "%s was asked for already: %.24s has to answer first.%s",
		       minute_show(moment_minute(s->starts), when),
		       node_shown(desk, s->holder, holder), next);
}
