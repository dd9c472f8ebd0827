-- Links to the page that shows a person the connection.
create table account_page_link (
    link_hash       bytea primary key,
    tenant          text not null,
    user_id         text not null,
    -- the browser that opened the page; the link works in no other
    browser_hash    bytea,
    -- when the person disconnected on the page
    disconnected_at timestamptz,
    expires_at      timestamptz not null
);

create index account_page_link_expiry on account_page_link (expires_at);
create index account_page_link_of_user on account_page_link (tenant, user_id, expires_at);
