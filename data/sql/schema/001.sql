-- The ledger and its projection.  Times are text ("2025-02-05T09:12:00Z"), ids and words text, digests lower-case hex, flags 0 or 1.
-- Ids are compared ignoring ASCII case, as people type them.  No JSON function stands in any object of the schema: trusted_schema is off.
pragma application_id = 1735356015;

create table meta (
	key text primary key,
	value text not null
) strict, without rowid;

-- Facts: appended, never changed (gonogo-ledger(5)).
create table fact (
	seq integer primary key check (seq > 0),
	at text not null check (length(at) = 20),
	actor text not null check (length(actor) between 1 and 64),
	origin text not null check (length(origin) between 1 and 500),
	tenant text not null collate nocase check (length(tenant) between 1 and 64),
	release text not null collate nocase check (length(release) between 1 and 64),
	kind text not null check (length(kind) between 1 and 64),
	action text not null unique check (length(action) = 32 and action not glob '*[^0-9a-f]*'),
	body text not null check (length(cast(body as blob)) between 2 and 262144),
	sig text not null check (length(cast(sig as blob)) <= 65536),
	prev text not null check (length(prev) = 64 and prev not glob '*[^0-9a-f]*'),
	hash text not null unique check (length(hash) = 64 and hash not glob '*[^0-9a-f]*')
) strict;
create index fact_by_release on fact (release, seq);
create index fact_by_actor on fact (actor, seq);
create index fact_by_kind on fact (kind, seq);

-- Before an insert, so that REPLACE meets it too: it would take an older fact away without a word.
create trigger fact_next before insert on fact
when new.seq is not (select coalesce(max(seq), 0) + 1 from fact)
	or new.prev is not coalesce((select hash from fact order by seq desc limit 1), new.prev)
	or new.at < coalesce((select at from fact order by seq desc limit 1), '')
	or exists (select 1 from fact where action = new.action)
	or exists (select 1 from fact where hash = new.hash)
begin
	select raise(abort, 'a fact must be the next one: in number, in hash chain, in time, with an action of its own');
end;
create trigger fact_no_update before update on fact
begin
	select raise(abort, 'a fact is never changed');
end;
create trigger fact_no_delete before delete on fact
begin
	select raise(abort, 'a fact is never deleted');
end;

-- What facts concern beside what their own columns name: for the audit trail of a tenant or a release.
create table fact_tenant (
	tenant text not null collate nocase,
	seq integer not null references fact (seq),
	primary key (tenant, seq)
) strict, without rowid;
create index fact_tenant_by_seq on fact_tenant (seq);
create table fact_release (
	release text not null collate nocase,
	seq integer not null references fact (seq),
	primary key (release, seq)
) strict, without rowid;

create table release (
	n integer primary key,
	id text not null unique collate nocase,
	class text not null check (class in ('unclear', 'ui-only', 'workflow', 'capability', 'mechanism')),
	class_locked integer not null default 0 check (class_locked in (0, 1)),
	state text not null check (state in ('registered', 'dev', 'experimental', 'candidate', 'stable', 'superseded', 'rolled-back', 'withdrawn')),
	state_at text not null,
	registered_at text not null,
	description text,
	supersedes text collate nocase,
	rolling_back integer not null default 0 check (rolling_back in (0, 1))
) strict;
create index release_by_state on release (state, id);
create index release_by_predecessor on release (supersedes) where supersedes is not null;
create virtual table release_find using fts5 (id, description, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');

-- CLS-2.
create trigger fact_class before insert on fact
when new.kind in ('release.classified', 'release.registered')
	and exists (select 1 from release where id = new.release and class_locked = 1)
begin
	select raise(abort, 'CLS-2: the class is locked since the first promotion');
end;

-- Tenant '*' stands for every tenant; spared: restored since, while '*' is killed.
create table release_tenant (
	release text not null collate nocase references release (id),
	tenant text not null collate nocase,
	wanted integer not null default 0 check (wanted in (0, 1)),
	killed integer not null default 0 check (killed in (0, 1)),
	spared integer not null default 0 check (spared in (0, 1)),
	confirmed text check (confirmed in ('on', 'off')),
	confirmed_at text,
	primary key (release, tenant)
) strict, without rowid;

create table tenant (
	id text primary key collate nocase,
	name text not null,
	kind text not null check (kind in ('dev-test', 'production')),
	track text not null check (track in ('standard', 'stable-only')),
	opted_out integer not null default 0 check (opted_out in (0, 1)),
	added_at text not null
) strict, without rowid;
-- Consents on record; release '-': for every release.
create table tenant_consent (
	tenant text not null collate nocase references tenant (id),
	release text not null collate nocase,
	at text not null,
	method text,
	primary key (tenant, release)
) strict, without rowid;

create table person (
	id text primary key,
	name text not null,
	login text unique,
	is_component integer not null check (is_component in (0, 1)),
	added_at text not null
) strict, without rowid;
create table person_role (
	person text not null references person (id),
	role text not null check (role in ('dev-lead', 'qa', 'system-owner', 'operator')),
	primary key (person, role)
) strict, without rowid;
create table person_key (
	key text not null,
	person text not null references person (id),
	from_seq integer not null,
	until_seq integer,
	state text not null check (state in ('valid', 'retired', 'revoked', 'compromised')),
	since text,
	primary key (key, from_seq)
) strict, without rowid;
create index person_key_by_person on person_key (person);

create table incident (
	n integer primary key,
	id text not null unique,
	opened_seq integer not null,
	severity integer not null check (severity between 1 and 4),
	summary text not null,
	cross_tenant integer not null check (cross_tenant in (0, 1)),
	opened_at text not null,
	resolved_at text
) strict;
create index incident_open on incident (n) where resolved_at is null;
create table incident_release (
	release text not null collate nocase,
	incident text not null references incident (id),
	primary key (release, incident)
) strict, without rowid;
create index incident_release_by_incident on incident_release (incident);

create table memo (
	n integer primary key,
	id text not null unique collate nocase,
	release text not null collate nocase references release (id),
	kind text not null check (kind in ('stable', 'mechanism')),
	version integer not null,
	decision text not null check (decision in ('go', 'no-go')),
	state text not null check (state in ('draft', 'issued', 'replaced', 'ended')),
	drafter text not null,
	drafted_at text not null,
	system_owner text not null,
	dev_lead text,
	owner_at text,
	lead_at text
) strict;
create index memo_by_release on memo (release, n);
create index memo_draft on memo (n) where state = 'draft';

create table switch (
	release text primary key collate nocase references release (id),
	flag text,
	default_value text,
	provider text,
	place text,
	definition integer not null,
	tested_at text,
	environment text,
	result text check (result in ('pass', 'fail'))
) strict, without rowid;

-- A cache of verdicts, written by the program and not by facts.
create table standing (
	release text primary key collate nocase references release (id),
	to_channel text not null,
	verdict text not null,
	unmet integer not null,
	opens_at text,
	stable_at text,
	served_s integer not null,
	required_s integer not null,
	is_halted integer not null,
	is_killed integer not null,
	is_rolling_back integer not null,
	needs integer not null,
	who text,
	as_of_seq integer not null,
	dirty integer not null
) strict, without rowid;
create index standing_needs on standing (release) where needs <> 0;

pragma user_version = 1;
