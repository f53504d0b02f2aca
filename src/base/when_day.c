#include <config.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <gonogo/base/when.h>

enum { DAYS = 7, TYPED_MAX = 32, THURSDAY = 3 /* 1970-01-01, counted from Monday */ };

static const char *const weekdays[DAYS] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

static int64_t day_number(instant at)
{
	return at / WHEN_DAY_S;
}

static int weekday_of(int64_t day)
{
	return (int)((day + THURSDAY) % DAYS);
}

/* Days from today to the next day of this name; 0 when it is the name of none. */
static int days_until(const char *name, int64_t today)
{
	for (int i = 0; i < DAYS; i++)
		if (strcasecmp(name, weekdays[i]) == 0 || (strlen(name) == 3 && strncasecmp(name, weekdays[i], 3) == 0))
			return (i - weekday_of(today) + DAYS - 1) % DAYS + 1;
	return 0;
}

/* Without the spaces around it; false when it is longer than any day is. */
static bool trim(const char *text, char *out)
{
	size_t size;

	text += strspn(text, " ");
	size = strlen(text);
	while (size && text[size - 1] == ' ')
		size--;
	if (!size || size >= TYPED_MAX)
		return false;
	memcpy(out, text, size);
	out[size] = '\0';
	return true;
}

static bool read_day(const char *typed, instant now, instant *out)
{
	const int64_t today = day_number(now);
	const int ahead = days_until(typed, today);
	int64_t span;
	char date[WHEN_TEXT_MAX];

	if (strcasecmp(typed, "today") == 0)
		*out = today * WHEN_DAY_S;
	else if (strcasecmp(typed, "tomorrow") == 0)
		*out = (today + 1) * WHEN_DAY_S;
	else if (ahead)
		*out = (today + ahead) * WHEN_DAY_S;
	else if (*typed == '+' && when_span_parse("the time", typed + 1, &span, NULL) == ERR_NONE)
		*out = today * WHEN_DAY_S + span;
	else if (strlen(typed) != strlen("2025-02-05") || when_parse("the day", typed, out, NULL) != ERR_NONE)
		return false;
	/* What can be written can be stored and read again. */
	return strcmp(when_date(*out, date), "-") != 0;
}

enum err_kind when_day_parse(const char *what, const char *text, instant now, instant *out, struct err *err)
{
	char typed[TYPED_MAX];

	if (text && trim(text, typed) && read_day(typed, now, out))
		return ERR_NONE;
	return err_set(err, ERR_USAGE, "%s is \"%.40s\", which is no day between 2000 and 2199; write it as 2025-02-05, +10d, +2w, mon, today or tomorrow", what,
		       text ? text : "");
}

const char *when_day_echo(instant day, instant now, char *out)
{
	const int64_t ahead = day_number(day) - day_number(now);
	const char *name = weekdays[weekday_of(day_number(day))];

	if (ahead == 0 || ahead == 1)
		(void)snprintf(out, WHEN_ECHO_MAX, "%.3s, %s", name, ahead ? "tomorrow" : "today");
	else if (ahead > 0)
		(void)snprintf(out, WHEN_ECHO_MAX, "%.3s, in %lld days", name, (long long)ahead);
	else
		(void)snprintf(out, WHEN_ECHO_MAX, "%.3s, %lld day%s ago", name, (long long)-ahead, ahead == -1 ? "" : "s");
	return out;
}
