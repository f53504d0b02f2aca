#include <config.h>

#include <gonogo/app/act.h>
#include <gonogo/base/text.h>

void act_begin(struct act *act, struct json_writer *w, const char *kind, const char *release, const char *tenant)
{
	*act = (struct act){ .kind = kind, .release = release, .tenant = tenant };
	*w = (struct json_writer){ .out = &act->body };
	json_open(w, NULL, '{');
	json_int(w, "v", 1);
}

void act_text(struct json_writer *w, const char *key, const char *text)
{
	if (!text_is_blank(text))
		json_text(w, key, text);
}

void act_int(struct json_writer *w, const char *key, int64_t value)
{
	json_int(w, key, value);
}

void act_texts(struct json_writer *w, const char *key, struct texts texts)
{
	if (!texts.count)
		return;
	json_open(w, key, '[');
	for (size_t i = 0; i < texts.count; i++)
		json_text(w, NULL, texts.items[i]);
	json_close(w, ']');
}

void act_end(struct json_writer *w)
{
	json_close(w, '}');
}
