import type { AppointmentStatus } from '../../src/contract/appointments.ts';

/** What a booking's life should be, as plainly as it can be said; times in minutes of the day, a place is its start. */
export type Model = { now: number; approval: boolean; visits: Visit[] };

export type Visit = {
  /** As the server calls it. */
  id: number;
  place: number;
  status: AppointmentStatus;
  version: number;
  /** Null: a hold. */
  patient: number | null;
  holder: number | null;
  expires: number;
  /** Beside whoever has the place: a latecomer. */
  over: boolean;
  reschedules: number;
  /** What the last step was, from where, and when. */
  last: { step: string; from: AppointmentStatus | null; at: number };
};

export const places = [1_020, 1_035, 1_050];
const holdMinutes = 10;

const over: readonly AppointmentStatus[] = ['cancelled', 'no_show', 'expired'];

export const isLive = (model: Model, { status, expires }: Visit): boolean =>
  !over.includes(status) && (status !== 'held' || expires > model.now);

const isTaken = (model: Model, place: number, besides?: Visit): boolean =>
  model.visits.some(
    (visit) => visit !== besides && visit.place === place && isLive(model, visit) && !visit.over,
  );

const isBusy = (
  model: Model,
  patient: number | null,
  place: number,
  besides: readonly Visit[] = [],
): boolean =>
  model.visits.some(
    (visit) =>
      !besides.includes(visit) &&
      patient !== null &&
      visit.patient === patient &&
      visit.place === place &&
      isLive(model, visit),
  );

export const freePlaces = (model: Model): number[] =>
  places.filter((place) => place >= model.now && !isTaken(model, place));

/** Why a place cannot be had; null: it can. */
function refusalAt(model: Model, place: number, patient: number | null, besides?: Visit): string | null {
  if (place < model.now) return 'too_soon';
  if (isBusy(model, patient, place, besides ? [besides] : [])) return 'patient_busy';
  return isTaken(model, place, besides) ? 'slot_taken' : null;
}

function become(model: Model, visit: Visit, step: string, status: AppointmentStatus): void {
  visit.last = { step, from: visit.status, at: model.now };
  visit.status = status;
  visit.version += 1;
}

/** Answers the refusal, or the visit that came of it. */
export function book(model: Model, patient: number, place: number): string | Visit {
  const refusal = refusalAt(model, place, patient);
  return (
    refusal ?? add(model, { place, patient, holder: null, status: model.approval ? 'pending' : 'confirmed' })
  );
}

export function hold(model: Model, holder: number, place: number): string | Visit {
  const held = model.visits.filter((visit) => visit.holder === holder && visit.status === 'held');
  if (held.filter((visit) => isLive(model, visit)).length >= 3) return 'too_many_holds';
  const refusal = refusalAt(model, place, null);
  return refusal ?? add(model, { place, patient: null, holder, status: 'held' });
}

function add(model: Model, made: Pick<Visit, 'place' | 'patient' | 'holder' | 'status'>): Visit {
  const last = { step: 'booked', from: null, at: model.now };
  const expires = model.now + holdMinutes;
  const visit = { ...made, id: 0, version: 1, expires, over: false, reschedules: 0, last };
  model.visits.push(visit);
  return visit;
}

export function takeUp(model: Model, held: Visit): string | Visit {
  if (held.holder === null) throw new Error('nobody’s hold');
  if (held.status !== 'held' || !isLive(model, held)) return book(model, held.holder, held.place);
  if (isBusy(model, held.holder, held.place)) return 'patient_busy';
  become(model, held, 'booked', model.approval ? 'pending' : 'confirmed');
  held.patient = held.holder;
  held.holder = null;
  return held;
}

export function renew(model: Model, held: Visit): string | null {
  if (held.status === 'cancelled') return 'not_found';
  if (!isLive(model, held) || held.place <= model.now) return 'hold_ended';
  if (held.version > 3) return 'too_many_renewals';
  become(model, held, 'renewed', 'held');
  held.expires = model.now + holdMinutes;
  return null;
}

