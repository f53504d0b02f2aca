#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/app/demo.h>
#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>

void demo_say(const struct demo *demo, const char *fmt, ...)
{
	char line[1024];
	va_list args;

	if (!demo->say)
		return;
	va_start(args, fmt);
	vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	demo->say(demo->context, line);
}

static instant demo_clock(void *context)
{
	return ((const struct demo *)context)->now;
}

static const char *key_path(struct demo *demo, enum demo_person person, const char *ending)
{
	return arena_printf(&demo->arena, "%s/keys/%s%s", demo->dir, demo_people[person].id, ending);
}

static enum err_kind make_key(struct demo *demo, enum demo_person person, struct err *err)
{
	const char *path = key_path(demo, person, "");
	const char *const argv[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", demo_people[person].id, "-f", path, NULL };
	const struct spawn spawn = { .argv = argv, .deadline_s = 30, .output_cap = 4096 };
	struct spawn_result result;
	enum err_kind failed = path ? spawn_run(&spawn, &demo->arena, &result, err) : err_memory(err);

	if (!failed && result.status != 0)
		failed = err_set(err, ERR_SYSTEM, "ssh-keygen could not make a practice key in %s/keys.", demo->dir);
	return failed;
}

static enum err_kind open_session(struct demo *demo, enum demo_person person, struct err *err)
{
	const struct session_options options = { .ledger = demo->ledger, .as = demo_people[person].id, .identity = key_path(demo, person, ""),
						 .clock = { demo_clock, demo, NULL } };
	enum err_kind failed = options.identity ? session_open(&demo->sessions[person], &options, err) : err_memory(err);

	demo->open += !failed;
	if (!failed && !demo->sessions[person].is_demo)
		failed = err_set(err, ERR_REFUSED, "%s is no practice ledger, and the practice clock is for practice ledgers alone.", demo->ledger);
	return failed;
}

enum err_kind demo_open(struct demo *demo, const char *dir, instant now, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	demo->now = now;
	demo->dir = dir;
	demo->ledger = arena_printf(&demo->arena, "%s/practice.db", dir);
	if (!demo->ledger)
		return err_memory(err);
	for (int person = 0; !failed && person < DEMO_PEOPLE; person++)
		failed = open_session(demo, (enum demo_person)person, err);
	return failed;
}

enum err_kind demo_turn(struct session *session, struct err *err)
{
	const char *slash = strrchr(session->ledger_path, '/');
	size_t next = 0;
	const char *identity;

	if (!session->is_demo || !slash)
		return err_set(err, ERR_REFUSED, "Only a practice ledger lets you sit down as somebody else. Elsewhere: gonogo --as PERSON.");
	for (size_t i = 0; i < DEMO_PEOPLE; i++)
		if (session->as && strcmp(session->as, demo_people[i].id) == 0)
			next = (i + 1) % DEMO_PEOPLE;
	identity = arena_printf(&session->arena, "%.*s/keys/%s", (int)(slash - session->ledger_path), session->ledger_path, demo_people[next].id);
	return identity ? session_become(session, demo_people[next].id, identity, err) : err_memory(err);
}

void demo_close(struct demo *demo)
{
	for (size_t i = 0; i < demo->open; i++)
		session_close(&demo->sessions[i]);
	arena_release(&demo->arena);
}

static enum err_kind found(struct demo *demo, struct err *err)
{
	const struct init_options options = { .path = demo->ledger, .key_file = key_path(demo, DEMO_OWNER, ".pub"),
					      .identity = key_path(demo, DEMO_OWNER, ""), .name = demo_people[DEMO_OWNER].name,
					      .id = demo_people[DEMO_OWNER].id, .demo = true, .clock = { demo_clock, demo, NULL } };
	struct outcome out;
	enum err_kind failed = use_init(&options, &out, err);

