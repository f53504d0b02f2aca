#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#include "../support/story.h"

TestSuite(json, .timeout = 120, .description = "the keys that programs read: all of them, and no other");

static json_t *read_object(const struct shell *shell, const char *text)
{
	json_error_t error;
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	cr_assert(json_is_object(root), "no object: %s\n%s", error.text, shell_told(shell));
	return root;
}

/* The object's keys are these, separated by spaces, in this order. */
static void expect_keys(const struct shell *shell, json_t *object, const char *keys)
{
	char found[1024] = "";
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
		snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", *found ? " " : "", key);
	cr_assert_str_eq(found, keys, "%s", shell_told(shell));
}

/* Runs `line`, which answers with one object on one line, "schema" 1 first. */
static json_t *ask(struct shell *shell, int status, const char *line)
{
	json_t *root;

	cr_assert_eq(shell_run(shell, "%s --json", line), status, "%s\n%s", line, shell_told(shell));
	cr_assert(!*shell->err, "%s\n%s", line, shell_told(shell));
	cr_assert(strchr(shell->out, '\n') == shell->out + strlen(shell->out) - 1, "one line is expected of %s\n%s", line, shell_told(shell));
	root = read_object(shell, shell->out);
	cr_assert_eq(json_integer_value(json_object_get(root, "schema")), 1, "%s", shell_told(shell));
	return root;
}

/* The same for a list: {"schema":1,NAME:[{...}]}; every member has `keys`, and there is at least one. */
static void expect_list_of(struct shell *shell, const char *line, const char *name, const char *more, const char *keys)
{
	json_t *root = ask(shell, 0, line), *item;
	char top[64];
	size_t i;

	snprintf(top, sizeof top, "schema %s%s", name, more);
	expect_keys(shell, root, top);
	cr_assert(json_array_size(json_object_get(root, name)) > 0, "%s is empty", line);
	json_array_foreach(json_object_get(root, name), i, item)
		expect_keys(shell, item, keys);
	json_decref(root);
}

static void expect_list(struct shell *shell, const char *line, const char *name, const char *keys)
{
	expect_list_of(shell, line, name, "", keys);
}

static bool is_moment(const json_t *value)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	const char *text = json_string_value(value);

	if (!text || strlen(text) != strlen(form))
		return false;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
			return false;
	return true;
}

static bool is_one_of(const json_t *value, const char *words)
{
	char text[80];

	snprintf(text, sizeof text, " %.60s ", json_string_value(value) ? json_string_value(value) : "?");
	return strstr(words, text) != NULL;
}

static void expect_finding(const struct shell *shell, json_t *finding)
{
	const json_t *next = json_object_get(finding, "next"), *opens = json_object_get(finding, "opens");

	expect_keys(shell, finding, "rule state blocks reason who next opens");
	cr_assert(is_one_of(json_object_get(finding, "state"), " met unmet failed unanswered waiting stale not-applicable "), "%s", shell_told(shell));
	cr_assert(json_is_boolean(json_object_get(finding, "blocks")) && json_is_array(json_object_get(finding, "who")), "%s", shell_told(shell));
	cr_assert(json_is_string(json_object_get(finding, "reason")) && (json_is_null(next) || json_is_string(next)), "%s", shell_told(shell));
	cr_assert(json_is_null(opens) || is_moment(opens), "%s", shell_told(shell));
}

static const char check_keys[] = "schema release state from to class at verdict earliest stable_earliest findings";

static void expect_check(struct shell *shell, int status, const char *line, const char *verdict, const char *from, const char *to)
{
	json_t *root = ask(shell, status, line), *findings = json_object_get(root, "findings"), *finding;
	size_t i;

	expect_keys(shell, root, check_keys);
	cr_assert_str_eq(json_string_value(json_object_get(root, "verdict")), verdict, "%s", shell_told(shell));
	cr_assert_str_eq(json_string_value(json_object_get(root, "from")), from, "%s", shell_told(shell));
	cr_assert_str_eq(json_string_value(json_object_get(root, "to")), to, "%s", shell_told(shell));
	cr_assert(is_moment(json_object_get(root, "at")), "%s", shell_told(shell));
	cr_assert(json_array_size(findings) > 20, "%s", shell_told(shell));
	json_array_foreach(findings, i, finding) {
		json_t *other;
		size_t k;

		expect_finding(shell, finding);
		json_array_foreach(findings, k, other)
			cr_assert(k <= i || !json_equal(json_object_get(finding, "rule"), json_object_get(other, "rule")), "%s is there twice",
				  json_string_value(json_object_get(other, "rule")));
	}
	json_decref(root);
}

