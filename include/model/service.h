/*
 * service.h: the things that change seldom: nodes, sites, rooms, customers, services, clinicians.
 */
#ifndef MODEL_SERVICE_H
#define MODEL_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"
#include "model/calendar.h"
#include "model/user.h"

struct node {
	int number;
	char letter[8], name[NAME_TEXT];
	bool on;
};
struct nodes {
	struct node *v;
	size_t n, cap;
};

struct site {
	struct id id;
	char code[CODE_TEXT], name[NAME_TEXT];
	enum nation nation;
	int node;				/* the database that houses it */
	char phone[CODE_TEXT], duty[CODE_TEXT]; /* duty: who is on duty there */
	bool on;
};
struct sites {
	struct site *v;
	size_t n, cap;
};

struct room {
	struct id id, site;
	char code[CODE_TEXT], name[NAME_TEXT], features[WORDS_TEXT];
	bool on;
};
struct rooms {
	struct room *v;
	size_t n, cap;
};

struct customer {
	struct id id;
	char code[CODE_TEXT], name[NAME_TEXT], brief[CODE_TEXT], ods[CODE_TEXT];
	int vpd;       /* its number in ESR; 0: none */
	bool external; /* not an NHS employer */
	bool on;
};
struct customers {
	struct customer *v;
	size_t n, cap;
};

enum mode {
	MODE_FACE = 1 << 0,
	MODE_PHONE = 1 << 1,
	MODE_VIDEO = 1 << 2,
};
const char *mode_word(enum mode mode);
bool mode_parse(const char *word, enum mode *ret);
/* A list of words ("face phone") as bits; the first word in *ret_usual.  False: a word is none. */
bool modes_parse(const char *words, unsigned *ret, enum mode *ret_usual);

struct service {
	struct id id;
	char code[CODE_TEXT], name[NAME_TEXT], brief[CODE_TEXT], prefix[CODE_TEXT];
	bool private_, rapid;
	int new_mins, fu_mins;
	char modes[CODE_TEXT];
	int cap;    /* attendances in an episode; 0 none */
	int target; /* working days from receipt to be seen; 0 none */
	bool on;
	char room[WORDS_TEXT]; /* what a room must offer */
};
/* The services that the program brings forms for: PHYSIO COUNS OHN OHP, in any case. */
bool service_shipped(const char *code);
struct services {
	struct service *v;
	size_t n, cap;
};

/* As a clinician says; not said: sent to nobody who asks for a woman or a man. */
enum gender { GENDER_NOT_SAID, GENDER_WOMAN, GENDER_MAN };
const char *gender_word(enum gender gender); /* "woman", "man", "" */
/* "woman", "a man", "women", in any case. */
bool gender_parse(const char *text, enum gender *ret);

struct clinician {
	struct id id;
	char code[CODE_TEXT], surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	char discipline[CODE_TEXT], reg_body[CODE_TEXT], reg_no[CODE_TEXT];
	struct date reg_until; /* last good day; DATE_NONE when the discipline has no register */
	char skills[WORDS_TEXT];
	int node, over_cap;
	bool on;
	enum gender gender;
};
struct clinicians {
	struct clinician *v;
	size_t n, cap;
};

/* Is `word` one of the blank-separated words? */
bool words_have(const char *words, const char *word);
/* Of the things that a room is to have, the first that one of these features has not, as it is said
 * of the room: "no quiet room"; NULL when it has all. */
const char *room_lacks(const char *words, const char *features);

#endif
