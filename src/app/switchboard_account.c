#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/serving.h>

#include "switchboard_served.h"

static void say_text(struct buf *out, const char *text)
{
	text_show(out, text ? text : "", text ? strlen(text) : 0, false);
}

static const char *whom(const char *tenant)
{
	return strcmp(tenant, "*") == 0 ? "every tenant" : tenant;
}

/* --- the switch itself --------------------------------------------------------------------------------------------- */

static void tell_place(const struct switchboard_view *view, struct buf *out)
{
	const struct dossier *d = &view->record.dossier;
	const struct look *look = &view->look;
	char at[WHEN_TEXT_MAX];

	if (!look->live.provider || !look->live.provider->is_live) {
		buf_str(out, look->live.provider ? "Bound      by hand, at " : "Bound      to nothing: nothing is written or read. ");
		say_text(out, look->live.provider ? d->place : d->definition.activation);
		buf_char(out, '\n');
		return;
	}
	buf_printf(out, "Bound      %s, ", d->provider);
	say_text(out, d->place);
	if (look->at == WHEN_NONE) {
		buf_str(out, ": asked, and no answer yet\n");
		return;
	}
	buf_printf(out, ": %s, read %s%s\n", words_title(words_switch_state, (int)look->live.reading.state), when_format(look->at, at), look->is_asked ? ", asked again" : "");
	if (look->live.reading.state == SWITCH_READY)
		return;
	buf_str(out, "           ");
	say_text(out, look->live.reading.reason);
	buf_char(out, '\n');
}

static void tell_test(const struct switchboard_view *view, struct buf *out)
{
	const struct dossier *d = &view->record.dossier;
	const struct switch_test *test = d->test_count ? &d->tests[d->test_count - 1] : NULL;
	char age[WHEN_SPAN_MAX];

	if (!test) {
		buf_str(out, "Tested     never, as it is defined and bound now (KSW-3)\n");
		return;
	}
	buf_printf(out, "Tested     %s in %s %s ago by %s%s: ", words_word(words_result, (int)test->result), test->environment,
		   when_span_short(view->record.now - test->source.at, age), test->source.actor,
		   switchboard_test_is_stale(d, &view->drifts, view->record.now) ? ", STALE" : "");
	say_text(out, test->note);
	buf_char(out, '\n');
}

static void tell_written(const struct dossier *d, struct buf *out)
{
	static const char *const how[] = { [WRITE_BEGUN] = "begun, and has no end on record", [WRITE_DONE] = "done, and read back", [WRITE_FAILED] = "FAILED" };
	char at[WHEN_TEXT_MAX];

	if (!d->write.source.seq)
		return;
	buf_printf(out, "Written    %s %s by %s: %s", words_word(words_switch_op, (int)d->write.op), when_format(d->write.source.at, at), d->write.source.actor,
		   how[d->write.state]);
	if (d->write.reason)
		buf_str(out, ". ");
	say_text(out, d->write.reason);
	buf_char(out, '\n');
}

static void tell_restore(const struct dossier *d, struct buf *out)
{
	char roles[128];

	if (!dossier_is_killed(d))
		return;
	buf_printf(out, "Restore    needs %s (KSW-6); approved since the kill: %s", words_roles(authority_class_roles(d->class), roles, sizeof roles),
		   d->restore_approval_count ? "" : "nobody");
	for (size_t i = 0; i < d->restore_approval_count; i++)
		buf_printf(out, "%s%s as %s", i ? ", " : "", d->restore_approvals[i].person, words_title(words_role, (int)d->restore_approvals[i].role));
	buf_char(out, '\n');
}

static void tell_drift(const struct drifts *drifts, const char *tenant, struct buf *out)
{
	for (size_t i = 0; i < drifts->count; i++) {
		const struct drift *drift = &drifts->items[i];

		if (tenant && drift->tenant && !text_same_id(drift->tenant, tenant))
			continue;
		buf_printf(out, "Drift      %s (%s): ", drift->finding, drift->rule);
		say_text(out, drift->reason);
		buf_char(out, '\n');
	}
}

static void tell_kills(const struct dossier *d, instant now, struct buf *out)
{
	char at[WHEN_TEXT_MAX], age[WHEN_SPAN_MAX];

	for (size_t i = 0; i < d->kill_count; i++) {
		const struct kill *kill = &d->kills[i];

		buf_printf(out, "Requested  off for %s %s, %s ago, by %s: ", whom(kill->tenant), when_format(kill->source.at, at), when_span_short(now - kill->source.at, age),
			   kill->source.actor);
		say_text(out, kill->reason);
		for (size_t k = 0; k < kill->except_count; k++)
			buf_printf(out, "%s%s", k ? ", " : "; restored for ", kill->except[k]);
		buf_char(out, '\n');
	}
}

static void tell_unconfirmed(const struct switchboard_view *view, struct buf *out)
{
	const struct dossier *d = &view->record.dossier;
	size_t count = 0;

	for (size_t i = 0; i < d->registry.tenant_count; i++)
		if (view->cells[i].needs && dossier_killed(d, d->registry.tenants[i].id))
			buf_printf(out, "%s%s", count++ ? ", " : "NOT KNOWN TO BE OFF, though killed: ", d->registry.tenants[i].id);
	if (count)
		buf_char(out, '\n');
}

static enum err_kind tell_switch(const struct switchboard_view *view, struct buf *out, struct err *err)
{
	const struct dossier *d = &view->record.dossier;
	struct arena *arena = d->arena;
	const char *summary = switchboard_summary(view->cells, d->registry.tenant_count, arena);
	const char *how = view->look.live.provider && view->look.live.provider->is_live ? view->look.live.provider->describe(&view->look.live.binding, arena) : NULL;

