#ifndef GONOGO_TESTS_UNIT_BASE_FAULT_H
#define GONOGO_TESTS_UNIT_BASE_FAULT_H
/*
 * Calls of the C library that fail on demand.  The linker's --wrap sends the calls of the code under test here; what is
 * not armed goes through.  Each Criterion test runs in a process of its own, so nothing has to be disarmed.
 */

enum fault_call {
	FAULT_MEMORY /* calloc and realloc */,
	FAULT_WRITE,
	FAULT_FSYNC,
	FAULT_RENAME,
	FAULT_RANDOM,
	FAULT_CALLS
};

/* From the nth call on (the first is 1) the call fails with `number`; nth 0 disarms. */
void fault_from(enum fault_call call, int nth, int number);
/* Only the nth call fails, as one that a signal interrupted does. */
void fault_once(enum fault_call call, int nth, int number);
/* No write takes more than this many bytes. */
void fault_short_writes(int most);

#endif
