/*
 * esr.c: lines of ESR's files into structs, by the lists of model/esr.h.
 *
 * Always holds: a row is given out only when each field that we know is good; a field that we do
 * not know is never looked at.  A file that calls itself ISO-8859-1 and has bytes from 0x80 to 0x9f
 * is read as Windows means them, for nobody's name has a control character.
 */
#include "model/esr.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"

enum { FIELDS_MOST = 64, RUNES_MOST = 240, NO_DIGITS = 15 };

/* ---- the layouts ---- */

#define F_NO			    F_INT
#define F_DAY			    F_DATE
#define F_STAMP			    F_MOMENT
#define F_FLAG			    F_BOOL
#define COLUMN(T, member, kind, at) { #member, F_##kind, at, offsetof(struct T, member) },
#define ARG(T, member, kind, at)    FIELD(member, struct T, #member, F_##kind),
#define X(type, letters, fields, key, list, T)                                                     \
	static const struct esr_column T##_columns[] = { list(COLUMN, T) };                        \
	static const struct field T##_args[] = { FIELD(row.id, struct T, "id", F_ID),              \
						 FIELD(row.no, struct T, "no", F_INT),             \
						 FIELD(row.off, struct T, "off", F_BOOL),          \
						 list(ARG, T) };
ESR_TYPES(X)
#undef X

const struct esr_layout esr_layouts[ESR_TYPE_COUNT] = {
#define X(type, letters, fields, key, list, T)                                                     \
	{ letters,                                                                                 \
	  fields,                                                                                  \
	  key,                                                                                     \
	  #T,                                                                                      \
	  T##_columns,                                                                             \
	  sizeof T##_columns / sizeof *T##_columns,                                                \
	  FIELDS(T##_args, struct T) },
	ESR_TYPES(X)
#undef X
};

/* ---- values ---- */

static void *at(void *row, const struct esr_column *c)
{
	return (char *)row + c->offset;
}

static const void *at_const(const void *row, const struct esr_column *c)
{
	return (const char *)row + c->offset;
}

/* Windows-1252 from 0x80; 0: no character. */
static const uint16_t windows[32] = {
	0x20AC, 0,	0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,	0x017D, 0,	0,	0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,	0x017E, 0x0178,
};

static bool is_ascii(const char *s)
{
	while (*s > 0)
		s++;
	return !*s;
}

static char *utf8_of(const char *s)
{
	char *out = mem_new(3 * strlen(s) + 1), *p = out;

	for (; *s; s++) {
		unsigned rune = (unsigned char)*s;

		if (rune >= 0x80 && rune < 0xA0 && windows[rune - 0x80])
			rune = windows[rune - 0x80];
		if (rune < 0x80) {
			*p++ = (char)rune;
		} else if (rune < 0x800) {
			*p++ = (char)(0xC0 | rune >> 6);
			*p++ = (char)(0x80 | (rune & 0x3F));
		} else {
			*p++ = (char)(0xE0 | rune >> 12);
			*p++ = (char)(0x80 | (rune >> 6 & 0x3F));
			*p++ = (char)(0x80 | (rune & 0x3F));
		}
	}
	return out;
}

/* NULL in *ret for blank. */
static int text_read(const char *s, const char **ret, const char **ret_why)
{
	char *wide = is_ascii(s) ? NULL : utf8_of(s);
	char *clean = text_clean(wide ? wide : s, RUNES_MOST, ret_why);

	mem_free(wide);
	if (!clean)
		return -1;
	if (*clean) {
		*ret = clean;
	} else {
		mem_free(clean);
		*ret = NULL;
	}
	return 0;
}

/* n digits from s on as a number; -1 if one of them is none. */
static int digits(const char *s, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		sum = sum * 10 + (s[i] - '0');
	}
	return sum;
}

/* YYYYMMDD; the end of time (31-Dec-4712) is none, and so is a day after our calendar. */
static bool day_read(const char *s, size_t n, struct date *ret)
{
	int y, m, d;

	*ret = DATE_NONE;
	if (n != 8 || (y = digits(s, 4)) < 0 || (m = digits(s + 4, 2)) < 0 ||
	    (d = digits(s + 6, 2)) < 0)
		return false;
	if (y > DATE_MAX_YEAR)
		return m >= 1 && m <= 12 && d >= 1 && d <= 31;
	return date_from_ymd(y, m, d, ret);
}

/* YYYYMMDD HHMMSS, or the day alone. */
static bool stamp_read(const char *s, size_t n, struct moment *ret)
{
	struct date day;
	int h = 0, m = 0, sec = 0;

	if (!day_read(s, n < 8 ? n : 8, &day) || date_none(day))
		return false;
	if (n != 8 &&
	    (n != 15 || s[8] != ' ' || (h = digits(s + 9, 2)) < 0 || h > 23 ||
	     (m = digits(s + 11, 2)) < 0 || m > 59 || (sec = digits(s + 13, 2)) < 0 || sec > 59))
		return false;
	*ret = wall_moment(day, h * 60 + m);
	ret->utc += sec;
	return true;
}

static bool no_read(const char *s, size_t n, int64_t *ret)
{
	*ret = 0;
	if (n == 0 || n > NO_DIGITS)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*ret = *ret * 10 + (s[i] - '0');
	}
	return *ret > 0;
}

