#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/jump.h>
#include <gonogo/store/state.h>

/* How far the clock is ahead of the machine's start, and which start that was. */
static bool stand(const struct session *session, char *boot, int64_t *offset_s)
{
	const struct clock *clock = &session->clock;
	int64_t up_s;

	if (!session->state || !clock->boot || !clock->boot(clock->context, boot, &up_s))
		return false;
	*offset_s = clock->now(clock->context) - up_s;
	return true;
}

bool jump_find(struct session *session, int64_t bound_s, struct jump *out)
{
	struct arena arena;
	const char *kept = NULL;
	char *end;
	int64_t offset_s;
	bool found = false;

	if (!bound_s || !stand(session, out->boot, &offset_s))
		return false;
	arena_init(&arena, 0);
	if (!state_view_get(session->state, session->ledger, "clock", &arena, &kept, NULL) && kept && strncmp(kept, out->boot, strlen(out->boot)) == 0) {
		out->by_s = offset_s - strtoll(kept + strlen(out->boot), &end, 10);
		found = *end == '\0' && out->by_s > bound_s;
	}
	arena_release(&arena);
	return found;
}

void jump_note(struct session *session)
{
	char boot[JUMP_BOOT_MAX], text[JUMP_BOOT_MAX + 24];
	int64_t offset_s;

	if (!stand(session, boot, &offset_s))
		return;
	snprintf(text, sizeof text, "%s %lld", boot, (long long)offset_s);
	if (state_view_put(session->state, session->ledger, "clock", text, NULL))
		return;
}
