/*
 * message.h: what a command says to the person it is about, and which way.
 *
 * A command that changes what somebody was told carries a struct telling in its arguments.  Its
 * check decides it all (telling_news(), telling_right()): by text if they allow texts, else by
 * e-mail if they allow that, else somebody rings when it is the service that changes something;
 * what is out of date and has not left is withdrawn.  Its run puts it there (telling_run()).  The
 * act that takes the command back decides anew from what stands then: what has not left is
 * withdrawn, what has is put right by another message.
 *
 *	its arguments	struct telling tell;	TELLING_FIELDS(struct my, tell)
 *	its check	telling_news(desk, &news, &my->tell, err)
 *	its run		telling_run(t, &my->tell, scope, MSG_QUEUED)
 */
#ifndef CLINIC_MESSAGE_H
#define CLINIC_MESSAGE_H

#include "base/alloc.h"
#include "clinic/desk.h"
#include "model/appt.h"
#include "model/message.h"
#include "model/task.h"

struct txn;

struct telling {
	struct new_msgs put;
	struct msg_ids withdraw;
	struct new_tasks tasks;
	struct task_ids drop; /* tasks to ring about something that is out of date */
	/* A call about what is asked for: it is made when that is confirmed (holder.c), or now if
	 * it turns out to be so already. */
	struct new_tasks later;
	/* They were told so, and it comes to nothing where the hub runs the command: somebody
	 * rings. */
	struct new_tasks lost;
};
#define TELLING_FIELDS(type, member)                                                               \
	FIELD_ROWS(member.put, type, "messages", &new_msg_fields),                                 \
		FIELD_ROWS(member.withdraw, type, "outdated", &msg_id_fields),                     \
		FIELD_ROWS(member.tasks, type, "rings", &new_task_fields),                         \
		FIELD_ROWS(member.drop, type, "unring", &task_id_fields),                          \
		FIELD_ROWS(member.later, type, "later", &new_task_fields),                         \
		FIELD_ROWS(member.lost, type, "lost", &new_task_fields)

/* Something new about an appointment.  `was` or `is` is NULL where there is none. */
struct news {
	struct id person;
	const struct appt *was, *is;
	bool by_service; /* nobody is speaking to them: if all else fails, somebody rings */
	bool asked;	 /* another node holds the slot: likewise, once it has answered */
};
/* Tells it.  desk->promise says in words what will go where. */
int telling_news(struct desk *desk, const struct news *news, struct telling *ret, struct err *err);
/* Something was an error, or is taken back: tells only who has been told otherwise. */
int telling_right(struct desk *desk, const struct news *news, struct telling *ret, struct err *err);

/* In a run, after the rows that it speaks of.  MSG_HELD: the booking is a request yet. */
void telling_run(struct txn *t, const struct telling *tell, const char *scope,
		 enum msg_state state);
/* Instead: it came to nothing. */
void telling_lost(struct txn *t, const struct telling *tell, const char *scope);

/* ---- for callers ---- */

/* A reminder of an appointment to come; to somebody who did not attend: please book again.  Refused
 * in words when they allow no message, have had this one within the hour, or it is private. */
int message_remind(struct desk *desk, struct id appt, struct err *err);
int message_rebook(struct desk *desk, struct id appt, struct err *err);

/*
 * Reminds whoever is due (the settings remind_first_days, remind_last_days): who is booked at a
 * site of this node, allows a message and has been told nothing of that time since the day on which
 * the reminder falls, at most so many.  *ret says how many were queued.  For a timer: again at once
 * it queues none.
 */
int messages_due(struct desk *desk, int most, int *ret, struct err *err);

/*
 * What a person decides about one that is not sent: try it again; somebody rings instead; it is not
 * to be sent; it is settled.  Each is refused when it has become something else meanwhile.
 */
int message_retry(struct desk *desk, struct id message, struct err *err);
int message_phone(struct desk *desk, struct id message, struct err *err);
int message_cancel(struct desk *desk, struct id message, const char *why, struct err *err);
int message_close(struct desk *desk, struct id message, const char *why, struct err *err);

/* A text that came back from a number: kept, matched to whoever has had texts there, and made a
 * task.  STOP takes back the consent to texts; a bare yes to a time to come needs no task, a bare
 * no cancels it if the setting reply_cancels says so.  *ret_words says what was done. */
int message_reply(struct desk *desk, const char *number, const char *words, char *ret_words,
		  size_t n, struct err *err);

/* The last few messages to a person and from them, newest first.  Fit for every desk: no word of a
 * message names a private service. */
int messages_of(struct desk *desk, struct id person, int most, struct msgs *ret, struct err *err);

struct trail;
/* What became of the messages about an appointment, added to its history in order of time. */
int messages_trail(struct desk *desk, struct id appt, struct trail *ret, struct err *err);

/* Where it goes, as the person's record says now; "" and why not when it may not. */
struct address {
	char to[WORDS_TEXT], why_not[80];
	char name[NAME_TEXT]; /* of a contact of their customer; "": it is the person */
	bool gone;	      /* a leaver, or worse: nobody is to reach them */
};
int message_address(struct desk *desk, const struct msg *m, struct address *ret, struct err *err);

/* The slip that somebody takes home. */
int message_slip(struct desk *desk, struct id appt, struct buf *ret, struct err *err);

#endif
