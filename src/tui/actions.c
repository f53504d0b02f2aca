#include <config.h>

#include <string.h>

#include <gonogo/app/memos.h>
#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/evidence.h>
#include <gonogo/tui/audit.h>
#include <gonogo/tui/checks.h>
#include <gonogo/tui/clip.h>
#include <gonogo/tui/deeds.h>
#include <gonogo/tui/documents.h>
#include <gonogo/tui/entry.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/help.h>
#include <gonogo/tui/list.h>
#include <gonogo/tui/memo.h>
#include <gonogo/tui/memos.h>
#include <gonogo/tui/release.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/rollback.h>
#include <gonogo/tui/sheet.h>
#include <gonogo/tui/switches.h>
#include <gonogo/tui/textview.h>
#include <gonogo/tui/walk.h>
#include <gonogo/tui/window.h>

#define ACCOUNTS (PANE_TENANTS | PANE_CHECKS | PANE_INCIDENTS | PANE_AUDIT | PANE_SERVED)
#define ROWS (PANE_RELEASES | PANE_MEMOS | PANE_ROLLBACK | PANE_SWITCHES | ACCOUNTS)
#define SWITCHES (PANE_SWITCHES | PANE_SERVED)
#define WHOM(OPTIONS, HINT) { .name = "tenants", .label = "Tenants", .hint = HINT, .shape = FIELD_PICK, .options = OPTIONS }
#define RELEASES (PANE_RELEASES | PANE_RELEASE)
#define TEXTS (PANE_RELEASE | PANE_TEXT | PANE_HELP | PANE_MEMO)
#define ABOUT (PANE_RELEASES | PANE_RELEASE | PANE_MEMOS | PANE_MEMO)
#define LONG .shape = FIELD_AREA, .is_brief = true, .most = TEXT_LONG_MAX
#define NOTE { .name = "note", .label = "Note", .hint = "What was seen, in words", LONG, .is_optional = true }
#define EVIDENCE { .name = "evidence", .label = "Evidence", .hint = "Where it can be seen: a link, a run, a document", .most = TEXT_LINE_MAX, .is_optional = true }
#define REASON { .name = "reason", .label = "Reason", .hint = "Why; it stays on the record", LONG }
#define FOR_RELEASE { .name = "release", .label = "Release", .hint = "For one release alone; empty: for every one", .most = TEXT_LINE_MAX, .is_optional = true }
#define INCIDENT { .name = "incident", .label = "Incident", .hint = "The incident that calls for it; a mechanism change must name one (RBK-2)", .most = TEXT_NAME_MAX, .is_optional = true }
#define CHOICE(NAME, LABEL, WORDS) { .name = NAME, .label = LABEL, .shape = FIELD_CHOICE, .choices = WORDS }
#define SEVERAL(NAME, LABEL, HINT) { .name = NAME, .label = LABEL, .hint = HINT, .shape = FIELD_LIST, .most = TEXT_LINE_MAX }
#define MAYBE(NAME, LABEL, HINT) { .name = NAME, .label = LABEL, .hint = HINT, .most = TEXT_LINE_MAX, .is_optional = true }
#define OWNER { .name = "owner", .label = "Owner", .hint = "An enrolled person: id, or name as it is enrolled", .most = TEXT_LINE_MAX, .echo = echo_owner, .complete = complete_person }
#define MANIFEST_FIELDS                                                                                                                \
	CHOICE("class", "Class", words_class), LINE("description", "Description", "What changes, in one line"),                       \
		SEVERAL("files", "Files changed", "Each on a line of its own"),                                                                      \
		LINE("data_changes", "Data changes", "None, or what changes and how it is restored"),                                 \
		LINE("kill_switch", "Kill switch", "NAME (default: off), or Feature flag NAME (default: off)"),                    \
		MAYBE("flag", "Feature flag", "NAME (default: off)"), MAYBE("revert", "Revert commit", "UI-only: the commit to revert"), \
		MAYBE("supersedes", "Supersedes", "The release that this one replaces")
#define LINE(NAME, LABEL, HINT) { .name = NAME, .label = LABEL, .hint = HINT, .most = TEXT_LINE_MAX }

