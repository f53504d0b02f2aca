#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/io.h>
#include <gonogo/sign/base64.h>
#include <gonogo/store/state.h>
#include <gonogo/tui/clip.h>
#include <gonogo/tui/term.h>
#include <gonogo/tui/window.h>

/* What terminals take at most, in base64: more would be cut, or dropped without a word. */
enum { SENT_MOST = 74994, PATH_BYTES = 4096, NAME_BYTES = 96 };
static const char file_name[] = "clipboard";

static bool send(const char *bytes, size_t size)
{
	static const char begin[] = "\033]52;c;", end[] = "\a";
	struct buf sequence = BUF_EMPTY;
	bool is_sent = false;
	char *text;

	if (size > SENT_MOST || !term_has_clipboard())
		return false;
	text = malloc(BASE64_SIZE(size) + 1);
	if (text) {
		base64_encode(bytes, size, text);
		buf_printf(&sequence, "%s%s%s", begin, text, end);
		is_sent = !sequence.failed && term_send(buf_text(&sequence), sequence.size);
	}
	free(text);
	buf_release(&sequence);
	return is_sent;
}

/* Beside what else is the user's own; "" where nothing of his is kept. */
static void folder_of(const struct session *session, char *out)
{
	const char *path = session->state ? store_state_path(session->state) : NULL, *slash = path ? strrchr(path, '/') : NULL;

	snprintf(out, PATH_BYTES, "%.*s", slash ? (int)(slash - path) : 0, slash ? path : "");
}

static enum err_kind copy(struct console *console, const char *what, const struct buf *text, struct err *err)
{
	const bool is_sent = send(buf_text(text), text->size);
	char folder[PATH_BYTES];
	enum err_kind failed;

	folder_of(console->session, folder);
	if (!*folder && !is_sent)
		return err_set(err, ERR_REFUSED, "%s could not be copied: this terminal takes nothing, and there is no state folder for a file.", what);
	if (!*folder) {
		console_say(console, TONE_GOOD, "%s: sent to the terminal.", what);
		return ERR_NONE;
	}
	failed = io_write(folder, file_name, buf_text(text), text->size, 0600, err);
	if (!failed)
		console_say(console, TONE_GOOD, "%s: %swritten to %s/%s.", what, is_sent ? "sent to the terminal, and " : "", folder, file_name);
	return failed;
}

static const char *id_of(const struct screen *screen)
{
	const struct window *window = screen->kind->window ? screen->kind->window(screen) : NULL;

	if (window && window->rows.count)
		return window->selected;
	return !window && screen->kind->release ? screen->kind->release(screen) : NULL;
}

enum err_kind clip_go_id(struct screen *screen, struct err *err)
{
	const char *id = id_of(screen);
	struct buf text = BUF_EMPTY;
	char what[NAME_BYTES];
	enum err_kind failed;

	if (!id)
		return err_set(err, ERR_REFUSED, "Nothing is selected whose id could be copied.");
	snprintf(what, sizeof what, "%s", id);
	buf_str(&text, id);
	failed = buf_check(&text, err);
	if (!failed)
		failed = copy(screen->console, what, &text, err);
	buf_release(&text);
	return failed;
}

enum err_kind clip_go_text(struct screen *screen, struct err *err)
{
	struct buf text = BUF_EMPTY;
	size_t lines = 0;
	char what[NAME_BYTES];
	enum err_kind failed = screen->kind->copy ? screen->kind->copy(screen, &text, err) : ERR_NONE;

	for (const char *c = buf_text(&text); !failed && *c; c++)
		lines += *c == '\n';
	if (!failed)
		failed = buf_check(&text, err);
	if (!failed && !text.size)
		failed = err_set(err, ERR_REFUSED, "There is no text here that could be copied.");
	snprintf(what, sizeof what, "%zu line%s", lines ? lines : 1, lines > 1 ? "s" : "");
	if (!failed)
		failed = copy(screen->console, what, &text, err);
	buf_release(&text);
	return failed;
}
