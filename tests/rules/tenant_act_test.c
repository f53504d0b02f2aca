#include <config.h>

#include "../support/history.h"

#define R "R-1"

static struct history h;

static void open_history(void)
{
	history_open(&h);
}

static void close_history(void)
{
	history_close(&h);
}

TestSuite(tenant_act, .init = open_history, .fini = close_history, .timeout = 30);

static enum err_kind act(const char *kind, const char *tenant, const char *body)
{
	return history_act(&h, "otto", kind, NULL, tenant, "%s", body);
}

Test(tenant_act, chn8_consent_is_withdrawn_with_effect_at_once)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	cr_assert(history_allowed(&h, R, "acme"), "%s", h.err.text);
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'withdrawn'"));
	cr_assert(!history_allowed(&h, R, "acme"));
	HISTORY_ALREADY(&h, act("tenant.consent", "acme", "'op':'withdrawn'"));
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'given','method':'mail'"));
	cr_assert(history_allowed(&h, R, "acme"), "%s", h.err.text);
	HISTORY_ALREADY(&h, act("tenant.consent", "acme", "'op':'given','method':'mail'"));
	HISTORY_REFUSED(&h, ERR_USAGE, act("tenant.consent", "acme", "'op':'given'"), "--method");
}

/* I-16: without a release all of it is withdrawn, with one that alone. */
Test(tenant_act, chn8_consent_to_one_release_and_to_all)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'given','method':'mail','for':'" R "'"));
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'withdrawn','for':'" R "'"));
	cr_assert(history_allowed(&h, R, "acme"), "the consent to every release stands: %s", h.err.text);
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'given','method':'mail','for':'" R "'"));
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'withdrawn'"));
	cr_assert(!history_allowed(&h, R, "acme"));
}

/* Ids are the same whatever their case: what is served is withdrawn. */
Test(tenant_act, chn8_consent_is_withdrawn_however_the_release_is_written)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'withdrawn'"));
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'given','method':'mail','for':'r-1'"));
	cr_assert(history_allowed(&h, R, "acme"), "%s", h.err.text);
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'withdrawn','for':'" R "'"));
	cr_assert(!h.already && !history_allowed(&h, R, "acme"));
}

Test(tenant_act, chn8_a_tenant_opts_out_of_experimental_alone)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_REFUSED, act("tenant.opted_out", "acme", "'channel':'dev'"), "CHN-8");
	HISTORY_REFUSED(&h, ERR_REFUSED, act("tenant.opted_out", "acme", "'channel':'candidate'"), "stable-only");
	HISTORY_REFUSED(&h, ERR_REFUSED, act("tenant.opted_out", "acme", "'channel':'stable'"), "CHN-8");
	HISTORY_MUST(&h, act("tenant.opted_out", "acme", "'channel':'experimental'"));
	cr_assert(!history_allowed(&h, R, "acme"));
	HISTORY_ALREADY(&h, act("tenant.opted_out", "acme", "'channel':'experimental'"));
	HISTORY_MUST(&h, act("tenant.consent", "acme", "'op':'given','method':'mail of 2025-01-03'"));
	cr_assert(!h.already && history_allowed(&h, R, "acme"), "a later consent lifts an opt-out");
	/* I-16: it binds dev/test tenants too. */
	HISTORY_MUST(&h, act("tenant.opted_out", "SBNC-dev", "'channel':'experimental'"));
	cr_assert(!history_allowed(&h, R, "SBNC-dev"));
}

Test(tenant_act, chn8_stable_only_is_the_way_out_of_candidate)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	cr_assert(history_allowed(&h, R, "birch"), "%s", h.err.text);
	cr_assert(!history_allowed(&h, R, "quiet"));
	HISTORY_MUST(&h, act("tenant.tracked", "birch", "'track':'stable-only'"));
	cr_assert(!history_allowed(&h, R, "birch"));
	HISTORY_ALREADY(&h, act("tenant.tracked", "birch", "'track':'stable-only'"));
	HISTORY_MUST(&h, act("tenant.tracked", "birch", "'track':'standard'"));
	cr_assert(history_allowed(&h, R, "birch"), "%s", h.err.text);
}

Test(tenant_act, a_tenant_is_registered_once)
{
	HISTORY_ALREADY(&h, act("tenant.added", "acme", "'name':'Tenant acme','kind':'production','track':'standard'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, act("tenant.added", "acme", "'name':'Another','kind':'production','track':'standard'"), "another content");
	HISTORY_REFUSED(&h, ERR_REFUSED, act("tenant.added", "acme", "'name':'Tenant acme','kind':'production','track':'stable-only'"), "another content");
	HISTORY_REFUSED(&h, ERR_REFUSED, act("tenant.added", "ACME", "'name':'Tenant acme','kind':'production','track':'standard'"), "whatever their case");
	HISTORY_REFUSED(&h, ERR_USAGE, act("tenant.added", "*", "'name':'All','kind':'production','track':'standard'"), "tenant id");
	HISTORY_REFUSED(&h, ERR_MISSING, act("tenant.tracked", "nowhere", "'track':'standard'"), "no tenant nowhere");
}
