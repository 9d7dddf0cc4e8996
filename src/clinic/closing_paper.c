/*
 * closing_paper.c: the list of a day for paper, for when there is no line and no screen.
 *
 *	Northgate   Fri 13-Mar-2026                                        page 1 of 2
 *	As at Thu 12-Mar-2026 17:02.  Confidential: shred when the day is over.
 *
 *	10:00 [ ] OKAFOR, Adaeze (Mrs)                   14-Aug-1984   07700 900418
 *	          Physio new, 40 min, Marsh, NGT-1
 *
 * Names are never cut.  Pages have PAGE lines and are parted by form feeds, as lp takes them.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/config.h"
#include "base/text.h"
#include "clinic/closing.h"
#include "clinic/desklist.h"
#include "clinic/print.h"
#include "clinic/refs.h"
#include "model/need.h"
#include "model/number.h"
#include "model/person.h"
#include "store/people.h"
#include "store/store.h"

enum { PAGE = 60, HEAD = 4, WIDE = 80, NAME_WIDE = 39, NEXT_MOST = 14 };

/* ---- which day ---- */

static int live_rows(struct desk *desk, struct id site, struct date day, struct desk_rows *ret,
		     struct err *err)
{
	struct appt_filter f = { .site = site, .from = day, .to = day, .today = desk->today };

	for (int s = 0; s < APPT_STATE_COUNT; s++)
		if (appt_live((enum appt_state)s))
			f.states |= 1u << s;
	return desk_appts(desk, &f, ret, err);
}

int closing_next_day(struct desk *desk, struct id site, struct date day, struct date *ret,
		     struct err *err)
{
	const struct site *s = ref_site(desk, site);
	enum nation nation = s ? s->nation : NATION_E;

	for (int i = 0; i < NEXT_MOST; i++) {
		struct desk_rows rows = { 0 };
		bool booked;

		day.n++;
		if (calendar_is_working(desk->refs->calendar, nation, day))
			break;
		if (live_rows(desk, site, day, &rows, err) < 0)
			return -1;
		booked = rows.n > 0;
		desk_rows_done(&rows);
		if (booked)
			break;
	}
	*ret = day;
	return 0;
}

/* ---- lines ---- */

/* The entries of a page, each of some lines that stay together. */
struct entry {
	char *text;
	int lines;
};
struct entries_of {
	struct entry *v;
	size_t n, cap;
};

/* A number to ring; "" for nobody. */
static int number_of(struct desk *desk, struct id person, char ret[PHONE_TEXT], struct err *err)
{
	struct contacts all = { 0 };
	const struct contact *it;
	int rc;

	ret[0] = '\0';
	if (id_none(person))
		return 0;
	rc = people_contacts(desk->store, person, &all, err);
	it = contacts_phone(&all);
	if (it)
		phone_show(it->value, ret);
	else
		snprintf(ret, PHONE_TEXT, "no number");
	list_free(&all);
	return rc;
}

/* Text under the name, broken at blanks; what could move a printer or a terminal is a `?`. */
static int wrapped(struct buf *out, const char *said)
{
	enum { INDENT = 10 };
	char *plain = text_printable(said);
	const char *text = plain;
	int lines = 0;

	while (*text) {
		size_t fits = text_fit(text, WIDE - INDENT), cut = fits;

		if (text[fits])
			while (cut > 0 && text[cut] != ' ')
				cut--;
		if (cut == 0)
			cut = fits;
		buf_printf(out, "%*s%.*s\n", INDENT, "", (int)cut, text);
		text += cut + strspn(text + cut, " ");
		lines++;
	}
	mem_free(plain);
	return lines;
}

