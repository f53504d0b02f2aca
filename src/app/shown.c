#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/shown.h>
#include <gonogo/core/kinds.h>

enum { LINES_MOST = 12 };

/* One line per kind: what it rests on, either a fact or the text that `say` makes. */
struct ground {
	const char *kind;
	const char *key;      /* of the body: which of several; NULL: there is but one */
	const char *what;     /* opens the sentence */
	int64_t (*seq)(const struct dossier *d, const char *about);
	enum err_kind (*say)(struct record *record, const char *about, char out[SHOWN_BYTES], struct err *err);
};

static int64_t later(int64_t one, int64_t other)
{
	return one > other ? one : other;
}

static int64_t manifest_seq(const struct dossier *d, const char *about)
{
	(void)about;
	return later(d->manifest_source.seq, d->class_source.seq);
}

static int64_t plan_seq(const struct dossier *d, const char *about)
{
	(void)about;
	return d->plan_source.seq;
}

/* With what falls when another is saved: whoever edits over it has to know. */
static int64_t plan_base(const struct dossier *d, const char *about)
{
	(void)about;
	return later(d->plan_source.seq, d->plan_approved.seq);
}

static int64_t switch_base(const struct dossier *d, const char *about)
{
	(void)about;
	return later(d->definition_source.seq, d->test_count ? d->tests[d->test_count - 1].source.seq : 0);
}

static int64_t rollback_base(const struct dossier *d, const char *about)
{
	(void)about;
	return later(d->rollback_source.seq, d->rehearsal_count ? d->rehearsals[d->rehearsal_count - 1].source.seq : 0);
}

static int64_t tested_seq(const struct dossier *d, const char *about)
{
	(void)about;
	return later(d->definition_source.seq, d->binding.seq);
}

static int64_t kill_seq(const struct dossier *d, const char *about)
{
	(void)about;
	return d->last_kill.seq;
}

static int64_t rollback_seq(const struct dossier *d, const char *about)
{
	(void)about;
	return d->rollback_source.seq;
}

static int64_t halt_seq(const struct dossier *d, const char *about)
{
	(void)about;
	return d->last_sev1_seq;
}

static int64_t stop_seq(const struct dossier *d, const char *about)
{
	size_t index;

	return dossier_stop_index(about, &index) && d->stops[index].is_raised ? d->stops[index].raised.seq : 0;
}

static int64_t risks_seq(const struct dossier *d, const char *about)
{
	int64_t last = 0;

	(void)about;
	for (size_t i = 0; i < d->risk_count; i++)
		last = later(last, later(d->risks[i].source.seq, d->risks[i].withdrawn.seq));
	return last;
}

/* A memo is its fact: neither its id nor a byte of its text is ever another's.  One that was replaced is none to sign. */
static int64_t memo_seq(const struct dossier *d, const char *about)
{
	const struct memo_entry *memo = dossier_memo(d, about);

	return memo && !memo->is_replaced ? memo->drafted.seq : 0;
}

static enum err_kind say_gate(struct record *record, const char *about, char out[SHOWN_BYTES], struct err *err)
{
	char evidence[DIGEST_HEX_MAX], class[DIGEST_HEX_MAX];
	struct verdict verdict;
	enum err_kind failed = record_judge(record, CHANNEL_NONE, WHEN_NONE, &verdict, err);

	(void)about;
	if (!failed)
		snprintf(out, SHOWN_BYTES, "%s %s %s", words_word(words_channel, (int)verdict.to), digest_hex(&verdict.evidence, evidence),
			 digest_hex(&verdict.class_evidence, class));
	return failed;
}

/* The question in its words, and the answer that stands: nobody answers over one that they have not seen. */
static enum err_kind say_question(struct record *record, const char *about, char out[SHOWN_BYTES], struct err *err)
{
	const char *question = rule_question(&record->dossier, about);
	const struct answer_entry *before = dossier_answer(&record->dossier, about);
	char hex[DIGEST_HEX_MAX];
	struct digest digest = { { 0 } };
	enum err_kind failed = question ? dossier_question(question, &digest, err) : ERR_NONE;

	if (!failed)
		snprintf(out, SHOWN_BYTES, "%s %lld", digest_hex(&digest, hex), (long long)(before ? before->source.seq : 0));
	return failed;
}

