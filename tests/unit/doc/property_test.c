#include <config.h>

#include <stdint.h>
#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/doc/killswitch.h>
#include <gonogo/doc/manifest.h>
#include <gonogo/doc/memo.h>
#include <gonogo/doc/plan.h>
#include <gonogo/doc/rollback.h>
#include <gonogo/doc/safety.h>

#include "documents.h"

/* print(parse(print(x))) == print(x), for values made of the very pieces that documents are made of. */
TestSuite(doc_property, .timeout = 60);

enum { ROUNDS = 2000, ITEMS_MAX = 4 };

struct dice {
	uint64_t state;
	struct arena arena;
};

static uint64_t roll(struct dice *dice, uint64_t sides)
{
	dice->state ^= dice->state << 13;
	dice->state ^= dice->state >> 7;
	dice->state ^= dice->state << 17;
	return dice->state % sides;
}

/* Text that is not blank: a letter at a random place among what could be mistaken for structure.  `lists`: also commas. */
static const char *words(struct dice *dice, bool lists)
{
	static const char *const pieces[] = { "a", "Zo\xc3\xab", "\xe6\x97\xa5", " ", "  ", "\n", "\n\n", ":", ": ",
		"(", ")", " (x)", "- ", "  - ", "[x] ", "- [x] ", "1. ", "None",
		"Notes:", "Signatures:", "\nSignatures:\n", "Release: r", "Owner:", "not required", "2025-01-15",
		"\n    ", ".", ",", ", ", ", pass" };
	enum { COUNT = sizeof pieces / sizeof pieces[0], COMMAS = 3 };
	const uint64_t choice = lists ? COUNT : COUNT - COMMAS, letter = roll(dice, 6);
	char text[256] = "";
	size_t size = 0;
	for (uint64_t i = 0; i < 6; i++) {
		const char *piece = i == letter ? "k" : pieces[roll(dice, choice)];
		memcpy(text + size, piece, strlen(piece) + 1);
		size += strlen(piece);
	}
	return arena_str(&dice->arena, text);
}

static const char *perhaps(struct dice *dice)
{
	return roll(dice, 2) ? words(dice, true) : NULL;
}

static const char *id(struct dice *dice, size_t number)
{
	return arena_printf(&dice->arena, "t%zu.%u", number, (unsigned)roll(dice, 1000));
}

static struct texts several(struct dice *dice, const char *(*make)(struct dice *, size_t))
{
	const size_t count = 1 + (size_t)roll(dice, ITEMS_MAX);
	const char **items = arena_array(&dice->arena, count, sizeof *items);
	for (size_t i = 0; items && i < count; i++)
		items[i] = make(dice, i);
	return (struct texts){ items, items ? count : 0 };
}

static const char *item(struct dice *dice, size_t number)
{
	(void)number;
	return words(dice, true);
}

static const char *listed(struct dice *dice, size_t number)
{
	(void)number;
	const char *text = words(dice, false);
	return strchr(text, ',') ? "plain" : text;
}

static enum release_class any_class(struct dice *dice)
{
	return (enum release_class)roll(dice, CLASS_COUNT);
}

static instant any_day(struct dice *dice)
{
	return (instant)roll(dice, 20000) * WHEN_DAY_S + (instant)946684800;
}

static void make_manifest(struct dice *dice, struct buf *out)
{
	const struct manifest manifest = { .release = "r",
		.class = any_class(dice),
		.description = words(dice, true),
		.files = several(dice, listed),
		.data_changes = words(dice, true),
		.kill_switch = roll(dice, 2) ? "Feature flag K (default: off)" : "K (default: false)",
		.flag = roll(dice, 2) ? "F (default: off)" : NULL,
		.revert = perhaps(dice),
		.supersedes = roll(dice, 2) ? id(dice, 1) : NULL };
	manifest_print(&manifest, out);
}

static void make_plan(struct dice *dice, struct buf *out)
{
	const int64_t days = 1 + (int64_t)roll(dice, 60);
	const struct plan plan = { .release = "r",
		.class = any_class(dice),
		.tenants = several(dice, id),
		.opt_in = words(dice, true),
		.start = any_day(dice),
		.min_s = days * WHEN_DAY_S,
		.max_s = roll(dice, 2) ? (days + (int64_t)roll(dice, 60)) * WHEN_DAY_S : 0,
		.criteria = several(dice, item),
		.owner = words(dice, true),
		.claim = perhaps(dice) };
	plan_print(&plan, out);
}

static void make_safety(struct dice *dice, struct buf *out)
{
	struct safety safety;
	for (size_t i = 0; i < SAFETY_ITEMS; i++) {
		safety.items[i].ticked = roll(dice, 2) == 1;
		safety.items[i].text = words(dice, true);
	}
	safety_print(&safety, out);
}

