-- What was said or answered when a meeting was made here and GoTo does not tell again. Goes with the connection.
create table known_meeting (
    id         uuid primary key default gen_random_uuid(),
    tenant     text not null,
    user_id    text not null,
    meeting_id text not null,
    audio      text not null,
    join_url   text,
    expires_at timestamptz not null,
    constraint known_meeting_of_user unique (tenant, user_id, meeting_id),
    constraint known_meeting_of_connection foreign key (tenant, user_id)
        references connection (tenant, user_id) on delete cascade
);

create index known_meeting_expiry on known_meeting (expires_at);
