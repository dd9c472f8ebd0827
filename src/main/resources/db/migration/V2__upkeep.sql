-- Which key sealed a row's tokens, read off the sealed value itself: a rotation can be seen, resumed and known to be complete.
alter table connection add column sealed_with text
    generated always as (encode(substring(sealed_access_token from 3 for get_byte(sealed_access_token, 1)), 'escape')) stored;

create index connection_sealed_with on connection (sealed_with, id);

-- Connections by how long ago their tokens were refreshed: refresh tokens age, used or not.
create index connection_idle on connection (refreshed_at, id)
    where status = 'CONNECTED' and sealed_refresh_token is not null;

-- Grants that are over and that GoTo has not been told of yet.
create table revocation (
    id                   uuid primary key,
    tenant               text not null,
    user_id              text not null,
    sealed_refresh_token bytea not null,
    created_at           timestamptz not null,
    next_attempt_at      timestamptz not null
);

create index revocation_due on revocation (next_attempt_at);
create index revocation_age on revocation (created_at);

-- One sealed word for each key that ever sealed here: a start with another key of the same name is noticed.
create table sealing_key (
    id           text primary key,
    sealed_check bytea not null
);
