#include <config.h>

#include <sqlite3.h>
#include <stddef.h>

#include "disk.h"

struct disk_file { sqlite3_file base; sqlite3_file *below; };

static struct { unsigned acts; int left, rc; bool lasts, has_failed; } fault;
static sqlite3_vfs layer;

void disk_fail(unsigned acts, int nth, int rc, bool lasts)
{
	fault.acts = nth ? acts : 0;
	fault.left = nth;
	fault.rc = rc;
	fault.lasts = lasts;
	fault.has_failed = false;
}

bool disk_has_failed(void)
{
	return fault.has_failed;
}

static bool fails(enum disk_act act)
{
	if (!(fault.acts & act) || (fault.left > 0 && --fault.left > 0))
		return false;
	if (!fault.lasts)
		fault.acts = 0;
	fault.has_failed = true;
	return true;
}

static sqlite3_file *below(sqlite3_file *file)
{
	return ((struct disk_file *)file)->below;
}

static int disk_close(sqlite3_file *file)
{
	return below(file)->pMethods->xClose(below(file));
}

static int disk_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
	return fails(DISK_READ) ? fault.rc : below(file)->pMethods->xRead(below(file), to, size, at);
}

static int disk_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
	return fails(DISK_WRITE) ? fault.rc : below(file)->pMethods->xWrite(below(file), from, size, at);
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return fails(DISK_WRITE) ? fault.rc : below(file)->pMethods->xTruncate(below(file), size);
}

static int disk_sync(sqlite3_file *file, int flags)
{
	return fails(DISK_SYNC) ? fault.rc : below(file)->pMethods->xSync(below(file), flags);
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return below(file)->pMethods->xFileSize(below(file), size);
}

static int disk_lock(sqlite3_file *file, int lock)
{
	return fails(DISK_LOCK) ? fault.rc : below(file)->pMethods->xLock(below(file), lock);
}

static int disk_unlock(sqlite3_file *file, int lock)
{
	return below(file)->pMethods->xUnlock(below(file), lock);
}

static int disk_is_reserved(sqlite3_file *file, int *is_reserved)
{
	return below(file)->pMethods->xCheckReservedLock(below(file), is_reserved);
}

static int disk_control(sqlite3_file *file, int what, void *about)
{
	if (what == SQLITE_FCNTL_COMMIT_PHASETWO && fails(DISK_COMMITTED))
		return fault.rc;
	return below(file)->pMethods->xFileControl(below(file), what, about);
}

static int disk_sector(sqlite3_file *file)
{
	return below(file)->pMethods->xSectorSize(below(file));
}

static int disk_device(sqlite3_file *file)
{
	return below(file)->pMethods->xDeviceCharacteristics(below(file));
}

static int disk_map(sqlite3_file *file, int page, int size, int extends, void volatile **to)
{
	return below(file)->pMethods->xShmMap(below(file), page, size, extends, to);
}

static int disk_shared_lock(sqlite3_file *file, int at, int count, int flags)
{
	if (flags & SQLITE_SHM_LOCK && fails(DISK_LOCK))
		return fault.rc;
	return below(file)->pMethods->xShmLock(below(file), at, count, flags);
}

static void disk_barrier(sqlite3_file *file)
{
	below(file)->pMethods->xShmBarrier(below(file));
}

static int disk_unmap(sqlite3_file *file, int deletes)
{
	return below(file)->pMethods->xShmUnmap(below(file), deletes);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2, .xClose = disk_close, .xRead = disk_read, .xWrite = disk_write, .xTruncate = disk_truncate, .xSync = disk_sync, .xFileSize = disk_size,
	.xLock = disk_lock, .xUnlock = disk_unlock, .xCheckReservedLock = disk_is_reserved, .xFileControl = disk_control, .xSectorSize = disk_sector,
	.xDeviceCharacteristics = disk_device, .xShmMap = disk_map, .xShmLock = disk_shared_lock, .xShmBarrier = disk_barrier, .xShmUnmap = disk_unmap,
};

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	struct disk_file *disk = (struct disk_file *)file;
	sqlite3_vfs *real = vfs->pAppData;
	int rc;

	disk->below = (sqlite3_file *)(disk + 1);
	rc = real->xOpen(real, name, disk->below, flags, out);
	disk->base.pMethods = disk->below->pMethods ? &methods : NULL;
	return rc;
}

void disk_stand_between(void)
{
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);

	if (real == &layer)
		return;
	layer = *real;
	layer.zName = "failing-disk";
	layer.pNext = NULL;
	layer.pAppData = real;
	layer.szOsFile = real->szOsFile + (int)sizeof(struct disk_file);
	layer.xOpen = disk_open;
	sqlite3_vfs_register(&layer, 1);
}
