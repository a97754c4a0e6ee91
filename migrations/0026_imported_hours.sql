-- Files of doctors' weekly hours and fees: a row makes several of them.

create table import_made_hours (
  id bigint generated always as identity primary key,
  import_id integer not null references imports (id) on delete cascade,
  line integer not null check (line >= 1),
  schedule_id integer references schedules (id),
  visit_type_id integer references visit_types (id),
  check (num_nonnulls(schedule_id, visit_type_id) = 1)
);
create index import_made_hours_of on import_made_hours (import_id, line);

alter table imports
  drop constraint imports_kind_check,
  add constraint imports_kind_check check (kind in ('patients', 'doctors', 'schedules')) not valid;
