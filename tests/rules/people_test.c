#include <config.h>

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

TestSuite(people, .init = open_history, .fini = close_history, .timeout = 30);

Test(people, a_filled_role_is_not_left_empty)
{
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'otto','role':'operator','op':'revoke'"), "not left empty");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'quinn','role':'qa','op':'revoke'"), "not left empty");
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'dirk','role':'dev-lead','op':'revoke'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'jane','role':'dev-lead','op':'revoke'"), "jane");
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'jane','role':'operator','op':'grant'"));
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'otto','role':'operator','op':'revoke'"));
	HISTORY_ALREADY(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'otto','role':'operator','op':'revoke'"));
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'nina','role':'qa','op':'grant'"), "Nobody is enrolled");
}

Test(people, the_last_system_owner_who_can_sign_keeps_role_and_key)
{
	HISTORY_MUST(&h, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'olga','key':'ssh-ed25519 olga','op':'compromise'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'bob','key':'ssh-ed25519 bob','op':'retire'"), "only key");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'bob','role':'system-owner','op':'revoke'"),
			"not left empty");
	HISTORY_MUST(&h, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'bob','key':'ssh-ed25519 bob2','op':'add'"));
	HISTORY_MUST(&h, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'bob','key':'ssh-ed25519 bob','op':'retire'"));
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'olga','role':'system-owner','op':'revoke'"));
}

Test(people, a_key_is_one_persons_for_ever)
{
	HISTORY_REFUSED(&h, ERR_REFUSED,
			history_act(&h, "bob", "person.added", NULL, NULL, "'person':'nina','name':'Nina Low','roles':['qa'],'key':'ssh-ed25519 jane'"), "jane");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "component.added", NULL, NULL, "'component':'nina','key':'ssh-ed25519 jane'"), "jane");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'otto','key':'ssh-ed25519 jane','op':'add'"), "jane");
	HISTORY_ALREADY(&h, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'jane','key':'ssh-ed25519 jane','op':'add'"));
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'otto','key':'ssh-ed25519 jane','op':'revoke'"), "does not hold");
	HISTORY_MUST(&h, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'jane','key':'ssh-ed25519 jane','op':'revoke'"));
	HISTORY_ALREADY(&h, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'jane','key':'ssh-ed25519 jane','op':'revoke'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'jane','key':'ssh-ed25519 jane','op':'add'"), "taken back");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'otto','key':'ssh-ed25519 jane','op':'add'"), "jane");
	HISTORY_MUST(&h, history_act(&h, "bob", "person.key", NULL, NULL, "'person':'jane','key':'ssh-ed25519 jane2','op':'add'"));
}

Test(people, ids_and_logins_are_one_persons)
{
	HISTORY_REFUSED(&h, ERR_REFUSED,
			history_act(&h, "bob", "person.added", NULL, NULL, "'person':'jane','name':'J','roles':['qa'],'key':'ssh-ed25519 j'"), "enrolled already");
	HISTORY_REFUSED(&h, ERR_REFUSED,
			history_act(&h, "bob", "person.added", NULL, NULL, "'person':'nina','name':'N','login':'bob','roles':['qa'],'key':'ssh-ed25519 n'"), "login");
	HISTORY_REFUSED(&h, ERR_USAGE,
			history_act(&h, "bob", "person.added", NULL, NULL, "'person':'nina','name':'N','roles':[],'key':'ssh-ed25519 n'"), "at least one role");
	HISTORY_REFUSED(&h, ERR_USAGE,
			history_act(&h, "bob", "person.added", NULL, NULL, "'person':'nina','name':'N','roles':['king'],'key':'ssh-ed25519 n'"), "no role king");
}

Test(people, a_key_is_not_enrolled_for_another_moment)
{
	HISTORY_REFUSED(&h, ERR_REFUSED,
			history_act(&h, "bob", "person.key", NULL, NULL, "'person':'jane','key':'ssh-ed25519 OTHER','op':'add','from':'2025-02-01T00:00:00Z'"),
			"from its enrolment on");
}
