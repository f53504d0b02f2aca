#include <config.h>

#include <string.h>

#include <gonogo/base/buf.h>
#include <gonogo/tui/actions.h>
#include <gonogo/tui/start.h>

enum { TITLE_WIDTH = 15, HOLDERS_MOST = 64 };

/* Who holds a role, by id. */
static const char *holders(const struct registry *registry, enum role role, struct arena *arena)
{
	const struct person *people[HOLDERS_MOST];
	const size_t count = registry_holders(registry, (role_set)role, people, HOLDERS_MOST);
	struct buf out = BUF_EMPTY;
	const char *text;

	for (size_t i = 0; i < count && i < HOLDERS_MOST; i++)
		buf_printf(&out, "%s%s", i ? ", " : "", people[i]->id);
	text = arena_str(arena, buf_text(&out));
	buf_release(&out);
	return text;
}

static struct start_step role_step(const struct registry *registry, enum role role, struct arena *arena)
{
	struct start_step step = { .title = words_title(words_role, (int)role), .found = holders(registry, role, arena) };

	step.is_done = step.found && *step.found;
	step.next = arena_printf(arena, "A System Owner enrols people: gonogo person add ID --name NAME --role %s --key PUBFILE",
				 words_word(words_role, (int)role));
	return step;
}

/* The keys that make a release, as the table of actions has them. */
static const char *release_words(struct arena *arena)
{
	static const char *const names[] = { "new", "import" };
	struct buf out = BUF_EMPTY;
	const char *text;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct action *action = action_named(names[i]);

		if (action)
			buf_printf(&out, "%s: %s. ", action->keys[0], action->sentence);
	}
	buf_str(&out, "From a shell: gonogo release new RELEASE");
	text = arena_str(arena, buf_text(&out));
	buf_release(&out);
	return text;
}

enum err_kind start_of(const struct record *record, struct arena *arena, struct start *out, struct err *err)
{
	const struct registry *registry = &record->dossier.registry;
	const struct start_step steps[START_STEPS] = {
		{ "You", arena_str(arena, record->me ? record->me->id : "not enrolled"), "A System Owner enrols you: gonogo person add ID --name NAME --role ROLE --key PUBFILE",
		  record->me != NULL },
		role_step(registry, ROLE_SYSTEM_OWNER, arena),
		role_step(registry, ROLE_DEV_LEAD, arena),
		role_step(registry, ROLE_QA, arena),
		{ "Tenants", arena_printf(arena, "%zu", registry->tenant_count), "gonogo tenant add ID --name NAME --kind dev-test", registry->tenant_count > 0 },
		{ "First release", "none", release_words(arena), false },
	};

	for (size_t i = 0; i < START_STEPS; i++) {
		if (!steps[i].found || !steps[i].next)
			return err_memory(err);
		out->steps[i] = steps[i];
		if (!*steps[i].found)
			out->steps[i].found = "nobody";
	}
	return ERR_NONE;
}

void start_draw(const struct start *start, struct frame *frame)
{
	WINDOW *w = frame->window;
	int next = START_STEPS - 1, y = frame->y;

	for (int i = START_STEPS - 1; i >= 0; i--)
		if (!start->steps[i].is_done)
			next = i;
	for (int i = 0; i < START_STEPS; i++, y++) {
		const struct start_step *step = &start->steps[i];

		paint_format(w, y, frame->x, TITLE_WIDTH + 6, A_NORMAL, "%c [%c] %s", i == next ? '>' : ' ', step->is_done ? 'x' : ' ', step->title);
		paint_text(w, y, frame->x + 6 + TITLE_WIDTH, frame->width - 6 - TITLE_WIDTH, A_NORMAL, step->found);
	}
	frame->cursor_y = frame->y + next;
	frame->cursor_x = frame->x;
	paint_clipped(w, y, frame->x, frame->width, frame->y + frame->height - y, paint_attr(TONE_OPEN), start->steps[next].next, "(more)");
}
