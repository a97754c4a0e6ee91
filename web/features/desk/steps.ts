import {
  approveAppointment,
  arrive,
  completeVisit,
  getAppointment,
  getHistory,
  missVisit,
  startVisit,
  undoMove,
} from '../../../src/contract/appointments.ts';
import { type DeskAppointment, listDesk } from '../../../src/contract/desk.ts';
import { getAvailability } from '../../../src/contract/doctors.ts';
import { listPayments } from '../../../src/contract/payments.ts';
import { wallDate } from '../../lib/times.ts';

/** What the desk does with one press; to decline, it is first asked why. */
export const stepRoutes = {
  approved: approveAppointment,
  arrived: arrive,
  started: startVisit,
  completed: completeVisit,
  missed: missVisit,
  undone: undoMove,
} as const;
export type DeskStep = keyof typeof stepRoutes | 'declined';

/** What is read anew when an appointment has changed. */
export const changedByDesk = [listDesk, getAppointment, getHistory, getAvailability, listPayments] as const;

type Seen = Pick<DeskAppointment, 'status' | 'period' | 'undoUntil' | 'deposit'>;

/** The steps that make sense now, the most likely first; visits are attended on their own day. */
export function stepsFor({ status, period, undoUntil }: Omit<Seen, 'deposit'>, today: string): DeskStep[] {
  const isToday = wallDate(period.start) === today;
  const undo: DeskStep[] = undoUntil === null ? [] : ['undone'];
  switch (status) {
    case 'pending':
      return ['approved', 'declined'];
    case 'confirmed':
      return isToday ? ['arrived', 'started', 'missed', ...undo] : undo;
    case 'arrived':
      return isToday ? ['started', 'missed', ...undo] : undo;
    case 'in_consultation':
      return ['completed', ...undo];
    case 'no_show':
      return isToday ? ['arrived', ...undo] : undo;
    default:
      return undo;
  }
}

/** Whether its place waits for a deposit; one that is kept without is an offer, and the waitlist's. */
export const waitsForDeposit = ({ status, deposit }: Pick<Seen, 'status' | 'deposit'>): boolean =>
  status === 'held' && deposit !== null;

/** Whether it can be given another place. */
export const isMovable = ({ status }: Pick<Seen, 'status'>): boolean =>
  status === 'pending' || status === 'confirmed' || status === 'arrived';

/**
 * The button that was pressed is gone with its step: the focus goes on from the next one of the visit (`data-steps`), else
 * from its name (`data-visit`).
 */
export function focusVisit(appointmentId: number): void {
  requestAnimationFrame(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!lost) return;
    const places = [
      ...document.querySelectorAll<HTMLElement>(`[data-steps="${appointmentId}"] button`),
      ...document.querySelectorAll<HTMLElement>(`[data-visit="${appointmentId}"]`),
      ...document.querySelectorAll<HTMLElement>('h1'),
    ];
    places.find((place) => place.checkVisibility())?.focus();
  });
}
