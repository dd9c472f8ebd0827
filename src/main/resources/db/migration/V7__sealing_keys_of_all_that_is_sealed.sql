-- As of connections: which key sealed a row can be asked of an index.
alter table revocation add column sealed_with text
    generated always as (encode(substring(sealed_refresh_token from 3 for get_byte(sealed_refresh_token, 1)), 'escape')) stored;

create index revocation_sealed_with on revocation (sealed_with);

alter table authorization_request add column sealed_with text
    generated always as (encode(substring(sealed_code_verifier from 3 for get_byte(sealed_code_verifier, 1)), 'escape')) stored;

create index authorization_request_sealed_with on authorization_request (sealed_with);
