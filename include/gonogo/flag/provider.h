#ifndef GONOGO_FLAG_PROVIDER_H
#define GONOGO_FLAG_PROVIDER_H
/*
 * Kill-switch providers: where a release's flag really lives, behind one small interface.  A provider reads what is served, writes a kill, and puts
 * back what was there before; it never decides who may kill, and never records.  Whatever cannot be read is a state of its own with a reason, and
 * never taken for "off".  Everything lives in the caller's arena.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/digest.h>
#include <gonogo/base/err.h>
#include <gonogo/core/paper.h>

enum flag_served { FLAG_UNKNOWN, FLAG_OFF, FLAG_ON };
extern const struct word words_flag_served[];

/* The settings of a binding, as the ledger keeps them beside provider and place: "flag=KEY", "attribute=NAME", "off=VALUE", "on=VALUE",
 * "later=FILE"; a command's are its further arguments. */
struct flag_binding {
	const char *provider, *place;
	struct texts args;
	const char *release;
	const char *flag;              /* the flag's name in the kill-switch form: what "flag=" stands in for */
	const char *off;               /* its default there */
};
struct flag_tenant { const char *id; enum flag_served served; };
struct flag_reading {
	enum switch_state state;
	const char *reason;            /* one finished sentence, unless SWITCH_READY */
	struct flag_tenant *tenants;   /* those asked about, in their order */
	size_t count;
	enum flag_served otherwise;    /* the flag's default, where it has one of its own */
	bool is_killed_form;           /* it stands as a kill for everyone leaves it */
	const char *kept;              /* what a restore needs to put back; NULL: nothing */
	size_t kept_size;
	struct digest left;            /* of the part that a kill writes: two readings with the same one say that nobody touched it between */
	struct digest definition;      /* of the part that no kill touches: what a test proved */
};
/* For whom the flag is to be off. */
struct flag_aim {
	bool everyone;                 /* but those of `except` */
	struct texts except;
	struct texts killed;           /* unless `everyone`; none: nobody, which is a full restore */
	struct texts tenants;          /* all there are, for what has one place per tenant */
	const char *kept;              /* what was there before the first kill; NULL: what is there now */
	size_t kept_size;
	const struct digest *left;     /* write only over what a reading said is there; NULL: over anything that can be read */
};
enum { FLAG_KEPT_MAX = 40 * 1024 };

struct flag_provider {
	const char *name, *sentence;   /* for gonogo-switch(7) and help */
	bool is_live;                  /* reads and writes; false: people do it by hand */
	/* ERR_SYSTEM for memory alone: everything else is a state. */
	enum err_kind (*read)(const struct flag_binding *, struct texts tenants, struct arena *, struct flag_reading *, struct err *);
	/* Make it so for exactly those of `aim`, then read it again.  ERR_BUSY when somebody else changed it meanwhile and nothing was written; ERR_REFUSED
	 * when this provider cannot express it; ERR_SYSTEM when it could not be written or did not take.  The sentence says what to do by hand. */
	enum err_kind (*kill)(const struct flag_binding *, const struct flag_aim *, struct arena *, struct flag_reading *, struct err *);
	enum err_kind (*restore)(const struct flag_binding *, const struct flag_aim *, struct arena *, struct flag_reading *, struct err *);
	/* What a kill does there, and what a person would do by hand: one finished sentence; NULL for want of memory. */
	const char *(*describe)(const struct flag_binding *, struct arena *);
};
extern const struct flag_provider flag_providers[];
extern const size_t flag_provider_count;
const struct flag_provider *flag_provider_find(const char *name); /* NULL: unknown */

/* The value of a setting of the binding; `otherwise` when it has none. */
const char *flag_setting(const struct flag_binding *binding, const char *name, const char *otherwise);
/* Is the flag to be off for this tenant? */
bool flag_aims_at(const struct flag_aim *aim, const char *tenant);

#endif
