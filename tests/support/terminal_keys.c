#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "terminal.h"

static const struct named_key {
	const char *name;
	VTermKey key;
	VTermModifier with;
} named_keys[] = {
	{ "Up", VTERM_KEY_UP, VTERM_MOD_NONE },
	{ "Down", VTERM_KEY_DOWN, VTERM_MOD_NONE },
	{ "Left", VTERM_KEY_LEFT, VTERM_MOD_NONE },
	{ "Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE },
	{ "Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE },
	{ "Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE },
	{ "Tab", VTERM_KEY_TAB, VTERM_MOD_NONE },
	{ "BackTab", VTERM_KEY_TAB, VTERM_MOD_SHIFT },
	{ "Backspace", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE },
	{ "Del", VTERM_KEY_DEL, VTERM_MOD_NONE },
	{ "Home", VTERM_KEY_HOME, VTERM_MOD_NONE },
	{ "End", VTERM_KEY_END, VTERM_MOD_NONE },
	{ "PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE },
	{ "PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE },
};

static bool press_named(struct terminal *terminal, const char *name)
{
	for (size_t i = 0; i < sizeof named_keys / sizeof *named_keys; i++)
		if (strcmp(named_keys[i].name, name) == 0) {
			vterm_keyboard_key(terminal->vt, named_keys[i].key, named_keys[i].with);
			return true;
		}
	return false;
}

/* The name between "<" and ">".  libvterm knows what each key sends, and it depends on what the program has told the terminal. */
static void press(struct terminal *terminal, const char *name)
{
	int function = *name == 'F' ? atoi(name + 1) : 0;

	if (press_named(terminal, name))
		return;
	if (function >= 1 && function <= 12)
		vterm_keyboard_key(terminal->vt, (VTermKey)VTERM_KEY_FUNCTION(function), VTERM_MOD_NONE);
	else if (strncmp(name, "C-", 2) == 0 && strlen(name) == 3)
		buf_char(&terminal->typed, (char)(name[2] & 0x1f));
	else if (strcmp(name, "Space") == 0)
		buf_char(&terminal->typed, ' ');
	else if (strcmp(name, "lt") == 0)
		buf_char(&terminal->typed, '<');
	else
		cr_assert_fail("<%s> is no key that terminal_keys knows", name);
}

static bool is_typed(struct terminal *terminal, const void *nothing)
{
	(void)nothing;
	return terminal->typed.size == 0;
}

void terminal_keys(struct terminal *terminal, const char *keys)
{
	while (*keys) {
		char name[16] = "";
		size_t length = strcspn(keys + 1, ">");

		if (*keys != '<') {
			buf_char(&terminal->typed, *keys++);
			continue;
		}
		cr_assert(keys[1 + length] == '>' && length < sizeof name, "no key ends in \"%s\"; \"<\" is <lt>", keys);
		memcpy(name, keys + 1, length);
		press(terminal, name);
		keys += length + 2;
	}
	terminal_wait(terminal, is_typed, NULL, "the keys to be taken", TERMINAL_LIMIT_MS);
}
