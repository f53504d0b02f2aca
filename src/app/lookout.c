#include <config.h>

#include <stdlib.h>

#include <gonogo/app/lookout.h>

struct lookout { int fd; };

enum err_kind lookout_open(struct lookout **out, struct err *err)
{
	*out = calloc(1, sizeof **out);
	if (!*out)
		return err_memory(err);
	(*out)->fd = -1;
	return ERR_NONE;
}

void lookout_close(struct lookout *lookout)
{
	free(lookout);
}

int lookout_fd(const struct lookout *lookout)
{
	return lookout->fd;
}

bool lookout_turn(struct lookout *lookout)
{
	(void)lookout;
	return false;
}

enum err_kind lookout_read(struct lookout *lookout, const struct record *record, struct arena *arena, struct look *out, struct err *err)
{
	(void)lookout;
	*out = (struct look){ .at = record->now };
	return live_read(&record->dossier, arena, &out->live, err);
}
