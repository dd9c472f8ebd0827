-- The SHA-256 of the URL, which may contain a secret. Another URL is a receiver that has refused nothing yet.
alter table webhook add column url_sha256 bytea;
