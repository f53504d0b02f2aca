#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/buf.h>
#include <gonogo/store/pages.h>

#include "../../../src/store/connection.h"
#include "ground.h"

TestSuite(orders, .timeout = 120, .description = "the list of releases in every order and with every filter: complete, without repetition, by index");

enum { MANY = 1000, ID_SIZE = 16, NOW = 1740000000 };
static const enum release_order orders[] = { RELEASES_BY_ID, RELEASES_NEWEST, RELEASES_BY_CHANNEL, RELEASES_NEEDED, RELEASES_OPENING };
enum { ORDERS = sizeof orders / sizeof *orders };

/* Any order but that of the ids: 1, 8, 15 ... */
static int number_of(int i)
{
	return i * 7 % MANY;
}

static bool promote(struct ground *ground, const char *id, int times)
{
	static const char *const to[] = { "experimental", "candidate", "stable" };
	bool good = true;

	for (int i = 0; i < times && good; i++)
		good = give(ground, "release.promoted", id, NULL, arena_printf(&ground->arena, "{\"v\":1,\"to\":\"%s\"}", to[i]));
	return good;
}

static bool judge(struct ground *ground, const char *id, int n)
{
	const struct standing standing = { .to = CHANNEL_CANDIDATE, .verdict = n % 3 ? VERDICT_OPEN : VERDICT_BLOCKED, .unmet = (size_t)(n % 50),
					   .earliest = n % 4 ? NOW + (n % 9 - 4) * WHEN_DAY_S : WHEN_NONE, .stable_earliest = WHEN_NONE,
					   .is_halted = n % 11 == 0, .is_killed = n % 13 == 0, .needs = (role_set)(n % 5 == 0 ? ROLE_QA : n % 7 ? ROLE_DEV_LEAD : 0) };

	return n % 17 == 0 || standing_put(ground->store, id, &standing, &ground->err) == ERR_NONE;
}

static bool plant(struct ground *ground)
{
	bool good = ground_open(ground);

	for (int i = 0; i < MANY && good; i++) {
		const int n = number_of(i);
		const char *id = arena_printf(&ground->arena, "r%04d", n);

		good = id && give(ground, "release.registered", id, NULL, arena_printf(&ground->arena, "{\"v\":1,\"class\":\"workflow\",\"description\":\"%s\"}",
			n % 6 ? "Label fix" : "Audit filter")) && (n % 10 || promote(ground, id, n / 10 % 4)) && judge(ground, id, n);
	}
	return good;
}

