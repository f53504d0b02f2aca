#include <config.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <gonogo/base/text.h>
#include <gonogo/core/serving.h>
#include <gonogo/tui/deeds.h>
#include <gonogo/tui/sheet.h>

/* --- what is wrong or missing --- */

/* A field that cannot be read is complained of as such, and not as missing. */
static bool is_named(const struct form_problems *problems, const char *field)
{
	for (size_t i = 0; i < problems->count; i++)
		if (strcmp(problems->items[i].field, field) == 0)
			return true;
	return false;
}

static void add_lacks(const struct dossier *with, const struct sheet *sheet, struct arena *arena, struct form_problems *out)
{
	struct form_problems unread = *out;
	struct lacks lacks = { .arena = arena };

	if (lacks_document(with, sheet->fact, &lacks) != ERR_NONE)
		return;
	for (size_t i = 0; i < lacks.count; i++) {
		const char *field = lacks.items[i].field;
		char sentence[sizeof out->items[0].text];

		/* What is said of the whole is said of its parts as well. */
		if (!field || is_named(&unread, field))
			continue;
		form_problem(out, field, "%s", lack_sentence(&lacks.items[i], sentence, sizeof sentence));
	}
}

static void find_problems(const struct act_in *in, const struct form *form, enum doc_kind kind, struct form_problems *out)
{
	struct paper paper;
	struct arena arena;

	arena_init(&arena, 0);
	if (sheet_read(in, form, kind, &arena, &paper, out, NULL) == ERR_NONE) {
		const struct dossier with = sheet_with(&in->record->dossier, &paper);

		add_lacks(&with, sheet_of(kind), &arena, out);
	}
	arena_release(&arena);
}

PROBLEMS(problems_plan)
{
	find_problems(in, form, DOC_PLAN, out);
}

PROBLEMS(problems_switch)
{
	find_problems(in, form, DOC_SWITCH, out);
}

PROBLEMS(problems_rollback_plan)
{
	find_problems(in, form, DOC_ROLLBACK, out);
}

PROBLEMS(problems_manifest)
{
	find_problems(in, form, DOC_MANIFEST, out);
}

PROBLEMS(problems_copy)
{
	const char *id = form_text(form, "release");
	struct err err;

	if (text_check(TEXT_ID, "The release id", id, strlen(id), &err) != ERR_NONE)
		form_problem(out, "release", "%.230s", err.text);
	else if (text_same_id(id, in->release))
		form_problem(out, "release", "A copy has an id of its own.");
}

/* --- recording --- */

/* What no document can hold is not recorded by leaving it out; what is only missing may be filled in later. */
static enum err_kind read_whole(const struct act_in *in, const struct form *form, enum doc_kind kind, struct arena *arena, struct paper *out, struct err *err)
{
	struct form_problems problems = { 0 };
	char option[ERR_OPTION_MAX];
	enum err_kind failed = sheet_read(in, form, kind, arena, out, &problems, err);

	if (failed || !problems.count)
		return failed;
	snprintf(option, sizeof option, "--%s", problems.items[0].field);
	return err_missing_option(err, option, "Nothing was recorded. %s", problems.items[0].text);
}

static enum err_kind save(const struct act_in *in, const struct paper *paper, struct outcome *out, struct err *err)
{
	switch (paper->kind) {
	case DOC_PLAN:
		return use_plan_save(in->session, in->release, &paper->plan, out, err);
	case DOC_SWITCH:
		return use_switch_save(in->session, in->release, &paper->definition, out, err);
	case DOC_ROLLBACK:
		return use_rollback_save(in->session, in->release, &paper->rollback, out, err);
	case DOC_MANIFEST:
	case DOC_SAFETY:
	case DOC_MEMO:
		break;
	}
	return in->release ? use_manifest_save(in->session, &paper->manifest, out, err) : use_release_new(in->session, &paper->manifest, out, err);
}

static enum err_kind record(const struct act_in *in, const struct form *form, enum doc_kind kind, struct outcome *out, struct err *err)
{
	struct paper paper;
	struct arena arena;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = read_whole(in, form, kind, &arena, &paper, err);
	if (!failed)
		failed = save(in, &paper, out, err);
	arena_release(&arena);
	return failed;
}

DEED(deed_plan)
{
	const struct source was = in->record->dossier.plan_approved;
	const enum err_kind failed = record(in, form, DOC_PLAN, out, err);
	const size_t used = strlen(out->text);

	if (!failed && was.seq && !out->is_already)
		snprintf(out->text + used, sizeof out->text - used, " The approval by %s is withdrawn with it (PLN-2).", was.actor);
	return failed;
}

DEED(deed_switch)
{
	return record(in, form, DOC_SWITCH, out, err);
}

DEED(deed_rollback_plan)
{
	return record(in, form, DOC_ROLLBACK, out, err);
}

DEED(deed_manifest)
{
	return record(in, form, DOC_MANIFEST, out, err);
}

DEED(deed_copy)
{
	const char *id = form_text(form, "release");

	if (text_is_blank(id))
		return err_missing_option(err, "--release", "Give the copy an id of its own.");
	return use_release_copy(in->session, in->release, id, out, err);
}

DEED(deed_withdraw)
{
	return use_release_withdraw(in->session, in->release, form_text(form, "reason"), out, err);
}

/* --- what there is to choose from --- */