static void trim(char **s, size_t *n)
{
	while (**s == ' ')
		(*s)++;
	*n = strlen(*s);
	while (*n && (*s)[*n - 1] == ' ')
		(*s)[--*n] = '\0';
}

static int value_read(const struct esr_column *c, char *s, void *row, struct err *err)
{
	const char *why = NULL;
	size_t n;

	trim(&s, &n);
	if (c->kind == F_DATE)
		*(struct date *)at(row, c) = DATE_NONE;
	if (n == 0)
		return 0;
	switch (c->kind) {
	case F_TEXT:
		if (text_read(s, at(row, c), &why) == 0)
			return 0;
		break;
	case F_DATE:
		if (day_read(s, n, at(row, c)))
			return 0;
		why = "It is no day as YYYYMMDD";
		break;
	case F_MOMENT:
		if (stamp_read(s, n, at(row, c)))
			return 0;
		why = "It is no moment as YYYYMMDD HHMMSS";
		break;
	case F_INT:
		if (no_read(s, n, at(row, c)))
			return 0;
		why = "It is no number";
		break;
	case F_BOOL:
		*(bool *)at(row, c) = strchr("YyTt1", *s) != NULL;
		return 0;
	case F_ID:
	case F_ROWS:
		break;
	}
	return err_set(err, ERR_INPUT, "Field %d (%s): %s.", c->at, c->name,
		       why ? why : "Nothing fits");
}

/* ---- lines ---- */

enum esr_line esr_line(const char *s, enum esr_type *ret)
{
	size_t n = strcspn(s, "~");

	if (n == 3 && memcmp(s, "HDR", 3) == 0)
		return ESR_LINE_HDR;
	if (n == 3 && memcmp(s, "TRL", 3) == 0)
		return ESR_LINE_TRL;
	if (n == 3 && (s[2] == 'A' || s[2] == 'D'))
		for (int t = 0; t < ESR_TYPE_COUNT; t++)
			if (memcmp(s, esr_layouts[t].letters, 2) == 0) {
				*ret = (enum esr_type)t;
				return s[2] == 'A' ? ESR_LINE_SET : ESR_LINE_DELETE;
			}
	return ESR_LINE_OTHER;
}

bool esr_line_known(const char *s)
{
	enum esr_type type;

	for (int i = 0; i < 3; i++)
		if (s[i] < 'A' || s[i] > 'Z')
			return false;
	if (s[3] != '~')
		return false;
	if (memcmp(s, "LOV", 3) == 0 || esr_line(s, &type) != ESR_LINE_OTHER)
		return true;
	if (s[2] != 'A' && s[2] != 'D')
		return false;
	return true;
}

