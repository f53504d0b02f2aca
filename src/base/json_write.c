#include <config.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/json.h>

static void write_code(struct buf *out, int32_t c)
{
	if (c < 0x10000) {
		buf_printf(out, "\\u%04x", (unsigned)c);
		return;
	}
	const unsigned above = (unsigned)c - 0x10000u;
	buf_printf(out, "\\u%04x\\u%04x", 0xd800u + (above >> 10), 0xdc00u + (above & 0x3ffu));
}

/* True when `c` was one of those that JSON itself wants escaped. */
static bool write_escaped(struct buf *out, int32_t c)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'
	};
	if (c >= 0 && c < (int32_t)sizeof letters && letters[c] != '\0') {
		buf_char(out, '\\');
		buf_char(out, letters[c]);
		return true;
	}
	if (c >= 0 && c < 0x20) {
		write_code(out, c);
		return true;
	}
	return false;
}

static void write_string(const struct json_writer *w, const char *text)
{
	const size_t size = strlen(text);
	buf_char(w->out, '"');
	for (size_t at = 0; at < size;) {
		int32_t c;
		const size_t used = grapheme_decode(text, size, at, &c);
		if (!write_escaped(w->out, c)) {
			if (!w->escape || grapheme_char_fault(c) == GRAPHEME_GOOD)
				buf_add(w->out, text + at, used);
			else if (c < 0)
				buf_printf(w->out, "\\\\x%02x", (unsigned)(unsigned char)text[at]);
			else
				write_code(w->out, c);
		}
		at += used;
	}
	buf_char(w->out, '"');
}

static void write_key(struct json_writer *w, const char *key)
{
	if (w->comma)
		buf_char(w->out, ',');
	w->comma = true;
	if (key) {
		write_string(w, key);
		buf_char(w->out, ':');
	}
}

void json_open(struct json_writer *w, const char *key, char bracket)
{
	write_key(w, key);
	buf_char(w->out, bracket);
	w->comma = false;
}

void json_close(struct json_writer *w, char bracket)
{
	buf_char(w->out, bracket);
	w->comma = true;
}

void json_text(struct json_writer *w, const char *key, const char *text)
{
	if (!text) {
		json_nothing(w, key);
		return;
	}
	write_key(w, key);
	write_string(w, text);
}

void json_int(struct json_writer *w, const char *key, int64_t value)
{
	write_key(w, key);
	buf_printf(w->out, "%" PRId64, value);
}

void json_bool(struct json_writer *w, const char *key, bool value)
{
	write_key(w, key);
	buf_str(w->out, value ? "true" : "false");
}

void json_nothing(struct json_writer *w, const char *key)
{
	write_key(w, key);
	buf_str(w->out, "null");
}
