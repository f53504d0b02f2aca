#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/history.h"

/* The table of rules against the list kept here, and against the specification's own page where a checkout has it beside itself. */
TestSuite(table, .timeout = 30);

/* id, when it is due ("1", "2", "3": from that transition on; a "o" after it: once; "*" always, "r" on rollback), how it is decided. */
static const struct row {
	const char *id, *due;
	char how;
} wanted[] = {
	{ "CLS-1", "1", 'd' },
	{ "CLS-2", "*", 'd' },
	{ "CLS-3", "2", 'p' },
	{ "CLS-4", "2", 'o' },
	{ "CLS-5", "1", 'o' },
	{ "CLS-6", "*", 'd' },
	{ "CHN-1", "1", 'd' },
	{ "CHN-2", "1", 'd' },
	{ "CHN-3", "1o", 'a' },
	{ "CHN-4", "2o", 'a' },
	{ "CHN-5", "3", 'a' },
	{ "CHN-6", "1", 'd' },
	{ "CHN-7", "*", 'd' },
	{ "CHN-8", "*", 'd' },
	{ "PLN-1", "1", 'o' },
	{ "PLN-2", "1", 'p' },
	{ "PLN-3", "1o", 'd' },
	{ "PLN-4", "2", 'a' },
	{ "PLN-5", "2o", 'd' },
	{ "DAT-1", "2", 'a' },
	{ "DAT-2", "2", 'a' },
	{ "DAT-3", "2", 'a' },
	{ "DAT-4", "2", 'a' },
	{ "DAT-5", "2", 'a' },
	{ "DAT-6", "2", 'a' },
	{ "DAT-7", "2", 'a' },
	{ "HS-1", "1", 'd' },
	{ "HS-2", "1", 'd' },
	{ "HS-3", "1", 'd' },
	{ "HS-4", "1", 'd' },
	{ "HS-5", "1", 'd' },
	{ "HS-6", "1", 'd' },
	{ "HS-7", "1", 'd' },
	{ "KSW-1", "1", 'o' },
	{ "KSW-2", "1", 'a' },
	{ "KSW-3", "1", 'd' },
	{ "KSW-4", "*", 'd' },
	{ "KSW-5", "1", 'a' },
	{ "KSW-6", "1*", 'd' },
	{ "RBP-1", "1", 'o' },
	{ "RBP-2", "3", 'd' },
	{ "RBK-1", "r", 'd' },
	{ "RBK-2", "r", 'p' },
	{ "OBS-0", "2", 'a' },
	{ "OBS-1", "2", 'a' },
	{ "OBS-2", "2", 'a' },
	{ "OBS-3", "2", 'a' },
	{ "OBS-4", "1o", 'a' },
	{ "OBS-5", "2", 'a' },
	{ "OBV-1", "2o", 'a' },
	{ "OBV-2", "2o", 'a' },
	{ "OBV-3", "2o", 'a' },
	{ "OBV-4", "2o", 'a' },
	{ "ATT-1", "*", 'd' },
	{ "ATT-2", "*", 'd' },
	{ "ATT-3", "2", 'a' },
	{ "ATT-4", "2", 'a' },
	{ "ATT-5", "2", 'a' },
	{ "ATT-6", "1", 'a' },
	{ "APR-1", "1", 'p' },
	{ "APR-2", "1", 'd' },
	{ "APR-3", "1", 'd' },
	{ "MEM-1", "3", 'o' },
	{ "MEM-2", "3", 'd' },
	{ "MEM-3", "3", 'o' },
	{ "MEM-4", "3", 'o' },
	{ "MEM-5", "3", 'd' },
	{ "MEM-6", "2", 'o' },
};
enum { WANTED = sizeof wanted / sizeof *wanted };

static uint8_t due_of(const char *text)
{
	const bool once = strchr(text, 'o') != NULL;
	uint8_t due = 0;

	if (strchr(text, '1'))
		due = once ? ONCE_T1 : FROM_T1;
	else if (strchr(text, '2'))
		due = once ? ONCE_T2 : FROM_T2;
	else if (strchr(text, '3'))
		due = DUE_T3;
	if (strchr(text, '*'))
		due |= DUE_ALWAYS;
	if (strchr(text, 'r'))
		due |= DUE_ON_ROLLBACK;
	return due;
}

static enum rule_how how_of(char letter)
{
	return letter == 'a' ? RULE_ATTESTED : letter == 'o' ? RULE_DOCUMENT : letter == 'p' ? RULE_APPROVAL : RULE_DERIVED;
}

Test(table, ids_due_and_how_are_the_specifications)
{
	cr_assert_eq(rule_count, WANTED, "%zu rules, and %d are wanted", rule_count, WANTED);
	for (size_t i = 0; i < WANTED; i++) {
		cr_assert_str_eq(rules[i].id, wanted[i].id);
		cr_assert_eq(rules[i].due, due_of(wanted[i].due), "%s is due otherwise", wanted[i].id);
		cr_assert_eq(rules[i].how, how_of(wanted[i].how), "%s is decided otherwise", wanted[i].id);
		cr_assert_eq(rules[i].once, strchr(wanted[i].due, 'o') != NULL, "%s: once", wanted[i].id);
	}
}

