-- An edit of the manifest voids the tests given for the earlier text (CLS-6); the same text again does not, and its class is the one recorded last.
-- rows: 0..1
update switch set tested_at = null, environment = null, result = null
	from (select n.release from fact n join release r on r.id = n.release where n.seq = $1
			and (r.class <> n.body ->> 'class' or json_remove(n.body, '$.class') <> (select json_remove(p.body, '$.class') from fact p
				where p.release = n.release and p.kind = n.kind and p.seq < n.seq order by p.seq desc limit 1))) f
	where switch.release = f.release;
-- rows: 1
insert into release (id, class, state, state_at, registered_at, description, supersedes)
	select release, body ->> 'class', case body ->> 'class' when 'unclear' then 'registered' else 'dev' end, at, at,
		body ->> 'description', body ->> 'supersedes'
	from fact where seq = $1
	on conflict (id) do update set
		class = excluded.class, description = excluded.description, supersedes = excluded.supersedes,
		state = case when release.state = 'registered' then excluded.state else release.state end,
		state_at = case when release.state = 'registered' and excluded.state <> 'registered' then excluded.state_at else release.state_at end;
-- rows: 0..1
delete from release_find where rowid = (select n from release where id = (select release from fact where seq = $1));
-- rows: 1
insert into release_find (rowid, id, description)
	select n, id, description from release where id = (select release from fact where seq = $1);
