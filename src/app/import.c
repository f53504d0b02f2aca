#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/papers.h>
#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/doc/difference.h>
#include <gonogo/doc/killswitch.h>
#include <gonogo/doc/lines.h>
#include <gonogo/doc/manifest.h>
#include <gonogo/doc/plan.h>
#include <gonogo/doc/rollback.h>
#include <gonogo/doc/safety.h>

enum { ACTS_MOST = 4 + SAFETY_ITEMS, NOTES_MOST = 64 };

/* The acts of one import, in the order in which each finds what it needs: the manifest first, the plan before the answers. */
struct import {
	struct arena *arena;
	const char *release;
	struct act acts[ACTS_MOST];
	size_t count;
	const char **notes;
	size_t note_count;
};

static void note(struct import *import, const char *text)
{
	if (text && import->note_count < NOTES_MOST)
		import->notes[import->note_count++] = text;
}

static struct act *act_of(struct import *import, const char *kind)
{
	struct act *act = &import->acts[import->count++];

	*act = (struct act){ .kind = kind, .release = import->release };
	return act;
}

static enum err_kind add_safety(struct import *import, const struct paper *p, struct err *err)
{
	for (size_t i = 0; i < SAFETY_ITEMS; i++) {
		char rule[8];
		const char *words;
		struct json_writer w;
		struct act *act;
		enum err_kind failed;

		if (!p->safety.items[i].ticked)
			continue;
		snprintf(rule, sizeof rule, "DAT-%zu", i + 1);
		failed = safety_note(rule_find(rule)->text, p->safety.items[i].text, import->arena, &words, err);
		if (failed)
			return failed;
		act = &import->acts[import->count++];
		act_begin(act, &w, "answer.given", import->release, NULL);
		act_text(&w, "rule", rule);
		act_text(&w, "value", words_word(words_answer, ANSWER_PASS));
		act_text(&w, "note", words);
		act_end(&w);
	}
	return ERR_NONE;
}

static void add_document(struct import *import, const struct paper *p)
{
	switch (p->kind) {
	case DOC_MANIFEST:
		paper_write_manifest(&act_of(import, "release.registered")->body, &p->manifest);
		break;
	case DOC_SWITCH:
		paper_write_switch(&act_of(import, "switch.defined")->body, &p->definition);
		if (p->definition.claim)
			note(import, arena_printf(import->arena, "%s: \"Tested: %s\" is kept as a claim; only gonogo switch test counts (I-13).",
						  p->file, p->definition.claim));
		break;
	case DOC_ROLLBACK:
		paper_write_rollback(&act_of(import, "rollback.planned")->body, &p->rollback);
		break;
	case DOC_PLAN:
		paper_write_plan(&act_of(import, "plan.saved")->body, &p->plan);
		if (p->plan.claim)
			note(import, arena_printf(import->arena, "%s: \"Approved By: %s\" is kept as a claim; only gonogo plan approve counts (I-13).",
						  p->file, p->plan.claim));
		break;
	case DOC_SAFETY:
	case DOC_MEMO:
		break;
	}
}

static void print(const struct paper *p, struct buf *out)
{
	switch (p->kind) {
	case DOC_MANIFEST:
		manifest_print(&p->manifest, out);
		break;
	case DOC_SWITCH:
		killswitch_print(&p->definition, out);
		break;
	case DOC_ROLLBACK:
		rollback_print(&p->rollback, out);
		break;
	case DOC_PLAN:
		plan_print(&p->plan, out);
		break;
	case DOC_SAFETY:
	case DOC_MEMO:
		break;
	}
}

/* I-8: a text that would print differently is accepted, and the difference is said. */
static enum err_kind note_difference(struct import *import, const struct paper *p, struct err *err)
{
	struct buf printed = BUF_EMPTY, difference = BUF_EMPTY;
	enum err_kind failed;

	print(p, &printed);
	if (doc_difference(p->file, p->text, p->size, buf_text(&printed), &difference))
		note(import, arena_printf(import->arena, "%s will print differently:\n%s", p->file, buf_text(&difference)));
	failed = buf_check(&printed, err);
	if (!failed)
		failed = buf_check(&difference, err);
	buf_release(&printed);
	buf_release(&difference);
	return failed;
}

/* A checklist is printed from the answers on record, so it is held against them once they are: a line that answered nothing keeps no words.  What
 * is recorded is recorded, also where this cannot be said. */
static void note_shown(struct import *import, struct session *s, const struct paper *p)
{
	struct buf printed = BUF_EMPTY, difference = BUF_EMPTY;

	if (use_show(s, import->release, "data-safety", &printed, NULL) == ERR_NONE &&
	    doc_difference(p->file, p->text, p->size, buf_text(&printed), &difference) && buf_check(&difference, NULL) == ERR_NONE)
		note(import, arena_printf(import->arena, "%s will print differently:\n%s", p->file, buf_text(&difference)));
	buf_release(&printed);
	buf_release(&difference);
}

static enum err_kind collect(struct import *import, const struct papers *papers, struct err *err)
{
	static const enum doc_kind order[] = { DOC_MANIFEST, DOC_SWITCH, DOC_ROLLBACK, DOC_PLAN };
	const struct paper *safety = papers_of(papers, DOC_SAFETY);

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		const struct paper *p = papers_of(papers, order[i]);
		enum err_kind failed;

		if (!p)
			continue;
		add_document(import, p);
		failed = note_difference(import, p, err);
		if (failed)
			return failed;
	}
	return safety ? add_safety(import, safety, err) : ERR_NONE;
}

enum err_kind use_import(struct session *s, const char *release, const char *const *files, size_t count, struct arena *arena,
			 struct import_notes *notes, struct outcome *out, struct err *err)
{
	struct import import = { .arena = arena };
	struct papers papers;
	struct record record;
	bool loaded = false;
	enum err_kind failed = papers_read(files, count, arena, &papers, err);

	import.notes = arena_array(arena, NOTES_MOST, sizeof *import.notes);
	if (!failed && !import.notes)
		failed = err_memory(err);
	if (!failed)
		failed = papers_release(&papers, release, &import.release, err);
	if (failed)
		goto out;
	loaded = true;
	failed = record_load(s, import.release, WHEN_NONE, !papers_of(&papers, DOC_MANIFEST), &record, err);
	import.release = record.dossier.release;
	if (!failed)
		failed = papers_agree(&papers, &record.dossier, err);
	if (!failed)
		failed = collect(&import, &papers, err);
	if (!failed)
		failed = act_commit(s, NULL, import.acts, import.count, out, err);
	if (!failed && papers_of(&papers, DOC_SAFETY))
		note_shown(&import, s, papers_of(&papers, DOC_SAFETY));
	if (!failed)
		sentence_done(out, "%zu document%s of %s imported: %zu fact%s recorded. What is missing: gonogo check %s.", count, count == 1 ? "" : "s",
			      import.release, out->recorded, out->recorded == 1 ? "" : "s", import.release);
out:
	for (size_t i = 0; i < import.count; i++)
		buf_release(&import.acts[i].body);
	if (loaded)
		record_release(&record);
	notes->lines = (struct texts){ import.notes, import.note_count };
	return failed;
}
