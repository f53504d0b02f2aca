#include <config.h>

#include <glob.h>
#include <stdio.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "faketime.h"

const char *faketime_library(void)
{
	static char path[256];
	glob_t found = { 0 };

	glob("/usr/lib*/*/faketime/libfaketime.so.1", 0, NULL, &found);
	glob("/usr/lib*/faketime/libfaketime.so.1", GLOB_APPEND, NULL, &found);
	cr_assert(found.gl_pathc > 0, "faketime's library is not below /usr/lib: install the package faketime");
	snprintf(path, sizeof path, "%s", found.gl_pathv[0]);
	globfree(&found);
	return path;
}

void faketime_forget(pid_t pid)
{
	char name[64];

	snprintf(name, sizeof name, "/dev/shm/sem.faketime_sem_%ld", (long)pid);
	unlink(name);
	snprintf(name, sizeof name, "/dev/shm/faketime_shm_%ld", (long)pid);
	unlink(name);
}
