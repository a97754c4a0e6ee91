-- Live push: whoever watches says what they saw last and gets what came after it.

-- A message is numbered when it is planned, days before a reminder is read, so its number does not say what came after
-- what. A note gets one of its own, and of one reader the numbers stand in the order in which notes become visible: the
-- next waits until the one before is committed.
create sequence notification_ids;
alter table notifications add column id bigint default 0;
update notifications n set id = numbered.id
from (select message_id, row_number() over (order by created_at, message_id) as id from notifications) numbered
where numbered.message_id = n.message_id;
select setval('notification_ids', (select count(*) + 1 from notifications), false);
alter table notifications alter column id set not null;

-- With its owner's rights: whoever adds a note needs none on the sequence.
create function number_notification() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('notifications of'), new.user_id);
  new.id := nextval('notification_ids');
  return new;
end $$;
create trigger notifications_in_order before insert on notifications
  for each row execute function number_notification();

create unique index notifications_in_order on notifications (user_id, id desc);
drop index notifications_by_user;
