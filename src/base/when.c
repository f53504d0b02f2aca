#include <config.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/when.h>

enum {
	YEAR_FIRST = 2000,
	YEAR_LAST = 2199,
	DAYS_BEFORE_2000 = 10957, /* from 1970-01-01 */
	DATE_SIZE = 10,
	INSTANT_SIZE = 20,
	SPAN_DAYS_MAX = 3650,
};

struct civil {
	int year, month, day;
};

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of_year(int year)
{
	return is_leap(year) ? 366 : 365;
}

static int days_of_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static int64_t days_from_civil(struct civil date)
{
	int64_t days = DAYS_BEFORE_2000;
	for (int year = YEAR_FIRST; year < date.year; year++)
		days += days_of_year(year);
	for (int month = 1; month < date.month; month++)
		days += days_of_month(date.year, month);
	return days + date.day - 1;
}

/* False outside the years that are supported. */
static bool civil_from_days(int64_t days, struct civil *out)
{
	int64_t left = days - DAYS_BEFORE_2000;
	int year = YEAR_FIRST, month = 1;
	if (left < 0)
		return false;
	while (year <= YEAR_LAST && left >= days_of_year(year))
		left -= days_of_year(year++);
	if (year > YEAR_LAST)
		return false;
	while (left >= days_of_month(year, month))
		left -= days_of_month(year, month++);
	*out = (struct civil){ .year = year, .month = month, .day = (int)left + 1 };
	return true;
}

/* Exactly `digits` decimal digits at *text, or -1; moves on behind them. */
static int take_number(const char **text, int digits)
{
	int value = 0;
	for (int i = 0; i < digits; i++) {
		const char c = **text;
		if (c < '0' || c > '9')
			return -1;
		value = value * 10 + (c - '0');
		(*text)++;
	}
	return value;
}

static bool take_char(const char **text, char c)
{
	if (**text != c)
		return false;
	(*text)++;
	return true;
}

static bool take_date(const char **text, int64_t *days)
{
	struct civil date;
	date.year = take_number(text, 4);
	if (!take_char(text, '-'))
		return false;
	date.month = take_number(text, 2);
	if (date.month < 1 || date.month > 12 || !take_char(text, '-'))
		return false;
	date.day = take_number(text, 2);
	if (date.year < YEAR_FIRST || date.year > YEAR_LAST || date.day < 1 ||
		date.day > days_of_month(date.year, date.month))
		return false;
	*days = days_from_civil(date);
	return true;
}

static bool read_date(const char *text, instant *out)
{
	int64_t days;
	if (!take_date(&text, &days) || *text != '\0')
		return false;
	*out = days * WHEN_DAY_S;
	return true;
}

bool when_read(const char *text, instant *out)
{
	int64_t days;
	if (!text || !take_date(&text, &days) || !take_char(&text, 'T'))
		return false;
	const int hour = take_number(&text, 2);
	if (hour < 0 || hour > 23 || !take_char(&text, ':'))
		return false;
	const int minute = take_number(&text, 2);
	if (minute < 0 || minute > 59 || !take_char(&text, ':'))
		return false;
	const int second = take_number(&text, 2);
	if (second < 0 || second > 59 || !take_char(&text, 'Z') || *text != '\0')
		return false;
	*out = days * WHEN_DAY_S + hour * 3600 + minute * 60 + second;
	return true;
}

enum err_kind when_parse(const char *what, const char *text, instant *out, struct err *err)
{
	if (text && (read_date(text, out) || when_read(text, out)))
		return ERR_NONE;
	return err_set(err, ERR_USAGE,
		"%s is \"%.40s\", which is no moment between 2000 and 2199; "
		"write a day as 2025-02-05 or a moment in UTC as 2025-02-05T09:12:00Z",
		what, text ? text : "");
}

enum err_kind when_parse_end(const char *what, const char *text, instant *out, struct err *err)
{
	const enum err_kind failed = when_parse(what, text, out, err);

	if (!failed && read_date(text, out))
		*out += WHEN_DAY_S - 1;
	return failed;
}

