-- A later cancellation never gives back more than one in time.
alter table chambers
  add constraint chambers_refunds check (late_refund_percent <= refund_percent);

-- Who works in a chamber: the desks of its assistants.
create index visit_types_by_chamber on visit_types (chamber_id) where ended_at is null;
create index schedules_by_chamber on schedules (chamber_id) where ended_at is null;
