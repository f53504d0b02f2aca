#include <config.h>

#include "judging.h"

enum err_kind judge_class_recorded(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	struct finding *finding;
	const char *gap;
	enum err_kind failed = gap_of(in, lacks_class, &gap);

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

enum err_kind judge_class_rollback(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	static const char *const met[CLASS_COUNT] = {
		[CLASS_UNCLEAR] = "", [CLASS_UI_ONLY] = "the commit to revert is named", [CLASS_WORKFLOW] = "a feature flag can be disabled",
		[CLASS_CAPABILITY] = "kill switch and feature flag are off by default",
		[CLASS_MECHANISM] = "the rollback plan is full and its restore verification passed",
	};
	const struct dossier *d = in->dossier;
	const char *class = words_title(words_class, (int)d->class), *gap;
	enum err_kind failed = gap_of(in, lacks_class_rollback, &gap);

	if (failed)
		return failed;
	if (!gap)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s: %s.", class, met[d->class]));
	if (d->class == CLASS_UNCLEAR)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The rollback requirement needs %s.", gap), in, "gonogo release classify %s CLASS",
				    d->release);
	return finding_next(finding_add(out, rule, FINDING_UNMET, "%s requires %s.", class, gap), in, "gonogo import --release %s FILE", d->release);
}
