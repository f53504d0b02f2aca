#include <config.h>

#include <string.h>
#include <sys/wait.h>

#include "terminal.h"

static void add_utf8(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_char(out, (char)c);
	} else if (c < 0x800) {
		buf_char(out, (char)(0xc0 | c >> 6));
		buf_char(out, (char)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		buf_char(out, (char)(0xe0 | c >> 12));
		buf_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_char(out, (char)(0x80 | (c & 0x3f)));
	} else {
		buf_char(out, (char)(0xf0 | c >> 18));
		buf_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_char(out, (char)(0x80 | (c & 0x3f)));
	}
}

static VTermScreenCell cell_at(const struct terminal *terminal, int row, int col)
{
	VTermScreenCell cell = { .width = 1 };

	vterm_screen_get_cell(terminal->screen, (VTermPos){ .row = row, .col = col }, &cell);
	return cell;
}

static void add_row(const struct terminal *terminal, int row, struct buf *out)
{
	int rows, cols;
	size_t kept = out->size;

	vterm_get_size(terminal->vt, &rows, &cols);
	for (int col = 0; col < cols; col++) {
		VTermScreenCell cell = cell_at(terminal, row, col);

		/* The second half of a wide cell. */
		if (cell.chars[0] == (uint32_t)-1)
			continue;
		if (cell.chars[0] == 0 || cell.chars[0] == ' ') {
			buf_char(out, ' ');
			continue;
		}
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			add_utf8(out, cell.chars[i]);
		kept = out->size;
	}
	if (out->size > kept) {
		out->bytes[kept] = '\0';
		out->size = kept;
	}
}

const char *terminal_row(struct terminal *terminal, int row)
{
	buf_clear(&terminal->row);
	add_row(terminal, row, &terminal->row);
	return buf_text(&terminal->row);
}

const char *terminal_text(struct terminal *terminal)
{
	int rows, cols;

	vterm_get_size(terminal->vt, &rows, &cols);
	buf_clear(&terminal->text);
	for (int row = 0; row < rows; row++) {
		if (row > 0)
			buf_char(&terminal->text, '\n');
		add_row(terminal, row, &terminal->text);
	}
	return buf_text(&terminal->text);
}

bool terminal_is_reverse(const struct terminal *terminal, int row, int col)
{
	return cell_at(terminal, row, col).attrs.reverse;
}

int terminal_reverse_row(const struct terminal *terminal)
{
	int rows, cols;

	vterm_get_size(terminal->vt, &rows, &cols);
	for (int row = 0; row < rows; row++)
		for (int col = 0; col < cols; col++)
			if (terminal_is_reverse(terminal, row, col))
				return row;
	return -1;
}

void terminal_cursor(const struct terminal *terminal, int *row, int *col, bool *is_visible)
{
	VTermPos position;

	vterm_state_get_cursorpos(vterm_obtain_state(terminal->vt), &position);
	*row = position.row;
	*col = position.col;
	*is_visible = terminal->is_cursor_visible;
}

bool terminal_is_alternate(const struct terminal *terminal)
{
	return terminal->is_alternate;
}

const char *terminal_raw(const struct terminal *terminal)
{
	return buf_text(&terminal->raw);
}

bool terminal_shows(struct terminal *terminal, const void *text)
{
	return strstr(terminal_text(terminal), text) != NULL;
}

bool terminal_lacks(struct terminal *terminal, const void *text)
{
	return !terminal_shows(terminal, text);
}

bool terminal_has_stopped(struct terminal *terminal, const void *nothing)
{
	(void)nothing;
	return terminal->is_stopped;
}

bool terminal_runs(struct terminal *terminal, const void *nothing)
{
	(void)nothing;
	return !terminal->is_stopped && !terminal->has_ended;
}

bool terminal_has_ended(struct terminal *terminal, const void *nothing)
{
	(void)nothing;
	return terminal->has_ended;
}

static void add_state(const struct terminal *terminal, struct buf *out)
{
	if (terminal->has_ended && WIFSIGNALED(terminal->status))
		buf_printf(out, "the program ended by signal %d", WTERMSIG(terminal->status));
	else if (terminal->has_ended)
		buf_printf(out, "the program ended with status %d", WEXITSTATUS(terminal->status));
	else
		buf_str(out, terminal->is_stopped ? "the program is stopped" : "the program runs");
}

const char *terminal_told(struct terminal *terminal)
{
	struct buf *out = &terminal->told;
	int rows, cols, row, col;
	bool is_visible;

	vterm_get_size(terminal->vt, &rows, &cols);
	terminal_cursor(terminal, &row, &col, &is_visible);
	buf_clear(out);
	add_state(terminal, out);
	buf_printf(out, "; %s screen of %d rows and %d columns, %s cursor at row %d, column %d:\n", terminal->is_alternate ? "alternate" : "normal",
		rows, cols, is_visible ? "visible" : "hidden", row, col);
	for (int i = 0; i < rows; i++) {
		buf_printf(out, "%3d|", i);
		add_row(terminal, i, out);
		buf_char(out, '\n');
	}
	return buf_text(out);
}