/* Every channel from none to stable: verdicts and statuses, one finding a rule, the times. */
Test(json, check_has_its_keys_at_every_verdict)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	expect_check(shell, 1, "check swap", "open", "candidate", "stable");
	expect_check(shell, 1, "check swap --to candidate", "blocked", "candidate", "candidate");
	expect_check(shell, 1, "check swap --at 2025-03-02T10:00:00Z", "open", "dev", "experimental");
	EXPECT_SAID("\"at\":\"2025-03-02T10:00:00Z\"");
	expect_check(shell, 1, "check swap --at 2025-03-05", "open", "experimental", "candidate");
	EXPECT_SAID("\"at\":\"2025-03-05T00:00:00Z\"");
	EXPECT(5, shell_run(shell, "check swap --at 2025-03-01"));
	story_answer_candidate(shell, "swap");
	expect_check(shell, 8, "check swap", "wait", "candidate", "stable");
	EXPECT_SAID("\"earliest\":\"2025-03-17T09:00:00Z\"");
	EXPECT_SAID("\"opens\":\"2025-03-17T09:00:00Z\"");
	shell_at(shell, "2025-03-17T09:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	story_sign(shell, "swap");
	expect_check(shell, 0, "check swap", "go", "candidate", "stable");
	EXPECT(0, shell_as(shell, "otto", "promote swap --to stable"));
	EXPECT(1, shell_run(shell, "check swap --json"));
	EXPECT_SAID("\"verdict\":\"blocked\"");
	EXPECT(0, shell_as(shell, "jane", "release new unclear"));
	expect_check(shell, 1, "check unclear", "blocked", "none", "experimental");
	shell_close(shell);
}

Test(json, lists_have_their_keys)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	EXPECT(0, shell_as(shell, "otto", "incident open swap --severity 3 --summary 'A page is slow'"));
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	expect_list(shell, "person list", "people", "id name login roles keys");
	expect_list(shell, "tenant list", "tenants", "id name kind track consent");
	expect_list(shell, "release list", "releases", "id class state channel entered verdict earliest stable_earliest who needs_me");
	expect_list(shell, "release list --channel candidate", "releases", "id class state channel entered verdict earliest stable_earliest who needs_me");
	expect_list(shell, "status", "releases", "id class state channel entered verdict earliest stable_earliest who needs_me");
	expect_list_of(shell, "calendar", "calendar", " has_more", "release from to verdict opens stable_earliest signers who needs_me");
	expect_list(shell, "status --oneline", "releases", "id class state channel entered verdict earliest stable_earliest who needs_me");
	expect_list(shell, "incident list", "incidents", "id severity summary cross_tenant tenants releases opened resolved resolution");
	expect_list(shell, "memo list", "memos", "id release kind version decision state drafted system_owner dev_lead changed");
	expect_list(shell, "memo list swap", "memos", "id release kind version decision state drafted system_owner dev_lead changed");
	expect_list(shell, "switch list", "switches", "id flag default state provider tested result killed place settings written confirmed observed drift");
	expect_list(shell, "switch show swap", "switches", "id flag default state provider tested result killed place settings written confirmed observed drift");
	expect_list(shell, "rules", "rules", "id section text decided due once roles");
	expect_list(shell, "rules MEM-5", "rules", "id section text decided due once roles");
	shell_close(shell);
}

static void expect_object(struct shell *shell, int status, const char *line, const char *keys)
{
	json_t *root = ask(shell, status, line);

	expect_keys(shell, root, keys);
	json_decref(root);
}

