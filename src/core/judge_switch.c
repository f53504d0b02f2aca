#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>

#include "judging.h"

enum err_kind judge_switch_documented(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const char *gap;
	enum err_kind failed = gap_of(in, lacks_switch, &gap);

	if (failed)
		return failed;
	if (!gap)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s (default: %s) is in the manifest and in its form.", in->dossier->definition.flag,
						in->dossier->definition.default_value));
	return finding_next(finding_add(out, rule, FINDING_UNMET, "The kill switch lacks %s.", gap), in, "gonogo import --release %s FILE",
			    in->dossier->release);
}

static bool is_dev(const char *environment)
{
	return environment && text_same_id(environment, "dev");
}

enum err_kind judge_switch_tested(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const struct switch_test *latest = d->test_count ? &d->tests[d->test_count - 1] : NULL, *dev = NULL;
	char at[WHEN_TEXT_MAX];
	struct finding *finding;

	for (size_t i = 0; i < d->test_count; i++)
		if (d->tests[i].result == RESULT_PASS && is_dev(d->tests[i].environment))
			dev = &d->tests[i];
	if (latest && latest->result == RESULT_PASS && dev)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s tested it in dev at %s: passed.", dev->source.actor,
						when_format(dev->source.at, at)));
	if (latest && latest->result != RESULT_PASS) {
		finding = finding_add(out, rule, FINDING_FAILED, "The latest test, by %s in %s at %s, failed: \"%s\".", latest->source.actor,
				      latest->environment, when_format(latest->source.at, at), latest->note ? latest->note : "");
		if (finding)
			finding->blocks = true;
	} else {
		finding = finding_add(out, rule, FINDING_UNMET, "The present kill switch has no passing test with the environment dev.");
	}
	return finding_next(finding, in, "gonogo switch test %s --env dev --result pass --note TEXT", d->release);
}

enum err_kind judge_switch_killed(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const role_set asked = authority_class_roles(d->class);
	struct gaps gaps = { 0 };
	const char *kills;
	struct finding *finding;
	char at[WHEN_TEXT_MAX], roles[128];
	enum err_kind failed;

	for (size_t i = 0; i < d->kill_count; i++) {
		const struct kill *kill = &d->kills[i];

		gaps_add(&gaps, "%s since %s by %s", strcmp(kill->tenant, "*") == 0 ? (kill->except_count ? "every tenant but those restored" : "every tenant")
										    : kill->tenant,
			 when_format(kill->source.at, at), kill->source.actor);
	}
	failed = gaps_take(&gaps, in->arena, &kills);
	if (failed)
		return failed;
	if (!kills)
		return finding_done(finding_add(out, rule, FINDING_MET, "The release is killed for nobody."));
	finding = finding_add(out, rule, FINDING_UNMET, "The release is killed for %s; restoring needs the approval of %s, given since.", kills,
			      words_roles(asked, roles, sizeof roles));
	if (finding) {
		finding->blocks = true;
		finding->roles = asked;
	}
	return finding_next(finding, in, "gonogo switch approve %s --role ROLE --reason TEXT", d->release);
}
