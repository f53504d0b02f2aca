#ifndef TESTS_SUPPORT_FAKETIME_H
#define TESTS_SUPPORT_FAKETIME_H
/*
 * Where the library of faketime lies, to be preloaded with FAKETIME="2025-01-15 09:00:00" and FAKETIME_DONT_FAKE_MONOTONIC=1 (timers go on while the
 * date stands still).  The program `faketime` is not used: it stands between a program and its signals, and it names a semaphore after its process,
 * so that one left behind by a wrapper that was killed makes a later one of the same number fail.
 */
#include <sys/types.h>

/* Fails the test when it is not there.  Valid until the next call. */
const char *faketime_library(void);
/* Takes away the semaphore and the memory that the library named after a process: before it begins, since one of its number may have been killed and
 * left them, and after it has ended.  Async-signal-safe enough for a child before its exec. */
void faketime_forget(pid_t pid);

#endif