static void make_switch(struct dice *dice, struct buf *out)
{
	const struct switch_definition definition = { words(dice, true), words(dice, true), words(dice, true),
		words(dice, true), perhaps(dice) };
	killswitch_print(&definition, out);
}

static void make_rollback(struct dice *dice, struct buf *out)
{
	const struct rollback_plan plan = { .triggers = several(dice, item),
		.steps = several(dice, item),
		.checks = several(dice, item),
		.communication = several(dice, item),
		.recovery = perhaps(dice),
		.restore = roll(dice, 2) ? "R-1, 2025-01-15, pass" : NULL,
		.owner = words(dice, true) };
	rollback_print(&plan, out);
}

static void make_memo(struct dice *dice, struct buf *out)
{
	struct memo_signer signers[ITEMS_MAX];
	struct memo_item items[ITEMS_MAX];
	struct memo_risk risks[ITEMS_MAX];
	for (size_t i = 0; i < ITEMS_MAX; i++) {
		signers[i] = (struct memo_signer){ "k, l", roll(dice, 2) ? ROLE_DEV_LEAD : ROLE_SYSTEM_OWNER,
			any_day(dice) };
		items[i] = (struct memo_item){ roll(dice, 2) == 1, words(dice, true), perhaps(dice) };
		risks[i] = (struct memo_risk){ words(dice, true), words(dice, true) };
	}
	const bool no_go = roll(dice, 2) == 1;
	const struct memo memo = { .release = "r",
		.class = any_class(dice),
		.date = any_day(dice),
		.decision = no_go ? DECISION_NO_GO : DECISION_GO,
		.approvers = signers,
		.approver_count = 1 + (size_t)roll(dice, ITEMS_MAX),
		.items = items,
		.item_count = 1 + (size_t)roll(dice, ITEMS_MAX),
		.risks = risks,
		.risk_count = (size_t)roll(dice, ITEMS_MAX),
		.rationale = no_go ? words(dice, true) : NULL,
		.remediation = no_go ? perhaps(dice) : NULL,
		.notes = several(dice, item),
		.has_signatures = roll(dice, 2) == 1,
		.owner_signature = { roll(dice, 2) ? "k" : NULL, ROLE_SYSTEM_OWNER, any_day(dice) },
		.lead_signature = { roll(dice, 2) ? "k, l" : NULL, ROLE_DEV_LEAD, any_day(dice) },
		.dev_lead_required = roll(dice, 2) == 1 };
	memo_print(&memo, out);
}

static void (*const makers[DOCUMENTS])(struct dice *, struct buf *) = {
	make_manifest,
	make_plan,
	make_safety,
	make_switch,
	make_rollback,
	make_memo,
};

Test(doc_property, print_of_parse_of_print_is_print)
{
	struct dice dice = { .state = 88172645463325252 };
	for (size_t round = 0; round < ROUNDS * DOCUMENTS; round++) {
		const size_t at = round % DOCUMENTS;
		struct buf first = BUF_EMPTY, second = BUF_EMPTY;
		struct err err;
		arena_init(&dice.arena, 0);
		makers[at](&dice, &first);
		cr_assert_eq(documents[at].reprint("f", buf_text(&first), first.size, &dice.arena, &second, &err),
			ERR_NONE, "round %zu: %s\n%s", round, err.text, buf_text(&first));
		cr_assert_str_eq(buf_text(&second), buf_text(&first), "round %zu:\n%s\nafter\n%s", round,
			buf_text(&second), buf_text(&first));
		buf_release(&first);
		buf_release(&second);
		arena_release(&dice.arena);
	}
}

/* A draft that lacks values still prints its keys, one a line, and is refused as a document. */
Test(doc_property, draft_prints_its_keys)
{
	struct buf out = BUF_EMPTY, again = BUF_EMPTY;
	struct arena arena;
	struct err err;
	const struct plan plan = { .release = "r", .class = CLASS_UNCLEAR, .start = WHEN_NONE };
	plan_print(&plan, &out);
	cr_assert_str_eq(buf_text(&out), "Release: r\nClassification: Unclear\nExperimental Tenants:\nOpt-in "
					 "Method:\nStart Date:\nMinimum Duration:\n"
					 "Exit Criteria:\nOwner:\n");
	arena_init(&arena, 0);
	cr_assert_eq(documents[1].reprint("f", out.bytes, out.size, &arena, &again, &err), ERR_INPUT, "it was taken");
	cr_assert_str_eq(
		err.text, "f:3: found \"Experimental Tenants:\", expected a tenant's id in it.", "%s", err.text);
	buf_release(&out);
	buf_release(&again);
	arena_release(&arena);
}
