-- One row for each tie between a tenant's user and a GoTo account.
create table connection (
    id                      uuid primary key,
    tenant                  text not null,
    user_id                 text not null,
    status                  text not null,
    reason                  text,
    sealed_access_token     bytea not null,
    sealed_refresh_token    bytea,
    access_token_expires_at timestamptz not null,
    scopes                  text not null,
    email                   text,
    first_name              text,
    last_name               text,
    organizer_key           text,
    account_key             text,
    connected_at            timestamptz not null,
    refreshed_at            timestamptz not null,
    -- counts the token sets; every write of tokens is a compare-and-set on it
    generation              bigint not null,
    -- who may spend the refresh token, and until when by this database's clock
    lease_owner             uuid,
    lease_until             timestamptz,
    -- the refresh token of this generation was sent and no answer was stored
    outcome_unknown         boolean not null,
    constraint connection_of_user unique (tenant, user_id)
);

create index connection_by_status on connection (tenant, status, user_id);

-- One-use, short-lived. Only the hash of the link's secret is here.
create table connect_link (
    link_hash    bytea primary key,
    tenant       text not null,
    user_id      text not null,
    display_name text not null,
    return_url   text,
    expires_at   timestamptz not null
);

create index connect_link_expiry on connect_link (expires_at);

-- One attempt to connect: consumed by the callback that knows both secrets.
create table authorization_request (
    state_hash           bytea primary key,
    browser_hash         bytea not null,
    tenant               text not null,
    user_id              text not null,
    return_url           text,
    sealed_code_verifier bytea not null,
    expires_at           timestamptz not null
);

create index authorization_request_expiry on authorization_request (expires_at);
