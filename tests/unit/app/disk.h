#ifndef GONOGO_TESTS_UNIT_APP_DISK_H
#define GONOGO_TESTS_UNIT_APP_DISK_H
/* A disk that fails where the test wants it to: a layer between SQLite and its files, which asks before each operation. */
#include <stdbool.h>

enum disk_act { DISK_READ = 1, DISK_WRITE = 2, DISK_SYNC = 4, DISK_LOCK = 8, DISK_COMMITTED = 16 /* after the commit is in the file */ };

/* From here on every file that SQLite opens goes through it. */
void disk_stand_between(void);
/* The `nth` of these acts from now (1: the next) fails with SQLite's `rc`, and all after it too when it `lasts`; 0: none fails. */
void disk_fail(unsigned acts, int nth, int rc, bool lasts);
/* Did one fail since? */
bool disk_has_failed(void);

#endif
