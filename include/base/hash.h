/*
 * hash.h: SHA-256, by libsodium: names for files, and the links of the chains that `audit verify`
 * walks.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <sodium/crypto_hash_sha256.h>

enum { HASH_BYTES = 32, HASH_HEX = 65 };

struct hash {
	crypto_hash_sha256_state state;
};

void hash_init(struct hash *);
void hash_add(struct hash *, const void *bytes, size_t n);
void hash_end(struct hash *, unsigned char out[HASH_BYTES]);

/* The three in one. */
void hash_bytes(const void *bytes, size_t n, unsigned char out[HASH_BYTES]);

/* 64 lower-case hexadecimal digits into buf; returns buf. */
char *hash_hex(const unsigned char hash[HASH_BYTES], char buf[HASH_HEX]);

#endif
