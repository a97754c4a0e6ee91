import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { openDatabase } from '../../src/platform/database.ts';
import { publishDue } from '../../src/reports/monthly/publish-due.ts';
import { origin } from '../clock.ts';
import { openConnections, openLoop, request } from '../http-load.ts';
import type { Figure } from '../report.ts';
import { median, medianRatio, percentile } from '../statistics.ts';
import { bookable, doneMonths, firstOf, newcomers } from './bookable.ts';
import type { visitLayout } from '../visits.ts';

type Layout = ReturnType<typeof visitLayout>;

const rounds = 5;
/** Bookings a second. */
const rate = 50;

/**
 * The reports of a month for all doctors, as the schedule makes them, beside bookings at a steady rate; and as many
 * seconds of such bookings alone.
 */
export async function measureGeneration(
  layout: Layout,
  options: {
    databaseUrl: string;
    apiUrl: string;
    authorization: string;
    client: pg.Client;
  },
): Promise<Figure[]> {
  const database = openDatabase({ url: options.databaseUrl, connections: 2, onError: console.error });
  const connections = await openConnections(options.apiUrl, 8);
  const requests = writeBookings(layout, options.authorization);
  /** A second of bookings; their latencies. */
  const book = async (): Promise<number[]> => {
    const { latencies, statuses } = await openLoop(connections, requests.splice(0, rate), rate);
    if (statuses[201] !== rate) throw new Error(`not all were booked: ${JSON.stringify(statuses)}`);
    return latencies;
  };
  try {
    for (let second = 0; second < 5; second++) await book();
    const measured: { seconds: number; made: number; beside: number[]; alone: number[] }[] = [];
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      const making = publishDue(database, origin).then(({ made }) => ({
        made,
        seconds: (performance.now() - began) / 1_000,
      }));
      let under = true;
      void making.finally(() => (under = false));
      const beside: number[] = [];
      let bookedFor = 0;
      for (; under; bookedFor++) beside.push(...(await book()));
      const alone: number[] = [];
      for (let second = 0; second < bookedFor; second++) alone.push(...(await book()));
      measured.push({ ...(await making), beside, alone });
      await options.client.query(
        `delete from monthly_reports; delete from monthly_report_runs; ${doneMonths}`,
      );
    }
    const ratio = (percent: number) =>
      medianRatio(
        measured.map(({ beside }) => percentile(beside, percent)),
        measured.map(({ alone }) => percentile(alone, percent)),
      );
    const middle = (of: (round: (typeof measured)[number]) => number) => median(measured.map(of));
    return [
      { what: 'a month of all doctors: reports', value: middle(({ made }) => made), unit: '' },
      { what: 'making them', value: middle(({ seconds }) => seconds), unit: 's', budget: { atMost: 30 } },
      { what: `bookings, ${rate}/s, p50`, value: middle(({ alone }) => percentile(alone, 50)), unit: 'ms' },
      { what: 'p50 meanwhile ÷ alone', value: ratio(50), unit: '', budget: { atMost: 1.1 } },
      { what: 'p95 meanwhile ÷ alone', value: ratio(95), unit: '' },
    ];
  } finally {
    for (const connection of connections) connection.close();
    await database.close();
  }
}

/** Each newcomer's one, by the desk; neighbours at other doctors. */
function writeBookings(layout: Layout, authorization: string): Buffer[] {
  const first = firstOf(layout);
  const { doctors, days, placesADay } = bookable;
  const count = Math.min(newcomers, doctors * days * placesADay);
  const morning = Temporal.Instant.from('2026-11-03T03:00:00Z');
  return Array.from({ length: count }, (_, index) => {
    const doctor = index % doctors;
    const place = Math.floor(index / doctors);
    const startsAt = morning.add({
      hours: 24 * Math.floor(place / placesADay),
      minutes: 15 * (place % placesADay),
    });
    return request({
      method: 'POST',
      path: '/api/v1/appointments',
      headers: { authorization, 'idempotency-key': randomUUID() },
      body: {
        doctorId: first.doctor + doctor,
        chamberId: 1,
        visitTypeId: first.doctor + doctor,
        patientId: first.newcomer + index,
        channel: 'phone',
        startsAt: startsAt.toString(),
      },
    });
  });
}
