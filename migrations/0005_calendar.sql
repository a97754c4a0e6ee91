-- The calendar in full: dated changes of hours, time off, holidays, quotas by channel, the way between two chambers.

-- A dated change. Time off and holidays close time; other hours are rules of their own in `schedules`.
create table exceptions (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('other_hours', 'time_off', 'holiday')),
  -- Null: everybody's, as holidays are.
  doctor_id integer references doctors (user_id),
  -- Null: in every chamber.
  chamber_id integer references chambers (id),
  -- Wall time of each chamber: dates, both included, or minutes, half-open.
  from_local text not null check (from_local ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$'),
  until_local text not null check (until_local ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$'),
  -- A holiday that waits for the moon: closes online booking only.
  tentative boolean not null default false,
  name varchar(100),
  name_bn varchar(100),
  note varchar(200),
  created_by integer references users (id),
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((kind = 'holiday') = (doctor_id is null)),
  check ((kind = 'holiday') = (name is not null and name_bn is not null)),
  check (kind = 'holiday' or not tentative),
  check (kind <> 'other_hours' or chamber_id is not null),
  check (case when length(until_local) = 10 then until_local || 'T24:00' else until_local end
         > case when length(from_local) = 10 then from_local || 'T00:00' else from_local end)
);
create index exceptions_by_doctor on exceptions (doctor_id, until_local) where ended_at is null;

alter table schedules
  add column exception_id integer references exceptions (id),
  -- Serials each channel has to itself, in the order online, phone, walk-in; what is left is for everybody.
  add column quota_online smallint check (quota_online >= 0),
  add column quota_phone smallint check (quota_phone >= 0),
  add column quota_walk_in smallint check (quota_walk_in >= 0),
  add column quota_release_minutes integer check (quota_release_minutes between 0 and 43200),
  add constraint schedules_exception_is_dated
    check (exception_id is null or (valid_from is not null and valid_until is not null)),
  add constraint schedules_quotas_fit check (
    num_nonnulls(quota_online, quota_phone, quota_walk_in) in (0, 3)
    and (quota_online is null or (mode = 'serial' and quota_online + quota_phone + quota_walk_in <= capacity))
    and (quota_release_minutes is null or quota_online is not null));
create index schedules_by_exception on schedules (exception_id) where exception_id is not null;

-- A visit type that appointments refer to can end, and be set again with another fee.
alter table visit_types add column ended_at timestamptz;
alter table visit_types drop constraint visit_types_doctor_id_chamber_id_kind_key;
create unique index visit_types_one_of_a_kind on visit_types (doctor_id, chamber_id, kind) where ended_at is null;

alter table chambers
  add column created_by integer references users (id),
  add column ended_at timestamptz;

-- How a doctor works in all chambers together; without a row the defaults hold.
create table doctor_settings (
  doctor_id integer primary key references doctors (user_id),
  -- Kept free between visits in two chambers.
  travel_minutes smallint not null default 0 check (travel_minutes between 0 and 240)
);
