#include <config.h>

#include <string.h>

#include <gonogo/tui/deeds.h>
#include <gonogo/tui/sheet.h>

/* --- what is about to be recorded --- */

static void say_texts(struct buf *out, const char *label, const struct texts *texts)
{
	buf_printf(out, "%s", label);
	for (size_t i = 0; i < texts->count; i++)
		buf_printf(out, "%s%s", i ? ", " : " ", texts->items[i]);
	buf_char(out, '\n');
}

DESCRIBE(describe_plan)
{
	const struct plan *plan = &in->record->dossier.plan;
	char date[WHEN_TEXT_MAX], span[WHEN_SPAN_MAX];

	say_texts(out, "Tenants", &plan->tenants);
	if (plan->start != WHEN_NONE)
		buf_printf(out, "From %s", when_date(plan->start, date));
	if (plan->min_s)
		buf_printf(out, ", at least %s", when_span_words(plan->min_s, span));
	if (plan->max_s)
		buf_printf(out, ", at most %s", when_span_words(plan->max_s, span));
	buf_printf(out, "\nOpt-in %s. Owner %s.\n", plan->opt_in ? plan->opt_in : "-", plan->owner ? plan->owner : "-");
	for (size_t i = 0; i < plan->criteria.count; i++)
		buf_printf(out, "%zu. %s\n", i + 1, plan->criteria.items[i]);
	if (in->record->dossier.approved_plan_source.seq && !in->record->dossier.plan_approved.seq) {
		const struct paper before = { .kind = DOC_PLAN, .plan = in->record->dossier.approved_plan }, after = { .kind = DOC_PLAN, .plan = *plan };

		buf_str(out, "Changed since it was approved:\n");
		sheet_changes(&before, &after, out);
	}
	buf_str(out, "Editing the plan later withdraws this approval.\n");
}

DESCRIBE(describe_gate)
{
	const struct verdict *verdict = in->verdict;
	char hex[DIGEST_HEX_MAX];
	size_t settled = 0;

	for (size_t i = 0; i < verdict->findings.count; i++)
		settled += finding_is_settled(&verdict->findings.items[i]);
	buf_printf(out, "%s: %s to %s. %zu of %zu rules met; evidence %.16s.\n", in->release, words_word(words_channel, (int)verdict->from),
		   words_word(words_channel, (int)verdict->to), settled, verdict->findings.count, digest_hex(&verdict->evidence, hex));
	buf_str(out, "If anything of that changes later, an approval is stale and must be given again.\n");
}

DESCRIBE(describe_stop)
{
	const size_t index = in->rule && strlen(in->rule) == 4 ? (size_t)(in->rule[3] - '1') : STOP_COUNT;
	const struct stop *stop = index < STOP_COUNT ? &in->record->dossier.stops[index] : NULL;
	char at[WHEN_TEXT_MAX];

	if (stop && stop->is_raised)
		buf_printf(out, "Raised by %s at %s: %s\n", stop->raised.actor, when_format(stop->raised.at, at), stop->reason ? stop->reason : "");
	if (stop && stop->is_assessed)
		buf_printf(out, "Assessed by %s at %s: %s\n", stop->cleared.actor, when_format(stop->cleared.at, at), stop->resolution ? stop->resolution : "");
}

DESCRIBE(describe_risk)
{
	if (in->record->dossier.class == CLASS_MECHANISM)
		buf_str(out, "A mechanism change names at least one accepted risk, in its memo too (CLS-3, MEM-6): accept it here, then draft the memo with d.\n");
}

/* --- what stands in the fields at first --- */

/* The one role held of those asked for; of several the person chooses. */
static void prefill_role(const struct act_in *in, struct form *form, role_set asked)
{
	const role_set mine = (role_set)(in->record->me ? in->record->me->roles & asked : 0);

	for (const struct word *word = words_role; word->word; word++)
		if (mine == word->value)
			form_set(form, "role", word->word);
}

PREFILL(prefill_approve)
{
	const struct finding *finding = in->rule ? finding_of(&in->verdict->findings, in->rule) : NULL;

	prefill_role(in, form, finding && finding->roles ? finding->roles : ROLE_ANY);
}

PREFILL(prefill_switch_approve)
{
	prefill_role(in, form, ROLE_ANY);
}

PREFILL(prefill_log_export)
{
	(void)in;
	form_set(form, "file", "audit.txt");
	form_set(form, "form", words_word(words_log_form, LOG_SENTENCES));
}

DESCRIBE(describe_log_export)
{
	buf_str(out, in->filter && *in->filter ? "The entries that the filter leaves, newest first: " : "Every entry, newest first; a filter (/) before it would narrow them.");
	if (in->filter)
		text_show(out, in->filter, strlen(in->filter), false);
	buf_char(out, '\n');
}

PREFILL(prefill_export)
{
	(void)in;
	form_set(form, "dir", "memos");
}

/* --- not now, and why --- */

READY(ready_walk)
{
	if (in->record && in->release && dossier_next(&in->record->dossier) == CHANNEL_NONE)
		return err_set(err, ERR_REFUSED, "%s is %s: there is no further gate (CHN-1).", in->release,
			       words_title(words_state, (int)in->record->dossier.state));
	return ERR_NONE;
}

READY(ready_promote)
{
	char when[WHEN_TEXT_MAX];

	if (!in->verdict || !in->release)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	if (ready_walk(in, err) != ERR_NONE)
		return err ? err->kind : ERR_REFUSED;
	if (in->verdict->verdict == VERDICT_GO)
		return ERR_NONE;
	if (in->verdict->verdict == VERDICT_WAIT && in->verdict->earliest != WHEN_NONE)
		return err_set(err, ERR_REFUSED, "Only time is missing (CHN-2); it opens %s.", when_format(in->verdict->earliest, when));
	return err_set(err, ERR_REFUSED, "Not yet: %zu rules of the gate are not met; its walk says which.", in->verdict->unmet);
}

/* Where the walk stands: an approval in a role that is not missing there is not asked for. */
READY(ready_approve)
{
	const struct finding *finding = in->rule && in->verdict ? finding_of(&in->verdict->findings, in->rule) : NULL;
	char who[256];

	if (!finding || !in->record || !in->record->me || !finding->roles || (in->record->me->roles & finding->roles))
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "Here the approval of %s is missing, not yours.", finding_who(finding, who, sizeof who));
}

READY(ready_memo)
{
	if (in->record && in->record->dossier.memo_count)
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "No memo of this release has been drafted yet; d drafts one.");
}

READY(ready_export)
{
	for (size_t i = 0; in->record && i < in->record->dossier.memo_count; i++)
		if (in->record->dossier.memos[i].issued_seq)
			return ERR_NONE;
	return err_set(err, ERR_REFUSED, "No memo of this release has been issued yet (MEM-5).");
}

READY(ready_plan)
{
	if (in->record && in->record->dossier.plan_source.seq)
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "There is no exposure plan yet (PLN-1). Fill it in, or import one: gonogo import FILE.");
}
