#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/kinds.h>
#include <gonogo/core/paper.h>

#define FLAG_WORDS "Feature flag "

bool paper_flag_read(const char *text, struct arena *arena, struct flag_reference *out)
{
	const char *open, *close;
	static const char key[] = " (default: ";

	*out = (struct flag_reference){ 0 };
	if (!text)
		return false;
	out->says_feature_flag = strncmp(text, FLAG_WORDS, sizeof FLAG_WORDS - 1) == 0;
	if (out->says_feature_flag)
		text += sizeof FLAG_WORDS - 1;
	open = strstr(text, key);
	if (!open || open == text)
		return false;
	close = strchr(open, ')');
	if (!close || close[1] || close == open + sizeof key - 1)
		return false;
	out->name = arena_bytes(arena, text, (size_t)(open - text));
	open += sizeof key - 1;
	out->default_value = arena_bytes(arena, open, (size_t)(close - open));
	return out->name && out->default_value && !strchr(out->name, ' ') && !strchr(out->default_value, ' ');
}

bool paper_flag_is_off(const char *default_value)
{
	return default_value && (strcmp(default_value, "false") == 0 || strcmp(default_value, "off") == 0);
}

bool paper_has_data_changes(const struct manifest *manifest)
{
	return !manifest->data_changes || !text_same_id(manifest->data_changes, "None");
}

bool paper_restore_read(const char *text, struct arena *arena, const char **reference, instant *date, enum result *result)
{
	const char *last, *middle;
	char *day;
	int value;

	if (!text)
		return false;
	last = strrchr(text, ',');
	if (!last || last[1] != ' ' || !words_read(words_result, last + 2, &value))
		return false;
	for (middle = last; middle > text && middle[-1] != ','; middle--)
		;
	if (middle == text || *middle != ' ' || middle - 1 == text)
		return false;
	day = arena_bytes(arena, middle + 1, (size_t)(last - middle - 1));
	*reference = arena_bytes(arena, text, (size_t)(middle - 1 - text));
	*result = (enum result)value;
	return day && *reference && strlen(day) == 10 && when_parse("the date", day, date, NULL) == ERR_NONE;
}

const char *paper_owner_name(const char *owner, struct arena *arena)
{
	size_t size;

	if (!owner)
		return NULL;
	owner += strspn(owner, " ");
	size = strcspn(owner, ",");
	while (size && owner[size - 1] == ' ')
		size--;
	return arena_bytes(arena, owner, size);
}

bool paper_plan_has_room(const struct plan *plan)
{
	return !plan->max_s || plan->max_s >= plan->min_s;
}

static bool same(const char *a, const char *b)
{
	return text_is_blank(a) || text_is_blank(b) ? text_is_blank(a) == text_is_blank(b) : strcmp(a, b) == 0;
}

bool paper_same_texts(struct texts a, struct texts b)
{
	bool is_same = a.count == b.count;

	for (size_t i = 0; is_same && i < a.count; i++)
		is_same = strcmp(a.items[i], b.items[i]) == 0;
	return is_same;
}

bool paper_same_manifest(const struct manifest *a, const struct manifest *b)
{
	return a->class == b->class && same(a->description, b->description) && paper_same_texts(a->files, b->files) &&
	       same(a->data_changes, b->data_changes) && same(a->kill_switch, b->kill_switch) && same(a->flag, b->flag) &&
	       same(a->revert, b->revert) && same(a->supersedes, b->supersedes);
}

bool paper_same_plan(const struct plan *a, const struct plan *b)
{
	return a->class == b->class && paper_same_texts(a->tenants, b->tenants) && same(a->opt_in, b->opt_in) && a->start == b->start &&
	       a->min_s == b->min_s && a->max_s == b->max_s && paper_same_texts(a->criteria, b->criteria) && same(a->owner, b->owner) &&
	       same(a->claim, b->claim);
}

bool paper_same_switch(const struct switch_definition *a, const struct switch_definition *b)
{
	return same(a->flag, b->flag) && same(a->default_value, b->default_value) && same(a->enabled_for, b->enabled_for) &&
	       same(a->activation, b->activation) && same(a->claim, b->claim);
}

bool paper_same_rollback(const struct rollback_plan *a, const struct rollback_plan *b)
{
	return paper_same_texts(a->triggers, b->triggers) && paper_same_texts(a->steps, b->steps) && paper_same_texts(a->checks, b->checks) &&
	       paper_same_texts(a->communication, b->communication) && same(a->recovery, b->recovery) && same(a->restore, b->restore) &&
	       same(a->owner, b->owner);
}

static void put(struct json_writer *w, const char *key, const char *text)
{
	if (!text_is_blank(text))
		json_text(w, key, text);
}

static void put_all(struct json_writer *w, const char *key, struct texts texts)
{
	if (!texts.count)
		return;
	json_open(w, key, '[');
	for (size_t i = 0; i < texts.count; i++)
		json_text(w, NULL, texts.items[i]);
	json_close(w, ']');
}

