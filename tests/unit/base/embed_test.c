#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/base/embed.h>

TestSuite(embed, .timeout = 10);

Test(embed, absent_file_is_null)
{
	cr_assert_null(embed_find("no/such/file"));
	cr_assert_null(embed_find(""));
}

Test(embed, list_ends_and_each_name_is_found)
{
	const struct embedded *file;
	size_t n = 0;

	while ((file = embed_at(n)) != NULL) {
		cr_assert_eq(embed_find(file->name), file, "%s is there twice", file->name);
		cr_assert(strncmp(file->name, "data/", 5) != 0, "%s", file->name);
		n++;
	}
	cr_assert_null(embed_at(n + 1));
	cr_assert_null(embed_at((size_t)-1));
}

/* Held against the files themselves, since every byte goes through od, sed and the compiler. */
Test(embed, bytes_are_the_files)
{
	const char *top = getenv("GONOGO_SRC");
	const struct embedded *file;

	cr_assert_not_null(top, "GONOGO_SRC is not set: run by make check");
	for (size_t i = 0; (file = embed_at(i)) != NULL; i++) {
		char path[4096];
		FILE *f;

		snprintf(path, sizeof path, "%s/data/%s", top, file->name);
		f = fopen(path, "rb");
		cr_assert_not_null(f, "%s", path);
		for (size_t at = 0; at < file->size; at++)
			cr_assert_eq(getc(f), (unsigned char)file->bytes[at], "%s differs at byte %zu", path, at);
		cr_assert_eq(getc(f), EOF, "%s is longer than its embedded copy", path);
		cr_assert_eq(file->bytes[file->size], '\0');
		fclose(f);
	}
}
