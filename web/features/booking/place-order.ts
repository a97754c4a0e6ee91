import { type Appointment, bookAppointment } from '../../../src/contract/appointments.ts';
import type { ProblemBody, ProblemCode } from '../../../src/contract/problems.ts';
import { problemText } from '../../lib/messages/catalogue.ts';
import type { Messages } from '../../lib/messages/en.ts';
import type { Session } from '../../lib/session.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { callAs, type Visit } from '../../lib/visit.ts';
import type { ConfirmInput } from './confirm-input.ts';
import type { Order } from './order.ts';
import { giveBack, keepIfPossible } from './keep-place.ts';

/** Why an order was not taken, in plain words. */
export type Refusal = {
  status: number;
  why: string;
  code: ProblemCode;
  /** The place itself cannot be had; the starts the API offers instead. */
  lost: { offered: readonly string[] } | null;
  /** The next press must carry the same key: this one may still have been taken. */
  keepKey: boolean;
  /** The guest has to confirm the mobile number once more. */
  guestEnded: boolean;
};

/** In whose name a place is booked. */
export type Booker = { session: Session } | { guestToken: string };

type Wish = { order: Order; patientId: number | null; input: ConfirmInput };

/** Books. A sign-in that has ended is thrown as `ApiProblem`, every other refusal returned. */
export async function placeOrder(
  visit: Visit,
  by: Booker,
  wish: Wish,
): Promise<{ appointment: Appointment } | { refusal: Refusal }> {
  try {
    return { appointment: await book(visit, by, wish) };
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused || refused.status === 401) throw error;
    return { refusal: explainRefusal(visit.m, refused) };
  }
}

async function book(visit: Visit, by: Booker, wish: Wish): Promise<Appointment> {
  const { order, input } = wish;
  // The page's script may keep the place without ever hearing so, even begin to only after the press: by the same key that
  // is this hold, where it would else be in the way of its own visitor, or keep the serial after theirs.
  const hold = input.hold ? null : await keepIfPossible(visit, order, input.holdKey);
  if (!hold) return send(visit, by, wish);
  try {
    return await send(visit, by, { ...wish, input: { ...input, hold } });
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused || mayBeTaken(refused)) throw error;
    // Kept for this press alone; the page that says why it was refused keeps the place by itself.
    await giveBack(visit, hold);
    if (refused.code !== 'key_reused') throw error;
    // An earlier press was answered, unheard, before anything could be kept.
    return send(visit, by, wish);
  }
}

/** Whether what was refused may still have been done. */
const mayBeTaken = ({ status, code }: ProblemBody): boolean =>
  status >= 500 || code === 'request_in_progress';

function send(visit: Visit, by: Booker, { order, patientId, input }: Wish): Promise<Appointment> {
  const notes = input.reason.trim();
  const { hold } = input;
  const call = 'session' in by ? callAs(visit, by.session) : visit.call;
  return call(
    bookAppointment,
    {
      body: {
        ...order,
        ...('guestToken' in by ? { guestToken: by.guestToken } : {}),
        ...(patientId ? { patientId } : {}),
        ...(hold ? { holdId: hold.id, holdToken: hold.token } : {}),
        ...(notes ? { notes } : {}),
      },
    },
    { idempotencyKey: input.idempotencyKey },
  );
}

/** A refusal of a place, of a booking or of a hold, in the visitor's words. */
export function explainRefusal(m: Messages, body: ProblemBody): Refusal {
  const { code, status, alternatives = [], errors = [] } = body;
  const texts: Partial<Record<ProblemCode, string>> = m.booking.lost;
  const lost = lostCodes.some((each) => each === code);
  const guestEnded = code === 'invalid_input' && errors.some(({ path }) => path === 'guestToken');
  return {
    status,
    code,
    why: guestEnded
      ? m.guest.startAgain
      : status >= 500
        ? m.failures.unavailable.text
        : (texts[code] ?? problemText(m, code)),
    lost: lost ? { offered: alternatives.map(({ startsAt }) => startsAt) } : null,
    keepKey: mayBeTaken(body),
    guestEnded,
  };
}

const taken: readonly ProblemCode[] = ['slot_taken', 'session_full', 'quota_used'];

// Another place helps; against the patient's own limits it does not.
const lostCodes: readonly ProblemCode[] = [
  ...taken,
  'patient_busy',
  'outside_hours',
  'time_off',
  'holiday',
  'too_soon',
  'too_far',
  'session_closed',
];