static struct json_writer open_body(struct buf *out)
{
	struct json_writer w = { .out = out };

	json_open(&w, NULL, '{');
	json_int(&w, "v", 1);
	return w;
}

void paper_write_manifest(struct buf *out, const struct manifest *manifest)
{
	struct json_writer w = open_body(out);

	json_text(&w, "class", words_word(words_class, (int)manifest->class));
	put(&w, "description", manifest->description);
	put_all(&w, "files", manifest->files);
	put(&w, "data_changes", manifest->data_changes);
	put(&w, "kill_switch", manifest->kill_switch);
	put(&w, "flag", manifest->flag);
	put(&w, "revert", manifest->revert);
	put(&w, "supersedes", manifest->supersedes);
	json_close(&w, '}');
}

void paper_write_plan(struct buf *out, const struct plan *plan)
{
	struct json_writer w = open_body(out);
	char start[WHEN_TEXT_MAX];

	json_text(&w, "class", words_word(words_class, (int)plan->class));
	put_all(&w, "tenants", plan->tenants);
	put(&w, "opt_in", plan->opt_in);
	if (plan->start != WHEN_NONE)
		json_text(&w, "start", when_format(plan->start, start));
	if (plan->min_s)
		json_int(&w, "min_s", plan->min_s);
	if (plan->max_s)
		json_int(&w, "max_s", plan->max_s);
	put_all(&w, "criteria", plan->criteria);
	put(&w, "owner", plan->owner);
	put(&w, "claim", plan->claim);
	json_close(&w, '}');
}

void paper_write_switch(struct buf *out, const struct switch_definition *definition)
{
	struct json_writer w = open_body(out);

	put(&w, "flag", definition->flag);
	put(&w, "default", definition->default_value);
	put(&w, "enabled_for", definition->enabled_for);
	put(&w, "activation", definition->activation);
	put(&w, "claim", definition->claim);
	json_close(&w, '}');
}

void paper_write_rollback(struct buf *out, const struct rollback_plan *plan)
{
	struct json_writer w = open_body(out);

	put_all(&w, "triggers", plan->triggers);
	put_all(&w, "steps", plan->steps);
	put_all(&w, "checks", plan->checks);
	put_all(&w, "communication", plan->communication);
	put(&w, "recovery", plan->recovery);
	put(&w, "restore", plan->restore);
	put(&w, "owner", plan->owner);
	json_close(&w, '}');
}

static enum err_kind read_class(const struct json_object *body, enum release_class *out, struct err *err)
{
	int value;

	if (!words_read(words_class, body_text(body, "class"), &value))
		return err_set(err, ERR_INTEGRITY, "A document in the ledger has a class that is none. Run gonogo verify.");
	*out = (enum release_class)value;
	return ERR_NONE;
}

enum err_kind paper_read_manifest(const struct json_object *body, const char *release, struct manifest *out, struct err *err)
{
	*out = (struct manifest){ .release = release, .description = body_text(body, "description"), .files = body_texts(body, "files"),
				  .data_changes = body_text(body, "data_changes"), .kill_switch = body_text(body, "kill_switch"),
				  .flag = body_text(body, "flag"), .revert = body_text(body, "revert"), .supersedes = body_text(body, "supersedes") };
	return read_class(body, &out->class, err);
}

enum err_kind paper_read_plan(const struct json_object *body, const char *release, struct plan *out, struct err *err)
{
	const char *start = body_text(body, "start");

	*out = (struct plan){ .release = release, .tenants = body_texts(body, "tenants"), .opt_in = body_text(body, "opt_in"), .start = WHEN_NONE,
			      .min_s = body_int(body, "min_s", 0), .max_s = body_int(body, "max_s", 0), .criteria = body_texts(body, "criteria"),
			      .owner = body_text(body, "owner"), .claim = body_text(body, "claim") };
	if (start && !when_read(start, &out->start))
		return err_set(err, ERR_INTEGRITY, "An exposure plan in the ledger has a start date that is none. Run gonogo verify.");
	return read_class(body, &out->class, err);
}

enum err_kind paper_read_switch(const struct json_object *body, struct switch_definition *out, struct err *err)
{
	(void)err;
	*out = (struct switch_definition){ .flag = body_text(body, "flag"), .default_value = body_text(body, "default"),
					   .enabled_for = body_text(body, "enabled_for"), .activation = body_text(body, "activation"),
					   .claim = body_text(body, "claim") };
	return ERR_NONE;
}

enum err_kind paper_read_rollback(const struct json_object *body, struct rollback_plan *out, struct err *err)
{
	(void)err;
	*out = (struct rollback_plan){ .triggers = body_texts(body, "triggers"), .steps = body_texts(body, "steps"),
				       .checks = body_texts(body, "checks"), .communication = body_texts(body, "communication"),
				       .recovery = body_text(body, "recovery"), .restore = body_text(body, "restore"), .owner = body_text(body, "owner") };
	return ERR_NONE;
}
