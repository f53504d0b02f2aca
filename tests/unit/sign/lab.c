#include <config.h>

#include "lab.h"

#include <string.h>

#include <gonogo/base/io.h>
#include <gonogo/sign/sshsig.h>

enum { FILE_CAP = 1024 * 1024, DEADLINE_S = 60 };

const struct lab_kind lab_kinds[] = {
	{ "ed25519", "ed25519", "256", SSHKEY_ED25519 },
	{ "p256", "ecdsa", "256", SSHKEY_ECDSA_P256 },
	{ "p384", "ecdsa", "384", SSHKEY_ECDSA_P384 },
	{ "p521", "ecdsa", "521", SSHKEY_ECDSA_P521 },
	{ "rsa", "rsa", "3072", SSHKEY_RSA },
};

bool lab_open(struct lab *lab)
{
	arena_init(&lab->arena, 0);
	return io_temp_dir(&lab->arena, &lab->dir, NULL) == ERR_NONE;
}

void lab_close(struct lab *lab)
{
	io_remove_dir(lab->dir);
	arena_release(&lab->arena);
}

const char *lab_path(struct lab *lab, const char *name)
{
	return arena_printf(&lab->arena, "%s/%s", lab->dir, name);
}

bool lab_write(struct lab *lab, const char *name, const void *bytes, size_t size)
{
	return io_write(lab->dir, name, bytes, size, 0600, NULL) == ERR_NONE;
}

char *lab_read(struct lab *lab, const char *name, size_t *size)
{
	char *bytes;

	return io_read(lab_path(lab, name), FILE_CAP, &lab->arena, &bytes, size, NULL) == ERR_NONE ? bytes : NULL;
}

bool lab_run(struct lab *lab, const char *const *argv, struct spawn_result *out)
{
	struct spawn spawn = { .argv = argv, .deadline_s = DEADLINE_S, .output_cap = FILE_CAP };
	struct spawn_result result;

	if (spawn_run(&spawn, &lab->arena, &result, NULL) != ERR_NONE)
		return false;
	if (out != NULL)
		*out = result;
	return result.status == 0 && !result.timed_out;
}

bool lab_key(struct lab *lab, const char *name, const char *type, const char *bits, struct sshkey *key)
{
	const char *const argv[] = { "ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", "made for a test",
		"-f", lab_path(lab, name), NULL };
	const char *public_name = arena_printf(&lab->arena, "%s.pub", name);

	return lab_run(lab, argv, NULL) && sshkey_load(lab_path(lab, public_name), &lab->arena, key, NULL) == ERR_NONE;
}

bool lab_sign(struct lab *lab, const char *key, const char *name_space, const char *hash, struct octets message,
	struct octets *blob)
{
	const char *option = arena_printf(&lab->arena, "hashalg=%s", hash);
	const char *const clean[] = { "rm", "-f", lab_path(lab, "signed.sig"), NULL };
	const char *const argv[] = { "ssh-keygen", "-Y", "sign", "-O", option, "-n", name_space, "-f",
		lab_path(lab, key), lab_path(lab, "signed"), NULL };
	size_t size;
	char *text;

	if (!lab_run(lab, clean, NULL) || !lab_write(lab, "signed", message.bytes, message.size) ||
		!lab_run(lab, argv, NULL))
		return false;
	text = lab_read(lab, "signed.sig", &size);
	return text != NULL && sshsig_read("signed.sig", text, size, &lab->arena, blob, NULL) == ERR_NONE;
}

bool lab_stock_takes(struct lab *lab, const char *name_space, struct octets armour, struct octets message)
{
	const char *const argv[] = { "sh", "-c", "exec ssh-keygen -Y check-novalidate -n \"$0\" -s \"$1\" <\"$2\"",
		name_space, lab_path(lab, "checked.sig"), lab_path(lab, "checked"), NULL };
	struct spawn_result result;

	return lab_write(lab, "checked", message.bytes, message.size) &&
	       lab_write(lab, "checked.sig", armour.bytes, armour.size) && lab_run(lab, argv, &result) &&
	       strncmp(result.out, "Good", 4) == 0;
}

bool lab_stock_takes_blob(struct lab *lab, const char *name_space, struct octets blob, struct octets message)
{
	const char *armour;

	return sshsig_armour(blob, &lab->arena, &armour, NULL) == ERR_NONE &&
	       lab_stock_takes(lab, name_space, octets_of(armour), message);
}
