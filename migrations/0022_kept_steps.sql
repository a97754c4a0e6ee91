-- no transaction
-- Visits that are kept although their hours are gone: few of all steps, looked for whenever an administrator starts.
create index concurrently appointment_history_kept on appointment_history (appointment_id) where step = 'kept';
