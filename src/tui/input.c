/*
 * input.c: the grammar of what terminals send (ECMA-48, and what vt220, xterm, rxvt, the Linux
 * console and screen make of it).
 *
 *	ESC [ parameters intermediates final     most keys
 *	ESC [ [ A..E                             F1 to F5 on the Linux console
 *	ESC O character                          arrows, F1 to F4, the keypad
 *	ESC ] P ^ _ ... BEL or ESC \             answers nobody asked for
 *	ESC character                            Alt and a key: dropped
 *
 * Alt and a key comes in one piece at a quiet moment.  An ESC with which more came, or with which a
 * key came after it, is the Esc key: fingers are quicker than ESCDELAY, and what was typed while we
 * were busy is read in one go.  Dropping it would let the next keys act on the screen that was
 * to be left.
 */
#include <string.h>
#include <wchar.h>

#include "base/text.h"
#include "input.h"

static void take(struct input *in, size_t n, struct press *ret)
{
	ret->ahead = in->ahead > 0;
	ret->pasted = in->paste;
	in->n -= n;
	in->quiet = 0;
	memmove(in->buf, in->buf + n, in->n);
	in->ahead = in->ahead > n ? in->ahead - n : 0;
}

static int by_number(int n)
{
	static const struct {
		int n, key;
	} VT[] = {
		{ 1, K_HOME },	  { 2, K_INS },	    { 3, K_DEL },      { 4, K_END },
		{ 5, K_PGUP },	  { 6, K_PGDN },    { 7, K_HOME },     { 8, K_END },
		{ 11, K_F1 },	  { 12, K_F1 + 1 }, { 13, K_F1 + 2 },  { 14, K_F1 + 3 },
		{ 15, K_F1 + 4 }, { 17, K_F1 + 5 }, { 18, K_F1 + 6 },  { 19, K_F1 + 7 },
		{ 20, K_F1 + 8 }, { 21, K_F1 + 9 }, { 23, K_F1 + 10 }, { 24, K_F1 + 11 },
	};
	for (size_t i = 0; i < sizeof VT / sizeof *VT; i++)
		if (VT[i].n == n)
			return VT[i].key;
	return K_NONE;
}

static int by_letter(int c)
{
	switch (c) {
	case 'A':
		return K_UP;
	case 'B':
		return K_DOWN;
	case 'C':
		return K_RIGHT;
	case 'D':
		return K_LEFT;
	case 'H':
		return K_HOME;
	case 'F':
		return K_END;
	case 'Z':
		return K_STAB;
	case 'P':
	case 'Q':
	case 'R':
	case 'S':
		return K_F1 + c - 'P';
	default:
		return K_NONE;
	}
}

/* The keypad in application mode; its digits are digits. */
static int by_keypad(int c)
{
	if (c >= 'p' && c <= 'y')
		return '0' + c - 'p';
	if (c >= 'j' && c <= 'o')
		return "*+,-./"[c - 'j'];
	return c == 'M' ? K_ENTER : c == 'X' ? '=' : by_letter(c);
}

/* The length of the control sequence at s, 0 when it is not all there. */
static size_t csi_length(const unsigned char *s, size_t n)
{
	size_t i = 2;

	if (n > 2 && s[2] == '[')
		return n > 3 ? 4 : 0;
	while (i < n && s[i] >= 0x20 && s[i] < 0x40)
		i++;
	return i < n ? i + 1 : 0;
}

static int csi_key(const unsigned char *s, size_t n)
{
	int number = 0;
	size_t i = 2;

	if (s[2] == '[')
		return s[3] >= 'A' && s[3] <= 'E' ? K_F1 + s[3] - 'A' : K_NONE;
	if (n == 3)
		return by_letter(s[2]);
	for (; i < n - 1 && s[i] >= '0' && s[i] <= '9' && number < 1000; i++)
		number = number * 10 + s[i] - '0';
	return i == n - 1 && s[i] == '~' ? by_number(number) : K_NONE;
}

/* A string of the terminal's own: to BEL or ESC \. */
static size_t string_length(const unsigned char *s, size_t n)
{
	for (size_t i = 2; i < n; i++) {
		if (s[i] == 7)
			return i + 1;
		if (s[i] == 27 && i + 1 < n && s[i + 1] == '\\')
			return i + 2;
	}
	return 0;
}

