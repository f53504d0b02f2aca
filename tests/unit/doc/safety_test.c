#include <config.h>

#include <criterion/criterion.h>
#include <gonogo/doc/safety.h>

TestSuite(doc_safety, .timeout = 10);

#define ISOLATION "No cross-tenant data access possible (query isolation verified)"
#define BACKUP    "Backup and restore procedures unchanged or explicitly updated"
#define MIGRATION "Data migration (if any) is idempotent and reversible"

static const struct {
	const char *wording, *text, *note;
} notes[] = {
	{ ISOLATION, ISOLATION, NULL },
	{ ISOLATION, "No cross-tenant data access possible (tenant ID in all queries)", "tenant ID in all queries" },
	{ ISOLATION, ISOLATION " (twice)", "twice" },
	{ ISOLATION, ISOLATION " (query isolation verified)", "query isolation verified" },
	{ ISOLATION, "No cross-tenant data access possible", "No cross-tenant data access possible" },
	{ BACKUP, BACKUP, NULL },
	{ BACKUP, "Backup and restore procedures unchanged", "Backup and restore procedures unchanged" },
	{ BACKUP, BACKUP " (runbook (v2) a) b)", "runbook (v2) a) b" },
	{ MIGRATION, "No data migration required", "No data migration required" },
	{ MIGRATION, MIGRATION " (if any)", "if any" },
	{ MIGRATION, MIGRATION " ()x", MIGRATION " ()x" },
};

Test(doc_safety, note_is_parenthesis_or_own_wording)
{
	for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
		struct arena arena;
		struct err err;
		const char *note = "";
		arena_init(&arena, 0);
		cr_assert_eq(
			safety_note(notes[i].wording, notes[i].text, &arena, &note, &err), ERR_NONE, "%s", err.text);
		if (notes[i].note)
			cr_assert_str_eq(note, notes[i].note, "of \"%s\"", notes[i].text);
		else
			cr_assert_null(note, "of \"%s\"", notes[i].text);
		arena_release(&arena);
	}
}

/* A checklist that was imported reads the same when it is printed from the answers kept (I-8). */
static const struct {
	const char *wording, *note, *text;
} texts[] = {
	{ ISOLATION, NULL, ISOLATION },
	{ ISOLATION, " ", ISOLATION },
	{ ISOLATION, "tenant ID in all queries", "No cross-tenant data access possible (tenant ID in all queries)" },
	{ ISOLATION, "query isolation verified", ISOLATION " (query isolation verified)" },
	{ BACKUP, "Backup and restore procedures unchanged", "Backup and restore procedures unchanged" },
	{ BACKUP, "Restored last night", BACKUP " (Restored last night)" },
	{ BACKUP, BACKUP " (x)", BACKUP " (" BACKUP " (x))" },
	{ MIGRATION, "No data migration required", "No data migration required" },
	{ MIGRATION, "no data migration required", MIGRATION " (no data migration required)" },
};

Test(doc_safety, text_gives_the_note_again)
{
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct arena arena;
		struct err err;
		const char *text = "", *note = "";
		arena_init(&arena, 0);
		cr_assert_eq(
			safety_text(texts[i].wording, texts[i].note, &arena, &text, &err), ERR_NONE, "%s", err.text);
		cr_assert_str_eq(text, texts[i].text, "number %zu", i);
		cr_assert_eq(safety_note(texts[i].wording, text, &arena, &note, &err), ERR_NONE, "%s", err.text);
		if (texts[i].note && texts[i].note[0] != ' ')
			cr_assert_str_eq(note, texts[i].note, "number %zu", i);
		arena_release(&arena);
	}
}

Test(doc_safety, denial_of_a_migration)
{
	static const char *const denials[] = {
		"No data migration required",
		"no migration",
		"Data migration: none",
		"Data migration (if any) is idempotent and reversible (no migration needed)",
		"Done without data migration.",
		"Migration not applicable",
	};
	static const char *const others[] = {
		MIGRATION,
		MIGRATION " (ran twice, no errors)",
		"Migration is reversible",
		"No risk: migration tried on a copy",
		"",
	};
	for (size_t i = 0; i < sizeof denials / sizeof denials[0]; i++)
		cr_assert(safety_denies_migration(denials[i]), "%s", denials[i]);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		cr_assert_not(safety_denies_migration(others[i]), "%s", others[i]);
}
