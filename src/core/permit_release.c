#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/gate.h>
#include <gonogo/core/permit.h>
#include <gonogo/core/soak.h>

static enum err_kind check_supersedes(const struct permit_in *in, const struct manifest *manifest, const char *id, struct err *err)
{
	(void)in;
	if (manifest->supersedes && text_same_id(manifest->supersedes, id))
		return err_set(err, ERR_REFUSED, "%s cannot supersede itself (I-10). Name the earlier release under Supersedes:.", id);
	return ERR_NONE;
}

enum err_kind permit_release_registered(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	struct manifest manifest;
	enum err_kind failed = text_check(TEXT_ID, "the release id", in->release, strlen(in->release), err);

	if (!failed)
		failed = paper_read_manifest(in->body, in->release, &manifest, err);
	if (!failed)
		failed = check_supersedes(in, &manifest, in->release, err);
	if (failed || !dossier_exists(d))
		return failed;
	if (strcmp(d->release, in->release) != 0)
		return err_set(err, ERR_REFUSED, "%s is registered as %s. Ids are unique, whatever their case.", in->release, d->release);
	*already = paper_same_manifest(&manifest, &d->manifest);
	if (*already || !d->class_locked)
		return ERR_NONE;
	if (manifest.class != d->class)
		return err_set(err, ERR_REFUSED, "The classification of %s is locked as %s since its first promotion (CLS-2). Make a new release: gonogo release copy %s NEW.",
			       d->release, words_title(words_class, (int)d->class), d->release);
	return err_set(err, ERR_REFUSED, "The manifest of %s is frozen since its first promotion, and this one differs (CLS-6). A fix is a new release: "
		       "gonogo release copy %s NEW.", d->release, d->release);
}

enum err_kind permit_release_classified(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const int class = body_word(in->body, "class", words_class, CLASS_UNCLEAR);

	*already = (int)d->class == class && d->class_source.seq;
	if (*already || !d->class_locked)
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "The classification of %s is locked as %s since its first promotion (CLS-2). Make a new release: gonogo release copy %s NEW.",
		       d->release, words_title(words_class, (int)d->class), d->release);
}

/* What is missing, a line each, behind the first sentence. */
static void list_missing(struct buf *out, const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->findings.count; i++) {
		const struct finding *finding = &verdict->findings.items[i];

		if (!finding_is_settled(finding))
			buf_printf(out, "\n  %s: %s", finding->id, finding->reason);
	}
}

static enum err_kind refuse_promotion(const struct dossier *d, const struct verdict *verdict, struct err *err)
{
	struct buf lines = BUF_EMPTY;
	enum err_kind failed;

	list_missing(&lines, verdict);
	failed = buf_check(&lines, err);
	if (!failed)
		failed = err_set(err, ERR_REFUSED, "%s is not promoted to %s: the gate says %s.%s\nSee gonogo check %s.", d->release,
				 words_word(words_channel, (int)verdict->to), words_title(words_verdict, (int)verdict->verdict), buf_text(&lines),
				 d->release);
	buf_release(&lines);
	return failed;
}

enum err_kind permit_release_promoted(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const enum channel to = (enum channel)body_word(in->body, "to", words_channel, CHANNEL_NONE);
	struct verdict verdict;
	struct digest evidence;
	char cite[POLICY_CITE_MAX];
	enum err_kind failed;

	*already = dossier_channel(d) == to && to > CHANNEL_DEV;
	if (*already)
		return ERR_NONE;
	failed = gate_judge(d, in->policy, to, in->now, in->arena, &verdict, err);
	if (failed)
		return failed;
	if (verdict.verdict != VERDICT_GO)
		return refuse_promotion(d, &verdict, err);
	if (soak_is_of_one(d, in->policy, in->actor->id, in->now))
		return err_set(err, ERR_REFUSED, "%s began the soak of %s in %s, and another person ends it by promoting it (CHN-2, as %s asks).", in->actor->id,
			       d->release, words_word(words_channel, (int)dossier_channel(d)), policy_cite(in->policy, "soak_of_two", cite));
	if (!digest_read(body_text(in->body, "evidence"), &evidence) || !digest_equal(&evidence, &verdict.evidence))
		return err_set(err, ERR_BUSY, "What %s is judged on changed meanwhile; nothing was recorded. Look again with gonogo check %s.", d->release,
			       d->release);
	return ERR_NONE;
}

enum err_kind permit_release_withdrawn(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	enum err_kind failed = permit_need(in, "reason", "The reason", err);

	(void)already;
	if (failed || d->state == STATE_REGISTERED || d->state == STATE_DEV)
		return failed;
	return err_set(err, ERR_REFUSED, "%s is %s, and from experimental on leaving is a rollback (I-11): gonogo rollback start %s --reason TEXT.", d->release,
		       words_title(words_state, (int)d->state), d->release);
}
