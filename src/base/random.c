#include <config.h>

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/random.h>

#include <gonogo/base/digest.h>
#include <gonogo/base/random.h>

enum { ID_SIZE = 16 };

bool random_is_id(const char *text)
{
	return strlen(text) == RANDOM_ID_MAX - 1 && text[strspn(text, "0123456789abcdef")] == '\0';
}

enum err_kind random_id(char *out, struct err *err)
{
	unsigned char bytes[ID_SIZE];
	size_t have = 0;
	while (have < sizeof bytes) {
		const ssize_t got = getrandom(bytes + have, sizeof bytes - have, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_set(err, ERR_SYSTEM,
				"the kernel gave no random bytes for an id: %s; run the command again",
				strerror(errno));
		have += (size_t)got;
	}
	hex_write(bytes, sizeof bytes, out);
	return ERR_NONE;
}
