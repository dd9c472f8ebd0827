-- Tells a consent that was stored before its answer was lost from another consent of the same microsecond.
alter table connection add column consent_id uuid;
