-- What was known before an Idempotency-Key was used did not come of it.
alter table known_meeting add column known_since timestamptz not null default now();

-- One meeting comes of one key, though two look for theirs at once.
create unique index idempotency_key_meeting on idempotency_key (connection_id, meeting_id) where meeting_id is not null;
