#include <config.h>

#include <string.h>

#include <gonogo/config/include.h>

enum err_kind include_refuse(const char *file, const char *text, struct err *err)
{
	int number = 1;

	for (const char *line = text; line; number++) {
		const char *word = line + strspn(line, " \t\r\f\v");

		if (strncmp(word, "@include", 8) == 0)
			return err_set(err, ERR_INPUT, "%s:%d: @include is not used here, expected a setting.", file, number);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return ERR_NONE;
}
