#include <config.h>

#include <gonogo/core/policy.h>

#include <gonogo/base/when.h>

void policy_standard(struct policy *out)
{
	*out = (struct policy){ .name = "standard", .rollback_approval_s = WHEN_DAY_S };
	for (int class = 0; class < CLASS_COUNT; class ++) {
		bool is_short = class == CLASS_UI_ONLY || class == CLASS_WORKFLOW;

		/* I-2 reads "1-2 weeks minimum" by risk; an unclear class is taken for the riskier. */
		out->soak_s[class][CHANNEL_EXPERIMENTAL] = is_short ? WHEN_WEEK_S : 2 * (int64_t)WHEN_WEEK_S;
		out->soak_s[class][CHANNEL_CANDIDATE] = WHEN_WEEK_S;
	}
}