static const struct ground grounds[] = {
	{ "memo.signed", "memo", "The memo", memo_seq, NULL },
	{ "memo.drafted", NULL, "The list of accepted risks", risks_seq, NULL },
	{ "approval.given", NULL, "What is approved", NULL, say_gate },
	{ "release.promoted", NULL, "What is promoted", NULL, say_gate },
	{ "answer.given", "rule", "The question, or its answer,", NULL, say_question },
	{ "stop.cleared", "stop", "The hard stop", stop_seq, NULL },
	{ "plan.approved", NULL, "The exposure plan", plan_seq, NULL },
	{ "plan.saved", NULL, "The exposure plan", plan_base, NULL },
	{ "release.registered", NULL, "The manifest", manifest_seq, NULL },
	{ "release.classified", NULL, "The manifest", manifest_seq, NULL },
	{ "switch.defined", NULL, "The kill switch", switch_base, NULL },
	{ "switch.tested", NULL, "The kill switch", tested_seq, NULL },
	{ "switch.approved", NULL, "What is to be restored", kill_seq, NULL },
	{ "switch.restored", NULL, "What is to be restored", kill_seq, NULL },
	{ "rollback.planned", NULL, "The rollback plan", rollback_base, NULL },
	{ "rollback.rehearsed", NULL, "The rollback plan", rollback_seq, NULL },
	{ "rollback.approved", NULL, "The rollback plan", rollback_seq, NULL },
	{ "rollback.started", NULL, "The rollback plan", rollback_seq, NULL },
	{ "rollback.step", NULL, "The rollback plan", rollback_seq, NULL },
	{ "rollback.finished", NULL, "The rollback plan", rollback_seq, NULL },
	{ "incident.evaluated", NULL, "What is to be evaluated", halt_seq, NULL },
};

static const struct ground *ground_of(const char *kind)
{
	for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++)
		if (strcmp(grounds[i].kind, kind) == 0)
			return &grounds[i];
	return NULL;
}

enum err_kind shown_of(struct record *record, const char *kind, const char *about, struct shown *out, struct err *err)
{
	const struct ground *ground = ground_of(kind);

	*out = (struct shown){ .kind = kind, .size = record->size };
	snprintf(out->about, sizeof out->about, "%s", about && ground && ground->key ? about : "");
	if (!ground)
		return ERR_NONE;
	if (ground->say)
		return ground->say(record, out->about, out->ground, err);
	snprintf(out->ground, sizeof out->ground, "%lld", (long long)ground->seq(&record->dossier, out->about));
	return ERR_NONE;
}

void shown_since(struct record *record, int64_t seq, size_t most, const char *before, struct buf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < record->count; i++) {
		const struct fact *fact = &record->facts[i];
		const char *sentence;

		if (!record->dossier.release || fact->seq <= seq || strcmp(fact->release, record->dossier.release) != 0)
			continue;
		sentence = kinds_sentence(fact, &record->arena);
		if (count++ < most && sentence)
			buf_printf(out, "%s%s (fact %lld)", before, sentence, (long long)fact->seq);
	}
	if (count > most)
		buf_printf(out, "%sand %zu more", before, count - most);
}

enum err_kind shown_check(struct record *record, const struct shown *shown, const char *kind, const struct json_object *body, struct err *err)
{
	const struct ground *ground = ground_of(kind);
	struct buf lines = BUF_EMPTY;
	const char *about;
	struct shown now;
	enum err_kind failed;

	if (!ground || !shown || !shown->kind || strcmp(shown->kind, kind) != 0 || !*shown->ground)
		return ERR_NONE;
	about = ground->key ? body_text(body, ground->key) : NULL;
	failed = shown_of(record, kind, about, &now, err);
	if (failed || (strcmp(now.ground, shown->ground) == 0 && strcmp(now.about, shown->about) == 0))
		return failed;
	shown_since(record, shown->size, LINES_MOST, "\n  ", &lines);
	failed = err_set(err, ERR_BUSY, "%s %s%sis not what was shown any more; nothing was recorded. Look again.%s%s", ground->what, shown->about,
			 *shown->about ? " " : "", lines.size ? "\nRecorded meanwhile:" : "", buf_text(&lines));
	buf_release(&lines);
	return failed;
}
