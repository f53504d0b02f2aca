#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/config/settings.h>

/* Of one test, since the settings read live in it. */
static struct arena arena;

static void begin(void)
{
	arena_init(&arena, 0);
}

static void end(void)
{
	arena_release(&arena);
}

TestSuite(settings, .timeout = 60, .init = begin, .fini = end, .description = "what gonogo.conf may say, and how it is told what it may not");

static enum err_kind read_text(const char *text, struct settings *out, struct err *err)
{
	*err = (struct err){ 0 };
	return settings_read("gonogo.conf", text, &arena, out, err);
}

Test(settings, takes_every_row_of_its_table)
{
	struct settings settings;
	struct err err;

	cr_assert_eq(settings_count, 2, "a setting without a test: %zu", settings_count);
	cr_assert_eq(read_text("# mine\nledger = \"/srv/gonogo.db\";\nstate = \"/srv/state\"\n", &settings, &err), ERR_NONE, "%s", err.text);
	cr_assert_str_eq(settings.ledger, "/srv/gonogo.db", "another ledger");
	cr_assert_str_eq(settings.state, "/srv/state", "another folder");
}

Test(settings, nothing_said_is_nothing_set)
{
	static const char *const texts[] = { "", "\n\n", "// nothing\n", "/* nothing */" };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct settings settings = { "x", "y" };
		struct err err;

		cr_assert_eq(read_text(texts[i], &settings, &err), ERR_NONE, "%s", err.text);
		cr_assert(!settings.ledger && !settings.state, "\"%s\" sets something", texts[i]);
	}
}

/* FILE:LINE: what, and what was expected. */
Test(settings, complains_with_file_and_line)
{
	static const struct { const char *text, *says; } wrong[] = {
		{ "ledger = \"/a\"\nledgr = \"/b\"\n", "gonogo.conf:2: there is no setting \"ledgr\". Did you mean ledger?" },
		{ "\n\ncolour = \"red\";\n", "gonogo.conf:3: there is no setting \"colour\"." },
		{ "ledger = 5;\n", "gonogo.conf:1: ledger is no absolute path, expected" },
		{ "\nledger = true;\n", "gonogo.conf:2: ledger is no absolute path, expected" },
		{ "ledger = [\"/a\"];\n", "gonogo.conf:1: ledger is no absolute path, expected" },
		{ "ledger = { path = \"/a\"; };\n", "gonogo.conf:1: ledger is no absolute path, expected" },
		{ "ledger = \"gonogo.db\";\n", "gonogo.conf:1: ledger is no absolute path, expected" },
		{ "state = \"\";\n", "gonogo.conf:1: state is no absolute path, expected" },
		{ "ledger = \"/a\";\nledger = \"/b\";\n", "gonogo.conf:2: " },
		{ "ledger = \"/a\n", "gonogo.conf:" },
		{ "ledger \"/a\";\n", "gonogo.conf:1: " },
		{ "# one\n@include \"/etc/passwd\"\n", "gonogo.conf:2: @include is not used here" },
		{ "\t @include \"/dev/zero\"\n", "gonogo.conf:1: @include is not used here" },
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct settings settings;
		struct err err;

		cr_assert_eq(read_text(wrong[i].text, &settings, &err), ERR_INPUT, "taken: %s", wrong[i].text);
		cr_assert_eq(err.kind, ERR_INPUT, "another kind for %s", wrong[i].text);
		cr_assert_eq(strncmp(err.text, wrong[i].says, strlen(wrong[i].says)), 0, "%s\n%s", wrong[i].text, err.text);
	}
}

/* Whatever the file holds, it is read or refused: never opened further, never a crash. */
Test(settings, survives_hostile_texts)
{
	static const char *const pieces[] = { "(", "{", "[", "\"", "a=", "\\x", "@include \"", ";;;;", "/*", "0x", "1e999", "\x01\x7f", "\xff\xfe", "ledger" };
	char text[8192];

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct settings settings;
		struct err err;

		text[0] = '\0';
		for (size_t n = 0; n < 200; n++)
			snprintf(text + strlen(text), sizeof text - strlen(text), "%s", pieces[i]);
		cr_assert_eq(read_text(text, &settings, &err), ERR_INPUT, "taken: %s", pieces[i]);
		cr_assert(strncmp(err.text, "gonogo.conf:", 12) == 0, "%s", err.text);
	}
}
