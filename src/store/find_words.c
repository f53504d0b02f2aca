#include <config.h>

#include <stdbool.h>
#include <string.h>

#include "find_words.h"

static bool has_letter(const char *word, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		const unsigned char c = (unsigned char)word[i];
		if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			return true;
	}
	return false;
}

void find_words(struct buf *out, const char *text)
{
	for (size_t size; text += strspn(text, " \n"), *text; text += size) {
		size = strcspn(text, " \n");
		if (!has_letter(text, size))
			continue;
		buf_str(out, out->size ? " \"" : "\"");
		for (size_t i = 0; i < size; i++) {
			buf_char(out, text[i]);
			if (text[i] == '"')
				buf_char(out, '"');
		}
		buf_str(out, "\"*");
	}
}
