#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/tell.h>
#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>

enum { TELL_DEADLINE_S = 60 };

static enum err_kind tell(const struct policy_notice *notice, const struct fact *fact, struct arena *arena, struct err *err)
{
	const char *argv[2] = { NULL, NULL };
	struct spawn spawn = { .argv = argv, .deadline_s = TELL_DEADLINE_S, .asks_nothing = true };
	struct buf line = BUF_EMPTY;
	enum err_kind failed = io_find_own(notice->command, arena, &argv[0], err);

	fact_json(fact, &line);
	if (!failed)
		failed = buf_check(&line, err);
	spawn.input = buf_text(&line);
	spawn.input_size = line.size;
	if (!failed)
		failed = spawn_leave(&spawn, arena, err);
	buf_release(&line);
	return failed;
}

void tell_of(const struct policy *policy, const struct fact *fact, struct outcome *out)
{
	struct arena arena;
	struct err why;

	arena_init(&arena, 0);
	for (size_t i = 0; i < policy->notice_count; i++) {
		const struct policy_notice *notice = &policy->notices[i];

		if ((!notice->on || strcmp(notice->on, fact->kind) == 0) && tell(notice, fact, &arena, &why) && !*out->untold)
			snprintf(out->untold, sizeof out->untold, "It is recorded, but not told: %.300s%s", why.text,
				 why.text[strlen(why.text) - 1] == '.' ? "" : ".");
	}
	arena_release(&arena);
}
