-- Long work that somebody asked for, and the files it reads and makes: people follow it, end it early, and come back for
-- the file.

-- In pieces, so that neither who writes nor who reads ever holds all of it. One that is not whole has no bytes.
create table files (
  id integer generated always as identity primary key,
  name varchar(200) not null,
  -- A media type.
  type varchar(100) not null,
  bytes bigint check (bytes >= 0),
  -- Who sent it; null: a work has made it.
  given_by integer references users (id),
  created_at timestamptz not null,
  forget_at timestamptz not null check (forget_at > created_at),
  -- The pieces are gone; the row still says what they were.
  forgotten_at timestamptz
);
create index files_to_forget on files (forget_at) where forgotten_at is null;

create table file_pieces (
  file_id integer not null references files (id) on delete cascade,
  place integer not null check (place >= 0),
  bytes bytea not null check (length(bytes) between 1 and 1048576),
  primary key (file_id, place)
);
-- Workbooks are packed already, and packing text again costs more than its room.
alter table file_pieces alter column bytes set storage external;

create table works (
  id integer generated always as identity primary key,
  kind text not null,
  -- What the person asked for, in their words: {"en": …, "bn": …}.
  title jsonb not null,
  asked_by integer not null references users (id),
  -- What they were then: whoever has become something else has no right to it any more.
  asked_as text not null check (asked_as in ('patient', 'doctor', 'assistant', 'admin')),
  parameters jsonb not null,
  given_file integer references files (id),
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- Raised by every run that takes it: what an earlier one still wants to write finds no row.
  run integer not null default 0,
  tries smallint not null default 0 check (tries >= 0),
  -- Units of the kind's own, such as rows. The total is null until it is known.
  done bigint not null default 0 check (done >= 0),
  total bigint check (total >= 0),
  -- Of one that is done: what it came to, by name.
  counts jsonb,
  made_file integer references files (id),
  -- Why it failed, in words for who asked: {"en": …, "bn": …}.
  failure jsonb,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  check ((state in ('queued', 'running')) = (ended_at is null)),
  check ((state = 'failed') = (failure is not null)),
  check (state not in ('running', 'done') or started_at is not null),
  check (state = 'done' or (made_file is null and counts is null))
);
create index works_of on works (asked_by, id desc);
create index works_under_way on works (asked_by) where state in ('queued', 'running');
create index works_ended on works (ended_at) where ended_at is not null;
create index works_given on works (given_file) where given_file is not null;
create index works_made on works (made_file) where made_file is not null;
