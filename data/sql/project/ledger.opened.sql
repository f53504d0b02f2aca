-- rows: 2
insert into meta (key, value)
	select 'ledger', body ->> 'ledger' from fact where seq = $1
	union all
	select 'demo', cast(body ->> 'demo' as text) from fact where seq = $1;
-- rows: 1
insert into person (id, name, login, is_component, added_at)
	select body ->> 'person', body ->> 'name', body ->> 'login', 0, at from fact where seq = $1;
-- rows: 1
insert into person_role (person, role)
	select body ->> 'person', 'system-owner' from fact where seq = $1;
-- rows: 1
insert into person_key (key, person, from_seq, state)
	select body ->> 'key', body ->> 'person', seq, 'valid' from fact where seq = $1;
