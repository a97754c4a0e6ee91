-- no transaction
-- As waitlist_entries_by_patient in 0020: for who is removed when an import is taken back.
create index concurrently audit_log_by_patient on audit_log (patient_id) where patient_id is not null;
