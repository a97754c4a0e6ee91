-- People: who signs in, who is seen, and how a sign-in is kept alive.

create extension if not exists pg_trgm;

create table users (
  id integer generated always as identity primary key,
  full_name varchar(100) not null check (full_name = btrim(full_name) and full_name <> ''),
  email varchar(100) unique check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$'),
  mobile varchar(14) unique check (mobile ~ '^\+88[0-9]{11}$'),
  password_hash varchar(255) not null,
  user_type varchar(10) not null check (user_type in ('patient', 'doctor', 'assistant', 'admin')),
  division varchar(50) references divisions (name),
  district varchar(50),
  thana varchar(50),
  profile_image varchar(255),
  license_number varchar(50) unique,
  experience_years integer check (experience_years between 0 and 80),
  consultation_fee numeric(10, 2) check (consultation_fee >= 0),
  created_at timestamptz not null default now(),
  status varchar(10) not null default 'active' check (status in ('active', 'inactive', 'suspended')),
  language text not null default 'bn' check (language in ('bn', 'en')),
  constraint users_reachable check (email is not null or mobile is not null),
  constraint users_doctor_complete check (
    user_type <> 'doctor'
    or (license_number is not null and experience_years is not null and consultation_fee is not null)
  ),
  -- A foreign key with a null in it checks nothing, so a thana may not stand without its district.
  constraint users_place_complete check (
    (district is null or division is not null) and (thana is null or district is not null)
  ),
  constraint users_district_fits foreign key (division, district) references districts (division, name),
  constraint users_thana_fits foreign key (division, district, thana) references thanas (division, district, name)
);

create table doctors (
  user_id integer primary key references users (id),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name_bn text,
  gender text check (gender in ('female', 'male')),
  qualifications text,
  about_en text,
  about_bn text,
  approval text not null default 'pending' check (approval in ('pending', 'approved', 'refused')),
  approval_decided_at timestamptz,
  approval_decided_by integer references users (id)
);

create table doctor_specializations (
  doctor_id integer not null references doctors (user_id),
  specialization_id integer not null references specializations (id),
  primary key (doctor_id, specialization_id)
);
create index doctor_specializations_by_specialization on doctor_specializations (specialization_id);

create table patients (
  id integer generated always as identity primary key,
  user_id integer not null references users (id),
  full_name varchar(100) not null check (full_name = btrim(full_name) and full_name <> ''),
  relation text not null check (relation in ('self', 'spouse', 'child', 'parent', 'sibling', 'other')),
  gender text check (gender in ('female', 'male', 'other')),
  birth_year smallint check (birth_year between 1900 and 2200),
  created_at timestamptz not null default now()
);
create unique index patients_one_self_per_user on patients (user_id) where relation = 'self';
create index patients_by_user on patients (user_id);

-- One row per signed-in device: the family of refresh tokens that follow each other.
create table sign_ins (
  id uuid primary key default gen_random_uuid(),
  user_id integer not null references users (id),
  token_hash bytea not null,
  previous_token_hash bytea,
  rotated_at timestamptz not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('sign_out', 'revoked', 'token_reused', 'password_changed')),
  user_agent varchar(300),
  check ((ended_at is null) = (ended_because is null))
);
create index sign_ins_live_by_user on sign_ins (user_id) where ended_at is null;

-- Counted in one statement before a password is compared, so that parallel guesses cannot slip past the limit.
create table sign_in_attempts (
  login_hash bytea not null,
  window_start timestamptz not null,
  attempts integer not null,
  primary key (login_hash, window_start)
);
