#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include <gonogo/base/buf.h>
#include <gonogo/sign/sshsig.h>

#include "lab.h"

TestSuite(sshsig, .timeout = 120);

#define BEGIN "-----BEGIN SSH SIGNATURE-----"
#define END   "-----END SSH SIGNATURE-----"

static enum err_kind read_text(struct lab *lab, const char *text, struct octets *blob, struct err *err)
{
	return sshsig_read("memo.sig", text, strlen(text), &lab->arena, blob, err);
}

/* Lengths around the one whose base64 fills its last line. */
Test(sshsig, writes_the_armour_of_ssh_keygen)
{
	struct lab lab;
	struct sshkey key;

	cr_assert(lab_open(&lab) && lab_key(&lab, "key", "ed25519", "256", &key));
	for (int width = 38; width <= 42; width++) {
		struct octets blob;
		const char *armour, *file;
		size_t size;

		cr_assert(lab_sign(
			&lab, "key", arena_printf(&lab.arena, "%0*d", width, 7), "sha512", octets_of("text"), &blob));
		file = lab_read(&lab, "signed.sig", &size);
		cr_assert(sshsig_armour(blob, &lab.arena, &armour, NULL) == ERR_NONE);
		cr_assert(file != NULL && strcmp(armour, file) == 0, "namespace of %d bytes: %s", width, armour);
	}
	lab_close(&lab);
}

Test(sshsig, is_one_line_of_base64_in_the_ledger)
{
	struct lab lab;
	struct sshkey key;
	struct octets blob, again;
	const char *line;
	struct err err = { 0 };

	cr_assert(lab_open(&lab) && lab_key(&lab, "key", "ed25519", "256", &key));
	cr_assert(lab_sign(&lab, "key", "gonogo-memo@v1", "sha512", octets_of("text"), &blob));
	cr_assert(sshsig_base64(blob, &lab.arena, &line, &err) == ERR_NONE);
	cr_assert(strpbrk(line, " \n\r") == NULL);
	cr_assert(sshsig_from_base64(line, strlen(line), &lab.arena, &again, &err) == ERR_NONE &&
		  octets_equal(blob, again));
	cr_assert(sshsig_from_base64(line, strlen(line) - 1, &lab.arena, &again, &err) == ERR_INTEGRITY);
	cr_assert(sshsig_from_base64("", 0, &lab.arena, &again, &err) == ERR_INTEGRITY);
	cr_assert(sshsig_from_base64(line, 1024 * 1024, &lab.arena, &again, &err) == ERR_INTEGRITY);
	lab_close(&lab);
}

/*
 * How an armour may be written.  `stock` is what ssh-keygen makes of it, held against the real one; where the two
 * columns differ, the difference is meant.
 */
static const struct spelling {
	const char *before, *begin;
	const char *first, *rest; /* before the base64 text and in its middle */
	const char *end, *after;
	bool stock, gonogo;
} spellings[] = {
	{ "", BEGIN "\n", "", "\n", "\n" END "\n", "", true, true },
	{ "", BEGIN "\n", "", "", "\n" END, "", true, true },              /* one line, no final newline */
	{ "", BEGIN "\n", "\n", "\n", "\n\n" END "\n", "", true, true },   /* blank lines */
	{ "", BEGIN "\n", " ", " \n\t", "\n" END "\n", "", true, true },   /* indented */
	{ "", BEGIN "\n", "", "\n", "\n" END "\n", "more\n", true, true }, /* text after END */
	{ "", BEGIN "\n", "", "\n", "\n" END, "-", true, true },
	{ "", BEGIN "\n", "", "\n", "\n" END "\n", BEGIN "\n", true, true },
	{ "\n", BEGIN "\n", "", "\n", "\n" END "\n", "", false, false }, /* text before BEGIN */
	{ "x\n", BEGIN "\n", "", "\n", "\n" END "\n", "", false, false },
	{ " ", BEGIN "\n", "", "\n", "\n" END "\n", "", false, false },
	{ "\xef\xbb\xbf", BEGIN "\n", "", "\n", "\n" END "\n", "", false, false },
	{ "", BEGIN "\r\n", "", "\r\n", "\r\n" END "\r\n", "", false, false }, /* CRLF */
	{ "", BEGIN "\n", "", "\r\n", "\n" END "\n", "", true, false },        /* CRLF inside alone */
	{ "", BEGIN "\n", "", "\v", "\n" END "\n", "", true, false },
	{ "", BEGIN " \n", "", "\n", "\n" END "\n", "", false, false },
	{ "", BEGIN, "", "\n", "\n" END "\n", "", false, false },
	{ "", BEGIN "\n", "", "\n", END "\n", "", false, false },
	{ "", BEGIN "\n", "", "\n", "\n", "", false, false },  /* no END */
	{ "", "", "", "\n", "\n" END "\n", "", false, false }, /* no BEGIN */
	{ "", BEGIN "\n", "", "\n", "=\n" END "\n", "", false, false },
	{ "", BEGIN "\n", "", "\n", "AAAA\n" END "\n", "", false, false },
	{ "", BEGIN "\n", "A", "\n", "\n" END "\n", "", false, false },
	{ "", BEGIN "\n", "", "-", "\n" END "\n", "", false, false },
};

