#include <config.h>

#include <stdio.h>
#include <string.h>

#include "judging.h"

struct finding *finding_add(struct findings *out, const struct rule *rule, enum finding_state state, const char *fmt, ...)
{
	struct finding *items = arena_room(out->arena, out->items, out->count, &out->room, sizeof *items);
	const bool is_settled = state == FINDING_MET || state == FINDING_NOT_APPLICABLE;
	char *reason;
	va_list args;

	if (!items)
		return NULL;
	out->items = items;
	va_start(args, fmt);
	reason = arena_vprintf(out->arena, fmt, args);
	va_end(args);
	if (!reason)
		return NULL;
	items[out->count] = (struct finding){ .rule = rule, .id = rule->id, .state = state, .reason = reason, .opens = WHEN_NONE,
					      .roles = is_settled ? 0 : rule->roles };
	return &items[out->count++];
}

const struct finding *finding_of(const struct findings *findings, const char *id)
{
	for (size_t i = 0; i < findings->count; i++)
		if (strcmp(findings->items[i].id, id) == 0)
			return &findings->items[i];
	return NULL;
}

bool finding_is_settled(const struct finding *finding)
{
	return finding->state == FINDING_MET || finding->state == FINDING_NOT_APPLICABLE;
}

static void join(char *out, size_t size, const char *between, const char *text)
{
	const size_t used = strlen(out);

	snprintf(out + used, size - used, "%s%s", used ? between : "", text);
}

const char *finding_who(const struct finding *finding, char *out, size_t size)
{
	*out = '\0';
	for (size_t i = 0; i < finding->people.count; i++)
		join(out, size, ", ", finding->people.items[i]);
	if (finding->people.count)
		return out;
	return finding->rule->all_roles ? words_roles(finding->roles, out, size) : words_any_role(finding->roles, out, size);
}

enum err_kind finding_next(struct finding *finding, const struct gate_in *in, const char *fmt, ...)
{
	va_list args;

	if (!finding)
		return ERR_SYSTEM;
	va_start(args, fmt);
	finding->next = arena_vprintf(in->arena, fmt, args);
	va_end(args);
	return finding->next ? ERR_NONE : ERR_SYSTEM;
}

enum err_kind finding_done(const struct finding *finding)
{
	return finding ? ERR_NONE : ERR_SYSTEM;
}

void gaps_add(struct gaps *gaps, const char *fmt, ...)
{
	va_list args;

	if (gaps->count++)
		buf_str(&gaps->text, ", ");
	va_start(args, fmt);
	buf_vprintf(&gaps->text, fmt, args);
	va_end(args);
}

enum err_kind gaps_take(struct gaps *gaps, struct arena *arena, const char **out)
{
	enum err_kind failed = buf_check(&gaps->text, NULL);

	*out = NULL;
	if (!failed && gaps->count) {
		*out = arena_str(arena, buf_text(&gaps->text));
		failed = *out ? ERR_NONE : ERR_SYSTEM;
	}
	buf_release(&gaps->text);
	*gaps = (struct gaps){ 0 };
	return failed;
}

enum err_kind gap_of(const struct gate_in *in, lacks_of *ask, const char **gap)
{
	struct lacks lacks = { .arena = in->arena };
	struct gaps gaps = { 0 };
	enum err_kind failed = ask(in->dossier, &lacks), taken;

	for (size_t i = 0; i < lacks.count; i++)
		gaps_add(&gaps, "%s", lacks.items[i].phrase);
	taken = gaps_take(&gaps, in->arena, gap);
	return failed ? failed : taken;
}
