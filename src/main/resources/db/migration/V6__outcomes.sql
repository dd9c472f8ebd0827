-- What was known before an Idempotency-Key was used did not come of it.
alter table known_meeting add column known_since timestamptz not null default now();
