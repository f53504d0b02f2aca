#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"
#include "../support/walker.h"

/* Of the suite of story_test.c: three people at three terminals that stay open for three weeks, while the clock of all of them goes on. */

#define RELEASE "2026-01-bulk-invite"

struct team { struct shell shell; struct desk jane, quinn, bob; };

static void sit_down(struct team *team)
{
	const struct { struct desk *desk; const char *person; } seats[] = { { &team->jane, "jane" }, { &team->quinn, "quinn" }, { &team->bob, "bob" } };

	shell_open(&team->shell);
	shell_at(&team->shell, "2026-01-05T09:00:00Z");
	shell_people(&team->shell);
	for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
		*seats[i].desk = (struct desk){ .shell = &team->shell };
		desk_sit(seats[i].desk, seats[i].person, NULL, 24, 80, "xterm-256color");
	}
}

static void sees(struct desk *desk, const char *text)
{
	terminal_wait_text(&desk->terminal, text);
}

/* --- what another records is there without a key, and the cursor stays on what it stood on --- */

struct row { const char *begins, *says; bool is_selected; };

static bool shows_row(struct terminal *terminal, const void *about)
{
	const struct row *row = about;
	int y, x;
	bool is_visible;

	terminal_cursor(terminal, &y, &x, &is_visible);
	for (int i = 0; i < 24; i++) {
		const char *text = terminal_row(terminal, i);

		if (strncmp(text, row->begins, strlen(row->begins)) == 0 && strstr(text, row->says))
			return !row->is_selected || y == i;
	}
	return false;
}

static void sees_row(struct desk *desk, const char *begins, const char *says, bool is_selected)
{
	const struct row row = { begins, says, is_selected };

	terminal_wait(&desk->terminal, shows_row, &row, says, TERMINAL_LIMIT_MS);
}

/* --- the dev lead: a release from nothing --- */

static void register_release(struct desk *jane)
{
	sees(jane, "No releases yet");
	walker_type(jane, "N", "Register a new release");
	/* The class is the third of its list. */
	walker_type(jane, RELEASE "<Tab><Right><Right><Right><Tab>Invite many at once<Tab>src/invite.c<Enter>src/invite.h<Tab>None<Tab>", "2 [src/invite.h");
	walker_type(jane, "BULK_INVITE (default: off)<Tab>BULK_INVITE_VISIBLE (default: off)<C-s>", RELEASE " is registered as Capability exposure");
}

static void record_consent(struct desk *jane)
{
	walker_type(jane, "2", "> acme");
	walker_type(jane, "c", "How consent was given");
	walker_type(jane, "Letter of 2 January<Tab>doc 41<C-s>", "Consent of acme is on record");
	walker_type(jane, "1", "dev 0s");
}

static void fill_in_documents(struct desk *jane)
{
	walker_type(jane, "e", "5 to fix");
	walker_type(jane, "<Down><Enter>", "5 things to fix");
	walker_type(jane, "Written confirmation<Tab>today<Tab>2w<Tab><Tab><Tab>No ticket about invitations<Enter>Error rate below 1 %<Tab>", "0 of 4 chosen");
	walker_type(jane, "/quiet<Enter><Space>", "quiet cannot be chosen");
	walker_type(jane, "/<Backspace><Backspace><Backspace><Backspace><Backspace><Enter><Home><Space><Down><Down><Space>", "2 of 4 chosen");
	walker_type(jane, "<C-s><Right><Enter>", "The exposure plan of " RELEASE " is saved.");
	walker_type(jane, "<Down><Enter>", "The way to activate it is required (KSW-1).");
	walker_type(jane, "Configuration service, no deployment<C-s><Right><Enter>", "The kill switch of " RELEASE " is saved.");
	walker_type(jane, "<Down><Enter>", "4 things to fix");
	walker_type(jane, "Errors above twice the baseline<Tab>Set BULK_INVITE=off<Enter>Watch the log for 15 minutes<Tab>The button is gone<Tab>", "1 thing to fix");
	walker_type(jane, "Tell the Dev Lead and the System Owner<C-s><Right><Enter>", "The rollback plan of " RELEASE " is saved.");
	terminal_wait_gone(&jane->terminal, "to fix");
}

