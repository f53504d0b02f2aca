#!/bin/sh
# usage: tapwrap.sh TEST-PROGRAM [ARGUMENT...]    runs a Criterion program, writes TAP for automake's driver
#
# Criterion alone lets three failures through: it exits 0 when no test ran, a leak found at the end of a test comes after its verdict, and so
# does one of a child program.  Each becomes a "not ok" line of its own.
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/gonogo-test.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; exit 99' HUP INT TERM
mkdir "$work/home" "$work/san" "$work/tmp"

# No test may find the caller's files, nor leave its own behind.
HOME=$work/home
TMPDIR=$work/tmp
export HOME TMPDIR

# verify_asan_link_order: faketime is preloaded before the sanitizer's library.  print_suppressions: the list of what was left out would look
# like a finding.
ASAN_OPTIONS="log_path=$work/san/log:verify_asan_link_order=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
UBSAN_OPTIONS="log_path=$work/san/log:print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}"
LSAN_OPTIONS="log_path=$work/san/log:print_suppressions=0:suppressions=${GONOGO_SRC:-.}/tests/lsan.supp${LSAN_OPTIONS:+:$LSAN_OPTIONS}"
export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS

# Criterion has no limit of its own, so one test that hangs would hang the run.  In the background, since a trap runs only between commands.
timeout -k 10 "${GONOGO_TEST_LIMIT:-1200}" sh -c 'echo $$ >"$0" && exec "$@"' "$work/runner" "$@" --timeout 120 --color=never --tap="$work/tap" </dev/null &
pid=$!
wait "$pid"
rc=$?
pid=

# Criterion's runner loses 48 bytes at some changes of suite when it runs two workers.  It never calls our code (each test has a process of its
# own), and a suppression by library would hide our leaks too, since every test is called from there.  The sanitizer replaced the runner's exit
# code; a test that failed has its "not ok" all the same.
runner=$work/san/log.$(cat "$work/runner")
if [ -f "$runner" ] && grep -q 'LeakSanitizer: detected memory leaks' "$runner"; then
	rm "$runner"
	rc=0
fi

[ -f "$work/tap" ] || : >"$work/tap"
grep -v '^1\.\.' "$work/tap"
ok=$(grep -c '^ok ' "$work/tap")
bad=$(grep -c '^not ok ' "$work/tap")
n=$((ok + bad))
more=0
complain() {
	more=$((more + 1))
	echo "not ok - $(basename "$1"): $2"
}
if [ "$rc" -eq 124 ] || [ "$rc" -eq 137 ]; then
	complain "$1" "stopped after ${GONOGO_TEST_LIMIT:-1200} s"
elif [ "$n" -eq 0 ]; then
	complain "$1" "no test ran (exit code $rc)"
elif [ "$rc" -ne 0 ] && [ "$bad" -eq 0 ]; then
	complain "$1" "exit code $rc"
fi
if [ -n "$(ls "$work/san")" ]; then
	cat "$work/san"/* >&2
	complain "$1" "the sanitizers found something (see the log)"
fi
echo "1..$((n + more))"
[ "$bad" -eq 0 ] && [ "$more" -eq 0 ]
