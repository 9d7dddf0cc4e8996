/* line.c: bytes carried between the two ends of a conversation, until the line is cut. */

#include "sim.h"
#include "sync/hub.h"
#include "sync/node.h"

struct line {
	struct hub_link *hub;
	struct node_link *node;
	int64_t left; /* bytes until it is dead; -1: it holds */
};

/* Carries what is there; false: the line is dead.  Part of it may have arrived. */
static bool carry(struct line *line, struct buf *from, bool up, bool *ended)
{
	struct err err = ERR_INIT;
	size_t n = from->n;
	bool cut = line->left >= 0 && (int64_t)n >= line->left;
	struct buf bytes = { 0 };

	if (cut)
		n = (size_t)line->left;
	if (line->left >= 0)
		line->left -= (int64_t)n;
	buf_add(&bytes, from->s, n);
	buf_clear(from);
	if (up)
		*ended = hub_link_in(line->hub, bytes.s, n, &err) < 0;
	else
		*ended = node_link_in(line->node, bytes.s, n, &err) < 0;
	buf_done(&bytes);
	return !cut;
}

static bool talk(struct sim *sim, struct line *line)
{
	struct buf *up = node_link_out(line->node), *down = hub_link_out(line->hub);
	bool hub_ended = false, node_ended = false, alive = true;

	while (alive && !node_ended && (up->n || down->n)) {
		if (up->n && !hub_ended) {
			alive = carry(line, up, true, &hub_ended);
			truths_hub(sim);
		} else {
			buf_clear(up);
		}
		if (alive && down->n)
			alive = carry(line, down, false, &node_ended);
	}
	return node_link_idle(line->node);
}

void line_drop(struct machine *p)
{
	if (!p->line)
		return;
	hub_link_free(p->line->hub);
	node_link_free(p->line->node);
	mem_free(p->line);
	p->line = NULL;
}

/* Another turn of a conversation that was left open, or a new one. */
static bool pick_up(struct sim *sim, struct machine *p, struct err *err)
{
	if (p->line && (sim->over || sim_chance(sim, 4) != 0))
		return node_link_turn(p->line->node, 0, err) == 0;
	line_drop(p);
	p->line = mem_new(sizeof *p->line);
	p->line->hub = hub_link_new(&sim->place[HUB].desk, p->node);
	p->line->node = node_link_new(&p->desk);
	return node_link_start(p->line->node, err) == 0;
}

bool line_sync(struct sim *sim, struct machine *p, int64_t cut)
{
	struct err err = ERR_INIT;
	bool idle;

	idle = pick_up(sim, p, &err);
	if (idle) {
		p->line->left = cut ? cut : -1;
		idle = talk(sim, p->line);
	}
	/* Half of them stay connected, as `sync follow` does. */
	if (!idle || !(sim->faults & FAULT_LINES))
		line_drop(p);
	return idle;
}