static void approve_plan(struct desk *bob, struct desk *jane)
{
	sees_row(bob, "> 2026-01-bulk", "dev", true);
	walker_type(bob, "e", "saved 2026-01-05 by jane");
	walker_type(bob, "a", "Editing the plan later withdraws this approval");
	walker_type(bob, "<Right><Enter>", "approved 2026-01-05 by bob");
	walker_type(bob, "<Esc>", "q quit");
	sees_row(jane, "> rollback plan", "saved 2026-01-05 by jane", true);
	sees_row(jane, "  exposure plan", "approved 2026-01-05 by bob", false);
}

/* The QA answers what is hers, the dev lead the rest, approves and promotes. */
static void enter_experimental(struct team *team)
{
	sees(&team->quinn, RELEASE);
	walker_open(&team->quinn, RELEASE);
	walker_finish(&team->quinn, RELEASE);
	walker_type(&team->jane, "<Esc>", "q quit");
	walker_open(&team->jane, RELEASE);
	walker_until(&team->jane, RELEASE, "Promote");
	walker_reply(&team->jane, RELEASE, "Promote", "is promoted to experimental");
	sees_row(&team->bob, "> 2026-01-bulk", "experimental", true);
	sees(&team->bob, "0s/14d");
}

/* Two weeks later.  The class asks for the System Owner too, before candidate (CLS-3). */
static void enter_candidate(struct team *team)
{
	shell_at(&team->shell, "2026-01-19T09:05:00Z");
	sees(&team->bob, "14d/14d");
	sees(&team->quinn, "experimental -> candidate");
	walker_type(&team->quinn, "<C-n>", "DAT-1");
	walker_finish(&team->quinn, RELEASE);
	sees(&team->quinn, "Here the approval of System Owner is missing, not yours.");
	sees(&team->bob, "you: approve");
	walker_open(&team->bob, RELEASE);
	walker_reply(&team->bob, RELEASE, "CLS-3", "Approved");
	sees(&team->jane, "12 approvals     OPEN 1");
	walker_type(&team->jane, "<C-n>", "APR-1");
	walker_until(&team->jane, RELEASE, "Promote");
	walker_reply(&team->jane, RELEASE, "Promote", "is promoted to candidate");
	/* Without their keys the two others see the gate to stable. */
	sees(&team->quinn, "candidate -> stable");
	sees(&team->bob, "candidate -> stable");
}

/* A week later. */
static void rehearse_and_measure(struct team *team)
{
	walker_reply(&team->jane, RELEASE, "RBP-2", "The rehearsal of the rollback of " RELEASE " is recorded: pass.");
	shell_at(&team->shell, "2026-01-26T09:10:00Z");
	sees(&team->quinn, "4 rollback      PASS");
	walker_type(&team->quinn, "<C-n>", "CHN-5");
	walker_reply(&team->quinn, RELEASE, "CHN-5", "CHN-5 of " RELEASE " is answered: pass.");
	sees(&team->jane, "9 channel       PASS");
	walker_type(&team->jane, "<C-n>", "MEM-1");
}

/* --- memos --- */

static void sign(struct desk *desk, const char *as)
{
	sees(desk, as);
	walker_type(desk, RELEASE "<Enter>", "Signed: memo " RELEASE);
}

/* GO, no risks, notes; the first empty field is the decision. */
static void draft_go(struct desk *jane, const char *notes)
{
	walker_type(jane, "<Right><Tab><Right><Right><Tab>", "(*) None");
	walker_type(jane, notes, notes);
	terminal_keys(&jane->terminal, "<C-s>");
	sign(jane, "You sign as  Jane Doe, Dev Lead");
}

