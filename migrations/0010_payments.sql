-- The chambers' books: money taken and given back for appointments, each with its receipt. Nothing here is ever changed.

-- The last receipt of a chamber in a year. Its row is locked until a payment is committed, so that the numbers of two at
-- once differ, and one that is rolled back leaves no gap.
create table receipt_books (
  chamber_id integer not null references chambers (id),
  year smallint not null,
  last integer not null,
  primary key (chamber_id, year)
);

create table payments (
  id bigint generated always as identity primary key,
  appointment_id bigint not null references appointments (id),
  -- Step of the appointment during which the money moved.
  appointment_version integer not null,
  kind text not null check (kind in ('payment', 'refund')),
  amount numeric(10, 2) not null check (amount > 0),
  currency char(3) not null,
  method text not null check (method in ('cash', 'card', 'bkash', 'nagad', 'rocket', 'bank')),
  -- Who moved the money, and what it calls it.
  provider text not null,
  provider_reference varchar(100),
  chamber_id integer not null references chambers (id),
  -- By the chamber's calendar.
  receipt_year smallint not null check (receipt_year between 2000 and 2199),
  receipt_number varchar(20) not null,
  taken_by integer not null references users (id),
  at timestamptz not null,
  -- Null: of several payments together.
  refund_of bigint check (refund_of is null or kind = 'refund'),
  -- For staff only; the reason of a refund.
  note varchar(500),
  constraint payments_of_appointment unique (appointment_id, id),
  constraint payments_receipts unique (chamber_id, receipt_number),
  constraint payments_refund_of foreign key (appointment_id, refund_of) references payments (appointment_id, id)
);

-- Whoever writes a payment has the appointment to themselves, so that the sums are true: each statement of a function
-- sees what has been committed until then.
create function guard_payment() returns trigger language plpgsql as $$
declare
  appointment record;
  paid numeric;
  refunded numeric;
  number integer;
begin
  select a.fee, a.currency, a.chamber_id, a.version into appointment
    from appointments a where a.id = new.appointment_id for no key update;
  select coalesce(sum(p.amount) filter (where p.kind = 'payment'), 0),
         coalesce(sum(p.amount) filter (where p.kind = 'refund'), 0)
    into paid, refunded from payments p where p.appointment_id = new.appointment_id;
  if new.kind = 'payment' and paid - refunded + new.amount > appointment.fee then
    raise exception 'more than the fee' using errcode = 'check_violation', constraint = 'payments_within_fee';
  end if;
  if new.kind = 'refund' and refunded + new.amount > paid then
    raise exception 'more back than was paid' using errcode = 'check_violation', constraint = 'payments_refunds_within';
  end if;
  if new.currency <> appointment.currency then
    raise exception 'another currency than the fee' using errcode = 'check_violation', constraint = 'payments_currency';
  end if;
  -- Last: from here on all who take money in this chamber wait.
  insert into receipt_books values (appointment.chamber_id, new.receipt_year, 1)
    on conflict (chamber_id, year) do update set last = receipt_books.last + 1
    returning last into number;
  new.appointment_version := appointment.version;
  new.chamber_id := appointment.chamber_id;
  new.receipt_number := new.receipt_year || '-' || lpad(number::text, greatest(6, length(number::text)), '0');
  return new;
end $$;
create trigger guard_payment before insert on payments for each row execute function guard_payment();
create trigger append_only before update or delete on payments for each row execute function refuse_rewriting();
