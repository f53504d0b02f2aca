#!/bin/sh
# usage: embed.sh SRCDIR FILE...    writes C that holds the bytes of each SRCDIR/FILE to standard output
#
# Bytes as numbers: C compilers refuse long string literals, and a trigraph in a text would change it.
set -eu
src=$1
shift
printf '/* Made by build-aux/embed.sh from the files in data/: edit those. */\n'
printf '#include <config.h>\n#include <gonogo/base/embed.h>\n\n'
n=0
for f in "$@"; do
	[ -r "$src/$f" ] || { echo "embed.sh: cannot read $src/$f" >&2; exit 1; }
	printf 'static const unsigned char f%d[] = {\n' "$n"
	od -An -v -tu1 <"$src/$f" | sed 's/  *\([0-9][0-9]*\)/\1,/g'
	printf '0 };\n'
	n=$((n + 1))
done
printf '\nstatic const struct embedded table[] = {\n'
n=0
for f in "$@"; do
	printf '\t{ "%s", (const char *)f%d, sizeof f%d - 1 },\n' "${f#data/}" "$n" "$n"
	n=$((n + 1))
done
printf '\t{ NULL, NULL, 0 },\n};\nstatic const size_t count = %d;\n\n' "$n"
printf 'const struct embedded *embed_at(size_t i)\n{\n\treturn i < count ? &table[i] : NULL;\n}\n'
