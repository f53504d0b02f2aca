#include <config.h>

#include <criterion/criterion.h>

#include <gonogo/sign/wire.h>

TestSuite(wire, .timeout = 30);

#define OCTETS(text) ((struct octets){ (const unsigned char *)(text), sizeof(text) - 1 })

Test(wire, takes_numbers_and_strings_in_turn)
{
	struct octets from = OCTETS("\x07\x00\x01\x02\xff\x00\x00\x00\x02hi\x00\x00\x00\x00"), string;
	uint8_t small;
	uint32_t large;

	cr_assert(wire_u8(&from, &small) && small == 7);
	cr_assert(wire_u32(&from, &large) && large == 0x0102ff);
	cr_assert(wire_string(&from, &string) && octets_are(string, "hi"));
	cr_assert(wire_string(&from, &string) && string.size == 0);
	cr_assert(from.size == 0);
	cr_assert(!wire_u8(&from, &small) && !wire_u32(&from, &large) && !wire_string(&from, &string));
}

Test(wire, leaves_alone_what_is_too_short)
{
	struct octets from = OCTETS("\x00\x00\x00\x03hi"), string;
	struct octets huge = OCTETS("\xff\xff\xff\xff....");

	cr_assert(!wire_string(&from, &string) && from.size == 6);
	cr_assert(!wire_string(&huge, &string) && huge.size == 8);
}

Test(wire, takes_positive_numbers_in_their_shortest_form_alone)
{
	const struct {
		struct octets from;
		size_t size; /* 0: refused */
	} cases[] = {
		{ OCTETS("\x00\x00\x00\x01\x01"), 1 },
		{ OCTETS("\x00\x00\x00\x01\x7f"), 1 },
		{ OCTETS("\x00\x00\x00\x02\x00\x80"), 1 },
		{ OCTETS("\x00\x00\x00\x03\x01\x00\x00"), 3 },
		{ OCTETS("\x00\x00\x00\x00"), 0 },
		{ OCTETS("\x00\x00\x00\x01\x00"), 0 },
		{ OCTETS("\x00\x00\x00\x01\x80"), 0 },
		{ OCTETS("\x00\x00\x00\x02\x00\x7f"), 0 },
		{ OCTETS("\x00\x00\x00\x03\x00\x00\x80"), 0 },
		{ OCTETS("\x00\x00\x00\x02\xff\xff"), 0 },
		{ OCTETS("\x00\x00\x00\x02\x01"), 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct octets from = cases[i].from, number = { 0 };
		bool taken = wire_positive(&from, &number);

		cr_assert(taken == (cases[i].size > 0), "case %zu", i);
		cr_assert(number.size == cases[i].size, "case %zu", i);
		cr_assert(taken || from.size == cases[i].from.size, "case %zu moved", i);
	}
}
