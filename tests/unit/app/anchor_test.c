#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>
#include <gonogo/sign/payload.h>

#include "world.h"

TestSuite(anchor, .timeout = 60, .description = "a signed checkpoint kept elsewhere shows what was done to the ledger since");

#define OWNER (&w.demo.sessions[DEMO_OWNER])
#define LEAD (&w.demo.sessions[DEMO_LEAD])

static const char *keep(struct world *w, const char *name, const char *text, size_t size)
{
	cr_assert_eq(io_write(w->dir, name, text, size, 0600, &w->err), ERR_NONE, "%s", w->err.text);
	return world_path(w, name);
}

/* A checkpoint of dana's in a file, and a ledger that goes on after it. */
static const char *open_scene(struct world *w, struct buf *text)
{
	const char *file;

	world_open(w);
	world_register(w, "roster");
	*text = BUF_EMPTY;
	cr_assert_eq(use_checkpoint(&w->demo.sessions[DEMO_LEAD], NULL, text, &w->err), ERR_NONE, "%s", w->err.text);
	file = keep(w, "kept", buf_text(text), text->size);
	w->demo.now += 3 * 86400;
	cr_assert_eq(use_stop(&w->uma, "roster", "HS-4", true, "A reason", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	return file;
}

Test(anchor, names_its_place_and_age_and_what_came_after)
{
	struct world w;
	struct buf text;
	const char *file = open_scene(&w, &text);
	const struct verification says = world_verify(&w, file);

	cr_assert(strncmp(buf_text(&text), "gonogo-checkpoint/v1\nlog ", 25) == 0, "%s", buf_text(&text));
	cr_assert_eq(says.verdict, INTEGRITY_INTACT, "%s", says.reason);
	cr_assert_eq(says.anchored, w.out.seq - 1);
	cr_assert(strstr(says.reason, "(3d ago); 1 came after it"), "%s", says.reason);
	buf_release(&text);
	world_close(&w);
}

Test(anchor, tells_a_history_made_anew_from_a_tail_cut_off)
{
	struct world w;
	struct buf text;
	const char *file = open_scene(&w, &text);
	const int64_t size = w.out.seq - 1;
	struct verification says;

	world_tamper(&w, "create table kept as select * from fact; update fact set origin = 'elsewhere:1' where seq = %lld", (long long)size);
	world_rehash(&w, size);
	says = world_verify(&w, file);
	cr_assert(says.verdict == INTEGRITY_FORKED && says.at_seq == size, "%s", says.reason);
	world_tamper(&w, "delete from fact; insert into fact select * from kept; delete from fact where seq >= %lld", (long long)size);
	says = world_verify(&w, file);
	cr_assert(says.verdict == INTEGRITY_TRUNCATED && says.at_seq == size - 1, "%s", says.reason);
	buf_release(&text);
	world_close(&w);
}

Test(anchor, bears_the_signature_of_somebody_enrolled_then)
{
	struct world w;
	struct buf text;
	const char *file, *spare;
	struct session session;
	char *bytes;

	file = open_scene(&w, &text);
	bytes = arena_bytes(&w.demo.arena, buf_text(&text), text.size);
	/* Another time, which the chain does not contradict. */
	memcpy(strstr(bytes, "time 2025"), "time 2024", 9);
	cr_assert_eq(world_verify(&w, keep(&w, "altered", bytes, text.size)).verdict, INTEGRITY_FORGED);
	/* A key that dana has by now vouches for nothing before its enrolment. */
	spare = world_key(&w, "spare");
	EXPECT(ERR_NONE, use_person_key(OWNER, "dana", KEY_ADD, arena_printf(&w.demo.arena, "%s.pub", spare), WHEN_NONE, &w.out, &w.err));
	EXPECT(ERR_NONE, use_person_key(OWNER, "dana", KEY_RETIRE, world_path(&w, "dana.pub"), WHEN_NONE, &w.out, &w.err));
	cr_assert_eq(world_verify(&w, file).verdict, INTEGRITY_INTACT, "what a retired key signed counts");
	buf_release(&text);
	EXPECT(ERR_REFUSED, use_checkpoint(LEAD, NULL, &text, &w.err));
	buf_release(&text);
	EXPECT(ERR_NONE, world_sit(&w, &session, "dana", "spare"));
	EXPECT(ERR_NONE, use_checkpoint(&session, NULL, &text, &w.err));
	cr_assert_eq(world_verify(&w, keep(&w, "later", buf_text(&text), text.size)).verdict, INTEGRITY_INTACT);
	session_close(&session);
	buf_release(&text);
	world_close(&w);
}

Test(anchor, is_refused_when_it_is_none)
{
	static const char *const wrong[] = { "", "gonogo-checkpoint/v1\n", "gonogo-checkpoint/v2\nlog x\n", "-----BEGIN SSH SIGNATURE-----\n" };
	const char *missing;
	struct world w;
	struct buf text;
	struct verification says;

	open_scene(&w, &text);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		const char *file = keep(&w, "wrong", wrong[i], strlen(wrong[i]));

		EXPECT(ERR_INPUT, use_verify(OWNER, &file, 1, NULL, &says, &w.err));
	}
	/* Every line of the body counts: without its signature, or with one line missing, it is none. */
	for (const char *line = buf_text(&text); *line && *line != '-'; line = strchr(line, '\n') + 1) {
		struct buf cut = BUF_EMPTY;
		const char *file;

		buf_add(&cut, buf_text(&text), (size_t)(line - buf_text(&text)));
		buf_str(&cut, strchr(line, '\n') + 1);
		file = keep(&w, "cut", buf_text(&cut), cut.size);
		EXPECT(ERR_INPUT, use_verify(OWNER, &file, 1, NULL, &says, &w.err));
		buf_release(&cut);
	}
	missing = world_path(&w, "missing");
	EXPECT(ERR_USAGE, use_verify(OWNER, &missing, 1, NULL, &says, &w.err));
	buf_release(&text);
	world_close(&w);
}

static void run(struct world *w, const char *const *argv, struct spawn_result *result)
{
	const struct spawn spawn = { .argv = argv, .deadline_s = 30, .output_cap = 65536 };

	cr_assert_eq(spawn_run(&spawn, &w->demo.arena, result, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(result->status, 0, "%s: %s", argv[0], result->diagnostics);
}

Test(anchor, travels_with_the_code_as_a_note_of_git)
{
	struct world w;
	struct buf text, noted = BUF_EMPTY;
	struct spawn_result result;
	const char *repository;

	open_scene(&w, &text);
	repository = world_path(&w, "code");
	run(&w, (const char *const[]){ "git", "init", "-q", repository, NULL }, &result);
	run(&w, (const char *const[]){ "git", "-C", repository, "-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "-q", "--allow-empty", "-m", "x", NULL },
	    &result);
	EXPECT(ERR_NONE, use_checkpoint(OWNER, repository, &noted, &w.err));
	run(&w, (const char *const[]){ "git", "-C", repository, "notes", "--ref=gonogo", "show", NULL }, &result);
	cr_assert_eq(world_verify(&w, keep(&w, "shown", result.out, strlen(result.out))).verdict, INTEGRITY_INTACT, "%s", result.out);
	buf_release(&noted);
	EXPECT(ERR_SYSTEM, use_checkpoint(OWNER, world_path(&w, "nowhere"), &noted, &w.err));
	EXPECT_SAID("could not note it");
	run(&w, (const char *const[]){ "rm", "-r", "-f", repository, NULL }, &result);
	buf_release(&noted);
	buf_release(&text);
	world_close(&w);
}
