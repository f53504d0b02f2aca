#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <gonogo/app/demo.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>

#include "../support/screens.h"
#include "scene.h"

static instant stand_still(void *context)
{
	return *(const instant *)context;
}

static void say_nothing(void *context, const char *line)
{
	(void)context;
	(void)line;
}

/* One practice ledger for all scenes of this very program, beside it: it takes seconds to make, and each scene works on a copy. */
static const char *practice_of_program(struct scene *scene)
{
	struct stat program;
	const char *bin = getenv("GONOGO_BIN");

	cr_assert(bin && strrchr(bin, '/') && stat("/proc/self/exe", &program) == 0, "no program");
	return arena_printf(&scene->arena, "%.*s/tests/practice-%lld-%lld", (int)(strrchr(bin, '/') - bin), bin, (long long)program.st_mtime, (long long)program.st_ino);
}

static void build_practice(struct scene *scene, const char *practice)
{
	const char *made = arena_printf(&scene->arena, "%s.%ld", practice, (long)getpid());
	struct err err = { 0 };

	cr_assert(made && mkdir(made, 0700) == 0, "%s could not be made", made);
	cr_assert(use_demo_build(made, scene->now, say_nothing, NULL, &err) == ERR_NONE, "%s", err.text);
	cr_assert_eq(rename(made, practice), 0, "%s could not be named %s", made, practice);
}

static void copy_practice(struct scene *scene)
{
	const char *practice = practice_of_program(scene), *lock = arena_printf(&scene->arena, "%s.lock", practice);
	const char *from = arena_printf(&scene->arena, "%s/.", practice);
	const char *const words[] = { "cp", "-a", from, scene->dir, NULL };
	const struct spawn copy = { .argv = words, .deadline_s = 60, .output_cap = 1024 };
	const int fd = practice && lock ? open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
	struct spawn_result done;
	struct err err = { 0 };

	cr_assert(fd >= 0 && flock(fd, LOCK_EX) == 0, "%s cannot be locked", lock);
	if (access(practice, F_OK) != 0)
		build_practice(scene, practice);
	close(fd);
	cr_assert_eq(spawn_run(&copy, &scene->arena, &done, &err), ERR_NONE, "%s", err.text);
	cr_assert_eq(done.status, 0, "%s", done.diagnostics);
}

void scene_open(struct scene *scene, bool with_releases)
{
	struct err err = { 0 };
	struct session_options options = { .as = "ann", .clock = { stand_still, &scene->now, NULL } };

	*scene = (struct scene){ 0 };
	options.clock.context = &scene->now;
	arena_init(&scene->arena, 0);
	cr_assert(when_read("2026-03-02T09:30:00Z", &scene->now) && io_temp_dir(&scene->arena, &scene->dir, &err) == ERR_NONE, "%s", err.text);
	options.ledger = arena_printf(&scene->arena, "%s/practice.db", scene->dir);
	options.state_dir = arena_printf(&scene->arena, "%s/state", scene->dir);
	options.identity = arena_printf(&scene->arena, "%s/keys/ann", scene->dir);
	cr_assert(options.ledger && options.state_dir && options.identity, "out of memory");
	if (with_releases)
		copy_practice(scene);
	cr_assert(session_open(&scene->session, &options, &err) == ERR_NONE, "%s", err.text);
	cr_assert(console_open(&scene->console, &scene->session, &err) == ERR_NONE, "%s", err.text);
	board_open(&scene->board, UTF8_LOCALE, BOARD_TERM, 30, 100);
}

void scene_close(struct scene *scene)
{
	board_close(&scene->board);
	console_close(&scene->console);
	session_close(&scene->session);
	io_remove_dir(scene->dir);
	arena_release(&scene->arena);
}

void scene_settle(struct scene *scene)
{
	console_prepare(&scene->console);
	while (console_idle(&scene->console))
		console_prepare(&scene->console);
}

