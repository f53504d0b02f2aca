#include <config.h>

#include "providers.h"

enum err_kind manual_read(const struct flag_binding *b, struct texts tenants, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const enum err_kind failed = reading_begin(out, tenants, arena, err);

	return failed ? failed : reading_is(out, SWITCH_MANUAL, arena_printf(arena, "The kill switch of %.64s is switched by hand; only a person can say what is served.",
									     b->release), err);
}

static enum err_kind by_hand(const struct flag_binding *b, const char *what, struct err *err)
{
	return err_set(err, ERR_REFUSED, "The kill switch of %.64s is switched by hand: %s %.1024s, then record what each tenant is served with gonogo switch confirm %.64s "
		       "--tenant TENANT on|off.", b->release, what, b->place ? b->place : "as its form says", b->release);
}

enum err_kind manual_kill(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const enum err_kind failed = manual_read(b, aim->tenants, arena, out, err);

	return failed ? failed : by_hand(b, "switch it off,", err);
}

enum err_kind manual_restore(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const enum err_kind failed = manual_read(b, aim->tenants, arena, out, err);

	return failed ? failed : by_hand(b, "switch it on again,", err);
}

const char *manual_describe(const struct flag_binding *b, struct arena *arena)
{
	return arena_printf(arena, "switch it by hand, %.1024s.", b->place ? b->place : "as its form says");
}
