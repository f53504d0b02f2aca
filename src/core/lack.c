#include <config.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/lack.h>
#include <gonogo/core/serving.h>

#define MANIFEST "release.registered"
#define PLAN "plan.saved"
#define SWITCH "switch.defined"
#define ROLLBACK "rollback.planned"

/* The rule that asks, and where what it asks for would stand. */
struct asked { const char *rule, *kind; };

static enum err_kind lack(struct lacks *out, struct asked asked, const char *field, const char *fmt, ...) PRINTF_LIKE(4, 5);

static enum err_kind lack(struct lacks *out, struct asked asked, const char *field, const char *fmt, ...)
{
	struct lack *items = arena_room(out->arena, out->items, out->count, &out->room, sizeof *items);
	va_list args;

	if (!items)
		return ERR_SYSTEM;
	out->items = items;
	items[out->count] = (struct lack){ .rule = asked.rule, .kind = asked.kind, .field = field };
	va_start(args, fmt);
	items[out->count].phrase = arena_vprintf(out->arena, fmt, args);
	va_end(args);
	return items[out->count].phrase ? (out->count++, ERR_NONE) : ERR_SYSTEM;
}

/* Adds it where the condition holds, as long as nothing failed. */
#define LACK_IF(condition, ...)                                                                                                        \
	do {                                                                                                                           \
		if (!failed && (condition))                                                                                            \
			failed = lack(__VA_ARGS__);                                                                                    \
	} while (0)

const char *lack_sentence(const struct lack *lack, char *out, size_t size)
{
	const bool is_clause = strcmp(lack->rule, "PLN-3") == 0 || strcmp(lack->rule, "CLS-1") == 0;

	snprintf(out, size, "%s%s (%s).", lack->phrase, is_clause ? "" : " is required", lack->rule);
	if (*out >= 'a' && *out <= 'z')
		*out = (char)(*out - 'a' + 'A');
	return out;
}

/* I-13: the exact name of one enrolled person. */
static enum err_kind lack_owner(const struct dossier *d, struct asked asked, const char *owner, struct lacks *out)
{
	const char *name = paper_owner_name(owner, out->arena);

	if (text_is_blank(owner))
		return lack(out, asked, "owner", "an owner");
	if (!name)
		return ERR_SYSTEM;
	if (registry_named(&d->registry, name))
		return ERR_NONE;
	return lack(out, asked, "owner", "an owner who is enrolled (%s is not the exact name of one person)", name);
}

enum err_kind lacks_plan(const struct dossier *d, struct lacks *out)
{
	static const struct asked asked = { "PLN-1", PLAN };
	const struct plan *plan = &d->plan;
	enum err_kind failed = ERR_NONE;

	LACK_IF(!plan->tenants.count, out, asked, "tenants", "a tenant list");
	LACK_IF(text_is_blank(plan->opt_in), out, asked, "opt_in", "an opt-in method");
	LACK_IF(plan->start == WHEN_NONE, out, asked, "start", "a start date");
	LACK_IF(plan->min_s <= 0, out, asked, "min_s", "a minimum duration");
	LACK_IF(!paper_plan_has_room(plan), out, asked, "max_s", "a maximum duration no shorter than the minimum duration");
	LACK_IF(!plan->criteria.count, out, asked, "criteria", "an exit criterion");
	return failed ? failed : lack_owner(d, asked, plan->owner, out);
}

enum err_kind lacks_plan_tenants(const struct dossier *d, struct lacks *out)
{
	static const struct asked asked = { "PLN-3", PLAN };
	const struct texts *listed = &d->plan.tenants;
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < listed->count; i++) {
		const struct tenant *tenant = registry_tenant(&d->registry, listed->items[i]);
		char why[SERVING_REASON_MAX];

		if (!tenant)
			failed = lack(out, asked, "tenants", "there is no tenant %s", listed->items[i]);
		else if (!serving_eligible(tenant, d->release, why))
			failed = lack(out, asked, "tenants", "%.*s", (int)(strlen(why) - (why[strlen(why) - 1] == '.')), why);
	}
	return failed;
}