/* Keys one by one, as the loop hands them on: text, or the name of a key in <...>. */
void scene_press(struct scene *scene, const char *keys)
{
	static const struct { const char *name; wint_t code; bool is_function; } names[] = {
		{ "Down", KEY_DOWN, true }, { "Up", KEY_UP, true }, { "PgDn", KEY_NPAGE, true }, { "Right", KEY_RIGHT, true },
		{ "Left", KEY_LEFT, true }, { "C-s", 's' & 0x1f, false }, { "C-u", 'u' & 0x1f, false },
		{ "Enter", '\r', false }, { "Esc", KEY_ESCAPE, false }, { "Tab", KEY_TAB, false },
		{ "C-n", KEY_CONTROL('n'), false }, { "C-p", KEY_CONTROL('p'), false }, { "C-u", KEY_CONTROL('u'), false },
	};

	while (*keys) {
		struct key key = { .code = (unsigned char)*keys };
		const char *end = *keys == '<' ? strchr(keys, '>') : NULL;

		for (size_t i = 0; end && i < sizeof names / sizeof *names; i++)
			if (strncmp(keys + 1, names[i].name, (size_t)(end - keys - 1)) == 0 && names[i].name[end - keys - 1] == '\0')
				key = (struct key){ names[i].code, names[i].is_function };
		console_key(&scene->console, key);
		console_prepare(&scene->console);
		keys = end ? end + 1 : keys + 1;
	}
	scene_settle(scene);
}

static bool is_digest_digit(wchar_t c)
{
	return (c >= L'0' && c <= L'9') || (c >= L'a' && c <= L'f');
}

/* Digests differ from ledger to ledger: pictures show only that one stands there. */
static void mask_digests(WINDOW *window)
{
	enum { DIGEST_LEAST = 12 };
	const int height = getmaxy(window), width = getmaxx(window);

	for (int y = 0; y < height; y++)
		for (int x = 0, run = 0; x <= width; x++) {
			cchar_t cell = { 0 };

			if (x < width)
				mvwin_wch(window, y, x, &cell);
			if (x < width && is_digest_digit(cell.chars[0])) {
				run++;
				continue;
			}
			for (int i = 1; run >= DIGEST_LEAST && i <= run; i++)
				mvwaddch(window, y, x - i, '#');
			run = 0;
		}
}

static bool is_at(WINDOW *window, int y, int x, const char *label)
{
	cchar_t cell = { 0 };

	for (; *label; label++, x++)
		if (mvwin_wch(window, y, x, &cell) != OK || cell.chars[0] != (wchar_t)*label)
			return false;
	return true;
}

/* At most `most` columns after the label, up to the dots of what is cut short, on the rows below too. */
static void mask_after(WINDOW *window, const char *label, int most, char mark)
{
	const int height = getmaxy(window), width = getmaxx(window), size = (int)strlen(label);

	for (int y = 0; y < height; y++)
		for (int x = 0; x + size <= width; x++)
			for (int i = 0; is_at(window, y, x, label) && i < most; i++) {
				const int at = x + size + i;

				if (is_at(window, y + at / width, at % width, ".."))
					break;
				if (y + at / width < height)
					mvwaddch(window, y + at / width, at % width, (chtype)(unsigned char)mark);
			}
}

/* Draws at a size; where the cursor stands is part of what is returned. */
void scene_draw(struct scene *scene, int rows, int columns, int *y, int *x)
{
	console_resize(&scene->console, rows, columns);
	scene_settle(scene);
	wresize(scene->board.window, rows, columns);
	board_strew(&scene->board);
	console_draw(&scene->console, scene->board.window);
	getyx(scene->board.window, *y, *x);
}

enum { FINGERPRINT_DIGITS = 43, RECORDED = 14 /* columns of "Recorded from " */ };
static const int sizes[][2] = { { 30, 100 }, { 24, 80 }, { 20, 60 }, { 12, 40 } };

/* The screen in each size against its picture; the cursor must stand on a character of `on`. */
void scene_match(struct scene *scene, const char *name, const char *on)
{
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char picture[96];
		int y, x;
		wchar_t under;

		scene_draw(scene, sizes[i][0], sizes[i][1], &y, &x);
		under = board_char(&scene->board, y, x);
		cr_assert(under < 128 && strchr(on, (int)under), "%s at %dx%d: the cursor stands on '%lc' at row %d, column %d\n%s", name, sizes[i][1],
			  sizes[i][0], (wint_t)under, y, x, screens_text(scene->board.window));
		mask_digests(scene->board.window);
		mask_after(scene->board.window, "SHA256:", FINGERPRINT_DIGITS, '#');
		mask_after(scene->board.window, "Recorded from ", sizes[i][1] - RECORDED, ' ');
		snprintf(picture, sizeof picture, "%s-%dx%d", name, sizes[i][1], sizes[i][0]);
		screens_match(scene->board.window, picture, SCREENS_TEXT);
	}
}