export function giveBack(model: Model, held: Visit): string | null {
  if (held.status === 'cancelled') return 'not_found';
  become(model, held, 'cancelled', 'cancelled');
  return null;
}

type Move = {
  from: readonly AppointmentStatus[];
  to: AppointmentStatus;
  earliest?: (place: number) => number;
};

const sameDay = (place: number): number => place - 12 * 60;
export const deskMoves = {
  approved: { from: ['pending'], to: 'confirmed' },
  declined: { from: ['pending'], to: 'cancelled' },
  cancelled: { from: ['pending', 'confirmed', 'arrived'], to: 'cancelled' },
  arrived: { from: ['confirmed', 'no_show'], to: 'arrived', earliest: sameDay },
  started: { from: ['confirmed', 'arrived'], to: 'in_consultation', earliest: sameDay },
  completed: { from: ['confirmed', 'arrived', 'in_consultation'], to: 'completed', earliest: sameDay },
  missed: { from: ['confirmed', 'arrived'], to: 'no_show', earliest: (place) => place },
} as const satisfies Record<string, Move>;
export type DeskMove = keyof typeof deskMoves;

export function move(model: Model, visit: Visit, name: DeskMove): string | null {
  const { from, to, earliest }: Move = deskMoves[name];
  if (!from.includes(visit.status) || (earliest && model.now < earliest(visit.place))) return 'wrong_state';
  if (visit.status === 'no_show') {
    if (isBusy(model, visit.patient, visit.place)) return 'patient_busy';
    visit.over ||= isTaken(model, visit.place);
  }
  become(model, visit, name, to);
  return null;
}

export function cancelAsPatient(model: Model, visit: Visit): string | null {
  if (visit.status === 'arrived' || model.now >= visit.place) return 'wrong_state';
  return move(model, visit, 'cancelled');
}

const undoable = ['arrived', 'started', 'completed', 'missed'];

export function undo(model: Model, visit: Visit): string | null {
  const { step, from, at } = visit.last;
  if (!undoable.includes(step) || from === null || from === 'no_show' || model.now > at + 10)
    return 'wrong_state';
  const given = isBusy(model, visit.patient, visit.place) || (!visit.over && isTaken(model, visit.place));
  if (visit.status === 'no_show' && given) return 'slot_taken';
  become(model, visit, 'undone', from);
  return null;
}

export function reschedule(model: Model, visit: Visit, place: number, asDesk: boolean): string | null {
  if (!(['pending', 'confirmed'].includes(visit.status) || (asDesk && visit.status === 'arrived')))
    return 'wrong_state';
  if (!asDesk && model.now >= visit.place) return 'too_late';
  if (!asDesk && visit.reschedules >= 3) return 'too_many_reschedules';
  const refusal = refusalAt(model, place, visit.patient, visit);
  if (refusal) return refusal;
  if (place === visit.place) return 'invalid_input';
  become(model, visit, 'rescheduled', visit.status === 'arrived' ? 'confirmed' : visit.status);
  visit.place = place;
  visit.over = false;
  if (!asDesk) visit.reschedules += 1;
  return null;
}

export function swap(model: Model, a: Visit, b: Visit): string | null {
  if (a === b || a.patient === b.patient) return 'invalid_input';
  if (![a, b].every(({ status }) => ['pending', 'confirmed', 'arrived'].includes(status)))
    return 'wrong_state';
  if (isBusy(model, a.patient, b.place, [a, b]) || isBusy(model, b.patient, a.place, [a, b]))
    return 'patient_busy';
  [a.place, b.place] = [b.place, a.place];
  [a.over, b.over] = [b.over, a.over];
  for (const each of [a, b]) become(model, each, 'swapped', each.status);
  return null;
}

/** What time does by itself, when the sweeper comes. */
export function sweep(model: Model): void {
  for (const visit of model.visits) {
    const ended =
      (visit.status === 'held' && !isLive(model, visit)) ||
      (visit.status === 'pending' && visit.place <= model.now);
    if (ended) become(model, visit, 'expired', 'expired');
  }
}
