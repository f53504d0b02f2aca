#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <gonogo/config/places.h>

TestSuite(places, .timeout = 60, .description = "where the ledger and the user's own folder are");

/* A folder with gonogo/gonogo.conf in it, which says `text`; XDG_CONFIG_HOME points there. */
struct home { char dir[64], config[128], state[128]; struct arena arena; };

static void home_make(struct home *home, const char *text)
{
	FILE *file;
	char folder[128];

	snprintf(home->dir, sizeof home->dir, "/tmp/gonogo-places.XXXXXX");
	cr_assert(mkdtemp(home->dir), "no folder");
	snprintf(folder, sizeof folder, "%s/gonogo", home->dir);
	snprintf(home->config, sizeof home->config, "%s/gonogo/gonogo.conf", home->dir);
	cr_assert_eq(mkdir(folder, 0700), 0, "no folder %s", folder);
	if (text) {
		file = fopen(home->config, "wb");
		cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0, "cannot write %s", home->config);
	}
	setenv("XDG_CONFIG_HOME", home->dir, 1);
	setenv("XDG_DATA_HOME", "/data", 1);
	setenv("XDG_STATE_HOME", "/state", 1);
	unsetenv("GONOGO_LEDGER");
	arena_init(&home->arena, 0);
}

static void home_remove(struct home *home)
{
	char folder[128];

	snprintf(folder, sizeof folder, "%s/gonogo", home->dir);
	unlink(home->config);
	cr_assert(rmdir(folder) == 0 && rmdir(home->dir) == 0, "something was left in %s", home->dir);
	arena_release(&home->arena);
}

static void expect_places(struct home *home, const char *config, const char *given, const char *ledger, const char *state)
{
	const char *found = given, *folder = NULL;
	struct err err = { 0 };

	cr_assert_eq(places_find(config, &home->arena, &found, &folder, &err), ERR_NONE, "%s", err.text);
	cr_assert_str_eq(found, ledger, "another ledger");
	cr_assert_str_eq(folder, state, "another folder");
}

/* --ledger, GONOGO_LEDGER, the configuration, $XDG_DATA_HOME: each where those before it say nothing. */
Test(places, are_asked_in_their_order)
{
	struct home home;

	home_make(&home, "ledger = \"/srv/gonogo.db\";\nstate = \"/srv/state\";\n");
	setenv("GONOGO_LEDGER", "/env/gonogo.db", 1);
	expect_places(&home, NULL, "given.db", "given.db", "/srv/state");
	expect_places(&home, NULL, NULL, "/env/gonogo.db", "/srv/state");
	setenv("GONOGO_LEDGER", "", 1);
	expect_places(&home, NULL, NULL, "/srv/gonogo.db", "/srv/state");
	unlink(home.config);
	expect_places(&home, NULL, NULL, "/data/gonogo/gonogo.db", "/state/gonogo");
	home_remove(&home);
}

/* The specification of those variables has relative values ignored; the home folder is the account's and not $HOME. */
Test(places, ignore_relative_folders_and_the_home_of_the_environment)
{
	struct home home;
	const char *ledger = NULL, *state = NULL;
	struct err err = { 0 };

	home_make(&home, NULL);
	setenv("XDG_DATA_HOME", "data", 1);
	setenv("XDG_STATE_HOME", "", 1);
	setenv("HOME", "/nobody/here", 1);
	cr_assert_eq(places_find(NULL, &home.arena, &ledger, &state, &err), ERR_NONE, "%s", err.text);
	cr_assert(ledger[0] == '/' && strstr(ledger, "/.local/share/gonogo/gonogo.db") && !strstr(ledger, "/nobody"), "%s", ledger);
	cr_assert(state[0] == '/' && strstr(state, "/.local/state/gonogo") && !strstr(state, "/nobody"), "%s", state);
	home_remove(&home);
}

static void expect_failure(struct home *home, const char *config, enum err_kind kind, const char *says)
{
	const char *ledger = "given.db", *state = NULL;
	struct err err = { 0 };

	cr_assert_eq(places_find(config, &home->arena, &ledger, &state, &err), kind, "%s", err.text);
	cr_assert(strstr(err.text, says), "%s", err.text);
}

/* A configuration that is named must be there, and what cannot be read is said even where the ledger is given. */
Test(places, tell_what_is_wrong_with_a_configuration)
{
	struct home home;
	FILE *file;

	home_make(&home, "colour = 5;\n");
	expect_failure(&home, NULL, ERR_INPUT, "gonogo.conf:1: there is no setting \"colour\"");
	expect_failure(&home, "/nowhere/gonogo.conf", ERR_SYSTEM, "/nowhere/gonogo.conf");
	expect_failure(&home, home.dir, ERR_SYSTEM, home.dir);
	expect_failure(&home, "/dev/zero", ERR_SYSTEM, "/dev/zero");
	file = fopen(home.config, "wb");
	for (size_t i = 0; i < 5000; i++)
		fputs("# a very long configuration\n", file);
	cr_assert_eq(fclose(file), 0, "cannot write %s", home.config);
	expect_failure(&home, NULL, ERR_INPUT, home.config);
	unlink(home.config);
	cr_assert_eq(mkfifo(home.config, 0600), 0, "no pipe");
	expect_failure(&home, NULL, ERR_SYSTEM, home.config);
	home_remove(&home);
}
