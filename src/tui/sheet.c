#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/base/worddiff.h>
#include <gonogo/core/kinds.h>
#include <gonogo/tui/sheet.h>

const struct sheet sheets[] = {
	{ DOC_MANIFEST, "manifest", "release.registered", "manifest" },
	{ DOC_PLAN, "plan", "plan.saved", "exposure plan" },
	{ DOC_SWITCH, "switch", "switch.defined", "kill switch" },
	{ DOC_ROLLBACK, "rollback-plan", "rollback.planned", "rollback plan" },
};
const size_t sheet_count = sizeof sheets / sizeof *sheets;

const struct sheet *sheet_of(enum doc_kind kind)
{
	size_t i = 0;

	while (i + 1 < sheet_count && sheets[i].kind != kind)
		i++;
	return &sheets[i];
}

/* --- as recorded --- */

/* A kill-switch form that nobody filled in yet begins with what manifest and plan say of it. */
static void begin_switch(const struct dossier *d, struct arena *arena, struct switch_definition *out)
{
	struct flag_reference named;
	const char *tenants = "";

	*out = (struct switch_definition){ 0 };
	if (d->manifest.kill_switch && paper_flag_read(d->manifest.kill_switch, arena, &named)) {
		out->flag = named.name;
		out->default_value = named.default_value;
	}
	for (size_t i = 0; tenants && i < d->plan.tenants.count; i++)
		tenants = arena_printf(arena, "%s%s%s", tenants, i ? ", " : "", d->plan.tenants.items[i]);
	out->enabled_for = tenants && *tenants ? tenants : NULL;
}

struct source sheet_recorded(const struct dossier *d, enum doc_kind kind, struct arena *arena, struct paper *out)
{
	*out = (struct paper){ .kind = kind };
	switch (kind) {
	case DOC_PLAN:
		out->plan = d->plan;
		if (!d->plan_source.seq)
			out->plan = (struct plan){ .start = WHEN_NONE };
		return d->plan_source;
	case DOC_SWITCH:
		out->definition = d->definition;
		if (!d->definition_source.seq)
			begin_switch(d, arena, &out->definition);
		return d->definition_source;
	case DOC_ROLLBACK:
		out->rollback = d->rollback;
		return d->rollback_source;
	case DOC_MANIFEST:
	case DOC_SAFETY:
	case DOC_MEMO:
		break;
	}
	out->manifest = d->manifest;
	out->manifest.class = d->class;
	return d->manifest_source;
}

struct dossier sheet_with(const struct dossier *dossier, const struct paper *paper)
{
	struct dossier with = *dossier;

	switch (paper->kind) {
	case DOC_PLAN:
		with.plan = paper->plan;
		with.plan_source.seq = 1;
		break;
	case DOC_SWITCH:
		with.definition = paper->definition;
		with.definition_source.seq = 1;
		break;
	case DOC_ROLLBACK:
		with.rollback = paper->rollback;
		with.rollback_source.seq = 1;
		break;
	case DOC_MANIFEST:
	case DOC_SAFETY:
	case DOC_MEMO:
		with.manifest = paper->manifest;
		with.release = paper->manifest.release;
		with.class = paper->manifest.class;
		break;
	}
	return with;
}

const char *sheet_action(const struct dossier *dossier, const char *rule)
{
	struct lacks lacks = { .arena = dossier->arena };
	const struct lack *first;

	if (lacks_rule(dossier, rule, &lacks) != ERR_NONE || !lacks.count)
		return NULL;
	first = &lacks.items[0];
	for (size_t i = 0; i < sheet_count; i++)
		if (strcmp(sheets[i].fact, first->kind) == 0)
			return sheets[i].kind == DOC_MANIFEST && strcmp(first->field, "class") == 0 ? "classify" : sheets[i].action;
	return NULL;
}

/* --- from the document to the form --- */

static const char *text_of_list(struct texts list, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; text && i < list.count; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? "\n" : "", list.items[i]);
	return text;
}

static const char *text_of_day(instant day, struct arena *arena)
{
	char date[WHEN_TEXT_MAX];

	return day == WHEN_NONE ? "" : arena_str(arena, when_date(day, date));
}

static const char *text_of_span(int64_t seconds, struct arena *arena)
{
	char span[WHEN_SPAN_MAX];

	return seconds > 0 ? arena_str(arena, when_span_words(seconds, span)) : "";
}

struct named_text { const char *name, *text; };