/* MEM-3: the System Owner reads what the dev lead has signed, and says no. */
static void say_no_go(struct team *team)
{
	struct desk *bob = &team->bob;

	walker_type(bob, "<Esc>4", "No memos yet");
	draft_go(&team->jane, "Two weeks without a ticket.");
	/* No command where somebody else has a key for it. */
	sees(&team->jane, "Who can settle it: bob.");
	cr_assert(!strstr(terminal_text(&team->jane.terminal), "gonogo memo sign"), "%s", terminal_told(&team->jane.terminal));
	sees_row(bob, "> 2026-01-bulk", "you: sign", true);
	sees_row(bob, "> 2026-01-bulk", "jane", true);
	walker_type(bob, "<Enter>", "DECISION: GO");
	walker_type(bob, "G", "Jane Doe, 2026-01-26");
	walker_type(bob, "d", "A NO-GO needs a rationale and a remediation plan (MEM-3).");
	walker_type(bob, "<Right><Right><Tab><Right><Right><Tab><Tab>Rehearsed in staging alone.<Tab>Rehearse it in production.", "in production.");
	walker_type(bob, "<C-s>", "is drafted: NO-GO");
	walker_type(bob, "s", "Decision     NO-GO in " RELEASE "/m2, with 0 accepted risks");
	sign(bob, "You sign as  Bob Smith, System Owner");
	sees(bob, "nobody can change it any more (MEM-5).");
	walker_type(bob, "<Esc>", "Memos  newest first");
	terminal_keys(&bob->terminal, "<Up>");
	sees_row(bob, "> 2026-01-bulk", "NO-GO", true);
}

/* The dev lead sees it where she is, reads why, does what is asked, and says so. */
static void remedy(struct team *team)
{
	struct desk *jane = &team->jane;

	sees(jane, "13 promotion     BLOCKED");
	walker_type(jane, "<F2>", "DECISION: NO-GO");
	walker_type(jane, "G", "Rehearse it in production.");
	walker_type(jane, "<Esc>", "MEM-1");
	shell_at(&team->shell, "2026-01-28T10:00:00Z");
	walker_back_to(jane, "RBP-2");
	walker_type(jane, "<Space><Enter>twelve minutes in production<Enter>run 12<Enter>", "The rehearsal of the rollback of " RELEASE " is recorded: pass.");
}

/* Another's draft comes in above what is selected, and then her signature. */
static void say_go(struct team *team)
{
	struct desk *jane = &team->jane, *bob = &team->bob;

	sees(jane, "later GO memo");
	draft_go(jane, "Rehearsed in production, run 12.");
	sees_row(bob, "> 2026-01-bulk", "NO-GO", true);
	sees_row(bob, "  2026-01-bulk", "jane", false);
	sees_row(bob, "  2026-01-bulk", "you: sign", false);
	walker_type(bob, "<Up><Enter>", "DECISION: GO");
	walker_type(bob, "G", "run 12.");
	walker_type(bob, "D", "Since v1, which you read last");
	walker_type(bob, "G", "{+Rehearsed in production, run 12.+}");
	walker_type(bob, "s", "Decision     GO in " RELEASE "/m3, with 0 accepted risks");
	sign(bob, "You sign as  Bob Smith, System Owner");
}

Test(story, MEM_3_three_terminals_from_nothing_through_a_no_go_to_stable, .timeout = 180)
{
	struct team team;
	struct shell *shell = &team.shell;

	sit_down(&team);
	register_release(&team.jane);
	record_consent(&team.jane);
	fill_in_documents(&team.jane);
	approve_plan(&team.bob, &team.jane);
	enter_experimental(&team);
	enter_candidate(&team);
	rehearse_and_measure(&team);
	say_no_go(&team);
	remedy(&team);
	say_go(&team);
	walker_type(&team.bob, "P", "Promote the release");
	walker_type(&team.bob, RELEASE "<Enter>", "is promoted to stable");
	/* The QA has stayed in the walk, which has no further question. */
	sees(&team.quinn, "there is no further gate (CHN-1)");
	sees_row(&team.quinn, "> 2026-01-bulk", "stable", true);
	desk_leave(&team.jane);
	desk_leave(&team.quinn);
	desk_leave(&team.bob);
	EXPECT(0, shell_run(shell, "verify"));
	EXPECT(0, shell_run(shell, "release show " RELEASE " manifest"));
	shell_close(shell);
}
