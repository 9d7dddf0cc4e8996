/* file.h: whole small files, in and out. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "base/alloc.h"
#include "base/err.h"

/* Adds the file to `ret`.  Refused: missing (ERR_MISSING), no plain file, larger than `most` bytes.
 */
int file_read(const char *path, size_t most, struct buf *ret, struct err *err);

#endif
