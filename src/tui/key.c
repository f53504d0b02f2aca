#include <config.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/tui/key.h>

struct key_row {
	wint_t code;
	bool is_function;
	const char *name;
};

/* Terminals send several codes for what is one key to the one who presses it. */
static const struct key_row keys[] = {
	{ '\r', false, "Enter" }, { '\n', false, "Enter" }, { KEY_ENTER, true, "Enter" },
	{ KEY_ESCAPE, false, "Esc" },
	{ KEY_TAB, false, "Tab" }, { KEY_BTAB, true, "S-Tab" },
	{ ' ', false, "Space" },
	{ 0x08, false, "Backspace" }, { 0x7f, false, "Backspace" }, { KEY_BACKSPACE, true, "Backspace" },
	{ KEY_DC, true, "Del" }, { KEY_IC, true, "Ins" },
	{ KEY_UP, true, "Up" }, { KEY_DOWN, true, "Down" }, { KEY_LEFT, true, "Left" }, { KEY_RIGHT, true, "Right" },
	{ KEY_MOVE_UP, true, "Alt-Up" }, { KEY_MOVE_DOWN, true, "Alt-Down" },
	{ KEY_HOME, true, "Home" }, { KEY_END, true, "End" }, { KEY_PPAGE, true, "PgUp" }, { KEY_NPAGE, true, "PgDn" },
};

enum { FUNCTION_KEYS = 63 /* as many as curses has codes for */ };

static bool is_scalar(wint_t code)
{
	return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

bool key_is_text(struct key key)
{
	if (key.is_function || !is_scalar(key.code))
		return false;
	/* One byte at a time cannot be told from a part of a UTF-8 character, which would be kept as two wrong ones. */
	if (key.code >= 0x80 && MB_CUR_MAX == 1)
		return false;
	return grapheme_char_fault((int32_t)key.code) != GRAPHEME_CONTROL;
}

size_t key_bytes(struct key key, char *out)
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)key.code, (utf8proc_uint8_t *)out);
}

static bool name_key(struct key key, char *out)
{
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (keys[i].code != key.code || keys[i].is_function != key.is_function)
			continue;
		snprintf(out, KEY_NAME_MAX, "%s", keys[i].name);
		return true;
	}
	if (key.is_function && key.code >= KEY_F(1) && key.code <= KEY_F(FUNCTION_KEYS)) {
		snprintf(out, KEY_NAME_MAX, "F%u", (unsigned)(key.code - KEY_F(0)));
		return true;
	}
	if (!key.is_function && key.code < ' ') {
		snprintf(out, KEY_NAME_MAX, "^%c", (int)key.code + '@');
		return true;
	}
	if (!key_is_text(key))
		return false;
	out[key_bytes(key, out)] = '\0';
	return true;
}

bool key_is(struct key key, const char *name)
{
	char own[KEY_NAME_MAX];
	return name && name_key(key, own) && strcmp(own, name) == 0;
}

bool key_named(const char *name, struct key *out)
{
	const size_t size = strlen(name);
	int number;

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(keys[i].name, name) == 0) {
			*out = (struct key){ keys[i].code, keys[i].is_function };
			return true;
		}
	if (size == 1)
		*out = (struct key){ .code = (unsigned char)*name };
	else if (size == 2 && *name == '^')
		*out = (struct key){ .code = KEY_CONTROL((wint_t)name[1]) };
	else if (sscanf(name, "F%2d", &number) == 1 && number >= 1 && number <= FUNCTION_KEYS)
		*out = (struct key){ KEY_F((wint_t)number), true };
	else
		return false;
	return true;
}

const char *key_label(struct key key, char *out)
{
	if (!name_key(key, out))
		snprintf(out, KEY_NAME_MAX, "a key");
	return out;
}
