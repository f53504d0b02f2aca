-- What a user keeps for himself; nothing here is a fact.
pragma application_id = 1735356019;

create table draft (
	ledger text not null,
	person text not null,
	release text not null collate nocase,
	form text not null,
	field text not null,
	text text not null,
	primary key (ledger, person, release, form, field)
) strict, without rowid;

create table view (
	ledger text not null,
	name text not null,
	value text not null,
	primary key (ledger, name)
) strict, without rowid;

create table mark (
	ledger text not null,
	name text not null,
	seq integer not null,
	primary key (ledger, name)
) strict, without rowid;

-- The ledger as it was seen last under each path.
create table seen (
	path text primary key,
	ledger text not null,
	founder text not null,
	size integer not null,
	head text not null
) strict, without rowid;

pragma user_version = 1;
