/* diary_rows.c: a day of a diary as rows and sentences, and how they are drawn. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "diary.h"
#include "model/person.h"

/* ---- one row ---- */

static void part_of(const struct diary_row *r, char *buf, size_t n)
{
	const struct slot *s = &r->slot;
	bool booked = !id_none(r->entry.appt.id);

	if (id_none(s->id))
		snprintf(buf, n, "%s", r->over ? "OVER" : "-");
	else if (!booked && s->state == SLOT_LEAVE)
		snprintf(buf, n, "LEAVE");
	else if (!booked && s->state == SLOT_BLOCKED)
		snprintf(buf, n, "BLOCK");
	else if (slot_kind_bookable(s->kind))
		snprintf(buf, n, "%s %d", slot_kind_show(s->kind), r->slot_mins);
	else
		snprintf(buf, n, "%s", slot_kind_show(s->kind));
}

/* What stands in the place of a name when nobody has the time. */
static void nobody(const struct diary_row *r, char *buf, size_t n)
{
	const struct slot *s = &r->slot;
	char until[DAY_TEXT];
	bool closed = s->state == SLOT_BLOCKED || s->kind == SLOT_BLOCK;

	if (r->free)
		snprintf(buf, n, "free");
	else if (closed && *s->note)
		snprintf(buf, n, "%s, to %s", s->note,
			 minute_show(moment_minute(slot_ends(s)), until));
	else
		snprintf(buf, n, "%s", s->note);
}

/* Somebody who is to be rung. */
static void note_call(const struct diary_row *r, char *buf, size_t n)
{
	char clock[DAY_TEXT];

	if (r->tries && !moment_none(r->again_at))
		snprintf(buf, n, "try %d, %s", r->tries,
			 minute_show(moment_minute(r->again_at), clock));
	else if (r->tries)
		snprintf(buf, n, "try %d", r->tries);
	else
		snprintf(buf, n, "%s", mode_word(r->entry.appt.mode));
}

static void note_time(char *buf, size_t n, const char *word, struct moment at)
{
	char clock[DAY_TEXT];

	if (!moment_none(at))
		snprintf(buf, n, "%s %s", word, minute_show(moment_minute(at), clock));
}

/* The gravest thing to know about an appointment. */
static void note_of(const struct diary_row *r, char *buf, size_t n)
{
	const struct appt *a = &r->entry.appt;

	if (a->state == APPT_REQUESTED)
		snprintf(buf, n, "unconfirmed");
	else if (a->state == APPT_ARRIVED)
		note_time(buf, n, "here", a->arrived_at);
	else if (a->state == APPT_IN_ROOM)
		note_time(buf, n, "in", a->room_at);
	else if (a->state == APPT_SEEN && !r->entry.masked)
		snprintf(buf, n, "%s",
			 a->outcome == OUTCOME_NONE ? "to finish" : outcome_code(a->outcome));
	else if (a->state == APPT_CANCELLED && !r->entry.masked && a->cancelled_by)
		snprintf(buf, n, "by %s", cancel_by_word(a->cancelled_by));
	else if (r->slot.state == SLOT_LEAVE && !r->gone && appt_live(a->state))
		snprintf(buf, n, "on leave");
	else if (r->slot.state == SLOT_BLOCKED && appt_live(a->state))
		snprintf(buf, n, "blocked");
	else if (r->over)
		snprintf(buf, n, "%s", a->over_why);
	else if (appt_live(a->state) && r->review && !r->tries)
		snprintf(buf, n, "review");
	else if (appt_live(a->state) && a->mode != MODE_FACE && a->mode)
		note_call(r, buf, n);
}