	if (!failed)
		failed = open_session(demo, DEMO_OWNER, err);
	if (!failed)
		demo_say(demo, "%s", out.text);
	return failed;
}

static enum err_kind enrol(struct demo *demo, struct err *err)
{
	struct session *owner = &demo->sessions[DEMO_OWNER];
	struct outcome out;
	enum err_kind failed = ERR_NONE;

	for (int i = DEMO_LEAD; !failed && i < DEMO_PEOPLE; i++) {
		const struct demo_role *person = &demo_people[i];

		failed = use_person_add(owner, person->id, person->name, NULL, person->roles, key_path(demo, (enum demo_person)i, ".pub"), &out, err);
		if (!failed)
			failed = open_session(demo, (enum demo_person)i, err);
	}
	for (size_t i = 0; !failed && i < demo_tenant_count; i++) {
		const struct demo_tenant *tenant = &demo_tenants[i];

		failed = use_tenant_add(owner, tenant->id, tenant->name, tenant->kind, tenant->track, &out, err);
		if (!failed && tenant->consents)
			failed = use_tenant_consent(owner, tenant->id, NULL, "Letter of the board", "letter 7", &out, err);
	}
	if (!failed)
		demo_say(demo, "%d people and %zu tenants are enrolled.", DEMO_PEOPLE, demo_tenant_count);
	return failed;
}

/* A ledger's time only goes forward, so the phases of all releases are taken day by day. */
static enum err_kind live_through(struct demo *demo, instant today, struct err *err)
{
	enum { FIRST_DAY = 41, NINE_S = 9 * 3600 };

	for (int days = FIRST_DAY; days > 0; days--) {
		demo->now = today - (instant)days * WHEN_DAY_S + NINE_S;
		for (size_t i = 0; i < demo_release_count; i++) {
			for (int phase = 0; phase < DEMO_PHASES; phase++) {
				enum err_kind failed;

				if (demo_releases[i].days_ago[phase] != days)
					continue;
				failed = demo_phase(demo, &demo_releases[i], (enum demo_phase)phase, err);
				if (failed) {
					err_prefix(err, "%s", demo_releases[i].id);
					return failed;
				}
				demo->now += 60;
			}
		}
	}
	return ERR_NONE;
}

static enum err_kind twist(struct demo *demo, const struct demo_release *r, struct err *err)
{
	struct outcome out;
	enum err_kind failed;

	if (r->twist == DEMO_READY_TO_SIGN)
		return demo_prepare_memo(demo, r, err);
	if (r->twist == DEMO_WAITING)
		return demo_answer_candidate(demo, r, err);
	if (r->twist != DEMO_HALTED)
		return ERR_NONE;
	failed = use_incident_open(&demo->sessions[DEMO_OPERATOR], (struct texts){ &r->id, 1 }, (struct texts){ 0 }, 1, false,
				   "Dues of two members were booked twice", &out, err);
	if (!failed)
		demo_say(demo, "%s", out.text);
	return failed;
}

bool use_demo_is_there(const char *dir)
{
	char path[PATH_MAX];
	const int size = snprintf(path, sizeof path, "%s/practice.db", dir);

	return size > 0 && (size_t)size < sizeof path && access(path, F_OK) == 0;
}

enum err_kind use_demo_build(const char *dir, instant now, void (*say)(void *context, const char *line), void *context, struct err *err)
{
	struct demo demo = { .dir = dir, .say = say, .context = context };
	const instant today = now - now % WHEN_DAY_S;
	enum err_kind failed;

