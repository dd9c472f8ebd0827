-- For the search by how a user's id or e-mail address begins.
create index connection_user_prefix on connection (tenant, user_id text_pattern_ops);
create index connection_email_prefix on connection (tenant, lower(email) text_pattern_ops, user_id);

-- Calls that failed, summed up for the console.
create table failed_call (
    tenant     text not null,
    user_id    text not null,
    -- the method and the template of the path
    operation  text not null,
    -- the code of the problem
    code       text not null,
    number     bigint not null,
    first_at   timestamptz not null,
    last_at    timestamptz not null,
    -- of the last one: the request, MeetGate's explanation, GoTo's status and known code, the field of the request
    request_id text not null,
    detail     text,
    at_goto    text,
    field      text,
    primary key (tenant, user_id, operation, code)
);

create index failed_call_age on failed_call (last_at);
create index failed_call_of_tenant on failed_call (tenant, last_at);

-- How many requests to GoTo got a turn, and how many were refused one, in each minute, of all replicas.
create table budget_minute (
    minute  timestamptz primary key,
    granted bigint not null,
    refused bigint not null
);
