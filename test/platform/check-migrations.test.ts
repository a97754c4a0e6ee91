import { expect, test } from 'vitest';
import { judgeMigration } from '../../scripts/check-migrations.ts';

const additive = `
  create table follow_ups (id integer primary key, appointment_id bigint not null references appointments (id));
  create index follow_ups_by_appointment on follow_ups (appointment_id);
  alter table appointments add column remark text;
  alter table appointments add column rank smallint not null default 0, add column seen_at timestamptz default now();
  alter table appointments drop constraint appointments_channel_check,
    add constraint appointments_channel_check check (channel in ('online', 'phone', 'walk_in', 'kiosk')) not valid;
  create function f() returns trigger language plpgsql as $$ begin return new; end $$;
  insert into specializations (id) values (1);`;

test('what only adds is let through', async () => {
  expect(await judgeMigration(additive)).toEqual([]);
  expect(
    await judgeMigration('-- no transaction\ncreate index concurrently late on appointments (created_at);'),
  ).toEqual([]);
  expect(await judgeMigration('alter table appointments validate constraint c;')).toEqual([]);
});

const breaking: [string, RegExp][] = [
  ['alter table users drop column email', /dropping a column/],
  ['drop table users', /dropping: old code/],
  ['drop index appointments_by_time', /dropping: old code/],
  ['alter table users rename column email to mail', /renaming/],
  ['alter table users rename to people', /renaming/],
  ['alter table users alter column id type bigint', /changing a type/],
  ['alter table users alter column email set not null', /not null/],
  ['alter table users add column a text not null', /without a default/],
  ['alter table users add column a uuid default gen_random_uuid()', /rewrites the table/],
  ['alter table users add column a integer generated always as (id + 1) stored', /rewrites the table/],
  ['alter table users add column a integer references users (id)', /within a new column/],
  ['alter table users add constraint c check (id > 0)', /not valid/],
  ['alter table users add constraint c unique (full_name)', /using index/],
  [
    'alter table users add constraint c check (id > 0) not valid; alter table users validate constraint c',
    /^1: validating|file of its own/,
  ],
  ['create index c on users (full_name)', /concurrently/],
  ['create index concurrently c on users (full_name)', /no transaction/],
  [
    '-- no transaction\ncreate index concurrently c on users (id); create index concurrently d on users (id)',
    /one statement/,
  ],
  ['update users set email = null', /by a job|a job do it/],
  ['do $$ begin drop table users; end $$', /not known to be harmless/],
  ['truncate users', /not known to be harmless/],
  ['alter table users disable trigger all', /not known to be harmless/],
];

test.each(breaking)('refused with what to do instead: %s', async (sql, why) => {
  const objections = await judgeMigration(sql);
  expect(objections.join('\n')).toMatch(why);
});

test('the line is told, and a reason above a statement lets that one through and no other', async () => {
  const sql = `-- What it is for.
create table a (id integer);

-- safe: nothing has read it since 0.2
alter table users drop column email;

-- safe:
alter table users drop column mobile;`;
  expect(await judgeMigration(sql)).toEqual([expect.stringMatching(/^8: dropping a column/)]);
});
