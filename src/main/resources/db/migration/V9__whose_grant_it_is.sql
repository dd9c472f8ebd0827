-- The account before the last consent, until GoTo has told whether the account is another one now. What is remembered
-- of meetings belongs to it.
alter table connection
    add column previous_email text,
    add column previous_organizer_key text,
    add column previous_account_key text;

-- A revocation waits while a connection has the same account.
alter table revocation
    add column email text,
    add column organizer_key text;

create index connection_organizer on connection (organizer_key);
create index connection_email on connection (lower(email));
create index revocation_of_user on revocation (tenant, user_id);