/* Cuts a line at its separators; the number of fields there are, also beyond FIELDS_MOST. */
static int cut(char *s, char *fields[FIELDS_MOST])
{
	int n = 0;

	for (char *next; s; s = next) {
		next = strchr(s, '~');
		if (next)
			*next++ = '\0';
		if (n < FIELDS_MOST)
			fields[n] = s;
		n++;
	}
	return n;
}

static int wrong_count(int n, int want, struct err *err)
{
	return err_set(err, ERR_INPUT, "%d fields where %d belong.", n, want);
}

static int key_read(const struct esr_layout *l, char *s, int64_t *ret, struct err *err)
{
	size_t n;

	trim(&s, &n);
	if (no_read(s, n, ret))
		return 0;
	return err_set(err, ERR_INPUT, "There is no number that the row goes by in field %d.",
		       l->key);
}

int esr_row_read(enum esr_type type, char *s, void *ret, struct err *err)
{
	const struct esr_layout *l = &esr_layouts[type];
	char *fields[FIELDS_MOST];
	int n = cut(s, fields);
	struct esr_row *row = ret;

	memset(ret, 0, l->args.size);
	if (n != l->fields)
		return wrong_count(n, l->fields, err);
	if (key_read(l, fields[l->key - 1], &row->no, err) < 0)
		return -1;
	for (size_t i = 0; i < l->n; i++) {
		const struct esr_column *c = &l->columns[i];
		char none[1] = "";

		if (value_read(c, c->at ? fields[c->at - 1] : none, ret, err) < 0) {
			esr_row_done(type, ret);
			return -1;
		}
	}
	return 0;
}

int esr_delete_read(enum esr_type type, char *s, int64_t *ret_no, struct err *err)
{
	char *fields[FIELDS_MOST];
	int n = cut(s, fields);

	if (n != 2 && n != 3)
		return wrong_count(n, 2, err);
	return key_read(&esr_layouts[type], fields[1], ret_no, err);
}

int64_t esr_row_no(enum esr_type type, const char *s)
{
	int64_t no;
	int skip = s[2] == 'D' ? 1 : esr_layouts[type].key - 1;

	for (; skip > 0 && s; skip--) {
		s = strchr(s, '~');
		s = s ? s + 1 : NULL;
	}
	return s && no_read(s, strcspn(s, "~"), &no) ? no : 0;
}

/* ---- rows ---- */

void esr_row_done(enum esr_type type, void *row)
{
	const struct esr_layout *l = &esr_layouts[type];

	for (size_t i = 0; i < l->n; i++)
		if (l->columns[i].kind == F_TEXT) {
			mem_free(*(char **)at(row, &l->columns[i]));
			*(char **)at(row, &l->columns[i]) = NULL;
		}
}

