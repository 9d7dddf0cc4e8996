/*
 * sshkey.c: public keys of OpenSSH, held to the letter.
 *
 * The BASE64 is RFC 4253's: a string with the type again, then numbers and strings by type.  All of
 * it is looked at, since a line of the file that opens a door is made from it.
 */
#include "base/sshkey.h"

#include <sodium/utils.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"

enum { BLOB_MOST = 768, RSA_LEAST = 3072 };

/* What is not yet read of the blob. */
struct blob {
	const unsigned char *p;
	size_t n;
	bool bad;
};

static const unsigned char *take(struct blob *b, size_t *ret_n)
{
	const unsigned char *p;
	size_t n = 0;

	if (b->n >= 4)
		n = (size_t)b->p[0] << 24 | (size_t)b->p[1] << 16 | (size_t)b->p[2] << 8 | b->p[3];
	if (b->n < 4 || n > b->n - 4) {
		b->bad = true;
		n = b->n = 0;
	}
	p = b->bad ? b->p : b->p + 4;
	b->p = p + n;
	b->n -= b->bad ? 0 : n + 4;
	*ret_n = n;
	return p;
}

static bool take_word(struct blob *b, const char *word)
{
	size_t n;
	const unsigned char *p = take(b, &n);

	return !b->bad && n == strlen(word) && memcmp(p, word, n) == 0;
}

/* Bits of a positive number; 0 when it is none, or is written longer than it need be. */
static int take_bits(struct blob *b)
{
	size_t n;
	const unsigned char *p = take(b, &n);
	int bits;

	if (b->bad || n == 0 || p[0] >= 128)
		return 0;
	if (p[0] == 0) {
		if (n < 2 || p[1] < 128)
			return 0;
		p++;
		n--;
	}
	bits = (int)n * 8;
	for (unsigned char top = p[0]; top < 128; top = (unsigned char)(top << 1))
		bits--;
	return bits;
}

/* ---- the types that open a door ---- */

static bool is_point(struct blob *b, size_t bytes)
{
	size_t n;
	const unsigned char *p = take(b, &n);

	return !b->bad && n == bytes && p[0] == 4;
}

static bool ed25519(struct blob *b, int *ret_short)
{
	size_t n;

	(void)ret_short;
	take(b, &n);
	return !b->bad && n == 32;
}

static bool rsa(struct blob *b, int *ret_short)
{
	int e = take_bits(b), bits = take_bits(b);

	if (e >= 2 && bits > 0 && bits < RSA_LEAST)
		*ret_short = bits;
	return e >= 2 && bits > 0;
}

static bool p256(struct blob *b, int *ret_short)
{
	(void)ret_short;
	return take_word(b, "nistp256") && is_point(b, 65);
}

static bool p384(struct blob *b, int *ret_short)
{
	(void)ret_short;
	return take_word(b, "nistp384") && is_point(b, 97);
}

static bool p521(struct blob *b, int *ret_short)
{
	(void)ret_short;
	return take_word(b, "nistp521") && is_point(b, 133);
}

static const struct type {
	const char *name;
	bool (*rest)(struct blob *, int *ret_short);
} types[] = {
	{ "ssh-ed25519", ed25519 },
	{ "ecdsa-sha2-nistp256", p256 },
	{ "ecdsa-sha2-nistp384", p384 },
	{ "ecdsa-sha2-nistp521", p521 },
	{ "ssh-rsa", rsa },
	{ NULL, NULL },
};

/* ---- the line ---- */

static int refuse(struct err *err, const char *why)
{
	return err_input(err, "key", "That is no public key: %s.", why);
}

static const struct type *type_of(const char *s, size_t n)
{
	for (const struct type *t = types; t->name; t++)
		if (strlen(t->name) == n && memcmp(t->name, s, n) == 0)
			return t;
	return NULL;
}

static void print_of(const unsigned char *blob, size_t n, char ret[SSHKEY_PRINT])
{
	unsigned char hash[HASH_BYTES];

	hash_bytes(blob, n, hash);
	memcpy(ret, "SHA256:", 8);
	sodium_bin2base64(ret + 7, SSHKEY_PRINT - 7, hash, sizeof hash,
			  sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

/* The decoded key is looked at, and its print taken. */
static int read_blob(const struct type *type, const char *base64, size_t n, struct sshkey *ret,
		     struct err *err)
{
	unsigned char bytes[BLOB_MOST];
	const char *end;
	size_t got;
	struct blob b;
	int bits = 0;

	if (sodium_base642bin(bytes, sizeof bytes, base64, n, NULL, &got, &end,
			      sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    end != base64 + n)
		return refuse(err, "what follows its type is not whole");
	b = (struct blob){ .p = bytes, .n = got };
	if (!take_word(&b, type->name) || !type->rest(&b, &bits) || b.n > 0)
		return refuse(err, "what follows its type is not whole");
	if (bits)
		return err_input(
			err, "key",
			"An RSA key of %d bits is too short: ssh-keygen -t ed25519 makes one.",
			bits);
	print_of(bytes, got, ret->print);
	return 0;
}

int sshkey_parse(const char *text, struct sshkey *ret, struct err *err)
{
	struct sshkey key;
	const struct type *type;
	size_t n = strlen(text), first, second;
	const char *base64;

	while (n > 0 && strchr("\r\n", text[n - 1]))
		n--;
	if (strncmp(text, "-----BEGIN", 10) == 0)
		return refuse(err, "it is the private one; give the file that ends in .pub");
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n' || text[i] == '\r')
			return refuse(err, "it has more than one line; give one key");
		if ((unsigned char)text[i] < ' ' && text[i] != '\t')
			return refuse(err, "it has a control character in it");
	}
	first = strcspn(text, " \t\r\n");
	type = type_of(text, first);
	if (!type)
		return refuse(err, "it does not begin with a type such as ssh-ed25519");
	base64 = text + first + strspn(text + first, " \t");
	second = strcspn(base64, " \t\r\n");
	if (first + 1 + second >= sizeof key.line)
		return refuse(err, "it is too long");
	if (read_blob(type, base64, second, &key, err) < 0)
		return -1;
	snprintf(key.line, sizeof key.line, "%s %.*s", type->name, (int)second, base64);
	*ret = key;
	return 0;
}
