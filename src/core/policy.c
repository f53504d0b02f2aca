#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/policy.h>

void policy_standard(struct policy *out)
{
	*out = (struct policy){ .name = "standard", .adopted = WHEN_NONE, .rollback_approval_s = WHEN_DAY_S };
	for (int class = 0; class < CLASS_COUNT; class ++) {
		bool is_short = class == CLASS_UI_ONLY || class == CLASS_WORKFLOW;

		/* I-2 reads "1-2 weeks minimum" by risk; an unclear class is taken for the riskier. */
		out->soak_s[class][CHANNEL_EXPERIMENTAL] = is_short ? WHEN_WEEK_S : 2 * (int64_t)WHEN_WEEK_S;
		out->soak_s[class][CHANNEL_CANDIDATE] = WHEN_WEEK_S;
	}
}

const struct policy_item *policy_item_find(const struct policy *policy, enum release_class class, const char *id)
{
	for (size_t i = 0; i < policy->item_count; i++)
		if (policy->items[i].of_class[class] && strcmp(policy->items[i].id, id) == 0)
			return &policy->items[i];
	return NULL;
}

const struct policy_bar *policy_bar_find(const struct policy *policy, const char *release)
{
	for (size_t i = 0; i < policy->bar_count; i++)
		if (text_same_id(policy->bars[i].release, release))
			return &policy->bars[i];
	return NULL;
}

const struct policy_bar *policy_dropped_bar(const struct policy *before, const struct policy *after)
{
	for (size_t i = 0; i < before->bar_count; i++)
		if (!policy_bar_find(after, before->bars[i].release))
			return &before->bars[i];
	return NULL;
}

static const struct policy_freeze *freeze_at(const struct policy *policy, instant at)
{
	for (size_t i = 0; i < policy->freeze_count; i++)
		if (policy->freezes[i].from <= at && at < policy->freezes[i].until)
			return &policy->freezes[i];
	return NULL;
}

instant policy_thaw(const struct policy *policy, instant at, const struct policy_freeze **freeze)
{
	const struct policy_freeze *next = freeze_at(policy, at);

	if (freeze)
		*freeze = next;
	for (; next; next = freeze_at(policy, at))
		at = next->until;
	return at;
}

const char *policy_cite(const struct policy *policy, const char *setting, char *out)
{
	char at[WHEN_TEXT_MAX];

	snprintf(out, POLICY_CITE_MAX, "the policy \"%s\" (adopted %s), %s", policy->name,
		 policy->adopted == WHEN_NONE ? "with the program" : when_format(policy->adopted, at), setting);
	return out;
}
