-- The facts as this user walked them last: how far, and for each release (and a few kinds) how many and which.
create table trail (
	path text primary key,
	ledger text not null,
	size integer not null,
	head text not null,
	at text not null
) strict, without rowid;
create table trail_tally (
	path text not null,
	subject text not null,
	facts integer not null,
	digest text not null,
	primary key (path, subject)
) strict, without rowid;

pragma user_version = 2;
