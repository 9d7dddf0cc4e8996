/*
 * flag_help.c: is somebody coming to the one about whom a flag was raised?
 *
 * Who has taken it is among the calls about the flag, so every node sees it as soon as it hears of
 * it.  A node out of touch with its hub cannot know: there nobody is waited for.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/flag_acts.h"
#include "clinic/refs.h"
#include "model/number.h"
#include "store/uplink.h"

/* The desk's site's, or of a desk of no site the first that there is. */
static void duty_number(const struct desk *desk, char *ret, size_t n)
{
	const struct site *site = ref_site(desk, desk->site.id);
	char shown[PHONE_TEXT];

	list_each (s, &desk->refs->sites)
		if (!site && s->on && *s->duty)
			site = s;
	snprintf(ret, n, "%s", site && *site->duty ? phone_show(site->duty, shown) : "");
}

/* Somebody clinical has taken it or rung, or the desk has told who is on duty. */
static int looked_after(struct desk *desk, struct id flag, struct flag_helped *h, struct err *err)
{
	struct flag_calls calls = { 0 };

	if (flag_calls_of(desk->store, flag, &calls, err) < 0)
		return -1;
	list_each (call, &calls) {
		bool told = text_same(call->other, FLAG_TOLD);

		if (h->help == HELP_COMES || (told && h->help == HELP_TOLD))
			continue;
		h->help = told ? HELP_TOLD : HELP_COMES;
		COPY(h->by, call->user);
		h->since = call->at;
	}
	list_free(&calls);
	return 0;
}

int flag_helped(struct desk *desk, struct id flag, struct flag_helped *ret, struct err *err)
{
	struct flag_helped h = { .help = HELP_AWAITED };
	struct uplink line;
	char text[ID_TEXT];
	struct flag f;

	if (flag_get(desk->store, flag, &f, err) < 0)
		return -1;
	if (!flag_known(desk, &f))
		return err_set(err, ERR_MISSING, "There is no flag %s: flag list shows them.",
			       id_text(flag, text));
	h.since = f.raised_at;
	if (uplink_get(desk->store, &line, err) < 0 || looked_after(desk, flag, &h, err) < 0)
		return -1;
	h.alone = !moment_none(uplink_offline(&line, desk->now));
	h.until.utc = f.raised_at.utc + FLAG_ALONE_SECS;
	duty_number(desk, h.duty, sizeof h.duty);
	if (h.help == HELP_AWAITED && (h.alone || desk->now.utc >= h.until.utc))
		h.help = HELP_DUTY;
	*ret = h;
	return 0;
}

int flag_leave(struct desk *desk, struct id flag, struct err *err)
{
	struct flag_helped h;

	if (flag_helped(desk, flag, &h, err) < 0)
		return -1;
	if (h.help == HELP_COMES || h.help == HELP_TOLD)
		return 0;
	if (h.help == HELP_AWAITED)
		return err_set(err, ERR_CLASH,
			       "Nurses were told and none has taken it yet: stay on the line.");
	return err_set(err, ERR_CLASH, "%s: ring %s, then record whom you told.",
		       h.alone ? "The line is down" : "No nurse has taken it",
		       *h.duty ? h.duty : "who is on duty");
}

/* ---- all of one person and service ---- */

/* The more there is to do, the more it counts. */
static int worse(enum flag_help help)
{
	static const int rank[] = {
		[HELP_COMES] = 0, [HELP_TOLD] = 1, [HELP_AWAITED] = 2, [HELP_DUTY] = 3
	};

	return rank[help];
}

int flags_helped(struct desk *desk, struct id person, struct id service, int *ret_open,
		 struct flag_helped *ret, struct err *err)
{
	struct flag_helped worst = { .help = HELP_COMES };
	struct flags open = { 0 };
	int n = 0, rc = flags_open_of(desk->store, person, service, &open, err);

	list_each (f, &open) {
		struct flag_helped h;

		if (rc < 0 || !flag_known(desk, f))
			continue;
		rc = flag_helped(desk, f->id, &h, err);
		if (rc == 0 && (n++ == 0 || worse(h.help) > worse(worst.help)))
			worst = h;
	}
	list_free(&open);
	if (rc < 0)
		return -1;
	*ret_open = n;
	*ret = worst;
	return 0;
}

/* Taken by who may, or (who) told. */
static int after_each(struct desk *desk, const struct flags *open, const char *who, struct err *err)
{
	list_each (f, open) {
		struct flag_helped h;

		if (!flag_known(desk, f))
			continue;
		if (flag_helped(desk, f->id, &h, err) < 0)
			return -1;
		if (h.help == HELP_COMES || h.help == HELP_TOLD)
			continue;
		if ((who ? flag_tell(desk, f->id, who, err) : flag_take(desk, f->id, err)) < 0)
			return -1;
	}
	return 0;
}

static int look_after(struct desk *desk, struct id person, struct id service, const char *who,
		      struct err *err)
{
	struct flags open = { 0 };
	bool own;
	int rc = flags_open_of(desk->store, person, service, &open, err);

	if (rc == 0 && (rc = act_join(desk, &own, err)) == 0)
		rc = act_part(desk, own, after_each(desk, &open, who, err), err);
	list_free(&open);
	return rc;
}

int flags_take(struct desk *desk, struct id person, struct id service, struct err *err)
{
	return look_after(desk, person, service, NULL, err);
}

int flags_tell(struct desk *desk, struct id person, struct id service, const char *who,
	       struct err *err)
{
	return look_after(desk, person, service, who, err);
}

int flags_alone(struct desk *desk, struct flags_alone *ret, struct err *err)
{
	struct flags_alone found = { 0 };
	struct flags open = { 0 };
	int rc = flags_open(desk->store, &open, err);

	list_each (f, &open) {
		struct flag_helped h = { .help = HELP_AWAITED };

		if (rc < 0 || f->spoke || !flag_seen(desk, f))
			continue;
		rc = looked_after(desk, f->id, &h, err);
		if (h.help != HELP_AWAITED)
			continue;
		found.n++;
		if (moment_none(found.since) || f->raised_at.utc < found.since.utc)
			found.since = f->raised_at;
	}
	list_free(&open);
	if (rc == 0)
		*ret = found;
	return rc;
}
