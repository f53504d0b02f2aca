#include <config.h>

#include <criterion/criterion.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gonogo/sign/keygen.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/verify.h>

#include "lab.h"

TestSuite(keygen, .timeout = 120);

#define MESSAGE "gonogo-fact/v1\nledger 5f0c\n"

/* One person with three enrolled keys and a stranger with one; temporary folders are made inside the lab. */
struct bench {
	struct lab lab;
	struct sshkey keys[3], stranger;
	struct keygen keygen;
	struct octets blob;
	const struct sshkey *signer;
	struct err err;
};

static bool bench_open(struct bench *bench)
{
	*bench = (struct bench){ 0 };
	if (!lab_open(&bench->lab) || setenv("TMPDIR", bench->lab.dir, 1) != 0 || unsetenv("SSH_AUTH_SOCK") != 0)
		return false;
	bench->keygen = (struct keygen){ .person = "jane.doe", .keys = bench->keys, .key_count = 3 };
	return lab_key(&bench->lab, "first", "ed25519", "256", &bench->keys[0]) &&
	       lab_key(&bench->lab, "second", "ecdsa", "384", &bench->keys[1]) &&
	       lab_key(&bench->lab, "third", "ed25519", "256", &bench->keys[2]) &&
	       lab_key(&bench->lab, "stranger", "ed25519", "256", &bench->stranger);
}

static void bench_close(struct bench *bench)
{
	lab_close(&bench->lab);
}

static enum err_kind sign_bytes(struct bench *bench, const void *bytes, size_t size)
{
	return keygen_sign(&bench->keygen, PAYLOAD_FACT_NAMESPACE, bytes, size, &bench->lab.arena, &bench->blob,
		&bench->signer, &bench->err);
}

static enum err_kind sign_with(struct bench *bench, const char *identity)
{
	bench->keygen.identity = identity == NULL ? NULL : lab_path(&bench->lab, identity);
	return sign_bytes(bench, MESSAGE, strlen(MESSAGE));
}

static bool is_good(const struct bench *bench)
{
	return bench->signer != NULL && sshsig_verify(bench->blob, PAYLOAD_FACT_NAMESPACE, MESSAGE, strlen(MESSAGE),
						bench->signer, NULL) == ERR_NONE;
}

static size_t folders_in(const char *path)
{
	DIR *dir = opendir(path);
	size_t count = 0;

	if (dir == NULL)
		return SIZE_MAX;
	for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
		count += entry->d_type == DT_DIR;
	closedir(dir);
	return count - 2; /* itself and its parent */
}

Test(keygen, signs_with_a_private_key_file)
{
	struct bench bench;

	cr_assert(bench_open(&bench));
	cr_assert(sign_with(&bench, "first") == ERR_NONE, "%s", bench.err.text);
	cr_assert(bench.signer == &bench.keys[0] && is_good(&bench));
	cr_assert(sign_with(&bench, "second") == ERR_NONE, "%s", bench.err.text);
	cr_assert(bench.signer == &bench.keys[1] && is_good(&bench));
	cr_assert(folders_in(bench.lab.dir) == 0, "a temporary folder is left");
	bench_close(&bench);
}

Test(keygen, signs_with_the_private_half_beside_a_public_key_file)
{
	struct bench bench;

	cr_assert(bench_open(&bench));
	cr_assert(sign_with(&bench, "third.pub") == ERR_NONE, "%s", bench.err.text);
	cr_assert(bench.signer == &bench.keys[2] && is_good(&bench));
	bench_close(&bench);
}

Test(keygen, signs_any_bytes_and_none)
{
	static const unsigned char bytes[] = { 0, '\r', '\n', 0xff, 0x1b, 0 };
	struct bench bench;

	cr_assert(bench_open(&bench));
	bench.keygen.identity = lab_path(&bench.lab, "first");
	for (size_t size = 0; size <= sizeof bytes; size += sizeof bytes) {
		cr_assert(sign_bytes(&bench, bytes, size) == ERR_NONE, "%s", bench.err.text);
		cr_assert(sshsig_verify(bench.blob, PAYLOAD_FACT_NAMESPACE, bytes, size, &bench.keys[0], &bench.err) ==
				  ERR_NONE,
			"%s", bench.err.text);
	}
	bench_close(&bench);
}