Test(table, every_row_is_whole)
{
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = &rules[i];

		cr_assert(rule->section && rule->text && *rule->text, "%s has no text", rule->id);
		cr_assert_eq(rule_find(rule->id), rule, "%s is not found by its id", rule->id);
		/* What is judged at a gate has a judge and says what it reads, and nothing else has. */
		cr_assert_eq(rule->judge != NULL, (rule->due & FROM_T1) != 0, "%s", rule->id);
		cr_assert_eq(rule->reads != 0, rule->judge != NULL, "%s", rule->id);
		cr_assert(rule->judge == NULL || rule->action, "%s names no action", rule->id);
		/* An attested rule that is due once is listed again when it fails. */
		cr_assert(!rule->once || rule->how != RULE_ATTESTED || rule->due_failed, "%s would hide a later fail", rule->id);
		cr_assert(rule->how != RULE_ATTESTED || (rule->roles && !(rule->roles & ~(ROLE_DEV_LEAD | ROLE_QA))), "%s", rule->id);
	}
}

/* `na` only where the item's own words are conditional. */
Test(table, na_is_accepted_for_the_conditional_items_alone)
{
	static const char *const conditional[] = { "DAT-2", "DAT-6", "OBS-1", "OBS-2", "OBS-5" };

	for (size_t i = 0; i < rule_count; i++) {
		bool may = false;

		for (size_t k = 0; k < sizeof conditional / sizeof *conditional; k++)
			may |= strcmp(rules[i].id, conditional[k]) == 0;
		cr_assert_eq(rules[i].may_na, may, "%s", rules[i].id);
	}
}

/* CHN-3, KSW-2 and KSW-5 are a Dev lead's to answer; every other item is QA's too. */
Test(table, who_may_answer)
{
	for (size_t i = 0; i < rule_count; i++) {
		const bool is_lead = strcmp(rules[i].id, "CHN-3") == 0 || strcmp(rules[i].id, "KSW-2") == 0 || strcmp(rules[i].id, "KSW-5") == 0;

		if (rules[i].how == RULE_ATTESTED)
			cr_assert_eq(rules[i].roles, is_lead ? ROLE_DEV_LEAD : ROLE_DEV_LEAD | ROLE_QA, "%s", rules[i].id);
	}
}

static size_t position_of(const char *id)
{
	const struct rule *rule = rule_find(id);

	return rule ? (size_t)(rule - rules) : rule_count;
}

/* "| CHN-3 | text | T1, once | attested |": the cells of a row of the page; how many. */
static size_t split(char *line, char **cells, size_t most)
{
	size_t count = 0;

	for (char *cell = strtok(line, "|\n"); cell && count < most; cell = strtok(NULL, "|\n"))
		cells[count++] = cell;
	return count;
}

static bool is_id(const char *text)
{
	return strcspn(text, "0123456789") >= 3 && strchr(text, '-') && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= 2;
}

static void check_due(const char *id, const char *due)
{
	const struct rule *rule = rule_find(id);
	const uint8_t from = strstr(due, "T*") || strstr(due, "T1") ? DUE_T1 : strstr(due, "T2") ? DUE_T2 : strstr(due, "T3") ? DUE_T3 : 0;
	/* The first transition named decides; OBS-0 is due at T2 and mentions T1 for its fail. */
	const uint8_t first = due[1] == 'T' && due[2] == '2' ? DUE_T2 : from;

	cr_assert_eq((rule->due & FROM_T1) & (uint8_t) - (rule->due & FROM_T1), first, "%s is due at \"%s\"", id, due);
	if (strstr(due, "once"))
		cr_assert(rule->once, "%s is due once", id);
	if (strstr(due, "always"))
		cr_assert(rule->due & DUE_ALWAYS, "%s is due always", id);
	if (strstr(due, "on rollback"))
		cr_assert(rule->due & DUE_ON_ROLLBACK, "%s is due on rollback", id);
}

static void check_how(const char *id, const char *how)
{
	static const char *const words[] = { "derived", "attested", "document", "approval" };
	const struct rule *rule = rule_find(id);
	const char *word = strstr(how, "attested") ? "attested" : how + strspn(how, " ");

	cr_assert(strncmp(word, words[rule->how], strlen(words[rule->how])) == 0, "%s is decided by \"%s\"", id, how);
}

static size_t check_page(FILE *page)
{
	char line[8192], *cells[6];
	size_t seen = 0, last = 0;

	while (fgets(line, sizeof line, page)) {
		char id[16];
		size_t count;

		if (strncmp(line, "| ", 2) != 0 || (count = split(line, cells, 6)) < 2 || sscanf(cells[0], " %15s", id) != 1 || !is_id(id))
			continue;
		cr_assert(rule_find(id), "The table has no row for %s", id);
		cr_assert(!seen || position_of(id) > last, "%s is out of order", id);
		last = position_of(id);
		if (count >= 4 && cells[2][1] != '\0') {
			check_due(id, cells[2]);
			check_how(id, cells[3]);
		}
		seen++;
	}
	return seen;
}

Test(table, the_page_of_the_rules_agrees)
{
	const char *source = getenv("GONOGO_SRC");
	char path[4096];
	FILE *page;
	size_t seen;

	snprintf(path, sizeof path, "%s/../shared/spec/rules.md", source ? source : ".");
	page = fopen(path, "r");
	if (!page)
		cr_skip_test("The page of the rules is not beside this checkout (%s); the list kept here stands alone.", path);
	seen = check_page(page);
	fclose(page);
	cr_assert_eq(seen, rule_count, "The page has %zu rules, and the table %zu.", seen, rule_count);
}