	if (!summary)
		return err_memory(err);
	tell_unconfirmed(view, out);
	if (switchboard_is_missing(d))
		buf_str(out, "MISSING: no kill switch is defined (KSW-1, HS-6).\n");
	tell_kills(d, view->record.now, out);
	tell_drift(&view->drifts, NULL, out);
	buf_printf(out, "Tenants    %s\n", summary);
	tell_place(view, out);
	tell_written(d, out);
	tell_test(view, out);
	tell_restore(d, out);
	if (how) {
		buf_str(out, "By hand    ");
		say_text(out, how);
		buf_char(out, '\n');
	}
	return ERR_NONE;
}

/* --- one tenant ---------------------------------------------------------------------------------------------------- */

static void tell_killed(const struct switchboard_view *view, const struct switchboard_cell *cell, const struct kill *kill, const struct confirmation *last, struct buf *out)
{
	char at[WHEN_TEXT_MAX], age[WHEN_SPAN_MAX];
	const char *ago = when_span_short(view->record.now - kill->source.at, age);

	if (!cell->needs) {
		buf_printf(out, "Killed %s ago.\n", ago);
		return;
	}
	if (cell->served == SERVED_ON && !(last && last->source.seq < kill->source.seq))
		buf_printf(out, "THIS TENANT IS STILL SERVED IT. Killed %s ago.\n", ago);
	else
		buf_printf(out, "THIS TENANT MAY STILL BE SERVED IT. Killed %s ago, and nothing says that it is off%s%s.\n", ago, last ? "; last known on " : "",
			   last ? when_format(last->source.at, at) : "");
}

static void tell_headline(const struct switchboard_view *view, const struct switchboard_cell *cell, const struct tenant *tenant, struct buf *out)
{
	const struct dossier *d = &view->record.dossier;
	const struct kill *kill = dossier_killed(d, tenant->id);
	const struct confirmation *last = switchboard_last_word(d, tenant->id);

	if (kill && cell->served != SERVED_NOBODY) {
		/* What is read there now is newer than any word. */
		tell_killed(view, cell, kill, switchboard_seen(&view->look, tenant->id) == FLAG_UNKNOWN && last && last->is_on ? last : NULL, out);
		return;
	}
	switch (cell->served) {
	case SERVED_ON:
		buf_str(out, cell->needs ? "THIS TENANT IS SERVED WHAT IT MAY NOT BE.\n" : "Served.\n");
		return;
	case SERVED_OFF:
		buf_str(out, "It may be served, and is off.\n");
		return;
	case SERVED_UNKNOWN:
		buf_str(out, cell->needs ? "WHAT THIS TENANT IS SERVED CANNOT BE TOLD.\n" : "What it is served cannot be told.\n");
		return;
	case SERVED_MAY:
		buf_str(out, "It may be served; nothing tells whether it is.\n");
		return;
	case SERVED_NOBODY:
	case SERVED_OUT:
	case SERVED_KILLED:
		break;
	}
	buf_str(out, "It may not be served.\n");
}

static void tell_words(const struct switchboard_view *view, const char *tenant, struct buf *out)
{
	const struct dossier *d = &view->record.dossier;
	char at[WHEN_TEXT_MAX];
	size_t count = 0;

	for (size_t i = 0; i < d->confirmation_count; i++) {
		const struct confirmation *seen = &d->confirmations[i];

		if (!text_same_id(seen->tenant, tenant))
			continue;
		buf_printf(out, "%s  %s %s by %s\n", seen->is_observed ? "Observed " : "Confirmed", seen->is_on ? "on" : "off", when_format(seen->source.at, at),
			   seen->source.actor);
		count += !seen->is_observed;
	}
	if (!count)
		buf_str(out, "Confirmed  by nobody\n");
}

static void tell_seen(const struct switchboard_view *view, const char *tenant, struct buf *out)
{
	const struct look *look = &view->look;
	char at[WHEN_TEXT_MAX];

	if (!look->live.provider || !look->live.provider->is_live)
		buf_str(out, "Read       nothing: it is bound to nothing that can be read\n");
	else if (look->at == WHEN_NONE)
		buf_str(out, "Read       nothing yet: asked, and no answer\n");
	else
		buf_printf(out, "Read       %s %s%s\n", words_word(words_flag_served, (int)switchboard_seen(look, tenant)), when_format(look->at, at),
			   look->is_asked ? ", asked again" : "");
}

static enum err_kind tell_tenant(const struct switchboard_view *view, const char *id, struct buf *out, struct err *err)
{
	const struct dossier *d = &view->record.dossier;
	const struct tenant *tenant = registry_tenant(&d->registry, id);
	char reason[SERVING_REASON_MAX];

	if (!tenant)
		return err_set(err, ERR_MISSING, "There is no tenant %.64s. See gonogo tenant list.", id);
	(void)serving_allowed(d, tenant, reason);
	tell_headline(view, &view->cells[tenant - d->registry.tenants], tenant, out);
	tell_drift(&view->drifts, tenant->id, out);
	tell_kills(d, view->record.now, out);
	tell_written(d, out);
	tell_words(view, tenant->id, out);
	tell_seen(view, tenant->id, out);
	buf_printf(out, "Allowed    %s\n", reason);
	tell_place(view, out);
	tell_restore(d, out);
	return ERR_NONE;
}

enum err_kind switchboard_account(struct session *s, struct lookout *lookout, const char *release, const char *tenant, struct buf *out, struct err *err)
{
	struct switchboard_view view;
	enum err_kind failed = switchboard_read(s, lookout, release, &view, err);

	if (!failed)
		failed = tenant ? tell_tenant(&view, tenant, out, err) : tell_switch(&view, out, err);
	record_release(&view.record);
	return failed;
}