Test(keygen, refuses_a_key_that_is_not_the_persons)
{
	struct bench bench;
	char fingerprint[SSHKEY_FINGERPRINT_MAX];

	cr_assert(bench_open(&bench) && sshkey_fingerprint(&bench.stranger, fingerprint, NULL) == ERR_NONE);
	cr_assert(sign_with(&bench, "stranger") == ERR_REFUSED);
	cr_assert(strstr(bench.err.text, fingerprint) != NULL &&
			  strstr(bench.err.text, "not enrolled for jane.doe") != NULL,
		"%s", bench.err.text);
	cr_assert(bench.blob.size == 0 && bench.signer == NULL);
	bench.keygen.key_count = 0;
	cr_assert(sign_with(&bench, "first") == ERR_REFUSED &&
			  strstr(bench.err.text, "gonogo person key jane.doe add") != NULL,
		"%s", bench.err.text);
	bench_close(&bench);
}

Test(keygen, says_why_a_key_file_cannot_be_used)
{
	struct bench bench;

	cr_assert(bench_open(&bench));
	cr_assert(sign_with(&bench, "none") == ERR_REFUSED);
	cr_assert(strstr(bench.err.text, "No such file") != NULL && strstr(bench.err.text, "--identity FILE") != NULL,
		"%s", bench.err.text);
	cr_assert(chmod(lab_path(&bench.lab, "first"), 0644) == 0);
	cr_assert(sign_with(&bench, "first") == ERR_REFUSED);
	cr_assert(strstr(bench.err.text, "too open") != NULL && strchr(bench.err.text, '@') == NULL, "%s",
		bench.err.text);
	cr_assert(folders_in(bench.lab.dir) == 0, "a temporary folder is left");
	bench_close(&bench);
}

/* Without a terminal nothing may be asked, and the bytes to be signed must not be taken for an answer. */
Test(keygen, refuses_a_locked_key_without_a_terminal)
{
	struct bench bench;

	cr_assert(bench_open(&bench));
	const char *const argv[] = { "ssh-keygen", "-q", "-p", "-P", "", "-N", "gonogo-fact/v1", "-f",
		lab_path(&bench.lab, "first"), NULL };
	cr_assert(lab_run(&bench.lab, argv, NULL));
	cr_assert(sign_with(&bench, "first") == ERR_REFUSED);
	cr_assert(strstr(bench.err.text, "no terminal to ask on") != NULL && strstr(bench.err.text, "ssh-add ") != NULL, "%s",
		bench.err.text);
	cr_assert(strstr(bench.err.text, "Enter passphrase") == NULL, "the prompt is quoted: %s", bench.err.text);
	bench.keygen.asks_nothing = true;
	cr_assert(sign_with(&bench, "first.pub") == ERR_USAGE, "%s", bench.err.text);
	cr_assert(strstr(bench.err.text, "--identity FILE") != NULL && strstr(bench.err.text, ".pub") == NULL, "%s",
		bench.err.text);
	bench_close(&bench);
}

Test(keygen, encodes_what_ssh_keygen_says)
{
	struct bench bench;

	cr_assert(bench_open(&bench));
	cr_assert(sign_with(&bench, "\x1b[31mred\xe2\x80\xae") == ERR_REFUSED);
	cr_assert(strchr(bench.err.text, '\x1b') == NULL && strstr(bench.err.text, "\xe2\x80\xae") == NULL, "%s",
		bench.err.text);
	bench_close(&bench);
}

Test(keygen, says_what_to_do_without_an_agent)
{
	struct bench bench;

	cr_assert(bench_open(&bench));
	cr_assert(sign_with(&bench, NULL) == ERR_REFUSED);
	cr_assert(strstr(bench.err.text, "ssh-add FILE") != NULL && strstr(bench.err.text, "--identity FILE") != NULL,
		"%s", bench.err.text);
	cr_assert(strstr(bench.err.text, "agent socket") != NULL, "%s", bench.err.text);
	bench_close(&bench);
}

