import { type Appointment, bookAppointment } from '../../../src/contract/appointments.ts';
import type { ProblemBody, ProblemCode } from '../../../src/contract/problems.ts';
import { problemText } from '../../lib/messages/catalogue.ts';
import type { Messages } from '../../lib/messages/en.ts';
import type { Session } from '../../lib/session.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { callAs, type Visit } from '../../lib/visit.ts';
import type { ConfirmInput } from './confirm-form.tsx';
import type { Order } from './find-choice.ts';

/** Why an order was not taken, in plain words. */
export type Refusal = {
  status: number;
  why: string;
  /** The place itself cannot be had; the starts the API offers instead. */
  lost: { offered: readonly string[] } | null;
  /** The next press must carry the same key: this one may still have been taken. */
  keepKey: boolean;
};

/** Books. A sign-in that has ended is thrown as `ApiProblem`, every other refusal returned. */
export async function placeOrder(
  visit: Visit,
  session: Session,
  { order, input }: { order: Order; input: ConfirmInput },
): Promise<{ appointment: Appointment } | { refusal: Refusal }> {
  const notes = input.reason.trim();
  const patientId = /^[1-9][0-9]{0,9}$/.test(input.patientId) ? Number(input.patientId) : null;
  try {
    const appointment = await callAs(visit, session)(
      bookAppointment,
      { body: { ...order, ...(patientId ? { patientId } : {}), ...(notes ? { notes } : {}) } },
      { idempotencyKey: input.idempotencyKey },
    );
    return { appointment };
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused || refused.status === 401) throw error;
    return { refusal: explain(visit.m, refused) };
  }
}

function explain(m: Messages, { code, status, alternatives = [] }: ProblemBody): Refusal {
  if (isLost(code)) {
    const offered = alternatives.map(({ startsAt }) => startsAt);
    return { status, why: m.booking.lost[code], lost: { offered }, keepKey: false };
  }
  const uncertain = status >= 500 || code === 'request_in_progress';
  const why = status >= 500 ? m.failures.unavailable.text : problemText(m, code);
  return { status, why, lost: null, keepKey: uncertain };
}

const lostCodes = ['slot_taken', 'session_full', 'quota_used', 'patient_busy'] as const;

const isLost = (code: ProblemCode): code is (typeof lostCodes)[number] =>
  lostCodes.some((lost) => lost === code);
