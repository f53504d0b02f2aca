#include <config.h>

#include <stdint.h>
#include <string.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/worddiff.h>

/* The table of the longest common subsequence has a cell for each pair of pieces. */
enum { CELLS_MAX = 4 * 1024 * 1024 };

/* A line or a word with what stands before it; a line end is a word of its own. */
struct piece {
	const char *text;
	size_t lead, size;
	bool is_kept; /* stands in both versions */
};
struct pieces {
	struct piece *items;
	size_t count;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static struct piece line_at(const char *text)
{
	const size_t size = strcspn(text, "\n");

	return (struct piece){ .text = text, .size = size + (text[size] == '\n') };
}

static struct piece word_at(const char *text, const char *end)
{
	struct piece word = { .text = text };

	while (text + word.lead < end && is_space(text[word.lead]))
		word.lead++;
	text += word.lead;
	while (text + word.size < end && !is_space(text[word.size]) && text[word.size] != '\n')
		word.size++;
	if (!word.size && text < end && *text == '\n')
		word.size = 1;
	return word;
}

/* Cuts the bytes into lines or words; none when there is no memory. */
static struct pieces cut(const char *text, size_t size, bool into_lines, struct arena *arena)
{
	struct pieces pieces = { 0 };
	size_t room = 0;

	for (const char *at = text, *end = text + size; at < end;) {
		const struct piece piece = into_lines ? line_at(at) : word_at(at, end);
		struct piece *items = arena_room(arena, pieces.items, pieces.count, &room, sizeof *items);

		if (!items)
			return (struct pieces){ 0 };
		pieces.items = items;
		items[pieces.count++] = piece;
		at += piece.lead + piece.size;
	}
	return pieces;
}

static bool is_same(const struct piece *a, const struct piece *b)
{
	return a->size == b->size && memcmp(a->text + a->lead, b->text + b->lead, a->size) == 0;
}

/* Marks what both have in common as kept: the longest common subsequence between their common beginning and their common end. */
static void match(struct pieces *a, struct pieces *b, struct arena *arena)
{
	size_t first = 0, last = 0, rows, columns;
	uint32_t *cells;

	while (first < a->count && first < b->count && is_same(&a->items[first], &b->items[first])) {
		a->items[first].is_kept = b->items[first].is_kept = true;
		first++;
	}
	while (last < a->count - first && last < b->count - first && is_same(&a->items[a->count - 1 - last], &b->items[b->count - 1 - last])) {
		a->items[a->count - 1 - last].is_kept = b->items[b->count - 1 - last].is_kept = true;
		last++;
	}
	rows = a->count - first - last;
	columns = b->count - first - last;
	if (!rows || !columns || rows >= CELLS_MAX / (columns + 1))
		return;
	cells = arena_array(arena, (rows + 1) * (columns + 1), sizeof *cells);
	if (!cells)
		return;
#define CELL(row, column) cells[(row) * (columns + 1) + (column)]
	for (size_t row = rows; row-- > 0;)
		for (size_t column = columns; column-- > 0;) {
			const uint32_t down = CELL(row + 1, column), right = CELL(row, column + 1);

			CELL(row, column) = is_same(&a->items[first + row], &b->items[first + column]) ? CELL(row + 1, column + 1) + 1 : down > right ? down : right;
		}
	for (size_t row = 0, column = 0; row < rows && column < columns;) {
		if (is_same(&a->items[first + row], &b->items[first + column]))
			a->items[first + row++].is_kept = b->items[first + column++].is_kept = true;
		else if (CELL(row + 1, column) >= CELL(row, column + 1))
			row++;
		else
			column++;
	}
#undef CELL
}

static bool is_line_end(const struct piece *word)
{
	return word->size == 1 && word->text[word->lead] == '\n';
}

/* Consecutive words of one version between marks, each line for itself.  `spaced`: the spaces before the first were written already. */
static void mark(struct buf *out, const struct piece *words, size_t count, const char *open, const char *close, bool spaced)
{
	bool is_open = false;

	for (size_t i = 0; i < count; i++) {
		const struct piece *word = &words[i];
		const bool is_end = is_line_end(word);

		if (is_end && is_open)
			buf_str(out, close);
		if (i || !spaced)
			buf_add(out, word->text, word->lead);
		if (!is_end && !is_open)
			buf_str(out, open);
		is_open = !is_end;
		buf_add(out, word->text + word->lead, word->size);
	}
	if (is_open)
		buf_str(out, close);
}

static size_t run_of(const struct pieces *pieces, size_t from)
{
	size_t count = 0;

	while (from + count < pieces->count && !pieces->items[from + count].is_kept)
		count++;
	return count;
}

/* What went and what came, word by word; both begin and end where lines do. */
static void write_words(const char *before, size_t before_size, const char *after, size_t after_size, struct buf *out)
{
	struct arena arena;
	struct pieces old, new;
	size_t i = 0, j = 0;

	arena_init(&arena, 0);
	old = cut(before, before_size, false, &arena);
	new = cut(after, after_size, false, &arena);
	match(&old, &new, &arena);
	out->failed |= (before_size && !old.count) || (after_size && !new.count);
	while (i < old.count || j < new.count) {
		const size_t gone = run_of(&old, i), come = run_of(&new, j);

		mark(out, old.items + i, gone, "[-", "-]", false);
		mark(out, new.items + j, come, "{+", "+}", gone && !is_line_end(&old.items[i + gone - 1]));
		i += gone;
		j += come;
		if (j < new.count) {
			const struct piece *kept = &new.items[j++], *was = &old.items[i++];

			/* Behind a first word that went the space that stood there stays. */
			if (gone && !come && !kept->lead)
				buf_add(out, was->text, was->lead);
			buf_add(out, kept->text, kept->lead + kept->size);
		}
	}
	arena_release(&arena);
}

static size_t size_of(const struct pieces *pieces, size_t from, size_t count)
{
	size_t size = 0;

	for (size_t i = from; i < from + count; i++)
		size += pieces->items[i].size;
	return size;
}

void worddiff(const char *before, const char *after, struct buf *out)
{
	struct arena arena;
	struct pieces old, new;
	size_t i = 0, j = 0;

	arena_init(&arena, 0);
	old = cut(before ? before : "", before ? strlen(before) : 0, true, &arena);
	new = cut(after ? after : "", after ? strlen(after) : 0, true, &arena);
	match(&old, &new, &arena);
	out->failed |= (before && *before && !old.count) || (after && *after && !new.count);
	while (i < old.count || j < new.count) {
		const size_t gone = run_of(&old, i), come = run_of(&new, j);

		if (gone || come)
			write_words(gone ? old.items[i].text : "", size_of(&old, i, gone), come ? new.items[j].text : "", size_of(&new, j, come), out);
		i += gone;
		j += come;
		if (j < new.count) {
			buf_add(out, new.items[j].text, new.items[j].size);
			i++;
			j++;
		}
	}
	arena_release(&arena);
}
