-- Which job workers are alive, by the database's clock: the jobs of one that is not are given to the others.
create table live_workers (
  worker_id text primary key,
  seen_at timestamptz not null
);
