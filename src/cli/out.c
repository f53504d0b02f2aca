#include <config.h>

#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/cli/families.h>

/* The one door of text to the outside: what the ledger holds was checked when it entered, but a ledger can be edited by hand. */
void out_flush(struct invocation *in)
{
	struct buf shown = BUF_EMPTY;

	text_show(&shown, buf_text(&in->out), in->out.size, true);
	if (in->out.failed || shown.failed || !io_put(STDOUT_FILENO, buf_text(&shown), shown.size))
		in->write_failed = true;
	buf_release(&shown);
	buf_clear(&in->out);
}

void out_outcome(struct invocation *in, const struct outcome *outcome)
{
	if (in->json) {
		struct json_writer w = out_json(in);

		json_bool(&w, "already", outcome->is_already);
		if (outcome->seq)
			json_int(&w, "seq", outcome->seq);
		else
			json_nothing(&w, "seq");
		json_text(&w, "text", outcome->text);
		json_text(&w, "checkpoint", *outcome->checkpoint ? outcome->checkpoint : NULL);
		out_json_end(in, &w);
		return;
	}
	buf_printf(&in->out, "%s\n", outcome->text);
	if (*outcome->checkpoint)
		buf_printf(&in->out, "%s\n", outcome->checkpoint);
}

enum err_kind out_done(struct invocation *in, enum err_kind failed, const struct outcome *outcome)
{
	if (!failed)
		out_outcome(in, outcome);
	return failed;
}

struct json_writer out_json(struct invocation *in)
{
	struct json_writer w = { .out = &in->out, .escape = true };

	json_open(&w, NULL, '{');
	json_int(&w, "schema", 1);
	return w;
}

void out_json_end(struct invocation *in, struct json_writer *w)
{
	json_close(w, '}');
	buf_char(&in->out, '\n');
}

void out_json_time(struct json_writer *w, const char *key, instant at)
{
	char text[WHEN_TEXT_MAX];

	if (at == WHEN_NONE)
		json_nothing(w, key);
	else
		json_text(w, key, when_format(at, text));
}

void out_json_texts(struct json_writer *w, const char *key, struct texts texts)
{
	json_open(w, key, '[');
	for (size_t i = 0; i < texts.count; i++)
		json_text(w, NULL, texts.items[i]);
	json_close(w, ']');
}

void out_json_roles(struct json_writer *w, const char *key, role_set roles)
{
	json_open(w, key, '[');
	for (const struct word *word = words_role; word->word; word++)
		if (roles & word->value)
			json_text(w, NULL, word->word);
	json_close(w, ']');
}
