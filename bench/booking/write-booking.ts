import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { claimFor, claimValues } from '../../src/appointments/booking/claim-place.ts';
import * as layout from '../data-set/layout.ts';
import { origin } from '../clock.ts';
import { request } from '../http-load.ts';
import { authorizationOf } from '../tokens.ts';
import type { FreePlace } from './free-places.ts';

const visitMs = 15 * 60_000;
const accounts = Array.from(
  { length: layout.bookingAccounts },
  (_, index) => layout.firstBookingAccount + index,
);
const authorizations = await authorizationOf(accounts);

/** The requests that book the places. */
export async function writeBooking(places: readonly FreePlace[]): Promise<Buffer[]> {
  return places.map(({ doctorId, starts, patientId, accountId }) =>
    request({
      method: 'POST',
      path: '/api/v1/appointments',
      headers: {
        authorization: authorizations[accountId - layout.firstBookingAccount] ?? '',
        'idempotency-key': randomUUID(),
      },
      body: {
        doctorId,
        chamberId: layout.chamberOf(doctorId),
        visitTypeId: layout.newVisitOf(doctorId),
        patientId,
        startsAt: Temporal.Instant.fromEpochMilliseconds(starts).toString(),
      },
    }),
  );
}

/** The same of the server that checks and then inserts. */
export async function writeNaiveBooking(places: readonly FreePlace[]): Promise<Buffer[]> {
  return places.map(({ doctorId, starts, patientId }) =>
    request({
      method: 'POST',
      path: '/naive',
      body: {
        doctorId,
        patientId,
        startsAt: Temporal.Instant.fromEpochMilliseconds(starts).toString(),
        endsAt: Temporal.Instant.fromEpochMilliseconds(starts + visitMs).toString(),
      },
    }),
  );
}

/** The statement the server takes the place with, values and all. */
export function writeBareBooking({
  doctorId,
  evening,
  starts,
  patientId,
  accountId,
}: FreePlace): pg.QueryConfig {
  const chamberId = layout.chamberOf(doctorId);
  const key = randomUUID();
  return {
    ...claimFor['appointment.booked'],
    values: claimValues({
      row: {
        status: 'confirmed',
        mode: 'timed',
        starts,
        ends: starts + visitMs,
        timeZone: 'Asia/Dhaka',
        serial: null,
        fee: '500.00',
        currency: 'BDT',
        visitTypeId: layout.newVisitOf(doctorId),
        visitKind: 'new',
        doctor: {
          id: doctorId,
          fullName: 'Md. Mahbub Chowdhury',
          nameBn: 'মো. মাহবুব চৌধুরী',
          slug: `doctor-${doctorId}`,
        },
        chamber: {
          id: chamberId,
          fullName: `Mirpur Medical Centre ${chamberId}`,
          nameBn: 'মিরপুর মেডিকেল সেন্টার',
          address: `${chamberId} Station Road`,
          addressBn: null,
          phone: null,
        },
        patient: { id: patientId, fullName: `Patient ${patientId}` },
        channel: 'online',
        overbooked: false,
        expires: null,
        deposit: null,
        reschedules: 0,
        policy: { cancelNoticeMinutes: 0, rescheduleNoticeMinutes: 0, mostReschedules: 3 },
        notes: null,
        version: 1,
        created: origin.epochMilliseconds,
      },
      rule: {
        scheduleId: layout.eveningSchedule(doctorId, ((evening - layout.eveningToday) % 7) + 1),
        chamberId,
        zone: 'Asia/Dhaka',
        weekday: 1,
        from: '17:00',
        to: '19:00',
        validFrom: null,
        validUntil: null,
        exception: false,
        mode: 'timed',
        slotMinutes: 15,
        capacity: null,
        quotas: null,
        quotaReleaseMinutes: null,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        noticeMinutes: 30,
        horizonDays: 30,
        version: 1,
      },
      sessionId: layout.eveningSession(doctorId, evening),
      by: accountId,
      event: 'appointment.booked',
      idempotency: { key, fingerprint: createHash('sha256').update(key).digest() },
    }),
  };
}
