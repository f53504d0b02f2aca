-- rows: 1
insert into person (id, name, is_component, added_at)
	select body ->> 'component', body ->> 'component', 1, at from fact where seq = $1;
-- rows: 1
insert into person_key (key, person, from_seq, state)
	select body ->> 'key', body ->> 'component', seq, 'valid' from fact where seq = $1;
