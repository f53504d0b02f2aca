#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(walk, .timeout = 120, .description = "the gate walk as numbered lines, through a pipe");

enum { SCRIPT_MAX = 16 * 1024, LINE_MOST = 79 };

/* What is typed, line by line. */
struct script { char text[SCRIPT_MAX]; };

static void type(struct script *script, const char *lines)
{
	cr_assert(strlen(script->text) + strlen(lines) < sizeof script->text, "the script is too long");
	strcat(script->text, lines);
}

/* Goes to each question and types the same below it. */
static void type_at(struct script *script, const char *const *rules, const char *lines)
{
	for (; *rules; rules++) {
		type(script, "to ");
		type(script, *rules);
		type(script, "\n");
		type(script, lines);
	}
}

/* Whatever was said: printable ASCII in lines of at most 79 columns. */
static void is_plain(const struct shell *shell)
{
	size_t column = 0;

	for (const char *c = shell->out; *c; c++) {
		cr_assert(*c == '\n' || (*c >= ' ' && *c <= '~'), "byte %02x:\n%s", (unsigned)(unsigned char)*c, shell_told(shell));
		column = *c == '\n' ? 0 : column + 1;
		cr_assert(column <= LINE_MOST, "a line is longer than %d columns:\n%s", LINE_MOST, shell_told(shell));
	}
}

static int walk(struct shell *shell, const char *person, const char *release, const char *script)
{
	int status;

	setenv("LC_ALL", "C", 1);
	shell->input = script;
	status = shell_as(shell, person, "walk %s --plain", release);
	is_plain(shell);
	return status;
}

static void walk_example(struct shell *shell, const char *person, const struct script *script)
{
	EXPECT(0, walk(shell, person, EXAMPLE, script->text));
	cr_assert(!shell_says(shell, "Not recorded:"), "%s", shell_told(shell));
}

/* The specification's example in dev, and its people. */
static void open_example(struct shell *shell)
{
	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	example_import(shell);
}

#define PASS "1\n\n\nyes\n"
#define ID EXAMPLE "\n"

static void answer_in_dev(struct shell *shell)
{
	static const char *const answers[] = { "KSW-2", "KSW-5", NULL }, *const of_quality[] = { "OBS-4", "ATT-6", NULL }, *const stops[] = { "HS-4", "HS-5", NULL };
	struct script lead = { "to PLN-2\ny\nto CHN-3\npass\nall suites green\nrun 4812\nyes\nto KSW-3\n\npassed\noff in 40 s, audit entry 4411\n\nyes\n" }, quality = { "" };

	type_at(&lead, answers, PASS);
	type_at(&lead, stops, "clear\nlooked at query by query\nyes\n");
	walk_example(shell, "jane", &lead);
	type_at(&quality, of_quality, PASS);
	walk_example(shell, "quinn", &quality);
}

static void answer_in_experimental(struct shell *shell)
{
	static const char *const answers[] = { "OBS-0", "OBS-1", "OBS-2", "OBS-3", "OBS-5", "OBV-1", "OBV-2", "OBV-3", "OBV-4", "ATT-3", "ATT-4", "ATT-5",
					       "CHN-4", NULL },
			  *const criteria[] = { "PLN-4.1", "PLN-4.2", "PLN-4.3", NULL };
	struct script quality = { "" };

	type_at(&quality, answers, PASS);
	type_at(&quality, criteria, "1\nseen in the dashboards\n\nyes\n");
	walk_example(shell, "quinn", &quality);
}

Test(walk, three_people_take_the_example_to_stable_in_plain_lines, .description = "CHN-2 APR-1 CLS-3 MEM-1: three gates by replies alone")
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	answer_in_dev(shell);
	shell_at(shell, "2025-01-15T09:00:00Z");
	walk_example(shell, "jane", &(struct script){ "to APR-1\n\nall was looked at\n" ID "to promotion\n" ID });
	EXPECT_SAID("is promoted to experimental");

	shell_at(shell, "2025-01-22T09:00:00Z");
	answer_in_experimental(shell);
	walk_example(shell, "jane", &(struct script){ "to APR-1\n\n\n" ID });
	walk_example(shell, "quinn", &(struct script){ "to CLS-3\n\n\n" ID });
	walk_example(shell, "jane", &(struct script){ "to promotion\n" ID });
	EXPECT_SAID("is promoted to candidate");

	walk_example(shell, "quinn", &(struct script){ "to CHN-5\n" PASS });
	walk_example(shell, "jane", &(struct script){ "to RBP-2\n1\nnine minutes in staging\n\nyes\n" });
	shell_at(shell, "2025-01-29T09:30:00Z");
	walk_example(shell, "jane", &(struct script){ "to MEM-1\n\ngo\nnone\nPage load increase was 85 ms.\n.\n\n\n\n\nno\nto MEM-1\n\n\n\nhelo\n\n\n\n\n\nyes\n\n" ID });
	EXPECT_SAID("Notes stands already, and stays.");
	EXPECT_SAID("  4. Notes: Page load increase was 85 ms.\n");
	EXPECT_SAID("Signed");
	walk_example(shell, "bob", &(struct script){ "memo\nto MEM-1\n\n" ID "to promotion\n" ID });
	EXPECT_SAID("Page load increase was 85 ms.");
	EXPECT_SAID("is promoted to stable");
	EXPECT_SAID("there is no further gate (CHN-1).");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* One reply each, at the question it belongs to; each is said to be wrong, and nothing is recorded. */
