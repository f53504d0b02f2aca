#include <config.h>

#include <string.h>

#include <gonogo/doc/detect.h>
#include <gonogo/doc/lines.h>

const struct word words_document[] = {
	{ DOC_MANIFEST, "manifest", "the manifest" },
	{ DOC_PLAN, "plan", "the exposure plan" },
	{ DOC_SAFETY, "data-safety", "the data-safety checklist" },
	{ DOC_SWITCH, "switch", "the kill-switch form" },
	{ DOC_ROLLBACK, "rollback", "the rollback plan" },
	{ DOC_MEMO, "memo", "the decision memo" },
	{ 0, NULL, NULL },
};

/* How the first line of each document opens. */
static const struct {
	enum doc_kind kind;
	const char *opening;
} openings[] = {
	{ DOC_MANIFEST, "Release ID:" },
	{ DOC_PLAN, "Release:" },
	{ DOC_SAFETY, "- [" },
	{ DOC_SWITCH, "Flag:" },
	{ DOC_ROLLBACK, "Rollback Trigger:" },
	{ DOC_MEMO, "GO/NO-GO DECISION MEMO" },
};
enum { OPENINGS = sizeof openings / sizeof openings[0] };

enum err_kind detect_kind(
	const char *file, const char *text, size_t size, struct arena *arena, enum doc_kind *out, struct err *err)
{
	struct lines lines;
	enum err_kind kind = lines_open(file, text, size, arena, &lines, err);
	if (kind != ERR_NONE)
		return kind;
	const struct line *line = lines_peek(&lines);
	for (size_t i = 0; line && i < OPENINGS; i++)
		if (strncmp(line->text, openings[i].opening, strlen(openings[i].opening)) == 0) {
			*out = openings[i].kind;
			return ERR_NONE;
		}
	return lines_expected(&lines, line,
		"a document: \"Release ID:\" opens a manifest, \"Release:\" an exposure plan, \"- [x]\" a data-safety "
		"checklist, "
		"\"Flag:\" a kill-switch form, \"Rollback Trigger:\" a rollback plan, \"GO/NO-GO DECISION MEMO\" a "
		"memo",
		err);
}
