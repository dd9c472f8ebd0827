-- Who did what. An entry is complete when it has a body, and in the chain of its tenant when it has a position.
create table audit_entry (
    -- a UUID of version 7 (RFC 9562), which sorts by time
    id         uuid primary key default encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
                   placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                   from 1 for 6), 52, 1), 53, 1), 'hex')::uuid,
    tenant     text not null,
    at         timestamptz not null default clock_timestamp(),
    -- only until the entry has its body
    user_id    text,
    action     text not null,
    target     text,
    outcome    text not null,
    code       text,
    -- the actor and the request
    origin     json not null,
    -- of the user's row in audit_identity; it stays when that row is deleted
    user_hash  bytea,
    -- the canonical JSON
    body       text,
    position   bigint,
    previous   bytea,
    hash       bytea,
    chained_at timestamptz
);

create index audit_entry_to_chain on audit_entry (tenant, id) where hash is null;
create unique index audit_entry_of_tenant on audit_entry (tenant, position);
create index audit_entry_of_user on audit_entry (tenant, user_hash, position);
create index audit_entry_age on audit_entry (chained_at, position);
create index audit_entry_of_settings on audit_entry (tenant, id) where action = 'settings.load';

-- Whom entries are about. Without this row, nobody can tell.
create table audit_identity (
    tenant  text not null,
    user_id text not null,
    salt    bytea not null,
    hash    bytea not null,
    primary key (tenant, user_id)
);

create unique index audit_identity_of_hash on audit_identity (hash);

-- One row for each tenant: the end of its chain.
create table audit_chain (
    tenant    text primary key,
    position  bigint not null,
    hash      bytea not null,
    logged_on date
);