static void fill(const struct diary_row *r, struct line *l)
{
	const struct entry *e = &r->entry;

	l->slot = r->slot.id;
	l->service = id_none(e->appt.id) ? r->slot.service : e->appt.service;
	l->starts = r->starts;
	l->mins = r->slot_mins ? r->slot_mins : r->mins;
	l->free = r->free;
	l->bookable = r->bookable;
	l->blocked = r->slot.state == SLOT_BLOCKED;
	l->over = r->over;
	l->gone = r->gone;
	l->letter = ' ';
	l->verb = (struct verb_row){ .appt = e->appt.id, .starts = r->starts, .born = DATE_NONE };
	minute_show(moment_minute(r->starts), l->clock);
	part_of(r, l->part, sizeof l->part);
	diary_type(r, l->type);
	if (id_none(e->appt.id)) {
		char until[DAY_TEXT];

		nobody(r, l->verb.who, sizeof l->verb.who);
		if (r->rap_only)
			snprintf(l->note, sizeof l->note, "RAP only");
		if (!*r->held_by)
			return;
		l->letter = r->held_mine ? 'H' : 'h';
		if (r->held_mine)
			snprintf(l->note, sizeof l->note, "yours to %s",
				 minute_show(moment_minute(r->held_until), until));
		else
			snprintf(l->note, sizeof l->note, "held: %s", r->held_by);
		return;
	}
	l->letter = appt_letter(e->appt.state);
	l->flagged = *r->flags != '\0';
	l->verb.person = e->appt.person;
	l->verb.state = e->appt.state;
	l->verb.born = e->born;
	needs_all(e->needs, e->interpreter, l->verb.needs);
	entry_name(e, l->verb.who);
	if (!e->masked && date_none(e->born))
		snprintf(l->born, sizeof l->born, "not known");
	else
		date_show(e->born, l->born);
	note_of(r, l->note, sizeof l->note);
}

/* Two that a tired eye could take for one another: `a` asks which. */
static void mark_alike(const struct diary *d, struct lines *lines)
{
	struct person_sound *sounds = mem_new(sizeof *sounds * (d->n + 1));

	for (size_t i = 0; i < d->n; i++) {
		const struct entry *e = &d->v[i].entry;
		struct person p = { .born = e->born };

		snprintf(p.surname, sizeof p.surname, "%s", e->surname);
		snprintf(p.given, sizeof p.given, "%s", e->given);
		if (!id_none(e->appt.person))
			person_sound(&p, &sounds[i]);
		for (size_t k = 0; k < i; k++) {
			struct verb_row *a = &lines->v[i].verb, *b = &lines->v[k].verb;

			if (id_none(a->person) || id_none(b->person) ||
			    id_same(a->person, b->person) ||
			    !person_sounds_alike(&sounds[i], &sounds[k]))
				continue;
			a->alike = b->alike = true;
		}
	}
	mem_free(sounds);
}

/* ---- the sentences ---- */

static void say_facts(struct ui *ui, const struct diary *d, struct day_view *v)
{
	const struct site *site = ref_site(ui->desk, d->site);
	const struct room *room = ref_room(ui->desk, d->room);
	char day[DAY_TEXT], from[DAY_TEXT], to[DAY_TEXT];
	int n = snprintf(v->facts, sizeof v->facts, "%s", date_show_day(d->day, day));

	if (site)
		n += snprintf(v->facts + n, sizeof v->facts - (size_t)n, "   %s   %s", site->name,
			      room ? room->name : "no room");
	if (d->leave || d->holiday)
		snprintf(v->facts + n, sizeof v->facts - (size_t)n, "   %s",
			 d->leave ? "LEAVE" : d->holiday);
	else if (site)
		snprintf(v->facts + n, sizeof v->facts - (size_t)n, "   %s-%s",
			 minute_show(moment_minute(d->starts), from),
			 minute_show(moment_minute(d->ends), to));
	snprintf(v->counts, sizeof v->counts, "booked %d  free %d  DNA %d", d->booked, d->free,
		 d->dna);
	v->finish[0] = '\0';
	if (d->to_finish)
		snprintf(v->finish, sizeof v->finish, "%d to finish: F6", d->to_finish);
}

