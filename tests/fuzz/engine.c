/* engine.c: a target under clang's libFuzzer (make fuzz). */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t n, size_t most);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	fuzz_target.begin();
	atexit(fuzz_target.end);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n <= fuzz_target.most)
		fuzz_target.one(bytes, n);
	return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t most, unsigned seed)
{
	fuzz_seed(seed);
	if (most > fuzz_target.most)
		most = fuzz_target.most;
	return fuzz_target.mutate ? fuzz_target.mutate(bytes, n, most)
				  : LLVMFuzzerMutate(bytes, n, most);
}

size_t fuzz_bytes(uint8_t *bytes, size_t n, size_t most)
{
	return LLVMFuzzerMutate(bytes, n, most);
}

bool fuzz_looks(const uint8_t *bytes, size_t n)
{
	uint32_t sum = 2166136261u;

	for (size_t i = 0; i < n; i++)
		sum = (sum ^ bytes[i]) * 16777619u;
	return (sum >> 13 & 7) == 0;
}
