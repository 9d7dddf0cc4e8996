/*
 * tasks.h: what S21 knows between two keys, for its halves: screen_tasks.c loads it and acts,
 * tasks_draw.c draws it; screen_task.c is the form of a task that is new, handed over or changed.
 */
#ifndef TUI_TASKS_H
#define TUI_TASKS_H

#include "clinic/attempt.h"
#include "clinic/referral.h"
#include "clinic/task.h"
#include "open.h"

enum {
	TASKS_FIRST = 4,  /* the list's first line */
	TASKS_BELOW = 5,  /* lines about the selected one, under the list */
	TASKS_WIDE = 100, /* columns from which rows say more, */
	TASKS_PANE = 132, /* and from which all about the selected one stands beside them */
};

struct todo {
	enum task_list which;
	struct id want; /* to be selected when it is first read */
	struct task_rows rows;
	struct list list;
	struct trail trail; /* of the selected one, in a wide window */
	struct tries tries; /* ... and the calls that did not reach them */
	/* A referral of theirs that waits: "MSK-26-N0311 OVER 1d"; "" none. */
	char behind[CODE_TEXT + CLOCK_TEXT + 2];
	bool late;
	struct moment now;
	int open, over, today;
	char site[NAME_TEXT];
	struct task_beside {
		char site[NAME_TEXT]; /* "" any */
		bool over;
	} * beside; /* of each row */
};

extern const char *const task_list_words[TASK_LISTS];

void tasks_draw(struct canvas *c, const void *state);
static inline bool task_ended(const struct task *t)
{
	return strcmp(t->state, "open") != 0;
}

/* S21 with this one selected. */
enum next open_tasks(struct ui *ui, struct id task);

/* The forms.  for_person: whom a new one is about; none: nobody yet. */
enum next open_task_new(struct ui *ui, struct id for_person);
enum next open_task_hand(struct ui *ui, const struct task_row *row);
enum next open_task_edit(struct ui *ui, const struct task_row *row);

extern const struct screen screen_task;

#endif