Test(walk, what_cannot_be_taken_is_said_and_asked_again, .description = "PLN-2 KSW-2 HS-4: a refusal names its field, and no fact is recorded")
{
	static const struct { const char *script, *says; } wrong[] = {
		{ "to KSW-2\nmaybe\n", "Answer: maybe is none of the choices. Type a number or a word, or skip." },
		{ "to KSW-2\n3\n", "Answer: 3 is none of the choices." },
		{ "to KSW-2\n\n", "Answer: nothing is chosen yet." },
		{ "to HS-4\nclear\n\n", "Reason is required. Type it, or skip." },
		{ "to KSW-2\n1\na\033[2Jb\n", "Note was not taken." },
		{ "to KSW-2\n1\na\xffz\n", "Note was not taken." },
		{ "to PLN-2\nmaybe\n", "That is not yes. Nothing was recorded." },
		{ "to PLN-2\n\n", "Nothing was recorded; what was typed is kept." },
		{ "to PLN-2\nno\n", "Nothing was recorded; what was typed is kept." },
		{ "to CHN-1\nanything\n", "There is nothing to fill in here. Type help for the commands." },
		{ "to promotion\n" EXAMPLE "\n", "Not yet: " },
		/* CHN-3 wants evidence for a pass. */
		{ "to CHN-3\n1\nall green\n\n", "Evidence is required. Type it, or skip." },
		{ "to CHN-3\n2\nsome red\n\nno\n", "Evidence, optional." },
		{ "to NOPE-9\n", "There is no question NOPE-9. Type list for all of them." },
		{ "to 99\n", "There is no question 99. Type list for all of them." },
		{ "to KSW-2\n1\nto NOPE-9\n", "There is no question NOPE-9." },
		{ "to KSW-5\n1\nto be honest\n\n", "  2. Note: to be honest" },
		{ "to KSW-2\n1\n\n\n\n", "This would be recorded; the number of a line changes it:\n  1. Answer: pass\n  2. Note: none\n  3. Evidence: none\n" },
		{ "to KSW-2\n1\n\n\nno\n", "Nothing was recorded; what was typed is kept." },
		{ "to HS-4\n1\nlooked at\nmaybe\n", "That is not yes. Nothing was recorded." },
	};
	struct shell opened, *shell = &opened;

	open_example(shell);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		EXPECT(0, walk(shell, "jane", EXAMPLE, wrong[i].script));
		EXPECT_SAID(wrong[i].says);
		cr_assert(!shell_says(shell, "\nRecorded: "), "%s\n%s", wrong[i].script, shell_told(shell));
	}
	shell_close(shell);
}

Test(walk, what_is_missing_is_asked_for_and_recorded_then, .description = "CHN-3: a pass takes evidence")
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to CHN-3\n1\nall green\n\nrun 4812\nyes\n"));
	EXPECT_SAID("Evidence is required.");
	EXPECT_SAID("\nRecorded: ");
	EXPECT(0, shell_run(shell, "log --kind answer.given --json"));
	EXPECT_SAID("run 4812");
	EXPECT_SAID("all green");
	shell_close(shell);
}

/* Consent is given in full, and by whoever may. */
Test(walk, id_is_typed_or_nothing_is_approved, .description = "APR-1: another word, or none, approves nothing")
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	answer_in_dev(shell);
	shell_at(shell, "2025-01-15T09:00:00Z");
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to APR-1\n\n\nyes\n\nquit\n"));
	EXPECT_SAID("That is not " EXAMPLE ".");
	EXPECT(0, walk(shell, "bob", EXAMPLE, "to APR-1\n1\n\n" ID));
	EXPECT_SAID("Here the approval of Dev Lead is missing, not yours.");
	EXPECT(0, shell_run(shell, "log --kind approval.given"));
	cr_assert(!shell_says(shell, "approval.given"), "%s", shell_told(shell));
	shell_close(shell);
}