/* An agent of the test's own, which ends with it whatever happens; its first line says that it listens. */
static pid_t agent_start(struct bench *bench)
{
	const char *socket = lab_path(&bench->lab, "agent");
	int ends[2];
	char first[256];
	pid_t pid;

	if (socket == NULL || pipe(ends) != 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(ends[1], STDOUT_FILENO);
		execlp("ssh-agent", "ssh-agent", "-D", "-a", socket, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	if (pid > 0 && (read(ends[0], first, sizeof first) <= 0 || setenv("SSH_AUTH_SOCK", socket, 1) != 0)) {
		kill(pid, SIGKILL);
		pid = -1;
	}
	close(ends[0]);
	return pid;
}

static void agent_stop(pid_t pid)
{
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
}

static bool agent_add(struct bench *bench, const char *option, const char *name)
{
	const char *const argv[] = { "ssh-add", option, lab_path(&bench->lab, name), NULL };

	return lab_run(&bench->lab, argv, NULL);
}

/* The agent is asked for one enrolled key after the other; keys of others in it do not matter. */
Test(keygen, signs_through_the_agent)
{
	struct bench bench;
	pid_t agent;

	cr_assert(bench_open(&bench));
	agent = agent_start(&bench);
	cr_assert(agent > 0, "no ssh-agent");
	cr_assert(agent_add(&bench, "-q", "stranger"));
	cr_assert(sign_with(&bench, NULL) == ERR_REFUSED);
	cr_assert(strstr(bench.err.text, "find key in agent") != NULL && strstr(bench.err.text, "ssh-add FILE") != NULL,
		"%s", bench.err.text);
	cr_assert(agent_add(&bench, "-q", "second"));
	cr_assert(unlink(lab_path(&bench.lab, "second")) == 0 && unlink(lab_path(&bench.lab, "second.pub")) == 0);
	cr_assert(sign_with(&bench, NULL) == ERR_NONE, "%s", bench.err.text);
	cr_assert(bench.signer == &bench.keys[1] && is_good(&bench));
	cr_assert(folders_in(bench.lab.dir) == 0, "a temporary folder is left");
	agent_stop(agent);
	bench_close(&bench);
}

/* --identity may name a public key whose private half only the agent has. */
Test(keygen, signs_with_a_public_key_file_through_the_agent)
{
	struct bench bench;
	pid_t agent;

	cr_assert(bench_open(&bench));
	agent = agent_start(&bench);
	cr_assert(agent > 0, "no ssh-agent");
	cr_assert(agent_add(&bench, "-q", "third") && unlink(lab_path(&bench.lab, "third")) == 0);
	cr_assert(sign_with(&bench, "third.pub") == ERR_NONE, "%s", bench.err.text);
	cr_assert(bench.signer == &bench.keys[2] && is_good(&bench));
	agent_stop(agent);
	bench_close(&bench);
}

/* A key to be confirmed, and nobody to confirm it. */
Test(keygen, says_so_when_the_agent_refuses)
{
	struct bench bench;
	pid_t agent;

	cr_assert(bench_open(&bench));
	cr_assert(unsetenv("DISPLAY") == 0 && unsetenv("SSH_ASKPASS") == 0);
	agent = agent_start(&bench);
	cr_assert(agent > 0, "no ssh-agent");
	cr_assert(agent_add(&bench, "-qc", "first"));
	cr_assert(sign_with(&bench, NULL) == ERR_REFUSED);
	cr_assert(strstr(bench.err.text, "agent refused operation") != NULL, "%s", bench.err.text);
	agent_stop(agent);
	bench_close(&bench);
}

Test(keygen, says_so_when_memory_is_out)
{
	struct bench bench;
	struct arena tiny;

	cr_assert(bench_open(&bench));
	bench.keygen.identity = lab_path(&bench.lab, "first");
	arena_init(&tiny, 1);
	cr_assert(keygen_sign(&bench.keygen, PAYLOAD_FACT_NAMESPACE, MESSAGE, strlen(MESSAGE), &tiny, &bench.blob, NULL,
			  &bench.err) == ERR_SYSTEM);
	arena_release(&tiny);
	cr_assert(folders_in(bench.lab.dir) == 0, "a temporary folder is left");
	bench_close(&bench);
}
