#include <config.h>

#include <stdio.h>

#include <gonogo/tui/subject.h>

enum err_kind subject_load_release(struct subject *subject, struct session *session, const char *release, struct err *err)
{
	enum err_kind failed;

	*subject = (struct subject){ .in = { .session = session } };
	subject->is_loaded = true;
	if (!release) {
		failed = record_load(session, NULL, WHEN_NONE, false, &subject->record, err);
	} else {
		failed = use_release_line(session, release, &subject->record, &subject->verdict, &subject->line, err);
		subject->in.verdict = failed ? NULL : &subject->verdict;
		subject->in.release = failed ? NULL : subject->record.dossier.release;
	}
	subject->in.record = failed ? NULL : &subject->record;
	return failed;
}

enum err_kind subject_load(struct subject *subject, const struct screen *screen, struct err *err)
{
	const char *chosen = screen->kind->chosen ? screen->kind->chosen(screen) : NULL;
	const char *memo = screen->kind->memo ? screen->kind->memo(screen) : NULL;
	const char *rule = screen->kind->rule ? screen->kind->rule(screen) : NULL;
	enum err_kind failed = subject_load_release(subject, screen->console->session, screen->kind->release ? screen->kind->release(screen) : NULL, err);

	if (!failed && chosen) {
		snprintf(subject->chosen, sizeof subject->chosen, "%s", chosen);
		subject->in.chosen = subject->chosen;
	}
	if (!failed && memo) {
		snprintf(subject->memo, sizeof subject->memo, "%s", memo);
		subject->in.memo = subject->memo;
	}
	if (!failed && rule) {
		snprintf(subject->rule, sizeof subject->rule, "%s", rule);
		subject->in.rule = subject->rule;
	}
	return failed;
}

void subject_release(struct subject *subject)
{
	if (subject->is_loaded)
		record_release(&subject->record);
	*subject = (struct subject){ 0 };
}

void subject_documents(struct session *session, const char *release, struct buf *out)
{
	static const char *const documents[][2] = { { "manifest", "Release manifest" }, { "plan", "Tenant exposure plan" },
						    { "data-safety", "Data safety verification" }, { "switch", "Kill switch" },
						    { "rollback", "Rollback plan" } };

	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
		size_t before;
		struct err why;

		buf_printf(out, "%s%s\n\n", i ? "\n" : "", documents[i][1]);
		before = out->size;
		if (use_show(session, release, documents[i][0], out, &why) != ERR_NONE)
			buf_printf(out, "%s\n", why.text);
		else if (out->size == before)
			buf_str(out, "Not there yet.\n");
	}
}
