#ifndef GONOGO_CORE_POLICY_H
#define GONOGO_CORE_POLICY_H
/* Values an organisation may tighten (I-6).  The standard ones are the specification's; nothing here can loosen a rule. */
#include <stdint.h>

#include <gonogo/core/words.h>

struct policy {
	const char *name;                              /* "standard", or as adopted */
	int64_t soak_s[CLASS_COUNT][CHANNEL_COUNT];    /* minimum time by class and channel: I-2, section 4 */
	int64_t rollback_approval_s;                   /* how long a rollback approval serves: RBK-2, 24 hours */
};
void policy_standard(struct policy *out);

#endif
