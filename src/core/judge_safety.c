#include <config.h>

#include <gonogo/base/text.h>

#include "judging.h"

/* What stands against a hard stop besides a raise by hand. */
struct ground {
	const char *gap;        /* the condition itself, derived: it is raised; NULL: not so */
	const char *wants;      /* what else must be there before it is clear; NULL: nothing */
	bool needs_assessment;
	const char *clear_by;   /* how it is clear without an assessment; NULL: it is not */
};

static enum err_kind ground_rollback(const struct gate_in *in, struct ground *out)
{
	const char *plan, *class;
	enum err_kind failed = gap_of(in, lacks_rollback, &plan);

	if (!failed)
		failed = gap_of(in, lacks_class_rollback, &class);
	if (failed)
		return failed;
	out->gap = plan && class ? arena_printf(in->arena, "the rollback plan lacks %s, and the class requires %s", plan, class)
		   : plan        ? arena_printf(in->arena, "the rollback plan lacks %s (RBP-1)", plan)
		   : class       ? arena_printf(in->arena, "the class requires %s (CLS-5)", class)
				 : NULL;
	out->clear_by = "a rollback path is defined";
	return (plan || class) && !out->gap ? ERR_SYSTEM : ERR_NONE;
}

static enum err_kind ground_class(const struct gate_in *in, struct ground *out)
{
	out->clear_by = "the class is clear";
	return gap_of(in, lacks_class, &out->gap);
}

static enum err_kind ground_switch(const struct gate_in *in, struct ground *out)
{
	const char *gap;
	enum err_kind failed = gap_switch(in, &gap);

	out->clear_by = "the kill switch is documented";
	if (failed || !gap)
		return failed;
	out->gap = arena_printf(in->arena, "the kill switch lacks %s (KSW-1)", gap);
	return out->gap ? ERR_NONE : ERR_SYSTEM;
}

static enum err_kind ground_restore(const struct gate_in *in, struct ground *out)
{
	if (!paper_has_data_changes(&in->dossier->manifest)) {
		out->clear_by = "the manifest declares no data changes";
		return ERR_NONE;
	}
	out->needs_assessment = true;
	if (text_is_blank(in->dossier->rollback.recovery))
		out->wants = "a data recovery reference in the rollback plan's line \"Data Recovery:\"";
	return ERR_NONE;
}

static enum err_kind ground_migration(const struct gate_in *in, struct ground *out)
{
	out->needs_assessment = paper_has_data_changes(&in->dossier->manifest);
	out->clear_by = out->needs_assessment ? NULL : "the manifest declares no data changes";
	return ERR_NONE;
}

static enum err_kind ground_assessed(const struct gate_in *in, struct ground *out)
{
	(void)in;
	out->needs_assessment = true;
	return ERR_NONE;
}

static enum err_kind (*const grounds[STOP_COUNT])(const struct gate_in *in, struct ground *out) = {
	ground_class, ground_rollback, ground_restore, ground_assessed, ground_assessed, ground_switch, ground_migration,
};

static enum err_kind stop_raised(const struct rule *rule, const struct gate_in *in, struct findings *out, const struct stop *stop)
{
	char at[WHEN_TEXT_MAX];
	struct finding *finding = finding_add(out, rule, FINDING_UNMET, "%s raised it at %s: \"%s\"; a written resolution must clear it.", stop->raised.actor,
					      when_format(stop->raised.at, at), stop->reason ? stop->reason : "");

	if (finding)
		finding->blocks = true;
	return finding_next(finding, in, "gonogo stop %s %s clear --reason TEXT", in->dossier->release, rule->id);
}

static enum err_kind stop_derived(const struct rule *rule, const struct gate_in *in, struct findings *out, const char *gap)
{
	struct finding *finding = finding_add(out, rule, FINDING_UNMET, "The documents themselves raise it: %s.", gap);

	if (finding)
		finding->blocks = true;
	return finding_next(finding, in, "gonogo import --release %s FILE", in->dossier->release);
}

static enum err_kind stop_open(const struct rule *rule, const struct gate_in *in, struct findings *out, const struct ground *ground, bool is_assessed)
{
	if (ground->wants)
		return finding_next(finding_add(out, rule, FINDING_UNANSWERED, "It needs %s%s.", ground->wants, is_assessed ? "" : " and an assessment"), in,
				    "gonogo import --release %s FILE", in->dossier->release);
	return finding_next(finding_add(out, rule, FINDING_UNANSWERED, "Nobody has assessed it, or the manifest or the rollback plan changed since; an "
					"assessment in writing is required."),
			    in, "gonogo stop %s %s clear --reason TEXT", in->dossier->release, rule->id);
}

enum err_kind judge_stop(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const size_t index = (size_t)(rule->id[3] - '1');
	const struct stop *stop = &in->dossier->stops[index];
	struct ground ground = { 0 };
	char at[WHEN_TEXT_MAX];
	enum err_kind failed = grounds[index](in, &ground);

	if (failed)
		return failed;
	if (stop->is_raised)
		return stop_raised(rule, in, out, stop);
	if (ground.gap)
		return stop_derived(rule, in, out, ground.gap);
	if (ground.wants || (ground.needs_assessment && !stop->is_assessed))
		return stop_open(rule, in, out, &ground, stop->is_assessed);
	if (!ground.needs_assessment)
		return finding_done(finding_add(out, rule, FINDING_MET, "Clear: %s.", ground.clear_by));
	return finding_done(finding_add(out, rule, FINDING_MET, "%s assessed it at %s: \"%s\".", stop->cleared.actor, when_format(stop->cleared.at, at),
					stop->resolution ? stop->resolution : ""));
}