const struct action actions[] = {
	{ .name = "open", .group = GROUP_OPEN, .label = "open", .sentence = "Open what is selected", .keys = { "Enter", "l" }, .panes = PANE_RELEASES, .priority = 80,
	  .command = "gonogo release show RELEASE", .go = release_go_open },
	{ .name = "entry", .group = GROUP_OPEN, .label = "open", .sentence = "Read the whole account of the selected row", .keys = { "Enter", "l" }, .panes = ACCOUNTS, .priority = 80, .go = list_go_account },
	{ .name = "served", .group = GROUP_OPEN, .label = "tenants", .sentence = "The tenants of the selected release, one below the other", .keys = { "Enter" }, .panes = PANE_SWITCHES, .priority = 80,
	  .command = "gonogo switch show RELEASE", .go = served_go_open },
	{ .name = "tenant-left", .group = GROUP_MOVE, .label = "left", .sentence = "The tenant at the left; at the end the release as a whole", .keys = { "Left", "h" }, .panes = PANE_SWITCHES, .go = switches_go_left },
	{ .name = "tenant-right", .group = GROUP_MOVE, .label = "right", .sentence = "The tenant at the right", .keys = { "Right", "l" }, .panes = PANE_SWITCHES, .go = switches_go_right },
	{ .name = "tenants-back", .group = GROUP_MOVE, .label = "columns back", .sentence = "The tenants out of sight at the left", .keys = { "<" }, .panes = PANE_SWITCHES, .go = switches_go_columns_back },
	{ .name = "tenants-on", .group = GROUP_MOVE, .label = "columns on", .sentence = "The tenants out of sight at the right", .keys = { ">" }, .panes = PANE_SWITCHES, .go = switches_go_columns_on },
	{ .name = "release", .group = GROUP_OPEN, .label = "release", .sentence = "The release that the row belongs to, whole", .keys = { "o" },
	  .panes = PANE_CHECKS | PANE_INCIDENTS | PANE_AUDIT, .priority = 54, .command = "gonogo release show RELEASE", .go = release_go_open },
	{ .name = "memo-open", .group = GROUP_OPEN, .label = "read", .sentence = "Read the selected memo, byte for byte, beside what the records say", .keys = { "Enter", "l", "m", "F2" }, .panes = PANE_MEMOS,
	  .priority = 88, .command = "gonogo memo show RELEASE", .go = memo_go_open },
	{ .name = "memo-differences", .group = GROUP_OPEN, .label = "differences", .sentence = "What changed since you last read it, marked by word; again: the memo", .keys = { "D" },
	  .panes = PANE_MEMO, .priority = 61, .go = memo_go_differences },
	{ .name = "memo-older", .group = GROUP_MOVE, .label = "older", .sentence = "The memo of this release before it", .keys = { "[" }, .panes = PANE_MEMO, .priority = 45, .go = memo_go_older },
	{ .name = "memo-newer", .group = GROUP_MOVE, .label = "newer", .sentence = "The memo of this release after it", .keys = { "]" }, .panes = PANE_MEMO, .priority = 44, .go = memo_go_newer },
	{ .name = "rollback", .group = GROUP_OPEN, .label = "ROLL BACK", .sentence = "The release's rollback: start it, tick off its steps, finish it", .keys = { "B" },
	  .panes = ABOUT | SWITCHES | PANE_INCIDENTS, .priority = 33, .command = "gonogo release show RELEASE rollback", .go = rollback_go_open },
	{ .name = "walk", .group = GROUP_OPEN, .label = "walk gate", .sentence = "Walk the next gate, one question at a time", .keys = { "w" }, .panes = ABOUT | PANE_CHECKS,
	  .priority = 90, .ready = ready_walk, .go = walk_go_open },
	{ .name = "memo-read", .group = GROUP_OPEN, .label = "memo", .sentence = "Read the newest memo, byte for byte", .keys = { "m", "F2" }, .panes = (ABOUT & ~(PANE_MEMOS | PANE_MEMO)) | PANE_WALK | PANE_ENTRY,
	  .priority = 60, .command = "gonogo memo show RELEASE", .ready = ready_memo, .go = memo_go_open },
	{ .name = "documents", .group = GROUP_OPEN, .label = "documents", .sentence = "Read the release's documents", .keys = { "o", "F3" }, .panes = ABOUT | SWITCHES | PANE_WALK | PANE_ENTRY | PANE_SHEETS,
	  .priority = 50, .command = "gonogo release show RELEASE manifest", .go = textview_go_documents },
	{ .name = "calendar", .group = GROUP_OPEN, .label = "calendar", .sentence = "What opens when, and who must sign for it", .keys = { "c" }, .panes = PANE_RELEASES,
	  .priority = 39, .command = "gonogo calendar", .go = textview_go_calendar },
	{ .name = "export", .label = "export", .sentence = "Export the issued memos with their signatures", .keys = { "x" },
	  .panes = ABOUT | PANE_WALK | PANE_TEXT, .priority = 40, .command = "gonogo memo export RELEASE --dir DIR", .ready = ready_export,
	  .fields = { LINE("dir", "Folder", "Where the files go") }, .prefill = prefill_export, .record = deed_export },
	{ .name = "log-export", .label = "export", .sentence = "Export the entries that the filter leaves", .keys = { "x" }, .panes = PANE_AUDIT, .priority = 42,
	  .command = "gonogo log [--release RELEASE] ... --out FILE", .is_alone = true, .describe = describe_log_export,
	  .fields = { LINE("file", "File", "A new one; what is there already stays as it is"), CHOICE("form", "As", words_log_form) },
	  .prefill = prefill_log_export, .record = deed_log_export },
	{ .name = "verify", .group = GROUP_OPEN, .label = "verify", .sentence = "Check the whole ledger: chain, signatures, projection", .keys = { "V" }, .panes = PANE_AUDIT,
	  .priority = 41, .command = "gonogo verify", .go = audit_go_verify },
	{ .name = "import", .label = "import", .sentence = "Import documents in the specification's text forms", .keys = { "i" },
	  .panes = ABOUT | PANE_WALK, .priority = 45, .is_alone = true, .command = "gonogo import FILE...", .kind = "release.registered",
	  .fields = { LINE("files", "Files", "One or more files, with spaces between") }, .record = deed_import },
	{ .name = "kill", .label = "KILL", .sentence = "Switch the release off, now, for all tenants or some", .keys = { "K" }, .panes = ABOUT | PANE_WALK | SWITCHES | PANE_CHECKS,
	  .priority = 59, .command = "gonogo switch kill RELEASE --reason TEXT", .kind = "switch.killed", .consent = CONSENT_WORD,
	  .fields = { REASON, WHOM(options_to_kill, "* is every tenant") },
	  .ready = ready_kill, .describe = describe_kill, .prefill = prefill_kill, .record = deed_kill },
	{ .name = "incident", .label = "incident", .sentence = "Record an incident of this release", .keys = { "I" }, .panes = ABOUT | SWITCHES | PANE_WALK,
	  .priority = 35, .command = "gonogo incident open RELEASE --severity N --summary TEXT", .kind = "incident.opened", .consent = CONSENT_YES,
	  .prefill = prefill_incident,
	  .fields = { { .name = "severity", .label = "Severity", .hint = "1 is the worst and halts promotion at once (CHN-6)", .shape = FIELD_CHOICE, .choices = words_severity }, LINE("summary", "Summary", "What is wrong, in one line"),
		      CHOICE("cross-tenant", "Crosses tenants", words_yes) },
	  .record = deed_incident },

	{ .name = "answer", .label = "answer", .sentence = "Answer the question", .keys = { "a" }, .panes = PANE_CHECKS, .priority = 78,
	  .command = "gonogo answer RELEASE RULE pass|fail|na", .subject = ACT_OF_QUESTION, .kind = "answer.given", .ready = ready_answer,
	  .fields = { CHOICE("answer", "Answer", words_answer), NOTE, EVIDENCE }, .record = deed_answer },
	{ .name = "stop", .label = "hard stop", .sentence = "Clear or raise a hard stop", .panes = 0,
	  .command = "gonogo stop RELEASE HS-n clear|raise --reason TEXT", .subject = ACT_OF_QUESTION, .kind = "stop.cleared", .describe = describe_stop,
	  .fields = { CHOICE("op", "Hard stop", words_stop_op), REASON }, .record = deed_stop },
	{ .name = "stop-raise", .label = "RAISE", .sentence = "Raise a hard stop: nothing is promoted until it is cleared", .keys = { "R" }, .panes = PANE_CHECKS,
	  .priority = 77, .command = "gonogo stop RELEASE HS-n raise --reason TEXT", .subject = ACT_OF_QUESTION, .kind = "stop.raised", .ready = ready_stop, .describe = describe_stop,
	  .fields = { REASON }, .record = deed_stop_raise },
	{ .name = "stop-clear", .label = "clear", .sentence = "Clear a hard stop, with a written resolution", .keys = { "C" }, .panes = PANE_CHECKS, .priority = 76,
	  .command = "gonogo stop RELEASE HS-n clear --reason TEXT", .subject = ACT_OF_QUESTION, .kind = "stop.cleared", .consent = CONSENT_YES, .ready = ready_stop,
	  .describe = describe_stop, .fields = { REASON }, .record = deed_stop_clear },
	{ .name = "classify", .label = "classify", .sentence = "Classify the release", .panes = 0, .command = "gonogo release classify RELEASE CLASS",
	  .kind = "release.classified", .consent = CONSENT_YES, .fields = { CHOICE("class", "Class", words_class) }, .record = deed_classify },
	{ .name = "new", .label = "new", .sentence = "Register a new release", .keys = { "N" }, .panes = PANE_RELEASES, .priority = 44, .is_release = true,
	  .is_alone = true, .command = "gonogo release new RELEASE --class CLASS --description TEXT", .kind = "release.registered",
	  .problems = problems_manifest,
	  .fields = { { .name = "release", .label = "Release id", .hint = "Letters, digits, dot, dash: 2026-02-03-bulk-invite", .most = TEXT_NAME_MAX }, MANIFEST_FIELDS },
	  .record = deed_manifest },
	{ .name = "copy", .label = "copy", .sentence = "Copy the release's documents to a new release that supersedes it", .keys = { "C" }, .panes = RELEASES,
	  .priority = 34, .is_release = true, .command = "gonogo release copy OLD NEW", .kind = "release.registered", .ready = ready_copy,
	  .describe = describe_copy, .problems = problems_copy,
	  .fields = { { .name = "release", .label = "New id", .hint = "The id of the new release", .most = TEXT_NAME_MAX } }, .record = deed_copy },
	{ .name = "withdraw", .label = "withdraw", .sentence = "Withdraw the release before it was promoted", .keys = { "W" }, .panes = RELEASES,
	  .priority = 33, .command = "gonogo release withdraw RELEASE --reason TEXT", .kind = "release.withdrawn", .consent = CONSENT_ID,
	  .ready = ready_withdraw, .describe = describe_withdraw, .fields = { REASON }, .record = deed_withdraw },
	{ .name = "sheets", .group = GROUP_OPEN, .label = "edit", .sentence = "Fill in the release's documents: manifest, plan, kill switch, rollback plan", .keys = { "e" },
	  .panes = RELEASES | PANE_WALK, .priority = 59, .command = "gonogo import FILE...", .go = documents_go_open },
	{ .name = "sheet", .group = GROUP_OPEN, .label = "fill in", .sentence = "Fill in the document that is selected", .keys = { "Enter", "l" }, .panes = PANE_SHEETS, .priority = 80,
	  .go = documents_go_edit },
	{ .name = "manifest", .label = "manifest", .sentence = "Fill in the manifest", .command = "gonogo import FILE", .is_document = true,
	  .kind = "release.registered", .consent = CONSENT_YES, .ready = ready_manifest, .describe = describe_manifest_edit, .prefill = prefill_manifest,
	  .problems = problems_manifest, .fields = { MANIFEST_FIELDS }, .record = deed_manifest },
	{ .name = "plan", .label = "plan", .sentence = "Fill in the Tenant Exposure Plan", .command = "gonogo import FILE", .is_document = true,
	  .kind = "plan.saved", .consent = CONSENT_YES, .describe = describe_plan_edit, .prefill = prefill_plan, .problems = problems_plan,
	  .fields = { LINE("opt_in", "Opt-in method", "How tenants agree to be exposed"),
		      { .name = "start", .label = "Start date", .hint = "2026-02-05, +2w, mon, today", .most = TEXT_NAME_MAX, .echo = echo_start },
		      { .name = "min_s", .label = "Min. duration", .hint = "1w, 10d, 2 weeks", .most = TEXT_NAME_MAX, .echo = echo_minimum },
		      { .name = "max_s", .label = "Max. duration", .hint = "1w, 10d, 4 weeks, or nothing", .most = TEXT_NAME_MAX, .is_optional = true,
			.echo = echo_maximum },
		      OWNER, SEVERAL("criteria", "Exit criteria", "What must be true to promote to candidate"),
		      { .name = "tenants", .label = "Tenants", .hint = "c: record the consent of this tenant", .shape = FIELD_PICK, .options = options_tenants } },
	  .record = deed_plan },
	{ .name = "switch", .label = "kill switch", .sentence = "Fill in the kill-switch form", .command = "gonogo import --release RELEASE FILE",
	  .is_document = true, .kind = "switch.defined", .consent = CONSENT_YES, .describe = describe_switch_edit, .prefill = prefill_switch,
	  .problems = problems_switch,
	  .fields = { LINE("flag", "Flag", "Its name, as the manifest has it"), LINE("default", "Default", "off or false, as the manifest has it"),
		      LINE("enabled_for", "Enabled for", "The tenants that it is enabled for"),
		      LINE("activation", "Activation", "How it is switched, without a deployment") },
	  .record = deed_switch },
	{ .name = "rollback-plan", .label = "rollback plan", .sentence = "Fill in the rollback plan", .command = "gonogo import --release RELEASE FILE",
	  .is_document = true, .kind = "rollback.planned", .consent = CONSENT_YES, .describe = describe_rollback_edit, .prefill = prefill_rollback_plan,
	  .problems = problems_rollback_plan,
	  .fields = { SEVERAL("triggers", "Triggers", "What makes it necessary"), SEVERAL("steps", "Steps", "The procedure, in order"),
		      SEVERAL("checks", "Verification", "How it is known to have worked"), SEVERAL("communication", "Communication", "Who is told, and how"),
		      MAYBE("recovery", "Data recovery", "Where data changes are declared: how data is recovered"),
		      { .name = "restore", .label = "Restore check", .hint = "Mechanism: REFERENCE, 2026-01-02, pass", .most = TEXT_LINE_MAX, .is_optional = true,
			.echo = echo_restore },
		      OWNER },
	  .record = deed_rollback_plan },
	{ .name = "plan-approve", .label = "approve plan", .sentence = "Approve the Tenant Exposure Plan", .keys = { "a" }, .panes = PANE_SHEETS, .priority = 60,
	  .command = "gonogo plan approve RELEASE", .kind = "plan.approved", .consent = CONSENT_YES, .ready = ready_plan, .describe = describe_plan,
	  .record = deed_plan_approve },
	{ .name = "consent", .label = "consent", .sentence = "Record a tenant's consent to experimental exposure", .keys = { "c" }, .panes = PANE_TENANTS,
	  .priority = 70, .command = "gonogo tenant consent TENANT --method TEXT", .subject = ACT_OF_ROW, .kind = "tenant.consent", .prefill = prefill_consent, .tells_fields = true, .describe = describe_consent,
	  .fields = { LINE("tenant", "Tenant", NULL), LINE("method", "Method", "How consent was given"), EVIDENCE, FOR_RELEASE }, .record = deed_consent },
	{ .name = "consent-withdraw", .label = "withdraw", .sentence = "Record that a tenant withdraws its consent", .keys = { "C" }, .panes = PANE_TENANTS,
	  .priority = 60, .command = "gonogo tenant consent TENANT --withdraw", .subject = ACT_OF_ROW, .kind = "tenant.consent", .consent = CONSENT_YES, .ready = ready_tenant,
	  .tells_fields = true, .describe = describe_consent_withdraw, .fields = { FOR_RELEASE }, .record = deed_consent_withdraw },
	{ .name = "opt-out", .label = "opt out", .sentence = "Record that a tenant opts out of experimental", .keys = { "O" }, .panes = PANE_TENANTS,
	  .priority = 55, .command = "gonogo tenant opt-out TENANT", .subject = ACT_OF_ROW, .kind = "tenant.opted_out", .consent = CONSENT_YES, .ready = ready_tenant,
	  .describe = describe_opt_out, .record = deed_opt_out },
	{ .name = "track", .label = "track", .sentence = "Move a tenant to the other track: standard, or stable only", .keys = { "t" }, .panes = PANE_TENANTS,
	  .priority = 50, .command = "gonogo tenant track TENANT standard|stable-only", .subject = ACT_OF_ROW, .kind = "tenant.tracked", .consent = CONSENT_YES, .ready = ready_tenant,
	  .describe = describe_track, .record = deed_track },
	{ .name = "tenant-add", .label = "add", .sentence = "Register a tenant", .keys = { "a" }, .panes = PANE_TENANTS, .priority = 65,
	  .command = "gonogo tenant add TENANT --name NAME --kind dev-test|production", .kind = "tenant.added",
	  .fields = { LINE("id", "Id", "Letters, digits, . _ -"), LINE("name", "Name", NULL), CHOICE("kind", "Kind", words_tenant_kind), CHOICE("track", "Track", words_tenant_track) },
	  .record = deed_tenant_add },
	{ .name = "switch-test", .label = "switch test", .sentence = "Record a test of the kill switch that somebody made", .keys = { "t" }, .panes = SWITCHES, .priority = 46,
	  .command = "gonogo switch test RELEASE --env dev --result pass --note TEXT", .kind = "switch.tested", .prefill = prefill_switch_test,
	  .fields = { LINE("environment", "Environment", "dev is what counts (KSW-3)"), CHOICE("result", "Result", words_result),
		      { .name = "note", .label = "Note", .hint = "Say where the activation appeared in the audit trail", LONG }, EVIDENCE },
	  .record = deed_switch_test },
	{ .name = "switch-drill", .label = "drill", .sentence = "Perform the test where the switch is bound: off for everyone, read, and back", .keys = { "T" }, .panes = SWITCHES,
	  .priority = 47, .command = "gonogo switch test RELEASE --env dev", .kind = "switch.tested", .consent = CONSENT_YES, .ready = ready_drill,
	  .describe = describe_drill, .prefill = prefill_switch_test, .fields = { LINE("environment", "Environment", "dev is what counts (KSW-3)"), NOTE }, .record = deed_switch_drill },
	{ .name = "switch-confirm", .label = "confirm", .sentence = "Record what tenants are served, as somebody saw it", .keys = { "v" }, .panes = SWITCHES, .priority = 53,
	  .command = "gonogo switch confirm RELEASE --tenant TENANT on|off", .kind = "switch.confirmed", .ready = ready_switch, .prefill = prefill_confirm,
	  .fields = { CHOICE("state", "It is", words_on_off), WHOM(options_to_confirm, "Space chooses, / filters: for whom somebody looked") }, .record = deed_switch_confirm },
	{ .name = "switch-bind", .label = "bind", .sentence = "Say where the flag really lives: a file, a program, or by hand", .keys = { "b" }, .panes = SWITCHES, .priority = 45,
	  .command = "gonogo switch bind RELEASE --provider flagd --place FILE", .kind = "switch.bound", .consent = CONSENT_YES, .ready = ready_switch,
	  .describe = describe_bind, .prefill = prefill_bind,
	  .fields = { CHOICE("provider", "Provider", words_provider), LINE("place", "Place", "The file, the program, or where a person switches it"),
		      MAYBE("flag", "Flag", "Its name there; empty: as the kill-switch form has it"), MAYBE("off", "Off", "The variant or value that is off; empty: it is found"),
		      MAYBE("attribute", "Attribute", "flagd: what names the tenant; empty: tenantId"), MAYBE("timeout", "Timeout", "Command: seconds; empty: 10"),
		      { .name = "args", .label = "Arguments", .hint = "Command: each on a line of its own", .shape = FIELD_LIST, .most = TEXT_LINE_MAX, .is_optional = true },
		      { .name = "later", .label = "Later files", .hint = "flagd: sources that win over it, each on a line of its own", .shape = FIELD_LIST, .most = TEXT_LINE_MAX, .is_optional = true } },
	  .record = deed_switch_bind },
	{ .name = "switch-observe", .label = "observe", .sentence = "Read the switch where it is bound, and record what is news", .keys = { "O" }, .panes = SWITCHES, .priority = 43,
	  .command = "gonogo switch observe RELEASE", .kind = "switch.found", .consent = CONSENT_YES, .ready = ready_live, .describe = describe_observe, .record = deed_switch_observe },
	{ .name = "rehearse", .label = "rehearsal", .sentence = "Record a rehearsal of the rollback plan", .panes = 0,
	  .command = "gonogo rollback rehearse RELEASE --result pass --note TEXT", .kind = "rollback.rehearsed",
	  .fields = { CHOICE("result", "Result", words_result), NOTE, EVIDENCE }, .record = deed_rehearse },
	{ .name = "approve", .label = "approve", .sentence = "Approve the transition in a role you hold", .panes = 0,
	  .command = "gonogo approve RELEASE --role ROLE", .kind = "approval.given", .consent = CONSENT_ID, .describe = describe_gate,
	  .ready = ready_approve, .prefill = prefill_approve, .fields = { CHOICE("role", "As", words_role), NOTE }, .record = deed_approve },
	{ .name = "promote", .label = "promote", .sentence = "Promote the release, when the gate says GO", .keys = { "P" }, .panes = ABOUT,
	  .priority = 70, .command = "gonogo promote RELEASE --to CHANNEL", .kind = "release.promoted", .consent = CONSENT_ID, .ready = ready_promote,
	  .describe = describe_gate, .record = deed_promote },
	{ .name = "memo-draft", .label = "draft memo", .sentence = "Draft the GO/NO-GO decision memo", .keys = { "d" }, .panes = ABOUT | PANE_WALK,
	  .priority = 42, .command = "gonogo memo draft RELEASE --decision go|no-go", .kind = "memo.drafted", .describe = describe_draft, .prefill = prefill_memo_draft,
	  .fields = { CHOICE("kind", "Memo", words_memo_kind), CHOICE("decision", "Decision", words_decision),
		      CHOICE("no-risks", "Risks", words_risks),
		      { .name = "note", .label = "Notes", .hint = "Context; after a NO-GO what became of the remediation", .shape = FIELD_AREA, .most = TEXT_LONG_MAX, .is_optional = true },
		      { .name = "rationale", .label = "Rationale", .hint = "NO-GO only: why not", .shape = FIELD_AREA, .most = TEXT_LONG_MAX, .is_optional = true },
		      { .name = "remediation", .label = "Remediation", .hint = "NO-GO only: what will be done", .shape = FIELD_AREA, .most = TEXT_LONG_MAX, .is_optional = true },
		      { .name = "system-owner", .label = "System Owner", .hint = "Whose signature it takes, of those who hold the role", .shape = FIELD_CHOICE, .options = options_system_owners, .is_optional = true },
		      { .name = "dev-lead", .label = "Dev Lead", .hint = "Whose signature a GO to stable takes besides", .shape = FIELD_CHOICE, .options = options_dev_leads, .is_optional = true } },
	  .problems = problems_memo_draft,
	  .record = deed_memo_draft },
	{ .name = "memo-sign", .label = "sign memo", .sentence = "Sign the memo that waits for you", .keys = { "s" },
	  .panes = ABOUT | PANE_TEXT, .priority = 65, .command = "gonogo memo sign RELEASE --role ROLE", .kind = "memo.signed", .consent = CONSENT_ID,
	  .about = about_memo, .ready = ready_memo_sign, .describe = describe_memo, .button = button_memo, .prefill = prefill_memo_sign, .fields = { CHOICE("role", "As", words_role) },
	  .record = deed_memo_sign },
	{ .name = "accept-risk", .label = "accept risk", .sentence = "Accept a named risk with its rationale", .keys = { "R" },
	  .panes = ABOUT | PANE_WALK, .command = "gonogo accept-risk RELEASE --risk TEXT --rationale TEXT", .kind = "risk.accepted",
	  .consent = CONSENT_YES, .describe = describe_risk, .fields = { LINE("risk", "Risk", NULL), LINE("rationale", "Rationale", "Why it is accepted") }, .record = deed_risk },
	{ .name = "evaluate", .label = "evaluate", .sentence = "Record the rollback evaluation that a SEV-1 demands", .keys = { "v" }, .panes = PANE_INCIDENTS,
	  .priority = 70, .command = "gonogo incident evaluate RELEASE resume|rollback --rationale TEXT", .kind = "incident.evaluated", .consent = CONSENT_ID,
	  .ready = ready_halt, .describe = describe_halt,
	  .fields = { CHOICE("decision", "Decision", words_evaluation),
		      { .name = "rationale", .label = "Rationale", .hint = "Why; it stays on the record", .shape = FIELD_AREA, .most = TEXT_LONG_MAX } },
	  .record = deed_evaluate },
	{ .name = "resolve", .label = "resolve", .sentence = "Record how an incident was resolved", .keys = { "R" }, .panes = PANE_INCIDENTS,
	  .priority = 60, .command = "gonogo incident resolve INC --resolution TEXT", .subject = ACT_OF_ROW, .kind = "incident.resolved", .prefill = prefill_resolve, .tells_fields = true, .describe = describe_incident,
	  .fields = { LINE("incident", "Incident", NULL),
		      { .name = "resolution", .label = "Resolution", .hint = "What was done, and how it is known to hold", .shape = FIELD_AREA, .most = TEXT_LONG_MAX } },
	  .record = deed_resolve },
	{ .name = "incident-open", .label = "new", .sentence = "Record an incident of releases, or of tenants", .keys = { "a" }, .panes = PANE_INCIDENTS, .priority = 65,
	  .command = "gonogo incident open RELEASE... --severity N --summary TEXT", .kind = "incident.opened", .consent = CONSENT_YES, .prefill = prefill_incident_open,
	  .fields = { CHOICE("severity", "Severity", words_severity), LINE("summary", "Summary", "What is wrong, in one line"),
		      { .name = "releases", .label = "Releases", .hint = "Ids, with spaces between", .most = TEXT_LINE_MAX, .is_optional = true },
		      { .name = "tenants", .label = "Tenants", .hint = "Ids, with spaces between", .most = TEXT_LINE_MAX, .is_optional = true },
		      CHOICE("cross-tenant", "Crosses tenants", words_yes) },
	  .record = deed_incident_open },
	{ .name = "regrade", .label = "regrade", .sentence = "Record another severity of an incident", .keys = { "e" }, .panes = PANE_INCIDENTS, .priority = 55,
	  .command = "gonogo incident regrade INC --severity N --reason TEXT", .subject = ACT_OF_ROW, .kind = "incident.regraded", .consent = CONSENT_YES, .ready = ready_incident,
	  .describe = describe_incident, .fields = { CHOICE("severity", "Severity", words_severity), REASON }, .record = deed_regrade },
	{ .name = "rollback-approve", .label = "approve", .sentence = "Approve the rollback for the next 24 hours", .keys = { "a" }, .panes = PANE_ROLLBACK,
	  .priority = 70, .command = "gonogo rollback approve RELEASE", .kind = "rollback.approved", .consent = CONSENT_ID, .ready = ready_rollback,
	  .describe = describe_rollback, .prefill = prefill_rollback, .fields = { INCIDENT }, .record = deed_rollback_approve },
	{ .name = "rollback-start", .label = "start", .sentence = "Start the rollback: from then on nobody may be served the release", .keys = { "s" },
	  .panes = PANE_ROLLBACK, .priority = 75, .command = "gonogo rollback start RELEASE --reason TEXT", .kind = "rollback.started", .consent = CONSENT_ID,
	  .ready = ready_rollback, .describe = describe_rollback, .prefill = prefill_rollback, .fields = { REASON, INCIDENT }, .record = deed_rollback_start },
	{ .name = "rollback-step", .label = "tick off", .sentence = "Record that the selected step is done, or why it is skipped", .keys = { "Enter", "l" },
	  .panes = PANE_ROLLBACK, .priority = 80, .command = "gonogo rollback step RELEASE N done|skipped", .subject = ACT_OF_ROW, .kind = "rollback.step", .ready = ready_step,
	  .describe = describe_step, .prefill = prefill_step,
	  .fields = { CHOICE("state", "Step", words_step_end), { .name = "note", .label = "Note", .hint = "A skipped step says why", LONG, .is_optional = true } },
	  .record = deed_rollback_step },
	{ .name = "rollback-notify", .label = "notified", .sentence = "Record who was notified of the rollback", .keys = { "n" }, .panes = PANE_ROLLBACK,
	  .priority = 65, .command = "gonogo rollback notify RELEASE PERSON...", .kind = "rollback.notified", .ready = ready_run, .describe = describe_communication,
	  .fields = { { .name = "people", .label = "People", .shape = FIELD_PICK, .options = deeds_people } }, .record = deed_rollback_notify },
	{ .name = "rollback-finish", .label = "finish", .sentence = "Record how the verification ended; passed, it finishes the rollback", .keys = { "f" },
	  .panes = PANE_ROLLBACK, .priority = 60, .command = "gonogo rollback finish RELEASE --verification pass|fail --note TEXT", .kind = "rollback.finished",
	  .consent = CONSENT_ID, .ready = ready_run, .describe = describe_checks, .fields = { CHOICE("verification", "Verification", words_result), NOTE },
	  .record = deed_rollback_finish },
	{ .name = "switch-approve", .label = "approve restore", .sentence = "Approve restoring a killed release", .keys = { "u" }, .panes = ABOUT | SWITCHES, .priority = 52, .ready = ready_restore,
	  .command = "gonogo switch approve RELEASE --role ROLE --reason TEXT", .kind = "switch.approved", .consent = CONSENT_ID,
	  .describe = describe_kill, .prefill = prefill_switch_approve, .fields = { CHOICE("role", "As", words_role), REASON },
	  .record = deed_switch_approve },
	{ .name = "switch-restore", .label = "restore", .sentence = "Restore a killed release for its tenants", .keys = { "U" }, .panes = ABOUT | SWITCHES, .priority = 51, .ready = ready_restore,
	  .command = "gonogo switch restore RELEASE --reason TEXT", .kind = "switch.restored", .consent = CONSENT_ID, .describe = describe_kill,
	  .prefill = prefill_restore, .fields = { REASON, WHOM(options_to_restore, "Space chooses, / filters; * is every one") }, .record = deed_switch_restore },

	{ .name = "whole", .group = GROUP_OPEN, .label = "whole question", .sentence = "The question and its reason as a text to scroll", .keys = { "v", "F7" },
	  .panes = PANE_WALK | PANE_ENTRY, .go = walk_go_whole },
	{ .name = "previous", .group = GROUP_MOVE, .label = "previous", .sentence = "The question before", .keys = { "[", "PgUp" }, .panes = PANE_WALK, .priority = 60,
	  .go = walk_go_previous },
	{ .name = "skip", .group = GROUP_MOVE, .label = "skip", .sentence = "The next question; what was typed is kept", .keys = { "]", "PgDn" }, .panes = PANE_WALK,
	  .priority = 70, .go = walk_go_next },
	{ .name = "next-mine", .group = GROUP_FIND, .label = "next of mine", .sentence = "The next question that waits for you", .keys = { "n", "^N" }, .panes = PANE_WALK,
	  .priority = 65, .go = walk_go_mine },
	{ .name = "submit", .group = GROUP_MOVE, .label = "save+next", .sentence = "Record what was filled in, and go on", .keys = { "Enter" }, .panes = PANE_WALK,
	  .priority = 80, .go = walk_go_next, .now = entry_enter_does },
	{ .name = "record", .group = GROUP_MOVE, .label = "record", .sentence = "Record what was filled in (also Enter on the last field)", .keys = { "^S" },
	  .panes = PANE_ENTRY | PANE_WALK, .priority = 80, .go = help_go_nothing_open },
	{ .name = "field-next", .group = GROUP_MOVE, .label = "next field", .sentence = "The next field; Down where it has no further row", .keys = { "Tab", "Down" },
	  .panes = PANE_ENTRY | PANE_WALK, .go = help_go_nothing_open },
	{ .name = "field-previous", .group = GROUP_MOVE, .label = "previous field", .sentence = "The field before; Up where it has no row above", .keys = { "S-Tab", "Up" },
	  .panes = PANE_ENTRY | PANE_WALK, .go = help_go_nothing_open },
	{ .name = "choose", .group = GROUP_MOVE, .label = "choose", .sentence = "Of a row of ( ): the next and the one before; Space takes the first", .keys = { "Right", "Left" },
	  .panes = PANE_ENTRY | PANE_WALK, .go = help_go_nothing_open },
	{ .name = "editor", .label = "editor", .sentence = "Write a long text, or a list line by line, in your own editor ($VISUAL, $EDITOR)",
	  .keys = { "F5", "^X", "E" }, .panes = PANE_ENTRY | PANE_WALK, .priority = 38, .go = entry_go_editor },
	{ .name = "pick-consent", .label = "consent", .sentence = "In a list of tenants: record the consent of the one in focus, and come back to what is filled in",
	  .keys = { "c" }, .panes = PANE_ENTRY | PANE_WALK, .priority = 66, .go = entry_go_consent },
	{ .name = "undo", .label = "undo", .sentence = "Take back the last change of what is filled in; what is recorded stays", .keys = { "F4", "^_" },
	  .panes = PANE_ENTRY | PANE_WALK, .priority = 37, .go = entry_go_undo },
	{ .name = "redo", .label = "redo", .sentence = "Do again what was taken back", .keys = { "F6", "^Y" }, .panes = PANE_ENTRY | PANE_WALK,
	  .go = entry_go_redo },

	{ .name = "run", .group = GROUP_OPEN, .label = "do it", .sentence = "Leave help, and do what the line says", .keys = { "Enter" }, .panes = PANE_HELP,
	  .priority = 80, .go = help_go_run },
	{ .name = "filter", .group = GROUP_FIND, .label = "filter", .sentence = "Only rows with these words; where a list has fields, also field:value", .keys = { "/" }, .panes = (ROWS & ~PANE_ROLLBACK) | PANE_HELP,
	  .priority = 58, .go = filter_go_open },
	{ .name = "mine", .group = GROUP_FIND, .label = "mine", .sentence = "Only releases that wait for a role of yours; again: all", .keys = { "f" },
	  .panes = PANE_RELEASES, .priority = 57, .command = "gonogo release list --needs-me", .go = releases_go_mine },
	{ .name = "memos-mine", .group = GROUP_FIND, .label = "mine", .sentence = "Only drafts that wait for your signature; again: all", .keys = { "f" },
	  .panes = PANE_MEMOS, .priority = 57, .go = memos_go_mine },
	{ .name = "needed", .group = GROUP_FIND, .label = "needed", .sentence = "Only releases whose switch needs somebody; again: all", .keys = { "f" },
	  .panes = PANE_SWITCHES, .priority = 57, .go = switches_go_needed },
	{ .name = "one-order", .group = GROUP_FIND, .label = "sort", .sentence = "This list has one order alone: tenants by id, all else newest first", .keys = { "S" },
	  .panes = PANE_TENANTS | PANE_MEMOS | PANE_INCIDENTS | PANE_AUDIT, .go = list_go_one_order },
	{ .name = "incidents-open", .group = GROUP_FIND, .label = "open", .sentence = "Only incidents that are open; again: all", .keys = { "f" },
	  .panes = PANE_INCIDENTS, .go = list_go_open },
	{ .name = "checks-mine", .group = GROUP_FIND, .label = "mine", .sentence = "Only what waits for you; again: all", .keys = { "f" }, .panes = PANE_CHECKS,
	  .priority = 57, .go = list_go_mine },
	{ .name = "checks-blocked", .group = GROUP_FIND, .label = "blocked", .sentence = "Only what forbids to promote: a fail, a raised hard stop; again: all",
	  .keys = { "b" }, .panes = PANE_CHECKS, .go = list_go_blocked },
	{ .name = "checks-stale", .group = GROUP_FIND, .label = "stale", .sentence = "Only what was said and counts no longer; again: all", .keys = { "t" },
	  .panes = PANE_CHECKS, .go = list_go_stale },
	{ .name = "checks-sort", .group = GROUP_FIND, .label = "sort", .sentence = "The next order: by checklist, what needs you, what was said last", .keys = { "S" },
	  .panes = PANE_CHECKS, .priority = 56, .go = list_go_sort },
	{ .name = "checks-needed", .group = GROUP_FIND, .label = "next for you", .sentence = "The checklists of the next release in which something waits for you",
	  .keys = { "n" }, .panes = PANE_CHECKS, .priority = 53, .go = checks_go_needed },
	{ .name = "checks-previous", .group = GROUP_MOVE, .label = "release before", .sentence = "The checklists of the release before", .keys = { "[" },
	  .panes = PANE_CHECKS, .priority = 52, .go = checks_go_previous },
	{ .name = "checks-next", .group = GROUP_MOVE, .label = "after", .sentence = "The checklists of the release after", .keys = { "]" },
	  .panes = PANE_CHECKS, .priority = 51, .go = checks_go_next },
	{ .name = "blocked", .group = GROUP_FIND, .label = "blocked", .sentence = "Only releases that something forbids to promote; again: all", .keys = { "b" },
	  .panes = PANE_RELEASES, .go = releases_go_blocked },
	{ .name = "soaking", .group = GROUP_FIND, .label = "soaking", .sentence = "Only releases for which time has to pass; again: all", .keys = { "t" },
	  .panes = PANE_RELEASES, .go = releases_go_soaking },
	{ .name = "halted", .group = GROUP_FIND, .label = "halted", .sentence = "Only releases that are halted, killed or rolled back; again: all", .keys = { "h" },
	  .panes = PANE_RELEASES, .go = releases_go_halted },
	{ .name = "sort", .group = GROUP_FIND, .label = "sort", .sentence = "The next order: id, what needs you, newest, channel, what opens next", .keys = { "S" },
	  .panes = PANE_RELEASES, .priority = 56, .go = releases_go_sort },
	{ .name = "next-needed", .group = GROUP_FIND, .label = "next for you", .sentence = "The next release in which something waits for you", .keys = { "n" },
	  .panes = PANE_RELEASES, .priority = 62, .go = releases_go_needed },
	{ .name = "down", .group = GROUP_MOVE, .label = "down", .sentence = "The next row", .keys = { "Down", "j" }, .panes = ROWS | PANE_SHEETS, .go = window_go_down },
	{ .name = "up", .group = GROUP_MOVE, .label = "up", .sentence = "The row before", .keys = { "Up", "k" }, .panes = ROWS | PANE_SHEETS, .go = window_go_up },
	{ .name = "page-down", .group = GROUP_MOVE, .label = "page down", .sentence = "A page on", .keys = { "PgDn", "^F" }, .panes = ROWS,
	  .go = window_go_page_down },
	{ .name = "page-up", .group = GROUP_MOVE, .label = "page up", .sentence = "A page back", .keys = { "PgUp", "^B" }, .panes = ROWS,
	  .go = window_go_page_up },
	{ .name = "first", .group = GROUP_MOVE, .label = "first", .sentence = "The first row", .keys = { "Home", "g" }, .panes = ROWS | PANE_SHEETS, .go = window_go_first },
	{ .name = "last", .group = GROUP_MOVE, .label = "last", .sentence = "The last row", .keys = { "End", "G" }, .panes = ROWS | PANE_SHEETS, .go = window_go_last },
	{ .name = "scroll-down", .group = GROUP_MOVE, .label = "down", .sentence = "A line on", .keys = { "Down", "j" }, .panes = TEXTS,
	  .go = textview_go_down },
	{ .name = "scroll-up", .group = GROUP_MOVE, .label = "up", .sentence = "A line back", .keys = { "Up", "k" }, .panes = TEXTS, .go = textview_go_up },
	{ .name = "scroll-page-down", .group = GROUP_MOVE, .label = "page down", .sentence = "A page on", .keys = { "PgDn", "Space", "^F" },
	  .panes = TEXTS, .priority = 63, .go = textview_go_page_down },
	{ .name = "scroll-page-up", .group = GROUP_MOVE, .label = "page up", .sentence = "A page back", .keys = { "PgUp", "^B" }, .panes = TEXTS,
	  .priority = 29, .go = textview_go_page_up },
	{ .name = "scroll-first", .group = GROUP_MOVE, .label = "top", .sentence = "The beginning", .keys = { "Home", "g" }, .panes = TEXTS,
	  .go = textview_go_first },
	{ .name = "scroll-last", .group = GROUP_MOVE, .label = "end", .sentence = "The end", .keys = { "End", "G" }, .panes = TEXTS,
	  .go = textview_go_last },

	{ .name = "person", .group = GROUP_EVERYWHERE, .label = "person", .sentence = "Practice ledger: act as the next of the practice people", .keys = { "p" },
	  .panes = ABOUT | PANE_WALK | PANE_SHEETS | SWITCHES | PANE_CHECKS, .priority = 48, .is_practice = true, .go = release_go_person },
	{ .name = "refresh", .group = GROUP_EVERYWHERE, .label = "re-read", .sentence = "Read everything again", .keys = { "r", "^L" }, .panes = PANE_ANY & ~PANE_ENTRY,
	  .go = help_go_refresh },
	{ .name = "copy-id", .group = GROUP_EVERYWHERE, .label = "copy id", .sentence = "Copy the id of the selected row, for pasting elsewhere", .keys = { "y" },
	  .panes = ROWS | (TEXTS & ~PANE_HELP), .go = clip_go_id },
	{ .name = "copy-text", .group = GROUP_EVERYWHERE, .label = "copy text", .sentence = "Copy the whole text: the account of the row, the memo byte for byte",
	  .keys = { "Y" }, .panes = (ROWS | TEXTS) & ~PANE_HELP, .go = clip_go_text },
	{ .name = "commands", .group = GROUP_EVERYWHERE, .label = "commands",
	  .sentence = "Help with its search open: words find, Enter does the line, Esc leaves", .keys = { ":", "^P" }, .panes = PANE_ANY, .priority = 25,
	  .go = help_go_commands },
	{ .name = "help", .group = GROUP_EVERYWHERE, .label = "help", .sentence = "The keys that work here, and why others do not", .keys = { "?", "F1" }, .panes = PANE_ANY,
	  .priority = 100, .go = help_go_open },
	{ .name = "back", .group = GROUP_EVERYWHERE, .label = "back", .sentence = "Back to where you came from; what was typed is kept", .keys = { "Esc", "^G", "q", "^C" },
	  .panes = PANE_ANY & ~PANE_RELEASES, .priority = 95, .go = help_go_back },
	{ .name = "quit", .group = GROUP_EVERYWHERE, .label = "quit", .sentence = "Leave gonogo", .keys = { "q", "^C" }, .panes = PANE_RELEASES, .priority = 95,
	  .go = help_go_back },
};
const size_t action_count = sizeof actions / sizeof *actions;

