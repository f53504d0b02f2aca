#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <criterion/criterion.h>
#include <sqlite3.h>

#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/window.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(audit, .timeout = 120, .description = "the audit trail in the console: entries, filter, what stays where it is when others record");

static const char *shown(struct scene *scene)
{
	int y, x;

	scene_draw(scene, 30, 100, &y, &x);
	return screens_text(scene->board.window);
}

static const char *selected(struct scene *scene)
{
	const struct screen *top = console_top(&scene->console);

	return top->kind->window(top)->selected;
}

Test(audit, trail_and_entry_are_as_their_pictures)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "7");
	scene_match(&scene, "audit", ">");
	scene_press(&scene, "<Enter>");
	scene_match(&scene, "audit-entry", "o");
	scene_press(&scene, "<Esc>/actor:kim export");
	scene_match(&scene, "audit-filter", "_");
	scene_press(&scene, "<Esc>/kind:nothing.such");
	scene_match(&scene, "audit-filter-wrong", "_");
	scene_close(&scene);
}

Test(audit, filter_takes_fields_and_words_and_names_what_it_does_not_know)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_press(&scene, "7/kind:memo.signed<Enter>");
	cr_assert(strstr(shown(&scene), "signed memo calendar-sync/m1") && !strstr(shown(&scene), "opened INC-1"), "%s", shown(&scene));
	scene_press(&scene, "/ DANA<Enter>");
	cr_assert(strstr(shown(&scene), "dana signed memo"), "words in any case\n%s", shown(&scene));
	scene_press(&scene, "/ nobody-says-this<Enter>");
	cr_assert(strstr(shown(&scene), "Nothing is left by the filter."), "%s", shown(&scene));
	scene_press(&scene, "/\x15" "colour:red<Enter>");
	cr_assert(strstr(shown(&scene), "This list has no field colour:. It has release:, tenant:, actor:, kind:, since:, until:."), "%s", shown(&scene));
	scene_press(&scene, "/\x15" "actor:mallory<Enter>");
	cr_assert(strstr(shown(&scene), "Nobody is enrolled as mallory."), "%s", shown(&scene));
	scene_press(&scene, "/\x15" "since:yesterday<Enter>");
	cr_assert(strstr(shown(&scene), "since:") && strstr(shown(&scene), "yesterday"), "%s", shown(&scene));
	scene_close(&scene);
}

Test(audit, what_others_record_moves_neither_cursor_nor_selection)
{
	struct scene scene;
	struct outcome outcome = { 0 };
	struct err err = { 0 };
	char before[WINDOW_KEY_MAX];

	scene_open(&scene, true);
	(void)shown(&scene);
	scene_press(&scene, "7<Down><Down>");
	snprintf(before, sizeof before, "%s", selected(&scene));
	cr_assert(use_tenant_add(&scene.session, "newcomer", "Newcomer", TENANT_PRODUCTION, TRACK_STANDARD, &outcome, &err) == ERR_NONE, "%s", err.text);
	console_refresh(&scene.console);
	scene_settle(&scene);
	cr_assert_str_eq(selected(&scene), before, "the selection is an entry, not a row");
	cr_assert(strstr(shown(&scene), "registered tenant newcomer"), "and the new one is there\n%s", shown(&scene));
	scene_close(&scene);
}

Test(audit, every_entry_is_reached_in_both_directions)
{
	struct scene scene;
	long long newest;

	scene_open(&scene, true);
	scene_press(&scene, "7");
	newest = strtoll(selected(&scene), NULL, 10);
	for (long long i = newest; i > 1; i--) {
		cr_assert(strtoll(selected(&scene), NULL, 10) == i, "down to %lld, not %s", i, selected(&scene));
		scene_press(&scene, "j");
	}
	cr_assert_str_eq(selected(&scene), "1", "the first fact is the last row");
	scene_press(&scene, "j");
	cr_assert_str_eq(selected(&scene), "1", "and there it ends");
	for (long long i = 1; i < newest; i++) {
		cr_assert(strtoll(selected(&scene), NULL, 10) == i, "up to %lld, not %s", i, selected(&scene));
		scene_press(&scene, "k");
	}
	scene_press(&scene, "G");
	cr_assert_str_eq(selected(&scene), "1", "G is the end");
	scene_press(&scene, "g");
	cr_assert(strtoll(selected(&scene), NULL, 10) == newest, "g is the beginning");
	scene_close(&scene);
}

static const char *file_of(struct scene *scene, const char *name)
{
	char *bytes = NULL;
	size_t size;
	struct err err = { 0 };

	cr_assert_eq(io_read(arena_printf(&scene->arena, "%s/%s", scene->dir, name), 1 << 20, &scene->arena, &bytes, &size, &err), ERR_NONE, "%s", err.text);
	return bytes;
}

static size_t lines_of(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == '\n';
	return count;
}

Test(audit, what_the_filter_leaves_is_exported_into_a_new_file)
{
	struct scene scene;

	scene_open(&scene, true);
	cr_assert_eq(chdir(scene.dir), 0, "files go where the console was started");
	scene_press(&scene, "7/kind:memo.signed<Enter>x");
	scene_match(&scene, "audit-export", "_t");
	scene_press(&scene, "<C-s>");
	cr_assert(strstr(shown(&scene), "entries written to audit.txt."), "%s", shown(&scene));
	cr_assert(strstr(file_of(&scene, "audit.txt"), "  dana signed memo calendar-sync/m1"), "%s", file_of(&scene, "audit.txt"));
	cr_assert(!strstr(file_of(&scene, "audit.txt"), "opened INC-1"), "and nothing else\n%s", file_of(&scene, "audit.txt"));
	scene_press(&scene, "x<C-s>");
	cr_assert(strstr(shown(&scene), "audit.txt is there already, and stays as it is: name another file."), "%s", shown(&scene));
	scene_press(&scene, "<C-u>facts.jsonl<Tab><Right><C-s>");
	cr_assert(strstr(shown(&scene), "entries written to facts.jsonl."), "%s", shown(&scene));
	cr_assert_eq(strncmp(file_of(&scene, "facts.jsonl"), "{\"seq\":", 7), 0, "%s", file_of(&scene, "facts.jsonl"));
	cr_assert_eq(lines_of(file_of(&scene, "facts.jsonl")), lines_of(file_of(&scene, "audit.txt")), "the same entries");
	scene_close(&scene);
}

/* As somebody with write access to the file does it. */
static void alter(struct scene *scene, const char *sql)
{
	sqlite3 *db = NULL;

	cr_assert_eq(sqlite3_open(scene->session.ledger_path, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

Test(audit, the_ledger_is_checked_and_what_does_not_hold_is_named)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_press(&scene, "7V");
	scene_match(&scene, "audit-verify", "I");
	scene_press(&scene, "<Esc>");
	alter(&scene, "update incident set severity = 3");
	scene_press(&scene, "V");
	cr_assert(strstr(shown(&scene), "PROJECTION-DIFFERS") && strstr(shown(&scene), "In the table incident"), "%s", shown(&scene));
	scene_close(&scene);
}

/* Gives up at the third word of it. */
static bool give_up(struct console *console)
{
	return !strstr(console->status, "release 2 of");
}

Test(audit, a_check_says_how_far_it_is_and_can_be_given_up)
{
	struct scene scene;

	scene_open(&scene, true);
	scene.console.watch = give_up;
	scene_press(&scene, "7V");
	cr_assert(strstr(shown(&scene), "The check was given up at release 2 of ") && strstr(shown(&scene), "says nothing of the ledger"), "%s", shown(&scene));
	scene_close(&scene);
}
