#include <config.h>

#include <gonogo/app/live.h>
#include <gonogo/cli/families.h>

static const char *switch_state(const struct dossier *d)
{
	if (!d->definition_source.seq && !d->manifest.kill_switch)
		return "missing";
	/* Nobody is served it, so there is nothing to switch off. */
	if (words_state_is_final(d->state))
		return words_word(words_state, (int)d->state);
	if (!dossier_is_killed(d))
		return "armed";
	return dossier_killed(d, "*") ? "killed" : "killed-for-some";
}

static const struct switch_test *last_test(const struct dossier *d)
{
	return d->test_count ? &d->tests[d->test_count - 1] : NULL;
}

/* --- JSON ------------------------------------------------------------------------------------------------------- */

static void json_written(struct json_writer *w, const struct dossier *d)
{
	if (!d->write.source.seq) {
		json_nothing(w, "written");
		return;
	}
	json_open(w, "written", '{');
	json_text(w, "op", words_word(words_switch_op, (int)d->write.op));
	json_text(w, "state", words_word(words_write_state, (int)d->write.state));
	out_json_time(w, "at", d->write.source.at);
	json_text(w, "by", d->write.source.actor);
	json_text(w, "reason", d->write.reason);
	json_close(w, '}');
}

static void json_confirmed(struct json_writer *w, const struct dossier *d)
{
	json_open(w, "confirmed", '[');
	for (size_t i = 0; i < d->confirmation_count; i++) {
		const struct confirmation *seen = &d->confirmations[i];

		json_open(w, NULL, '{');
		json_text(w, "tenant", seen->tenant);
		json_text(w, "state", seen->is_on ? "on" : "off");
		out_json_time(w, "at", seen->source.at);
		json_text(w, "by", seen->source.actor);
		json_bool(w, "component", seen->is_observed);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void json_observed(struct json_writer *w, const struct live *live)
{
	if (!live->provider) {
		json_nothing(w, "observed");
		return;
	}
	json_open(w, "observed", '{');
	json_text(w, "state", words_word(words_switch_state, (int)live->reading.state));
	json_text(w, "reason", live->reading.reason);
	json_open(w, "tenants", '[');
	for (size_t i = 0; i < live->reading.count; i++) {
		json_open(w, NULL, '{');
		json_text(w, "id", live->reading.tenants[i].id);
		json_text(w, "served", words_word(words_flag_served, (int)live->reading.tenants[i].served));
		json_close(w, '}');
	}
	json_close(w, ']');
	json_close(w, '}');
}

static void json_drift(struct json_writer *w, const struct drifts *drifts)
{
	json_open(w, "drift", '[');
	for (size_t i = 0; i < drifts->count; i++) {
		json_open(w, NULL, '{');
		json_text(w, "finding", drifts->items[i].finding);
		json_text(w, "tenant", drifts->items[i].tenant);
		json_text(w, "rule", drifts->items[i].rule);
		json_text(w, "reason", drifts->items[i].reason);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void json_switch(struct json_writer *w, const struct dossier *d, const struct live *live, const struct drifts *drifts)
{
	const struct switch_test *test = last_test(d);

	json_open(w, NULL, '{');
	json_text(w, "id", d->release);
	json_text(w, "flag", d->definition.flag);
	json_text(w, "default", d->definition.default_value);
	json_text(w, "state", switch_state(d));
	json_text(w, "provider", d->provider ? d->provider : "manual");
	out_json_time(w, "tested", test ? test->source.at : WHEN_NONE);
	json_text(w, "result", test ? words_word(words_result, (int)test->result) : NULL);
	json_open(w, "killed", '[');
	for (size_t i = 0; i < d->kill_count; i++)
		json_text(w, NULL, d->kills[i].tenant);
	json_close(w, ']');
	json_text(w, "place", d->place);
	out_json_texts(w, "settings", d->place_args);
	json_written(w, d);
	json_confirmed(w, d);
	json_observed(w, live);
	json_drift(w, drifts);
	json_close(w, '}');
}

/* --- text ------------------------------------------------------------------------------------------------------- */

static void print_switch(struct buf *out, const struct dossier *d, const struct drifts *drifts)
{
	const struct switch_test *test = last_test(d);
	char when[WHEN_TEXT_MAX];

	buf_printf(out, "%-32s %-16s %-28s ", d->release, switch_state(d), d->definition.flag ? d->definition.flag : "-");
	if (test)
		buf_printf(out, "tested %s: %s\n", when_format(test->source.at, when), words_word(words_result, (int)test->result));
	else
		buf_str(out, "never tested\n");
	for (size_t i = 0; i < drifts->count; i++)
		buf_printf(out, "  ! %s (%s) %s\n", drifts->items[i].finding, drifts->items[i].rule, drifts->items[i].reason);
}

/* Asked for, written, confirmed, observed: four things, in this order. */
static void print_kills(struct buf *out, const struct dossier *d, const struct live *live)
{
	char when[WHEN_TEXT_MAX];

	for (size_t i = 0; i < d->kill_count; i++)
		buf_printf(out, "  killed for %s since %s by %s: %s\n", d->kills[i].tenant[0] == '*' ? "every tenant" : d->kills[i].tenant,
			   when_format(d->kills[i].source.at, when), d->kills[i].source.actor, d->kills[i].reason);
	if (d->write.source.seq)
		buf_printf(out, "  the %s was written at %s by %s: %s\n", words_word(words_switch_op, (int)d->write.op), when_format(d->write.source.at, when),
			   d->write.source.actor, words_word(words_write_state, (int)d->write.state));
	for (size_t i = 0; i < d->confirmation_count; i++)
		buf_printf(out, "  %s %s %s at %s by %s\n", d->confirmations[i].tenant, d->confirmations[i].is_observed ? "observed" : "confirmed",
			   d->confirmations[i].is_on ? "on" : "off", when_format(d->confirmations[i].source.at, when), d->confirmations[i].source.actor);
	for (size_t i = 0; live->provider && live->provider->is_live && i < live->reading.count; i++)
		buf_printf(out, "  %s is served %s now\n", live->reading.tenants[i].id, words_word(words_flag_served, (int)live->reading.tenants[i].served));
}

static void print_detail(struct buf *out, const struct dossier *d, const struct live *live, struct arena *arena)
{
	const char *how = live->provider ? live->provider->describe(&live->binding, arena) : NULL;

	if (d->definition.enabled_for)
		buf_printf(out, "  enabled for %s\n", d->definition.enabled_for);
	if (d->definition.activation)
		buf_printf(out, "  activation %s\n", d->definition.activation);
	if (live->provider)
		buf_printf(out, "  bound to %s %s, %s\n", d->provider, d->place, words_title(words_switch_state, (int)live->reading.state));
	if (how)
		buf_printf(out, "  by hand: %s\n", how);
	print_kills(out, d, live);
}

/* --- commands --------------------------------------------------------------------------------------------------- */

static enum err_kind show(struct session *s, struct invocation *in, const char *release, bool in_detail, struct json_writer *w, struct err *err)
{
	struct record record;
	struct live live = { 0 };
	struct drifts drifts = { 0 };
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = live_read(&record.dossier, &record.arena, &live, err);
	if (!failed)
		failed = live_drift(&record.dossier, &live, &record.arena, &drifts, err);
	if (!failed && in->json)
		json_switch(w, &record.dossier, &live, &drifts);
	else if (!failed)
		print_switch(&in->out, &record.dossier, &drifts);
	if (!failed && !in->json && in_detail)
		print_detail(&in->out, &record.dossier, &live, &record.arena);
	record_release(&record);
	return failed;
}

static enum err_kind drift_of(struct session *s, struct invocation *in, const char *release, struct err *err)
{
	struct record record;
	struct live live = { 0 };
	struct drifts drifts = { 0 };
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = live_read(&record.dossier, &record.arena, &live, err);
	if (!failed)
		failed = live_drift(&record.dossier, &live, &record.arena, &drifts, err);
	for (size_t i = 0; !failed && i < drifts.count; i++)
		buf_printf(&in->out, "! %s: %s (%s) %s\n", release, drifts.items[i].finding, drifts.items[i].rule, drifts.items[i].reason);
	record_release(&record);
	return failed;
}

enum err_kind out_drift(struct session *s, struct invocation *in, struct err *err)
{
	struct texts bound;
	enum err_kind failed = use_switch_bound(s, &in->arena, &bound, err);

	for (size_t i = 0; !failed && i < bound.count; i++)
		failed = drift_of(s, in, bound.items[i], err);
	return failed;
}

static enum err_kind show_all(struct session *s, struct invocation *in, struct texts releases, bool in_detail, struct err *err)
{
	struct json_writer w = { 0 };
	enum err_kind failed = ERR_NONE;

	if (in->json) {
		w = out_json(in);
		json_open(&w, "switches", '[');
	}
	for (size_t i = 0; !failed && i < releases.count; i++)
		failed = show(s, in, releases.items[i], in_detail, &w, err);
	if (!failed && in->json) {
		json_close(&w, ']');
		out_json_end(in, &w);
	}
	return failed;
}

enum err_kind run_switch_list(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct texts releases = { 0 };
	const enum err_kind failed = use_release_ids(s, &in->arena, &releases, err);

	(void)answer;
	return failed ? failed : show_all(s, in, releases, false, err);
}

enum err_kind run_switch_show(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	(void)answer;
	return show_all(s, in, (struct texts){ (const char *const[]){ in->args.words[0] }, 1 }, true, err);
}
