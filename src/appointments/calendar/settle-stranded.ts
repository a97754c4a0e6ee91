import type { ChangeQuery, Decision } from '../../contract/changes.ts';
import type { Tx } from '../../platform/database.ts';
import { spellRange } from '../../platform/instant-range.ts';
import { Problem } from '../../platform/problems.ts';
import { cancelAppointment } from '../booking/cancel-appointment.ts';
import { recordStep } from '../booking/record-step.ts';
import { expireOverdue } from '../holds/expire-holds.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { occupied } from '../../scheduling/places.ts';
import { ensureSession } from './align-sessions.ts';
import { findNextPlaces, type FoundPlace } from './find-place.ts';
import type { Stranded } from './find-stranded.ts';
import type { PromisedAppointment } from './queries.ts';

type Order = { query: ChangeQuery; by: { userId: number }; why: string; now: Temporal.Instant };

/** Carries out what was decided for each stranded appointment, or refuses the change until everything is decided. */
export async function settleStranded(tx: Tx, stranded: readonly Stranded[], order: Order): Promise<void> {
  const decided = Map.groupBy(stranded, ({ appointment }) => decisionFor(appointment.id, order.query));
  const open = idsOf(decided.get(undefined));
  if (open.length > 0)
    throw new Problem(
      'appointments_stranded',
      `Appointments that would lose their place: ${open.length}. Look at the preview, then say for each whether to keep, move or cancel it.`,
      { appointments: open },
    );
  for (const { appointment } of decided.get('keep') ?? []) await keep(tx, appointment, order);
  for (const { appointment } of decided.get('cancel') ?? [])
    await cancelAppointment(
      tx,
      { appointmentId: appointment.id, doctorId: appointment.doctorId, reason: order.why, version: null },
      { userId: order.by.userId, staff: true },
      order.now,
    );
  await moveAll(tx, decided.get('move') ?? [], order);
}

function decisionFor(id: number, { stranded, keep: kept, move, cancel }: ChangeQuery): Decision | undefined {
  if (kept?.includes(id)) return 'keep';
  if (move?.includes(id)) return 'move';
  if (cancel?.includes(id)) return 'cancel';
  return stranded;
}

const idsOf = (stranded: readonly Stranded[] = []): number[] =>
  stranded.map(({ appointment }) => appointment.id);

/** The doctor sees the patient all the same; the history says who decided so. */
async function keep(tx: Tx, appointment: PromisedAppointment, { by, why, now }: Order): Promise<void> {
  await tx
    .updateTable('appointments')
    .set({ version: appointment.version + 1 })
    .where('id', '=', appointment.id)
    .execute();
  await recordStep(tx, appointment, {
    step: 'kept',
    to: appointment.status,
    by: by.userId,
    reason: why,
    now,
    event: null,
  });
}

async function moveAll(tx: Tx, stranded: readonly Stranded[], order: Order): Promise<void> {
  const nowhere: number[] = [];
  for (const [doctorId, ofDoctor] of Map.groupBy(stranded, ({ appointment }) => appointment.doctorId)) {
    const moving = ofDoctor.map(({ appointment }) => appointment);
    const patientIds = moving.map(({ patientId }) => patientId);
    await expireOverdue(tx, { of: { doctorId, patientIds } }, order.now);
    const places = await findNextPlaces(tx, moving, order.now);
    const moves = moving.flatMap((appointment) => {
      const to = places.get(appointment.id);
      if (!to) nowhere.push(appointment.id);
      return to ? [{ appointment, to }] : [];
    });
    if (nowhere.length > 0) continue;
    const { inOrder, inACircle } = orderMoves(moves);
    nowhere.push(...inACircle.map(({ appointment }) => appointment.id));
    for (const { appointment, to } of inOrder) await move(tx, appointment, { ...order, ...to });
  }
  if (nowhere.length > 0)
    throw new Problem(
      'no_place_left',
      `Appointments for which no place is free: ${nowhere.length}. Keep or cancel them.`,
      { appointments: nowhere },
    );
}

type Move = { appointment: PromisedAppointment; to: FoundPlace };

/**
 * So that each finds its new place already left by whoever had it: constraints look at every single update. Two who would
 * have to change places at one instant cannot be ordered.
 */
function orderMoves(moves: readonly Move[]): { inOrder: Move[]; inACircle: Move[] } {
  const inOrder: Move[] = [];
  let waiting = [...moves];
  for (;;) {
    const ready = waiting.filter(
      (move) => !waiting.some((other) => other !== move && isInTheWay(other, move)),
    );
    if (ready.length === 0) return { inOrder, inACircle: waiting };
    inOrder.push(...ready);
    waiting = waiting.filter((move) => !ready.includes(move));
  }
}

function isInTheWay({ appointment }: Move, { to }: Move): boolean {
  const time = occupied(to.place, to.sitting.rule);
  const { occupiedFrom, occupiedUntil, serial, sessionKey } = appointment;
  const sameNumber = serial !== null && serial === to.place.serial && sessionKey === to.sitting.sessionKey;
  return sameNumber || (occupiedFrom < time.end && time.start < occupiedUntil);
}

/** One update: the old place is free exactly when the new one is taken. */
async function move(tx: Tx, appointment: PromisedAppointment, to: Order & FoundPlace): Promise<void> {
  const { sitting, place, by, now } = to;
  const { id, doctorId, version } = appointment;
  // Who had arrived for the old place is expected again.
  const status = appointment.status === 'arrived' ? 'confirmed' : appointment.status;
  await tx
    .updateTable('appointments')
    .set({
      session_id: await ensureSession(tx, doctorId, sitting),
      period: spellRange(place),
      occupied: spellRange(occupied(place, sitting.rule)),
      serial: place.serial ?? null,
      promised_local: formatLocal(place.start, sitting.rule.zone),
      time_zone: sitting.rule.zone,
      status,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute();
  await recordStep(tx, appointment, {
    step: 'moved',
    to: status,
    by: by.userId,
    reason: to.why,
    now,
    event: 'appointment.rescheduled',
  });
}