const char *when_format(instant at, char *out)
{
	struct civil date;
	if (at < 0 || !civil_from_days(at / WHEN_DAY_S, &date)) {
		memcpy(out, "-", 2);
		return out;
	}
	const int second = (int)(at % WHEN_DAY_S);
	(void)snprintf(out, WHEN_TEXT_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", date.year % 10000, date.month % 100,
		date.day % 100, second / 3600, second / 60 % 60, second % 60);
	return out;
}

const char *when_date(instant at, char *out)
{
	(void)when_format(at, out);
	if (strlen(out) == INSTANT_SIZE)
		out[DATE_SIZE] = '\0';
	return out;
}

/* The unit behind a number: days of one, or 0 when it is none. */
static int days_of_unit(const char *unit, size_t size)
{
	static const struct {
		const char *word;
		int days;
	} units[] = {
		{ "d", 1 },
		{ " day", 1 },
		{ " days", 1 },
		{ "w", 7 },
		{ " week", 7 },
		{ " weeks", 7 },
	};
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strlen(units[i].word) == size && memcmp(units[i].word, unit, size) == 0)
			return units[i].days;
	return 0;
}

/* The size of `text` without a final " minimum" or " maximum", which documents write behind the duration. */
static size_t size_without_bound(const char *text)
{
	static const char *const bounds[] = { " minimum", " maximum" };
	const size_t size = strlen(text);
	for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
		const size_t tail = strlen(bounds[i]);
		if (size > tail && memcmp(text + size - tail, bounds[i], tail) == 0)
			return size - tail;
	}
	return size;
}

enum err_kind when_span_parse(const char *what, const char *text, int64_t *seconds, struct err *err)
{
	const char *at = text ? text : "";
	const char *end = at + size_without_bound(at);
	int count = 0;
	if (*at >= '1' && *at <= '9')
		while (at < end && *at >= '0' && *at <= '9' && count <= SPAN_DAYS_MAX)
			count = count * 10 + (*at++ - '0');
	const int days = days_of_unit(at, (size_t)(end - at));
	if (count > 0 && days > 0 && count <= SPAN_DAYS_MAX / days) {
		*seconds = (int64_t)count * days * WHEN_DAY_S;
		return ERR_NONE;
	}
	if (strstr(at, "month") || strstr(at, "year"))
		return err_set(err, ERR_USAGE,
			"%s is \"%.40s\", but months and years differ in length; "
			"write days or weeks, as in 30d or 4w",
			what, text);
	return err_set(err, ERR_USAGE,
		"%s is \"%.40s\", which is no duration from 1 to %d days; write it as 10d, 2w, 10 days or 2 weeks",
		what, text ? text : "", SPAN_DAYS_MAX);
}

const char *when_span_words(int64_t seconds, char *out)
{
	if (seconds < 0 || seconds % WHEN_DAY_S != 0)
		return when_span_short(seconds, out);
	const bool is_weeks = seconds > 0 && seconds % WHEN_WEEK_S == 0;
	const int64_t count = seconds / (is_weeks ? WHEN_WEEK_S : WHEN_DAY_S);
	(void)snprintf(
		out, WHEN_SPAN_MAX, "%lld %s%s", (long long)count, is_weeks ? "week" : "day", count == 1 ? "" : "s");
	return out;
}

const char *when_span_short(int64_t seconds, char *out)
{
	static const struct {
		uint64_t seconds;
		char letter;
	} units[] = { { WHEN_DAY_S, 'd' }, { 3600, 'h' }, { 60, 'm' }, { 1, 's' } };
	enum { LAST = 3 };
	const uint64_t left = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds;
	const char *sign = seconds < 0 ? "-" : "";
	size_t i = 0;
	while (i < LAST && left < units[i].seconds)
		i++;
	const uint64_t first = left / units[i].seconds;
	const uint64_t second = i < LAST ? left % units[i].seconds / units[i + 1].seconds : 0;
	if (second > 0)
		(void)snprintf(out, WHEN_SPAN_MAX, "%s%llu%c %llu%c", sign, (unsigned long long)first, units[i].letter,
			(unsigned long long)second, units[i + 1].letter);
	else
		(void)snprintf(out, WHEN_SPAN_MAX, "%s%llu%c", sign, (unsigned long long)first, units[i].letter);
	return out;
}
