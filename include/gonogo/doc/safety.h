#ifndef GONOGO_DOC_SAFETY_H
#define GONOGO_DOC_SAFETY_H
/*
 * The data-safety checklist as text (section 6 of the specification; I-13): seven items, known by their position, each with the importer's tick and
 * his own words.  It names no release.  What a tick is worth is not decided here.
 */
#include <gonogo/core/paper.h>

enum err_kind safety_parse(const char *file, const char *text, size_t size, struct arena *arena, struct safety *out,
	struct err *err) MUST_CHECK;
void safety_print(const struct safety *safety, struct buf *out);

/* What the text of an item says beyond its canonical wording (the DAT row of the rules table): the parenthesis behind it, or the whole text where
 * the wording is the writer's own.  *note is NULL when it says nothing more.  In the arena. */
enum err_kind safety_note(
	const char *wording, const char *text, struct arena *arena, const char **note, struct err *err) MUST_CHECK;
/* The reverse: the text of an item from its canonical wording and the note kept with the answer.  A note that uses the item's own words stands
 * in place of the wording, any other in a parenthesis behind it; safety_note() of the result is the note again. */
enum err_kind safety_text(
	const char *wording, const char *note, struct arena *arena, const char **text, struct err *err) MUST_CHECK;
/* Does the text say that there is no data migration?  Beside a manifest that declares data changes such an item (the sixth) is refused. */
bool safety_denies_migration(const char *text);

#endif