	arena_init(&demo.arena, 0);
	demo.ledger = arena_printf(&demo.arena, "%s/practice.db", dir);
	demo.now = today - 45 * (instant)WHEN_DAY_S;
	failed = demo.ledger ? io_make_dirs(arena_printf(&demo.arena, "%s/keys", dir), err) : err_memory(err);
	if (!failed && use_demo_is_there(dir))
		failed = err_set(err, ERR_REFUSED, "There is a practice ledger in %s already. Choose an empty folder with --dir DIR.", dir);
	for (int person = 0; !failed && person < DEMO_PEOPLE; person++)
		failed = make_key(&demo, (enum demo_person)person, err);
	if (!failed)
		failed = found(&demo, err);
	if (!failed)
		failed = enrol(&demo, err);
	if (!failed)
		failed = live_through(&demo, today, err);
	demo.now = now - 3600;
	for (size_t i = 0; !failed && i < demo_release_count; i++)
		failed = twist(&demo, &demo_releases[i], err);
	demo_close(&demo);
	return failed;
}

static const struct demo_release *ready_release(void)
{
	for (size_t i = 0; i < demo_release_count; i++)
		if (demo_releases[i].twist == DEMO_READY_TO_SIGN)
			return &demo_releases[i];
	return NULL;
}

/* The way of the release so far, as its own facts tell it, oldest first. */
static enum err_kind tell_story(struct demo *demo, const char *release, struct err *err)
{
	const struct log_filter filter = { .release = release, .since = WHEN_NONE };
	struct log_page page;
	char at[WHEN_TEXT_MAX];
	enum err_kind failed = use_log(&demo->sessions[DEMO_OWNER], &filter, NULL, &demo->arena, &page, err);

	for (size_t i = failed ? 0 : page.count; i-- > 0;)
		demo_say(demo, "%s  %s", when_format(page.facts[i].at, at), page.sentences[i]);
	return failed;
}

static enum err_kind export(struct demo *demo, const char *release, struct err *err)
{
	const char *dir = arena_printf(&demo->arena, "%s/memos", demo->dir);
	struct texts lines;
	struct buf text = BUF_EMPTY;
	enum err_kind failed = use_memo_text(&demo->sessions[DEMO_OWNER], release, NULL, 0, &text, err);

	if (!failed)
		failed = dir ? use_memo_export(&demo->sessions[DEMO_OWNER], release, NULL, 0, dir, &demo->arena, &lines, err) : err_memory(err);
	if (!failed)
		demo->say(demo->context, buf_text(&text));
	for (size_t i = 0; !failed && i < lines.count; i++)
		demo->say(demo->context, lines.items[i]);
	buf_release(&text);
	return failed;
}

enum err_kind use_demo_walk(const char *dir, instant now, void (*say)(void *context, const char *line), void *context, struct err *err)
{
	const struct demo_release *r = ready_release();
	struct demo demo = { .say = say, .context = context };
	struct record record;
	struct verdict verdict;
	struct release_line line;
	struct outcome out;
	enum err_kind failed;

	arena_init(&demo.arena, 0);
	failed = demo_open(&demo, dir, now, err);
	if (failed)
		goto out;
	failed = tell_story(&demo, r->id, err);
	if (failed)
		goto out;
	failed = use_release_line(&demo.sessions[DEMO_OWNER], r->id, &record, &verdict, &line, err);
	if (!failed) {
		demo_say(&demo, "%s is %s in %s, and next is %s.", r->id, words_title(words_verdict, (int)verdict.verdict),
			 words_word(words_channel, (int)line.channel), line.who);
		for (size_t i = 0; i < verdict.findings.count; i++)
			if (!finding_is_settled(&verdict.findings.items[i]))
				demo_say(&demo, "  %-6s %s", verdict.findings.items[i].id, verdict.findings.items[i].reason);
	}
	record_release(&record);
	if (!failed)
		failed = use_memo_sign(&demo.sessions[DEMO_OWNER], r->id, ROLE_SYSTEM_OWNER, NULL, &out, err);
	if (!failed)
		demo_say(&demo, "%s", out.text);
	if (!failed)
		failed = use_promote(&demo.sessions[DEMO_OPERATOR], r->id, CHANNEL_STABLE, &out, err);
	if (!failed)
		demo_say(&demo, "%s", out.text);
	if (!failed)
		failed = export(&demo, r->id, err);
out:
	demo_close(&demo);
	return failed;
}
