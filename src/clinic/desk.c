/*
 * desk.c: one open session of one user.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clinic/desk.h"
#include "clinic/refs.h"
#include "clinic/session.h"
#include "store/store.h"
#include "store/users.h"

int desk_open(struct store *store, struct world *world, struct desk *ret, struct err *err)
{
	struct desk desk = { .store = store,
			     .world = world,
			     .practice = store_me(store)->practice };

	if (refs_load(store, &desk.refs, err) < 0)
		return -1;
	*ret = desk;
	desk_tick(ret);
	return 0;
}

void desk_close(struct desk *desk)
{
	desk_stand(desk);
	refs_free(desk->refs);
	desk->refs = NULL;
}

int desk_sit(struct desk *desk, const char *name, struct err *err)
{
	struct user user = { 0 };

	if (users_by_name(desk->store, name, &user, err) < 0)
		return -1;
	if (id_none(user.id) || !user.on) {
		bool off = !id_none(user.id);

		user_done(&user);
		return err_set(err, ERR_DENIED,
			       off ? "%s is switched off: ask an administrator."
				   : "%s is no user of this service: an administrator adds users.",
			       name);
	}
	desk_stand(desk);
	desk->user = user;
	const struct site *site = ref_site(desk, user.site);

	if (site)
		desk->site = *site;
	return 0;
}

int desk_user_now(struct desk *desk, struct err *err)
{
	struct user user = { 0 };

	if (users_by_id(desk->store, desk->user.id, &user, err) < 0)
		return -1;
	/* The first administrator acts before there is a row of theirs. */
	if (id_none(user.id))
		return 0;
	if (!user.on) {
		user_done(&user);
		return err_set(err, ERR_DENIED, "%s is switched off: ask an administrator.",
			       desk->user.name);
	}
	user_done(&desk->user);
	desk->user = user;
	return 0;
}

void desk_stand(struct desk *desk)
{
	session_end(desk);
	user_done(&desk->user);
	memset(&desk->user, 0, sizeof desk->user);
	memset(&desk->site, 0, sizeof desk->site);
	desk->acted = 0;
}

void desk_tick(struct desk *desk)
{
	desk->now = world_now(desk->world);
	desk->today = moment_date(desk->now);
	desk->warning[0] = '\0';
	desk->promise[0] = '\0';
}

int desk_refresh(struct desk *desk, struct err *err)
{
	struct refs *refs;

	if (refs_load(desk->store, &refs, err) < 0)
		return -1;
	refs_free(desk->refs);
	desk->refs = refs;
	desk->refs_stale = false;
	return 0;
}

bool desk_changed(struct desk *desk)
{
	if (!store_changed(desk->store))
		return false;
	/* Stale references are better than none: a failed read is told by what asks next. */
	desk_refresh(desk, NULL);
	return true;
}

struct id desk_new_ids(struct desk *desk, int64_t n)
{
	return store_new_ids(desk->store, desk->world->millis(desk->world), n);
}

struct id desk_new_id(struct desk *desk)
{
	return desk_new_ids(desk, 1);
}

void desk_warn(struct desk *desk, const char *fmt, ...)
{
	va_list ap;

	if (*desk->warning)
		return;
	va_start(ap, fmt);
	vsnprintf(desk->warning, sizeof desk->warning, fmt, ap);
	va_end(ap);
}

int desk_needs(const struct desk *desk, unsigned roles, const char *what, struct err *err)
{
	if (desk->user.role & roles)
		return 0;
	if (id_none(desk->user.id))
		return err_set(err, ERR_DENIED, "Nobody has signed in: sign in first.");
	return err_set(err, ERR_DENIED, "%s is not for %s (%s): ask somebody who may.", what,
		       role_word(desk->user.role), desk->user.name);
}

bool user_sees(const struct user *user, const struct service *service, struct id site)
{
	return !service->private_ || user->role == ROLE_COUNSELLOR ||
	       user_may(user, RIGHT_COUNSELLING_DESK, service->id, site);
}

bool desk_sees(const struct desk *desk, const struct service *service)
{
	return user_sees(&desk->user, service, desk->site.id);
}

struct world practice_world(const struct store *store, struct moment still)
{
	const struct me *me = store_me(store);

	if (!moment_none(still))
		return world_still(still, (uint64_t)me->inc);
	struct world w = world_system();

	if (me->clock_at)
		w.shift = me->clock_at - me->clock_set;
	return w;
}
