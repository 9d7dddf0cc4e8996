/* keys.c: the one table of key names; both directions are read from it. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "keys.h"

static const struct {
	int key;
	const char *name;
	const char *shown;
} NAMED[] = {
	{ K_TAB, "Tab", "Tab" },
	{ K_ENTER, "Enter", "Enter" },
	{ K_ESC, "Esc", "Esc" },
	{ K_SPACE, "Space", "Space" },
	{ K_BACKSPACE, "Backspace", "Backspace" },
	{ K_UP, "Up", "Up" },
	{ K_DOWN, "Down", "Down" },
	{ K_LEFT, "Left", "Left" },
	{ K_RIGHT, "Right", "Right" },
	{ K_HOME, "Home", "Home" },
	{ K_END, "End", "End" },
	{ K_PGUP, "PgUp", "PgUp" },
	{ K_PGDN, "PgDn", "PgDn" },
	{ K_INS, "Ins", "Ins" },
	{ K_DEL, "Del", "Del" },
	{ K_STAB, "S-Tab", "Shift-Tab" },
};
enum { N_NAMED = sizeof NAMED / sizeof *NAMED };

static int utf8_put(int rune, char *buf)
{
	if (rune < 0x80) {
		buf[0] = (char)rune;
		return 1;
	}
	int n = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (int i = n - 1; i > 0; i--, rune >>= 6)
		buf[i] = (char)(0x80 | (rune & 0x3f));
	buf[0] = (char)(lead[n] | rune);
	return n;
}

static char *name_of(int key, bool shown, char buf[KEY_NAME])
{
	buf[0] = '\0';
	for (int i = 0; i < N_NAMED; i++)
		if (NAMED[i].key == key) {
			snprintf(buf, KEY_NAME, "%s", shown ? NAMED[i].shown : NAMED[i].name);
			return buf;
		}
	if (key >= K_F1 && key <= K_F12)
		snprintf(buf, KEY_NAME, "F%d", key - K_F1 + 1);
	else if (key > 0 && key < 27)
		snprintf(buf, KEY_NAME, shown ? "Ctrl-%c" : "C-%c", key + (shown ? '@' : '`'));
	else if (key_printable(key))
		buf[utf8_put(key, buf)] = '\0';
	return buf;
}

char *key_named(int key, char buf[KEY_NAME])
{
	return name_of(key, false, buf);
}

char *key_shown(int key, char buf[KEY_NAME])
{
	return name_of(key, true, buf);
}

int key_code(const char *name, int n)
{
	int len = 0;
	uint32_t rune;

	if (n <= 0)
		return K_NONE;
	for (int i = 0; i < N_NAMED; i++)
		if ((int)strlen(NAMED[i].name) == n && strncmp(NAMED[i].name, name, (size_t)n) == 0)
			return NAMED[i].key;
	if (n == 3 && name[0] == 'C' && name[1] == '-' && name[2] >= 'a' && name[2] <= 'z')
		return K_CTRL(name[2]);
	if (n >= 2 && n <= 3 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
		int f = name[1] - '0';

		if (n == 3)
			f = name[2] >= '0' && name[2] <= '9' ? f * 10 + name[2] - '0' : 0;
		return f >= 1 && f <= 12 ? K_F1 + f - 1 : K_NONE;
	}
	rune = text_next(name, (size_t)n, &len);
	return len == n && key_printable((int)rune) ? (int)rune : K_NONE;
}

/* Calls for each name of a list, until one gives an answer. */
static int each_name(const char *names, int want)
{
	while (names && *names) {
		int n = (int)strcspn(names, " ");
		int key = key_code(names, n);

		if (n > 0 && (want == K_NONE || key == want))
			return key;
		names += n + (names[n] == ' ');
	}
	return K_NONE;
}

bool key_in(int key, const char *names)
{
	return key != K_NONE && each_name(names, key) == key;
}

int key_first(const char *names)
{
	return each_name(names, K_NONE);
}

bool key_printable(int key)
{
	return key >= 32 && key < 0x110000 && key != 127 && !(key >= 0x80 && key < 0xa0);
}