const struct action *action_named(const char *name)
{
	for (size_t i = 0; i < action_count; i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

bool action_is_here(const struct action *action, const struct screen *screen)
{
	return (action->panes & screen->kind->pane) && (!action->is_practice || screen->console->session->is_demo);
}

const char *action_key(const struct action *action, const struct screen *screen)
{
	const bool is_typing = screen->kind->is_typing && screen->kind->is_typing(screen);

	for (size_t i = 0; i < sizeof action->keys / sizeof *action->keys && action->keys[i]; i++)
		if (!is_typing || action->keys[i][1])
			return action->keys[i];
	return NULL;
}

void action_bars_of(const struct act_in *in, struct action_bars *out)
{
	struct err err;

	for (size_t i = 0; i < ACTIONS_MAX; i++)
		out->is_barred[i] = i < action_count && action_ready(&actions[i], in, &err) != ERR_NONE;
}

static bool has_subject(const struct screen *screen)
{
	return (screen->kind->release && screen->kind->release(screen)) || (screen->kind->chosen && screen->kind->chosen(screen));
}

bool action_is_barred(const struct action *action, const struct screen *screen)
{
	const struct action_bars *bars = screen->kind->bars ? screen->kind->bars(screen) : NULL;
	const size_t at = (size_t)(action - actions);

	if (!action->is_alone && (action->record || (action->group == GROUP_OPEN && (action->panes & ABOUT))) && !has_subject(screen))
		return true;
	if (screen->kind->entry && !entry_takes(screen->kind->entry(screen), action))
		return true;
	return bars && at < ACTIONS_MAX && bars->is_barred[at];
}

const struct action *action_of_key(struct key key, const struct screen *screen)
{
	for (size_t i = 0; i < action_count; i++)
		for (size_t k = 0; action_is_here(&actions[i], screen) && k < sizeof actions[i].keys / sizeof *actions[i].keys; k++)
			if (actions[i].keys[k] && key_is(key, actions[i].keys[k]))
				return &actions[i];
	return NULL;
}

enum err_kind action_ready(const struct action *action, const struct act_in *in, struct err *err)
{
	const struct fact_kind *kind = action->kind ? kind_find(action->kind) : NULL;
	enum err_kind failed = ERR_NONE;

	if (kind && in->record) {
		struct dossier about = in->record->dossier;

		/* The release it makes is another, whatever became of the one that is selected. */
		if (action->is_release)
			about.state = STATE_REGISTERED;
		failed = authority_may(&about, in->record->me, kind, err);
	}
	return !failed && action->ready ? action->ready(in, err) : failed;
}

/* A memo goes through three hands: whoever drafts it, then those it names. */
static const char *memo_action(const struct act_in *in, enum memo_kind kind)
{
	const struct dossier *d = &in->record->dossier;
	const struct memo_entry *draft;
	enum role role;

	if (kind == MEMO_MECHANISM && !dossier_open_risks(d))
		return "accept-risk";
	if (evidence_signable_draft(d, kind, d->arena, &draft, NULL) != ERR_NONE || !draft)
		return "memo-draft";
	return memos_signable(d, draft, in->record->me, &role, NULL) == ERR_NONE ? "memo-sign" : NULL;
}

static const char *approval_action(const struct act_in *in, const struct finding *finding)
{
	const struct dossier *d = &in->record->dossier;

	if (in->verdict->to == CHANNEL_STABLE && !(finding->roles & ~ROLE_SYSTEM_OWNER))
		return memo_action(in, MEMO_STABLE);
	if (strcmp(finding->id, "CLS-3") == 0 && d->class == CLASS_MECHANISM && !dossier_open_risks(d))
		return "accept-risk";
	return "approve";
}

static const char *restore_action(const struct act_in *in)
{
	const struct dossier *d = &in->record->dossier;
	struct holder holders[FORM_FIELDS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < d->restore_approval_count && count < FORM_FIELDS_MAX; i++)
		if (!d->restore_approvals[i].is_used)
			holders[count++] = (struct holder){ d->restore_approvals[i].role, d->restore_approvals[i].person };
	return authority_distinct(authority_class_roles(d->class), holders, count) ? "switch-restore" : "switch-approve";
}

/* An incident that stands open is the reason before any answer is (CHN-2, CHN-4, CHN-5). */
static bool is_about_incident(const struct act_in *in, const struct finding *finding)
{
	static const char *const ids[] = { "CHN-2", "CHN-4", "CHN-5" };

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (strcmp(finding->id, ids[i]) == 0)
			return finding->state == FINDING_UNMET && deeds_open_incident(&in->record->dossier);
	return false;
}

/* Consent makes a tenant eligible who lacks nothing else; any other is taken out of the plan. */
static const char *tenants_action(const struct act_in *in)
{
	const struct dossier *d = &in->record->dossier;

	for (size_t i = 0; i < d->plan.tenants.count; i++) {
		const struct tenant *tenant = registry_tenant(&d->registry, d->plan.tenants.items[i]);

		if (tenant && tenant->track == TRACK_STANDARD && !tenant->is_opted_out)
			continue;
		return "plan";
	}
	return d->plan.tenants.count ? "consent" : "plan";
}

/* HS-1, HS-2 and HS-6 follow from what documents lack: where nobody raised one by hand, the document is what settles it. */
static const char *stop_action(const struct act_in *in, const struct finding *finding)
{
	static const struct { const char *stop, *rules[2]; } derived[] = { { "HS-1", { "CLS-1" } }, { "HS-2", { "RBP-1", "CLS-5" } }, { "HS-6", { "KSW-1" } } };
	const struct dossier *d = &in->record->dossier;

	for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
		for (size_t k = 0; k < 2 && derived[i].rules[k] && strcmp(finding->id, derived[i].stop) == 0; k++) {
			const char *name = sheet_action(d, derived[i].rules[k]);

			if (name && !d->stops[finding->id[3] - '1'].is_raised)
				return name;
		}
	return "stop";
}

/* What was answered, assessed, tested or rehearsed may be so anew: the latest counts. */
static bool is_repeatable(const char *name)
{
	static const char *const names[] = { "answer", "stop", "switch-test", "rehearse" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

const struct action *action_for(const struct act_in *in, const struct finding *finding)
{
	const char *name = finding->rule->action;

	if (is_about_incident(in, finding))
		return action_named("resolve");
	if (!name || !*name || (finding_is_settled(finding) && !is_repeatable(name)))
		return NULL;
	if (strcmp(name, "memo") == 0)
		name = memo_action(in, deeds_memo_kind(finding->rule->id));
	else if (strcmp(name, "approve") == 0)
		name = approval_action(in, finding);
	else if (strcmp(name, "switch-restore") == 0)
		name = restore_action(in);
	else if (strcmp(name, "consent") == 0)
		name = tenants_action(in);
	else if (strcmp(name, "classify") == 0 || strcmp(name, "manifest") == 0 || strcmp(name, "switch") == 0)
		name = sheet_action(&in->record->dossier, finding->id);
	else if (strcmp(name, "stop") == 0)
		name = stop_action(in, finding);
	return name ? action_named(name) : NULL;
}
