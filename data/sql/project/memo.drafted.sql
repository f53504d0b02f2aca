-- A new draft of a kind replaces the open one (I-16).
-- rows: 0..1
update memo set state = 'replaced'
	from (select release, body ->> 'kind' as kind from fact where seq = $1) f
	where memo.release = f.release and memo.kind = f.kind and memo.state = 'draft';
-- rows: 1
insert into memo (id, release, kind, version, decision, state, drafter, drafted_at, system_owner, dev_lead)
	select body ->> 'memo', release, body ->> 'kind', cast(body ->> 'version' as integer), body ->> 'decision', 'draft', actor, at,
		body ->> 'system_owner', body ->> 'dev_lead'
	from fact where seq = $1;
