#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/policy.h>

/* Have these values passed their types?  Then the parsers below cannot refuse them. */
static int word_of(const struct word *table, const char *value, int otherwise)
{
	int found = otherwise;

	if (value && !words_read(table, value, &found))
		return otherwise;
	return found;
}

static enum err_kind take_name(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	(void)arena;
	if (strcmp(entry->values[0], "standard") == 0)
		return err_set(err, ERR_INPUT, "\"standard\" is the policy that holds without any; expected a name of its own.");
	policy->name = entry->values[0];
	return ERR_NONE;
}

static enum err_kind take_soak(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	const int only = word_of(words_class, entry->values[0], -1), channel = word_of(words_channel, entry->values[1], CHANNEL_NONE);
	struct policy standard;
	int64_t wanted;
	char asked[WHEN_SPAN_MAX], given[WHEN_SPAN_MAX];
	enum err_kind failed = when_span_parse("min", entry->values[2], &wanted, err);

	(void)arena;
	if (failed)
		return failed;
	policy_standard(&standard);
	for (int class = CLASS_UNCLEAR; class < CLASS_COUNT; class ++) {
		const int64_t least = standard.soak_s[class][channel];

		if (only != -1 && class != only)
			continue;
		if (wanted < least)
			return err_set(err, ERR_INPUT, "%s in %s would loosen CHN-2, which asks %s of a release of class %s; expected that or longer.",
				       when_span_words(wanted, given), words_word(words_channel, channel), when_span_words(least, asked), words_word(words_class, class));
		if (wanted > policy->soak_s[class][channel])
			policy->soak_s[class][channel] = wanted;
		policy->is_soak_longer[class][channel] = policy->soak_s[class][channel] > least;
	}
	return ERR_NONE;
}

static enum err_kind take_soak_of_two(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	(void)entry;
	(void)arena;
	(void)err;
	policy->is_soak_of_two = true;
	return ERR_NONE;
}

static enum err_kind take_item(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	const int only = word_of(words_class, entry->values[3], -1);
	struct policy_item item = { .text = entry->values[2], .to = (enum channel)word_of(words_channel, entry->values[1], CHANNEL_STABLE) };

	item.id = arena_printf(arena, "I-6.%s", entry->values[0]);
	for (size_t i = 0; item.id && i < policy->item_count; i++)
		if (strcmp(policy->items[i].id, item.id) == 0)
			return err_set(err, ERR_INPUT, "an item is called %s already; expected another id.", entry->values[0]);
	policy->items = arena_room(arena, policy->items, policy->item_count, &policy->item_room, sizeof *policy->items);
	if (!policy->items || !item.id)
		return err_memory(err);
	for (int class = CLASS_UNCLEAR; class < CLASS_COUNT; class ++)
		item.of_class[class] = only == -1 || class == only;
	policy->items[policy->item_count++] = item;
	return ERR_NONE;
}

static enum err_kind take_approver(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	const int to = word_of(words_channel, entry->values[0], CHANNEL_STABLE), role = word_of(words_role, entry->values[1], 0);
	const int only = word_of(words_class, entry->values[2], -1);

	(void)arena;
	if (to == CHANNEL_STABLE && role == ROLE_SYSTEM_OWNER)
		return err_set(err, ERR_INPUT, "the System Owner approves stable by signing the memo already (APR-1); expected another role.");
	for (int class = CLASS_UNCLEAR; class < CLASS_COUNT; class ++)
		if (only == -1 || class == only)
			policy->approvers[class][to] = (role_set)(policy->approvers[class][to] | role);
	return ERR_NONE;
}

static enum err_kind take_clock_jump(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	(void)arena;
	return policy_span_read(entry->values[0], &policy->clock_jump_s, err);
}

static enum err_kind take_plan_of_two(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	(void)entry;
	(void)arena;
	(void)err;
	policy->is_plan_of_two = true;
	return ERR_NONE;
}

static enum err_kind take_test_age(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	(void)arena;
	return when_span_parse("test_age", entry->values[0], &policy->test_age_s, err);
}

static enum err_kind take_rehearsal_age(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	(void)arena;
	return when_span_parse("rehearsal_age", entry->values[0], &policy->rehearsal_age_s, err);
}

static enum err_kind take_freeze(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	struct policy_freeze freeze = { .reason = entry->values[2] };
	enum err_kind failed = when_parse("from", entry->values[0], &freeze.from, err);

	if (!failed)
		failed = when_parse("until", entry->values[1], &freeze.until, err);
	if (failed)
		return failed;
	if (freeze.until <= freeze.from)
		return err_set(err, ERR_INPUT, "it ends at %s, which is not after %s; expected a later until.", entry->values[1], entry->values[0]);
	policy->freezes = arena_room(arena, policy->freezes, policy->freeze_count, &policy->freeze_room, sizeof *policy->freezes);
	if (!policy->freezes)
		return err_memory(err);
	policy->freezes[policy->freeze_count++] = freeze;
	return ERR_NONE;
}

static enum err_kind take_bar(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	if (policy_bar_find(policy, entry->values[0]))
		return err_set(err, ERR_INPUT, "%s is barred already; expected each release once.", entry->values[0]);
	policy->bars = arena_room(arena, policy->bars, policy->bar_count, &policy->bar_room, sizeof *policy->bars);
	if (!policy->bars)
		return err_memory(err);
	policy->bars[policy->bar_count++] = (struct policy_bar){ entry->values[0], entry->values[1] };
	return ERR_NONE;
}

static enum err_kind take_notice(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err)
{
	policy->notices = arena_room(arena, policy->notices, policy->notice_count, &policy->notice_room, sizeof *policy->notices);
	if (!policy->notices)
		return err_memory(err);
	policy->notices[policy->notice_count++] = (struct policy_notice){ entry->values[0], entry->values[1] };
	return ERR_NONE;
}

