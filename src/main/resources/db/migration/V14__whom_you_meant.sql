-- A consent that waits: for the application, which proves with a code verifier who began, or for the person's word.
-- Its tokens belong to no connection.
create table pending_consent (
    -- the hash of the connect link, which has at most one
    id                      bytea primary key,
    tenant                  text not null,
    user_id                 text not null,
    sealed_access_token     bytea not null,
    sealed_refresh_token    bytea,
    access_token_expires_at timestamptz not null,
    scopes                  text not null,
    -- the e-mail address of the account, where GoTo has told it
    email                   text,
    expires_at              timestamptz not null,
    sealed_with             text generated always as
        (encode(substring(sealed_access_token from 3 for get_byte(sealed_access_token, 1)), 'escape')) stored
);

create index pending_consent_expiry on pending_consent (expires_at);
create index pending_consent_of_user on pending_consent (tenant, user_id);
create index pending_consent_of_account on pending_consent (lower(email));
create index pending_consent_sealed_with on pending_consent (sealed_with);

alter table connect_link
    -- RFC 7636 S256: whoever finishes shows the verifier
    add column code_challenge  text,
    -- of the code with which a consent of the link is finished or confirmed
    add column code_hash       bytea,
    add column finish_until    timestamptz,
    add column finished_at     timestamptz,
    add column wrong_verifiers int not null default 0;

create unique index connect_link_of_code on connect_link (code_hash) where code_hash is not null;
create index connect_link_to_lapse on connect_link (finish_until) where outcome = 'PENDING';

-- whether the tenant has finished the last consent with a code verifier
alter table connection add column with_challenge boolean not null default false;
