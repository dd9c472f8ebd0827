-- Behind an earlier event of its user that is pending. What waits is not in the index of those that are due.
alter table delivery add column waits boolean not null default false;

update delivery set waits = true
  from (select event_seq, row_number() over (partition by tenant, user_id order by position) as place
          from delivery where state = 'PENDING') as queued
 where queued.event_seq = delivery.event_seq and queued.place > 1;

drop index delivery_due;
create index delivery_due on delivery (tenant, due_at) where state = 'PENDING' and not waits;

-- Whatever ends or deletes a delivery lets the next one of its user go on, in the same transaction. Each
-- query sees what was committed before it: none is missed that began to wait, or was deleted, meanwhile.
-- The search path, which is as before afterwards, finds the table in whatever schema it is.
create function let_next_delivery_go_on() returns trigger language plpgsql set search_path = '' as $$
declare
    next bigint;
begin
    if current_setting('transaction_isolation') = 'repeatable read' then
        raise 'MeetGate needs transactions that are read committed';
    end if;
    perform set_config('search_path', quote_ident(tg_table_schema), true);
    loop
        select event_seq into next from (
            select * from delivery
             where state = 'PENDING' and (tenant, user_id, position) > (old.tenant, old.user_id, old.position)
             order by tenant, user_id, position limit 1) as following
         where tenant = old.tenant and user_id = old.user_id and waits;
        exit when next is null;
        update delivery set waits = false where event_seq = next and state = 'PENDING';
    end loop;
    return null;
end
$$;

create trigger delivery_ended after update of state on delivery for each row
    when (old.state = 'PENDING' and not old.waits and new.state <> 'PENDING')
    execute function let_next_delivery_go_on();

create trigger delivery_deleted after delete on delivery for each row
    when (old.state = 'PENDING' and not old.waits)
    execute function let_next_delivery_go_on();