void esr_row_copy(enum esr_type type, const void *row, void *ret)
{
	const struct esr_layout *l = &esr_layouts[type];

	memcpy(ret, row, l->args.size);
	for (size_t i = 0; i < l->n; i++)
		if (l->columns[i].kind == F_TEXT)
			*(char **)at(ret, &l->columns[i]) =
				mem_str(*(char *const *)at_const(row, &l->columns[i]));
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_value(const struct esr_column *c, const void *a, const void *b)
{
	a = at_const(a, c);
	b = at_const(b, c);
	switch (c->kind) {
	case F_TEXT:
		return same_text(*(const char *const *)a, *(const char *const *)b);
	case F_DATE:
		return ((const struct date *)a)->n == ((const struct date *)b)->n;
	case F_BOOL:
		return *(const bool *)a == *(const bool *)b;
	case F_INT:
	case F_MOMENT:
	case F_ID:
	case F_ROWS:
		break;
	}
	return *(const int64_t *)a == *(const int64_t *)b;
}

bool esr_row_same(enum esr_type type, const void *a, const void *b)
{
	const struct esr_layout *l = &esr_layouts[type];
	const struct esr_row *x = a, *y = b;

	if (x->no != y->no || x->off != y->off)
		return false;
	for (size_t i = 0; i < l->n; i++)
		if (!same_value(&l->columns[i], a, b))
			return false;
	return true;
}

/* ---- files ---- */

int esr_name_read(const char *path, struct esr_header *ret, struct err *err)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char shape[] = "GO_000_GDW_GOx_00000000_00000000.DAT";
	size_t n = sizeof shape - 1;
	bool fits = strlen(name) == n;

	for (size_t i = 0; fits && i < n; i++)
		fits = shape[i] == '0'	 ? name[i] >= '0' && name[i] <= '9'
		       : shape[i] == 'x' ? name[i] == 'F' || name[i] == 'C'
					 : strncasecmp(&name[i], &shape[i], 1) == 0;
	memset(ret, 0, sizeof *ret);
	if (!fits || !day_read(name + 15, 8, &ret->day))
		return err_input(
			err, "file",
			"%.60s is no name of a file from ESR: GO_123_GDW_GOF_20260312_00000001.DAT.",
			name);
	snprintf(ret->name, sizeof ret->name, "%s", name);
	ret->vpd = digits(name + 3, 3);
	ret->full = name[13] == 'F';
	ret->sequence = digits(name + 24, 8);
	return 0;
}

int esr_header_read(char *line, struct esr_header *ret, struct err *err)
{
	enum { NAME = 1, VPD = 3, FROM = 4, TO = 5, LEAST = 6 };
	char *f[FIELDS_MOST];
	enum esr_type none;
	bool is_header = esr_line(line, &none) == ESR_LINE_HDR;
	int n = cut(line, f);
	size_t len;

	if (!is_header)
		return err_input(err, "file", "Line 1 is no HDR: this is no file from ESR.");
	if (n < LEAST)
		return err_input(err, "file", "Line 1 (HDR): %d fields where 7 belong.", n);
	for (int i = 0; i < LEAST; i++)
		trim(&f[i], &len);
	if (strcasecmp(f[NAME], ret->name) != 0)
		return err_input(err, "file",
				 "Line 1 (HDR) is that of %.60s: the file was renamed.", f[NAME]);
	if (strlen(f[VPD]) != 3 || digits(f[VPD], 3) != ret->vpd)
		return err_input(err, "file", "Line 1 (HDR): organisation %.20s in a file of %03d.",
				 f[VPD], ret->vpd);
	if ((*f[FROM] && !stamp_read(f[FROM], strlen(f[FROM]), &ret->from)) ||
	    !stamp_read(f[TO], strlen(f[TO]), &ret->to) ||
	    (!moment_none(ret->from) && ret->from.utc > ret->to.utc))
		return err_input(err, "file",
				 "Line 1 (HDR): \"%.20s\" to \"%.20s\" is no period of a run.",
				 f[FROM], f[TO]);
	if (!ret->full && moment_none(ret->from))
		return err_input(err, "file",
				 "Line 1 (HDR): no run that the changes continue from.");
	return 0;
}

int esr_trailer_read(char *line, int64_t *ret_rows, struct err *err)
{
	char *f[FIELDS_MOST];
	int n = cut(line, f);
	size_t len = 0;

	if (n > 1)
		trim(&f[1], &len);
	*ret_rows = 0;
	if (n > 1 && (strcmp(f[1], "0") == 0 || no_read(f[1], len, ret_rows)))
		return 0;
	return err_set(err, ERR_INPUT, "No number of rows in the trailer.");
}

int esr_header_order(const struct esr_header *a, const struct esr_header *b)
{
	if (a->day.n != b->day.n)
		return a->day.n < b->day.n ? -1 : 1;
	return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}