static int entry_of(struct desk *desk, const struct desk_row *r, struct entry *ret, struct err *err)
{
	const struct appt *a = &r->row.a;
	const struct room *room = ref_room(desk, a->room);
	const struct service *service = ref_service(desk, a->service);
	/* Paper lies about: whoever prints it, a private row says Private. */
	bool private_ = !service || service->private_;
	char at[DAY_TEXT], born[DAY_TEXT], phone[PHONE_TEXT], needs[NEEDS_WORDS];
	struct buf out = { 0 }, under = { 0 };
	char *name;
	int gap;

	if (number_of(desk, a->person, phone, err) < 0)
		return -1;
	name = text_printable(r->name);
	gap = NAME_WIDE - text_width(name);
	buf_printf(&out, "%s [ ] %s", minute_show(moment_minute(a->starts), at), name);
	mem_free(name);
	/* A long name has its line to itself. */
	if (gap < 1)
		buf_printf(&out, "\n%*s", 10 + NAME_WIDE, "");
	else
		buf_printf(&out, "%*s", gap, "");
	buf_printf(&out, "%-11s   %s\n",
		   date_none(r->row.born) ? "not known" : date_show(r->row.born, born), phone);
	buf_printf(&under, "%s, %d min, %s%s%s%s%s", private_ ? "Private" : r->type, a->mins,
		   r->with, room ? ", " : "", room ? room->code : "",
		   a->mode == MODE_FACE || private_ ? "" : ", by ",
		   a->mode == MODE_FACE || private_ ? "" : mode_word(a->mode));
	if (a->state == APPT_REQUESTED)
		buf_str(&under, ", not confirmed");
	ret->lines = 2 + (gap < 1);
	ret->lines += wrapped(&out, under.s) - 1;
	buf_done(&under);
	if (*needs_all(r->row.needs, r->row.interpreter, needs)) {
		char *line = mem_printf("Needs: %s", needs);

		ret->lines += wrapped(&out, line);
		mem_free(line);
	}
	ret->text = out.s;
	return 0;
}

/* ---- pages ---- */

static void head(struct buf *out, const struct desk *desk, const struct site *site, struct date day,
		 int page, int pages)
{
	char when[DAY_TEXT], now[DAY_TEXT], which[32];
	char *left = mem_printf("%s   %s", site->name, date_show_day(day, when));
	int gap;

	snprintf(which, sizeof which, "page %d of %d", page, pages);
	gap = WIDE - text_width(left) - (int)strlen(which);
	buf_printf(out, "%s%*s%s\n", left, gap > 1 ? gap : 1, "", which);
	buf_printf(out, "As at %s.  Confidential: shred it when the day is over.\n\n",
		   moment_show(desk->now, now));
	mem_free(left);
}

/* How many entries the page from `at` on takes. */
static size_t on_page(const struct entries_of *list, size_t at)
{
	int room = PAGE - HEAD;
	size_t n = 0;

	while (at + n < list->n && list->v[at + n].lines + 1 <= room)
		room -= list->v[at + n++].lines + 1;
	return n ? n : 1;
}

static void pages(struct buf *out, const struct desk *desk, const struct site *site,
		  struct date day, const struct entries_of *list)
{
	int count = 1, page = 1;

	for (size_t at = 0; (at += list->n ? on_page(list, at) : 1) < list->n;)
		count++;
	for (size_t at = 0; page <= count; page++) {
		size_t n = at < list->n ? on_page(list, at) : 0;

		if (page > 1)
			buf_str(out, "\f");
		head(out, desk, site, day, page, count);
		if (list->n == 0)
			buf_str(out, "Nobody is booked.\n");
		for (size_t i = at; i < at + n; i++)
			buf_printf(out, "%s\n", list->v[i].text);
		at += n;
	}
}

int closing_list(struct desk *desk, struct id site, struct date day, struct buf *ret, int *ret_n,
		 struct err *err)
{
	const struct site *s = ref_site(desk, site);
	struct desk_rows rows = { 0 };
	struct entries_of list = { 0 };
	int rc;

	if (!s)
		return err_input(err, "site", "Whose list?  Name a site: site list shows them.");
	rc = live_rows(desk, site, day, &rows, err);
	for (size_t i = 0; rc == 0 && i < rows.n; i++)
		rc = entry_of(desk, &rows.v[i], list_push(&list), err);
	if (rc == 0) {
		pages(ret, desk, s, day, &list);
		*ret_n = (int)rows.n;
	}
	list_each (e, &list)
		mem_free(e->text);
	list_free(&list);
	desk_rows_done(&rows);
	return rc;
}

