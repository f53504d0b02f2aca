#include <config.h>

#include <string.h>

#include <gonogo/base/embed.h>

const struct embedded *embed_find(const char *name)
{
	const struct embedded *file;

	for (size_t i = 0; (file = embed_at(i)) != NULL; i++)
		if (strcmp(file->name, name) == 0)
			return file;
	return NULL;
}
