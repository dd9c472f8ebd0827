-- Links and attempts stay for a day after their end, so that whoever comes late or twice finds the way on.
alter table connect_link
    -- what the tenant gets back at the return URL
    add column state         text,
    -- the browser that began; the link works in no other
    add column browser_hash  bytea,
    -- how the last attempt ended
    add column outcome       text,
    -- the link itself, where it is handed out again while nobody has used it
    add column sealed_secret bytea,
    add column sealed_with   text
        generated always as (encode(substring(sealed_secret from 3 for get_byte(sealed_secret, 1)), 'escape')) stored;

create index connect_link_of_user on connect_link (tenant, user_id, expires_at);
create index connect_link_of_tenant on connect_link (tenant, expires_at);
create index connect_link_of_browser on connect_link (browser_hash);
create index connect_link_sealed_with on connect_link (sealed_with);
create index connect_link_to_erase on connect_link (expires_at) where sealed_secret is not null;
create unique index connect_link_to_reconnect on connect_link (tenant, user_id) where sealed_secret is not null;

alter table authorization_request
    -- erased when the attempt is consumed
    alter column sealed_code_verifier drop not null,
    add column link_hash   bytea,
    add column state       text,
    add column consumed_at timestamptz,
    add column outcome     text;

create index authorization_request_of_link on authorization_request (link_hash);
create index authorization_request_to_erase on authorization_request (expires_at) where sealed_code_verifier is not null;
create index authorization_request_of_user on authorization_request (tenant, user_id);

-- The name that a connected user had on the last connect page. Goes with the connection.
create table known_name (
    tenant       text not null,
    user_id      text not null,
    display_name text not null,
    primary key (tenant, user_id),
    constraint known_name_of_connection foreign key (tenant, user_id)
        references connection (tenant, user_id) on delete cascade
);
