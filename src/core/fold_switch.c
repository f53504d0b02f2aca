#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/fold.h>

enum err_kind fold_switch_defined(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	d->definition_source = fold_source(fact);
	d->test_count = 0;
	return paper_read_switch(body, &d->definition, err);
}

enum err_kind fold_switch_bound(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	(void)err;
	d->provider = body_text(body, "provider");
	d->place = body_text(body, "place");
	d->place_args = body_texts(body, "args");
	d->binding = fold_source(fact);
	d->test_count = 0;
	/* What was written and found elsewhere says nothing of this place. */
	d->write = d->drill = (struct switch_write){ 0 };
	d->kept = d->drill_kept = NULL;
	d->found = (struct switch_found){ 0 };
	return ERR_NONE;
}

static void read_digest(const struct json_object *body, const char *key, struct digest *out)
{
	const char *hex = body_text(body, key);

	if (hex)
		(void)digest_read(hex, out);
}

/* A test names the definition or binding it was made of: one recorded late for an earlier definition proves nothing of the present one. */
enum err_kind fold_switch_tested(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const int64_t present = d->definition_source.seq > d->binding.seq ? d->definition_source.seq : d->binding.seq;
	struct switch_test *test;

	if (body_int(body, "definition", 0) != present)
		return ERR_NONE;
	test = FOLD_ROOM(d, tests, test_count, test_room);
	if (!test)
		return err_memory(err);
	*test = (struct switch_test){ .environment = body_text(body, "environment"),
				      .result = (enum result)body_word(body, "result", words_result, RESULT_FAIL), .note = body_text(body, "note"),
				      .evidence = body_text(body, "evidence"), .source = fold_source(fact) };
	read_digest(body, "proven", &test->proven);
	return ERR_NONE;
}

static enum err_kind add_kill(struct dossier *d, const char *tenant, const char *reason, const struct fact *fact, struct err *err)
{
	struct kill *kill = NULL;

	for (size_t i = 0; i < d->kill_count; i++)
		if (text_same_id(d->kills[i].tenant, tenant))
			kill = &d->kills[i];
	/* Killed a second time it stays killed since the first; every tenant again takes in those restored meanwhile. */
	if (kill && !kill->except_count)
		return ERR_NONE;
	if (!kill)
		kill = FOLD_ROOM(d, kills, kill_count, kill_room);
	if (!kill)
		return err_memory(err);
	*kill = (struct kill){ .tenant = tenant, .reason = reason, .source = fold_source(fact) };
	return ERR_NONE;
}

enum err_kind fold_switch_killed(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const struct texts tenants = body_texts(body, "tenants");
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < tenants.count; i++)
		failed = add_kill(d, tenants.items[i], body_text(body, "reason"), fact, err);
	d->last_kill = fold_source(fact);
	/* KSW-6: each approval of a restore comes after the last kill. */
	d->restore_approval_count = 0;
	return failed;
}

enum err_kind fold_switch_approved(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct role_approval *approval = FOLD_ROOM(d, restore_approvals, restore_approval_count, restore_approval_room);

	if (!approval)
		return err_memory(err);
	*approval = (struct role_approval){ .role = (enum role)body_word(body, "role", words_role, 0), .person = fact->actor,
					    .reason = body_text(body, "reason"), .source = fold_source(fact) };
	return ERR_NONE;
}

static void drop_kill(struct dossier *d, const char *tenant)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->kill_count; i++)
		if (!text_same_id(d->kills[i].tenant, tenant))
			d->kills[kept++] = d->kills[i];
	d->kill_count = kept;
}

static enum err_kind spare(struct dossier *d, struct kill *kill, const char *tenant, struct err *err)
{
	kill->except = arena_room(d->arena, kill->except, kill->except_count, &kill->except_room, sizeof *kill->except);
	if (!kill->except)
		return err_memory(err);
	kill->except[kill->except_count++] = tenant;
	return ERR_NONE;
}

/* A kill for every tenant has ended when every tenant there is has been restored. */
static bool is_spent(const struct dossier *d, const struct kill *kill)
{
	for (size_t i = 0; i < d->registry.tenant_count; i++) {
		bool spared = false;

		for (size_t k = 0; k < kill->except_count; k++)
			spared |= text_same_id(kill->except[k], d->registry.tenants[i].id);
		if (!spared)
			return false;
	}
	return true;
}

enum err_kind fold_switch_restored(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const struct texts tenants = body_texts(body, "tenants");
	struct kill *every = NULL;

	for (size_t i = 0; i < tenants.count; i++) {
		enum err_kind failed;

		if (strcmp(tenants.items[i], "*") == 0) {
			d->kill_count = 0;
			continue;
		}
		drop_kill(d, tenants.items[i]);
		every = NULL;
		for (size_t k = 0; k < d->kill_count; k++)
			if (strcmp(d->kills[k].tenant, "*") == 0)
				every = &d->kills[k];
		failed = every ? spare(d, every, tenants.items[i], err) : ERR_NONE;
		if (failed)
			return failed;
		if (every && is_spent(d, every))
			drop_kill(d, "*");
	}
	d->restore_approval_count = 0;
	d->last_restore = fold_source(fact);
	return ERR_NONE;
}

static enum err_kind confirm(struct dossier *d, const struct fact *fact, bool is_on, bool is_observed, struct err *err)
{
	struct confirmation *entry = NULL;

	for (size_t i = 0; i < d->confirmation_count; i++)
		if (text_same_id(d->confirmations[i].tenant, fact->tenant) && d->confirmations[i].is_observed == is_observed)
			entry = &d->confirmations[i];
	if (!entry)
		entry = FOLD_ROOM(d, confirmations, confirmation_count, confirmation_room);
	if (!entry)
		return err_memory(err);
	*entry = (struct confirmation){ .tenant = fact->tenant, .is_on = is_on, .is_observed = is_observed, .source = fold_source(fact) };
	return ERR_NONE;
}

enum err_kind fold_switch_confirmed(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	return confirm(d, fact, strcmp(body_text(body, "state"), "on") == 0, false, err);
}

enum err_kind fold_switch_observed(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	return confirm(d, fact, strcmp(body_text(body, "state"), "on") == 0, true, err);
}

/* What was kept before the first kill stays until the last one is restored. */
enum err_kind fold_switch_written(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const enum switch_op op = (enum switch_op)body_word(body, "op", words_switch_op, SWITCH_OP_KILL);
	const enum write_state state = (enum write_state)body_word(body, "state", words_write_state, WRITE_FAILED);
	struct switch_write *write = op == SWITCH_OP_DRILL ? &d->drill : &d->write;

	(void)err;
	write->op = op;
	write->state = state;
	write->reason = body_text(body, "reason");
	write->source = fold_source(fact);
	if (state == WRITE_DONE)
		read_digest(body, "left", &write->left);
	if (state == WRITE_BEGUN && op == SWITCH_OP_DRILL)
		d->drill_kept = body_text(body, "kept");
	else if (state == WRITE_BEGUN && body_text(body, "kept"))
		d->kept = body_text(body, "kept");
	else if (state == WRITE_DONE && op == SWITCH_OP_RESTORE && !d->kill_count)
		d->kept = NULL;
	return ERR_NONE;
}

enum err_kind fold_switch_found(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	(void)err;
	d->found = (struct switch_found){ .state = (enum switch_state)body_word(body, "state", words_switch_state, SWITCH_UNREADABLE),
					  .reason = body_text(body, "reason"), .source = fold_source(fact) };
	read_digest(body, "definition", &d->found.definition);
	return ERR_NONE;
}
