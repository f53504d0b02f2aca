#include <config.h>

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <gonogo/base/text.h>

enum { WORD_MAX = 64 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool text_same_id(const char *a, const char *b)
{
	while (*a != '\0' && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

static bool holds(const char *text, const char *word, size_t size)
{
	for (; text && *text; text++) {
		size_t same = 0;

		while (same < size && lower(text[same]) == lower(word[same]))
			same++;
		if (same == size)
			return true;
	}
	return false;
}

bool text_has_words(const char *words, const char *const *texts, size_t count)
{
	for (size_t size; words += strspn(words, " "), *words; words += size) {
		bool is_found = false;

		size = strcspn(words, " ");
		for (size_t i = 0; i < count && !is_found; i++)
			is_found = holds(texts[i], words, size);
		if (!is_found)
			return false;
	}
	return true;
}

static size_t least(size_t a, size_t b, size_t c)
{
	const size_t ab = a < b ? a : b;
	return ab < c ? ab : c;
}

/* Levenshtein's distance, one row at a time; both words hold at most WORD_MAX bytes. */
static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
	size_t row[WORD_MAX + 1];
	for (size_t i = 0; i <= a_size; i++)
		row[i] = i;
	for (size_t j = 1; j <= b_size; j++) {
		size_t diagonal = row[0];
		row[0] = j;
		for (size_t i = 1; i <= a_size; i++) {
			const size_t above = row[i];
			const size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
			row[i] = least(above + 1, row[i - 1] + 1, diagonal + change);
			diagonal = above;
		}
	}
	return row[a_size];
}

const char *text_nearest(const char *word, const char *const *words, size_t n)
{
	const size_t size = strlen(word);
	if (size == 0 || size > WORD_MAX)
		return NULL;
	/* A swap of two letters counts as two changes, and must be near in a word of four. */
	size_t near = 1 + size / 4;
	const char *nearest = NULL;
	for (size_t i = 0; i < n; i++) {
		const size_t other = strlen(words[i]);
		if (other > WORD_MAX)
			continue;
		const size_t apart = distance(word, size, words[i], other);
		if (apart <= near && apart < size && (!nearest || apart < near)) {
			nearest = words[i];
			near = apart;
		}
	}
	return nearest;
}
