-- rows: 0..1
insert into person_key (key, person, from_seq, state)
	select body ->> 'key', body ->> 'person', seq, 'valid' from fact where seq = $1 and body ->> 'op' = 'add';
-- rows: 0..1
update person_key set state = f.state, until_seq = f.seq, since = f.since
	from (select seq, body ->> 'key' as key, body ->> 'person' as person, body ->> 'from' as since,
			case body ->> 'op' when 'retire' then 'retired' when 'revoke' then 'revoked' else 'compromised' end as state
		from fact where seq = $1 and body ->> 'op' <> 'add') f
	where person_key.key = f.key and person_key.from_seq = (
		select max(k.from_seq) from person_key k where k.key = f.key and k.person = f.person and k.state = 'valid');
