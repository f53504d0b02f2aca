#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/deeds.h>
#include <gonogo/tui/dialog.h>
#include <gonogo/tui/editor.h>

#include "entry_state.h"

#define FILE_NAME "text.txt"

enum { READ_MAX = 1024 * 1024 };

/* The text in a file of the person's own, and what came back. */
struct leaf { char *dir; char path[PATH_MAX]; struct buf given; struct arena arena; };

static struct entry *entry_of(const struct screen *screen)
{
	struct entry *entry = screen->kind->entry ? screen->kind->entry(screen) : NULL;

	return entry && entry->action ? entry : NULL;
}

static enum err_kind nothing_open(struct err *err)
{
	return err_set(err, ERR_REFUSED, "Nothing is being filled in here.");
}

enum err_kind entry_go_undo(struct screen *screen, struct err *err)
{
	struct entry *entry = entry_of(screen);

	if (!entry)
		return nothing_open(err);
	if (!form_undo(&entry->form))
		return err_set(err, ERR_REFUSED, "There is nothing to take back in what is filled in here.");
	entry_changed(entry);
	console_say(screen->console, TONE_QUIET, "%s: taken back. F6 does it again.", entry->form.fields[entry->form.focus].label);
	return ERR_NONE;
}

enum err_kind entry_go_redo(struct screen *screen, struct err *err)
{
	struct entry *entry = entry_of(screen);

	if (!entry)
		return nothing_open(err);
	if (!form_redo(&entry->form))
		return err_set(err, ERR_REFUSED, "Nothing was taken back that could be done again.");
	entry_changed(entry);
	console_say(screen->console, TONE_QUIET, "%s: done again. F4 takes it back.", entry->form.fields[entry->form.focus].label);
	return ERR_NONE;
}

void entry_button(const struct entry *entry, struct buf *out)
{
	if (entry->action->button)
		entry->action->button(&entry->in, out);
	else
		buf_str(out, entry->action->label);
}

const char *entry_enter_does(const struct screen *screen)
{
	const struct entry *entry = entry_of(screen);
	const struct form *form = entry ? &entry->form : NULL;
	const bool is_last = form && form->focus + 1 == form->count;

	if (!form || !form->count)
		return "next";
	if (form_is_typing(form) && form->fields[form->focus].shape == FIELD_PICK)
		return "keep filter";
	if (form->fields[form->focus].shape == FIELD_AREA && !form->fields[form->focus].is_brief)
		return "new line";
	if (form->fields[form->focus].shape == FIELD_LIST)
		return "next item";
	if (!is_last)
		return "next field";
	if (entry->is_barred)
		return "next";
	if (!entry_is_consent(entry, form->focus) || entry_consent(entry) == CONSENT_GIVEN)
		return "save+next";
	return entry_consent(entry) == CONSENT_EMPTY ? "cancel" : "not yet";
}

static bool takes_consent(const struct entry *entry)
{
	return entry->form.count && entry->form.fields[entry->form.focus].options == options_tenants;
}

bool entry_takes(const struct entry *entry, const struct action *action)
{
	const bool is_open = entry && entry->action && !entry->is_barred;

	if (action->go == entry_go_editor)
		return is_open && form_has_lines(&entry->form);
	if (action->go == entry_go_consent)
		return is_open && takes_consent(entry);
	return is_open || (action->go != entry_go_undo && action->go != entry_go_redo && strcmp(action->name, "record") != 0);
}

/* What the editor left the last time is taken up again, where it could not be used. */
static enum err_kind open_leaf(struct entry *entry, const struct form_field *field, struct leaf *leaf, struct err *err)
{
	const char *text = form_text(&entry->form, field->name);
	enum err_kind failed;

	arena_init(&leaf->arena, 0);
	leaf->given = BUF_EMPTY;
	buf_str(&leaf->given, text);
	if (*text)
		buf_char(&leaf->given, '\n');
	if (entry->kept.dir[0] && strcmp(entry->kept.field, field->name) == 0) {
		leaf->dir = arena_str(&leaf->arena, entry->kept.dir);
		failed = leaf->dir ? ERR_NONE : err_memory(err);
	} else {
		failed = io_temp_dir(&leaf->arena, &leaf->dir, err);
		if (!failed)
			failed = buf_check(&leaf->given, err);
		if (!failed)
			failed = io_write(leaf->dir, FILE_NAME, buf_text(&leaf->given), leaf->given.size, 0600, err);
		if (!failed)
			failed = entry_keep_sheet(entry, field->name, leaf->dir, err);
	}
	if (!failed)
		snprintf(leaf->path, sizeof leaf->path, "%s/%s", leaf->dir, FILE_NAME);
	return failed;
}

static void close_leaf(struct entry *entry, struct leaf *leaf, bool keeps, const char *field)
{
	struct err err;

	entry->kept.dir[0] = '\0';
	if (keeps) {
		snprintf(entry->kept.dir, sizeof entry->kept.dir, "%s", leaf->dir);
		snprintf(entry->kept.field, sizeof entry->kept.field, "%s", field);
	} else if (leaf->dir) {
		io_remove_dir(leaf->dir);
		if (entry_keep_sheet(entry, field, NULL, &err) != ERR_NONE)
			snprintf(entry->problem, sizeof entry->problem, "%s", err.text);
	}
	buf_release(&leaf->given);
	arena_release(&leaf->arena);
}

