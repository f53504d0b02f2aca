#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(readme, .timeout = 300, .description = "what the README tells a reader to type");

/* The blocks to be typed between two headings, one after the other. */
static char *blocks(const char *from, const char *to)
{
	static const char opens[] = "\n```sh\n";
	FILE *file = fopen(shell_source("README.md"), "rb");
	char *text = calloc(1, 1 << 16), *script = calloc(1, 1 << 16);
	const char *at, *end;

	cr_assert(file && text && script && fread(text, 1, (1 << 16) - 1, file) > 1000, "there is no README.md");
	fclose(file);
	at = strstr(text, from);
	end = strstr(text, to);
	cr_assert(at && end && at < end, "\"%s\" does not stand before \"%s\"", from, to);
	while ((at = strstr(at, opens)) != NULL && at < end) {
		const char *close = strstr(at += strlen(opens), "\n```\n");

		cr_assert(close, "a block does not end");
		strncat(script, at, (size_t)(close - at) + 1);
	}
	free(text);
	return script;
}

/* The tour in a folder that looks like the tree after make, by sh, which stops where a command fails. */
Test(readme, its_tour_runs_as_it_stands)
{
	struct shell opened, *shell = &opened;
	char *tour = blocks("\n## Five minutes from the shell\n", "\n## Where things are\n");

	shell_open(shell);
	cr_assert(strstr(tour, "init") && strstr(tour, "import") && strstr(tour, "promote") && strstr(tour, "memo export"), "%s", tour);
	shell_write(shell, "tour", "%s", tour);
	EXPECT(0, shell_stock(shell, "mkdir tree && cd tree && ln -s \"$GONOGO_BIN\" gonogo && ln -s \"$GONOGO_SRC/data\" data && "
				     "TMPDIR=$PWD sh -e ../tour"));
	EXPECT_SAID("exit 1: people have something to do\n");
	cr_assert(strstr(shell->out, "2026-03-02-berth-swap is promoted to experimental.\n"), "no promotion\n%s", shell_told(shell));
	cr_assert(strstr(shell->out, "\nyes: "), "nobody is served\n%s", shell_told(shell));
	cr_assert(strstr(shell->out, "\nintact: "), "not intact\n%s", shell_told(shell));
	cr_assert(strstr(shell->out, "Good \"gonogo-memo@v1\" signature for ann with ED25519 key SHA256:"), "no signature\n%s", shell_told(shell));
	cr_assert(strstr(shell->out, "Good \"gonogo-memo@v1\" signature for dana with ED25519 key SHA256:"), "no second one\n%s", shell_told(shell));
	shell_close(shell);
	free(tour);
}

/* Its screen is the picture that the console is held against, less blank rows. */
Test(readme, its_screen_is_what_the_console_draws)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	EXPECT(0, shell_stock(shell, "sed -n '/screen: begin/,/screen: end/p' \"$GONOGO_SRC/README.md\" | sed -e '1,2d' -e '/^```$/,$d' >screen && "
				     "test \"$(wc -l <screen)\" -gt 20 && ! grep -vxFf \"$GONOGO_SRC/tests/tui/golden/releases-100x30.txt\" screen"));
	shell_close(shell);
}

/* What it links to is there. */
Test(readme, its_links_lead_somewhere)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	shell_stock(shell, "cd \"$GONOGO_SRC\" && grep -o '](\\([^)]*\\))' README.md | tr -d '](' | tr -d ')' | while read f; do test -e $f || echo $f; done; "
			   "grep -c '](' README.md");
	cr_assert(shell->status == 0 && strchr(shell->out, '\n') == shell->out + strlen(shell->out) - 1 && atoi(shell->out) > 3, "%s", shell_told(shell));
	shell_close(shell);
}
