#ifndef GONOGO_FLAG_FLAGD_H
#define GONOGO_FLAG_FLAGD_H
/* A flag within the text of a flagd definition file: found, understood, and given another state with every other byte kept.  Private to flag. */
#include <gonogo/flag/provider.h>

#include "jspan.h"

enum { PART_STATE, PART_DEFAULT, PART_TARGETING, PARTS };
struct flagd_flag {
	const char *text; size_t size; /* of the whole file */
	struct jspan object;           /* the flag's own bytes */
	struct jmember parts[PARTS];   /* those that a kill writes; count 0: absent */
	struct jspan variants;
	const char *off, *off_raw;     /* the variant that is off, plain and as JSON */
	enum switch_state state;
	const char *reason;
};
/* ERR_SYSTEM for memory alone; what does not hold is a state with its reason. */
enum err_kind flagd_find(const struct flag_binding *binding, const char *text, size_t size, struct arena *arena, struct flagd_flag *out, struct err *err) MUST_CHECK;
/* The bytes that a restore needs: {"state":..,"defaultVariant":..,"targeting":..} with each part as it stands, white space and all. */
enum err_kind flagd_keep(const struct flagd_flag *flag, struct arena *arena, const char **kept, size_t *size, struct err *err) MUST_CHECK;
/* The whole text with the flag as `aim` wants it; `kept` is what flagd_keep gave before the first kill. */
enum err_kind flagd_aim(const struct flag_binding *binding, const struct flagd_flag *flag, const struct flag_aim *aim, const char *kept, struct arena *arena,
			const char **text, size_t *size, struct err *err) MUST_CHECK;
const char *flagd_attribute(const struct flag_binding *binding);
const char *flagd_key(const struct flag_binding *binding);

#endif
