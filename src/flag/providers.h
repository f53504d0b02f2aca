#ifndef GONOGO_FLAG_PROVIDERS_H
#define GONOGO_FLAG_PROVIDERS_H
/* The functions behind the rows of the provider table, and what they share.  Private to flag. */
#include <gonogo/flag/provider.h>

#define PROVIDER(name)                                                                                                                             \
	enum err_kind name##_read(const struct flag_binding *, struct texts tenants, struct arena *, struct flag_reading *, struct err *) MUST_CHECK; \
	enum err_kind name##_kill(const struct flag_binding *, const struct flag_aim *, struct arena *, struct flag_reading *, struct err *) MUST_CHECK; \
	enum err_kind name##_restore(const struct flag_binding *, const struct flag_aim *, struct arena *, struct flag_reading *, struct err *) MUST_CHECK; \
	const char *name##_describe(const struct flag_binding *, struct arena *)

PROVIDER(flagd);
PROVIDER(env);
PROVIDER(command);
PROVIDER(manual);

/* A reading of these tenants, all unknown. */
enum err_kind reading_begin(struct flag_reading *out, struct texts tenants, struct arena *arena, struct err *err) MUST_CHECK;
/* Sets the state and why; err_memory when the reason could not be made. */
enum err_kind reading_is(struct flag_reading *out, enum switch_state state, const char *reason, struct err *err) MUST_CHECK;
/* "false" or "off": what the specification's forms call off. */
bool flag_off_word(const char *word);

#endif
