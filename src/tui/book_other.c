/*
 * book_other.c: when no time suits: w waits for one that is freed, E is for whoever may do more.
 *
 * What stands in the search line is what they can manage, so w asks nothing more.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "book.h"
#include "clinic/desk.h"
#include "clinic/nodes.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "clinic/wait.h"
#include "sync/state.h"

/* The search line, as a wish that stays. */
static void wish_of(const struct ui *ui, const struct book *b, struct wait_wish *ret)
{
	const struct search *s = &b->search;
	const struct site *site = ref_site(ui->desk, s->site);

	*ret = (struct wait_wish){ .clinician = s->clinician,
				   .days = s->days,
				   .after = s->after,
				   .before = s->before,
				   .modes = s->mode ? s->mode : b->want.mode,
				   .from = DATE_NONE };
	if (site)
		snprintf(ret->sites, sizeof ret->sites, "%s", site->code);
	if (!moment_none(s->from) && moment_date(s->from).n > ui->desk->today.n)
		ret->from = moment_date(s->from);
}

enum next book_wait(struct ui *ui, void *state)
{
	struct book *b = state;
	struct wait_ask ask = { .episode = b->want.episode.id };
	struct err err = ERR_INIT;
	char wish[WISH_TEXT];
	struct id id;

	if (!*b->want.episode.number)
		return ui_failf(ui, "There is no referral to wait for: take one in first.");
	wish_of(ui, b, &ask.wish);
	if (wait_add(ui->desk, &ask, &id, &err) < 0)
		return ui_fail(ui, &err);
	book_offer_ends(b, OFFER_DECLINED);
	ui_done(ui, "%.30s waits for a freed time: %.20s.  u Undo", b->who.brief,
		wait_wish_show(ui->desk, &ask.wish, wish));
	/* A wish that stays has no skill: whoever frees a time may be offered. */
	if (*b->search.skill)
		ui_warn(ui, "%.18s waits for a time of anybody's: the list knows no skill (%.12s).",
			b->who.brief, b->search.skill);
	ui_finished(ui, b);
	return BACK;
}

/* ---- E without the right to overbook: the lead is told ---- */

static struct {
	struct id person, service;
	char by[DAY_TEXT];
} lead;

static enum next told(struct ui *ui, void *state, const char *text)
{
	const struct service *s = ref_service(ui->desk, lead.service);
	struct task_ask ask = { .kind = TASK_MESSAGE, .person = lead.person };
	struct err err = ERR_INIT;
	char words[240];
	struct id id;

