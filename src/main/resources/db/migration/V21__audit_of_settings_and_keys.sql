-- What the tenant's audit has told last: the digest of the settings, and the sealing keys that were in use.
alter table audit_chain
    add column settings    text,
    add column keys_in_use text[];

update audit_chain set settings = (
    select target from audit_entry
     where audit_entry.tenant = audit_chain.tenant and action = 'settings.load' order by id desc limit 1);
