-- An identity that an entry has just used is not deleted, even if the entry is not visible yet.
alter table audit_identity add column seen_at timestamptz not null default now();