enum err_kind lacks_switch(const struct dossier *d, struct lacks *out)
{
	static const struct asked in_manifest = { "KSW-1", MANIFEST }, in_form = { "KSW-1", SWITCH };
	const struct switch_definition *form = &d->definition;
	struct flag_reference named;
	const bool is_named = d->manifest.kill_switch && paper_flag_read(d->manifest.kill_switch, out->arena, &named);
	enum err_kind failed = ERR_NONE;

	LACK_IF(!is_named, out, in_manifest, "kill_switch", "a kill switch in the manifest, as NAME (default: VALUE)");
	if (!d->definition_source.seq)
		return failed ? failed : lack(out, in_form, NULL, "the kill-switch form");
	LACK_IF(is_named && (!form->flag || strcmp(named.name, form->flag) != 0), out, in_form, "flag",
		"one name for it (the manifest says %s and the form %s)", named.name, form->flag ? form->flag : "none");
	LACK_IF(is_named && (!form->default_value || strcmp(named.default_value, form->default_value) != 0), out, in_form, "default",
		"one default (the manifest says %s and the form %s)", named.default_value, form->default_value ? form->default_value : "none");
	LACK_IF(text_is_blank(form->enabled_for), out, in_form, "enabled_for", "the tenants that it is enabled for");
	LACK_IF(text_is_blank(form->activation), out, in_form, "activation", "the way to activate it");
	return failed;
}

enum err_kind lacks_rollback(const struct dossier *d, struct lacks *out)
{
	static const struct asked asked = { "RBP-1", ROLLBACK };
	const struct rollback_plan *plan = &d->rollback;
	enum err_kind failed = ERR_NONE;

	LACK_IF(!plan->triggers.count, out, asked, "triggers", "a trigger");
	LACK_IF(!plan->steps.count, out, asked, "steps", "a step-by-step procedure");
	LACK_IF(!plan->checks.count, out, asked, "checks", "a verification");
	LACK_IF(!plan->communication.count, out, asked, "communication", "a communication plan");
	LACK_IF(paper_has_data_changes(&d->manifest) && text_is_blank(plan->recovery), out, asked, "recovery",
		"a data recovery reference in its line \"Data Recovery:\" (data changes are declared)");
	return failed ? failed : lack_owner(d, asked, plan->owner, out);
}

enum err_kind lacks_class(const struct dossier *d, struct lacks *out)
{
	static const struct asked in_manifest = { "CLS-1", MANIFEST }, in_plan = { "CLS-1", PLAN };

	if (d->class == CLASS_UNCLEAR)
		return lack(out, in_manifest, "class", "the class is unclear");
	if (!d->plan_source.seq || d->plan.class == d->class)
		return ERR_NONE;
	return lack(out, in_plan, "class", "the release is %s and its exposure plan says %s", words_title(words_class, (int)d->class),
		    words_title(words_class, (int)d->plan.class));
}

static enum err_kind lack_workflow(const struct dossier *d, struct asked asked, struct lacks *out)
{
	struct flag_reference reference;

	if (d->manifest.flag && paper_flag_read(d->manifest.flag, out->arena, &reference))
		return ERR_NONE;
	if (d->manifest.kill_switch && paper_flag_read(d->manifest.kill_switch, out->arena, &reference) && reference.says_feature_flag)
		return ERR_NONE;
	return lack(out, asked, "flag", "a feature flag to disable, named in the manifest's line \"Feature Flag:\" or as a kill switch that says \"Feature flag\"");
}

/* A line of the manifest that names a flag: of the form NAME (default: VALUE), and off by default. */
struct flag_line { const char *field, *what, *line, *text; struct flag_reference reference; bool is_read; };

static enum err_kind lack_off(struct asked asked, struct flag_line *flag, struct lacks *out)
{
	flag->is_read = flag->text && paper_flag_read(flag->text, out->arena, &flag->reference);
	if (!flag->is_read)
		return lack(out, asked, flag->field, "a %s in the manifest's line \"%s:\", as NAME (default: VALUE)", flag->what, flag->line);
	if (paper_flag_is_off(flag->reference.default_value))
		return ERR_NONE;
	return lack(out, asked, flag->field, "a %s that is off by default (%s says %s)", flag->what, flag->reference.name, flag->reference.default_value);
}

