-- no transaction
-- Holds that were let go never were appointments, which every report asks.
create index concurrently appointment_history_let_go on appointment_history (appointment_id)
  where from_status = 'held' and to_status in ('cancelled', 'expired');