static const char *state_of(const struct tenant *tenant, const char *release, struct arena *arena)
{
	const char *kind = words_title(words_tenant_kind, (int)tenant->kind);
	char date[WHEN_TEXT_MAX];

	if (tenant->track == TRACK_STABLE_ONLY)
		return arena_printf(arena, "%s, stable-only", kind);
	if (tenant->is_opted_out)
		return arena_printf(arena, "%s, opted out", kind);
	for (size_t i = tenant->consent_count; i-- > 0;) {
		const struct consent *consent = &tenant->consents[i];

		if (!consent->release || text_same_id(consent->release, release))
			return arena_printf(arena, "%s, consent %s%s%s", kind, when_date(consent->source.at, date), consent->method ? ": " : "",
					    consent->method ? consent->method : "");
	}
	return tenant->kind == TENANT_DEV_TEST ? kind : arena_printf(arena, "%s, no consent", kind);
}

enum err_kind options_tenants(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err)
{
	const struct registry *registry = &in->record->dossier.registry;
	char why[SERVING_REASON_MAX];

	out->items = arena_array(arena, registry->tenant_count + 1, sizeof *out->items);
	if (!out->items)
		return err_memory(err);
	for (out->count = 0; out->count < registry->tenant_count; out->count++) {
		const struct tenant *tenant = &registry->tenants[out->count];
		const bool is_eligible = serving_eligible(tenant, in->release, why);
		struct form_option *option = &out->items[out->count];

		*option = (struct form_option){ .id = tenant->id, .state = state_of(tenant, in->release, arena), .reason = is_eligible ? "" : arena_str(arena, why),
						.is_barred = !is_eligible };
		if (!option->state || !option->reason)
			return err_memory(err);
	}
	return ERR_NONE;
}

/* --- how it is understood --- */

static bool read_start(const struct act_in *in, const struct form *form, instant *out)
{
	return when_day_parse("it", form_text(form, "start"), in->record->now, out, NULL) == ERR_NONE;
}

ECHO(echo_start)
{
	char date[WHEN_TEXT_MAX], day[WHEN_ECHO_MAX];
	instant start;

	if (!read_start(in, form, &start))
		return;
	when_date(start, date);
	buf_printf(out, "%s%s%s", strcmp(date, form_text(form, "start")) != 0 ? date : "", strcmp(date, form_text(form, "start")) != 0 ? ", " : "",
		   when_day_echo(start, in->record->now, day));
}

static void say_end(const struct act_in *in, const struct form *form, int64_t span, struct buf *out)
{
	char date[WHEN_TEXT_MAX], words[WHEN_SPAN_MAX];
	instant start;

	buf_printf(out, "%s", when_span_short(span, words));
	if (read_start(in, form, &start))
		buf_printf(out, ", ends %s", when_date(start + span, date));
}

/* Blanks around it mean as little here as when it is recorded. */
static bool read_span(const struct form *form, const char *field, int64_t *out)
{
	const char *text = form_text(form, field);
	char typed[TEXT_NAME_MAX + 1];

	text += strspn(text, " ");
	snprintf(typed, sizeof typed, "%s", text);
	for (size_t size = strlen(typed); size && typed[size - 1] == ' '; size--)
		typed[size - 1] = '\0';
	return when_span_parse("it", typed, out, NULL) == ERR_NONE;
}

ECHO(echo_minimum)
{
	const int64_t asked = in->record->dossier.registry.policy.soak_s[in->record->dossier.class][CHANNEL_EXPERIMENTAL];
	char words[WHEN_SPAN_MAX];
	int64_t span;

	if (!read_span(form, "min_s", &span))
		return;
	say_end(in, form, span, out);
	if (span < asked)
		buf_printf(out, "; %s are due all the same (CHN-2)", when_span_words(asked, words));
}

ECHO(echo_maximum)
{
	int64_t span;

	if (read_span(form, "max_s", &span))
		say_end(in, form, span, out);
}

/* Does the id begin so, or any word of the name? */
static bool begins_so(const struct person *person, const char *typed)
{
	const size_t size = strlen(typed);

	if (strncasecmp(person->id, typed, size) == 0)
		return true;
	for (const char *word = person->name; *word; word += strcspn(word, " "), word += strspn(word, " "))
		if (strncasecmp(word, typed, size) == 0)
			return true;
	return false;
}

void complete_person(const struct act_in *in, const char *typed, struct buf *out)
{
	const struct registry *registry = &in->record->dossier.registry;

	for (size_t i = 0; *typed && i < registry->person_count; i++) {
		const struct person *person = &registry->people[i];

		if (person->is_component || !begins_so(person, typed))
			continue;
		if (strcmp(person->name, typed) != 0)
			buf_str(out, person->name);
		return;
	}
}

ECHO(echo_owner)
{
	const struct registry *registry = &in->record->dossier.registry;
	const struct person *person = registry_person(registry, form_text(form, "owner"));
	struct arena arena;
	const char *name;
	char roles[96];

	arena_init(&arena, 0);
	name = paper_owner_name(form_text(form, "owner"), &arena);
	if (!person && name)
		person = registry_named(registry, name);
	if (person && !person->is_component)
		buf_printf(out, "%s, %s", person->name, words_roles(person->roles, roles, sizeof roles));
	arena_release(&arena);
}

ECHO(echo_restore)
{
	const char *reference;
	enum result result;
	struct arena arena;
	char date[WHEN_TEXT_MAX];
	instant day;

	(void)in;
	arena_init(&arena, 0);
	if (paper_restore_read(form_text(form, "restore"), &arena, &reference, &day, &result))
		buf_printf(out, "%s of %s: %s", reference, when_date(day, date), result == RESULT_PASS ? "passed" : "failed");
	arena_release(&arena);
}
