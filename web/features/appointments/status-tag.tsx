import type { AppointmentStatus } from '../../../src/contract/appointments.ts';
import type { Messages } from '../../lib/messages/en.ts';

const looks = {
  held: 'border-waiting bg-waiting-tint text-waiting',
  pending: 'border-waiting bg-waiting-tint text-waiting',
  confirmed: 'border-green bg-tint text-green-pressed',
  arrived: 'border-info bg-info-tint text-info',
  in_consultation: 'border-info bg-info-tint text-info',
  completed: 'border-green bg-tint text-green-pressed',
  cancelled: 'border-error bg-error-tint text-error',
  no_show: 'border-edge bg-off text-quiet',
  expired: 'border-edge bg-off text-quiet',
} as const satisfies Record<AppointmentStatus, string>;

// Shape and word say it too, for whoever does not see the colour.
const marks = {
  held: '…',
  pending: '…',
  confirmed: '✓',
  arrived: '→',
  in_consultation: '→',
  completed: '✓',
  cancelled: '×',
  no_show: '–',
  expired: '–',
} as const satisfies Record<AppointmentStatus, string>;

export function StatusTag({ m, status }: { m: Messages; status: AppointmentStatus }) {
  return (
    <span className={`inline-flex items-center gap-2 border-l-4 px-2 py-0.5 font-semibold ${looks[status]}`}>
      <span aria-hidden="true">{marks[status]}</span>
      {m.appointment.statuses[status]}
    </span>
  );
}
