-- rows: 1
insert into person (id, name, login, is_component, added_at)
	select body ->> 'person', body ->> 'name', body ->> 'login', 0, at from fact where seq = $1;
-- rows: 0..n
insert into person_role (person, role)
	select f.body ->> 'person', r.value from fact f, json_each(f.body, '$.roles') r where f.seq = $1
	on conflict do nothing;
-- rows: 1
insert into person_key (key, person, from_seq, state)
	select body ->> 'key', body ->> 'person', seq, 'valid' from fact where seq = $1;
