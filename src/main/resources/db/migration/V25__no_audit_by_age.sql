-- Old entries are deleted by their place in the chain.
drop index audit_entry_age;
