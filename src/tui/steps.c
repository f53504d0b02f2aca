#include <config.h>

#include <string.h>

#include <gonogo/tui/steps.h>

/* A rule is of the first step whose list names it; APR and the promotion come last, since nobody approves what is not there yet. */
const struct step steps[] = {
	{ "class", "CLS-1 CLS-2 CLS-5 CLS-6" }, { "exposure plan", "PLN-1 PLN-2 PLN-3 PLN-5" }, { "kill switch", "KSW-" }, { "rollback", "RBP-" },
	{ "hard stops", "HS-" }, { "data safety", "DAT-" }, { "observability", "OBS- OBV-" }, { "attribution", "ATT-" }, { "channel", "CHN- I-6.barred I-6.freeze" },
	{ "exit criteria", "PLN-4 I-6" }, { "memo", "MEM- CLS-4" }, { "approvals", "APR- CLS-3" }, { "promotion", "" },
};
const size_t step_count = sizeof steps / sizeof *steps;

static bool names(const char *list, const char *id)
{
	while (*list) {
		const size_t size = strcspn(list, " ");
		const bool is_family = size && list[size - 1] == '-';

		if (strncmp(id, list, size) == 0 && (is_family || id[size] == '\0' || id[size] == '.'))
			return true;
		list += size + strspn(list + size, " ");
	}
	return false;
}

size_t step_place(const char *id)
{
	for (size_t i = 0; i < step_count; i++)
		if (names(steps[i].rules, id))
			return i;
	return step_count - 2;
}

const char *step_title(const char *id)
{
	return steps[step_place(id)].title;
}

void questions_of(const struct verdict *verdict, struct questions *out)
{
	out->count = 0;
	for (size_t step = 0; step < step_count; step++)
		for (size_t i = 0; i < verdict->findings.count && out->count < QUESTIONS_MAX - 1; i++)
			if (step_place(verdict->findings.items[i].id) == step)
				out->items[out->count++] = (struct question){ &verdict->findings.items[i], step };
	out->items[out->count++] = (struct question){ NULL, step_count - 1 };
}

struct step_standing step_standing(const struct questions *questions, const struct verdict *verdict, size_t step)
{
	struct step_standing standing = { .word = "PASS" };
	bool is_open = false, has_failed = false;

	for (size_t i = 0; i < questions->count; i++) {
		const struct finding *finding = questions->items[i].finding;

		if (questions->items[i].step != step || !finding)
			continue;
		standing.count++;
		if (finding_is_settled(finding))
			continue;
		standing.unsettled++;
		is_open |= !finding->is_time_only;
		has_failed |= finding->blocks;
	}
	if (step == step_count - 1)
		standing.word = words_title(words_verdict, (int)verdict->verdict);
	else if (standing.unsettled)
		standing.word = has_failed ? "FAIL" : is_open ? "OPEN" : "WAIT";
	else if (!standing.count)
		standing.word = "-";
	return standing;
}