/* The sentence names the line, and where in it. */
static enum err_kind check_lines(const char *label, const char *text, struct err *err)
{
	struct err found;
	int number = 1;

	for (const char *line = text; *line; number++) {
		const size_t size = strcspn(line, "\n");
		char what[120];

		snprintf(what, sizeof what, "line %d of %s", number, label);
		if (size && line[strspn(line, " ")] != '\n' && strspn(line, " ") < size && text_check(TEXT_MEMO, what, line, size, &found) != ERR_NONE)
			return err_set(err, ERR_INPUT, "%s", found.text);
		line += size + (line[size] == '\n');
	}
	return ERR_NONE;
}

/* Editors end the last line, and some end each with CR LF; tabulators are blanks here as they are in a paste. */
static enum err_kind take_text(struct entry *entry, const struct form_field *field, struct leaf *leaf, bool *is_new, struct err *err)
{
	struct buf text = BUF_EMPTY;
	struct err found;
	size_t size;
	char *bytes;
	enum err_kind failed = io_read(leaf->path, READ_MAX, &leaf->arena, &bytes, &size, err);

	*is_new = false;
	if (failed)
		return failed;
	textline_fold(&text, bytes, true);
	while (text.size && (text.bytes[text.size - 1] == '\n' || text.bytes[text.size - 1] == ' '))
		text.bytes[--text.size] = '\0';
	failed = buf_check(&text, err);
	if (!failed && !text_is_blank(buf_text(&text)) && strcmp(buf_text(&leaf->given), bytes) != 0) {
		failed = check_lines(field->label, buf_text(&text), err);
		if (!failed && text_check(TEXT_LONG, field->label, buf_text(&text), text.size, &found) != ERR_NONE)
			failed = err_set(err, ERR_INPUT, "%s", found.text);
		*is_new = !failed && strcmp(form_text(&entry->form, field->name), buf_text(&text)) != 0;
		if (*is_new && !form_set(&entry->form, field->name, buf_text(&text)))
			failed = err_set(err, ERR_INPUT, "%s holds less than these %zu bytes", field->label, text.size);
	}
	buf_release(&text);
	return failed;
}

/* Did the editor leave anything else than it was given? */
static bool has_left(struct leaf *leaf)
{
	struct err err;
	size_t size;
	char *bytes;
	const enum err_kind failed = io_read(leaf->path, READ_MAX, &leaf->arena, &bytes, &size, &err);

	return failed == ERR_INPUT || (!failed && strcmp(bytes, buf_text(&leaf->given)) != 0);
}

static enum err_kind refuse(enum err_kind failed, const struct err *why, const char *path, struct err *err)
{
	if (path)
		return err_set(err, failed, "%s: nothing was changed. What was written is in %s; F5 takes it up again.", why->text, path);
	return err_set(err, failed, "%s: nothing was changed.", why->text);
}

static enum err_kind edit(struct screen *screen, struct entry *entry, const struct form_field *field, struct err *err)
{
	struct leaf leaf = { .dir = NULL };
	struct err why;
	bool is_new = false, keeps = false;
	enum err_kind failed = open_leaf(entry, field, &leaf, err);

	if (!failed) {
		failed = editor_run(leaf.path, &why);
		if (failed)
			keeps = failed == ERR_REFUSED && has_left(&leaf);
		else {
			failed = take_text(entry, field, &leaf, &is_new, &why);
			keeps = failed != ERR_NONE;
		}
		if (failed)
			failed = refuse(failed, &why, keeps ? leaf.path : NULL, err);
	}
	close_leaf(entry, &leaf, keeps, field->name);
	if (is_new && !failed) {
		entry_changed(entry);
		console_say(screen->console, TONE_QUIET, "%s: taken from the editor. F4 takes it back.", field->label);
	} else if (!failed)
		console_say(screen->console, TONE_QUIET, "%s: nothing was changed.", field->label);
	return failed;
}

enum err_kind entry_go_editor(struct screen *screen, struct err *err)
{
	struct entry *entry = entry_of(screen);

	if (!entry)
		return nothing_open(err);
	if (!form_has_lines(&entry->form))
		return err_set(err, ERR_REFUSED, "The editor opens on a text of several lines. Go to one with Tab first.");
	if (entry->is_barred)
		return err_set(err, ERR_REFUSED, "This is only to be read here, so there is nothing to edit.");
	console_refresh(screen->console);
	return edit(screen, entry, &entry->form.fields[entry->form.focus], err);
}

enum err_kind entry_go_consent(struct screen *screen, struct err *err)
{
	struct entry *entry = entry_of(screen);
	const struct form_field *field = entry && entry->form.count ? &entry->form.fields[entry->form.focus] : NULL;
	char tenant[sizeof entry->place.release];

	if (!entry || !field || !takes_consent(entry))
		return err_set(err, ERR_REFUSED, "Consent is recorded here for a row of a list of tenants; go to it with Tab first.");
	if (!*picker_here(&entry->form.picks[entry->form.focus], tenant, sizeof tenant))
		return err_set(err, ERR_REFUSED, "No tenant is shown whose consent could be recorded; / changes the filter.");
	return dialog_open_on(screen, action_named("consent"), tenant, err);
}
