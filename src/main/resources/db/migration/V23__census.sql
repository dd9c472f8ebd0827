-- Counts all connections in one pass over a few megabytes.
create index connection_census on connection (tenant, status, reason);
