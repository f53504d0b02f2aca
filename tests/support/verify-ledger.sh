#!/bin/sh
# Verifies the facts of a ledger as gonogo-ledger(5) describes them, with sqlite3, sha256sum and ssh-keygen alone: nothing of gonogo is asked.
# usage: verify-ledger.sh LEDGER [CHECKPOINT-LINE]; prints a verdict, and the number of the fact where there is one.
set -eu
ledger=$1
anchor=${2-}
dir=$(mktemp -d)
trap 'rm -r "$dir"' EXIT

ask() { sqlite3 -readonly -batch -noheader "$ledger" "$1"; }
end() { echo "$*"; exit 0; }
octets() { env printf "$(printf %s "$1" | sed 's/../\\x&/g')"; }
sum() { sha256sum | cut -c 1-64; }

id=$(ask "select body ->> 'ledger' from fact where seq = 1 and kind = 'ledger.opened'")
head=$(printf 'gonogo-log-v1\0%s' "$id" | sum)
genesis=$head
size=0
last=

# A field as it is hashed: its length in bytes, then its bytes; all in hex.
field() { printf "printf('%%08x', length(cast(%s as blob))) || lower(hex(cast(%s as blob)))" "$1" "$1"; }
hashed="'676f6e6f676f2d666163742d763100' || printf('%016x', seq) || prev"
for name in at actor origin tenant release kind action body sig; do
	hashed="$hashed || $(field $name)"
done

ask "select seq, prev, hash, at, $hashed from fact order by seq" >"$dir/facts"
while IFS='|' read -r seq prev hash at bytes; do
	size=$((size + 1))
	[ "$seq" = "$size" ] && [ "$prev" = "$head" ] || end broken "$size"
	[ "$(printf '%s\n%s\n' "$last" "$at" | sort | head -n 1)" = "$last" ] || end broken "$size"
	octets "$bytes" >"$dir/bytes"
	[ "$(sum <"$dir/bytes")" = "$hash" ] || end broken "$size"
	head=$hash
	last=$at
done <"$dir/facts"

if [ -n "$anchor" ]; then
	set -- $anchor
	digits=$(printf %s "$3" | tr -d -)
	[ "$1" = "gonogo:$(printf %.8s "$id")" ] || end forked
	[ "$2" -le "$size" ] || end truncated "$size"
	case $(ask "select hash from fact where seq = $2") in "$digits"*) ;; *) end forked "$2" ;; esac
fi

must="kind in ('ledger.opened', 'ledger.restored', 'person.added', 'person.role', 'person.key', 'component.added', 'policy.adopted', 'tenant.added',
	'release.promoted', 'plan.approved', 'stop.cleared', 'risk.accepted', 'approval.given', 'memo.signed', 'switch.approved', 'switch.restored',
	'rollback.approved', 'rollback.finished', 'incident.evaluated')
	or (kind = 'tenant.consent' and body ->> 'op' = 'given') or (kind = 'tenant.tracked' and body ->> 'track' = 'standard')"

# The keys that the actor of fact $1 had there, one a line.
keys() {
	ask "with act as (select seq, actor from fact where seq = $1),
		enrolled as (select seq, coalesce(body ->> 'person', body ->> 'component') as person, body ->> 'key' as key from fact
			where kind in ('ledger.opened', 'person.added', 'component.added') or (kind = 'person.key' and body ->> 'op' = 'add')),
		ended as (select seq, body ->> 'person' as person, body ->> 'key' as key from fact where kind = 'person.key' and body ->> 'op' <> 'add')
	select e.key from enrolled e, act where e.person = act.actor and e.seq <= act.seq and not exists (
		select 1 from ended x where x.person = e.person and x.key = e.key and x.seq > e.seq and x.seq <= act.seq)"
}

# Does the base64 $3 hold over the file $2 in the namespace $4, with a key that the actor of fact $1 had?
holds() {
	{ echo '-----BEGIN SSH SIGNATURE-----'; printf '%s\n' "$3" | fold -w 70; echo '-----END SSH SIGNATURE-----'; } >"$dir/sig"
	keys "$1" | sed "s/^/actor namespaces=\"$4\" /" >"$dir/allowed"
	ssh-keygen -Y verify -f "$dir/allowed" -I actor -n "$4" -s "$dir/sig" <"$2" >"$dir/said" 2>&1 && grep -q '^Good' "$dir/said"
}

holds_fact() {
	set -- "$1" $(ask "select sig from fact where seq = $1")
	[ $# = 7 ] && [ "$2" = after ] && [ "$5" = signed-at ] || return 1
	if [ "$3" = 0 ]; then
		[ "$4" = "$genesis" ] || return 1
	else
		[ "$(ask "select count(*) from fact where seq = $3 and seq < $1 and hash = '$4'")" = 1 ] || return 1
	fi
	[ "$(ask "select abs(strftime('%s', at) - strftime('%s', '$6')) <= 600 from fact where seq = $1")" = 1 ] || return 1
	{
		printf '%s\n' gonogo-fact/v1 "ledger $id" "after $3 $4"
		ask "select 'kind ' || kind || char(10) || 'action ' || action || char(10) || 'signed-at $6' || char(10) || 'actor ' || actor || char(10)
			|| 'tenant ' || tenant || char(10) || 'release ' || release from fact where seq = $1"
		echo "body sha256:$(octets "$(ask "select hex(cast(body as blob)) from fact where seq = $1")" | sum)"
	} >"$dir/signed"
	holds "$1" "$dir/signed" "$7" gonogo-fact@v1
}

holds_memo() {
	octets "$(ask "select hex(cast(d.body ->> 'text' as blob)) from fact s, fact d where s.seq = $1 and d.kind = 'memo.drafted' and d.seq < s.seq
		and d.body ->> 'memo' = s.body ->> 'memo'")" >"$dir/signed"
	holds "$1" "$dir/signed" "$(ask "select sig from fact where seq = $1")" gonogo-memo@v1
}

ask "select seq, kind from fact where sig <> '' or $must order by seq" >"$dir/signatures"
while IFS='|' read -r seq kind; do
	if [ "$kind" = memo.signed ]; then
		holds_memo "$seq" || end forged "$seq"
	else
		holds_fact "$seq" || end forged "$seq"
	fi
done <"$dir/signatures"
end intact
