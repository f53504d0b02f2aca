#include <config.h>

#include <string.h>

#include <gonogo/core/lack.h>

#include "../support/history.h"

static struct history h;

static void open_history(void)
{
	history_open(&h);
}

static void close_history(void)
{
	history_close(&h);
}

TestSuite(lack, .init = open_history, .fini = close_history, .timeout = 30,
	  .description = "PLN-1, PLN-3, CLS-1, CLS-5, KSW-1, RBP-1: all that a document lacks, each with its field");

/* "opt_in start": the fields in order, as they are complained of. */
static const char *fields_of(const struct lacks *lacks)
{
	const char *fields = "";

	for (size_t i = 0; i < lacks->count; i++)
		fields = arena_printf(&h.arena, "%s%s%s", fields, i ? " " : "", lacks->items[i].field ? lacks->items[i].field : "-");
	return fields;
}

static struct lacks ask(const struct dossier *d, const char *kind)
{
	struct lacks lacks = { .arena = &h.arena };

	cr_assert_eq(lacks_document(d, kind, &lacks), ERR_NONE, "memory is there");
	return lacks;
}

static bool is_said(const struct lacks *lacks, const char *sentence)
{
	char text[512];

	for (size_t i = 0; i < lacks->count; i++)
		if (strstr(lack_sentence(&lacks->items[i], text, sizeof text), sentence))
			return true;
	return false;
}

Test(lack, pln_1_pln_3_a_plan_that_is_not_saved_yet)
{
	static const char *const tenants[] = { "SBNC-dev", "birch", "nobody" }, *const criteria[] = { "No ticket" };
	struct dossier d;
	struct lacks lacks;

	history_register(&h, "R-1", CLASS_WORKFLOW);
	d = *history_dossier(&h, "R-1");
	d.plan = (struct plan){ .class = CLASS_WORKFLOW, .start = WHEN_NONE };
	d.plan_source.seq = 1;
	lacks = ask(&d, "plan.saved");
	cr_assert_str_eq(fields_of(&lacks), "tenants opt_in start min_s criteria owner", "%s", fields_of(&lacks));
	cr_assert(is_said(&lacks, "An opt-in method is required (PLN-1)."), "a whole sentence with its rule");
	d.plan = (struct plan){ .class = CLASS_UI_ONLY, .start = 0, .min_s = WHEN_WEEK_S, .max_s = WHEN_DAY_S, .opt_in = "mail", .owner = "Nobody Known, QA",
				.tenants = { tenants, 3 }, .criteria = { criteria, 1 } };
	lacks = ask(&d, "plan.saved");
	cr_assert_str_eq(fields_of(&lacks), "class max_s owner tenants tenants", "%s", fields_of(&lacks));
	cr_assert(is_said(&lacks, "exposure plan says UI-only") && is_said(&lacks, "Nobody Known is not the exact name") &&
		  is_said(&lacks, "no consent of birch is on record for R-1 (PLN-3).") && is_said(&lacks, "There is no tenant nobody (PLN-3)."), "each says why");
	d.plan = (struct plan){ .class = CLASS_WORKFLOW, .start = 0, .min_s = WHEN_WEEK_S, .opt_in = "mail", .owner = "Jane Doe, Dev Lead",
				.tenants = { tenants, 1 }, .criteria = { criteria, 1 } };
	lacks = ask(&d, "plan.saved");
	cr_assert_eq(lacks.count, 0, "%s", fields_of(&lacks));
}

Test(lack, ksw_1_switch_and_manifest_say_the_same)
{
	struct dossier d;
	struct lacks lacks;

	history_register(&h, "R-1", CLASS_CAPABILITY);
	d = *history_dossier(&h, "R-1");
	d.manifest.kill_switch = "billing (default: off)";
	d.definition_source.seq = 0;
	lacks = ask(&d, "switch.defined");
	cr_assert_str_eq(fields_of(&lacks), "-", "the form itself: %s", fields_of(&lacks));
	d.definition = (struct switch_definition){ .flag = "charging", .default_value = "on" };
	d.definition_source.seq = 1;
	lacks = ask(&d, "switch.defined");
	cr_assert_str_eq(fields_of(&lacks), "flag default enabled_for activation", "%s", fields_of(&lacks));
	cr_assert(is_said(&lacks, "the manifest says billing and the form charging"), "what is not equal is named");
	d.definition = (struct switch_definition){ .flag = "billing", .default_value = "off", .enabled_for = "acme", .activation = "set it off" };
	lacks = ask(&d, "switch.defined");
	cr_assert_eq(lacks.count, 0, "%s", fields_of(&lacks));
}

Test(lack, cls_1_cls_5_what_the_manifest_lacks_goes_by_class)
{
	static const struct { enum release_class class; const char *kill_switch, *flag, *fields; } rows[] = {
		{ CLASS_UNCLEAR, "s (default: off)", NULL, "class" },
		{ CLASS_UI_ONLY, "s (default: off)", NULL, "revert" },
		{ CLASS_WORKFLOW, "s (default: off)", NULL, "flag" },
		{ CLASS_WORKFLOW, "Feature flag s (default: off)", NULL, "" },
		{ CLASS_CAPABILITY, NULL, NULL, "kill_switch flag" },
		{ CLASS_CAPABILITY, "s", "f (default: on)", "kill_switch flag" },
		{ CLASS_CAPABILITY, "s (default: off)", "s (default: off)", "flag" },
		{ CLASS_CAPABILITY, "s (default: off)", "f (default: false)", "" },
		{ CLASS_MECHANISM, "s (default: off)", NULL, "" },
		{ CLASS_MECHANISM, NULL, NULL, "kill_switch" },
	};

	history_register(&h, "R-1", CLASS_UI_ONLY);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct dossier d = *history_dossier(&h, "R-1");
		struct lacks lacks;

		d.class = d.manifest.class = rows[i].class;
		d.manifest.kill_switch = rows[i].kill_switch;
		d.manifest.flag = rows[i].flag;
		d.manifest.revert = NULL;
		lacks = ask(&d, "release.registered");
		cr_assert_str_eq(fields_of(&lacks), rows[i].fields, "row %zu: %s", i, fields_of(&lacks));
	}
}

Test(lack, rbp_1_cls_5_what_the_rollback_plan_lacks)
{
	static const char *const line[] = { "a line" };
	const struct texts one = { line, 1 };
	struct dossier d;
	struct lacks lacks;

	history_register(&h, "R-1", CLASS_MECHANISM);
	d = *history_dossier(&h, "R-1");
	d.manifest.data_changes = "one table";
	d.rollback = (struct rollback_plan){ 0 };
	d.rollback_source.seq = 1;
	lacks = ask(&d, "rollback.planned");
	cr_assert_str_eq(fields_of(&lacks), "- recovery restore triggers steps checks communication owner", "%s", fields_of(&lacks));
	d.rollback = (struct rollback_plan){ one, one, one, one, "runbook 4", "drill 7, 2026-01-02, fail", "Jane Doe" };
	lacks = ask(&d, "rollback.planned");
	cr_assert_str_eq(fields_of(&lacks), "restore", "%s", fields_of(&lacks));
	cr_assert(is_said(&lacks, "A restore verification that passed (drill 7 failed) is required (CLS-5)."), "with its rule");
	d.class = CLASS_WORKFLOW;
	lacks = ask(&d, "rollback.planned");
	cr_assert_eq(lacks.count, 0, "%s", fields_of(&lacks));
}
