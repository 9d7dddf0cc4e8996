/*
 * message.h: what people are told when nobody speaks to them: texts, e-mails, letters; and what
 * comes back.
 */
#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/args.h"
#include "base/day.h"
#include "base/id.h"
#include "model/user.h"

/* X(name, code as stored and typed, word on the screens) */
#define MSG_EVENTS(X)                                                                              \
	X(MSG_CONFIRMATION, "confirmation", "confirmation")                                        \
	X(MSG_CHANGE, "change", "change")                                                          \
	X(MSG_CANCELLATION, "cancellation", "cancellation")                                        \
	X(MSG_REMINDER, "reminder", "reminder")                                                    \
	X(MSG_REBOOK, "rebook", "book again")	    /* missed one: asked to ring */                \
	X(MSG_DNA, "dna", "missed, to the manager") /* to a contact of their customer */           \
	X(MSG_REPLY, "reply", "reply")		    /* from them */                                \
	X(MSG_OFFER, "offer", "offer")		    /* of a freed time, to who waits for one */

#define MSG_CHANNELS(X)                                                                            \
	X(MSG_TEXT, "text", "text")                                                                \
	X(MSG_EMAIL, "email", "e-mail")                                                            \
	X(MSG_LETTER, "letter", "letter")                                                          \
	X(MSG_CALL, "call", "call") /* a task, to ring them */

#define MSG_STATES(X)                                                                              \
	X(MSG_QUEUED, "queued", "waits")                                                           \
	X(MSG_HELD, "held", "waits for the slot") /* the booking is a request yet */               \
	X(MSG_SENT, "sent", "sent")                                                                \
	X(MSG_DEAD, "dead", "NOT SENT")                                                            \
	X(MSG_UNSURE, "unsure", "NOT SURE") /* cut off while it was sent */                        \
	X(MSG_WITHDRAWN, "withdrawn", "withdrawn")                                                 \
	X(MSG_PHONED, "phoned", "by phone instead")                                                \
	X(MSG_CLOSED, "closed", "closed")                                                          \
	X(MSG_RECEIVED, "received", "received")

#define X(name, code, word) name,
enum msg_event { MSG_EVENTS(X) MSG_EVENT_COUNT };
enum msg_channel { MSG_CHANNELS(X) MSG_CHANNEL_COUNT };
enum msg_state { MSG_STATES(X) MSG_STATE_COUNT };
#undef X
const char *msg_event_code(enum msg_event e);
const char *msg_event_word(enum msg_event e);
bool msg_event_parse(const char *code, enum msg_event *ret);
const char *msg_channel_code(enum msg_channel c);
const char *msg_channel_word(enum msg_channel c);
bool msg_channel_parse(const char *code, enum msg_channel *ret);
const char *msg_state_code(enum msg_state s);
const char *msg_state_word(enum msg_state s);
bool msg_state_parse(const char *code, enum msg_state *ret);

enum { MSG_WORDS = 2000 /* bytes of one, at most */ };

struct msg {
	struct id id, person, appt, task;
	struct id contact; /* of a customer, whom it goes to; none: to the person */
	char scope[CODE_TEXT];
	enum msg_event event;
	enum msg_channel channel;
	enum msg_state state;
	struct moment starts; /* when and where they are told to come; none: not to */
	struct id site;
	char title[WORDS_TEXT], words[MSG_WORDS];
	struct moment not_before, not_after, at, ended_at;
	int node;
	char why[WORDS_TEXT];
	/* whom it is for */
	char surname[NAME_TEXT], given[NAME_TEXT], salute[CODE_TEXT];
	struct date born;
	bool task_open, task_done; /* of the task */
	/* this node's tries */
	int tries;
	bool trying; /* one has no end yet */
	struct moment next_at;
	char last[WORDS_TEXT]; /* what the last one came to */
};
struct msgs {
	struct msg *v;
	size_t n, cap;
};

/* Did it, for all we know, reach them? */
static inline bool msg_told(const struct msg *m)
{
	return m->state == MSG_SENT || m->state == MSG_UNSURE || m->trying || m->task_done;
}

/* May it still, unless it is withdrawn? */
static inline bool msg_pending(const struct msg *m)
{
	return !m->trying && (m->state == MSG_QUEUED || m->state == MSG_HELD ||
			      m->state == MSG_DEAD || (m->state == MSG_PHONED && m->task_open));
}

/* A message that a command queues: a row of its arguments, described by new_msg_fields. */
struct new_msg {
	struct id id, person, appt, site, task, contact;
	const char *event, *channel, *title, *words;
	struct moment starts, not_before, not_after;
	int64_t node;
};
struct new_msgs {
	struct new_msg *v;
	size_t n, cap;
};
extern const struct fields new_msg_fields;

/* Messages that a command withdraws: rows of ids, described by msg_id_fields. */
struct msg_ids {
	struct id *v;
	size_t n, cap;
};
extern const struct fields msg_id_fields;

#endif
