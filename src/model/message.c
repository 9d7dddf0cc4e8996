/* message.c: the words of messages' events, channels and states, and their rows in arguments. */
#include "model/message.h"

#include <string.h>

#include "base/text.h"

#define WORDS(kind, TABLE, COUNT)                                                                  \
	static const struct {                                                                      \
		const char *code, *word;                                                           \
	} kind##s[] = { TABLE(X) };                                                                \
	const char *msg_##kind##_code(enum msg_##kind k)                                           \
	{                                                                                          \
		return kind##s[k].code;                                                            \
	}                                                                                          \
	const char *msg_##kind##_word(enum msg_##kind k)                                           \
	{                                                                                          \
		return kind##s[k].word;                                                            \
	}                                                                                          \
	bool msg_##kind##_parse(const char *code, enum msg_##kind *ret)                            \
	{                                                                                          \
		for (int i = 0; i < COUNT; i++)                                                    \
			if (strcmp(kind##s[i].code, text_of(code)) == 0) {                         \
				*ret = (enum msg_##kind)i;                                         \
				return true;                                                       \
			}                                                                          \
		return false;                                                                      \
	}

#define X(name, code, word) { code, word },
WORDS(event, MSG_EVENTS, MSG_EVENT_COUNT)
WORDS(channel, MSG_CHANNELS, MSG_CHANNEL_COUNT)
WORDS(state, MSG_STATES, MSG_STATE_COUNT)
#undef X

static const struct field new_msg_f[] = {
	FIELD_NEEDED(id, struct new_msg, "id", F_ID),
	FIELD_NEEDED(person, struct new_msg, "person", F_ID),
	FIELD(appt, struct new_msg, "appt", F_ID),
	FIELD(site, struct new_msg, "site", F_ID),
	FIELD(task, struct new_msg, "task", F_ID),
	FIELD(contact, struct new_msg, "contact", F_ID),
	FIELD_NEEDED(event, struct new_msg, "event", F_TEXT),
	FIELD_NEEDED(channel, struct new_msg, "channel", F_TEXT),
	FIELD(title, struct new_msg, "title", F_TEXT),
	FIELD(words, struct new_msg, "words", F_TEXT),
	FIELD(starts, struct new_msg, "starts", F_MOMENT),
	FIELD(not_before, struct new_msg, "not_before", F_MOMENT),
	FIELD(not_after, struct new_msg, "not_after", F_MOMENT),
	FIELD(node, struct new_msg, "node", F_INT),
};
const struct fields new_msg_fields = FIELDS(new_msg_f, struct new_msg);

struct msg_id_row {
	struct id id;
};
static const struct field msg_id_f[] = { FIELD(id, struct msg_id_row, "id", F_ID) };
const struct fields msg_id_fields = FIELDS(msg_id_f, struct msg_id_row);
