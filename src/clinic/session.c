/* session.c: who is signed in where; who is not any more. */
#include "clinic/session.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "model/hold.h"
#include "store/holds.h"
#include "store/store.h"

/* Rows of processes that are gone. */
static int sweep(struct desk *desk, struct err *err)
{
	struct sessions all = { 0 };
	int rc = sessions_all(desk->store, &all, err);

	list_each (s, &all)
		if (rc == 0 && s->id != desk->session && !process_lives(s->process))
			rc = session_drop(desk->store, s->id, err);
	list_free(&all);
	return rc;
}

static void name_terminal(char buf[CODE_TEXT])
{
	char path[64];

	if (ttyname_r(STDIN_FILENO, path, sizeof path) == 0)
		snprintf(buf, CODE_TEXT, "%.31s", strncmp(path, "/dev/", 5) == 0 ? path + 5 : path);
}

int session_ensure(struct desk *desk, struct err *err)
{
	struct session s = { .user = desk->user.id, .since = desk->now };

	if (desk->session)
		return 0;
	if (id_none(desk->user.id))
		return err_set(err, ERR_DENIED, "Nobody has signed in: sign in first.");
	s.process = process_self();
	name_terminal(s.terminal);
	if (sweep(desk, err) < 0 || session_put(desk->store, &s, err) < 0)
		return -1;
	desk->session = s.id;
	return 0;
}

int session_sweep(struct desk *desk, struct err *err)
{
	struct sessions all = { 0 };
	bool gone = false;
	int rc = sessions_all(desk->store, &all, err);

	list_each (s, &all)
		gone |= s->id != desk->session && !process_lives(s->process);
	list_free(&all);
	if (rc < 0 || !gone)
		return rc;
	if (store_begin_light(desk->store, LIGHT_WAIT_MS, false, err) < 0)
		return -1;
	if (sweep(desk, err) == 0)
		return store_commit(desk->store, err);
	store_rollback(desk->store);
	return -1;
}

int session_begin(struct desk *desk, struct err *err)
{
	if (desk->session)
		return session_sweep(desk, err);
	if (store_begin_light(desk->store, LIGHT_WAIT_MS, false, err) < 0)
		return -1;
	if (session_ensure(desk, err) < 0)
		store_rollback(desk->store);
	else if (store_commit(desk->store, err) == 0)
		return 0;
	desk->session = 0;
	return -1;
}

void session_end(struct desk *desk)
{
	int64_t session = desk->session;

	desk->session = 0;
	if (!session || store_begin_light(desk->store, LIGHT_WAIT_MS, false, NULL) < 0)
		return;
	if (session_drop(desk->store, session, NULL) < 0)
		store_rollback(desk->store);
	else
		store_commit(desk->store, NULL);
}