Test(sshsig, reads_what_the_table_of_differences_says)
{
	struct lab lab;
	struct sshkey key;
	struct octets blob, got;
	const char *line;

	cr_assert(lab_open(&lab) && lab_key(&lab, "key", "ed25519", "256", &key));
	cr_assert(lab_sign(&lab, "key", "ns", "sha512", octets_of("text"), &blob));
	cr_assert(sshsig_base64(blob, &lab.arena, &line, NULL) == ERR_NONE);
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
		const struct spelling *s = &spellings[i];
		const char *text = arena_printf(&lab.arena, "%s%s%s%.60s%s%s%s%s", s->before, s->begin, s->first, line,
			s->rest, line + 60, s->end, s->after);
		struct err err = { 0 };
		enum err_kind kind;

		cr_assert(text != NULL);
		kind = read_text(&lab, text, &got, &err);
		cr_assert(kind == (s->gonogo ? ERR_NONE : ERR_INPUT), "spelling %zu: %s", i, err.text);
		cr_assert(kind != ERR_NONE || octets_equal(blob, got), "spelling %zu gives another blob", i);
		cr_assert(kind == ERR_NONE || strncmp(err.text, "memo.sig ", 9) == 0, "%s", err.text);
		cr_assert(lab_stock_takes(&lab, "ns", octets_of(text), octets_of("text")) == s->stock,
			"ssh-keygen on spelling %zu", i);
	}
	lab_close(&lab);
}

Test(sshsig, refuses_empty_and_huge_armours)
{
	struct lab lab;
	struct octets got;
	struct buf huge = BUF_EMPTY;

	cr_assert(lab_open(&lab));
	cr_assert(read_text(&lab, "", &got, NULL) == ERR_INPUT);
	cr_assert(read_text(&lab, BEGIN "\n" END "\n", &got, NULL) == ERR_INPUT);
	cr_assert(read_text(&lab, BEGIN "\n\n" END "\n", &got, NULL) == ERR_INPUT);
	buf_str(&huge, BEGIN "\nAAAA\n" END "\n");
	cr_assert(sshsig_read("memo.sig", huge.bytes, huge.size, &lab.arena, &got, NULL) == ERR_NONE);
	while (huge.size <= SSHSIG_ARMOUR_MAX)
		buf_str(&huge, "                                                                ");
	cr_assert(sshsig_read("memo.sig", huge.bytes, huge.size, &lab.arena, &got, NULL) == ERR_INPUT);
	cr_assert(sshsig_read("memo.sig", BEGIN "\nAA\0AA\n" END "\n", sizeof BEGIN "\nAA\0AA\n" END "\n" - 1,
			  &lab.arena, &got, NULL) == ERR_INPUT);
	buf_release(&huge);
	lab_close(&lab);
}

Test(sshsig, takes_a_real_blob_apart)
{
	struct lab lab;
	struct sshkey key;
	struct octets blob;
	struct sshsig sig;
	struct err err = { 0 };

	cr_assert(lab_open(&lab) && lab_key(&lab, "key", "ed25519", "256", &key));
	cr_assert(lab_sign(&lab, "key", "gonogo-memo@v1", "sha256", octets_of("text"), &blob));
	cr_assert(sshsig_parse(blob, &sig, &err) == ERR_NONE, "%s", err.text);
	cr_assert(octets_equal(sig.key, sshkey_blob(&key)) && octets_are(sig.name_space, "gonogo-memo@v1"));
	cr_assert(sig.hash == SSHSIG_SHA256 && octets_are(sig.algorithm, "ssh-ed25519"));
	for (size_t size = 0; size < blob.size; size++)
		cr_assert(sshsig_parse((struct octets){ blob.bytes, size }, &sig, &err) == ERR_INTEGRITY,
			"%zu bytes are taken", size);
	lab_close(&lab);
}

Test(sshsig, says_so_when_memory_is_out)
{
	struct arena arena;
	struct octets blob = octets_of("SSHSIG");
	const char *text;

	arena_init(&arena, 1);
	cr_assert(sshsig_armour(blob, &arena, &text, NULL) == ERR_SYSTEM);
	cr_assert(sshsig_base64(blob, &arena, &text, NULL) == ERR_SYSTEM);
	cr_assert(sshsig_from_base64("AAAA", 4, &arena, &blob, NULL) == ERR_SYSTEM);
	text = BEGIN "\nAAAA\n" END "\n";
	cr_assert(sshsig_read("memo.sig", text, strlen(text), &arena, &blob, NULL) == ERR_SYSTEM);
	arena_release(&arena);
}
