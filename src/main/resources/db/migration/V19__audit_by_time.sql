-- The entries since a time, or before one, without all others.
create index audit_entry_time on audit_entry (tenant, at);