/* The ids as the pages give them, from the beginning or from the end, `size` at a time. */
static size_t walk(struct ground *ground, struct release_filter filter, size_t size, bool backward, char (*out)[ID_SIZE])
{
	struct page page = { .limit = size, .backward = backward };
	char key[ID_SIZE];
	struct release_page list = { .has_more = true };
	size_t count = 0;

	while (list.has_more && count <= MANY) {
		cr_assert(pages_releases(ground->store, &filter, &page, &ground->arena, &list, &ground->err) == ERR_NONE, "%s", ground->err.text);
		cr_assert(list.count == size || !list.has_more, "a page that is not full is the last");
		cr_assert(list.count || !list.has_more, "a page is never empty while there is more");
		for (size_t i = 0; i < list.count; i++) {
			const struct release_row *row = &list.items[backward ? list.count - 1 - i : i];

			cr_assert(count < MANY, "more rows than there are releases");
			snprintf(out[count++], ID_SIZE, "%s", row->id);
		}
		if (!list.count)
			break;
		snprintf(key, sizeof key, "%s", out[count - 1]);
		page.key = key;
	}
	return count;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void check_pages(struct ground *ground, struct release_filter filter, const char *what)
{
	static char all[MANY][ID_SIZE], pages[MANY][ID_SIZE], back[MANY][ID_SIZE], plain[MANY][ID_SIZE];
	struct release_filter by_id = filter;
	size_t count, expected;

	by_id.order = RELEASES_BY_ID;
	expected = walk(ground, by_id, 1000, false, plain);
	count = walk(ground, filter, 1000, false, all);
	cr_assert_eq(count, expected, "%s: %zu of %zu in order %d", what, count, expected, (int)filter.order);
	cr_assert_eq(walk(ground, filter, 7, false, pages), count, "%s: pages of 7 in order %d", what, (int)filter.order);
	cr_assert_eq(walk(ground, filter, 7, true, back), count, "%s: pages of 7 from the end in order %d", what, (int)filter.order);
	for (size_t i = 0; i < count; i++) {
		cr_assert_str_eq(pages[i], all[i], "%s: row %zu in order %d", what, i, (int)filter.order);
		cr_assert_str_eq(back[i], all[count - 1 - i], "%s: row %zu from the end in order %d", what, i, (int)filter.order);
	}
	qsort(all, count, sizeof *all, by_text);
	for (size_t i = 0; i < count; i++)
		cr_assert_str_eq(all[i], plain[i], "%s: each one once in order %d", what, (int)filter.order);
}

Test(orders, pages_are_complete_and_without_repetition)
{
	static const struct { const char *what; struct release_filter filter; size_t least, most; } filters[] = {
		{ "all", { 0 }, MANY, MANY },
		{ "words", { .text = "audit" }, 100, 300 },
		{ "mine", { .needs = ROLE_QA }, 100, 300 },
		{ "blocked", { .trouble = RELEASES_BLOCKED }, 100, 400 },
		{ "soaking", { .trouble = RELEASES_SOAKING }, 100, 500 },
		{ "halted", { .trouble = RELEASES_HALTED }, 50, 300 },
		{ "halted and words", { .trouble = RELEASES_HALTED, .text = "audit" }, 5, 100 },
		{ "mine, blocked, in dev", { .trouble = RELEASES_BLOCKED, .needs = ROLE_DEV_LEAD | ROLE_QA, .channel = CHANNEL_DEV }, 100, 300 },
		{ "over", { .open = RELEASES_FINAL }, 0, 0 },
	};
	static char ids[MANY][ID_SIZE];
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
		for (size_t k = 0; k < ORDERS; k++) {
			struct release_filter filter = filters[i].filter;
			size_t count;

			filter.order = orders[k];
			filter.first = ROLE_QA;
			filter.now = NOW;
			check_pages(&ground, filter, filters[i].what);
			count = walk(&ground, filter, 100, false, ids);
			cr_assert(count >= filters[i].least && count <= filters[i].most, "%s: %zu rows", filters[i].what, count);
		}
	ground_leave(&ground);
}

/* What an order promises of two neighbours. */
static bool is_ordered(enum release_order order, const struct release_row *a, const struct release_row *b)
{
	static const int ranks[] = { [STATE_CANDIDATE] = 0, [STATE_EXPERIMENTAL] = 1, [STATE_DEV] = 2, [STATE_REGISTERED] = 3, [STATE_STABLE] = 4 };
	const bool rises = strcmp(a->id, b->id) < 0;
	const bool needed[] = { a->standing.needs & ROLE_QA, b->standing.needs & ROLE_QA };
	const instant opens[] = { a->has_standing ? a->standing.earliest : WHEN_NONE, b->has_standing ? b->standing.earliest : WHEN_NONE };
	const bool later[] = { opens[0] > NOW, opens[1] > NOW };

	switch (order) {
	case RELEASES_NEWEST:
		return a->registered_at > b->registered_at;
	case RELEASES_BY_CHANNEL:
		return ranks[a->state] < ranks[b->state] || (a->state == b->state && rises);
	case RELEASES_NEEDED:
		return needed[0] == needed[1] ? rises : needed[0];
	case RELEASES_OPENING:
		if (later[0] != later[1])
			return later[0];
		return !later[0] || opens[0] == opens[1] ? rises : opens[0] < opens[1];
	case RELEASES_BY_ID:
		break;
	}
	return rises;
}

Test(orders, rows_stand_as_the_order_says)
{
	struct release_page list;
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	for (size_t k = 0; k < ORDERS; k++) {
		const struct release_filter filter = { .order = orders[k], .first = ROLE_QA, .now = NOW };
		const struct page page = { .limit = MANY };

		cr_assert(pages_releases(ground.store, &filter, &page, &ground.arena, &list, &ground.err) == ERR_NONE, "%s", ground.err.text);
		cr_assert_eq(list.count, (size_t)MANY, "all of them");
		for (size_t i = 1; i < list.count; i++)
			cr_assert(is_ordered(orders[k], &list.items[i - 1], &list.items[i]), "order %d: %s before %s", (int)orders[k], list.items[i - 1].id,
				  list.items[i].id);
	}
	ground_leave(&ground);
}

/* The statements are those that the store has prepared; a plan that sorts or reads everything would show in them. */
Test(orders, every_order_is_read_by_index)
{
	struct ground ground;
	struct release_page list;
	size_t seen = 0;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	for (size_t k = 0; k < ORDERS; k++)
		for (int trouble = RELEASES_ANY; trouble <= RELEASES_HALTED; trouble += RELEASES_BLOCKED)
			for (int backward = 0; backward < 2; backward++) {
				const struct release_filter filter = { .order = orders[k], .first = ROLE_QA, .now = NOW, .trouble = (enum release_trouble)trouble };
				const struct page page = { .limit = 10, .backward = backward == 1 };

				cr_assert(pages_releases(ground.store, &filter, &page, &ground.arena, &list, &ground.err) == ERR_NONE, "%s", ground.err.text);
			}
	for (size_t i = 0; i < ground.store->sql.count; i++) {
		const char *text = ground.store->sql.statements[i].text, *plan;
		const bool is_list = strncmp(text, "select r.id", 11) == 0;
		const bool is_soaking = is_list && strstr(text, "s.opens_at > $11 and r.id");

		if (!is_list)
			continue;
		plan = ground_rows(&ground, arena_printf(&ground.arena, "explain query plan %s", text));
		cr_assert(!strstr(plan, "SCAN") || strstr(plan, "USING INDEX") || strstr(plan, "USING COVERING INDEX"), "%s\n%s", text, plan);
		cr_assert(is_soaking || !strstr(plan, "TEMP B-TREE"), "%s\n%s", text, plan);
		seen++;
	}
	cr_assert_geq(seen, 16u, "%zu statements were looked at", seen);
	ground_leave(&ground);
}
