#ifndef GONOGO_APP_POLICIES_H
#define GONOGO_APP_POLICIES_H
/* The organisation's own policy (I-6): read from a file, adopted by a System Owner as a signed fact, shown as it is in force. */
#include <gonogo/app/uses.h>
#include <gonogo/core/policy.h>

struct policy_view {
	const char *name, *by;       /* by NULL: the standard policy, which nobody adopted */
	instant adopted; int64_t seq;
	const char *canonical;       /* as the fact carries it; NULL: the standard one */
	struct policy_text text;
};
/* What the file says; ERR_INPUT "FILE:LINE: ..." names the rule that it would loosen. */
USE use_policy_check(const char *file, struct arena *arena, struct policy_text *out, struct err *err);
USE use_policy_adopt(struct session *s, const char *file, struct outcome *out, struct err *err);
/* The policy in force now, or at a moment (WHEN_NONE: now). */
USE use_policy(struct session *s, instant at, struct arena *arena, struct policy_view *out, struct err *err);

#endif