Test(walk, commands_answer_at_any_prompt_and_record_nothing)
{
	static const struct { const char *script, *says; } words[] = {
		{ "help\n", "to 12, to KSW-3: that question." },
		{ "list\n", "2. CLS-5 MET: " },
		{ "to KSW-3\nwhy\n", "From a shell: gonogo switch test " EXAMPLE " --env dev" },
		{ "memo\n", "has no such memo" },
		{ "documents\n", "Add date range and action type filters to audit panel" },
		{ "do\n", "do accept-risk: Accept a named risk with its rationale." },
		{ "to 1\nback\n", "Promote " EXAMPLE " to experimental" },
		{ "to promotion\nskip\n", "That was the last question; the first one follows." },
		{ "to CHN-1\nmine\n", "; you can." },
		{ "to ksw-3\n", "KSW-3  " },
		{ "quit\nto PLN-2\ny\n", "What was recorded stays" },
	};
	struct shell opened, *shell = &opened;

	open_example(shell);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		EXPECT(0, walk(shell, "jane", EXAMPLE, words[i].script));
		EXPECT_SAID(words[i].says);
		cr_assert(!shell_says(shell, "\nRecorded: "), "%s\n%s", words[i].script, shell_told(shell));
	}
	shell_close(shell);
}

Test(walk, again_says_the_question_and_its_field_once_more)
{
	struct shell opened, *shell = &opened;
	size_t times = 0;

	open_example(shell);
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-2\n1\nagain\n"));
	for (const char *at = shell->out; (at = strstr(at, "Field 2 of 3: Note, optional.")); at++)
		times++;
	cr_assert(times == 2, "%zu times\n%s", times, shell_told(shell));
	shell_close(shell);
}

Test(walk, settled_question_is_answered_anew_only_when_that_is_said, .description = "CHN-3: an answer is amended, not overwritten in passing")
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-2\n" PASS "to KSW-2\n2\nquit\n"));
	EXPECT_SAID("There is nothing to fill in here.");
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-2\nanew\n2\nthe flag needs a restart\n\nyes\n"));
	EXPECT_SAID("\nRecorded: ");
	EXPECT(1, shell_run(shell, "check " EXAMPLE " --json"));
	story_finding(shell, "KSW-2", "failed", "KSW");
	shell_close(shell);
}

Test(walk, act_aside_returns_to_the_question)
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, walk(shell, "bob", EXAMPLE, "to PLN-2\ndo accept-risk\nA slow page\nFew have so many rows\ny\nyes\n"));
	EXPECT_SAID("Accept a named risk with its rationale.");
	EXPECT(0, shell_run(shell, "log --kind risk.accepted --json"));
	EXPECT_SAID("Few have so many rows");
	EXPECT(0, shell_run(shell, "log --kind plan.approved --json"));
	EXPECT_SAID("plan.approved");
	shell_close(shell);
}

/* One act is left for the other, and neither is swallowed. */
Test(walk, act_aside_is_left_for_another)
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, walk(shell, "bob", EXAMPLE, "do incident\ndo kill\nA leak\n\nkill\nquit\n"));
	EXPECT_SAID("incident is left; what was typed is kept.");
	EXPECT_SAID("To do: Switch the release off, now, for all tenants or some.");
	EXPECT_SAID("  1. Reason: A leak");
	shell_close(shell);
}

/* Before it is recorded every line can be changed by its number; the last change can be taken back. */
Test(walk, what_is_read_back_can_be_changed_by_number_and_taken_back)
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-2\n1\nfirst\nrun 1\n2\nsecond\n2\nthird\nundo\nyes\n"));
	EXPECT_SAID("Note is again what it was before.");
	EXPECT(0, shell_run(shell, "log --kind answer.given --json"));
	EXPECT_SAID("second");
	cr_assert(!shell_says(shell, "first") && !shell_says(shell, "third"), "%s", shell_told(shell));
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-5\nundo\n"));
	EXPECT_SAID("There is nothing to take back in what is filled in here.");
	shell_close(shell);
}