static void say_week(const struct diary *d, struct day_view *v)
{
	char day[DAY_TEXT];
	int n = snprintf(v->week, sizeof v->week, "Week %s", date_show_short(d->week[0].day, day));

	for (int i = 0; i < 7; i++) {
		const struct diary_week *w = &d->week[i];
		int all = w->booked + w->free;

		if (i > 4 && !all && !w->leave)
			continue;
		n += snprintf(v->week + n, sizeof v->week - (size_t)n, "  %s ", weekday_short[i]);
		if (w->leave && !w->booked)
			n += snprintf(v->week + n, sizeof v->week - (size_t)n, "LEAVE");
		else if (w->holiday && !all)
			n += snprintf(v->week + n, sizeof v->week - (size_t)n, "holiday");
		else if (!all)
			n += snprintf(v->week + n, sizeof v->week - (size_t)n, "-");
		else
			n += snprintf(v->week + n, sizeof v->week - (size_t)n, "%d of %d",
				      w->booked, all);
	}
}

/* How late they run; else, of the first row that is kept for rapid access, when it opens. */
static void say_help(const struct diary *d, struct day_view *v)
{
	char when[DAY_TEXT];

	v->help[0] = '\0';
	if (d->late) {
		snprintf(v->help, sizeof v->help, "Runs %d min late; r says otherwise.", d->late);
		return;
	}
	list_each (r, d) {
		if (!r->rap_only)
			continue;
		if (moment_none(r->slot.release_at))
			snprintf(v->help, sizeof v->help, "RAP only: kept for rapid access.");
		else
			snprintf(v->help, sizeof v->help,
				 "RAP only: kept for rapid access until %s, then open to all.",
				 moment_show(r->slot.release_at, when));
		return;
	}
}

static void say_empty(struct ui *ui, const struct diary *d, struct day_view *v)
{
	const struct clinician *c = ref_clinician(ui->desk, d->clinician);
	char day[DAY_TEXT];

	date_show_day(d->day, day);
	if (d->leave)
		snprintf(v->empty, sizeof v->empty, "%s is on leave on %s.",
			 c ? c->surname : "Nobody", day);
	else if (d->holiday)
		snprintf(v->empty, sizeof v->empty, "No session on %s: %s.", day, d->holiday);
	else
		snprintf(v->empty, sizeof v->empty,
			 "No session on %s.  + - another day, Tab another clinician.", day);
}

void diary_lines(struct ui *ui, const struct diary *d, struct day_view *v)
{
	v->lines.n = 0;
	list_each (r, d) {
		struct line l = { 0 };

		fill(r, &l);
		*list_push(&v->lines) = l;
	}
	mark_alike(d, &v->lines);
	say_facts(ui, d, v);
	say_week(d, v);
	say_help(d, v);
	say_empty(ui, d, v);
}

/* ---- drawing ---- */

/* A wide window gives the name and the note more room. */
static int extra(const struct canvas *c)
{
	int more = c->cols - 80;

	return more > 20 ? 20 : more;
}

void diary_head(struct canvas *c, int line)
{
	int more = extra(c);

	canvas_put(c, line, 3, HEADING, "Time  Template St Person");
	canvas_put(c, line, 44 + more, HEADING, "Born        Type      Note");
}

void diary_line_draw(struct canvas *c, int line, const struct line *l)
{
	int more = extra(c);
	bool nobody_there = id_none(l->verb.appt);

	canvas_put(c, line, 3, PLAIN, l->clock);
	canvas_padded(c, line, 9, 8, l->over ? BOLD | ALERT : PLAIN, l->part);
	if (l->flagged)
		canvas_put(c, line, 17, BOLD | ALERT, "!");
	canvas_printf(c, line, 18, PLAIN, "%c%c", l->letter, l->verb.alike ? '=' : ' ');
	if (*l->verb.needs)
		canvas_put(c, line, 20, BOLD, "n");
	canvas_padded(c, line, 21, nobody_there && !*l->note ? c->cols - 21 : 22 + more, PLAIN,
		      l->verb.who);
	if (!nobody_there) {
		canvas_put(c, line, 44 + more, PLAIN, l->born);
		canvas_padded(c, line, 56 + more, 9, PLAIN, l->type);
	}
	canvas_put(c, line, 66 + more, PLAIN, l->note);
}