#define END { NULL, POLICY_LINE, false }
#define MUST(key, type) { key, type, true }
#define MAY(key, type) { key, type, false }
#define VALUE(type) { { "", type, true }, END }

const struct policy_setting policy_settings[] = {
	{ .name = "name", .sentence = "What the policy is called: findings and approvals name it.", .says = "This policy is called \"{}\".",
	  .example = "name = \"year end\";", .rule = "I-6", .fields = VALUE(POLICY_NAME), .take = take_name },
	{ .name = "soak", .sentence = "The least time that releases of a class, or of every class, spend in a channel; not shorter than the specification's.",
	  .says = "Releases of {class|every} class stay in {channel} for {min} at least.",
	  .example = "soak = ( { class = \"capability\"; channel = \"candidate\"; min = \"10 days\"; } );", .rule = "CHN-2", .is_list = true,
	  .fields = { MAY("class", POLICY_CLASS), MUST("channel", POLICY_SOAKED), MUST("min", POLICY_SPAN), END }, .take = take_soak },
	{ .name = "soak_of_two", .sentence = "Who began a soak does not end it: another person promotes the release out of the channel.",
	  .says = "A soak counts only between facts of different people: who began it does not promote out of it.", .example = "soak_of_two = true;",
	  .rule = "CHN-2", .fields = VALUE(POLICY_FLAG), .take = take_soak_of_two },
	{ .name = "items", .sentence = "Further checks, answered like the specification's and due from the transition to a channel on.",
	  .says = "From the transition to {to} on, a release of {class|every} class needs a pass to I-6.{id}: \"{text}\".",
	  .example = "items = ( { id = \"security-review\"; to = \"candidate\"; text = \"The change was reviewed for security\"; } );", .rule = "I-6",
	  .is_list = true,
	  .fields = { MUST("id", POLICY_ITEM), MUST("to", POLICY_TARGET), MUST("text", POLICY_LINE), MAY("class", POLICY_CLASS), END }, .take = take_item },
	{ .name = "approvers", .sentence = "Roles that approve a transition besides those of the specification, each a person of its own.",
	  .says = "The transition to {to} of a release of {class|every} class is approved in the role {role} too.",
	  .example = "approvers = ( { to = \"candidate\"; role = \"operator\"; } );", .rule = "APR-1", .is_list = true,
	  .fields = { MUST("to", POLICY_TARGET), MUST("role", POLICY_ROLE), MAY("class", POLICY_CLASS), END }, .take = take_approver },
	{ .name = "plan_of_two", .sentence = "An exposure plan is approved by somebody who neither saved nor owns it.",
	  .says = "An exposure plan is approved by somebody who neither saved nor owns it.", .example = "plan_of_two = true;", .rule = "PLN-2",
	  .fields = VALUE(POLICY_FLAG), .take = take_plan_of_two },
	{ .name = "test_age", .sentence = "How old the test of the kill switch may be.", .says = "The kill switch was tested within the last {}.",
	  .example = "test_age = \"30 days\";", .rule = "KSW-3", .fields = VALUE(POLICY_SPAN), .take = take_test_age },
	{ .name = "rehearsal_age", .sentence = "How old the rehearsal of the rollback may be.", .says = "The rollback was rehearsed within the last {}.",
	  .example = "rehearsal_age = \"90 days\";", .rule = "RBP-2", .fields = VALUE(POLICY_SPAN), .take = take_rehearsal_age },
	{ .name = "clock_jump", .sentence = "A jump of a machine's clock that is longer than this is recorded, and told beside verdicts and in memos.",
	  .says = "A clock that jumps forward by more than {} is recorded.", .example = "clock_jump = \"10 minutes\";", .rule = "CHN-2",
	  .fields = VALUE(POLICY_SHORT), .take = take_clock_jump },
	{ .name = "freezes", .sentence = "Times, in UTC, in which nothing is promoted.", .says = "Nothing is promoted from {from} until {until}: {reason}.",
	  .example = "freezes = ( { from = \"2026-12-19\"; until = \"2027-01-04T06:00:00Z\"; reason = \"year end\"; } );", .rule = "I-6", .is_list = true,
	  .fields = { MUST("from", POLICY_INSTANT), MUST("until", POLICY_INSTANT), MUST("reason", POLICY_LINE), END }, .take = take_freeze },
	{ .name = "barred", .sentence = "Releases that are never promoted again; a later policy keeps them.", .says = "{release} is never promoted again: {reason}.",
	  .example = "barred = ( { release = \"R-2026-014\"; reason = \"lost data in dev\"; } );", .rule = "I-6", .is_list = true,
	  .fields = { MUST("release", POLICY_RELEASE), MUST("reason", POLICY_LINE), END }, .take = take_bar },
	{ .name = "notify", .sentence = "Programs that are told of facts once they are recorded, of one kind or of every one.",
	  .says = "{command} is told of {on|every fact}.", .example = "notify = ( { command = \"/usr/local/bin/tell-operations\"; on = \"switch.killed\"; } );",
	  .rule = "I-6", .is_list = true, .fields = { MUST("command", POLICY_PATH), MAY("on", POLICY_KIND), END }, .take = take_notice },
};
const size_t policy_setting_count = sizeof policy_settings / sizeof *policy_settings;

const struct policy_setting *policy_setting_find(const char *name)
{
	for (size_t i = 0; i < policy_setting_count; i++)
		if (strcmp(policy_settings[i].name, name) == 0)
			return &policy_settings[i];
	return NULL;
}
