import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { doctorName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Tag } from '../../ui/tag.tsx';
import { isOff, personFacts, placeText, statusTones, timeText, whenText } from './desk-words.ts';
import { VisitSteps } from './visit-steps.tsx';

type Shown = {
  label: string;
  /** Say the date too: the list is not of one day. */
  dated?: boolean;
  /** Say the doctor too. */
  doctors?: boolean;
};

/**
 * Visits in the order of their time, each with what is done next; those that will not take place are folded away at the
 * end. The arrows up and down go from one name to the next.
 */
export function VisitList(props: Shown & { appointments: readonly DeskAppointment[]; apart?: boolean }) {
  const { words, language } = useStaff();
  const { appointments, apart = true, ...shown } = props;
  const off = apart ? appointments.filter(isOff) : [];
  return (
    <>
      <Rows {...shown} appointments={apart ? appointments.filter((one) => !isOff(one)) : appointments} />
      {off.length > 0 ? (
        <details className="mt-3">
          <summary className="link inline-flex min-h-12 items-center">
            {words.desk.off(digits(language, off.length))}
          </summary>
          <Rows {...shown} label={words.desk.off(digits(language, off.length))} appointments={off} />
        </details>
      ) : null}
    </>
  );
}

function Rows(props: Shown & { appointments: readonly DeskAppointment[] }) {
  const { label, appointments, ...shown } = props;
  return (
    // The keys only go where Tab goes too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul aria-label={label} className="grid grid-cols-1" onKeyDown={goByArrow}>
      {appointments.map((one) => (
        <Row key={one.id} appointment={one} {...shown} />
      ))}
    </ul>
  );
}

function Row({ appointment, dated, doctors }: Omit<Shown, 'label'> & { appointment: DeskAppointment }) {
  const speaker = useStaff();
  const { words, language } = speaker;
  const { desk, fees } = words;
  const { id, status, patient } = appointment;
  return (
    <li
      className={`grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-l-4 border-b-hairline px-3 py-2 lg:grid-cols-[9rem_minmax(0,1.3fr)_minmax(0,1fr)_9.5rem_15rem] ${edges[status] ?? 'border-l-transparent'}`}
    >
      <p className="font-semibold tabular-nums">
        {dated ? whenText(speaker, appointment) : placeText(speaker, appointment)}
      </p>
      <div className="min-w-0 max-lg:col-span-2 max-lg:row-start-2">
        <Link
          to="/appointments/$appointmentId"
          params={{ appointmentId: String(id) }}
          data-visit={id}
          className="link inline-flex min-h-9 items-center font-semibold"
        >
          {patient.fullName}
        </Link>
        <p className="text-note text-quiet">{personFacts(speaker, patient)}</p>
      </div>
      <p className="min-w-0 text-note max-lg:col-span-2">
        {fees.kinds[appointment.visitKind]} ·{' '}
        <span className="whitespace-nowrap">{formatMoney(language, appointment.fee)}</span>
        {doctors ? (
          <>
            {' '}
            <span className="text-quiet lg:block">{doctorName(language, appointment.doctor)}</span>
          </>
        ) : null}
        {appointment.overbookReason ? (
          <span className="block text-waiting">{desk.overBecause(appointment.overbookReason)}</span>
        ) : null}
      </p>
      <div className="flex flex-col items-end gap-1 max-lg:col-start-2 max-lg:row-start-1 lg:items-start">
        <Tag tone={statusTones[status]}>{desk.statuses[status]}</Tag>
        {status === 'arrived' && appointment.since ? (
          <span className="text-note text-quiet">{desk.since(timeText(language, appointment.since))}</span>
        ) : null}
      </div>
      <div className="max-lg:col-span-2">
        <VisitSteps appointment={appointment} dense />
      </div>
    </li>
  );
}

/** Who is here and who is in, seen from across the desk. */
const edges: Partial<Record<DeskAppointment['status'], string>> = {
  pending: 'border-l-waiting bg-white',
  arrived: 'border-l-info bg-white',
  in_consultation: 'border-l-green bg-tint',
};

function goByArrow(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const row = (event.target instanceof Element ? event.target : null)?.closest('li');
  const all = [...document.querySelectorAll<HTMLElement>('[data-visit]')].filter((link) =>
    link.checkVisibility(),
  );
  const here = all.findIndex((link) => row?.contains(link));
  const next = all[here + step];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
