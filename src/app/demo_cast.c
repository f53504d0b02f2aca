#include <config.h>

#include <gonogo/app/demo.h>

const struct demo_role demo_people[DEMO_PEOPLE] = {
	[DEMO_OWNER] = { "ann", "Ann Lee", ROLE_SYSTEM_OWNER },
	[DEMO_LEAD] = { "dana", "Dana Cruz", ROLE_DEV_LEAD },
	[DEMO_QA] = { "kim", "Kim Ito", ROLE_QA },
	[DEMO_OPERATOR] = { "ola", "Ola Berg", ROLE_OPERATOR },
};

const struct demo_tenant demo_tenants[] = {
	{ "harbour-dev", "Harbour Rowing Club, development", TENANT_DEV_TEST, TRACK_STANDARD, false },
	{ "harbour-staging", "Harbour Rowing Club, staging", TENANT_DEV_TEST, TRACK_STANDARD, false },
	{ "elm-street", "Elm Street Choir", TENANT_PRODUCTION, TRACK_STANDARD, true },
	{ "north-hikers", "North Hikers", TENANT_PRODUCTION, TRACK_STANDARD, true },
	{ "quiet-library", "Friends of the Quiet Library", TENANT_PRODUCTION, TRACK_STABLE_ONLY, false },
	{ "tide-sailing", "Tide Sailing Association", TENANT_PRODUCTION, TRACK_STANDARD, false },
};
const size_t demo_tenant_count = sizeof demo_tenants / sizeof *demo_tenants;

#define UI CLASS_UI_ONLY
#define FLOW CLASS_WORKFLOW
#define CAP CLASS_CAPABILITY
#define MECH CLASS_MECHANISM

const struct demo_release demo_releases[] = {
	{ "button-contrast", "BUTTON_CONTRAST", "Raise the contrast of all buttons", "src/ui/theme.css", "None", UI, { 34, 33, 24, 15 }, DEMO_PLAIN },
	{ "roster-filter", "ROSTER_FILTER_UI", "Filter the roster by team and season", "src/roster/filter.ts", "None", FLOW, { 36, 35, 26, 17 },
	  DEMO_PLAIN },
	{ "guest-passes", "GUEST_PASSES", "Guest passes for one visit, off by default", "src/passes/guest.ts", "None", CAP, { 39, 38, 21, 12 },
	  DEMO_PLAIN },
	{ "session-store", "SESSION_STORE_V2", "Move sessions to the new store", "src/auth/session.ts, migrations/0042.sql",
	  "Sessions table copied to the new store", MECH, { 41, 40, 23, 13 }, DEMO_PLAIN },
	{ "label-fix", "LABEL_FIX", "Correct two labels on the dues page", "src/dues/labels.ts", "None", UI, { 20, 19, 10, 0 }, DEMO_PLAIN },
	{ "bulk-invite", "BULK_INVITE_UI", "Invite many members from one list", "src/invite/bulk.ts", "None", FLOW, { 18, 16, 5, 0 }, DEMO_WAITING },
	{ "calendar-sync", "CALENDAR_SYNC", "Two-way calendar synchronisation, off by default", "src/calendar/sync.ts, src/api/calendar.ts", "None", CAP,
	  { 31, 29, 11, 0 }, DEMO_READY_TO_SIGN },
	{ "dues-ledger", "DUES_LEDGER_V2", "Double-entry ledger for dues", "src/dues/ledger.ts, migrations/0043.sql",
	  "Dues rows rewritten as double entries", MECH, { 30, 28, 8, 0 }, DEMO_HALTED },
	{ "icon-refresh", "ICON_REFRESH", "New icons in the member menu", "src/ui/icons.svg", "None", UI, { 10, 9, 0, 0 }, DEMO_PLAIN },
	{ "waitlist-notes", "WAITLIST_NOTES_UI", "Notes on the waiting list", "src/waitlist/notes.ts", "None", FLOW, { 6, 4, 0, 0 }, DEMO_PLAIN },
	{ "export-csv", "EXPORT_CSV", "Export of the roster as CSV, off by default", "src/export/csv.ts", "None", CAP, { 11, 9, 0, 0 }, DEMO_PLAIN },
	{ "audit-index", "AUDIT_INDEX", "Audit log indexed by member", "src/audit/index.ts, migrations/0044.sql", "Index added to the audit table", MECH,
	  { 9, 7, 0, 0 }, DEMO_PLAIN },
	{ "footer-links", "FOOTER_LINKS", "Links in the footer", "src/ui/footer.ts", "None", UI, { 2, 0, 0, 0 }, DEMO_PLAIN },
	{ "event-reminders", "EVENT_REMINDERS_UI", "Reminders before events", "src/events/reminders.ts", "None", FLOW, { 3, 0, 0, 0 }, DEMO_PLAIN },
	{ "payment-links", "PAYMENT_LINKS", "Payment by link, off by default", "src/dues/links.ts", "None", CAP, { 2, 0, 0, 0 }, DEMO_PLAIN },
	{ "role-model", "ROLE_MODEL_V2", "Roles by committee", "src/auth/roles.ts, migrations/0045.sql", "Role rows gain a committee", MECH, { 1, 0, 0, 0 },
	  DEMO_PLAIN },
};
const size_t demo_release_count = sizeof demo_releases / sizeof *demo_releases;
