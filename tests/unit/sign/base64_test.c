#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include <gonogo/sign/base64.h>

TestSuite(base64, .timeout = 30);

/* RFC 4648, section 10. */
static const struct {
	const char *bytes, *text;
} vectors[] = {
	{ "f", "Zg==" },
	{ "fo", "Zm8=" },
	{ "foo", "Zm9v" },
	{ "foob", "Zm9vYg==" },
	{ "fooba", "Zm9vYmE=" },
	{ "foobar", "Zm9vYmFy" },
	{ "\xfb\xff\xfe", "+//+" },
};

Test(base64, writes_and_reads_the_vectors)
{
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		char text[16];
		unsigned char bytes[16];
		size_t size;

		base64_encode(vectors[i].bytes, strlen(vectors[i].bytes), text);
		cr_assert(strcmp(text, vectors[i].text) == 0, "%s became %s", vectors[i].bytes, text);
		cr_assert(strlen(text) == BASE64_SIZE(strlen(vectors[i].bytes)));
		cr_assert(base64_decode(text, strlen(text), bytes, &size), "%s is not read", text);
		cr_assert(size == strlen(vectors[i].bytes) && memcmp(bytes, vectors[i].bytes, size) == 0);
	}
}

Test(base64, refuses_every_other_spelling)
{
	static const char *const wrong[] = {
		"",
		"Z",
		"Zg",
		"Zg=",
		"Zg===",
		"=",
		"====",
		"Z===",
		"Zm9v====",
		"Zg==Zg==",
		"Zh==",
		"Zm9=",
		"Zm8",
		"Zm 8=",
		"Zm8=\n",
		" Zm8=",
		"Zm-_",
		"Zm9\x80",
		"Zm=v",
		"Z=8=",
	};
	unsigned char bytes[16];
	size_t size;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		cr_assert(!base64_decode(wrong[i], strlen(wrong[i]), bytes, &size), "\"%s\" is read", wrong[i]);
	cr_assert(!base64_decode("Zm\0v", 4, bytes, &size), "a NUL is read");
}

Test(base64, any_text_it_reads_is_the_text_it_writes)
{
	static const char digits[] = "AZaz09+/=g";
	char text[5] = "", again[16];
	unsigned char bytes[16];
	size_t size;

	for (size_t n = 0; n < 10 * 10 * 10 * 10; n++) {
		for (size_t i = 0, rest = n; i < 4; i++, rest /= 10)
			text[i] = digits[rest % 10];
		if (!base64_decode(text, 4, bytes, &size))
			continue;
		base64_encode(bytes, size, again);
		cr_assert(strcmp(text, again) == 0, "%s is a second spelling of %s", text, again);
	}
}
