#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/doc/difference.h>

struct piece {
	const char *text;
	size_t size; /* without the line end */
};
struct walk {
	const char *at, *end;
	int number; /* of the line that walk_peek gives */
};
struct report {
	const char *file;
	struct buf *out;
	int said;
};

static bool walk_peek(const struct walk *walk, struct piece *out)
{
	if (walk->at >= walk->end)
		return false;
	const char *line_end = memchr(walk->at, '\n', (size_t)(walk->end - walk->at));
	*out = (struct piece){ walk->at, (size_t)((line_end ? line_end : walk->end) - walk->at) };
	return true;
}

static void walk_pass(struct walk *walk)
{
	struct piece piece;
	if (!walk_peek(walk, &piece))
		return;
	walk->at += piece.size + (piece.text + piece.size < walk->end);
	walk->number++;
}

static struct piece without_spaces(struct piece piece)
{
	while (piece.size > 0 && piece.text[piece.size - 1] == ' ')
		piece.size--;
	return piece;
}

static bool is_same(struct piece a, struct piece b)
{
	return a.size == b.size && memcmp(a.text, b.text, a.size) == 0;
}

/* Opens a sentence about line `number`; false when enough has been said. */
static bool report_line(struct report *report, int number)
{
	if (report->said++ >= DIFFERENCE_LINES_MAX)
		return false;
	text_show(report->out, report->file, strlen(report->file), false);
	buf_printf(report->out, ":%d: ", number);
	return true;
}

static void report_words(struct report *report, int number, const char *words)
{
	if (report_line(report, number))
		buf_printf(report->out, "%s.\n", words);
}

static void report_change(struct report *report, int number, struct piece read, struct piece printed)
{
	if (is_same(without_spaces(read), printed)) {
		report_words(report, number, "the spaces at the end of the line are left out");
		return;
	}
	if (!report_line(report, number))
		return;
	buf_str(report->out, "read \"");
	text_show(report->out, read.text, read.size, false);
	buf_str(report->out, "\", printed \"");
	text_show(report->out, printed.text, printed.size, false);
	buf_str(report->out, "\".\n");
}

/* Only empty lines come and go between a text and what is printed from it; all others stand in pairs. */
static void compare(struct report *report, struct walk text, struct walk printed)
{
	struct piece a, b;
	for (;;) {
		const bool has_a = walk_peek(&text, &a), has_b = walk_peek(&printed, &b);
		if (!has_a && !has_b)
			return;
		if (has_a && has_b && (is_same(a, b) || (without_spaces(a).size > 0) == (b.size > 0))) {
			if (!is_same(a, b))
				report_change(report, text.number, a, b);
			walk_pass(&text);
			walk_pass(&printed);
		} else if (has_a && (!has_b || without_spaces(a).size == 0)) {
			report_words(report, text.number, "an empty line is left out");
			walk_pass(&text);
		} else {
			report_words(report, text.number, "an empty line is put before this one");
			walk_pass(&printed);
		}
	}
}

bool doc_difference(const char *file, const char *text, size_t size, const char *printed, struct buf *out)
{
	const size_t printed_size = strlen(printed);
	if (size == printed_size && memcmp(text, printed, size) == 0)
		return false;
	struct report report = { .file = file, .out = out };
	const struct walk read = { text, text + size, 1 };
	compare(&report, read, (struct walk){ printed, printed + printed_size, 1 });
	if (size > 0 && text[size - 1] != '\n') {
		struct walk last = read;
		while (last.at < last.end)
			walk_pass(&last);
		report_words(&report, last.number - 1, "a line end is put at the end of the document");
	}
	if (report.said > DIFFERENCE_LINES_MAX)
		buf_printf(out, "And %d more.\n", report.said - DIFFERENCE_LINES_MAX);
	return true;
}
