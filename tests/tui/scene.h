#ifndef GONOGO_TESTS_SCENE_H
#define GONOGO_TESTS_SCENE_H
/* The console drawn in process: the practice ledger on a clock that stands, and its System Owner at the keyboard. */
#include <gonogo/tui/screen.h>

#include "board.h"

struct scene {
	struct arena arena;
	char *dir;
	struct session session;
	struct console console;
	struct board board;
	instant now;
};

void scene_open(struct scene *scene, bool with_releases);
void scene_close(struct scene *scene);
/* Everything that is done while no key waits. */
void scene_settle(struct scene *scene);
/* Keys one by one, as the loop hands them on: text, or the name of a key in <...>. */
void scene_press(struct scene *scene, const char *keys);
/* Draws at a size; *y, *x: where the cursor stands. */
void scene_draw(struct scene *scene, int rows, int columns, int *y, int *x);
/* The screen in each size against its picture; the cursor must stand on a character of `on`.  Digests, fingerprints and the machine's name differ from
 * ledger to ledger: pictures show only that they stand there. */
void scene_match(struct scene *scene, const char *name, const char *on);

#endif
