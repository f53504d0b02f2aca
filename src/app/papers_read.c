#include <config.h>

#include <string.h>

#include <gonogo/app/papers.h>
#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/doc/killswitch.h>
#include <gonogo/doc/lines.h>
#include <gonogo/doc/manifest.h>
#include <gonogo/doc/plan.h>
#include <gonogo/doc/rollback.h>
#include <gonogo/doc/safety.h>

const struct paper *papers_of(const struct papers *papers, enum doc_kind kind)
{
	for (size_t i = 0; i < papers->count; i++)
		if (papers->items[i].kind == kind)
			return &papers->items[i];
	return NULL;
}

static enum err_kind parse(struct paper *p, struct arena *arena, struct err *err)
{
	switch (p->kind) {
	case DOC_MANIFEST:
		return manifest_parse(p->file, p->text, p->size, arena, &p->manifest, err);
	case DOC_PLAN:
		return plan_parse(p->file, p->text, p->size, arena, &p->plan, err);
	case DOC_SAFETY:
		return safety_parse(p->file, p->text, p->size, arena, &p->safety, err);
	case DOC_SWITCH:
		return killswitch_parse(p->file, p->text, p->size, arena, &p->definition, err);
	case DOC_ROLLBACK:
		return rollback_parse(p->file, p->text, p->size, arena, &p->rollback, err);
	case DOC_MEMO:
		break;
	}
	return err_set(err, ERR_INPUT, "%s:1: this is a memo, which is compared and never imported (I-13). Use gonogo memo compare RELEASE %s.",
		       p->file, p->file);
}

enum err_kind papers_read(const char *const *files, size_t count, struct arena *arena, struct papers *out, struct err *err)
{
	*out = (struct papers){ .items = arena_array(arena, count ? count : 1, sizeof *out->items) };
	if (!out->items)
		return err_memory(err);
	for (size_t i = 0; i < count; i++) {
		struct paper *p = &out->items[i];
		struct buf shown = BUF_EMPTY;
		char *bytes;
		enum err_kind failed = io_read(files[i], DOC_SIZE_MAX, arena, &bytes, &p->size, err);

		if (failed)
			return failed;
		text_show(&shown, files[i], strlen(files[i]), false);
		p->file = arena_str(arena, strcmp(files[i], "-") == 0 ? "standard input" : buf_text(&shown));
		buf_release(&shown);
		p->text = bytes;
		if (!p->file)
			return err_memory(err);
		failed = detect_kind(p->file, p->text, p->size, arena, &p->kind, err);
		if (!failed)
			failed = parse(p, arena, err);
		if (failed)
			return failed;
		if (papers_of(out, p->kind))
			return err_set(err, ERR_INPUT, "%s:1: %s stands in %s too; import one of them.", p->file,
				       words_title(words_document, (int)p->kind), papers_of(out, p->kind)->file);
		out->count++;
	}
	return ERR_NONE;
}

enum err_kind papers_release(const struct papers *papers, const char *named, const char **release, struct err *err)
{
	*release = named;
	for (size_t i = 0; i < papers->count; i++) {
		const struct paper *p = &papers->items[i];
		const char *says = p->kind == DOC_MANIFEST ? p->manifest.release : p->kind == DOC_PLAN ? p->plan.release : NULL;

		if (!says)
			continue;
		if (*release && strcmp(*release, says) != 0)
			return err_set(err, ERR_INPUT, "%s:1: the document is of release %s, expected %s. Import each release by itself.", p->file,
				       says, *release);
		*release = says;
	}
	if (!*release)
		return err_set(err, ERR_USAGE, "These documents name no release. Say which one with --release ID.");
	return text_check(TEXT_ID, "the release id", *release, strlen(*release), err);
}

static enum err_kind switch_agrees(const struct paper *manifest, const struct paper *form, struct err *err)
{
	struct arena arena;
	struct flag_reference flag;
	enum err_kind failed = ERR_NONE;

	arena_init(&arena, 0);
	if (paper_flag_read(manifest->manifest.kill_switch, &arena, &flag) &&
	    (strcmp(flag.name, form->definition.flag) != 0 || strcmp(flag.default_value, form->definition.default_value) != 0))
		failed = err_set(err, ERR_INPUT, "%s:1: the kill switch is %s (default: %s), expected %s (default: %s) as in %s (KSW-1).", form->file,
				 form->definition.flag, form->definition.default_value, flag.name, flag.default_value, manifest->file);
	arena_release(&arena);
	return failed;
}

enum err_kind papers_agree(const struct papers *papers, const struct dossier *dossier, struct err *err)
{
	const struct paper *manifest = papers_of(papers, DOC_MANIFEST), *plan = papers_of(papers, DOC_PLAN);
	const struct paper *form = papers_of(papers, DOC_SWITCH), *safety = papers_of(papers, DOC_SAFETY);
	const struct manifest *stated = manifest ? &manifest->manifest : dossier->manifest_source.seq ? &dossier->manifest : NULL;

	if (manifest && plan && manifest->manifest.class != plan->plan.class)
		return err_set(err, ERR_INPUT, "%s:2: the classification is %s, expected %s as in %s (CLS-1).", plan->file,
			       words_title(words_class, (int)plan->plan.class), words_title(words_class, (int)manifest->manifest.class),
			       manifest->file);
	if (safety && stated && paper_has_data_changes(stated) && safety->safety.items[5].ticked &&
	    safety_denies_migration(safety->safety.items[5].text))
		return err_set(err, ERR_INPUT, "%s:6: the item denies a data migration, but the manifest declares data changes (DAT-6). "
			       "Say there how the migration is idempotent and reversible.", safety->file);
	return manifest && form ? switch_agrees(manifest, form, err) : ERR_NONE;
}