Test(json, other_answers_have_their_keys)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	expect_object(shell, 0, "allowed swap --tenant SBNC-dev", "schema release tenant channel allowed reason");
	expect_object(shell, 1, "allowed swap --tenant quiet", "schema release tenant channel allowed reason");
	EXPECT_SAID("\"channel\":\"candidate\",\"allowed\":false");
	expect_object(shell, 0, "verify", "schema verdict size head at_seq reason");
	EXPECT_SAID("\"verdict\":\"intact\"");
	EXPECT_SAID("\"at_seq\":null");
	expect_object(shell, 0, "release show swap", "schema id description class state channel entered verdict earliest stable_earliest");
	expect_object(shell, 0, "release show swap plan", "schema release document text");
	expect_object(shell, 0, "memo show swap", "schema release text");
	EXPECT(0, shell_run(shell, "memo show swap"));
	shell_write(shell, "memo.txt", "%s", shell->out);
	EXPECT(0, shell_stock(shell, "sed -i 's/- [[] []] All channel/- [x] All channel/' memo.txt"));
	expect_object(shell, 1, "memo compare swap memo.txt", "schema release agrees contradictions");
	expect_object(shell, 0, "export swap --dir archive", "schema release dir files");
	expect_object(shell, 0, "version", "schema version");
	/* What an act answers. */
	expect_object(shell, 0, "--as bob --identity bob tenant track acme standard", "schema already seq text checkpoint");
	shell_close(shell);
}

/* The stored fields exactly, newest first, one fact a line. */
Test(json, log_prints_the_stored_fields)
{
	struct shell opened, *shell = &opened;
	long long last = 0, count = 0;

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	EXPECT(0, shell_run(shell, "log --json"));
	for (char *line = strtok(shell->out, "\n"); line; line = strtok(NULL, "\n")) {
		json_t *fact = read_object(shell, line);
		const long long seq = json_integer_value(json_object_get(fact, "seq"));

		expect_keys(shell, fact, "seq at actor origin tenant release kind action body prev hash sig");
		cr_assert(!last || seq == last - 1, "%lld follows %lld", seq, last);
		cr_assert(is_moment(json_object_get(fact, "at")), "%s", line);
		cr_assert(json_is_string(json_object_get(fact, "body")), "the body is the stored text: %s", line);
		last = seq;
		count++;
		json_decref(fact);
	}
	cr_assert_eq(last, 1, "the first fact is the last printed");
	cr_assert_eq(count, 8, "%lld facts", count);
	EXPECT(0, shell_run(shell, "log --json --kind person.added --limit 1"));
	EXPECT_SAID("\"kind\":\"person.added\"");
	shell_close(shell);
}

/* An error is one object on standard error, whatever part of the command line is refused, and nothing on standard output. */
Test(json, errors_are_one_object)
{
	static const struct { const char *line, *kind; int status; } errors[] = {
		{ "check --json", "usage", 2 },
		{ "check NOSUCH --odd --json", "usage", 2 },
		{ "--json check NOSUCH --to", "usage", 2 },
		{ "--json frob", "usage", 2 },
		{ "check NOSUCH --json", "missing", 5 },
		{ "--json --as nobody status", "refused", 3 },
		{ "import missing.txt --json", "system", 7 },
		{ "import bob.pub --json", "input", 4 },
		{ "--config odd.conf status --json", "input", 4 },
	};
	struct shell opened, *shell = &opened;

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_key(shell, "bob");
	EXPECT(0, shell_run(shell, "init --key bob.pub --id bob --name 'Bob Smith'"));
	shell_write(shell, "odd.conf", "%s", "colour = \"red\";\n");
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		json_t *root, *error;

		cr_assert_eq(shell_run(shell, "%s", errors[i].line), errors[i].status, "%s\n%s", errors[i].line, shell_told(shell));
		cr_assert(!*shell->out && strchr(shell->err, '\n') == shell->err + strlen(shell->err) - 1, "%s\n%s", errors[i].line, shell_told(shell));
		root = read_object(shell, shell->err);
		expect_keys(shell, root, "schema error");
		error = json_object_get(root, "error");
		expect_keys(shell, error, "kind message");
		cr_assert_str_eq(json_string_value(json_object_get(error, "kind")), errors[i].kind, "%s\n%s", errors[i].line, shell_told(shell));
		json_decref(root);
	}
	shell_close(shell);
}
