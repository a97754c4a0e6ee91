-- When backups were made: `npm run backup` writes a row, and so does whoever makes them by other means. Only for the age
-- of the newest, which the metrics tell.
create table backups (
  id integer generated always as identity primary key,
  taken_at timestamptz not null default now(),
  bytes bigint check (bytes >= 0)
);
