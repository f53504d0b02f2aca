#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>

#include "judging.h"

enum err_kind gap_class(const struct gate_in *in, const char **gap)
{
	const struct dossier *d = in->dossier;
	struct gaps gaps = { 0 };

	if (d->class == CLASS_UNCLEAR)
		gaps_add(&gaps, "the class is unclear");
	else if (d->plan_source.seq && d->plan.class != d->class)
		gaps_add(&gaps, "the release is %s and its exposure plan says %s", words_title(words_class, (int)d->class),
			 words_title(words_class, (int)d->plan.class));
	return gaps_take(&gaps, in->arena, gap);
}

enum err_kind judge_class_recorded(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	struct finding *finding;
	const char *gap;
	enum err_kind failed = gap_class(in, &gap);

	if (failed)
		return failed;
	if (!gap)
		return finding_done(finding_add(out, rule, FINDING_MET, "The class is recorded: %s.", words_title(words_class, (int)d->class)));
	if (d->class != CLASS_UNCLEAR)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The classes must be equal, and %s.", gap), in, "gonogo import FILE");
	finding = finding_add(out, rule, FINDING_UNMET, "One of the four classes must be recorded, and %s.", gap);
	if (finding)
		finding->blocks = true;
	return finding_next(finding, in, "gonogo release classify %s CLASS", d->release);
}

static void gap_workflow(const struct gate_in *in, struct gaps *gaps)
{
	const struct manifest *manifest = &in->dossier->manifest;
	struct flag_reference reference;

	if (manifest->flag && paper_flag_read(manifest->flag, in->arena, &reference))
		return;
	if (manifest->kill_switch && paper_flag_read(manifest->kill_switch, in->arena, &reference) && reference.says_feature_flag)
		return;
	gaps_add(gaps, "a feature flag to disable, named in the manifest's line \"Feature Flag:\" or as a kill switch that says \"Feature flag\"");
}

/* Named, of the form NAME (default: VALUE), and off by default. */
static bool read_off(const struct gate_in *in, const char *what, const char *line, const char *text, struct flag_reference *reference, struct gaps *gaps)
{
	if (!text || !paper_flag_read(text, in->arena, reference)) {
		gaps_add(gaps, "a %s in the manifest's line \"%s:\", as NAME (default: VALUE)", what, line);
		return false;
	}
	if (!paper_flag_is_off(reference->default_value))
		gaps_add(gaps, "a %s that is off by default (%s says %s)", what, reference->name, reference->default_value);
	return true;
}

static void gap_capability(const struct gate_in *in, struct gaps *gaps)
{
	const struct manifest *manifest = &in->dossier->manifest;
	struct flag_reference kill_switch, flag;
	const bool has_switch = read_off(in, "kill switch", "Kill Switch", manifest->kill_switch, &kill_switch, gaps);
	const bool has_flag = read_off(in, "feature flag", "Feature Flag", manifest->flag, &flag, gaps);

	if (has_switch && has_flag && strcmp(kill_switch.name, flag.name) == 0)
		gaps_add(gaps, "a kill switch and a feature flag of different names (both are %s)", flag.name);
}

static void gap_restore(const struct gate_in *in, struct gaps *gaps)
{
	const struct rollback_plan *plan = &in->dossier->rollback;
	const char *reference;
	enum result result;
	instant date;

	if (text_is_blank(plan->recovery))
		gaps_add(gaps, "a data recovery reference in the rollback plan's line \"Data Recovery:\"");
	if (text_is_blank(plan->restore))
		gaps_add(gaps, "a restore verification in the rollback plan's line \"Restore Verification:\"");
	else if (!paper_restore_read(plan->restore, in->arena, &reference, &date, &result))
		gaps_add(gaps, "a restore verification that reads REFERENCE, DATE, pass");
	else if (result != RESULT_PASS)
		gaps_add(gaps, "a restore verification that passed (%s failed)", reference);
}

static enum err_kind gap_mechanism(const struct gate_in *in, struct gaps *gaps)
{
	const char *plan;
	enum err_kind failed = gap_rollback(in, &plan);

	if (plan)
		gaps_add(gaps, "a full rollback plan (RBP-1)");
	gap_restore(in, gaps);
	return failed;
}

enum err_kind gap_class_rollback(const struct gate_in *in, const char **gap)
{
	struct gaps gaps = { 0 };
	enum err_kind failed = ERR_NONE, taken;

	switch (in->dossier->class) {
	case CLASS_UNCLEAR:
		gaps_add(&gaps, "a class, which says what is required");
		break;
	case CLASS_UI_ONLY:
		if (text_is_blank(in->dossier->manifest.revert))
			gaps_add(&gaps, "the commit to revert, in the manifest's line \"Revert Commit:\"");
		break;
	case CLASS_WORKFLOW:
		gap_workflow(in, &gaps);
		break;
	case CLASS_CAPABILITY:
		gap_capability(in, &gaps);
		break;
	case CLASS_MECHANISM:
		failed = gap_mechanism(in, &gaps);
		break;
	}
	taken = gaps_take(&gaps, in->arena, gap);
	return failed ? failed : taken;
}

enum err_kind judge_class_rollback(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	static const char *const met[CLASS_COUNT] = {
		[CLASS_UNCLEAR] = "", [CLASS_UI_ONLY] = "the commit to revert is named", [CLASS_WORKFLOW] = "a feature flag can be disabled",
		[CLASS_CAPABILITY] = "kill switch and feature flag are off by default",
		[CLASS_MECHANISM] = "the rollback plan is full and its restore verification passed",
	};
	const struct dossier *d = in->dossier;
	const char *class = words_title(words_class, (int)d->class), *gap;
	enum err_kind failed = gap_class_rollback(in, &gap);

	if (failed)
		return failed;
	if (!gap)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s: %s.", class, met[d->class]));
	if (d->class == CLASS_UNCLEAR)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The rollback requirement needs %s.", gap), in, "gonogo release classify %s CLASS",
				    d->release);
	return finding_next(finding_add(out, rule, FINDING_UNMET, "%s requires %s.", class, gap), in, "gonogo import --release %s FILE", d->release);
}
