/* canvas.c: text into cells.  Widths are base/text.h's; term.c makes the terminal agree. */
#include <stdarg.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "canvas.h"

void canvas_clear(struct canvas *c)
{
	static const struct cell blank = { .text = " ", .n = 1 };

	for (int i = 0; i < c->rows * c->cols; i++)
		c->cells[i] = blank;
	c->at_row = c->at_col = 1;
}

void canvas_size(struct canvas *c, int rows, int cols)
{
	if (rows != c->rows || cols != c->cols)
		c->cells = mem_grow(c->cells, sizeof *c->cells * (size_t)(rows * cols));
	c->rows = rows;
	c->cols = cols;
	canvas_clear(c);
}

void canvas_done(struct canvas *c)
{
	mem_free(c->cells);
	memset(c, 0, sizeof *c);
}

struct cell *canvas_cell(const struct canvas *c, int row, int col)
{
	if (row < 1 || col < 1 || row > c->rows || col > c->cols)
		return NULL;
	return &c->cells[(row - 1) * c->cols + col - 1];
}

static void blank(struct canvas *c, int row, int col, unsigned style)
{
	struct cell *cell = canvas_cell(c, row, col);

	if (cell) {
		memset(cell, 0, sizeof *cell);
		cell->text[0] = ' ';
		cell->n = 1;
		cell->style = (unsigned char)style;
	}
}

/* Halves of a wide character that the text beside it cut in two become blanks. */
static void mend(struct canvas *c, int row, int col)
{
	struct cell *here = canvas_cell(c, row, col);

	if (here && here->n == 0) {
		struct cell *first = canvas_cell(c, row, col - 1);

		if (first)
			blank(c, row, col - 1, first->style);
		blank(c, row, col, here->style);
	}
}

static void mark(struct cell *cell, const char *s, int len)
{
	int runes = 0;

	for (int i = 0; i < cell->n; i++)
		runes += (cell->text[i] & 0xc0) != 0x80;
	if (runes >= 5 || cell->n + len >= (int)sizeof cell->text)
		return;
	memcpy(cell->text + cell->n, s, (size_t)len);
	cell->n = (unsigned char)(cell->n + len);
}

/* Writes until column `last`; gives the column after. */
static int put(struct canvas *c, int row, int col, int last, unsigned style, const char *s)
{
	size_t left = strlen(s);
	struct cell *before = NULL;

	if (last > c->cols)
		last = c->cols;
	if (col <= last)
		mend(c, row, col);
	while (left > 0 && col <= last) {
		int len = 0, width;
		uint32_t rune = text_next(s, left, &len);
		struct cell *cell = canvas_cell(c, row, col);
		bool bad = !text_rune_shown(rune);

		width = bad ? 1 : text_rune_width(rune);
		if (width <= 0) {
			if (before)
				mark(before, s, len);
		} else if (width == 2 && col == last) {
			break;
		} else {
			if (width == 2)
				mend(c, row, col + 2);
			else
				mend(c, row, col + 1);
			if (cell) {
				memset(cell, 0, sizeof *cell);
				cell->style = (unsigned char)style;
				if (bad)
					cell->text[0] = '?', cell->n = 1;
				else
					mark(cell, s, len);
			}
			if (width == 2 && cell && canvas_cell(c, row, col + 1)) {
				memset(cell + 1, 0, sizeof *cell);
				cell[1].style = (unsigned char)style;
			}
			before = cell;
			col += width;
		}
		s += len;
		left -= (size_t)len;
	}
	/* Marks that follow the last column still belong to its letter. */
	while (left > 0 && before && text_rune_width(text_next(s, left, &(int){ 0 })) == 0) {
		int len = 0;

		text_next(s, left, &len);
		if ((unsigned char)*s >= 0x80)
			mark(before, s, len);
		s += len;
		left -= (size_t)len;
	}
	return col;
}

static char *plain(const struct canvas *c, const char *s)
{
	for (const char *p = s; c->ascii && *p; p++)
		if ((unsigned char)*p >= 0x80)
			return text_ascii(s);
	return NULL;
}

int canvas_put(struct canvas *c, int row, int col, unsigned style, const char *text)
{
	char *ascii = plain(c, text);

	col = put(c, row, col, c->cols, style, ascii ? ascii : text);
	mem_free(ascii);
	return col;
}

int canvas_padded(struct canvas *c, int row, int col, int width, unsigned style, const char *text)
{
	char *ascii = plain(c, text);
	int end = put(c, row, col, col + width - 1, style, ascii ? ascii : text);

	mem_free(ascii);
	if (end < col + width)
		mend(c, row, end);
	for (; end < col + width; end++)
		blank(c, row, end, style);
	return end;
}

int canvas_width(const struct canvas *c, const char *text)
{
	char *ascii = plain(c, text);
	int width = text_width(ascii ? ascii : text);

	mem_free(ascii);
	return width;
}

int canvas_right(struct canvas *c, int row, int last, unsigned style, const char *text)
{
	return canvas_put(c, row, last - canvas_width(c, text) + 1, style, text);
}

int canvas_printf(struct canvas *c, int row, int col, unsigned style, const char *fmt, ...)
{
	char buf[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(buf, sizeof buf, fmt, args);
	va_end(args);
	return canvas_put(c, row, col, style, buf);
}

int canvas_wrap(struct canvas *c, int row, int col, int width, int height, unsigned style,
		const char *text)
{
	int used = 0;

	while (*text && used < height) {
		size_t fit = text_fit(text, width), n = fit;
		char *line;

		if (fit == 0)
			break;
		if (text[fit]) {
			while (n > 0 && text[n] != ' ')
				n--;
			if (n == 0)
				n = fit;
		}
		line = mem_strn(text, n);
		canvas_put(c, row + used++, col, style, line);
		mem_free(line);
		for (text += n; *text == ' ';)
			text++;
	}
	return used;
}

void canvas_cursor(struct canvas *c, int row, int col)
{
	c->at_row = row;
	c->at_col = col > c->cols ? c->cols : col;
}

char *canvas_text(const struct canvas *c, int row)
{
	struct buf b = { 0 };
	size_t end = 0;

	buf_str(&b, "");
	for (int col = 1; col <= c->cols; col++) {
		const struct cell *cell = canvas_cell(c, row, col);

		buf_add(&b, cell->text, cell->n);
		if (cell->n && !(cell->n == 1 && cell->text[0] == ' '))
			end = b.n;
	}
	if (b.s)
		b.s[end] = '\0';
	return b.s;
}
