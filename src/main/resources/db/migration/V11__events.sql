-- What happened to connections and connect links, for the tenant that they belong to.
create table event (
    -- assigned while the row that changed is locked, so that the events of a connection have its order
    seq        bigint generated always as identity primary key,
    id         uuid not null default gen_random_uuid(),
    tenant     text not null,
    user_id    text,
    type       text not null,
    data       json not null,
    created_at timestamptz not null default clock_timestamp(),
    -- the place in the feed, assigned after the commit
    position   bigint
);

create index event_without_position on event (seq) where position is null;
create unique index event_of_tenant on event (tenant, position);
create index event_of_user on event (tenant, user_id, position);
create index event_age on event (created_at);

-- One row: the last place in the feed. Whoever assigns places holds it until the commit.
create table event_feed (
    id      int primary key check (id = 1),
    reached bigint not null
);

insert into event_feed values (1, 0);

-- the tenant asked for the link, or a browser has begun with it, and nobody has been told yet that it has expired
alter table connect_link add column tells_expiry boolean;

create index connect_link_to_tell on connect_link (expires_at) where tells_expiry;

-- One row for each tenant with a webhook.
create table webhook (
    tenant       text primary key,
    -- up to which place of the feed the deliveries are written
    reached      bigint not null,
    -- the receiver wants nothing before
    paused_until timestamptz,
    -- since when nothing is sent
    disabled_at  timestamptz
);

-- One row for each event that a webhook gets or got.
create table delivery (
    event_seq       bigint primary key references event (seq) on delete cascade,
    tenant          text not null,
    -- empty for events without user
    user_id         text not null,
    position        bigint not null,
    -- PENDING, DELIVERED or FAILED
    state           text not null default 'PENDING',
    -- how many attempts have begun; an attempt knows its number, and changes nothing after the next one has begun
    attempts        int not null default 0,
    -- when the next attempt may begin; while one is under way, when it is taken for lost
    due_at          timestamptz not null default clock_timestamp(),
    last_attempt_at timestamptz,
    last_status     int,
    last_problem    text,
    delivered_at    timestamptz
);

create index delivery_due on delivery (tenant, due_at) where state = 'PENDING';
create index delivery_in_order on delivery (tenant, user_id, position) where state = 'PENDING';
create index delivery_of_tenant on delivery (tenant, position);