static const char *find_text(const struct named_text *texts, const char *name)
{
	for (; texts->name; texts++)
		if (strcmp(texts->name, name) == 0)
			return texts->text ? texts->text : "";
	return "";
}

const char *sheet_text(const struct paper *paper, const char *field, struct arena *arena)
{
#define NAMED(...) find_text((const struct named_text[]){ __VA_ARGS__, { NULL, NULL } }, field)
	const struct manifest *m = &paper->manifest;
	const struct plan *p = &paper->plan;
	const struct switch_definition *s = &paper->definition;
	const struct rollback_plan *r = &paper->rollback;

	switch (paper->kind) {
	case DOC_PLAN:
		return NAMED({ "tenants", text_of_list(p->tenants, arena) }, { "opt_in", p->opt_in }, { "start", text_of_day(p->start, arena) },
			     { "min_s", text_of_span(p->min_s, arena) }, { "max_s", text_of_span(p->max_s, arena) }, { "owner", p->owner },
			     { "criteria", text_of_list(p->criteria, arena) });
	case DOC_SWITCH:
		return NAMED({ "flag", s->flag }, { "default", s->default_value }, { "enabled_for", s->enabled_for }, { "activation", s->activation });
	case DOC_ROLLBACK:
		return NAMED({ "triggers", text_of_list(r->triggers, arena) }, { "steps", text_of_list(r->steps, arena) },
			     { "checks", text_of_list(r->checks, arena) }, { "communication", text_of_list(r->communication, arena) },
			     { "recovery", r->recovery }, { "restore", r->restore }, { "owner", r->owner });
	case DOC_MANIFEST:
	case DOC_SAFETY:
	case DOC_MEMO:
		break;
	}
	return NAMED({ "class", words_word(words_class, (int)m->class) }, { "description", m->description }, { "files", text_of_list(m->files, arena) },
		     { "data_changes", m->data_changes }, { "kill_switch", m->kill_switch }, { "flag", m->flag }, { "revert", m->revert },
		     { "supersedes", m->supersedes });
#undef NAMED
}

/* Items of a list stand behind each other. */
static void put_changes(const char *label, const char *before, const char *after, struct buf *out)
{
	struct buf marked = BUF_EMPTY;

	worddiff(before, after, &marked);
	buf_printf(out, "%s: ", label);
	for (const char *c = buf_text(&marked); *c; c++)
		if (*c == '\n')
			buf_str(out, "; ");
		else
			buf_char(out, *c);
	buf_char(out, '\n');
	out->failed |= marked.failed;
	buf_release(&marked);
}

void sheet_changes(const struct paper *before, const struct paper *after, struct buf *out)
{
	struct arena arena;

	arena_init(&arena, 0);
	for (const struct form_field *field = action_named(sheet_of(after->kind)->action)->fields; field->name; field++) {
		const char *was = sheet_text(before, field->name, &arena), *is = sheet_text(after, field->name, &arena);

		out->failed |= !was || !is;
		if (was && is && strcmp(was, is) != 0)
			put_changes(field->label, was, is, out);
	}
	arena_release(&arena);
}

/* --- from the form to the document --- */

struct reading {
	const struct act_in *in;
	const struct form *form;
	const struct fact_kind *kind;
	struct arena *arena;
	struct form_problems *problems;
	enum err_kind failed;
	struct err *err;
};

static bool is_fine(struct reading *r, const char *field, const char *text)
{
	struct err err = { 0 };

	if (kind_text(r->kind, field, text, &err) == ERR_NONE)
		return true;
	form_problem(r->problems, field, "%.230s", err.text);
	return false;
}

/* As typed, without the blanks around it; NULL where nothing is given. */
static const char *typed(struct reading *r, const char *field)
{
	const char *text = form_text(r->form, field);
	size_t size;

	text += strspn(text, " ");
	for (size = strlen(text); size && text[size - 1] == ' '; size--)
		;
	if (!size)
		return NULL;
	text = arena_bytes(r->arena, text, size);
	if (!text)
		r->failed = err_memory(r->err);
	return text;
}

static const char *line(struct reading *r, const char *field)
{
	const char *text = typed(r, field);

	return text && is_fine(r, field, text) ? text : NULL;
}

static struct texts list(struct reading *r, const char *field)
{
	struct texts texts = { 0 };

	if (!form_lines(r->form, field, r->arena, &texts))
		r->failed = err_memory(r->err);
	for (size_t i = 0; !r->failed && i < texts.count; i++)
		if (!is_fine(r, field, texts.items[i]))
			break;
	return r->failed ? (struct texts){ 0 } : texts;
}

