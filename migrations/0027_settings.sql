-- What the organisation decides for all pages and messages. Every row is the whole of it from that change on, the newest one
-- holds; so nothing is ever written over, and of two who change the same version the key lets one through.
create table settings (
  version integer primary key check (version >= 1),
  -- Null: the name that Shomoy brings along.
  name varchar(60) check (name <> ''),
  name_bn varchar(60) check (name_bn <> ''),
  phone varchar(16) check (phone ~ '^\+?[0-9]{3,15}$'),
  email varchar(100) check (email <> ''),
  address varchar(200) check (address <> ''),
  address_bn varchar(200) check (address_bn <> ''),
  -- ISO, Monday 1.
  first_weekday smallint not null check (first_weekday in (1, 6, 7)),
  language text not null check (language in ('bn', 'en')),
  changed_at timestamptz,
  changed_by integer references users (id),
  -- The change whose former values this one restores.
  takes_back integer references settings (version),
  check (name is not null or name_bn is null),
  check (address is not null or address_bn is null),
  check (takes_back < version),
  check ((version = 1) = (changed_at is null)),
  check ((changed_at is null) = (changed_by is null))
);
create trigger append_only before update or delete on settings for each row execute function refuse_rewriting();
-- What has held so far.
insert into settings (version, first_weekday, language) values (1, 6, 'bn');
