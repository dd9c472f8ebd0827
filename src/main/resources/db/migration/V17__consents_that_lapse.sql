-- The attempt tells which consent has waited too long, also after its link has begun again.
create index authorization_request_to_lapse on authorization_request (expires_at) where outcome = 'PENDING';
drop index connect_link_to_lapse;