static instant day(struct reading *r, const char *field, const char *what)
{
	const char *text = typed(r, field);
	instant at = WHEN_NONE;
	struct err err = { 0 };

	if (text && when_day_parse(what, text, r->in->record->now, &at, &err) != ERR_NONE)
		form_problem(r->problems, field, "%.230s", err.text);
	return at;
}

static int64_t span(struct reading *r, const char *field, const char *what)
{
	const char *text = typed(r, field);
	int64_t seconds = 0;
	struct err err = { 0 };

	if (text && when_span_parse(what, text, &seconds, &err) != ERR_NONE)
		form_problem(r->problems, field, "%.230s", err.text);
	return seconds;
}

/* Documents name people; who types an id means the person of that id in the first role held. */
static const char *owner(struct reading *r)
{
	const char *text = line(r, "owner");
	const struct person *person = text ? registry_person(&r->in->record->dossier.registry, text) : NULL;
	const struct word *role = words_role;
	const char *named;

	if (!person || person->is_component)
		return text;
	while (role->word && !(person->roles & role->value))
		role++;
	named = role->word ? arena_printf(r->arena, "%s, %s", person->name, role->title) : person->name;
	if (!named)
		r->failed = err_memory(r->err);
	return named;
}

static void read_plan(struct reading *r, struct plan *out)
{
	const struct dossier *d = &r->in->record->dossier;

	*out = (struct plan){ .release = r->in->release, .class = d->class, .tenants = list(r, "tenants"), .opt_in = line(r, "opt_in"),
			      .start = day(r, "start", "The start date"), .min_s = span(r, "min_s", "The minimum duration"),
			      .max_s = span(r, "max_s", "The maximum duration"), .criteria = list(r, "criteria"), .owner = owner(r), .claim = d->plan.claim };
	/* What was claimed of another text is claimed no more (I-13). */
	if (!d->plan_source.seq || !paper_same_plan(out, &d->plan))
		out->claim = NULL;
}

static void read_switch(struct reading *r, struct switch_definition *out)
{
	const struct dossier *d = &r->in->record->dossier;

	*out = (struct switch_definition){ .flag = line(r, "flag"), .default_value = line(r, "default"), .enabled_for = line(r, "enabled_for"),
					   .activation = line(r, "activation"), .claim = d->definition.claim };
	if (!d->definition_source.seq || !paper_same_switch(out, &d->definition))
		out->claim = NULL;
}

static void read_rollback(struct reading *r, struct rollback_plan *out)
{
	*out = (struct rollback_plan){ .triggers = list(r, "triggers"), .steps = list(r, "steps"), .checks = list(r, "checks"),
				       .communication = list(r, "communication"), .recovery = line(r, "recovery"), .restore = line(r, "restore"),
				       .owner = owner(r) };
}

static void read_manifest(struct reading *r, struct manifest *out)
{
	const char *id = r->in->release ? r->in->release : form_text(r->form, "release");
	struct err err = { 0 };

	if (!r->in->release && text_check(TEXT_ID, "The release id", id, strlen(id), &err) != ERR_NONE)
		form_problem(r->problems, "release", "%.230s", err.text);
	*out = (struct manifest){ .release = arena_str(r->arena, id), .class = (enum release_class)form_choice(r->form, "class", CLASS_UNCLEAR),
				  .description = line(r, "description"), .files = list(r, "files"), .data_changes = line(r, "data_changes"),
				  .kill_switch = line(r, "kill_switch"), .flag = line(r, "flag"), .revert = line(r, "revert"), .supersedes = line(r, "supersedes") };
	if (!out->release)
		r->failed = err_memory(r->err);
}

enum err_kind sheet_read(const struct act_in *in, const struct form *form, enum doc_kind kind, struct arena *arena, struct paper *out,
			 struct form_problems *problems, struct err *err)
{
	struct reading r = { .in = in, .form = form, .kind = kind_find(sheet_of(kind)->fact), .arena = arena, .problems = problems, .err = err };

	*out = (struct paper){ .kind = kind };
	switch (kind) {
	case DOC_PLAN:
		read_plan(&r, &out->plan);
		break;
	case DOC_SWITCH:
		read_switch(&r, &out->definition);
		break;
	case DOC_ROLLBACK:
		read_rollback(&r, &out->rollback);
		break;
	case DOC_MANIFEST:
	case DOC_SAFETY:
	case DOC_MEMO:
		read_manifest(&r, &out->manifest);
		break;
	}
	return r.failed;
}
