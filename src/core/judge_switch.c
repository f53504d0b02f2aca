#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>

#include "judging.h"

/* Documented is what can be found where the documents say it is. */
static bool is_trouble(const struct switch_found *found)
{
	return found->source.seq && found->state != SWITCH_READY && found->state != SWITCH_MANUAL;
}

static void add_found(struct gaps *gaps, const struct switch_found *found)
{
	char at[WHEN_TEXT_MAX];

	if (is_trouble(found))
		gaps_add(gaps, "a flag that can be relied on (found %s at %s by %s)", words_title(words_switch_state, (int)found->state),
			 when_format(found->source.at, at), found->source.actor);
}

/* A test proves the definition it switched: another one, found since, it does not. */
static bool is_proven(const struct dossier *d, const struct switch_test *test)
{
	return digest_is_zero(&test->proven) || digest_is_zero(&d->found.definition) || digest_equal(&test->proven, &d->found.definition);
}

enum err_kind gap_switch(const struct gate_in *in, const char **gap)
{
	const char *documents;
	struct gaps gaps = { 0 };
	enum err_kind failed = gap_of(in, lacks_switch, &documents);

	if (failed)
		return failed;
	if (documents)
		gaps_add(&gaps, "%s", documents);
	add_found(&gaps, &in->dossier->found);
	return gaps_take(&gaps, in->arena, gap);
}

enum err_kind judge_switch_documented(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const char *gap;
	enum err_kind failed = gap_switch(in, &gap);

	if (failed)
		return failed;
	if (!gap)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s (default: %s) is in the manifest and in its form.", in->dossier->definition.flag,
						in->dossier->definition.default_value));
	return finding_next(finding_add(out, rule, FINDING_UNMET, "The kill switch lacks %s.", gap), in,
			    is_trouble(&in->dossier->found) ? "gonogo switch observe %s" : "gonogo import --release %s FILE", in->dossier->release);
}

static bool is_dev(const char *environment)
{
	return environment && text_same_id(environment, "dev");
}

static bool is_too_old(const struct gate_in *in, const struct switch_test *test)
{
	return in->policy->test_age_s && in->now - test->source.at > in->policy->test_age_s;
}

enum err_kind judge_switch_tested(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const struct switch_test *latest = d->test_count ? &d->tests[d->test_count - 1] : NULL, *dev = NULL;
	char at[WHEN_TEXT_MAX], most[WHEN_SPAN_MAX], cite[POLICY_CITE_MAX];
	struct finding *finding;

	for (size_t i = 0; i < d->test_count; i++)
		if (d->tests[i].result == RESULT_PASS && is_dev(d->tests[i].environment) && is_proven(d, &d->tests[i]))
			dev = &d->tests[i];
	if (latest && latest->result == RESULT_PASS && dev && !is_too_old(in, dev))
		return finding_done(finding_add(out, rule, FINDING_MET, "%s tested it in dev at %s: passed.", dev->source.actor,
						when_format(dev->source.at, at)));
	if (latest && latest->result != RESULT_PASS) {
		finding = finding_add(out, rule, FINDING_FAILED, "The latest test, by %s in %s at %s, failed: \"%s\".", latest->source.actor,
				      latest->environment, when_format(latest->source.at, at), latest->note ? latest->note : "");
		if (finding)
			finding->blocks = true;
	} else if (latest && !is_proven(d, latest)) {
		finding = finding_add(out, rule, FINDING_UNMET, "The definition of the flag has changed since it was tested at %s, as %s found; the present one must pass in dev.",
				      when_format(latest->source.at, at), d->found.source.actor);
	} else if (latest && dev) {
		finding = finding_add(out, rule, FINDING_UNMET, "%s tested it in dev at %s, and a test of the last %s is required by %s.", dev->source.actor,
				      when_format(dev->source.at, at), when_span_words(in->policy->test_age_s, most), policy_cite(in->policy, "test_age", cite));
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
