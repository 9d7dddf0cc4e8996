/*
 * screen_preview.c: Ctrl-P: what will stand on the paper, before it does.  Enter prints it.
 *
 * Nobody waits for the printer: what could not be printed is a row of the outbox.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/message.h"
#include "clinic/print.h"
#include "open.h"
#include "screens.h"
#include "verbs.h"

struct preview {
	char title[80];
	bool slip;
	char *text;
	int top, lines, height;
};

static void preview_leave(struct ui *ui, void *state)
{
	struct preview *p = state;

	(void)ui;
	mem_free(p->text);
}

static void preview_layout(void *state, int rows, int cols)
{
	struct preview *p = state;

	(void)cols;
	p->height = rows - 5;
	if (p->top > p->lines - p->height)
		p->top = p->lines > p->height ? p->lines - p->height : 0;
}

static void preview_draw(struct canvas *c, const void *state)
{
	const struct preview *p = state;
	const char *line = p->text ? p->text : "";
	int at = 0;

	canvas_put(c, 2, 1, BOLD, p->title);
	for (; *line && at < p->top + p->height; at++) {
		size_t n = strcspn(line, "\n");

		if (at >= p->top) {
			char *one = mem_strn(line, n);

			canvas_put(c, 3 + at - p->top, 3, PLAIN, one);
			mem_free(one);
		}
		line += n + (line[n] == '\n');
	}
	if (p->lines > p->height)
		canvas_printf(c, c->rows - 2, 3, PLAIN, "lines %d-%d of %d   PgDn PgUp", p->top + 1,
			      at, p->lines);
	canvas_cursor(c, 3, 3);
}

static enum next preview_print(struct ui *ui, void *state)
{
	struct preview *p = state;
	struct err err = ERR_INIT;
	int rc = p->slip ? print_slip(ui->desk, p->title, p->text, &err)
			 : print_text(ui->desk, p->title, p->text, &err);

	if (rc < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s goes to the printer.  If it fails it is in the :outbox.", p->title);
	return BACK;
}

static enum next preview_down(struct ui *ui, void *state)
{
	struct preview *p = state;

	(void)ui;
	p->top += p->height;
	return STAY;
}

static enum next preview_up(struct ui *ui, void *state)
{
	struct preview *p = state;

	(void)ui;
	p->top = p->top > p->height ? p->top - p->height : 0;
	return STAY;
}

static enum next preview_close(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Enter C-p",
	  .name = "print",
	  .label = "Print",
	  .help = "print this",
	  .commits = true,
	  .act = preview_print },
	{ .key = "PgDn", .name = "down", .help = "further down", .act = preview_down },
	{ .key = "PgUp", .name = "up", .help = "back up", .act = preview_up },
	{ .key = "Esc F12", .name = "close", .label = "Back", .act = preview_close },
	{ 0 },
};

const struct screen screen_preview = { .name = "preview",
				       .title = "PRINT",
				       .state = sizeof(struct preview),
				       .layout = preview_layout,
				       .draw = preview_draw,
				       .leave = preview_leave,
				       .keys = keys };

enum next open_preview(struct ui *ui, const char *title, const char *text, bool slip)
{
	struct preview *p = ui_push(ui, &screen_preview);

	snprintf(p->title, sizeof p->title, "%s", title);
	p->slip = slip;
	p->text = mem_str(text);
	for (const char *s = text; *s; s++)
		p->lines += *s == '\n';
	return STAY;
}

enum next verb_slip(struct ui *ui, const struct verb_row *row)
{
	struct buf slip = { 0 };
	struct err err = ERR_INIT;
	enum next next;

	if (verb_has_one(row, &err) < 0 || message_slip(ui->desk, row->appt, &slip, &err) < 0) {
		buf_done(&slip);
		return ui_fail(ui, &err);
	}
	next = open_preview(ui, "Appointment slip", slip.s, true);
	buf_done(&slip);
	return next;
}