/* ---- to the file, and to the printer ---- */

/* Written whole or not at all, and for the eyes of the service alone. */
static int write_file(const char *path, const char *text, struct err *err)
{
	char *part = mem_printf("%s.part", path);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	size_t n = strlen(text);
	bool ok = fd >= 0 && write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
	int why = errno;

	if (fd >= 0)
		close(fd);
	if (ok && rename(part, path) < 0) {
		why = errno;
		ok = false;
	}
	if (!ok)
		unlink(part);
	mem_free(part);
	return ok ? 0
		  : err_set(err, ERR_STORE, "Cannot write the list %s: %s.", path, strerror(why));
}

/* A list of names is not to lie about: CODE-2026-03-13.txt of more than a week ago goes, and what
 * was begun of one by a desk that was killed. */
static void drop_old(const char *folder, struct date today)
{
	enum { DATED = sizeof "-2026-03-13.txt" - 1, PART = sizeof ".part" - 1, KEPT_DAYS = 7 };
	DIR *dir = opendir(folder);

	for (struct dirent *e; dir && (e = readdir(dir));) {
		size_t n = strlen(e->d_name);
		char iso[DAY_TEXT];
		struct date day;

		if (n > PART && strcmp(e->d_name + n - PART, ".part") == 0)
			n -= PART;
		if (n <= DATED || strncmp(e->d_name + n - 4, ".txt", 4) != 0)
			continue;
		snprintf(iso, sizeof iso, "%.10s", e->d_name + n - DATED + 1);
		if (strspn(iso, "0123456789-") == 10 &&
		    date_parse(iso, today, LOOK_BACK, &day, NULL) == 0 &&
		    day.n < today.n - KEPT_DAYS)
			unlinkat(dirfd(dir), e->d_name, 0);
	}
	if (dir)
		closedir(dir);
}

/* spool/NGT-2026-03-13.txt beside the database. */
static int spool_path(struct desk *desk, const struct site *site, struct date day, char **ret,
		      struct err *err)
{
	const char *db = store_path(desk->store), *slash = strrchr(db, '/');
	char *folder = mem_printf("%.*sspool", slash ? (int)(slash + 1 - db) : 0, db);
	char iso[DAY_TEXT];
	int rc = mkdir(folder, 0750) < 0 && errno != EEXIST
			 ? err_set(err, ERR_STORE, "Cannot make the folder %s: %s.", folder,
				   strerror(errno))
			 : 0;

	if (rc == 0)
		*ret = mem_printf("%s/%s-%s.txt", folder, site->code, date_iso(day, iso));
	if (rc == 0)
		drop_old(folder, desk->today);
	mem_free(folder);
	return rc;
}

static bool has_printer(const struct desk *desk)
{
	return config_str(desk->config, "print:command", NULL) ||
	       config_str(desk->config, "print:list", NULL);
}

int closing_paper(struct desk *desk, struct id site, struct date day, char *ret_words, size_t n,
		  struct err *err)
{
	const struct site *s = ref_site(desk, site);
	struct buf text = { 0 };
	char *path = NULL, *title, when[DAY_TEXT];
	int people, rc;

	if (closing_list(desk, site, day, &text, &people, err) < 0)
		return -1;
	rc = spool_path(desk, s, day, &path, err);
	if (rc == 0)
		rc = write_file(path, text.s, err);
	if (rc == 0 && has_printer(desk)) {
		title = mem_printf("%s %s", s->name, date_show(day, when));
		rc = print_text(desk, title, text.s, err);
		mem_free(title);
	}
	if (rc == 0)
		snprintf(ret_words, n, "%s: %d %s, %s%s", date_show_day(day, when), people,
			 people == 1 ? "person" : "people",
			 has_printer(desk) ? "printing" : "in spool",
			 has_printer(desk) ? "" : strrchr(path, '/'));
	buf_done(&text);
	mem_free(path);
	return rc;
}
