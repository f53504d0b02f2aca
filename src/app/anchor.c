#include <config.h>

#include <string.h>

#include <gonogo/app/anchor.h>
#include <gonogo/base/io.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/verify.h>

static enum err_kind read_one(const char *text, struct arena *arena, struct anchor *out, struct err *err)
{
	char *bytes;
	size_t size;
	enum err_kind failed;

	*out = (struct anchor){ .name = text };
	/* A line that is mistyped is not taken for a file. */
	if (strncmp(text, "gonogo:", strlen("gonogo:")) == 0 || strpbrk(text, " \t\n"))
		return checkpoint_parse("--anchor", text, &out->point, err);
	failed = io_read(text, CHECKPOINT_FILE_MAX, arena, &bytes, &size, err);
	if (failed == ERR_SYSTEM)
		return err_set(err, ERR_USAGE, "--anchor %.200s is neither a checkpoint line, as acts print it, nor the file of a signed checkpoint that can be read.", text);
	return failed ? failed : checkpoint_read(text, bytes, size, arena, &out->point, &out->body, &out->blob, err);
}

enum err_kind anchors_read(const char *const *texts, size_t count, struct arena *arena, struct anchor **out, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	*out = arena_array(arena, count ? count : 1, sizeof **out);
	if (!*out)
		return err_memory(err);
	for (size_t i = 0; !failed && i < count; i++)
		failed = read_one(texts[i], arena, &(*out)[i], err);
	return failed;
}

static bool vouches(const struct anchor *anchor, const struct person_key *held, struct arena *arena)
{
	const int64_t seq = anchor->point.size;
	struct sshkey key;

	return held->from_seq <= seq && (!held->until_seq || seq < held->until_seq) &&
	       sshkey_parse("an enrolled key", held->key, strlen(held->key), arena, &key, NULL) == ERR_NONE &&
	       sshsig_verify(anchor->blob, PAYLOAD_CHECKPOINT_NAMESPACE, anchor->body.bytes, anchor->body.size, &key, NULL) == ERR_NONE;
}

enum err_kind anchor_check(const struct anchor *anchor, const struct registry *registry, struct err *err)
{
	struct arena arena;
	bool found = !anchor->blob.size;

	arena_init(&arena, 0);
	for (size_t i = 0; !found && i < registry->person_count; i++)
		for (size_t k = 0; !found && k < registry->people[i].key_count; k++)
			found = vouches(anchor, &registry->people[i].keys[k], &arena);
	arena_release(&arena);
	return found ? ERR_NONE : err_set(err, ERR_INTEGRITY, "The checkpoint %.200s bears no signature that holds, of anybody who was enrolled at fact %lld.",
					  anchor->name, (long long)anchor->point.size);
}
