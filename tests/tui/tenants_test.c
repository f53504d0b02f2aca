#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/app/uses.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(tenants, .timeout = 240, .description = "CHN-7, CHN-8: tenants in the console, and what a change would do before it is recorded");

static const char *shown(struct scene *scene)
{
	int y, x;

	scene_draw(scene, 30, 100, &y, &x);
	return screens_text(scene->board.window);
}

static bool is_allowed(struct scene *scene, const char *release, const char *tenant)
{
	enum channel channel;
	char reason[SERVING_REASON_MAX];
	bool allowed = false;
	struct err err = { 0 };

	cr_assert(use_allowed(&scene->session, release, tenant, &allowed, &channel, reason, &err) == ERR_NONE, "%s", err.text);
	return allowed;
}

Test(tenants, list_and_acts_are_as_their_pictures)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "2");
	scene_match(&scene, "tenants", ">");
	scene_press(&scene, "c");
	scene_match(&scene, "tenants-consent", "_");
	scene_press(&scene, "<Esc>O");
	scene_match(&scene, "tenants-opt-out", "*");
	scene_press(&scene, "<Esc>a");
	scene_match(&scene, "tenants-add", "_");
	scene_press(&scene, "<Esc>/zz");
	scene_match(&scene, "tenants-filter", "_");
	scene_close(&scene);
}

Test(tenants, CHN_8_effect_that_is_shown_is_the_one_that_comes)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_press(&scene, "2O");
	cr_assert(strstr(shown(&scene), "audit-index: SERVED NOW, WILL NOT BE."), "%s", shown(&scene));
	cr_assert(!strstr(shown(&scene), "button-contrast"), "stable is for every tenant\n%s", shown(&scene));
	cr_assert(is_allowed(&scene, "audit-index", "elm-street"), "asking records nothing");
	scene_press(&scene, "<Enter>");
	cr_assert(is_allowed(&scene, "audit-index", "elm-street"), "the default is no");
	scene_press(&scene, "<Right><Enter>");
	cr_assert(!is_allowed(&scene, "audit-index", "elm-street"), "it is recorded, with effect at once\n%s", shown(&scene));
	cr_assert(is_allowed(&scene, "button-contrast", "elm-street"), "and no more than was shown");
	cr_assert(strstr(shown(&scene), "OPTED OUT"), "%s", shown(&scene));
	/* And back. */
	scene_press(&scene, "c");
	cr_assert(strstr(shown(&scene), "audit-index: will be served, is not now."), "%s", shown(&scene));
	scene_press(&scene, "A letter<Enter>letter 9<Enter><Enter>");
	cr_assert(is_allowed(&scene, "audit-index", "elm-street"), "%s", shown(&scene));
	scene_close(&scene);
}

Test(tenants, CHN_7_track_changes_and_a_tenant_is_added)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_press(&scene, "2t");
	cr_assert(strstr(shown(&scene), "elm-street moves to the track stable-only:") && strstr(shown(&scene), "bulk-invite: SERVED NOW, WILL NOT BE."), "%s",
		  shown(&scene));
	scene_press(&scene, "<Right><Enter>");
	cr_assert(!is_allowed(&scene, "bulk-invite", "elm-street"), "%s", shown(&scene));
	scene_press(&scene, "anew-choir<Enter>New Choir<Enter> <Right><Enter> <Enter>");
	cr_assert(strstr(shown(&scene), "Tenant new-choir is registered as production."), "%s", shown(&scene));
	scene_press(&scene, "/new-ch<Enter>");
	cr_assert(strstr(shown(&scene), "> new-choir"), "%s", shown(&scene));
	scene_close(&scene);
}