static size_t rune_length(const struct input *in, size_t at)
{
	unsigned char c = in->buf[at];

	if (!in->utf8 || c < 0xc0)
		return 1;
	return c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf8 ? 4 : 1;
}

static bool escape(struct input *in, bool late, struct press *ret)
{
	const unsigned char *s = in->buf;
	size_t n = 0;
	int key = K_NONE;

	if (in->n > 1) {
		switch (s[1]) {
		case '[':
			n = csi_length(s, in->n);
			key = n ? csi_key(s, n) : K_NONE;
			break;
		case 'O':
			n = in->n > 2 ? 3 : 0;
			key = n ? by_keypad(s[2]) : K_NONE;
			break;
		case ']':
		case 'P':
		case '^':
		case '_':
			n = string_length(s, in->n);
			break;
		case 27: /* Alt with a key that is itself a sequence, or Esc twice */
			if (in->n > 2 && (s[2] == '[' || s[2] == 'O')) {
				n = s[2] == 'O' ? (in->n > 3 ? 4 : 0)
						: csi_length(s + 1, in->n - 1);
				n += s[2] == '[' && n > 0;
			} else if (in->n > 2 || late) {
				n = 1;
				key = K_ESC;
			}
			break;
		default:
			n = 1 + rune_length(in, 1);
			n = n <= in->n ? n : 0;
			if (n && in->quiet != n && !in->paste) {
				n = 1;
				key = K_ESC;
			}
		}
		if (n > 1 && in->known && in->known(s, n))
			key = in->known(s, n);
	}
	if (n == 0 && in->n == sizeof in->buf)
		n = in->n;
	if (n == 0 && late) {
		n = in->n;
		key = n == 1 ? K_ESC : K_NONE;
		/* An Esc by hand ends a paste whose end was lost on the way. */
		in->paste = in->paste && n != 1;
	}
	if (n == 0)
		return false;
	if (n == 6 && memcmp(s, "\033[200~", 6) == 0)
		in->paste = true;
	else if (n == 6 && memcmp(s, "\033[201~", 6) == 0)
		in->paste = false;
	/* What stands inside a paste is never a command. */
	if (in->paste)
		key = K_NONE;
	take(in, n, ret);
	ret->pasted = false;
	ret->key = key;
	return true;
}

/* One character of text in the terminal's own encoding. */
static bool letter(struct input *in, bool late, struct press *ret)
{
	size_t n = rune_length(in, 0);
	int len = 0;
	uint32_t rune;

	if (n > in->n && !late)
		return false;
	if (n > in->n)
		n = in->n;
	if (in->utf8) {
		rune = text_next((const char *)in->buf, n, &len);
		if ((size_t)len != n || rune == 0xfffd)
			n = (size_t)len, rune = 0;
	} else {
		wchar_t wide = 0;
		mbstate_t state = { 0 };
		size_t got = mbrtowc(&wide, (const char *)in->buf, 1, &state);

		rune = got == 1 ? (uint32_t)wide : 0;
	}
	take(in, n, ret);
	if (!key_printable((int)rune))
		return true;
	ret->key = (int)rune;
	key_named(ret->key, ret->text);
	if (rune == ' ')
		memcpy(ret->text, " ", 2);
	return true;
}

bool input_next(struct input *in, bool late, struct press *ret)
{
	unsigned char c;

	memset(ret, 0, sizeof *ret);
	if (in->n == 0)
		return false;
	c = in->buf[0];
	if (c == 27)
		return escape(in, late, ret);
	if (c >= 32 && c != 127)
		return letter(in, late, ret);
	take(in, 1, ret);
	if (in->paste) {
		/* A pasted line end parts two words; other controls are nothing. */
		if (c == '\r' || c == '\n' || c == '\t') {
			ret->key = K_SPACE;
			memcpy(ret->text, " ", 2);
		}
		return true;
	}
	if (c == 3)
		ret->key = K_ESC;
	else if (c == 8 || c == 127)
		ret->key = K_BACKSPACE;
	else if (c == 10)
		ret->key = K_ENTER;
	else if (c < 27)
		ret->key = c;
	return true;
}
