/*
 * vfs.h: a disk that fails when it is told to: the fourth hook of the simulator.
 *
 * It stands before SQLite's own file system, so the store above it is the product's, unchanged.
 * Writes to files whose path begins with a prefix are counted, and the k-th fails: once (a full
 * disk, a bad block), or with everything after it (the machine stops) until the power is back.
 * Syncing does nothing here: what a power cut does to a disk is SQLite's to test, not ours.
 */
#ifndef SIM_VFS_H
#define SIM_VFS_H

#include <stdbool.h>

void vfs_install(void); /* as the default of this process */
enum vfs_fault { VFS_FULL, VFS_BAD, VFS_STOP };
void vfs_fail(const char *prefix, int write, enum vfs_fault fault); /* the write-th from now */
void vfs_heal(void);
/* Has it failed since vfs_fail()? */
bool vfs_failed(void);

#endif
