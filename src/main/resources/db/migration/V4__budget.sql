-- One row: the time line on which the calls of all replicas to GoTo's API stand, by this database's clock.
create table goto_budget (
    id            int primary key check (id = 1),
    -- where the slots begin that nobody has
    next_slot     timestamptz not null,
    -- GoTo wants no call before
    paused_until  timestamptz not null,
    -- until then slots are further apart than usual, and less and less so
    full_speed_at timestamptz not null
);

insert into goto_budget values (1, now(), now(), now());
