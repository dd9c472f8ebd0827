-- One row for each Idempotency-Key that a user's meeting was asked for with: who has the key, and what became of it.
create table idempotency_key (
    -- who is at it; another one, when somebody else takes over
    attempt         uuid primary key,
    connection_id   uuid not null references connection (id) on delete cascade,
    key_hash        bytea not null,
    body_hash       bytea not null,
    -- the attempt is over, and nobody knows whether GoTo has the meeting
    outcome_unknown boolean not null,
    -- from when, by this database's clock, GoTo does not have the meeting unless it shows it
    settled_at      timestamptz not null,
    expires_at      timestamptz not null,
    -- what GoTo answered
    meeting_id      text,
    join_url        text,
    dial_in         text,
    constraint idempotency_key_of_connection unique (connection_id, key_hash)
);

create index idempotency_key_expiry on idempotency_key (expires_at);
