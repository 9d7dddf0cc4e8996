/*
 * hash.c: SHA-256, by libsodium.  These functions of it need no sodium_init().
 */
#include "base/hash.h"

#include <sodium/utils.h>

void hash_init(struct hash *h)
{
	crypto_hash_sha256_init(&h->state);
}

void hash_add(struct hash *h, const void *bytes, size_t n)
{
	if (n)
		crypto_hash_sha256_update(&h->state, bytes, n);
}

void hash_end(struct hash *h, unsigned char out[HASH_BYTES])
{
	crypto_hash_sha256_final(&h->state, out);
}

void hash_bytes(const void *bytes, size_t n, unsigned char out[HASH_BYTES])
{
	struct hash h;

	hash_init(&h);
	hash_add(&h, bytes, n);
	hash_end(&h, out);
}

char *hash_hex(const unsigned char hash[HASH_BYTES], char buf[HASH_HEX])
{
	return sodium_bin2hex(buf, HASH_HEX, hash, HASH_BYTES);
}