/* What broke off is a draft, and no act; the next walk finds it. */
Test(walk, end_of_input_keeps_what_was_typed_and_records_nothing)
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-2\npass\nread while runn"));
	EXPECT_SAID("What was recorded stays");
	EXPECT(0, walk(shell, "jane", EXAMPLE, "\n"));
	EXPECT_SAID("1. pass (stands)");
	EXPECT_SAID("It stands: read while runn");
	EXPECT(0, walk(shell, "jane", EXAMPLE, "\n\n\nyes\n"));
	EXPECT_SAID("\nRecorded: ");
	EXPECT(0, shell_run(shell, "log --kind answer.given --json"));
	EXPECT_SAID("read while runn");
	/* What stands is not overwritten by a line that broke off, and the next walk records it only when it is said to be meant. */
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to HS-5\n1\nhalf"));
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to HS-5\n\nh"));
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to HS-5\n\n\n\n"));
	EXPECT_SAID("  2. Reason: half\n");
	EXPECT(0, shell_run(shell, "log --kind stop.cleared"));
	cr_assert(!shell_says(shell, "HS-5"), "%s", shell_told(shell));
	/* A command that breaks off is no text. */
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-5\n1\nquit"));
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-5\n\n"));
	cr_assert(!shell_says(shell, "It stands: quit"), "%s", shell_told(shell));
	/* A consent that breaks off is none. */
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to PLN-2\ny"));
	EXPECT(0, shell_run(shell, "log --kind plan.approved --json"));
	cr_assert(!shell_says(shell, "plan.approved"), "%s", shell_told(shell));
	shell_close(shell);
}

/* Text of people in a locale that has no such characters is spelled; in UTF-8 it stands as it was typed. */
Test(walk, text_that_the_locale_cannot_show_is_spelled)
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, walk(shell, "jane", EXAMPLE, "to KSW-2\npass\ng\xc3\xa9n\xc3\xa9ral \xf0\x9f\x9a\x80\n"));
	EXPECT(0, walk(shell, "jane", EXAMPLE, "\n"));
	EXPECT_SAID("It stands: g\\u00E9n\\u00E9ral \\U0001F680");
	setenv("LC_ALL", "C.UTF-8", 1);
	shell->input = "\n";
	EXPECT(0, shell_as(shell, "jane", "walk " EXAMPLE " --plain"));
	EXPECT_SAID("It stands: g\xc3\xa9n\xc3\xa9ral \xf0\x9f\x9a\x80");
	shell_close(shell);
}

/* Nothing is asked, nothing changed, and the answer is the gate's. */
Test(walk, no_input_lists_every_question_and_answers_as_check_does, .description = "CHN-2: 0 go, 1 open, 8 not yet")
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(1, shell_as(shell, "jane", "walk " EXAMPLE " --plain --no-input"));
	is_plain(shell);
	EXPECT_SAID("Question 1 of 28.");
	EXPECT_SAID("KSW-3  ");
	EXPECT_SAID("What to do: gonogo switch test " EXAMPLE " --env dev");
	EXPECT_SAID("Question 28 of 28. Step promotion.");
	cr_assert(!shell_says(shell, "Type help") && !shell_says(shell, "number or word"), "%s", shell_told(shell));
	EXPECT(1, shell_run(shell, "walk " EXAMPLE " --no-input"));
	answer_in_dev(shell);
	EXPECT(0, shell_as(shell, "jane", "approve " EXAMPLE " --role dev-lead"));
	EXPECT(8, shell_run(shell, "walk " EXAMPLE " --plain --no-input"));
	shell_at(shell, "2025-01-15T09:00:00Z");
	EXPECT(0, shell_run(shell, "walk " EXAMPLE " --plain --no-input"));
	shell_close(shell);
}

Test(walk, what_cannot_be_walked_has_the_exit_status_of_its_reason, .description = "CHN-1: no further gate is 3")
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(5, walk(shell, "jane", "nowhere", ""));
	EXPECT(2, shell_run(shell, "walk " EXAMPLE " --json"));
	EXPECT_SAID("Use gonogo check " EXAMPLE " --json.");
	EXPECT(2, shell_run(shell, "walk"));
	/* Without a terminal it is plain by itself. */
	EXPECT(0, shell_run(shell, "walk " EXAMPLE));
	EXPECT_SAID("You are bob, System Owner. Type help at any prompt for the commands.");
	EXPECT(0, shell_as(shell, "bob", "release withdraw " EXAMPLE " --reason 'not needed'"));
	EXPECT(3, walk(shell, "jane", EXAMPLE, ""));
	EXPECT_SAID("there is no further gate (CHN-1)");
	shell_close(shell);
}
