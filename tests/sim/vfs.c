/* vfs.c: a disk that fails when it is told to. */
#include "vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct disk_file {
	sqlite3_file base;
	bool counted; /* of the place that is to fail, at the time it was opened */
	char path[256];
	sqlite3_file *real; /* behind this struct */
};

static struct {
	sqlite3_vfs vfs, *real;
	char prefix[256];
	int left; /* writes until it fails; 0: it does not */
	enum vfs_fault fault;
	bool failed, stopped;
} disk;

static bool concerns(const char *path)
{
	return *disk.prefix && path && strncmp(path, disk.prefix, strlen(disk.prefix)) == 0;
}

/* What a write to this path comes to; SQLITE_OK: let it through. */
static int verdict(const char *path)
{
	if (!concerns(path))
		return SQLITE_OK;
	if (disk.stopped)
		return SQLITE_IOERR_WRITE;
	if (disk.left == 0 || --disk.left > 0)
		return SQLITE_OK;
	disk.failed = true;
	disk.stopped = disk.fault == VFS_STOP;
	return disk.fault == VFS_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct disk_file *)f)->real;
}

static int disk_close(sqlite3_file *f)
{
	return real_of(f)->pMethods->xClose(real_of(f));
}
static int disk_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return real_of(f)->pMethods->xRead(real_of(f), p, n, at);
}
static int disk_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	int rc = verdict(((struct disk_file *)f)->path);

	return rc == SQLITE_OK ? real_of(f)->pMethods->xWrite(real_of(f), p, n, at) : rc;
}
static int disk_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	int rc = verdict(((struct disk_file *)f)->path);

	return rc == SQLITE_OK ? real_of(f)->pMethods->xTruncate(real_of(f), n) : rc;
}
static int disk_sync(sqlite3_file *f, int flags)
{
	(void)flags;
	return disk.stopped && concerns(((struct disk_file *)f)->path) ? SQLITE_IOERR_FSYNC
								       : SQLITE_OK;
}
static int disk_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), n);
}
static int disk_lock(sqlite3_file *f, int l)
{
	return real_of(f)->pMethods->xLock(real_of(f), l);
}
static int disk_unlock(sqlite3_file *f, int l)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), l);
}
static int disk_reserved(sqlite3_file *f, int *r)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), r);
}
static int disk_control(sqlite3_file *f, int op, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}
static int disk_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}
static int disk_device(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}
static int disk_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **p)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, p);
}
static int disk_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}
static void disk_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}
static int disk_shm_unmap(sqlite3_file *f, int del)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), del);
}
static int disk_fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **p)
{
	return real_of(f)->pMethods->xFetch(real_of(f), at, n, p);
}
static int disk_unfetch(sqlite3_file *f, sqlite3_int64 at, void *p)
{
	return real_of(f)->pMethods->xUnfetch(real_of(f), at, p);
}

static const sqlite3_io_methods methods = {
	3,
	disk_close,
	disk_read,
	disk_write,
	disk_truncate,
	disk_sync,
	disk_size,
	disk_lock,
	disk_unlock,
	disk_reserved,
	disk_control,
	disk_sector,
	disk_device,
	disk_shm_map,
	disk_shm_lock,
	disk_shm_barrier,
	disk_shm_unmap,
	disk_fetch,
	disk_unfetch,
};

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct disk_file *d = (struct disk_file *)f;
	int rc;

	(void)vfs;
	memset(d, 0, sizeof *d);
	d->real = (sqlite3_file *)(d + 1);
	strncpy(d->path, name ? name : "", sizeof d->path - 1);
	rc = disk.real->xOpen(disk.real, name, d->real, flags, out);
	d->base.pMethods = d->real->pMethods ? &methods : NULL;
	return rc;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs, (void)sync;
	if (disk.stopped && concerns(name))
		return SQLITE_IOERR_DELETE;
	return disk.real->xDelete(disk.real, name, 0);
}

void vfs_install(void)
{
	if (disk.real)
		return;
	disk.real = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.zName = "disk";
	disk.vfs.szOsFile = (int)sizeof(struct disk_file) + disk.real->szOsFile;
	disk.vfs.xOpen = disk_open;
	disk.vfs.xDelete = disk_delete;
	sqlite3_vfs_register(&disk.vfs, 1);
}

void vfs_fail(const char *prefix, int write, enum vfs_fault fault)
{
	vfs_heal();
	strncpy(disk.prefix, prefix, sizeof disk.prefix - 1);
	disk.left = write;
	disk.fault = fault;
}

void vfs_heal(void)
{
	memset(disk.prefix, 0, sizeof disk.prefix);
	disk.left = 0;
	disk.failed = disk.stopped = false;
}

bool vfs_failed(void)
{
	return disk.failed;
}
