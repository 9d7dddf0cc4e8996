/*
 * floor.c: the least that a program of curses and SQLite can cost: what our figures stand beside.
 *
 *	floor form              typed characters appear in a field
 *	floor bar               20 rows, j and k move a reversed row of 78 columns
 *	floor mark              the same, only a mark in the first column moves
 *	floor scroll            a list that is longer than the window, the bar at its lower end
 *	floor page              n and p: another 20 rows, every one different
 *	floor day DB            n and p: a clinician's next or last day, read from the database
 *	floor find DB           n and p: 15 people by the start of a surname, likewise
 *
 * It tells OHDESK_IDLE_FD what it has taken as ohdesk does, so that both are timed alike.  q quits
 * (Ctrl-Q in the form).
 */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 20, WIDTH = 78, ALL = 100000 };

static struct floor {
	char mode; /* the first letter of its name */
	int at, top, n;
	char typed[41];
	sqlite3 *db;
	sqlite3_stmt *rows;
	unsigned char taken;
	int idle;
} f;

static const char *const NAMES[] = { "Okafor", "Lindqvist", "Ramanathan", "Mbeki",  "O'Brien",
				     "Garcia", "Schmidt",   "Petrov",	  "Haddad", "Nakamura" };

/* Pages of the two looks have hardly a cell in common. */
static void one_row(int line, int i, bool bar, bool other_look)
{
	const char *who = NAMES[(i * 7 + 3) % 10], *what = i % 3 ? "follow-up" : "new patient";
	const char *state = i % 5 ? "booked" : "arrived 08:12";
	int hour = 8 + i / 4 % 11, minute = i % 4 * 15, room = i % 12 + 1;
	char text[128];

	if (other_look)
		snprintf(text, sizeof text, "%-16s  %-20s room %-4d %02d.%02d  %-12s  %-14s", state,
			 who, room, hour, minute, what, "Northgate");
	else
		snprintf(text, sizeof text, "%02d:%02d  %-14s %-12s  room %-3d  %-14s %-14s", hour,
			 minute, who, what, room, state, "14-Aug-1984");
	if (bar)
		attron(A_REVERSE);
	mvaddnstr(1 + line, 1, text, WIDTH);
	attroff(A_REVERSE);
}

static void draw_list(void)
{
	for (int i = 0; i < ROWS; i++) {
		one_row(i, f.top + i, f.mode != 'm' && f.mode != 'p' && f.top + i == f.at,
			f.mode == 'p' && f.n & 1);
		if (f.mode == 'm')
			mvaddch(1 + i, 0, f.top + i == f.at ? '>' : ' ');
	}
	move(1 + f.at - f.top, 0);
}

static void draw_form(void)
{
	mvprintw(3, 3, "Name: %-40s", f.typed);
	move(3, 9 + f.n);
}

static void draw_rows(void)
{
	int line = 0;

	sqlite3_reset(f.rows);
	sqlite3_bind_int(f.rows, 1, f.n);
	for (; line < ROWS && sqlite3_step(f.rows) == SQLITE_ROW; line++)
		mvprintw(1 + line, 1, "%-*.*s", WIDTH, WIDTH,
			 (const char *)sqlite3_column_text(f.rows, 0));
	for (; line < ROWS; line++)
		mvprintw(1 + line, 1, "%*s", WIDTH, "");
	move(1, 0);
}

static void draw(void)
{
	mvaddstr(0, 1, "floor");
	mvaddstr(LINES - 1, 1, "j/k row  n/p page  q quit");
	if (f.mode == 'f')
		draw_form();
	else if (f.rows)
		draw_rows();
	else
		draw_list();
	refresh();
	if (f.idle > 2 && write(f.idle, &f.taken, 1) < 0)
		exit(1);
}

static void type(int key)
{
	if (key >= 32 && key < 127 && f.n < 40) {
		f.typed[f.n++] = (char)key;
		f.typed[f.n] = '\0';
	} else if (key == 127 && f.n) {
		f.typed[--f.n] = '\0';
	} else if (key == 21) {
		f.typed[f.n = 0] = '\0';
	}
}

static void step(int key)
{
	f.at += key == 'j' ? 1 : key == 'k' ? -1 : 0;
	f.n += key == 'n' ? 1 : key == 'p' ? -1 : 0;
	if (f.at < 0 || f.at >= ALL)
		f.at = 0;
	if (f.mode == 'p')
		f.top = f.at = 7 * (f.n & 1);
	if (f.at < f.top)
		f.top = f.at;
	if (f.at >= f.top + ROWS)
		f.top = f.at - ROWS + 1;
}

/* A day of the first clinician, weeks before their last session; people by prefix. */
static const char DAY[] =
	"SELECT time(s.starts, 'unixepoch') || ' ' || s.mins || '  ' || coalesce(a.state, '') || ' '"
	" || coalesce(p.surname || ', ' || p.given, '') FROM slot s"
	" LEFT JOIN appointment a ON a.id = s.appt LEFT JOIN booking b ON b.appt = a.id"
	" LEFT JOIN person p ON p.id = b.person"
	" WHERE s.clinician = (SELECT min(clinician) FROM template)"
	" AND s.day = (SELECT max(day) FROM block WHERE clinician ="
	" (SELECT min(clinician) FROM template)) - 84 - 7 * ?1 ORDER BY s.starts LIMIT 20";
static const char FIND[] =
	"SELECT p.surname || ', ' || p.given || '  ' || coalesce(date(p.born * 86400, 'unixepoch'), '')"
	" || ' ' || coalesce(p.nhs, '') FROM find_key k JOIN person p ON p.id = k.person"
	" WHERE k.kind = 'n' AND k.key >= char(97 + ?1 % 20) ORDER BY k.key LIMIT 15";

static void open_database(const char *path, const char *sql)
{
	if (sqlite3_open_v2(path, &f.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_exec(f.db, "PRAGMA cache_size = -512; PRAGMA mmap_size = 4294967296", NULL,
			 NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(f.db, sql, -1, &f.rows, NULL) != SQLITE_OK) {
		fprintf(stderr, "floor: %s: %s\n", path, sqlite3_errmsg(f.db));
		exit(2);
	}
}

int main(int argc, char **argv)
{
	const char *idle = getenv("OHDESK_IDLE_FD"), *mode = argc > 1 ? argv[1] : "bar";

	setlocale(LC_CTYPE, "");
	f.idle = idle ? atoi(idle) : -1;
	f.mode = mode[0];
	if (argc > 2)
		open_database(argv[2], strcmp(mode, "find") == 0 ? FIND : DAY);
	if (f.rows)
		f.mode = 'd';
	initscr();
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	idlok(stdscr, f.mode == 's');
	if (f.mode == 's')
		f.at = ROWS - 1;
	for (int key = 0; key != (f.mode == 'f' ? 17 : 'q');) {
		draw();
		key = getch();
		if (key == ERR) /* the line is gone */
			break;
		f.taken++;
		if (f.mode == 'f')
			type(key);
		else
			step(key);
	}
	endwin();
	sqlite3_finalize(f.rows);
	sqlite3_close(f.db);
	return 0;
}
