/*
 * wording.h: what messages say: files of the program's own, or a site's in their place (private to
 * the clinic layer).
 *
 *	# forms/messages/EVENT.CHANNEL.ini
 *	[message]			may be left out
 *	title = "..."			of an e-mail or letter
 *	[block.NAME]			in the order of the file
 *	text = "... {field} ..."	left out when one of its fields is empty
 *
 * Texts are the blocks one behind the other; e-mails, letters and slips begin a line with each.
 * Values stand in double quotes, each on a line of at most 1000 bytes.  Whatever is not understood
 * (a section, a key, a field) refuses the file with its line, and the program's own is used.
 */
#ifndef CLINIC_WORDING_H
#define CLINIC_WORDING_H

#include <stdbool.h>

#include "base/alloc.h"
#include "base/err.h"

struct desk;

/* X(name in the file, member).  No field holds a clinical word, and appt.what is "appointment" when
 * the service is private. */
#define WORDING_FIELDS(X)                                                                          \
	X("person.given", given)                                                                   \
	X("person.surname", surname)                                                               \
	X("person.formal", formal) /* Mrs Okafor; without a title Adaeze Okafor */                 \
	X("person.full", full)	   /* Mrs Adaeze Okafor */                                         \
	X("appt.what", what)	   /* Physio appointment */                                        \
	X("appt.day", day)	   /* Thursday */                                                  \
	X("appt.date", date)	   /* 12 March 2026 */                                             \
	X("appt.time", clock)	   /* 10:00 */                                                     \
	X("appt.minutes", minutes) /* 40 */                                                        \
	X("appt.place", place)	   /* at Northgate; by phone: we ring you; by video */             \
	X("appt.where", where)	   /* Northgate, room 2; By phone: we ring you */                  \
	X("offer.until", until)	   /* 10:26: so long it is kept for their reply */                 \
	X("contact.name", contact) /* of the customer's; of a notice to one alone */               \
	X("site.name", site)                                                                       \
	X("site.phone", phone)                                                                     \
	X("missed.cost", cost) /* £40, what a missed one costs; empty unless it is set */         \
	X("us.name", us)       /* what the service calls itself */

struct facts {
#define X(name, member) const char *member;
	WORDING_FIELDS(X)
#undef X
};

struct wording_block {
	char *text;
};
struct wording {
	char *title; /* NULL: none */
	struct {
		struct wording_block *v;
		size_t n, cap;
	} blocks;
};
/* ERR_INPUT: "PATH, line N: ...". */
int wording_parse(const char *path, const char *text, size_t n, struct wording *ret,
		  struct err *err);
void wording_done(struct wording *w);

/* The wording of "confirmation.text", filled in: the site's own file if it has one that is
 * understood, else the program's.  A refused one is told as a warning.  Each block that has an
 * empty field is left out; `glue` stands between two.  ret_title may be NULL. */
int wording_fill(struct desk *desk, const char *name, const struct facts *facts, const char *glue,
		 struct buf *ret_title, struct buf *ret_words, struct err *err);

#endif
