#include <config.h>

#include <string.h>

#include "../support/history.h"

TestSuite(life, .timeout = 30);

Test(life, every_class_reaches_stable)
{
	static const enum release_class classes[] = { CLASS_UI_ONLY, CLASS_WORKFLOW, CLASS_CAPABILITY, CLASS_MECHANISM };

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		struct history h;

		history_open(&h);
		history_bring(&h, "R-1", classes[i], CHANNEL_STABLE);
		cr_assert_eq(history_dossier(&h, "R-1")->state, STATE_STABLE);
		history_close(&h);
	}
}
