/* deciding.c: rows of this database alone; no other desk reads anew for them. */
#include "clinic/deciding.h"

#include "clinic/session.h"
#include "store/holds.h"
#include "store/store.h"

int deciding_other(struct desk *desk, struct id referral, char ret_other[CODE_TEXT],
		   struct err *err)
{
	struct session s;

	if (deciding_get(desk->store, referral, &s, ret_other, err) < 0)
		return -1;
	if (s.id == 0 || s.id == desk->session || !process_lives(s.process))
		ret_other[0] = '\0';
	return 0;
}

/* Asked again now that nobody else can be about to say the same. */
static int take(struct desk *desk, struct id referral, char ret_other[CODE_TEXT], struct err *err)
{
	if (session_ensure(desk, err) < 0 || deciding_other(desk, referral, ret_other, err) < 0)
		return -1;
	if (*ret_other)
		return deciding_drop(desk->store, desk->session, err);
	return deciding_put(desk->store, referral, desk->session, desk->now, err);
}

int deciding_take(struct desk *desk, struct id referral, char ret_other[CODE_TEXT], struct err *err)
{
	int64_t was = desk->session;
	int rc;

	ret_other[0] = '\0';
	if (store_begin_light(desk->store, LIGHT_WAIT_MS, true, NULL) < 0)
		return 0;
	rc = take(desk, referral, ret_other, err);
	if (rc < 0)
		store_rollback(desk->store);
	else
		rc = store_commit(desk->store, err);
	if (rc < 0)
		desk->session = was;
	return rc;
}

void deciding_leave(struct desk *desk)
{
	if (!desk->session || store_begin_light(desk->store, LIGHT_WAIT_MS, true, NULL) < 0)
		return;
	if (deciding_drop(desk->store, desk->session, NULL) < 0)
		store_rollback(desk->store);
	else
		store_commit(desk->store, NULL);
}
