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
