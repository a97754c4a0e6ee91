-- People without an account: one row for each name of a mobile number or an address, whoever wrote it down.
create unique index patients_without_account on patients (mobile, lower(full_name))
  where user_id is null and mobile is not null;
create unique index patients_without_account_by_email on patients (email, lower(full_name))
  where user_id is null and email is not null;

-- Codes by which somebody proves that a mobile number or an e-mail address is theirs.
create table verification_codes (
  id uuid primary key,
  purpose text not null check (purpose in ('guest', 'verify', 'sign_in', 'password_reset')),
  channel text not null check (channel in ('sms', 'email')),
  destination varchar(100) not null,
  language text not null check (language in ('bn', 'en')),
  -- Null of a guest, and where nobody has the address: a code that nobody is sent keeps that from showing.
  user_id integer references users (id),
  -- Of a guest: who will be seen.
  full_name varchar(100),
  digest bytea not null,
  -- The code itself, encrypted, until it has been sent or has ended: whoever sends it reads it here.
  sealed bytea,
  tries smallint not null default 0 check (tries between 0 and 5),
  -- Digest of the address that asked: addresses are personal data.
  asked_from bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint verification_codes_sealed_until_used check (used_at is null or sealed is null)
);
create index verification_codes_by_destination on verification_codes (destination, created_at);
create index verification_codes_by_asker on verification_codes (asked_from, created_at);
create index verification_codes_by_age on verification_codes (created_at);

-- When a code last proved that the address is this user's; another address is not proven by it.
alter table users add column mobile_verified_at timestamptz, add column email_verified_at timestamptz;
create function unverify_changed_address() returns trigger language plpgsql as $$
begin
  if new.mobile is distinct from old.mobile then new.mobile_verified_at := null; end if;
  if new.email is distinct from old.email then new.email_verified_at := null; end if;
  return new;
end $$;
create trigger unverify_changed_address before update of mobile, email on users
  for each row execute function unverify_changed_address();
