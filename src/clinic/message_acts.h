/* message_acts.h: the acts of messages, and what their files share (private to the clinic). */
#ifndef CLINIC_MESSAGE_ACTS_H
#define CLINIC_MESSAGE_ACTS_H

#include "clinic/act.h"
#include "clinic/message.h"
#include "model/person.h"

extern const struct act act_message, act_message_mark, act_message_reply;

/* Whom a message is for: the person as they stand, and their ways. */
struct reader {
	struct person person;
	struct contacts contacts;
};
int reader_load(struct desk *desk, struct id person, struct reader *ret, struct err *err);
void reader_done(struct reader *r);

/* The newest contact of a kind that messages may go to; NULL when there is none. */
const struct contact *reader_ok(const struct reader *r, const char *kind);
enum { NUMBER_TEXT = 40 };
/* The number to ring, in words, for a task. */
const char *reader_number(const struct reader *r, char buf[NUMBER_TEXT]);

/* Where the notice of a missed appointment goes, if it still may (missed.c). */
int missed_address(struct desk *desk, const struct msg *m, struct address *ret, struct err *err);

/* Does one act of a message, of which this is an inside: the notice to a contact is written, and
 * put into `tell`. */
int missed_write(struct desk *desk, struct id appt, struct telling *tell, struct err *err);

/* Somebody did not attend: tells whoever at their customer is to hear of it, if anybody.  Nothing
 * is told of a private service, of a self-referral or without the employee's agreement, nor when
 * their contract does not ask for it, nor of whom a risk flag is open. */
struct appt_row;
int missed_told(struct desk *desk, const struct appt_row *r, struct err *err);
/* They did come: a task for the desk to tell whoever was told otherwise, unless nobody was. */
int missed_put_right(struct desk *desk, const struct appt *a, struct new_tasks *ret,
		     struct err *err);

/* A message for itself, by its act. */
int message_send(struct desk *desk, struct id appt, enum msg_event event, bool due,
		 struct err *err);

/* Between 20:00 and 08:00: nobody is woken. */
bool message_night(struct moment now);

/* A task for whoever looks after that appointment, kept from all others when it is private. */
struct new_task *message_task(struct desk *desk, struct new_tasks *tasks, enum task_kind kind,
			      const struct appt *about, struct id person, const char *text);

/* "Thu 12-Mar 10:00 at Northgate" */
enum { WHEN_TEXT = NAME_TEXT + 40 };
char *message_when(struct desk *desk, struct moment starts, struct id site, char buf[WHEN_TEXT]);

/* The wording of that name, filled in; `glue` stands between its blocks. */
int message_words(struct desk *desk, const char *name, const struct person *p, const struct appt *a,
		  const char *glue, struct buf *ret_title, struct buf *ret_words, struct err *err);

/* The same to a contact of the customer. */
int message_words_to(struct desk *desk, const char *name, const struct person *p,
		     const struct appt *a, const char *contact, const char *glue,
		     struct buf *ret_title, struct buf *ret_words, struct err *err);

/* A message on its way, in words; the facts are those of the appointment. */
struct new_msg *message_new(struct desk *desk, struct telling *tell, enum msg_event event,
			    enum msg_channel channel, const struct reader *who,
			    const struct appt *about, struct err *err);

/* The same of a time that is free, kept until then for a reply; `about` is as it would be. */
struct new_msg *message_offer(struct desk *desk, struct telling *tell, const struct reader *who,
			      const struct appt *about, struct moment until, struct err *err);

/* What becomes of a message: of message_mark. */
struct message_mark {
	struct id message;
	const char *to, *base, *why, *was_why;
	struct new_tasks tasks; /* to ring instead, or about what did not go */
	struct task_ids drop;
	struct new_tasks lost; /* it went, and another node had made it out of date */
};
/* Inside an open user act or alone. */
int message_mark(struct desk *desk, struct id message, enum msg_state to, enum msg_state base,
		 const char *why, struct err *err);

#endif
