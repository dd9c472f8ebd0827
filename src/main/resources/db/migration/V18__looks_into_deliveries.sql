-- One event by its id, and the deliveries that failed. They are not in the indexes of those that are due.
create index event_by_id on event (id);
create index delivery_failed on delivery (tenant, position) where state = 'FAILED';
