#ifndef GONOGO_APP_LIVE_H
#define GONOGO_APP_LIVE_H
/*
 * What tenants are really served, read where a release's kill switch is bound, and held against the record.  Reads only: what was asked for (kills in
 * force), written, confirmed and observed stay four things.
 */
#include <gonogo/app/record.h>
#include <gonogo/flag/provider.h>

struct live {
	const struct flag_provider *provider; /* NULL: bound to nothing */
	struct flag_binding binding;
	struct texts tenants;          /* every tenant registered */
	struct flag_reading reading;   /* meaningless without a provider */
};
/* Everything in `arena`; ERR_SYSTEM for memory alone. */
enum err_kind live_read(const struct dossier *dossier, struct arena *arena, struct live *out, struct err *err) MUST_CHECK;
/* For whom the flag is to be off, from the kills in force. */
enum err_kind live_aim(const struct dossier *dossier, const struct live *live, struct arena *arena, struct flag_aim *out, struct err *err) MUST_CHECK;

/* One difference between what is served and what the record allows. */
struct drift {
	const char *finding;           /* "kill-not-taken", "served-not-allowed", "gone" ...: gonogo-switch(7) */
	const char *tenant;            /* NULL: of the switch itself */
	const char *rule;              /* "KSW-6" */
	const char *reason;
};
struct drifts { struct drift *items; size_t count, room; };
enum err_kind live_drift(const struct dossier *dossier, const struct live *live, struct arena *arena, struct drifts *out, struct err *err) MUST_CHECK;

/* Base64 of what a provider kept, for a fact; and back. NULL for want of memory, or when the text is none. */
const char *live_keep(const char *kept, size_t size, struct arena *arena);
const char *live_kept(const char *base64, size_t *size, struct arena *arena);

#endif