static enum err_kind lack_capability(const struct dossier *d, struct asked asked, struct lacks *out)
{
	struct flag_line kill = { "kill_switch", "kill switch", "Kill Switch", d->manifest.kill_switch, { 0 }, false };
	struct flag_line flag = { "flag", "feature flag", "Feature Flag", d->manifest.flag, { 0 }, false };
	enum err_kind failed = lack_off(asked, &kill, out);

	if (!failed)
		failed = lack_off(asked, &flag, out);
	LACK_IF(kill.is_read && flag.is_read && strcmp(kill.reference.name, flag.reference.name) == 0, out, asked, "flag",
		"a kill switch and a feature flag of different names (both are %s)", flag.reference.name);
	return failed;
}

static enum err_kind lack_mechanism(const struct dossier *d, struct lacks *out)
{
	static const struct asked asked = { "CLS-5", ROLLBACK };
	const struct rollback_plan *plan = &d->rollback;
	struct lacks full = { .arena = out->arena };
	const char *reference;
	enum result result = RESULT_FAIL;
	instant date;
	enum err_kind failed = lacks_rollback(d, &full);
	const bool is_read = paper_restore_read(plan->restore, out->arena, &reference, &date, &result);

	LACK_IF(full.count, out, asked, NULL, "a full rollback plan (RBP-1)");
	LACK_IF(text_is_blank(plan->recovery), out, asked, "recovery", "a data recovery reference in the rollback plan's line \"Data Recovery:\"");
	LACK_IF(text_is_blank(plan->restore), out, asked, "restore", "a restore verification in the rollback plan's line \"Restore Verification:\"");
	LACK_IF(!text_is_blank(plan->restore) && !is_read, out, asked, "restore", "a restore verification that reads REFERENCE, DATE, pass");
	LACK_IF(is_read && result != RESULT_PASS, out, asked, "restore", "a restore verification that passed (%s failed)", reference);
	return failed;
}

enum err_kind lacks_class_rollback(const struct dossier *d, struct lacks *out)
{
	static const struct asked asked = { "CLS-5", MANIFEST };

	switch (d->class) {
	case CLASS_UNCLEAR:
		return lack(out, asked, "class", "a class, which says what is required");
	case CLASS_UI_ONLY:
		return text_is_blank(d->manifest.revert) ? lack(out, asked, "revert", "the commit to revert, in the manifest's line \"Revert Commit:\"") : ERR_NONE;
	case CLASS_WORKFLOW:
		return lack_workflow(d, asked, out);
	case CLASS_CAPABILITY:
		return lack_capability(d, asked, out);
	case CLASS_MECHANISM:
		break;
	}
	return lack_mechanism(d, out);
}

static const struct { const char *rule; enum err_kind (*ask)(const struct dossier *, struct lacks *); } rules_of_documents[] = {
	{ "CLS-1", lacks_class }, { "CLS-5", lacks_class_rollback }, { "PLN-1", lacks_plan }, { "PLN-3", lacks_plan_tenants }, { "KSW-1", lacks_switch },
	{ "RBP-1", lacks_rollback },
};
enum { RULES_OF_DOCUMENTS = sizeof rules_of_documents / sizeof *rules_of_documents };

enum err_kind lacks_rule(const struct dossier *d, const char *rule, struct lacks *out)
{
	for (size_t i = 0; i < RULES_OF_DOCUMENTS; i++)
		if (strcmp(rules_of_documents[i].rule, rule) == 0)
			return rules_of_documents[i].ask(d, out);
	return ERR_NONE;
}

enum err_kind lacks_document(const struct dossier *d, const char *kind, struct lacks *out)
{
	struct lacks found = { .arena = out->arena };
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < RULES_OF_DOCUMENTS; i++)
		failed = rules_of_documents[i].ask(d, &found);
	for (size_t i = 0; !failed && i < found.count; i++) {
		const struct lack *item = &found.items[i];
		bool is_said = strcmp(item->kind, kind) != 0;

		/* Two rules may ask for one field; the first that does is enough.  Each tenant is its own. */
		for (size_t k = 0; !is_said && item->field && strcmp(item->field, "tenants") != 0 && k < out->count; k++)
			is_said = out->items[k].field && strcmp(out->items[k].field, item->field) == 0;
		if (!is_said)
			failed = lack(out, (struct asked){ item->rule, item->kind }, item->field, "%s", item->phrase);
	}
	return failed;
}
