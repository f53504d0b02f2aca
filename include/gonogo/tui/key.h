#ifndef GONOGO_TUI_KEY_H
#define GONOGO_TUI_KEY_H
/* One key press as get_wch() gave it, and the names by which tables and help speak of keys. */
#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include <gonogo/tui/curses.h>

struct key { wint_t code; bool is_function; /* a KEY_ value, not a character */ };

/* Codes that term.h gives to the marks which a terminal sets around a paste, and to Up and Down with Alt or Control. */
enum { KEY_PASTE_BEGINS = KEY_MAX + 1, KEY_PASTE_ENDS, KEY_MOVE_UP, KEY_MOVE_DOWN };
enum { KEY_ESCAPE = 27, KEY_TAB = '\t', KEY_NAME_MAX = 12 };
#define KEY_CONTROL(c) ((c) & 0x1f)

/* Is it the key of this name: "w", "Enter", "Esc", "Tab", "S-Tab", "^S", "Up", "PgDn", "Home", "F1", "Space"?  NULL is no key. */
bool key_is(struct key key, const char *name);
/* The key of such a name; false: none is called so. */
bool key_named(const char *name, struct key *out);
/* A character that may stand in text. */
bool key_is_text(struct key key);
/* The bytes of a character. */
size_t key_bytes(struct key key, char *out /* [4] */);
/* Its name as key_is takes it; "a key" for one without.  (curses has a key_name of its own.) */
const char *key_label(struct key key, char *out /* [KEY_NAME_MAX] */);

#endif
