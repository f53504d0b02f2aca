#include <config.h>

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/types.h>

#include "fault.h"

static struct {
	int nth, number, seen;
	bool once;
} faults[FAULT_CALLS];
static int write_most;

void fault_from(enum fault_call call, int nth, int number)
{
	faults[call].nth = nth;
	faults[call].number = number;
	faults[call].seen = 0;
	faults[call].once = false;
}

void fault_once(enum fault_call call, int nth, int number)
{
	fault_from(call, nth, number);
	faults[call].once = true;
}

void fault_short_writes(int most)
{
	write_most = most;
}

static bool has_fault(enum fault_call call)
{
	if (faults[call].nth == 0)
		return false;
	const int seen = ++faults[call].seen;
	if (faults[call].once ? seen != faults[call].nth : seen < faults[call].nth)
		return false;
	errno = faults[call].number;
	return true;
}

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size)
{
	return has_fault(FAULT_MEMORY) ? NULL : __real_calloc(count, size);
}

void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size)
{
	return has_fault(FAULT_MEMORY) ? NULL : __real_realloc(old, size);
}

ssize_t __real_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
	if (has_fault(FAULT_WRITE))
		return -1;
	if (write_most > 0 && size > (size_t)write_most)
		size = (size_t)write_most;
	return __real_write(fd, bytes, size);
}

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	return has_fault(FAULT_FSYNC) ? -1 : __real_fsync(fd);
}

int __real_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	return has_fault(FAULT_RENAME) ? -1 : __real_renameat(from_dir, from, to_dir, to);
}

ssize_t __real_getrandom(void *bytes, size_t size, unsigned flags);
ssize_t __wrap_getrandom(void *bytes, size_t size, unsigned flags);
ssize_t __wrap_getrandom(void *bytes, size_t size, unsigned flags)
{
	return has_fault(FAULT_RANDOM) ? -1 : __real_getrandom(bytes, size, flags);
}
