#ifndef GONOGO_TUI_SHEET_H
#define GONOGO_TUI_SHEET_H
/*
 * Manifest, exposure plan, kill switch and rollback plan as forms: from the fields of the action that fills a document in to the document and back.
 * Fields are named as in the body of the fact, so that what core says of a field is said beside it.  Decides nothing.
 */
#include <gonogo/app/papers.h>
#include <gonogo/core/lack.h>
#include <gonogo/tui/actions.h>

struct sheet {
	enum doc_kind kind;
	const char *action; /* that fills it in: "plan" */
	const char *fact;   /* that it is recorded as: "plan.saved" */
	const char *title;  /* "exposure plan" */
};
extern const struct sheet sheets[];
extern const size_t sheet_count;
const struct sheet *sheet_of(enum doc_kind kind);

/* The document as it is recorded; what is known of it from elsewhere where nobody recorded one.  Who saved it; seq 0: nobody. */
struct source sheet_recorded(const struct dossier *dossier, enum doc_kind kind, struct arena *arena, struct paper *out);
/* What stands in the form; what no document can hold is left out, with a problem each.  Lives in `arena`; ERR_SYSTEM for want of memory alone. */
enum err_kind sheet_read(const struct act_in *in, const struct form *form, enum doc_kind kind, struct arena *arena, struct paper *out,
			 struct form_problems *problems, struct err *err) MUST_CHECK;
/* The text of a field as the form holds it, "" where nothing is given; NULL for want of memory. */
const char *sheet_text(const struct paper *paper, const char *field, struct arena *arena);
/* The dossier as it would be with this document on record. */
struct dossier sheet_with(const struct dossier *dossier, const struct paper *paper);
/* Field by field what `after` changes, the words marked; nothing where they are the same. */
void sheet_changes(const struct paper *before, const struct paper *after, struct buf *out);

/* The action that fills in what a rule misses: that of the document core names.  NULL: none is missing. */
const char *sheet_action(const struct dossier *dossier, const char *rule);

#endif
