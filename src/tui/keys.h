/*
 * keys.h: keys have numbers for the program and names for people, scripts and ohdesk.ini.
 *
 * A printable key is its code point, a Ctrl key its control character, the rest follow Unicode.
 * Names are what tables write ("b", "Enter", "C-s", "F4", "PgDn"); shown names are what row 24 and
 * the help page print ("Ctrl-S").
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>

enum {
	K_NONE = 0,
	K_TAB = 9,
	K_ENTER = 13,
	K_ESC = 27,
	K_SPACE = 32,
	K_BACKSPACE = 127,
	K_UP = 0x110000,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PGUP,
	K_PGDN,
	K_INS,
	K_DEL,
	K_STAB,
	K_F1,
	K_F12 = K_F1 + 11,
};
#define K_CTRL(c) ((c)&0x1f)

/* What the terminal sent: a key, and the bytes to put into a field when it is text. */
struct press {
	int key;
	char text[12]; /* UTF-8, or "" when it is no text */
	bool pasted;   /* out of a paste: text for a field, never a command */
	bool ahead;    /* was waiting already when the screen was last painted */
};

enum { KEY_NAME = 12 };

/* The name of a key, in buf, which is returned; "" for none.  key_shown() is for people. */
char *key_named(int key, char buf[KEY_NAME]);
char *key_shown(int key, char buf[KEY_NAME]);

/* The key of a name of n bytes; K_NONE when there is none. */
int key_code(const char *name, int n);

/* Is `key` one of the names in the blank-separated list ("F8 +")? */
bool key_in(int key, const char *names);

/* The first key of such a list. */
int key_first(const char *names);

/* A key that a field takes as text. */
bool key_printable(int key);

#endif
