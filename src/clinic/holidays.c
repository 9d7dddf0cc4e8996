/*
 * holidays.c: a file of bank holidays taken in, each as one added record, all as one act.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "clinic/act.h"
#include "clinic/holidays.h"
#include "clinic/record.h"

enum { FEED_MOST = 4 << 20 }; /* the feed is some 100 kB */

struct taking {
	struct desk *desk;
	struct record_rows have; /* what is on already */
	int added;
};

static bool is_there(const struct taking *t, const char *nation, const char *day, const char *name)
{
	list_each (row, &t->have)
		if (strcmp((*row)[0], nation) == 0 && strcmp((*row)[1], day) == 0 &&
		    strcmp((*row)[2], name) == 0)
			return true;
	return false;
}

static int take(void *ctx, enum nation nation, struct date date, const char *name, struct err *err)
{
	struct taking *t = ctx;
	char day[DAY_TEXT];
	const char *values[] = { nation_code[nation], date_iso(date, day), name, NULL };
	struct id id = { 0 };

	if (is_there(t, values[0], day, name))
		return 0;
	t->added++;
	return record_add(t->desk, record_find("holiday"), values, &id, err);
}

int holidays_import(struct desk *desk, const char *path, int *ret_added, struct err *err)
{
	struct taking t = { .desk = desk };
	struct buf file = { 0 };

	if (file_read(path, FEED_MOST, &file, err) < 0)
		return -1;
	if (act_begin(desk, err) < 0) {
		buf_done(&file);
		return -1;
	}
	int rc = record_list(desk, record_find("holiday"), &t.have, err);

	if (rc == 0)
		rc = calendar_parse_feed(file.s, file.n, take, &t, err);
	record_rows_done(&t.have);
	buf_done(&file);
	if (rc < 0) {
		act_abandon(desk);
		return -1;
	}
	if (act_end(desk, err) < 0)
		return -1;
	*ret_added = t.added;
	return 0;
}
