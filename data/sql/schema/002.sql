-- Lists of releases in other orders, and by what stands in their way, without reading them all.
create index standing_opens on standing (opens_at, release) where opens_at is not null;
create index standing_blocked on standing (release) where verdict = 'blocked';
create index standing_halted on standing (release) where is_halted + is_killed + is_rolling_back > 0;

pragma user_version = 2;
