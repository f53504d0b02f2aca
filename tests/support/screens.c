#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <criterion/criterion.h>
#include <utf8proc.h>

#include "screens.h"

#define ATTRIBUTES_BELOW "==== attributes ====\n"

struct cell { wchar_t chars[CCHARW_MAX + 1]; attr_t attributes; };

static struct cell read_cell(WINDOW *window, int y, int x)
{
	struct cell cell = { .attributes = 0 };
	cchar_t complex;
	short pair;
	int old_y = getcury(window), old_x = getcurx(window);

	cr_assert(mvwin_wch(window, y, x, &complex) == OK && getcchar(&complex, cell.chars, &cell.attributes, &pair, NULL) == OK,
		"(%d, %d) is on the window", y, x);
	wmove(window, old_y, old_x);
	return cell;
}

void screens_row(WINDOW *window, int y, struct buf *out)
{
	for (int x = 0; x < getmaxx(window);) {
		struct cell cell = read_cell(window, y, x);
		int columns = wcwidth(cell.chars[0]);

		for (const wchar_t *c = cell.chars; *c; c++) {
			utf8proc_uint8_t bytes[4];

			buf_add(out, bytes, (size_t)utf8proc_encode_char((utf8proc_int32_t)*c, bytes));
		}
		x += columns > 0 ? columns : 1;
	}
}

static char letter_of(attr_t attributes)
{
	static const struct { attr_t attributes; char letter; } letters[] = {
		{ A_NORMAL, ' ' }, { A_REVERSE, 'r' }, { A_BOLD, 'b' }, { A_REVERSE | A_BOLD, 'B' }, { A_UNDERLINE, 'u' }, { A_DIM, 'd' },
	};

	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if ((attributes & A_ATTRIBUTES & ~(attr_t)(A_COLOR | A_ALTCHARSET)) == letters[i].attributes)
			return letters[i].letter;
	return '?';
}

static void attributes_row(WINDOW *window, int y, struct buf *out)
{
	for (int x = 0; x < getmaxx(window); x++)
		buf_char(out, letter_of(read_cell(window, y, x).attributes));
}

static const char *all_rows(WINDOW *window, void (*add_row)(WINDOW *window, int y, struct buf *out), struct buf *out)
{
	buf_clear(out);
	for (int y = 0; y < getmaxy(window); y++) {
		size_t start = out->size;

		add_row(window, y, out);
		while (out->size > start && out->bytes[out->size - 1] == ' ')
			out->bytes[--out->size] = '\0';
		buf_char(out, '\n');
	}
	return buf_text(out);
}

const char *screens_text(WINDOW *window)
{
	static struct buf text;

	return all_rows(window, screens_row, &text);
}

const char *screens_attributes(WINDOW *window)
{
	static struct buf attributes;

	return all_rows(window, attributes_row, &attributes);
}

static void add_line(struct buf *out, int row, char sign, const char *line, size_t size)
{
	buf_printf(out, "%3d %c|", row, sign);
	buf_add(out, line, size);
	buf_char(out, '\n');
}

const char *screens_difference(const char *wanted, const char *drawn)
{
	static struct buf out;

	buf_clear(&out);
	for (int row = 0; *wanted || *drawn; row++) {
		size_t old = strcspn(wanted, "\n"), new = strcspn(drawn, "\n");
		bool is_same = old == new && memcmp(wanted, drawn, old) == 0 && wanted[old] == drawn[new];

		if (!is_same && *wanted)
			add_line(&out, row, '-', wanted, old);
		if (!is_same && *drawn)
			add_line(&out, row, '+', drawn, new);
		wanted += old + (wanted[old] == '\n');
		drawn += new + (drawn[new] == '\n');
	}
	return buf_text(&out);
}

/* False when there is none. */
static bool read_golden(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	char bytes[4096];
	size_t size;

	if (!file)
		return false;
	while ((size = fread(bytes, 1, sizeof bytes, file)) > 0)
		buf_add(out, bytes, size);
	fclose(file);
	return true;
}

static void write_golden(const char *path, const struct buf *picture)
{
	FILE *file = fopen(path, "wb");

	cr_assert(file != NULL, "cannot write %s: %s", path, strerror(errno));
	cr_assert(fwrite(picture->bytes, 1, picture->size, file) == picture->size, "%s is cut short", path);
	cr_assert(fclose(file) == 0, "%s is cut short: %s", path, strerror(errno));
}

void screens_match(WINDOW *window, const char *name, enum screens_picture picture)
{
	const char *source = getenv("GONOGO_SRC"), *update = getenv("GONOGO_GOLDEN");
	struct buf drawn = BUF_EMPTY, wanted = BUF_EMPTY, path = BUF_EMPTY;
	const char *difference;
	bool is_there;

	buf_printf(&path, "%s/tests/tui/golden/%s.txt", source ? source : ".", name);
	buf_str(&drawn, screens_text(window));
	if (picture == SCREENS_TEXT_AND_ATTRIBUTES) {
		buf_str(&drawn, ATTRIBUTES_BELOW);
		buf_str(&drawn, screens_attributes(window));
	}
	is_there = read_golden(buf_text(&path), &wanted);
	difference = screens_difference(buf_text(&wanted), buf_text(&drawn));
	if (update && strcmp(update, "update") == 0) {
		if (!is_there || *difference)
			write_golden(buf_text(&path), &drawn);
	} else {
		cr_assert(is_there, "%s is not there; GONOGO_GOLDEN=update writes it:\n%s", buf_text(&path), buf_text(&drawn));
		cr_assert(!*difference, "%s differs (- as wanted, + as drawn; GONOGO_GOLDEN=update takes the drawing):\n%s", buf_text(&path), difference);
	}
	buf_release(&path);
	buf_release(&wanted);
	buf_release(&drawn);
}