	(void)state;
	if (s && s->private_)
		ask.service = lead.service;
	snprintf(words, sizeof words, "No time%s%s for %s: %s", *lead.by ? " by " : "", lead.by,
		 s && !s->private_ ? s->brief : "them", text);
	ask.text = words;
	if (task_for_parse(ui->desk, "lead", &ask.to, &err) < 0 ||
	    task_add(ui->desk, &ask, &id, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "The lead is told; the answer comes to your tasks.  u Undo");
	return STAY;
}

enum next book_tell_lead(struct ui *ui, const struct book *b)
{
	lead.person = b->person;
	lead.service = b->service;
	lead.by[0] = '\0';
	if (!date_none(b->want.episode.target))
		date_show_day(b->want.episode.target, lead.by);
	ask_text(ui, "Tell the lead what?", false, 100, told);
	return STAY;
}

/* ---- what is said below the list ---- */

/* A node that is connected is heard every minute: beyond this its diaries may be old. */
enum { HEARD_WITHIN = 5 * 60 };

/* Is what is known of a node old, and since when?  Out of reach of the hub, everybody's is; the hub
 * knows of each. */
static bool is_old(struct ui *ui, int node, const struct sync_now *sync, struct moment *ret)
{
	*ret = sync->reached;
	if (sync->word == SYNC_OFFLINE)
		return true;
	return node_heard(ui->desk, node, ret) && ret->utc + HEARD_WITHIN < ui->desk->now.utc;
}

/* Which other sites have not been heard from, and since when: "  W St Annes as at 09:10."; false:
 * all were. */
static bool unheard(struct ui *ui, int node, const struct sync_now *sync, char *buf, size_t n)
{
	int count = 0;
	const struct site *one = NULL;
	struct moment heard, oldest = { INT64_MAX };
	char at[DAY_TEXT], who[32];

	list_each (s, &ui->desk->refs->sites)
		if (s->on && s->node != node && is_old(ui, s->node, sync, &heard)) {
			one = s;
			count++;
			oldest = heard.utc < oldest.utc ? heard : oldest;
		}
	if (count == 0)
		return false;
	if (count == 1)
		snprintf(who, sizeof who, "%.24s", one->name);
	else
		snprintf(who, sizeof who, "%d sites", count);
	if (moment_none(oldest))
		snprintf(buf, n, ".  W %s never heard.", who);
	else
		snprintf(buf, n, ".  W %s as at %.20s.", who,
			 moment_said(oldest, ui->desk->today, at));
	return true;
}

/* "Thu 19-Mar 12:00" */
static char *shortly(struct moment m, char buf[DAY_TEXT])
{
	char day[DAY_TEXT], clock[DAY_TEXT];
	struct date d = moment_date(m);

	snprintf(buf, DAY_TEXT, "%s %.6s %.5s", weekday_short[date_weekday(d)],
		 date_show_short(d, day), minute_show(moment_minute(m), clock));
	return buf;
}

void book_say_kept(struct ui *ui, struct book *b, const struct slot *kept)
{
	const struct share *share = &b->want.share;
	char at[DAY_TEXT], from[DAY_TEXT], all[DAY_TEXT], whose[64];

	b->kept[0] = '\0';
	if (id_none(kept->id))
		return;
	if (!b->want.external)
		snprintf(whose, sizeof whose, "kept");
	else if (!share->hours)
		snprintf(whose, sizeof whose, "kept for NHS staff");
	else if (kept->starts.utc - (int64_t)share->hours * 3600 > ui->desk->now.utc)
		snprintf(whose, sizeof whose, "share opens %s",
			 shortly((struct moment){ kept->starts.utc - (int64_t)share->hours * 3600 },
				 from));
	else
		snprintf(whose, sizeof whose, "that week's share is used");
	if (moment_none(kept->release_at))
		snprintf(b->kept, sizeof b->kept, "RAP %s: %s.", shortly(kept->starts, at), whose);
	else
		snprintf(b->kept, sizeof b->kept,
			 b->want.external ? "RAP %s: %s, to all %s." : "RAP %s: %s to %s.",
			 shortly(kept->starts, at), whose, shortly(kept->release_at, all));
}

void book_say_state(struct ui *ui, struct book *b)
{
	const struct offer *first = b->offers.n ? &b->offers.v[0] : NULL;
	char clock[DAY_TEXT], due[DAY_TEXT], sites[80] = ".";
	struct sync_now sync = { 0 };
	const char *lead_too = book_may_over(ui, b->service) ? "E overbooks" : "tell the lead (E)";

	if (sync_now(ui->desk, &sync, NULL) == 0 && sync.word != SYNC_ALONE &&
	    !unheard(ui, b->want.node, &sync, sites, sizeof sites) && sync.word != SYNC_OFFLINE)
		snprintf(sites, sizeof sites, ", all sites answering.");
	minute_show(moment_minute(ui->now), clock);
	date_show_day(b->want.episode.target, due);
	if (book_capped(b) && *b->cap_said)
		snprintf(b->state, sizeof b->state, "Cap %d reached.  %s", b->want.cap.cap,
			 b->cap_said);
	else if (book_capped(b))
		snprintf(b->state, sizeof b->state,
			 b->want.cap.asked
				 ? "Cap %d reached, more are asked for: the lead answers with E."
				 : "Cap %d reached: E asks the lead for more attendances.",
			 b->want.cap.cap);
	else if (!id_none(b->appt) && !first)
		snprintf(b->state, sizeof b->state,
			 "Nothing is free with this search.  e changes it.");
	else if (!first)
		snprintf(b->state, sizeof b->state,
			 "Nothing is free.  e changes the search, or w Wait, or %s.", lead_too);
	else if (id_none(first->slot))
		snprintf(b->state, sizeof b->state,
			 "Nothing by %.10s.  %zu%s later, or w Wait, or %s.", due, b->offers.n - 1,
			 b->all ? "" : " or more", lead_too);
	else
		snprintf(b->state, sizeof b->state, "Slots as at %.5s%s  %s", clock, sites,
			 b->all ? "That is all that is published." : "PgDn looks further ahead.");
}
