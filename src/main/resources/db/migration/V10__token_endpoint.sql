-- One row: until when GoTo wants no token request, by this database's clock.
create table token_endpoint (
    id         int primary key check (id = 1),
    rest_until timestamptz not null
);

insert into token_endpoint values (1, now());

-- when the owner of the lease last said that it is at work
alter table connection add column lease_seen timestamptz;

-- since when GoTo's authorization server fails for these tokens; older than refreshed_at if it does not
alter table connection add column failing_since timestamptz;
