-- Files of doctors and patients: what was found in their rows, and what was made of them, so that it can be taken back.

create table imports (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('patients', 'doctors')),
  file_name varchar(200) not null,
  file_id integer references files (id) on delete set null,
  -- The last one about it: a check, the import, taking it back.
  work_id integer references works (id) on delete set null,
  same text not null check (same in ('skip', 'refuse')),
  approval text check (approval in ('approved', 'pending')),
  state text not null default 'unchecked' check (state in ('unchecked', 'checked', 'imported', 'taken_back')),
  rows integer check (rows >= 0),
  new_rows integer check (new_rows >= 0),
  same_rows integer check (same_rows >= 0),
  refused_rows integer check (refused_rows >= 0),
  created_by integer not null references users (id),
  created_at timestamptz not null,
  imported_by integer references users (id),
  imported_at timestamptz,
  taken_back_by integer references users (id),
  taken_back_at timestamptz,
  check ((kind = 'doctors') = (approval is not null)),
  check ((state = 'unchecked') = (rows is null)),
  check (num_nonnulls(rows, new_rows, same_rows, refused_rows) in (0, 4)),
  check ((state in ('imported', 'taken_back')) = (imported_at is not null)),
  check ((state = 'taken_back') = (taken_back_at is not null))
);

create table import_findings (
  id bigint generated always as identity primary key,
  import_id integer not null references imports (id) on delete cascade,
  -- As a spreadsheet numbers rows; null: about the whole file.
  line integer check (line >= 1),
  column_name varchar(100),
  code text not null,
  value varchar(200),
  detail jsonb not null default '{}'
);
create index import_findings_of on import_findings (import_id, (coalesce(line, 0)), id);

create table import_made (
  import_id integer not null references imports (id) on delete cascade,
  line integer not null check (line >= 1),
  patient_id integer references patients (id) on delete cascade,
  doctor_id integer references doctors (user_id) on delete cascade,
  primary key (import_id, line),
  check (num_nonnulls(patient_id, doctor_id) = 1)
);
create unique index import_made_patient on import_made (patient_id) where patient_id is not null;
create unique index import_made_doctor on import_made (doctor_id) where doctor_id is not null;


-- Whoever is removed is looked for wherever they could stand: without it all of the table is read for each of them.
-- safe: some thousand rows, one for each who waits or waited, are indexed within milliseconds
create index waitlist_entries_by_patient on waitlist_entries (patient_id);
